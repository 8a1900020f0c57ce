//! Sets paragraphs in columns of made-up papers, so that for every line it is known whether it
//! continues the one before it.

use dibao::model::SourceText;
use dibao::split::fit::ParagraphPage;
use fastrand::Rng;

/// How a paper sets its lines. Widths are in Chinese characters.
pub struct Columns {
    /// `None` for papers with a paragraph on each line.
    width: Option<usize>,
    /// The share of paragraphs after which the width changes, as from one article to the next.
    varying: f32,
    /// Spaces before the first line of a paragraph.
    indent: &'static str,
    /// Blank lines after each line and after each paragraph.
    line_gap: usize,
    paragraph_gap: usize,
    /// The share of paragraphs after which there is a further blank line.
    further_gap: f32,
    /// Whether a digit takes the place of a character, not of half of one.
    wide_digits: bool,
    /// Whether stops stay on the line that they end.
    stops_hang: bool,
    /// The share of lines that are a character shorter or longer, as a scan reads them.
    ragged: f32,
    /// The share of blank lines that are lost, and of lines that a blank one follows without reason.
    lost_gaps: f32,
    stray_gaps: f32,
    /// The share of short lines that are centred.
    centred: f32,
}

impl Columns {
    pub fn random(rng: &mut Rng) -> Self {
        let width = match rng.u32(..10) {
            0..=3 => None,
            4..=6 => Some(rng.usize(8..=16)),
            7 | 8 => Some(rng.usize(17..=28)),
            _ => Some(rng.usize(29..=46)),
        };
        let mut chance = |share: f32| rng.f32() < share;
        let indent = if chance(0.5) { "" } else { "　　" };
        let indent = if chance(0.1) { "    " } else { indent };
        let line_gap = usize::from(chance(0.12));
        let paragraph_gap = if chance(0.45) { 0 } else { 1 + usize::from(chance(0.15)) };
        Self {
            width,
            varying: if chance(0.5) { 0.25 } else { 0.0 },
            indent,
            line_gap,
            paragraph_gap: paragraph_gap.max(line_gap),
            further_gap: if chance(0.4) { 0.15 } else { 0.0 },
            wide_digits: chance(0.4),
            stops_hang: chance(0.5),
            ragged: if chance(0.3) { 0.15 } else { 0.01 },
            lost_gaps: if chance(0.3) { 0.1 } else { 0.0 },
            stray_gaps: if chance(0.2) { 0.02 } else { 0.0 },
            centred: if chance(0.15) { 0.6 } else { 0.0 },
        }
    }

    /// Sets a page whose lines are paragraphs.
    pub fn set<'a>(
        &self,
        paragraphs: impl Iterator<Item = &'a str>,
        rng: &mut Rng,
    ) -> ParagraphPage {
        let mut page = Typeset { lines: Vec::new(), joined: Vec::new() };
        let mut width = self.width;
        for paragraph in paragraphs.map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
            if rng.f32() < self.varying {
                width = width.map(|width| (width * rng.usize(6..=16) / 10).max(7));
            }
            self.paragraph(paragraph, width, &mut page, rng);
            let gap = self.paragraph_gap + usize::from(rng.f32() < self.further_gap);
            page.blank(if rng.f32() < self.lost_gaps { 0 } else { gap });
        }
        let text = SourceText::from_text("page.txt", page.lines.join("\n"));
        page.joined.resize(text.lines.len(), None);
        ParagraphPage { text, joined: page.joined, weight: 1.0 }
    }

    fn paragraph(&self, text: &str, width: Option<usize>, page: &mut Typeset, rng: &mut Rng) {
        // Where a headline is broken is no matter of its width.
        const MAX_HEADLINE: usize = 40;
        let short = text.chars().count() < MAX_HEADLINE && text.ends_with(char::is_alphanumeric);
        let Some(width) = width else {
            page.push(format!("{}{text}", if short { "" } else { self.indent }), Some(false));
            return;
        };
        let lead = match (short, rng.f32() < self.centred) {
            (true, true) => " ".repeat(rng.usize(1..=8)),
            (true, false) => String::new(),
            (false, _) => self.indent.to_owned(),
        };
        let mut line = lead;
        let mut joined = Some(false);
        let mut target = width;
        for c in text.chars() {
            let hangs = self.stops_hang && is_stop(c);
            let length = if self.wide_digits { line.chars().count() } else { columns(&line) };
            if length >= target && !hangs {
                page.push(std::mem::take(&mut line), joined);
                page.blank(if rng.f32() < self.stray_gaps { 1 } else { self.line_gap });
                joined = if short { None } else { Some(true) };
                target = width;
                if rng.f32() < self.ragged {
                    target = width + 1 - 2 * rng.usize(..2);
                }
            }
            line.push(c);
        }
        page.push(line, joined);
    }
}

struct Typeset {
    lines: Vec<String>,
    joined: Vec<Option<bool>>,
}

impl Typeset {
    fn push(&mut self, line: String, joined: Option<bool>) {
        self.lines.push(line);
        self.joined.push(joined);
    }

    fn blank(&mut self, count: usize) {
        for _ in 0..count {
            self.push(String::new(), None);
        }
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '”' | '」' | '）' | '》')
}

/// Two half-width characters count as one.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>().div_ceil(2)
}
