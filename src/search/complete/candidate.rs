//! Completions, and what may become one.

use serde::Serialize;
use utoipa::ToSchema;

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CompletionKind {
    /// A district, city or province.
    District,
    /// A topic.
    Topic,
    /// Who printed reprinted items first.
    Outlet,
    /// A newspaper or bulletin.
    Publication,
    /// An indicator.
    Indicator,
    /// A tag that people gave.
    Tag,
    /// A collection.
    Collection,
    /// A word of the archive.
    Word,
    /// A line of a headline.
    Title,
}

/// A way in which what is being typed may go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Completion {
    /// What it is.
    pub kind: CompletionKind,
    /// The name, the words or the headline.
    pub text: String,
    /// What a district lies in, from the province down; empty for everything else, and where several
    /// districts have the name.
    pub within: Vec<String>,
    /// Number of articles that the query finds; `null` where counting them would take too long.
    pub articles: Option<u64>,
    /// The whole query with the completion in it.
    pub query: String,
}

/// A completion before it is known whether it finds anything.
pub(super) struct Candidate {
    pub(super) kind: CompletionKind,
    pub(super) text: String,
    pub(super) within: Vec<String>,
    /// Where nothing else is asked for and they are known.
    pub(super) articles: Option<u64>,
    pub(super) query: String,
}
