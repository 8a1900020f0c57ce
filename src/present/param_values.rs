//! The values of parameters as they are written in addresses and on the command line.

use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error as NameError, StrDeserializer};

use super::{DaysParam, ParamError, ValueForm};
use crate::model::{CivilDate, Kind, Review};
use crate::query;
use crate::query::kind_named;

/// The variant of this name in addresses: the one that serde reads and the OpenAPI document lists.
#[must_use]
pub fn from_name<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<'_, NameError> = name.into_deserializer();
    T::deserialize(name).ok()
}

/// The values that are not empty: a form sends a field that nobody filled in.
pub(super) fn given(values: &[String]) -> Vec<String> {
    let values = values.iter().map(|value| value.trim());
    values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// The value of this name; the default where none is given.
pub(super) fn choice<T: Default + DeserializeOwned>(
    name: &'static str,
    word: &str,
    form: ValueForm,
) -> Result<T, ParamError> {
    if word.is_empty() { Ok(T::default()) } else { named(name, word, form) }
}

/// The value of this name.
pub(super) fn named<T: DeserializeOwned>(
    name: &'static str,
    word: &str,
    form: ValueForm,
) -> Result<T, ParamError> {
    from_name(word).ok_or_else(|| wrong(name, word, form))
}

pub(super) fn kind(word: &str) -> Result<Kind, ParamError> {
    kind_named(word).ok_or_else(|| wrong("kind", word, ValueForm::Kind))
}

pub(super) fn review(word: &str) -> Result<Review, ParamError> {
    named("review", word, ValueForm::Review)
}

pub(super) fn days(name: &'static str, typed: &str) -> Result<Option<DaysParam>, ParamError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|_| wrong(name, typed, ValueForm::Days))
}

/// A span of days as the query language has it, with both ends: 2022, 2022-01..2022-09, 去年. An empty
/// value is none. Relative ones are counted from `today`.
///
/// # Errors
/// When the value is no such span, with the name of the parameter.
pub fn period(
    name: &'static str,
    typed: &str,
    today: CivilDate,
) -> Result<Option<(CivilDate, CivilDate)>, ParamError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    // In quotes it is one value, whatever is in it.
    let query = Some(typed).filter(|typed| !typed.contains(['"', '\\']));
    let query = query.and_then(|typed| query::parse(&format!("日期:\"{typed}\"")).ok());
    let days = query.and_then(|query| {
        let (from, to) = query.days(today);
        from.zip(to)
    });
    days.map(Some).ok_or_else(|| wrong(name, typed, ValueForm::Span))
}

pub(super) fn at_most(name: &'static str, value: usize, max: usize) -> Result<usize, ParamError> {
    if value > max {
        return Err(wrong(name, &value.to_string(), ValueForm::AtMost(max)));
    }
    Ok(value)
}

pub(super) fn wrong(name: &'static str, value: &str, expected: ValueForm) -> ParamError {
    ParamError::Value { name, value: value.to_owned(), expected }
}

/// `1`, `true`, `on` and the empty value (`&any`) are yes, as forms and people write it.
///
/// # Errors
/// When the value is neither yes nor no.
pub fn flag(name: &'static str, value: &str) -> Result<bool, ParamError> {
    match value {
        "1" | "true" | "on" | "yes" | "" => Ok(true),
        "0" | "false" | "off" | "no" => Ok(false),
        _ => Err(wrong(name, value, ValueForm::Flag)),
    }
}

/// A whole number; an empty value is none.
///
/// # Errors
/// When the value is something else.
pub fn whole_number(name: &'static str, value: &str) -> Result<Option<usize>, ParamError> {
    if value.is_empty() {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_| wrong(name, value, ValueForm::WholeNumber))
}
