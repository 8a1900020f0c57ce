//! The input of feature extraction.

use std::collections::HashMap;

use super::align::TitleMatch;
use super::cohesion::Cohesion;
use super::unit::Unit;

/// A file before its units are labelled.
pub(super) struct FeatureContext<'a> {
    pub units: &'a [Unit],
    pub cohesion: &'a Cohesion,
    /// Headlines known from the table of contents, by first unit.
    pub matches: &'a HashMap<usize, TitleMatch>,
    /// Section names of the table of contents.
    pub sections: &'a [String],
    /// Number of titles that the table of contents lists.
    pub listed: usize,
}
