//! Lines → articles. Pure: no file is opened, nothing fails; what is doubtful says so.
//!
//! A file is cut in one decision over the whole: its lines are put together to units
//! ([`unit`]), what is page furniture by its form is set aside ([`front`], [`contents`]), each
//! remaining unit gets its properties ([`features`], [`shape`], [`affinity`]), a table of weights
//! turns them into scores for each label ([`labels`]), and the best sequence of labels is decoded
//! ([`decode`]) and read as articles ([`assemble`], [`headline`], [`body`], [`kind`]).

mod affinity;
mod assemble;
mod body;
mod contents;
mod decode;
mod features;
mod front;
mod headline;
mod kind;
mod labels;
mod shape;
mod unit;

use crate::model::{Article, Issue, LineRole, SourceText};

/// What the splitter made of a file.
#[derive(Debug, Clone, Default)]
pub struct Cutting {
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
    /// What a person should know about the file.
    pub warnings: Vec<String>,
}

/// One title of a table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsEntry {
    /// The title, cells that were torn apart joined again.
    pub title: String,
    /// The page as printed.
    pub page: Option<String>,
    /// The article (position in [`Cutting::articles`]) that it is the title of.
    pub article: Option<u32>,
}

/// Cuts a file into articles.
#[must_use]
pub fn split(source: &SourceText) -> Cutting {
    let contents = contents::find(source).unwrap_or_default();
    let listed = (!contents.lines.is_empty()).then(|| contents.lines.clone());
    let front = front::find(source, listed.as_ref());
    let units = unit::units(source, |index| front.roles.contains_key(&index));
    let matches = contents::align(&contents.entries, &units);
    let affinity = affinity::Affinity::new(&units);
    let page = features::Page {
        units: &units,
        affinity: &affinity,
        matches: &matches,
        sections: &contents.sections,
        listed: contents.entries.len(),
    };
    let mut features = features::features(&page);
    let first = decode::decode(&features);
    features::add_habit(&page, &mut features, &first.starts);
    let decoded = decode::decode(&features);

    let mut cutting = Cutting {
        roles: roles_by_form(source, &front),
        owners: vec![None; source.lines.len()],
        publication: front.publication,
        issue: front.issue,
        contents: contents.entries,
        ..Cutting::default()
    };
    let file = assemble::Labelled {
        source,
        units: &units,
        features: &features,
        decoded: &decoded,
        affinity: &affinity,
        matches: &matches,
    };
    let assembled = assemble::assemble(&file, &mut cutting.roles, &mut cutting.owners);
    for (unit, found) in &matches {
        let line = units[*unit].line();
        let titled = matches!(cutting.roles[line], LineRole::Title | LineRole::Kicker);
        if titled && let Some(entry) = cutting.contents.get_mut(found.entry) {
            entry.article = cutting.owners[line];
        }
    }
    cutting.articles = assembled.articles;
    cutting
}

/// The role of each line that its form alone decides; the others are stray until they are placed.
fn roles_by_form(source: &SourceText, front: &front::Front) -> Vec<LineRole> {
    (0..source.lines.len())
        .map(|index| match front.roles.get(&index) {
            Some(&role) => role,
            None if source.line(index).trim().is_empty() => LineRole::Blank,
            None => LineRole::Stray,
        })
        .collect()
}
