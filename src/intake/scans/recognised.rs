//! Pages that are pictures, recognised.

use super::hocr;
use crate::intake::failing::of_kind;
use crate::intake::layout::{PrintedPage, arranged};
use crate::model::{FailureReason, FileWarning};
use crate::recognise::{MAX_SECONDS, PageFailure, PageKey, Raster, Recogniser};

/// A page whose characters are recognised with less confidence on average, in percent, is to be looked
/// at. Measured by `cargo bench --bench ocr`.
const MIN_CONFIDENCE: u8 = 80;

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
}

impl PageRecogniser {
    /// For a file whose content has this hash; without an engine its pages are counted.
    pub(in crate::intake) fn new(engine: Option<Recogniser>, file: String) -> Self {
        Self { engine, file, ..Self::default() }
    }

    /// The lines of a page, whose picture `raster` makes if it is needed; `None` if there are none, or
    /// they are not recognised.
    pub(in crate::intake) fn page(
        &mut self,
        number: u32,
        raster: impl FnOnce() -> Result<Raster, PageFailure>,
    ) -> Option<PrintedPage> {
        let Some(engine) = &self.engine else {
            self.without_text.get_or_insert((0, number)).0 += 1;
            return None;
        };
        let text = match engine.page(PageKey { file: &self.file, page: number }, raster) {
            Ok(text) => text,
            // Only what was recognised before is wanted.
            Err(PageFailure::PassedOver) => {
                self.without_text.get_or_insert((0, number)).0 += 1;
                return None;
            }
            Err(failure) => {
                self.fail(number, failure);
                return None;
            }
        };
        self.recognised += 1;
        // Engines order lines by their boxes at best; our own layout knows of columns.
        let mut page = arranged(&hocr::pieces(&text).into_iter().next()?);
        page.number = number;
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
        let is_tried = self.recognised > 0 || self.failed.is_some();
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
        without.into_iter().chain(failed).chain(doubtful).collect()
    }
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
