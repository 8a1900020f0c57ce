//! What is known of an article, each with its evidence on demand.

use maud::{Markup, html};

use super::evidence::EvidencePlaces;
use crate::model::{
    Basis, DateMention, DateNote, DistrictRole, Issue, Kind, Place, Record, Topic,
    cut_confidence_is_low,
};
use crate::pages::layout::links;
use crate::pages::layout::marked::TextMarks;
use crate::present::Lang;
use crate::present::SearchParams;
use crate::present::words;
use crate::search::{Highlight, TextField};

/// The list of facts.
pub(crate) fn facts(
    lang: Lang,
    record: &Record,
    highlights: &[Highlight],
    read: &EvidencePlaces,
) -> Markup {
    let is_known = |places: &[Place]| !places.is_empty();
    let marks = |field| TextMarks::of(lang, record, highlights, field);
    html! {
        dl.facts {
            (fact(lang.of("日期", "Date"), &date(lang, &record.date, read)))
            @if is_known(&record.districts) {
                (fact(lang.of("地区", "Districts"), &places(lang, &record.districts, true, read)))
            }
            @if is_known(&record.places) {
                (fact(lang.of("地点", "Places"), &places(lang, &record.places, false, read)))
            }
            @if !record.topics.is_empty() {
                (fact(lang.of("主题", "Topics"), &topics(lang, &record.topics, read)))
            }
            (fact(lang.of("类型", "Kind"), &kind(lang, record.kind)))
            @if let Some(genre) = &record.genre {
                (fact(lang.of("文种", "Genre"), &html! {
                    span lang=(Lang::Zh.tag()) { (genre.label) }
                    @if !genre.evidence.is_empty() {
                        (evidence(lang, &html! { p { (read.quoted(lang, &genre.evidence, Basis::Title)) } }))
                    }
                }))
            }
            @if let Some(name) = &record.publication {
                (fact(lang.of("报刊", "Publication"), &by(
                    name, &SearchParams { publication: vec![name.clone()], ..SearchParams::default() },
                )))
            }
            @if let Some(issue) = issue(lang, &record.issue) {
                (fact(lang.of("出版日期", "Issue"), &issue))
            }
            @if let Some(page) = &record.page { (fact(lang.of("版次", "Page"), &html! { (page) })) }
            // Text and no link: it comes from a file, and can lead anywhere.
            @if let Some(url) = &record.url {
                (fact(lang.of("网址", "Address"), &html! {
                    (url)
                    @if let Some(day) = record.accessed {
                        (lang.of("（保存于 ", " (saved ")) (day) (lang.of("）", ")"))
                    }
                }))
            }
            @if let Some(engine) = &record.recognised {
                (fact(lang.of("文字识别", "Recognised by"), &html! { (engine) }))
            }
            @if let Some(section) = &record.section {
                (fact(lang.of("栏目", "Section"), &html! { span lang=(Lang::Zh.tag()) { (section) } }))
            }
            @if let Some(name) = &record.outlet {
                (fact(lang.of("来源", "Outlet"), &html! {
                    a lang=(Lang::Zh.tag()) href=(links::search(
                        &SearchParams { outlet: vec![name.clone()], ..SearchParams::default() }
                    )) { (marks(TextField::Outlet).whole(name)) }
                }))
            }
            @if !record.mentions.is_empty() {
                (fact(lang.of("涉及日期", "Speaks of"), &mentions(lang, record)))
            }
            @if let Some(docno) = &record.docno {
                (fact(lang.of("文号", "Document number"), &html! {
                    span lang=(Lang::Zh.tag()) { (marks(TextField::Docno).whole(docno)) }
                }))
            }
            @if let Some(issuer) = &record.issuer {
                (fact(lang.of("发文机关", "Issuer"), &html! { span lang=(Lang::Zh.tag()) { (issuer) } }))
            }
            (fact(lang.of("分篇", "Splitting"), &cut(lang, record)))
            (fact(lang.of("编号", "Id"), &html! { code { (record.id) } }))
            @if !record.former_ids.is_empty() {
                (fact(lang.of("原编号", "Former ids"), &html! {
                    @for (at, id) in record.former_ids.iter().enumerate() {
                        @if at > 0 { " " }
                        code { (id) }
                    }
                }))
            }
        }
    }
}

/// The days and periods that the article speaks of, each leading to what speaks of them.
fn mentions(lang: Lang, record: &Record) -> Markup {
    const SHOWN: usize = 12;
    let (shown, rest) = record.mentions.split_at(record.mentions.len().min(SHOWN));
    let list = |mentions: &[DateMention]| {
        html! {
            @for (place, mention) in mentions.iter().enumerate() {
                @if place > 0 { (lang.of("、", ", ")) }
                a lang=(Lang::Zh.tag()) title=(mention.days()) rel="nofollow" href=(links::search(
                    &SearchParams { q: format!("涉及日期:{}", mention.days()), ..SearchParams::default() }
                )) { (mention.text) }
            }
        }
    };
    html! {
        (list(shown))
        @if !rest.is_empty() {
            details {
                summary { (lang.of("展开其余 ", "Show ")) (rest.len()) (lang.of(" 处", " more")) }
                (list(rest))
            }
        }
    }
}

/// A fact by its name, for a list of them.
pub(crate) fn fact(name: &str, value: &Markup) -> Markup {
    html! { dt { (name) } dd { (value) } }
}

/// A value that leads to everything that has it.
fn by(name: &str, params: &SearchParams) -> Markup {
    html! { a lang=(Lang::Zh.tag()) href=(links::search(params)) { (name) } }
}

fn kind(lang: Lang, kind: Kind) -> Markup {
    let params = SearchParams { kind: vec![kind.as_str().to_owned()], ..SearchParams::default() };
    html! { a href=(links::search(&params)) { (words::kind(lang, kind)) } }
}

/// What opens to show why something is known.
fn evidence(lang: Lang, inner: &Markup) -> Markup {
    html! { details.evidence { summary { (lang.of("依据", "evidence")) } div { (inner) } } }
}

fn quoted(text: &str) -> Markup {
    html! { q lang=(Lang::Zh.tag()) { (text) } }
}

fn date(lang: Lang, note: &DateNote, read: &EvidencePlaces) -> Markup {
    let day = note.value.map(|day| day.to_string());
    html! {
        @if words::is_guess(note) { abbr title=(lang.of("推断，并非文中所述", "inferred, not stated")) {
            (lang.of("约", "about"))
        } " " }
        @match day {
            Some(day) => time datetime=(day) { (words::date(lang, note)) },
            None => (words::date(lang, note)),
        }
        (evidence(lang, &html! {
            p {
                (words::precision(lang, note.precision))
                @if let (true, Some(days)) = (
                    note.not_before != note.not_after,
                    words::interval(lang, note.not_before, note.not_after),
                ) {
                    (lang.of("，可能在 ", ", any day of ")) span.number { (days) }
                }
                (lang.of("。依据：", ". Based on: ")) (words::basis(lang, note.basis))
                @if let Some(text) = &note.text { (lang.of("，", ", ")) (read.quoted_date(lang, text, note.basis)) }
                (lang.of("。", "."))
            }
            @if let Some(rule) = &note.rule {
                p { (lang.of("规则：", "Rule: ")) (words::date_rule(lang, rule)) }
            }
        }))
    }
}

fn issue(lang: Lang, issue: &Issue) -> Option<Markup> {
    let note = &issue.date;
    let dated = match note.value {
        Some(day) => Some(day.to_string()),
        None => words::interval(lang, note.not_before, note.not_after)
            .map(|days| lang.of(format!("约 {days}"), format!("about {days}"))),
    };
    if issue.number.is_none() && dated.is_none() {
        return None;
    }
    Some(html! {
        @if let Some(number) = &issue.number { span lang=(Lang::Zh.tag()) { (number) } " " }
        @if let Some(dated) = dated {
            span.number { (dated) }
            (evidence(lang, &html! {
                p { (lang.of("依据：", "Based on: ")) (words::basis(lang, note.basis)) }
            }))
        }
    })
}

fn places(lang: Lang, places: &[Place], are_districts: bool, read: &EvidencePlaces) -> Markup {
    html! {
        ul.plain {
            @for place in places {
                li {
                    (path(place, are_districts))
                    @if let Some(role) = place.role.filter(|&role| role != DistrictRole::About) {
                        " " span.soft { (words::district_role(lang, role)) }
                    }
                    @if !place.ambiguous.is_empty() {
                        " " span.doubt { (lang.of("存疑", "uncertain")) }
                    }
                    (evidence(lang, &html! {
                        p {
                            (lang.of("依据：", "Based on: ")) (words::basis(lang, place.basis))
                            @if !place.evidence.is_empty() {
                                (lang.of("，", ", ")) (read.quoted(lang, &place.evidence, place.basis))
                            }
                            @if let Some(code) = &place.code {
                                (lang.of("。区划代码 ", ". Code ")) code { (code) }
                            }
                            (lang.of("。", "."))
                        }
                        @if let Some(role) = place.role {
                            p {
                                (lang.of("与文章的关系：", "Role: "))
                                (words::district_role(lang, role))
                                @if let Some(words) = &place.role_evidence {
                                    (lang.of("，据", ", by ")) (read.quoted(lang, words, Basis::Body))
                                }
                                (lang.of("。", "."))
                            }
                        }
                        @if !place.ambiguous.is_empty() {
                            p {
                                (lang.of("也可能是：", "Could also be: "))
                                @for (at, other) in place.ambiguous.iter().enumerate() {
                                    @if at > 0 { (lang.of("、", ", ")) }
                                    span lang=(Lang::Zh.tag()) { (other.join(" ")) }
                                }
                            }
                        }
                    }))
                }
            }
        }
    }
}

/// From the province down, each step with what lies in it.
fn path(place: &Place, are_districts: bool) -> Markup {
    let own = [place.name.clone()];
    let steps = if place.path.is_empty() { &own[..] } else { &place.path[..] };
    let is_linked = |at: usize| are_districts || at + 1 < steps.len();
    html! {
        span.path lang=(Lang::Zh.tag()) {
            @for (at, step) in steps.iter().enumerate() {
                @if at > 0 { span.soft aria-hidden="true" { " › " } }
                @if is_linked(at) {
                    (by(step, &SearchParams { district: vec![step.clone()], ..SearchParams::default() }))
                } @else { (step) }
            }
        }
    }
}

fn topics(lang: Lang, topics: &[Topic], read: &EvidencePlaces) -> Markup {
    html! {
        ul.plain {
            @for topic in topics {
                li {
                    (by(&topic.label, &SearchParams { topic: vec![topic.label.clone()], ..SearchParams::default() }))
                    " " span.soft.number { (format!("{:.2}", topic.score)) }
                    (evidence(lang, &html! {
                        p { @for (at, words) in topic.evidence.iter().enumerate() {
                            @if at > 0 { (lang.of("、", ", ")) }
                            (read.quoted(lang, words, Basis::Body))
                        } }
                    }))
                }
            }
        }
    }
}

fn cut(lang: Lang, record: &Record) -> Markup {
    let confidence = record.cut.confidence;
    html! {
        (lang.of("可信度 ", "confidence ")) span.number { (format!("{:.0}%", confidence * 100.0)) }
        @if cut_confidence_is_low(confidence) {
            " " span.doubt { (lang.of("可信度低，起止位置可能有误", "uncertain: the article may begin or end elsewhere")) }
        }
        @if !record.cut.reasons.is_empty() {
            (evidence(lang, &html! {
                ul {
                    @for reason in &record.cut.reasons {
                        li {
                            (lang.of("第 ", "line ")) (reason.line) (lang.of(" 行 ", " "))
                            span.number { (format!("{:+.1}", reason.weight)) } " "
                            (words::cut_reason(lang, &reason.rule).as_deref().unwrap_or(&reason.rule))
                            @if !reason.evidence.is_empty() { " " (quoted(&reason.evidence)) }
                        }
                    }
                }
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::testing::sample::sample;

    #[test]
    fn what_is_not_known_is_left_out_but_for_the_date() {
        let mut record = sample();
        record.date = DateNote::default();
        (record.districts, record.topics, record.outlet) = (vec![], vec![], None);
        let shown = facts(Lang::Zh, &record, &[], &EvidencePlaces::default()).into_string();
        assert!(shown.contains("日期不详"), "{shown}");
        assert!(!shown.contains("地区") && !shown.contains("主题") && !shown.contains("来源</dt>"));
    }
}
