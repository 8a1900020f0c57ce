//! `dibao stats`: how many articles have what, as tables with bars.

use std::io::Write;

use serde::Serialize;

use super::opened;
use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::StatsOptions;
use crate::cli::args::{By, StatsFormat};
use crate::cli::output::bars::split_bar;
use crate::cli::output::console::Console;
use crate::cli::output::facts::{articles, counted, number};
use crate::cli::output::nothing;
use crate::cli::output::why;
use crate::cli::output::wrap::{columns, pad, truncate, visible};
use crate::model::Kind;
use crate::present::{Lang, words};
use crate::search::{
    Archive, AreaCount, Count, Facets, FigureCounts, Granularity, PeriodCount, Request,
    SearchError, SignificantTerm, Totals,
};

/// Maximum number of significant terms that are printed.
const MAX_WORDS: usize = 12;
/// Separator of the names of a path.
const STEP: char = '/';

/// Counts of one sort.
#[derive(Debug, Serialize)]
struct CountTable {
    by: &'static str,
    /// Of periods: articles that are possible in several, and certainly of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    spread: Option<u64>,
    counts: Vec<CountRow>,
    /// Rows that the limit left out.
    more: usize,
}

#[derive(Debug, Serialize)]
struct CountRow {
    value: String,
    count: u64,
    /// Of a period: further articles that can be of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    possible: Option<u64>,
}

/// `--format json`.
#[derive(Debug, Serialize)]
struct StatsReport<'a> {
    query: &'a str,
    total: u64,
    stories: u64,
    undated: u64,
    unplaced: u64,
    /// Numbers that the articles state of indicators, and the articles with some.
    figures: u64,
    articles_with_figures: u64,
    tables: Vec<CountTable>,
}

pub(crate) fn run(
    folders: &Folders,
    options: &StatsOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = opened::open(folders, console)?;
    let request = &options.selection.request;
    why::notes(&archive, request, console)?;
    let Totals { articles: total, stories } = archive.totals(request)?;
    let facets = archive.facets(request)?;
    let figures = archive.figure_counts(request)?;
    let mut tables = Vec::new();
    for &by in &options.by {
        tables.extend(table(by, (&facets, &figures), &archive, request)?);
    }
    if let Some(limit) = options.limit {
        for table in &mut tables {
            table.shorten(limit);
        }
    }
    let counted = StatsReport {
        query: &options.selection.params.q,
        total,
        stories,
        undated: facets.undated,
        unplaced: facets.unplaced,
        figures: figures.figures,
        articles_with_figures: figures.articles,
        tables,
    };
    match options.format {
        StatsFormat::Text => print_tables(&counted, console)?,
        StatsFormat::Json => {
            serde_json::to_writer_pretty(&mut console.out, &counted)?;
            writeln!(console.out)?;
        }
        StatsFormat::Csv => {
            let mut rows = csv::Writer::from_writer(Vec::new());
            rows.write_record(["by", "value", "articles", "possible"])?;
            for table in &counted.tables {
                for CountRow { value, count, possible } in &table.counts {
                    let possible = possible.map(|more| more.to_string()).unwrap_or_default();
                    rows.write_record([table.by, value, &count.to_string(), &possible])?;
                }
            }
            console.out.write_all(&rows.into_inner()?)?;
        }
    }
    console.out.flush()?;
    if total == 0 {
        nothing::explain(&archive, &options.selection, console)?;
    } else {
        why::partial(&archive, request, console)?;
    }
    Ok(ExitStatus::of(total))
}

/// `None` if the request has no such counts: without a restriction no word is significant.
fn table(
    by: By,
    (facets, figures): (&Facets, &FigureCounts),
    archive: &Archive,
    request: &Request,
) -> Result<Option<CountTable>, SearchError> {
    Ok(Some(match by {
        By::District => CountTable::of_values("district", &facets.districts),
        By::Tree => CountTable::of_values("tree", &branches(&facets.district_tree, "")),
        By::Topic => CountTable::of_values("topic", &facets.topics),
        By::Outlet => CountTable::of_values("outlet", &facets.outlets),
        By::Publication => CountTable::of_values("publication", &facets.publications),
        By::Tag => CountTable::of_values("tag", &facets.tags),
        By::Collection => CountTable::of_values("collection", &facets.collections),
        By::Kind => CountTable::of_values("kind", &facets.kinds),
        By::Genre => CountTable::of_values("genre", &archive.genre_counts(request)?),
        By::Indicator => CountTable::of_values("indicator", &figures.indicators),
        By::Year => CountTable::of_periods(Granularity::Year, &facets.years, facets.spread_years),
        By::Month => {
            CountTable::of_periods(Granularity::Month, &facets.months, facets.spread_months)
        }
        By::Day => {
            let days = archive.timeline(request, Granularity::Day)?;
            CountTable::of_periods(days.by, &days.counts, days.spread)
        }
        By::Words if request.query.texts().is_empty() => return Ok(None),
        By::Words => {
            let words = archive.significant_terms(request, MAX_WORDS)?.into_iter();
            let count = |word: SignificantTerm| Count { value: word.word, count: word.among_hits };
            CountTable::of_values("words", &words.map(count).collect::<Vec<_>>())
        }
    }))
}

impl CountTable {
    fn of_values(by: &'static str, counts: &[Count]) -> Self {
        let row = |Count { value, count }: &Count| CountRow {
            value: value.clone(),
            count: *count,
            possible: None,
        };
        Self { by, spread: None, counts: counts.iter().map(row).collect(), more: 0 }
    }

    fn of_periods(by: Granularity, counts: &[PeriodCount], spread: u64) -> Self {
        let row = |PeriodCount { value, count, possible }: &PeriodCount| CountRow {
            value: value.to_string(),
            count: *count,
            possible: Some(*possible),
        };
        let counts = counts.iter().map(row).collect();
        Self { by: by.as_str(), spread: Some(spread), counts, more: 0 }
    }

    fn is_over_time(&self) -> bool {
        self.spread.is_some()
    }

    /// Leaves so many rows: the first, or of periods, which stand in order of time, the last.
    fn shorten(&mut self, rows: usize) {
        self.more = self.counts.len().saturating_sub(rows);
        if self.is_over_time() {
            self.counts.drain(..self.more);
        } else {
            self.counts.truncate(rows);
        }
    }
}

/// The units from the provinces down, each with its path.
fn branches(areas: &[AreaCount], above: &str) -> Vec<Count> {
    let mut counts = Vec::new();
    for area in areas {
        let path = format!("{above}{}", area.name);
        let within = branches(&area.within, &format!("{path}{STEP}"));
        counts.push(Count { value: path, count: area.count });
        counts.extend(within);
    }
    counts
}

fn print_tables(report: &StatsReport, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    let stories = match report.stories {
        stories if stories < report.total => lang.of(
            format!("（{} 条报道）", number(stories)),
            format!(" ({})", counted(lang, stories, "条", ("story", "stories"))),
        ),
        _ => String::new(),
    };
    let total = articles(lang, report.total);
    let (undated, unplaced) = (number(report.undated), number(report.unplaced));
    let mut spread = String::new();
    for by in [Granularity::Year, Granularity::Month, Granularity::Day] {
        let table = report.tables.iter().find(|table| table.by == by.as_str());
        if let Some(count) = table.and_then(|table| table.spread).filter(|&count| count > 0) {
            let (words, count) = (words::spread(lang, by), number(count));
            spread += &lang.of(format!("，{words} {count}"), format!(", {count} {words}"));
        }
    }
    let head = lang.of(
        format!("{total}{stories}，日期不详 {undated}{spread}，地区不详 {unplaced}"),
        format!(
            "{total}{stories}, {undated} without a date{spread}, {unplaced} without a district"
        ),
    );
    writeln!(console.out, "{head}")?;
    if report.figures > 0 {
        let figures = counted(lang, report.figures, "个指标数值", ("figure", "figures"));
        let with = articles(lang, report.articles_with_figures);
        writeln!(
            console.out,
            "{}",
            lang.of(
                format!("{with}文章写有 {figures}"),
                format!("{figures} of indicators in {with}"),
            )
        )?;
    }
    for table in report.tables.iter().filter(|table| !table.counts.is_empty()) {
        writeln!(console.out)?;
        print_table(table, console)?;
    }
    Ok(())
}

fn print_table(table: &CountTable, console: &mut Console) -> anyhow::Result<()> {
    /// Columns of the longest bar at most, and of the longest name.
    const BAR: usize = 40;
    const NAME: usize = 32;
    let (paint, lang) = (console.paint, console.lang);
    let name = |row: &CountRow| truncate(&visible(&name_of(lang, table.by, &row.value)), NAME);
    let names: Vec<String> = table.counts.iter().map(name).collect();
    let more = |row: &CountRow| row.possible.filter(|&more| more > 0);
    let shown_more = |row: &CountRow| more(row).map(|more| format!(" +{}", number(more)));
    let widest =
        |width: &dyn Fn(&CountRow) -> usize| table.counts.iter().map(width).max().unwrap_or(0);
    let name_width = names.iter().map(|name| columns(name)).max().unwrap_or(0);
    let count_width = widest(&|row| number(row.count).len());
    let more_width = widest(&|row| shown_more(row).map_or(0, |more| more.len()));
    let all = |row: &CountRow| (row.count + more(row).unwrap_or(0)) as f64;
    let max = table.counts.iter().map(all).fold(0.0, f64::max);
    let room = console.width.saturating_sub(name_width + count_width + more_width + 6).min(BAR);
    let by = table.by;
    let heading = match by {
        "district" => lang.of("地区", by),
        "tree" => lang.of("地区（逐级）", "district, with the units in it"),
        "topic" => lang.of("主题", by),
        "outlet" => lang.of("来源", by),
        "publication" => lang.of("报刊", by),
        "kind" => lang.of("类型", by),
        "genre" => lang.of("文种、体裁", by),
        "indicator" => lang.of("指标", by),
        "year" => lang.of("年", by),
        "month" => lang.of("月", by),
        "day" => lang.of("日", by),
        "words" => lang.of("特征词（取自最相关的结果）", "significant words of the best hits"),
        by => by,
    };
    let legend = match more_width {
        0 => String::new(),
        _ => lang.of("  █ 确定 ░ 可能", "  █ certain ░ possible").to_owned(),
    };
    writeln!(console.out, "{}{}", paint.strong(heading), paint.faint(legend))?;
    for (row, name) in table.counts.iter().zip(&names) {
        let (certain, possible) = split_bar(row.count as f64, all(row), max, room);
        writeln!(
            console.out,
            "  {}  {:>count_width$}{:<more_width$}  {}{}",
            pad(name, name_width),
            number(row.count),
            shown_more(row).unwrap_or_default(),
            paint.place(certain),
            paint.faint(possible)
        )?;
    }
    let hidden = table.more;
    if hidden > 0 {
        let note = if table.is_over_time() {
            lang.of(
                format!("  … 更早的还有 {hidden} 行；--limit 0 全部列出"),
                format!("  … {hidden} earlier; --limit 0 shows all"),
            )
        } else {
            lang.of(
                format!("  … 还有 {hidden} 行；--limit 0 全部列出"),
                format!("  … {hidden} more; --limit 0 shows all"),
            )
        };
        writeln!(console.out, "{}", paint.faint(note))?;
    }
    Ok(())
}

/// What a row is called.
fn name_of(lang: Lang, by: &str, value: &str) -> String {
    let kind = Kind::ALL.into_iter().find(|kind| by == "kind" && kind.as_str() == value);
    kind.map_or_else(|| indented(by, value), |kind| words::kind(lang, kind).to_owned())
}

/// The last name of a path, indented by its depth.
fn indented(by: &str, value: &str) -> String {
    if by != "tree" {
        return value.to_owned();
    }
    let mut names: Vec<&str> = value.split(STEP).collect();
    let last = names.pop().unwrap_or_default();
    format!("{}{last}", "  ".repeat(names.len()))
}
