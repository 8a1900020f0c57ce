//! The folder that people's decisions are kept in.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// The version of the files, which `dibao-curation.toml` says; another one is refused.
const FORMAT: u32 = 1;
const FORMAT_FILE: &str = "dibao-curation.toml";

/// The folder with what people decided, noted and collected:
///
/// | path | what |
/// |---|---|
/// | `dibao-curation.toml` | the version of the format |
/// | `corrections/FILE.toml` | corrections of the articles of a file of the corpus |
/// | `notes/FILE.toml` | tags and notes on the articles of a file |
/// | `collections/NAME.toml` | a collection |
/// | `searches.toml` | saved searches |
/// | `told/ID.tsv` | what was told of a saved search |
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurationFolder {
    path: PathBuf,
}

/// Bytes of the name of a file at most, as file systems have it.
pub const MAX_NAME_BYTES: usize = 255;

/// Why the folder cannot be used.
#[derive(Debug, Error)]
pub enum CurationError {
    /// A file or folder cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The folder was made by another version.
    #[error(
        "{path}: format {found}, expected {FORMAT}; use the version of dibao that made this folder",
        path = path.display()
    )]
    Format {
        /// The file that says so.
        path: PathBuf,
        /// The version as written.
        found: String,
    },
    /// A name that is too long with `.toml` behind it.
    #[error(
        "{name:?}: longer than {MAX_NAME_BYTES} bytes with .toml behind it; use a shorter name"
    )]
    LongName {
        /// The name.
        name: String,
    },
    /// A name that would lead out of the folder, or that no file can have.
    #[error("{name:?}: not the name of a file below the corpus folder")]
    Name {
        /// The name.
        name: String,
    },
}

impl CurationError {
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }
}

impl CurationFolder {
    /// The folder at a path, which need not exist.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where the folder of a corpus is if none is named: beside it, `corpus.curation`.
    #[must_use]
    pub fn beside(corpus: &Path) -> Self {
        let corpus = fs::canonicalize(corpus).unwrap_or_else(|_| corpus.to_owned());
        let mut name = corpus.file_name().unwrap_or_default().to_owned();
        name.push(".curation");
        Self { path: corpus.with_file_name(name) }
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of `KIND/NAME.toml`, whether the file exists or not. `name` is a path separated by
    /// `/`.
    ///
    /// # Errors
    /// When the name would lead out of the folder.
    pub fn file(&self, kind: &str, name: &str) -> Result<PathBuf, CurationError> {
        let is_plain = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && !part.contains(['\\', '\0'])
                && !part.chars().any(char::is_control)
        };
        if !name.split('/').all(is_plain) {
            return Err(CurationError::Name { name: name.to_owned() });
        }
        let file = format!("{name}.toml");
        if file.split('/').any(|part| part.len() > MAX_NAME_BYTES) {
            return Err(CurationError::LongName { name: name.to_owned() });
        }
        Ok(self.path.join(kind).join(file))
    }

    /// Checks the version of the format. A folder that does not exist is empty.
    ///
    /// # Errors
    /// When the version is another one or cannot be read.
    pub fn check(&self) -> Result<(), CurationError> {
        let path = self.path.join(FORMAT_FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(CurationError::io(&path, error)),
        };
        let stated =
            text.parse::<toml::Table>().ok().and_then(|table| table.get("format").cloned());
        if stated.as_ref().and_then(toml::Value::as_integer) == Some(i64::from(FORMAT)) {
            return Ok(());
        }
        let found = stated.map_or_else(|| "unknown".to_owned(), |value| value.to_string());
        Err(CurationError::Format { path, found })
    }

    /// Makes the folder if there is none, and waits until nobody else writes in it: it is this one's
    /// turn until the result is dropped.
    ///
    /// # Errors
    /// When it cannot be made, or is of another version.
    pub fn lock(&self) -> Result<Turn, CurationError> {
        self.check()?;
        fs::create_dir_all(&self.path).map_err(|error| CurationError::io(&self.path, error))?;
        let path = self.path.join(".lock");
        let opened = OpenOptions::new().create(true).append(true).open(&path);
        let file = opened.map_err(|error| CurationError::io(&path, error))?;
        file.lock().map_err(|error| CurationError::io(&path, error))?;
        self.begin()?;
        Ok(Turn { _file: file })
    }

    /// Writes the files that say what the folder is, where they are missing.
    fn begin(&self) -> Result<(), CurationError> {
        // Entries stand one below the other: where two people added some, both are kept.
        let files = [
            (FORMAT_FILE, format!("format = {FORMAT}\n")),
            (".gitattributes", "*.toml merge=union\n*.tsv merge=union\n".to_owned()),
            (".gitignore", ".lock\n.new-*\n".to_owned()),
        ];
        for (name, content) in files {
            let path = self.path.join(name);
            if !path.exists() {
                super::log::write_whole(&path, content.as_bytes())?;
            }
        }
        Ok(())
    }
}

/// The right to write in the folder.
#[derive(Debug)]
pub struct Turn {
    _file: File,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_folder() {
        let folder = CurationFolder::new("k");
        let path = folder.file("corrections", "甲报/一版.txt").expect("a plain name");
        assert_eq!(path, Path::new("k/corrections/甲报/一版.txt.toml"));
        for name in ["", "/etc/passwd", "../a", "a/../../b", "a//b", "a\\b", "a\u{0}"] {
            assert!(folder.file("corrections", name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_folder_of_another_format_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = CurationFolder::new(dir.path().join("k"));
        folder.check().expect("none yet");
        drop(folder.lock().expect("made"));
        folder.check().expect("just made");
        fs::write(folder.path().join(FORMAT_FILE), "format = 2\n").expect("written");
        assert!(matches!(folder.lock(), Err(CurationError::Format { found, .. }) if found == "2"));
    }
}
