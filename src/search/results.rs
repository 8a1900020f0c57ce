//! The results of a search: hits, totals, facets, notes, score explanations.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Cursor, PeriodCount};
use crate::model::{ArticleNotes, ByteRange, Record, Span, TextField};

/// The answer to a [`Request`](super::Request).
#[derive(Debug, Clone, Default, Serialize)]
pub struct Results {
    /// Articles that match, all pages together; without those that have only some of the words,
    /// unless some were enough.
    pub total: u64,
    /// The same with reprints counted once; equal to `total` where they are not grouped.
    pub stories: u64,
    /// Articles behind these that have only some of the words, where the request wants such, can have
    /// any, and finding them does not take too long.
    pub partial: Option<Totals>,
    /// The hits of the requested page.
    pub hits: Vec<Hit>,
    /// Cursor of the next page; none after the last hit.
    pub next: Option<Cursor>,
    /// Facets, if requested.
    pub facets: Option<Facets>,
    /// Notes on how the request was interpreted.
    pub notes: Vec<Note>,
}

/// Articles that match, and stories: the same with reprints counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// Articles.
    pub articles: u64,
    /// Stories; as many as articles where reprints are not grouped.
    pub stories: u64,
}

/// A note on how a request was interpreted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "note")]
pub enum Note {
    /// The name of a district is ambiguous in the archive; all of them are included.
    AmbiguousDistrict {
        /// The name.
        name: String,
        /// Their paths, from the province down.
        paths: Vec<Vec<String>>,
    },
    /// A known district that no article is about, or of which none has the role that was asked for.
    EmptyDistrict {
        /// The name.
        name: String,
        /// Whether articles name it in another role.
        named: bool,
    },
    /// A tag that no article has.
    UnknownTag {
        /// The name.
        name: String,
        /// Tags that it is near to, the nearest first.
        near: Vec<String>,
    },
    /// A collection that there is not.
    UnknownCollection {
        /// The name.
        name: String,
        /// Collections that it is near to, the nearest first.
        near: Vec<String>,
    },
    /// Words of the query that only ask, and are not searched for.
    QuestionWords {
        /// As they were typed.
        words: Vec<String>,
    },
    /// An ingest is under way or was stopped before its end: the reprints among the articles have
    /// not been found yet, so that none are grouped.
    UnfinishedIngest,
    /// The engine that keeps the archive does not find reprints yet: none are grouped.
    NoReprints,
}

/// An article that matches.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hit {
    /// The article.
    #[serde(flatten)]
    pub record: Record,
    /// How well it matches; only comparable within one search.
    pub score: f32,
    /// What matched where.
    pub highlights: Vec<Highlight>,
    /// Texts that were found because they look like one asked for with `≈`, as they are printed; the first
    /// ones only, as they are highlighted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub look_alikes: Vec<String>,
    /// Ids of the rows of indicators that the query asks for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<String>,
    /// Words of the query that the article lacks, folded; none where it has all that must match.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// How many other articles that match have substantially the same text, where they are grouped.
    pub reprints: u64,
    /// What people noted on the article and the collections that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noted: Option<ArticleNotes>,
    /// Explanation of the score, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<ScoreExplanation>,
}

/// Matches in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Highlight {
    /// The field.
    pub field: TextField,
    /// Byte ranges of the field's text, in order, not overlapping.
    #[serde(serialize_with = "ByteRange::list")]
    #[schema(value_type = Vec<ByteRange>)]
    pub spans: Vec<Span>,
}

/// Values of the matching articles with their counts, in descending order. Multi-valued fields
/// count an article once for each value.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Facets {
    /// Primary and other districts by canonical name.
    pub districts: Vec<Count>,
    /// The same as a tree, from the provinces down.
    pub district_tree: Vec<AreaCount>,
    /// Topic labels; an article can have several.
    pub topics: Vec<Count>,
    /// Who printed a reprinted item first; only of articles that name an outlet.
    pub outlets: Vec<Count>,
    /// Newspapers and bulletins by name.
    pub publications: Vec<Count>,
    /// Tags that people gave.
    pub tags: Vec<Count>,
    /// Collections.
    pub collections: Vec<Count>,
    /// News, document, profile, photo, notice; every article has one.
    pub kinds: Vec<Count>,
    /// Years of the article's date, in order of time; articles without a date are not in it.
    pub years: Vec<PeriodCount>,
    /// Months (`2023-02`), likewise.
    pub months: Vec<PeriodCount>,
    /// Articles that are possible in several years, and certainly of none.
    pub spread_years: u64,
    /// The same of months.
    pub spread_months: u64,
    /// Articles without a date.
    pub undated: u64,
    /// Articles without a district.
    pub unplaced: u64,
}

/// A value and the number of articles that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Count {
    /// The value.
    pub value: String,
    /// Articles.
    pub count: u64,
}

/// How much an archive states of indicators.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureTotals {
    /// Figures: what an article states more than once counts once for it.
    pub figures: u64,
    /// Articles with figures.
    pub articles: u64,
    /// Indicators, by their folded names, with the articles that state them, most first.
    pub indicators: Vec<Count>,
}

/// A unit and the number of articles of it and of the units in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct AreaCount {
    /// Canonical name.
    pub name: String,
    /// Articles, each once.
    pub count: u64,
    /// The units in it, by descending count.
    #[schema(no_recursion)]
    pub within: Vec<AreaCount>,
}

/// Why an article is where it is among the hits. The points add up to the score.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScoreExplanation {
    /// The parts of the query that search the text.
    pub parts: Vec<PartScore>,
    /// BM25 of the article's terms: pairs of characters, long words, whole numbers.
    pub words: Vec<TermScore>,
    /// Points for the proximity of the words and, where some of them are enough, for those that stand at
    /// the beginning.
    #[serde(rename = "closeness")]
    pub proximity: f32,
}

/// The contribution of a part of the query to the score.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PartScore {
    /// In its normal form.
    pub part: String,
    /// Whether the article has it at all: of several parts with OR between them, one is enough.
    pub matches: bool,
    /// Whether the article contains it exactly as typed.
    pub as_typed: bool,
    /// Whether the headline does.
    pub in_headline: bool,
    /// Points.
    pub points: f32,
}

/// The contribution of a term to the score.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TermScore {
    /// The term.
    pub term: String,
    /// Points, by the term's frequency in the article, the length of the article, and how rare the
    /// term is in the archive.
    pub points: f32,
}
