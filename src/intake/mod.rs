//! The only reader of the corpus: finds its files, decodes them, and gives out texts and articles.
//!
//! Nothing in here writes, and no bad file stops a run: what is wrong with a file becomes a
//! warning that names the path, what was expected and what to do.
//!
//! ```no_run
//! use dibao::intake::{Config, Piece, read, walk};
//! # fn ingest(source: &dibao::model::SourceText) {}
//! # fn store(articles: Vec<dibao::model::Article>) {}
//! # fn main() -> Result<(), dibao::intake::ConfigError> {
//! let corpus = std::path::Path::new("corpus");
//! let config = Config::load(corpus)?;
//! let walked = walk(corpus, &[]);
//! for file in &walked.files {
//!     let mut reading = read(file, &config);
//!     for piece in reading.by_ref() {
//!         match piece {
//!             Piece::Text(source) => ingest(&source),
//!             Piece::Articles(articles) => store(articles),
//!         }
//!     }
//!     let receipt = reading.finish();
//!     println!("{}: {:?}, {} bytes", file.source, receipt.outcome, receipt.bytes);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Memory: a text file of up to 64 MB and 100 000 lines is read whole and takes its own size, that
//! of its text and 32 bytes a line; a larger one is given out in pieces of that size (measured:
//! 145 MB at the peak for one of 522 MB). To cut a piece takes 600 bytes a line more. Of a JSONL file only a batch of 4 MB and the longest line (at most 64 MB)
//! are held (12 MB for one of 540 MB); a compressed one adds its window, at most 128 MB.

mod config;
mod file;
mod html;
mod jsonl;
mod lines;
mod parts;
mod path;
mod pieces;
mod read;
mod render;
mod sentences;
mod walk;

pub use config::{Config, ConfigError, SYNONYMS};
pub use file::{Outcome, Receipt, content_hash};
pub use parts::{PlainLines, lines_from, read_in_parts};
pub use read::{Piece, Reading, read};
pub use sentences::SENTENCES;
pub use walk::{Format, FoundFile, Walked, walk};
