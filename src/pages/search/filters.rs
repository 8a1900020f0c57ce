//! Ways to narrow a search by what its hits have: values with counts, each a link that adds it to
//! the search or takes it away.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::form::{label, shown};
use crate::model::Review;
use crate::pages::layout::charts::{possible, within};
use crate::pages::layout::links;
use crate::pages::layout::marked::named;
use crate::present::words;
use crate::present::{Answer, Dimension, Lang, SearchParams};
use crate::search::{AreaCount, Count, Facets, PeriodCount, RoleScope};

/// Values that are shown at once; the rest can be opened.
const FIRST: usize = 10;
/// Values of a list at most, beside those that are set: a large archive has thousands of outlets.
const MAX_VALUES: usize = 30;
/// Districts below others, and months below years, that a page has room for: as many as their links
/// have bytes for, since each of them holds the whole search. What has no room opens when what it
/// lies in is chosen.
const MAX_BELOW: usize = 160;
const MIN_BELOW: usize = 24;
const BYTES_BELOW: usize = 16_000;
const MONTHS_OF_A_YEAR: i32 = 12;

/// All filters.
pub(crate) fn filters(lang: Lang, params: &SearchParams, answer: &Answer) -> Markup {
    let Some(facets) = answer.filter_counts() else { return html! {} };
    let kinds_of_text = [
        (Dimension::Topic, &facets.topics),
        (Dimension::Kind, &facets.kinds),
        (Dimension::Publication, &facets.publications),
        (Dimension::Outlet, &facets.outlets),
        (Dimension::Tag, &facets.tags),
        (Dimension::Collection, &facets.collections),
    ];
    html! {
        nav.filters #filters aria-label=(lang.of("筛选", "Filters")) {
            // Where the page is narrow this is a sheet over it.
            p.sheet-head {
                strong { (lang.of("筛选", "Filters")) }
                a.button href="#total" { (lang.of("关闭", "Close")) }
            }
            @if answer.partial.is_some_and(|partial| partial.articles > 0) {
                p.small.soft { (lang.of(
                    "仅统计含全部检索词的文章。",
                    "Counts are of articles with all of the words.",
                )) }
            }
            @if !facets.district_tree.is_empty() || facets.unplaced > 0 {
                section.tree {
                    h2 { (label(lang, Dimension::District)) }
                    (several(lang, params, Dimension::District))
                    (scope(lang, params))
                    (district_tree(lang, params, &facets.district_tree))
                    (unplaced(lang, params, facets.unplaced))
                }
            }
            (years(lang, params, facets))
            @for (dimension, counts) in kinds_of_text {
                (values(lang, params, dimension, counts))
            }
        }
    }
}

/// A way to the districts that are merely named, and back.
fn scope(lang: Lang, params: &SearchParams) -> Markup {
    let (to, said) = match params.role.as_str() {
        "" => {
            (RoleScope::Any.as_str(), lang.of("含仅提到的地区", "Include districts merely named"))
        }
        _ => ("", lang.of("仅看文章所写的地区", "Only districts that articles are about")),
    };
    let params = SearchParams { role: to.to_owned(), ..params.from_the_start() };
    html! { p.small { a href=(links::search(&params)) { (said) } } }
}

/// What has no district.
fn unplaced(lang: Lang, params: &SearchParams, count: u64) -> Markup {
    let unplaced = Review::Unplaced;
    let is_set = params.review.iter().any(|word| word == unplaced.as_str());
    let to = if is_set {
        params.toggled(Dimension::Review, unplaced.as_str())
    } else {
        // It lies in none of those that are set.
        let anywhere = params.without(Dimension::District);
        anywhere.with_values(Dimension::Review, vec![unplaced.as_str().to_owned()])
    };
    let said = html! { (words::review(lang, unplaced)) };
    html! {
        @if count > 0 || is_set { ul.choices { li { (choice(lang, &said, count, &to, is_set)) } } }
    }
}

/// What the numbers beside further values mean, where one is set.
fn several(lang: Lang, params: &SearchParams, dimension: Dimension) -> Markup {
    html! {
        @if !params.values(dimension).is_empty() {
            p.soft.small { (lang.of(
                "可多选（满足任一项）；数字为各项篇数。",
                "Articles match any selected value; each count is for that value alone.",
            )) }
        }
    }
}

/// A list of values under its name.
fn values(lang: Lang, params: &SearchParams, dimension: Dimension, counts: &[Count]) -> Markup {
    html! {
        @if !counts.is_empty() {
            section {
                h2 { (label(lang, dimension)) }
                (several(lang, params, dimension))
                (values_of(lang, params, dimension, counts))
            }
        }
    }
}

/// Values; those that are set come first.
pub(crate) fn values_of(
    lang: Lang,
    params: &SearchParams,
    dimension: Dimension,
    counts: &[Count],
) -> Markup {
    let set = params.values(dimension);
    let is_set = |count: &&Count| set.contains(&count.value);
    let (chosen, others): (Vec<&Count>, Vec<&Count>) = counts.iter().partition(is_set);
    let left_out = others.len().saturating_sub(MAX_VALUES);
    let items = chosen.into_iter().chain(others.into_iter().take(MAX_VALUES)).map(|count| {
        let said = shown(lang, dimension, &count.value);
        let to = params.toggled(dimension, &count.value);
        html! { li { (choice(lang, &said, count.count, &to, is_set(&count))) } }
    });
    html! {
        (list(lang, &items.collect::<Vec<Markup>>()))
        @if left_out > 0 { (more_values(lang, left_out, dimension)) }
    }
}

/// How the values are reached that the list has no room for.
fn more_values(lang: Lang, count: usize, dimension: Dimension) -> Markup {
    let (count, field) = (words::number(count as u64), label(Lang::Zh, dimension));
    html! {
        p.soft.small {
            (match lang {
                Lang::Zh => format!("另有 {count} 项未列出，可检索“{field}:名称”。"),
                Lang::En => format!("{count} more are not listed; search for {field}:name."),
            })
        }
    }
}

/// The districts as a tree, as far as there is room for what lies in others.
pub(crate) fn district_tree(lang: Lang, params: &SearchParams, tree: &[AreaCount]) -> Markup {
    let unfolded = unfolded(tree, &params.district, room(params));
    areas(lang, params, tree, &unfolded, &mut Vec::new())
}

/// How many values below others there is room for.
fn room(params: &SearchParams) -> usize {
    const REST_OF_A_LINK: usize = 60;
    let address = params.to_address().len();
    (BYTES_BELOW / (address + REST_OF_A_LINK)).clamp(MIN_BELOW, MAX_BELOW)
}

/// The units of which the parts are listed: those that hold what is set, and of the others those with
/// the most articles, as far as there is room.
fn unfolded<'a>(tree: &'a [AreaCount], set: &[String], room: usize) -> Vec<&'a AreaCount> {
    let mut unfolded = Vec::new();
    let mut listed = 0;
    let ranked = |unit: &'a AreaCount| (holds(unit, set), unit.count, unit);
    let mut next: Vec<(bool, u64, &AreaCount)> = tree.iter().map(ranked).collect();
    while let Some(at) = (0..next.len()).max_by_key(|&at| (next[at].0, next[at].1)) {
        let (is_wanted, _, unit) = next.swap_remove(at);
        let has_room = listed + unit.within.len() <= room;
        if !unit.within.is_empty() && (has_room || is_wanted) {
            listed += unit.within.len();
            unfolded.push(unit);
            next.extend(unit.within.iter().map(ranked));
        }
    }
    unfolded
}

/// Units with what lies in them. `above` are the names from the province down to here.
fn areas(
    lang: Lang,
    params: &SearchParams,
    units: &[AreaCount],
    unfolded: &[&AreaCount],
    above: &mut Vec<String>,
) -> Markup {
    let mut ordered: Vec<&AreaCount> = units.iter().collect();
    // Stable: most first among those that are set and among those that are not.
    ordered.sort_by_key(|unit| !holds(unit, &params.district));
    let mut items = Vec::with_capacity(ordered.len());
    for (place, unit) in ordered.into_iter().enumerate() {
        let is_set = params.district.contains(&unit.name);
        let to = with_district(params, unit, above);
        // Of the provinces the first one: most archives are of one.
        let open = (above.is_empty() && place == 0) || holds(unit, &params.district);
        above.push(unit.name.clone());
        items.push(html! {
            li {
                (choice(lang, &named(lang, &unit.name), unit.count, &to, is_set))
                @if unfolded.iter().any(|known| std::ptr::eq(*known, unit)) {
                    details.within open[open] {
                        summary {
                            span.unseen { (lang.of("下辖地区：", "Areas within ")) (named(lang, &unit.name)) }
                        }
                        (areas(lang, params, &unit.within, unfolded, above))
                    }
                }
            }
        });
        above.pop();
    }
    list(lang, &items)
}

/// Whether a district that is asked for is the unit or lies in it.
fn holds(unit: &AreaCount, params: &[String]) -> bool {
    params.contains(&unit.name) || unit.within.iter().any(|inner| holds(inner, params))
}

/// The search with the unit or without it. An article needs only one of several districts, so
/// whoever chooses a district of a city that is set means no longer the whole city, and the other
/// way round.
fn with_district(params: &SearchParams, unit: &AreaCount, above: &[String]) -> SearchParams {
    let mut to = params.toggled(Dimension::District, &unit.name);
    if to.district.contains(&unit.name) {
        let mut below = BTreeSet::new();
        gather(&unit.within, &mut below);
        to.district.retain(|name| !above.contains(name) && !below.contains(name.as_str()));
    }
    to
}

fn gather<'a>(units: &'a [AreaCount], names: &mut BTreeSet<&'a str>) {
    for unit in units {
        names.insert(&unit.name);
        gather(&unit.within, names);
    }
}

/// Years, each with its months.
fn years(lang: Lang, params: &SearchParams, facets: &Facets) -> Markup {
    let mut items: Vec<Markup> = Vec::new();
    let holds_days = |year: &PeriodCount| {
        let year = year.value.to_string();
        [&params.from, &params.to].iter().any(|day| day.starts_with(&year))
    };
    // Last ones first, what is new is looked for more often; before them those that are set.
    let (chosen, others): (Vec<&PeriodCount>, Vec<&PeriodCount>) =
        facets.years.iter().rev().partition(|year| holds_days(year));
    let (mut listed, room) = (0, room(params));
    for year in chosen.into_iter().chain(others) {
        let is_of_year = |month: &&PeriodCount| {
            month.value.number().div_euclid(MONTHS_OF_A_YEAR) == year.value.number()
        };
        let months: Vec<&PeriodCount> = facets.months.iter().filter(is_of_year).collect();
        let within = holds_days(year);
        let has_months = !months.is_empty() && (within || listed + months.len() <= room);
        listed += if has_months { months.len() } else { 0 };
        items.push(html! {
            li {
                (period(lang, params, year))
                @if has_months {
                    details.within open[within || facets.years.len() == 1] {
                        summary {
                            span.unseen { (lang.of("各月：", "Months: ")) (year.value) }
                        }
                        ul.choices { @for month in months { li { (period(lang, params, month)) } } }
                    }
                }
            }
        });
    }
    if facets.undated > 0 || params.undated {
        let to = if params.undated {
            params.without(Dimension::Undated)
        } else {
            SearchParams { undated: true, ..params.of_days("", "") }
        };
        let said = html! { (lang.of("日期不详", "Undated")) };
        items.push(html! { li { (choice(lang, &said, facets.undated, &to, params.undated)) } });
    }
    html! {
        @if !items.is_empty() {
            section.tree { h2 { (label(lang, Dimension::Days)) } (list(lang, &items)) }
        }
    }
}

fn period(lang: Lang, params: &SearchParams, counted: &PeriodCount) -> Markup {
    let name = counted.value.to_string();
    let is_set = params.from == name && params.to == name;
    let to = if is_set { params.without(Dimension::Days) } else { within(params, counted.value) };
    let counts = html! { (words::number(counted.count)) (possible(lang, counted.possible)) };
    linked(lang, &html! { (name) }, &counts, &to, is_set)
}

fn choice(lang: Lang, said: &Markup, count: u64, to: &SearchParams, is_set: bool) -> Markup {
    linked(lang, said, &html! { (words::number(count)) }, to, is_set)
}

fn linked(lang: Lang, said: &Markup, counts: &Markup, to: &SearchParams, is_set: bool) -> Markup {
    html! {
        a.choice href=(links::search(to)) rel="nofollow" aria-current=[is_set.then_some("true")] {
            span.value {
                @if is_set { span aria-hidden="true" { "✓ " } }
                (said)
                @if is_set { span.unseen { (lang.of("（移除）", " (remove)")) } }
            }
            " " span.number { (counts) }
        }
    }
}

fn list(lang: Lang, items: &[Markup]) -> Markup {
    // Not to hide a single one behind words that take its place.
    let first = if items.len() == FIRST + 1 { items.len() } else { FIRST.min(items.len()) };
    let (first, rest) = items.split_at(first);
    html! {
        ul.choices { @for item in first { (item) } }
        @if !rest.is_empty() {
            details {
                summary { (lang.of("展开其余 ", "Show ")) (rest.len()) (lang.of(" 项", " more")) }
                ul.choices { @for item in rest { (item) } }
            }
        }
    }
}
