//! The page before any search: what the archive holds, and ways into it. Examples are made from what
//! it holds, so that each of them finds something.

use maud::{Markup, html};

use super::filters::{district_tree, values_of};
use super::form::{FormFocus, form, label};
use super::hits::{HitList, list};
use super::notes::notes;
use super::timeline::chart;
use crate::model::Record;
use crate::pages::layout::links;
use crate::present::words;
use crate::present::{Answer, Dimension, Lang, SearchParams};
use crate::query::value_text;
use crate::search::{AreaCount, Facets};

/// Characters of a headline that are quoted in an example.
const QUOTED: usize = 8;

/// What is shown instead of results; `answer` has the newest articles, `strange` are parameters that
/// were passed over.
pub(crate) fn home(
    lang: Lang,
    params: &SearchParams,
    answer: &Answer,
    strange: &[String],
) -> Markup {
    let facets = answer.filter_counts().cloned().unwrap_or_default();
    html! {
        div.home {
            h1 { (lang.of("地方报刊与公报全文检索", "Search local newspapers and bulletins")) }
            p.lead { (lang.of(
                "将报纸版面和政府公报分篇，标注日期、地区、主题与来源，可检索每一个字，并可查看原文件与判断依据。",
                "Newspaper pages and government bulletins, cut into articles and annotated with date, district, topic and outlet. Every character can be searched, and every annotation shows its evidence.",
            )) }
            (form(lang, params, FormFocus::Box))
            (notes(lang, params, answer, strange))
            @if answer.total == 0 {
                p.note { (lang.of(
                    "库中还没有文章，请先在服务器上运行 dibao ingest 入库。",
                    "The archive is empty. Run dibao ingest on the server to add files.",
                )) }
            } @else {
                (examples(lang, answer, &facets))
                (coverage(lang, answer, &facets))
                (ways(lang, params, &facets))
                (chart(lang, params, answer))
                (newest(lang, params, answer))
            }
        }
    }
}

/// A few searches, each of which finds something.
fn examples(lang: Lang, answer: &Answer, facets: &Facets) -> Markup {
    let field =
        |dimension, value: &str| format!("{}:{}", label(Lang::Zh, dimension), value_text(value));
    let mut queries: Vec<String> = Vec::new();
    if let Some(district) = busiest(&facets.district_tree) {
        // As text the name may not stand in any article.
        queries.push(field(Dimension::District, &district.name));
    }
    // Headlines, and a district with a topic, are those of articles that there are.
    let records = || answer.hits.iter().map(|hit| &hit.record);
    queries.extend(records().find_map(|record| {
        let (district, topic) = (record.about().next()?, record.topics.first()?);
        let district = field(Dimension::District, &district.name);
        Some(format!("{district} {}", field(Dimension::Topic, &topic.label)))
    }));
    queries.extend(records().find_map(phrase).map(|words| format!("标题:“{words}”")));
    queries.extend(records().find_map(|record| {
        let (topic, day) = (record.topics.first()?, record.date.value?);
        let days = format!("{}:{}", label(Lang::Zh, Dimension::Days), day.year());
        Some(format!("{} {days}", field(Dimension::Topic, &topic.label)))
    }));
    queries.extend(facets.outlets.first().map(|outlet| field(Dimension::Outlet, &outlet.value)));
    html! {
        p.examples-line {
            (lang.of("检索示例：", "For example: "))
            @for query in &queries {
                a.chip lang=(Lang::Zh.tag())
                    href=(links::search(&SearchParams::default().saying(query.as_str()))) {
                    (query)
                }
                " "
            }
            a href="/help" { (lang.of("检索语法", "Query syntax")) }
        }
    }
}

/// The unit with the most articles among those that nothing lies in.
fn busiest(units: &[AreaCount]) -> Option<&AreaCount> {
    let lowest = units
        .iter()
        .filter_map(|unit| if unit.within.is_empty() { Some(unit) } else { busiest(&unit.within) });
    lowest.max_by_key(|unit| unit.count)
}

/// The first words of a headline, up to a sign or a blank.
fn phrase(record: &Record) -> Option<String> {
    let words = record.title.as_deref()?.split(|c: char| !c.is_alphanumeric());
    let words = words.map(|run| run.chars().take(QUOTED).collect::<String>());
    words.into_iter().find(|words| words.chars().count() >= QUOTED / 2)
}

/// The numbers of what the archive holds.
fn coverage(lang: Lang, answer: &Answer, facets: &Facets) -> Markup {
    let number = |count: usize| words::number(count as u64);
    let ends = facets.months.first().zip(facets.months.last());
    html! {
        dl.totals {
            div { dt { (lang.of("文章", "Articles")) } dd #total { (words::number(answer.total)) } }
            @if answer.stories < answer.total {
                div {
                    dt { (lang.of("去重后", "Without reprints")) }
                    dd { (words::number(answer.stories)) }
                }
            }
            @if let Some((first, last)) = ends {
                div {
                    dt { (lang.of("时间跨度", "Time span")) }
                    dd { (first.value) (lang.of(" 至 ", " to ")) (last.value) }
                }
            }
            @for (count, name) in [
                (facets.publications.len(), lang.of("报刊", "Publications")),
                (facets.outlets.len(), lang.of("来源", "Outlets")),
                (facets.districts.len(), lang.of("地区", "Districts")),
            ] {
                @if count > 0 { div { dt { (name) } dd { (number(count)) } } }
            }
        }
        p.small {
            a href="/overview" { (lang.of("查看库藏总览", "See the overview of the archive")) }
            " · "
            a href="/indicators" { (lang.of("查看指标数值", "See its indicators")) }
        }
    }
}

/// Districts, topics and publications with their numbers.
fn ways(lang: Lang, params: &SearchParams, facets: &Facets) -> Markup {
    html! {
        div.ways-in {
            @if !facets.district_tree.is_empty() {
                section.tree aria-labelledby="by-district" {
                    h2 #by-district { (lang.of("按地区浏览", "By district")) }
                    (district_tree(lang, params, &facets.district_tree))
                }
            }
            @if !facets.topics.is_empty() {
                section aria-labelledby="by-topic" {
                    h2 #by-topic { (lang.of("按主题浏览", "By topic")) }
                    (values_of(lang, params, Dimension::Topic, &facets.topics))
                }
            }
            @if !facets.publications.is_empty() {
                section aria-labelledby="by-publication" {
                    h2 #by-publication { (lang.of("按报刊浏览", "By publication")) }
                    (values_of(lang, params, Dimension::Publication, &facets.publications))
                }
            }
        }
    }
}

fn newest(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    let all = SearchParams { sort: "newest".to_owned(), ..params.clone() };
    html! {
        section aria-labelledby="newest" {
            h2 #newest { (lang.of("最新文章", "Newest articles")) }
            (list(lang, params, &answer.hits, 0, HitList { counted: true, pickable: false }))
            p { a.button href=(links::search(&all)) {
                (lang.of("查看全部文章", "All articles"))
            } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_district_has_nothing_below_it() {
        let unit = |name: &str, count, within| AreaCount { name: name.into(), count, within };
        let city = unit("甲市", 9, vec![unit("乙县", 4, vec![]), unit("丙区", 5, vec![])]);
        let tree = [unit("丁省", 9, vec![city]), unit("戊省", 2, vec![])];
        assert_eq!(busiest(&tree).map(|unit| unit.name.as_str()), Some("丙区"));
    }
}
