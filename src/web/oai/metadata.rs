//! An article in the formats that harvesters ask for: Dublin Core (`oai_dc`), and one of our own
//! (`dibao`, described by `dibao.xsd`) with what Dublin Core has no place for. An interval of days is given
//! as such, never as a day.

use serde::Serialize;

use super::names::identifier_of;
use crate::model::{Basis, CivilDate, DistrictRole, Place, Record};
use crate::present;
use crate::web::Site;
use crate::web::feeds::xml;

/// Characters of the text that describe an article in Dublin Core.
const MAX_DESCRIPTION_CHARS: usize = 300;

/// That of schema instances, for `xsi:schemaLocation`.
pub(crate) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const OAI_DC: &str = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const OAI_DC_SCHEMA: &str = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd";
const DIBAO: &str = "urn:dibao:oai:article";

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefix {
    Dc,
    Dibao,
}

impl Prefix {
    pub(crate) const ALL: [Self; 2] = [Self::Dc, Self::Dibao];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Dc => "oai_dc",
            Self::Dibao => "dibao",
        }
    }

    pub(crate) fn namespace(self) -> &'static str {
        match self {
            Self::Dc => OAI_DC,
            Self::Dibao => DIBAO,
        }
    }

    pub(crate) fn schema(self, site: &Site) -> String {
        match self {
            Self::Dc => OAI_DC_SCHEMA.to_owned(),
            Self::Dibao => format!("{}/oai/dibao.xsd", site.0),
        }
    }
}

/// An article in a format.
#[derive(Serialize)]
pub(crate) struct Metadata {
    #[serde(rename = "$value")]
    format: FormattedArticle,
}

#[derive(Serialize)]
enum FormattedArticle {
    #[serde(rename = "oai_dc:dc")]
    Dc(Box<DublinCore>),
    #[serde(rename = "article")]
    Dibao(Box<DibaoArticle>),
}

#[derive(Serialize)]
struct DublinCore {
    #[serde(rename = "@xmlns:oai_dc")]
    container: &'static str,
    #[serde(rename = "@xmlns:dc")]
    elements: &'static str,
    /// Declared here too, for those who take the element out of the answer.
    #[serde(rename = "@xmlns:xsi")]
    instance: &'static str,
    #[serde(rename = "@xsi:schemaLocation")]
    location: String,
    #[serde(rename = "dc:title")]
    title: String,
    #[serde(rename = "dc:creator")]
    creator: Vec<String>,
    #[serde(rename = "dc:contributor")]
    contributor: Vec<String>,
    #[serde(rename = "dc:publisher")]
    publisher: Vec<String>,
    #[serde(rename = "dc:date")]
    date: Vec<String>,
    #[serde(rename = "dc:type")]
    kind: [&'static str; 2],
    #[serde(rename = "dc:subject")]
    subject: Vec<String>,
    #[serde(rename = "dc:coverage")]
    coverage: Vec<String>,
    #[serde(rename = "dc:description")]
    description: Vec<String>,
    #[serde(rename = "dc:source")]
    source: Vec<String>,
    #[serde(rename = "dc:relation")]
    relation: Vec<String>,
    #[serde(rename = "dc:identifier")]
    identifier: Vec<String>,
    #[serde(rename = "dc:language")]
    language: &'static str,
}

#[derive(Serialize)]
struct DibaoArticle {
    #[serde(rename = "@xmlns")]
    namespace: &'static str,
    #[serde(rename = "@xmlns:xsi")]
    instance: &'static str,
    #[serde(rename = "@xsi:schemaLocation")]
    location: String,
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@kind")]
    kind: &'static str,
    permalink: String,
    kicker: Vec<String>,
    title: Vec<String>,
    subtitle: Vec<String>,
    publication: Vec<String>,
    issue: Vec<String>,
    #[serde(rename = "issueDate")]
    issue_date: Vec<DaysElement>,
    page: Vec<String>,
    section: Vec<String>,
    outlet: Vec<String>,
    docno: Vec<String>,
    issuer: Vec<String>,
    genre: Vec<String>,
    reporter: Vec<String>,
    correspondent: Vec<String>,
    photographer: Vec<String>,
    date: DaysElement,
    district: Vec<DistrictElement>,
    topic: Vec<String>,
    #[serde(rename = "reprintOf")]
    reprint_of: Vec<String>,
    source: SourceElement,
    paragraph: Vec<String>,
    credit: Vec<String>,
}

/// The days that something can be of; both attributes are the same where it is known to the day.
#[derive(Serialize)]
struct DaysElement {
    #[serde(rename = "@from", skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(rename = "@to", skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(rename = "@basis")]
    basis: Basis,
    /// The words that it was read from.
    #[serde(rename = "$text")]
    text: String,
}

#[derive(Serialize)]
struct DistrictElement {
    #[serde(rename = "@role", skip_serializing_if = "Option::is_none")]
    role: Option<DistrictRole>,
    #[serde(rename = "@code", skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(rename = "@path")]
    path: String,
    #[serde(rename = "$text")]
    name: String,
}

#[derive(Serialize)]
struct SourceElement {
    #[serde(rename = "@lines")]
    lines: String,
    #[serde(rename = "$text")]
    file: String,
}

impl Metadata {
    pub(crate) fn of(site: &Site, record: &Record, prefix: Prefix) -> Self {
        let format = match prefix {
            Prefix::Dc => FormattedArticle::Dc(Box::new(dublin_core(site, record))),
            Prefix::Dibao => FormattedArticle::Dibao(Box::new(dibao_article(site, record))),
        };
        Self { format }
    }
}

fn dublin_core(site: &Site, record: &Record) -> DublinCore {
    let byline = &record.byline;
    let people = byline.reporters.iter().chain(&byline.correspondents);
    let parts: Vec<&str> = record.headline().collect();
    let title = if parts.is_empty() { present::name(record) } else { parts.join(" ") };
    let place = [record.issue.number.clone(), record.page.clone()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let printed = record.publication.clone().filter(|_| !place.is_empty());
    let description: String = record.body.chars().take(MAX_DESCRIPTION_CHARS).collect();
    let own = [
        Some(permalink(site, &record.id.0)),
        Some(identifier_of(&record.id)),
        record.docno.clone(),
    ];
    DublinCore {
        container: OAI_DC,
        elements: DC,
        instance: INSTANCE,
        location: format!("{OAI_DC} {OAI_DC_SCHEMA}"),
        title: clean(&title),
        creator: all(people.chain(&record.issuer)),
        contributor: all(&byline.photographers),
        publisher: all(&record.publication),
        date: dc_date(record).into_iter().collect(),
        kind: ["Text", record.kind.as_str()],
        subject: all(record.topics.iter().map(|topic| &topic.label)),
        coverage: all(record.about().map(|place| &place.name)),
        description: all(Some(&description).filter(|text| !text.is_empty())),
        source: all(printed.map(|paper| format!("{paper}, {place}")).iter().chain(&record.outlet)),
        relation: all(&record
            .reprint_of
            .iter()
            .map(|first| permalink(site, &first.0))
            .collect::<Vec<_>>()),
        identifier: all(own.iter().flatten()),
        language: "zh",
    }
}

/// The day that an article is of, or the days: `2023-02-09`, `2023-02-01/2023-02-28` (ISO 8601).
/// Nothing of an interval with an open end.
fn dc_date(record: &Record) -> Option<String> {
    let (from, to) = days(record);
    let (from, to) = (from?, to?);
    Some(if from == to { from.to_string() } else { format!("{from}/{to}") })
}

fn days(record: &Record) -> (Option<CivilDate>, Option<CivilDate>) {
    let date = &record.date;
    (date.not_before.or(date.value), date.not_after.or(date.value))
}

fn dibao_article(site: &Site, record: &Record) -> DibaoArticle {
    let byline = &record.byline;
    let (from, to) = days(record);
    let issue = &record.issue.date;
    let known = issue.value.or(issue.not_before).or(issue.not_after).is_some();
    let issue_date = known.then(|| DaysElement {
        from: issue.not_before.or(issue.value).map(|day| day.to_string()),
        to: issue.not_after.or(issue.value).map(|day| day.to_string()),
        basis: issue.basis,
        text: String::new(),
    });
    DibaoArticle {
        namespace: DIBAO,
        instance: INSTANCE,
        location: format!("{DIBAO} {}", Prefix::Dibao.schema(site)),
        id: record.id.0.clone(),
        kind: record.kind.as_str(),
        permalink: permalink(site, &record.id.0),
        kicker: all(&record.kicker),
        title: all(&record.title),
        subtitle: all(&record.subtitle),
        publication: all(&record.publication),
        issue: all(&record.issue.number),
        issue_date: issue_date.into_iter().collect(),
        page: all(&record.page),
        section: all(&record.section),
        outlet: all(&record.outlet),
        docno: all(&record.docno),
        issuer: all(&record.issuer),
        genre: all(record.genre.iter().map(|genre| &genre.label)),
        reporter: all(&byline.reporters),
        correspondent: all(&byline.correspondents),
        photographer: all(&byline.photographers),
        date: DaysElement {
            from: from.map(|day| day.to_string()),
            to: to.map(|day| day.to_string()),
            basis: record.date.basis,
            text: clean(record.date.text.as_deref().unwrap_or_default()),
        },
        district: record.districts.iter().map(district).collect(),
        topic: all(record.topics.iter().map(|topic| &topic.label)),
        reprint_of: record.reprint_of.iter().map(identifier_of).collect(),
        source: SourceElement { lines: present::lines(&record.lines), file: clean(&record.source) },
        paragraph: record.body.lines().map(clean).collect(),
        credit: record.credit.iter().flat_map(|credit| credit.lines()).map(clean).collect(),
    }
}

fn district(place: &Place) -> DistrictElement {
    DistrictElement {
        role: place.role,
        code: place.code.clone(),
        path: clean(&place.path.join("/")),
        name: clean(&place.name),
    }
}

fn permalink(site: &Site, id: &str) -> String {
    format!("{}/article/{id}", site.0)
}

fn all<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    texts.into_iter().map(|text| clean(text)).collect()
}

fn clean(text: &str) -> String {
    xml::text(text).into_owned()
}
