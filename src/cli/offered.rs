//! Which commands an engine can do.

use super::args::check::CheckWhat;
use super::args::engine::EngineChoice;
use super::args::exporting::ExportTask;
use super::args::hiargs::CommandOptions;
use crate::search::SearchError;

/// Refuses a command that needs the embedded engine.
///
/// # Errors
/// When it does.
pub(super) fn check_command(
    operation: &CommandOptions,
    engine: EngineChoice,
) -> Result<(), SearchError> {
    let is_offered = match operation {
        CommandOptions::Ingest(_)
        | CommandOptions::Search(_)
        | CommandOptions::Stats(_)
        | CommandOptions::Trend(_)
        | CommandOptions::Diff(_)
        | CommandOptions::Cite(_)
        | CommandOptions::Indicators(_)
        | CommandOptions::Series(_)
        | CommandOptions::Split(_)
        | CommandOptions::Fit(_)
        | CommandOptions::Completions(_) => true,
        CommandOptions::Check(options) => {
            matches!(options.what, CheckWhat::Cluster | CheckWhat::Literals { .. })
        }
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
