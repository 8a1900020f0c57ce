//! The engine queries that plans consist of: terms, and conditions on the fields of records
//! (districts, names and numbers, dates).
//!
//! Dates of articles and issues are intervals of days. Names and numbers are compared with the
//! archive's values regardless of script, width, case and blanks: 鄭州日報 and ＡＢＣ find 郑州日报
//! and abc.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use tantivy::query::{
    BooleanQuery, EmptyQuery, Occur, Query as EngineQuery, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field as EngineField, IndexRecordOption};
use tantivy::{Searcher, TantivyError, Term as EngineTerm};

use crate::gazetteer::Gazetteer;
use crate::index::{
    FIGURES, Fields, Figure, PATH_SEPARATOR, Role, day_number, days_of_part, figure_key,
    figures_of, is_called, is_listed, names, place_key, role_of, topic_labels, with_role,
};
use crate::model::{CivilDate, DistrictRole};
use crate::query::{Amount, FigureCondition, ValueField};
use crate::search::figure_filter::holds;
use crate::search::{Note, RoleScope};
use crate::text::fold_char;

/// A query and whether documents must or must not match it.
pub(crate) type Clause = (Occur, Box<dyn EngineQuery>);

/// Documents that satisfy all clauses, at least one of which must not be an exclusion.
pub(crate) fn conjunction_of(mut clauses: Vec<Clause>) -> Box<dyn EngineQuery> {
    match clauses.pop() {
        Some((Occur::Must, only)) if clauses.is_empty() => only,
        last => {
            clauses.extend(last);
            Box::new(BooleanQuery::new(clauses))
        }
    }
}

pub(crate) fn term(field: EngineField, text: &str) -> Box<dyn EngineQuery> {
    let term = EngineTerm::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

pub(crate) fn union(mut queries: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    match queries.pop() {
        None => Box::new(EmptyQuery),
        Some(only) if queries.is_empty() => only,
        last => {
            queries.extend(last);
            Box::new(BooleanQuery::union(queries))
        }
    }
}

/// Why a request has no plan.
pub(crate) enum PlanError {
    /// A topic that neither the topic table nor an article of the archive has, and the labels of
    /// the table.
    Topic(String, Vec<String>),
    /// A district that neither the archive nor the gazetteer knows.
    District(String),
    /// An indicator that neither the archive nor the table of indicators knows.
    Indicator(String),
    /// An indicator, a unit that none of its values has, and the units that they have.
    Unit(String, String, Vec<String>),
    /// It would read so many postings, and at most so many are allowed.
    TooMuch {
        postings: u64,
        most: u64,
    },
    Engine(TantivyError),
}

impl From<TantivyError> for PlanError {
    fn from(error: TantivyError) -> Self {
        Self::Engine(error)
    }
}

impl From<std::io::Error> for PlanError {
    fn from(error: std::io::Error) -> Self {
        Self::Engine(error.into())
    }
}

/// Articles in a district, city, province, town or village, including all that lies in it, given by
/// name, short name or code. A name that the archive does not have is looked up in the gazetteer:
/// it can be a former name, or one that several cities have (高新区). Only districts of the roles
/// that `scope` takes count.
///
/// A name of several districts finds all of them, with a note.
pub(crate) fn in_district(
    searcher: &Searcher,
    fields: &Fields,
    name: &str,
    scope: RoleScope,
    notes: &mut BTreeSet<Note>,
) -> Result<Box<dyn EngineQuery>, PlanError> {
    let key = place_key(name);
    // The terms of a key, in the roles that the scope takes, that the archive has.
    let terms_of = |key: &str, scope: RoleScope| -> tantivy::Result<Vec<String>> {
        let marked = scope.roles().map(|role| with_role(role, key));
        let known = marked.filter_map(|key| {
            let count = searcher.doc_freq(&EngineTerm::from_field_text(fields.place, &key));
            count.map(|count| (count > 0).then_some(key)).transpose()
        });
        known.collect()
    };
    let mut found: Vec<Box<dyn EngineQuery>> = Vec::new();
    let mut paths = BTreeSet::new();
    let mut decided = false;
    let mut named = !terms_of(&key, RoleScope::Any)?.is_empty();
    if named {
        found.extend(terms_of(&key, scope)?.iter().map(|key| term(fields.place, key)));
        let called = paths_called(searcher, &key, scope)?;
        // If the name is ambiguous in all articles (高新区), the gazetteer lists the candidates.
        decided = called.is_empty() || called.values().any(|is_bare| !is_bare);
        paths.extend(called.into_iter().filter(|(_, is_bare)| !is_bare).map(|(path, _)| path));
    }
    if !decided {
        let gazetteer = Gazetteer::built_in();
        let divisions = gazetteer.resolve_ids(name);
        if divisions.is_empty() && !named {
            return Err(PlanError::District(name.to_owned()));
        }
        for id in divisions {
            let division = gazetteer.division(id);
            // Zones have no code.
            let key = division.code.map_or_else(|| place_key(&division.name), str::to_owned);
            named |= !terms_of(&key, RoleScope::Any)?.is_empty();
            let terms = terms_of(&key, scope)?;
            if !terms.is_empty() {
                found.extend(terms.iter().map(|key| term(fields.place, key)));
                paths.insert(gazetteer.path(id));
            }
        }
    }
    if found.is_empty() {
        notes.insert(Note::EmptyDistrict { name: name.to_owned(), named });
    } else if paths.len() > 1 {
        let paths = paths.into_iter().collect();
        notes.insert(Note::AmbiguousDistrict { name: name.to_owned(), paths });
    }
    Ok(union(found))
}

/// The paths of the archive's divisions with this name. Each comes with whether it is just the
/// name, without parents: a district that stayed ambiguous in its articles.
fn paths_called(
    searcher: &Searcher,
    key: &str,
    scope: RoleScope,
) -> tantivy::Result<BTreeMap<Vec<String>, bool>> {
    let mut paths = BTreeMap::new();
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str(names::AREA)? else { continue };
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let marked = String::from_utf8_lossy(stream.key());
            let (role, path) = role_of(&marked);
            if !scope.takes(role) {
                continue;
            }
            let units: Vec<&str> = path.split(PATH_SEPARATOR).collect();
            for (at, unit) in units.iter().enumerate() {
                if is_called(unit, key) {
                    let path = units[..=at].iter().map(|&name| name.to_owned()).collect();
                    let is_bare = units.len() == 1;
                    // A name that also begins a longer path is not bare.
                    *paths.entry(path).or_insert(true) &= is_bare;
                }
            }
        }
    }
    Ok(paths)
}

/// Articles with a value in a field. Outlets, publications, sections, issuers, document numbers and
/// file paths match by a part; names, pages and topics match as a whole; ids match by a prefix.
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
    let stored_in = field_of(fields, field);
    let terms = match field {
        // Planned elsewhere.
        ValueField::District
        | ValueField::NamedDistrict
        | ValueField::Tag
        | ValueField::Collection => return Ok(Box::new(EmptyQuery)),
        ValueField::Topic => return topic(searcher, fields, value),
        ValueField::Outlet
        | ValueField::Publication
        | ValueField::Section
        | ValueField::Issuer
        | ValueField::Source => terms(searcher, stored_in, part),
        ValueField::Docno => {
            let wanted = in_one_style(wanted);
            terms(searcher, stored_in, |stored| in_one_style(&folded(stored)).contains(&wanted))
        }
        ValueField::Genre | ValueField::Page => terms(searcher, stored_in, whole),
        ValueField::Id => {
            terms(searcher, stored_in, |stored: &str| stored.starts_with(wanted.as_str()))
        }
        ValueField::Indicator => return with_indicator(searcher, fields, value),
        ValueField::Author => terms(searcher, stored_in, name(None)),
        ValueField::Reporter => terms(searcher, stored_in, name(Some(Role::Reporter))),
        ValueField::Correspondent => terms(searcher, stored_in, name(Some(Role::Correspondent))),
        ValueField::Photographer => terms(searcher, stored_in, name(Some(Role::Photographer))),
    };
    Ok(any_of(terms?))
}

/// Articles that state an indicator, by any of its names.
fn with_indicator(
    searcher: &Searcher,
    fields: &Fields,
    name: &str,
) -> Result<Box<dyn EngineQuery>, PlanError> {
    let found = figures(searcher, fields, name, |_| true)?;
    if found.is_empty() && !is_listed(name) {
        return Err(PlanError::Indicator(name.to_owned()));
    }
    Ok(any_of(found))
}

/// Articles that state a value of an indicator that compares like this with an amount.
pub(crate) fn with_figure(
    searcher: &Searcher,
    fields: &Fields,
    wanted: &FigureCondition,
) -> Result<Box<dyn EngineQuery>, PlanError> {
    let mut units = BTreeSet::new();
    let mut is_known = is_listed(&wanted.name);
    let found = figures(searcher, fields, &wanted.name, |figure| {
        is_known = true;
        units.extend(figure.unit.clone().filter(|_| figure.value.is_some()));
        holds(wanted, figure)
    })?;
    if !is_known {
        return Err(PlanError::Indicator(wanted.name.clone()));
    }
    let typed = Amount::parse(&wanted.amount).and_then(|amount| amount.unit);
    match typed {
        Some(typed) if !units.is_empty() && !units.contains(&typed) => {
            Err(PlanError::Unit(wanted.name.clone(), typed, units.into_iter().collect()))
        }
        _ => Ok(any_of(found)),
    }
}

/// The terms of an indicator, by any of its names, for which `is_meant` holds.
fn figures(
    searcher: &Searcher,
    fields: &Fields,
    name: &str,
    mut is_meant: impl FnMut(&Figure) -> bool,
) -> tantivy::Result<Vec<EngineTerm>> {
    let begins = figures_of(&figure_key(name));
    let mut found = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(fields.figure)?;
        let mut stream = index.terms().range().ge(&begins).into_stream()?;
        while stream.advance() && stream.key().starts_with(begins.as_bytes()) {
            let Ok(stored) = std::str::from_utf8(stream.key()) else { continue };
            if Figure::read(stored).is_some_and(|figure| is_meant(&figure)) {
                found.insert(stored.to_owned());
            }
        }
    }
    Ok(found.iter().map(|stored| EngineTerm::from_field_text(fields.figure, stored)).collect())
}

/// The field of the engine that a field of records is in.
pub(crate) fn field_of(fields: &Fields, field: ValueField) -> EngineField {
    match field {
        ValueField::District | ValueField::NamedDistrict => fields.place,
        ValueField::Topic => fields.topic,
        ValueField::Indicator => fields.figure,
        ValueField::Genre => fields.genre,
        ValueField::Outlet => fields.outlet,
        ValueField::Publication => fields.publication,
        ValueField::Section => fields.section,
        ValueField::Issuer => fields.issuer,
        ValueField::Docno => fields.docno,
        ValueField::Source => fields.source,
        ValueField::Page => fields.page,
        // Labels are looked up by ids.
        ValueField::Id | ValueField::Tag | ValueField::Collection => fields.id,
        ValueField::Author
        | ValueField::Reporter
        | ValueField::Correspondent
        | ValueField::Photographer => fields.author,
    }
}

/// Articles with any value in a field.
pub(crate) fn articles_with_any(
    searcher: &Searcher,
    fields: &Fields,
    field: ValueField,
) -> tantivy::Result<Box<dyn EngineQuery>> {
    if field == ValueField::Indicator {
        return Ok(term(fields.marker, FIGURES));
    }
    let role = match field {
        ValueField::Reporter => Some(Role::Reporter),
        ValueField::Correspondent => Some(Role::Correspondent),
        ValueField::Photographer => Some(Role::Photographer),
        _ => None,
    };
    let found = terms(searcher, field_of(fields, field), |stored| match field {
        ValueField::District => role_of(stored).0 == DistrictRole::About,
        _ => role.is_none_or(|role| stored.starts_with(role.mark())),
    });
    Ok(any_of(found?))
}

/// Articles with a value that is equal to one of these after folding.
pub(crate) fn articles_with_one_of(
    searcher: &Searcher,
    field: EngineField,
    values: &[String],
) -> tantivy::Result<Box<dyn EngineQuery>> {
    let wanted: Vec<String> = values.iter().map(|value| folded(value)).collect();
    let found = terms(searcher, field, |stored| wanted.contains(&folded(stored)))?;
    Ok(any_of(found))
}

/// Articles with a topic. A topic that neither the topic table nor the archive has is an error.
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

/// The distinct terms of a field, over all segments, for which `is_meant` holds.
fn terms(
    searcher: &Searcher,
    field: EngineField,
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

/// Folded and without blanks: 新开〔2022〕 92 号 equals 新开〔2022〕92号.
fn folded(text: &str) -> String {
    text.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect()
}

/// Normalises brackets, as the year of a document number may be typed in a style other than the
/// printed one.
fn in_one_style(docno: &str) -> String {
    let square = |c| match c {
        '(' | '【' => '[',
        ')' | '】' => ']',
        other => other,
    };
    docno.chars().map(square).collect()
}

/// The interval that a range of days is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntervalField {
    Article,
    Issue,
}

/// A range of days, inclusive, with ends that may be open; or the absence of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayRange {
    Days(Option<CivilDate>, Option<CivilDate>),
    Unknown,
}

/// Articles whose interval overlaps the days or, with `certain`, lies within them.
pub(crate) fn within(
    fields: &Fields,
    interval: IntervalField,
    range: DayRange,
    certain: bool,
) -> Vec<Clause> {
    let (first, last) = match interval {
        IntervalField::Article => (fields.first_day, fields.last_day),
        IntervalField::Issue => (fields.first_issue, fields.last_issue),
    };
    let (from, to) = match range {
        // The last day of an undated article is 0.
        DayRange::Unknown => return vec![must(days(last, None, Some(0)))],
        DayRange::Days(from, to) => (from.map(day_number), to.map(day_number)),
    };
    // For undated articles the last day is 0 and the first day is above all others.
    if certain {
        let begins = from.map(|from| must(days(first, Some(from), None)));
        return begins.into_iter().chain([must(days(last, Some(1), to))]).collect();
    }
    let begins = to.map(|to| must(days(first, None, Some(to))));
    let ends = from.or(to.is_none().then_some(1)).map(|from| must(days(last, Some(from), None)));
    ends.into_iter().chain(begins).collect()
}

/// Articles that speak of a day or a period that meets the days; for no days, of any.
pub(crate) fn mentioning(
    searcher: &Searcher,
    fields: &Fields,
    range: DayRange,
) -> tantivy::Result<Box<dyn EngineQuery>> {
    let (from, to) = match range {
        DayRange::Unknown => (0, u64::MAX),
        DayRange::Days(from, to) => (from.map_or(0, day_number), to.map_or(u64::MAX, day_number)),
    };
    let meets =
        |part: &str| days_of_part(part).is_some_and(|(first, last)| first <= to && from <= last);
    Ok(any_of(terms(searcher, fields.mentioned, meets)?))
}

/// Articles with a day in an inclusive range.
fn days(field: EngineField, from: Option<u64>, to: Option<u64>) -> Box<dyn EngineQuery> {
    let bound = |day: Option<u64>| {
        day.map_or(Bound::Unbounded, |day| Bound::Included(EngineTerm::from_field_u64(field, day)))
    };
    Box::new(RangeQuery::new(bound(from), bound(to)))
}

fn must(query: Box<dyn EngineQuery>) -> Clause {
    (Occur::Must, query)
}
