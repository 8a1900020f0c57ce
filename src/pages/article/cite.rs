//! How the article is cited, in each style of the standard, and the files that can be taken away.

use maud::{Markup, html};

use crate::export::CitationStyle;
use crate::model::Record;
use crate::pages::layout::formats::{FormatGroup, purpose, style_name, uncited};
use crate::pages::layout::links;
use crate::present::Lang;

/// Citation, address and files to take away. The first style is shown, the others open; all of it
/// works without a script but for the buttons.
pub(super) fn take_away(lang: Lang, record: &Record) -> Markup {
    let mut styles = CitationStyle::BUILT_IN.into_iter().filter_map(CitationStyle::named);
    html! {
        section.screen-only aria-labelledby="cite" {
            h2 #cite { (lang.of("引用与下载", "Cite and download")) }
            @if let Some(style) = styles.next() { (citation(lang, record, &style)) }
            details {
                summary { (lang.of("其他引文样式", "Other citation styles")) }
                @for style in styles { (citation(lang, record, &style)) }
            }
            p {
                a rel="bookmark" href=(links::article(&record.id, None)) {
                    (lang.of("固定链接", "Permalink"))
                }
            }
            dl.facts {
                @for group in FormatGroup::ALL {
                    dt { (group.name(lang)) }
                    dd {
                        ul.chips {
                            @for format in group.formats() {
                                li {
                                    a.chip href=(links::download(&record.id, format.as_str()))
                                        title=(purpose(lang, format)) download {
                                        (format.name())
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The citation in one style, with its name and a button that copies it.
fn citation(lang: Lang, record: &Record, style: &CitationStyle) -> Markup {
    let place = format!("citation-{}", style.name());
    html! {
        p.small.soft { (style_name(lang, style.name())) }
        @match style.cite(record, 1) {
            Ok(cited) => {
                p.citation id=(place) lang=(Lang::Zh.tag()) { (cited.text) }
                p {
                    button type="button" data-copy=(place) {
                        (lang.of("复制引文", "Copy citation"))
                    }
                }
            }
            Err(_) => p { (uncited(lang, record)) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::testing::sample::sample;

    #[test]
    fn every_style_of_the_standard_is_named_and_can_be_copied() {
        let shown = take_away(Lang::Zh, &sample()).into_string();
        for name in CitationStyle::BUILT_IN {
            assert_ne!(style_name(Lang::Zh, name), name);
            let button = format!("data-copy=\"citation-{name}\"");
            let text = format!("id=\"citation-{name}\"");
            assert!(shown.contains(&button) && shown.contains(&text), "{name}: {shown}");
        }
    }
}
