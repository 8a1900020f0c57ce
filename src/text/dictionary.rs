//! The dictionary: the rows of `words.tsv` as a finite-state transducer, which `build.rs` makes and
//! which is read in place from the program's binary. Nothing is loaded before the first lookup.

use std::sync::LazyLock;

use fst::{Map, Streamer};

#[allow(clippy::unreadable_literal, reason = "build.rs writes them")]
mod facts {
    include!(concat!(env!("OUT_DIR"), "/dictionary.rs"));
}

pub(super) use facts::{FINGERPRINT, TOTAL_FREQUENCY};

/// Maps every word to its frequency.
static WORDS: LazyLock<Map<&[u8]>> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.fst"));
    Map::new(bytes).expect("build.rs writes a valid map")
});

/// Whether a text is a word of the dictionary.
pub(super) fn has_word(text: &str) -> bool {
    WORDS.contains_key(text)
}

/// How often a word of the dictionary occurs in the texts that it was counted in; 0 for others.
#[must_use]
pub fn word_frequency(text: &str) -> u64 {
    WORDS.get(text).unwrap_or(0)
}

/// Calls `visit` with every word that occurs in a text and its frequency: at every character, the
/// shortest word first.
pub(super) fn each_word_in<'t>(text: &'t str, mut visit: impl FnMut(&'t str, u64)) {
    let fst = WORDS.as_fst();
    for (from, _) in text.char_indices() {
        let rest = &text[from..];
        let mut node = fst.root();
        let mut frequency = 0;
        for (end, &byte) in (1..).zip(rest.as_bytes()) {
            let Some(found) = node.find_input(byte) else { break };
            let transition = node.transition(found);
            frequency += transition.out.value();
            node = fst.node(transition.addr);
            if node.is_final() {
                visit(&rest[..end], frequency + node.final_output().value());
            }
        }
    }
}

/// Calls `visit` with every word and its frequency, in the order of the code points.
pub(super) fn each_word(mut visit: impl FnMut(&str, u64)) {
    let mut words = WORDS.stream();
    while let Some((word, frequency)) = words.next() {
        if let Ok(word) = std::str::from_utf8(word) {
            visit(word, frequency);
        }
    }
}
