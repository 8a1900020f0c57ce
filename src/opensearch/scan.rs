//! Goes through everything that matches, page by page, and takes no answer that lacks something.

use std::thread;

use serde_json::{Value, json};

use super::client::{Client, ClusterAnswer, PAUSE, TRIES};
use crate::index::{ClusterProblem, IndexError};

/// What is asked for of documents that match.
pub(crate) struct Scan {
    pub(crate) query: Value,
    /// Sort keys, which must tell all documents apart.
    pub(crate) sort: Value,
    /// What of the stored documents is given; `false` is nothing.
    pub(crate) source: Value,
    /// Documents in one answer.
    pub(crate) page: usize,
}

impl Scan {
    /// Gives each hit to `visit`, in order; `ask` gives the whole answer to the body of a search.
    ///
    /// # Errors
    /// Those of both.
    pub(crate) fn each<E>(
        self,
        mut ask: impl FnMut(Value) -> Result<Value, E>,
        mut visit: impl FnMut(&Value) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut after: Option<Value> = None;
        loop {
            let mut body = json!({
                "size": self.page,
                "query": self.query,
                "sort": self.sort,
                "_source": self.source,
                "track_total_hits": false,
            });
            if let Some(after) = &after {
                body["search_after"] = after.clone();
            }
            let answer = ask(body)?;
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

/// The body of an answer to which every shard has contributed. Where a node goes away, its shards are
/// elsewhere a moment later: so it is asked again.
///
/// # Errors
/// Those of `ask`, and when a shard does not answer in the end: what it has would be missing without a word.
pub(crate) fn whole<E: From<IndexError>>(
    client: &Client,
    ask: impl FnMut() -> Result<ClusterAnswer, E>,
) -> Result<Value, E> {
    unless(client, ask, is_passing)
}

/// The same of a search at a point in time, which is missing (404) where its node has been started again:
/// `ask` takes another point.
///
/// # Errors
/// As above.
pub(crate) fn whole_at_point<E: From<IndexError>>(
    client: &Client,
    ask: impl FnMut() -> Result<ClusterAnswer, E>,
) -> Result<Value, E> {
    let is_lost = |problem: &ClusterProblem| {
        is_passing(problem) || matches!(problem, ClusterProblem::Refused { status: 404, .. })
    };
    unless(client, ask, is_lost)
}

/// Asks again, unless there is an answer or a problem that does not pass.
fn unless<E: From<IndexError>>(
    client: &Client,
    mut ask: impl FnMut() -> Result<ClusterAnswer, E>,
    passes: impl Fn(&ClusterProblem) -> bool,
) -> Result<Value, E> {
    let mut pause = PAUSE;
    for _ in 1..TRIES {
        match complete(client, ask()?) {
            Err(IndexError::Cluster { problem, .. }) if passes(&problem) => {}
            answered => return Ok(answered?),
        }
        thread::sleep(pause);
        pause *= 2;
    }
    Ok(complete(client, ask()?)?)
}

fn complete(client: &Client, answer: ClusterAnswer) -> Result<Value, IndexError> {
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

/// Whether it can be otherwise a moment later: shards that did not answer, a node that is gone, and, as
/// 500, one that goes away while it answers.
fn is_passing(problem: &ClusterProblem) -> bool {
    matches!(
        problem,
        ClusterProblem::Incomplete { .. } | ClusterProblem::Refused { status: 500 | 503, .. }
    )
}

#[cfg(test)]
mod tests {
    use super::super::fake::client_of;
    use super::*;

    #[test]
    fn what_is_missing_is_asked_for_again_only_at_a_point_in_time() {
        let asked = |status: u16, at_point: bool| {
            let mut first = true;
            let client = client_of(move |_, _, _| {
                let status = if std::mem::take(&mut first) { status } else { 200 };
                (status, json!({"found": true}))
            });
            let ask = || client.get("/x/_search");
            let answer = if at_point { whole_at_point(&client, ask) } else { whole(&client, ask) };
            answer.is_ok_and(|body| body["found"] == true)
        };
        assert!(asked(500, false) && asked(500, true));
        assert!(!asked(404, false) && asked(404, true));
        assert!(!asked(400, false) && !asked(400, true));
    }
}
