//! The only place that knows Chinese script: decode bytes, fold characters, segment words.

mod fold;
pub mod numerals;

pub use fold::{Folded, fold, fold_char};
