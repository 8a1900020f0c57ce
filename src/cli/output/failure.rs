//! Errors as they are printed: one line in lower case that names the path and ends with what to do
//! about it; a bad query with a caret under the place.

use std::fmt;
use std::io;
use std::path::Path;

use super::console::Console;
use super::wrap::columns;
use crate::query::ParseError;

/// A query that cannot be understood: shown with a caret under the place.
#[derive(Debug)]
pub(crate) struct BadQuery {
    pub typed: String,
    pub error: ParseError,
}

impl fmt::Display for BadQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.error.span.start, self.error.span.end);
        let before = columns(self.typed.get(..start).unwrap_or(&self.typed));
        let wide = columns(self.typed.get(start..end).unwrap_or_default()).max(1);
        writeln!(f, "the query cannot be read: {}", self.error)?;
        writeln!(f, "  {}", self.typed)?;
        write!(f, "  {}{}", " ".repeat(before), "^".repeat(wide))
    }
}

impl std::error::Error for BadQuery {}

/// An error of the system at a path, with what can be done about it.
pub(crate) fn at_path(path: &Path, error: io::Error) -> anyhow::Error {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "; check the path",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "; name a folder that can be written to, or change its permissions"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "; free some space and run the command again"
        }
        io::ErrorKind::IsADirectory => "; name a file, not a folder",
        _ => "",
    };
    let message = format!("{}: {error}{hint}", path.display());
    anyhow::Error::new(error).context(message)
}

/// Prints an error to stderr.
pub(crate) fn report(console: &Console, error: &anyhow::Error) {
    console.tell(format_args!("{} {}", console.paint_messages.hit("error:"), in_one(error)));
}

/// The error and its causes; what the one before already says is not said again.
fn in_one(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain() {
        let message = cause.to_string();
        if said.contains(&message) {
            continue;
        }
        if !said.is_empty() {
            said.push_str(": ");
        }
        said.push_str(&message);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place_in_columns_not_bytes() {
        let typed = "氢能 \"登封".to_owned();
        let at = typed.find('"').expect("a quote");
        let mut error = crate::query::parse(&typed).expect_err("the quote is not closed");
        error.span = at..at + 1;
        let shown = BadQuery { typed, error }.to_string();
        assert_eq!(shown.lines().last(), Some("       ^"));
    }

    #[test]
    fn a_cause_is_not_said_twice() {
        let error = at_path(Path::new("a/b"), io::Error::from(io::ErrorKind::NotFound));
        let said = in_one(&error);
        assert_eq!(said.matches("not found").count(), 1, "{said}");
        assert!(said.starts_with("a/b: ") && said.ends_with("; check the path"), "{said}");
    }
}
