//! What does each command do? One file per command.

pub(crate) mod check;
pub(crate) mod checksums;
pub(crate) mod cite;
pub(crate) mod completions;
pub(crate) mod correct;
pub(crate) mod curate;
mod curate_export;
pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod export;
pub(crate) mod fit;
pub(crate) mod indicators;
pub(crate) mod ingest;
pub(crate) mod mcp;
pub(crate) mod proof;
pub(crate) mod search;
pub(crate) mod series;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod split;
pub(crate) mod stats;
pub(crate) mod trend;
pub(crate) mod verify;
