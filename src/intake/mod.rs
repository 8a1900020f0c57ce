//! The only reader of the corpus: finds its files, decodes them, and gives out texts and articles.
//!
//! Nothing in here writes, and no bad file stops a run: what is wrong with a file becomes a
//! warning that names the path, what was expected and what to do.
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
//! Memory: a text file of up to 64 MB and 100 000 lines is read whole and takes its own size, that
//! of its text and 32 bytes a line; a larger one is given out in chunks of that size (measured:
//! 145 MB at the peak for one of 522 MB). To cut a chunk takes 600 bytes a line more. Of a JSONL file only a batch of 4 MB and the longest line (at most 64 MB)
//! are held (12 MB for one of 540 MB); a compressed one adds its window, at most 128 MB.

mod chunks;
mod config;
mod file;
mod html;
mod jsonl_reader;
mod jsonl_record;
mod partial;
mod path;
mod read;
mod render;
mod sentences;
mod walk;

pub use config::{Config, ConfigError, SYNONYMS};
pub use file::{ReadOutcome, ReadReport, content_hash};
pub use partial::{RawLines, lines_from, read_in_small_chunks};
pub use read::{Chunk, FileReader, read};
pub use sentences::SENTENCES;
pub use walk::{CorpusFile, FileFormat, WalkResult, walk};
