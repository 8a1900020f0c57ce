//! Lines → units: a unit is a paragraph or a line of a headline.
//!
//! Most scans have one paragraph per line. Others have lines as they were printed; those of a paragraph
//! are joined first (`joins`).

use super::joins;
use super::place::FilePlaces;
use super::shape;
use crate::model::SourceText;

/// One or several lines that are labelled as one.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Positions of its lines in [`SourceText::lines`], never empty. Boilerplate may lie between
    /// them.
    pub lines: Vec<usize>,
    /// The text, trimmed, line breaks undone.
    pub text: String,
    /// Blank lines before it.
    pub gap: usize,
    /// Blanks before its first character, in characters of full width.
    pub indent: usize,
}

impl Unit {
    /// A line by itself.
    pub fn of_line(source: &SourceText, line: usize) -> Self {
        let text = source.line(line);
        Self { lines: vec![line], text: text.trim().to_owned(), gap: 0, indent: indent(text) }
    }

    /// Position of its first line.
    pub fn line(&self) -> usize {
        self.lines.first().copied().unwrap_or_default()
    }
}

/// The units of a file, blank lines left out. `skip` marks lines that are not text.
pub(super) fn units(
    source: &SourceText,
    places: &FilePlaces,
    skip: impl Fn(usize) -> bool,
) -> Vec<Unit> {
    let joined = joins::joins(source, places, &skip);
    let mut units: Vec<Unit> = Vec::new();
    let mut gap = 0;
    // Boilerplate can interrupt a paragraph.
    for line in (0..source.lines.len()).filter(|&line| !skip(line)) {
        let text = source.line(line).trim();
        if text.is_empty() {
            gap += 1;
            continue;
        }
        match units.last_mut() {
            Some(unit) if joined[line] => {
                shape::append(&mut unit.text, text);
                unit.lines.push(line);
            }
            _ => units.push(Unit { gap, ..Unit::of_line(source, line) }),
        }
        gap = 0;
    }
    units
}

/// The blanks at the head of a line, in characters of full width, rounded down.
fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| c.is_whitespace());
    blanks.map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum::<usize>() / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let source = SourceText::from_text("a.txt", text);
        units(&source, &FilePlaces::default(), |_| false)
            .into_iter()
            .map(|unit| unit.text)
            .collect()
    }

    #[test]
    fn a_line_is_a_unit_where_the_file_is_not_wrapped() {
        assert_eq!(texts("甲乙丙\n\n\n丁戊。\n己"), ["甲乙丙", "丁戊。", "己"]);
    }

    #[test]
    fn lines_of_a_wrapped_paragraph_are_one_unit() {
        let line = "这一行正好写满了二十个汉字不多也不少的";
        let page = format!(
            "短标题\n　　{}\n{line}\n{line}\n末行。\n　　{}\n{line}\n{line}\n{line}\n{line}\n{line}\n结束。",
            &line[..51],
            &line[..51]
        );
        let got = texts(&page);
        assert_eq!(got.len(), 3, "{got:?}");
        assert_eq!(got[0], "短标题");
        assert!(got[1].ends_with("末行。"));
    }
}
