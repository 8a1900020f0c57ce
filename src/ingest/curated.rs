//! Which file of the corpus each correction is about now: the one of its name, or one that was moved
//! or renamed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::curation::{Corrections, FileCorrections, quote_of, quote_of_apart};
use crate::intake;
use crate::intake::{Chunk, Config, CorpusFile};
use crate::model::{Anchor, Correction, EntryId, FileReport};

/// Characters that must be quoted for a file to be found by them: 简讯 stands in many.
const MIN_QUOTED: usize = 12;

/// The corrections of a corpus by the names that their files have now.
#[derive(Default)]
pub(super) struct CorpusCorrections {
    by_source: HashMap<String, Arc<FileCorrections>>,
    /// How many are about no file of the corpus.
    pub(super) without_file: u64,
}

/// The files of a corpus as they are found and as the index knows them.
pub(super) struct CorpusFiles<'a> {
    /// Those that were found.
    pub(super) found: &'a [CorpusFile],
    /// Finds those of the corpus that this run does not look at.
    pub(super) others: &'a dyn Fn() -> Vec<CorpusFile>,
    /// The reports of the index.
    pub(super) known: &'a HashMap<String, FileReport>,
    /// Files of the index that are no more.
    pub(super) gone: &'a HashSet<&'a str>,
    pub(super) config: &'a Config,
}

impl CorpusCorrections {
    /// Finds the file of each correction that counts, among all files of the corpus, whichever of them
    /// the run looks at.
    ///
    /// It is the one of its name if its content is as it was, or has the lines that are quoted. Else it
    /// is one that has the same content, of several one of the same file name; else the only one of
    /// the same file name that has the lines. If there is none, it stays with the file of its name:
    /// that file's report says that the lines are not there. A few characters, which many files have,
    /// do not count as its lines, unless there is no file with the same content.
    pub(super) fn of(corrections: &Corrections, files: &CorpusFiles<'_>) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&Correction>> = BTreeMap::new();
        for entry in corrections.active() {
            by_name.entry(&entry.anchor.file).or_default().push(entry);
        }
        let mut finder = FileFinder::of(files);
        for (name, entries) in by_name {
            finder.find(name, entries);
        }
        finder.find_lost();
        let mut entries: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
        let mut without_file = 0;
        for entry in corrections.active() {
            match finder.sources.get(&entry.id) {
                Some(source) => entries.entry(source.clone()).or_default().push(entry.clone()),
                None => without_file += 1,
            }
        }
        let of_run = entries.into_iter().filter_map(|(source, entries)| {
            let content = finder.by_source.get(source.as_str())?.content_hash().unwrap_or_default();
            Some((source, Arc::new(FileCorrections { content, entries })))
        });
        Self { by_source: of_run.collect(), without_file }
    }

    /// Those about the file of this name.
    pub(super) fn about(&self, source: &str) -> Option<&Arc<FileCorrections>> {
        self.by_source.get(source)
    }
}

/// What is looked up about files; each is read only if something asks for it.
struct FileFinder<'a> {
    files: &'a CorpusFiles<'a>,
    by_source: HashMap<&'a str, &'a CorpusFile>,
    others: Option<Vec<CorpusFile>>,
    /// The names of all files by their content.
    by_content: Option<HashMap<String, BTreeSet<String>>>,
    sources: HashMap<&'a EntryId, String>,
    /// Entries that are to be looked for by what they quote, by the names of their files.
    lost: BTreeMap<&'a str, Vec<&'a Correction>>,
}

impl<'a> FileFinder<'a> {
    fn of(files: &'a CorpusFiles<'a>) -> Self {
        let by_source = files.found.iter().map(|file| (file.source.as_str(), file)).collect();
        let (sources, lost) = (HashMap::new(), BTreeMap::new());
        Self { files, by_source, others: None, by_content: None, sources, lost }
    }

    /// Finds the file of the entries about a file of this name, as far as its name and its content
    /// tell.
    fn find(&mut self, name: &'a str, entries: Vec<&'a Correction>) {
        let Some(file) = self.by_source.get(name).copied() else {
            let is_elsewhere = self.is_elsewhere(name);
            for entry in entries {
                if is_elsewhere {
                    self.sources.insert(&entry.id, name.to_owned());
                } else {
                    self.find_moved(entry);
                }
            }
            return;
        };
        let content = file.content_hash().ok();
        let is_same = |entry: &&Correction| {
            content.as_ref() == Some(&entry.anchor.content) || entry.anchor.quote.is_empty()
        };
        let (same, others): (Vec<&Correction>, Vec<&Correction>) =
            entries.into_iter().partition(is_same);
        for entry in same {
            self.sources.insert(&entry.id, name.to_owned());
        }
        if others.is_empty() {
            return;
        }
        let quotes = FileQuotes::of(file, self.files.config);
        for entry in others {
            // Unless another one is found.
            self.sources.insert(&entry.id, name.to_owned());
            let is_here = quotes.has(&entry.anchor);
            if is_here && says_enough(&entry.anchor) {
                continue;
            }
            match self.same_content(&entry.anchor) {
                Some(moved) => drop(self.sources.insert(&entry.id, moved)),
                None if is_here => {}
                None => self.lost.entry(file_name(name)).or_default().push(entry),
            }
        }
    }

    /// Whether there is a file of this name that the run does not look at, or cannot: one behind a link.
    fn is_elsewhere(&mut self, name: &str) -> bool {
        let known = self.files.known.get(name).filter(|_| !self.files.gone.contains(name));
        let stands = known.is_some_and(|report| Path::new(&report.path).is_file());
        stands || self.others().iter().any(|file| file.source == name)
    }

    fn find_moved(&mut self, entry: &'a Correction) {
        if let Some(moved) = self.same_content(&entry.anchor) {
            self.sources.insert(&entry.id, moved);
        } else {
            self.lost.entry(file_name(&entry.anchor.file)).or_default().push(entry);
        }
    }

    /// Finds the only files of the same file names that have the lines: each is read once.
    fn find_lost(&mut self) {
        for (name, mut entries) in std::mem::take(&mut self.lost) {
            entries.retain(|entry| says_enough(&entry.anchor));
            let mut found: HashMap<&EntryId, Vec<String>> = HashMap::new();
            let config = self.files.config;
            let named = self.all().filter(|file| file_name(&file.source) == name);
            for file in named.filter(|_| !entries.is_empty()) {
                let quotes = FileQuotes::of(file, config);
                for entry in entries.iter().filter(|entry| quotes.has(&entry.anchor)) {
                    found.entry(&entry.id).or_default().push(file.source.clone());
                }
            }
            for (entry, sources) in found {
                if let [only] = sources.as_slice() {
                    self.sources.insert(entry, only.clone());
                }
            }
        }
    }

    fn same_content(&mut self, anchor: &Anchor) -> Option<String> {
        if anchor.content.is_empty() {
            return None;
        }
        if self.by_content.is_none() {
            let mut by_content: HashMap<String, BTreeSet<String>> = HashMap::new();
            let (known, gone) = (self.files.known, self.files.gone);
            let mut add = |content: String, source: &str| {
                by_content.entry(content).or_default().insert(source.to_owned());
            };
            let mut seen = HashSet::new();
            for file in self.all() {
                seen.insert(file.source.clone());
                let content = unchanged(file, known.get(&file.source));
                if let Some(content) = content.or_else(|| file.content_hash().ok()) {
                    add(content, &file.source);
                }
            }
            // Behind a link that is not followed.
            let unseen = known.values().filter(|report| {
                !seen.contains(&report.source)
                    && !gone.contains(report.source.as_str())
                    && Path::new(&report.path).is_file()
            });
            unseen.for_each(|report| add(report.hash.clone(), &report.source));
            self.by_content = Some(by_content);
        }
        let same = self.by_content.as_ref()?.get(&anchor.content)?;
        let named = same.iter().find(|source| file_name(source) == file_name(&anchor.file));
        named.or_else(|| same.first()).cloned()
    }

    /// All files of the corpus.
    fn all(&mut self) -> impl Iterator<Item = &CorpusFile> {
        let found = self.files.found.iter();
        found.chain(self.others().iter())
    }

    fn others(&mut self) -> &[CorpusFile] {
        let by_source = &self.by_source;
        self.others.get_or_insert_with(|| {
            let mut others = (self.files.others)();
            others.retain(|file| !by_source.contains_key(file.source.as_str()));
            others
        })
    }
}

/// The hash that the index has of a file that was not written to since.
fn unchanged(file: &CorpusFile, known: Option<&FileReport>) -> Option<String> {
    let known = known.filter(|known| known.bytes == file.bytes && !known.hash.is_empty())?;
    let modified = Timestamp::try_from(file.modified?).ok()?.as_second();
    (known.changed?.as_second() == modified).then(|| known.hash.clone())
}

/// Whether so much is quoted that a file can be known by it.
fn says_enough(anchor: &Anchor) -> bool {
    let quoted: HashSet<&str> = anchor.quote.iter().map(String::as_str).collect();
    MIN_QUOTED <= quoted.iter().map(|quote| quote.chars().count()).sum::<usize>()
}

/// What can be quoted of a file.
struct FileQuotes(HashSet<String>);

impl FileQuotes {
    fn of(file: &CorpusFile, config: &Config) -> Self {
        Self(quotes_of(file, config))
    }

    /// Whether the file has the lines that are quoted.
    fn has(&self, anchor: &Anchor) -> bool {
        let quoted: Vec<&str> = anchor.quote.iter().map(|quote| quote_of(quote)).collect();
        let has_all = || quoted.iter().all(|quote| self.0.contains(*quote));
        !quoted.is_empty() && (self.0.contains(&apart(&quoted)) || has_all())
    }
}

/// What can be quoted of a file: its lines, or the headline and the first line of each article that it
/// keeps apart.
fn quotes_of(file: &CorpusFile, config: &Config) -> HashSet<String> {
    let mut quotes = HashSet::new();
    for chunk in intake::read(file, config) {
        match chunk {
            Chunk::Text(text) => {
                let lines = (0..text.lines.len()).map(|index| quote_of(text.line(index)));
                quotes.extend(lines.map(str::to_owned));
            }
            Chunk::Articles(articles) => quotes.extend(
                articles
                    .iter()
                    .map(|article| apart(&quote_of_apart(article.title.as_deref(), &article.body))),
            ),
        }
    }
    quotes
}

/// The quote of an article that its file keeps apart, as one text; no line is like it.
fn apart(quote: &[impl AsRef<str>]) -> String {
    quote.iter().flat_map(|part| [part.as_ref(), "\n"]).collect()
}

fn file_name(source: &str) -> &str {
    source.rsplit('/').next().unwrap_or(source)
}
