//! Numbers, and rectangles of them, as attributes have them.

use hayro_interpret::kurbo::Rect;

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
