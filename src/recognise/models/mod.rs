//! The models of PP-OCR, run by rten.
//!
//! The method is that of PaddleOCR: a detector (DBNet) says of each dot how likely it is text (`detect`),
//! a reader (CTC) says of each column of a line which character stands there (`read`). Models come from
//! a folder or a Python wheel that the user names (`files`); none is part of the program.

mod detect;
mod files;
mod line_image;
mod onnx;
mod read;

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

use detect::{Detector, TextBox};
use files::ModelFiles;
use read::{LineReader, ReadText};

use super::failure::{PageFailure, RecognitionError};
use super::raster::Raster;

/// A detector and a reader.
pub(super) struct Models {
    name: String,
    detector: Detector,
    reader: LineReader,
}

impl std::fmt::Debug for Models {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

impl Models {
    /// Those in a folder or wheel.
    ///
    /// # Errors
    /// When there are none, or they cannot be run.
    pub(super) fn load(path: &Path) -> Result<Self, RecognitionError> {
        let failed = |reason: String| RecognitionError::Models { path: path.to_owned(), reason };
        let files = ModelFiles::find(path).map_err(failed)?;
        let name = files.name();
        let detector = Detector::new(files.detector).map_err(failed)?;
        let reader = LineReader::new(files.reader, files.dictionary).map_err(failed)?;
        Ok(Self { name, detector, reader })
    }

    /// What they are: `PP-OCRv6_rec_small 0a1b2c3d`, with a hash of all files.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Recognises a page until this moment, or a little later; gives hOCR whose lines are in no order.
    pub(super) fn recognise(
        &self,
        raster: &Raster,
        deadline: Instant,
    ) -> Result<String, PageFailure> {
        // What the library fails on costs this page.
        let lines = catch_unwind(AssertUnwindSafe(|| self.lines(raster, deadline)));
        Ok(self.hocr(raster, &lines.map_err(|_| PageFailure::NoResult)??))
    }

    fn lines(
        &self,
        raster: &Raster,
        deadline: Instant,
    ) -> Result<Vec<(TextBox, ReadText)>, PageFailure> {
        let failed = |reason: String| PageFailure::Failed { reason };
        let mut lines = Vec::new();
        for found in self.detector.boxes(raster).map_err(failed)? {
            if Instant::now() > deadline {
                return Err(PageFailure::TooLong);
            }
            let read = self.reader.read(raster, &found).map_err(failed)?;
            if !read.text.trim().is_empty() {
                lines.push((found, read));
            }
        }
        Ok(lines)
    }

    fn hocr(&self, raster: &Raster, lines: &[(TextBox, ReadText)]) -> String {
        let (width, height, name) = (raster.width(), raster.height(), escaped(&self.name));
        let mut page = format!(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"/>\
             <meta name=\"ocr-system\" content=\"{name}\"/>\
             <meta name=\"ocr-capabilities\" content=\"ocr_page ocr_line ocrx_word\"/></head>\n\
             <body><div class=\"ocr_page\" title=\"bbox 0 0 {width} {height}\">\n"
        );
        for (found, read) in lines {
            let [left, top, right, bottom] = found.bounds(width, height);
            let turned = if found.is_vertical() { "; textangle 90" } else { "" };
            let (text, sure) = (escaped(&read.text), (read.confidence * 100.0).round());
            let area = format!("bbox {left} {top} {right} {bottom}");
            // Writing to a string does not fail.
            let _ = writeln!(
                page,
                "<span class=\"ocr_line\" title=\"{area}{turned}\"><span class=\"ocrx_word\" \
                 title=\"{area}; x_wconf {sure}\">{text}</span></span>"
            );
        }
        page.push_str("</div></body></html>\n");
        page
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
