//! Middleware: access checks, headers, language, log and counters.

pub(crate) mod guard;
pub(crate) mod headers;
pub(crate) mod language;
pub(crate) mod observe;
