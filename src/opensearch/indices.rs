//! The indices of an archive on a cluster: which one is in use, by which rules it was made, and its state.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::client::{Client, ClusterAnswer};
use super::lease::Lease;
use super::mapping::{COMMIT, DOCUMENT, MAPPING_VERSION, WRITER, index_body};
use super::state::CommitState;
use crate::index;
use crate::index::{ClusterProblem, IndexError, IndexRule, names};
use crate::text::Segmenter;

/// The document that has the state of an archive, and its marker.
const STATE: &str = "state";
/// How often a new index is asked whether all copies are there, within the time of a lease.
const COPY_ROUNDS: u32 = 120;
/// The pause between two of these.
const COPY_PAUSE: Duration = Duration::from_millis(500);

/// The indices of the archive that a client is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Indices<'a>(pub(crate) &'a Client);

/// Which version of the state was read; it is replaced only as long as this is the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StateVersion {
    seq_no: u64,
    primary_term: u64,
}

/// An index of an archive with its state.
#[derive(Debug)]
pub(crate) struct ClusterIndex {
    /// Its own name.
    pub(crate) name: String,
    pub(crate) state: CommitState,
    pub(super) version: StateVersion,
    /// Cuts words as the index was made with.
    pub(crate) segmenter: Segmenter,
}

impl Indices<'_> {
    /// The index in use; `None` if there is no archive.
    ///
    /// # Errors
    /// When the cluster does not answer, or has something else under this name.
    pub(crate) fn in_use(self) -> Result<Option<String>, IndexError> {
        let client = self.0;
        let answer = client.get(&format!("/_alias/{}", client.index()))?;
        if answer.status == 404 {
            let named = client.get(&format!("/{}", client.index()))?;
            return if named.status == 404 { Ok(None) } else { Err(self.foreign()) };
        }
        let body = client.done(answer)?;
        let names: Vec<&String> =
            body.as_object().into_iter().flat_map(serde_json::Map::keys).collect();
        match names.as_slice() {
            [only] if self.number_of(only).is_some() => Ok(Some((*only).clone())),
            _ => Err(self.foreign()),
        }
    }

    /// The index in use, if the archive was made by the rules of this program.
    ///
    /// # Errors
    /// When there is no archive, or one of other rules, and when the cluster does not answer.
    pub(crate) fn open(self) -> Result<ClusterIndex, IndexError> {
        let missing = || IndexError::Missing { path: self.path() };
        let name = self.in_use()?.ok_or_else(missing)?;
        self.open_index(name)
    }

    pub(super) fn open_index(self, name: String) -> Result<ClusterIndex, IndexError> {
        let (state, version) = self.state(&name)?;
        let segmenter = index::segmenter_with(state.user_words.as_deref());
        if !name.starts_with(&format!("{}-{}-", self.0.index(), fingerprint(&segmenter))) {
            return Err(IndexError::Outdated { path: self.path(), what: IndexRule::Schema });
        }
        Ok(ClusterIndex { name, state, version, segmenter })
    }

    /// What an index says of itself.
    pub(super) fn state(self, name: &str) -> Result<(CommitState, StateVersion), IndexError> {
        let answer = self.0.get(&format!("/{name}/_doc/{STATE}"))?;
        if answer.status == 404 {
            return Err(self.broken("the index has no state"));
        }
        let body = self.0.done(answer)?;
        let state = serde_json::from_value(body["_source"][DOCUMENT].clone());
        match (state, version_of(&body)) {
            (Ok(state), Some(version)) => Ok((state, version)),
            _ => Err(self.broken("the state of the index cannot be understood")),
        }
    }

    /// Replaces the state, if nobody else did so.
    ///
    /// # Errors
    /// When somebody else did, and when the cluster does not answer.
    pub(super) fn replace_state(
        self,
        name: &str,
        state: &CommitState,
        known: StateVersion,
    ) -> Result<StateVersion, IndexError> {
        let StateVersion { seq_no, primary_term } = known;
        let path =
            format!("/{name}/_doc/{STATE}?if_seq_no={seq_no}&if_primary_term={primary_term}");
        let answer = self.0.put(&path, &document_of(state))?;
        if answer.status != 409 {
            return self.version(answer);
        }
        self.own_version(name, state)
    }

    /// The version of a state that somebody has written: we, where a request was sent twice since the
    /// answer to the first was lost, or another writer.
    fn own_version(self, name: &str, state: &CommitState) -> Result<StateVersion, IndexError> {
        let (now, version) = self.state(name)?;
        if now == *state { Ok(version) } else { Err(self.0.problem(ClusterProblem::TakenOver)) }
    }

    /// Makes an empty index for these rules, which nobody sees yet and only this process may write to.
    ///
    /// # Errors
    /// When another process makes one of the same number, and when the cluster does not answer.
    pub(super) fn create(
        self,
        shards: u32,
        user_words: Option<&str>,
    ) -> Result<ClusterIndex, IndexError> {
        let client = self.0;
        let numbers = self.all()?.into_iter().filter_map(|(_, number)| number.checked_add(1));
        let number = numbers.max().unwrap_or(1);
        let segmenter = index::segmenter_with(user_words);
        let name = format!("{}-{}-{number}", client.index(), fingerprint(&segmenter));
        let writer = Lease::own();
        let made = client.put(&format!("/{name}"), &index_body(shards, &writer))?;
        // As it is where the request was sent twice, or by somebody else: whose it is says its state.
        if made.body["error"]["type"] != "resource_already_exists_exception" {
            client.done(made)?;
        }
        let state = CommitState {
            next: 1,
            user_words: user_words.map(str::to_owned),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            writer: Some(writer),
            ..CommitState::default()
        };
        let answer = client.put(&format!("/{name}/_create/{STATE}"), &document_of(&state))?;
        let version = match answer.status {
            409 => self.own_version(&name, &state)?,
            _ => self.version(answer)?,
        };
        if let Err(error) = self.wait_for_copies(&name) {
            // Best effort: what is left behind, the next rebuild removes.
            let _ = self.remove(&name);
            return Err(error);
        }
        Ok(ClusterIndex { name, state, version, segmenter })
    }

    /// Waits until each shard of a new index is on as many nodes as it is to be: until then, a node that
    /// goes away takes what it has with it. This asks for no rights but those on the index.
    fn wait_for_copies(self, name: &str) -> Result<(), IndexError> {
        let mut missing = 0;
        for round in 0..COPY_ROUNDS {
            if round > 0 {
                thread::sleep(COPY_PAUSE);
            }
            let answer = self.0.post(&format!("/{name}/_refresh"), &json!({}))?;
            let shards = &self.0.done(answer)?["_shards"];
            let count = |key: &str| shards[key].as_u64().unwrap_or(0);
            missing = count("total").saturating_sub(count("successful"));
            if missing == 0 {
                return Ok(());
            }
        }
        Err(self.0.problem(ClusterProblem::Uncopied { missing }))
    }

    /// Lets the name of the archive lead to an index, in one step away from another.
    pub(super) fn put_in_use(self, name: &str, instead_of: Option<&str>) -> Result<(), IndexError> {
        let client = self.0;
        let alias = client.index();
        let mut actions = vec![json!({"add": {"index": name, "alias": alias}})];
        if let Some(before) = instead_of {
            actions.insert(0, json!({"remove": {"index": before, "alias": alias}}));
        }
        let answer = client.post("/_aliases", &json!({"actions": actions}))?;
        // Where the request was sent twice, there is nothing to be removed any more.
        if answer.status == 404 && self.in_use()?.as_deref() == Some(name) {
            return Ok(());
        }
        client.done(answer).map(drop)
    }

    /// Removes the indices of the archive that a rebuild left behind, and says whether there are others
    /// that somebody is filling.
    pub(super) fn remove_unused(self, in_use: Option<&str>) -> Result<bool, IndexError> {
        let mut is_any_written = false;
        for (name, _) in self.all()? {
            if Some(name.as_str()) == in_use {
                continue;
            }
            if self.writer_of(&name)?.is_some_and(|lease| !lease.is_over()) {
                is_any_written = true;
            } else {
                self.remove(&name)?;
            }
        }
        Ok(is_any_written)
    }

    /// Who writes to an index by its state, and before it has one, who makes it.
    fn writer_of(self, name: &str) -> Result<Option<Lease>, IndexError> {
        match self.state(name) {
            Ok((state, _)) => return Ok(state.writer),
            Err(IndexError::Broken { .. }) => {}
            Err(error) => return Err(error),
        }
        let answer = self.0.get(&format!("/{name}/_mapping"))?;
        if answer.status == 404 {
            return Ok(None);
        }
        let mut mapping = self.0.done(answer)?;
        Ok(serde_json::from_value(mapping[name]["mappings"]["_meta"][WRITER].take()).ok())
    }

    pub(super) fn remove(self, name: &str) -> Result<(), IndexError> {
        let answer = self.0.delete(&format!("/{name}"))?;
        if answer.status != 404 {
            self.0.done(answer)?;
        }
        Ok(())
    }

    /// All indices of the archive with their numbers.
    fn all(self) -> Result<Vec<(String, u64)>, IndexError> {
        let client = self.0;
        let path = format!("/{}-*/_settings/index.uuid?expand_wildcards=open", client.index());
        let body = client.done(client.get(&path)?)?;
        let names = body.as_object().into_iter().flat_map(serde_json::Map::keys);
        let numbered = names.filter_map(|name| Some((name.clone(), self.number_of(name)?)));
        Ok(numbered.collect())
    }

    /// The number in the name of an index of this archive; another one can be called `dibao-2`.
    fn number_of(self, name: &str) -> Option<u64> {
        let rest = name.strip_prefix(self.0.index())?.strip_prefix('-')?;
        let (rules, number) = rest.split_once('-')?;
        let is_rules = rules.len() == 16 && rules.bytes().all(|byte| byte.is_ascii_hexdigit());
        number.parse().ok().filter(|_| is_rules)
    }

    fn version(self, answer: ClusterAnswer) -> Result<StateVersion, IndexError> {
        let body = self.0.done(answer)?;
        version_of(&body).ok_or_else(|| self.broken("the cluster gives no version of a document"))
    }

    /// The archive, as errors name it.
    pub(crate) fn path(self) -> PathBuf {
        PathBuf::from(self.0.place())
    }

    fn foreign(self) -> IndexError {
        self.0.problem(ClusterProblem::Foreign)
    }

    fn broken(self, message: &str) -> IndexError {
        IndexError::Broken { path: self.path(), message: message.to_owned() }
    }
}

fn document_of(state: &CommitState) -> Value {
    json!({(names::MARKER): STATE, (COMMIT): u32::MAX, (DOCUMENT): state})
}

fn version_of(body: &Value) -> Option<StateVersion> {
    let (seq_no, primary_term) = (body["_seq_no"].as_u64()?, body["_primary_term"].as_u64()?);
    Some(StateVersion { seq_no, primary_term })
}

/// Of all rules that decide what an index holds.
pub(super) fn fingerprint(segmenter: &Segmenter) -> String {
    let rules = format!("{MAPPING_VERSION} {}", index::rules_fingerprint(segmenter));
    blake3::hash(rules.as_bytes()).to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::super::fake::client_of;
    use super::*;

    const MISSING: (u16, Value) = (404, Value::Null);

    /// A cluster that says of no index that it is there, so that all make one of the same number; the
    /// answer to the first request that writes a state is lost, and the copy of the shard comes late.
    fn of_creators() -> Client {
        let (mut is_made, mut state, mut copies) = (false, None, 0);
        client_of(move |method, path, body| {
            let versioned =
                |state: &Value| json!({"_seq_no": 0, "_primary_term": 1, "_source": state});
            match (method, path) {
                ("PUT", path) if path.ends_with("/_create/state") && state.is_some() => {
                    (409, json!({}))
                }
                ("PUT", path) if path.ends_with("/_create/state") => {
                    state = Some(body.clone());
                    (503, json!({}))
                }
                ("GET", path) if path.ends_with("/_doc/state") => {
                    state.as_ref().map_or(MISSING, |state| (200, versioned(state)))
                }
                ("POST", path) if path.ends_with("/_refresh") => {
                    copies += 1;
                    (
                        200,
                        json!({"_shards": {"total": 2, "successful": 2.min(copies), "failed": 0}}),
                    )
                }
                ("PUT", _) if is_made => {
                    (400, json!({"error": {"type": "resource_already_exists_exception"}}))
                }
                ("PUT", _) => {
                    is_made = true;
                    (200, json!({"acknowledged": true}))
                }
                ("GET", _) => (200, json!({})),
                _ => MISSING,
            }
        })
    }

    #[test]
    fn of_two_that_make_the_same_index_one_has_it_also_where_an_answer_is_lost() {
        let client = of_creators();
        let first = Indices(&client).create(1, None);
        assert!(first.is_ok_and(|index| index.state.writer.is_some()));
        let second = Indices(&client).create(1, None);
        let is_taken = |error: &IndexError| {
            matches!(error, IndexError::Cluster { problem: ClusterProblem::TakenOver, .. })
        };
        assert!(second.is_err_and(|error| is_taken(&error)));
    }

    #[test]
    fn an_index_without_a_state_is_left_to_whoever_makes_it() {
        let ended = json!({"host": "elsewhere", "process": 1, "at": 0});
        let living = serde_json::to_value(Lease::own()).unwrap_or_default();
        for (writer, is_written) in [(living, true), (ended, false), (Value::Null, false)] {
            let name = format!("dibao-{}-1", "0".repeat(16));
            let removed = Arc::new(Mutex::new(0));
            let (told, count) = (name.clone(), Arc::clone(&removed));
            let client = client_of(move |method, path, _| match method {
                "GET" if path.contains("/_settings") => (200, json!({(&told): {}})),
                "GET" if path.ends_with("/_mapping") => {
                    (200, json!({(&told): {"mappings": {"_meta": {WRITER: writer}}}}))
                }
                "DELETE" => {
                    *count.lock().expect("no test has failed") += 1;
                    (200, json!({}))
                }
                _ => MISSING,
            });
            assert!(Indices(&client).remove_unused(None).is_ok_and(|any| any == is_written));
            assert_eq!(*removed.lock().expect("no test has failed"), u32::from(!is_written));
            let used = Indices(&client).remove_unused(Some(&name));
            assert!(used.is_ok_and(|any| !any), "the one in use is left alone");
        }
    }
}
