//! The document around an answer: elements in the order of the protocol's schema.

use jiff::Timestamp;
use serde::Serialize;

use super::error::OaiError;
use super::metadata::{INSTANCE, Metadata, Prefix};
use super::names::{identifier_of, set_of};
use super::request::Pairs;
use crate::model::Record;
use crate::web::Site;
use crate::web::feeds::xml;

const NAMESPACE: &str = "http://www.openarchives.org/OAI/2.0/";
const LOCATION: &str = "http://www.openarchives.org/OAI/2.0/ \
                        http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd";

/// The document.
#[derive(Serialize)]
pub(crate) struct OaiPmh {
    #[serde(rename = "@xmlns")]
    namespace: &'static str,
    #[serde(rename = "@xmlns:xsi")]
    instance: &'static str,
    #[serde(rename = "@xsi:schemaLocation")]
    location: &'static str,
    #[serde(rename = "responseDate")]
    date: String,
    request: RequestEcho,
    #[serde(rename = "$value")]
    content: Vec<OaiContent>,
}

/// What was asked.
#[derive(Serialize)]
pub(crate) struct RequestEcho {
    #[serde(rename = "@verb", skip_serializing_if = "Option::is_none")]
    verb: Option<String>,
    #[serde(rename = "@identifier", skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    #[serde(rename = "@metadataPrefix", skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
    #[serde(rename = "@from", skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(rename = "@until", skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(rename = "@set", skip_serializing_if = "Option::is_none")]
    set: Option<String>,
    #[serde(rename = "@resumptionToken", skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(rename = "$text")]
    base: String,
}

/// What an answer holds: an element of this name.
#[derive(Serialize)]
pub(crate) enum OaiContent {
    #[serde(rename = "error")]
    Error(OaiError),
    Identify(Identify),
    ListMetadataFormats(Many<MetadataFormat>),
    ListSets(Many<Set>),
    ListIdentifiers(ListPart<RecordHeader>),
    ListRecords(ListPart<RecordItem>),
    GetRecord(Many<RecordItem>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Identify {
    pub repository_name: String,
    #[serde(rename = "baseURL")]
    pub base_url: String,
    pub protocol_version: &'static str,
    pub admin_email: String,
    pub earliest_datestamp: String,
    pub deleted_record: &'static str,
    pub granularity: &'static str,
}

#[derive(Clone, Serialize)]
#[serde(rename = "metadataFormat")]
pub(crate) struct MetadataFormat {
    #[serde(rename = "metadataPrefix")]
    pub prefix: &'static str,
    pub schema: String,
    #[serde(rename = "metadataNamespace")]
    pub namespace: &'static str,
}

/// A publication.
#[derive(Serialize)]
#[serde(rename = "set")]
pub(crate) struct Set {
    #[serde(rename = "setSpec")]
    pub spec: String,
    #[serde(rename = "setName")]
    pub name: String,
}

#[derive(Serialize)]
#[serde(rename = "header")]
pub(crate) struct RecordHeader {
    identifier: String,
    datestamp: String,
    #[serde(rename = "setSpec", skip_serializing_if = "Option::is_none")]
    set: Option<String>,
}

#[derive(Serialize)]
#[serde(rename = "record")]
pub(crate) struct RecordItem {
    header: RecordHeader,
    metadata: Metadata,
}

/// One element behind another.
#[derive(Serialize)]
pub(crate) struct Many<T> {
    #[serde(rename = "$value")]
    items: Vec<T>,
}

/// A part of a list, and how it goes on.
#[derive(Serialize)]
pub(crate) struct ListPart<T> {
    #[serde(rename = "$value")]
    pub items: Vec<T>,
    #[serde(rename = "resumptionToken", skip_serializing_if = "Option::is_none")]
    pub token: Option<ResumptionToken>,
}

/// Empty in the last part of a list that has several.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ResumptionToken {
    #[serde(rename = "@completeListSize", skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    #[serde(rename = "@cursor")]
    pub cursor: u64,
    #[serde(rename = "$text")]
    pub token: String,
}

impl OaiPmh {
    pub(crate) fn new(now: Timestamp, request: RequestEcho, content: Vec<OaiContent>) -> Self {
        let date = now.to_string();
        Self {
            namespace: NAMESPACE,
            instance: INSTANCE,
            location: LOCATION,
            date,
            request,
            content,
        }
    }
}

impl RequestEcho {
    pub(crate) fn bare(base: String) -> Self {
        Self {
            verb: None,
            identifier: None,
            prefix: None,
            from: None,
            until: None,
            set: None,
            token: None,
            base,
        }
    }

    pub(crate) fn of(base: String, pairs: &Pairs) -> Self {
        let sent = |name| pairs.get(name).map(|value| xml::text(value).into_owned());
        Self {
            verb: sent("verb"),
            identifier: sent("identifier"),
            prefix: sent("metadataPrefix"),
            from: sent("from"),
            until: sent("until"),
            set: sent("set"),
            token: sent("resumptionToken"),
            base,
        }
    }
}

impl RecordHeader {
    pub(crate) fn of(record: &Record, changed: Timestamp) -> Self {
        Self {
            identifier: identifier_of(&record.id),
            datestamp: changed.to_string(),
            set: record.publication.as_deref().map(set_of),
        }
    }
}

impl RecordItem {
    pub(crate) fn of(site: &Site, record: &Record, changed: Timestamp, prefix: Prefix) -> Self {
        let header = RecordHeader::of(record, changed);
        Self { header, metadata: Metadata::of(site, record, prefix) }
    }
}

impl<T> Many<T> {
    pub(crate) fn of(items: Vec<T>) -> Self {
        Self { items }
    }
}
