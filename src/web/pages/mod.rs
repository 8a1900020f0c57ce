//! How is a request for a page answered?

pub(crate) mod api;
pub(crate) mod article;
pub(crate) mod assets;
pub(crate) mod batch;
pub(crate) mod cite;
pub(crate) mod collections;
pub(crate) mod compare;
pub(crate) mod error;
pub(crate) mod files;
pub(crate) mod help;
pub(crate) mod indicators;
pub(crate) mod overview;
pub(crate) mod saved;
pub(crate) mod search;
pub(crate) mod source;
pub(crate) mod trend;
