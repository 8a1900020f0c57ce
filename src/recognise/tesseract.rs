//! The program `tesseract`.

use std::io;
use std::process::Command;
use std::time::Duration;

use super::process::{MAX_SECONDS, Run, RunFailure, run};
use super::raster::Raster;
use super::recogniser::{PageFailure, RecognitionError};

/// The program, with the languages that it recognises.
#[derive(Debug)]
pub(super) struct Tesseract {
    languages: String,
    version: String,
}

/// Its name on the path.
const PROGRAM: &str = "tesseract";

/// Seconds that it may take to say what it is.
const MAX_ANSWER: Duration = Duration::from_secs(30);

/// Dots on the longer side that it takes.
const MAX_SIDE: u32 = 32_767;

impl Tesseract {
    /// The program on the path.
    ///
    /// # Errors
    /// When it is not there, or lacks a language.
    pub(super) fn new(languages: &str) -> Result<Self, RecognitionError> {
        let version = answer("--version")?;
        let version = version.lines().next().and_then(|line| line.strip_prefix("tesseract "));
        let Some(version) = version else {
            let reason = "it does not state its version".to_owned();
            return Err(RecognitionError::Program { program: PROGRAM, reason });
        };
        let version = version.trim_start_matches('v').trim().to_owned();
        let installed = answer("--list-langs")?;
        let has = |wanted: &str| installed.lines().any(|line| line.trim() == wanted);
        let missing: Vec<&str> = languages.split('+').filter(|name| !has(name)).collect();
        if !missing.is_empty() {
            let missing = missing.into_iter().map(str::to_owned).collect();
            return Err(RecognitionError::Languages { missing });
        }
        Ok(Self { languages: languages.to_owned(), version })
    }

    /// What it is, for records and as part of the keys of what it recognised.
    pub(super) fn name(&self) -> String {
        format!("tesseract {} {}", self.version, self.languages)
    }

    /// Recognises a page; gives hOCR.
    pub(super) fn recognise(&self, raster: &Raster) -> Result<String, PageFailure> {
        if raster.width().max(raster.height()) > MAX_SIDE {
            return Err(PageFailure::TooLarge);
        }
        let mut command = Command::new(PROGRAM);
        // Several pages are recognised at once, so that one needs no threads.
        command.env("OMP_THREAD_LIMIT", "1").args(["-", "-", "-l", &self.languages]);
        if let Some(density) = raster.density() {
            command.args(["--dpi", &density.to_string()]);
        }
        command.arg("hocr");
        let longest = Duration::from_secs(MAX_SECONDS);
        match run(&mut command, raster.to_pgm(), longest) {
            Ok(Run { status, output, .. }) if status.success() => String::from_utf8(output)
                .map_err(|_| PageFailure::Failed { reason: "its output is not UTF-8".to_owned() }),
            Ok(Run { status, messages, .. }) => {
                let said = messages.lines().rfind(|line| !line.trim().is_empty());
                let reason = said.map_or_else(|| status.to_string(), |line| line.trim().to_owned());
                Err(PageFailure::Failed { reason })
            }
            Err(RunFailure::TooLong) => Err(PageFailure::TooLong),
            Err(RunFailure::TooMuch) => {
                Err(PageFailure::Failed { reason: "its output is without end".to_owned() })
            }
            Err(RunFailure::System(error)) => {
                Err(PageFailure::Failed { reason: error.to_string() })
            }
        }
    }
}

/// What the program says of itself.
fn answer(question: &str) -> Result<String, RecognitionError> {
    match run(Command::new(PROGRAM).arg(question), Vec::new(), MAX_ANSWER) {
        // Older ones answer to the stream of messages.
        Ok(Run { output, messages, .. }) => {
            Ok(format!("{}{messages}", String::from_utf8_lossy(&output)))
        }
        Err(RunFailure::System(error)) if error.kind() == io::ErrorKind::NotFound => {
            Err(RecognitionError::NoProgram { program: PROGRAM })
        }
        Err(RunFailure::System(error)) => {
            Err(RecognitionError::Program { program: PROGRAM, reason: error.to_string() })
        }
        Err(RunFailure::TooLong | RunFailure::TooMuch) => {
            let reason = "it does not answer".to_owned();
            Err(RecognitionError::Program { program: PROGRAM, reason })
        }
    }
}
