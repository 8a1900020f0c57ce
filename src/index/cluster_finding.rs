//! What a cluster that keeps an archive says of itself, and what of it asks for something to be done.

use std::fmt;

use serde::Serialize;

use super::cluster_problem::ClusterProblem;

/// The state of a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClusterReport {
    /// Version of the node that answered.
    pub version: String,
    /// Nodes of the cluster; `null` where the account may not ask.
    pub nodes: Option<u64>,
    /// The index that keeps the archive; `null` if there is none.
    pub index: Option<String>,
    /// Copies of each shard of it that there should be, and shards.
    pub copies: u64,
    /// Shards of the index.
    pub shards: u64,
    /// What asks for something to be done.
    pub findings: Vec<ClusterFinding>,
}

impl ClusterReport {
    /// Whether nothing that was looked at is wrong.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.findings.iter().all(|finding| *finding == ClusterFinding::NotSeen)
    }
}

/// What becomes of a node whose disk fills, by the limits of the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiskStage {
    /// The node takes no more shards.
    Low,
    /// Its shards are moved to other nodes.
    High,
    /// Indices on it can only be read.
    Flood,
}

/// Something that is wrong with a cluster, or will be. In English as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ClusterFinding {
    /// No node answers at an address.
    Address {
        /// The address.
        url: String,
        /// Why.
        #[serde(serialize_with = "as_text")]
        problem: ClusterProblem,
    },
    /// There is no archive.
    NoArchive,
    /// The archive was made by the rules of another version.
    OtherRules,
    /// Shards of the archive of which no copy is there.
    Red {
        /// How many.
        missing: u64,
    },
    /// Copies of shards that are missing.
    Yellow {
        /// How many.
        missing: u64,
    },
    /// The index can only be read: its settings block what changes it.
    ReadOnly {
        /// The setting.
        block: String,
    },
    /// A disk is nearly full.
    Disk {
        /// Name of the node.
        node: String,
        /// Bytes that are free.
        free: u64,
        /// The limit that is passed.
        stage: DiskStage,
    },
    /// The clock of a node differs from ours.
    Clock {
        /// Name of the node.
        node: String,
        /// Seconds by which it is ahead.
        ahead: i64,
    },
    /// Nodes of several versions.
    Versions {
        /// All of them.
        versions: Vec<String>,
    },
    /// Fields of the index differ from those that this program makes.
    Mapping {
        /// Their names.
        fields: Vec<String>,
    },
    /// The account may not ask for the state of the cluster.
    NotSeen,
}

fn as_text<S: serde::Serializer>(
    problem: &ClusterProblem,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(problem)
}

impl fmt::Display for ClusterFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address { url, problem } => write!(f, "{url}: {problem}"),
            Self::NoArchive => f.write_str("there is no archive of this name; `dibao ingest` makes one"),
            Self::OtherRules => f.write_str(
                "the archive was made by the rules of another version; `dibao ingest --rebuild` makes it anew",
            ),
            Self::Red { missing } => write!(
                f,
                "red: {missing} shards have no copy, so that searches fail; start the nodes that have them"
            ),
            Self::Yellow { missing } => write!(
                f,
                "yellow: {missing} copies of shards are missing; start the nodes that are gone, or give the \
                 cluster a minute"
            ),
            Self::ReadOnly { block } => write!(
                f,
                "the index can only be read ({block}); make room on the disks of the nodes, then take the \
                 block away"
            ),
            Self::Disk { node, free, stage } => {
                let what = match stage {
                    DiskStage::Low => "it takes no more shards",
                    DiskStage::High => "its shards are moved away",
                    DiskStage::Flood => "its indices can only be read",
                };
                let free = *free as f64 / 1e9;
                write!(f, "{node}: {free:.1} GB free, {what}; make room or add a node")
            }
            Self::Clock { node, ahead } => {
                let (seconds, how) = (ahead.unsigned_abs(), if *ahead < 0 { "behind" } else { "ahead" });
                write!(
                    f,
                    "{node}: its clock is {seconds} s {how}; two ingests could take turns wrongly; \
                     synchronise the clocks (NTP)"
                )
            }
            Self::Versions { versions } => write!(
                f,
                "nodes of several versions ({}); end the upgrade",
                versions.join(", ")
            ),
            Self::Mapping { fields } => write!(
                f,
                "fields of the index differ from those of this version ({}), so that searches can be wrong; \
                 `dibao ingest --rebuild` makes it anew",
                fields.join(", ")
            ),
            Self::NotSeen => f.write_str(
                "this account may not ask for the state of the cluster (cluster:monitor), so that disks, \
                 clocks, versions and copies were not looked at, or not all of them",
            ),
        }
    }
}
