//! What is written on a picture of a page?
//!
//! [`OcrSetting`] says what recognises text, [`Recogniser`] is the engine, ready for use: the program
//! `tesseract` (`tesseract`, `process`), or with the feature `ocr` models of PP-OCR that the user has
//! (`models`). It is given a [`Raster`] and gives hOCR, which `intake/scans`
//! reads as it reads that of others. What was recognised once is kept in a [`Cache`] under the content
//! of the file, the page and the engine, since a page takes seconds.
//!
//! A picture is decoded before it gets here: a program in C never sees bytes of the corpus, only grey
//! dots. Whatever an engine does with a page costs that page alone ([`PageFailure`]); one that takes
//! longer than [`MAX_SECONDS`] is stopped. `process` runs this program and others.

mod areas;
mod cache;
mod failed_lines;
mod failure;
mod ink;
#[cfg(feature = "ocr")]
mod models;
mod oldest_files;
mod process;
mod raster;
mod recogniser;
mod setting;
mod tesseract;

pub use cache::{Cache, ResultKey};
pub use failed_lines::failed_lines;
pub use failure::{PageFailure, RecognitionError, packages};
pub use ink::{Lettering, lettering};
pub use oldest_files::{KeptFile, remove_oldest};
pub use process::{ProgramRun, RunFailure, on_path, run};
pub use raster::Raster;
pub use recogniser::{MAX_SECONDS, PageKey, Recogniser};
pub use setting::{OcrSetting, SettingError};
