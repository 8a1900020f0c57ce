//! Keys that `corpus.toml` does not have.

use toml::de::{DeTable, DeValue};

use crate::text::nearest;

/// The key at the top of the file.
const TOP: [&str; 1] = ["files"];

/// The keys of an entry of `files`.
const OF_FILES: [&str; 12] = [
    "glob",
    "publication",
    "region",
    "date",
    "date_pattern",
    "encoding",
    "page",
    "ocr",
    "pages",
    "main_text",
    "text_layer",
    "skip",
];

/// A key that is none.
pub(super) struct UnknownKey {
    /// Where it stands in the text.
    pub(super) at: usize,
    pub(super) key: String,
    /// Those that may have been meant.
    pub(super) near: Vec<String>,
}

/// The first key that is none in a text, if that is TOML.
pub(super) fn unknown_key(text: &str) -> Option<UnknownKey> {
    let top = DeTable::parse(text).ok()?;
    let of_files = top.get_ref().iter().filter(|(key, _)| key.get_ref() == TOP[0]);
    let entries = of_files.filter_map(|(_, value)| value.get_ref().as_array()).flatten();
    let entries = entries.filter_map(|entry| match entry.get_ref() {
        DeValue::Table(table) => Some(unknown_in(table, &OF_FILES)),
        _ => None,
    });
    let unknown = unknown_in(top.get_ref(), &TOP).chain(entries.flatten());
    unknown.min_by_key(|unknown| unknown.at)
}

fn unknown_in<'t>(
    table: &'t DeTable<'_>,
    known: &'static [&'static str],
) -> impl Iterator<Item = UnknownKey> + 't {
    let unknown = table.iter().filter(|(key, _)| !known.contains(&key.get_ref().as_ref()));
    unknown.map(|(key, _)| {
        let name = key.get_ref();
        // One that belongs below [[files]] can stand at the top.
        let near = nearest(name, OF_FILES.iter().map(|one| ((*one).to_owned(), *one)));
        UnknownKey { at: key.span().start, key: name.to_string(), near }
    })
}
