//! A form for every field of an article: folded, with its value, so that a correction takes a click,
//! the typing, and a click.

use maud::{Markup, html};

use super::EditView;
use crate::model::{ArticleId, Days, DistrictRole, Indicator, Kind, Place, Record, Review};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words;
use crate::present::words::correction_field;
use crate::present::{Finding, Matter, in_article};

/// Fields of one line of text, and their values as they are typed.
fn texts(record: &Record) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let days = |from, to| Days(Option::zip(from, to)).to_string();
    let (date, issue) = (&record.date, &record.issue);
    let places: Vec<&str> = record.places.iter().map(|place| place.name.as_str()).collect();
    let reprint_of = record.reprint_of.as_ref().map(ToString::to_string);
    vec![
        ("kicker", text(&record.kicker)),
        ("title", text(&record.title)),
        ("subtitle", text(&record.subtitle)),
        ("date", days(date.not_before.or(date.value), date.not_after.or(date.value))),
        ("districts", districts(&record.districts)),
        ("places", places.join("、")),
        ("section", text(&record.section)),
        ("outlet", text(&record.outlet)),
        ("reporters", record.byline.reporters.join("、")),
        ("correspondents", record.byline.correspondents.join("、")),
        ("photographers", record.byline.photographers.join("、")),
        ("docno", text(&record.docno)),
        ("issuer", text(&record.issuer)),
        ("genre", record.genre.as_ref().map(|genre| genre.label.clone()).unwrap_or_default()),
        ("publication", text(&record.publication)),
        ("page", text(&record.page)),
        ("issue_number", text(&record.issue.number)),
        (
            "issue_date",
            days(
                issue.date.not_before.or(issue.date.value),
                issue.date.not_after.or(issue.date.value),
            ),
        ),
        ("reprint_of", reprint_of.unwrap_or_default()),
    ]
}

/// As entries have them: the role before a colon where the article is not about it.
fn districts(places: &[Place]) -> String {
    let typed = places.iter().map(|place| match place.role {
        None | Some(DistrictRole::About) => place.name.clone(),
        Some(role) => format!("{}:{}", role.as_str(), place.name),
    });
    typed.collect::<Vec<_>>().join("、")
}

/// What can be done about where an article begins and ends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cutting {
    /// Nothing: its file states where.
    Stated,
    /// Its lines can be other ones; it is the first of its file.
    First,
    /// The same, and it can go on the one before it.
    Behind,
}

/// What can be decided about an article, as a part of its page.
pub(crate) fn fields(lang: Lang, record: &Record, view: &EditView, cutting: Cutting) -> Markup {
    html! {
        section.corrections aria-labelledby="corrections" {
            h2 #corrections { (lang.of("更正", "Correct")) }
            (doubts(lang, record, view))
            @for (name, value) in texts(record) {
                @if name == "date" { (kind(lang, record, view)) }
                (text_field(lang, record, view, name, &value, false))
                @if name == "places" { (topics(lang, record, view)) }
            }
            @for row in &record.indicators { (figure(lang, record, view, row)) }
            (characters(lang, record, view))
            @match cutting {
                Cutting::Stated => {}
                Cutting::First => (extent(lang, record, view, false)),
                Cutting::Behind => (extent(lang, record, view, true)),
            }
        }
    }
}

/// A field as a line of text; open where it is what the page is about.
pub(crate) fn text_field(
    lang: Lang,
    record: &Record,
    view: &EditView,
    name: &'static str,
    value: &str,
    is_open: bool,
) -> Markup {
    let label = correction_field(lang, name);
    let id = format!("correct-{name}");
    let hint = match name {
        "date" | "issue_date" => Some(lang.of(
            "2023-02-09、2023-02、2023 或 2023-02-01..2023-02-09",
            "2023-02-09, 2023-02, 2023 or 2023-02-01..2023-02-09",
        )),
        "districts" => Some(lang.of(
            "主要地区在前，以顿号隔开；只是提到的写作“mentioned:登封市”",
            "The primary one first, with 、 between them; mentioned:登封市 is merely mentioned",
        )),
        "places" | "reporters" | "correspondents" | "photographers" => {
            Some(lang.of("以顿号隔开", "With 、 between them"))
        }
        "reprint_of" => Some(lang.of(
            "首发文章的编号；留空表示不是转载",
            "The id of the earliest article; empty: it is no reprint",
        )),
        _ => None,
    };
    let inner = html! {
        input id=(id) type="text" name="now" value=(value) autocomplete="off" spellcheck="false"
            lang=(Lang::Zh.tag()) maxlength="2000" aria-label=(label)
            aria-describedby=[hint.map(|_| format!("{id}-hint"))]
            data-complete=[(name == "districts").then_some("district")];
        (why(lang))
        button.main type="submit" { (lang.of("保存", "Save")) }
        @if let Some(hint) = hint { p.soft.small id={ (id) "-hint" } { (hint) } }
    };
    folded(label, value, is_open, &form(record, view, name, &inner))
}

/// The first field that a doubt is about, with its value, to be corrected at once.
pub(crate) fn field_of(record: &Record, review: Review) -> Option<(&'static str, String)> {
    let wanted = match review {
        Review::Undated => "date",
        Review::Unplaced | Review::AmbiguousPlace => "districts",
        Review::WeakCut | Review::DoubtfulFigure | Review::ArticleWarning => return None,
    };
    texts(record).into_iter().find(|(name, _)| *name == wanted)
}

fn folded(label: &str, value: &str, is_open: bool, form: &Markup) -> Markup {
    html! {
        details.correct name="correct" open[is_open] {
            summary {
                span.label { (label) } " "
                @if value.is_empty() { span.soft aria-hidden="true" { "—" } }
                @else { span.value lang=(Lang::Zh.tag()) { (value) } }
            }
            (form)
        }
    }
}

/// The form of a field around what it asks for.
fn form(record: &Record, view: &EditView, field: &str, inner: &Markup) -> Markup {
    html! {
        form method="post" action=(links::edit_article(&record.id)) {
            (view.hidden())
            input type="hidden" name="field" value=(field);
            (inner)
        }
    }
}

fn why(lang: Lang) -> Markup {
    let why = lang.of("理由（可不填）", "Why (optional)");
    html! { input.why type="text" name="why" placeholder=(why) aria-label=(why) maxlength="500"; }
}

fn kind(lang: Lang, record: &Record, view: &EditView) -> Markup {
    let inner = html! {
        @for kind in Kind::ALL {
            button.small type="submit" name="now" value=(kind.as_str())
                aria-current=[(kind == record.kind).then_some("true")] {
                (words::kind(lang, kind))
            }
        }
    };
    let value = words::kind(lang, record.kind);
    folded(correction_field(lang, "kind"), value, false, &form(record, view, "kind", &inner))
}

fn topics(lang: Lang, record: &Record, view: &EditView) -> Markup {
    let own: Vec<&str> = record.topics.iter().map(|topic| topic.label.as_str()).collect();
    let others = view.topics.iter().map(String::as_str).filter(|label| !own.contains(label));
    let inner = html! {
        fieldset.choices lang=(Lang::Zh.tag()) {
            legend.unseen { (correction_field(lang, "topics")) }
            @for label in own.iter().copied().chain(others) {
                label {
                    input type="checkbox" name="now" value=(label) checked[own.contains(&label)];
                    " " (label)
                }
            }
        }
        (why(lang))
        button.main type="submit" { (lang.of("保存", "Save")) }
    };
    let form = form(record, view, "topics", &inner);
    folded(correction_field(lang, "topics"), &own.join("、"), false, &form)
}

/// A row of figures: what is left as it is is not decided.
pub(crate) fn figure(lang: Lang, record: &Record, view: &EditView, row: &Indicator) -> Markup {
    let value = row.value.map(|value| value.to_string()).unwrap_or_default();
    let unit = row.unit.clone().unwrap_or_default();
    let period = row.period.as_ref().map(|of| Days(Option::zip(of.from, of.to)).to_string());
    let district = row.district.as_ref().map(|of| of.name.clone()).unwrap_or_default();
    let inputs = [
        ("name", lang.of("指标", "Indicator"), row.name.clone()),
        ("value", lang.of("数值", "Value"), value.clone()),
        ("unit", lang.of("单位", "Unit"), unit.clone()),
        ("period", lang.of("时段", "Period"), period.unwrap_or_default()),
        ("district", lang.of("地区", "District"), district),
    ];
    let inner = html! {
        p.small { q lang=(Lang::Zh.tag()) { (row.quote) } }
        input type="hidden" name="quote" value=(row.quote);
        input type="hidden" name="row" value=(row.name);
        @for (name, label, value) in inputs {
            label.row {
                span { (label) }
                input type="text" name=(name) value=(value) autocomplete="off"
                    lang=(Lang::Zh.tag()) maxlength="200";
                input type="hidden" name={ "old_" (name) } value=(value);
            }
        }
        (why(lang))
        button.main type="submit" { (lang.of("保存", "Save")) }
        " " button type="submit" name="remove" value="true" {
            (lang.of("不是指标", "Not an indicator"))
        }
    };
    let shown = format!("{} {value}{unit}", row.name);
    let form = form(record, view, "indicator", &inner);
    folded(correction_field(lang, "indicator"), shown.trim(), false, &form)
}

/// Misread characters. With a script the form is filled in from what is selected in the text.
fn characters(lang: Lang, record: &Record, view: &EditView) -> Markup {
    let inputs = [
        ("from", lang.of("原文印作", "As printed"), true),
        ("to", lang.of("应作", "Should be"), false),
        ("before", lang.of("前面的字", "Before it"), false),
        ("after", lang.of("后面的字", "Behind it"), false),
    ];
    let inner = html! {
        @for (name, label, is_needed) in inputs {
            label.row {
                span { (label) }
                input type="text" name=(name) required[is_needed] autocomplete="off"
                    spellcheck="false" lang=(Lang::Zh.tag()) maxlength="200";
            }
        }
        (why(lang))
        button.main type="submit" { (lang.of("保存", "Save")) }
        p.soft.small {
            (lang.of(
                "印出的文字保留，检索两种写法都能找到。同样的字有几处时，请写出前后的字。",
                "The printed characters stay and are still found. Where the same ones stand several times, say what is before and behind.",
            ))
        }
    };
    let label = lang.of("误识的字", "Misread characters");
    html! {
        div #correct-text data-select=(lang.of("改字", "Correct")) {
            (folded(label, "", false, &form(record, view, "text", &inner)))
        }
    }
}

/// Where it begins and ends.
fn extent(lang: Lang, record: &Record, view: &EditView, has_before: bool) -> Markup {
    let order = html! {
        input type="text" name="rows" value=(crate::present::lines(&record.lines)) autocomplete="off"
            aria-label=(lang.of("各行，按次序", "Lines, in order")) maxlength="2000";
        (why(lang))
        button.main type="submit" { (lang.of("保存", "Save")) }
        p.soft.small { (lang.of(
            "如 12-20,5-8：先读第 12 至 20 行，再读第 5 至 8 行",
            "As 12-20,5-8: lines 12 to 20 are read first, then 5 to 8",
        )) }
    };
    let pieces_form = html! {
        form method="post" action=(links::EDIT_LINES) {
            (view.hidden_of_file())
            input type="hidden" name="file" value=(record.source);
            input type="hidden" name="do" value="pieces";
            (order)
        }
    };
    let lines = crate::present::lines(&record.lines);
    let label = correction_field(lang, "pieces");
    html! {
        (folded(label, &lines, false, &pieces_form))
        p.extent {
            a href=(links::source_of(record)) { (lang.of("更正起止", "Correct where it begins and ends")) }
            @if has_before {
                form.inline method="post" action=(links::EDIT_LINES) {
                    (view.hidden_of_file())
                    input type="hidden" name="file" value=(record.source);
                    button.small type="submit" name="do" value={ "joins:" (record.id) } {
                        (lang.of("接上篇", "Join with the one before"))
                    }
                }
            }
        }
    }
}

/// A decision that takes one click.
fn one_button(record: &Record, view: &EditView, field: &str, now: &str, words: &str) -> Markup {
    html! {
        form.inline method="post" action=(links::edit_article(&record.id)) {
            (view.hidden())
            input type="hidden" name="field" value=(field);
            input type="hidden" name="now" value=(now);
            button.small type="submit" { (words) }
        }
    }
}

/// What is doubted about it, each with the way to say that it is right.
fn doubts(lang: Lang, record: &Record, view: &EditView) -> Markup {
    let found = in_article(record);
    let mut reviews: Vec<Review> = found.iter().filter_map(|one| review_of(one.matter)).collect();
    reviews.dedup();
    html! {
        @if !reviews.is_empty() {
            ul.plain.small.doubts {
                @for review in reviews {
                    li {
                        span.doubt { (words::review(lang, review)) } " "
                        @for finding in of_review(&found, review) {
                            span.soft { (words::about(lang, &finding.about)) } " "
                        }
                        (one_button(record, view, "confirms", review.as_str(), lang.of("无误", "It is right")))
                    }
                }
            }
        }
    }
}

/// The findings that one reason for review is made of.
pub(crate) fn of_review(found: &[Finding], review: Review) -> impl Iterator<Item = &Finding> {
    found.iter().filter(move |finding| review_of(finding.matter) == Some(review))
}

/// The reason for review that a matter is; none of those of whole files and of several articles.
fn review_of(matter: Matter) -> Option<Review> {
    match matter {
        Matter::WeakCut => Some(Review::WeakCut),
        Matter::Undated => Some(Review::Undated),
        Matter::Unplaced => Some(Review::Unplaced),
        Matter::AmbiguousPlace => Some(Review::AmbiguousPlace),
        Matter::UnsureFigure | Matter::FigureUnit | Matter::FigureSum => {
            Some(Review::DoubtfulFigure)
        }
        Matter::ArticleWarning => Some(Review::ArticleWarning),
        _ => None,
    }
}

/// That a doubt is unfounded, as a form of its own.
pub(crate) fn accept(lang: Lang, id: &ArticleId, view: &EditView, review: Review) -> Markup {
    html! {
        form.inline method="post" action=(links::edit_article(id)) {
            (view.hidden())
            input type="hidden" name="field" value="confirms";
            input type="hidden" name="now" value=(review.as_str());
            button.main type="submit" data-key="a" {
                (lang.of("无误", "It is right")) " " kbd { "a" }
            }
        }
    }
}
