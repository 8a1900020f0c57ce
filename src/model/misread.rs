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
    /// The places of the printed words, and of those that stand for them; places that touch are one.
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
            let start = printed.text.len();
            printed.text.push_str(&place.printed);
            let end = printed.text.len();
            match printed.places.last_mut().filter(|_| before.is_empty()) {
                Some((then, now)) => (then.end, now.end) = (end, place.end),
                None => printed.places.push((start..end, place.start..place.end)),
            }
            done = place.end;
        }
        printed.text.push_str(&corrected[done..]);
        // Where words were taken out, the character before stands for them, else the one behind.
        for (then, now) in printed.places.iter_mut().filter(|(_, now)| now.is_empty()) {
            if let Some(kept) = corrected[..now.start].chars().next_back() {
                (then.start, now.start) =
                    (then.start - kept.len_utf8(), now.start - kept.len_utf8());
            } else if let Some(kept) = corrected[now.end..].chars().next() {
                (then.end, now.end) = (then.end + kept.len_utf8(), now.end + kept.len_utf8());
            }
        }
        printed
    }

    /// The printed words of each place with up to so many characters on both sides; places that are
    /// nearer to one another are together.
    #[must_use]
    pub fn windows(&self, around: usize) -> Vec<&str> {
        let mut windows: Vec<Span> = Vec::new();
        for (place, _) in &self.places {
            let (before, behind) = (&self.text[..place.start], &self.text[place.end..]);
            let start = before.char_indices().rev().take(around).last();
            let start = start.map_or(place.start, |(at, _)| at);
            let length = behind.char_indices().nth(around).map_or(behind.len(), |(at, _)| at);
            let end = place.end + length;
            match windows.last_mut().filter(|last| start <= last.end) {
                Some(last) => last.end = last.end.max(end),
                None => windows.push(start..end),
            }
        }
        windows.into_iter().map(|window| &self.text[window]).collect()
    }

    /// The place in the corrected text that stands for a place in the printed one, where that has
    /// misread characters: whole words that were corrected, and what is around them. Empty where
    /// nothing stands in the field any more.
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

    #[test]
    fn windows_have_what_is_around_misread_characters() {
        let corrected = "渡口添了木船，明日开渡，后日停渡。";
        let place = |word: &str, printed: &str| {
            let start = corrected.find(word).unwrap_or_default();
            let (end, printed) = (start + word.len(), printed.to_owned());
            Misread { field: TextField::Body, start, end, printed }
        };
        let places = [place("渡口", "度口"), place("木船", "禾般"), place("停", "仃")];
        let text = PrintedText::of(TextField::Body, corrected, places.iter());
        assert_eq!(text.windows(1), ["度口添了禾般，", "日仃渡"]);
        assert_eq!(text.windows(2), ["度口添了禾般，明", "后日仃渡。"]);
        assert_eq!(text.windows(99), [text.text.as_str()]);
    }

    #[test]
    fn what_was_taken_out_is_told_by_what_is_beside_it() {
        let corrected = "木船";
        let taken = |start, end, printed: &str| Misread {
            field: TextField::Body,
            start,
            end,
            printed: printed.to_owned(),
        };
        let found = |places: &[Misread], wanted: &str| {
            let text = PrintedText::of(TextField::Body, corrected, places.iter());
            let start = text.text.find(wanted)?;
            text.corrected(&(start..start + wanted.len()))
        };
        let first = [taken(0, 0, "一、")];
        assert_eq!(found(&first, "一"), Some(0..3), "at the beginning, the character behind");
        assert_eq!(found(&first, "、木"), Some(0..3));
        assert_eq!(found(&first, "、木船"), Some(0..6));
        let last = [taken(3, 6, "般"), taken(6, 6, "。")];
        assert_eq!(found(&last, "。"), Some(3..6), "behind what was corrected, that");
        assert_eq!(found(&last, "木般。"), Some(0..6));
        let ends = [taken(0, 0, "甲"), taken(3, 3, "乙"), taken(6, 6, "丙")];
        assert_eq!(
            ["甲", "乙", "丙", "甲木乙"].map(|wanted| found(&ends, wanted)),
            [Some(0..3), Some(0..3), Some(3..6), Some(0..3)]
        );
        let text = PrintedText::of(TextField::Title, "", [&taken(0, 0, "木船")].into_iter());
        assert_eq!(text.corrected(&(0..3)), Some(0..0), "nothing stands there");
    }
}
