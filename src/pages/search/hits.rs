//! The hits: their order, each of them, their pages, and ways to take all of them along.

use maud::{Markup, html};

use super::form::label;
use crate::export::Format;
use crate::model::{Basis, DateNote, Record, Review};
use crate::pages::layout::links;
use crate::pages::layout::marked::{marked, snippets};
use crate::present::words;
use crate::present::words::articles;
use crate::present::{Answer, DEFAULT_LIMIT, Dimension, Lang, MAX_OFFSET, SearchParams, spans};
use crate::search::{Hit, TextField};

/// Page links before and after the current page.
const BESIDE: usize = 2;

/// The hits of this page, with their order, the other pages, and what can be done with all of them.
pub(crate) fn hits(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    let offset = params.offset.unwrap_or(0);
    // Behind a mark it is not known how many came before.
    let counted = params.after.is_empty();
    html! {
        (orders(lang, params))
        @if answer.hits.is_empty() {
            p.note { (lang.of(
                "本页没有结果，请查看前面的页。",
                "No results on this page; see the earlier pages.",
            )) }
        }
        @let line = match answer.partial {
            Some(_) => answer.hits.iter().position(|hit| !hit.missing.is_empty()),
            None => None,
        };
        @let (full, partial) = answer.hits.split_at(line.unwrap_or(answer.hits.len()));
        @if !full.is_empty() { (list(lang, params, full, offset, counted)) }
        @if !partial.is_empty() {
            (divide(lang, params, answer.total))
            (list(lang, params, partial, offset + full.len(), counted))
        }
        (pages(lang, params, answer))
        @if answer.total > 0 { (beside(lang, params, answer)) }
    }
}

fn list(lang: Lang, params: &SearchParams, hits: &[Hit], before: usize, counted: bool) -> Markup {
    html! {
        ol.hits start=[counted.then_some(before + 1)] {
            @for (place, each) in (before + 1..).zip(hits) {
                li { (hit(lang, params, each, counted.then_some(place as u64))) }
            }
        }
    }
}

/// The line between articles with all of the words and those with some.
fn divide(lang: Lang, params: &SearchParams, total: u64) -> Markup {
    let any = SearchParams { any: true, ..params.from_the_start() };
    let all = SearchParams { all: true, ..params.from_the_start() };
    html! {
        div.divide {
            p {
                @if total == 0 { (lang.of("没有文章含全部检索词。", "No article has all of the words. ")) }
                (lang.of(
                    "以下文章只含部分检索词，按相关度排列。",
                    "The articles below have only some of the words, best first.",
                ))
            }
            p.small.screen-only {
                a href=(links::search(&any)) rel="nofollow" {
                    (lang.of("一并计数和导出", "Count and export them too"))
                }
                " " (lang.of("·", "·")) " "
                a href=(links::search(&all)) rel="nofollow" {
                    (lang.of("只要含全部检索词的", "Only articles with all of the words"))
                }
            }
        }
    }
}

/// A hit. `place`: its place among all of them, from 1, where that is known.
fn hit(lang: Lang, params: &SearchParams, hit: &Hit, place: Option<u64>) -> Markup {
    let record = &hit.record;
    let href = links::article(&record.id, place.map(|place| (params, place)));
    let body = spans(&hit.highlights, TextField::Body);
    html! {
        article.hit {
            h2 { a href=(href) data-hit { (headline(hit)) } }
            (facts(lang, params, hit))
            // Of a picture without a title the beginning of the body is the headline already.
            @if record.title.is_some() || !body.is_empty() {
                div.snippets lang=(Lang::Zh.tag()) { (snippets(&record.body, body)) }
            }
            @let credit = spans(&hit.highlights, TextField::Credit);
            @if let (Some(text), false) = (&record.credit, credit.is_empty()) {
                p.credit lang=(Lang::Zh.tag()) { (marked(text, credit)) }
            }
            // A search for articles that need review shows what to check.
            @if !params.review.is_empty() { (to_check(lang, record)) }
            @if !hit.look_alikes.is_empty() {
                p.small.look-alikes {
                    (lang.of("字形相近：", "Looks alike: "))
                    @for (at, text) in hit.look_alikes.iter().enumerate() {
                        @if at > 0 { (lang.of("、", ", ")) }
                        span lang=(Lang::Zh.tag()) { (text) }
                    }
                }
            }
            @if !hit.missing.is_empty() {
                p.small.missing {
                    (lang.of("缺少：", "Without "))
                    @for (at, word) in hit.missing.iter().enumerate() {
                        @if at > 0 { (lang.of("、", ", ")) }
                        s lang=(Lang::Zh.tag()) { (word) }
                    }
                }
            }
            @if hit.reprints > 0 {
                p.small {
                    a href={ (links::article(&record.id, None)) "#reprints" } {
                        (lang.of("另有 ", ""))
                        (words::number(hit.reprints))
                        (match (lang, hit.reprints) {
                            (Lang::Zh, _) => " 处刊载",
                            (Lang::En, 1) => " reprint",
                            (Lang::En, _) => " reprints",
                        })
                    }
                }
            }
        }
    }
}

fn to_check(lang: Lang, record: &Record) -> Markup {
    html! {
        ul.small {
            @for review in Review::ALL.into_iter().filter(|review| review.concerns(record)) {
                @if review == Review::ArticleWarning {
                    @for warning in &record.warnings { li { (words::article_warning(lang, warning)) } }
                } @else {
                    li { (words::review(lang, review)) }
                }
            }
        }
    }
}

/// A date as finely as it is known, and where it comes from; a guess says so.
fn date(lang: Lang, note: &DateNote) -> Markup {
    let said = words::date(lang, note);
    html! {
        @if words::is_guess(note) { (lang.of("约 ", "about ")) }
        @if let Some(day) = note.value { time datetime=(day) { (said) } } @else { (said) }
        @if note.basis != Basis::Unknown {
            span.small {
                (lang.of("（", " (")) (words::basis(lang, note.basis)) (lang.of("）", ")"))
            }
        }
    }
}

/// Kicker, title and subtitle as they are printed.
fn headline(hit: &Hit) -> Markup {
    let record = &hit.record;
    html! {
        @if record.headline().next().is_none() {
            span.headline lang=(Lang::Zh.tag()) { (words::name(record)) }
        } @else {
            @for (class, field) in [
                ("kicker", TextField::Kicker),
                ("headline", TextField::Title),
                ("subtitle", TextField::Subtitle),
            ] {
                @if let Some(text) = field.of(record) {
                    span class=(class) lang=(Lang::Zh.tag()) {
                        (marked(text, spans(&hit.highlights, field)))
                    }
                    " "
                }
            }
        }
    }
}

fn facts(lang: Lang, params: &SearchParams, hit: &Hit) -> Markup {
    let record = &hit.record;
    html! {
        ul.line {
            li { span.unseen { (label(lang, Dimension::Days)) " " } (date(lang, &record.date)) }
            @if let Some(district) = record.about().next() {
                li { (narrowed(lang, params, Dimension::District, &district.name)) }
            }
            @if let Some(outlet) = &record.outlet {
                li lang=(Lang::Zh.tag()) { (marked(outlet, spans(&hit.highlights, TextField::Outlet))) }
            }
            @if let Some(publication) = &record.publication {
                li lang=(Lang::Zh.tag()) { (publication) @if let Some(page) = &record.page { " " (page) } }
            } @else if let Some(page) = &record.page {
                li { (page) }
            }
            @if let Some(docno) = &record.docno {
                li lang=(Lang::Zh.tag()) { (marked(docno, spans(&hit.highlights, TextField::Docno))) }
            }
            @for topic in &record.topics {
                li { (narrowed(lang, params, Dimension::Topic, &topic.label)) }
            }
        }
    }
}

/// A value that leads to the same search, narrowed to it.
fn narrowed(lang: Lang, params: &SearchParams, dimension: Dimension, value: &str) -> Markup {
    let to = params.with_values(dimension, vec![value.to_owned()]);
    html! {
        span.unseen { (label(lang, dimension)) " " }
        a lang=(Lang::Zh.tag()) href=(links::search(&to)) rel="nofollow" { (value) }
    }
}

/// The orders that can be chosen.
fn orders(lang: Lang, params: &SearchParams) -> Markup {
    let orders = [
        ("", lang.of("相关度", "Relevance")),
        ("newest", lang.of("从新到旧", "Newest first")),
        ("oldest", lang.of("从旧到新", "Oldest first")),
    ];
    let chosen = if params.sort == "relevance" { "" } else { params.sort.as_str() };
    html! {
        nav.orders aria-label=(lang.of("排序", "Sort by")) {
            ul {
                @for (sort, said) in orders {
                    @let to = SearchParams { sort: sort.to_owned(), ..params.from_the_start() };
                    li {
                        a href=(links::search(&to)) rel="nofollow"
                            aria-current=[(sort == chosen).then_some("true")] { (said) }
                    }
                }
            }
            a.to-filters href="#filters" { (lang.of("筛选", "Filters")) }
        }
    }
}

/// Ways to the other pages.
fn pages(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    let limit = params.limit.unwrap_or(DEFAULT_LIMIT);
    if limit == 0 {
        return html! {};
    }
    let offset = params.offset.unwrap_or(0);
    let behind = answer.partial.map_or(0, |partial| partial.stories);
    let stories = usize::try_from(answer.stories + behind).unwrap_or(usize::MAX);
    // A page reached by a cursor has no number.
    let here = params.after.is_empty().then_some(offset / limit);
    let last = (stories.div_ceil(limit).max(1) - 1).min(MAX_OFFSET / limit);
    let to = |page: usize| {
        let offset = Some(page * limit).filter(|&offset| offset > 0);
        links::search(&SearchParams { offset, ..params.from_the_start() })
    };
    let next = match here {
        Some(page) if page < last => Some(to(page + 1)),
        // So far behind that pages have no numbers.
        _ => answer.next.map(|next| {
            links::search(&SearchParams { after: next.to_string(), ..params.from_the_start() })
        }),
    };
    let before = here.filter(|&page| page > 0).map(|page| to(page.min(last + 1) - 1));
    if next.is_none() && before.is_none() && here.is_some() {
        return html! {};
    }
    html! {
        nav.pages aria-label=(lang.of("分页", "Pages")) {
            ul {
                @if let Some(before) = before {
                    li { a.button rel="prev" href=(before) { (lang.of("上一页", "Previous")) } }
                }
                @for page in offered(here, last) {
                    @match page {
                        Some(page) => li {
                            a.button href=(to(page))
                                aria-current=[(here == Some(page)).then_some("page")] {
                                span.unseen { (lang.of("第 ", "Page ")) }
                                (words::number(page as u64 + 1))
                                span.unseen { (lang.of(" 页", "")) }
                            }
                        },
                        None => li.gap aria-hidden="true" { "…" },
                    }
                }
                @if let Some(next) = next {
                    li { a.button rel="next" href=(next) { (lang.of("下一页", "Next")) } }
                }
            }
        }
    }
}

/// Export, feed and trend.
fn beside(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    let has_partial = answer.partial.is_some_and(|partial| partial.articles > 0);
    html! {
        section.taken aria-labelledby="taken" {
            h2 #taken {
                @if has_partial {
                    (lang.of("导出含全部检索词的 ", "Export ")) (articles(lang, answer.total))
                    (lang.of("", " with all of the words"))
                } @else {
                    (lang.of("导出全部 ", "Export all ")) (articles(lang, answer.total))
                }
            }
            ul.chips {
                @for format in Format::ALL {
                    li {
                        a.button href=(links::export(params, format.as_str())) download
                            rel="nofollow" {
                            (format.name()) (lang.of("（", " (")) (use_of(lang, format))
                            (lang.of("）", ")"))
                        }
                    }
                }
                li { a.button href=(links::feed(params)) rel="nofollow" { (lang.of(
                    "订阅新入库的文章（Atom）",
                    "Subscribe to new articles (Atom)",
                )) } }
                // Undated articles have no place in a trend.
                @if !params.undated {
                    li { a.button href=(links::trend(params)) rel="nofollow" {
                        (lang.of("查看走势", "Trend"))
                    } }
                }
            }
        }
    }
}

fn use_of(lang: Lang, format: Format) -> &'static str {
    match format {
        Format::Jsonl => lang.of("全部字段", "all fields"),
        Format::Csv => lang.of("表格", "table"),
        Format::Markdown => lang.of("阅读", "for reading"),
    }
}

/// The pages that get a link, counted from 0; `None` marks a gap.
fn offered(here: Option<usize>, last: usize) -> Vec<Option<usize>> {
    let near = here.unwrap_or(0);
    let mut shown = Vec::new();
    let mut before = None;
    for page in (near.saturating_sub(BESIDE)..=near + BESIDE)
        .chain([0, last])
        .collect::<std::collections::BTreeSet<_>>()
    {
        if page > last {
            continue;
        }
        if before.is_some_and(|before: usize| before + 1 < page) {
            shown.push(None);
        }
        shown.push(Some(page));
        before = Some(page);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_the_last_and_the_near_pages_are_offered() {
        let shown = |here, last| {
            let pages = offered(here, last).into_iter();
            pages.map(|p| p.map_or("…".to_owned(), |p| p.to_string())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(Some(0), 0), "0");
        assert_eq!(shown(Some(0), 20), "0 1 2 … 20");
        assert_eq!(shown(Some(10), 20), "0 … 8 9 10 11 12 … 20");
        assert_eq!(shown(Some(20), 20), "0 … 18 19 20");
        assert_eq!(shown(Some(90), 20), "0 … 20");
        assert_eq!(shown(None, 5), "0 1 2 … 5");
    }
}
