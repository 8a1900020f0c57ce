//! The pages in a crawl, and what they are called.

use std::collections::HashMap;

use super::exchange::HttpAnswer;
use super::record::CrawlRecord;
use super::{ArchiveContent, PackedFile, PackedName, PackedPlace, PassedEntry};

/// The pages of a crawl.
#[derive(Debug, Default)]
pub(super) struct CrawlList {
    content: ArchiveContent,
    /// How often each name was given.
    names: HashMap<String, u32>,
    pub(super) records: usize,
}

/// Bytes of a name.
const MAX_NAME: usize = 400;

impl CrawlList {
    /// Takes a record, if it is a page that was received.
    pub(super) fn take(&mut self, record: &CrawlRecord, piece: u64, at: u64) {
        self.records += 1;
        if !record.is_page_of_web() {
            let kind = record.content_kind().map(|kind| format!("warc-{kind}"));
            self.content.passed.extend(kind.map(PassedEntry::of_kind));
            return;
        }
        let path = path_of(&record.address);
        let answer = HttpAnswer::of(&record.begin);
        let Some(answer) = answer.filter(HttpAnswer::is_page) else {
            let status = HttpAnswer::of(&record.begin).map_or(0, |answer| answer.status);
            // What is no page is counted by the ending of its name, as in a folder.
            self.content.passed.push(match status {
                200..300 => PassedEntry::at(path),
                _ => PassedEntry::of_kind(format!("http-{status}")),
            });
            return;
        };
        let times = self.names.entry(path.clone()).or_default();
        *times += 1;
        let path = if *times > 1 { format!("{path}@{}", record.date) } else { path };
        let bytes = record.length.unwrap_or_default() - answer.body_at as u64;
        let name = PackedName { path, place: PackedPlace::Warc { piece, at }, nested: None };
        self.content.files.push(PackedFile { name, bytes, is_page: true });
    }

    pub(super) fn finish(self) -> ArchiveContent {
        self.content
    }
}

/// The address of a page as a path: host, path and query.
fn path_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, q)| (path, Some(q)));
    // A name in an archive leads nowhere, but it is shown as one that could.
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let mut path = parts.collect::<Vec<_>>().join("/");
    if let Some(query) = query {
        path = format!("{path}?{}", query.replace('/', "%2F"));
    }
    if path.len() > MAX_NAME {
        let mut end = MAX_NAME;
        while !path.is_char_boundary(end) {
            end -= 1;
        }
        let rest = blake3::hash(path.as_bytes()).to_hex();
        path = format!("{}…{}", &path[..end], &rest[..8]);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_paths() {
        let paths = [
            ("http://a.example/", "a.example"),
            ("https://a.example/2023-02/10/1.html#top", "a.example/2023-02/10/1.html"),
            ("https://a.example/../x//y?id=1/2", "a.example/x/y?id=1%2F2"),
        ];
        for (address, path) in paths {
            assert_eq!(path_of(address), path);
        }
        let long = path_of(&format!("http://a.example/{}", "渡".repeat(500)));
        assert!(long.len() < 420 && long.contains('…'), "{long}");
    }
}
