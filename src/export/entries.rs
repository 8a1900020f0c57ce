//! What is in an exported file, entry by entry, and how it differs from another one.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use serde::Deserialize;

use super::csv::system_error;

/// A form of files whose entries have ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryForm {
    /// One JSON object a line, with its `id`.
    Lines,
    /// A table with a column `id`.
    Table,
}

/// The entries of a file: articles or rows of indicators.
#[derive(Debug, Default)]
pub struct ExportEntries {
    /// By their ids what they say: a hash for each entry, as two can have one id.
    known: BTreeMap<String, Vec<[u8; 16]>>,
    /// Lines and rows without an id.
    pub unreadable: u64,
}

/// How two files differ, by the ids of their entries in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryDifferences {
    /// In the first alone.
    pub gone: Vec<String>,
    /// In the second alone.
    pub new: Vec<String>,
    /// In both, and not the same.
    pub changed: Vec<String>,
}

#[derive(Deserialize)]
struct Identity {
    id: String,
}

impl ExportEntries {
    /// Reads a file to its end.
    ///
    /// # Errors
    /// When it cannot be read; what stands in it is no error.
    pub fn read(form: EntryForm, file: impl Read) -> io::Result<Self> {
        let mut entries = Self::default();
        match form {
            EntryForm::Lines => entries.read_lines(BufReader::new(file))?,
            EntryForm::Table => entries.read_table(file)?,
        }
        Ok(entries)
    }

    /// The ids, each once.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.known.values().map(|entries| entries.len() as u64).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Takes the entries of another file as well.
    pub fn extend(&mut self, other: Self) {
        for (id, said) in other.known {
            self.known.entry(id).or_default().extend(said);
        }
        self.unreadable += other.unreadable;
    }

    /// How another file differs from this one.
    #[must_use]
    pub fn differences(&self, other: &Self) -> EntryDifferences {
        let missing_in = |here: &Self, there: &Self| {
            let ids = here.known.keys().filter(|id| !there.known.contains_key(*id));
            ids.cloned().collect::<Vec<_>>()
        };
        let sorted = |said: &Vec<[u8; 16]>| {
            let mut said = said.clone();
            said.sort_unstable();
            said
        };
        let is_changed = |(id, said): &(&String, &Vec<[u8; 16]>)| {
            other.known.get(*id).is_some_and(|now| sorted(now) != sorted(said))
        };
        let changed = self.known.iter().filter(is_changed).map(|(id, _)| id.clone());
        EntryDifferences {
            gone: missing_in(self, other),
            new: missing_in(other, self),
            changed: changed.collect(),
        }
    }

    fn read_lines(&mut self, mut file: impl BufRead) -> io::Result<()> {
        let mut line = Vec::new();
        while file.read_until(b'\n', &mut line)? > 0 {
            let said = line.trim_ascii();
            let named: Option<Identity> = serde_json::from_slice(said).ok();
            if !said.is_empty() {
                self.take(named.map(|named| named.id), &[said]);
            }
            line.clear();
        }
        Ok(())
    }

    fn read_table(&mut self, file: impl Read) -> io::Result<()> {
        let mut table = ::csv::ReaderBuilder::new().flexible(true).from_reader(file);
        let head = table.byte_headers().map_err(system_error)?;
        let column = head.iter().position(|name| name == b"id");
        for row in table.into_byte_records() {
            let row = row.map_err(system_error)?;
            let id = column.and_then(|column| row.get(column));
            let id = id.and_then(|id| String::from_utf8(id.to_vec()).ok());
            self.take(id, &row.iter().collect::<Vec<_>>());
        }
        Ok(())
    }

    fn take(&mut self, id: Option<String>, fields: &[&[u8]]) {
        let Some(id) = id else {
            self.unreadable += 1;
            return;
        };
        let mut hasher = blake3::Hasher::new();
        for field in fields {
            hasher.update(&(field.len() as u64).to_le_bytes()).update(field);
        }
        let mut said = [0; 16];
        hasher.finalize_xof().fill(&mut said);
        self.known.entry(id).or_default().push(said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(form: EntryForm, text: &str) -> ExportEntries {
        ExportEntries::read(form, text.as_bytes()).expect("memory")
    }

    #[test]
    fn entries_are_told_apart_by_their_ids() {
        for (form, before, now) in [
            (
                EntryForm::Lines,
                "{\"id\":\"a\",\"x\":1}\n{\"id\":\"b\"}\n\n{\"id\":\"c\"}\nnothing\n",
                "{\"id\":\"c\"}\n{\"id\":\"a\",\"x\":2}\n{\"id\":\"d\"}\n",
            ),
            (
                EntryForm::Table,
                "\u{feff}id,x\r\na,\"1\n2\"\r\nb,\r\nc,\r\n\r\n",
                "id,x\r\nc,\r\na,1\r\nd,\r\n",
            ),
        ] {
            let (before, now) = (entries(form, before), entries(form, now));
            let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
            let expected =
                EntryDifferences { gone: ids(&["b"]), new: ids(&["d"]), changed: ids(&["a"]) };
            assert_eq!(before.differences(&now), expected, "{form:?}");
            assert_eq!(before.differences(&before), EntryDifferences::default());
            assert_eq!((before.len(), now.len()), (3, 3));
            assert_eq!(before.unreadable, u64::from(form == EntryForm::Lines));
        }
        assert_eq!(entries(EntryForm::Table, "name\r\na\r\n").unreadable, 1);
        assert!(entries(EntryForm::Table, "").is_empty());
    }
}
