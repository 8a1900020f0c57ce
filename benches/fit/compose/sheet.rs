//! A page under construction: lines in the layout of the paper, with hints and items.

use fastrand::Rng;

use super::words::{chance, full_width};
use super::{ComposedItem, ComposedPage, LineHint};

/// The layout of a paper.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Blank lines after a line, or after a paragraph of a wrapped paper.
    pub gap: usize,
    /// Further blank lines after an item.
    pub item_gap: usize,
    /// The width in characters at which lines are wrapped.
    pub wrap: Option<usize>,
    /// The width at which headlines are wrapped in a paper that wraps no other lines.
    pub headline_wrap: Option<usize>,
    /// Whether wrapped paragraphs begin with two ideographic spaces.
    pub indent: bool,
    /// Whether there are blank lines between wrapped paragraphs.
    pub paragraph_gap: bool,
    /// Whether digits are full-width.
    pub full_width: bool,
}

impl Layout {
    /// Draws a layout. Old papers have narrower columns and are wrapped more often.
    pub fn random(old: bool, rng: &mut Rng) -> Self {
        let wrapped = chance(rng, if old { 0.5 } else { 0.15 });
        let wrap = if old { rng.usize(8..=35) } else { rng.usize(12..=41) };
        let gap = match rng.u32(..10) {
            0..=6 => 1,
            7..=8 => 0,
            _ => 2,
        };
        Self {
            gap,
            item_gap: if chance(rng, 0.15) { rng.usize(1..=2) } else { 0 },
            wrap: wrapped.then_some(wrap),
            headline_wrap: old.then(|| (rng.usize(6..=15)).max(8)),
            indent: chance(rng, 0.4),
            paragraph_gap: chance(rng, 0.6),
            full_width: chance(rng, 0.3),
        }
    }
}

pub(super) struct Sheet<'a> {
    layout: &'a Layout,
    page: ComposedPage,
}

impl<'a> Sheet<'a> {
    pub fn new(layout: &'a Layout) -> Self {
        Self { layout, page: ComposedPage::default() }
    }

    pub fn into_page(self) -> ComposedPage {
        self.page
    }

    /// Writes a line or a paragraph and the blank lines after it.
    pub fn line(&mut self, text: &str, hint: LineHint) {
        let text = if self.layout.full_width { full_width(text) } else { text.to_owned() };
        if let Some(width) = self.layout.wrap {
            self.wrapped(&text, width, hint);
            return;
        }
        match self.layout.headline_wrap {
            Some(width) if hint == LineHint::Head => {
                for part in chunks(&text, width) {
                    self.push(part, hint);
                    self.blank(self.layout.gap);
                }
            }
            _ => {
                self.push(text, hint);
                self.blank(self.layout.gap);
            }
        }
    }

    /// Writes a line within an item that may be anything but its beginning.
    pub fn inside(&mut self, text: &str) {
        self.line(text, LineHint::Inside);
    }

    /// Writes blank lines.
    pub fn blank(&mut self, count: usize) {
        let lines = self.page.lines.len();
        self.page.lines.resize(lines + count, String::new());
    }

    /// The number of the next line.
    pub fn next_line(&self) -> u32 {
        self.page.lines.len() as u32 + 1
    }

    /// The hint of the last line.
    pub fn last_hint(&self) -> Option<LineHint> {
        self.page.hints.last().map(|&(_, hint)| hint)
    }

    /// Adds an item of the lines from `first` to the last one written.
    pub fn add_item(&mut self, kind: &'static str, title: &str, first: u32) {
        let last = self.last_line();
        self.page.items.push(ComposedItem { kind, title: title.to_owned(), first, last });
    }

    /// Extends the last item to the last line written.
    pub fn extend_last_item(&mut self) {
        let last = self.last_line();
        if let Some(item) = self.page.items.last_mut() {
            item.last = last;
        }
    }

    fn wrapped(&mut self, text: &str, width: usize, hint: LineHint) {
        let paragraph = begins_paragraph(hint) || hint == LineHint::Body;
        let indent = if self.layout.indent && paragraph { "　　" } else { "" };
        for (place, part) in chunks(&format!("{indent}{text}"), width).into_iter().enumerate() {
            self.push(part, if place == 0 { hint } else { continued(hint) });
        }
        if self.layout.paragraph_gap || !paragraph {
            self.blank(self.layout.gap.max(usize::from(self.layout.paragraph_gap)));
        }
    }

    fn push(&mut self, text: String, hint: LineHint) {
        if !text.trim().is_empty() {
            self.page.lines.push(text);
            self.page.hints.push((self.page.lines.len() as u32, hint));
        }
    }

    /// The number of the last line that is not blank.
    fn last_line(&self) -> u32 {
        self.page.lines.iter().rposition(|line| !line.is_empty()).map_or(0, |at| at as u32 + 1)
    }
}

fn chunks(text: &str, width: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(width).map(|part| part.iter().collect()).collect()
}

/// Whether it is the first paragraph of a text.
fn begins_paragraph(hint: LineHint) -> bool {
    use LineHint::{CaptionOrUntitledLead, Lead, LeadOrCaption, UntitledLead};
    matches!(hint, Lead | UntitledLead | LeadOrCaption | CaptionOrUntitledLead)
}

/// The hint of the further lines of a wrapped line.
fn continued(hint: LineHint) -> LineHint {
    match hint {
        LineHint::Body => LineHint::Continued,
        LineHint::DocumentStart => LineHint::DocumentHead,
        hint if begins_paragraph(hint) => LineHint::Continued,
        hint => hint,
    }
}
