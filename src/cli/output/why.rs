//! `--explain`: how a query was understood, and why an article is a hit.

use super::console::Console;
use super::facts::{counted, number};

use crate::present::Selection;
use crate::search::{
    Archive, Explanation, Note, PartExplanation, Request, ScoreExplanation, SearchError,
};

/// Meanings of a district's name that are listed.
const MAX_PATHS: usize = 6;

/// Says which words no article has.
pub(crate) fn missing(
    archive: &Archive,
    request: &Request,
    console: &Console,
) -> Result<(), SearchError> {
    let missing = archive.explain(request)?.missing;
    if !missing.is_empty() {
        console.tell(format_args!("no article has {}", missing.join(", ")));
    }
    Ok(())
}

/// Says what a person should know about a request.
pub(crate) fn notes(
    archive: &Archive,
    request: &Request,
    console: &Console,
) -> Result<(), SearchError> {
    for known in archive.notes(request)? {
        console.tell(note(&known));
    }
    Ok(())
}

/// Says how the query was understood, what was added to it, and what each of its parts finds.
pub(crate) fn query(explanation: &Explanation, selection: &Selection, console: &Console) {
    let left = if selection.is_filtered() { " that the filters leave" } else { "" };
    console.tell(format_args!(
        "{}: {} of {}{left}",
        if explanation.query.is_empty() { "every article" } else { &explanation.query },
        number(explanation.total),
        counted(explanation.filtered, "article"),
    ));
    for expansion in &selection.expansions {
        console.tell(format_args!(
            "  {} also finds {}",
            expansion.word,
            expansion.added.join(", ")
        ));
    }
    for part in &explanation.parts {
        console.tell(format_args!(
            "  {}  {}: {} alone, {} with the filters",
            part.part,
            understood(part),
            number(part.alone),
            number(part.filtered),
        ));
    }
}

/// The words of a part with the number of articles that each is in.
fn understood(part: &PartExplanation) -> String {
    let role = if part.excluded { "leaves out " } else { "" };
    if part.words.is_empty() {
        return format!("{role}as it stands");
    }
    let words = part.words.iter().map(|word| format!("{} ({})", word.word, number(word.articles)));
    format!("{role}words {}", words.collect::<Vec<_>>().join(" "))
}

/// Why a hit is where it is, in a few lines.
pub(crate) fn hit(why: &ScoreExplanation, score: f32) -> Vec<String> {
    let mut lines = vec![format!("score {score:.2}")];
    for part in &why.parts {
        let how = match (part.in_headline, part.as_typed, part.matches) {
            (true, _, _) => "as typed, in the headline",
            (false, true, _) => "as typed",
            (false, false, true) => "by its words",
            (false, false, false) => "not in it",
        };
        lines.push(format!("  {:+.2}  {}  {how}", part.points, part.part));
    }
    if !why.words.is_empty() {
        let words = why.words.iter().map(|word| format!("{} {:+.2}", word.term, word.points));
        lines.push(format!("  {}", words.collect::<Vec<_>>().join("  ")));
    }
    if why.proximity > 0.0 {
        lines.push(format!("  {:+.2}  near each other", why.proximity));
    }
    lines
}

/// What a person should know about a request.
pub(crate) fn note(note: &Note) -> String {
    match note {
        Note::AmbiguousDistrict { name, paths } => {
            let mut shown: Vec<String> =
                paths.iter().take(MAX_PATHS).map(|path| path.join(" ")).collect();
            if paths.len() > MAX_PATHS {
                shown.push(format!("{} more", paths.len() - MAX_PATHS));
            }
            let shown = shown.join(" or ");
            format!("{name} can be {shown}: all are counted; name one to have it alone")
        }
        Note::EmptyDistrict { name } => format!("no article is of {name}"),
    }
}
