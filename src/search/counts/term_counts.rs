//! Counts of values that are terms of the index: genres, and what is stated of indicators.

use serde::Serialize;
use utoipa::ToSchema;

use super::totals::{TermCounts, most_first};
use crate::index::{TermField, name_of_term};
use crate::search::{Archive, Count, FigureTotals, Request, SearchError};

/// How much articles state of indicators.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct FigureCounts {
    /// Figures: what an article repeats is one.
    pub figures: u64,
    /// Articles that have some.
    pub articles: u64,
    /// Articles by indicator, most first.
    pub indicators: Vec<Count>,
}

impl Archive {
    /// Counts what the matching articles state of indicators.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn figure_counts(&self, request: &Request) -> Result<FigureCounts, SearchError> {
        self.guard(|| {
            let matching = self.matching(request)?;
            let engine = self.engine();
            let counts = engine.count_by_term(TermField::Figure, Some(&matching), name_of)?;
            let TermCounts { values: figures, articles, by_key } = counts;
            Ok(FigureCounts { figures, articles, indicators: most_first(by_key) })
        })
    }

    /// The same of all articles.
    pub(in crate::search) fn count_figures(&self) -> Result<FigureTotals, SearchError> {
        let counts = self.engine().count_by_term(TermField::Figure, None, name_of)?;
        let TermCounts { values: figures, articles, by_key } = counts;
        Ok(FigureTotals { figures, articles, indicators: most_first(by_key) })
    }

    /// Counts the matching articles by genre, most first.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn genre_counts(&self, request: &Request) -> Result<Vec<Count>, SearchError> {
        self.guard(|| {
            let matching = self.matching(request)?;
            let engine = self.engine();
            let counts = engine.count_by_term(TermField::Genre, Some(&matching), |genre| genre)?;
            Ok(most_first(counts.by_key))
        })
    }
}

fn name_of(figure: &str) -> &str {
    name_of_term(figure).0
}
