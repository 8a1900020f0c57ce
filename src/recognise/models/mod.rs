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

use super::failed_lines::FAILED_LINE;
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
        let boxes = catch_unwind(AssertUnwindSafe(|| self.detector.boxes(raster)));
        let boxes = boxes.map_err(|_| PageFailure::NoResult)?;
        let boxes = boxes.map_err(|reason| PageFailure::Failed { reason })?;
        let lines = read_lines(boxes, deadline, |found| self.reader.read(raster, found))?;
        Ok(self.hocr(raster, &lines))
    }

    fn hocr(&self, raster: &Raster, lines: &[(TextBox, Option<ReadText>)]) -> String {
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
            let area = format!("bbox {left} {top} {right} {bottom}");
            let Some(read) = read else {
                let _ = writeln!(page, "<span class=\"ocr_line\" title=\"{area}{FAILED_LINE}");
                continue;
            };
            let (text, sure) = (escaped(&read.text), (read.confidence * 100.0).round());
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

/// What is read of each box that has text; `None` of a line that the reader fails on, which costs no other line.
///
/// # Errors
/// When it fails on all of them, and when it takes too long.
fn read_lines<B>(
    boxes: Vec<B>,
    deadline: Instant,
    read: impl Fn(&B) -> Result<ReadText, String>,
) -> Result<Vec<(B, Option<ReadText>)>, PageFailure> {
    let mut lines = Vec::new();
    let (mut has_read, mut failure) = (false, None);
    for found in boxes {
        if Instant::now() > deadline {
            return Err(PageFailure::TooLong);
        }
        match catch_unwind(AssertUnwindSafe(|| read(&found))) {
            Ok(Ok(text)) => {
                has_read = true;
                if !text.text.trim().is_empty() {
                    lines.push((found, Some(text)));
                }
            }
            Ok(Err(reason)) => {
                failure.get_or_insert(PageFailure::Failed { reason });
                lines.push((found, None));
            }
            // What the library fails on.
            Err(_) => {
                failure.get_or_insert(PageFailure::NoResult);
                lines.push((found, None));
            }
        }
    }
    match failure {
        Some(failure) if !has_read => Err(failure),
        _ => Ok(lines),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_line_that_fails_costs_no_other_and_a_page_of_nothing_else_fails() {
        let later = Instant::now() + Duration::from_mins(5);
        let read = |number: &u32| match number {
            1 => Err("the reader: no".to_owned()),
            2 => panic!("the library fails"),
            3 => Ok(ReadText { text: " ".to_owned(), confidence: 0.0 }),
            _ => Ok(ReadText { text: "渡口".to_owned(), confidence: 0.9 }),
        };
        let lines = |boxes: &[u32]| read_lines(boxes.to_vec(), later, read);
        let texts = lines(&[1, 2, 3, 4]).expect("a page").into_iter();
        let texts: Vec<(u32, Option<String>)> =
            texts.map(|(found, read)| (found, read.map(|read| read.text))).collect();
        assert_eq!(texts, [(1, None), (2, None), (4, Some("渡口".to_owned()))]);
        let reason = "the reader: no".to_owned();
        assert_eq!(lines(&[1, 2]), Err(PageFailure::Failed { reason }));
        assert_eq!(lines(&[]), Ok(Vec::new()));
        assert_eq!(lines(&[3]), Ok(Vec::new()));
    }
}
