//! What stands around every answer: who may ask, headers, the log, counters?

pub(crate) mod guard;
pub(crate) mod headers;
pub(crate) mod language;
pub(crate) mod observe;
