//! What `dibao serve` answers, without a connection (`api`, `cards`, `citations`, `correcting`,
//! `crawlers`, `editing`, `fields`, `files`, `following`, `indicators`, `mcp`, `notes`, `oai`, `outlines`,
//! `pages`, `paging`, `partial`, `pictures`, `ranges`, `reload`, `safety`, `saved`) and over one (`connections`).

#![allow(clippy::unwrap_used, reason = "what a test cannot go on without fails it")]

mod api;
mod cards;
mod citations;
mod connections;
mod correcting;
mod crawlers;
mod editing;
mod fields;
mod files;
mod following;
mod indicators;
mod mcp;
mod notes;
mod oai;
mod outlines;
mod pages;
mod paging;
mod partial;
mod pictures;
mod ranges;
mod reload;
mod safety;
mod saved;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use dibao::ingest::{IngestPlan, run};
use dibao::web::{Options, service};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// A corpus, its index, and a server over both.
struct Place {
    folder: tempfile::TempDir,
}

/// An answer.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Place {
    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        Self { folder }
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn write(&self, name: &str, articles: &[Value]) -> &Self {
        let lines: Vec<String> = articles.iter().map(Value::to_string).collect();
        fs::write(self.corpus().join(name), lines.join("\n")).unwrap();
        self
    }

    fn ingest(&self) -> &Self {
        run(&IngestPlan { threads: 2, ..IngestPlan::new(self.corpus(), self.index()) }, &())
            .unwrap();
        self
    }

    fn options(&self) -> Options {
        Options::new(self.index(), self.corpus())
    }

    fn get(&self, address: &str) -> Answer {
        ask(self.options(), request(address, &[]))
    }
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The sample corpus of the project, ingested once for all tests that only read it.
fn sample() -> &'static Place {
    static SAMPLE: OnceLock<Place> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let place = Place::empty();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &place.corpus());
        place.ingest();
        place
    })
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

fn article(title: &str, date: &str, body: &str) -> Value {
    json!({ "title": title, "date": date, "body": body })
}

fn request(address: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::get(address);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost:8080");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

/// Asks a server of these options.
fn ask(options: Options, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = service(options).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: head.status, headers: head.headers, body }
    })
}

/// Text as it stands in an address.
fn escaped(text: &str) -> String {
    serde_html_form::to_string([("", text)]).unwrap().trim_start_matches('=').to_owned()
}
