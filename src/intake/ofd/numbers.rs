//! Numbers as attributes have them, and the rectangles and places that they make.

use hayro_interpret::kurbo::{Affine, Rect};
use quick_xml::events::BytesStart;

use crate::intake::xml::attribute;

/// A rectangle that is written as its corner, width and height.
pub(super) fn box_of(text: &str) -> Option<Rect> {
    let mut numbers = numbers_of(text);
    let (x, y) = numbers.next().zip(numbers.next())?;
    let (width, height) = numbers.next().zip(numbers.next())?;
    (width > 0.0 && height > 0.0).then(|| Rect::new(x, y, x + width, y + height))
}

/// The numbers in a text, those that are none left out.
pub(super) fn numbers_of(text: &str) -> impl Iterator<Item = f64> + '_ {
    let words = text.split(|c: char| c.is_ascii_whitespace() || c == ',');
    words.filter_map(|word| word.parse().ok()).filter(|number: &f64| number.is_finite())
}

/// Where an object stands: its own matrix, then its place on the page.
pub(super) fn place_of(tag: &BytesStart<'_>) -> Affine {
    corner_of(tag) * matrix_of(tag)
}

/// The place of the corner of an object.
pub(super) fn corner_of(tag: &BytesStart<'_>) -> Affine {
    let boundary = attribute(tag, "Boundary").unwrap_or_default();
    let mut numbers = numbers_of(&boundary);
    numbers.next().zip(numbers.next()).map_or(Affine::IDENTITY, Affine::translate)
}

/// The matrix that an object states.
pub(super) fn matrix_of(tag: &BytesStart<'_>) -> Affine {
    let matrix = attribute(tag, "CTM").unwrap_or_default();
    let numbers: Vec<f64> = numbers_of(&matrix).take(6).collect();
    numbers.try_into().map_or(Affine::IDENTITY, Affine::new)
}

/// Where a picture stands: one that states no matrix fills its boundary.
pub(super) fn picture_place(tag: &BytesStart<'_>, place: Affine) -> Affine {
    let boundary = attribute(tag, "Boundary").and_then(|text| box_of(&text));
    match boundary {
        Some(area) if attribute(tag, "CTM").is_none() => {
            place * Affine::scale_non_uniform(area.width(), area.height())
        }
        _ => place,
    }
}
