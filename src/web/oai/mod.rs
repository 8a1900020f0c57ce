//! `/oai`: the articles for the portals of libraries (OAI-PMH 2.0). `request` reads what is asked,
//! `harvest` lists articles page by page, `metadata` describes one in either format, `names` has those of records and
//! sets, `envelope` is the document around all of it. What is wrong with a request is told as the protocol has it: in a document,
//! with status 200.

pub(crate) mod envelope;
pub(crate) mod error;
pub(crate) mod file_days;
pub(crate) mod harvest;
pub(crate) mod metadata;
pub(crate) mod names;
pub(crate) mod request;
pub(crate) mod token;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use jiff::{Timestamp, Unit};
use tokio::time::timeout;

use super::archive::OpenArchive;
use super::feeds::xml;
use super::server::options::MAX_BODY_BYTES;
use super::{AppState, Detail, OaiSettings, Problem, Site};
use crate::model::{ArticleId, Record};
use crate::search::Request as ArchiveRequest;
use envelope::{Identify, Many, MetadataFormat, OaiContent, OaiPmh, RecordItem, RequestEcho, Set};
use error::{OaiError, OaiErrorCode};
use metadata::Prefix;
use names::{article_id, set_of};
use request::{OaiRequest, Pairs, Verb};

/// Where harvesters ask.
pub(crate) const PATH: &str = "/oai";
const XML: &str = "text/xml; charset=utf-8";

/// The schema of the richer format.
const SCHEMA: &str = include_str!("dibao.xsd");

/// `/oai`
pub(crate) async fn repository(
    State(state): State<AppState>,
    site: Site,
    request: Request,
) -> Result<Response, Problem> {
    if state.options().oai.is_none() {
        return Err(Problem::not_found(Detail::OaiOff));
    }
    let sent = if request.method() == Method::POST {
        let body = to_bytes(request.into_body(), MAX_BODY_BYTES);
        let body = timeout(state.options().limits.client, body).await;
        let body = body.map_err(|_| Problem::slow())?.map_err(|_| Problem::large())?;
        String::from_utf8_lossy(&body).into_owned()
    } else {
        request.uri().query().unwrap_or_default().to_owned()
    };
    let now = Timestamp::now().round(Unit::Second).unwrap_or_default();
    let base = format!("{}{PATH}", site.0);
    let pairs = Pairs::read(&sent);
    let (echo, asked) = match &pairs {
        // Arguments that are none are not repeated.
        Err(error) => (RequestEcho::bare(base), Err(error.clone())),
        Ok(pairs) => match OaiRequest::read(pairs) {
            Err(error) if error.is_of_arguments() => (RequestEcho::bare(base), Err(error)),
            asked => (RequestEcho::of(base, pairs), asked),
        },
    };
    let content = match asked {
        Err(error) => vec![OaiContent::Error(error)],
        Ok(asked) => {
            if asked.verb.needs_file_days() {
                state.read_file_days().await?;
            }
            let settings = state.options().oai.clone().unwrap_or_default();
            let found = state.ask(move |opened| content(&settings, &site, opened, asked)).await?;
            vec![found.unwrap_or_else(OaiContent::Error)]
        }
    };
    xml::document("OAI-PMH", XML, &OaiPmh::new(now, echo, content))
}

/// `/oai/dibao.xsd`
pub(crate) async fn schema(State(state): State<AppState>) -> Result<Response, Problem> {
    if state.options().oai.is_none() {
        return Err(Problem::not_found(Detail::OaiOff));
    }
    Ok(([(header::CONTENT_TYPE, XML)], SCHEMA).into_response())
}

fn content(
    settings: &OaiSettings,
    site: &Site,
    opened: &OpenArchive,
    asked: OaiRequest,
) -> Result<Result<OaiContent, OaiError>, Problem> {
    Ok(match asked.verb {
        Verb::Identify => Ok(identify(settings, site, opened)?),
        Verb::ListMetadataFormats => formats(site, opened, asked.identifier.as_deref())?,
        Verb::ListSets => sets(opened)?,
        Verb::GetRecord => record(site, opened, &asked)?,
        Verb::ListIdentifiers => {
            let page = harvest::page(opened, asked)?;
            page.map(|page| OaiContent::ListIdentifiers(page.headers()))
        }
        Verb::ListRecords => {
            let page = harvest::page(opened, asked)?;
            page.map(|page| OaiContent::ListRecords(page.records(site)))
        }
    })
}

fn identify(
    settings: &OaiSettings,
    site: &Site,
    opened: &OpenArchive,
) -> Result<OaiContent, Problem> {
    let earliest = opened.file_days()?.earliest();
    Ok(OaiContent::Identify(Identify {
        repository_name: xml::text(&settings.name).into_owned(),
        base_url: format!("{}{PATH}", site.0),
        protocol_version: "2.0",
        admin_email: settings.admin_email.clone(),
        earliest_datestamp: earliest.to_string(),
        // What was taken out of the archive is forgotten.
        deleted_record: "no",
        granularity: "YYYY-MM-DDThh:mm:ssZ",
    }))
}

fn formats(
    site: &Site,
    opened: &OpenArchive,
    identifier: Option<&str>,
) -> Result<Result<OaiContent, OaiError>, Problem> {
    if let Some(identifier) = identifier
        && found(opened, identifier)?.is_none()
    {
        return Ok(Err(OaiError::no_id(identifier)));
    }
    let format = |prefix: Prefix| MetadataFormat {
        prefix: prefix.as_str(),
        schema: prefix.schema(site),
        namespace: prefix.namespace(),
    };
    Ok(Ok(OaiContent::ListMetadataFormats(Many::of(Prefix::ALL.map(format).to_vec()))))
}

fn sets(opened: &OpenArchive) -> Result<Result<OaiContent, OaiError>, Problem> {
    let publications = opened.archive.facets(&ArchiveRequest::default())?.publications;
    if publications.is_empty() {
        let code = OaiErrorCode::NoSetHierarchy;
        return Ok(Err(OaiError::new(code, "no article has a publication")));
    }
    let sets = publications.into_iter().map(|publication| Set {
        spec: set_of(&publication.value),
        name: xml::text(&publication.value).into_owned(),
    });
    Ok(Ok(OaiContent::ListSets(Many::of(sets.collect()))))
}

fn record(
    site: &Site,
    opened: &OpenArchive,
    asked: &OaiRequest,
) -> Result<Result<OaiContent, OaiError>, Problem> {
    let identifier = asked.identifier.as_deref().unwrap_or_default();
    let Some(record) = found(opened, identifier)? else {
        return Ok(Err(OaiError::no_id(identifier)));
    };
    let days = opened.file_days()?;
    let item = RecordItem::of(site, &record, days.of(&record.source), asked.prefix);
    Ok(Ok(OaiContent::GetRecord(Many::of(vec![item]))))
}

/// The article of an identifier; several of one id have one text: the first will do.
fn found(opened: &OpenArchive, identifier: &str) -> Result<Option<Record>, Problem> {
    let Some(id) = article_id(identifier) else { return Ok(None) };
    // A beginning of an id names nothing.
    let (records, _) = opened.archive.with_id_prefix(&ArticleId(id.to_owned()), 1)?;
    Ok(records.into_iter().find(|record| record.id.0 == id))
}
