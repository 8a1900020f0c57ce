//! Files of entries that are only ever added to: `[[KIND]]` and its fields, one below the other.
//!
//! Each entry is read on its own, so that a damaged or hostile one is named and costs no other; what
//! cannot be read stays in the file as it is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::folder::{CurationError, Turn};

/// Larger files are refused, in bytes.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// The entries of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Entries<T> {
    /// Those that can be read, in the order of the file.
    pub entries: Vec<T>,
    /// Those that cannot.
    pub faults: Vec<Fault>,
}

/// An entry that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// The 1-based line that it begins with.
    pub line: usize,
    /// What it says.
    pub text: String,
    /// What is wrong, and what was expected.
    pub reason: String,
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), faults: Vec::new() }
    }
}

/// Reads the entries `[[kind]]` of a file; none if it does not exist.
///
/// # Errors
/// When it cannot be read or is too large.
pub fn read<T: DeserializeOwned>(path: &Path, kind: &str) -> Result<Entries<T>, CurationError> {
    let io = |error| CurationError::io(path, error);
    match fs::metadata(path) {
        Ok(file) if file.len() > MAX_FILE_BYTES => {
            return Err(io(io::Error::other("it is larger than 16 MB")));
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Entries::default()),
        Err(error) => return Err(io(error)),
    }
    let content = fs::read(path).map_err(io)?;
    // Damaged bytes are seen by the entry that has them.
    let text = String::from_utf8_lossy(&content);
    let is_damaged = matches!(text, Cow::Owned(_));
    let mut found = Entries::default();
    for (line, block) in blocks(&text) {
        let read = if is_damaged && block.contains(char::REPLACEMENT_CHARACTER) {
            Err("expected text in UTF-8".to_owned())
        } else {
            entry(block, kind)
        };
        match read {
            Ok(entries) => found.entries.extend(entries),
            Err(reason) => {
                let (path, text) = (path.to_owned(), block.to_owned());
                found.faults.push(Fault { path, line, text, reason });
            }
        }
    }
    Ok(found)
}

/// Adds an entry to a file, whose other content stays as it is. A kill leaves the old file or the new
/// one.
///
/// # Errors
/// When the file cannot be read or written, or would be too large.
pub fn append<T: Serialize>(
    path: &Path,
    kind: &str,
    entry: &T,
    turn: &Turn,
) -> Result<(), CurationError> {
    append_all(path, kind, std::slice::from_ref(entry), turn)
}

/// Adds several entries to a file, all or none of them.
///
/// # Errors
/// As [`append`].
pub fn append_all<T: Serialize>(
    path: &Path,
    kind: &str,
    entries: &[T],
    _turn: &Turn,
) -> Result<(), CurationError> {
    let io = |error| CurationError::io(path, error);
    let mut content = match fs::read(path) {
        Ok(content) => content,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(io(error)),
    };
    for entry in entries {
        let written = written(kind, entry).map_err(|error| io(io::Error::other(error)))?;
        if !content.is_empty() {
            content.extend(if content.ends_with(b"\n") { "\n".bytes() } else { "\n\n".bytes() });
        }
        content.extend(written.bytes());
    }
    if content.len() as u64 > MAX_FILE_BYTES {
        return Err(io(io::Error::other("it would be larger than 16 MB")));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| CurationError::io(folder, error))?;
    }
    write_whole(path, &content)
}

/// `[[KIND]]` and the fields of the entry, with a remark at the end of each line that no other entry
/// has: where two people added entries, git keeps the lines of both, but takes equal ones for the same
/// and would mix the entries.
fn written<T: Serialize>(kind: &str, entry: &T) -> Result<String, toml::ser::Error> {
    let plain = toml::to_string(&BTreeMap::from([(kind, [entry])]))?;
    let mark = &blake3::hash(plain.as_bytes()).to_hex()[..8];
    let mut marked = String::with_capacity(plain.len() * 2);
    let mut within: Option<&str> = None;
    for line in plain.lines() {
        let begun = within;
        let mut rest = line;
        // Texts of several lines stay as they are.
        while let Some((at, quotes)) = next_quotes(rest, within) {
            within = if within.is_some() { None } else { Some(quotes) };
            rest = &rest[at + quotes.len()..];
        }
        marked.push_str(line);
        if begun.is_none() && within.is_none() && !line.is_empty() {
            marked.push_str("  # ");
            marked.push_str(mark);
        }
        marked.push('\n');
    }
    let is_same = marked.parse::<toml::Table>().ok() == plain.parse::<toml::Table>().ok();
    Ok(if is_same { marked } else { plain })
}

/// The next quotes around a text of several lines, and where they stand: within one, those that end it.
fn next_quotes(line: &str, within: Option<&str>) -> Option<(usize, &'static str)> {
    let quotes = ["\"\"\"", "'''"].into_iter();
    let quotes = quotes.filter(|quotes| within.is_none_or(|own| own == *quotes));
    quotes.filter_map(|quotes| Some((line.find(quotes)?, quotes))).min()
}

/// Replaces a file in one step.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> Result<(), CurationError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".new-");
        // Temporary files are otherwise the owner's alone.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut new = builder.tempfile_in(folder)?;
        new.write_all(content)?;
        new.as_file().sync_all()?;
        new.persist(path)?;
        #[cfg(unix)]
        fs::File::open(folder)?.sync_all()?;
        Ok(())
    };
    write().map_err(|error| CurationError::io(path, error))
}

/// Beginnings of entries that a text of several lines within one may seem to have.
const MAX_SEEMING: usize = 100;

/// How often over a file is read at most in search of the ends of such texts. Behind that an entry ends
/// at the next line that one can begin with.
const MAX_SEARCHES: usize = 4;

/// The blocks of a file, each with the line that it begins with: from one `[[` at the beginning of a
/// line to the next, or to a later one where it is no TOML otherwise, since that line stands in a
/// text of several lines. What stands before the first is a block too, unless it is blank or a remark.
fn blocks(text: &str) -> Vec<(usize, &str)> {
    let mut starts = vec![(1, 0)];
    let mut at = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if line.starts_with("[[") {
            starts.push((number, at));
        }
        at += line.len();
    }
    let mut blocks = Vec::new();
    let mut searched = 0;
    let mut rest = starts.as_slice();
    while let Some((&(line, start), behind)) = rest.split_first() {
        let end = |behind: &[(usize, usize)]| behind.first().map_or(text.len(), |next| next.1);
        let mut is_toml = |end| {
            searched += end - start;
            searched <= MAX_SEARCHES * text.len() && text[start..end].parse::<toml::Table>().is_ok()
        };
        let own = &text[start..end(behind)];
        let goes_on =
            ["\"\"\"", "'''"].iter().any(|mark| own.contains(mark)) && !is_toml(end(behind));
        let passed = goes_on.then(|| {
            let more = 1..=behind.len().min(MAX_SEEMING);
            more.into_iter().find(|&more| is_toml(end(&behind[more..])))
        });
        rest = &behind[passed.flatten().unwrap_or(0)..];
        blocks.push((line, &text[start..end(rest)]));
    }
    let is_empty = |block: &str| {
        block.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    };
    blocks.retain(|(_, block)| !is_empty(block));
    blocks
}

fn entry<T: DeserializeOwned>(block: &str, kind: &str) -> Result<Vec<T>, String> {
    let mut table: toml::Table =
        block.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let Some(toml::Value::Array(entries)) = table.remove(kind) else {
        return Err(format!("expected an entry that begins with [[{kind}]]"));
    };
    let read = |value: toml::Value| {
        value.try_into().map_err(|error: toml::de::Error| error.message().to_owned())
    };
    entries.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Anchor, Change, Correction, EntryId, TextCorrection};

    fn correction(change: Change, why: &str) -> Correction {
        let at = "2024-05-06T07:08:09Z".parse().expect("a time");
        let anchor = Anchor { file: "a.txt".into(), ..Anchor::default() };
        let (was, by) = (String::new(), "丁".to_owned());
        let id = EntryId::default();
        Correction { id, article: None, anchor, change, was, by, at, why: why.to_owned() }
            .identified()
    }

    #[test]
    fn every_line_of_an_entry_is_its_own() {
        let entries = ["旧稿", "新稿"].map(|why| correction(Change::Title("石桥".into()), why));
        let [one, other] = entries.map(|entry| written("correction", &entry).expect("written"));
        let lines: Vec<&str> = one.lines().filter(|line| !line.is_empty()).collect();
        assert!(lines.len() > 5, "{one}");
        let shared: Vec<&&str> = lines.iter().filter(|line| other.contains(**line)).collect();
        assert!(shared.is_empty(), "{shared:?}");
    }

    #[test]
    fn damaged_bytes_cost_the_entry_that_has_them_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.toml");
        let entry =
            |why: &str| written("correction", &correction(Change::Begins, why)).expect("written");
        let (sound, damaged) = (entry("查原报"), entry("查原报又一"));
        let mut content = format!("{sound}\n{damaged}").into_bytes();
        let at = content.len() - 4;
        content[at] = 0xff;
        fs::write(&path, content).expect("written");
        let found: Entries<Correction> = read(&path, "correction").expect("read");
        assert_eq!(found.entries, [correction(Change::Begins, "查原报")]);
        let [fault] = found.faults.as_slice() else { panic!("{found:?}") };
        assert!(fault.reason.contains("UTF-8"), "{fault:?}");
    }

    #[test]
    fn texts_that_never_end_are_searched_for_their_ends_within_bounds() {
        let text = "[[correction]]\nwhy = \"\"\"\n".repeat(20_000);
        // Two of them are one entry as long as it is looked for: the second mark ends the first text.
        let found = blocks(&text);
        assert!((10_000..=20_000).contains(&found.len()), "{}", found.len());
        assert_eq!(found.iter().map(|(_, block)| block.len()).sum::<usize>(), text.len());
    }

    #[test]
    fn whatever_an_entry_says_is_read_again() {
        let text =
            TextCorrection { from: "己".into(), to: "已".into(), ..TextCorrection::default() };
        for (change, why) in [
            (Change::Begins, "一行\n[[correction]]\nid = 3\n'''\"\"\"\\\u{0}"),
            (Change::Title("\n[[".into()), ""),
            (Change::Text(text), "]]"),
            (Change::Topics(vec!["能源".into()]), ""),
        ] {
            let entry = correction(change, why);
            let text = written("correction", &entry).expect("written");
            let blocks = blocks(&text);
            assert_eq!(blocks.len(), 1, "{text}");
            let read: Vec<Correction> = super::entry(blocks[0].1, "correction").expect("read");
            assert_eq!(read, [entry], "{text}");
        }
    }
}
