//! Writes an archive on a cluster.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use serde_json::{Value, json};

use super::bulk::Bulk;
use super::client::Client;
use super::document;
use super::indices::{ClusterIndex, Indices};
use super::lease::Lease;
use super::mapping::{COMMIT, DOCUMENT};
use super::scan::{Scan, whole};
use super::settings::ClusterSettings;
use super::version::opensearch_version;
use crate::index;
use crate::index::{
    ArticleWriter, CorpusIdentity, DamagedFile, FILE, IndexError, IndexRule, names,
};
use crate::model::{FileReport, Record};

/// Documents that are deleted at a time.
const SWEPT: usize = 5_000;
/// Reports that are read at a time.
const REPORTS: usize = 1_000;

/// The one writer of an archive on a cluster.
///
/// Documents are written with the number of the next commit, which no reader takes. A commit makes them
/// searchable and then replaces the state of the archive: from then on that number counts, and what the
/// files had before does not. Only after that it is deleted. So a reader sees a file as it was or as it
/// is, and a kill at any moment leaves one of both; what a killed writer had not committed is deleted by
/// the next.
pub(crate) struct ClusterWriter {
    client: Arc<Client>,
    index: ClusterIndex,
    /// The index that a rebuilt one takes the place of.
    instead_of: Option<String>,
    /// Whether the index only comes into use when it is complete.
    pending: bool,
    bulk: Bulk,
    /// Whether there is something to commit.
    changed: bool,
    replaced: BTreeSet<String>,
    replaced_reports: BTreeSet<String>,
    /// Whether it has given back the right to write.
    released: bool,
}

impl ClusterWriter {
    /// Opens an archive for writing, or begins one.
    ///
    /// # Errors
    /// When the cluster does not answer or does not let us in, when another process writes, and when the
    /// archive was made by other rules, unless it is rebuilt.
    pub(crate) fn open(
        settings: &ClusterSettings,
        user_words: Option<&str>,
        rebuild: bool,
    ) -> Result<Self, IndexError> {
        let client = Arc::new(Client::new(settings)?);
        opensearch_version(&client)?;
        let indices = Indices(&client);
        let in_use = indices.in_use()?;
        let (open, is_own) = match &in_use {
            Some(name) if !rebuild => {
                let open = indices.open_index(name.clone())?;
                let differs = |text| {
                    index::segmenter_with(Some(text)).fingerprint() != open.segmenter.fingerprint()
                };
                if user_words.is_some_and(differs) {
                    let (path, what) = (indices.path(), IndexRule::UserWords);
                    return Err(IndexError::Outdated { path, what });
                }
                (open, false)
            }
            _ => {
                if let Some(name) = &in_use {
                    refuse_if_written(indices, name)?;
                }
                if indices.remove_unused(in_use.as_deref())? {
                    return Err(IndexError::Busy { path: indices.path() });
                }
                (indices.create(settings.shards, user_words)?, true)
            }
        };
        let pending = rebuild && in_use.is_some();
        let mut writer = Self {
            client: Arc::clone(&client),
            index: open,
            instead_of: in_use.clone().filter(|_| pending),
            pending,
            bulk: Bulk::default(),
            changed: false,
            replaced: BTreeSet::new(),
            replaced_reports: BTreeSet::new(),
            released: !is_own,
        };
        if !is_own {
            writer.take()?;
        }
        if in_use.is_none() {
            Indices(&client).put_in_use(&writer.index.name, None)?;
        }
        Ok(writer)
    }

    /// Takes the right to write, and deletes what an earlier writer left undone.
    fn take(&mut self) -> Result<(), IndexError> {
        let state = &mut self.index.state;
        let is_left = match &state.writer {
            Some(lease) if !lease.is_over() => {
                return Err(IndexError::Busy { path: Indices(&self.client).path() });
            }
            Some(_) => true,
            None => false,
        };
        if is_left {
            state.abandon();
        }
        let unswept = !(state.replaced.is_empty() && state.replaced_reports.is_empty());
        state.writer = Some(Lease::own());
        self.put_state()?;
        self.released = false;
        if is_left || unswept {
            self.refresh()?;
            self.sweep()?;
        }
        Ok(())
    }

    fn put_state(&mut self) -> Result<(), IndexError> {
        let ClusterIndex { name, state, version, .. } = &mut self.index;
        *version = Indices(&self.client).replace_state(name, state, *version)?;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), IndexError> {
        self.bulk.send(&self.client, &self.index.name)
    }

    /// The whole answer to a search of what is searchable now.
    fn search(&self, body: &Value) -> Result<Value, IndexError> {
        let path = format!("/{}/_search", self.index.name);
        whole(&self.client, || self.client.post(&path, body))
    }

    /// Makes what was sent searchable, in all shards.
    fn refresh(&self) -> Result<(), IndexError> {
        let path = format!("/{}/_refresh", self.index.name);
        whole(&self.client, || self.client.post(&path, &json!({}))).map(drop)
    }

    /// Deletes what does not count any more, and forgets that it was there.
    fn sweep(&mut self) -> Result<(), IndexError> {
        let dead = self.index.state.dead();
        self.delete(&json!({"bool": {"should": dead, "minimum_should_match": 1}}))?;
        let state = &mut self.index.state;
        state.replaced.clear();
        state.replaced_reports.clear();
        self.put_state()
    }

    /// Deletes the documents that match.
    fn delete(&mut self, query: &Value) -> Result<(), IndexError> {
        let mut ids = Vec::new();
        let scan = Scan {
            query: query.clone(),
            sort: json!([names::SOURCE, names::ORDINAL, COMMIT, names::MARKER]),
            source: json!(false),
            page: SWEPT,
        };
        let ask = |body| self.search(&body);
        scan.each(ask, |hit| {
            let id = hit["_id"].as_str().and_then(|id| u64::from_str_radix(id, 16).ok());
            ids.extend(id);
            Ok(())
        })?;
        for id in &ids {
            self.bulk.delete(*id);
            if self.bulk.is_full() {
                self.flush()?;
            }
        }
        self.flush()?;
        if ids.is_empty() { Ok(()) } else { self.refresh() }
    }

    fn put(&mut self, place: (&str, u32), document: io::Result<Value>) -> Result<(), IndexError> {
        let document = document.map_err(|error| IndexError::Broken {
            path: Indices(&self.client).path(),
            message: error.to_string(),
        })?;
        self.changed = true;
        let (source, ordinal) = place;
        let name = format!("{}\n{ordinal}\n{source}", self.index.state.next);
        let hash = blake3::hash(name.as_bytes());
        let number = hash.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        self.bulk.create(number, &document);
        if self.bulk.is_full() {
            self.flush()?;
            if self.index.state.writer.as_ref().is_some_and(Lease::is_due) {
                self.index.state.writer = Some(Lease::own());
                self.put_state()?;
            }
        }
        Ok(())
    }

    /// Gives back the right to write.
    fn release(&mut self) -> Result<(), IndexError> {
        self.released = true;
        self.index.state.writer = None;
        self.put_state()
    }
}

impl ArticleWriter for ClusterWriter {
    fn healed(&self) -> &[DamagedFile] {
        &[]
    }

    fn begin_with(&mut self, corpus: CorpusIdentity) -> Result<(), IndexError> {
        if self.pending || self.index.state.corpus.is_some() {
            return Ok(());
        }
        self.index.state.corpus = Some(corpus);
        self.put_state()
    }

    fn remember(&mut self, corpus: CorpusIdentity) {
        self.index.state.corpus = Some(corpus);
    }

    fn file_reports(&self) -> Result<Vec<FileReport>, IndexError> {
        let mut filter = self.index.state.visible();
        filter.push(json!({"term": {names::MARKER: FILE}}));
        let mut reports = Vec::new();
        let scan = Scan {
            query: json!({"bool": {"filter": filter}}),
            sort: json!([names::SOURCE]),
            source: json!(true),
            page: REPORTS,
        };
        let ask = |body| self.search(&body);
        scan.each(ask, |hit| {
            let report = serde_json::from_value(hit["_source"][DOCUMENT].clone());
            reports.push(report.map_err(|error| IndexError::Broken {
                path: Indices(&self.client).path(),
                message: error.to_string(),
            })?);
            Ok(())
        })?;
        Ok(reports)
    }

    fn forget(&mut self, source: &str) {
        self.changed = true;
        self.replaced.insert(source.to_owned());
    }

    fn replace(&mut self, source: &str) -> Result<(), IndexError> {
        self.forget(source);
        Ok(())
    }

    fn undo(&mut self, source: &str) -> Result<(), IndexError> {
        self.flush()?;
        self.refresh()?;
        let own = json!({"term": {COMMIT: self.index.state.next}});
        let of_source = json!({"term": {names::SOURCE: source}});
        self.delete(&json!({"bool": {"filter": [own, of_source]}}))
    }

    fn forget_report(&mut self, source: &str) -> Result<(), IndexError> {
        self.changed = true;
        self.replaced_reports.insert(source.to_owned());
        Ok(())
    }

    fn add(&mut self, record: &Record) -> Result<(), IndexError> {
        let (state, segmenter) = (&self.index.state, &self.index.segmenter);
        let document = document::of_article(record, segmenter, state.next);
        self.put((&record.source, record.ordinal), document)
    }

    fn report(&mut self, report: &FileReport) -> Result<(), IndexError> {
        let document = document::of_file(report, self.index.state.next);
        self.put((&report.source, 0), document)
    }

    fn commit(&mut self) -> Result<(), IndexError> {
        if !self.changed {
            return Ok(());
        }
        self.flush()?;
        self.refresh()?;
        let state = &mut self.index.state;
        state.commit = state.next;
        state.next += 1;
        state.replaced = std::mem::take(&mut self.replaced);
        state.replaced_reports = std::mem::take(&mut self.replaced_reports);
        state.writer = Some(Lease::own());
        let is_to_be_swept = !(state.replaced.is_empty() && state.replaced_reports.is_empty());
        self.put_state()?;
        self.changed = false;
        if is_to_be_swept { self.sweep() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<u64, IndexError> {
        self.commit()?;
        let is_rebuilt = std::mem::take(&mut self.pending);
        if is_rebuilt {
            // From here on it can be in use, whatever the cluster answers.
            let indices = Indices(&self.client);
            indices.put_in_use(&self.index.name, self.instead_of.as_deref())?;
        }
        self.release()?;
        if is_rebuilt {
            Indices(&self.client).remove_unused(Some(&self.index.name))?;
        }
        // Reprints are not found on a cluster yet.
        Ok(0)
    }
}

impl Drop for ClusterWriter {
    /// Says that nobody writes any more, where an ingest stopped early; if that fails, the right to write
    /// expires.
    fn drop(&mut self) {
        if self.released {
            return;
        }
        self.index.state.abandon();
        // An index that somebody else has taken over is not ours to remove.
        if self.release().is_ok() && self.pending {
            let _ = Indices(&self.client).remove(&self.index.name);
        }
    }
}

fn refuse_if_written(indices: Indices<'_>, name: &str) -> Result<(), IndexError> {
    // One that cannot be understood is there to be rebuilt.
    let Ok((state, _)) = indices.state(name) else { return Ok(()) };
    match state.writer {
        Some(lease) if !lease.is_over() => Err(IndexError::Busy { path: indices.path() }),
        _ => Ok(()),
    }
}
