//! An article as the splitter cuts it: parts and lines, before anything is read out of its words.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Byline, CivilDate, DateNote, IssueDate, LineRange, Place, Topic};

/// What sort of text an article is.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A report, an interview, a comment: whatever is none of the others.
    #[default]
    News,
    /// 公文: a document with 文号, issuer or signature date.
    Document,
    /// A company's or a person's card.
    Profile,
    /// A picture's caption that stands alone.
    Photo,
    /// 公告, 启事: told to the public.
    Notice,
}

impl Kind {
    /// Every kind, in the order in which they are listed to people.
    pub const ALL: [Self; 5] =
        [Self::News, Self::Document, Self::Profile, Self::Photo, Self::Notice];

    /// The word in records and filters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Document => "document",
            Self::Profile => "profile",
            Self::Photo => "photo",
            Self::Notice => "notice",
        }
    }
}

/// One reason for cutting an article out where it was cut.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// 1-based line of the file.
    pub line: u32,
    /// The rule's name.
    pub rule: String,
    /// The words in the text that the rule saw.
    pub evidence: String,
    /// How much it speaks for the cut; negative against.
    pub weight: f32,
}

/// Why an article begins where it does, and how sure that is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Cut {
    /// From 0 (a guess) to 1 (certain).
    pub confidence: f32,
    /// The evidence, in the order of the lines.
    pub reasons: Vec<Reason>,
}

/// Whether a cut should be looked at by a person.
#[must_use]
pub fn cut_confidence_is_low(confidence: f32) -> bool {
    confidence < 0.6
}

/// Fields of the record that a file states about an article itself (JSONL): taken as they are.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct GivenFields {
    /// An id that the article already has.
    pub id: Option<String>,
    /// The publication's name.
    pub publication: Option<String>,
    /// The issue's number.
    pub issue_number: Option<String>,
    /// The issue's date.
    pub issue_date: Option<CivilDate>,
    /// The page.
    pub page: Option<String>,
    /// The issue's date with its evidence, as a record has it.
    pub issue_note: Option<IssueDate>,
    /// The article's own date.
    pub date: Option<CivilDate>,
    /// The article's own date with its evidence, as a record has it.
    pub date_note: Option<DateNote>,
    /// Who issued a document.
    pub issuer: Option<String>,
    /// Who wrote and photographed.
    pub byline: Option<Byline>,
    /// Districts, primary first: as a record has them, or with a name or code alone, which is to
    /// be looked up; these have no path.
    pub districts: Option<Vec<Place>>,
    /// Towns, streets, villages, as a record has them.
    pub places: Option<Vec<Place>>,
    /// Topics.
    pub topics: Option<Vec<Topic>>,
}

/// An article cut out of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// What sort of text it is.
    pub kind: Kind,
    /// 栏目 or running banner that it stands under.
    pub section: Option<String>,
    /// 引题.
    pub kicker: Option<String>,
    /// 主题 as printed, its lines joined by one space, without marks of Markdown.
    pub title: Option<String>,
    /// 副题, of articles that state one themselves; in an article that was cut out a `——` line is
    /// part of the title.
    pub subtitle: Option<String>,
    /// The outlet in brackets at the head of a reprinted item, without the brackets.
    pub outlet: Option<String>,
    /// 文号 as printed.
    pub docno: Option<String>,
    /// Paragraphs separated by `\n`; breaks of the scan undone; dateline as printed; without
    /// headline, outlet, 文号 line and credit lines.
    pub body: String,
    /// Credit lines as printed, separated by `\n`.
    pub credit: Option<String>,
    /// Lines of the file that the article owns.
    pub lines: Vec<LineRange>,
    /// Why it begins where it does.
    pub cut: Cut,
    /// What a person should know about it.
    pub warnings: Vec<String>,
    /// What the file itself states about it.
    pub given: Option<Box<GivenFields>>,
}
