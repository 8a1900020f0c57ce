//! Run by cargo before the program is built: hashes the rules by which files become articles
//! (`ingest/rule_sources`), lays out the words of `text/words.tsv` so that the
//! program reads them where they lie, and need not build anything when it starts; and picks out
//! those that are most frequent.

#[path = "text/layout.rs"]
mod layout;
#[path = "ingest/rule_sources.rs"]
mod rule_sources;

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use layout::{Key, MOST_CODES, MOST_FREQUENCIES, MOST_PLACES, Node};
use walkdir::WalkDir;

const TABLE: &str = "src/text/words.tsv";

/// Places for beginnings of two characters and more: a third of them stays empty, so that the
/// others are found soon.
const HASHED: usize = 730_000;

/// Words that the records of an index are packed with.
const COMMON_WORDS: usize = 8_000;

fn main() {
    println!("cargo:rustc-env=DIBAO_RULES={}", rule_sources::fingerprint(&rule_files()));
    println!("cargo:rerun-if-changed={TABLE}");
    println!("cargo:rerun-if-changed=src/text/layout.rs");
    println!("cargo:rerun-if-changed=src/build.rs");
    let text = fs::read_to_string(TABLE).expect("the table of words");
    let rows = rows(&text);
    let frequencies = Frequencies::of(&rows);
    let codes = Codes::of(&rows);
    let words = words(&rows, &codes, &frequencies);
    let nodes = nodes(&words, codes.count);

    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names a folder"));
    let write = |name: &str, bytes: Vec<u8>| {
        fs::write(folder.join(name), bytes).expect("cargo's folder can be written to");
    };
    write("nodes", nodes.iter().flat_map(|node| node.0.to_le_bytes()).collect());
    write("codes", codes.by_char.iter().flat_map(|code| code.to_le_bytes()).collect());
    write("frequencies", frequencies.bytes());
    write("common_words", common_words(&rows));
    let total: u64 = rows.iter().map(|&(_, frequency)| u64::from(frequency)).sum();
    let longest = words.iter().map(|word| word.codes.len()).max().unwrap_or_default();
    let facts = [
        ("Places for beginnings of one character.", "const DIRECT: usize", codes.count as u64 + 1),
        ("Places for longer ones.", "const HASHED: usize", HASHED as u64),
        ("Sum of all frequencies.", "pub(super) const TOTAL: u64", total),
        ("Characters of the longest word.", "pub(super) const LONGEST: usize", longest as u64),
        ("Changes with any row.", "pub(super) const FINGERPRINT: u64", fingerprint(&rows)),
    ];
    let lines = facts.map(|(what, name, value)| {
        format!("/// {what}\n#[allow(clippy::unreadable_literal)]\n{name} = {value};\n")
    });
    write("facts.rs", lines.concat().into_bytes());
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

/// The most frequent words of two characters and more, the most frequent last: what packs the
/// records of an index can point to them.
fn common_words(rows: &[(&str, u32)]) -> Vec<u8> {
    let long = rows.iter().filter(|(word, _)| word.chars().nth(1).is_some());
    let mut words: Vec<(u32, &str)> = long.map(|&(word, frequency)| (frequency, word)).collect();
    words.sort_unstable();
    let first = words.len().saturating_sub(COMMON_WORDS);
    words[first..].iter().flat_map(|(_, word)| word.bytes()).collect()
}

/// Every frequency once, in ascending order: a word has the number of its own.
struct Frequencies(Vec<u32>);

impl Frequencies {
    fn of(rows: &[(&str, u32)]) -> Self {
        let mut all: Vec<u32> = rows.iter().map(|&(_, frequency)| frequency).collect();
        all.sort_unstable();
        all.dedup();
        assert!(all.len() <= MOST_FREQUENCIES);
        Self(all)
    }

    /// Each frequency and its natural logarithm.
    fn bytes(&self) -> Vec<u8> {
        let each = self.0.iter().map(|&frequency| {
            [u64::from(frequency).to_le_bytes(), f64::from(frequency).ln().to_le_bytes()]
        });
        each.flatten().flatten().collect()
    }
}

/// The number of every character by its code point.
struct Codes {
    by_char: Vec<u16>,
    count: usize,
}

impl Codes {
    fn of(rows: &[(&str, u32)]) -> Self {
        let mut weights = BTreeMap::<char, u64>::new();
        for &(word, frequency) in rows {
            for c in word.chars() {
                *weights.entry(c).or_default() += u64::from(frequency);
            }
        }
        let mut chars: Vec<(char, u64)> = weights.into_iter().collect();
        chars.sort_by_key(|&(c, weight)| (std::cmp::Reverse(weight), c));
        let last = chars.iter().map(|&(c, _)| c as usize).max().unwrap_or_default();
        let mut by_char = vec![0; last + 1];
        for (code, (c, _)) in (1..).zip(&chars) {
            by_char[*c as usize] = code;
        }
        assert!(chars.len() <= MOST_CODES);
        Self { by_char, count: chars.len() }
    }
}

struct Word {
    codes: Vec<u32>,
    frequency: u32,
}

/// The words by the numbers of their characters, and in the order of these.
fn words(rows: &[(&str, u32)], codes: &Codes, frequencies: &Frequencies) -> Vec<Word> {
    let words = rows.iter().map(|&(word, frequency)| Word {
        codes: word.chars().map(|c| u32::from(codes.by_char[c as usize])).collect(),
        frequency: frequencies.0.binary_search(&frequency).expect("all are there") as u32,
    });
    let mut words: Vec<Word> = words.collect();
    words.sort_unstable_by(|a, b| a.codes.cmp(&b.codes));
    words
}

/// Every beginning of a word at its place. Those with frequent characters are placed first, so
/// that they are found first.
fn nodes(words: &[Word], codes: usize) -> Vec<Node> {
    let direct = codes + 1;
    let mut nodes = vec![Node::default(); direct + HASHED];
    // Words with the same beginning; its place, key and length.
    let mut queue = VecDeque::from([(words, 0, Key::new(0, 0), 0)]);
    while let Some((mut words, place, key, length)) = queue.pop_front() {
        let whole = words.first().filter(|word| word.codes.len() == length);
        words = &words[usize::from(whole.is_some())..];
        let mut following = Vec::new();
        for words in words.chunk_by(|a, b| a.codes[length] == b.codes[length]) {
            let code = words[0].codes[length];
            following.push(code);
            let key = Key::new(place as u32, code);
            let mut next =
                if length == 0 { code as usize } else { key.first_place(direct, HASHED) };
            while nodes.get(next).is_some_and(|node| *node != Node::default()) {
                next += 1;
            }
            nodes.resize(nodes.len().max(next + 1), Node::default());
            nodes[next] = Node::new(key, None, &[]);
            queue.push_back((words, next, key, length + 1));
        }
        // Nothing stands at 0, where characters that no word has lead to.
        if length > 0 {
            nodes[place] = Node::new(key, whole.map(|word| word.frequency), &following);
        }
    }
    assert!(nodes.len() <= MOST_PLACES);
    nodes
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
