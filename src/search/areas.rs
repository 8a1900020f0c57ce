//! Counts articles by district, as a tree: an article of 新密市 is one of 郑州市 and of 河南省, too,
//! and one of two districts of a city counts once for the city.

use std::collections::{BTreeMap, HashMap};
use std::io;

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::AreaCount;
use crate::index::PATH_SEPARATOR;

/// Articles by the path of a unit: those that are of the unit itself, and those of all that lies
/// in it.
#[derive(Debug, Default)]
pub(super) struct Areas {
    of_itself: BTreeMap<String, u64>,
    in_all: BTreeMap<String, u64>,
}

impl Areas {
    /// Articles by the name of the district that they are of.
    pub(super) fn by_name(&self) -> HashMap<String, u64> {
        let mut counts = HashMap::new();
        for (path, count) in &self.of_itself {
            let name = path.rsplit(PATH_SEPARATOR).next().unwrap_or(path);
            *counts.entry(name.to_owned()).or_default() += count;
        }
        counts
    }

    /// The units from the provinces down.
    pub(super) fn tree(&self) -> Vec<AreaCount> {
        self.below("")
    }

    fn below(&self, path: &str) -> Vec<AreaCount> {
        let mut units: Vec<AreaCount> = self
            .in_all
            .range(path.to_owned()..)
            .take_while(|(other, _)| other.starts_with(path))
            .filter_map(|(other, &count)| {
                let name = &other[path.len()..];
                let is_child = !name.is_empty() && !name.contains(PATH_SEPARATOR);
                is_child.then(|| AreaCount {
                    name: name.to_owned(),
                    count,
                    within: self.below(&format!("{other}{PATH_SEPARATOR}")),
                })
            })
            .collect();
        units.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        units
    }
}

/// The counts of one segment.
pub(super) struct Segment {
    column: StrColumn,
    /// Of each district of the column the units of its path, from the province down.
    paths: Vec<Vec<usize>>,
    /// Path of each unit.
    units: Vec<String>,
    /// Articles of each district of the column.
    of_itself: Vec<u64>,
    /// Articles in each unit.
    in_all: Vec<u64>,
    /// Numbers of the districts, and units, of one article.
    districts: Vec<u64>,
    seen: Vec<usize>,
}

impl Segment {
    pub(super) fn new(column: StrColumn) -> io::Result<Self> {
        let mut paths = Vec::new();
        let mut units: Vec<String> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let path = String::from_utf8_lossy(stream.key()).into_owned();
            let ends = path.match_indices(PATH_SEPARATOR).map(|(at, _)| at).chain([path.len()]);
            let of_path = ends.map(|end| {
                *known.entry(path[..end].to_owned()).or_insert_with(|| {
                    units.push(path[..end].to_owned());
                    units.len() - 1
                })
            });
            paths.push(of_path.collect());
        }
        drop(stream);
        let (of_itself, in_all) = (vec![0; paths.len()], vec![0; units.len()]);
        let (districts, seen) = (Vec::new(), Vec::new());
        Ok(Self { column, paths, units, of_itself, in_all, districts, seen })
    }

    /// Counts a block of articles; gives the number of those that have a district.
    pub(super) fn block(&mut self, docs: &[DocId]) -> u64 {
        let mut placed = 0;
        for &doc in docs {
            self.districts.clear();
            self.districts.extend(self.column.term_ords(doc));
            placed += u64::from(!self.districts.is_empty());
            self.seen.clear();
            for &district in &self.districts {
                let district = district as usize;
                let Some(count) = self.of_itself.get_mut(district) else { continue };
                *count += 1;
                for &unit in &self.paths[district] {
                    if !self.seen.contains(&unit) {
                        self.seen.push(unit);
                        self.in_all[unit] += 1;
                    }
                }
            }
        }
        placed
    }

    pub(super) fn add_to(self, areas: &mut Areas) {
        for (path, count) in self.paths.into_iter().zip(self.of_itself) {
            if let Some(&own) = path.last().filter(|_| count > 0) {
                *areas.of_itself.entry(self.units[own].clone()).or_default() += count;
            }
        }
        for (unit, count) in self.units.into_iter().zip(self.in_all) {
            if count > 0 {
                *areas.in_all.entry(unit).or_default() += count;
            }
        }
    }
}
