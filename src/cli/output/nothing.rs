//! Nothing was found: says why, and what would be found instead.

use super::console::Console;
use super::facts::{counted, number};
use crate::present::{Dimension, NoHits, Selection};
use crate::search::{Archive, Filters, SearchError};

/// Asks the archive why nothing was found, and says it.
pub(crate) fn explain(
    archive: &Archive,
    selection: &Selection,
    console: &Console,
) -> Result<(), SearchError> {
    tell(&NoHits::of(archive, selection)?, selection, console);
    Ok(())
}

/// Says on stderr what each part of the query alone would find, and what there is without each of
/// the filters.
pub(crate) fn tell(nothing: &NoHits, selection: &Selection, console: &Console) {
    if nothing.articles == 0 {
        console.tell("nothing found: the index is empty; `dibao ingest` fills it");
        return;
    }
    console.tell(format_args!("nothing found in {}", counted(nothing.articles, "article")));
    tell_parts(nothing, console);
    if let Some((first, last)) = &nothing.months {
        console.tell(format_args!("  the archive's dates run from {first} to {last}"));
    }
    if let Some(found) = nothing.with_some {
        console
            .tell(format_args!("  --any, with some of the words: {}", counted(found, "article")));
    }
    for &(dimension, found) in &nothing.without {
        let flag = flag(dimension, &selection.request.filters);
        console.tell(format_args!("  without {flag}: {}", counted(found, "article")));
    }
    if let Some(found) = nothing.without_filters {
        console.tell(format_args!("  without any filter: {}", counted(found, "article")));
    }
}

fn tell_parts(nothing: &NoHits, console: &Console) {
    let explanation = &nothing.explanation;
    if !explanation.missing.is_empty() {
        let missing = explanation.missing.join(", ");
        let rest = match explanation.without_missing {
            Some(found) => format!("; with the rest: {}", counted(found, "article")),
            None => String::new(),
        };
        console.tell(format_args!("  no article has {missing}{rest}"));
    }
    for suggestion in &nothing.suggestions {
        console.tell(format_args!(
            "  not {}, but {}: {}",
            suggestion.part,
            suggestion.instead,
            counted(suggestion.articles, "article")
        ));
    }
    if explanation.parts.len() < 2 {
        return;
    }
    for part in &explanation.parts {
        let within = if nothing.filtered {
            format!(", {} with the filters", number(part.filtered))
        } else {
            String::new()
        };
        let found = counted(part.alone, "article");
        let alone = if part.excluded { "leaves out" } else { "alone" };
        // Of two parts, what is found without one is what the other finds alone.
        let without = if explanation.parts.len() > 2 {
            format!("; without it: {}", counted(part.without, "article"))
        } else {
            String::new()
        };
        console.tell(format_args!("  {} {alone}: {found}{within}{without}", part.part));
    }
}

/// The filters of a dimension as they are set.
fn flag(dimension: Dimension, filters: &Filters) -> String {
    match dimension {
        Dimension::District => format!("--district {}", filters.districts.join(" ")),
        Dimension::Topic => format!("--topic {}", filters.topics.join(" ")),
        Dimension::Kind => "--kind".into(),
        Dimension::Outlet => format!("--outlet {}", filters.outlets.join(" ")),
        Dimension::Publication => format!("--publication {}", filters.publications.join(" ")),
        Dimension::Days => "--from and --to".into(),
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
        assert_eq!(flag(Dimension::District, &filters), "--district 甲县 乙县");
        assert_eq!(flag(Dimension::Days, &filters), "--from and --to");
    }
}
