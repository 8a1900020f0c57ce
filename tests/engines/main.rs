//! The same archive in a folder and on an OpenSearch cluster: the same sets, totals, counts and orders,
//! also where a node of it dies.
//!
//! `DIBAO_OPENSEARCH` has the addresses of a cluster, divided by commas; without it each test says what it
//! leaves out. Each test gets an archive of its own there, which is removed in the end.

#![allow(clippy::unwrap_used, reason = "what a test cannot go on without fails it")]

mod examine;
mod ingest;
mod nodes;
mod parity;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};

use dibao::ingest::{IngestPlan, IngestSummary};
use dibao::opensearch::ClusterSettings;
use dibao::search::Archive;
use serde_json::Value;
use tempfile::TempDir;

/// How many archives on the cluster tests use at the moment.
static IN_USE: Mutex<usize> = Mutex::new(0);
static RELEASED: Condvar = Condvar::new();
/// The one that is there has the cluster for itself.
const ALONE: usize = usize::MAX;

/// A corpus, an index folder, and an archive on a cluster.
pub(crate) struct Fixture {
    folder: TempDir,
    pub(crate) settings: ClusterSettings,
}

impl Fixture {
    /// `None` where no cluster is named.
    pub(crate) fn new(name: &str) -> Option<Self> {
        let fixture = Self::read(name)?;
        *in_use_unless(|count| count == ALONE) += 1;
        Some(fixture)
    }

    /// The same, when no other test uses the cluster; others wait until this one does not.
    pub(crate) fn alone(name: &str) -> Option<Self> {
        let fixture = Self::read(name)?;
        *in_use_unless(|count| count > 0) = ALONE;
        Some(fixture)
    }

    #[allow(clippy::print_stderr, reason = "says what it leaves out")]
    fn read(name: &str) -> Option<Self> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let Ok(urls) = env::var("DIBAO_OPENSEARCH") else {
            eprintln!("left out: {name} (DIBAO_OPENSEARCH names no cluster)");
            return None;
        };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        let settings = ClusterSettings::read(None, |variable| match variable {
            "DIBAO_ENGINE_URL" => Some(urls.clone()),
            "DIBAO_ENGINE_INDEX" => Some(format!("test-{name}-{}-{number}", process::id())),
            _ => None,
        });
        Some(Self { folder, settings: settings.unwrap() })
    }

    pub(crate) fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.corpus().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn plan(&self, on_cluster: bool) -> IngestPlan {
        let mut plan = IngestPlan::new(self.corpus(), self.index());
        plan.cluster = on_cluster.then(|| self.settings.clone());
        plan
    }

    pub(crate) fn ingest(&self, on_cluster: bool) -> IngestSummary {
        dibao::ingest::run(&self.plan(on_cluster), &()).unwrap()
    }

    pub(crate) fn folder_archive(&self) -> Archive {
        Archive::open(&self.index()).unwrap()
    }

    pub(crate) fn cluster_archive(&self) -> Archive {
        Archive::open_on_cluster(&self.settings, &self.index()).unwrap().0
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        // The name has nothing but what a shell and a path take as it is.
        let url = format!("{}/{}-*", self.settings.urls[0], self.settings.index);
        let _ = request("DELETE", &url, None);
        let mut count = in_use_unless(|_| false);
        *count = if *count == ALONE { 0 } else { *count - 1 };
        RELEASED.notify_all();
    }
}

/// Asks a node something. `None` where it does not answer, or refuses.
pub(crate) fn request(method: &str, url: &str, body: Option<&str>) -> Option<Value> {
    let mut command = Command::new("curl");
    command.args(["-fsS", "-X", method, url]);
    if let Some(body) = body {
        command.args(["-H", "content-type: application/json", "-d", body]);
    }
    let output = command.output().unwrap();
    output.status.success().then(|| serde_json::from_slice(&output.stdout).unwrap())
}

/// The number of archives in use, when it is not such a one.
fn in_use_unless(waits: impl Fn(usize) -> bool) -> MutexGuard<'static, usize> {
    let count = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
    RELEASED.wait_while(count, |count| waits(*count)).unwrap_or_else(PoisonError::into_inner)
}

/// Articles that state the same of an indicator, and something else.
const FIGURES: &str = r#"{"title":"全市经济运行","date":"2023-01-20","body":"2022年，洛阳市地区生产总值5675.2亿元，增长3.5%；一般公共预算收入405.9亿元。"}
{"title":"去年经济总量","date":"2023-02-01","body":"2022年，洛阳市地区生产总值5675.2亿元，同比增长3.5%。栾川县地区生产总值298亿元。"}
{"title":"核实后的数据","date":"2023-12-20","body":"2022年，洛阳市地区生产总值5680亿元。2021年，洛阳市地区生产总值5447.1亿元，增长4.8%。"}
{"title":"今年目标","date":"2024-01-20","body":"2023年，洛阳市地区生产总值5481.6亿元，增长3%。2024年，洛阳市地区生产总值预期增长5%左右。"}
"#;

/// The same articles in a folder and on the cluster.
pub(crate) struct Both {
    _fixture: Fixture,
    pub(crate) folder: Archive,
    pub(crate) cluster: Archive,
}

/// The sample corpus of the project, and articles of few characters that have much in common. Removed
/// when no test uses them any more.
pub(crate) fn shared() -> Option<Arc<Both>> {
    static SHARED: Mutex<Weak<Both>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(both) = shared.upgrade() {
        return Some(both);
    }
    let fixture = Fixture::new("parity")?;
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &fixture.corpus());
    fixture.write("few/few.jsonl", &few_characters());
    fixture.write("few/figures.jsonl", FIGURES);
    fixture.ingest(false);
    fixture.ingest(true);
    let (folder, cluster) = (fixture.folder_archive(), fixture.cluster_archive());
    let both = Arc::new(Both { _fixture: fixture, folder, cluster });
    *shared = Arc::downgrade(&both);
    Some(both)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Lines of articles with ties in dates and texts.
fn few_characters() -> String {
    let words = ["氢能", "能源", "源头", "产业", "业园", "园区", "AI", "5G 网络", "甲乙", "。"];
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut lines = String::new();
    for number in 0..120 {
        let mut text = |length: usize| -> String { (0..length).map(|_| words[next(10)]).collect() };
        let (title, body) = (text(3), text(12));
        let date = match number % 4 {
            0 => r#","date":"2023-02-10""#.to_owned(),
            1 => format!(r#","date":"2023-0{}-11""#, 1 + number % 9),
            2 => format!(r#","date":"202{}-05-01""#, number % 5),
            _ => String::new(),
        };
        writeln!(lines, r#"{{"publication":"甲报","title":"{title}","body":"{body}"{date}}}"#)
            .unwrap();
    }
    lines
}
