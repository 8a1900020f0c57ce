//! The index follows the corpus, whatever happened before and whenever a run was killed.

#![allow(clippy::unwrap_used, reason = "what a test cannot go on without fails it")]

mod beside;
mod corpus;
mod curated;
mod curated_files;
mod curated_writers;
mod damage;
mod halves;
#[cfg(unix)]
mod links;
mod merged;
mod noted;
mod runs;
mod steadfast;
mod structure;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use dibao::index::{IndexError, IndexWriter, IndexWriterOptions};
use dibao::ingest::{Event, FileOutcome, IngestError, IngestPlan, IngestSummary, Progress, run};
use dibao::model::Record;
use dibao::query;
use dibao::search::{Archive, Request, SearchError};
use proptest::prelude::*;

/// A corpus and an index in a folder that goes away.
struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
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

    fn plan(&self) -> IngestPlan {
        IngestPlan { threads: 2, ..IngestPlan::new(self.corpus(), self.index()) }
    }

    /// A file of articles with these bodies.
    fn write(&self, name: &str, bodies: &[&str]) {
        let path = self.corpus().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, lines(bodies)).unwrap();
    }

    fn ingest(&self) -> IngestSummary {
        run(&self.plan(), &()).unwrap()
    }

    fn archive(&self) -> Archive {
        Archive::open(&self.index()).unwrap()
    }

    fn exported(&self) -> Vec<String> {
        exported(&self.archive())
    }

    /// What an index made from nothing would give.
    fn clean_build(&self) -> Vec<String> {
        let index = self.folder.path().join("clean");
        let _ = fs::remove_dir_all(&index);
        run(&IngestPlan { index: index.clone(), ..self.plan() }, &()).unwrap();
        exported(&Archive::open(&index).unwrap())
    }
}

fn lines(bodies: &[&str]) -> String {
    let line =
        |body: &&str| serde_json::json!({ "title": "简讯", "body": body }).to_string() + "\n";
    bodies.iter().map(line).collect()
}

/// Every record as JSON, in the order of an export.
fn exported(archive: &Archive) -> Vec<String> {
    let mut records = Vec::new();
    let all = Request::default();
    archive
        .for_each(&all, &mut |record| {
            records.push(serde_json::to_string(&record).unwrap());
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(records.len() as u64, archive.count(&all).unwrap());
    records
}

fn count(archive: &Archive, text: &str) -> u64 {
    archive.count(&Request { query: query::parse(text).unwrap(), ..Request::default() }).unwrap()
}
