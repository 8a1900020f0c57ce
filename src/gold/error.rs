//! Why rows of gold cannot be read.

use std::io;
use std::path::PathBuf;

use super::page::{KINDS, MAX_LINES};

/// Why annotated pages cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// A file or folder cannot be read.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A folder or file has no rows.
    #[error(
        "{}: no rows of gold are here; name a .jsonl file of them, or a folder with gold.jsonl or \
         NAME.gold.jsonl",
        path.display()
    )]
    NoRows {
        /// The folder or file.
        path: PathBuf,
    },
    /// A row is wrong.
    #[error("{}, line {line}: {problem}", path.display())]
    Row {
        /// The file of rows.
        path: PathBuf,
        /// 1-based line in it.
        line: usize,
        /// What is wrong.
        problem: RowProblem,
    },
    /// The pages together are too long.
    #[error("the pages have more than {MAX_LINES} lines together; name fewer")]
    TooLong,
}

/// What is wrong with a row of gold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    /// It is no JSON object of that form.
    #[error("{reason}; expected an object with source, kind, title and lines, as split prints it")]
    Json {
        /// What the parser says, in English.
        reason: String,
    },
    /// It names no file.
    #[error("neither `source` nor `file` names the text")]
    NoSource,
    /// No text has that name.
    #[error("no text named {name}, neither beside the rows nor in {place}", place = folder.display())]
    NoText {
        /// The name in the row.
        name: String,
        /// The folder that was searched as well.
        folder: PathBuf,
    },
    /// Several texts have that name.
    #[error("{name} may be {one} or {other}; name its folder as well", one = one.display(), other = other.display())]
    Ambiguous {
        /// The name in the row.
        name: String,
        /// One of the texts.
        one: PathBuf,
        /// Another one.
        other: PathBuf,
    },
    /// The text cannot be read or has no lines.
    #[error("{name} has no text that can be read whole")]
    Unreadable {
        /// The name in the row.
        name: String,
    },
    /// The kind is unknown.
    #[error("`{kind}` is no kind; expected one of {}", KINDS.join(", "))]
    Kind {
        /// The value in the row.
        kind: String,
    },
    /// There are no lines.
    #[error("the item has no lines")]
    NoLines,
    /// The title is not printed in the lines of the item.
    #[error(
        "the title `{title}` is not printed in these lines; expected the printed words, or null"
    )]
    Title {
        /// The title in the row.
        title: String,
    },
    /// A range of lines is none, or does not come after the one before it.
    #[error("{first}-{last} is no range of lines, or not behind the one before it")]
    Range {
        /// The first line.
        first: u32,
        /// The last line.
        last: u32,
    },
    /// A part is not within the item.
    #[error("a part is on the lines {first}-{last}, which are not all of the item")]
    Part {
        /// The first line.
        first: u32,
        /// The last line.
        last: u32,
    },
    /// The text has fewer lines.
    #[error("the text has {lines} lines, not {last}")]
    Beyond {
        /// The last line of the item.
        last: u32,
        /// Lines of the text.
        lines: u32,
    },
    /// Two items have a line in common.
    #[error("line {shared} is in the item of row {row} already")]
    Overlap {
        /// The line that both have.
        shared: u32,
        /// 1-based line of the other row.
        row: usize,
    },
}
