//! An export made again, as its manifest says it was made.

use std::io::Write;

use super::entries::EntryForm;
use super::exporter::{ExportCounts, ExportError, ExportSettings, export};
use super::figure_export::export_figures;
use super::figure_settings::{FigureFileFormat, FigureSettings};
use super::format::Format;
use super::manifest::ExportContents;
use super::origin::ExportOrigin;
use crate::search::{Archive, FigureFilter, Request};

impl ExportContents {
    /// The same of what is in the archive now. `origin` is what a workbook says that it comes from, and
    /// `filter` the rows of indicators that are meant.
    ///
    /// # Errors
    /// As [`export`] and [`export_figures`].
    pub fn export_again(
        &self,
        archive: &Archive,
        request: &Request,
        filter: &FigureFilter,
        origin: &ExportOrigin,
        out: impl Write,
    ) -> Result<ExportCounts, ExportError> {
        let origin = Some(origin.clone());
        match self {
            Self::Articles(settings) => {
                export(archive, request, &ExportSettings { origin, ..settings.clone() }, out)
            }
            Self::Indicators(settings) => {
                let settings = FigureSettings { origin, ..settings.clone() };
                Ok(export_figures(archive, request, filter, &settings, out)?.counts)
            }
        }
    }

    /// How the entries of such a file are told apart; `None` where they are not.
    #[must_use]
    pub fn entry_form(&self) -> Option<EntryForm> {
        match self {
            Self::Articles(settings) => match settings.format {
                Format::Jsonl => Some(EntryForm::Lines),
                Format::Csv => Some(EntryForm::Table),
                _ => None,
            },
            Self::Indicators(settings) if settings.pivot.is_some() => None,
            Self::Indicators(settings) => match settings.format {
                FigureFileFormat::Jsonl => Some(EntryForm::Lines),
                FigureFileFormat::Csv => Some(EntryForm::Table),
                FigureFileFormat::Xlsx | FigureFileFormat::SdmxCsv => None,
            },
        }
    }
}
