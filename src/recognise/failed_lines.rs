//! Lines of a page that an engine could not read, in the hOCR that it gives.

/// What ends the start of such a line behind its box, and the line. Text has neither mark as it is.
pub(super) const FAILED_LINE: &str = "; x_failed 1\"></span>";

/// How many lines of a page could not be read.
#[must_use]
pub fn failed_lines(hocr: &str) -> u64 {
    hocr.matches(FAILED_LINE).count() as u64
}
