//! The form of the trend: words, districts, periods, measure, dates.

use maud::{Markup, html};

use super::charts::every;
use super::trend::TrendAsked;
use super::{Lang, words};
use crate::export::{MOST_LINES, Measure};
use crate::model::Kind;
use crate::search::Every;

/// Fields that are always there.
const FIELDS: usize = 4;

pub(super) fn form(lang: Lang, shown: &TrendAsked) -> Markup {
    let asked = &shown.asked;
    html! {
        form.ask action="/trend" method="get" {
            (fields(lang.of("词", "Words"), "line", &shown.lines, lang))
            (fields(lang.of("地区", "Districts"), "district", &asked.district, lang))
            div.fields {
                div.field {
                    label for="by" { (lang.of("按", "By")) }
                    select #by name="by" {
                        @for by in [Every::Month, Every::Quarter, Every::Year] {
                            option value=(by.as_str()) selected[by == shown.by] { (every(lang, by)) }
                        }
                    }
                }
                div.field {
                    label for="measure" { (lang.of("画", "Draw")) }
                    select #measure name="measure" {
                        option value="articles" selected[shown.measure == Measure::Articles] {
                            (lang.of("篇数", "articles"))
                        }
                        option value="share" selected[shown.measure == Measure::PerThousand] {
                            (lang.of("占全部文章的千分比", "per thousand of all articles"))
                        }
                    }
                }
                (date(lang.of("从", "From"), "from", &asked.from, lang))
                (date(lang.of("到", "To"), "to", &asked.to, lang))
                button.main type="submit" { (lang.of("画图", "Draw")) }
            }
            (kept(lang, shown))
        }
    }
}

/// As many fields as there are values, and some to fill in.
fn fields(legend: &str, name: &str, values: &[String], lang: Lang) -> Markup {
    let count = (values.len() + 1).clamp(FIELDS, MOST_LINES).max(values.len());
    html! {
        fieldset.lines {
            legend { (legend) }
            @for at in 0..count {
                input type="text" name=(name) maxlength="1000" autocomplete="off" spellcheck="false"
                    value=(values.get(at).map_or("", String::as_str))
                    aria-label=(match lang {
                        Lang::Zh => format!("{legend} {}", at + 1),
                        Lang::En => format!("{legend}, field {}", at + 1),
                    });
            }
        }
    }
}

fn date(label: &str, name: &str, value: &str, lang: Lang) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input #(name) type="text" name=(name) value=(value) size="10" maxlength="10"
                placeholder=(lang.of("如 2023-02", "as 2023-02"));
        }
    }
}

/// What else narrows the search that led here: sent along, and said.
fn kept(lang: Lang, shown: &TrendAsked) -> Markup {
    let asked = &shown.asked;
    let lists = [
        ("topic", &asked.topic),
        ("kind", &asked.kind),
        ("outlet", &asked.outlet),
        ("publication", &asked.publication),
        ("review", &asked.review),
    ];
    let flags = [("certain", asked.certain), ("any", asked.any), ("exact", asked.exact)];
    let kind = |word: &String| {
        let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == word);
        known.map_or(word.as_str(), |kind| words::kind(lang, kind)).to_owned()
    };
    let mut said: Vec<String> = [&asked.topic, &asked.outlet, &asked.publication]
        .into_iter()
        .flatten()
        .cloned()
        .chain(asked.kind.iter().map(kind))
        .collect();
    if asked.certain {
        said.push(lang.of("日期确定", "certain dates").to_owned());
    }
    if asked.any {
        said.push(lang.of("含任一词即可", "any of the words").to_owned());
    }
    if asked.exact {
        said.push(lang.of("不用同义词", "no synonyms").to_owned());
    }
    html! {
        @for (name, values) in lists {
            @for value in values { input type="hidden" name=(name) value=(value); }
        }
        @for (name, _) in flags.into_iter().filter(|(_, is_set)| *is_set) {
            input type="hidden" name=(name) value="true";
        }
        @if !said.is_empty() {
            p.small.soft { (lang.of("另限定：", "Also narrowed to: ")) (said.join("、")) }
        }
    }
}
