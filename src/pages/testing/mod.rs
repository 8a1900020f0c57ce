//! What the tests of pages share: an article, and HTML as snapshots hold it.

pub(crate) mod golden;
pub(crate) mod sample;
