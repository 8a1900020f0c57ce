//! The program `tesseract`.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::areas::areas;
use super::failure::{PageFailure, RecognitionError};
use super::ink::PrintArea;
use super::process::{RunFailure, on_path, run};
use super::raster::Raster;

/// The program, with the languages that it recognises.
#[derive(Debug)]
pub(super) struct Tesseract {
    program: PathBuf,
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
        let program = on_path(PROGRAM).ok_or(RecognitionError::NoProgram { program: PROGRAM })?;
        let version = answer(&program, "--version")?;
        let version = version.lines().next().and_then(|line| line.strip_prefix("tesseract "));
        let Some(version) = version else {
            return Err(RecognitionError::NoAnswer { program: PROGRAM });
        };
        let version = version.trim_start_matches('v').trim().to_owned();
        let installed = answer(&program, "--list-langs")?;
        let has = |wanted: &str| installed.lines().any(|line| line.trim() == wanted);
        let missing: Vec<&str> = languages.split('+').filter(|name| !has(name)).collect();
        if !missing.is_empty() {
            let missing = missing.into_iter().map(str::to_owned).collect();
            return Err(RecognitionError::Languages { missing });
        }
        Ok(Self { program, languages: languages.to_owned(), version })
    }

    /// What it is, for records and as part of the keys of what it recognised.
    pub(super) fn name(&self) -> String {
        format!("tesseract {} {}", self.version, self.languages)
    }

    /// Recognises a page until this moment at the latest; gives hOCR. Its own search for columns fails where they
    /// stand close, so it is given each area of the page as a picture of one block; a page that does not fall
    /// apart as it is.
    pub(super) fn recognise(
        &self,
        raster: &Raster,
        deadline: Instant,
    ) -> Result<String, PageFailure> {
        if raster.width().max(raster.height()) > MAX_SIDE {
            return Err(PageFailure::TooLarge);
        }
        let folder = tempfile::tempdir()?;
        let by_areas = self.recognise_areas(raster, areas(raster), folder.path(), deadline)?;
        if let Some(page) = by_areas.filter(|page| page.contains("ocrx_word")) {
            return Ok(page);
        }
        let path = folder.path().join("page.pgm");
        fs::write(&path, raster.to_pgm())?;
        self.run(&path, None, raster.density(), deadline)
    }

    /// Recognises areas of a page in one run; nothing if there are none.
    fn recognise_areas(
        &self,
        raster: &Raster,
        found: Vec<PrintArea>,
        folder: &Path,
        deadline: Instant,
    ) -> Result<Option<String>, PageFailure> {
        if found.is_empty() {
            return Ok(None);
        }
        let mut list = String::new();
        let mut corners = Vec::new();
        for area in found {
            let Some(part) = raster.part(area) else { continue };
            let path = folder.join(format!("{}.pgm", corners.len()));
            fs::write(&path, part.to_pgm())?;
            // Writing to a string does not fail.
            let _ = writeln!(list, "{}", path.display());
            corners.push((area[0], area[1]));
        }
        let path = folder.join("areas.txt");
        fs::write(&path, list)?;
        let pages = self.run(&path, Some(self.block_mode()), raster.density(), deadline)?;
        Ok(Some(joined(&pages, &corners, raster)))
    }

    /// How it takes an area: as one block of lines, which run down where the first language is a vertical one.
    /// Measured on `tests/layout/pages/vertical.pdf`: 0.56 of the characters are found by `chi_sim_vert` so, and
    /// 0.09 if it looks for lines that run across.
    fn block_mode(&self) -> &'static str {
        let first = self.languages.split('+').next().unwrap_or_default();
        if first.ends_with("_vert") { "5" } else { "6" }
    }

    /// Runs the program on a picture, or a list of pictures.
    fn run(
        &self,
        input: &Path,
        mode: Option<&str>,
        density: Option<u32>,
        deadline: Instant,
    ) -> Result<String, PageFailure> {
        let mut command = Command::new(&self.program);
        // Several pages are recognised at once, so that one needs no threads.
        command.env("OMP_THREAD_LIMIT", "1");
        command.arg(input).args(["-", "-l", &self.languages]);
        if let Some(mode) = mode {
            command.args(["--psm", mode]);
        }
        if let Some(density) = density {
            command.args(["--dpi", &density.to_string()]);
        }
        command.arg("hocr");
        match run(&command, deadline.saturating_duration_since(Instant::now())) {
            Ok(ended) if ended.status.success() => {
                String::from_utf8(ended.output).map_err(|_| PageFailure::NoResult)
            }
            Ok(ended) => Err(PageFailure::Failed { reason: ended.reason() }),
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
    for part in pages.split("class='ocr_page'").skip(1) {
        let Some(corner) = number_of(part).and_then(|number| corners.get(number)) else { continue };
        whole.push_str("<div class='area'");
        // What opens the next page, or ends the file, is no part of this one.
        let end = part.rfind("<div").filter(|end| !part[*end..].contains('>'));
        let end = end.or_else(|| part.find("</body>")).unwrap_or(part.len());
        whole.push_str(&moved(&part[..end], *corner));
    }
    whole.push_str("</div></body></html>\n");
    whole
}

/// The number of an area, by the name of its picture in the title of its page.
fn number_of(part: &str) -> Option<usize> {
    let (name, _) = part.split_once(".pgm")?;
    let digits = name.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    name.get(digits..)?.parse().ok()
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
fn answer(program: &Path, question: &str) -> Result<String, RecognitionError> {
    let reason = match run(Command::new(program).arg(question), MAX_ANSWER) {
        // Older ones answer to the stream of messages.
        Ok(said) => {
            return Ok(format!("{}{}", String::from_utf8_lossy(&said.output), said.messages));
        }
        Err(RunFailure::System(error)) => error.to_string(),
        Err(RunFailure::TooLong | RunFailure::TooMuch) => {
            return Err(RecognitionError::NoAnswer { program: PROGRAM });
        }
    };
    Err(RecognitionError::Program { program: PROGRAM, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_put_together_to_one_page() {
        let pages = "<html><body>\n<div class='ocr_page' id='p1' title='image \"/tmp/x/1.pgm\"; bbox 0 0 9 9; ppageno 0'>\
                     <span class='ocr_line' title=\"bbox 1 2 3 4; x_size 5\">渡</span></div>\n\
                     <div class='ocr_page' id='p2' title='image \"/tmp/x/0.pgm\"; bbox 0 0 9 9'>\
                     <span class='ocr_line' title=\"bbox 1 2 3 4\">口</span></div>\n</body></html>";
        let raster = Raster::new(100, 50, vec![255; 5000], None).expect("a page");
        let whole = joined(pages, &[(10, 20), (50, 20)], &raster);
        assert_eq!(whole.matches("'ocr_page'").count(), 1);
        assert_eq!(whole.matches("<div").count(), whole.matches("</div>").count(), "{whole}");
        // Whatever order they come in.
        assert!(whole.contains("bbox 51 22 53 24; x_size 5\">渡"), "{whole}");
        assert!(whole.contains("bbox 11 22 13 24\">口"), "{whole}");
    }
}
