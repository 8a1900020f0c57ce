//! The only module that knows Chinese script: decoding, folding, segmentation, numerals.

mod decode;
mod dictionary;
mod fold;
mod matcher;
mod near_names;
pub mod numerals;
mod partial_jieba;
pub mod search_form;
mod segment;
mod shapes;
mod solid;
pub mod surnames;
mod user_words;

pub use decode::{BadBytes, Decoded, decode, encoding_name};
pub use dictionary::word_frequency;
pub use fold::{Folded, fold, fold_char};
pub use matcher::MIN_MATCH_CHARS;
pub use near_names::nearest;
pub use search_form::{SearchForm, search_form, search_forms};
pub use segment::Segmenter;
pub use shapes::{look_alike, look_alikes};
pub use solid::{SolidText, WordsInContext};

/// A 64-bit hash of the parts.
#[must_use]
pub fn fingerprint_of(parts: &[&[u8]]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(first)
}
