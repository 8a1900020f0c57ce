//! Lists of articles, page by page: the cursors are those of a search for everything. Records are
//! selected by when their file was last changed.

use jiff::Timestamp;

use super::envelope::{ListPart, RecordHeader, RecordItem, ResumptionToken};
use super::error::{OaiError, OaiErrorCode};
use super::metadata::Prefix;
use super::names::publications;
use super::request::{OaiRequest, bad_token};
use super::token::Resumption;
use crate::model::Record;
use crate::search::{Cursor, Filters, Request, SearchError, Sort};
use crate::web::archive::OpenArchive;
use crate::web::{Problem, Site};

/// Records of a part of a list.
const MAX_RECORDS: usize = 100;
/// Files that are searched together where records are selected by their files.
const MAX_FILES: usize = 1_000;
/// How often they are in one request: none of the files of a block may have an article of the set.
const MAX_BLOCKS: usize = 200;

/// A part of a list.
pub(crate) struct HarvestPage {
    records: Vec<(Record, Timestamp)>,
    prefix: Prefix,
    token: Option<ResumptionToken>,
}

/// The part that is asked for.
///
/// # Errors
/// When the archive cannot be read, and when too many files have nothing of a set; that nothing matches and that a token has expired are errors of the
/// protocol.
pub(crate) fn page(
    opened: &OpenArchive,
    asked: OaiRequest,
) -> Result<Result<HarvestPage, OaiError>, Problem> {
    let OaiRequest { prefix, list, changed, resumed, .. } = asked;
    // Synonyms change with the archive open, and no list.
    let state = opened.stamp().state;
    if resumed && list.state != state {
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
    let mut searched = 0;
    while records.is_empty()
        && let Some((block, after)) = place.take()
    {
        searched += 1;
        if searched > MAX_BLOCKS {
            return Err(Problem::slow());
        }
        let Some(sources) = blocks.get(block) else { break };
        let filters = Filters {
            publications: publications.clone(),
            sources: sources.to_vec(),
            ..Filters::default()
        };
        let (sort, limit) = (Sort::Oldest, MAX_RECORDS);
        let request = Request { filters, sort, after, limit, ..Request::default() };
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
            let seen = cursor.saturating_add(records.len() as u64);
            let next = Resumption { state, block, after, seen, ..list };
            Some(ResumptionToken { size, cursor, token: next.encode() })
        }
        // The last of several parts says so by an empty token.
        None => resumed.then(|| ResumptionToken { size, cursor, token: String::new() }),
    };
    Ok(Ok(HarvestPage { records, prefix, token }))
}

fn nothing() -> OaiError {
    OaiError::new(OaiErrorCode::NoRecordsMatch, "no article is of this set and was changed then")
}

impl HarvestPage {
    pub(crate) fn headers(self) -> ListPart<RecordHeader> {
        let items = self.records.iter().map(|(record, at)| RecordHeader::of(record, *at));
        ListPart { items: items.collect(), token: self.token }
    }

    pub(crate) fn records(self, site: &Site) -> ListPart<RecordItem> {
        let items = self.records.iter();
        let items = items.map(|(record, at)| RecordItem::of(site, record, *at, self.prefix));
        ListPart { items: items.collect(), token: self.token }
    }
}
