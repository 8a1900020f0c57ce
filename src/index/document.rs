//! An article, and the report on a file, as documents of the engine.

use std::io;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use super::byte_semaphore::ByteSemaphore;
use super::calendar_parts::calendar_parts;
use super::figure::Figure;
use super::schema::{
    ARTICLE, EXACT_DAY, FIGURES, FILE, Fields, HAS_FORMER_IDS, OPEN_END, PATH_SEPARATOR,
    REPRINT_DECIDED, UNDATED, day_number,
};
use super::stored::encode;
use super::text_fields::positions_of;
use crate::annotate::{TopicClassifier, reviews};
use crate::model::{CivilDate, DistrictRole, FileReport, Place, PrintedText, Record, TextField};
use crate::text::{fold_char, search_form};

/// Characters around misread ones with which these are indexed beside the corrected text: a text in
/// quotes that goes on for longer before or behind them is found as it was corrected alone. All of the
/// printed text once more would count the words of the article twice.
const PRINTED_CONTEXT: usize = 64;

/// A document of the engine. A text that goes into several fields is held once.
///
/// Documents wait in the engine's queue, which limits their number but not their size: one that has
/// a permit of the byte semaphore gives it back when the engine is done with it.
#[derive(Debug, Default)]
pub(super) struct IndexDocument {
    values: Vec<(Field, FieldValue)>,
    permit: Option<(Arc<ByteSemaphore>, u64)>,
}

#[derive(Debug, Clone)]
enum FieldValue {
    Text(Arc<str>),
    Number(u64),
    Bytes(Arc<[u8]>),
}

impl IndexDocument {
    /// `run` marks what one writer adds.
    pub(super) fn article(fields: &Fields, record: &Record, run: &str) -> io::Result<Self> {
        let mut document = Self::default();
        document.text(fields.marker, ARTICLE);
        document.text(fields.marker, run);
        document.text(fields.id, &record.id.0);
        // They lead to where their text is now.
        document.texts(fields.id, record.former_ids.iter().map(|id| &id.0));
        if !record.former_ids.is_empty() {
            document.text(fields.marker, HAS_FORMER_IDS);
        }
        document.text(fields.source, &record.source);
        document.number(fields.ordinal, u64::from(record.ordinal));
        document.printed(fields, record);
        document.days(fields, record);
        document.number(fields.printed, record.printed().map_or(0, day_number));
        document.text(fields.kind, record.kind.as_str());
        document.texts(fields.publication, &record.publication);
        document.texts(fields.outlet, &record.outlet);
        document.texts(fields.topic, record.topics.iter().map(|topic| &topic.label));
        for mention in &record.mentions {
            for part in calendar_parts(mention.from, mention.to) {
                document.text(fields.mentioned, &part.to_string());
            }
        }
        if !record.indicators.is_empty() {
            document.text(fields.marker, FIGURES);
        }
        for row in &record.indicators {
            document.text(fields.figure, &Figure::of(row).term());
        }
        document.texts(fields.genre, record.genre.iter().map(|genre| &genre.label));
        document.texts(fields.docno, &record.docno);
        document.texts(fields.issuer, &record.issuer);
        document.texts(fields.section, &record.section);
        document.texts(fields.page, &record.page);
        if record.reprint_decided.is_some() {
            document.text(fields.marker, REPRINT_DECIDED);
        }
        document.authors(fields, record);
        document.places(fields, record);
        for review in reviews(record) {
            document.text(fields.review, review.as_str());
        }
        document.bytes(fields.stored, encode(&serde_json::to_vec(record)?)?);
        Ok(document)
    }

    pub(super) fn file(fields: &Fields, report: &FileReport) -> io::Result<Self> {
        let mut document = Self::default();
        document.text(fields.marker, FILE);
        document.text(fields.source, &report.source);
        document.bytes(fields.stored, encode(&serde_json::to_vec(report)?)?);
        Ok(document)
    }

    /// Waits until the byte semaphore has room for the document.
    pub(super) fn wait_for_room(&mut self, semaphore: &Arc<ByteSemaphore>) {
        let size = self.values.iter().map(|(_, value)| value.size()).sum();
        semaphore.acquire(size);
        self.permit = Some((semaphore.clone(), size));
    }

    /// The bigram, character and word fields. Each part is a value of its own, so that no match
    /// crosses parts.
    fn printed(&mut self, fields: &Fields, record: &Record) {
        let printed: Vec<PrintedText> = record.printed_texts().collect();
        let headline = printed.iter().filter(|printed| printed.field.is_headline());
        let headline = headline.flat_map(|printed| printed.windows(PRINTED_CONTEXT));
        for part in record.headline().chain(headline) {
            self.text(fields.headline_bigrams, &search_form(part).text);
        }
        // What is printed and was corrected stands behind what it is a part of.
        let (body, beside): (Vec<&PrintedText>, Vec<&PrintedText>) =
            printed.iter().partition(|printed| printed.field == TextField::Body);
        let beside = beside.iter().flat_map(|printed| printed.windows(PRINTED_CONTEXT));
        let form = |part: &str| search_form(part).text;
        let head: Vec<String> = record.head().chain(beside).map(form).collect();
        let body_start = head.iter().map(|part| positions_of(part)).sum();
        self.number(fields.body_start, body_start);
        let body = [record.body.as_str()]
            .into_iter()
            .chain(body.iter().flat_map(|printed| printed.windows(PRINTED_CONTEXT)));
        for part in head.into_iter().chain(body.map(form)) {
            let text = FieldValue::Text(part.into());
            for field in [fields.bigrams, fields.characters, fields.words] {
                self.values.push((field, text.clone()));
            }
        }
    }

    fn days(&mut self, fields: &Fields, record: &Record) {
        let date = &record.date;
        let first = date.not_before.or(date.value);
        let last = date.not_after.or(date.value);
        self.interval([fields.first_day, fields.last_day], first, last);
        if first.is_some() && first == last {
            self.text(fields.marker, EXACT_DAY);
        }
        self.number(fields.day, last.or(first).map_or(0, day_number));
        let issue = &record.issue.date;
        let first = issue.not_before.or(issue.value);
        let last = issue.not_after.or(issue.value);
        self.interval([fields.first_issue, fields.last_issue], first, last);
    }

    fn interval(&mut self, fields: [Field; 2], first: Option<CivilDate>, last: Option<CivilDate>) {
        // A corpus can state the later day first.
        let (first, last) = match (first, last) {
            (Some(first), Some(last)) => (Some(first.min(last)), Some(first.max(last))),
            ends => ends,
        };
        let unknown = first.is_none() && last.is_none();
        self.number(fields[0], first.map_or(if unknown { UNDATED } else { 0 }, day_number));
        self.number(fields[1], last.map_or(if unknown { 0 } else { OPEN_END }, day_number));
    }

    fn authors(&mut self, fields: &Fields, record: &Record) {
        let byline = &record.byline;
        for (role, names) in [
            (Role::Reporter, &byline.reporters),
            (Role::Correspondent, &byline.correspondents),
            (Role::Photographer, &byline.photographers),
        ] {
            for name in names {
                self.text(fields.author, &format!("{}{name}", role.mark()));
            }
        }
    }

    /// Everything that a district filter can name, after the mark of the role: each name on the
    /// paths down to the districts and places, also without its suffix, and the codes of each level.
    fn places(&mut self, fields: &Fields, record: &Record) {
        let role = |district: &Place| district.role.unwrap_or_default();
        let districts = record.districts.iter().map(|district| (role(district), district));
        // A place has the role of the district that it lies in.
        let places = record.places.iter().map(|place| {
            let lies_in = |district: &&Place| {
                !district.path.is_empty() && place.path.starts_with(&district.path)
            };
            let above = record.districts.iter().filter(lies_in);
            (
                above
                    .max_by_key(|district| district.path.len())
                    .map_or_else(Default::default, role),
                place,
            )
        });
        let mut terms: Vec<String> = Vec::new();
        for (role, place) in districts.clone().chain(places) {
            let names = place.path.iter().chain([&place.name]);
            let keys = names.flat_map(|name| {
                [Some(place_key(name)), short_name(name).map(place_key)].into_iter().flatten()
            });
            terms.extend(keys.chain(codes(place)).map(|key| with_role(role, &key)));
        }
        terms.sort_unstable();
        terms.dedup();
        self.texts(fields.place, &terms);
        let separator = PATH_SEPARATOR.to_string();
        let mut areas: Vec<String> = districts
            .map(|(role, district)| match district.path.as_slice() {
                [] => with_role(role, &district.name),
                path => with_role(role, &path.join(&separator)),
            })
            .collect();
        areas.sort_unstable();
        areas.dedup();
        self.texts(fields.area, &areas);
    }

    fn text(&mut self, field: Field, text: &str) {
        self.values.push((field, FieldValue::Text(text.into())));
    }

    fn texts<'a>(&mut self, field: Field, texts: impl IntoIterator<Item = &'a String>) {
        for text in texts {
            self.text(field, text);
        }
    }

    fn number(&mut self, field: Field, number: u64) {
        self.values.push((field, FieldValue::Number(number)));
    }

    fn bytes(&mut self, field: Field, bytes: Vec<u8>) {
        self.values.push((field, FieldValue::Bytes(bytes.into())));
    }
}

impl Drop for IndexDocument {
    fn drop(&mut self) {
        if let Some((semaphore, size)) = self.permit.take() {
            semaphore.release(size);
        }
    }
}

impl FieldValue {
    /// Bytes in memory; a text that is in several fields counts for each.
    fn size(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64,
            Self::Number(_) => 0,
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }
}

/// Who made an article, in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Reporter,
    Correspondent,
    Photographer,
}

impl Role {
    /// Prefix of a name of this role in the field of authors.
    pub(crate) fn mark(self) -> char {
        match self {
            Self::Reporter => 'r',
            Self::Correspondent => 'c',
            Self::Photographer => 'p',
        }
    }
}

/// A name, code or path of a district of this role, as the fields of places have it.
pub(crate) fn with_role(role: DistrictRole, value: &str) -> String {
    let mark = match role {
        DistrictRole::About => 'a',
        DistrictRole::Issuer => 'i',
        DistrictRole::Mentioned => 'm',
        DistrictRole::Origin => 'o',
    };
    format!("{mark}{value}")
}

/// The role and the value that [`with_role`] put together.
pub(crate) fn role_of(marked: &str) -> (DistrictRole, &str) {
    let value = marked.get(1..).unwrap_or_default();
    let role = match marked.chars().next() {
        Some('i') => DistrictRole::Issuer,
        Some('m') => DistrictRole::Mentioned,
        Some('o') => DistrictRole::Origin,
        _ => DistrictRole::About,
    };
    (role, value)
}

/// A district's name as it is compared.
pub(crate) fn place_key(name: &str) -> String {
    name.trim().chars().map(fold_char).collect()
}

/// Whether a requested name, in the form of [`place_key`], means a unit of this name.
pub(crate) fn is_called(name: &str, key: &str) -> bool {
    place_key(name) == key || short_name(name).is_some_and(|short| place_key(short) == key)
}

/// The labels of the topic table, in its order.
pub(crate) fn topic_labels() -> Vec<String> {
    TopicClassifier::built_in().labels().iter().map(|label| label.name.clone()).collect()
}

/// 登封 for 登封市: what people call a place. Two characters must be left.
fn short_name(name: &str) -> Option<&str> {
    let short = name.strip_suffix(['省', '市', '县', '区', '镇', '乡'])?;
    (short.chars().count() >= 2).then_some(short)
}

/// Codes of GB/T 2260 and its extension: province 2 digits, city 4, county 6, town 9. Shorter
/// codes are also given padded to six digits, as they are written.
fn codes(place: &Place) -> Vec<String> {
    let Some(code) = place.code.as_deref().filter(|code| code.is_ascii()) else {
        return Vec::new();
    };
    let mut codes = vec![code.to_owned()];
    for level in [2, 4, 6] {
        if let Some(upper) = code.get(..level) {
            codes.push(upper.to_owned());
            codes.push(format!("{upper:0<6}"));
        }
    }
    codes
}

impl Document for IndexDocument {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Leaf<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.values.iter().map(|(field, value)| (*field, Leaf(value))))
    }
}

/// A value as the engine wants to see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf<'a>(&'a FieldValue);

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self.0 {
            FieldValue::Text(text) => ReferenceValueLeaf::Str(text),
            FieldValue::Number(number) => ReferenceValueLeaf::U64(*number),
            FieldValue::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
        })
    }
}
