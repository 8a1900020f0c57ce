//! The archive of the same articles on an OpenSearch cluster.

use std::path::Path;
use std::process::Command;

use dibao::opensearch::ClusterSettings;
use dibao::search::Archive;
use serde_json::Value;

use crate::steps::peak_memory;

/// Stands for the cluster in the place of an index folder.
pub const PLACE: &str = "cluster:";

const INDEX: &str = "speed";

pub fn is_named() -> bool {
    std::env::var_os("DIBAO_OPENSEARCH").is_some()
}

/// The settings of the cluster where that is the place; `None` of a folder.
pub fn settings(place: &Path) -> Option<ClusterSettings> {
    let settings = ClusterSettings::read(None, |name| match name {
        "DIBAO_ENGINE_URL" => std::env::var("DIBAO_OPENSEARCH").ok(),
        "DIBAO_ENGINE_INDEX" => Some(INDEX.to_owned()),
        _ => None,
    });
    (place == Path::new(PLACE)).then(|| settings.expect("the addresses of a cluster"))
}

/// The archive in a folder or on the cluster.
pub fn open(place: &Path) -> Archive {
    match settings(place) {
        Some(settings) => Archive::open_on_cluster(&settings, place).map(|(archive, _)| archive),
        None => Archive::open(place),
    }
    .expect("an archive")
}

/// What the nodes have on their disks, and the most memory that each has had.
pub fn nodes() {
    let settings = settings(Path::new(PLACE)).expect("a cluster");
    let url = format!("{}/{INDEX}-*/_stats/store", settings.urls[0]);
    let output = Command::new("curl").args(["-fsS", &url]).output().expect("curl runs");
    let stats: Value = serde_json::from_slice(&output.stdout).expect("statistics");
    let size = |which: &str| {
        let bytes = &stats["_all"][which]["store"]["size_in_bytes"];
        bytes.as_f64().unwrap_or(0.0) / 1e6
    };
    println!("{:.0} MB on the disk, {:.0} MB with copies", size("primaries"), size("total"));
    let pids = std::env::var("DIBAO_OPENSEARCH_PIDS").unwrap_or_default();
    for node in 1..=settings.urls.len() {
        let pid = std::fs::read_to_string(format!("{pids}/n{node}.pid")).unwrap_or_default();
        println!("n{node}: peak memory {:.0} MB", peak_memory(pid.trim()));
    }
}
