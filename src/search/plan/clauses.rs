//! What plans consist of: conditions on the fields of records (districts, names and numbers, dates).
//!
//! Dates of articles and issues are intervals of days. Names and numbers are compared with the
//! archive's values regardless of script, width, case and blanks: 鄭州日報 and ＡＢＣ find 郑州日报
//! and abc.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Condition;
use crate::gazetteer::Gazetteer;
use crate::index::{
    DayField, FIGURES, Figure, PATH_SEPARATOR, Role, TermField, day_number, days_of_part,
    figure_key, figures_of, is_called, is_listed, place_key, role_of, topic_labels, with_role,
};
use crate::model::{CivilDate, DistrictRole};
use crate::query::{Amount, FigureCondition, ValueField};
use crate::search::engine::SearchEngine;
use crate::search::figure_filter::holds;
use crate::search::{Note, RoleScope, SearchError};
use crate::text::fold_char;

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
    Engine(SearchError),
}

impl From<SearchError> for PlanError {
    fn from(error: SearchError) -> Self {
        Self::Engine(error)
    }
}

/// Articles in a district, city, province, town or village, including all that lies in it, given by
/// name, short name or code. A name that the archive does not have is looked up in the gazetteer:
/// it can be a former name, or one that several cities have (高新区). Only districts of the roles
/// that `scope` takes count.
///
/// A name of several districts finds all of them, with a note.
pub(crate) fn in_district(
    engine: &dyn SearchEngine,
    name: &str,
    scope: RoleScope,
    notes: &mut BTreeSet<Note>,
) -> Result<Condition, PlanError> {
    let key = place_key(name);
    // The terms of a key, in the roles that the scope takes, that the archive has.
    let terms_of = |key: &str, scope: RoleScope| -> Result<Vec<String>, SearchError> {
        let marked = scope.roles().map(|role| with_role(role, key));
        let known = marked.filter_map(|key| {
            let count = engine.frequency(TermField::Place, &key);
            count.map(|count| (count > 0).then_some(key)).transpose()
        });
        known.collect()
    };
    let mut found: Vec<Condition> = Vec::new();
    let place = |key: &String| Condition::term(TermField::Place, key);
    let mut paths = BTreeSet::new();
    let mut decided = false;
    let mut named = !terms_of(&key, RoleScope::Any)?.is_empty();
    if named {
        found.extend(terms_of(&key, scope)?.iter().map(place));
        let called = paths_called(engine, &key, scope)?;
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
                found.extend(terms.iter().map(place));
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
    Ok(Condition::Any(found))
}

/// The paths of the archive's divisions with this name. Each comes with whether it is just the
/// name, without parents: a district that stayed ambiguous in its articles.
fn paths_called(
    engine: &dyn SearchEngine,
    key: &str,
    scope: RoleScope,
) -> Result<BTreeMap<Vec<String>, bool>, SearchError> {
    let mut paths = BTreeMap::new();
    engine.each_district(&mut |role, path| {
        if !scope.takes(role) {
            return;
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
    })?;
    Ok(paths)
}

/// Articles with a value in a field. Outlets, publications, sections, issuers, document numbers and
/// file paths match by a part; names, pages and topics match as a whole; ids match by a prefix.
pub(crate) fn articles_with(
    engine: &dyn SearchEngine,
    field: ValueField,
    value: &str,
) -> Result<Condition, PlanError> {
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
    let stored_in = field_of(field);
    let terms = match field {
        // Planned elsewhere.
        ValueField::District
        | ValueField::NamedDistrict
        | ValueField::Tag
        | ValueField::Collection => return Ok(Condition::NONE),
        ValueField::Topic => return topic(engine, value),
        ValueField::Outlet
        | ValueField::Publication
        | ValueField::Section
        | ValueField::Issuer
        | ValueField::Source => engine.terms(stored_in, "", part),
        ValueField::Docno => {
            let wanted = in_one_style(wanted);
            engine.terms(stored_in, "", |stored| in_one_style(&folded(stored)).contains(&wanted))
        }
        ValueField::Genre | ValueField::Page => engine.terms(stored_in, "", whole),
        ValueField::Id => engine.terms(stored_in, wanted, |_| true),
        ValueField::Indicator => return with_indicator(engine, value),
        ValueField::Author => engine.terms(stored_in, "", name(None)),
        ValueField::Reporter => engine.terms(stored_in, "", name(Some(Role::Reporter))),
        ValueField::Correspondent => engine.terms(stored_in, "", name(Some(Role::Correspondent))),
        ValueField::Photographer => engine.terms(stored_in, "", name(Some(Role::Photographer))),
    };
    Ok(Condition::AnyTerm(stored_in, terms?))
}

/// Articles that state an indicator, by any of its names.
fn with_indicator(engine: &dyn SearchEngine, name: &str) -> Result<Condition, PlanError> {
    let found = figures(engine, name, |_| true)?;
    if found.is_empty() && !is_listed(name) {
        return Err(PlanError::Indicator(name.to_owned()));
    }
    Ok(Condition::AnyTerm(TermField::Figure, found))
}

/// Articles that state a value of an indicator that compares like this with an amount.
pub(crate) fn with_figure(
    engine: &dyn SearchEngine,
    wanted: &FigureCondition,
) -> Result<Condition, PlanError> {
    let mut units = BTreeSet::new();
    let mut is_known = is_listed(&wanted.name);
    let found = figures(engine, &wanted.name, |figure| {
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
        _ => Ok(Condition::AnyTerm(TermField::Figure, found)),
    }
}

/// The terms of an indicator, by any of its names, for which `is_meant` holds.
fn figures(
    engine: &dyn SearchEngine,
    name: &str,
    mut is_meant: impl FnMut(&Figure) -> bool,
) -> Result<Vec<String>, SearchError> {
    let begins = figures_of(&figure_key(name));
    engine.terms(TermField::Figure, &begins, |stored| {
        Figure::read(stored).is_some_and(|figure| is_meant(&figure))
    })
}

/// The terms that a field of records is found by.
pub(crate) fn field_of(field: ValueField) -> TermField {
    match field {
        ValueField::District | ValueField::NamedDistrict => TermField::Place,
        ValueField::Topic => TermField::Topic,
        ValueField::Indicator => TermField::Figure,
        ValueField::Genre => TermField::Genre,
        ValueField::Outlet => TermField::Outlet,
        ValueField::Publication => TermField::Publication,
        ValueField::Section => TermField::Section,
        ValueField::Issuer => TermField::Issuer,
        ValueField::Docno => TermField::Docno,
        ValueField::Source => TermField::Source,
        ValueField::Page => TermField::Page,
        // Labels are looked up by ids.
        ValueField::Id | ValueField::Tag | ValueField::Collection => TermField::Id,
        ValueField::Author
        | ValueField::Reporter
        | ValueField::Correspondent
        | ValueField::Photographer => TermField::Author,
    }
}

/// Articles with any value in a field.
pub(crate) fn articles_with_any(
    engine: &dyn SearchEngine,
    field: ValueField,
) -> Result<Condition, SearchError> {
    if field == ValueField::Indicator {
        return Ok(Condition::term(TermField::Marker, FIGURES));
    }
    let role = match field {
        ValueField::Reporter => Some(Role::Reporter),
        ValueField::Correspondent => Some(Role::Correspondent),
        ValueField::Photographer => Some(Role::Photographer),
        _ => None,
    };
    let stored_in = field_of(field);
    let found = engine.terms(stored_in, "", |stored| match field {
        ValueField::District => role_of(stored).0 == DistrictRole::About,
        _ => role.is_none_or(|role| stored.starts_with(role.mark())),
    });
    Ok(Condition::AnyTerm(stored_in, found?))
}

/// Articles with a value that is equal to one of these after folding.
pub(crate) fn articles_with_one_of(
    engine: &dyn SearchEngine,
    field: TermField,
    values: &[String],
) -> Result<Condition, SearchError> {
    let wanted: Vec<String> = values.iter().map(|value| folded(value)).collect();
    let found = engine.terms(field, "", |stored| wanted.contains(&folded(stored)))?;
    Ok(Condition::AnyTerm(field, found))
}

/// Articles with a topic. A topic that neither the topic table nor the archive has is an error.
pub(crate) fn topic(engine: &dyn SearchEngine, label: &str) -> Result<Condition, PlanError> {
    let wanted = folded(label);
    let found = engine.terms(TermField::Topic, "", |stored| folded(stored) == wanted)?;
    if found.is_empty() {
        let labels = topic_labels();
        if !labels.iter().any(|label| folded(label) == wanted) {
            return Err(PlanError::Topic(label.to_owned(), labels));
        }
    }
    Ok(Condition::AnyTerm(TermField::Topic, found))
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
pub(crate) fn within(interval: IntervalField, range: DayRange, certain: bool) -> Vec<Condition> {
    let (first, last) = match interval {
        IntervalField::Article => (DayField::First, DayField::Last),
        IntervalField::Issue => (DayField::FirstOfIssue, DayField::LastOfIssue),
    };
    let days = Condition::Days;
    let (from, to) = match range {
        // The last day of an undated article is 0.
        DayRange::Unknown => return vec![days(last, None, Some(0))],
        DayRange::Days(from, to) => (from.map(day_number), to.map(day_number)),
    };
    // For undated articles the last day is 0 and the first day is above all others.
    if certain {
        let begins = from.map(|from| days(first, Some(from), None));
        return begins.into_iter().chain([days(last, Some(1), to)]).collect();
    }
    let begins = to.map(|to| days(first, None, Some(to)));
    let ends = from.or(to.is_none().then_some(1)).map(|from| days(last, Some(from), None));
    ends.into_iter().chain(begins).collect()
}

/// Articles that speak of a day or a period that meets the days; for no days, of any.
pub(crate) fn mentioning(
    engine: &dyn SearchEngine,
    range: DayRange,
) -> Result<Condition, SearchError> {
    let (from, to) = match range {
        DayRange::Unknown => (0, u64::MAX),
        DayRange::Days(from, to) => (from.map_or(0, day_number), to.map_or(u64::MAX, day_number)),
    };
    let meets =
        |part: &str| days_of_part(part).is_some_and(|(first, last)| first <= to && from <= last);
    Ok(Condition::AnyTerm(TermField::Mentioned, engine.terms(TermField::Mentioned, "", meets)?))
}
