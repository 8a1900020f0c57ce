//! What editors see beside what readers do: forms for every field (`fields`), tools beside lines
//! (`lines`), what was decided (`history`), the queue of what is to be looked at (`review`), a
//! decision that another one came before (`conflict`), a form that was not taken (`unsent`), and the
//! page to sign in.
//!
//! Every form works without a script: fields are folded in `details`, and buttons send what they say.

pub(crate) mod conflict;
pub(crate) mod fields;
pub(crate) mod history;
pub(crate) mod lines;
pub(crate) mod login;
pub(crate) mod review;
pub(crate) mod unsent;

use maud::{Markup, html};

use super::layout::signed_in::SignedIn;
use crate::present::{DecisionState, Lang};

/// What an editor has on a page.
#[derive(Debug, Clone)]
pub struct EditView {
    /// The editor.
    pub editor: SignedIn,
    /// What had been decided about the article when the page was made, for comparison when a form is
    /// sent.
    pub seen: String,
    /// The same about its file.
    pub seen_in_file: String,
    /// Path and parameters of the page, which a form comes back to.
    pub back: String,
    /// What was decided, the latest first.
    pub decisions: Vec<DecisionState>,
    /// Topics to choose from.
    pub topics: &'static [String],
    /// How far the index is.
    pub ingest: IngestNote,
    /// The decision that was just made.
    pub saved: Option<DecisionState>,
}

/// How far the index is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IngestNote {
    /// It has all decisions, as far as it is known.
    #[default]
    Done,
    /// An ingest runs.
    Running,
    /// The last ingest failed; why is in the log.
    Failed,
}

impl EditView {
    /// The hidden fields of a form about an article.
    fn hidden(&self) -> Markup {
        self.hidden_with(&self.seen)
    }

    /// The hidden fields of a form about lines of a file.
    fn hidden_of_file(&self) -> Markup {
        self.hidden_with(&self.seen_in_file)
    }

    fn hidden_with(&self, seen: &str) -> Markup {
        html! {
            (self.editor.field())
            input type="hidden" name="seen" value=(seen);
            input type="hidden" name="back" value=(self.back);
        }
    }

    /// The bar of the editor, what was just done, and how far the index is.
    #[must_use]
    pub(crate) fn head(&self, lang: Lang) -> Markup {
        html! {
            (self.editor.bar(lang))
            (history::notes(lang, self))
        }
    }
}
