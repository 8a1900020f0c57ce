//! The records of a crawl, and what their heads say.

/// Bytes of a head, and lines of it.
pub(super) const MAX_HEAD: u64 = 64 << 10;
pub(super) const MAX_HEADERS: usize = 256;

/// A record of a crawl.
#[derive(Debug, Default)]
pub(super) struct CrawlRecord {
    kind: String,
    /// The address that was asked for.
    pub(super) address: String,
    /// The time at which it was, as `2023-02-10T08:00:00Z`.
    pub(super) date: String,
    /// What its content is.
    content: String,
    pub(super) length: Option<u64>,
    /// The beginning of its content.
    pub(super) begin: Vec<u8>,
}

impl CrawlRecord {
    /// From the lines of its head behind the first.
    pub(super) fn of(head: &[u8]) -> Self {
        let mut record = Self::default();
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let Ok(httparse::Status::Complete((_, headers))) =
            httparse::parse_headers(head, &mut headers)
        else {
            return record;
        };
        for header in headers {
            let value = String::from_utf8_lossy(header.value).trim().to_owned();
            match header.name.to_ascii_lowercase().as_str() {
                "warc-type" => record.kind = value.to_ascii_lowercase(),
                // Version 1.0 can be read so that addresses stand in brackets.
                "warc-target-uri" => {
                    value.trim_matches(['<', '>']).clone_into(&mut record.address);
                }
                "warc-date" => record.date = value,
                "content-type" => record.content = value.to_ascii_lowercase(),
                "content-length" => record.length = value.parse().ok(),
                _ => {}
            }
        }
        record
    }

    /// The kind of a record that has something to read of its own; `None` for one that only describes others.
    pub(super) fn content_kind(&self) -> Option<&'static str> {
        const KINDS: [&str; 5] = ["response", "resource", "conversion", "revisit", "continuation"];
        match self.kind.as_str() {
            "warcinfo" | "request" | "metadata" => None,
            kind => Some(KINDS.into_iter().find(|&known| known == kind).unwrap_or("other")),
        }
    }

    /// Whether it is what a server answered to a request for a page.
    pub(super) fn is_page_of_web(&self) -> bool {
        let is_http = ["http://", "https://"].iter().any(|start| self.address.starts_with(start));
        self.kind == "response" && is_http && self.content.starts_with("application/http")
    }
}
