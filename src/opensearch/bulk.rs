//! Many documents in one request, with a look at what became of each.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;
use super::mapping::DOCUMENT;
use crate::index::{ClusterProblem, IndexError, names};

/// Bytes after which a request is sent.
const FULL: usize = 6 << 20;
/// How often what the cluster had no room for is sent again.
const TRIES: u32 = 10;
/// The longest pause before that; the cluster itself waits a minute for a shard that is nowhere.
const LONGEST: Duration = Duration::from_secs(10);

/// What is to be done with documents, in the order in which it is sent.
#[derive(Debug, Default)]
pub(super) struct Bulk {
    actions: Vec<Action>,
    bytes: usize,
}

/// What is to be done with a document.
#[derive(Debug, Clone)]
struct Action {
    id: u64,
    /// Its lines; of a document that is deleted none.
    document: Option<Vec<u8>>,
}

impl Action {
    /// Whether the document of this number is this one.
    fn is_there(&self, client: &Client, index: &str) -> Result<bool, IndexError> {
        let answer = client.get(&format!("/{index}/_doc/{}", document_id(self.id)))?;
        let known = client.done(answer)?;
        let own = self.document.as_deref().unwrap_or_default();
        let own: Value = serde_json::from_slice(own).unwrap_or_default();
        let is_same = |name: &str| own[DOCUMENT][name] == known["_source"][DOCUMENT][name];
        Ok([names::SOURCE, names::ORDINAL].into_iter().all(is_same))
    }
}

/// The name of a document by its number.
pub(crate) fn document_id(number: u64) -> String {
    format!("{number:016x}")
}

impl Bulk {
    pub(super) fn create(&mut self, id: u64, document: &Value) {
        let line = document.to_string().into_bytes();
        self.bytes += line.len();
        self.actions.push(Action { id, document: Some(line) });
    }

    pub(super) fn delete(&mut self, id: u64) {
        self.bytes += 64;
        self.actions.push(Action { id, document: None });
    }

    /// Whether it is time to send it.
    pub(super) fn is_full(&self) -> bool {
        self.bytes >= FULL
    }

    /// Sends it, and again what the cluster had no room for.
    ///
    /// # Errors
    /// When a document is refused, or the cluster does not answer.
    pub(super) fn send(&mut self, client: &Client, index: &str) -> Result<(), IndexError> {
        self.send_within(client, index, TRIES)
    }

    fn send_within(&mut self, client: &Client, index: &str, tries: u32) -> Result<(), IndexError> {
        let mut actions = std::mem::take(&mut self.actions);
        self.bytes = 0;
        let mut pause = Duration::from_millis(200);
        let mut busy = 0;
        for round in 0..tries {
            if actions.is_empty() {
                return Ok(());
            }
            if round > 0 {
                thread::sleep(pause);
                pause = (2 * pause).min(LONGEST);
            }
            let answer = client.post_lines(&format!("/{index}/_bulk"), &lines(&actions))?;
            let body = client.done(answer)?;
            let items = body["items"].as_array().map(Vec::as_slice).unwrap_or_default();
            if items.len() != actions.len() {
                let reason = format!("{} of {} answered", items.len(), actions.len());
                return Err(client.problem(ClusterProblem::Refused { status: 200, reason }));
            }
            let mut left = Vec::new();
            for (mut action, item) in actions.into_iter().zip(items) {
                let result = &item[if action.document.is_some() { "create" } else { "delete" }];
                let status = result["status"].as_u64().unwrap_or(0);
                let status = u16::try_from(status).unwrap_or_default();
                match status {
                    200..=299 => {}
                    404 if action.document.is_none() => {}
                    409 if action.document.is_some() => {
                        // One that was sent twice, or another one of this number.
                        if !action.is_there(client, index)? {
                            action.id = action.id.wrapping_add(1);
                            busy = status;
                            left.push(action);
                        }
                    }
                    409 | 429 | 503 => {
                        busy = status;
                        left.push(action);
                    }
                    _ => {
                        let reason = result["error"]["reason"].as_str().unwrap_or_default();
                        let cause = result["error"]["caused_by"]["reason"].as_str();
                        let reason = cause.unwrap_or(reason).chars().take(300).collect();
                        return Err(client.problem(ClusterProblem::Refused { status, reason }));
                    }
                }
            }
            actions = left;
        }
        if actions.is_empty() {
            return Ok(());
        }
        Err(client.problem(ClusterProblem::Overloaded { status: busy }))
    }
}

fn lines(actions: &[Action]) -> Vec<u8> {
    let mut lines = Vec::new();
    for Action { id, document } in actions {
        let id = document_id(*id);
        let head = match document {
            Some(_) => json!({"create": {"_id": id}}),
            None => json!({"delete": {"_id": id}}),
        };
        lines.extend(head.to_string().into_bytes());
        lines.push(b'\n');
        if let Some(document) = document {
            lines.extend(document);
            lines.push(b'\n');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::fake::client_of;
    use super::*;

    #[test]
    fn what_there_was_no_room_for_is_sent_again_and_nothing_else() {
        let mut round = 0;
        let client = client_of(move |_, _, _| {
            round += 1;
            let items = match round {
                1 => json!([{"create": {"status": 201}}, {"create": {"status": 503}}]),
                _ => json!([{"create": {"status": 201}}]),
            };
            (200, json!({"items": items}))
        });
        let mut bulk = Bulk::default();
        bulk.create(1, &json!({}));
        bulk.create(2, &json!({}));
        assert!(bulk.send(&client, "x").is_ok());
    }

    #[test]
    fn the_last_status_is_told_when_there_is_no_room_in_the_end() {
        let client = client_of(|_, _, _| (200, json!({"items": [{"create": {"status": 503}}]})));
        let mut bulk = Bulk::default();
        bulk.create(1, &json!({}));
        let sent = bulk.send_within(&client, "x", 2);
        let is_told = |error| {
            let IndexError::Cluster { problem, .. } = error else { return false };
            matches!(problem, ClusterProblem::Overloaded { status: 503 })
        };
        assert!(sent.is_err_and(is_told));
    }
}
