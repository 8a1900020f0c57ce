//! What the name of a district means in this archive.

use std::collections::BTreeSet;

use tantivy::query::{EmptyQuery, Query as EngineQuery};
use tantivy::{Searcher, Term as EngineTerm};

use super::Note;
use super::plan::{Unplanned, term, union};
use crate::index::{Fields, PATH_SEPARATOR, is_called, names, place_key, units_called};

/// Articles of a district, city or province, of a town or village, or of what lies below; by name,
/// short name or code. A name that the archive does not have is looked up in the gazetteer: it can
/// be a former name, or one that several cities have (高新区).
///
/// A name that means several is taken for all of them, with a note.
pub(super) fn articles_of(
    searcher: &Searcher,
    fields: &Fields,
    name: &str,
    notes: &mut BTreeSet<Note>,
) -> Result<Box<dyn EngineQuery>, Unplanned> {
    let key = place_key(name);
    let has = |key: &str| -> tantivy::Result<bool> {
        Ok(searcher.doc_freq(&EngineTerm::from_field_text(fields.place, key))? > 0)
    };
    if has(&key)? {
        let paths = paths_called(searcher, &key)?;
        if paths.len() > 1 {
            let paths = paths.into_iter().collect();
            notes.insert(Note::AmbiguousDistrict { name: name.to_owned(), paths });
        }
        return Ok(term(fields.place, &key));
    }
    let units = units_called(name);
    if units.is_empty() {
        return Err(Unplanned::District(name.to_owned()));
    }
    let mut found: Vec<Box<dyn EngineQuery>> = Vec::new();
    let mut paths = Vec::new();
    for unit in units {
        let key = unit.code.unwrap_or_else(|| place_key(&unit.name));
        if has(&key)? {
            found.push(term(fields.place, &key));
            paths.push(unit.path);
        }
    }
    match found.len() {
        0 => {
            notes.insert(Note::EmptyDistrict { name: name.to_owned() });
            return Ok(Box::new(EmptyQuery));
        }
        1 => {}
        _ => {
            notes.insert(Note::AmbiguousDistrict { name: name.to_owned(), paths });
        }
    }
    Ok(union(found))
}

/// The paths of the units of the archive's districts that are called so, or lie above them.
fn paths_called(searcher: &Searcher, key: &str) -> tantivy::Result<BTreeSet<Vec<String>>> {
    let mut paths = BTreeSet::new();
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str(names::AREA)? else { continue };
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let path = String::from_utf8_lossy(stream.key());
            let units: Vec<&str> = path.split(PATH_SEPARATOR).collect();
            for (at, unit) in units.iter().enumerate() {
                if is_called(unit, key) {
                    paths.insert(units[..=at].iter().map(|&name| name.to_owned()).collect());
                }
            }
        }
    }
    Ok(paths)
}
