//! Pages that are pictures, recognised.

use super::hocr;
use crate::intake::failing::of_kind;
use crate::intake::layout::{PlacedLine, PrintedPage, arranged};
use crate::model::{FailureReason, FileWarning};
use crate::recognise::{MAX_SECONDS, PageFailure, PageKey, Raster, Recogniser, failed_lines};

/// A page whose characters are recognised with less confidence on average, in percent, is to be looked
/// at. Measured by `cargo bench --bench ocr`.
const MIN_CONFIDENCE: u8 = 80;

/// A line that is recognised with less confidence on average, in percent, and stands in no block with another
/// one, is what an engine sees in a photo or a rule. Single characters are not judged. Measured on the pages of
/// `tests/layout`: of 14 such lines below 20 none is printed, the first that is has 21.
const MIN_LINE_CONFIDENCE: u8 = 20;

/// Recognises the pages of a file that are pictures, and notes what a person should know of them.
#[derive(Debug, Default)]
pub(in crate::intake) struct PageRecogniser {
    engine: Option<Recogniser>,
    /// Hash of the content of the file.
    file: String,
    recognised: u64,
    /// Pages without text that nothing was to recognise, and the first of them.
    without_text: Option<(u64, u32)>,
    /// Pages that could not be recognised, the first of them and what was the matter with it.
    failed: Option<(u64, u32, FailureReason)>,
    doubtful: Vec<(u32, u8)>,
    /// Lines that are no text, and the first page with one.
    noise: Option<(u64, u32)>,
    /// Lines that the engine could not read, and the first page with one.
    failed_lines: Option<(u64, u32)>,
    /// Whether the file sets characters that it does not tell.
    has_unknown: bool,
}

/// Why there is no text of a page.
enum NoText {
    /// Nothing is to recognise it.
    NotTried,
    /// What was to recognise it could not.
    Failed,
}

impl PageRecogniser {
    /// For a file whose content has this hash; without an engine its pages are counted.
    pub(in crate::intake) fn new(engine: Option<Recogniser>, file: String) -> Self {
        Self { engine, file, ..Self::default() }
    }

    /// The lines of a page that is a picture, which `raster` makes if it is needed, with those that the file
    /// sets on it; `None` if none are recognised.
    pub(in crate::intake) fn page(
        &mut self,
        number: u32,
        set: Option<&PrintedPage>,
        raster: impl FnOnce() -> Result<Raster, PageFailure>,
    ) -> Option<PrintedPage> {
        match self.text(number, raster) {
            Ok(text) => self.read(number, set, &text),
            Err(NoText::Failed) => None,
            Err(NoText::NotTried) => {
                self.without_text.get_or_insert((0, number)).0 += 1;
                None
            }
        }
    }

    /// A page that the file sets, in part in characters that it does not tell: lines of these are taken from
    /// its picture, if something recognises them.
    pub(in crate::intake) fn page_of_unknown(
        &mut self,
        set: PrintedPage,
        raster: impl FnOnce() -> Result<Raster, PageFailure>,
    ) -> PrintedPage {
        if !set.lines().any(PlacedLine::is_unknown) {
            return set;
        }
        let text = self.text(set.number, raster).ok();
        text.and_then(|text| self.read(set.number, Some(&set), &text)).unwrap_or(set)
    }

    /// The file sets characters on a page that it does not tell: the picture was to be looked at, whether
    /// it could or not.
    pub(in crate::intake) fn note_unknown(&mut self) {
        self.has_unknown = true;
    }

    /// What is recognised of a page, in hOCR.
    fn text(
        &mut self,
        number: u32,
        raster: impl FnOnce() -> Result<Raster, PageFailure>,
    ) -> Result<String, NoText> {
        let engine = self.engine.as_ref().ok_or(NoText::NotTried)?;
        match engine.page(PageKey { file: &self.file, page: number }, raster) {
            Ok(text) => Ok(text),
            // Only what was recognised before is wanted.
            Err(PageFailure::PassedOver) => Err(NoText::NotTried),
            Err(failure) => {
                self.fail(number, failure);
                Err(NoText::Failed)
            }
        }
    }

    fn read(&mut self, number: u32, set: Option<&PrintedPage>, text: &str) -> Option<PrintedPage> {
        self.recognised += 1;
        let failed = failed_lines(text);
        if failed > 0 {
            self.failed_lines.get_or_insert((0, number)).0 += failed;
        }
        let seen = hocr::pieces(text).into_iter().next()?;
        let seen = match set {
            Some(set) => seen.with_set(set),
            None => seen,
        };
        // Engines order lines by their boxes at best; our own layout knows of columns.
        let mut page = arranged(&seen);
        page.number = number;
        let noise = mark_noise(&mut page);
        if noise > 0 {
            self.noise.get_or_insert((0, number)).0 += noise;
        }
        if let Some(confidence) = confidence(&page)
            && confidence < MIN_CONFIDENCE
        {
            self.doubtful.push((number, confidence));
        }
        Some(page)
    }

    fn fail(&mut self, number: u32, failure: PageFailure) {
        let reason = match failure {
            // A page that is passed over has not failed.
            PageFailure::PassedOver => return,
            PageFailure::TooLong => FailureReason::TookTooLong { seconds: MAX_SECONDS },
            PageFailure::TooLarge => FailureReason::TooManyDots,
            PageFailure::NotDrawn => FailureReason::NotDrawn,
            PageFailure::NoResult => FailureReason::NoResult,
            PageFailure::System { kind, text } => {
                of_kind(kind).unwrap_or_else(|| FailureReason::said(&text))
            }
            PageFailure::Failed { reason } => FailureReason::said(&reason),
        };
        self.failed.get_or_insert((0, number, reason)).0 += 1;
    }

    /// What recognised text, if any had to be recognised.
    pub(in crate::intake) fn used(&self) -> Option<&str> {
        self.engine.as_ref().filter(|_| self.recognised > 0).map(Recogniser::name)
    }

    /// What was to recognise text, whether it could or not.
    pub(in crate::intake) fn tried(&self) -> Option<&str> {
        let is_tried = self.recognised > 0 || self.failed.is_some() || self.has_unknown;
        self.engine.as_ref().filter(|_| is_tried).map(Recogniser::name)
    }

    /// What a person should know of the pages so far.
    pub(in crate::intake) fn warnings(&self) -> Vec<FileWarning> {
        let without =
            self.without_text.map(|(count, first)| FileWarning::PagesWithoutText { count, first });
        let failed = self.failed.as_ref().map(|(count, first, reason)| {
            FileWarning::PagesNotRecognised { count: *count, first: *first, reason: reason.clone() }
        });
        let doubtful = self.doubtful.iter();
        let doubtful =
            doubtful.map(|&(page, confidence)| FileWarning::DoubtfulPage { page, confidence });
        let noise = self.noise.map(|(count, first)| FileWarning::FaintLines { count, first });
        let lines = self.failed_lines;
        let lines = lines.map(|(count, first)| FileWarning::LinesNotRecognised { count, first });
        without.into_iter().chain(failed).chain(lines).chain(doubtful).chain(noise).collect()
    }
}

/// Takes lines out of the text that are noise, and tells how many: like what stands at the edges of pages, they
/// are kept and belong to no article.
fn mark_noise(page: &mut PrintedPage) -> u64 {
    let mut count = 0;
    for block in &mut page.blocks {
        if block.lines.iter().all(is_noise) {
            block.lines.iter_mut().for_each(|line| line.is_running = true);
            count += block.lines.len() as u64;
        }
    }
    count
}

fn is_noise(line: &PlacedLine) -> bool {
    line.confidence.is_some_and(|sure| sure < MIN_LINE_CONFIDENCE) && line.text.chars().count() > 1
}

/// The mean over the characters of a page, in percent.
fn confidence(page: &PrintedPage) -> Option<u8> {
    let lines = page.blocks.iter().flat_map(|block| &block.lines);
    let known = lines
        .filter_map(|line| Some((u64::from(line.confidence?), line.text.chars().count() as u64)));
    let (sum, characters) = known
        .fold((0, 0), |(sum, all), (sure, characters)| (sum + sure * characters, all + characters));
    (characters > 0).then(|| (sum / characters) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_in_a_photo_is_no_text_and_a_line_that_failed_is_told() {
        let line = |top: u32, sure: u32, text: &str| {
            format!(
                "<span class='ocr_line' title='bbox 100 {top} 300 {}'><span class='ocrx_word' \
                 title='bbox 100 {top} 300 {}; x_wconf {sure}'>{text}</span></span>",
                top + 20,
                top + 20
            )
        };
        let lines = [
            line(100, 90, "渡口昨日重开"),
            line(125, 10, "渡口昨日重开"),
            line(600, 5, "人人人人人全"),
            line(900, 5, "渡"),
        ];
        let failed = "<span class=\"ocr_line\" title=\"bbox 100 700 300 720; x_failed 1\"></span>";
        let page = format!(
            "<div class='ocr_page' title='bbox 0 0 1000 1000'>{}{failed}</div>",
            lines.concat()
        );
        let engine = Recogniser::fixed(Ok(page), None);
        let mut recogniser = PageRecogniser::new(Some(engine), "ab".to_owned());
        let raster = || Raster::new(1, 1, vec![0], None).ok_or(PageFailure::TooLarge);
        let read = recogniser.page(3, None, raster).expect("a page");
        let noise: Vec<(&str, bool)> =
            read.lines().map(|line| (line.text.as_str(), line.is_running)).collect();
        let expected = [
            ("渡口昨日重开", false),
            ("渡口昨日重开", false),
            ("人人人人人全", true),
            ("渡", false),
        ];
        assert_eq!(noise, expected);
        let warning = FileWarning::FaintLines { count: 1, first: 3 };
        let unread = FileWarning::LinesNotRecognised { count: 1, first: 3 };
        let told = recogniser.warnings();
        assert!(told.contains(&unread) && told.contains(&warning), "{told:?}");
    }
}
