//! `corpus.toml`: facts about the files of a corpus that the files themselves do not state.
//!
//! ```toml
//! [[files]]                                  # later entries win over earlier ones, field by field
//! glob = "zzrb/**"                           # against the path below the corpus folder;
//!                                            # of an archive, it is about all files in it
//! publication = "郑州日报"
//! region = "郑州市"                            # name or code of a district
//! date_pattern = '(?<y>\d{4})-(?<m>\d\d)/(?<d>\d\d)'
//! encoding = "gb18030"
//!
//! [[files]]
//! glob = "zzrb/special.txt"
//! date = "2023-02-10"                        # of the issue
//! page = "A05"
//!
//! [[files]]
//! glob = "scans/**"
//! ocr = "tesseract:chi_tra_vert+chi_tra"     # recognises text on pictures; "tesseract" is chi_sim
//!
//! [[files]]
//! glob = "bulletins/*.pdf"
//! pages = "3-"                               # of a file with pages, those that are read
//!
//! [[files]]
//! glob = "drafts/**"
//! skip = true                                # not read at all
//!
//! [[files]]
//! glob = "saved/*.html"
//! main_text = false                          # a web page as a whole
//!
//! [[files]]
//! glob = "copies/*.pdf"
//! text_layer = false                         # pages are recognised, whatever text the file sets
//! ```

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use globset::{GlobBuilder, GlobMatcher};
use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::config_keys::{UnknownKey, unknown_key};
use super::conversion::Conversion;
use super::packed::archives_in;
use super::path::{civil_date, infer, parse_date};
use super::reading::{PageRanges, ReadingSettings};
use super::recognisers::Recognisers;
use crate::model::{Basis, CivilDate, SourceMeta};
use crate::recognise::{Cache, OcrSetting, Recogniser, RecognitionError, SettingError};
use crate::text::encoding_name;

/// The file's name in the corpus folder.
pub const FILE_NAME: &str = "corpus.toml";
/// The synonyms file at the top of the corpus folder. Searches read it; it is not part of the corpus.
pub const SYNONYMS: &str = "synonyms.txt";
/// The splitter's table at the top of the corpus folder or of a publication, if texts are split by
/// another one than that of the program. It is not part of the corpus either.
pub const SPLITTER: &str = "splitter.tsv";

/// The settings of `corpus.toml`; empty without such a file.
#[derive(Debug, Default, Clone)]
pub struct Config {
    rules: Vec<FileRule>,
    fingerprint: String,
    recognisers: Recognisers,
    pub(super) conversion: Conversion,
}

/// `corpus.toml` cannot be read or is invalid.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("cannot read {}: {error}; make it readable or remove it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A line of it is invalid.
    #[error("{}, line {line}: {problem}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// What is wrong.
        problem: ConfigProblem,
    },
}

/// What is wrong with a line of `corpus.toml`, and how to correct it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigProblem {
    /// It is not TOML, or has a value of another type.
    #[error("{reason}; see the fields of [[files]] in the README")]
    Toml {
        /// What the TOML parser says, in English.
        reason: String,
    },
    /// A key is none that there is.
    #[error("there is no `{key}`{}; see the fields of [[files]] in the README", meant(.near))]
    UnknownKey {
        /// The key.
        key: String,
        /// Those that may have been meant.
        near: Vec<String>,
    },
    /// A glob is invalid.
    #[error("`{glob}` is no glob ({reason}); write one like \"zzrb/**/*.txt\"")]
    Glob {
        /// The glob.
        glob: String,
        /// What the glob parser says, in English.
        reason: String,
    },
    /// A date is invalid.
    #[error("`{date}` is no date; write year, month and day: \"2023-02-10\"")]
    Date {
        /// The value in the file.
        date: String,
    },
    /// An encoding is unknown.
    #[error("`{label}` is no encoding; write \"utf-8\", \"gb18030\" or \"big5\"")]
    Encoding {
        /// The value in the file.
        label: String,
    },
    /// What recognises text is unknown.
    #[error(transparent)]
    Ocr(SettingError),
    /// Pages are not written as such.
    #[error(
        "`{pages}` are no pages; write numbers from 1 on and ranges with commas between: \"1-4,7,9-\""
    )]
    Pages {
        /// The value in the file.
        pages: String,
    },
    /// A date pattern is not a regular expression.
    #[error("the pattern cannot be read; {reason}; write it in '…'")]
    Pattern {
        /// What the parser of regular expressions says, in English.
        reason: String,
    },
    /// A date pattern does not find the year, the month or the day.
    #[error(
        "the pattern lacks the group `{group}`; write the year as (?<y>…), the month as \
         (?<m>…), the day as (?<d>…)"
    )]
    MissingGroup {
        /// `y`, `m` or `d`.
        group: &'static str,
    },
}

#[derive(Debug, Clone)]
struct FileRule {
    /// The line of the glob.
    line: usize,
    glob: GlobMatcher,
    publication: Option<String>,
    /// With its line.
    region: Option<(usize, String)>,
    date: Option<CivilDate>,
    date_pattern: Option<Regex>,
    encoding: Option<&'static str>,
    page: Option<String>,
    ocr: Option<OcrSetting>,
    pages: Option<PageRanges>,
    main_text: Option<bool>,
    text_layer: Option<bool>,
    skip: Option<bool>,
}

impl Config {
    /// Reads `corpus.toml` in the corpus folder.
    ///
    /// # Errors
    ///
    /// If there is such a file and it cannot be read or is invalid.
    pub fn load(corpus: &Path) -> Result<Self, ConfigError> {
        let path = corpus.join(FILE_NAME);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&path, &text),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(Self::default())
            }
            Err(error) => Err(ConfigError::Unreadable { path, error }),
        }
    }

    /// A hash of the file; corpus files that were read with another one are read again. Empty
    /// without a file.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// What is known about a file before its text is read: from these settings, then from its path.
    /// `source` is its path below the corpus folder.
    #[must_use]
    pub fn meta(&self, source: &str) -> SourceMeta {
        let mut meta = infer(source);
        for rule in self.rules_for(source) {
            let found = rule.date_pattern.as_ref().and_then(|pattern| date_by(pattern, source));
            if let Some(date) = rule.date.or(found) {
                meta.issue_date = Some((date, Basis::Config));
            }
            let said = [
                (rule.publication.as_ref(), &mut meta.publication),
                (rule.region.as_ref().map(|(_, region)| region), &mut meta.region),
                (rule.page.as_ref(), &mut meta.page),
            ];
            for (value, field) in said {
                if let Some(value) = value {
                    *field = Some(value.clone());
                }
            }
        }
        meta
    }

    /// The encoding that these settings state for a file.
    #[must_use]
    pub fn encoding(&self, source: &str) -> Option<&'static str> {
        self.rules_for(source).filter_map(|rule| rule.encoding).last()
    }

    /// Has the text on pictures recognised: by what these settings say, else by `ocr`; by nothing if
    /// neither says anything. Results, and documents that are converted, are kept in `cache`.
    ///
    /// # Errors
    /// When an engine cannot be used.
    pub fn recognising(
        mut self,
        ocr: Option<&OcrSetting>,
        cache: Option<&Cache>,
    ) -> Result<Self, RecognitionError> {
        let settings = self.rules.iter().filter_map(|rule| rule.ocr.as_ref());
        self.recognisers = Recognisers::new(ocr, settings, cache)?;
        self.conversion = Conversion::keeping(cache.cloned());
        Ok(self)
    }

    /// Has no more text recognised once this is set.
    #[must_use]
    pub fn stopped_by(self, stop: &Arc<AtomicBool>) -> Self {
        Self { recognisers: self.recognisers.stopped_by(stop), ..self }
    }

    /// Has the text on pictures as an engine of this name recognised it before.
    #[must_use]
    pub fn recalling(self, name: &str, cache: Cache) -> Self {
        Self { recognisers: Recognisers::recalling(name, cache), ..self }
    }

    /// Has documents read as an office program converted them before: none is started.
    #[must_use]
    pub fn without_programs(self, cache: Cache) -> Self {
        Self { conversion: Conversion::recalling(cache), ..self }
    }

    /// The same, recognising nothing.
    #[must_use]
    pub fn without_recognition(&self) -> Self {
        Self { recognisers: Recognisers::default(), ..self.clone() }
    }

    /// The same, reading ahead of others ([`Recogniser::ahead`]); `None` if nothing is recognised.
    #[must_use]
    pub fn ahead(&self) -> Option<Self> {
        let recognisers = self.recognisers.ahead()?;
        Some(Self { recognisers, ..self.clone() })
    }

    /// Those that read ahead recognise no more pages.
    pub fn stop_ahead(&self) {
        self.recognisers.stop_ahead();
    }

    /// What recognises the text on the pictures of a file.
    #[must_use]
    pub fn recogniser(&self, source: &str) -> Option<&Recogniser> {
        self.recognisers.of(self.rules_for(source).filter_map(|rule| rule.ocr.as_ref()).last())
    }

    /// Whether these settings say that a file is not to be read.
    #[must_use]
    pub fn skips(&self, source: &str) -> bool {
        self.rules_for(source).filter_map(|rule| rule.skip).last().unwrap_or_default()
    }

    /// Whether they say that of an archive and of none of the files that may be in it.
    pub(super) fn skips_archive(&self, source: &str) -> bool {
        self.skips(source) && !self.rules.iter().any(|rule| rule.skip == Some(false))
    }

    /// The globs that match none of these files, each with its line.
    pub(super) fn idle_globs<'s>(
        &self,
        sources: impl Iterator<Item = &'s String>,
    ) -> Vec<(usize, String)> {
        let mut idle: Vec<&FileRule> = self.rules.iter().collect();
        for source in sources {
            if idle.is_empty() {
                break;
            }
            idle.retain(|rule| !rule.is_about(source));
        }
        idle.iter().map(|rule| (rule.line, rule.glob.glob().glob().to_owned())).collect()
    }

    /// The regions that are stated, each with its line.
    pub fn regions(&self) -> impl Iterator<Item = (usize, &str)> {
        self.rules.iter().filter_map(|rule| {
            let (line, region) = rule.region.as_ref()?;
            Some((*line, region.as_str()))
        })
    }

    /// How a file is read.
    #[must_use]
    pub fn reading(&self, source: &str) -> ReadingSettings {
        let mut settings = ReadingSettings::default();
        for rule in self.rules_for(source) {
            settings.main_text = rule.main_text.unwrap_or(settings.main_text);
            settings.text_layer = rule.text_layer.unwrap_or(settings.text_layer);
            if rule.pages.is_some() {
                settings.pages.clone_from(&rule.pages);
            }
        }
        settings
    }

    fn rules_for<'a>(&'a self, source: &'a str) -> impl Iterator<Item = &'a FileRule> {
        self.rules.iter().filter(move |rule| rule.is_about(source))
    }

    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let line = |at: usize| 1 + text.get(..at).map_or(0, |before| before.matches('\n').count());
        let invalid = |at: usize, problem: ConfigProblem| ConfigError::Invalid {
            path: path.to_owned(),
            line: line(at),
            problem,
        };
        if let Some(UnknownKey { at, key, near }) = unknown_key(text) {
            return Err(invalid(at, ConfigProblem::UnknownKey { key, near }));
        }
        let file: ConfigFile = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            invalid(at, ConfigProblem::Toml { reason: error.message().to_owned() })
        })?;
        let rules = file.files.into_iter().map(|entry| {
            FileRule::from_entry(entry, line).map_err(|(at, problem)| invalid(at, problem))
        });
        Ok(Self {
            rules: rules.collect::<Result<_, _>>()?,
            fingerprint: blake3::hash(text.as_bytes()).to_hex().to_string(),
            recognisers: Recognisers::default(),
            conversion: Conversion::default(),
        })
    }
}

/// ` (near: a, b)`.
fn meant(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!(" (near: {})", near.join(", ")) }
}

#[derive(Deserialize)]
struct ConfigFile {
    #[serde(default)]
    files: Vec<FilesEntry>,
}

#[derive(Deserialize)]
struct FilesEntry {
    glob: Spanned<String>,
    publication: Option<String>,
    region: Option<Spanned<String>>,
    date: Option<Spanned<String>>,
    date_pattern: Option<Spanned<String>>,
    encoding: Option<Spanned<String>>,
    page: Option<String>,
    ocr: Option<Spanned<String>>,
    pages: Option<Spanned<String>>,
    main_text: Option<bool>,
    text_layer: Option<bool>,
    skip: Option<bool>,
}

impl FileRule {
    /// Whether it is about a file, or an archive that this is in.
    fn is_about(&self, source: &str) -> bool {
        self.glob.is_match(source) || archives_in(source).any(|archive| self.glob.is_match(archive))
    }

    /// The error is a byte offset in the file and the problem there.
    fn from_entry(
        entry: FilesEntry,
        line: impl Fn(usize) -> usize,
    ) -> Result<Self, (usize, ConfigProblem)> {
        let glob = check(&entry.glob, |glob| {
            // A `*` stays in its folder: only `**` goes below.
            let glob_built = GlobBuilder::new(glob).literal_separator(true).build();
            glob_built.map(|glob| glob.compile_matcher()).map_err(|error| ConfigProblem::Glob {
                glob: glob.to_owned(),
                reason: error.kind().to_string(),
            })
        })?;
        let date = entry.date.as_ref().map(|date| {
            check(date, |date| {
                parse_date(date).ok_or_else(|| ConfigProblem::Date { date: date.to_owned() })
            })
        });
        let date_pattern = entry.date_pattern.as_ref().map(|source| check(source, date_pattern));
        let encoding = entry.encoding.as_ref().map(|label| {
            check(label, |label| {
                encoding_name(label)
                    .ok_or_else(|| ConfigProblem::Encoding { label: label.to_owned() })
            })
        });
        let ocr = entry
            .ocr
            .as_ref()
            .map(|typed| check(typed, |typed| typed.parse().map_err(ConfigProblem::Ocr)));
        let pages = entry.pages.as_ref().map(|pages| {
            check(pages, |pages| {
                PageRanges::parse(pages)
                    .ok_or_else(|| ConfigProblem::Pages { pages: pages.to_owned() })
            })
        });
        Ok(Self {
            line: line(entry.glob.span().start),
            glob,
            publication: entry.publication,
            region: entry.region.map(|region| (line(region.span().start), region.into_inner())),
            date: date.transpose()?,
            date_pattern: date_pattern.transpose()?,
            encoding: encoding.transpose()?,
            page: entry.page,
            ocr: ocr.transpose()?,
            pages: pages.transpose()?,
            main_text: entry.main_text,
            text_layer: entry.text_layer,
            skip: entry.skip,
        })
    }
}

fn check<T>(
    value: &Spanned<String>,
    convert: impl FnOnce(&str) -> Result<T, ConfigProblem>,
) -> Result<T, (usize, ConfigProblem)> {
    convert(value.get_ref()).map_err(|problem| (value.span().start, problem))
}

fn date_pattern(source: &str) -> Result<Regex, ConfigProblem> {
    let pattern =
        Regex::new(source).map_err(|error| ConfigProblem::Pattern { reason: error.to_string() })?;
    for group in ["y", "m", "d"] {
        if !pattern.capture_names().flatten().any(|name| name == group) {
            return Err(ConfigProblem::MissingGroup { group });
        }
    }
    Ok(pattern)
}

fn date_by(pattern: &Regex, source: &str) -> Option<CivilDate> {
    let found = pattern.captures(source)?;
    civil_date(found.name("y")?.as_str(), found.name("m")?.as_str(), found.name("d")?.as_str())
}
