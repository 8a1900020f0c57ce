//! What the program says in English, in Chinese: records, warnings and problems are English wherever
//! they go, and a Chinese page says them in Chinese.
//!
//! Every sentence stands in `phrases.tsv`. Those with parts that vary are patterns; a part can be a
//! sentence itself: `line 3: the field `date` was left out; expected a day like 2023-02-10`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use maud::{Markup, html};

use crate::present::Lang;

/// Sentences stand in sentences at most so deep: a line, its field, what the field can be. No text
/// from outside that looks like a sentence leads deeper.
const MAX_DEPTH: usize = 3;

/// A sentence of the program in the language of a page; in English where it is not known in Chinese.
#[must_use]
pub fn phrase(lang: Lang, english: &str) -> Cow<'_, str> {
    chinese(lang, english).unwrap_or(Cow::Borrowed(english))
}

/// The English of every row of the table, parts that vary as `{}`.
pub fn phrases() -> impl Iterator<Item = &'static str> {
    rows().map(|(english, _)| english)
}

/// A sentence of the program, marked as English where it is that on a Chinese page.
pub(crate) fn said(lang: Lang, english: &str) -> Markup {
    html! {
        @match chinese(lang, english) {
            Some(chinese) => (chinese),
            None if lang == Lang::Zh => span lang="en" { (english) },
            None => (english),
        }
    }
}

/// The Chinese for a Chinese page, where it is known.
fn chinese(lang: Lang, english: &str) -> Option<Cow<'static, str>> {
    (lang == Lang::Zh).then(|| TABLE.chinese(english, MAX_DEPTH)).flatten()
}

struct Table {
    whole: HashMap<&'static str, &'static str>,
    patterns: Vec<Pattern>,
}

/// A sentence with parts that vary.
struct Pattern {
    /// What stands before, between and behind the parts.
    pieces: Vec<&'static str>,
    chinese: &'static str,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (patterns, whole): (Vec<_>, Vec<_>) = rows().partition(|row| row.0.contains("{}"));
    let pattern = |(english, chinese): (&'static str, _)| Pattern {
        pieces: english.split("{}").collect(),
        chinese,
    };
    Table {
        whole: whole.into_iter().collect(),
        patterns: patterns.into_iter().map(pattern).collect(),
    }
});

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("phrases.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t'))
}

impl Table {
    fn chinese(&self, english: &str, depth: usize) -> Option<Cow<'static, str>> {
        let whole = self.whole.get(english).copied();
        if let Some(whole) = whole {
            return Some(Cow::Borrowed(whole));
        }
        let depth = depth.checked_sub(1)?;
        self.patterns.iter().find_map(|pattern| {
            let parts = pattern.parts(english)?;
            self.filled(pattern.chinese, &parts, depth).map(Cow::Owned)
        })
    }

    /// The Chinese with its parts; `None` where one should be said in Chinese and cannot.
    fn filled(&self, chinese: &str, parts: &[&str], depth: usize) -> Option<String> {
        let mut filled = String::new();
        let mut rest = chinese;
        while let Some((before, place)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((mark, number, after)) = place_of(place) else {
                filled.push('{');
                rest = place;
                continue;
            };
            let part = *parts.get(number.checked_sub(1)?)?;
            match (mark, mark.and_then(|_| self.chinese(part, depth))) {
                (_, Some(part)) => filled.push_str(&part),
                (Some('*'), None) => return None,
                _ => filled.push_str(part),
            }
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

/// The mark and number of `1}`, `*1}` or `?1}`, and what stands behind.
fn place_of(text: &str) -> Option<(Option<char>, usize, &str)> {
    let mark = text.chars().next().filter(|c| matches!(c, '*' | '?'));
    let (number, after) = text.get(mark.map_or(0, char::len_utf8)..)?.split_once('}')?;
    Some((mark, number.parse().ok()?, after))
}

impl Pattern {
    /// The parts of a text that has this pattern, each as short as can be from the first on.
    fn parts<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let [first, between @ .., last] = self.pieces.as_slice() else { return None };
        let mut rest = text.strip_prefix(first)?.strip_suffix(last)?;
        let mut parts = Vec::with_capacity(between.len() + 1);
        for piece in between {
            let (part, after) = rest.split_once(piece)?;
            parts.push(part);
            rest = after;
        }
        parts.push(rest);
        Some(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(english: &str, chinese: &str) {
        assert_eq!(phrase(Lang::Zh, english), chinese);
        assert_eq!(phrase(Lang::En, english), english);
    }

    #[test]
    fn parts_that_vary_are_taken_over_and_sentences_in_sentences_said_in_chinese() {
        check("files=a=b: write all", "files=a=b：请写 all");
    }

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        for english in ["", "nobody says this", "line 3: nobody says this", "a; b", "{}", "{1}"] {
            check(english, english);
            let shown = said(Lang::Zh, english).into_string();
            assert_eq!(shown, format!("<span lang=\"en\">{english}</span>"));
        }
    }

    #[test]
    fn parts_are_no_places_and_are_escaped() {
        check("no article has the id {1}", "没有编号为 {1} 的文章");
        let shown = said(Lang::Zh, "no article has the id <b>").into_string();
        assert_eq!(shown, "没有编号为 &lt;b&gt; 的文章");
    }

    #[test]
    fn each_row_names_parts_that_it_has_and_none_stands_twice() {
        let mut seen = std::collections::HashSet::new();
        for (english, chinese) in rows() {
            assert!(seen.insert(english), "{english} stands twice");
            assert!(!chinese.is_empty() && !chinese.contains('\t'), "{english}");
            let parts = english.matches("{}").count();
            let mut places: Vec<usize> = chinese
                .split('{')
                .skip(1)
                .filter_map(place_of)
                .map(|(_, number, _)| number)
                .collect();
            places.sort_unstable();
            assert_eq!(places, (1..=parts).collect::<Vec<_>>(), "{english}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_much(text in "(line 1: |; |, found |: |=|[{}*?1a字]){0,200}") {
            let _ = phrase(Lang::Zh, &text);
        }
    }
}
