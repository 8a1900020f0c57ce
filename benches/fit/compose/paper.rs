//! The habits of a paper, drawn at random and followed by all its pages.

use fastrand::Rng;

use super::article::HeadlineHabits;
use super::columns::{ColumnHabits, WorldBriefHabits};
use super::credits::Credits;
use super::document::DocumentHabits;
use super::items::{BriefOpening, PhotoForm};
use super::sheet::Layout;
use super::text::TextHabits;
use super::words::{chance, hanzi, pick, share};

/// The kind of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PaperKind {
    /// A modern daily.
    Daily,
    /// A paper from before 1949: narrow columns, many notices, unusual punctuation.
    Tabloid,
    /// A gazette, whose items are orders with annexes.
    Gazette,
    /// A digest of short items, each with its source.
    Digest,
    /// A magazine or a series: few and long articles.
    Magazine,
}

/// The habits of a paper.
#[derive(Debug, Clone)]
pub struct Paper {
    pub(super) kind: PaperKind,
    pub(super) name: String,
    /// Whether pages begin with a line naming the paper.
    pub(super) header: bool,
    /// The mark before briefs.
    pub(super) mark: &'static str,
    pub(super) layout: Layout,
    pub(super) mix: Mix,
    pub(super) photo_form: PhotoForm,
    pub(super) brief_opening: BriefOpening,
    pub(super) headlines: HeadlineHabits,
    pub(super) text: TextHabits,
    pub(super) credits: Credits,
    pub(super) column: ColumnHabits,
    pub(super) world_briefs: WorldBriefHabits,
    pub(super) document: DocumentHabits,
}

/// How often each kind of item occurs; all other items are articles.
#[derive(Debug, Clone)]
pub(super) struct Mix {
    /// The share of items that are photos.
    pub photo: f32,
    /// The share of items that are untitled photos whose caption begins with a day or a place.
    pub scene: f32,
    /// The share of items that are small advertisements.
    pub advertisement: f32,
    /// The share of items that are notices with a heading.
    pub notice: f32,
    /// The share of items that are verse.
    pub verse: f32,
    /// The share of items that are columns of several pieces.
    pub column: f32,
    /// The share of the remaining items that are briefs without a headline.
    pub brief: f32,
    /// The share of items preceded by the name of a section.
    pub section: f32,
    /// The share of pages that end with a row of briefs.
    pub world_briefs: f32,
    /// The share of pages that end with the name of an editor.
    pub staff: f32,
}

impl Mix {
    fn random(kind: PaperKind, rng: &mut Rng) -> Self {
        let (tabloid, gazette) = (kind == PaperKind::Tabloid, kind == PaperKind::Gazette);
        let all_briefs = kind == PaperKind::Digest && chance(rng, 0.3);
        Self {
            photo: share(rng, 0.6, 0.25),
            scene: share(rng, 0.2, 0.08),
            advertisement: if tabloid { share(rng, 0.9, 0.4) } else { share(rng, 0.3, 0.2) },
            notice: share(rng, 0.25, 0.06),
            verse: share(rng, 0.4, 0.1),
            column: share(rng, 0.25, if kind == PaperKind::Magazine { 0.12 } else { 0.06 }),
            brief: if all_briefs { 1.0 } else { share(rng, 0.6, 0.5) },
            section: if gazette { share(rng, 0.8, 0.6) } else { share(rng, 0.5, 0.2) },
            world_briefs: if gazette { 0.0 } else { share(rng, 0.15, 0.6) },
            staff: share(rng, 0.4, 1.0),
        }
    }
}

impl Paper {
    /// Draws a kind of paper and its habits.
    pub fn random(rng: &mut Rng) -> Self {
        let kind = match rng.u32(..100) {
            0..=41 => PaperKind::Daily,
            42..=57 => PaperKind::Tabloid,
            58..=71 => PaperKind::Gazette,
            72..=85 => PaperKind::Digest,
            _ => PaperKind::Magazine,
        };
        let name = hanzi(rng, 2);
        let names = ["日报", "晚报", "时报", "周报", "新闻", "通讯社"];
        Self {
            kind,
            name: format!("{name}{}", pick(rng, &names)),
            header: chance(rng, 0.3),
            mark: pick(rng, &["●", "▲", "■", "◆", "△", "○", "◎", "※", "□", "★"]),
            layout: Layout::random(kind == PaperKind::Tabloid, rng),
            mix: Mix::random(kind, rng),
            photo_form: pick(rng, &PhotoForm::ALL),
            brief_opening: BriefOpening::random(rng),
            headlines: HeadlineHabits::random(kind, rng),
            text: TextHabits::random(kind, rng),
            credits: Credits::random(kind, rng),
            column: ColumnHabits::random(rng),
            world_briefs: WorldBriefHabits::random(rng),
            document: DocumentHabits::random(rng),
        }
    }
}
