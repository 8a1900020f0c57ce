//! What do all pages share: the frame, links, words in both languages?

pub(crate) mod charts;
pub(crate) mod error;
pub(crate) mod frame;
#[cfg(test)]
pub(crate) mod golden;
pub mod links;
pub(crate) mod marked;
pub(crate) mod phrases;
#[cfg(test)]
pub(crate) mod sample;
