//! Texts that a text before them names: an order states the rules that it puts in force, and these
//! follow it.

use std::collections::HashMap;

use crate::split::shape;
use crate::split::unit::Unit;
use crate::text::fold_char;

/// Fewer characters name a work or a person as well.
const MIN_NAME: usize = 6;
/// What is longer is no headline.
const MAX_NAME: usize = 60;

/// For each unit the nearest one before it that has its text between title marks (《 》, 「 」); with
/// that of the next unit, if a headline takes two lines.
pub(super) fn named_by(units: &[Unit]) -> Vec<Option<usize>> {
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::with_capacity(units.len());
    for (place, unit) in units.iter().enumerate() {
        let known = |text: &str| names.get(text).copied();
        let own = name(&unit.text);
        let both = || {
            let next = units.get(place + 1)?;
            let length = shape::length(&unit.text) + shape::length(&next.text);
            (length <= MAX_NAME).then(|| letters(&unit.text) + &letters(&next.text))
        };
        found.push(own.as_deref().and_then(known).or_else(|| both().as_deref().and_then(known)));
        for quoted in quotes(&unit.text) {
            if let Some(name) = name(quoted) {
                names.insert(name, place);
            }
        }
    }
    found
}

fn name(text: &str) -> Option<String> {
    let letters = letters(text);
    (MIN_NAME..=MAX_NAME).contains(&letters.chars().count()).then_some(letters)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(fold_char).collect()
}

/// What stands between title marks.
fn quotes(text: &str) -> impl Iterator<Item = &str> {
    let marks = [('《', '》'), ('「', '」')];
    marks.into_iter().flat_map(move |(open, close)| {
        let inner = text.split(open).skip(1);
        inner.filter_map(move |rest| rest.split_once(close)).map(|(quoted, _)| quoted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceText;
    use crate::split::layout::FileLayout;

    #[test]
    fn a_headline_that_a_text_before_it_names_is_found() {
        let page = "《老水井保护办法》已经通过，现予公布。\n\n木帆船进了展览馆\n\n老水井\n\n保护办法\n\n第一条　井壁不得拆动。";
        let layout = FileLayout::of(&SourceText::from_text("a.txt", page));
        assert_eq!(named_by(&layout.units), [None, None, Some(0), None, None]);
    }

    #[test]
    fn short_names_and_later_ones_do_not_count() {
        let page = "老水井\n\n《老水井》是一出新戏，昨天开演。\n\n老水井";
        let layout = FileLayout::of(&SourceText::from_text("a.txt", page));
        assert!(named_by(&layout.units).iter().all(Option::is_none));
    }
}
