//! Which engine keeps the archive.

use std::path::Path;

use clap::ValueEnum;

use crate::opensearch::{ClusterSettings, SettingsError};

/// A folder of this machine, or an OpenSearch cluster.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum EngineChoice {
    #[default]
    Embedded,
    #[value(name = "opensearch")]
    OpenSearch,
}

impl EngineChoice {
    /// Where the cluster is, if one keeps the archive.
    ///
    /// # Errors
    /// When the settings do not say it.
    pub(crate) fn cluster(
        self,
        settings: Option<&Path>,
    ) -> Result<Option<ClusterSettings>, SettingsError> {
        match self {
            Self::Embedded => Ok(None),
            Self::OpenSearch => {
                ClusterSettings::read(settings, |name| std::env::var(name).ok()).map(Some)
            }
        }
    }
}
