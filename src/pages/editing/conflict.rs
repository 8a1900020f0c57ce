//! Two decisions about one thing, or two texts: both are shown, and the editor chooses.

use maud::{Markup, html};

use super::history::said;
use crate::model::Correction;
use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::signed_in::SignedIn;
use crate::present::Lang;
use crate::present::words;

/// A decision that was not written, since others came before it.
#[derive(Debug, Clone)]
pub struct ConflictPage {
    /// The editor.
    pub editor: SignedIn,
    /// What others decided since the form was made.
    pub theirs: Vec<Correction>,
    /// The field, as entries name it, and the value of this editor.
    pub field: String,
    /// The value, in words.
    pub mine: String,
    /// Where the form was sent.
    pub action: String,
    /// Its fields, with what has been decided by now as `seen`.
    pub fields: Vec<(String, String)>,
    /// The page that the form was on.
    pub back: String,
}

/// The page.
#[must_use]
pub fn conflict(about: &Frame, page: &ConflictPage) -> Markup {
    let lang = about.lang;
    let title = lang.of("已有他人更正", "Somebody else decided");
    let field = words::correction_field(lang, &page.field);
    let main = html! {
        (page.editor.bar(lang))
        h1 { (title) }
        p { (lang.of(
            "你打开页面之后，同一处已被更正。请比较两者，再决定保留哪一个。",
            "The same thing was corrected after you had opened the page. Compare both and choose one.",
        )) }
        div.sides {
            section aria-labelledby="theirs" {
                h2 #theirs { (lang.of("现有的更正", "As it is now")) }
                @for entry in &page.theirs {
                    p { (said(lang, entry)) }
                    p.soft.small {
                        (entry.by) " · " time datetime=(entry.at) { (words::minute(entry.at)) }
                        @if !entry.why.is_empty() { " · " (entry.why) }
                    }
                }
                p { a.button href=(page.back) { (lang.of("保留现有的", "Keep it")) } }
            }
            section aria-labelledby="mine" {
                h2 #mine { (lang.of("你的更正", "Yours")) }
                p { (field) " " ins lang=(Lang::Zh.tag()) { (page.mine) } }
                form method="post" action=(page.action) {
                    (page.editor.field())
                    @for (name, value) in &page.fields {
                        input type="hidden" name=(name) value=(value);
                    }
                    button.main type="submit" { (lang.of("改用我的", "Use mine")) }
                }
            }
        }
    };
    frame(about, title, &main)
}

/// A text that was not written, since another one was written before it.
#[derive(Debug, Clone)]
pub struct ChangedPage {
    /// The editor.
    pub editor: SignedIn,
    /// What it says now.
    pub now: String,
    /// The field of the form, and what was typed into it.
    pub field: String,
    /// What was typed.
    pub mine: String,
    /// Where the form was sent.
    pub action: String,
    /// Its other fields.
    pub fields: Vec<(String, String)>,
    /// The page that the form was on.
    pub back: String,
}

/// The page.
#[must_use]
pub fn changed(about: &Frame, page: &ChangedPage) -> Markup {
    let lang = about.lang;
    let title = lang.of("已被他人修改", "Somebody else changed it");
    let main = html! {
        (page.editor.bar(lang))
        h1 { (title) }
        p { (lang.of(
            "你打开页面之后，这段文字已被修改。请比较两者，再决定保留哪一个。",
            "This text was changed after you had opened the page. Compare both and choose one.",
        )) }
        div.sides {
            section aria-labelledby="theirs" {
                h2 #theirs { (lang.of("现有的文字", "As it is now")) }
                @if page.now.is_empty() { p.soft { (lang.of("（无）", "(none)")) } }
                @for line in page.now.lines() { p lang=(Lang::Zh.tag()) { (line) } }
                p { a.button href=(page.back) { (lang.of("保留现有的", "Keep it")) } }
            }
            section aria-labelledby="mine" {
                h2 #mine { (lang.of("你的文字", "Yours")) }
                form.noting method="post" action=(page.action) {
                    (page.editor.field())
                    @for (name, value) in &page.fields {
                        input type="hidden" name=(name) value=(value);
                    }
                    textarea name=(page.field) rows="5" lang=(Lang::Zh.tag()) aria-labelledby="mine" {
                        (page.mine)
                    }
                    button.main type="submit" { (lang.of("改用我的", "Use mine")) }
                }
            }
        }
    };
    frame(about, title, &main)
}
