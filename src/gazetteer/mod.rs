//! Which districts and places are there, what are they called, and what do they lie in?
//!
//! The rows are those of `gazetteer.csv` (provinces, cities, counties and towns with their division
//! codes, from the National Bureau of Statistics) and `zones.csv` (development zones, short and
//! former names); the headers of both files state their sources. [`Gazetteer`] looks divisions up
//! by name or code. `matcher` finds all names in a text in one pass of an Aho–Corasick automaton;
//! which division a name refers to there is decided by `annotate::places`.

pub(crate) mod boundary;
mod division;
mod lookup;
pub(crate) mod matcher;
pub(crate) mod table;

pub use division::{Division, DivisionId, Level};
pub use lookup::Gazetteer;
