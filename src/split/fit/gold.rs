//! What is known of a page: its items, and where a composer wrote it also the part of each line.

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoldKind {
    /// News, a profile, literature.
    News,
    /// An order or another official document.
    Document,
    /// A picture with its caption.
    Photo,
    /// A notice or an advertisement.
    Notice,
    /// A banner, a heading of a section, the front matter: no article.
    Heading,
}

impl GoldKind {
    /// The kind of that name in gold files; any unknown one is news.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        match name {
            "document" => Self::Document,
            "photo" => Self::Photo,
            "notice" | "advertisement" => Self::Notice,
            "banner" | "section" | "front" => Self::Heading,
            _ => Self::News,
        }
    }
}

/// An item of a page.
#[derive(Debug, Clone)]
pub struct GoldItem {
    pub(super) kind: GoldKind,
    pub(super) titled: bool,
    /// Ranges of 1-based lines, both ends inclusive.
    pub(super) lines: Vec<(u32, u32)>,
    /// The parts of lines, by number.
    pub(super) hints: Vec<(u32, LineHint)>,
}

impl GoldItem {
    /// An item with its title, if it has one, and its lines: ranges of 1-based numbers, inclusive.
    #[must_use]
    pub fn new(kind: GoldKind, title: Option<&str>, lines: Vec<(u32, u32)>) -> Self {
        let titled = title.is_some_and(|title| !title.is_empty());
        Self { kind, titled, lines, hints: Vec::new() }
    }

    /// Adds what is known of single lines: 1-based numbers with the part of the item.
    #[must_use]
    pub fn with_hints(self, hints: Vec<(u32, LineHint)>) -> Self {
        Self { hints, ..self }
    }
}

/// What part of an item a line is, where that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineHint {
    /// A line of the headline.
    Head,
    /// An author under the headline.
    Byline,
    /// The first paragraph under a headline.
    Lead,
    /// The first paragraph of an item without headline.
    UntitledLead,
    /// A further paragraph.
    Body,
    /// A sub-heading.
    Subheading,
    /// The name of a section of the page.
    Section,
    /// A headline after its text.
    HeadAfter,
    /// The first paragraph of a news item or a caption, under a headline.
    LeadOrCaption,
    /// The same without a headline.
    CaptionOrUntitledLead,
    /// A closing line: author, source, photographer.
    Credit,
    /// Text or a closing line.
    Tail,
    /// Anything within an item.
    Inside,
    /// A further line of a printed paragraph.
    Continued,
    /// The first line of a notice.
    NoticeStart,
    /// The first line of a document.
    DocumentStart,
    /// Another line above the text of a document.
    DocumentHead,
    /// Front matter.
    Front,
}
