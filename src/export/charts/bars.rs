//! A bar chart of counts over time. Periods without articles stay empty, so that gaps are seen;
//! every bar can be a link. Over the part of a bar that is certain is one that is possible.

use maud::{Markup, html};

use super::axis::Axis;
use super::plot::Plot;
use super::svg::{ChartLink, document, rectangle};
use crate::search::{Granularity, Period};

const BAR: &str = "#0072B2";
/// The part of a bar that is only possible. Like the next, far lighter than the first, so that they
/// can be told apart without colours.
const POSSIBLE: &str = "#9FCBE6";
const MUTED: &str = "#C3CBD3";
const MUTED_POSSIBLE: &str = "#E4E8EC";
/// Pixels of the width and the height.
const MIN_WIDTH: u32 = 200;
const MIN_HEIGHT: u32 = 80;
const MAX_SIZE: u32 = 20_000;
/// Pixels of the width of a label of the x axis.
const LABEL: i32 = 76;
/// Pixels of the margins, and of the labels below and on the left.
const MARGIN: i32 = 8;
const BELOW: i32 = 26;
const LEFT: i32 = 52;
/// Pixels of the title of an axis.
const TITLE: i32 = 22;
/// The part of a period's width that its bar takes, in each direction from its middle.
const HALF_A_BAR: f64 = 0.42;

/// A bar chart.
#[derive(Debug, Clone, Copy)]
pub struct BarChart<'a> {
    /// Its accessible name; not drawn.
    pub title: &'a str,
    /// Its accessible description.
    pub description: &'a str,
    /// The title of the x axis; empty for none.
    pub x_title: &'a str,
    /// The title of the y axis; empty for none.
    pub y_title: &'a str,
    /// The length of the periods; bars of other periods are not drawn.
    pub by: Granularity,
    /// The periods that have a count, in any order. About one for each pixel of the width can be
    /// told apart.
    pub bars: &'a [Bar],
    /// Pixels of the width and the height.
    pub size: (u32, u32),
}

/// The bar of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The period.
    pub period: Period,
    /// Its count: the lower part.
    pub count: u64,
    /// What it may have beside that: the upper part, in a lighter colour.
    pub possible: u64,
    /// The tooltip.
    pub tip: String,
    /// The address of a link.
    pub href: Option<String>,
    /// Whether it is drawn in grey, because others are selected.
    pub is_muted: bool,
}

impl BarChart<'_> {
    /// The chart as a whole SVG document without an XML declaration, fit to stand in a web page,
    /// without a background. Over every bar, and as high as the chart, is an `<a>` (a `<g>` if it
    /// is no link) with `data-from` and `data-to`, the first and the last day of its period. The
    /// same values give the same bytes.
    #[must_use]
    pub fn to_svg(&self) -> Markup {
        let bars: Vec<&Bar> =
            self.bars.iter().filter(|b| b.period.granularity() == self.by).collect();
        let width = self.size.0.clamp(MIN_WIDTH, MAX_SIZE).cast_signed();
        let height = self.size.1.clamp(MIN_HEIGHT, MAX_SIZE).cast_signed();
        let title = |title: &str| if title.is_empty() { 0 } else { TITLE };
        let positions = bars.iter().map(|bar| bar.period.number());
        let plot = Plot {
            x: Axis::of_positions(positions, self.by.cycle(), i64::from(width / LABEL)),
            y: Axis::of_values(bars.iter().map(|bar| in_all(bar) as f64)),
            left: MARGIN + LEFT + title(self.y_title),
            right: width - MARGIN - 1,
            top: MARGIN,
            bottom: height - MARGIN - BELOW - title(self.x_title) - 1,
            x_title: self.x_title,
            y_title: self.y_title,
            x_title_at: height - MARGIN,
            y_title_at: MARGIN,
            title_size: 13,
        };
        let body = html! {
            (plot.axes(
                &|position| Period::at(self.by, position).to_string(),
                &|count| format!("{count:.0}")
            ))
            @for bar in bars.iter().filter(|bar| in_all(bar) > 0) { (drawn(&plot, bar)) }
        };
        let links: Vec<ChartLink> = bars.iter().map(|bar| link(&plot, bar)).collect();
        document((width, height), self.title, self.description, &body, &links)
    }
}

fn in_all(bar: &Bar) -> u64 {
    bar.count.saturating_add(bar.possible)
}

/// A bar, each part of it one pixel wide and high at least.
fn drawn(plot: &Plot, bar: &Bar) -> Markup {
    let position = f64::from(bar.period.number());
    let (left, right) = (plot.x(position - HALF_A_BAR), plot.x(position + HALF_A_BAR));
    let part = |top: i32, bottom: i32, colour| {
        rectangle((left, top), (right - left, bottom - top), colour)
    };
    let middle =
        if bar.count > 0 { plot.y(bar.count as f64).min(plot.bottom - 1) } else { plot.bottom };
    let top = plot.y(in_all(bar) as f64).min(middle - 1);
    let (certain, possible) = if bar.is_muted { (MUTED, MUTED_POSSIBLE) } else { (BAR, POSSIBLE) };
    html! {
        @if bar.possible > 0 { (part(top, middle, possible)) }
        @if bar.count > 0 { (part(middle, plot.bottom, certain)) }
    }
}

fn link(plot: &Plot, bar: &Bar) -> ChartLink {
    let position = f64::from(bar.period.number());
    let (left, right) = (plot.x(position - 0.5), plot.x(position + 0.5));
    ChartLink {
        at: (left, plot.top),
        size: (right - left, plot.bottom - plot.top),
        href: bar.href.clone(),
        tip: bar.tip.clone(),
        days: bar.period.days(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(month: i32, count: u64) -> Bar {
        Bar {
            period: Period::at(Granularity::Month, 2023 * 12 + month - 1),
            count,
            possible: 0,
            tip: format!("2023年{month}月：{count}篇"),
            href: Some(format!("/?from=2023-{month:02}&to=2023-{month:02}")),
            is_muted: false,
        }
    }

    fn drawn(bars: &[Bar], size: (u32, u32)) -> String {
        let chart = BarChart {
            title: "各月文章",
            description: "柱状图",
            x_title: "",
            y_title: "篇",
            by: Granularity::Month,
            bars,
            size,
        };
        chart.to_svg().into_string().replace("><", ">\n<")
    }

    /// Two attributes of the bars of a colour.
    fn rectangles(svg: &str, colour: &str, names: [&str; 2]) -> Vec<[i32; 2]> {
        let of = |line: &str, name: &str| {
            let start = line.find(&format!(" {name}=\""))? + name.len() + 3;
            line[start..].split('"').next()?.parse().ok()
        };
        let lines = svg.lines().filter(|line| line.starts_with("<rect") && line.contains(colour));
        lines.filter_map(|line| Some([of(line, names[0])?, of(line, names[1])?])).collect()
    }

    #[test]
    fn a_chart_has_bars_where_the_months_are_and_links_over_them() {
        let muted = Bar { is_muted: true, href: None, ..bar(6, 1) };
        insta::assert_snapshot!(drawn(&[bar(1, 3), bar(2, 5), muted], (600, 200)));
    }

    #[test]
    fn what_is_possible_stands_on_what_is_certain() {
        let svg = drawn(
            &[Bar { possible: 6, ..bar(1, 2) }, Bar { possible: 1, ..bar(2, 0) }],
            (600, 200),
        );
        let of = |colour| rectangles(&svg, colour, ["y", "height"]);
        let (certain, possible) = (of(BAR), of(POSSIBLE));
        let [[top, height]] = certain[..] else { panic!("{svg}") };
        let [[upper_top, upper_height], [alone_top, alone_height]] = possible[..] else {
            panic!("{svg}")
        };
        assert_eq!(upper_top + upper_height, top, "one on the other");
        assert_eq!(top + height, alone_top + alone_height, "from the axis on");
        assert!((upper_height - 3 * height).abs() <= 2, "{svg}");
        assert!((height - 2 * alone_height).abs() <= 2, "{svg}");
    }

    #[test]
    fn outside_text_is_escaped() {
        let wild = "\"><script>alert('1')</script>&\u{0}";
        let svg =
            drawn(&[Bar { tip: wild.into(), href: Some(wild.into()), ..bar(2, 5) }], (600, 200));
        assert!(!svg.contains("<script") && !svg.contains('\u{0}'), "{svg}");
        assert!(svg.contains("href=\"&quot;&gt;&lt;script&gt;"), "{svg}");
    }

    #[test]
    fn the_smallest_bar_is_seen() {
        let small = drawn(&[bar(1, 1_000_000), bar(2, 1)], (600, 200));
        assert_eq!(rectangles(&small, BAR, ["x", "width"]).len(), 2);
        let many: Vec<Bar> = (0..5_000)
            .map(|month| Bar { period: Period::at(Granularity::Month, month), ..bar(1, 1) })
            .collect();
        let many = drawn(&many, (300, 100));
        assert!(rectangles(&many, BAR, ["x", "width"]).iter().all(|[_, wide]| *wide > 0));
    }

    #[test]
    fn a_chart_without_bars_or_with_extreme_values_is_a_chart() {
        assert!(drawn(&[], (0, 0)).ends_with("</svg>"));
        let far =
            |number| Bar { period: Period::at(Granularity::Month, number), ..bar(1, u64::MAX) };
        assert!(drawn(&[far(i32::MIN), far(i32::MAX)], (u32::MAX, 100)).ends_with("</svg>"));
        assert!(drawn(&[bar(1, 0)], (600, 200)).ends_with("</svg>"));
    }
}
