//! `dibao trend`: words or districts over time, as a table with bars and as a drawing.

use std::fmt::Write as _;
use std::io::Write;

use super::opened;
use crate::cli::ExitStatus;
use crate::cli::args::StatsFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::TrendOptions;
use crate::cli::output::bars::bar;
use crate::cli::output::console::Console;
use crate::cli::output::facts::{articles, number};
use crate::cli::output::wrap::{columns, pad, truncate, visible};
use crate::cli::output::{files, nothing, why};
use crate::export::{ChartWords, Measure, trend_chart, write_trend};
use crate::present::Lang;
use crate::present::words::{granularity, left_out_of_lines, periods, spread};
use crate::search::{Granularity, Period, Point, Trend, TrendLine, per_thousand};

/// Columns between the columns of the table.
const BETWEEN: usize = 3;
/// Columns of a bar at least and at most.
const MIN_BAR: usize = 8;
const MAX_BAR: usize = 40;
/// Columns of the name of a line at most.
const NAME: usize = 24;
/// Columns of a share, `1000.0‰`, and of the blanks before it.
const PER_THOUSAND: usize = 9;

pub(crate) fn run(
    folders: &Folders,
    options: &TrendOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = opened::open(folders, console)?;
    let requests: Vec<_> = options
        .lines
        .iter()
        .map(|(name, selection)| (name.clone(), selection.request.clone()))
        .collect();
    let trend = archive.trend(&requests, options.by)?;
    let found: u64 = trend.lines.iter().map(TrendLine::total).sum();
    match options.format {
        // Why nothing was found is told below; a table of zeros would look like an answer.
        StatsFormat::Text if found == 0 => {}
        StatsFormat::Text => print_trend(&trend, options.measure, console)?,
        StatsFormat::Json => {
            serde_json::to_writer_pretty(&mut console.out, &trend)?;
            writeln!(console.out)?;
        }
        StatsFormat::Csv => write_trend(&trend, &mut console.out)?,
    }
    console.out.flush()?;
    if let Some(path) = &options.svg {
        let svg = drawing(console.lang, &trend, options)?;
        files::write_chart(&archive, folders, path, &svg, console)?;
    }
    match options.lines.as_slice() {
        [(_, selection)] if found == 0 => nothing::explain(&archive, selection, console)?,
        _ => {
            let missed = trend.lines.iter().filter(|line| line.total() == 0);
            for line in missed {
                let name = visible(&line.name);
                console.tell(
                    console.lang.of(format!("{name}：没有找到"), format!("{name}: nothing found")),
                );
            }
            why::partial_of_lines(&archive, &requests, console)?;
        }
    }
    Ok(ExitStatus::of(found))
}

fn drawing(lang: Lang, trend: &Trend, options: &TrendOptions) -> anyhow::Result<String> {
    let by = granularity(lang, trend.by);
    let up = match options.measure {
        Measure::Articles => lang.of("篇数", "articles").to_owned(),
        Measure::PerThousand => {
            lang.of(format!("同{by}全部文章的千分比"), format!("per thousand articles of the {by}"))
        }
    };
    let names: Vec<&str> = trend.lines.iter().map(|line| line.name.as_str()).collect();
    let names = names.join("、");
    // Of districts the word is not in the names of the lines.
    let word = match options.lines.first() {
        Some((name, selection)) if *name != selection.params.q => selection.params.q.as_str(),
        _ => "",
    };
    let title =
        if word.is_empty() { names } else { format!("{word}{}{names}", lang.of("：", ": ")) };
    let periods = trend.periods();
    let time = match (periods.first(), periods.last()) {
        (Some(first), Some(last)) => {
            lang.of(format!("，{first} 至 {last}"), format!(", {first} to {last}"))
        }
        _ => String::new(),
    };
    let totals: Vec<String> = trend
        .lines
        .iter()
        .map(|line| {
            let (name, colon) = (&line.name, lang.of("：", ": "));
            format!("{name}{colon}{}", articles(lang, line.articles))
        })
        .collect();
    let totals = totals.join(lang.of("；", "; "));
    let spread = left_out_of_lines(lang, trend);
    let description = lang.of(
        format!("按{by}的{up}折线图{time}。{totals}。{spread}"),
        format!("A line chart of {up} by {by}{time}. {totals}.{spread}"),
    );
    let words = ChartWords { title: &title, description: &description, x_title: by, y_title: &up };
    Ok(trend_chart(trend, options.measure, words, &|_, _| None)?.into_string())
}

fn print_trend(trend: &Trend, measure: Measure, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    let what = match measure {
        Measure::Articles => lang.of("条形：篇数", "bars: articles"),
        Measure::PerThousand => lang.of("条形：‰", "bars: ‰"),
    };
    let by = granularity(lang, trend.by);
    let head = lang.of(
        format!("按{by}的篇数；‰：占同{by}全部文章的千分比；{what}"),
        format!("articles by {by}; ‰: per thousand of all articles of the {by}; {what}"),
    );
    writeln!(console.out, "{head}")?;
    if is_spread(&trend.lines) {
        let unit = spread(lang, trend.by);
        let legend = lang.of(
            format!("+N：可能属于该{by}的（日期{unit}）"),
            format!("+N: more that may be of the {by}; spread: {unit}"),
        );
        writeln!(console.out, "{legend}")?;
    }
    let shared = trend.is_of_the_same();
    let table = TrendTable::new(trend, measure, shared, console);
    for lines in trend.lines.chunks(table.beside) {
        writeln!(console.out)?;
        table.print(lines, console)?;
    }
    Ok(())
}

/// Widths of the columns.
struct TrendTable {
    lang: Lang,
    measure: Measure,
    periods: Vec<Period>,
    /// Whether one column of all articles does for all lines.
    shared: bool,
    /// Columns of the periods, of all articles, of a line's articles, of those that are possible
    /// beside them, of a bar.
    time: usize,
    all: usize,
    count: usize,
    more: usize,
    bar: usize,
    /// Number of lines that are compared.
    beside: usize,
    /// The value of the longest bar.
    most: f64,
}

impl TrendTable {
    fn new(trend: &Trend, measure: Measure, shared: bool, console: &Console) -> Self {
        let (lang, width) = (console.lang, console.width);
        let points = || trend.lines.iter().flat_map(|line| &line.points);
        let periods = trend.periods();
        let time = periods.iter().map(|period| period.to_string().len()).max().unwrap_or(0);
        let all_of = |line: &TrendLine| line.points.iter().map(|point| point.of).sum::<u64>();
        let wide = |count: u64| columns(&number(count));
        let all = trend.lines.iter().map(|line| wide(all_of(line))).max().unwrap_or(0).max(3);
        let count = |line: &TrendLine| wide(line.articles.max(line.spread).max(line.undated));
        let count = trend.lines.iter().map(count).max().unwrap_or(0);
        let more = points().map(|point| shown_more(point.possible).len()).max().unwrap_or(0);
        let spread = in_several(lang, trend.by);
        let spread = if is_spread(&trend.lines) { columns(spread) } else { 0 };
        let time = time.max(spread).max(columns(undated(lang)));
        let mut table = Self {
            lang,
            measure,
            periods,
            shared,
            time,
            all,
            count,
            more,
            bar: MIN_BAR,
            beside: 1,
            most: points().filter_map(|point| measure.of(point)).fold(0.0, f64::max),
        };
        let left = table.time + if shared { 2 + all } else { 0 };
        let room = width.saturating_sub(left);
        let shortest = table.numbers() + MIN_BAR + BETWEEN;
        table.beside = (room / shortest).clamp(1, trend.lines.len().max(1));
        let each = (room / table.beside).saturating_sub(table.numbers() + BETWEEN);
        table.bar = each.clamp(MIN_BAR, MAX_BAR);
        table
    }

    /// Columns of the numbers of a line and of the blanks behind them.
    fn numbers(&self) -> usize {
        let all = if self.shared { 0 } else { self.of().len() + self.all };
        all + self.count + self.more + PER_THOUSAND + 2
    }

    fn print(&self, lines: &[TrendLine], console: &mut Console) -> anyhow::Result<()> {
        let paint = console.paint;
        let mut head = " ".repeat(self.time);
        if self.shared {
            let all = self.lang.of("全部", "all");
            let before = " ".repeat((2 + self.all).saturating_sub(columns(all)));
            let _ = write!(head, "{before}{all}");
        }
        let wide = self.numbers() + self.bar;
        for line in lines {
            head.push_str(&" ".repeat(BETWEEN));
            head.push_str(&pad(&truncate(&visible(&line.name), NAME.min(wide)), wide));
        }
        writeln!(console.out, "{}", paint.strong(head.trim_end()))?;
        let mut before: Option<Period> = None;
        for &period in &self.periods {
            let gap = before.map_or(0, |before| period.number() - before.number() - 1);
            if gap > 0 {
                let (count, by) = (u64::from(gap.unsigned_abs()), period.granularity());
                let count = periods(self.lang, count, by);
                let note = self
                    .lang
                    .of(format!("… {count}没有文章"), format!("… {count} without articles"));
                writeln!(console.out, "{}", paint.faint(note))?;
            }
            before = Some(period);
            let of = lines.iter().find_map(|line| line.point(period)).map(|point| point.of);
            let cells: Vec<String> = lines.iter().map(|line| self.cell(line, period)).collect();
            self.print_row(&period.to_string(), of, &cells, console)?;
        }
        let sums = |line: &TrendLine| line.points.iter().map(|point| point.of).sum::<u64>();
        let cells: Vec<String> =
            lines.iter().map(|line| self.numbers_of(line.articles, 0, sums(line))).collect();
        self.print_row(self.lang.of("合计", "total"), lines.first().map(sums), &cells, console)?;
        let by = self.periods.first().map_or(Granularity::default(), |first| first.granularity());
        self.print_outside(in_several(self.lang, by), lines, &|line| line.spread, console)?;
        self.print_outside(undated(self.lang), lines, &|line| line.undated, console)
    }

    /// A row of articles that no period has; none where there are none.
    fn print_outside(
        &self,
        name: &str,
        lines: &[TrendLine],
        count: &dyn Fn(&TrendLine) -> u64,
        console: &mut Console,
    ) -> anyhow::Result<()> {
        if lines.iter().any(|line| count(line) > 0) {
            let cell = |line: &TrendLine| format!("{:>1$}", number(count(line)), self.count);
            let cells: Vec<String> = lines.iter().map(cell).collect();
            self.print_row(name, None, &cells, console)?;
        }
        Ok(())
    }

    /// Between the articles of a line and all of them.
    fn of(&self) -> &'static str {
        self.lang.of(" / ", " of ")
    }

    fn print_row(
        &self,
        name: &str,
        of: Option<u64>,
        cells: &[String],
        console: &mut Console,
    ) -> anyhow::Result<()> {
        let mut row = pad(name, self.time);
        if self.shared {
            let of = of.map(number).unwrap_or_default();
            let _ = write!(row, "  {of:>0$}", self.all);
        }
        let wide = self.numbers() + self.bar;
        for cell in cells {
            row.push_str(&" ".repeat(BETWEEN));
            row.push_str(&pad(cell, wide));
        }
        writeln!(console.out, "{}", row.trim_end())?;
        Ok(())
    }

    fn cell(&self, line: &TrendLine, period: Period) -> String {
        let Some(point) = line.point(period) else { return self.numbers_of(0, 0, 0) };
        let Point { articles, possible, of, .. } = *point;
        let numbers = self.numbers_of(articles, possible, of);
        let value = self.measure.of(point).unwrap_or(0.0);
        format!("{numbers}  {}", bar(value, self.most, self.bar))
    }

    /// Articles, those that are possible beside them, of how many where that is each line's own, and
    /// the share; a dash in a gap.
    fn numbers_of(&self, articles: u64, possible: u64, of: u64) -> String {
        let more = shown_more(possible);
        let Some(share) = per_thousand(articles, of) else {
            return format!("{:>1$}{more}", "–", self.count);
        };
        let share = format!("{share:.1}‰");
        let (articles, of) = (number(articles), number(of));
        let own =
            if self.shared { String::new() } else { format!("{}{of:>1$}", self.of(), self.all) };
        let (count, width) = (self.count, self.more);
        format!("{articles:>count$}{more:<width$}{own}{share:>PER_THOUSAND$}")
    }
}

fn shown_more(possible: u64) -> String {
    if possible == 0 { String::new() } else { format!(" +{}", number(possible)) }
}

fn is_spread(lines: &[TrendLine]) -> bool {
    lines.iter().any(|line| line.spread > 0)
}

/// The row of articles that are in no single period.
fn in_several(lang: Lang, by: Granularity) -> &'static str {
    match lang {
        Lang::Zh => spread(lang, by),
        Lang::En => "spread",
    }
}

fn undated(lang: Lang) -> &'static str {
    lang.of("日期不详", "undated")
}
