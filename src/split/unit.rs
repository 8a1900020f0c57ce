//! Lines → units: a unit is a paragraph or a line of a headline.
//!
//! Most scans have one paragraph per line. Some are wrapped at a fixed width; there the lines of a
//! paragraph are joined first.

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
}

impl Unit {
    /// A line by itself.
    pub fn of_line(source: &SourceText, line: usize) -> Self {
        Self { lines: vec![line], text: source.line(line).trim().to_owned(), gap: 0 }
    }

    /// Position of its first line.
    pub fn line(&self) -> usize {
        self.lines.first().copied().unwrap_or_default()
    }
}

/// The units of a file, blank lines left out. `skip` marks lines that are not text.
pub(super) fn units(source: &SourceText, skip: impl Fn(usize) -> bool) -> Vec<Unit> {
    let wrap = wrap_width(source);
    let in_column = columns_of(source, &skip);
    let mut units: Vec<Unit> = Vec::new();
    let mut gap = 0;
    let mut previous_raw = "";
    for (index, &in_column) in in_column.iter().enumerate() {
        let raw = source.line(index);
        let text = raw.trim();
        if skip(index) {
            // Boilerplate can interrupt a wrapped paragraph.
            continue;
        }
        if text.is_empty() {
            gap += 1;
            continue;
        }
        let continues =
            gap == 0 && (wrap.is_some_and(|wrap| wrapped(previous_raw, raw, wrap)) || in_column);
        match units.last_mut() {
            Some(unit) if continues => {
                shape::append(&mut unit.text, text);
                unit.lines.push(index);
            }
            _ => units.push(Unit { lines: vec![index], text: text.to_owned(), gap }),
        }
        gap = 0;
        previous_raw = raw;
    }
    units
}

/// For each line whether it continues the paragraph of the line before it because both stand in a
/// column: printed lines of one width, most of which break off. Columns differ in width, so each has
/// its own. A few lines are a column only if nothing else stands in their block.
fn columns_of(source: &SourceText, skip: &impl Fn(usize) -> bool) -> Vec<bool> {
    const MIN_BLOCK: usize = 3;
    const MIN_RUN: usize = 6;
    let filled = |index: &usize| !skip(*index) && !source.line(*index).trim().is_empty();
    let lines: Vec<usize> = (0..source.lines.len()).filter(filled).collect();
    let mut continues = vec![false; source.lines.len()];
    let mut spaced: Vec<usize> = Vec::new();
    let mut join = |lines: &[usize]| {
        let mut rest = lines;
        while let Some(length) = (!rest.is_empty()).then(|| column_length(source, rest)) {
            let (column, after) = rest.split_at(length);
            if length >= MIN_RUN || (length >= MIN_BLOCK && length == lines.len()) {
                // A new paragraph may follow a sentence that ends with its line.
                for pair in column.windows(2) {
                    continues[pair[1]] = !shape::opens_unit(source.line(pair[1]).trim())
                        && !shape::ends_sentence(source.line(pair[0]).trim());
                }
            }
            rest = after;
        }
    };
    for block in lines.chunk_by(|one, next| next - one == 1) {
        if let &[line] = block {
            spaced.push(line);
        } else {
            join(&spaced);
            spaced.clear();
            join(block);
        }
    }
    join(&spaced);
    continues
}

/// The number of lines at the head of `lines` that form a column, with its last, shorter line; 1 if
/// they form none.
fn column_length(source: &SourceText, lines: &[usize]) -> usize {
    const MIN_WIDTH: usize = 5;
    const SAMPLE: usize = 64;
    let line = |&index: &usize| source.line(index).trim();
    let width = lines.first().map_or(0, |index| columns(line(index)));
    if width < MIN_WIDTH {
        return 1;
    }
    let alike = |index: &&usize| columns(line(index)).abs_diff(width) <= 1;
    let mostly_stops = |lines: &[usize]| {
        let stop = |index: &&usize| !line(index).ends_with(char::is_alphanumeric);
        lines.iter().filter(stop).count() * 2 >= lines.len()
    };
    // The first lines decide about a long run, so that it is not counted again from each of its lines.
    let sample = lines.iter().take(SAMPLE).take_while(alike).count();
    if mostly_stops(&lines[..sample]) {
        return 1;
    }
    let full = sample + lines[sample..].iter().take_while(alike).count();
    let ended = line(&lines[full - 1]).ends_with(['。', '！', '？', '」', '”']);
    let shorter = lines.get(full).is_some_and(|index| columns(line(index)) < width);
    full + usize::from(!ended && shorter)
}

/// How a file is wrapped.
#[derive(Debug, Clone, Copy)]
struct LineWrap {
    /// Characters of a full line.
    width: usize,
    /// Whether paragraphs are indented, so that an unindented line continues the one before.
    indents: bool,
}

/// Whether `next` continues the paragraph of `previous`.
fn wrapped(previous: &str, next: &str, wrap: LineWrap) -> bool {
    let length = columns(previous.trim_end());
    let full = if wrap.indents { length * 5 >= wrap.width * 4 } else { length + 2 >= wrap.width };
    // A finished sentence and a short line that is not indented: a headline follows.
    let headline = wrap.indents
        && shape::ends_sentence(previous)
        && !shape::ends_sentence(next)
        && columns(next.trim_end()) * 10 < wrap.width * 7;
    // Without indents, a new paragraph may follow a sentence that ends with its line.
    let ended = !wrap.indents && shape::ends_sentence(previous.trim_end());
    full && !headline
        && !ended
        && !indented(next)
        && !shape::stands_alone(previous.trim())
        && !shape::opens_unit(next.trim())
}

fn indented(line: &str) -> bool {
    line.starts_with('\u{3000}') || line.starts_with("  ") || line.starts_with('\t')
}

/// Width of a line in Chinese characters; two half-width ones count as one.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>().div_ceil(2)
}

/// How the file is wrapped, if it is: many lines are directly followed by another, and many of
/// those have the same, greatest width.
fn wrap_width(source: &SourceText) -> Option<LineWrap> {
    const MIN_WRAPPED: usize = 8;
    const MAX_WIDTH: usize = 70;
    let text = |index: usize| source.line(index).trim_end();
    let filled = (0..source.lines.len()).filter(|&index| !text(index).is_empty()).count();
    let mut followed: Vec<usize> = (0..source.lines.len().saturating_sub(1))
        .filter(|&index| !text(index).is_empty() && !text(index + 1).is_empty())
        .map(|index| columns(text(index)))
        .collect();
    if followed.len() < MIN_WRAPPED || followed.len() * 3 < filled {
        return None;
    }
    followed.sort_unstable();
    let width = followed[followed.len() * 9 / 10];
    let is_full = |length: usize| length + 2 >= width && length <= width + 2;
    let full = followed.iter().filter(|&&length| is_full(length)).count();
    // A full line of wrapped text mostly breaks off in mid-sentence.
    let broken = (0..source.lines.len())
        .filter(|&index| is_full(columns(text(index))) && !shape::ends_sentence(text(index)))
        .count();
    if broken * 2 < full {
        return None;
    }
    let starts = (0..source.lines.len()).filter(|&index| indented(source.line(index))).count();
    let indents = starts * 10 >= filled && starts * 4 <= filled * 3;
    ((12..=MAX_WIDTH).contains(&width) && full * 3 >= followed.len())
        .then_some(LineWrap { width, indents })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let source = SourceText::from_text("a.txt", text);
        units(&source, |_| false).into_iter().map(|unit| unit.text).collect()
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
