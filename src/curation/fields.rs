//! The fields of articles that a person can decide on: what a value means, and what it is put on.

use crate::annotate::Annotator;
use crate::model::{
    Article, ArticleId, Basis, Change, CivilDate, DateNote, Days, DistrictRole, Genre, GivenFields,
    IssueDate, Place, Precision, Record, ReprintDecision, Topic, UnplacedReason,
};

/// Whether the program knows the value.
///
/// # Errors
/// When it does not, with the value.
pub fn check(change: &Change, annotator: &Annotator) -> Result<(), UnplacedReason> {
    let unknown = |value: &str| Err(UnplacedReason::UnknownValue { value: value.to_owned() });
    let is_line = |text: &str| !text.chars().any(char::is_control);
    match change {
        Change::Districts(names) => {
            let wrong = names.iter().find(|name| district(name, annotator).is_none());
            wrong.map_or(Ok(()), |name| unknown(name))
        }
        Change::Topics(labels) => {
            let wrong = labels.iter().find(|label| !annotator.knows_topic(label.trim()));
            wrong.map_or(Ok(()), |label| unknown(label))
        }
        Change::Indicator(row) => {
            let is_known = |name: &String| name.is_empty() || is_one(name, annotator);
            let wrong = row.district.as_ref().filter(|name| !is_known(name));
            let not_finite = row.value.filter(|value| !value.is_finite());
            match (wrong, not_finite) {
                (Some(name), _) => unknown(name),
                (None, Some(value)) => unknown(&value.to_string()),
                (None, None) => Ok(()),
            }
        }
        Change::Kicker(text)
        | Change::Title(text)
        | Change::Subtitle(text)
        | Change::Section(text)
        | Change::Outlet(text)
        | Change::Docno(text)
        | Change::Issuer(text)
        | Change::Publication(text)
        | Change::Page(text)
        | Change::IssueNumber(text)
        | Change::Genre(text)
            if !is_line(text) =>
        {
            unknown(text)
        }
        Change::Reporters(names)
        | Change::Correspondents(names)
        | Change::Photographers(names)
        | Change::Places(names) => {
            let wrong = names.iter().find(|name| name.trim().is_empty() || !is_line(name));
            wrong.map_or(Ok(()), |name| unknown(name))
        }
        _ => Ok(()),
    }
}

/// Puts a value on the article, so that what follows from it is read accordingly.
pub(super) fn put_on_article(article: &mut Article, change: &Change, annotator: &Annotator) {
    match change {
        Change::Kicker(text) => article.kicker = filled(text),
        Change::Title(text) => article.title = filled(text),
        Change::Subtitle(text) => article.subtitle = filled(text),
        Change::Section(text) => article.section = filled(text),
        Change::Outlet(text) => article.outlet = filled(text),
        Change::Docno(text) => article.docno = filled(text),
        Change::Kind(kind) => article.kind = *kind,
        Change::IssueDate(days) => {
            let note = issue_date(*days);
            given(article).issue_date = note.value;
            given(article).issue_note = Some(note);
        }
        Change::Date(days) => given(article).date_note = Some(date_note(*days)),
        Change::Districts(names) => {
            let mut places: Vec<Place> =
                names.iter().filter_map(|name| district(name, annotator)).collect();
            // Those that it is about come first in every record.
            places.sort_by_key(|place| place.role);
            given(article).districts = Some(places);
        }
        Change::Topics(labels) => {
            let topic = |label: &String| Topic {
                label: label.trim().to_owned(),
                score: 1.0,
                evidence: Vec::new(),
            };
            given(article).topics = Some(labels.iter().map(topic).collect());
        }
        _ => {}
    }
}

/// Puts a value on the record: what nothing else is read from, and where none is decided although
/// something can be read.
pub(super) fn put_on_record(record: &mut Record, change: &Change, annotator: &Annotator) {
    let list = |names: &[String]| names.iter().map(|name| name.trim().to_owned()).collect();
    match change {
        Change::Docno(text) => record.docno = filled(text),
        Change::Issuer(text) => record.issuer = filled(text),
        Change::Publication(text) => record.publication = filled(text),
        Change::Page(text) => record.page = filled(text),
        Change::IssueNumber(text) => record.issue.number = filled(text),
        Change::Genre(text) => {
            record.genre = filled(text).map(|label| Genre { label, evidence: String::new() });
        }
        Change::Reporters(names) => record.byline.reporters = list(names),
        Change::Correspondents(names) => record.byline.correspondents = list(names),
        Change::Photographers(names) => record.byline.photographers = list(names),
        Change::ReprintOf(id) => {
            let of = filled(id).map(|id| ReprintDecision::Of(ArticleId(id)));
            record.reprint_decided = Some(of.unwrap_or(ReprintDecision::No));
        }
        Change::Places(names) => {
            record.places = names.iter().map(|name| place(name.trim(), annotator)).collect();
        }
        _ => {}
    }
}

/// What a record says of the field of a change, in the words that a person would type; empty where it
/// says nothing, and of changes that are about no field.
#[must_use]
pub fn stated(record: &Record, change: &Change) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let days = |from: Option<CivilDate>, to: Option<CivilDate>| match (from, to) {
        (Some(from), Some(to)) => Days(Some((from, to))).to_string(),
        (None, None) => String::new(),
        (from, to) => {
            let shown = |day: Option<CivilDate>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("{}..{}", shown(from), shown(to))
        }
    };
    match change {
        Change::Kicker(_) => text(&record.kicker),
        Change::Title(_) => text(&record.title),
        Change::Subtitle(_) => text(&record.subtitle),
        Change::Section(_) => text(&record.section),
        Change::Outlet(_) => text(&record.outlet),
        Change::Docno(_) => text(&record.docno),
        Change::Issuer(_) => text(&record.issuer),
        Change::Publication(_) => text(&record.publication),
        Change::Page(_) => text(&record.page),
        Change::IssueNumber(_) => text(&record.issue.number),
        Change::IssueDate(_) => {
            let date = &record.issue.date;
            days(date.value.or(date.not_before), date.value.or(date.not_after))
        }
        Change::Date(_) => {
            let date = &record.date;
            days(date.value.or(date.not_before), date.value.or(date.not_after))
        }
        Change::Kind(_) => record.kind.as_str().to_owned(),
        Change::Genre(_) => {
            record.genre.as_ref().map(|genre| genre.label.clone()).unwrap_or_default()
        }
        Change::Reporters(_) => record.byline.reporters.join("、"),
        Change::Correspondents(_) => record.byline.correspondents.join("、"),
        Change::Photographers(_) => record.byline.photographers.join("、"),
        Change::Districts(_) => {
            record.districts.iter().map(district_typed).collect::<Vec<_>>().join("、")
        }
        Change::Places(_) => {
            let names = record.places.iter().map(|place| place.name.as_str());
            names.collect::<Vec<_>>().join("、")
        }
        Change::Topics(_) => {
            let labels = record.topics.iter().map(|topic| topic.label.as_str());
            labels.collect::<Vec<_>>().join("、")
        }
        Change::ReprintOf(_) => {
            record.reprint_of.as_ref().map(ToString::to_string).unwrap_or_default()
        }
        Change::Indicator(correction) => {
            let row = super::rows::indicator_row(record, correction);
            row.map(|at| super::rows::said(&record.indicators[at])).unwrap_or_default()
        }
        Change::Text(text) => text.from.clone(),
        Change::Begins
        | Change::Joins(_)
        | Change::Lines(_)
        | Change::Pieces
        | Change::Confirms(_)
        | Change::Undo(_) => String::new(),
    }
}

/// A district as a person types it: its name, with its role before a colon where the article is not
/// about it.
#[must_use]
pub fn district_typed(place: &Place) -> String {
    match place.role {
        None | Some(DistrictRole::About) => place.name.clone(),
        Some(role) => format!("{}:{}", role.as_str(), place.name),
    }
}

/// Reads a district as it is typed.
fn district(typed: &str, annotator: &Annotator) -> Option<Place> {
    let (role, name) = match typed.split_once([':', '：']) {
        Some((role, name)) => {
            let role = DistrictRole::ALL.into_iter().find(|known| known.as_str() == role.trim())?;
            (role, name.trim())
        }
        None => (DistrictRole::About, typed.trim()),
    };
    let is_code = name.bytes().all(|byte| byte.is_ascii_digit());
    is_one(name, annotator).then(|| Place {
        code: is_code.then(|| name.to_owned()),
        name: name.to_owned(),
        basis: Basis::Curation,
        role: Some(role),
        ..Place::default()
    })
}

/// Whether a code or a name is that of one division.
fn is_one(name: &str, annotator: &Annotator) -> bool {
    !name.is_empty() && annotator.gazetteer().resolve_ids(name).len() == 1
}

/// A town, street or village: the division of this name if there is one, else the name.
fn place(name: &str, annotator: &Annotator) -> Place {
    let stated = Place { name: name.to_owned(), basis: Basis::Curation, ..Place::default() };
    let found = annotator.district_given(&stated);
    let known = if found.ambiguous.is_empty() { found } else { stated };
    Place { role: None, ..known }
}

fn date_note(Days(days): Days) -> DateNote {
    let (first, last) = days.unzip();
    DateNote {
        value: first.filter(|_| first == last),
        not_before: first,
        not_after: last,
        precision: days.map_or(Precision::Unknown, |(first, last)| precision(first, last)),
        basis: Basis::Curation,
        ..DateNote::default()
    }
}

fn issue_date(days: Days) -> IssueDate {
    let DateNote { value, not_before, not_after, basis, .. } = date_note(days);
    IssueDate { value, not_before, not_after, basis }
}

fn precision(first: CivilDate, last: CivilDate) -> Precision {
    let begins_quarter = first.day() == 1 && first.month() % 3 == 1;
    let in_one_year = first.year() == last.year();
    if first == last {
        Precision::Day
    } else if first == last.first_of_month() && last == first.last_of_month() {
        Precision::Month
    } else if first == last.first_of_year() && last == first.last_of_year() {
        Precision::Year
    } else if in_one_year
        && begins_quarter
        && last == last.last_of_month()
        && last.month() == first.month() + 2
    {
        Precision::Quarter
    } else {
        Precision::Interval
    }
}

fn given(article: &mut Article) -> &mut GivenFields {
    article.given.get_or_insert_default()
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
