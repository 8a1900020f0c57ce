//! Which file of the corpus each correction is about now: the one of its name, or one that was moved
//! or renamed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::curation::{Corrections, FileCorrections, quote_of, quote_of_apart};
use crate::intake;
use crate::intake::{Chunk, Config, CorpusFile};
use crate::model::{Anchor, Correction, FileReport};

/// Characters that must be quoted for a file to be found by them: 简讯 stands in many.
const MIN_QUOTED: usize = 12;

/// The corrections of a corpus by the names that their files have now.
#[derive(Default)]
pub(super) struct CorpusCorrections {
    by_source: HashMap<String, Arc<FileCorrections>>,
}

/// The files of a corpus as they are found and as the index knows them.
pub(super) struct CorpusFiles<'a> {
    /// Those that were found.
    pub(super) found: &'a [CorpusFile],
    /// The reports of the index.
    pub(super) known: &'a HashMap<String, FileReport>,
    /// Files of the index that are no more.
    pub(super) gone: &'a HashSet<&'a str>,
    pub(super) config: &'a Config,
}

impl CorpusCorrections {
    /// Finds the file of each correction that counts.
    ///
    /// It is the one of its name if its content is as it was, or has the lines that are quoted. Else it
    /// is one that has the same content, of several one of the same file name; else the only one of
    /// the same file name that has the lines. If there is none, it stays with the file of its name:
    /// that file's report says that the lines are not there.
    pub(super) fn of(corrections: &Corrections, files: &CorpusFiles<'_>) -> Self {
        let mut finder = FileFinder::of(files);
        let mut entries: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
        for entry in corrections.active() {
            if let Some(source) = finder.source_of(&entry.anchor) {
                entries.entry(source).or_default().push(entry.clone());
            }
        }
        let with_content = |(source, entries): (String, Vec<Correction>)| {
            let content = finder.content(&source).unwrap_or_default();
            (source, Arc::new(FileCorrections { content, entries }))
        };
        Self { by_source: entries.into_iter().map(with_content).collect() }
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
    contents: HashMap<String, Option<String>>,
    /// The names of all files by their content.
    by_content: Option<HashMap<String, BTreeSet<String>>>,
    quotes: HashMap<String, HashSet<String>>,
}

impl<'a> FileFinder<'a> {
    fn of(files: &'a CorpusFiles<'a>) -> Self {
        let by_source = files.found.iter().map(|file| (file.source.as_str(), file)).collect();
        let (contents, quotes) = (HashMap::new(), HashMap::new());
        Self { files, by_source, contents, by_content: None, quotes }
    }

    fn source_of(&mut self, anchor: &Anchor) -> Option<String> {
        let own = anchor.file.clone();
        if self.by_source.contains_key(own.as_str()) {
            let is_here = self.content(&own).is_some_and(|content| content == anchor.content)
                || anchor.quote.is_empty()
                || self.has_quotes(&own, anchor);
            if is_here {
                return Some(own);
            }
            let moved = self.same_content(anchor).or_else(|| self.only_with_quotes(anchor));
            return Some(moved.unwrap_or(own));
        }
        let is_elsewhere =
            self.files.known.contains_key(&own) && !self.files.gone.contains(own.as_str());
        if is_elsewhere {
            // This run does not look at it.
            return Some(own);
        }
        self.same_content(anchor).or_else(|| self.only_with_quotes(anchor))
    }

    /// The only file of the same file name that has the lines.
    fn only_with_quotes(&mut self, anchor: &Anchor) -> Option<String> {
        let quoted: HashSet<&str> = anchor.quote.iter().map(String::as_str).collect();
        if quoted.iter().map(|quote| quote.chars().count()).sum::<usize>() < MIN_QUOTED {
            return None;
        }
        let is_named = |file: &&CorpusFile| file_name(&file.source) == file_name(&anchor.file);
        let named = self.files.found.iter().filter(is_named);
        let named: Vec<String> = named.map(|file| file.source.clone()).collect();
        let mut with_quotes = named.into_iter().filter(|source| self.has_quotes(source, anchor));
        let only = with_quotes.next()?;
        with_quotes.next().is_none().then_some(only)
    }

    /// The hash of a file that was found, or that the index knows of one that was not.
    fn content(&mut self, source: &str) -> Option<String> {
        if let Some(known) = self.contents.get(source) {
            return known.clone();
        }
        let content = match self.by_source.get(source) {
            Some(file) => file.content_hash().ok(),
            None => self.files.known.get(source).map(|report| report.hash.clone()),
        };
        self.contents.insert(source.to_owned(), content.clone());
        content
    }

    fn same_content(&mut self, anchor: &Anchor) -> Option<String> {
        if anchor.content.is_empty() {
            return None;
        }
        if self.by_content.is_none() {
            let (found, known, gone) = (self.files.found, self.files.known, self.files.gone);
            let unseen = known.keys().map(String::as_str).filter(|source| !gone.contains(source));
            let sources: BTreeSet<&str> =
                found.iter().map(|file| file.source.as_str()).chain(unseen).collect();
            let mut by_content: HashMap<String, BTreeSet<String>> = HashMap::new();
            for source in sources {
                if let Some(content) = self.content(source) {
                    by_content.entry(content).or_default().insert(source.to_owned());
                }
            }
            self.by_content = Some(by_content);
        }
        let same = self.by_content.as_ref()?.get(&anchor.content)?;
        let named = same.iter().find(|source| file_name(source) == file_name(&anchor.file));
        named.or_else(|| same.first()).cloned()
    }

    /// Whether a file has the lines that are quoted.
    fn has_quotes(&mut self, source: &str, anchor: &Anchor) -> bool {
        let Some(file) = self.by_source.get(source) else { return false };
        let config = self.files.config;
        let quotes =
            self.quotes.entry(source.to_owned()).or_insert_with(|| quotes_of(file, config));
        let has = |quote: &str| quotes.contains(quote_of(quote));
        let whole: Vec<&str> = anchor.quote.iter().map(|quote| quote_of(quote)).collect();
        !whole.is_empty()
            && (quotes.contains(&apart(&whole)) || anchor.quote.iter().all(|quote| has(quote)))
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
