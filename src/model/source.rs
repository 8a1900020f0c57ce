//! A decoded file: its text, its lines, and what each line was taken for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::correction::EntryId;
use super::date::{Basis, CivilDate};
use super::doubtful::DoubtfulWords;
use super::file_warning::FileWarning;
use super::line::{Line, LineRange, LineRole};
use super::line_roles::LineRoles;
use super::record::Issue;
use super::unplaced::UnplacedCorrection;
use super::wire::Worded;

/// What is known of a file before its text is looked at: from `corpus.toml` or from its path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMeta {
    /// The publication's name.
    pub publication: Option<String>,
    /// The district that the publication serves: a code or a name of the gazetteer.
    pub region: Option<String>,
    /// The issue's date and where it was found (`config` or `path`).
    pub issue_date: Option<(CivilDate, Basis)>,
    /// A year that the path states where it states no whole date.
    pub year: Option<i16>,
    /// The page (版), `A05`.
    pub page: Option<String>,
    /// The address of a web page that was saved.
    pub url: Option<String>,
    /// The day on which it was saved.
    pub accessed: Option<CivilDate>,
    /// The headline that the file states as its only one: a web page that was saved alone.
    pub headline: Option<String>,
    /// The outlet that a web page states for the article of that headline.
    pub outlet: Option<String>,
    /// Its author, as the page states it.
    pub author: Option<String>,
    /// The column of the site that it stands in.
    pub section: Option<String>,
    /// What recognised text on its pictures, if anything had to: `tesseract 5.3.0 chi_sim`.
    pub recognised: Option<String>,
}

/// What names of web pages end with. Those of pages that a server makes are the names of its programs, too.
pub const WEB_PAGES: [&str; 8] =
    [".html", ".htm", ".shtml", ".xhtml", ".asp", ".aspx", ".jsp", ".php"];

/// A file as the intake read it: never changed, only decoded and cut into lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceText {
    /// Path below the corpus folder, separated by `/`: the record's `source`.
    pub path: String,
    /// The decoded text with `\n` line ends.
    pub text: String,
    /// Every line of `text`, blank ones included, in order.
    pub lines: Vec<Line>,
    /// What is known of the file beside its text.
    pub meta: SourceMeta,
    /// Positions in `lines` of those that stand around the text of a web page, ascending: menus, links to
    /// other pages, comments, the foot. No article is looked for in them.
    pub boilerplate: Vec<usize>,
    /// The articles that the file itself states; none where they are to be found.
    pub stated: Vec<StatedArticle>,
    /// Words that were recognised with low confidence, in the order of the text.
    pub doubtful: Vec<DoubtfulWords>,
}

/// An article whose lines a file states, as positions in [`SourceText::lines`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatedArticle {
    /// Its lines in the order of reading.
    pub lines: Vec<usize>,
    /// Those of them that are its headline, if the file says so.
    pub headline: Vec<usize>,
}

impl SourceText {
    /// A plain text: lines numbered from 1 as they stand.
    #[must_use]
    pub fn from_text(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut lines = Vec::new();
        let mut start = 0;
        for (index, line) in text.split('\n').enumerate() {
            let end = start + line.len();
            let shown = line.strip_suffix('\r').unwrap_or(line);
            let span = start..start + shown.len();
            lines.push(Line { span, number: index as u32 + 1, place: None });
            start = end + 1;
        }
        // A final line end does not start another line.
        if text.ends_with('\n') || text.is_empty() {
            lines.pop();
        }
        Self { path: path.into(), text, lines, ..Self::default() }
    }

    /// The same without its boilerplate, and where each of its lines was.
    #[must_use]
    pub fn without_boilerplate(&self) -> (Self, Vec<usize>) {
        let is_text = |index: &usize| self.boilerplate.binary_search(index).is_err();
        let kept: Vec<usize> = (0..self.lines.len()).filter(is_text).collect();
        let mut text = String::new();
        let mut lines = Vec::with_capacity(kept.len());
        for &index in &kept {
            let start = text.len();
            text.push_str(self.line(index));
            lines.push(Line { span: start..text.len(), ..self.lines[index].clone() });
            text.push('\n');
        }
        let (path, meta) = (self.path.clone(), self.meta.clone());
        (Self { path, text, lines, meta, ..Self::default() }, kept)
    }

    /// The text of the line at `index` (0-based position in [`Self::lines`]).
    #[must_use]
    pub fn line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |line| &self.text[line.span.clone()])
    }
}

/// The report on one file, kept in the index with its articles.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FileReport {
    /// Path below the corpus folder.
    pub source: String,
    /// Where the file stood when it was read, from the root of the file system on; not in what is
    /// told to others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(ignore)]
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// When the file was last changed before it was taken in, as the system says, to the second:
    /// by which one can tell what is new in the archive, also after it was indexed anew.
    #[serde(default)]
    pub changed: Option<Timestamp>,
    /// Hash of the content, in hexadecimal; empty if the file must be ingested again.
    pub hash: String,
    /// Hash of what decides beside the content: `corpus.toml`, the path, the program's rules and
    /// tables.
    #[serde(default)]
    #[schema(required)]
    pub rules: String,
    /// Encoding the text was decoded from.
    pub encoding: String,
    /// What was to recognise the text of its pictures, with its version: `tesseract 5.3.0 chi_sim`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognised: Option<String>,
    /// Files beside it that are the pictures of its pages, or of what else it has: they are not read by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<String>,
    /// The publication, as far as known.
    #[schema(required)]
    pub publication: Option<String>,
    /// Number and date of the issue.
    pub issue: Issue,
    /// Number of articles.
    pub articles: u64,
    /// Lines that are not blank.
    pub lines: u64,
    /// Lines that belong to an article.
    pub lines_in_articles: u64,
    /// Lines outside of articles whose role is known, by role.
    #[schema(value_type = std::collections::BTreeMap<String, u64>)]
    pub lines_elsewhere: std::collections::BTreeMap<LineRole, u64>,
    /// 1-based line ranges, with their role, that belong to no article.
    pub elsewhere: Vec<(LineRange, LineRole)>,
    /// The role and the owner of every line, in runs; not in what is told to others, who get the
    /// lines with it.
    #[serde(default, skip_serializing_if = "LineRoles::is_empty")]
    #[schema(ignore)]
    pub roles: LineRoles,
    /// Entries of the table of contents, and how many of them have no article.
    pub contents_entries: u64,
    /// Titles in the table of contents without an article.
    pub contents_unmatched: Vec<String>,
    /// People's decisions that were found to be about this file, applied or replaced by later ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<EntryId>,
    /// Those that cannot be applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unplaced: Vec<UnplacedCorrection>,
    /// Warnings about the file.
    #[serde(serialize_with = "Worded::list")]
    #[schema(value_type = Vec<Worded<FileWarning>>)]
    pub warnings: Vec<FileWarning>,
}
