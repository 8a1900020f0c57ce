//! An article, and the report on a file, as documents of the cluster.

use std::collections::BTreeSet;
use std::io;

use serde_json::{Map, Value, json};

use super::mapping::{COMMIT, DOCUMENT, derived, field_name, number_name, text_names};
use super::terms::{encoded, pair_terms};
use crate::index;
use crate::index::{
    ArticleFields, ArticleTexts, FILE, NumberField, PATH_SEPARATOR, TermField, name_of_term, names,
    role_of,
};
use crate::model::{FileReport, Record};
use crate::text::Segmenter;

/// The document of an article that belongs to a commit.
///
/// # Errors
/// When the record cannot be written down.
pub(super) fn of_article(record: &Record, segmenter: &Segmenter, commit: u64) -> io::Result<Value> {
    let ArticleFields { terms, numbers, texts } = ArticleFields::of(record);
    let mut document = Map::new();
    for (field, text) in &terms {
        add(&mut document, field_name(*field), text.clone());
    }
    for (field, number) in numbers {
        // What has no day is sorted behind what has one, in both directions.
        if field != NumberField::Day || number > 0 {
            document.insert(number_name(field).to_owned(), json!(number));
        }
    }
    let areas = terms.iter().filter(|(field, _)| *field == TermField::Area);
    for (name, values) in units(areas.map(|(_, area)| area.as_str())) {
        document.insert(name.to_owned(), json!(values));
    }
    let figures = terms.iter().filter(|(field, _)| *field == TermField::Figure);
    let figure_names: BTreeSet<&str> = figures.map(|(_, figure)| name_of_term(figure).0).collect();
    if !figure_names.is_empty() {
        document.insert(derived::FIGURE_NAMES.to_owned(), json!(figure_names));
    }
    add_texts(&mut document, &texts, segmenter);
    document.insert(COMMIT.to_owned(), json!(commit));
    document.insert(DOCUMENT.to_owned(), serde_json::to_value(record)?);
    Ok(Value::Object(document))
}

/// The document of the report on a file that belongs to a commit.
///
/// # Errors
/// When the report cannot be written down.
pub(super) fn of_file(report: &FileReport, commit: u64) -> io::Result<Value> {
    Ok(json!({
        (names::MARKER): FILE,
        (names::SOURCE): report.source,
        (names::ORDINAL): 0,
        (COMMIT): commit,
        (DOCUMENT): serde_json::to_value(report)?,
    }))
}

/// Each part is a value of its own, so that no match crosses parts.
fn add_texts(document: &mut Map<String, Value>, texts: &ArticleTexts, segmenter: &Segmenter) {
    for (name, parts) in [
        (text_names::HEADLINE, &mut texts.headline.iter() as &mut dyn Iterator<Item = &String>),
        (text_names::FRONT, &mut texts.head.iter()),
        (text_names::ALL, &mut texts.head.iter().chain(&texts.body)),
    ] {
        let values: Vec<String> = parts.map(|part| pair_terms(part).join(" ")).collect();
        document.insert(name.to_owned(), json!(values));
    }
    let mut characters: BTreeSet<char> = BTreeSet::new();
    let mut words = Vec::new();
    for part in texts.head.iter().chain(&texts.body) {
        characters.extend(part.chars());
        index::word_terms(segmenter, part, |word| words.push(encoded(word)));
    }
    let characters = characters.into_iter().map(|c| encoded(c.encode_utf8(&mut [0; 4])));
    let characters: Vec<String> = characters.collect();
    document.insert(names::CHARACTERS.to_owned(), json!(characters.join(" ")));
    document.insert(names::WORDS.to_owned(), json!(words.join(" ")));
}

/// All units that districts are and lie in, by role and whatever the role is, and what these are called:
/// an article of two districts of a city counts once for the city.
fn units<'a>(areas: impl Iterator<Item = &'a str>) -> [(&'static str, BTreeSet<String>); 2] {
    let (mut paths, mut called) = (BTreeSet::new(), BTreeSet::new());
    for area in areas {
        let (_, path) = role_of(area);
        let Some(mark) = area.chars().next() else { continue };
        let ends = path.match_indices(PATH_SEPARATOR).map(|(at, _)| at).chain([path.len()]);
        for end in ends {
            let unit = path.get(..end).unwrap_or_default();
            let name = unit.rsplit(PATH_SEPARATOR).next().unwrap_or(unit);
            for mark in [mark, derived::ANY_ROLE] {
                paths.insert(format!("{mark}{unit}"));
                called.insert(format!("{mark}{name}"));
            }
        }
    }
    [(derived::UNITS, paths), (derived::UNIT_NAMES, called)]
}

fn add(document: &mut Map<String, Value>, name: &str, value: String) {
    let values = document.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(values) = values {
        values.push(Value::String(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Byline, Cut, DateNote, Issue, Place};

    #[test]
    fn an_article_is_one_document_with_its_texts_as_terms() {
        let place = |path: &[&str]| Place {
            name: path.last().map(|name| (*name).to_owned()).unwrap_or_default(),
            path: path.iter().map(|&name| name.to_owned()).collect(),
            ..Place::default()
        };
        let record = serde_json::from_value(json!({
            "id": "k7q2m9x4t1vd", "source": "a.txt", "ordinal": 1, "kind": "news",
            "title": "氢能 产业", "body": "发展AI",
            "districts": [place(&["甲省", "乙市", "丙县"]), place(&["甲省", "乙市", "丁县"])],
            "issue": Issue::default(), "byline": Byline::default(), "date": DateNote::default(),
            "cut": Cut::default(), "places": [], "topics": [], "lines": [], "warnings": [],
        }));
        let record: Record = record.expect("a record");
        let document = of_article(&record, &Segmenter::new(), 7).expect("a document");
        assert_eq!(document[text_names::HEADLINE], json!(["氢能 能产 产业 业\u{ffff}"]));
        assert_eq!(document[text_names::ALL].as_array().map(Vec::len), Some(2));
        assert_eq!(document[text_names::FRONT].as_array().map(Vec::len), Some(1));
        assert_eq!(document[derived::UNIT_NAMES].as_array().map(Vec::len), Some(8));
        assert_eq!(document[COMMIT], 7);
        assert!(document.get(number_name(NumberField::Day)).is_none());
        assert_eq!(document[DOCUMENT]["id"], "k7q2m9x4t1vd");
    }
}
