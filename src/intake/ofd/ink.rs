//! What an object is filled and stroked with.

use quick_xml::events::BytesStart;

use super::numbers::numbers_of;
use crate::intake::xml::{attribute, number};

/// Red, green, blue and opacity.
pub(super) type Colour = [u8; 4];

/// What an object is filled and stroked with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ink {
    pub(super) fill: Option<Colour>,
    pub(super) stroke: Option<Colour>,
    /// Of the stroke, in millimetres.
    pub(super) width: f64,
    /// Of the whole object.
    alpha: u8,
}

const BLACK: Colour = [0, 0, 0, 255];

/// The width of a stroke that states none, in millimetres.
const USUAL_WIDTH: f64 = 0.353;

impl Ink {
    pub(super) fn of(tag: &BytesStart<'_>, is_filled: bool, is_stroked: bool) -> Self {
        let says = |name, usual| {
            attribute(tag, name).map_or(usual, |said| matches!(said.trim(), "true" | "1"))
        };
        let width = number(tag, "LineWidth").filter(|width: &f64| width.is_finite());
        Self {
            fill: says("Fill", is_filled).then_some(BLACK),
            stroke: says("Stroke", is_stroked).then_some(BLACK),
            width: width.unwrap_or(USUAL_WIDTH).max(0.0),
            alpha: alpha_of(tag),
        }
    }

    /// With the opacity of the object.
    pub(super) fn whole(mut self) -> Self {
        let alpha = u16::from(self.alpha);
        for colour in self.fill.iter_mut().chain(&mut self.stroke) {
            colour[3] = (u16::from(colour[3]) * alpha / 255) as u8;
        }
        self
    }
}

fn alpha_of(tag: &BytesStart<'_>) -> u8 {
    number::<f64>(tag, "Alpha").map_or(255, |alpha| alpha.clamp(0.0, 255.0) as u8)
}

/// The colour that an element states: grey, red green blue, or cyan magenta yellow black.
pub(super) fn colour_of(tag: &BytesStart<'_>) -> Option<Colour> {
    let value = attribute(tag, "Value")?;
    let parts: Vec<u8> =
        numbers_of(&value).take(4).map(|part| part.clamp(0.0, 255.0) as u8).collect();
    let alpha = alpha_of(tag);
    match parts[..] {
        [grey] => Some([grey, grey, grey, alpha]),
        [red, green, blue] => Some([red, green, blue, alpha]),
        [cyan, magenta, yellow, black] => {
            let light = |ink: u8| (u16::from(255 - ink) * u16::from(255 - black) / 255) as u8;
            Some([light(cyan), light(magenta), light(yellow), alpha])
        }
        _ => None,
    }
}
