//! Goes through everything that matches, page by page.

use serde_json::{Value, json};

use super::client::Client;
use crate::index::{ClusterProblem, IndexError};

/// What is asked for of documents that match.
pub(crate) struct Scan<'a> {
    /// `/INDEX` or, of a point in time, nothing.
    pub(crate) path: &'a str,
    /// The point in time.
    pub(crate) pit: Option<&'a Value>,
    pub(crate) query: Value,
    /// Sort keys, which must tell all documents apart.
    pub(crate) sort: Value,
    /// What of the stored documents is given; `false` is nothing.
    pub(crate) source: Value,
    /// Documents in one answer.
    pub(crate) page: usize,
}

impl Scan<'_> {
    /// Gives each hit to `visit`, in order.
    ///
    /// # Errors
    /// When the cluster does not answer, or not wholly, and those of `visit`.
    pub(crate) fn each(
        self,
        client: &Client,
        mut visit: impl FnMut(&Value) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let mut after: Option<Value> = None;
        loop {
            let mut body = json!({
                "size": self.page,
                "query": self.query,
                "sort": self.sort,
                "_source": self.source,
                "track_total_hits": false,
            });
            if let Some(pit) = self.pit {
                body["pit"] = pit.clone();
            }
            if let Some(after) = &after {
                body["search_after"] = after.clone();
            }
            let answer = whole(client, client.post(&format!("{}/_search", self.path), &body)?)?;
            let hits = answer["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
            for hit in hits {
                visit(hit)?;
            }
            match hits.last() {
                Some(last) if hits.len() == self.page => after = Some(last["sort"].clone()),
                _ => return Ok(()),
            }
        }
    }
}

/// The body of an answer to which every shard has contributed.
///
/// # Errors
/// When one has not, since what it has would be missing without a word.
pub(crate) fn whole(
    client: &Client,
    answer: super::client::ClusterAnswer,
) -> Result<Value, IndexError> {
    let body = client.done(answer)?;
    let shards = &body["_shards"];
    let failed = shards["failed"].as_u64().unwrap_or(0);
    if failed > 0 || body["timed_out"] == Value::Bool(true) {
        let reason = shards["failures"][0]["reason"]["reason"].as_str().unwrap_or("timed out");
        return Err(client.problem(ClusterProblem::Incomplete {
            failed,
            shards: shards["total"].as_u64().unwrap_or(0),
            reason: reason.chars().take(200).collect(),
        }));
    }
    Ok(body)
}
