//! The frame of every page: header, navigation, footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Serialize;

use super::links;
use crate::pages::assets;
use crate::present::Lang;
use crate::present::words::articles;

/// Properties of a page that the frame needs.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The language of the page.
    pub lang: Lang,
    /// Path and parameters of the page, for the switch of languages.
    pub here: String,
    /// The page of the menu that this is or belongs to.
    pub section: Section,
    /// Contents of the search box in the header; the search page has its own box.
    pub query: String,
    /// Path and parameters of the feed of what the page shows, where there is one.
    pub feed: Option<String>,
    /// Path and parameters by which the page should be known, where they are not `here`.
    pub canonical: Option<String>,
    /// What the page is about as JSON-LD for crawlers, safe within an element `script`.
    pub structured: Option<String>,
    /// Articles of the archive; `None` while it cannot be read.
    pub articles: Option<u64>,
}

/// The pages that the menu leads to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Section {
    /// Search, which has its own box.
    Search,
    /// What the archive holds.
    Overview,
    /// Words and districts over time.
    Trend,
    /// Figures over time.
    Indicators,
    /// The query language and the keys.
    Help,
    /// The interface for programs.
    Api,
    /// A page that the menu does not lead to: an article, a file, an error.
    #[default]
    Other,
}

impl Section {
    const MENU: [Self; 6] =
        [Self::Search, Self::Overview, Self::Trend, Self::Indicators, Self::Help, Self::Api];

    fn path(self) -> &'static str {
        match self {
            Self::Search | Self::Other => "/",
            Self::Overview => "/overview",
            Self::Trend => "/trend",
            Self::Indicators => "/indicators",
            Self::Help => "/help",
            Self::Api => "/api",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Search | Self::Other => lang.of("检索", "Search"),
            Self::Overview => lang.of("总览", "Overview"),
            Self::Trend => lang.of("趋势", "Trend"),
            Self::Indicators => lang.of("指标", "Indicators"),
            Self::Help => lang.of("帮助", "Help"),
            Self::Api => lang.of("接口", "API"),
        }
    }
}

/// A whole page. `main` holds its `h1`.
#[must_use]
pub fn frame(about: &Frame, title: &str, main: &Markup) -> Markup {
    let lang = about.lang;
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="same-origin";
                title { (title) " · " (lang.of("邸报", "Dibao")) }
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                link rel="stylesheet" href=(assets::style());
                link rel="search" type="application/opensearchdescription+xml"
                    title=(lang.of("邸报", "Dibao")) href="/opensearch.xml";
                @if let Some(feed) = &about.feed {
                    link rel="alternate" type="application/atom+xml"
                        title=(lang.of("新到文章", "New articles")) href=(feed);
                }
                @if let Some(canonical) = &about.canonical {
                    link rel="canonical" href=(canonical);
                }
                @if let Some(structured) = &about.structured {
                    script type="application/ld+json" { (PreEscaped(structured)) }
                }
                script src=(assets::script()) defer {}
            }
            body {
                a.skip href="#main" { (lang.of("跳到正文", "Skip to content")) }
                (head(about))
                main id="main" tabindex="-1" { (main) }
                (foot(about))
            }
        }
    }
}

fn head(about: &Frame) -> Markup {
    let lang = about.lang;
    html! {
        header.masthead {
            a.brand href="/" {
                img src="/assets/icon.svg" alt="" width="36" height="36";
                span.name lang=(Lang::Zh.tag()) { "邸报" }
                @if lang == Lang::En { span.gloss { "Dibao" } }
            }
            nav.menu aria-label=(lang.of("主菜单", "Main menu")) {
                ul {
                    @for section in Section::MENU {
                        li {
                            a href=(section.path())
                                aria-current=[(section == about.section).then_some("page")] {
                                (section.name(lang))
                            }
                        }
                    }
                }
            }
            @if about.section != Section::Search {
                form.quick role="search" action="/" method="get" {
                    label.unseen for="quick" { (lang.of("检索", "Search")) }
                    input #quick type="search" name="q" value=(about.query) maxlength="1000"
                        autocomplete="off" spellcheck="false" data-box
                        placeholder=(lang.of("检索全库", "Search the archive"));
                    button type="submit" { (lang.of("检索", "Search")) }
                }
            }
            (switch(about))
        }
    }
}

/// The way to the same page in the other language.
fn switch(about: &Frame) -> Markup {
    #[derive(Serialize)]
    struct BackParam<'a> {
        back: &'a str,
    }
    let (code, other, name) = match about.lang {
        Lang::Zh => ("en", Lang::En, "English"),
        Lang::En => ("zh", Lang::Zh, "中文"),
    };
    // One string can always be written.
    let back = serde_html_form::to_string(BackParam { back: &about.here }).unwrap_or_default();
    html! {
        a.switch href={ "/lang/" (code) "?" (back) } lang=(other.tag()) hreflang=(other.tag())
            rel="nofollow" { (name) }
    }
}

fn foot(about: &Frame) -> Markup {
    let lang = about.lang;
    html! {
        footer.colophon {
            p {
                span { "dibao " (env!("CARGO_PKG_VERSION")) }
                @if let Some(articles) = about.articles {
                    span {
                        (lang.of("收录 ", "")) (self::articles(lang, articles))
                    }
                }
                a href="/saved" { (lang.of("保存的检索", "Saved searches")) }
                a href="/batch" { (lang.of("批量检索", "Batch search")) }
                a href=(links::COLLECTIONS) { (lang.of("收藏", "Collections")) }
                a href="/help#keys" { (lang.of("键盘操作", "Keyboard")) }
                a href="/help#cite" { (lang.of("如何引用", "How to cite")) }
            }
        }
        div #spoken.unseen aria-live="polite" {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::testing::golden::lines;

    fn page(about: &Frame) -> String {
        frame(about, "甲<乙>", &html! { h1 { "甲" } }).into_string()
    }

    #[test]
    fn what_is_around_every_page() {
        for lang in Lang::ALL {
            let about = Frame {
                lang,
                here: "/trend?line=甲".to_owned(),
                section: Section::Trend,
                query: "\"甲".to_owned(),
                feed: Some("/feed?q=甲".to_owned()),
                articles: Some(12_345),
                ..Frame::default()
            };
            let shown = lines(&page(&about))
                .replace(&assets::style(), "/assets/style.css")
                .replace(&assets::script(), "/assets/script.js")
                .replace(env!("CARGO_PKG_VERSION"), "VERSION");
            insta::assert_snapshot!(format!("frame-{}", lang.tag()), shown);
        }
    }

    #[test]
    fn the_switch_leads_back_to_the_same_page_whatever_its_address_holds() {
        let here = "/?q=甲&b=\"><script>".to_owned();
        let shown = page(&Frame { here, ..Frame::default() });
        assert!(shown.contains("href=\"/lang/en?back=%2F%3Fq%3D%E7%94%B2%26b%3D%22%3E%3Cscript"));
        assert!(!shown.contains("<script>"), "{shown}");
    }

    #[test]
    fn the_search_page_has_one_box() {
        let search = page(&Frame { section: Section::Search, ..Frame::default() });
        assert!(search.contains("<a href=\"/\" aria-current=\"page\">检索</a>"), "{search}");
        assert!(!search.contains("id=\"quick\""));
    }

    #[test]
    fn one_article_is_singular_and_an_unreadable_archive_has_no_size() {
        let of = |articles| page(&Frame { lang: Lang::En, articles, ..Frame::default() });
        assert!(of(Some(1)).contains(">1 article<"));
        assert!(!of(None).contains("articles"));
    }
}
