//! `dibao` 邸报 turns folders of Chinese bulletins and newspaper pages into an archive of dated
//! articles that is searched and exported.
//!
//! ```text
//! file ── intake ──▶ SourceText ── split ──▶ articles ── annotate ──▶ records ── index ──▶ index/
//! query string ── query ──▶ Query ── search ──▶ Results ── export | present | pages | web | cli
//! ```
//!
//! Each arrow is a function on plain values ([`model`]); the loops, threads and progress of a run
//! over many files live in [`ingest`]. Everything behind [`search`] but [`present`] is there with the
//! feature `program`, which is a default one.

pub mod annotate;
#[cfg(feature = "program")]
pub mod cli;
pub mod curation;
#[cfg(feature = "program")]
pub mod export;
pub mod gazetteer;
pub mod gold;
pub mod index;
pub mod ingest;
pub mod intake;
#[cfg(feature = "program")]
mod mcp;
pub mod model;
#[cfg(feature = "opensearch")]
pub mod opensearch;
#[cfg(feature = "program")]
pub mod pages;
pub mod present;
pub mod query;
pub mod recognise;
pub mod search;
pub mod split;
pub mod text;
#[cfg(feature = "program")]
pub mod watch;
#[cfg(feature = "program")]
pub mod web;
