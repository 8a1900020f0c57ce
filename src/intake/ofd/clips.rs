//! What an object is seen within (`Clips`): the shapes that each of its clips is made of.

use hayro_interpret::kurbo::{Affine, BezPath, Shape};
use quick_xml::events::BytesStart;

use super::numbers::{matrix_of, place_of};
use crate::intake::xml::attribute;

/// Reads the clips of an object. Those that are made of text are passed over.
pub(super) struct ClipReader {
    /// From the coordinates of clips to those of what shows the object, with the object's own matrix and
    /// without.
    turned: Affine,
    place: Affine,
    /// Whether clips are turned with the object.
    is_turned: bool,
    /// The place of the area, and of the path in it.
    area: Affine,
    path: Affine,
    /// The clip that is open; `None` if it is made of text.
    open: Option<BezPath>,
    clips: Vec<BezPath>,
    is_inside: bool,
}

impl ClipReader {
    /// Of an object with this corner and matrix.
    pub(super) fn of(corner: Affine, matrix: Affine) -> Self {
        Self {
            turned: corner * matrix,
            place: corner,
            is_turned: false,
            area: Affine::IDENTITY,
            path: Affine::IDENTITY,
            open: None,
            clips: Vec::new(),
            is_inside: false,
        }
    }

    /// Whether what is read are clips.
    pub(super) fn is_open(&self) -> bool {
        self.is_inside
    }

    /// An element that begins. Whether it is one of clips.
    pub(super) fn enter(&mut self, name: &str, tag: &BytesStart<'_>) -> bool {
        match name {
            "Clips" => {
                self.is_inside = true;
                self.is_turned = attribute(tag, "TransFlag").is_some_and(|said| said == "true");
            }
            _ if !self.is_inside => return false,
            "Clip" => self.open = Some(BezPath::new()),
            "Area" => self.area = matrix_of(tag),
            "Path" | "PathObject" => self.path = place_of(tag),
            "Text" | "TextObject" => self.open = None,
            _ => {}
        }
        true
    }

    /// The data of a path: one of the areas that make up a clip.
    pub(super) fn add(&mut self, mut path: BezPath) {
        if path.elements().is_empty() {
            return;
        }
        path.close_path();
        let place = if self.is_turned { self.turned } else { self.place };
        let area = place * self.area * self.path * path;
        if let Some(open) = &mut self.open {
            // All turn one way round, so that what two of them have in common is in the clip, too.
            open.extend(if area.area() < 0.0 { area.reverse_subpaths() } else { area });
        }
    }

    /// An element ends. Whether it is one of clips.
    pub(super) fn leave(&mut self, name: &str) -> bool {
        let was_inside = self.is_inside;
        match name {
            // One without a path hides nothing.
            "Clip" => self.clips.extend(self.open.take().filter(|clip| !clip.is_empty())),
            "Clips" => self.is_inside = false,
            _ => {}
        }
        was_inside
    }

    /// The clips; the object is seen where all of them are.
    pub(super) fn finish(self) -> Vec<BezPath> {
        self.clips
    }
}
