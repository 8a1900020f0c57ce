//! Programs of the machine that read what no library here does, if they are there: an office program.
//!
//! They get a folder of their own outside of the corpus, a limited time, and no say in what is read then: what
//! they make goes through the same readers as all else.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use super::walk::CorpusFile;
use crate::model::FailureReason;
use crate::recognise::{ProgramRun, RunFailure, on_path, run};

/// Bytes that a program is given.
const MAX_BYTES: u64 = 256 << 20;
/// The time that a document takes at most. Small ones take three seconds.
const MAX_TIME: Duration = Duration::from_mins(2);

/// What the office program may do: run no macro, fetch nothing, and bring no link up to date.
const OFFICE_SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"#;

impl CorpusFile {
    /// The programs that decide, besides the program itself, what is read of a file with this name: it is to be
    /// read again when one has come.
    #[must_use]
    pub fn programs(&self) -> &'static str {
        let name = self.source.to_lowercase();
        let is_old =
            [".doc", ".dot", ".wps", ".wpt", ".rtf"].iter().any(|ending| name.ends_with(ending));
        if is_old && office_program().is_some() { "soffice" } else { "" }
    }
}

/// The office program, if there is one. Unit tests name it themselves: their results do not depend on it.
pub(super) fn office_program() -> Option<&'static Path> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOUND.get_or_init(|| if cfg!(test) { None } else { on_path("soffice") }).as_deref()
}

/// A form of documents that the office program reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OldForm {
    /// Word before 2007, and WPS.
    Word,
    RichText,
}

impl OldForm {
    /// What names of such files end with, and what the program calls the form: it would take anything for
    /// plain text.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Word => ("doc", "MS Word 97"),
            Self::RichText => ("rtf", "Rich Text Format"),
        }
    }
}

/// A document as the office program saves it in the form of Word since 2007 (`.docx`). The file that is
/// returned has no name.
///
/// # Errors
/// When the program cannot read it, or takes too long.
pub(super) fn as_docx(office: &Path, document: impl Read, form: OldForm) -> io::Result<fs::File> {
    let (ending, filter) = form.names();
    let folder = tempfile::tempdir()?;
    let (input, profile) =
        (folder.path().join("in").with_extension(ending), folder.path().join("profile"));
    if io::copy(&mut document.take(MAX_BYTES + 1), &mut fs::File::create(&input)?)? > MAX_BYTES {
        return Err(io::Error::other(FailureReason::TooManyBytes { megabytes: MAX_BYTES >> 20 }));
    }
    let user = profile.join("user");
    fs::create_dir_all(&user)?;
    fs::write(user.join("registrymodifications.xcu"), OFFICE_SETTINGS)?;
    let mut command = Command::new(office);
    command
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--nologo", "--norestore", "--nolockcheck"])
        .arg(format!("--infilter={filter}"))
        .args(["--convert-to", "docx", "--outdir"])
        .args([folder.path(), &input])
        .current_dir(folder.path())
        .env("HOME", folder.path());
    let ended = finished(&command)?;
    fs::File::open(input.with_extension("docx")).map_err(|_| {
        io::Error::other(if ended.messages.trim().is_empty() {
            FailureReason::NoResult
        } else {
            FailureReason::said(&ended.reason())
        })
    })
}

/// What the program did in the time that it has.
fn finished(command: &Command) -> io::Result<ProgramRun> {
    run(command, MAX_TIME).map_err(|failure| match failure {
        RunFailure::TooLong => {
            io::Error::other(FailureReason::TookTooLong { seconds: MAX_TIME.as_secs() })
        }
        RunFailure::TooMuch => io::Error::other(FailureReason::NoResult),
        RunFailure::System(error) => error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::office::{self, Package};

    /// A compound file with nothing in it.
    const OLD: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on";

    /// The text of a document that the office program saved anew.
    fn text_by(office: &Path, document: &[u8], form: OldForm) -> io::Result<String> {
        let mut read = office::DocumentText::default();
        let package = Package::open(as_docx(office, document, form)?).expect("a package");
        office::read(package, &mut read).expect("a document");
        Ok(read.text)
    }

    #[test]
    fn what_an_office_program_reads_is_read() {
        // Where there is none, `tests/cli` says so.
        let Some(office) = on_path("soffice") else { return };
        let rich = br"{\rtf1\ansi\ansicpg936\uc1{\b \u28193?\u21475?\u22797?\u33322?}\par Ferry \u33337?\par}";
        let text = text_by(&office, rich, OldForm::RichText).expect("read");
        assert_eq!(text, "渡口复航\n\nFerry 船\n");
        // The same as a program before 2007 saves it.
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.rtf"), rich).expect("written");
        let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
        let mut command = Command::new(&office);
        command.args([&profile, "--headless", "--convert-to", "doc", "a.rtf"]);
        finished(command.current_dir(folder.path())).expect("converted");
        let old = fs::read(folder.path().join("a.doc")).expect("a document");
        assert!(old.starts_with(&OLD[..8]));
        assert_eq!(text_by(&office, &old, OldForm::Word).expect("read"), text);
        let refused = text_by(&office, OLD, OldForm::Word).expect_err("no document");
        assert!(
            refused
                .get_ref()
                .is_some_and(<dyn std::error::Error + Send + Sync>::is::<FailureReason>),
            "{refused}"
        );
    }
}
