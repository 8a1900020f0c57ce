//! The article record: the one shape that leaves the program.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::article_part::ArticlePart;
use super::correction::AppliedCorrection;
use super::cut::Cut;
use super::date::{Basis, CivilDate, DateMention, DateNote};
use super::district_role::DistrictRole;
use super::doubtful::DoubtfulPlace;
use super::id::ArticleId;
use super::indicator::Indicator;
use super::kind::Kind;
use super::line::LineRange;
use super::misread::{Misread, PrintedText};
use super::reprint::ReprintDecision;
use super::text_field::TextField;
use super::warning::ArticleWarning;
use super::wire::Worded;

/// The date of an issue as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssueDate {
    /// The day, where it is known.
    #[schema(required)]
    pub value: Option<Date>,
    /// The first day it can be.
    #[schema(required)]
    pub not_before: Option<Date>,
    /// The last day it can be.
    #[schema(required)]
    pub not_after: Option<Date>,
    /// Where it was found.
    pub basis: Basis,
}

/// 期: one day's paper, one number of a bulletin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Issue {
    /// The number as printed: 2022年第4号.
    #[schema(required)]
    pub number: Option<String>,
    /// Its date.
    pub date: IssueDate,
}

/// Who made the article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Byline {
    /// 记者, and names without a role.
    #[schema(required)]
    pub reporters: Vec<String>,
    /// 通讯员.
    #[schema(required)]
    pub correspondents: Vec<String>,
    /// 摄, 文图.
    #[schema(required)]
    pub photographers: Vec<String>,
}

/// A district or a place with its evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// Code of the gazetteer; `null` for zones and places without one.
    #[schema(required)]
    pub code: Option<String>,
    /// Canonical name.
    pub name: String,
    /// From the province down to the name itself.
    pub path: Vec<String>,
    /// Where it was found.
    pub basis: Basis,
    /// The words in the text.
    pub evidence: String,
    /// Of a district: what it is to the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<DistrictRole>,
    /// Of a district: the words in the text that tell its role best, as printed; none if it is not
    /// named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_evidence: Option<String>,
    /// Paths of other places that the words could mean, if the text does not decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ambiguous: Vec<Vec<String>>,
}

/// 文种, 体裁: what an article is by its form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Genre {
    /// 通知, 条例, 社论, 诗词, 小说, ….
    pub label: String,
    /// What is printed and shows it: the title of a document, a label, the first lines of a poem.
    pub evidence: String,
}

/// A topic with its evidence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Topic {
    /// One of the labels of the topic table.
    pub label: String,
    /// From 0 to 1.
    pub score: f32,
    /// The words that spoke for it.
    pub evidence: Vec<String>,
}

/// An article with all its metadata. Unknown values are `null`, never `""`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Record {
    /// Stable name.
    pub id: ArticleId,
    /// Path of the file below the corpus folder.
    pub source: String,
    /// 报纸, 公报.
    #[schema(required)]
    pub publication: Option<String>,
    /// 期.
    pub issue: Issue,
    /// 版.
    #[schema(required)]
    pub page: Option<String>,
    /// The address of the web page, where the file states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day on which the web page was saved, where the file states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<Date>,
    /// What recognised its text on pictures, with its version: `tesseract 5.3.0 chi_sim`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognised: Option<String>,
    /// 1-based place among the articles of its file.
    pub ordinal: u32,
    /// What sort of text it is.
    pub kind: Kind,
    /// 文种, 体裁: of documents, comments and literature, where the form shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<Genre>,
    /// 栏目.
    #[schema(required)]
    pub section: Option<String>,
    /// 引题.
    #[schema(required)]
    pub kicker: Option<String>,
    /// 主题.
    #[schema(required)]
    pub title: Option<String>,
    /// 副题.
    #[schema(required)]
    pub subtitle: Option<String>,
    /// 来源.
    #[schema(required)]
    pub outlet: Option<String>,
    /// 文号 as printed.
    #[schema(required)]
    pub docno: Option<String>,
    /// Who issued a document.
    #[schema(required)]
    pub issuer: Option<String>,
    /// Who made it.
    pub byline: Byline,
    /// The day the article speaks of.
    pub date: DateNote,
    /// The days and periods that headline and body speak of, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<DateMention>,
    /// Districts, zones, cities and provinces with their roles: those that the article is about
    /// come first, and of these the primary one.
    pub districts: Vec<Place>,
    /// Towns, streets, villages.
    pub places: Vec<Place>,
    /// One to three topics, strongest first.
    pub topics: Vec<Topic>,
    /// The text: paragraphs separated by `\n`.
    pub body: String,
    /// The numbers of territories that the body states, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// Credit and signature lines as printed, separated by `\n`.
    #[schema(required)]
    pub credit: Option<String>,
    /// Lines of the file that the article owns.
    pub lines: Vec<LineRange>,
    /// Where these lines stand on the pages of the file, if it has pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<ArticlePart>,
    /// Words of it that were recognised on a picture with low confidence, by field in the order of print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubtful: Vec<DoubtfulPlace>,
    /// Id of the earliest article with substantially the same text.
    #[schema(required)]
    pub reprint_of: Option<ArticleId>,
    /// Why it begins where it does, and how sure that is.
    pub cut: Cut,
    /// What people decided about it, in the order of their decisions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<AppliedCorrection>,
    /// Places of its text where other words are printed, which a person corrected: those are found,
    /// too. In the order of the text of each field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub printed: Vec<Misread>,
    /// Whether it is a reprint, as a person decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reprint_decided: Option<ReprintDecision>,
    /// Ids of articles whose text is now part of this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_ids: Vec<ArticleId>,
    /// Warnings.
    #[serde(serialize_with = "Worded::list")]
    #[schema(value_type = Vec<Worded<ArticleWarning>>)]
    pub warnings: Vec<ArticleWarning>,
}

impl Record {
    /// The parts of the headline that there are, in the order of print.
    pub fn headline(&self) -> impl Iterator<Item = &str> {
        let parts = [&self.kicker, &self.title, &self.subtitle];
        parts.into_iter().flatten().map(String::as_str)
    }

    /// The districts that the article is about, the primary one first.
    pub fn about(&self) -> impl Iterator<Item = &Place> {
        self.districts.iter().filter(|place| place.role == Some(DistrictRole::About))
    }

    /// What is printed beside the body, part by part in the order of print; a part that is missing
    /// is left out.
    pub fn head(&self) -> impl Iterator<Item = &str> {
        let parts =
            [&self.kicker, &self.title, &self.subtitle, &self.outlet, &self.docno, &self.credit];
        parts.into_iter().flatten().map(String::as_str)
    }

    /// The words of a field that were recognised with low confidence, in the order of its text.
    #[must_use]
    pub fn doubtful_in(&self, field: TextField) -> &[DoubtfulPlace] {
        let first = self.doubtful.partition_point(|place| place.field < field);
        let end = self.doubtful.partition_point(|place| place.field <= field);
        self.doubtful.get(first..end).unwrap_or_default()
    }

    /// The day of print, by which the earliest of several reprints is told: that of the issue, of
    /// an interval its last day; of an article that states its own day and no issue, that day.
    #[must_use]
    pub fn printed(&self) -> Option<CivilDate> {
        let issue = &self.issue.date;
        let is_given = matches!(self.date.basis, Basis::Given | Basis::Curation);
        let given = self.date.value.filter(|_| is_given);
        issue.value.or(issue.not_after).or(issue.not_before).or(given)
    }

    /// The fields of which words were corrected, as they are printed, in the order of print. Places
    /// that do not fit the text are passed over.
    pub fn printed_texts(&self) -> impl Iterator<Item = PrintedText> + '_ {
        TextField::ALL.into_iter().filter_map(|field| {
            let mut places = self.printed.iter().filter(|place| place.field == field).peekable();
            places.peek()?;
            Some(PrintedText::of(field, field.of(self).unwrap_or_default(), places))
        })
    }
}

impl TextField {
    /// The field's text in a record.
    #[must_use]
    pub fn of(self, record: &Record) -> Option<&str> {
        match self {
            Self::Kicker => record.kicker.as_deref(),
            Self::Title => record.title.as_deref(),
            Self::Subtitle => record.subtitle.as_deref(),
            Self::Outlet => record.outlet.as_deref(),
            Self::Docno => record.docno.as_deref(),
            Self::Body => Some(&record.body),
            Self::Credit => record.credit.as_deref(),
        }
    }
}
