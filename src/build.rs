//! Run by cargo before the program is built: hashes the rules by which files become articles
//! (`ingest/rule_sources`), encodes the rows of `text/words.tsv` so that the program can look up
//! words without loading any, and collects the most frequent ones.

#[path = "ingest/rule_sources.rs"]
mod rule_sources;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fst::MapBuilder;
use walkdir::WalkDir;

const TABLE: &str = "src/text/words.tsv";

/// Number of words in the dictionary that the records of an index are compressed with.
const COMMON_WORDS: usize = 8_000;

fn main() {
    println!("cargo:rustc-env=DIBAO_RULES={}", rule_sources::fingerprint(&rule_files()));
    println!("cargo:rerun-if-changed={TABLE}");
    println!("cargo:rerun-if-changed=src/build.rs");
    let text = fs::read_to_string(TABLE).expect("the table of words");
    let rows = rows(&text);
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names a folder"));
    let write = |name: &str, bytes: Vec<u8>| {
        fs::write(folder.join(name), bytes).expect("cargo's folder can be written to");
    };
    write("dictionary.fst", transducer(&rows));
    write("dictionary.rs", facts(&rows).into_bytes());
    write("common_words", common_words(&rows));
}

/// The files that [`rule_sources::fingerprint`] is of.
fn rule_files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for path in rule_sources::PATHS {
        // A published crate can come without a lock file.
        if !Path::new(path).exists() {
            continue;
        }
        println!("cargo:rerun-if-changed={path}");
        for entry in WalkDir::new(path) {
            let entry = entry.expect("the sources can be read");
            let path = entry.path().to_str().expect("a name in UTF-8").replace('\\', "/");
            if entry.file_type().is_file() && rule_sources::counts(&path) {
                let text = fs::read_to_string(entry.path()).expect("sources are UTF-8");
                files.insert(path, text);
            }
        }
    }
    files
}

/// The words with their frequencies as a finite-state transducer.
fn transducer(rows: &[(&str, u32)]) -> Vec<u8> {
    let mut builder = MapBuilder::memory();
    for &(word, frequency) in rows {
        builder.insert(word, frequency.into()).expect("the words are in order");
    }
    builder.into_inner().expect("memory takes all words")
}

fn facts(rows: &[(&str, u32)]) -> String {
    let total: u64 = rows.iter().map(|&(_, frequency)| u64::from(frequency)).sum();
    format!(
        "/// Sum of all frequencies.
        pub(in crate::text) const TOTAL_FREQUENCY: u64 = {total};
        /// Changes with any row.
        pub(in crate::text) const FINGERPRINT: u64 = {:#x};
        ",
        fingerprint(rows)
    )
}

fn rows(text: &str) -> Vec<(&str, u32)> {
    let rows = text.lines().filter(|row| !row.starts_with('#')).map(|row| {
        let (word, frequency) = row.split_once('\t').expect("a word, a tab, a frequency");
        (word, frequency.parse().expect("a whole number"))
    });
    let rows: Vec<(&str, u32)> = rows.collect();
    assert!(
        rows.is_sorted_by(|one, next| one.0 < next.0),
        "{TABLE}: every word once, in the order of the code points"
    );
    rows
}

/// The most frequent words of two characters and more, the most frequent last: content of the
/// dictionary that the records of an index are compressed with.
fn common_words(rows: &[(&str, u32)]) -> Vec<u8> {
    let long = rows.iter().filter(|(word, _)| word.chars().nth(1).is_some());
    let mut words: Vec<(u32, &str)> = long.map(|&(word, frequency)| (frequency, word)).collect();
    words.sort_unstable();
    let first = words.len().saturating_sub(COMMON_WORDS);
    words[first..].iter().flat_map(|(_, word)| word.bytes()).collect()
}

/// FNV-1a over words and frequencies: the same on every machine and with every compiler.
fn fingerprint(rows: &[(&str, u32)]) -> u64 {
    let bytes = rows
        .iter()
        .flat_map(|(word, frequency)| word.bytes().chain([0]).chain(frequency.to_le_bytes()));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
