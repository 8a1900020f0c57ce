//! Where in an article the words stand that something was read from: they are marked there, so that a
//! link beside the statement leads to them.

use maud::{Markup, html};

use crate::model::{Basis, DateNote, Indicator, Place, Record, Span};
use crate::pages::layout::links::figure_anchor;
use crate::present::Lang;
use crate::search::TextField;

/// Fields in which the words are looked for; those of a headline there first.
const FIELDS: [TextField; 4] =
    [TextField::Body, TextField::Title, TextField::Subtitle, TextField::Kicker];
const HEADLINE_FIRST: [TextField; 4] =
    [TextField::Title, TextField::Subtitle, TextField::Kicker, TextField::Body];

/// Where a link to the words of the date leads.
const DATE_ANCHOR: &str = "evidence-date";

/// Words of an article, each at one place for each part of it that they were read from: the same words
/// can stand in the lead and in the signature.
#[derive(Debug, Default)]
pub(crate) struct EvidencePlaces {
    /// Where the body states the date.
    date: Option<Span>,
    places: Vec<EvidencePlace>,
    /// Figures by the names of their rows: where they stand in the body.
    figures: Vec<(String, Span)>,
}

#[derive(Debug)]
struct EvidencePlace {
    words: String,
    basis: Basis,
    field: TextField,
    span: Span,
}

impl EvidencePlaces {
    /// The words that the date, the districts and places, the topics, the genre and the indicators were
    /// read from, as far as they stand in the text or the headline.
    pub(crate) fn of(record: &Record) -> Self {
        let mut found = Self::default();
        found.add_date(record, &record.date);
        for Place { basis, evidence, role_evidence, .. } in
            record.districts.iter().chain(&record.places)
        {
            found.add(record, evidence, *basis);
            if let Some(words) = role_evidence {
                found.add(record, words, Basis::Body);
            }
        }
        for words in record.topics.iter().flat_map(|topic| &topic.evidence) {
            found.add(record, words, Basis::Body);
        }
        if let Some(genre) = &record.genre {
            found.add(record, &genre.evidence, Basis::Title);
        }
        for row in &record.indicators {
            found.add_figure(record, row);
        }
        found
    }

    /// The words of the date where they were read, else their first place.
    fn add_date(&mut self, record: &Record, note: &DateNote) {
        let Some(words) = &note.text else { return };
        let stands = |span: &Span| {
            record.body.get(span.clone()) == Some(words.as_str()) && !words.contains(['\n', '|'])
        };
        self.date = note.span.clone().filter(stands);
        if self.date.is_none() {
            self.add(record, words, note.basis);
        }
    }

    /// The words of an indicator where they were read, else its number alone.
    fn add_figure(&mut self, record: &Record, row: &Indicator) {
        let stands = |span: &Span| {
            // Lines and cells are elements of their own.
            let words = record.body.get(span.clone());
            let is_whole = words.is_some_and(|words| !words.contains(['\n', '|']));
            let figures = self.figures.iter().map(|(_, span)| span);
            is_whole
                && self.stands_apart(TextField::Body, span)
                && figures.into_iter().all(|other| !crosses(span, other))
        };
        let spans = [Some(row.span.clone()), number_of(row)].into_iter().flatten();
        if let Some(span) = spans.into_iter().find(stands) {
            self.figures.push((row.id.clone(), span));
        }
    }

    /// The first place of the words that does not cross another one, of a signature the last: elements
    /// lie in each other, or apart.
    fn add(&mut self, record: &Record, words: &str, basis: Basis) {
        // Lines and cells are elements of their own.
        if words.is_empty() || words.contains(['\n', '|']) || self.place(words, basis).is_some() {
            return;
        }
        let fields = if basis == Basis::Title { HEADLINE_FIRST } else { FIELDS };
        for field in fields {
            let text = field.of(record).unwrap_or_default();
            let spans = text.match_indices(words).map(|(at, found)| at..at + found.len());
            let mut free = spans.filter(|span| self.stands_apart(field, span));
            let place = if basis == Basis::Signature { free.last() } else { free.next() };
            if let Some(span) = place {
                self.places.push(EvidencePlace { words: words.to_owned(), basis, field, span });
                return;
            }
        }
    }

    /// Whether a place crosses no other one in this field.
    fn stands_apart(&self, field: TextField, span: &Span) -> bool {
        let date = self.date.iter().filter(|_| field == TextField::Body);
        let own = self.places.iter().filter(|known| known.field == field);
        own.map(|known| &known.span).chain(date).all(|other| !crosses(span, other))
    }

    fn place(&self, words: &str, basis: Basis) -> Option<usize> {
        self.places.iter().position(|known| known.words == words && known.basis == basis)
    }

    /// The stretches of a field that links lead to, as `part_anchored` takes them.
    pub(crate) fn anchors(&self, field: TextField) -> Vec<(String, Span)> {
        let all = self.places.iter().enumerate();
        let own = all.filter(|(_, known)| known.field == field);
        let mut anchors: Vec<(String, Span)> =
            own.map(|(at, known)| (name(at), known.span.clone())).collect();
        if field == TextField::Body {
            let figures = self.figures.iter();
            anchors.extend(figures.map(|(row, span)| (figure_anchor(row), span.clone())));
            anchors.extend(self.date.iter().map(|span| (DATE_ANCHOR.to_owned(), span.clone())));
        }
        anchors.sort_by_key(|(_, span)| (span.start, std::cmp::Reverse(span.end)));
        anchors
    }

    /// Words as they are quoted: a link to where they stand in what they were read from, if they do.
    pub(crate) fn quoted(&self, lang: Lang, words: &str, basis: Basis) -> Markup {
        linked(lang, words, self.place(words, basis).map(name))
    }

    /// The words of the date, likewise.
    pub(crate) fn quoted_date(&self, lang: Lang, words: &str, basis: Basis) -> Markup {
        match self.date {
            Some(_) => linked(lang, words, Some(DATE_ANCHOR.to_owned())),
            None => self.quoted(lang, words, basis),
        }
    }

    /// The words of a figure, likewise.
    pub(crate) fn quoted_figure(&self, lang: Lang, row: &Indicator) -> Markup {
        linked(lang, &row.quote, self.has_figure(row).then(|| figure_anchor(&row.id)))
    }

    /// Whether a figure has a place in the text.
    pub(crate) fn has_figure(&self, row: &Indicator) -> bool {
        self.figures.iter().any(|(known, _)| *known == row.id)
    }
}

/// The bytes of the number, which the name of the row ends with.
fn number_of(row: &Indicator) -> Option<Span> {
    let mut ends = row.id.rsplitn(3, '-').map(str::parse);
    let (end, start) = (ends.next()?.ok()?, ends.next()?.ok()?);
    (start < end).then_some(start..end)
}

fn linked(lang: Lang, words: &str, anchor: Option<String>) -> Markup {
    let quote = html! { q lang=(Lang::Zh.tag()) { (words) } };
    html! {
        @match anchor {
            Some(anchor) => a.to-evidence href={ "#" (anchor) }
                title=(lang.of("在文中查看", "Show in the text")) { (quote) },
            None => (quote),
        }
    }
}

/// Whether one begins in the other and ends outside of it.
fn crosses(one: &Span, other: &Span) -> bool {
    let begins_in = |a: &Span, b: &Span| b.start < a.start && a.start < b.end && b.end < a.end;
    begins_in(one, other) || begins_in(other, one)
}

fn name(at: usize) -> String {
    format!("evidence-{}", at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Topic;
    use crate::pages::testing::sample::sample;

    #[test]
    fn the_words_of_the_date_are_where_they_were_read() {
        let body = "井是3月4日挖的。\n3月4日，新桥通车。";
        let at = body.rfind("3月4日").expect("the words");
        let basis = Basis::Lead;
        let date =
            |span| DateNote { text: Some("3月4日".into()), span, basis, ..DateNote::default() };
        let of = |span| {
            let record = Record { body: body.into(), date: date(span), ..sample() };
            let places = EvidencePlaces::of(&record);
            let linked = places.quoted_date(Lang::Zh, "3月4日", basis).into_string();
            let mut anchors = places.anchors(TextField::Body).into_iter();
            let (_, span) = anchors
                .find(|(name, _)| linked.contains(&format!("href=\"#{name}\"")))
                .expect("a link that leads somewhere");
            span.start
        };
        assert_eq!(of(Some(at..at + "3月4日".len())), at);
        assert_eq!([of(None), of(Some(0..3))], ["井是".len(); 2]);
    }

    #[test]
    fn words_are_found_where_they_stand_apart_or_in_each_other() {
        let topic = |words: &[&str]| Topic {
            evidence: words.iter().map(|&words| words.to_owned()).collect(),
            ..Topic::default()
        };
        let record = Record {
            title: Some("老桥通车".into()),
            body: "老桥下水，新桥通车。下水道".into(),
            topics: vec![topic(&["老桥下水", "桥下", "下水，新", "通车", "下水", "没有", "a\nb"])],
            date: DateNote::default(),
            districts: Vec::new(),
            places: Vec::new(),
            genre: None,
            ..sample()
        };
        let places = EvidencePlaces::of(&record);
        let words = |field| -> Vec<&str> {
            let anchors = places.anchors(field).into_iter();
            anchors.map(|(_, span)| &field.of(&record).expect("a text")[span]).collect()
        };
        assert_eq!(words(TextField::Body), ["老桥下水", "桥下", "通车", "下水"]);
        let linked = places.quoted(Lang::Zh, "桥下", Basis::Body).into_string();
        assert!(linked.contains("href=\"#evidence-2\""), "{linked}");
        assert!(!places.quoted(Lang::Zh, "下水，新", Basis::Body).into_string().contains("href"));
    }

    #[test]
    fn the_same_words_lead_to_the_part_that_they_were_read_from() {
        let places = |basis| {
            let record = Record {
                title: Some("5月1日通车".into()),
                body: "5月1日，新桥通车。\n某县人民政府\n5月1日".into(),
                date: DateNote { text: Some("5月1日".into()), basis, ..DateNote::default() },
                topics: Vec::new(),
                districts: Vec::new(),
                places: Vec::new(),
                indicators: Vec::new(),
                genre: None,
                ..sample()
            };
            let places = EvidencePlaces::of(&record);
            [TextField::Title, TextField::Body]
                .map(|field| places.anchors(field).first().map(|(_, span)| span.start))
        };
        assert_eq!(places(Basis::Lead), [None, Some(0)]);
        assert_eq!(places(Basis::Signature), [None, Some(46)]);
        assert_eq!(places(Basis::Title), [Some(0), None]);
    }
}
