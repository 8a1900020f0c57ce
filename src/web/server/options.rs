//! How the server is set up.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue};

use crate::curation::CurationFolder;
use crate::search::MAX_POSTINGS;
use crate::web::{EditorTokens, Reingest, WatchState};

/// How the server is set up. The usual values listen on this machine alone.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the index.
    pub index: PathBuf,
    /// The folder of the corpus: source lines and synonyms are read from it, never written.
    pub corpus: PathBuf,
    /// The folder of corrections, notes and collections.
    pub curation: CurationFolder,
    /// Where to listen.
    pub address: SocketAddr,
    /// Host names that the server accepts besides `localhost` and IP addresses.
    pub hosts: Vec<String>,
    /// Where readers find the server if that is not where it listens: `https://archive.example`.
    pub public_url: Option<String>,
    /// Required of every client, as a bearer token or as the password of basic authentication.
    pub token: Option<String>,
    /// A header that every request must have: set by a reverse proxy that authenticates users.
    pub proxy_header: Option<HeaderName>,
    /// Origins whose scripts may use the HTTP interface.
    pub origins: Vec<HeaderValue>,
    /// Whether there is a sitemap for crawlers.
    pub sitemap: bool,
    /// What the repository for harvesters says of itself (`/oai`); `None` where there is none.
    pub oai: Option<OaiSettings>,
    /// Whether language models can ask (`/mcp`).
    pub mcp: bool,
    /// Who may write; `None` where nobody may.
    pub editors: Option<EditorTokens>,
    /// How files are read again after a decision; without it the index follows at the next ingest.
    pub reingest: Option<Reingest>,
    /// What is told of a watch over the corpus folder; `None` where this process does not watch.
    pub watch: Option<WatchState>,
    /// Limits on connections, concurrent work and time.
    pub limits: Limits,
}

/// What a repository says of itself.
#[derive(Debug, Clone, Default)]
pub struct OaiSettings {
    /// The address of the person who is responsible.
    pub admin_email: String,
    /// What it is called.
    pub name: String,
}

/// Limits on connections, concurrent work and time.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Open connections.
    pub connections: usize,
    /// Searches that run at the same time.
    pub searches: usize,
    /// Exports that run at the same time.
    pub exports: usize,
    /// Pictures of pages that are drawn at the same time: each takes a core, and up to some hundred
    /// megabytes.
    pub pictures: usize,
    /// Postings that a search may read.
    pub postings: u64,
    /// Forms that an editor may send in a minute.
    pub writes: usize,
    /// How long a search waits for a permit.
    pub patience: Duration,
    /// How long an answer may take.
    pub answer: Duration,
    /// How long a client may take to send its request, and to take a piece of the answer.
    pub client: Duration,
    /// How long open requests may still take when the server shuts down.
    pub farewell: Duration,
}

/// Maximum length of a URL (path and parameters), in bytes: a query of as many Chinese characters as are
/// allowed takes nine for each, and filters come on top.
pub(crate) const MAX_URI_BYTES: usize = 16 << 10;
/// Maximum size of a request body, in bytes: that of harvesters (`oai`). Messages (`mcp`), batches and forms
/// of editors have maxima of their own.
pub(crate) const MAX_BODY_BYTES: usize = 4 << 10;
/// Pictures of pages that are drawn at the same time, at most.
const MAX_PICTURES: usize = 4;
/// Where batches go.
pub(crate) const BATCH_PATH: &str = "/batch";
/// Maximum size of a batch, in bytes: its lines, whose characters are escaped.
pub(crate) const MAX_BATCH_BYTES: usize = 128 << 10;
/// Maximum size of a form that an editor sends, in bytes.
pub(crate) const MAX_FORM_BYTES: usize = 64 << 10;
/// Where the messages of language models go.
pub(crate) const MCP_PATH: &str = "/mcp";
/// Maximum size of a message, in bytes: arguments as long as an address may be, each of whose
/// characters can be escaped.
pub(crate) const MAX_MESSAGE_BYTES: usize = 64 << 10;

impl Options {
    /// The usual ones over an index and its corpus.
    #[must_use]
    pub fn new(index: PathBuf, corpus: PathBuf) -> Self {
        Self {
            curation: CurationFolder::beside(&corpus),
            index,
            corpus,
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            hosts: Vec::new(),
            public_url: None,
            token: None,
            proxy_header: None,
            origins: Vec::new(),
            sitemap: false,
            oai: None,
            mcp: true,
            editors: None,
            reingest: None,
            watch: None,
            limits: Limits::default(),
        }
    }

    /// Whether anybody who reaches the address can read the archive.
    #[must_use]
    pub fn is_open_to_all(&self) -> bool {
        !self.address.ip().is_loopback() && self.token.is_none() && self.proxy_header.is_none()
    }
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            connections: 1024,
            searches: 2 * cores,
            exports: 4,
            pictures: cores.div_ceil(2).min(MAX_PICTURES),
            postings: MAX_POSTINGS,
            writes: 120,
            patience: Duration::from_secs(5),
            answer: Duration::from_secs(30),
            client: Duration::from_secs(20),
            farewell: Duration::from_secs(10),
        }
    }
}
