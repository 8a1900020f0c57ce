//! The elements of a chart: the document with its title and description, lines, text, and areas to
//! click. maud escapes what is written into them.
//!
//! Charts in a web page are recoloured by attribute: the palette is fixed, every colour is written
//! as `#RRGGBB` in capitals, and the outermost element is `svg.chart`. So a style sheet for a dark
//! page says `svg.chart [fill="#222222"] { fill: … }`, and the same for `stroke`:
//!
//! | colour | what |
//! |---|---|
//! | `#222222` | text and axes |
//! | `#DDDDDD` | grid lines |
//! | `#FFFFFF` | the background of a chart that has one, and text on dark cells |
//! | `#0072B2` | bars, and the first line |
//! | `#9FCBE6` | the part of a bar that is only possible |
//! | `#C3CBD3` `#E4E8EC` | bars that are not selected, and what is only possible of them |
//! | `#D6E6F4` `#ABCFE5` `#6AAED6` `#3787C0` `#105BA4` `#08306B` | cells, from few to many |
//!
//! The other lines of a line chart have the colours of [`series`](super::series).

use maud::{Markup, PreEscaped, Render, html};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::model::CivilDate;

pub(crate) const INK: &str = "#222222";
pub(crate) const GRID: &str = "#DDDDDD";
pub(crate) const WHITE: &str = "#FFFFFF";

/// Families with Chinese characters on the usual systems.
const FONTS: &str =
    "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif";

/// A complete SVG document without an XML declaration, suitable for inlining in HTML. With links it
/// is a group of them, otherwise one image.
pub(crate) fn document(
    (width, height): (i32, i32),
    title: &str,
    description: &str,
    body: &Markup,
    links: &[ChartLink],
) -> Markup {
    html! {
        svg width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) }
            xmlns="http://www.w3.org/2000/svg" font-family=(FONTS) class="chart"
            role=(if links.is_empty() { "img" } else { "group" }) {
            title { (printable(title)) }
            desc { (printable(description)) }
            (body)
            @for link in links { (link) }
        }
    }
}

/// Text at a point, where it begins, has its middle or ends.
pub(crate) struct SvgText<'a> {
    pub x: i32,
    pub y: i32,
    /// Pixels.
    pub size: u32,
    /// The attribute `text-anchor`.
    pub anchor: &'static str,
    pub baseline: Baseline,
    /// Whether it runs upwards.
    pub is_upright: bool,
    pub fill: &'static str,
    pub content: &'a str,
}

/// Which part of the letters has the height of the point.
#[derive(Clone, Copy)]
pub(crate) enum Baseline {
    Top,
    Middle,
    Bottom,
}

impl SvgText<'_> {
    pub(crate) const DEFAULT: Self = Self {
        x: 0,
        y: 0,
        size: 12,
        anchor: "start",
        baseline: Baseline::Middle,
        is_upright: false,
        fill: INK,
        content: "",
    };
}

impl Render for SvgText<'_> {
    fn render(&self) -> Markup {
        let (x, y) = (self.x, self.y);
        // Not `dominant-baseline`, which many programs that show SVG do not know.
        let shift = match self.baseline {
            Baseline::Top => "0.76em",
            Baseline::Middle => "0.5ex",
            Baseline::Bottom => "-0.5ex",
        };
        let turn = self.is_upright.then(|| format!("rotate(270, {x}, {y})"));
        html! {
            text x=(x) y=(y) dy=(shift) text-anchor=(self.anchor) font-size=(self.size)
                fill=(self.fill) transform=[turn] { (printable(self.content)) }
        }
    }
}

/// A line of one pixel.
pub(crate) fn line(from: (i32, i32), to: (i32, i32), stroke: &str) -> Markup {
    html! { line x1=(from.0) y1=(from.1) x2=(to.0) y2=(to.1) stroke=(stroke) {} }
}

/// A filled rectangle of at least one pixel.
pub(crate) fn rectangle((x, y): (i32, i32), (width, height): (i32, i32), fill: &str) -> Markup {
    html! { rect x=(x) y=(y) width=(width.max(1)) height=(height.max(1)) fill=(fill) {} }
}

/// Points as `points` of polylines and polygons has them.
pub(crate) fn points(points: impl IntoIterator<Item = (i32, i32)>) -> PreEscaped<String> {
    let points: Vec<String> = points.into_iter().map(|(x, y)| format!("{x},{y}")).collect();
    PreEscaped(points.join(" "))
}

/// A transparent rectangle over a chart that can be clicked, with a tooltip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChartLink {
    /// Pixels of its left and its upper edge.
    pub at: (i32, i32),
    /// Pixels of its width and its height.
    pub size: (i32, i32),
    /// The address of the link; `None` if it only has a tooltip.
    pub href: Option<String>,
    pub tip: String,
    /// The first and the last day that it covers, so that a script can let a reader drag over
    /// several.
    pub days: Option<(CivilDate, CivilDate)>,
}

impl Render for ChartLink {
    /// Not in the order of focus: the table of the chart has the same links.
    fn render(&self) -> Markup {
        let from = self.days.map(|days| days.0.to_string());
        let to = self.days.map(|days| days.1.to_string());
        let ((x, y), (width, height)) = (self.at, self.size);
        let content = html! {
            title { (printable(&self.tip)) }
            rect x=(x) y=(y) width=(width.max(1)) height=(height.max(1)) fill="#000000"
                fill-opacity="0" {}
        };
        html! {
            @if let Some(href) = &self.href {
                a href=(printable(href)) tabindex="-1" data-from=[from] data-to=[to] { (content) }
            } @else {
                g data-from=[from] data-to=[to] { (content) }
            }
        }
    }
}

/// The text without characters that XML cannot hold.
fn printable(text: &str) -> String {
    let harmless = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(harmless).collect()
}

/// As much of the start as fits in a number of columns, with an ellipsis if something is cut off.
pub(crate) fn shortened(text: &str, max_columns: usize) -> String {
    let text = printable(text);
    if text.width() <= max_columns {
        return text;
    }
    let mut taken = 1;
    let fits = |c: &char| {
        taken += c.width().unwrap_or(0);
        taken <= max_columns
    };
    text.chars().take_while(fits).chain(['…']).collect()
}
