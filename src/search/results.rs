//! What a search gives back.

use serde::Serialize;

use crate::model::{Record, Span};

/// The answer to a [`Request`](super::Request).
#[derive(Debug, Clone, Default, Serialize)]
pub struct Results {
    /// Articles that match, all pages together.
    pub total: u64,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Counts, if they were asked for.
    pub facets: Option<Facets>,
}

/// An article that matches.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// The article.
    #[serde(flatten)]
    pub record: Record,
    /// How well it matches; only comparable within one search.
    pub score: f32,
    /// What matched where.
    pub highlights: Vec<Highlight>,
}

/// A field of the record that is printed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// 引题.
    Kicker,
    /// 主题.
    Title,
    /// 副题.
    Subtitle,
    /// 来源.
    Outlet,
    /// 文号.
    Docno,
    /// The text.
    Body,
    /// Credit lines.
    Credit,
}

/// Matches in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Highlight {
    /// The field.
    pub field: Field,
    /// Byte ranges of the field's text, in order, not overlapping.
    pub spans: Vec<Span>,
}

/// How many of the matching articles have what, most first. Multi-valued fields count an article
/// once for each value.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Facets {
    /// Primary and other districts by canonical name.
    pub districts: Vec<Count>,
    /// Topics.
    pub topics: Vec<Count>,
    /// Outlets.
    pub outlets: Vec<Count>,
    /// Publications.
    pub publications: Vec<Count>,
    /// Kinds.
    pub kinds: Vec<Count>,
    /// Months (`2023-02`) of the article's date (its last possible day), in order of time;
    /// articles without a date are not in it.
    pub months: Vec<Count>,
    /// Articles without a date.
    pub undated: u64,
    /// Articles without a district.
    pub unplaced: u64,
}

/// A value and the number of articles that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The value.
    pub value: String,
    /// Articles.
    pub count: u64,
}
