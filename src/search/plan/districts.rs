//! What the name of a district means in this archive.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::query::Query as EngineQuery;
use tantivy::{Searcher, Term as EngineTerm};

use super::clauses::{term, union};
use super::error::PlanError;
use crate::gazetteer::Gazetteer;
use crate::index::{Fields, PATH_SEPARATOR, is_called, names, place_key};
use crate::search::Note;

/// Articles of a district, city or province, of a town or village, or of what lies below; by name,
/// short name or code. A name that the archive does not have is looked up in the gazetteer: it can
/// be a former name, or one that several cities have (高新区).
///
/// A name that means several districts is taken for all of them, with a note.
pub(crate) fn articles_of(
    searcher: &Searcher,
    fields: &Fields,
    name: &str,
    notes: &mut BTreeSet<Note>,
) -> Result<Box<dyn EngineQuery>, PlanError> {
    let key = place_key(name);
    let has = |key: &str| -> tantivy::Result<bool> {
        Ok(searcher.doc_freq(&EngineTerm::from_field_text(fields.place, key))? > 0)
    };
    let mut found: Vec<Box<dyn EngineQuery>> = Vec::new();
    let mut paths = BTreeSet::new();
    let mut decided = false;
    if has(&key)? {
        found.push(term(fields.place, &key));
        let called = paths_called(searcher, &key)?;
        // Where all that is called so was left open (高新区), the gazetteer knows which there are.
        decided = called.is_empty() || called.values().any(|is_bare| !is_bare);
        paths.extend(called.into_iter().filter(|(_, is_bare)| !is_bare).map(|(path, _)| path));
    }
    if !decided {
        let gazetteer = Gazetteer::built_in();
        let divisions = gazetteer.resolve_ids(name);
        if divisions.is_empty() && found.is_empty() {
            return Err(PlanError::District(name.to_owned()));
        }
        for id in divisions {
            let division = gazetteer.division(id);
            // Zones have no code.
            let key = division.code.map_or_else(|| place_key(&division.name), str::to_owned);
            if has(&key)? {
                found.push(term(fields.place, &key));
                paths.insert(gazetteer.path(id));
            }
        }
    }
    if found.is_empty() {
        notes.insert(Note::EmptyDistrict { name: name.to_owned() });
    } else if paths.len() > 1 {
        let paths = paths.into_iter().collect();
        notes.insert(Note::AmbiguousDistrict { name: name.to_owned(), paths });
    }
    Ok(union(found))
}

/// The paths of the units of the archive's districts that are called so, or lie above them; with
/// each, whether it is nothing but the name: a district that nothing in its article decided.
fn paths_called(searcher: &Searcher, key: &str) -> tantivy::Result<BTreeMap<Vec<String>, bool>> {
    let mut paths = BTreeMap::new();
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str(names::AREA)? else { continue };
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let path = String::from_utf8_lossy(stream.key());
            let units: Vec<&str> = path.split(PATH_SEPARATOR).collect();
            for (at, unit) in units.iter().enumerate() {
                if is_called(unit, key) {
                    let path = units[..=at].iter().map(|&name| name.to_owned()).collect();
                    let is_bare = units.len() == 1;
                    // What lies above something else is no bare name.
                    *paths.entry(path).or_insert(true) &= is_bare;
                }
            }
        }
    }
    Ok(paths)
}
