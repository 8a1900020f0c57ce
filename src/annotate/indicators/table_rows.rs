//! Rows of tables: `| 粮食产量 | 万吨 | 41.3 | 1.2 |`, with units and periods from their heads.

use super::catalogue::{Catalogue, Nature};
use super::quantity::{Quantity, quantities};
use super::row::noun_of;
use super::territory::Territories;
use super::times::{Reference, TimeWords, times};
use crate::model::{
    ArticleId, ChangeKind, Indicator, IndicatorChange, IndicatorPeriod, IndicatorRule,
    IndicatorStatus, PeriodBasis, Span,
};
use crate::text::fold_char;

/// Heads of columns of forms and scales, which state no figures.
const FORMS: &[&str] = &["分值", "权重", "得分", "标准", "序号", "备注", "联系", "电话", "评分"];

/// What a column has.
#[derive(Debug)]
enum Column {
    Label,
    Unit,
    /// A change in percent.
    Change(ChangeKind),
    /// 比重.
    Share,
    /// Values: a noun that the labels lack, a unit, a time.
    Value {
        noun: Option<&'static str>,
        unit: Option<String>,
        time: Option<TimeWords>,
    },
    Other,
}

/// A table of the body: the lines with the bytes that they begin at, and what stands above it.
pub(super) struct Table<'a> {
    pub(super) lines: Vec<(usize, &'a str)>,
    pub(super) caption: &'a str,
}

/// A cell with its place in the body.
struct Cell<'a> {
    text: &'a str,
    span: Span,
}

impl Table<'_> {
    /// The figures of the table, row by row.
    pub(super) fn rows(
        &self,
        article: &ArticleId,
        body: &str,
        territories: &Territories,
        reference: Reference,
        title_year: Option<i16>,
    ) -> Vec<Indicator> {
        let grid: Vec<Vec<Cell<'_>>> =
            self.lines.iter().map(|(start, line)| cells(*start, line)).collect();
        let Some(head) =
            grid.iter().position(|row| row.iter().skip(1).any(|cell| number(cell.text).is_some()))
        else {
            return Vec::new();
        };
        let caption = folded(self.caption);
        let mut year = title_year;
        let time =
            times(&caption, reference, &mut year).into_iter().rfind(|time| time.to.is_some());
        let unit = unit_of(&caption);
        let columns = columns(&grid[..head], grid[head].len(), reference, year);
        let heads: String = grid[..head].iter().flatten().map(|cell| cell.text).collect();
        if FORMS.iter().any(|word| heads.contains(word) && *word != "序号")
            || head == 0 && grid.len() < 2
        {
            return Vec::new();
        }
        let noun = noun_within(&caption);
        let mut found: Vec<Indicator> = Vec::new();
        // The rows of the line before, by column.
        let mut above: Vec<(usize, usize)> = Vec::new();
        for row in &grid[head..] {
            let Some(label) = label_of(row, &columns) else { continue };
            let shown = folded(label.text);
            if shown.starts_with(['增', '±'])
                || shown.starts_with("比上年")
                || shown.starts_with("同比")
            {
                for (column, at) in &above {
                    if let (Some(value), Some(indicator)) =
                        (row.get(*column).and_then(|cell| number(cell.text)), found.get_mut(*at))
                    {
                        indicator.change = Some(IndicatorChange {
                            kind: ChangeKind::Yoy,
                            value,
                            unit: "%".into(),
                        });
                    }
                }
                continue;
            }
            above.clear();
            let row_unit = row
                .iter()
                .zip(&columns)
                .find(|(_, column)| matches!(column, Column::Unit))
                .map(|(cell, _)| folded(cell.text));
            let row_unit = row_unit
                .filter(|unit| !unit.is_empty())
                .or_else(|| unit_of(&shown))
                .or_else(|| unit.clone());
            let mut last: Option<usize> = None;
            for (at, (cell, column)) in row.iter().zip(&columns).enumerate() {
                let Some(value) = number(cell.text) else { continue };
                match column {
                    Column::Value { noun: own, unit: stated, time: stated_time } => {
                        let Some((name, id, nature)) = name_of(label.text, own.or(noun)) else {
                            continue;
                        };
                        let unit = stated.clone().or_else(|| row_unit.clone());
                        let Some(quantity) = measured(value, unit.as_deref()) else { continue };
                        let time = stated_time.as_ref().or(time.as_ref());
                        found.push(indicator(
                            article,
                            body,
                            (label, cell),
                            name,
                            id,
                            Some(&quantity),
                            period(time, title_year, nature),
                            territories,
                        ));
                        last = Some(found.len() - 1);
                        above.push((at, found.len() - 1));
                    }
                    Column::Change(kind) => {
                        let change = IndicatorChange { kind: *kind, value, unit: "%".into() };
                        if let Some(indicator) = last
                            .and_then(|last| found.get_mut(last))
                            .filter(|row| row.change.is_none())
                        {
                            indicator.change = Some(change);
                            indicator.span.end = cell.span.end;
                            body.get(indicator.span.clone())
                                .unwrap_or_default()
                                .clone_into(&mut indicator.quote);
                        } else if let Some((name, id, nature)) = name_of(label.text, noun) {
                            let mut row = indicator(
                                article,
                                body,
                                (label, cell),
                                name,
                                id,
                                None,
                                period(time.as_ref(), title_year, nature),
                                territories,
                            );
                            row.change = Some(change);
                            found.push(row);
                        }
                    }
                    Column::Share => {
                        if let Some((name, _, nature)) = name_of(label.text, noun) {
                            let percent = measured(value, Some("%"));
                            found.push(indicator(
                                article,
                                body,
                                (label, cell),
                                format!("{name}比重"),
                                None,
                                percent.as_ref(),
                                period(time.as_ref(), title_year, nature),
                                territories,
                            ));
                        }
                    }
                    Column::Label | Column::Unit | Column::Other => {}
                }
            }
        }
        found
    }
}

fn cells(start: usize, line: &str) -> Vec<Cell<'_>> {
    let mut at = start;
    let mut cells: Vec<Cell<'_>> = Vec::new();
    for part in line.split('|') {
        let text = part.trim();
        let from = at + (part.len() - part.trim_start().len());
        cells.push(Cell { text, span: from..from + text.len() });
        at += part.len() + 1;
    }
    // Before the first bar, and behind the last.
    cells.remove(0);
    if cells.last().is_some_and(|cell| cell.text.is_empty()) {
        cells.pop();
    }
    cells
}

fn folded(text: &str) -> String {
    text.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect()
}

/// The number that a cell has.
fn number(text: &str) -> Option<f64> {
    let text = folded(text);
    let plain: String = text.trim_start_matches('+').chars().filter(|c| *c != ',').collect();
    let plain = plain.trim_end_matches('%').replace('—', "-");
    plain.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// The unit in brackets or behind 单位: of a head.
fn unit_of(text: &str) -> Option<String> {
    let inner = |open: char, close: char| {
        let from = text.rfind(open)? + 1;
        let to = from + text[from..].find(close)?;
        Some(&text[from..to])
    };
    let behind =
        text.find("单位").map(|at| text[at + "单位".len()..].trim_start_matches([':', '为']));
    let unit = behind.or_else(|| inner('(', ')'))?;
    let unit = unit.split([',', '、', ')', ';']).next()?;
    measured(1.0, Some(unit)).map(|_| unit.to_owned())
}

/// A number of a unit that is known.
fn measured(value: f64, unit: Option<&str>) -> Option<Quantity> {
    let mut quantity = quantities(&format!("1{}", unit?), &[]).into_iter().next()?;
    quantity.value = value;
    Some(quantity)
}

fn columns(
    heads: &[Vec<Cell<'_>>],
    width: usize,
    reference: Reference,
    year: Option<i16>,
) -> Vec<Column> {
    let mut has_label = false;
    (0..width)
        .map(|at| {
            let head: String =
                heads.iter().filter_map(|row| row.get(at)).map(|cell| folded(cell.text)).collect();
            if !has_label && !head.contains("序号") {
                has_label = true;
                return Column::Label;
            }
            if head.contains("单位") && head.chars().count() <= 5 {
                return Column::Unit;
            }
            if ["增长", "增速", "±", "增减", "同比", "涨跌", "涨幅", "比上年", "环比"]
                .iter()
                .any(|word| head.contains(word))
            {
                return Column::Change(if head.contains("环比") {
                    ChangeKind::Mom
                } else {
                    ChangeKind::Yoy
                });
            }
            if head.contains("比重") || head.contains("占比") {
                return Column::Share;
            }
            if head.contains("序号") || head.contains("位次") || head.contains("排名") {
                return Column::Other;
            }
            let mut year = year;
            let time =
                times(&head, reference, &mut year).into_iter().find(|time| time.to.is_some());
            let bare = head.split('(').next().unwrap_or_default();
            Column::Value { noun: noun_of(bare), unit: unit_of(&head), time }
        })
        .collect()
}

fn label_of<'c, 't>(row: &'c [Cell<'t>], columns: &[Column]) -> Option<&'c Cell<'t>> {
    let mut labels = row.iter().zip(columns).filter(|(_, column)| matches!(column, Column::Label));
    let (label, _) = labels.next()?;
    (label.text.chars().count() >= 2 && number(label.text).is_none()).then_some(label)
}

/// The noun that a caption speaks of last.
fn noun_within(caption: &str) -> Option<&'static str> {
    let ends = caption.char_indices().map(|(at, c)| at + c.len_utf8());
    let nouns = ends.filter_map(|end| noun_of(&caption[..end]));
    nouns.last().map(|noun| if noun == "生产总值" { "增加值" } else { noun })
}

/// The name that a label has, with the noun that it lacks.
fn name_of(
    label: &str,
    noun: Option<&'static str>,
) -> Option<(String, Option<&'static str>, Nature)> {
    let bare: String = folded(label).split('(').next().unwrap_or_default().to_owned();
    let marks = [
        '#', '*', '、', '.', ':', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '1',
        '2', '3', '4', '5', '6', '7', '8', '9', '0',
    ];
    let own = match bare.find(['、', '.', ':']) {
        Some(at) if bare[..at].chars().all(|c| marks.contains(&c)) || &bare[..at] == "其中" => {
            &bare[at + bare[at..].chars().next().map_or(1, char::len_utf8)..]
        }
        _ => bare.as_str(),
    };
    let own = own.strip_prefix("其中").unwrap_or(own).trim_start_matches(['#', '*', ':']);
    if own.chars().count() < 2 || matches!(own, "合计" | "总计" | "全市" | "全县" | "全省")
    {
        return None;
    }
    let catalogue = Catalogue::get();
    if let Some((at, listed)) = catalogue.listed_at_end(own) {
        let modifier = &own[..at];
        let id = modifier.is_empty().then_some(listed.id.as_str());
        return Some((format!("{modifier}{}", listed.name), id, listed.nature));
    }
    if let Some((_, head)) = catalogue.head_at_end(own) {
        return Some((own.to_owned(), None, head.nature));
    }
    if let Some(noun) = noun {
        let nature = catalogue.head_at_end(noun).map_or(Nature::Flow, |(_, head)| head.nature);
        return Some((format!("{own}{noun}"), None, nature));
    }
    catalogue.counted_at_end(own).map(|_| (own.to_owned(), None, Nature::Stock))
}

fn period(
    time: Option<&TimeWords>,
    title_year: Option<i16>,
    nature: Nature,
) -> Option<IndicatorPeriod> {
    let (from, to) = match (time, title_year) {
        (Some(time), _) => (time.from, time.to),
        (None, Some(year)) => {
            (jiff::civil::Date::new(year, 1, 1).ok(), jiff::civil::Date::new(year, 12, 31).ok())
        }
        (None, None) => return None,
    };
    let from = if nature == Nature::Stock { to } else { from };
    Some(IndicatorPeriod { from, to, text: None, basis: PeriodBasis::Title })
}

#[expect(clippy::too_many_arguments, reason = "the parts of one row")]
fn indicator(
    article: &ArticleId,
    body: &str,
    (label, cell): (&Cell<'_>, &Cell<'_>),
    name: String,
    id: Option<&'static str>,
    quantity: Option<&Quantity>,
    period: Option<IndicatorPeriod>,
    territories: &Territories,
) -> Indicator {
    let span = label.span.start..cell.span.end;
    let scope = ["规模以上", "限额以上"].into_iter().find(|word| name.contains(word));
    Indicator {
        id: format!("{}-{}-{}", article.0, cell.span.start, cell.span.end),
        indicator: id.map(str::to_owned),
        name,
        name_printed: label.text.to_owned(),
        value: quantity.map(|quantity| quantity.value),
        value_max: None,
        unit: quantity.map(|quantity| quantity.unit.clone()),
        value_si: quantity.map(|quantity| quantity.value * quantity.factor),
        approx: None,
        change: None,
        period,
        district: territories.of_article(),
        scope: scope.map(str::to_owned),
        status: IndicatorStatus::Actual,
        quote: body.get(span.clone()).unwrap_or_default().to_owned(),
        span,
        rule: IndicatorRule::Table,
        confidence: 0.85,
    }
}
