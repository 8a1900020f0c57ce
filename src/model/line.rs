//! Lines of a file, and what each was taken for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::span::Span;

/// One line of a decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Bytes of [`SourceText::text`](super::SourceText::text), without the line terminator.
    pub span: Span,
    /// 1-based line of the file that this text came from. For plain text this is the position of
    /// the line; for converted formats (HTML) several lines may come from one, and lines of pages
    /// (PDF) are counted as they are read.
    pub number: u32,
    /// Where it stands on its page; `None` in files without pages, and for blank lines.
    pub place: Option<LinePlace>,
}

/// Where a line was printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LinePlace {
    /// The page of the file, counted from 1, whatever number is printed on it.
    pub page: u32,
    /// The column of the page, counted from 1 in reading order: a run of blocks one below the other.
    pub column: u16,
    /// The rectangle that it fills.
    pub area: PageArea,
    /// Size of its type in ten-thousandths of the height of the page; 0 if it is not known.
    pub size: u16,
    /// Whether it runs from top to bottom.
    pub is_vertical: bool,
    /// Whether it is a running head or a page number: much the same stands there on other pages.
    pub is_running: bool,
    /// What is printed right above it other than text.
    pub above: Option<PrintedAbove>,
    /// How sure the engine is that read it off an image, in percent; `None` for digital text.
    pub confidence: Option<u8>,
}

/// What can be printed right above a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedAbove {
    /// A picture: captions stand there.
    Picture,
    /// A rule, or the upper edge of a frame.
    Rule,
}

/// A rectangle on a page, in ten-thousandths of its width and height, from the top left corner of
/// the page as it is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[u32; 4]", into = "[u32; 4]")]
pub struct PageArea {
    /// Left edge.
    pub left: u16,
    /// Upper edge.
    pub top: u16,
    /// Right edge.
    pub right: u16,
    /// Lower edge.
    pub bottom: u16,
}

impl PageArea {
    /// What the width and the height of a page are divided into.
    pub const WHOLE: u32 = 10_000;
}

impl From<PageArea> for [u32; 4] {
    fn from(PageArea { left, top, right, bottom }: PageArea) -> Self {
        [left.into(), top.into(), right.into(), bottom.into()]
    }
}

impl From<[u32; 4]> for PageArea {
    /// What lies beyond the page ends at its edge.
    fn from([left, top, right, bottom]: [u32; 4]) -> Self {
        let edge = |number: u32| number.min(Self::WHOLE) as u16;
        let (left, top) = (edge(left), edge(top));
        Self { left, top, right: edge(right).max(left), bottom: edge(bottom).max(top) }
    }
}

/// A run of lines of a file, 1-based and inclusive: `[3, 21]` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct LineRange(pub u32, pub u32);

/// The role of a line. Every line of a file has exactly one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum LineRole {
    /// Nothing but white space.
    Blank,
    /// 引题, above the title.
    Kicker,
    /// 主题, one line of it.
    Title,
    /// 副题, below the title.
    Subtitle,
    /// 文号 on a line of its own.
    Docno,
    /// A paragraph, or a piece of one.
    Body,
    /// A heading inside an article.
    Subheading,
    /// A row of a table.
    Table,
    /// Credit or signature: 本报记者 张三 摄; 张三 李四.
    Credit,
    /// A running banner of a page or of several articles.
    Banner,
    /// A section heading: 【新乡高新区要情】.
    Section,
    /// A line of a table of contents.
    Contents,
    /// Cover, masthead, page head or foot.
    Front,
    /// Imprint: publisher, address, printer.
    Colophon,
    /// What stands around the text of a web page: menus, links to other pages, comments, the foot.
    Boilerplate,
    /// A line of an advertisement, as a person said.
    Advertisement,
    /// Belongs to no article and to none of the above: listed for review.
    Stray,
}

impl LineRole {
    /// Whether a line of this role is part of an article.
    #[must_use]
    pub fn in_article(self) -> bool {
        use LineRole::{Body, Credit, Docno, Kicker, Subheading, Subtitle, Table, Title};
        matches!(self, Kicker | Title | Subtitle | Docno | Body | Subheading | Table | Credit)
    }
}
