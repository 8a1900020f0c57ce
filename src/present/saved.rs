//! Saved searches as requests, and what is new of one.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::{ParamError, SearchParams};
use crate::curation::{SavedSearch, Told, ToldArticle};
use crate::model::{LineRange, Record};
use crate::search::{Archive, Request, SearchError};

/// Characters of the hash of a file that are kept of an article that was told.
const CONTENT_CHARS: usize = 16;

/// A search as an entry has it: what stands behind the `?` of its address, encoded no more than is
/// needed to read it again. It has no pages: these are left out.
#[must_use]
pub fn saved_text(params: &SearchParams) -> String {
    let whole = SearchParams { limit: None, ..params.from_the_start() };
    // What was written can be read.
    let pairs: Vec<(String, String)> =
        serde_html_form::from_str(&whole.to_address()).unwrap_or_default();
    let pairs = pairs.iter().map(|(name, value)| {
        let value: String = value.chars().map(encoded).collect();
        format!("{name}={value}")
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// A character of a value: what has a meaning there or is not seen, as its bytes.
fn encoded(c: char) -> String {
    /// Punctuation that stays as it is.
    const PLAIN: &str = "“”：，。、；？！《》〔〕（）【】…—·≈\":()*~-_./<>";
    if c == ' ' {
        return "+".to_owned();
    }
    if c.is_alphanumeric() || PLAIN.contains(c) {
        return c.to_string();
    }
    let mut encoded = String::new();
    for byte in c.to_string().bytes() {
        // Writing into a string does not fail.
        let _ = write!(encoded, "%{byte:02X}");
    }
    encoded
}

/// Reads a saved search: a whole address, what stands behind its `?`, encoded or as people write it.
///
/// # Errors
/// When a name means nothing, or has a value that is none of its form.
pub fn saved_params(search: &SavedSearch) -> Result<SearchParams, ParamError> {
    let text = search.search.trim();
    let query =
        text.split_once('?').filter(|(before, _)| !before.contains('=')).map(|(_, behind)| behind);
    let query = query.unwrap_or(text).split('#').next().unwrap_or_default();
    // Every text is a list of pairs.
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let params = SearchParams::from_pairs(pairs)?;
    Ok(SearchParams { limit: None, ..params.from_the_start() })
}

/// Which articles are new.
#[derive(Debug, Clone)]
pub enum NewSince {
    /// Those that were not told.
    Told(Told),
    /// Those of files that were changed at this moment or later.
    Moment(Timestamp),
}

/// The files of an archive, as far as what is new depends on them.
#[derive(Debug, Default)]
pub struct FileTimes {
    /// By source: the beginning of the hash of the content, and when it was changed.
    files: HashMap<String, (String, Option<Timestamp>)>,
}

impl FileTimes {
    /// Reads the reports on all files.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn read(archive: &Archive) -> Result<Self, SearchError> {
        let files = archive.file_reports()?.into_iter().map(|report| {
            let content = report.hash.chars().take(CONTENT_CHARS).collect();
            (report.source, (content, report.changed))
        });
        Ok(Self { files: files.collect() })
    }

    /// Gives the articles of a request that are new, in the order of their files, to `visit`, until it
    /// breaks off. Needs no memory for those that are not.
    ///
    /// # Errors
    /// As a search.
    pub fn for_each_new(
        &self,
        archive: &Archive,
        request: &Request,
        since: &NewSince,
        visit: &mut dyn FnMut(Record, ToldArticle) -> ControlFlow<()>,
    ) -> Result<(), SearchError> {
        let request = Request { partial: false, ..request.clone() };
        let mut failed = None;
        archive.for_each(&request, &mut |record| {
            let article = self.told_as(&record);
            let is_new = match since {
                NewSince::Told(told) if told.knows_id(&article) => false,
                NewSince::Told(told) if told.knows(&article) => {
                    match has_its_first_line_alone(archive, &record) {
                        Ok(are_its_lines) => !are_its_lines,
                        Err(error) => {
                            failed = Some(error);
                            return ControlFlow::Break(());
                        }
                    }
                }
                NewSince::Told(_) => true,
                NewSince::Moment(moment) => {
                    let changed = self.files.get(&record.source).and_then(|(_, at)| *at);
                    changed.is_some_and(|at| at >= *moment)
                }
            };
            if is_new { visit(record, article) } else { ControlFlow::Continue(()) }
        })?;
        failed.map_or(Ok(()), Err)
    }

    /// An article as it is told.
    fn told_as(&self, record: &Record) -> ToldArticle {
        let content = self.files.get(&record.source).map(|(content, _)| content.clone());
        ToldArticle {
            ids: std::iter::once(&record.id).chain(&record.former_ids).cloned().collect(),
            content: content.unwrap_or_default(),
            lines: record.lines.clone(),
            source: record.source.clone(),
        }
    }
}

/// Whether an article can be told by its lines: many articles of a web page can come from one.
fn has_its_first_line_alone(archive: &Archive, record: &Record) -> Result<bool, SearchError> {
    let Some(&LineRange(first, _)) = record.lines.first() else { return Ok(false) };
    let there = archive.articles_in_lines(&record.source, LineRange(first, first))?;
    Ok(there.iter().all(|other| other.id == record.id))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn saved(search: &str) -> SavedSearch {
        SavedSearch { search: search.to_owned(), ..SavedSearch::default() }
    }

    #[test]
    fn a_search_is_saved_as_people_read_it_and_an_address_can_be_pasted() {
        let params = SearchParams {
            q: "氢能 标题:\"甲&乙\" 100%".into(),
            district: vec!["登封市".into()],
            any: true,
            limit: Some(5),
            ..SearchParams::default()
        };
        let text = saved_text(&params);
        assert_eq!(text, "q=氢能+标题:\"甲%26乙\"+100%25&district=登封市&any=true");
        let whole = SearchParams { limit: None, ..params };
        for typed in [
            text.clone(),
            whole.to_address(),
            format!("https://archive.example/?{text}#hits"),
            format!("/?{}&limit=20&offset=40", whole.to_address()),
        ] {
            assert_eq!(saved_params(&saved(&typed)).as_ref(), Ok(&whole), "{typed}");
        }
        assert_eq!(saved_params(&saved("")), Ok(SearchParams::default()));
        let unknown = saved_params(&saved("colour=red"));
        assert!(matches!(unknown, Err(ParamError::Unknown { .. })), "{unknown:?}");
    }

    proptest! {
        #[test]
        fn what_is_saved_is_read(q in ".*", outlet in prop::collection::vec(".*", 0..3), undated: bool) {
            let params = SearchParams { q, outlet, undated, ..SearchParams::default() };
            prop_assert_eq!(saved_params(&saved(&saved_text(&params))), Ok(params));
        }
    }
}
