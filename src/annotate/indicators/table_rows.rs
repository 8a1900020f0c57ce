//! Rows of tables: `| 粮食产量 | 万吨 | 41.3 | 1.2 |`, with units and periods from their heads.

use jiff::civil::Date;

use super::catalogue::{Catalogue, Nature};
use super::quantity::{Quantity, quantities};
use super::row::noun_of;
use super::territory::Territories;
use super::times::{Reference, TimeWords, times};
use crate::model::{
    ArticleId, ChangeKind, Indicator, IndicatorChange, IndicatorDistrict, IndicatorPeriod,
    IndicatorRule, IndicatorStatus, PeriodBasis, Span,
};
use crate::text::fold_char;

/// Heads of columns of forms and scales, which state no figures.
const FORMS: &[&str] = &["分值", "权重", "得分", "标准", "联系", "电话", "评分"];

/// What a column has.
#[derive(Debug)]
enum Column {
    Label,
    Unit,
    /// A change in percent.
    Change(ChangeKind),
    /// 比重.
    Share,
    /// Values: what its head names, a unit, a time.
    Value {
        head: String,
        unit: Option<String>,
        time: Option<TimeWords>,
    },
    Other,
}

/// A table of the body: the lines with the bytes that they begin at, and what stands above it.
pub(super) struct BodyTable<'a> {
    pub(super) lines: Vec<(usize, &'a str)>,
    pub(super) caption: String,
}

/// The article that a table stands in.
pub(super) struct TableContext<'a> {
    pub(super) article: &'a ArticleId,
    pub(super) body: &'a str,
    pub(super) territories: &'a Territories,
    pub(super) reference: Reference,
    /// The year of the bulletin, by its title.
    pub(super) title_year: Option<i16>,
}

/// A cell with its place in the body.
struct Cell<'a> {
    text: &'a str,
    span: Span,
}

/// What stands above the columns of a table, and the columns.
struct TableHead {
    columns: Vec<Column>,
    time: Option<TimeWords>,
    unit: Option<String>,
    noun: Option<&'static str>,
    /// Whether the values of the table are changes in percent: 表1 居民消费价格比上年涨跌幅度.
    states_changes: bool,
}

/// Words of captions and heads that state changes.
const CHANGES: [&str; 8] = ["增长", "增速", "±", "增减", "同比", "涨跌", "涨幅", "比上年"];

/// A name with the id of the table and its nature.
type TableName = (String, Option<&'static str>, Nature);

impl BodyTable<'_> {
    /// The figures of the table, row by row.
    pub(super) fn rows(&self, context: &TableContext<'_>) -> Vec<Indicator> {
        let grid: Vec<Vec<Cell<'_>>> =
            self.lines.iter().map(|(start, line)| cells(*start, line)).collect();
        let has_number =
            |row: &Vec<Cell<'_>>| row.iter().skip(1).any(|cell| number(cell.text).is_some());
        let Some(first) = grid.iter().position(has_number).filter(|&first| first > 0) else {
            return Vec::new();
        };
        let heads: String = grid[..first].iter().flatten().map(|cell| cell.text).collect();
        if FORMS.iter().any(|word| heads.contains(word)) {
            return Vec::new();
        }
        if context.territories.of_article().is_none() {
            return Vec::new();
        }
        let caption = folded(&self.caption);
        let mut year = context.title_year;
        let times = times(&caption, context.reference, &mut year);
        let head = TableHead {
            columns: columns(&grid[..first], grid[first].len(), context.reference, year),
            time: times.into_iter().rfind(|time| time.to.is_some()),
            unit: unit_of(&caption),
            noun: noun_within(&caption),
            states_changes: CHANGES.iter().any(|word| caption.contains(word))
                && !caption.contains("及其增")
                && !caption.contains("和增"),
        };
        let mut found: Vec<Indicator> = Vec::new();
        // The rows of the line before, by column.
        let mut above: Vec<(usize, usize)> = Vec::new();
        for row in &grid[first..] {
            let Some(label) = label_of(row, &head.columns) else { continue };
            let shown = folded(label.text);
            if ["增", "±", "比上年", "同比"].iter().any(|start| shown.starts_with(start)) {
                for (column, at) in &above {
                    let value = row.get(*column).and_then(|cell| number(cell.text));
                    if let (Some(value), Some(indicator)) = (value, found.get_mut(*at)) {
                        indicator.change = Some(percent(ChangeKind::Yoy, value));
                    }
                }
            } else {
                above = head.line(context, row, label, &mut found);
            }
        }
        found
    }
}

impl TableHead {
    /// Reads a line. Returns the rows that it has by their columns.
    fn line(
        &self,
        context: &TableContext<'_>,
        row: &[Cell<'_>],
        label: &Cell<'_>,
        found: &mut Vec<Indicator>,
    ) -> Vec<(usize, usize)> {
        let in_columns = || row.iter().zip(&self.columns);
        let stated = in_columns().find(|(_, column)| matches!(column, Column::Unit));
        let unit = stated.map(|(cell, _)| folded(cell.text)).filter(|unit| !unit.is_empty());
        let unit = unit.or_else(|| unit_of(&folded(label.text))).or_else(|| self.unit.clone());
        let mut levels: Vec<(usize, usize)> = Vec::new();
        for (at, (cell, column)) in in_columns().enumerate() {
            let Some(value) = number(cell.text) else { continue };
            match column {
                Column::Value { head, unit: own, time } => {
                    let quantity = measured(value, own.as_deref().or(unit.as_deref()));
                    let Some(quantity) = quantity else { continue };
                    let Some((named, district)) = self.named(context, label.text, head) else {
                        continue;
                    };
                    let time = time.as_ref().or(self.time.as_ref());
                    let is_change = self.states_changes && quantity.unit == "%";
                    let level = Some(&quantity).filter(|_| !is_change);
                    let mut row = context.row((label, cell), named, level, time);
                    row.change = is_change.then(|| percent(ChangeKind::Yoy, value));
                    row.district = district.or(row.district);
                    levels.push((at, found.len()));
                    found.push(row);
                }
                Column::Change(kind) => {
                    let change = percent(*kind, value);
                    let level = levels.last().and_then(|&(_, at)| found.get_mut(at));
                    if let Some(row) = level.filter(|row| row.change.is_none()) {
                        row.change = Some(change);
                        row.span.end = cell.span.end;
                        let quote = context.body.get(row.span.clone()).unwrap_or_default();
                        quote.clone_into(&mut row.quote);
                    } else if let Some(named) = name_of(label.text, self.noun) {
                        let row = context.row((label, cell), named, None, self.time.as_ref());
                        found.push(Indicator { change: Some(change), ..row });
                    }
                }
                Column::Share => {
                    let Some((name, _, _)) = name_of(label.text, self.noun) else { continue };
                    let named = (format!("{name}比重"), None, Nature::Rate);
                    let share = measured(value, Some("%"));
                    let time = self.time.as_ref();
                    found.push(context.row((label, cell), named, share.as_ref(), time));
                }
                Column::Label | Column::Unit | Column::Other => {}
            }
        }
        levels
    }

    /// What a value is of: the label, with the noun of the column's head. Where the label is a
    /// territory, the head is the name.
    fn named(
        &self,
        context: &TableContext<'_>,
        label: &str,
        head: &str,
    ) -> Option<(TableName, Option<IndicatorDistrict>)> {
        if let Some(district) = context.territories.of_label(&folded(label)) {
            return Some((name_of(head, None)?, Some(district)));
        }
        let (name, id, nature) = name_of(label, noun_of(head).or(self.noun))?;
        // 城市, 农村 beside 全市.
        if self.states_changes && ["城市", "农村", "城镇", "乡村"].contains(&head) {
            return Some(((format!("{head}{name}"), None, nature), None));
        }
        Some(((name, id, nature), None))
    }
}

impl TableContext<'_> {
    fn row(
        &self,
        (label, cell): (&Cell<'_>, &Cell<'_>),
        (name, id, nature): TableName,
        quantity: Option<&Quantity>,
        time: Option<&TimeWords>,
    ) -> Indicator {
        let span = label.span.start..cell.span.end;
        let scope = ["规模以上", "限额以上"].into_iter().find(|word| name.contains(word));
        Indicator {
            id: format!("{}-{}-{}", self.article.0, cell.span.start, cell.span.end),
            indicator: id.map(str::to_owned),
            name,
            name_printed: label.text.to_owned(),
            value: quantity.map(|quantity| quantity.value),
            value_max: None,
            unit: quantity.map(|quantity| quantity.unit.clone()),
            value_si: quantity.map(|quantity| quantity.value * quantity.factor),
            approx: None,
            change: None,
            period: self.period(time, nature),
            district: self.territories.of_article(),
            scope: scope.map(str::to_owned),
            status: IndicatorStatus::Actual,
            preliminary: false,
            quote: self.body.get(span.clone()).unwrap_or_default().to_owned(),
            span,
            rule: IndicatorRule::Table,
            confidence: CONFIDENCE,
        }
    }

    fn period(&self, time: Option<&TimeWords>, nature: Nature) -> Option<IndicatorPeriod> {
        let (from, to) = match (time, self.title_year) {
            (Some(time), _) => (time.from, time.to),
            (None, Some(year)) => (Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok()),
            (None, None) => return None,
        };
        let from = if nature == Nature::Stock { to } else { from };
        Some(IndicatorPeriod { from, to, text: None, basis: PeriodBasis::Title })
    }
}

/// How sure the rows of tables are.
const CONFIDENCE: f32 = 0.85;

fn percent(kind: ChangeKind, value: f64) -> IndicatorChange {
    IndicatorChange { kind, value, unit: "%".to_owned() }
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
            if CHANGES.iter().any(|word| head.contains(word)) || head.contains("环比") {
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
            let bare = head.split('(').next().unwrap_or_default().to_owned();
            Column::Value { head: bare, unit: unit_of(&head), time }
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
    nouns.reduce(|_, next| next).map(|noun| if noun == "生产总值" { "增加值" } else { noun })
}

/// The name that a label has, with the noun that it lacks.
fn name_of(label: &str, noun: Option<&'static str>) -> Option<TableName> {
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
