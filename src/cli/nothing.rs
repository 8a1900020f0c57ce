//! Nothing was found: why, and what would be found instead.

use super::console::Console;
use super::printed::{counted, number};

use crate::search::{Archive, Filters, Matching, Request, SearchError};
use crate::view::What;

/// Says on stderr what each part of the query alone would find, and what there is without each of
/// the filters.
pub(super) fn explain(
    archive: &Archive,
    what: &What,
    console: &Console,
) -> Result<(), SearchError> {
    let everything = archive.count(&Request::default())?;
    if everything == 0 {
        console.tell("nothing found: the index is empty; `dibao ingest` fills it");
        return Ok(());
    }
    console.tell(format_args!("nothing found in {}", counted(everything, "article")));
    let explanation = archive.explain(&what.request())?;
    let filtered = what.filters != Filters::default();
    if !explanation.missing.is_empty() {
        let missing = explanation.missing.join(", ");
        let rest = match explanation.without_missing {
            Some(found) => format!("; with the rest: {}", counted(found, "article")),
            None => String::new(),
        };
        console.tell(format_args!("  no article has {missing}{rest}"));
    }
    for suggestion in archive.suggestions(&what.request())? {
        console.tell(format_args!(
            "  not {}, but {}: {}",
            suggestion.part,
            suggestion.instead,
            counted(suggestion.articles, "article")
        ));
    }
    if explanation.parts.len() > 1 {
        for part in &explanation.parts {
            let within = if filtered {
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
    if what.filters.from.is_some() || what.filters.to.is_some() || what.typed.contains([':', '：'])
    {
        let months = archive.facets(&Request::default())?.months;
        if let (Some(first), Some(last)) = (months.first(), months.last()) {
            let (first, last) = (&first.value, &last.value);
            console.tell(format_args!("  the archive's dates run from {first} to {last}"));
        }
    }
    let some = Request { matching: Matching::Some, ..what.request() };
    let found = archive.count(&some)?;
    if what.matching == Matching::All && found > 0 {
        console
            .tell(format_args!("  --any, with some of the words: {}", counted(found, "article")));
    }
    let count =
        |filters: &Filters| archive.count(&Request { filters: filters.clone(), ..what.request() });
    let without = without_each(&what.filters);
    for (flag, filters) in &without {
        let found = count(filters)?;
        console.tell(format_args!("  without {flag}: {}", counted(found, "article")));
    }
    if without.len() > 1 {
        let found = count(&Filters::default())?;
        console.tell(format_args!("  without any filter: {}", counted(found, "article")));
    }
    Ok(())
}

/// The filters with one of them taken away, for each that is set.
fn without_each(filters: &Filters) -> Vec<(String, Filters)> {
    let mut without = Vec::new();
    let mut drop = |flag: String, change: fn(&mut Filters)| {
        let mut fewer = filters.clone();
        change(&mut fewer);
        if fewer != *filters {
            without.push((flag, fewer));
        }
    };
    drop(format!("--district {}", filters.districts.join(" ")), |f| f.districts.clear());
    drop(format!("--topic {}", filters.topics.join(" ")), |f| f.topics.clear());
    drop("--kind".into(), |f| f.kinds.clear());
    drop(format!("--outlet {}", filters.outlets.join(" ")), |f| f.outlets.clear());
    drop(format!("--publication {}", filters.publications.join(" ")), |f| f.publications.clear());
    drop("--from and --to".into(), |f| {
        f.from = None;
        f.to = None;
        f.certain_dates = false;
    });
    drop("--certain".into(), |f| f.certain_dates = false);
    drop("--undated".into(), |f| f.undated = false);
    drop("--review".into(), |f| f.review.clear());
    without
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_filter_that_is_set_is_taken_away_once() {
        assert!(without_each(&Filters::default()).is_empty());
        let filters = Filters {
            districts: vec!["甲县".into()],
            from: Some(jiff::civil::date(2023, 1, 1)),
            ..Filters::default()
        };
        let without = without_each(&filters);
        let flags: Vec<&str> = without.iter().map(|(flag, _)| flag.as_str()).collect();
        assert_eq!(flags, ["--district 甲县", "--from and --to"]);
        assert!(without.iter().all(|(_, fewer)| *fewer != filters));
    }
}
