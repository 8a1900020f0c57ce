//! What can be wrong with a cluster that keeps an archive.

use std::fmt;

/// What is wrong with a cluster. In English as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClusterProblem {
    /// No node answers.
    Unreachable {
        /// What the system says of the last one.
        reason: String,
    },
    /// It has too much to do, or is on its way up or down.
    Overloaded {
        /// The status of its answer.
        status: u16,
    },
    /// It does not let us in.
    NotAllowed {
        /// The status of its answer.
        status: u16,
    },
    /// No encrypted connection comes about.
    Certificate {
        /// What is wrong.
        reason: String,
    },
    /// It is none, or one of another version.
    Version {
        /// What it says of itself.
        found: String,
    },
    /// There is something else under the name of the archive.
    Foreign,
    /// Another process writes to the archive now.
    TakenOver,
    /// Some shards did not answer: what they have would be missing.
    Incomplete {
        /// Shards that did not answer.
        failed: u64,
        /// All shards.
        shards: u64,
        /// What one of them says.
        reason: String,
    },
    /// Shards of a new index stay on fewer nodes than they are to be on.
    Uncopied {
        /// Copies that are missing.
        missing: u64,
    },
    /// It refuses a request.
    Refused {
        /// The status of its answer.
        status: u16,
        /// What it says.
        reason: String,
    },
}

impl fmt::Display for ClusterProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { reason } => write!(
                f,
                "no node of the cluster answers ({reason}); check that it runs, and its addresses"
            ),
            Self::Overloaded { status } => write!(
                f,
                "the cluster has too much to do or is not ready (status {status}); try again later"
            ),
            Self::NotAllowed { status } => write!(
                f,
                "the cluster does not let this program in (status {status}); check the name and the \
                 password (DIBAO_ENGINE_USER, DIBAO_ENGINE_PASSWORD) and its rights on the index"
            ),
            Self::Certificate { reason } => write!(
                f,
                "no encrypted connection ({reason}); name the certificate of the authority with \
                 DIBAO_ENGINE_CA"
            ),
            Self::Version { found } => {
                write!(f, "{found}: not a cluster that dibao can use; it takes OpenSearch 2 or 3")
            }
            Self::Foreign => f.write_str(
                "not an archive of dibao; nothing was changed; give the archive another name with \
                 DIBAO_ENGINE_INDEX",
            ),
            Self::TakenOver => f.write_str(
                "another dibao writes to this archive now; what was committed is kept; run the ingest \
                 again when the other one is done",
            ),
            Self::Incomplete { failed, shards, reason } => write!(
                f,
                "{failed} of {shards} shards did not answer ({reason}); wait until the cluster is \
                 green or yellow"
            ),
            Self::Uncopied { missing } => write!(
                f,
                "a new index lacks {missing} copies of its shards, so that a node that goes away would take \
                 articles with it; nothing was changed; look at the nodes and their disks with \
                 `dibao check --cluster`, then run the ingest again"
            ),
            Self::Refused { status, reason } => {
                write!(f, "the cluster refuses a request (status {status}): {reason}")
            }
        }
    }
}
