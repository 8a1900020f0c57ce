//! The engine of an archive on an OpenSearch cluster: answers what is asked in its query language. What
//! positions alone decide is read off the texts of the candidates, by the same code that highlights them.

mod answers;
mod conditions;
mod facets;
mod hits;
mod scoring;
mod terms;
mod values;
mod verify;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::index::{FILE, IndexError, TermField, names};
use crate::model::Record;
use crate::opensearch::{
    Client, ClusterIndex, ClusterSettings, DOCUMENT, Indices, Scan, document_id, field_name, whole,
    whole_at_point,
};
use crate::search::plan::Condition;
use crate::search::{Address, SearchError};

/// How long the cluster keeps the state of the index for the next request.
const KEPT: &str = "5m";
/// Documents of which nothing is read that are listed at a time.
const LISTED: usize = 5_000;
/// Records that are read at a time.
const RECORDS: usize = 200;
/// How often an archive is opened again where an ingest commits meanwhile.
const TRIES: usize = 10;

/// An archive that is open for reading, as it was committed when it was opened: all requests are about
/// one point in time.
pub(crate) struct ClusterEngine {
    client: Client,
    index: ClusterIndex,
    /// The point in time, as requests name it.
    point: Mutex<Value>,
    /// The terms of fields, each read when it is first asked for.
    terms: Mutex<HashMap<TermField, Arc<Vec<String>>>>,
    /// The articles in which texts stand as they must to one another, by what was asked.
    verified: Mutex<HashMap<String, Arc<Vec<String>>>>,
}

impl ClusterEngine {
    /// # Errors
    /// When there is no archive, when it was made by other rules, and when the cluster does not answer.
    pub(crate) fn open(settings: &ClusterSettings) -> Result<Self, IndexError> {
        let client = Client::new(settings)?;
        let mut index = Indices(&client).open()?;
        let mut point = point_in_time(&client, &index.name)?;
        for _ in 0..TRIES {
            // The point in time is to have all that the state says, and none of it deleted.
            let now = Indices(&client).open()?;
            if now.name == index.name && now.state.visible() == index.state.visible() {
                break;
            }
            close(&client, &point);
            point = point_in_time(&client, &now.name)?;
            index = now;
        }
        let point = Mutex::new(point);
        let (terms, verified) = (Mutex::default(), Mutex::default());
        Ok(Self { client, index, point, terms, verified })
    }

    /// The index and its last commit.
    pub(crate) fn state(&self) -> String {
        format!("{}-{}", self.index.name, self.index.state.commit)
    }

    pub(crate) fn segmenter(&self) -> &crate::text::Segmenter {
        &self.index.segmenter
    }

    /// The body of the answer to a search. Where the node that kept the point in time is gone, another one
    /// knows the same, unless somebody has committed since.
    fn search(&self, mut body: Value) -> Result<Value, SearchError> {
        let mut lost = None;
        whole_at_point(&self.client, || {
            if let Some(lost) = lost.take() {
                self.renew(&lost)?;
            }
            let point = self.point();
            body["pit"] = point.clone();
            lost = Some(point);
            Ok(self.client.search(&body)?)
        })
    }

    /// Takes another point in time, unless another thread has done so.
    fn renew(&self, lost: &Value) -> Result<(), SearchError> {
        let mut point = self.point.lock().unwrap_or_else(PoisonError::into_inner);
        if *point != *lost {
            return Ok(());
        }
        // The index itself can be gone.
        self.check_unchanged()?;
        let other = point_in_time(&self.client, &self.index.name)?;
        if let Err(error) = self.check_unchanged() {
            close(&self.client, &other);
            return Err(error);
        }
        *point = other;
        // Where it was not lost but slow, its node would keep it for some minutes more.
        close(&self.client, lost);
        Ok(())
    }

    /// # Errors
    /// When somebody has committed since the archive was opened, or rebuilt it.
    fn check_unchanged(&self) -> Result<(), SearchError> {
        let now = Indices(&self.client).open()?;
        let is_same =
            now.name == self.index.name && now.state.visible() == self.index.state.visible();
        if is_same { Ok(()) } else { Err(SearchError::StaleCursor) }
    }

    fn point(&self) -> Value {
        self.point.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Documents that count and satisfy all of these.
    fn counting(&self, clauses: impl IntoIterator<Item = Value>) -> Value {
        let mut filter = self.index.state.visible();
        filter.extend(clauses);
        json!({"bool": {"filter": filter}})
    }

    /// How many documents satisfy all of these.
    fn count_of(&self, clauses: impl IntoIterator<Item = Value>) -> Result<u64, SearchError> {
        let body = json!({"size": 0, "track_total_hits": true, "query": self.counting(clauses)});
        Ok(self.search(body)?["hits"]["total"]["value"].as_u64().unwrap_or(0))
    }

    /// Gives each document that satisfies all of these to `visit`, in the order of files and of articles
    /// in them, or as `sort` says.
    fn each(
        &self,
        clauses: Vec<Value>,
        sort: Value,
        source: Value,
        visit: &mut dyn FnMut(&Value) -> Result<(), IndexError>,
    ) -> Result<(), SearchError> {
        let page = if source == json!(false) { LISTED } else { RECORDS };
        let scan = Scan { query: self.counting(clauses), sort, source, page };
        scan.each(|body| self.search(body), |hit| Ok(visit(hit)?))
    }

    /// The stored documents at these addresses, in this order.
    fn stored(&self, addresses: &[Address]) -> Result<Vec<Value>, SearchError> {
        let mut found: HashMap<Address, Value> = HashMap::new();
        for addresses in addresses.chunks(RECORDS) {
            let body = json!({
                "size": addresses.len(),
                "query": {"bool": {"filter": [of_ids(addresses.iter().copied())]}},
                "_source": [DOCUMENT],
            });
            for mut hit in hits_of(&mut self.search(body)?) {
                let document = hit["_source"][DOCUMENT].take();
                found.extend(address_of(&hit).map(|address| (address, document)));
            }
        }
        let missing = || self.broken("a document is missing");
        addresses.iter().map(|address| found.get(address).cloned().ok_or_else(missing)).collect()
    }

    fn record_of(&self, document: Value) -> Result<Record, SearchError> {
        serde_json::from_value(document).map_err(|error| self.broken(&error.to_string()))
    }

    fn broken(&self, message: &str) -> SearchError {
        SearchError::Engine { path: self.path(), message: message.to_owned() }
    }

    /// Where the archive is, as errors name it.
    fn path(&self) -> PathBuf {
        Indices(&self.client).path()
    }
}

impl Drop for ClusterEngine {
    fn drop(&mut self) {
        close(&self.client, &self.point());
    }
}

/// The reports on all files.
fn reports() -> Condition {
    Condition::term(TermField::Marker, FILE)
}

/// The order of files and of articles in them.
fn in_place() -> Value {
    json!([{(names::SOURCE): "asc"}, {(names::ORDINAL): "asc"}])
}

fn point_in_time(client: &Client, index: &str) -> Result<Value, IndexError> {
    let path = format!("/{index}/_search/point_in_time?keep_alive={KEPT}");
    let body = whole(client, || client.post(&path, &json!({})))?;
    Ok(json!({"id": body["pit_id"], "keep_alive": KEPT}))
}

/// Lets a point in time go; one that nobody lets go expires.
fn close(client: &Client, point: &Value) {
    let body = json!({"pit_id": [point["id"]]}).to_string();
    let body = utf8_percent_encode(&body, NON_ALPHANUMERIC);
    let path =
        format!("/_search/point_in_time?source={body}&source_content_type=application%2Fjson");
    let _ = client.delete(&path);
}

fn hits_of(body: &mut Value) -> Vec<Value> {
    match body["hits"]["hits"].take() {
        Value::Array(hits) => hits,
        _ => Vec::new(),
    }
}

fn address_of(hit: &Value) -> Option<Address> {
    let number = u64::from_str_radix(hit["_id"].as_str()?, 16).ok()?;
    Some(Address { part: (number >> 32) as u32, number: number as u32 })
}

fn id_of(address: Address) -> String {
    document_id((u64::from(address.part) << 32) | u64::from(address.number))
}

fn of_ids(addresses: impl Iterator<Item = Address>) -> Value {
    let ids: Vec<String> = addresses.map(id_of).collect();
    json!({"ids": {"values": ids}})
}

fn of_term(field: TermField, text: &str) -> Value {
    json!({"term": {field_name(field): conditions::term_of(field, text)}})
}
