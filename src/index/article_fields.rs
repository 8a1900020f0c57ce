//! What an index holds of an article, whatever engine keeps it.

use super::calendar_parts::calendar_parts;
use super::fields::{
    ARTICLE, DayField, EXACT_DAY, FIGURES, HAS_FORMER_IDS, NumberField, OPEN_END, PATH_SEPARATOR,
    REPRINT_DECIDED, TermField, UNDATED, day_number,
};
use super::figure::Figure;
use super::place_terms::{Role, codes, place_key, short_name, with_role};
use crate::annotate::{TopicClassifier, reviews};
use crate::model::{CivilDate, Place, PrintedText, Record, TextField};
use crate::text::search_form;

/// Characters around misread ones with which these are indexed beside the corrected text: a text in
/// quotes that goes on for longer before or behind them is found as it was corrected alone. All of the
/// printed text once more would count the words of the article twice.
const PRINTED_CONTEXT: usize = 64;

/// The values of an article in the fields of an index, but those that are made of its texts.
#[derive(Debug, Default)]
pub(crate) struct ArticleFields {
    /// Those of one field in the order in which they are kept.
    pub(crate) terms: Vec<(TermField, String)>,
    pub(crate) numbers: Vec<(NumberField, u64)>,
    pub(crate) texts: ArticleTexts,
}

/// The texts that an article is found by, each in its search form. No match crosses from one into the
/// next.
#[derive(Debug, Default)]
pub(crate) struct ArticleTexts {
    /// Kicker, title, subtitle; they are in `head`, too.
    pub(crate) headline: Vec<String>,
    /// All that is printed but the body.
    pub(crate) head: Vec<String>,
    /// The body. What is printed and was corrected stands behind what it is a part of.
    pub(crate) body: Vec<String>,
}

impl ArticleTexts {
    pub(crate) fn of(record: &Record) -> Self {
        let form = |part: &str| search_form(part).text;
        let printed: Vec<PrintedText> = record.printed_texts().collect();
        let headline = printed.iter().filter(|printed| printed.field.is_headline());
        let headline = headline.flat_map(|printed| printed.windows(PRINTED_CONTEXT));
        let (body, beside): (Vec<&PrintedText>, Vec<&PrintedText>) =
            printed.iter().partition(|printed| printed.field == TextField::Body);
        let beside = beside.iter().flat_map(|printed| printed.windows(PRINTED_CONTEXT));
        let body = body.iter().flat_map(|printed| printed.windows(PRINTED_CONTEXT));
        Self {
            headline: record.headline().chain(headline).map(form).collect(),
            head: record.head().chain(beside).map(form).collect(),
            body: [record.body.as_str()].into_iter().chain(body).map(form).collect(),
        }
    }
}

impl ArticleFields {
    pub(crate) fn of(record: &Record) -> Self {
        let mut fields = Self { texts: ArticleTexts::of(record), ..Self::default() };
        fields.term(TermField::Marker, ARTICLE);
        fields.term(TermField::Id, &record.id.0);
        // They lead to where their text is now.
        fields.terms(TermField::Id, record.former_ids.iter().map(|id| &id.0));
        if !record.former_ids.is_empty() {
            fields.term(TermField::Marker, HAS_FORMER_IDS);
        }
        fields.term(TermField::Source, &record.source);
        fields.number(NumberField::Ordinal, u64::from(record.ordinal));
        fields.days(record);
        fields.number(NumberField::Printed, record.printed().map_or(0, day_number));
        fields.term(TermField::Kind, record.kind.as_str());
        fields.terms(TermField::Publication, &record.publication);
        fields.terms(TermField::Outlet, &record.outlet);
        fields.terms(TermField::Topic, record.topics.iter().map(|topic| &topic.label));
        for mention in &record.mentions {
            for part in calendar_parts(mention.from, mention.to) {
                fields.term(TermField::Mentioned, &part.to_string());
            }
        }
        if !record.indicators.is_empty() {
            fields.term(TermField::Marker, FIGURES);
        }
        for row in &record.indicators {
            fields.term(TermField::Figure, &Figure::of(row).term());
        }
        fields.terms(TermField::Genre, record.genre.iter().map(|genre| &genre.label));
        fields.terms(TermField::Docno, &record.docno);
        fields.terms(TermField::Issuer, &record.issuer);
        fields.terms(TermField::Section, &record.section);
        fields.terms(TermField::Page, &record.page);
        if record.reprint_decided.is_some() {
            fields.term(TermField::Marker, REPRINT_DECIDED);
        }
        fields.authors(record);
        fields.places(record);
        for review in reviews(record) {
            fields.term(TermField::Review, review.as_str());
        }
        fields
    }

    fn days(&mut self, record: &Record) {
        let date = &record.date;
        let first = date.not_before.or(date.value);
        let last = date.not_after.or(date.value);
        self.interval([DayField::First, DayField::Last], first, last);
        if first.is_some() && first == last {
            self.term(TermField::Marker, EXACT_DAY);
        }
        self.number(NumberField::Day, last.or(first).map_or(0, day_number));
        let issue = &record.issue.date;
        let first = issue.not_before.or(issue.value);
        let last = issue.not_after.or(issue.value);
        self.interval([DayField::FirstOfIssue, DayField::LastOfIssue], first, last);
    }

    fn interval(
        &mut self,
        fields: [DayField; 2],
        first: Option<CivilDate>,
        last: Option<CivilDate>,
    ) {
        // A corpus can state the later day first.
        let (first, last) = match (first, last) {
            (Some(first), Some(last)) => (Some(first.min(last)), Some(first.max(last))),
            ends => ends,
        };
        let unknown = first.is_none() && last.is_none();
        let [first_field, last_field] = fields.map(NumberField::Interval);
        self.number(first_field, first.map_or(if unknown { UNDATED } else { 0 }, day_number));
        self.number(last_field, last.map_or(if unknown { 0 } else { OPEN_END }, day_number));
    }

    fn authors(&mut self, record: &Record) {
        let byline = &record.byline;
        for (role, names) in [
            (Role::Reporter, &byline.reporters),
            (Role::Correspondent, &byline.correspondents),
            (Role::Photographer, &byline.photographers),
        ] {
            for name in names {
                self.term(TermField::Author, &format!("{}{name}", role.mark()));
            }
        }
    }

    /// Everything that a district filter can name, after the mark of the role: each name on the
    /// paths down to the districts and places, also without its suffix, and the codes of each level.
    fn places(&mut self, record: &Record) {
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
        self.terms(TermField::Place, &terms);
        let separator = PATH_SEPARATOR.to_string();
        let mut areas: Vec<String> = districts
            .map(|(role, district)| match district.path.as_slice() {
                [] => with_role(role, &district.name),
                path => with_role(role, &path.join(&separator)),
            })
            .collect();
        areas.sort_unstable();
        areas.dedup();
        self.terms(TermField::Area, &areas);
    }

    fn term(&mut self, field: TermField, text: &str) {
        self.terms.push((field, text.to_owned()));
    }

    fn terms<'a>(&mut self, field: TermField, texts: impl IntoIterator<Item = &'a String>) {
        for text in texts {
            self.term(field, text);
        }
    }

    fn number(&mut self, field: NumberField, number: u64) {
        self.numbers.push((field, number));
    }
}

/// The labels of the topic table, in its order.
pub(crate) fn topic_labels() -> Vec<String> {
    TopicClassifier::built_in().labels().iter().map(|label| label.name.clone()).collect()
}
