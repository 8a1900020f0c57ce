//! Which engine keeps the archive.

use std::path::Path;

use clap::ValueEnum;

use super::exporting::ExportTask;
use super::hiargs::CommandOptions;
use crate::opensearch::{ClusterSettings, SettingsError};
use crate::search::SearchError;

/// What keeps the archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum EngineChoice {
    /// A folder of this machine.
    #[default]
    Embedded,
    /// An OpenSearch cluster.
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

/// Refuses a command that needs the embedded engine.
///
/// # Errors
/// When it does.
pub(crate) fn check_command(
    operation: &CommandOptions,
    engine: EngineChoice,
) -> Result<(), SearchError> {
    let is_offered = match operation {
        CommandOptions::Ingest(_)
        | CommandOptions::Search(_)
        | CommandOptions::Stats(_)
        | CommandOptions::Split(_)
        | CommandOptions::Fit(_)
        | CommandOptions::Completions(_) => true,
        CommandOptions::Show(options) => !options.reprints,
        CommandOptions::Export(task) => matches!(**task, ExportTask::Write(_)),
        _ => false,
    };
    match engine {
        EngineChoice::OpenSearch if !is_offered => {
            Err(SearchError::NotYet { engine: "opensearch" })
        }
        EngineChoice::OpenSearch | EngineChoice::Embedded => Ok(()),
    }
}
