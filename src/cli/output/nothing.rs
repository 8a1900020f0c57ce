//! If nothing was found: why, and what to try instead.

use super::console::Console;
use super::facts::{articles, number};
use crate::present::{Dimension, Lang, NoHits, Selection};
use crate::search::{Archive, Filters, SearchError, Suggestion};

/// Finds out why nothing was found, and prints it.
pub(crate) fn explain(
    archive: &Archive,
    selection: &Selection,
    console: &Console,
) -> Result<(), SearchError> {
    tell(&NoHits::of(archive, selection)?, selection, console);
    Ok(())
}

/// Prints to stderr the matches of each part of the query alone, and the matches without each of
/// the filters.
pub(crate) fn tell(nothing: &NoHits, selection: &Selection, console: &Console) {
    let lang = console.lang;
    if nothing.articles == 0 {
        console.tell(lang.of(
            "没有找到：索引是空的，请用 `dibao ingest` 入库",
            "nothing found: the index is empty; run `dibao ingest`",
        ));
        return;
    }
    let all = articles(lang, nothing.articles);
    console.tell(lang.of(format!("在 {all}文章中没有找到"), format!("nothing found in {all}")));
    tell_parts(nothing, console);
    if let Some((first, last)) = &nothing.months {
        console.tell(lang.of(
            format!("  库中文章的日期从 {first} 到 {last}"),
            format!("  the archive's dates run from {first} to {last}"),
        ));
    }
    if let Some(found) = nothing.with_some {
        let found = articles(lang, found);
        console.tell(lang.of(
            format!("  --any（匹配任一检索词）：{found}"),
            format!("  --any, with some of the words: {found}"),
        ));
    }
    for &(dimension, found) in &nothing.without {
        let flag = flag(lang, dimension, &selection.request.filters);
        let found = articles(lang, found);
        console
            .tell(lang.of(format!("  去掉 {flag}：{found}"), format!("  without {flag}: {found}")));
    }
    if let Some(found) = nothing.without_filters {
        let found = articles(lang, found);
        console.tell(
            lang.of(
                format!("  去掉全部筛选条件：{found}"),
                format!("  without any filter: {found}"),
            ),
        );
    }
}

/// Prints what may have been meant.
pub(crate) fn tell_suggestions(suggestions: &[Suggestion], console: &Console) {
    let lang = console.lang;
    for Suggestion { part, instead, articles: found, .. } in suggestions {
        let found = articles(lang, *found);
        console.tell(lang.of(
            format!("  “{part}”是不是“{instead}”：{found}"),
            format!("  did you mean {instead} instead of {part}: {found}"),
        ));
    }
}

fn tell_parts(nothing: &NoHits, console: &Console) {
    let lang = console.lang;
    let explanation = &nothing.explanation;
    if !explanation.missing.is_empty() {
        let missing = explanation.missing.join(lang.of("、", ", "));
        let rest = explanation.without_missing.map(|found| articles(lang, found));
        let rest = rest.map_or_else(String::new, |found| {
            lang.of(format!("；只看其余的词：{found}"), format!("; with the rest: {found}"))
        });
        console.tell(lang.of(
            format!("  没有文章含有：{missing}{rest}"),
            format!("  no article has {missing}{rest}"),
        ));
    }
    tell_suggestions(&nothing.suggestions, console);
    if explanation.parts.len() < 2 {
        return;
    }
    for part in &explanation.parts {
        let found = articles(lang, part.alone);
        let alone = if part.excluded {
            lang.of("排除：", "excludes: ")
        } else {
            lang.of("单独检索：", "alone: ")
        };
        let within = if nothing.filtered {
            let within = number(part.filtered);
            lang.of(format!("，符合筛选条件的 {within} 篇"), format!(", {within} with the filters"))
        } else {
            String::new()
        };
        // Of two parts, what is found without one is what the other finds alone.
        let without = if explanation.parts.len() > 2 {
            let without = articles(lang, part.without);
            lang.of(format!("；去掉它：{without}"), format!("; without it: {without}"))
        } else {
            String::new()
        };
        console.tell(format_args!("  {} {alone}{found}{within}{without}", part.part));
    }
}

/// The filters of a dimension as they are set.
fn flag(lang: Lang, dimension: Dimension, filters: &Filters) -> String {
    match dimension {
        Dimension::District => format!("--district {}", filters.districts.join(" ")),
        Dimension::Topic => format!("--topic {}", filters.topics.join(" ")),
        Dimension::Kind => "--kind".into(),
        Dimension::Outlet => format!("--outlet {}", filters.outlets.join(" ")),
        Dimension::Publication => format!("--publication {}", filters.publications.join(" ")),
        Dimension::Tag => format!("--tag {}", filters.tags.join(" ")),
        Dimension::Collection => format!("--collection {}", filters.collections.join(" ")),
        Dimension::Days => lang.of("--from 和 --to", "--from and --to").into(),
        Dimension::Certain => "--certain".into(),
        Dimension::Undated => "--undated".into(),
        Dimension::Review => "--review".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_filter_is_named_by_its_flag_and_values() {
        let districts = vec!["甲县".into(), "乙县".into()];
        let filters = Filters { districts, ..Filters::default() };
        assert_eq!(flag(Lang::En, Dimension::District, &filters), "--district 甲县 乙县");
        assert_eq!(flag(Lang::En, Dimension::Days, &filters), "--from and --to");
    }
}
