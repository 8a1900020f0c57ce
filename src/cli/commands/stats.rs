//! `dibao stats`: how many articles have what, as tables with bars.

use std::io::Write;

use serde::Serialize;

use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::StatsOptions;
use crate::cli::args::{By, StatsFormat};
use crate::cli::output::bars::bar;
use crate::cli::output::console::Console;
use crate::cli::output::facts::{articles, counted, number};
use crate::cli::output::nothing;
use crate::cli::output::why;
use crate::cli::output::wrap::{columns, pad, truncate, visible};
use crate::model::Kind;
use crate::present::{Lang, words};
use crate::search::{
    Archive, AreaCount, Count, Facets, Granularity, Request, SearchError, SignificantTerm, Totals,
};

/// Maximum number of significant terms that are printed.
const MAX_WORDS: usize = 12;
/// Separator of the names of a path.
const STEP: char = '/';

/// Counts of one sort.
#[derive(Debug, Serialize)]
struct CountTable {
    by: &'static str,
    counts: Vec<Count>,
}

/// `--format json`.
#[derive(Debug, Serialize)]
struct StatsReport<'a> {
    query: &'a str,
    total: u64,
    stories: u64,
    undated: u64,
    unplaced: u64,
    tables: Vec<CountTable>,
}

pub(crate) fn run(
    folders: &Folders,
    options: &StatsOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&folders.index)?;
    let request = &options.selection.request;
    why::notes(&archive, request, console)?;
    let Totals { articles: total, stories } = archive.totals(request)?;
    let facets = archive.facets(request)?;
    let mut tables = Vec::new();
    for &by in &options.by {
        tables.extend(table(by, &facets, &archive, request)?);
    }
    let counted = StatsReport {
        query: &options.selection.typed,
        total,
        stories,
        undated: facets.undated,
        unplaced: facets.unplaced,
        tables,
    };
    match options.format {
        StatsFormat::Text => print_tables(&counted, options.limit, console)?,
        StatsFormat::Json => {
            serde_json::to_writer_pretty(&mut console.out, &counted)?;
            writeln!(console.out)?;
        }
        StatsFormat::Csv => {
            let mut rows = csv::Writer::from_writer(Vec::new());
            rows.write_record(["by", "value", "articles"])?;
            for table in &counted.tables {
                for count in &table.counts {
                    rows.write_record([table.by, &count.value, &count.count.to_string()])?;
                }
            }
            console.out.write_all(&rows.into_inner()?)?;
        }
    }
    console.out.flush()?;
    if total == 0 {
        nothing::explain(&archive, &options.selection, console)?;
    }
    Ok(ExitStatus::of(total))
}

/// `None` if the request has no such counts: without a restriction no word is significant.
fn table(
    by: By,
    facets: &Facets,
    archive: &Archive,
    request: &Request,
) -> Result<Option<CountTable>, SearchError> {
    let (by, counts) = match by {
        By::District => ("district", facets.districts.clone()),
        By::Tree => ("tree", branches(&facets.district_tree, "")),
        By::Topic => ("topic", facets.topics.clone()),
        By::Outlet => ("outlet", facets.outlets.clone()),
        By::Publication => ("publication", facets.publications.clone()),
        By::Kind => ("kind", facets.kinds.clone()),
        By::Year => ("year", facets.years.clone()),
        By::Month => ("month", facets.months.clone()),
        By::Day => ("day", archive.timeline(request, Granularity::Day)?.counts),
        By::Words if request.query.texts().is_empty() => return Ok(None),
        By::Words => {
            let words = archive.significant_terms(request, MAX_WORDS)?.into_iter();
            let count = |word: SignificantTerm| Count { value: word.word, count: word.among_hits };
            ("words", words.map(count).collect())
        }
    };
    Ok(Some(CountTable { by, counts }))
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

fn print_tables(
    report: &StatsReport,
    limit: Option<usize>,
    console: &mut Console,
) -> anyhow::Result<()> {
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
    let head = lang.of(
        format!("{total}{stories}，日期不详 {undated}，地区不详 {unplaced}"),
        format!("{total}{stories}, {undated} without a date, {unplaced} without a district"),
    );
    writeln!(console.out, "{head}")?;
    for table in report.tables.iter().filter(|table| !table.counts.is_empty()) {
        writeln!(console.out)?;
        print_table(table, limit, console)?;
    }
    Ok(())
}

fn print_table(
    table: &CountTable,
    limit: Option<usize>,
    console: &mut Console,
) -> anyhow::Result<()> {
    /// Columns of the longest bar at most, and of the longest name.
    const BAR: usize = 40;
    const NAME: usize = 32;
    let (paint, lang) = (console.paint, console.lang);
    let cut = limit.unwrap_or(usize::MAX).min(table.counts.len());
    // Of months the latest are kept: they stand in order of time.
    let in_time = matches!(table.by, "day" | "month" | "year");
    let shown =
        if in_time { &table.counts[table.counts.len() - cut..] } else { &table.counts[..cut] };
    let name = |row: &Count| truncate(&visible(&name_of(lang, table.by, &row.value)), NAME);
    let names: Vec<String> = shown.iter().map(name).collect();
    let name_width = names.iter().map(|name| columns(name)).max().unwrap_or(0);
    let count_width = shown.iter().map(|row| number(row.count).len()).max().unwrap_or(0);
    let max = shown.iter().map(|row| row.count).max().unwrap_or(0);
    let room = console.width.saturating_sub(name_width + count_width + 6).min(BAR);
    let by = table.by;
    let heading = match by {
        "district" => lang.of("地区", by),
        "tree" => lang.of("地区（逐级）", "district, with the units in it"),
        "topic" => lang.of("主题", by),
        "outlet" => lang.of("来源", by),
        "publication" => lang.of("报刊", by),
        "kind" => lang.of("种类", by),
        "year" => lang.of("年", by),
        "month" => lang.of("月", by),
        "day" => lang.of("日", by),
        "words" => lang.of("特征词（取自最相关的结果）", "significant words of the best hits"),
        by => by,
    };
    writeln!(console.out, "{}", paint.strong(heading))?;
    for (row, name) in shown.iter().zip(&names) {
        writeln!(
            console.out,
            "  {}  {:>count_width$}  {}",
            pad(name, name_width),
            number(row.count),
            paint.place(bar(row.count as f64, max as f64, room))
        )?;
    }
    let hidden = table.counts.len() - shown.len();
    if hidden > 0 {
        let note = if in_time {
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
