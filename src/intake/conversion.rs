//! What is kept of old documents that the office program saved anew.

use crate::recognise::{Cache, ResultKey};

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

    /// Whether no program is to be started.
    pub(super) fn is_recalling(&self) -> bool {
        self.is_recalling
    }

    /// The text of a document in a form whose content has this hash, if it was kept.
    pub(super) fn kept(&self, form: &str, hash: &str) -> Option<String> {
        self.cache.as_ref()?.get(ResultKey { file: hash, of: &key(form, hash) })
    }

    /// Keeps a text. One that cannot be kept is made again the next time.
    pub(super) fn keep(&self, form: &str, hash: &str, text: &str) {
        if let Some(cache) = &self.cache {
            let _ = cache.put(ResultKey { file: hash, of: &key(form, hash) }, text);
        }
    }
}

fn key(form: &str, hash: &str) -> blake3::Hash {
    blake3::hash(format!("{VERSION} {form} {hash}").as_bytes())
}
