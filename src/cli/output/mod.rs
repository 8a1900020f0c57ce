//! How are values printed in a terminal, for people and for programs?

pub(crate) mod article;
pub(crate) mod bars;
pub(crate) mod console;
pub(crate) mod explain;
pub(crate) mod facts;
pub(crate) mod failure;
pub(crate) mod files;
mod fit_failure;
pub(crate) mod noted;
pub(crate) mod nothing;
pub(crate) mod panics;
pub(crate) mod progress;
pub(crate) mod settings_failure;
pub(crate) mod snippet;
pub(crate) mod source_lines;
pub(crate) mod style_failure;
pub(crate) mod summary;
pub(crate) mod table;
mod undescribed;
pub(crate) mod usage;
pub(crate) mod watched;
pub(crate) mod why;
pub(crate) mod wrap;
