//! Counts articles by district, as a tree: an article of 新密市 is one of 郑州市 and of 河南省, too,
//! and one of two districts of a city counts once for the city.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, SegmentReader};

use crate::index::{PATH_SEPARATOR, names, role_of};
use crate::model::DistrictRole;
use crate::search::RoleScope;

/// The units of an archive: read once, because there are thousands, and they are the same for
/// every count.
#[derive(Debug)]
pub(crate) struct DistrictPaths {
    /// Paths.
    paths: Vec<String>,
    /// Of each unit the number of its name: several units can be called so, and a district that
    /// nothing decided is called like those that it can be.
    names: Vec<u32>,
    /// How many names there are.
    name_count: usize,
    /// For each segment, for each of its districts the role and the units of its path, from the
    /// province down.
    by_segment: Vec<Vec<(DistrictRole, Box<[u32]>)>>,
}

impl DistrictPaths {
    pub(crate) fn read(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut paths: Vec<String> = Vec::new();
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut by_segment: Vec<Vec<(DistrictRole, Box<[u32]>)>> = Vec::new();
        for reader in searcher.segment_readers() {
            let mut districts = Vec::new();
            if let Some(column) = column(reader)? {
                let mut stream = column.dictionary().stream()?;
                while stream.advance() {
                    let marked = String::from_utf8_lossy(stream.key());
                    let (role, path) = role_of(&marked);
                    let ends = path.match_indices(PATH_SEPARATOR).map(|(at, _)| at);
                    let units = ends.chain([path.len()]).map(|end| {
                        let unit = path.get(..end).unwrap_or_default();
                        known.get(unit).copied().unwrap_or_else(|| {
                            let number = paths.len() as u32;
                            known.insert(unit.to_owned(), number);
                            paths.push(unit.to_owned());
                            number
                        })
                    });
                    districts.push((role, units.collect()));
                }
            }
            by_segment.push(districts);
        }
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let names = paths.iter().map(|path| {
            let next = numbers.len() as u32;
            *numbers.entry(name_of(path)).or_insert(next)
        });
        let names: Vec<u32> = names.collect();
        let name_count = numbers.len();
        Ok(Self { paths, names, name_count, by_segment })
    }
}

/// The last name of a path.
fn name_of(path: &str) -> &str {
    path.rsplit(PATH_SEPARATOR).next().unwrap_or(path)
}

pub(super) fn column(reader: &SegmentReader) -> tantivy::Result<Option<StrColumn>> {
    reader.fast_fields().str(names::AREA)
}

/// Counts articles by their districts and by all that these lie in.
pub(crate) struct DistrictCounts {
    units: Arc<DistrictPaths>,
    /// Which districts of an article count.
    scope: RoleScope,
    /// By number of the name: articles with a district that is called so, or lies in what is.
    called: Vec<u64>,
    /// By unit: articles that are of it or of what lies in it.
    in_all: Vec<u64>,
    segment: usize,
    column: Option<StrColumn>,
    /// DistrictPaths, and names of districts, of one article.
    seen: Vec<u32>,
    seen_names: Vec<u32>,
}

impl DistrictCounts {
    pub(crate) fn new(units: Arc<DistrictPaths>, scope: RoleScope) -> Self {
        let (called, in_all) = (vec![0; units.name_count], vec![0; units.paths.len()]);
        let (seen, seen_names) = (Vec::new(), Vec::new());
        Self { units, scope, called, in_all, segment: 0, column: None, seen, seen_names }
    }

    pub(crate) fn segment(&mut self, at: usize, reader: &SegmentReader) -> tantivy::Result<()> {
        self.segment = at;
        self.column = column(reader)?;
        Ok(())
    }

    /// Counts a block of articles; gives the number of those that are about a district, whatever
    /// counts.
    pub(crate) fn block(&mut self, docs: &[DocId]) -> u64 {
        let Self { units, scope, called, in_all, segment, column, seen, seen_names } = self;
        let (Some(column), Some(paths)) = (column, units.by_segment.get(*segment)) else {
            return 0;
        };
        let mut placed = 0;
        for &doc in docs {
            seen.clear();
            seen_names.clear();
            let mut is_placed = false;
            for district in column.term_ords(doc) {
                let Some((role, path)) = paths.get(district as usize) else { continue };
                is_placed |= *role == DistrictRole::About;
                if !scope.takes(*role) {
                    continue;
                }
                for &unit in path {
                    if seen.contains(&unit) {
                        continue;
                    }
                    seen.push(unit);
                    in_all[unit as usize] += 1;
                    let name = units.names[unit as usize];
                    if !seen_names.contains(&name) {
                        seen_names.push(name);
                        called[name as usize] += 1;
                    }
                }
            }
            placed += u64::from(is_placed);
        }
        placed
    }

    /// Articles by the name of a district that some have, as a filter by that name finds them: those
    /// of what lies in it count, too.
    pub(crate) fn by_name(&self) -> HashMap<String, u64> {
        let Self { units, scope, called, .. } = self;
        // A name that is only what districts lie in is none of theirs.
        let mut has_own = vec![false; units.name_count];
        let districts = units.by_segment.iter().flatten().filter(|(role, _)| scope.takes(*role));
        for &own in districts.filter_map(|(_, path)| path.last()) {
            has_own[units.names[own as usize] as usize] = true;
        }
        let names = units.paths.iter().zip(&units.names).map(|(path, &name)| (path, name as usize));
        let some = names.filter(|&(_, name)| has_own[name] && called[name] > 0);
        some.map(|(path, name)| (name_of(path).to_owned(), called[name])).collect()
    }

    /// Articles by the path of a unit that they are of or that what they are of lies in.
    pub(super) fn by_path(&self) -> BTreeMap<String, u64> {
        let counts = self.units.paths.iter().zip(&self.in_all).filter(|(_, count)| **count > 0);
        counts.map(|(path, &count)| (path.clone(), count)).collect()
    }
}
