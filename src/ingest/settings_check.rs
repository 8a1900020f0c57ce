//! What `corpus.toml` says and nobody can make use of.

use crate::annotate::not_a_region;
use crate::intake::{Config, SETTINGS};
use crate::model::FileWarning;

/// The regions that are none, each with its place.
#[must_use]
pub fn unknown_regions(config: &Config) -> Vec<(String, FileWarning)> {
    let unknown = config.regions().filter_map(|(line, region)| {
        let near = not_a_region(region)?;
        let warning = FileWarning::UnknownRegion { region: region.to_owned(), near };
        Some((format!("{SETTINGS}:{line}"), warning))
    });
    unknown.collect()
}
