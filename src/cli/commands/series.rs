//! `dibao series`: an indicator over time, a column for each district, or bars.

use std::io::Write;

use super::opened;
use crate::cli::ExitStatus;
use crate::cli::args::figures::SeriesFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::SeriesOptions;
use crate::cli::output::bars::bar;
use crate::cli::output::console::Console;
use crate::cli::output::facts::counted;
use crate::cli::output::files;
use crate::cli::output::table::print_columns;
use crate::cli::output::wrap::{columns, pad, visible};
use crate::export::{ChartUnit, ChartWords, series_chart, write_series};
use crate::model::CivilDate;
use crate::present::Lang;
use crate::present::words::{
    drawn_line, figure_status, period_label, preliminary, series_amount, series_description,
    series_district, series_title, series_values,
};
use crate::search::{Series, SeriesLine, SeriesMeasure, SeriesPoint};

/// Stands where no article states a value.
const GAP: &str = "–";
/// Columns of the bars at least.
const MIN_BAR: usize = 16;

pub(crate) fn run(
    folders: &Folders,
    options: &SeriesOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let (archive, _) = opened::with_state(folders)?;
    let asked = &options.request;
    let series = archive.series(&asked.name, &asked.filter, asked.by, asked.measure)?;
    match options.format {
        SeriesFormat::Text => print_series(&series, console)?,
        SeriesFormat::Chart => print_chart(&series, console)?,
        SeriesFormat::Json => {
            serde_json::to_writer_pretty(&mut console.out, &series)?;
            writeln!(console.out)?;
        }
        SeriesFormat::Csv => write_series(&series, &mut console.out)?,
    }
    console.out.flush()?;
    if let Some(path) = &options.svg {
        let svg = drawing(console.lang, &series)?;
        files::write_chart(&archive, folders, path, &svg, console)?;
    }
    let (lang, others) = (console.lang, series.of_other_lengths);
    let points = series.lines.iter().map(|line| line.points.len() as u64).sum();
    if points == 0 {
        let name = visible(&asked.name);
        console.tell(lang.of(format!("{name}：没有找到数值"), format!("{name}: no values found")));
    }
    if others > 0 {
        let others = counted(lang, others, "个数值", ("value", "values"));
        console.tell(lang.of(
            format!("另有 {others}属于其他长度的时段，可用 --by 查看"),
            format!("{others} more of periods of other lengths; see them with --by"),
        ));
    }
    if series.changes_alone > 0 {
        let alone = counted(lang, series.changes_alone, "处", ("statement", "statements"));
        console.tell(lang.of(
            format!("另有 {alone}只写增减，没有数值，可用 --measure change 查看"),
            format!(
                "{alone} more of a change alone, without a level; see them with --measure change"
            ),
        ));
    }
    if series.without_period > 0 {
        let without = counted(lang, series.without_period, "个数值", ("value", "values"));
        console.tell(lang.of(
            format!("另有 {without}未写明时段，可用 `dibao indicators` 查看"),
            format!("{without} more without a period; `dibao indicators` lists them"),
        ));
    }
    Ok(ExitStatus::of(points))
}

/// The lines of the unit that most values have.
fn drawing(lang: Lang, series: &Series) -> anyhow::Result<String> {
    let of = ChartUnit::of(series);
    let words = ChartWords {
        title: &visible(&series_title(lang, series)),
        description: &visible(&series_description(lang, series)),
        x_title: lang.of("时段", "period"),
        y_title: &format!("{}{}", of.multiple, of.unit),
    };
    let name = |line: &SeriesLine, status| visible(&drawn_line(lang, line, status));
    Ok(series_chart(series, &of, words, &name, &|_, _, _| None)?.into_string())
}

fn print_series(series: &Series, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    let corner = match series.measure {
        SeriesMeasure::Level => String::new(),
        SeriesMeasure::Change => lang.of("同比", "yoy").to_owned(),
    };
    let mut rows = vec![vec![corner]];
    rows[0].extend(series.lines.iter().map(|line| head_of(lang, series, line)));
    for (from, to) in series.periods() {
        let mut row = vec![period_label(Some(from), Some(to)).unwrap_or_default()];
        row.extend(series.lines.iter().map(|line| {
            line.at(from, to).map_or_else(|| GAP.to_owned(), |point| cell(lang, line, point))
        }));
        rows.push(row);
    }
    if rows.len() > 1 {
        print_columns(&mut console.out, &rows)?;
    }
    print_conflicts(series, console)
}

/// Bars for each district, all of one unit in proportion to each other, to both sides of nothing where
/// some are below it.
fn print_chart(series: &Series, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    let periods = series.periods();
    let label = |&(from, to): &(CivilDate, CivilDate)| period_label(Some(from), Some(to));
    let labels: Vec<String> =
        periods.iter().map(|period| label(period).unwrap_or_default()).collect();
    let label_width = labels.iter().map(|label| columns(label)).max().unwrap_or(0);
    let shown = |cell: &Option<(String, f64)>| {
        cell.as_ref().map_or_else(|| GAP.to_owned(), |(shown, _)| shown.clone())
    };
    let cells_of = |line: &SeriesLine| -> Vec<Option<(String, f64)>> {
        let cell_of = |&(from, to): &(CivilDate, CivilDate)| {
            let point = line.at(from, to)?;
            Some((cell(lang, line, point), point.values.first()?.value))
        };
        periods.iter().map(cell_of).collect()
    };
    let lines: Vec<_> = series.lines.iter().map(|line| (line, cells_of(line))).collect();
    // One width for all lines, so that bars begin at one column and have one scale.
    let all = lines.iter().flat_map(|(_, cells)| cells);
    let width = all.map(|cell| columns(&shown(cell))).max().unwrap_or(0);
    let room = console.width.saturating_sub(label_width + width + 4).max(MIN_BAR);
    for (place, (line, cells)) in lines.iter().enumerate() {
        let scale = Scale::of(series, &line.unit, room);
        if place > 0 {
            writeln!(console.out)?;
        }
        writeln!(console.out, "{}", console.paint.strong(head_of(lang, series, line)))?;
        for (label, cell) in labels.iter().zip(cells) {
            let bar = cell.as_ref().map(|(_, value)| scale.bar(*value)).unwrap_or_default();
            let shown = shown(cell);
            let before = " ".repeat(width.saturating_sub(columns(&shown)));
            let text = format!("{}  {before}{shown}  ", pad(label, label_width));
            let line = if bar.is_empty() { text.trim_end().to_owned() } else { text };
            writeln!(console.out, "{line}{}", console.paint.place(bar))?;
        }
    }
    print_conflicts(series, console)
}

/// Columns for what lies below and above nothing.
struct Scale {
    below: usize,
    above: usize,
    least: f64,
    most: f64,
}

impl Scale {
    /// For all values of a unit.
    fn of(series: &Series, unit: &str, room: usize) -> Self {
        let lines = series.lines.iter().filter(|line| line.unit == unit);
        let values = lines.flat_map(|line| &line.points).filter_map(|point| point.values.first());
        let (least, most) = values.fold((0.0_f64, 0.0_f64), |(least, most), value| {
            (least.min(value.value), most.max(value.value))
        });
        let share = if most > least { -least / (most - least) } else { 0.0 };
        let below = (share * room as f64).ceil() as usize;
        Self { below, above: room.saturating_sub(below), least, most }
    }

    fn bar(&self, value: f64) -> String {
        if value < 0.0 {
            let share = (value / self.least * self.below as f64).round().max(1.0) as usize;
            let blocks = share.min(self.below);
            return format!("{}{}", " ".repeat(self.below - blocks), "█".repeat(blocks));
        }
        format!("{}{}", " ".repeat(self.below), bar(value, self.most, self.above))
    }
}

/// Each value of the points on which articles differ, with a quote.
fn print_conflicts(series: &Series, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    for line in &series.lines {
        for point in line.points.iter().filter(|point| point.is_conflict()) {
            let period = period_label(Some(point.from), Some(point.to)).unwrap_or_default();
            writeln!(console.out, "\n≠ {} {period}", name_of(lang, line))?;
            for value in point.values.iter().filter(|value| point.differs(value)) {
                let articles = counted(lang, value.articles, "篇", ("article", "articles"));
                let status = figure_status(lang, value.status);
                let notes = [status, value.preliminary.then(|| preliminary(lang))];
                let notes = notes.into_iter().flatten().map(|note| format!(" · {note}"));
                let shown = visible(&series_amount(line, value));
                writeln!(console.out, "  {shown} · {articles}{}", notes.collect::<String>())?;
                for source in &value.sources {
                    writeln!(console.out, "    {}  {}", source.article, visible(&source.quote))?;
                }
            }
        }
    }
    Ok(())
}

/// The district, with the unit where it has lines of several.
fn head_of(lang: Lang, series: &Series, line: &SeriesLine) -> String {
    let of_district = series.lines.iter().filter(|other| other.district == line.district).count();
    let name = name_of(lang, line);
    if of_district > 1 { format!("{name}（{}）", visible(&line.unit)) } else { name }
}

fn name_of(lang: Lang, line: &SeriesLine) -> String {
    visible(series_district(lang, line))
}

fn cell(lang: Lang, line: &SeriesLine, point: &SeriesPoint) -> String {
    visible(&series_values(lang, line, point))
}
