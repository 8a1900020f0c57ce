//! The program `tesseract`.

use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::io;
use std::process::Command;
use std::time::Duration;

use super::areas::{PrintArea, areas};
use super::failure::{PageFailure, RecognitionError};
use super::process::{MAX_SECONDS, ProgramRun, RunFailure, run};
use super::raster::Raster;

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
            return Err(RecognitionError::NoAnswer { program: PROGRAM });
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

    /// Recognises a page; gives hOCR. Its own search for columns fails where they stand close, so it is
    /// given each area of the page as a picture of one block; a page that does not fall apart as it is.
    pub(super) fn recognise(&self, raster: &Raster) -> Result<String, PageFailure> {
        if raster.width().max(raster.height()) > MAX_SIDE {
            return Err(PageFailure::TooLarge);
        }
        let by_areas = self.recognise_areas(raster, areas(raster))?;
        match by_areas.filter(|page| page.contains("ocrx_word")) {
            Some(page) => Ok(page),
            None => self.run(&["-".as_ref()], raster.to_pgm(), raster.density()),
        }
    }

    /// Recognises areas of a page in one run; nothing if there are none.
    fn recognise_areas(
        &self,
        raster: &Raster,
        found: Vec<PrintArea>,
    ) -> Result<Option<String>, PageFailure> {
        if found.is_empty() {
            return Ok(None);
        }
        let folder = tempfile::tempdir()?;
        let mut list = String::new();
        let mut corners = Vec::new();
        for (number, area) in found.into_iter().enumerate() {
            let Some(part) = raster.part(area) else { continue };
            let path = folder.path().join(format!("{number}.pgm"));
            fs::write(&path, part.to_pgm())?;
            // Writing to a string does not fail.
            let _ = writeln!(list, "{}", path.display());
            corners.push((area[0], area[1]));
        }
        let path = folder.path().join("areas.txt");
        fs::write(&path, list)?;
        let block: [&OsStr; 3] = [path.as_os_str(), "--psm".as_ref(), "6".as_ref()];
        let pages = self.run(&block, Vec::new(), raster.density())?;
        Ok(Some(joined(&pages, &corners, raster)))
    }

    /// Runs the program on an input, with what follows it on the command line.
    fn run(
        &self,
        input: &[&OsStr],
        bytes: Vec<u8>,
        density: Option<u32>,
    ) -> Result<String, PageFailure> {
        let mut command = Command::new(PROGRAM);
        // Several pages are recognised at once, so that one needs no threads.
        command.env("OMP_THREAD_LIMIT", "1");
        command.arg(input[0]).args(["-", "-l", &self.languages]).args(&input[1..]);
        if let Some(density) = density {
            command.args(["--dpi", &density.to_string()]);
        }
        command.arg("hocr");
        let longest = Duration::from_secs(MAX_SECONDS);
        match run(&mut command, bytes, longest) {
            Ok(ProgramRun { status, output, .. }) if status.success() => {
                String::from_utf8(output).map_err(|_| PageFailure::NoResult)
            }
            Ok(ProgramRun { status, messages, .. }) => {
                let said = messages.lines().rfind(|line| !line.trim().is_empty());
                let reason = said.map_or_else(|| status.to_string(), |line| line.trim().to_owned());
                Err(PageFailure::Failed { reason })
            }
            Err(RunFailure::TooLong) => Err(PageFailure::TooLong),
            Err(RunFailure::TooMuch) => Err(PageFailure::NoResult),
            Err(RunFailure::System(error)) => Err(error.into()),
        }
    }
}

/// One page of the pages that areas were recognised as, whose left upper corners are these.
fn joined(pages: &str, corners: &[(u32, u32)], raster: &Raster) -> String {
    let (width, height) = (raster.width(), raster.height());
    let mut whole = format!(
        "<html><head><meta charset='utf-8'/></head><body>\
         <div class='ocr_page' title='bbox 0 0 {width} {height}'>\n"
    );
    // What stands before the first page is the head of the file.
    for (part, corner) in pages.split("class='ocr_page'").skip(1).zip(corners) {
        whole.push_str("<div class='area'");
        // What opens the next page, or ends the file, is no part of this one.
        let end = part.rfind("<div").filter(|end| !part[*end..].contains('>'));
        let end = end.or_else(|| part.find("</body>")).unwrap_or(part.len());
        whole.push_str(&moved(&part[..end], *corner));
    }
    whole.push_str("</div></body></html>\n");
    whole
}

/// The same with all rectangles moved.
fn moved(part: &str, (x, y): (u32, u32)) -> String {
    let mut pieces = part.split("bbox ");
    let mut moved = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_digit() && c != ' ').unwrap_or(piece.len());
        let numbers = piece[..end].split_whitespace().map(str::parse::<u32>);
        let numbers: Vec<u32> = numbers.map(Result::unwrap_or_default).collect();
        moved.push_str("bbox ");
        if let [left, top, right, bottom] = numbers[..] {
            let (right, bottom) = (right.saturating_add(x), bottom.saturating_add(y));
            let (left, top) = (left.saturating_add(x), top.saturating_add(y));
            let _ = write!(moved, "{left} {top} {right} {bottom}{}", &piece[end..]);
        } else {
            moved.push_str(piece);
        }
    }
    moved
}

/// What the program says of itself.
fn answer(question: &str) -> Result<String, RecognitionError> {
    match run(Command::new(PROGRAM).arg(question), Vec::new(), MAX_ANSWER) {
        // Older ones answer to the stream of messages.
        Ok(ProgramRun { output, messages, .. }) => {
            Ok(format!("{}{messages}", String::from_utf8_lossy(&output)))
        }
        Err(RunFailure::System(error)) if error.kind() == io::ErrorKind::NotFound => {
            Err(RecognitionError::NoProgram { program: PROGRAM })
        }
        Err(RunFailure::System(error)) => {
            Err(RecognitionError::Program { program: PROGRAM, reason: error.to_string() })
        }
        Err(RunFailure::TooLong | RunFailure::TooMuch) => {
            Err(RecognitionError::NoAnswer { program: PROGRAM })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_put_together_to_one_page() {
        let pages = "<html><body>\n<div class='ocr_page' id='p1' title='image \"a\"; bbox 0 0 9 9; ppageno 0'>\
                     <span class='ocr_line' title=\"bbox 1 2 3 4; x_size 5\">渡</span></div>\n\
                     <div class='ocr_page' id='p2' title='bbox 0 0 9 9'>\
                     <span class='ocr_line' title=\"bbox 1 2 3 4\">口</span></div>\n</body></html>";
        let raster = Raster::new(100, 50, vec![255; 5000], None).expect("a page");
        let whole = joined(pages, &[(10, 20), (50, 20)], &raster);
        assert_eq!(whole.matches("'ocr_page'").count(), 1);
        assert_eq!(whole.matches("<div").count(), whole.matches("</div>").count(), "{whole}");
        assert!(whole.contains("bbox 11 22 13 24; x_size 5\">渡"), "{whole}");
        assert!(whole.contains("bbox 51 22 53 24\">口"), "{whole}");
    }
}
