//! A node of the cluster dies, and nothing is lost or double.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use dibao::ingest::{Event, Progress};
use dibao::search::{Request, Sort};
use serde_json::Value;

use crate::ingest::titles;
use crate::{Fixture, request};

/// The files of the corpus, and the articles of each: several bulk requests.
const FILES: usize = 24;
const ARTICLES: usize = 200;

/// The nodes of the cluster, whose processes can be killed: they are started again.
struct Nodes {
    urls: Vec<String>,
    pids: PathBuf,
}

impl Nodes {
    /// `None` where there is nobody who starts them again.
    #[allow(clippy::print_stderr, reason = "says what it leaves out")]
    fn of(fixture: &Fixture) -> Option<Self> {
        let Some(pids) = env::var_os("DIBAO_OPENSEARCH_PIDS") else {
            eprintln!("left out: a node dies (DIBAO_OPENSEARCH_PIDS names no nodes to be killed)");
            return None;
        };
        Some(Self { urls: fixture.settings.urls.clone(), pids: pids.into() })
    }

    /// What a node that is there answers.
    fn get(&self, path: &str) -> Value {
        let mut urls = self.urls.iter();
        let answer = urls.find_map(|url| request("GET", &format!("{url}{path}"), None));
        answer.expect("a node answers")
    }

    /// The node that has the shard of an archive which is written to; its copy only follows.
    fn written_to(&self, archive: &str) -> String {
        let shards = self.get(&format!("/_cat/shards/{archive}-*?format=json&h=prirep,node"));
        let mut shards = shards.as_array().unwrap().iter();
        let primary = shards.find(|shard| shard["prirep"] == "p").expect("a primary shard");
        primary["node"].as_str().unwrap().to_owned()
    }

    /// The node that keeps a point in time.
    fn read_from(&self) -> String {
        let nodes = self.get("/_nodes/stats/indices/search");
        let mut nodes = nodes["nodes"].as_object().unwrap().values();
        let reads = |node: &&Value| {
            let points = &node["indices"]["search"]["point_in_time_current"];
            points.as_u64().unwrap() > 0
        };
        nodes.find(reads).expect("a node keeps one")["name"].as_str().unwrap().to_owned()
    }

    fn kill(&self, name: &str) {
        let path = self.pids.join(format!("{name}.pid"));
        let pid = fs::read_to_string(path).unwrap();
        assert!(Command::new("kill").args(["-9", pid.trim()]).status().unwrap().success());
    }

    /// Waits until all nodes are there, with all copies of what they have.
    fn wait(&self) {
        let green = "wait_for_status=green&wait_for_no_initializing_shards=true&timeout=100s";
        let path = format!("/_cluster/health?wait_for_nodes={}&{green}", self.urls.len());
        assert_eq!(self.get(&path)["timed_out"], false);
    }
}

/// Does something when half of the files are taken in.
struct InTheMiddle<F> {
    files: AtomicUsize,
    then: F,
}

impl<F: Fn() + Sync> Progress for InTheMiddle<F> {
    fn event(&self, event: Event<'_>) {
        let is_file = matches!(event, Event::File { .. });
        if is_file && self.files.fetch_add(1, Ordering::Relaxed) == FILES / 2 {
            (self.then)();
        }
    }
}

#[test]
fn a_node_that_dies_in_the_middle_of_an_ingest_or_an_export_takes_nothing_with_it() {
    let Some(fixture) = Fixture::alone("nodes") else { return };
    let Some(nodes) = Nodes::of(&fixture) else { return };
    nodes.wait();
    let mut expected = Vec::new();
    for file in 0..FILES {
        let mut lines = String::new();
        for article in 0..ARTICLES {
            let title = format!("第{file}号第{article}条");
            let body = format!("{title}：园区建设进展顺利，产业链企业陆续入驻。").repeat(12);
            writeln!(lines, r#"{{"title":"{title}","body":"{body}"}}"#).unwrap();
            expected.push(title);
        }
        fixture.write(&format!("{file:02}.jsonl"), &lines);
    }

    let kill = || nodes.kill(&nodes.written_to(&fixture.settings.index));
    let progress = InTheMiddle { files: AtomicUsize::new(0), then: kill };
    let summary = dibao::ingest::run(&fixture.plan(true), &progress).unwrap();
    assert_eq!(summary.files_taken, FILES as u64);
    assert!(titles(&fixture.cluster_archive()) == expected, "with two nodes");
    nodes.wait();
    let archive = fixture.cluster_archive();
    assert!(titles(&archive) == expected, "with all nodes again");

    let mut read = Vec::new();
    let asked = Request { sort: Sort::Relevance, ..Request::default() };
    let visited = archive.for_each(&asked, &mut |record| {
        read.push(record.title.unwrap_or_default());
        if read.len() == expected.len() / 2 {
            nodes.kill(&nodes.read_from());
        }
        ControlFlow::Continue(())
    });
    assert_eq!(visited.unwrap(), expected.len() as u64);
    assert!(read == expected, "what is read while a node dies");
    nodes.wait();
    assert!(titles(&fixture.cluster_archive()) == expected, "in the end");
    assert_eq!(fixture.ingest(true).files_skipped, FILES as u64);
}
