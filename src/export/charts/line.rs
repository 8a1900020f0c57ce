//! Lines over time as an SVG: values in, a document out. No font is needed to make it: its text is
//! text, in whatever font the reader has.
//!
//! Lines are told apart by colour, by dashes and by marks, so that the drawing can be read in
//! print and by the colour-blind; values that nobody has are gaps in the line.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};
use unicode_width::UnicodeWidthStr;

use super::axis::{Axis, LABELS};
use super::frame::{Area, ChartError, GRID, INK, drawing, font, named, printable, shortened, text};
use super::marks::{DASHES, MARK_STEP, MAX_LINES, colour, dashed, draw_mark};

/// Pixels from side to side.
const WIDTH: u32 = 960;
/// Pixels of the drawing below title and legend.
const PLOT: u32 = 440;
const MARGIN: i32 = 24;
const TITLE_ROW: i32 = 56;
const LEGEND_ROW: i32 = 26;
/// Pixels of the sample of a line in the legend.
const SAMPLE: i32 = 44;
/// Columns of the title and of a name at most; a Chinese character takes two.
const MAX_TITLE_WIDTH: usize = 96;
const MAX_NAME_WIDTH: usize = 48;

/// What is drawn.
#[derive(Clone, Copy)]
pub struct LineChart<'a> {
    /// Above the drawing, and its name for those who cannot see it.
    pub title: &'a str,
    /// What can be seen in it, for those who cannot.
    pub description: &'a str,
    /// What is counted from left to right.
    pub across: &'a str,
    /// What is measured from below upwards.
    pub up: &'a str,
    /// The lines, at most [`MAX_LINES`].
    pub lines: &'a [ChartLine],
    /// The label of a place.
    pub label: &'a dyn Fn(i32) -> String,
    /// Labels stand at multiples of a part or a multiple of this: 12 for months, 1 for years.
    pub cycle: u32,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartLine {
    /// As the legend has it.
    pub name: String,
    /// Places and values in the order of places. Where a place is left out, the line has a gap;
    /// a value that is not a finite number is left out, too.
    pub points: Vec<(i32, f64)>,
}

impl LineChart<'_> {
    /// Draws the chart: a whole SVG document without an XML declaration, fit to stand in a web
    /// page. The same values give the same bytes.
    ///
    /// # Errors
    /// When there are more than [`MAX_LINES`] lines.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        if self.lines.len() > MAX_LINES {
            return Err(ChartError::TooManyLines(self.lines.len()));
        }
        let names: Vec<String> =
            self.lines.iter().map(|line| shortened(&line.name, MAX_NAME_WIDTH)).collect();
        let places = legend(&names);
        let rows = places.last().map_or(0, |&(_, row)| row + 1);
        let top = TITLE_ROW + rows * LEGEND_ROW;
        let mut svg = String::new();
        {
            let size = (WIDTH, PLOT + top.unsigned_abs());
            let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            root.fill(&WHITE).map_err(drawing)?;
            let title = shortened(self.title, MAX_TITLE_WIDTH);
            let style = text(20.0, HPos::Left, VPos::Center);
            root.draw_text(&title, &style, (MARGIN, TITLE_ROW / 2)).map_err(drawing)?;
            for (index, (name, &(x, row))) in names.iter().zip(&places).enumerate() {
                let y = TITLE_ROW + row * LEGEND_ROW + LEGEND_ROW / 2;
                draw_sample(&root, index, name, (x, y))?;
            }
            let (_, below) = root.split_vertically(top);
            self.draw_plot(&root, &below)?;
            root.present().map_err(drawing)?;
        }
        for index in 0..self.lines.len() {
            svg = dashed(&svg, index);
        }
        Ok(named(&svg, self.title, self.description, &[]))
    }

    fn draw_plot(&self, root: &Area, below: &Area) -> Result<(), ChartError> {
        let runs: Vec<Vec<Vec<(i32, f64)>>> =
            self.lines.iter().map(|line| unbroken(&line.points)).collect();
        let points = || runs.iter().flatten().flatten();
        let across = Axis::of_places(points().map(|point| point.0), self.cycle, LABELS);
        let up = Axis::of_heights(points().map(|point| point.1));
        let mut chart = ChartBuilder::on(below)
            .margin_top(MARGIN / 2)
            .margin_left(MARGIN)
            .margin_right(MARGIN)
            .margin_bottom(MARGIN / 2)
            .x_label_area_size(56)
            .y_label_area_size(72)
            .build_cartesian_2d(across, up)
            .map_err(drawing)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .axis_style(INK)
            .label_style(font(12.0))
            .axis_desc_style(font(14.0))
            .x_label_formatter(&|place: &f64| (self.label)(place.round() as i32))
            .y_label_formatter(&|height: &f64| rounded(*height))
            .x_desc(printable(self.across))
            .y_desc(printable(self.up))
            .draw()
            .map_err(drawing)?;
        for (index, runs) in runs.iter().enumerate() {
            let style = colour(index).stroke_width(DASHES[index].width);
            let shown: Vec<&Vec<(i32, f64)>> = runs.iter().collect();
            // Where marks would run into each other only some have one, each line other ones.
            let all: usize = shown.iter().map(|run| run.len()).sum();
            let every = all.div_ceil(MARK_STEP).max(1);
            for run in shown {
                let path: Vec<(f64, f64)> = run.iter().map(|&(x, y)| (f64::from(x), y)).collect();
                for (at, point) in path.iter().enumerate() {
                    if path.len() == 1 || (at + index).is_multiple_of(every) {
                        draw_mark(root, index, chart.backend_coord(point)).map_err(drawing)?;
                    }
                }
                if path.len() > 1 {
                    let line = PathElement::new(path, style);
                    chart.draw_series(std::iter::once(line)).map_err(drawing)?;
                }
            }
        }
        Ok(())
    }
}

/// Where the names stand: the left edge of the sample, and the row from 0.
fn legend(names: &[String]) -> Vec<(i32, i32)> {
    /// Pixels of a column of text.
    const COLUMN: i32 = 8;
    let (mut x, mut row) = (MARGIN, 0);
    let mut places = Vec::with_capacity(names.len());
    for name in names {
        let wide = SAMPLE + 8 + i32::try_from(name.width()).unwrap_or(0) * COLUMN;
        if x + wide > WIDTH.cast_signed() - MARGIN && x > MARGIN {
            (x, row) = (MARGIN, row + 1);
        }
        places.push((x, row));
        x += wide + 20;
    }
    places
}

fn draw_sample(root: &Area, index: usize, name: &str, at: (i32, i32)) -> Result<(), ChartError> {
    let (x, y) = at;
    let style = colour(index).stroke_width(DASHES[index].width);
    let line = PathElement::new(vec![(x, y), (x + SAMPLE, y)], style);
    root.draw(&line).map_err(drawing)?;
    draw_mark(root, index, (x + SAMPLE / 2, y)).map_err(drawing)?;
    let style = text(14.0, HPos::Left, VPos::Center);
    root.draw_text(name, &style, (x + SAMPLE + 8, y)).map_err(drawing)
}

/// The points in runs without a gap.
fn unbroken(points: &[(i32, f64)]) -> Vec<Vec<(i32, f64)>> {
    let finite: Vec<(i32, f64)> = points.iter().copied().filter(|p| p.1.is_finite()).collect();
    finite.chunk_by(|a, b| a.0.checked_add(1) == Some(b.0)).map(<[_]>::to_vec).collect()
}

/// The height without what is lost in computing with binary fractions.
fn rounded(height: f64) -> String {
    let shown = format!("{height:.6}");
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, points: &[(i32, f64)]) -> ChartLine {
        ChartLine { name: name.into(), points: points.to_vec() }
    }

    fn drawn(title: &str, lines: &[ChartLine]) -> String {
        let label = |place: i32| place.to_string();
        let chart = LineChart {
            title,
            description: "articles by month",
            across: "month",
            up: "articles",
            lines,
            label: &label,
            cycle: 12,
        };
        chart.to_svg().expect("a chart")
    }

    #[test]
    fn a_gap_breaks_the_line_and_a_zero_does_not() {
        let lines = [
            line("氢能", &[(1, 2.0), (2, 0.0), (4, 3.0), (5, 4.0)]),
            line("光伏", &[(1, 1.0), (2, 1.0), (4, 0.0)]),
        ];
        let svg = drawn("氢能、光伏", &lines);
        let paths = |colour: &str| -> Vec<usize> {
            let start = format!("<polyline fill=\"none\" opacity=\"1\" stroke=\"{colour}\"");
            let paths = svg.lines().filter(|line| line.starts_with(&start));
            paths.map(|line| line.matches(',').count()).collect()
        };
        // The sample in the legend, and points of each run.
        assert_eq!(paths("#0072B2"), [2, 2, 2]);
        assert_eq!(paths("#D55E00"), [2, 2]);
        assert!(
            svg.contains(
                "role=\"img\">\n<title>氢能、光伏</title>\n<desc>articles by month</desc>"
            )
        );
    }

    #[test]
    fn what_the_user_typed_cannot_break_the_document() {
        let wild = "<script>&\"'\u{1b}\u{0}\u{ffff}]]>";
        let svg = drawn(wild, &[line(wild, &[(1, 2.0)])]);
        assert!(
            !svg.contains("<script") && !svg.contains(['\u{1b}', '\u{0}', '\u{ffff}']),
            "{svg}"
        );
        let opened = svg.matches("<text").count();
        assert_eq!(opened, svg.matches("</text>").count());
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
    }

    #[test]
    fn every_line_has_a_colour_and_dashes_of_its_own() {
        let lines: Vec<ChartLine> =
            (0..MAX_LINES).map(|n| line("甲", &[(1, n as f64), (2, 9.0)])).collect();
        let svg = drawn("八条线", &lines);
        let mut strokes: Vec<&str> = svg
            .lines()
            .filter(|line| line.contains("stroke-width=\"2\""))
            .filter_map(|line| line.split("stroke=").nth(1)?.split(" points").next())
            .collect();
        strokes.sort_unstable();
        strokes.dedup();
        assert_eq!(strokes.len(), MAX_LINES, "{strokes:?}");
        let mut dashes: Vec<Option<&str>> =
            strokes.iter().map(|stroke| stroke.split("dasharray=").nth(1)).collect();
        dashes.sort_unstable();
        dashes.dedup();
        assert_eq!(dashes.len(), MAX_LINES, "{dashes:?}");
        let more = vec![line("乙", &[]); MAX_LINES + 1];
        let chart = LineChart {
            title: "",
            description: "",
            across: "",
            up: "",
            lines: &more,
            label: &|_| String::new(),
            cycle: 1,
        };
        assert!(matches!(chart.to_svg(), Err(ChartError::TooManyLines(9))));
    }

    #[test]
    fn a_value_that_stands_alone_is_seen_and_one_that_is_no_number_is_a_gap() {
        let svg = drawn("一点", &[line("甲", &[(1, 1.0), (2, f64::NAN), (3, 1.0)])]);
        // One in the legend, two in the plot.
        assert_eq!(svg.matches("<circle").count(), 3, "{svg}");
    }

    #[test]
    fn a_chart_of_nothing_is_a_chart() {
        assert!(drawn("", &[]).contains("</svg>"));
        assert!(drawn("空", &[line("甲", &[])]).contains("甲"));
        assert!(
            drawn("远", &[line("甲", &[(i32::MIN, 1.0), (i32::MAX, 1e300)])]).contains("</svg>")
        );
    }
}
