//! Single files and single articles: the report on a file, what stands in it, what a request marks
//! in an article.

use std::ops::Range;

use super::highlight::RequestMarks;
use super::plan::Condition;
use super::{Address, Archive, Highlight, Request, SearchError, Sort, SortKey};
use crate::index;
use crate::index::{ARTICLE, FILE, TermField};
use crate::model::{ArticleId, FileReport, LineRange, Record, ReprintEvidence};

/// Articles of a file that are read without looking where in it they stand.
const MAX_DIRECT: usize = 200;

/// Articles before a line that are looked at for lines behind it: an article can have a later part
/// behind the beginning of others.
const BEFORE: usize = 50;

impl Archive {
    /// The articles of this id, or whose ids begin like this. Two files of one name and with one
    /// text give one id; several articles of one full id are in the order of their files. An id that an
    /// article had leads to the one that it was joined to, unless it is that of another article.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn get(&self, id: &ArticleId) -> Result<Vec<Record>, SearchError> {
        self.guard(|| {
            if id.0.is_empty() {
                return Ok(Vec::new());
            }
            let sort_keys = self.sort_keys(id)?;
            sort_keys.into_iter().map(|sort_key| self.engine().record(sort_key.address)).collect()
        })
    }

    /// The articles with substantially the same text as the one of this full id, and that one, in
    /// the order of their dates; nothing else than the article where there are none.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn reprints(&self, id: &ArticleId) -> Result<Vec<Record>, SearchError> {
        self.guard(|| {
            let mut addresses: Vec<Address> = Vec::new();
            for sort_key in self.sort_keys(id)? {
                addresses.push(sort_key.address);
                addresses.extend(self.engine().embedded()?.same_story(sort_key.address));
            }
            addresses.sort_unstable();
            addresses.dedup();
            let mut records: Vec<Record> = addresses
                .into_iter()
                .map(|address| self.engine().record(address))
                .collect::<Result<_, _>>()?;
            records.sort_by(|a, b| {
                let key = |record: &Record| {
                    (record.printed().or(record.date.value), record.source.clone(), record.ordinal)
                };
                key(a).cmp(&key(b))
            });
            Ok(records)
        })
    }

    /// What speaks for an article being a reprint of the one that it names; `None` for an article that
    /// names none.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn reprint_evidence(
        &self,
        record: &Record,
    ) -> Result<Option<ReprintEvidence>, SearchError> {
        self.guard(|| {
            let Some(id) = &record.reprint_of else { return Ok(None) };
            let first = self.get(id)?;
            Ok(first.first().map(|first| index::reprint_evidence(record, first)))
        })
    }

    /// The reports on all files, in the order of their paths.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn file_reports(&self) -> Result<Vec<FileReport>, SearchError> {
        self.guard(|| self.engine().file_reports())
    }

    /// The reports on some of the files, in the order of their paths: without so many at the
    /// beginning, and at most so many. No others are read.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn file_reports_from(
        &self,
        first: usize,
        limit: usize,
    ) -> Result<Vec<FileReport>, SearchError> {
        self.guard(|| {
            let files = self.files()?;
            let wanted = files.iter().skip(first).take(limit);
            wanted.map(|&address| self.engine().file_report(address)).collect()
        })
    }

    /// Where the reports on all files are, in the order of their paths.
    pub(super) fn files_in_order(&self) -> Result<Vec<Address>, SearchError> {
        // Where nothing is more relevant than anything else, the order is that of the paths.
        let files = self.engine().every(&file_reports(), Sort::Relevance)?;
        Ok(files.into_iter().map(|sort_key| sort_key.address).collect())
    }

    /// How many files there are.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn file_count(&self) -> Result<u64, SearchError> {
        self.guard(|| self.engine().count(&file_reports()))
    }

    pub(super) fn sort_keys(&self, id: &ArticleId) -> Result<Vec<SortKey>, SearchError> {
        let begins = Condition::Beginning(TermField::Id, id.0.clone());
        let mut found = self.engine().every(&begins, Sort::Oldest)?;
        if found.len() > 1 && id.is_whole() {
            let former = self.kept_former_ids()?;
            found.retain(|sort_key| former.leads_to(id, sort_key.address));
        }
        Ok(found)
    }

    /// The report on the file of this path, as records have it in `source`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn file_report(&self, source: &str) -> Result<Option<FileReport>, SearchError> {
        self.guard(|| {
            let report = self.in_file(FILE, source)?.first().copied();
            report.map(|sort_key| self.engine().file_report(sort_key.address)).transpose()
        })
    }

    /// The articles of a file that own some of these lines, in the order of the file. In a file of
    /// more than 200 articles one that begins more than 50 articles earlier can be missing.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn articles_in_lines(
        &self,
        source: &str,
        lines: LineRange,
    ) -> Result<Vec<Record>, SearchError> {
        self.guard(|| {
            let sort_keys = self.in_file(ARTICLE, source)?;
            let first = if sort_keys.len() > MAX_DIRECT {
                self.first_from(&sort_keys, lines.0)?.saturating_sub(BEFORE)
            } else {
                0
            };
            let mut found = Vec::new();
            for sort_key in sort_keys.get(first..).unwrap_or_default() {
                let record = self.engine().record(sort_key.address)?;
                if record.lines.first().is_some_and(|own| own.0 > lines.1) {
                    break;
                }
                if record.lines.iter().any(|own| own.0 <= lines.1 && lines.0 <= own.1) {
                    found.push(record);
                }
            }
            Ok(found)
        })
    }

    /// The articles that stand before and behind this one in its file.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn neighbours(&self, record: &Record) -> Result<[Option<Record>; 2], SearchError> {
        self.guard(|| {
            let sort_keys = self.in_file(ARTICLE, &record.source)?;
            let before = sort_keys.iter().rev().find(|sort_key| sort_key.ordinal < record.ordinal);
            let behind = sort_keys.iter().find(|sort_key| sort_key.ordinal > record.ordinal);
            let read = |sort_key: Option<&SortKey>| {
                sort_key.map(|sort_key| self.engine().record(sort_key.address)).transpose()
            };
            Ok([read(before)?, read(behind)?])
        })
    }

    /// What a request marks in an article, whether it is among its hits or not.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn highlights(
        &self,
        request: &Request,
        record: &Record,
    ) -> Result<Vec<Highlight>, SearchError> {
        self.guard(|| Ok(self.marks(request)?.highlights(record)))
    }

    /// What a request marks, for many articles.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn marks(&self, request: &Request) -> Result<RequestMarks, SearchError> {
        self.guard(|| {
            let (request, _) = self.understood(request);
            Ok(RequestMarks(self.planner(&request).marks(&request.query)))
        })
    }

    /// The first articles whose ids begin like this, at most so many, and how many there are.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn with_id_prefix(
        &self,
        id: &ArticleId,
        limit: usize,
    ) -> Result<(Vec<Record>, u64), SearchError> {
        self.guard(|| {
            if id.0.is_empty() {
                return Ok((Vec::new(), 0));
            }
            let sort_keys = self.sort_keys(id)?;
            let first =
                sort_keys.iter().take(limit).map(|sort_key| self.engine().record(sort_key.address));
            Ok((first.collect::<Result<_, _>>()?, sort_keys.len() as u64))
        })
    }

    /// What has this marker and is of this file, in the order of the file.
    fn in_file(&self, marker: &str, source: &str) -> Result<Vec<SortKey>, SearchError> {
        let in_file = Condition::All(vec![
            Condition::term(TermField::Marker, marker),
            Condition::term(TermField::Source, source),
        ]);
        let mut sort_keys = self.engine().every(&in_file, Sort::Oldest)?;
        sort_keys.sort_by_key(|sort_key| (sort_key.ordinal, sort_key.address));
        Ok(sort_keys)
    }

    /// The position of the first article that begins on this line or later, where they are in the
    /// order of their first lines.
    fn first_from(&self, sort_keys: &[SortKey], line: u32) -> Result<usize, SearchError> {
        let begins = |address: Address| -> Result<u32, SearchError> {
            Ok(self.engine().record(address)?.lines.first().map_or(0, |own| own.0))
        };
        let mut within: Range<usize> = 0..sort_keys.len();
        while let Some(middle) = sort_keys.get(within.start.midpoint(within.end)) {
            if within.is_empty() {
                break;
            }
            let at = within.start.midpoint(within.end);
            if begins(middle.address)? < line {
                within.start = at + 1;
            } else {
                within.end = at;
            }
        }
        Ok(within.start)
    }
}

/// The reports on all files.
fn file_reports() -> Condition {
    Condition::term(TermField::Marker, FILE)
}
