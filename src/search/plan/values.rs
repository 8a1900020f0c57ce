//! Fields of the record that hold names and numbers: which of the archive's values a person means.
//! Script, width, case and blanks make no difference: whoever asks for 鄭州日報 or ＡＢＣ means what
//! stands in the archive as 郑州日报 or abc.

use tantivy::query::{EmptyQuery, Query as EngineQuery, TermSetQuery};
use tantivy::schema::Field;
use tantivy::{Searcher, Term as EngineTerm};

use super::error::PlanError;
use crate::index::{Fields, Role, topic_labels};
use crate::query::ValueField;
use crate::text::fold_char;

/// Articles with a value in a field. Outlets, publications, sections, issuers, document numbers
/// and paths of files are found by a part of them; names, pages and topics are meant whole; an id
/// by its beginning.
pub(crate) fn articles_with(
    searcher: &Searcher,
    fields: &Fields,
    field: ValueField,
    value: &str,
) -> Result<Box<dyn EngineQuery>, PlanError> {
    let wanted = &folded(value);
    let part = |stored: &str| folded(stored).contains(wanted);
    let whole = |stored: &str| folded(stored) == *wanted;
    let name = |role: Option<Role>| {
        move |stored: &str| {
            let mark = stored.chars().next();
            let of_role = role.is_none_or(|role| mark == Some(role.mark()));
            of_role && mark.is_some_and(|mark| folded(&stored[mark.len_utf8()..]) == *wanted)
        }
    };
    let terms = match field {
        ValueField::District => return Err(PlanError::District(value.to_owned())),
        ValueField::Topic => return topic(searcher, fields, value),
        ValueField::Outlet => terms(searcher, fields.outlet, part),
        ValueField::Publication => terms(searcher, fields.publication, part),
        ValueField::Section => terms(searcher, fields.section, part),
        ValueField::Issuer => terms(searcher, fields.issuer, part),
        ValueField::Docno => {
            let wanted = in_one_style(wanted);
            terms(searcher, fields.docno, |stored| in_one_style(&folded(stored)).contains(&wanted))
        }
        ValueField::Source => terms(searcher, fields.source, part),
        ValueField::Page => terms(searcher, fields.page, whole),
        ValueField::Id => {
            terms(searcher, fields.id, |stored: &str| stored.starts_with(wanted.as_str()))
        }
        ValueField::Author => terms(searcher, fields.author, name(None)),
        ValueField::Reporter => terms(searcher, fields.author, name(Some(Role::Reporter))),
        ValueField::Correspondent => {
            terms(searcher, fields.author, name(Some(Role::Correspondent)))
        }
        ValueField::Photographer => terms(searcher, fields.author, name(Some(Role::Photographer))),
    };
    Ok(any_of(terms?))
}

/// Articles with a value that is the same as one of these, after folding.
pub(crate) fn articles_with_one_of(
    searcher: &Searcher,
    field: Field,
    values: &[String],
) -> tantivy::Result<Box<dyn EngineQuery>> {
    let wanted: Vec<String> = values.iter().map(|value| folded(value)).collect();
    let found = terms(searcher, field, |stored| wanted.contains(&folded(stored)))?;
    Ok(any_of(found))
}

/// Articles with a topic. One that neither the table nor an article of the archive has is an error.
pub(crate) fn topic(
    searcher: &Searcher,
    fields: &Fields,
    label: &str,
) -> Result<Box<dyn EngineQuery>, PlanError> {
    let wanted = folded(label);
    let found = terms(searcher, fields.topic, |stored| folded(stored) == wanted)?;
    if found.is_empty() {
        let labels = topic_labels();
        if !labels.iter().any(|label| folded(label) == wanted) {
            return Err(PlanError::Topic(label.to_owned(), labels));
        }
    }
    Ok(any_of(found))
}

fn any_of(terms: Vec<EngineTerm>) -> Box<dyn EngineQuery> {
    if terms.is_empty() { Box::new(EmptyQuery) } else { Box::new(TermSetQuery::new(terms)) }
}

/// The field's terms, of all segments, that are as asked for, each once.
fn terms(
    searcher: &Searcher,
    field: Field,
    is_meant: impl Fn(&str) -> bool,
) -> tantivy::Result<Vec<EngineTerm>> {
    let mut found = std::collections::BTreeSet::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            if let Ok(stored) = std::str::from_utf8(stream.key())
                && is_meant(stored)
            {
                found.insert(stored.to_owned());
            }
        }
    }
    Ok(found.into_iter().map(|stored| EngineTerm::from_field_text(field, &stored)).collect())
}

/// Without blanks: 新开〔2022〕 92 号 is 新开〔2022〕92号.
fn folded(text: &str) -> String {
    text.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect()
}

/// The year of a document number is printed in one style of brackets and typed in another.
fn in_one_style(docno: &str) -> String {
    let square = |c| match c {
        '(' | '【' => '[',
        ')' | '】' => ']',
        other => other,
    };
    docno.chars().map(square).collect()
}
