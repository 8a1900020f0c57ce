//! Where an article was printed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::line::{LinePlace, PageArea};

/// What of an article stands on one page of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArticlePart {
    /// The page of the file, counted from 1, whatever number is printed on it.
    pub page: u32,
    /// The article's lines on the page, in the order of the file.
    #[schema(value_type = Vec<[u32; 5]>)]
    pub lines: Vec<LineBox>,
}

/// A line of a file and the rectangle that it fills: `[17, 812, 1033, 4180, 1120]` in JSON, its number
/// and its left, upper, right and lower edge in ten-thousandths of the width and the height of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[u32; 5]", into = "[u32; 5]")]
pub struct LineBox {
    /// Number of the line, as [`Line::number`](super::Line::number).
    pub line: u32,
    /// Where it stands.
    pub area: PageArea,
}

impl From<LineBox> for [u32; 5] {
    fn from(LineBox { line, area }: LineBox) -> Self {
        let [left, top, right, bottom] = area.into();
        [line, left, top, right, bottom]
    }
}

impl From<[u32; 5]> for LineBox {
    fn from([line, left, top, right, bottom]: [u32; 5]) -> Self {
        Self { line, area: [left, top, right, bottom].into() }
    }
}

impl ArticlePart {
    /// The parts of an article whose lines stand at these places, by page in the order in which they
    /// come. None if no line has a place.
    #[must_use]
    pub fn of(lines: impl IntoIterator<Item = (u32, LinePlace)>) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for (line, place) in lines {
            let at = parts.iter().position(|part| part.page == place.page).unwrap_or_else(|| {
                parts.push(Self { page: place.page, lines: Vec::new() });
                parts.len() - 1
            });
            parts[at].lines.push(LineBox { line, area: place.area });
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_five_numbers_and_stays_on_the_page() {
        let text = "[17,812,1033,4180,1120]";
        let read: LineBox = serde_json::from_str(text).expect("a box");
        let area = PageArea { left: 812, top: 1033, right: 4180, bottom: 1120 };
        assert_eq!(read, LineBox { line: 17, area });
        assert_eq!(serde_json::to_string(&read).expect("written"), text);
        let beyond: LineBox = serde_json::from_str("[1,9000,20000,80,3]").expect("a box");
        let area = PageArea { left: 9_000, top: 10_000, right: 9_000, bottom: 10_000 };
        assert_eq!(beyond.area, area);
    }

    #[test]
    fn lines_are_gathered_by_page() {
        let place = |page| LinePlace { page, ..LinePlace::default() };
        let parts = ArticlePart::of([(3, place(2)), (4, place(2)), (9, place(1)), (11, place(2))]);
        let parts: Vec<(u32, Vec<u32>)> = parts
            .iter()
            .map(|part| (part.page, part.lines.iter().map(|line| line.line).collect()))
            .collect();
        assert_eq!(parts, [(2, vec![3, 4, 11]), (1, vec![9])]);
    }
}
