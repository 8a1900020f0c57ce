//! Where an ingest writes to: an index folder, or a cluster.

use super::plan::IngestPlan;
use crate::index;
use crate::index::{ArticleWriter, CorpusIdentity, IndexError, IndexWriter, IndexWriterOptions};
#[cfg(feature = "opensearch")]
use crate::opensearch;

/// What an archive says of itself before anybody writes to it.
#[derive(Debug, Default)]
pub(super) struct KnownArchive {
    /// Whether there is one, that can be used or not.
    pub(super) exists: bool,
    /// The corpus that it was made from, as far as it says so.
    pub(super) corpus: Option<CorpusIdentity>,
}

impl KnownArchive {
    /// # Errors
    /// When a cluster does not answer.
    pub(super) fn of(plan: &IngestPlan) -> Result<Self, IndexError> {
        #[cfg(feature = "opensearch")]
        if let Some(settings) = &plan.cluster {
            let (exists, corpus) = opensearch::known_corpus(settings)?;
            return Ok(Self { exists, corpus });
        }
        let exists = index::is_index(&plan.index);
        Ok(Self { exists, corpus: index::remembered_corpus(&plan.index) })
    }
}

/// Opens the archive for writing, or begins one.
///
/// # Errors
/// When it cannot be written to.
pub(super) fn writer(
    plan: &IngestPlan,
    user_words: Option<&str>,
) -> Result<Box<dyn ArticleWriter>, IndexError> {
    #[cfg(feature = "opensearch")]
    if let Some(settings) = &plan.cluster {
        return opensearch::writer(settings, user_words, plan.rebuild);
    }
    let options = IndexWriterOptions { threads: plan.threads, user_words, rebuild: plan.rebuild };
    Ok(Box::new(IndexWriter::open(&plan.index, options)?))
}
