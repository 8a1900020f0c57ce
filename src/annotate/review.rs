//! What in an article needs a person's eye: one decision for lists, counts and searches.

use super::indicators::unit_fits;
use crate::model::{
    Precision, Record, Review, cut_confidence_is_low, figure_confidence_is_low, wrong_sums,
};

/// What is to be looked at in this article, in the order of [`Review::ALL`].
pub fn reviews(record: &Record) -> impl Iterator<Item = Review> {
    let open = Review::ALL.into_iter().filter(|review| !is_confirmed(record, *review));
    open.filter(|&review| concerns(review, record))
}

/// Whether a person has said that what is doubted is right.
#[must_use]
pub fn is_confirmed(record: &Record, review: Review) -> bool {
    let of_reviews = record.corrections.iter().filter(|applied| applied.field == "confirms");
    of_reviews.into_iter().any(|applied| applied.now == review.as_str())
}

fn concerns(review: Review, record: &Record) -> bool {
    match review {
        Review::WeakCut => cut_confidence_is_low(record.cut.confidence),
        Review::Undated => record.date.precision == Precision::Unknown,
        Review::Unplaced => record.about().next().is_none(),
        Review::AmbiguousPlace => {
            let mut places = record.districts.iter().chain(&record.places);
            places.any(|place| !place.ambiguous.is_empty())
        }
        Review::DoubtfulFigure => {
            let rows = &record.indicators;
            rows.iter().any(|row| figure_confidence_is_low(row) || !unit_fits(row))
                || !wrong_sums(rows).is_empty()
        }
        Review::ArticleWarning => !record.warnings.is_empty(),
    }
}
