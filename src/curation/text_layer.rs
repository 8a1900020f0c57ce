//! Characters that the scan misread: the corrected words over the printed text of an article.

use crate::model::{Article, Misread, Record, Span, TextCorrection, TextField, UnplacedReason};

/// Why a correction of the text does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextProblem {
    /// It names no characters, or the ones that it gives are the same.
    Nothing,
    /// What it names stands nowhere, as printed or as corrected before.
    NotFound,
    /// It stands in this many places.
    Several(usize),
}

impl From<TextProblem> for UnplacedReason {
    fn from(problem: TextProblem) -> Self {
        match problem {
            TextProblem::Nothing | TextProblem::NotFound => Self::NoSuchText,
            TextProblem::Several(places) => Self::AmbiguousText { places: places as u64 },
        }
    }
}

/// The texts of an article with the corrections done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorrectedTexts {
    /// The places that are printed otherwise, by field and place: for
    /// [`Record::printed`](crate::model::Record).
    pub misread: Vec<Misread>,
    /// For each correction whether it was done, in their order.
    pub done: Vec<Result<(), TextProblem>>,
}

impl CorrectedTexts {
    /// Adds the fields of an article that were replaced as wholes since its text was corrected:
    /// `printed` is the article before, `corrected` that with the corrections of the text.
    pub(super) fn replace_fields(
        &mut self,
        printed: &Article,
        corrected: &Article,
        replaced: &Article,
    ) {
        for field in TextField::ALL {
            let now = replaced.text(field);
            let Some(was) = printed.text(field).filter(|_| now != corrected.text(field)) else {
                continue;
            };
            self.misread.retain(|place| place.field != field);
            let end = now.map_or(0, str::len);
            if now != Some(was) {
                self.misread.push(Misread { field, start: 0, end, printed: was.to_owned() });
            }
        }
        self.misread.sort_by_key(|place| (place.field, place.start));
    }
}

/// Does corrections of the text, one after the other: each at the one place where its words stand
/// between the characters that it gives around them, as the corrections before it left the text or as
/// it is printed.
#[must_use]
pub fn correct_texts(article: &mut Article, corrections: &[TextCorrection]) -> CorrectedTexts {
    let mut layers: Vec<TextLayer> = TextField::ALL
        .into_iter()
        .filter_map(|field| {
            let printed = article.text(field)?.to_owned();
            Some(TextLayer { field, printed, edits: Vec::new() })
        })
        .collect();
    let done = corrections.iter().map(|correction| correct(&mut layers, correction)).collect();
    let mut misread = Vec::new();
    for layer in layers.iter().filter(|layer| !layer.edits.is_empty()) {
        let (current, places) = layer.current();
        misread.extend(layer.edits.iter().zip(places).map(|(edit, place)| Misread {
            field: layer.field,
            start: place.start,
            end: place.end,
            printed: layer.printed[edit.at.clone()].to_owned(),
        }));
        set_text(article, layer.field, current);
    }
    CorrectedTexts { misread, done }
}

/// Checks that a correction of the text can be done behind those that were done on an article.
///
/// # Errors
/// When its words do not stand in one place.
pub fn check_text(record: &Record, correction: &TextCorrection) -> Result<(), TextProblem> {
    let layers = TextField::ALL.into_iter().filter_map(|field| TextLayer::of(record, field));
    correct(&mut layers.collect::<Vec<_>>(), correction)
}

fn correct(layers: &mut [TextLayer], correction: &TextCorrection) -> Result<(), TextProblem> {
    let TextCorrection { from, to, .. } = correction;
    if from.is_empty() || from == to {
        return Err(TextProblem::Nothing);
    }
    let find = |text: &dyn Fn(&TextLayer) -> String| -> Vec<(usize, Span)> {
        let of_layer = |(at, layer)| {
            places(&text(layer), correction).into_iter().map(move |place| (at, place))
        };
        layers.iter().enumerate().flat_map(of_layer).collect()
    };
    let now = find(&|layer| layer.current().0);
    let printed = if now.is_empty() { find(&|layer| layer.printed.clone()) } else { Vec::new() };
    match (now.as_slice(), printed.as_slice()) {
        ([(layer, place)], _) => layers[*layer].edit(place, to),
        ([], [(layer, place)]) => layers[*layer].edit_printed(place, to),
        ([], []) => return Err(TextProblem::NotFound),
        _ => return Err(TextProblem::Several(now.len().max(printed.len()))),
    }
    Ok(())
}

/// The places of the words of a correction in a text, between the characters around them.
fn places(text: &str, correction: &TextCorrection) -> Vec<Span> {
    let TextCorrection { from, before, after, .. } = correction;
    let whole = format!("{before}{from}{after}");
    let starts = text.char_indices().map(|(at, _)| at);
    starts
        .filter(|&at| text[at..].starts_with(&whole))
        .map(|at| at + before.len()..at + before.len() + from.len())
        .collect()
}

/// A printed text and what stands for parts of it.
struct TextLayer {
    field: TextField,
    printed: String,
    /// In the order of their places, which do not overlap.
    edits: Vec<TextEdit>,
}

struct TextEdit {
    /// The place in the printed text.
    at: Span,
    to: String,
}

impl TextLayer {
    /// A field of an article as it was corrected so far. One that was decided as a whole is corrected
    /// as it is printed, before that decision.
    fn of(record: &Record, field: TextField) -> Option<Self> {
        let (now, printed) =
            (field.of(record), record.printed_texts().find(|of| of.field == field));
        let printed = printed.map(|printed| printed.text).or_else(|| now.map(str::to_owned))?;
        let mut layer = Self { field, printed, edits: Vec::new() };
        let is_whole = field_name(field)
            .is_some_and(|name| record.corrections.iter().any(|applied| applied.field == name));
        if is_whole {
            return Some(layer);
        }
        // The ends of the last place, as it is now and as printed.
        let (mut done, mut printed_to) = (0, 0);
        for place in record.printed.iter().filter(|place| place.field == field) {
            let part = |from, to| now.unwrap_or_default().get(from..to);
            let (Some(before), Some(to)) = (part(done, place.start), part(place.start, place.end))
            else {
                continue;
            };
            let start = printed_to + before.len();
            (done, printed_to) = (place.end, start + place.printed.len());
            layer.edits.push(TextEdit { at: start..printed_to, to: to.to_owned() });
        }
        Some(layer)
    }

    /// The corrected text, and where in it the words of each edit stand.
    fn current(&self) -> (String, Vec<Span>) {
        let (mut text, mut places, mut done) = (String::new(), Vec::new(), 0);
        for edit in &self.edits {
            text.push_str(&self.printed[done..edit.at.start]);
            let start = text.len();
            text.push_str(&edit.to);
            places.push(start..text.len());
            done = edit.at.end;
        }
        text.push_str(&self.printed[done..]);
        (text, places)
    }

    /// Puts words at a place of the corrected text.
    fn edit(&mut self, place: &Span, to: &str) {
        let (text, places) = self.current();
        // The printed place of a corrected one that is in no edit.
        let printed = |at: usize| {
            let before = places.iter().zip(&self.edits).rev().find(|(now, _)| now.end <= at);
            before.map_or(at, |(now, edit)| edit.at.end + (at - now.end))
        };
        let met: Vec<(&Span, &TextEdit)> =
            places.iter().zip(&self.edits).filter(|(now, _)| meet(now, place)).collect();
        let mut whole = place.clone();
        let mut at = printed(place.start)..printed(place.end);
        if let (Some((first, first_edit)), Some((last, last_edit))) = (met.first(), met.last()) {
            if first.start <= place.start {
                (whole.start, at.start) = (first.start, first_edit.at.start);
            }
            if last.end >= place.end {
                (whole.end, at.end) = (last.end, last_edit.at.end);
            }
        }
        let to = [&text[whole.start..place.start], to, &text[place.end..whole.end]].concat();
        self.put(at, to);
    }

    /// Puts words at a place of the printed text.
    fn edit_printed(&mut self, place: &Span, to: &str) {
        let met = || self.edits.iter().filter(|edit| meet(&edit.at, place));
        let start =
            met().map(|edit| edit.at.start).min().map_or(place.start, |at| at.min(place.start));
        let end = met().map(|edit| edit.at.end).max().map_or(place.end, |at| at.max(place.end));
        let to = [&self.printed[start..place.start], to, &self.printed[place.end..end]].concat();
        self.put(start..end, to);
    }

    /// Puts an edit in the place of those that it meets. One that leaves what is printed is none.
    fn put(&mut self, at: Span, to: String) {
        self.edits.retain(|edit| !(at.start <= edit.at.start && edit.at.end <= at.end));
        if self.printed[at.clone()] != to {
            let place = self.edits.partition_point(|edit| edit.at.start < at.start);
            self.edits.insert(place, TextEdit { at, to });
        }
    }
}

/// Whether two places share a character, or one is empty and within the other.
fn meet(one: &Span, other: &Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// What a field is called in entries, of those that can be decided as wholes.
fn field_name(field: TextField) -> Option<&'static str> {
    match field {
        TextField::Kicker => Some("kicker"),
        TextField::Title => Some("title"),
        TextField::Subtitle => Some("subtitle"),
        TextField::Outlet => Some("outlet"),
        TextField::Docno => Some("docno"),
        TextField::Body | TextField::Credit => None,
    }
}

fn set_text(article: &mut Article, field: TextField, text: String) {
    match field {
        TextField::Kicker => article.kicker = Some(text),
        TextField::Title => article.title = Some(text),
        TextField::Subtitle => article.subtitle = Some(text),
        TextField::Outlet => article.outlet = Some(text),
        TextField::Docno => article.docno = Some(text),
        TextField::Body => article.body = text,
        TextField::Credit => article.credit = Some(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn correction(before: &str, from: &str, to: &str, after: &str) -> TextCorrection {
        let text = str::to_owned;
        TextCorrection { from: text(from), to: text(to), before: text(before), after: text(after) }
    }

    fn article() -> Article {
        Article {
            title: Some("禾船进了展览馆".to_owned()),
            body: "船厂把禾船送进展览馆。\n末后一条禾船。".to_owned(),
            ..Article::default()
        }
    }

    #[test]
    fn words_are_corrected_at_the_one_place_that_is_meant() {
        let mut corrected = article();
        let made = correct_texts(
            &mut corrected,
            &[
                correction("把", "禾船", "木船", "送"),
                correction("", "禾船", "木船", ""),
                correction("", "末后", "最后", ""),
                correction("", "沉船", "木船", ""),
                correction("", "船", "船", ""),
            ],
        );
        let problems = [
            Ok(()),
            Err(TextProblem::Several(2)),
            Ok(()),
            Err(TextProblem::NotFound),
            Err(TextProblem::Nothing),
        ];
        assert_eq!(made.done, problems);
        assert_eq!(corrected.body, "船厂把木船送进展览馆。\n最后一条禾船。");
        assert_eq!(corrected.title, article().title);
        let places: Vec<(&str, &str)> = (made.misread.iter())
            .map(|place| (&corrected.body[place.start..place.end], place.printed.as_str()))
            .collect();
        assert_eq!(places, [("木船", "禾船"), ("最后", "末后")]);
    }

    #[test]
    fn a_later_correction_of_a_place_counts_whether_it_names_what_is_printed_or_what_was_corrected()
    {
        for (from, to) in [("禾船送", "木舟送"), ("木船送", "木舟送"), ("船送", "舟送")]
        {
            let mut corrected = article();
            let first = correction("把", "禾船", "木船", "送");
            let made = correct_texts(&mut corrected, &[first, correction("", from, to, "进")]);
            assert_eq!(made.done, [Ok(()), Ok(())], "{from}");
            assert_eq!(corrected.body, "船厂把木舟送进展览馆。\n末后一条禾船。", "{from}");
        }
        let mut corrected = article();
        let there = correction("把", "禾船", "木船", "送");
        let back = correction("把", "木船", "禾船", "送");
        let made = correct_texts(&mut corrected, &[there, back]);
        assert_eq!((corrected, made.misread.len()), (article(), 0));
    }

    proptest! {
        /// The printed text can always be put together again from the corrected one and its places.
        #[test]
        fn what_is_printed_is_never_lost(
            printed in "[甲乙丙]{0,12}",
            corrections in proptest::collection::vec(("[甲乙丙]{1,3}", "[甲乙丁]{0,3}"), 0..6),
        ) {
            let mut article = Article { body: printed.clone(), ..Article::default() };
            let corrections: Vec<TextCorrection> = corrections
                .iter()
                .map(|(from, to)| correction("", from, to, ""))
                .collect();
            let made = correct_texts(&mut article, &corrections);
            let (mut again, mut done) = (String::new(), 0);
            for place in &made.misread {
                again.push_str(&article.body[done..place.start]);
                again.push_str(&place.printed);
                done = place.end;
            }
            again.push_str(&article.body[done..]);
            prop_assert_eq!(again, printed);
        }
    }
}
