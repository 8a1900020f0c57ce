//! Single files and single articles: the report on a file, what stands in it, what a request marks
//! in an article.

use std::ops::Range;

use tantivy::query::{BooleanQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term as EngineTerm};

use super::collect::top_hits::AllHits;
use super::explain::highlight::highlights;
use super::rank::order::SortKey;
use super::{Archive, Highlight, Request, SearchError, Sort};
use crate::index::{ARTICLE, FILE, stored};
use crate::model::{ArticleId, FileReport, LineRange, Record};

/// Articles of a file that are read without looking where in it they stand.
const MAX_DIRECT: usize = 200;

/// Articles before a line that are looked at for lines behind it: an article can have a later part
/// behind the beginning of others.
const BEFORE: usize = 50;

impl Archive {
    /// The report on the file of this path, as records have it in `source`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn file_report(&self, source: &str) -> Result<Option<FileReport>, SearchError> {
        let report = self.in_file(FILE, source)?.first().copied();
        let read = |address| stored(self.searcher(), &self.fields(), address);
        report.map(|place| read(place.address)).transpose().map_err(|e| self.engine_error(&e))
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
        let places = self.in_file(ARTICLE, source)?;
        let first = if places.len() > MAX_DIRECT {
            self.first_from(&places, lines.0)?.saturating_sub(BEFORE)
        } else {
            0
        };
        let mut found = Vec::new();
        for place in places.get(first..).unwrap_or_default() {
            let record = self.record(place.address)?;
            if record.lines.first().is_some_and(|own| own.0 > lines.1) {
                break;
            }
            if record.lines.iter().any(|own| own.0 <= lines.1 && lines.0 <= own.1) {
                found.push(record);
            }
        }
        Ok(found)
    }

    /// The articles that stand before and behind this one in its file.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn neighbours(&self, record: &Record) -> Result<[Option<Record>; 2], SearchError> {
        let places = self.in_file(ARTICLE, &record.source)?;
        let before = places.iter().rev().find(|place| place.ordinal < record.ordinal);
        let behind = places.iter().find(|place| place.ordinal > record.ordinal);
        let read =
            |place: Option<&SortKey>| place.map(|place| self.record(place.address)).transpose();
        Ok([read(before)?, read(behind)?])
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
        Ok(highlights(record, &self.planner(request).marks(&request.query)))
    }

    /// The first articles whose ids begin like this, at most so many, and how many there are.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn with_id_prefix(
        &self,
        id: &ArticleId,
        most: usize,
    ) -> Result<(Vec<Record>, u64), SearchError> {
        if id.0.is_empty() {
            return Ok((Vec::new(), 0));
        }
        let places = self.places(id)?;
        let first = places.iter().take(most).map(|place| self.record(place.address));
        Ok((first.collect::<Result<_, _>>()?, places.len() as u64))
    }

    /// What has this marker and is of this file, in the order of the file.
    fn in_file(&self, marker: &str, source: &str) -> Result<Vec<SortKey>, SearchError> {
        let fields = self.fields();
        let term = |field, text| -> Box<dyn EngineQuery> {
            let term = EngineTerm::from_field_text(field, text);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        let query = BooleanQuery::intersection(vec![
            term(fields.marker, marker),
            term(fields.source, source),
        ]);
        let mut all = AllHits::new(Sort::Oldest, self.ranking());
        self.collect(&query, &mut [&mut all])?;
        let mut places = all.harvest();
        places.sort_by_key(|place| (place.ordinal, place.address));
        Ok(places)
    }

    /// The position of the first article that begins on this line or later, where they are in the
    /// order of their first lines.
    fn first_from(&self, places: &[SortKey], line: u32) -> Result<usize, SearchError> {
        let begins = |address: DocAddress| -> Result<u32, SearchError> {
            Ok(self.record(address)?.lines.first().map_or(0, |own| own.0))
        };
        let mut within: Range<usize> = 0..places.len();
        while let Some(middle) = places.get(within.start.midpoint(within.end)) {
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
