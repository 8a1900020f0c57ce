//! A file cut into articles: what the splitter hands to the layers that read the words.

use super::article::Article;
use super::line::LineRole;
use super::record::Issue;

/// What the splitter made of a file.
#[derive(Debug, Clone, Default)]
pub struct SplitFile {
    /// The articles in the order of their first line.
    pub articles: Vec<Article>,
    /// For each line of the source, what it was taken for.
    pub roles: Vec<LineRole>,
    /// For each line of the source, the article (position in `articles`) that owns it.
    pub owners: Vec<Option<u32>>,
    /// What cover and masthead say of the publication.
    pub publication: Option<String>,
    /// What cover and masthead say of the issue.
    pub issue: Issue,
    /// Titles of the table of contents.
    pub contents: Vec<ContentsEntry>,
}

/// One title of a table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsEntry {
    /// The title, cells that were torn apart joined again.
    pub title: String,
    /// The page as printed.
    pub page: Option<String>,
    /// The article (position in [`SplitFile::articles`]) that it is the title of.
    pub article: Option<u32>,
}
