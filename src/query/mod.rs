//! Query string ⇄ [`Query`]. Pure: knows no engine and no clock.
//!
//! [`parse`] reads what a person types, `Display` writes it back in one normal form: parsing what
//! was printed gives the same query again. The grammar, with examples that a test holds, is in
//! ARCHITECTURE.md under "The query language". [`Synonyms`] expand a parsed query.

mod amount;
mod date_words;
mod dates;
mod error;
mod expected;
mod fields;
#[cfg(test)]
mod laws;
mod leaf;
mod lex;
mod limits;
mod node;
mod parse;
mod print;
mod synonyms;
mod unfinished;

pub use amount::{Amount, Relation};
pub use dates::{DateExpr, Dates, Relative, Year};
pub use error::ParseError;
pub use expected::{Expected, Found, Limit, Operator};
pub use fields::{
    DateField, FIELD_NAMES, KIND_NAMES, QueryField, ValueField, Within, is_none_value, kind_named,
};
pub use limits::{
    MAX_CHARACTERS, MAX_DEPTH, MAX_GAP, MAX_GAPS, MAX_NEAR_WORDS, MAX_PARTS,
    MAX_SIMILAR_CHARACTERS, MAX_SIMILAR_TEXTS, MAX_SKIPPED, MIN_SIMILAR_CHARACTERS,
};
pub use node::{FigureCondition, Node, NodeKind, PatternPiece, Query, Term, Text};
pub use parse::parse;
pub use print::value_text;
pub use synonyms::{Expansion, Synonyms, SynonymsError, SynonymsProblem};
pub use unfinished::Unfinished;
