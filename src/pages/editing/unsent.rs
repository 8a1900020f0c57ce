//! A form that was not taken, with what was typed into it.

use maud::{Markup, html};

use crate::pages::layout::frame::{Frame, frame};
use crate::present::Lang;

/// What was not taken.
#[derive(Debug, Clone)]
pub struct UnsentPage {
    /// Why, as a sentence without its full stop.
    pub why: String,
    /// What was typed.
    pub typed: Vec<String>,
    /// The way to sign in again.
    pub login: String,
    /// The page that the form was on.
    pub back: String,
}

/// The page.
#[must_use]
pub fn unsent(about: &Frame, page: &UnsentPage) -> Markup {
    let lang = about.lang;
    let title = lang.of("没有保存", "Not saved");
    let main = html! {
        h1 { (title) }
        p.note.warn role="alert" { (page.why) (lang.of("。", ".")) }
        @if !page.typed.is_empty() {
            p { (lang.of(
                "以下是你填写的内容，请复制后重新提交。",
                "This is what you typed; copy it and send it again.",
            )) }
            @for (number, text) in (1..).zip(&page.typed) {
                p {
                    textarea readonly rows="3" lang=(Lang::Zh.tag()) aria-label=(lang.of(
                        format!("填写的内容，第 {number} 项"), format!("What you typed, {number}"),
                    )) { (text) }
                }
            }
        }
        p {
            a.button.main href=(page.login) { (lang.of("重新登录", "Sign in again")) } " "
            a.button href=(page.back) { (lang.of("返回原页", "Back to the page")) }
        }
    };
    frame(about, title, &main)
}
