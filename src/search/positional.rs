//! STUB
use super::near::How;
use tantivy::query::{EnableScoring, EmptyQuery, Query, Weight};
use tantivy::schema::Field;
#[derive(Debug, Clone)]
pub(super) struct Positional { pub(super) field: Field, pub(super) pieces: Vec<Vec<char>>, pub(super) how: How, pub(super) after: Option<&'static str> }
impl Query for Positional { fn weight(&self, e: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> { EmptyQuery.weight(e) } }
