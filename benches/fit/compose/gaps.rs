//! Blank lines: between the lines of a headline, the paragraphs of a text, and items.

use fastrand::Rng;

use super::LineHint;
use super::words::{chance, pick, share};

/// How many blank lines a paper has where.
#[derive(Debug, Clone)]
pub(super) struct Gaps {
    /// Between the lines of a headline, and between it and its author.
    pub headline: usize,
    /// Between headline or author and text.
    text: usize,
    /// After the name of a section.
    section: usize,
    /// After paragraphs and all other lines.
    paragraph: usize,
    /// Between items.
    item: usize,
    /// The share of items that nothing more than a paragraph is set off by.
    lost: f32,
}

impl Gaps {
    pub fn random(rng: &mut Rng) -> Self {
        let lost = share(rng, 0.25, 0.3);
        match rng.u32(..10) {
            // As wide everywhere, or a little wider between items.
            0..=5 => {
                let gap = pick(rng, &[1, 1, 1, 1, 1, 1, 2, 0]);
                let more = if chance(rng, 0.2) { rng.usize(1..=2) } else { 0 };
                Self {
                    headline: gap,
                    text: gap,
                    section: gap,
                    paragraph: gap,
                    item: gap + more,
                    lost,
                }
            }
            // Items are blocks of lines.
            6..=7 => Self {
                headline: 0,
                text: pick(rng, &[0, 0, 1]),
                section: pick(rng, &[0, 1, 1]),
                paragraph: 0,
                item: pick(rng, &[1, 1, 1, 2]),
                lost,
            },
            // Headlines are set off.
            8 => {
                let paragraph = rng.usize(..=1);
                Self {
                    headline: 0,
                    text: 1,
                    section: 1,
                    paragraph,
                    item: paragraph + rng.usize(..=1),
                    lost,
                }
            }
            _ => Self { headline: 0, text: 0, section: 0, paragraph: 0, item: 0, lost: 0.0 },
        }
    }

    /// Blank lines after a line or paragraph.
    pub fn after(&self, hint: LineHint) -> usize {
        match hint {
            LineHint::Head | LineHint::Byline => self.text,
            LineHint::Section | LineHint::Front => self.section,
            _ => self.paragraph,
        }
    }

    /// Blank lines after an item.
    pub fn after_item(&self, rng: &mut Rng) -> usize {
        if chance(rng, self.lost) { self.paragraph } else { self.item }
    }
}
