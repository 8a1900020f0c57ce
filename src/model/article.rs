//! An article as the splitter cuts it: parts and lines, before anything is read out of its words.

use serde::Deserialize;

use super::article_part::ArticlePart;
use super::cut::Cut;
use super::date::{CivilDate, DateInterval, DateNote};
use super::doubtful::StatedDoubt;
use super::kind::Kind;
use super::line::LineRange;
use super::record::{Byline, IssueDate, Place, Topic};
use super::text_field::TextField;

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
    /// The address of the web page.
    pub url: Option<String>,
    /// The day on which the web page was saved.
    pub accessed: Option<CivilDate>,
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
    /// Where it stands on the pages of a file that it was read from before, as a record has them.
    pub pages: Option<Vec<ArticlePart>>,
    /// What recognised its text on pictures, as a record has it.
    pub recognised: Option<String>,
    /// Words that were recognised with low confidence, as a record has them: places in the fields of the article
    /// as the file states it.
    pub doubtful: Option<Vec<StatedDoubt>>,
    /// Topics with their scores and evidence; `None` leaves them to be determined.
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
    /// What the file itself states about it.
    pub given: Option<Box<GivenFields>>,
    /// If it states no day, the time of the articles beside it in a JSONL file.
    pub beside: Option<DateInterval>,
}

impl Article {
    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: TextField) -> Option<&str> {
        match field {
            TextField::Kicker => self.kicker.as_deref(),
            TextField::Title => self.title.as_deref(),
            TextField::Subtitle => self.subtitle.as_deref(),
            TextField::Outlet => self.outlet.as_deref(),
            TextField::Docno => self.docno.as_deref(),
            TextField::Body => Some(&self.body),
            TextField::Credit => self.credit.as_deref(),
        }
    }
}
