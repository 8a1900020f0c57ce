//! A line chart of values over time. No font is needed to make it: its text is text, in whatever
//! font the reader has.
//!
//! Lines are told apart by colour, by dashes and by markers, so that the chart can be read in print
//! and by the colour-blind; missing values are gaps in the line.

use maud::{Markup, html};
use thiserror::Error;
use unicode_width::UnicodeWidthStr;

use super::axis::{Axis, MAX_X_LABELS};
use super::plot::Plot;
use super::series::{hollow, marker, path};
use super::svg::{ChartLink, SvgText, WHITE, document, rectangle, shortened};
use crate::search::MAX_LINES;

/// Pixels of the width.
const WIDTH: i32 = 960;
/// Pixels of the height of the plot with its axes, below title and legend.
const PLOT: i32 = 440;
const MARGIN: i32 = 24;
const TITLE_ROW: i32 = 56;
const LEGEND_ROW: i32 = 26;
/// Pixels of the labels below the plot and on its left.
const BELOW: i32 = 56;
const LEFT: i32 = 72;
/// Pixels of the sample of a line in the legend, and of the gap before the name.
const SAMPLE: i32 = 44;
const SAMPLE_GAP: i32 = 8;
/// Columns of the title and of a name at most; a Chinese character takes two.
const MAX_TITLE_WIDTH: usize = 96;
const MAX_NAME_WIDTH: usize = 48;
/// Markers on one line before some are left out.
const MAX_MARKERS: usize = 40;
/// Pixels of the area around a marker that leads to its articles.
const TARGET: i32 = 18;

/// A line chart.
#[derive(Clone, Copy)]
pub struct LineChart<'a> {
    /// Above the lines, and its accessible name.
    pub title: &'a str,
    /// Its accessible description.
    pub description: &'a str,
    /// The title of the x axis.
    pub x_title: &'a str,
    /// The title of the y axis.
    pub y_title: &'a str,
    /// The lines, at most [`MAX_LINES`].
    pub lines: &'a [ChartLine],
    /// The label of a position on the x axis.
    pub label: &'a dyn Fn(i32) -> String,
    /// Labels stand at multiples of a divisor or a multiple of this: 12 for months, 1 for years.
    pub cycle: u32,
    /// Where a point leads that has a marker, and its tooltip, by the index of its line, its position and
    /// its value.
    pub link: &'a dyn Fn(usize, (i32, f64)) -> Option<PointLink>,
}

/// Where a point leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointLink {
    /// The address.
    pub href: String,
    /// The tooltip.
    pub tip: String,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartLine {
    /// Its name in the legend.
    pub name: String,
    /// Positions and values in the order of positions. The line has a gap where a position is left
    /// out or its value is not finite.
    pub points: Vec<(i32, f64)>,
    /// What else is said of its positions: hollow marks that the line does not go through.
    pub others: Vec<(i32, f64)>,
}

/// There are not enough markers and colours to tell so many lines apart.
#[derive(Debug, Error)]
#[error("{0} lines are too many for one chart; draw {MAX_LINES} at most")]
pub struct TooManyLines(pub usize);

impl LineChart<'_> {
    /// The chart as a complete SVG document without an XML declaration, suitable for inlining in
    /// HTML. The same values give the same bytes.
    ///
    /// # Errors
    /// When there are more than [`MAX_LINES`] lines.
    pub fn to_svg(&self) -> Result<Markup, TooManyLines> {
        if self.lines.len() > MAX_LINES {
            return Err(TooManyLines(self.lines.len()));
        }
        let names: Vec<String> =
            self.lines.iter().map(|line| shortened(&line.name, MAX_NAME_WIDTH)).collect();
        let entries = legend(&names);
        let rows = entries.last().map_or(0, |&(_, row)| row + 1);
        let top = TITLE_ROW + rows * LEGEND_ROW;
        let size = (WIDTH, PLOT + top);
        let title = shortened(self.title, MAX_TITLE_WIDTH);
        let (drawn, targets) = self.plot(top);
        let body = html! {
            (rectangle((0, 0), size, WHITE))
            (SvgText { x: MARGIN, y: TITLE_ROW / 2, size: 20, content: &title, ..SvgText::DEFAULT })
            @for (index, (name, &(x, row))) in names.iter().zip(&entries).enumerate() {
                (sample(index, name, (x, TITLE_ROW + row * LEGEND_ROW + LEGEND_ROW / 2)))
            }
            (drawn)
        };
        Ok(document(size, self.title, self.description, &body, &targets))
    }

    fn plot(&self, top: i32) -> (Markup, Vec<ChartLink>) {
        let lines: Vec<Vec<Vec<(i32, f64)>>> =
            self.lines.iter().map(|line| unbroken(&line.points)).collect();
        let others = |index: usize| {
            let line: &ChartLine = &self.lines[index];
            line.others.iter().copied().filter(|point| point.1.is_finite())
        };
        let beside: Vec<(i32, f64)> = (0..lines.len()).flat_map(others).collect();
        let points = || lines.iter().flatten().flatten().chain(&beside);
        let plot = Plot {
            x: Axis::of_positions(points().map(|point| point.0), self.cycle, MAX_X_LABELS),
            y: Axis::of_values(points().map(|point| point.1)),
            left: MARGIN + LEFT,
            right: WIDTH - MARGIN - 1,
            top: top + MARGIN / 2,
            bottom: top + PLOT - MARGIN / 2 - BELOW - 1,
            x_title: self.x_title,
            y_title: self.y_title,
            x_title_at: top + PLOT - MARGIN / 2,
            y_title_at: MARGIN,
            title_size: 14,
        };
        let drawn = html! {
            (plot.axes(self.label, &rounded))
            @for (index, runs) in lines.iter().enumerate() {
                (line(&plot, index, runs))
                @for (x, y) in others(index) { (hollow(index, (plot.x(f64::from(x)), plot.y(y)))) }
            }
        };
        let linked = lines.iter().enumerate().flat_map(|(index, runs)| {
            let points = marked(index, runs).into_iter().chain(others(index));
            points.filter_map(move |point| Some((point, (self.link)(index, point)?)))
        });
        let target = |((x, y), PointLink { href, tip }): ((i32, f64), PointLink)| ChartLink {
            at: (plot.x(f64::from(x)) - TARGET / 2, plot.y(y) - TARGET / 2),
            size: (TARGET, TARGET),
            href: Some(href),
            tip,
            days: None,
        };
        (drawn, linked.map(target).collect())
    }
}

/// A line with its markers.
fn line(plot: &Plot, index: usize, runs: &[Vec<(i32, f64)>]) -> Markup {
    let pixels = |&(x, y): &(i32, f64)| (plot.x(f64::from(x)), plot.y(y));
    html! {
        @for point in marked(index, runs) { (marker(index, pixels(&point))) }
        @for run in runs.iter().filter(|run| run.len() > 1) {
            (path(index, run.iter().map(pixels).collect::<Vec<_>>()))
        }
    }
}

/// The points with markers: where these would overlap only some, at other points for each line; all
/// that stand alone.
fn marked(index: usize, runs: &[Vec<(i32, f64)>]) -> Vec<(i32, f64)> {
    let count: usize = runs.iter().map(Vec::len).sum();
    let step = count.div_ceil(MAX_MARKERS).max(1);
    let of_run = |run: &Vec<(i32, f64)>| -> Vec<(i32, f64)> {
        let is_marked = |at: usize| run.len() == 1 || (at + index).is_multiple_of(step);
        run.iter().enumerate().filter(|(at, _)| is_marked(*at)).map(|(_, point)| *point).collect()
    };
    runs.iter().flat_map(of_run).collect()
}

/// The left edge and the row, from 0, of each name.
fn legend(names: &[String]) -> Vec<(i32, i32)> {
    /// Pixels of a column of text, and between two entries.
    const COLUMN: i32 = 8;
    const GAP: i32 = 20;
    let (mut x, mut row) = (MARGIN, 0);
    let mut entries = Vec::with_capacity(names.len());
    for name in names {
        let wide = SAMPLE + SAMPLE_GAP + i32::try_from(name.width()).unwrap_or(0) * COLUMN;
        if x + wide > WIDTH - MARGIN && x > MARGIN {
            (x, row) = (MARGIN, row + 1);
        }
        entries.push((x, row));
        x += wide + GAP;
    }
    entries
}

fn sample(index: usize, name: &str, (x, y): (i32, i32)) -> Markup {
    html! {
        (path(index, [(x, y), (x + SAMPLE, y)]))
        (marker(index, (x + SAMPLE / 2, y)))
        (SvgText { x: x + SAMPLE + SAMPLE_GAP, y, size: 14, content: name, ..SvgText::DEFAULT })
    }
}

/// The finite points, in runs without a gap.
fn unbroken(points: &[(i32, f64)]) -> Vec<Vec<(i32, f64)>> {
    let finite: Vec<(i32, f64)> = points.iter().copied().filter(|p| p.1.is_finite()).collect();
    finite.chunk_by(|a, b| a.0.checked_add(1) == Some(b.0)).map(<[_]>::to_vec).collect()
}

/// The value without the rounding errors of binary fractions.
fn rounded(value: f64) -> String {
    let shown = format!("{value:.6}");
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, points: &[(i32, f64)]) -> ChartLine {
        ChartLine { name: name.into(), points: points.to_vec(), others: Vec::new() }
    }

    fn drawn(title: &str, lines: &[ChartLine]) -> String {
        let chart = LineChart {
            title,
            description: "articles by month",
            x_title: "month",
            y_title: "articles",
            lines,
            label: &|position| position.to_string(),
            cycle: 12,
            link: &|_, _| None,
        };
        chart.to_svg().expect("few lines").into_string().replace("><", ">\n<")
    }

    #[test]
    fn a_gap_breaks_the_line_and_a_zero_does_not() {
        let lines = [
            line("氢能", &[(1, 2.0), (2, 0.0), (4, 3.0), (5, 4.0)]),
            line("光伏", &[(1, 1.0), (2, 1.0), (4, 0.0), (6, f64::NAN), (7, 2.5)]),
        ];
        insta::assert_snapshot!(drawn("氢能、光伏", &lines));
    }

    #[test]
    fn every_line_has_a_colour_a_marker_and_dashes_of_its_own() {
        let lines: Vec<ChartLine> = (0..MAX_LINES)
            .map(|n| line(&format!("第{n}条线"), &[(1, n as f64), (2, 9.0)]))
            .collect();
        let svg = drawn("八条线", &lines);
        let (legend, _) = svg.split_once("<line").expect("a grid");
        insta::assert_snapshot!(legend);
        let mut strokes: Vec<&str> = svg
            .lines()
            .filter(|line| line.contains("stroke-width=\"2\""))
            .filter_map(|line| line.split("stroke=").nth(1)?.split(" points").next())
            .collect();
        strokes.sort_unstable();
        strokes.dedup();
        assert_eq!(strokes.len(), MAX_LINES, "{strokes:?}");
    }

    #[test]
    fn what_else_is_said_is_hollow_and_within_the_axes() {
        let twofold = ChartLine { others: vec![(2, 50.0)], ..line("甲", &[(1, 1.0), (2, 2.0)]) };
        let svg = drawn("甲", &[twofold]);
        assert_eq!(svg.matches("r=\"5\" fill=\"none\" stroke=\"#0072B2\"").count(), 1, "{svg}");
        assert!(svg.contains(">50</text>"), "{svg}");
    }

    #[test]
    fn more_lines_than_can_be_told_apart_are_an_error() {
        let chart = LineChart {
            title: "",
            description: "",
            x_title: "",
            y_title: "",
            lines: &vec![line("乙", &[]); MAX_LINES + 1],
            label: &|_| String::new(),
            cycle: 1,
            link: &|_, _| None,
        };
        assert!(matches!(chart.to_svg(), Err(TooManyLines(9))));
    }

    #[test]
    fn outside_text_is_escaped() {
        let wild = "<script>&\"'\u{1b}\u{0}\u{ffff}]]>";
        let svg = drawn(wild, &[line(wild, &[(1, 2.0)])]);
        assert!(
            !svg.contains("<script") && !svg.contains(['\u{1b}', '\u{0}', '\u{ffff}']),
            "{svg}"
        );
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
    }

    #[test]
    fn a_single_value_and_one_that_is_not_finite_are_handled() {
        let svg = drawn("一点", &[line("甲", &[(1, 1.0), (2, f64::NAN), (3, 1.0)])]);
        // One in the legend, two in the plot.
        assert_eq!(svg.matches("<circle").count(), 3, "{svg}");
    }

    #[test]
    fn a_chart_without_lines_or_with_extreme_values_is_a_chart() {
        assert!(drawn("", &[]).ends_with("</svg>"));
        assert!(drawn("空", &[line("甲", &[])]).contains("甲"));
        let far = line("甲", &[(i32::MIN, 1.0), (i32::MAX, 1e300)]);
        assert!(drawn("远", &[far]).ends_with("</svg>"));
    }
}
