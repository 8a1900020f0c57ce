//! What objects are filled and stroked with: what they say themselves, what the draw parameters that they name
//! say, and what those of their layer say.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_interpret::kurbo::{Cap, Join, Stroke};
use quick_xml::events::BytesStart;

use super::numbers::numbers_of;
use crate::intake::xml::{ElementVisit, XmlVisitor, attribute, attributes, number};

/// Red, green, blue and opacity.
pub(super) type Colour = [u8; 4];

/// What is stated in one place.
#[derive(Debug, Clone, Default)]
pub(super) struct InkStatement {
    fill: Option<Colour>,
    stroke: Option<Colour>,
    /// In millimetres.
    width: Option<f64>,
    join: Option<Join>,
    cap: Option<Cap>,
    /// How far a pointed corner reaches, in widths of the stroke.
    miter_limit: Option<f64>,
    /// Lengths of dashes and the gaps between them, in millimetres; none of a line that is drawn through.
    dashes: Option<Vec<f64>>,
    dash_offset: Option<f64>,
}

/// What an object says.
#[derive(Debug)]
pub(super) struct ObjectInk {
    is_filled: bool,
    is_stroked: bool,
    /// The colours of an object that states none.
    usual: (Option<Colour>, Option<Colour>),
    /// Of the whole object.
    alpha: u8,
    pub(super) own: InkStatement,
    /// The numbers of the draw parameters of the object and of its layer.
    params: [Option<Arc<str>>; 2],
}

/// What an object is drawn with.
#[derive(Debug)]
pub(super) struct Ink {
    pub(super) fill: Option<Colour>,
    pub(super) stroke: Option<Colour>,
    /// In millimetres.
    pub(super) pen: Stroke,
}

const BLACK: Colour = [0, 0, 0, 255];

/// A stroke that states no width, in millimetres, and no limit of its corners.
const USUAL_WIDTH: f64 = 0.353;
const USUAL_LIMIT: f64 = 3.528;
const MAX_LIMIT: f64 = 100.0;

/// Dashes and gaps of a pattern, and how long they are together, in millimetres.
const MAX_DASHES: usize = 64;
const MAX_PERIOD: f64 = 1e6;

/// Draw parameters of a document, and those that each goes by in turn.
const MAX_PARAMS: usize = 60_000;
const MAX_RELATIVES: usize = 32;

impl InkStatement {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut stated = Self::default();
        for (name, value) in attributes(tag) {
            let word = value.trim();
            let length = || word.parse().ok().filter(|length: &f64| length.is_finite());
            match name {
                "LineWidth" => stated.width = length().map(|width| width.max(0.0)),
                "Join" => {
                    stated.join = match word {
                        "Miter" => Some(Join::Miter),
                        "Round" => Some(Join::Round),
                        "Bevel" => Some(Join::Bevel),
                        _ => None,
                    }
                }
                "Cap" => {
                    stated.cap = match word {
                        "Butt" => Some(Cap::Butt),
                        "Round" => Some(Cap::Round),
                        "Square" => Some(Cap::Square),
                        _ => None,
                    }
                }
                "MiterLimit" => {
                    stated.miter_limit = length().map(|limit| limit.clamp(1.0, MAX_LIMIT));
                }
                "DashPattern" => stated.dashes = Some(dashes_of(word)),
                "DashOffset" => stated.dash_offset = length(),
                _ => {}
            }
        }
        stated
    }

    /// What is stated here, and where nothing is, there.
    fn or(self, other: &Self) -> Self {
        Self {
            fill: self.fill.or(other.fill),
            stroke: self.stroke.or(other.stroke),
            width: self.width.or(other.width),
            join: self.join.or(other.join),
            cap: self.cap.or(other.cap),
            miter_limit: self.miter_limit.or(other.miter_limit),
            dashes: self.dashes.or_else(|| other.dashes.clone()),
            dash_offset: self.dash_offset.or(other.dash_offset),
        }
    }

    fn pen(self) -> Stroke {
        Stroke::new(self.width.unwrap_or(USUAL_WIDTH))
            .with_join(self.join.unwrap_or(Join::Miter))
            .with_caps(self.cap.unwrap_or(Cap::Butt))
            .with_miter_limit(self.miter_limit.unwrap_or(USUAL_LIMIT))
            .with_dashes(self.dash_offset.unwrap_or_default(), self.dashes.unwrap_or_default())
    }
}

impl ObjectInk {
    /// Of text in a layer with these draw parameters: black, if nothing else is said.
    pub(super) fn of_text(tag: &BytesStart<'_>, layer: Option<&Arc<str>>) -> Self {
        Self { usual: (Some(BLACK), None), ..Self::of(tag, layer, true, false) }
    }

    /// Of a path: a black line.
    pub(super) fn of_path(tag: &BytesStart<'_>, layer: Option<&Arc<str>>) -> Self {
        Self { usual: (None, Some(BLACK)), ..Self::of(tag, layer, false, true) }
    }

    fn of(
        tag: &BytesStart<'_>,
        layer: Option<&Arc<str>>,
        is_filled: bool,
        is_stroked: bool,
    ) -> Self {
        let says = |name, usual| {
            attribute(tag, name).map_or(usual, |said| matches!(said.trim(), "true" | "1"))
        };
        Self {
            is_filled: says("Fill", is_filled),
            is_stroked: says("Stroke", is_stroked),
            usual: (None, None),
            alpha: alpha_of(tag),
            own: InkStatement::of(tag),
            params: [attribute(tag, "DrawParam").map(Arc::from), layer.cloned()],
        }
    }

    pub(super) fn is_stroked(&self) -> bool {
        self.is_stroked
    }

    /// With what draw parameters say.
    pub(super) fn with(&self, known: &DrawParams) -> Ink {
        let params = self.params.iter().flatten();
        let stated = params.fold(self.own.clone(), |stated, id| known.behind(stated, id));
        let colour = |stated: Option<Colour>| {
            stated.map(|[red, green, blue, alpha]| {
                let alpha = u16::from(alpha) * u16::from(self.alpha) / 255;
                [red, green, blue, alpha as u8]
            })
        };
        let (fill, stroke) = (stated.fill.or(self.usual.0), stated.stroke.or(self.usual.1));
        Ink {
            fill: colour(fill.filter(|_| self.is_filled)),
            stroke: colour(stroke.filter(|_| self.is_stroked)),
            pen: stated.pen(),
        }
    }
}

fn alpha_of(tag: &BytesStart<'_>) -> u8 {
    number::<f64>(tag, "Alpha").map_or(255, |alpha| alpha.clamp(0.0, 255.0) as u8)
}

/// A pattern of dashes; none where it has no length, or more than any line.
fn dashes_of(list: &str) -> Vec<f64> {
    let dashes: Vec<f64> = numbers_of(list).take(MAX_DASHES).collect();
    let period: f64 = dashes.iter().sum();
    let is_pattern = dashes.iter().all(|length| *length >= 0.0) && period > 0.0;
    if is_pattern && period <= MAX_PERIOD { dashes } else { Vec::new() }
}

/// The colour that an element states: grey, red green blue, or cyan magenta yellow black.
fn colour_of(tag: &BytesStart<'_>) -> Option<Colour> {
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

/// Reads the colours of an object or of draw parameters. Of a gradient, which has several, the first one stands
/// for it; where none is known, black does.
#[derive(Debug, Default)]
pub(super) struct ColourReader {
    is_stroke: bool,
    is_known: bool,
}

impl ColourReader {
    /// An element that begins, of what states its colours here.
    pub(super) fn enter(&mut self, name: &str, tag: &BytesStart<'_>, stated: &mut InkStatement) {
        let colour = match name {
            "FillColor" | "StrokeColor" => {
                let colour = colour_of(tag);
                *self = Self { is_stroke: name == "StrokeColor", is_known: colour.is_some() };
                colour.unwrap_or([0, 0, 0, alpha_of(tag)])
            }
            "Color" if !self.is_known => {
                let Some(colour) = colour_of(tag) else { return };
                self.is_known = true;
                colour
            }
            _ => return,
        };
        *(if self.is_stroke { &mut stated.stroke } else { &mut stated.fill }) = Some(colour);
    }
}

/// Draw parameters by their numbers, with those that each goes by where it says nothing itself.
#[derive(Default)]
pub(super) struct DrawParams {
    known: HashMap<String, (InkStatement, Option<String>)>,
    open: Option<String>,
    colours: ColourReader,
}

impl DrawParams {
    /// What is stated, and where nothing is, what these parameters say.
    fn behind(&self, mut stated: InkStatement, id: &str) -> InkStatement {
        let mut next = self.known.get(id);
        // They can go by each other without end.
        for _ in 0..MAX_RELATIVES {
            let Some((params, relative)) = next else { break };
            stated = stated.or(params);
            next = relative.as_ref().and_then(|id| self.known.get(id));
        }
        stated
    }
}

impl XmlVisitor for DrawParams {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let name = tag.local_name();
        let name = name.as_ref();
        if name == "DrawParam" {
            self.open = attribute(tag, "ID");
            if let Some(id) = &self.open {
                let params = (InkStatement::of(tag), attribute(tag, "Relative"));
                self.known.insert(id.clone(), params);
            }
        } else if let Some((stated, _)) = self.open.as_ref().and_then(|id| self.known.get_mut(id)) {
            self.colours.enter(name, tag, stated);
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        if name == "DrawParam" {
            self.open = None;
        }
    }

    fn is_full(&self) -> bool {
        self.known.len() >= MAX_PARAMS
    }
}
