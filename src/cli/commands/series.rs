//! `dibao series`: an indicator over time, a column for each district.

use std::collections::BTreeSet;
use std::io::Write;

use crate::cli::ExitStatus;
use crate::cli::args::StatsFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::SeriesOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts::counted;
use crate::cli::output::files;
use crate::cli::output::wrap::{columns, pad, visible};
use crate::export::{ChartWords, series_chart, write_series};
use crate::model::CivilDate;
use crate::present::Lang;
use crate::present::words::{amount, figure_period};
use crate::search::{Archive, Series, SeriesLine, SeriesPoint};

pub(crate) fn run(
    folders: &Folders,
    options: &SeriesOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&folders.index)?;
    let series = archive.series(&options.name, &options.filter, options.by)?;
    match options.format {
        StatsFormat::Text => print_series(&series, console)?,
        StatsFormat::Json => {
            serde_json::to_writer_pretty(&mut console.out, &series)?;
            writeln!(console.out)?;
        }
        StatsFormat::Csv => write_series(&series, &mut console.out)?,
    }
    console.out.flush()?;
    if let Some(path) = &options.svg {
        let svg = drawing(console.lang, &series)?;
        files::write_chart(&archive, folders, path, &svg, console)?;
    }
    let (lang, others) = (console.lang, series.of_other_lengths);
    let points = series.lines.iter().map(|line| line.points.len() as u64).sum();
    if points == 0 {
        let name = visible(&options.name);
        console.tell(lang.of(format!("{name}：没有找到数值"), format!("{name}: no values found")));
    }
    if others > 0 {
        let others = counted(lang, others, "个数值", ("value", "values"));
        console.tell(lang.of(
            format!("另有 {others}属于其他长度的时段，可用 --by 查看"),
            format!("{others} more of periods of other lengths; see them with --by"),
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

/// The lines of the unit that most of them have.
fn drawing(lang: Lang, series: &Series) -> anyhow::Result<String> {
    let of_unit = |unit: &str| series.lines.iter().filter(|line| line.unit == unit).count();
    let most = series.lines.iter().map(|line| line.unit.as_str()).max_by_key(|unit| of_unit(unit));
    let unit = most.unwrap_or_default();
    let lines = series.lines.iter().filter(|line| line.unit == unit);
    let values = lines.flat_map(|line| &line.points).flat_map(|point| &point.values);
    let largest = values.map(|value| value.value.abs()).fold(0.0, f64::max);
    let (divisor, sign) = match largest {
        largest if unit == "%" || largest < 1e4 => (1.0, ""),
        largest if largest < 1e8 => (1e4, "万"),
        _ => (1e8, "亿"),
    };
    let title = visible(&series.name);
    let description = lang.of(
        format!("{title}的折线图；各篇文章数值不一时取最多的一种"),
        format!("A line chart of {title}; where articles differ, of the value that most state"),
    );
    let words = ChartWords {
        title: &title,
        description: &description,
        x_title: lang.of("时段", "period"),
        y_title: &format!("{sign}{unit}"),
    };
    Ok(series_chart(series, unit, divisor, words)?.into_string())
}

fn print_series(series: &Series, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    let points = || series.lines.iter().flat_map(|line| &line.points);
    let periods: BTreeSet<(CivilDate, CivilDate)> =
        points().map(|point| (point.from, point.to)).collect();
    let mut rows = vec![vec![String::new()]];
    rows[0].extend(series.lines.iter().map(|line| head_of(lang, series, line)));
    for (from, to) in periods {
        let mut row = vec![figure_period(Some(from), Some(to)).unwrap_or_default()];
        row.extend(series.lines.iter().map(|line| {
            let point = line.points.iter().find(|point| (point.from, point.to) == (from, to));
            point.map_or_else(String::new, |point| cell(line, point))
        }));
        rows.push(row);
    }
    let widths: Vec<usize> = (0..=series.lines.len())
        .map(|at| rows.iter().map(|row| columns(&row[at])).max().unwrap_or(0))
        .collect();
    for row in rows.iter().filter(|row| row.len() > 1) {
        let cells = row.iter().zip(&widths).map(|(cell, width)| pad(cell, *width));
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(console.out, "{}", line.trim_end())?;
    }
    print_conflicts(series, console)
}

/// Each value of the points on which articles differ, with a quote.
fn print_conflicts(series: &Series, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    for line in &series.lines {
        for point in line.points.iter().filter(|point| point.values.len() > 1) {
            let period = figure_period(Some(point.from), Some(point.to)).unwrap_or_default();
            writeln!(console.out, "\n≠ {} {period}", name_of(lang, line))?;
            for value in &point.values {
                let articles = counted(lang, value.articles, "篇", ("article", "articles"));
                writeln!(console.out, "  {} · {articles}", amount(value.value, &line.unit))?;
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
    let unknown = || lang.of("地区不详", "no district").to_owned();
    visible(&line.district.clone().unwrap_or_else(unknown))
}

fn cell(line: &SeriesLine, point: &SeriesPoint) -> String {
    let values = point.values.iter().map(|value| {
        let upper = value.value_max.map(|upper| format!("–{}", amount(upper, &line.unit)));
        let approx = value.approx.as_deref().unwrap_or_default();
        format!("{approx}{}{}", amount(value.value, &line.unit), upper.unwrap_or_default())
    });
    values.collect::<Vec<_>>().join(" ≠ ")
}
