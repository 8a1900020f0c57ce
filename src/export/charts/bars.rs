//! Bars over time as an SVG: how many articles are of which month. Periods without articles stay
//! empty, so that gaps are seen; every bar can lead somewhere.

use plotters::prelude::*;

use super::axis::Axis;
use super::frame::{Area, ChartError, GRID, INK, drawing, font, named, printable};
use super::links::Link;
use crate::search::{Granularity, Period};

const BAR: RGBColor = RGBColor(0, 114, 178);
/// Far lighter than the other, so that the two can be told apart without colours.
const MUTED: RGBColor = RGBColor(195, 203, 211);
/// Pixels from side to side and from top to bottom: what a page can show.
const NARROWEST: u32 = 200;
const MIN_HEIGHT: u32 = 80;
const MAX_SIZE: u32 = 20_000;
/// Pixels that a label below the bars takes.
const LABEL: u32 = 76;
/// Pixels of the margins, of the labels below, of those on the left.
const MARGIN: i32 = 8;
const BELOW: i32 = 26;
const LEFT: i32 = 52;
/// Pixels of the words of an axis, if there are any.
const WORDS: i32 = 22;
/// The part of a period's width that its bar takes, in each direction from its middle.
const HALF_A_BAR: f64 = 0.42;

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct BarChart<'a> {
    /// Its name for those who cannot see it; not drawn.
    pub title: &'a str,
    /// What can be seen in it, for those who cannot.
    pub description: &'a str,
    /// What is counted from left to right; empty for no words.
    pub across: &'a str,
    /// What is measured from below upwards; empty for no words.
    pub up: &'a str,
    /// How long the periods are; bars of other periods are not drawn.
    pub by: Granularity,
    /// The periods that have something, in any order. Up to about as many as there are pixels from
    /// side to side can be told apart.
    pub bars: &'a [Bar],
    /// Pixels from side to side and from top to bottom.
    pub size: (u32, u32),
}

/// A period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// When.
    pub period: Period,
    /// How many.
    pub count: u64,
    /// What is shown when a pointer rests on it.
    pub tip: String,
    /// Where a click leads.
    pub href: Option<String>,
    /// Whether it is drawn faintly, because others than it are chosen.
    pub muted: bool,
}

impl BarChart<'_> {
    /// Draws the chart: a whole SVG document without an XML declaration, fit to stand in a web
    /// page, without a background. Over every bar, and as high as the drawing, stands an `<a>` (a
    /// `<g>` if it leads nowhere) with `data-from` and `data-to`, the first and the last day of its
    /// period. The same values give the same bytes.
    ///
    /// # Errors
    /// When the plotting library fails.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        let bars: Vec<&Bar> = self.bars.iter().filter(|b| b.period.every() == self.by).collect();
        let width = self.size.0.clamp(NARROWEST, MAX_SIZE);
        let height = self.size.1.clamp(MIN_HEIGHT, MAX_SIZE);
        let mut svg = String::new();
        let links = {
            let root = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
            let links = self.draw(&root, &bars, i64::from(width / LABEL))?;
            root.present().map_err(drawing)?;
            links
        };
        Ok(named(&svg, self.title, self.description, &links))
    }

    fn draw(&self, root: &Area, bars: &[&Bar], labels: i64) -> Result<Vec<Link>, ChartError> {
        let places = bars.iter().map(|bar| bar.period.number());
        let across = Axis::of_places(places, self.by.cycle(), labels);
        let up = Axis::of_heights(bars.iter().map(|bar| bar.count as f64));
        let words = |words: &str| if words.is_empty() { 0 } else { WORDS };
        let mut chart = ChartBuilder::on(root)
            .margin(MARGIN)
            .x_label_area_size(BELOW + words(self.across))
            .y_label_area_size(LEFT + words(self.up))
            .build_cartesian_2d(across, up)
            .map_err(drawing)?;
        let label = |place: &f64| Period::at(self.by, place.round() as i32).to_string();
        let mut mesh = chart.configure_mesh();
        mesh.disable_x_mesh()
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .axis_style(INK)
            .label_style(font(12.0))
            .axis_desc_style(font(13.0))
            .x_label_formatter(&label)
            .y_label_formatter(&|height: &f64| format!("{height:.0}"));
        if !self.across.is_empty() {
            mesh.x_desc(printable(self.across));
        }
        if !self.up.is_empty() {
            mesh.y_desc(printable(self.up));
        }
        mesh.draw().map_err(drawing)?;
        let top = chart.plotting_area().get_pixel_range().1.start;
        let mut links = Vec::with_capacity(bars.len());
        for bar in bars {
            let place = f64::from(bar.period.number());
            let (left, floor) = chart.backend_coord(&(place - HALF_A_BAR, 0.0));
            let (right, head) = chart.backend_coord(&(place + HALF_A_BAR, bar.count as f64));
            if bar.count > 0 {
                // A bar that is lower or narrower than a pixel is seen.
                let corners = [(left, head.min(floor - 1)), (right.max(left + 1), floor)];
                let colour = if bar.muted { MUTED } else { BAR };
                root.draw(&Rectangle::new(corners, colour.filled())).map_err(drawing)?;
            }
            let (left, _) = chart.backend_coord(&(place - 0.5, 0.0));
            let (right, _) = chart.backend_coord(&(place + 0.5, 0.0));
            links.push(Link {
                at: (left, top),
                size: (right - left, floor - top),
                href: bar.href.clone(),
                tip: bar.tip.clone(),
                days: bar.period.days(),
            });
        }
        Ok(links)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(month: i32, count: u64) -> Bar {
        Bar {
            period: Period::at(Granularity::Month, 2023 * 12 + month - 1),
            count,
            tip: format!("2023年{month}月：{count}篇"),
            href: Some(format!("/?from=2023-{month:02}&to=2023-{month:02}")),
            muted: false,
        }
    }

    fn drawn(bars: &[Bar], size: (u32, u32)) -> String {
        let chart = BarChart {
            title: "各月文章",
            description: "柱状图",
            across: "",
            up: "篇",
            by: Granularity::Month,
            bars,
            size,
        };
        chart.to_svg().expect("a chart")
    }

    /// Left edge and width of the bars of a colour.
    fn rectangles(svg: &str, colour: &str) -> Vec<(i32, i32)> {
        let of = |line: &str, name: &str| {
            let start = line.find(&format!(" {name}=\""))? + name.len() + 3;
            line[start..].split('"').next()?.parse().ok()
        };
        let lines = svg.lines().filter(|line| line.starts_with("<rect") && line.contains(colour));
        lines.filter_map(|line| Some((of(line, "x")?, of(line, "width")?))).collect()
    }

    #[test]
    fn bars_stand_where_their_months_are_and_leave_gaps() {
        let svg = drawn(&[bar(1, 3), bar(2, 5), bar(6, 1)], (600, 200));
        let bars = rectangles(&svg, "#0072B2");
        assert_eq!(bars.len(), 3);
        let (step, gap) = (bars[1].0 - bars[0].0, bars[2].0 - bars[1].0);
        assert!((gap - 4 * step).abs() <= 2, "{bars:?}");
        assert!(!svg.contains("#FFFFFF"), "the page's background shows through");
    }

    #[test]
    fn every_bar_leads_to_its_days() {
        let svg = drawn(&[bar(2, 5)], (600, 200));
        let link = "<a href=\"/?from=2023-02&amp;to=2023-02\" tabindex=\"-1\" \
                    data-from=\"2023-02-01\" data-to=\"2023-02-28\">\
                    <title>2023年2月：5篇</title><rect ";
        assert!(svg.contains(link), "{svg}");
        assert!(svg.contains(" class=\"chart\" role=\"group\">\n<title>各月文章</title>"), "{svg}");
        let silent = drawn(&[Bar { href: None, ..bar(2, 5) }], (600, 200));
        assert!(silent.contains("<g data-from=\"2023-02-01\""), "{silent}");
    }

    #[test]
    fn what_comes_from_outside_cannot_break_the_document() {
        let wild = "\"><script>alert('1')</script>&\u{0}";
        let svg =
            drawn(&[Bar { tip: wild.into(), href: Some(wild.into()), ..bar(2, 5) }], (600, 200));
        assert!(!svg.contains("<script") && !svg.contains('\u{0}'), "{svg}");
        assert!(svg.contains("href=\"&quot;&gt;&lt;script&gt;"), "{svg}");
    }

    #[test]
    fn the_smallest_bar_is_seen_and_those_not_chosen_are_faint() {
        let mut bars = vec![bar(1, 1_000_000), bar(2, 1)];
        let small = drawn(&bars, (600, 200));
        assert_eq!(rectangles(&small, "#0072B2").len(), 2);
        bars[0].muted = true;
        let svg = drawn(&bars, (600, 200));
        assert_eq!(rectangles(&svg, "#0072B2").len(), 1);
        assert_eq!(rectangles(&svg, "#C3CBD3").len(), 1);
        let many: Vec<Bar> = (0..5_000)
            .map(|day| Bar { period: Period::at(Granularity::Month, day), ..bar(1, 1) })
            .collect();
        assert!(rectangles(&drawn(&many, (300, 100)), "#0072B2").iter().all(|(_, wide)| *wide > 0));
    }

    #[test]
    fn a_chart_of_nothing_or_of_wild_values_is_a_chart() {
        assert!(drawn(&[], (0, 0)).contains("</svg>"));
        let far =
            |number| Bar { period: Period::at(Granularity::Month, number), ..bar(1, u64::MAX) };
        assert!(drawn(&[far(i32::MIN), far(i32::MAX)], (u32::MAX, 100)).contains("</svg>"));
        assert!(drawn(&[bar(1, 0)], (600, 200)).contains("</svg>"));
    }
}
