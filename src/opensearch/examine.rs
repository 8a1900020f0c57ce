//! What is wrong with a cluster, or will be: looked for where an ingest or a search would stumble over it.

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::client::{Client, ClusterAnswer};
use super::indices::Indices;
use super::mapping::differing_fields;
use super::settings::ClusterSettings;
use super::version::opensearch_version;
use super::watermark::passed;
use crate::index::{ClusterFinding, ClusterProblem, ClusterReport, IndexError};

/// Seconds by which clocks may differ. The right to write expires after two minutes.
const MAX_AHEAD: i64 = 30;
/// Settings of an index that block writing.
const BLOCKS: [&str; 3] =
    ["index.blocks.read_only_allow_delete", "index.blocks.read_only", "index.blocks.write"];

/// Looks at the cluster, and at the archive on it.
///
/// # Errors
/// When no node answers or lets us in, when it is no cluster that can be used, and when there is
/// something else under the name of the archive.
pub fn examine(settings: &ClusterSettings) -> Result<ClusterReport, IndexError> {
    let (client, mut report) = answering(settings)?;
    let before = now();
    let stats = client.get("/_nodes/stats/fs")?;
    let after = now();
    let known = client.get("/_nodes/_all/settings")?;
    let limits = client.get("/_cluster/settings?include_defaults=true&flat_settings=true")?;
    if [&stats, &known, &limits].into_iter().any(is_forbidden) {
        report.findings.push(ClusterFinding::NotSeen);
    } else {
        let (stats, known) = (client.done(stats)?, client.done(known)?);
        report.nodes = Some(nodes_of(&stats).count() as u64);
        report.findings.extend(versions(&known));
        report.findings.extend(clocks(&stats, before, after));
        report.findings.extend(disks(&stats, &client.done(limits)?));
    }
    archive(&client, &mut report)?;
    Ok(report)
}

/// Whether it takes a right on the whole cluster that the account does not have.
fn is_forbidden(answer: &ClusterAnswer) -> bool {
    matches!(answer.status, 401 | 403)
}

/// Speaks with the nodes that answer; a report on them that names those that do not.
fn answering(settings: &ClusterSettings) -> Result<(Client, ClusterReport), IndexError> {
    let (mut findings, mut answering) = (Vec::new(), Vec::new());
    let mut known = Err(None);
    for url in &settings.urls {
        let alone = Client::new(&ClusterSettings { urls: vec![url.clone()], ..settings.clone() })?;
        match opensearch_version(&alone) {
            Ok(version) => {
                answering.push(url.clone());
                known = known.or(Ok(version));
            }
            Err(IndexError::Cluster {
                place,
                problem:
                    problem @ (ClusterProblem::Unreachable { .. } | ClusterProblem::Overloaded { .. }),
            }) => {
                findings
                    .push(ClusterFinding::Address { url: url.clone(), problem: problem.clone() });
                known = known.or(Err(Some(IndexError::Cluster { place, problem })));
            }
            Err(error) => return Err(error),
        }
    }
    let client = Client::new(&ClusterSettings { urls: answering, ..settings.clone() })?;
    let nobody = || client.problem(ClusterProblem::Unreachable { reason: String::new() });
    let version = known.map_err(|error| error.unwrap_or_else(nobody))?;
    let report =
        ClusterReport { version, nodes: None, index: None, copies: 0, shards: 0, findings };
    Ok((client, report))
}

fn nodes_of(answer: &Value) -> impl Iterator<Item = &Value> {
    answer["nodes"].as_object().into_iter().flat_map(serde_json::Map::values)
}

fn name_of(node: &Value) -> String {
    node["name"].as_str().unwrap_or("?").to_owned()
}

fn versions(nodes: &Value) -> Option<ClusterFinding> {
    let versions: BTreeSet<&str> =
        nodes_of(nodes).filter_map(|node| node["version"].as_str()).collect();
    let versions: Vec<String> = versions.into_iter().map(str::to_owned).collect();
    (versions.len() > 1).then_some(ClusterFinding::Versions { versions })
}

/// Clocks that differ from ours, which said this before and after the nodes told theirs.
fn clocks(stats: &Value, before: i64, after: i64) -> Vec<ClusterFinding> {
    let differing = nodes_of(stats).filter_map(|node| {
        let at = node["timestamp"].as_i64()?;
        let ahead = (at - at.clamp(before, after)) / 1_000;
        (ahead.abs() > MAX_AHEAD).then(|| ClusterFinding::Clock { node: name_of(node), ahead })
    });
    differing.collect()
}

fn disks(stats: &Value, limits: &Value) -> Vec<ClusterFinding> {
    let full = nodes_of(stats).filter_map(|node| {
        let disk = &node["fs"]["total"];
        let free = disk["available_in_bytes"].as_u64()?;
        let stage = passed(limits, disk["total_in_bytes"].as_u64()?, free)?;
        Some(ClusterFinding::Disk { node: name_of(node), free, stage })
    });
    full.collect()
}

/// The index of the archive, its shards, its blocks and its fields.
fn archive(client: &Client, report: &mut ClusterReport) -> Result<(), IndexError> {
    let indices = Indices(client);
    let Some(name) = indices.in_use()? else {
        report.findings.push(ClusterFinding::NoArchive);
        return Ok(());
    };
    let settings = client.done(client.get(&format!("/{name}/_settings?flat_settings=true"))?)?;
    let settings = &settings[&name]["settings"];
    let number = |name: &str| settings[name].as_str().and_then(|number| number.parse().ok());
    report.shards = number("index.number_of_shards").unwrap_or(0);
    report.copies = 1 + number("index.number_of_replicas").unwrap_or(0);
    report.findings.extend(blocks(settings));
    let mapping = client.done(client.get(&format!("/{name}/_mapping"))?)?;
    let fields = differing_fields(&mapping[&name]["mappings"]);
    if !fields.is_empty() {
        report.findings.push(ClusterFinding::Mapping { fields });
    }
    let health = client.get(&format!("/_cluster/health/{name}"))?;
    let shards = if is_forbidden(&health) {
        (!report.findings.contains(&ClusterFinding::NotSeen)).then_some(ClusterFinding::NotSeen)
    } else {
        missing_shards(&client.done(health)?, report.shards)
    };
    let is_red = matches!(shards, Some(ClusterFinding::Red { .. }));
    report.findings.extend(shards);
    // The state of the archive is a document, which a red index can lack.
    if !is_red {
        match indices.open_index(name.clone()) {
            Err(IndexError::Outdated { .. }) => report.findings.push(ClusterFinding::OtherRules),
            opened => drop(opened?),
        }
    }
    report.index = Some(name);
    Ok(())
}

fn blocks(settings: &Value) -> impl Iterator<Item = ClusterFinding> {
    let set = BLOCKS.into_iter().filter(|block| settings[*block] == "true");
    set.map(|block| ClusterFinding::ReadOnly { block: block.to_owned() })
}

fn missing_shards(health: &Value, all: u64) -> Option<ClusterFinding> {
    let count = |name: &str| health[name].as_u64().unwrap_or(0);
    match health["status"].as_str() {
        Some("green") => None,
        Some("yellow") => {
            let missing = count("unassigned_shards") + count("initializing_shards");
            Some(ClusterFinding::Yellow { missing })
        }
        _ => {
            let missing = all.saturating_sub(count("active_primary_shards"));
            Some(ClusterFinding::Red { missing })
        }
    }
}

/// Milliseconds since 1970.
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fake::settings_of;
    use super::*;

    #[test]
    fn an_account_with_rights_on_the_index_alone_is_told_what_was_not_seen() {
        let settings = settings_of(|_, path, _| match path {
            "/" => (200, json!({"version": {"distribution": "opensearch", "number": "3.4.0"}})),
            "/_alias/dibao" | "/dibao" => (404, json!({})),
            _ => (403, json!({"error": {"reason": "no permissions"}})),
        });
        let report = examine(&settings).expect("a report");
        assert_eq!(report.findings, [ClusterFinding::NotSeen, ClusterFinding::NoArchive]);

        let segmenter = crate::index::segmenter_with(None);
        let name = format!("dibao-{}-1", super::super::indices::fingerprint(&segmenter));
        let settings = settings_of(move |_, path, _| {
            let told = match path {
                "/" => json!({"version": {"distribution": "opensearch", "number": "3.4.0"}}),
                "/_alias/dibao" => json!({(&name): {}}),
                path if path.contains("/_settings?") && path.contains(&name) => {
                    json!({(&name): {"settings": {"index.number_of_shards": "1"}}})
                }
                path if path.ends_with("/_mapping") => {
                    let lease = super::super::lease::Lease::own();
                    let body = super::super::mapping::index_body(1, &lease);
                    json!({(&name): {"mappings": body["mappings"]}})
                }
                path if path.ends_with("/_doc/state") => {
                    let state = super::super::state::CommitState::default();
                    let source = json!({"document": state});
                    json!({"_seq_no": 0, "_primary_term": 1, "_source": source})
                }
                _ => return (403, json!({"error": {"reason": "no permissions"}})),
            };
            (200, told)
        });
        let report = examine(&settings).expect("a report");
        assert_eq!(report.findings, [ClusterFinding::NotSeen], "once, and the rest is looked at");
        assert_eq!(report.shards, 1);
        assert!(report.is_in_order(), "what may not be asked for is no fault");
    }

    #[test]
    fn nodes_of_several_versions_are_told() {
        let node = |version: &str| json!({"name": "n", "version": version});
        assert_eq!(versions(&json!({"nodes": {"a": node("3.4.0"), "b": node("3.4.0")}})), None);
        let mixed = json!({"nodes": {"a": node("3.4.0"), "b": node("3.3.1"), "c": node("3.4.0")}});
        let expected = vec!["3.3.1".to_owned(), "3.4.0".to_owned()];
        assert_eq!(versions(&mixed), Some(ClusterFinding::Versions { versions: expected }));
    }

    #[test]
    fn clocks_are_compared_with_the_time_between_question_and_answer() {
        let (before, after) = (1_000_000, 1_020_000);
        for (at, ahead) in [
            (1_010_000, None),
            (969_000, Some(-31)),
            (971_000, None),
            (1_051_000, Some(31)),
            (1_049_000, None),
        ] {
            let stats = json!({"nodes": {"a": {"name": "n1", "timestamp": at}}});
            let told = ahead.map(|ahead| ClusterFinding::Clock { node: "n1".into(), ahead });
            assert_eq!(clocks(&stats, before, after), Vec::from_iter(told), "{at}");
        }
    }

    #[test]
    fn full_disks_are_told_by_the_limits_of_the_cluster() {
        let disk = |free: u64| json!({"total_in_bytes": 1_000, "available_in_bytes": free});
        let stats = json!({"nodes": {
            "a": {"name": "n1", "fs": {"total": disk(500)}},
            "b": {"name": "n2", "fs": {"total": disk(90)}},
            "c": {"name": "n3", "fs": {}},
        }});
        let limits = json!({"defaults": {"cluster.routing.allocation.disk.watermark.high": "90%"}});
        let stage = crate::index::DiskStage::High;
        let expected = [ClusterFinding::Disk { node: "n2".into(), free: 90, stage }];
        assert_eq!(disks(&stats, &limits), expected);
    }

    #[test]
    fn missing_copies_are_yellow_and_missing_shards_red() {
        let health = |status: &str| {
            json!({
                "status": status, "active_primary_shards": 2, "unassigned_shards": 3,
                "initializing_shards": 1,
            })
        };
        assert_eq!(missing_shards(&health("green"), 5), None);
        let yellow = ClusterFinding::Yellow { missing: 4 };
        assert_eq!(missing_shards(&health("yellow"), 5), Some(yellow));
        assert_eq!(missing_shards(&health("red"), 5), Some(ClusterFinding::Red { missing: 3 }));
    }

    #[test]
    fn an_index_that_can_only_be_read_is_told_with_what_blocks_it() {
        let settings = json!({"index.blocks.write": "true", "index.blocks.read_only": "false"});
        let expected = [ClusterFinding::ReadOnly { block: "index.blocks.write".into() }];
        assert!(blocks(&settings).eq(expected));
    }
}
