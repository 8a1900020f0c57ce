//! Tags, notes and collections as text.

use crate::model::ArticleNotes;
use crate::present::{Lang, words};

/// A line for the tags, one for each note and one for the collections.
pub(crate) fn noted_lines(lang: Lang, noted: &ArticleNotes) -> Vec<String> {
    let ArticleNotes { tags, notes, collections } = noted;
    let named = |what: &str, names: &[String]| {
        let names = names.join(lang.of("、", ", "));
        (!names.is_empty()).then(|| format!("{what}{}{names}", lang.of("：", ": ")))
    };
    let mut lines: Vec<String> = Vec::new();
    lines.extend(named(lang.of("标签", "tags"), tags));
    for note in notes {
        let passage = if note.passage.is_empty() {
            String::new()
        } else {
            lang.of(format!("“{}”：", note.passage), format!("“{}”: ", note.passage))
        };
        let (text, by) = (note.text.replace('\n', " "), &note.by);
        let day = words::day(note.at);
        lines.push(format!("{passage}{text}  [{by} {day} {}]", note.entry));
    }
    lines.extend(named(lang.of("收藏", "collections"), collections));
    lines
}
