//! `dibao stats`: how many articles have what, as tables with bars.

use std::io::Write;

use serde::Serialize;

use super::Outcome;
use super::args::{By, StatsFormat};
use super::bars::bar;
use super::console::Console;
use super::job::{Folders, StatsTask};
use super::nothing;
use super::printed::{counted, number};
use super::wrap::{columns, pad, truncate, visible};
use crate::search::{Archive, Count, Facets};

/// Counts of one sort.
#[derive(Debug, Serialize)]
struct Table {
    by: &'static str,
    counts: Vec<Count>,
}

/// `--format json`.
#[derive(Debug, Serialize)]
struct Counted<'a> {
    query: &'a str,
    total: u64,
    undated: u64,
    unplaced: u64,
    tables: Vec<Table>,
}

pub(super) fn run(
    folders: &Folders,
    task: &StatsTask,
    console: &mut Console,
) -> anyhow::Result<Outcome> {
    let archive = Archive::open(&folders.index)?;
    let request = task.what.request();
    let total = archive.count(&request)?;
    let facets = archive.facets(&request)?;
    let tables = task.by.iter().map(|&by| table(by, &facets)).collect();
    let counted = Counted {
        query: &task.what.typed,
        total,
        undated: facets.undated,
        unplaced: facets.unplaced,
        tables,
    };
    match task.format {
        StatsFormat::Text => print_tables(&counted, task.limit, console)?,
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
        nothing::explain(&archive, &task.what, console)?;
    }
    Ok(Outcome::of(total))
}

fn table(by: By, facets: &Facets) -> Table {
    let (by, counts) = match by {
        By::District => ("district", facets.districts.clone()),
        By::Topic => ("topic", facets.topics.clone()),
        By::Outlet => ("outlet", facets.outlets.clone()),
        By::Publication => ("publication", facets.publications.clone()),
        By::Kind => ("kind", facets.kinds.clone()),
        By::Month => ("month", facets.months.clone()),
        By::Year => ("year", years(&facets.months)),
    };
    Table { by, counts }
}

/// Months, in order of time, added up to years.
fn years(months: &[Count]) -> Vec<Count> {
    let mut years: Vec<Count> = Vec::new();
    for month in months {
        let year = month.value.split('-').next().unwrap_or_default();
        match years.last_mut() {
            Some(last) if last.value == year => last.count += month.count,
            _ => years.push(Count { value: year.to_owned(), count: month.count }),
        }
    }
    years
}

fn print_tables(
    counted_all: &Counted,
    limit: Option<usize>,
    console: &mut Console,
) -> anyhow::Result<()> {
    let head = format!(
        "{}, {} without a date, {} without a district",
        counted(counted_all.total, "article"),
        number(counted_all.undated),
        number(counted_all.unplaced)
    );
    writeln!(console.out, "{head}")?;
    for table in counted_all.tables.iter().filter(|table| !table.counts.is_empty()) {
        writeln!(console.out)?;
        print_table(table, limit, console)?;
    }
    Ok(())
}

fn print_table(table: &Table, limit: Option<usize>, console: &mut Console) -> anyhow::Result<()> {
    /// Columns of the longest bar at most, and of the longest name.
    const BAR: usize = 40;
    const NAME: usize = 32;
    let paint = console.paint;
    let cut = limit.unwrap_or(usize::MAX).min(table.counts.len());
    // Of months the latest are kept: they stand in order of time.
    let in_time = matches!(table.by, "month" | "year");
    let shown =
        if in_time { &table.counts[table.counts.len() - cut..] } else { &table.counts[..cut] };
    let names: Vec<String> = shown.iter().map(|row| truncate(&visible(&row.value), NAME)).collect();
    let name_width = names.iter().map(|name| columns(name)).max().unwrap_or(0);
    let count_width = shown.iter().map(|row| number(row.count).len()).max().unwrap_or(0);
    let most = shown.iter().map(|row| row.count).max().unwrap_or(0);
    let room = console.width.saturating_sub(name_width + count_width + 6).min(BAR);
    writeln!(console.out, "{}", paint.strong(table.by))?;
    for (row, name) in shown.iter().zip(&names) {
        writeln!(
            console.out,
            "  {}  {:>count_width$}  {}",
            pad(name, name_width),
            number(row.count),
            paint.place(bar(row.count as f64, most as f64, room))
        )?;
    }
    let hidden = table.counts.len() - shown.len();
    if hidden > 0 {
        let which = if in_time { "earlier" } else { "more" };
        let note = format!("  … {hidden} {which}; --limit 0 shows all");
        writeln!(console.out, "{}", paint.faint(note))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_add_up_to_years() {
        let month = |value: &str, count| Count { value: value.into(), count };
        let years = years(&[month("2022-11", 2), month("2022-12", 3), month("2023-01", 4)]);
        assert_eq!(years, [month("2022", 5), month("2023", 4)]);
    }
}
