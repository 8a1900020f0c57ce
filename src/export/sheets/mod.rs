//! Spreadsheets (Office Open XML, ISO/IEC 29500) with typed cells: articles, rows of indicators, wide
//! tables. A row is on disk before the next one comes.

mod about;
pub(super) mod articles;
pub(super) mod batch;
pub(super) mod figures;
mod heads;
pub(super) mod pivot;
#[cfg(test)]
mod read_back;
pub(super) mod settings;
pub(super) mod workbook;
