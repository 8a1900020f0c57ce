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
    /// the line; for converted formats (HTML) several lines may come from one.
    pub number: u32,
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
