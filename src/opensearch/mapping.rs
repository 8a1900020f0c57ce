//! The fields of the cluster's documents.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::lease::Lease;
use crate::index::{DayField, NumberField, PART_GAP, TermField, names};

/// The number of these rules. Whoever changes a field raises it, so that older indexes are refused.
pub(super) const MAPPING_VERSION: u32 = 1;

/// The pairs of all that is printed but the body.
const FRONT: &str = "front";
/// The day that articles are sorted by; without a date there is none.
pub(crate) const ORDER_DAY: &str = "day";
/// The record of an article, the report on a file, or the state of the archive.
pub(crate) const DOCUMENT: &str = "document";
/// The commit that a document belongs to.
pub(super) const COMMIT: &str = "commit";

/// What an index says about who makes it, before it has a state.
pub(super) const WRITER: &str = "writer";

/// Names of fields that are derived from others for counting.
pub(crate) mod derived {
    /// Paths of districts and of all that they lie in, after the mark of a role, or of any role.
    pub(crate) const UNITS: &str = "unit";
    /// The last names of these paths, likewise.
    pub(crate) const UNIT_NAMES: &str = "unit_name";
    /// Names of indicators, folded.
    pub(crate) const FIGURE_NAMES: &str = "figure_name";
    /// Stands before a path for any role.
    pub(crate) const ANY_ROLE: char = '*';
}

/// The fields of pairs, by the part of the text that they are of.
pub(crate) mod text_names {
    /// Kicker, title, subtitle.
    pub(crate) const HEADLINE: &str = crate::index::names::HEAD;
    /// All that is printed.
    pub(crate) const ALL: &str = crate::index::names::TEXT;
    /// All but the body.
    pub(crate) const FRONT: &str = super::FRONT;
}

/// The cluster's field of these terms.
pub(crate) fn field_name(field: TermField) -> &'static str {
    match field {
        TermField::Marker => names::MARKER,
        TermField::Id => names::ID,
        TermField::Source => names::SOURCE,
        TermField::HeadlineBigrams => text_names::HEADLINE,
        TermField::Bigrams => text_names::ALL,
        TermField::Characters => names::CHARACTERS,
        TermField::Words => names::WORDS,
        TermField::Kind => names::KIND,
        TermField::Publication => names::PUBLICATION,
        TermField::Outlet => names::OUTLET,
        TermField::Topic => names::TOPIC,
        TermField::Area => names::AREA,
        TermField::Place => names::PLACE,
        TermField::Mentioned => names::MENTIONED,
        TermField::Figure => names::FIGURE,
        TermField::Genre => names::GENRE,
        TermField::Docno => names::DOCNO,
        TermField::Issuer => names::ISSUER,
        TermField::Section => names::SECTION,
        TermField::Page => names::PAGE,
        TermField::Author => names::AUTHOR,
        TermField::Review => names::REVIEW,
    }
}

/// The cluster's field of these numbers.
pub(crate) fn number_name(field: NumberField) -> &'static str {
    match field {
        NumberField::Ordinal => names::ORDINAL,
        NumberField::Interval(DayField::First) => names::FIRST_DAY,
        NumberField::Interval(DayField::Last) => names::LAST_DAY,
        NumberField::Interval(DayField::FirstOfIssue) => names::FIRST_ISSUE,
        NumberField::Interval(DayField::LastOfIssue) => names::LAST_ISSUE,
        NumberField::Day => ORDER_DAY,
        NumberField::Printed => names::PRINTED,
    }
}

const KEYWORDS: [TermField; 18] = [
    TermField::Marker,
    TermField::Id,
    TermField::Source,
    TermField::Kind,
    TermField::Publication,
    TermField::Outlet,
    TermField::Topic,
    TermField::Area,
    TermField::Place,
    TermField::Mentioned,
    TermField::Figure,
    TermField::Genre,
    TermField::Docno,
    TermField::Issuer,
    TermField::Section,
    TermField::Page,
    TermField::Author,
    TermField::Review,
];

const NUMBERS: [NumberField; 7] = [
    NumberField::Ordinal,
    NumberField::Interval(DayField::First),
    NumberField::Interval(DayField::Last),
    NumberField::Interval(DayField::FirstOfIssue),
    NumberField::Interval(DayField::LastOfIssue),
    NumberField::Day,
    NumberField::Printed,
];

/// Settings and mapping of a new index that this writer makes.
pub(super) fn index_body(shards: u32, writer: &Lease) -> Value {
    // A longer value than the engine can keep as a term finds nothing, and is shown.
    let keyword = || json!({"type": "keyword", "ignore_above": 8_191});
    let text = |options: &str, norms: bool| json!({"type": "text", "analyzer": "whitespace", "index_options": options, "norms": norms});
    // No match reaches from one part into the next.
    let apart = |norms: bool| {
        let mut field = text("positions", norms);
        field["position_increment_gap"] = json!(2 * PART_GAP);
        field
    };
    let mut fields = Map::new();
    for field in KEYWORDS {
        fields.insert(field_name(field).to_owned(), keyword());
    }
    for name in [derived::UNITS, derived::UNIT_NAMES, derived::FIGURE_NAMES] {
        fields.insert(name.to_owned(), keyword());
    }
    for name in NUMBERS.map(number_name).into_iter().chain([COMMIT]) {
        fields.insert(name.to_owned(), json!({"type": "long"}));
    }
    for (name, field) in [
        (text_names::HEADLINE, apart(true)),
        (text_names::ALL, apart(true)),
        (text_names::FRONT, apart(false)),
        (names::CHARACTERS, text("docs", false)),
        (names::WORDS, text("freqs", false)),
    ] {
        fields.insert(name.to_owned(), field);
    }
    fields.insert(DOCUMENT.to_owned(), json!({"type": "object", "enabled": false}));
    json!({
        "settings": {
            "number_of_shards": shards,
            // None on a cluster of one node, one on others.
            "auto_expand_replicas": "0-1",
            "codec": "best_compression",
            // Commits say when.
            "refresh_interval": "-1",
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {WRITER: writer},
            "_source": {"includes": [DOCUMENT, format!("{DOCUMENT}.*")]},
            "properties": fields,
        },
    })
}

/// The fields of which an index has another form than this program gives them, one has that the other
/// lacks, and rules of the whole index that differ.
pub(super) fn differing_fields(mapping: &Value) -> Vec<String> {
    let own = index_body(1, &Lease::own())["mappings"].take();
    let rules = ["dynamic", "_source"].into_iter().filter(|rule| mapping[*rule] != own[*rule]);
    let mut differing: Vec<String> = rules.map(str::to_owned).collect();
    let of = |mapping: &Value| mapping["properties"].as_object().cloned().unwrap_or_default();
    let (fields, own) = (of(mapping), of(&own));
    let names: BTreeSet<&String> = fields.keys().chain(own.keys()).collect();
    let differs = |name: &&String| fields.get(*name).map(as_told) != own.get(*name).map(as_told);
    differing.extend(names.into_iter().filter(differs).cloned());
    differing
}

/// A field as a cluster tells it: what is usual is left out.
fn as_told(field: &Value) -> Value {
    let usual = [("norms", json!(true)), ("index_options", json!("positions"))];
    let mut told = field.clone();
    if let Value::Object(told) = &mut told {
        told.retain(|name, value| !usual.iter().any(|(key, usual)| name == key && value == usual));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_another_form_are_named_and_what_a_cluster_leaves_out_is_none() {
        let mut mapping = index_body(3, &Lease::own())["mappings"].take();
        assert!(differing_fields(&mapping).is_empty(), "as it is sent");
        if let Some(fields) = mapping["properties"].as_object_mut() {
            for field in fields.values_mut() {
                *field = as_told(field);
            }
        }
        assert!(differing_fields(&mapping).is_empty(), "as it is told");
        mapping["dynamic"] = json!("true");
        mapping["properties"][names::KIND] = json!({"type": "text"});
        mapping["properties"]["more"] = json!({"type": "long"});
        assert_eq!(differing_fields(&mapping), ["dynamic", names::KIND, "more"]);
    }
}
