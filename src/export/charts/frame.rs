//! What every drawing has: its colours and fonts, its name and description, and text that cannot
//! break it.
//!
//! Drawings in a web page are recoloured by attribute: the palette is fixed, every colour is written
//! as `#RRGGBB` in capitals, and the outermost element is `svg.chart`. So a style sheet for a dark
//! page says `svg.chart [fill="#222222"] { fill: … }`, and the same for `stroke`:
//!
//! | colour | what |
//! |---|---|
//! | `#222222` | ink: text, axes |
//! | `#DDDDDD` | grid lines |
//! | `#FFFFFF` | paper: the background of a drawing that has one, and text on dark cells |
//! | `#0072B2` | bars, and the first line |
//! | `#C3CBD3` | bars that are not among the chosen ones |
//! | `#D6E6F4` `#ABCFE5` `#6AAED6` `#3787C0` `#105BA4` `#08306B` | cells, from few to many |
//!
//! The other lines of a line chart have the colours of [`chart_marks`](super::marks).

use std::fmt::{Display, Write as _};

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use thiserror::Error;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::links::Link;
use super::marks::MAX_LINES;

/// Families with Chinese characters on the usual systems.
const FONTS: &str =
    "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif";
pub(crate) const INK: RGBColor = RGBColor(34, 34, 34);
pub(crate) const GRID: RGBColor = RGBColor(221, 221, 221);

pub(crate) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Why a chart cannot be drawn.
#[derive(Debug, Error)]
pub enum ChartError {
    /// There are not enough marks and colours to tell them apart.
    #[error("{0} lines are too many for one chart; draw {MAX_LINES} at most")]
    TooManyLines(usize),
    /// The plotting library failed.
    #[error("the chart cannot be drawn: {0}")]
    Drawing(String),
}

/// Puts into the document what the library does not: its class, its name and description, and what
/// can be clicked. With that it is a group of links, otherwise one image.
pub(crate) fn named(svg: &str, title: &str, description: &str, links: &[Link]) -> String {
    let Some((head, rest)) = svg.split_once('>') else { return svg.to_owned() };
    let Some((drawn, tail)) = rest.rsplit_once("</svg>") else { return svg.to_owned() };
    let (title, description) = (escaped(title), escaped(description));
    let role = if links.is_empty() { "img" } else { "group" };
    let mut named = format!(
        "{head} class=\"chart\" role=\"{role}\">\n<title>{title}</title>\n\
         <desc>{description}</desc>{drawn}"
    );
    for link in links {
        let _ = writeln!(named, "{link}");
    }
    format!("{named}</svg>{tail}")
}

/// The text as it may stand between tags and in an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let text = printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}

/// The text without characters that XML cannot hold.
pub(crate) fn printable(text: &str) -> String {
    let harmless = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(harmless).collect()
}

/// As much of the start as fits in a number of columns.
pub(crate) fn shortened(text: &str, to: usize) -> String {
    let text = printable(text);
    if text.width() <= to {
        return text;
    }
    let mut taken = 1;
    let fits = |c: &char| {
        taken += c.width().unwrap_or(0);
        taken <= to
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// A font of so many pixels; the library takes a larger number for it.
pub(crate) fn font(pixels: f64) -> TextStyle<'static> {
    (FONTS, pixels * 1.24).into_font().color(&INK)
}

pub(crate) fn text(pixels: f64, across: HPos, up: VPos) -> TextStyle<'static> {
    font(pixels).pos(Pos::new(across, up))
}

pub(crate) fn drawing(error: impl Display) -> ChartError {
    ChartError::Drawing(error.to_string())
}
