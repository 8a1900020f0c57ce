//! What pages show to editors who have signed in: who they are, and the field of their forms.

use maud::{Markup, html};

use super::links;
use crate::present::Lang;

/// An editor who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The name.
    pub name: String,
    /// What each form must send in [`Self::FIELD`].
    pub key: String,
}

impl SignedIn {
    /// The name of the field.
    pub const FIELD: &'static str = "key";

    /// The field, for a form.
    #[must_use]
    pub fn field(&self) -> Markup {
        html! { input type="hidden" name=(Self::FIELD) value=(self.key); }
    }

    /// Who writes here, and the ways to the review queue and out.
    #[must_use]
    pub fn bar(&self, lang: Lang) -> Markup {
        html! {
            nav.editor aria-label=(lang.of("编辑", "Editing")) {
                span { (lang.of("编辑：", "Editor: ")) strong { (self.name) } }
                a href=(links::REVIEW) { (lang.of("待核查", "Review queue")) }
                form method="post" action=(links::LOGOUT) {
                    (self.field())
                    button type="submit" { (lang.of("退出", "Sign out")) }
                }
            }
        }
    }
}
