//! Decisions as pages list them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{decided, kind, role};
use crate::model::Change;
use crate::present::Lang;

/// What was decided; empty where there is no value.
#[must_use]
pub fn decided_value(lang: Lang, change: &Change) -> String {
    match change {
        Change::Kind(of) => kind(lang, *of).to_owned(),
        Change::Lines(of) => role(lang, *of).to_owned(),
        other => decided(lang, &other.field(), &other.now()),
    }
}

/// A time to the minute, where this machine is.
#[must_use]
pub fn minute(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The day of a time, where this machine is.
#[must_use]
pub fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d").to_string()
}
