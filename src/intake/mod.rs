//! Which files are there, and what text is in them?
//!
//! The only module that reads the texts of the corpus. `walk` finds the files on the disk, `corpus_files` what
//! is in archives, and `read` decodes
//! them: plain text, web pages, documents, pages (`pdf`, `scans`, `layout`) and pictures (`picture_file`) become
//! [`SourceText`](crate::model::SourceText)s, JSONL becomes articles. What a file is, its first bytes say
//! (`document`); its name decides only whether it is read at all. Nothing here writes, and no bad file stops
//! a run: a problem becomes a warning with the
//! path, what was expected, and what to do. Charset detection is `text::decode`; the main text of a
//! web page is found by `dom_smoothie` (after Mozilla's Readability).
//!
//! ```no_run
//! use dibao::intake::{Config, Chunk, read, walk};
//! # fn ingest(source: &dibao::model::SourceText) {}
//! # fn store(articles: Vec<dibao::model::Article>) {}
//! # fn main() -> Result<(), dibao::intake::ConfigError> {
//! let corpus = std::path::Path::new("corpus");
//! let config = Config::load(corpus)?;
//! let walked = walk(corpus, &[]);
//! for file in &walked.files {
//!     let mut reader = read(file, &config);
//!     for chunk in reader.by_ref() {
//!         match chunk {
//!             Chunk::Text(source) => ingest(&source),
//!             Chunk::Articles(articles) => store(articles),
//!         }
//!     }
//!     let report = reader.finish();
//!     println!("{}: {:?}, {} bytes", file.source, report.outcome, report.bytes);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Memory: a text file of up to 64 MB and 100 000 lines is read whole and needs its own size, that of
//! its text and 48 bytes per line; a larger one comes in chunks of that size (measured: a peak of
//! 145 MB for 522 MB). Splitting a chunk needs 600 bytes per line more. A JSONL file needs a batch of
//! 4 MB and its longest line (at most 64 MB; measured: 12 MB for 540 MB), a compressed one also its
//! window, at most 128 MB. A document needs its text, up to 64 MB, and its longest part in XML without
//! elements; a saved page up to 64 MB of itself and its elements. A PDF file (at most 512 MB) is held as it
//! is, with what 32 of its pages unpack to; a picture (at most 160 million dots) as it is and with a byte for
//! each dot.

mod chunks;
mod companions;
mod config;
mod config_keys;
#[cfg(test)]
mod config_tests;
mod content;
#[cfg(test)]
mod content_tests;
mod conversion;
mod corpus_files;
mod document;
mod failing;
mod file;
mod file_cache;
mod gathered;
mod html;
mod issue_pages;
mod jsonl_reader;
mod jsonl_record;
mod layout;
mod mhtml;
mod neighbours;
mod nesting;
mod ofd;
mod office;
mod open;
mod overlay;
mod packed;
mod page_count;
mod page_image;
#[cfg(test)]
mod page_image_tests;
mod paged;
mod partial;
mod path;
mod pdf;
mod picture_beside;
mod picture_file;
mod programs;
mod read;
#[cfg(test)]
mod read_tests;
mod reading;
mod recognisers;
mod scans;
mod second_opinion;
mod shared_file;
mod siblings;
mod terminal;
mod textless;
mod unread;
mod walk;
#[cfg(test)]
mod walk_tests;
mod xml;

pub use crate::recognise::{
    Cache, KeptFile, OcrSetting, RecognitionError, SettingError, packages, remove_oldest,
};
pub use config::{Config, ConfigError, ConfigProblem, FILE_NAME as SETTINGS, SPLITTER, SYNONYMS};
pub use corpus_files::{files_at, paths_on_disk, walk, walk_with};
pub use file::{ReadOutcome, ReadReport, content_hash};
pub use packed::PackedName;
pub use page_image::{NoPageImage, PageImage, PageImageSource, PageImages};
pub use partial::{RawLines, lines_from, read_in_small_chunks};
pub use read::{Chunk, FileReader, read};
pub use reading::{PageRanges, ReadingSettings};
pub use second_opinion::{OpinionFailure, PageOpinion, SecondReader};
pub use siblings::{folder_name, publication_folder, siblings};
pub use unread::is_hidden;
pub use walk::{CorpusFile, FileFormat, FollowLinks, MAX_NAMED, WalkResult};
