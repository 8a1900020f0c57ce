//! What speaks for an article being a reprint of another one.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::id::ArticleId;

/// What a person decided on an article: whether it is a reprint, and of which one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReprintDecision {
    /// It is none.
    No,
    /// It is one of this article, or of what that is a reprint of.
    Of(ArticleId),
}

/// How far two articles are the same item: what they have in common, and what not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReprintEvidence {
    /// Share of the shorter body, from 0 to 1, that lies in passages of 20 characters and more
    /// which stand in both.
    pub shared: f32,
    /// Numbers that are others in the same places of both bodies.
    pub other_numbers: u32,
    /// Words that are others in the same places of both bodies.
    pub other_words: u32,
    /// Days between them, by the days of print or those that they are of, whichever are closer;
    /// `None` if one of them has neither.
    pub days_apart: Option<u32>,
}
