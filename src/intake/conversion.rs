//! Old documents as the office program saves them anew, and what is kept of that.

use std::fs::File;

use super::failing::reason_of;
use super::office::{self, Package};
use super::programs::{self, OldForm};
use crate::model::{FailureReason, FileWarning};
use crate::recognise::Cache;

/// How old documents are read: their texts are kept where what is recognised is.
#[derive(Debug, Clone, Default)]
pub(super) struct Conversion {
    cache: Option<Cache>,
    /// Whether only what was kept is wanted.
    is_recalling: bool,
}

/// Changes when a text is made of what the program saves in another way.
const VERSION: &str = "dibao office 1";

impl Conversion {
    /// By the program, where it was not done before.
    pub(super) fn keeping(cache: Option<Cache>) -> Self {
        Self { cache, is_recalling: false }
    }

    /// By no program: it takes seconds, or minutes.
    pub(super) fn recalling(cache: Cache) -> Self {
        Self { cache: Some(cache), is_recalling: true }
    }

    /// Reads a document whose content has this hash; `otherwise` is what is said where nothing can.
    pub(super) fn read(
        &self,
        file: &mut File,
        hash: &str,
        form: OldForm,
        otherwise: FileWarning,
        text: &mut String,
    ) -> Result<(), FileWarning> {
        let key = blake3::hash(format!("{VERSION} {form:?} {hash}").as_bytes());
        if let Some(kept) = self.cache.as_ref().and_then(|cache| cache.get(&key)) {
            *text = kept;
            return Ok(());
        }
        if self.is_recalling {
            return Err(FileWarning::NotConverted { reason: FailureReason::NotKept });
        }
        let Some(office) = programs::office_program() else { return Err(otherwise) };
        let document = programs::as_docx(office, file, form)
            .map_err(|error| FileWarning::NotConverted { reason: reason_of(&error) })?;
        office::read(Package::open(document)?, text)?;
        if let Some(cache) = &self.cache {
            // What cannot be kept is converted again the next time.
            let _ = cache.put(&key, text);
        }
        Ok(())
    }
}
