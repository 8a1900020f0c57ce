//! The folders that every command works on.

use std::path::PathBuf;

use crate::curation::CurationFolder;
use crate::opensearch::ClusterSettings;

/// Where sources, index and people's decisions are.
#[derive(Debug, Clone)]
pub(crate) struct Folders {
    pub corpus: PathBuf,
    pub index: PathBuf,
    pub curation: CurationFolder,
    /// The cluster that keeps the archive instead of the folder of the index.
    pub cluster: Option<ClusterSettings>,
}
