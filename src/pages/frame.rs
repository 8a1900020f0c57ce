//! What stands around every page: head, ways to the other pages, foot.

use maud::{DOCTYPE, Markup, html};

use super::Lang;

/// What a page is told about itself.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language of the page.
    pub lang: Lang,
    /// Path and parameters of the page, for the switch of languages.
    pub here: String,
}

/// A whole page.
#[must_use]
pub fn frame(about: &Frame, title: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(about.lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href="/assets/style.css";
                script src="/assets/script.js" defer {}
            }
            body { main id="main" { (main) } }
        }
    }
}
