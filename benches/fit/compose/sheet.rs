//! A page under construction: lines in the layout of the paper, with hints and items.

use fastrand::Rng;

use super::gaps::Gaps;
use super::words::{NAME_GAP, chance, full_width};
use super::{ComposedItem, ComposedPage, LineHint};

/// The layout of a paper.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub gaps: Gaps,
    /// The width in characters at which lines are wrapped.
    pub wrap: Option<usize>,
    /// The width at which headlines are wrapped in a paper that wraps no other lines.
    pub headline_wrap: Option<usize>,
    /// Whether paragraphs begin with two ideographic spaces.
    pub indent: bool,
    /// Whether digits are full-width.
    pub full_width: bool,
    /// The width within which credits stand at the right, on some pages, and headlines in the middle.
    right: Option<usize>,
    centred: Option<usize>,
    /// Whether names of two characters on lines of credits are set as wide as those of three.
    pub wide_names: bool,
}

impl Layout {
    /// Draws a layout. Old papers have narrower columns and are wrapped more often.
    pub fn random(old: bool, rng: &mut Rng) -> Self {
        let wrapped = chance(rng, if old { 0.5 } else { 0.15 });
        let wrap = if old { rng.usize(8..=35) } else { rng.usize(12..=41) };
        Self {
            gaps: Gaps::random(rng),
            wrap: wrapped.then_some(wrap),
            headline_wrap: old.then(|| (rng.usize(6..=15)).max(8)),
            indent: chance(rng, 0.4),
            full_width: chance(rng, 0.3),
            right: chance(rng, 0.25).then(|| wrap_or(wrapped, wrap, rng)),
            centred: chance(rng, 0.15).then(|| wrap_or(wrapped, wrap, rng)),
            wide_names: chance(rng, 0.35),
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
        let is_credit = matches!(hint, LineHint::Byline | LineHint::Credit | LineHint::Front);
        let gap = if self.layout.wide_names && is_credit { "　" } else { "" };
        let text = text.replace(NAME_GAP, gap);
        let text = if self.layout.full_width { full_width(&text) } else { text };
        let text = self.aligned(&text, hint);
        if let Some(width) = self.layout.wrap {
            self.wrapped(&text, width, hint);
            return;
        }
        match self.layout.headline_wrap {
            Some(width) if hint == LineHint::Head => {
                // Blanks before a headline in the middle can fill a line, which is not written.
                let parts = chunks(&text, width).into_iter().filter(|part| !part.trim().is_empty());
                for (place, part) in parts.enumerate() {
                    if place > 0 {
                        self.close_up();
                    }
                    self.push(part, hint);
                    self.set_apart(self.layout.gaps.after(hint));
                }
            }
            _ => {
                let indent = if self.is_set_in(hint) { "　　" } else { "" };
                self.push(format!("{indent}{text}"), hint);
                self.set_apart(self.layout.gaps.after(hint));
            }
        }
    }

    /// Moves a credit to the right, or a headline to the middle.
    fn aligned(&self, text: &str, hint: LineHint) -> String {
        let length = text.chars().count();
        let room = |width: &usize| width.saturating_sub(length);
        let blanks = match hint {
            LineHint::Credit => self.layout.right.as_ref().map_or(0, room),
            LineHint::Head | LineHint::Byline => {
                self.layout.centred.as_ref().map_or(0, |width| room(width) / 2)
            }
            _ => 0,
        };
        format!("{}{text}", "　".repeat(blanks))
    }

    /// Writes a line within an item that may be anything but its beginning.
    pub fn inside(&mut self, text: &str) {
        self.line(text, LineHint::Inside);
    }

    /// Sets the blank lines after the last line that is none.
    pub fn set_apart(&mut self, count: usize) {
        let lines = self.last_line() as usize;
        self.page.lines.resize(lines + count, String::new());
    }

    /// Sets them to those within a headline, if the last line is one of a headline.
    pub fn close_up(&mut self) {
        if self.last_hint() == Some(LineHint::Head) {
            self.set_apart(self.layout.gaps.headline);
        }
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
        let title = title.replace(NAME_GAP, "");
        self.page.items.push(ComposedItem { kind, title, first, last });
    }

    /// Extends the last item to the last line written.
    pub fn extend_last_item(&mut self) {
        let last = self.last_line();
        if let Some(item) = self.page.items.last_mut() {
            item.last = last;
        }
    }

    /// Whether a line begins with two ideographic spaces.
    fn is_set_in(&self, hint: LineHint) -> bool {
        self.layout.indent && (begins_paragraph(hint) || hint == LineHint::Body)
    }

    fn wrapped(&mut self, text: &str, width: usize, hint: LineHint) {
        let indent = if self.is_set_in(hint) { "　　" } else { "" };
        for (place, part) in chunks(&format!("{indent}{text}"), width).into_iter().enumerate() {
            self.push(part, if place == 0 { hint } else { continued(hint) });
        }
        self.set_apart(self.layout.gaps.after(hint));
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

/// The width of the page: that of its lines, or any.
fn wrap_or(wrapped: bool, wrap: usize, rng: &mut Rng) -> usize {
    if wrapped { wrap } else { rng.usize(20..=40) }
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
