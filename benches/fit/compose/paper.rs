//! The habits of a paper, drawn at random and followed by all its pages.

use fastrand::Rng;

use super::briefs::{BriefOpening, WorldBriefHabits};
use super::columns::ColumnHabits;
use super::credits::Credits;
use super::document::DocumentHabits;
use super::headline::HeadlineHabits;
use super::inner::InnerHabits;
use super::photos::PhotoHabits;
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
    /// The share of pages that are about one thing.
    pub(super) topical: f32,
    /// The names of its columns, which stand above sections, series and headlines.
    pub(super) columns: Vec<String>,
    /// The mark before briefs.
    pub(super) mark: &'static str,
    pub(super) layout: Layout,
    pub(super) mix: Mix,
    pub(super) photos: PhotoHabits,
    pub(super) brief_opening: BriefOpening,
    pub(super) headlines: HeadlineHabits,
    pub(super) text: TextHabits,
    pub(super) inner: InnerHabits,
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
    /// The share of items that are several photos under one title.
    pub photo_group: f32,
    /// The share of items that are results, forecasts and the like, one a line.
    pub results: f32,
    /// The share of items that are lists of names in groups.
    pub name_list: f32,
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
    /// The share of these briefs that have further paragraphs.
    pub long_brief: f32,
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
        let digest = kind == PaperKind::Digest;
        let all_briefs = digest && chance(rng, 0.25);
        Self {
            photo: share(rng, 0.65, 0.28),
            scene: share(rng, 0.35, 0.14),
            photo_group: if digest { 0.0 } else { share(rng, 0.3, 0.06) },
            results: if digest { 0.0 } else { share(rng, 0.35, 0.06) },
            name_list: if digest { 0.0 } else { share(rng, 0.3, 0.05) },
            advertisement: if tabloid { share(rng, 0.9, 0.4) } else { share(rng, 0.3, 0.2) },
            notice: share(rng, 0.25, 0.06),
            verse: share(rng, 0.4, 0.1),
            column: share(rng, 0.4, if kind == PaperKind::Magazine { 0.15 } else { 0.1 }),
            brief: match kind {
                _ if all_briefs => 1.0,
                // Most digests have headlines throughout.
                PaperKind::Digest => share(rng, 0.3, 0.3),
                _ => share(rng, 0.6, 0.5),
            },
            long_brief: if digest { 0.0 } else { share(rng, 0.4, 0.5) },
            section: if gazette { 1.0 - share(rng, 0.7, 1.0) } else { share(rng, 0.5, 0.2) },
            world_briefs: if gazette { 0.0 } else { share(rng, 0.35, 0.7) },
            staff: if gazette { 0.0 } else { share(rng, 0.4, 1.0) },
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
            topical: share(rng, 0.5, 1.0),
            columns: (0..rng.usize(3..=9)).map(|_| column_name(rng)).collect(),
            mark: pick(rng, &["●", "▲", "■", "◆", "△", "○", "◎", "※", "□", "★"]),
            layout: Layout::random(kind == PaperKind::Tabloid, rng),
            mix: Mix::random(kind, rng),
            photos: PhotoHabits::random(rng),
            brief_opening: BriefOpening::random(rng),
            headlines: HeadlineHabits::random(kind, rng),
            text: TextHabits::random(kind, rng),
            inner: InnerHabits::random(kind == PaperKind::Tabloid, rng),
            credits: Credits::random(kind, rng),
            column: ColumnHabits::random(rng),
            world_briefs: WorldBriefHabits::random(rng),
            document: DocumentHabits::random(rng),
        }
    }
}

impl Paper {
    /// The same paper with a paragraph on each line.
    #[must_use]
    pub fn unwrapped(mut self) -> Self {
        self.layout.wrap = None;
        self
    }
}

/// The name of a column of a paper.
fn column_name(rng: &mut Rng) -> String {
    let subjects = [
        "经济", "民生", "体坛", "文化", "国际", "法治", "教育", "三农", "科技", "环保", "健康",
        "军营", "社区", "人物", "城乡", "时事", "舆情", "青春", "旅途", "书香",
    ];
    let words = [
        "聚焦", "观察", "视点", "走笔", "纵横", "广角", "论坛", "茶座", "手记", "调查", "札记",
        "评论", "透视", "快评", "点击", "在线", "短波", "万象", "漫笔", "天地",
    ];
    let (subject, word) = (pick(rng, &subjects), pick(rng, &words));
    match rng.u32(..6) {
        0 => format!("{subject}·{word}"),
        1 => format!("{word}{}", pick(rng, &["版", "台", "角", "周刊"])),
        2 => format!("{}{word}", hanzi(rng, 2)),
        _ => format!("{subject}{word}"),
    }
}
