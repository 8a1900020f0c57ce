//! Characters that a scan misread and a person corrected: the printed text, and where it stood.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::span::Span;
use super::text_field::TextField;

/// A place of a record's text that is printed otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Misread {
    /// The field.
    pub field: TextField,
    /// The first byte of the corrected words in the field's text.
    pub start: usize,
    /// The byte behind the last of them; `start` where they were taken out.
    pub end: usize,
    /// What is printed there.
    pub printed: String,
}

/// A field of a record as it is printed, where words of it were corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedText {
    /// The field.
    pub field: TextField,
    /// Its text as printed.
    pub text: String,
    /// The places of the printed words, and of those that stand for them.
    places: Vec<(Span, Span)>,
}

impl PrintedText {
    /// A field whose corrected text has these places, in their order.
    pub(super) fn of<'a>(
        field: TextField,
        corrected: &str,
        misread: impl Iterator<Item = &'a Misread>,
    ) -> Self {
        let mut printed = Self { field, text: String::new(), places: Vec::new() };
        let mut done = 0;
        for place in misread {
            let before = corrected.get(done..place.start);
            let (Some(before), Some(_)) = (before, corrected.get(place.start..place.end)) else {
                continue;
            };
            printed.text.push_str(before);
            // Where words were taken out, the character before stands for them.
            let kept = before.chars().next_back().filter(|_| place.start == place.end);
            let kept = kept.map_or(0, char::len_utf8);
            let start = printed.text.len() - kept;
            printed.text.push_str(&place.printed);
            printed.places.push((start..printed.text.len(), place.start - kept..place.end));
            done = place.end;
        }
        printed.text.push_str(&corrected[done..]);
        printed
    }

    /// The place in the corrected text that stands for a place in the printed one, where that has
    /// misread characters: whole words that were corrected, and what is around them.
    #[must_use]
    pub fn corrected(&self, printed: &Span) -> Option<Span> {
        let meets = |place: &Span| place.start < printed.end && printed.start < place.end;
        let met: Vec<&(Span, Span)> =
            self.places.iter().filter(|(place, _)| meets(place)).collect();
        let ((first, first_now), (last, last_now)) = (met.first()?, met.last()?);
        let start = first_now.start - first.start.saturating_sub(printed.start);
        let end = last_now.end + printed.end.saturating_sub(last.end);
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_text_is_there_and_its_places_lead_to_the_corrected_one() {
        let place = |start, end, printed: &str| Misread {
            field: TextField::Body,
            start,
            end,
            printed: printed.to_owned(),
        };
        let corrected = "渡口添了木船，明日开渡。";
        let at = |word: &str| corrected.find(word).unwrap_or_default();
        let ship = place(at("木船"), at("，"), "禾般");
        let day = place(at("日"), at("日"), "、");
        let text = PrintedText::of(TextField::Body, corrected, [&ship, &day].into_iter());
        assert_eq!(text.text, "渡口添了禾般，明、日开渡。");
        let find = |wanted: &str| {
            let start = text.text.find(wanted)?;
            text.corrected(&(start..start + wanted.len())).map(|span| &corrected[span])
        };
        assert_eq!(find("禾般"), Some("木船"));
        assert_eq!(find("了禾"), Some("了木船"));
        assert_eq!(find("般，明、日"), Some("木船，明日"));
        assert_eq!(find("、"), Some("明"));
        assert_eq!(find("渡口"), None);
    }
}
