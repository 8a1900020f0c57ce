//! Finds what a query asked for in the printed text: slices of the text as it is shown.

use super::{Field, Highlight};
use crate::model::{Record, Span};
use crate::text::fold;

/// Spans that are given for one field at most, the first ones: a 40-page document with a common
/// word would otherwise have thousands.
pub const MOST_SPANS: usize = 200;

/// Marks every place where one of the texts (folded) stands in a printed field. Fields without a
/// place are left out; places that overlap or touch are one.
pub(super) fn highlights(record: &Record, texts: &[String]) -> Vec<Highlight> {
    let fields = [
        (Field::Kicker, record.kicker.as_deref()),
        (Field::Title, record.title.as_deref()),
        (Field::Subtitle, record.subtitle.as_deref()),
        (Field::Outlet, record.outlet.as_deref()),
        (Field::Docno, record.docno.as_deref()),
        (Field::Body, Some(record.body.as_str())),
        (Field::Credit, record.credit.as_deref()),
    ];
    let marked = fields.into_iter().filter_map(|(field, text)| {
        let spans = spans(text?, texts);
        (!spans.is_empty()).then_some(Highlight { field, spans })
    });
    marked.collect()
}

fn spans(text: &str, wanted: &[String]) -> Vec<Span> {
    let folded = fold(text);
    let mut found: Vec<Span> = Vec::new();
    for wanted in wanted.iter().filter(|wanted| !wanted.is_empty()) {
        let step = wanted.chars().next().map_or(1, char::len_utf8);
        let mut from = 0;
        let mut count = 0;
        while let Some(at) = folded.text[from..].find(wanted.as_str())
            && count < MOST_SPANS
        {
            let start = from + at;
            found.push(start..start + wanted.len());
            // Occurrences may overlap: 高新高 stands twice in 高新高新高.
            from = start + step;
            count += 1;
        }
    }
    found.sort_unstable_by_key(|span| (span.start, span.end));
    let mut joined: Vec<Span> = Vec::new();
    for span in found {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined.truncate(MOST_SPANS);
    joined.into_iter().map(|span| folded.origin(span)).collect()
}
