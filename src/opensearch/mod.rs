//! An archive on an OpenSearch cluster: how it is kept there, and who writes it. What is asked of it is
//! answered in [`search`](crate::search).
//!
//! The cluster analyses no Chinese: fields of texts hold terms that were made here, with one blank
//! between them, and its built-in analyzer for white space takes them apart. An archive is one index
//! behind an alias; the index is named after the rules that it was made by, so that an archive of other
//! rules is refused and a rebuild fills another index before the alias leads to it.
//!
//! What is committed becomes visible in one step (`state::CommitState`): documents have the number of the
//! commit that they belong to, and a reader takes those of the commits that the state of the archive
//! names. So no reader sees a part of a file, whatever the cluster does in between.

mod bulk;
mod client;
mod document;
mod examine;
#[cfg(test)]
mod fake;
mod indices;
mod lease;
mod mapping;
mod scan;
mod settings;
mod state;
mod terms;
mod version;
mod watermark;
mod writer;

pub use examine::examine;
pub use settings::{ClusterSettings, SettingsError};

pub(crate) use bulk::document_id;
pub(crate) use client::Client;
pub(crate) use indices::{ClusterIndex, Indices};
pub(crate) use mapping::{DOCUMENT, ORDER_DAY, derived, field_name, number_name, text_names};
pub(crate) use scan::{Scan, whole, whole_at_point};
pub(crate) use terms::{encoded, pair_terms};

use crate::index::{ArticleWriter, CorpusIdentity, IndexError};
use writer::ClusterWriter;

/// Whether there is an archive, and the corpus that it was made from, as far as it says so.
///
/// # Errors
/// When the cluster does not answer.
pub(crate) fn known_corpus(
    settings: &ClusterSettings,
) -> Result<(bool, Option<CorpusIdentity>), IndexError> {
    let client = Client::new(settings)?;
    let indices = Indices(&client);
    let Some(name) = indices.in_use()? else { return Ok((false, None)) };
    Ok((true, indices.state(&name).ok().and_then(|(state, _)| state.corpus)))
}

/// Opens an archive for writing, or begins one.
///
/// # Errors
/// When it cannot be written to.
pub(crate) fn writer(
    settings: &ClusterSettings,
    user_words: Option<&str>,
    rebuild: bool,
) -> Result<Box<dyn ArticleWriter>, IndexError> {
    Ok(Box::new(ClusterWriter::open(settings, user_words, rebuild)?))
}
