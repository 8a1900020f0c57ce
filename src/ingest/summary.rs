//! What an ingest did, in figures.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::intake::WalkResult;
use crate::model::{FileReport, Kind, LineRole, NamedFiles, Record, cut_confidence_is_low};

/// What an ingest did. Everything but the numbers of files is about the files that were taken in.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct IngestSummary {
    /// Files taken in: new or changed.
    pub files_taken: u64,
    /// Files that are in the index as they are.
    pub files_skipped: u64,
    /// Files that are not read, as `corpus.toml` says.
    pub files_left_out: NamedFiles,
    /// Files that could not be read to their end. Of one that the index has, the articles are kept;
    /// of a new one, what could be read is taken in.
    pub files_failed: u64,
    /// New or changed files of which nothing is taken in, since they are no text, whatever their names
    /// say.
    pub files_not_text: u64,
    /// Files of both sorts that the index did not have.
    pub files_new: u64,
    /// Files that were gone and were removed from the index.
    pub files_removed: u64,
    /// The articles that went with them.
    pub articles_removed: u64,
    /// Files in the index that were reached by links out of the corpus which this run did not follow:
    /// they stay as they are.
    pub files_behind_links: u64,
    /// Their articles.
    pub articles_behind_links: u64,
    /// Files passed over because they are of another kind, by extension in lower case (empty for
    /// none).
    pub other_kinds: BTreeMap<String, u64>,
    /// The same files by their names; of what is in a crawl and no file only the number is known.
    pub files_of_other_kinds: NamedFiles,
    /// Hidden files and folders passed over.
    pub hidden: u64,
    /// Pictures that belong to other files, as that of a page whose text lies beside it, and PDF files that do.
    /// The report on each file has those that belong to it.
    pub pictures_beside: NamedFiles,
    /// Names under which a file was found that has another name already.
    pub twice: u64,
    /// Articles.
    pub articles: u64,
    /// Articles by kind.
    pub articles_by_kind: BTreeMap<Kind, u64>,
    /// Lines that are not blank.
    pub lines: u64,
    /// Lines that belong to an article.
    pub lines_in_articles: u64,
    /// Lines outside of articles whose role is known, by role.
    pub lines_elsewhere: BTreeMap<LineRole, u64>,
    /// Lines of unknown role, which need review. Counted in `lines_elsewhere` too.
    pub lines_stray: u64,
    /// Articles without any date.
    pub undated: u64,
    /// Articles without a district.
    pub unplaced: u64,
    /// What the files of a folder leave open and `corpus.toml` can state, by the folder's path below
    /// that of the corpus (empty for its own). Folders that leave nothing open are not listed.
    pub undescribed: BTreeMap<String, Undescribed>,
    /// Articles whose cut a person should look at.
    pub low_confidence: u64,
    /// Warnings of files and articles.
    pub warnings: u64,
    /// Warnings of files that are in the index as they are, told by the run that read them.
    pub warnings_before: u64,
    /// People's decisions about these files that are applied, or replaced by later ones.
    pub corrections: u64,
    /// Those that cannot be applied, with those about no file of the corpus and those that cannot be
    /// understood beside others.
    pub corrections_unplaced: u64,
    /// Bytes of the files that were taken in, as they lie on the disk.
    pub bytes: u64,
    /// Bytes of their text, decompressed and decoded.
    pub text_bytes: u64,
    /// Articles in the whole index that are reprints of another one.
    pub reprints: u64,
    /// How long it took.
    pub seconds: f64,
}

/// What neither the files of a folder nor their paths say of the publication.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Undescribed {
    /// Articles of which the publication is not known.
    pub without_publication: u64,
    /// The files that they are in.
    pub files_without_publication: OpenFiles,
    /// Articles of texts without any date, of which the day of the issue is not known either.
    pub without_issue_date: u64,
    /// The files that they are in.
    pub files_without_issue_date: OpenFiles,
}

/// The files of a folder that leave something open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OpenFiles {
    /// How many there are.
    pub count: u64,
    /// The names of the first of them, at most [`MAX_NAMES`].
    pub names: Vec<String>,
    /// Whether these are all files with articles that the index has of the folder itself.
    pub is_all: bool,
    #[serde(skip)]
    pub(crate) last: String,
}

/// Names of files in a folder that are kept.
pub const MAX_NAMES: usize = 8;

impl OpenFiles {
    /// The articles of a file come one after the other.
    fn add(&mut self, name: &str) {
        if self.count == 0 || self.last != name {
            name.clone_into(&mut self.last);
            self.count += 1;
            if self.names.len() < MAX_NAMES {
                self.names.push(name.to_owned());
            }
        }
    }
}

impl IngestSummary {
    pub(super) fn count_article(&mut self, record: &Record) {
        self.articles += 1;
        *self.articles_by_kind.entry(record.kind).or_default() += 1;
        let date = &record.date;
        let dated = date.value.is_some() || date.not_before.is_some() || date.not_after.is_some();
        self.undated += u64::from(!dated);
        let no_publication = record.publication.is_none();
        // Of an issue that is known, an article without a day has the date. A file of articles has no
        // issue: each states its own day or none.
        let no_issue_date = !dated && !states_its_articles(&record.source);
        if no_publication || no_issue_date {
            let (folder, name) = folder_and_name(&record.source);
            let open = self.undescribed.entry(folder.to_owned()).or_default();
            if no_publication {
                open.without_publication += 1;
                open.files_without_publication.add(name);
            }
            if no_issue_date {
                open.without_issue_date += 1;
                open.files_without_issue_date.add(name);
            }
        }
        self.unplaced += u64::from(record.about().next().is_none());
        self.low_confidence += u64::from(cut_confidence_is_low(record.cut.confidence));
        self.warnings += record.warnings.len() as u64;
    }

    /// Counts the files of the index that were reached by links which this walk did not follow.
    pub(super) fn count_behind_links<'a>(
        &mut self,
        walked: &WalkResult,
        known: impl Iterator<Item = &'a FileReport>,
    ) {
        let found: HashSet<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
        for report in known.filter(|report| !found.contains(report.source.as_str())) {
            if walked.is_behind_passed_link(&report.source) {
                self.files_behind_links += 1;
                self.articles_behind_links += report.articles;
            }
        }
    }

    /// Compares the files that leave something open with all that the index has of their folders.
    pub(super) fn compare_folders(&mut self, reports: &[FileReport]) {
        let mut files: HashMap<&str, u64> = HashMap::new();
        for report in reports.iter().filter(|report| report.articles > 0) {
            *files.entry(folder_and_name(&report.source).0).or_default() += 1;
        }
        for (folder, open) in &mut self.undescribed {
            let all = files.get(folder.as_str()).copied().unwrap_or(0);
            for files in [&mut open.files_without_publication, &mut open.files_without_issue_date] {
                files.is_all = files.count == all;
            }
        }
    }

    pub(super) fn count_file(&mut self, report: &FileReport) {
        self.lines += report.lines;
        self.lines_in_articles += report.lines_in_articles;
        for (&role, &lines) in &report.lines_elsewhere {
            *self.lines_elsewhere.entry(role).or_default() += lines;
        }
        self.lines_stray += report.lines_elsewhere.get(&LineRole::Stray).copied().unwrap_or(0);
        self.warnings += report.warnings.len() as u64;
        self.corrections += report.corrections.len() as u64;
        self.corrections_unplaced += report.unplaced.len() as u64;
        self.bytes += report.bytes;
    }
}

fn folder_and_name(source: &str) -> (&str, &str) {
    source.rsplit_once('/').unwrap_or(("", source))
}

fn states_its_articles(source: &str) -> bool {
    let source = source.to_lowercase();
    [".jsonl", ".jsonl.zst"].iter().any(|ending| source.ends_with(ending))
}
