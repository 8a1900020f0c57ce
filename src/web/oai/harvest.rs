//! Lists of articles, page by page: the cursors are those of a search for everything. Records are
//! selected by when their file was last changed.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::envelope::{OaiError, OaiErrorCode, Page, RecordHeader, RecordItem, ResumptionToken};
use super::metadata::Prefix;
use super::request::{OaiRequest, bad_token};
use super::token::Resumption;
use crate::model::{ArticleId, Record};
use crate::search::{Cursor, Filters, Request, SearchError, Sort};
use crate::web::state::OpenArchive;
use crate::web::{Problem, Site};

/// Records of a part of a list.
const MAX_RECORDS: usize = 100;
/// Files that are searched together where records are selected by their files.
const MAX_FILES: usize = 1_000;

const IDENTIFIER: &str = "urn:dibao:article:";
const SET: &str = "publication-";

/// A part of a list.
pub(crate) struct HarvestPage {
    records: Vec<(Record, Timestamp)>,
    prefix: Prefix,
    token: Option<ResumptionToken>,
}

/// The part that is asked for.
///
/// # Errors
/// When the archive cannot be read; that nothing matches and that a token has expired are errors of the
/// protocol.
pub(crate) fn page(
    opened: &OpenArchive,
    asked: OaiRequest,
) -> Result<Result<HarvestPage, OaiError>, Problem> {
    let OaiRequest { prefix, list, changed, resumed, .. } = asked;
    if resumed && list.state != opened.state {
        return Ok(Err(bad_token()));
    }
    let Some(publications) = publications(&list.set) else { return Ok(Err(nothing())) };
    let days = opened.file_days()?;
    let files = match changed {
        (None, None) => None,
        (from, until) => {
            let is_meant =
                |at| from.is_none_or(|from| from <= at) && until.is_none_or(|to| at <= to);
            let meant = days.files().filter(|&(_, at)| is_meant(at));
            Some(meant.map(|(file, _)| file.to_owned()).collect::<Vec<String>>())
        }
    };
    let blocks: Vec<&[String]> = match &files {
        // An empty filter restricts nothing.
        None => vec![&[]],
        Some(files) => files.chunks(MAX_FILES).collect(),
    };
    let after = match list.after.as_str() {
        "" => None,
        text => match text.parse::<Cursor>() {
            Ok(after) => Some(after),
            Err(_) => return Ok(Err(bad_token())),
        },
    };
    let (mut records, mut total) = (Vec::new(), 0);
    let mut place = Some((list.block, after));
    while records.is_empty()
        && let Some((block, after)) = place.take()
    {
        let Some(sources) = blocks.get(block) else { break };
        let filters = Filters {
            publications: publications.clone(),
            sources: sources.to_vec(),
            ..Filters::default()
        };
        let (sort, limit) = (Sort::Oldest, MAX_RECORDS);
        let request = Request { filters, sort, limit, after, ..Request::default() };
        let found = match opened.archive.search(&request) {
            Err(SearchError::StaleCursor) => return Ok(Err(bad_token())),
            found => found?,
        };
        total = found.total;
        let changed = |record: Record| {
            let at = days.of(&record.source);
            (record, at)
        };
        records.extend(found.hits.into_iter().map(|hit| changed(hit.record)));
        place = match found.next {
            Some(next) => Some((block, Some(next))),
            None => (block + 1 < blocks.len()).then_some((block + 1, None)),
        };
    }
    if records.is_empty() {
        return Ok(Err(if resumed { bad_token() } else { nothing() }));
    }
    // How many there are in all is known where one search finds all of them.
    let size = (blocks.len() == 1).then_some(total);
    let cursor = list.seen;
    let token = match place {
        Some((block, after)) => {
            let after = after.map(|after| after.to_string()).unwrap_or_default();
            let seen = cursor + records.len() as u64;
            let next = Resumption { state: opened.state.clone(), block, after, seen, ..list };
            Some(ResumptionToken { size, cursor, token: next.encode() })
        }
        // The last of several parts says so by an empty token.
        None => resumed.then(|| ResumptionToken { size, cursor, token: String::new() }),
    };
    Ok(Ok(HarvestPage { records, prefix, token }))
}

/// The publication of a set as a filter, which is empty without a set; `None` where there can be no such
/// set.
fn publications(set: &str) -> Option<Vec<String>> {
    if set.is_empty() {
        return Some(Vec::new());
    }
    let digits = set.strip_prefix(SET)?;
    let bytes = digits.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    });
    let name = String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()?;
    // An empty name would be no filter.
    (!name.trim().is_empty()).then(|| vec![name])
}

/// The set of a publication. The protocol allows few characters in its name: those of the name are written
/// in hexadecimal digits.
pub(crate) fn set_of(publication: &str) -> String {
    let mut set = SET.to_owned();
    for byte in publication.bytes() {
        // A string can always be written to.
        let _ = write!(set, "{byte:02x}");
    }
    set
}

/// As the feed has it.
pub(crate) fn identifier_of(id: &ArticleId) -> String {
    format!("{IDENTIFIER}{id}")
}

/// The id in an identifier.
pub(crate) fn article_id(identifier: &str) -> Option<&str> {
    identifier.strip_prefix(IDENTIFIER)
}

fn nothing() -> OaiError {
    OaiError::new(OaiErrorCode::NoRecordsMatch, "no article is of this set and was changed then")
}

impl HarvestPage {
    pub(crate) fn headers(self) -> Page<RecordHeader> {
        let items = self.records.iter().map(|(record, at)| RecordHeader::of(record, *at));
        Page { items: items.collect(), token: self.token }
    }

    pub(crate) fn records(self, site: &Site) -> Page<RecordItem> {
        let items = self.records.iter();
        let items = items.map(|(record, at)| RecordItem::of(site, record, *at, self.prefix));
        Page { items: items.collect(), token: self.token }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_the_publication_that_it_was_made_of() {
        let set = set_of("登封日报 2");
        assert!(set.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{set}");
        assert_eq!(publications(&set), Some(vec!["登封日报 2".to_owned()]));
        assert_eq!(publications(""), Some(Vec::new()));
        for strange in [
            "a",
            "publication-",
            "publication-e",
            "publication-zz",
            "publication-ff",
            "publication-20",
        ] {
            assert_eq!(publications(strange), None, "{strange}");
        }
    }
}
