//! What went wrong, for a reader.

use maud::{Markup, html};

use super::{Frame, frame};

/// The page of an error: its status, and what can be done.
#[must_use]
pub fn error(about: &Frame, status: u16, detail: &str) -> Markup {
    let title = about.lang.of("出错了", "Something is wrong");
    frame(about, title, &html! { h1 { (title) " " (status) } p { (detail) } })
}
