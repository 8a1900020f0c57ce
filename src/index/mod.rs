//! The only writer of the index, and what [`search`](crate::search) must know to read it.
//!
//! An index folder holds `dibao.json` (which rules the index was made by, and which of the data
//! folders beside it is in use) and one data folder of the engine. Every article is one document
//! of the engine; so is the report on every file, so that both are committed together.
//!
//! Two kinds of fields find articles by their text. The *bigram fields* hold every pair of
//! neighbouring characters of the printed text in its search form with its position, and beside them a
//! field of single characters: they decide membership, so that every substring is found however
//! words are segmented. The *word field* holds every dictionary word of three or more characters,
//! wherever it stands, without positions: one posting list instead of a phrase for literals that are
//! such words, and a term for ranking.

mod article_fields;
mod article_writer;
mod atomic_file;
mod byte_semaphore;
mod calendar_parts;
mod checked_directory;
mod checksums;
mod cluster_finding;
mod cluster_problem;
mod corpus;
mod damage;
mod damage_log;
mod document;
mod document_ranks;
mod error;
mod fields;
mod figure;
mod folder;
mod kept_file;
mod manifest;
mod place_terms;
mod reprint_state;
mod reprints;
mod schema;
mod segment_sketches;
mod sources;
mod state;
mod stored;
mod text_fields;
mod verify;
mod writer;

pub use article_writer::ArticleWriter;
pub use cluster_finding::{ClusterFinding, ClusterReport, DiskStage};
pub use cluster_problem::ClusterProblem;
pub use corpus::{CorpusIdentity, SampledFile};
pub use damage::{Damage, Mend};
pub use error::{IndexError, IndexRule};
pub use folder::Folder;
pub use manifest::{is_index, remembered_corpus};
pub use state::IndexState;
pub use verify::{DamagedFile, IndexCheck, verify};
pub use writer::{IndexWriter, IndexWriterOptions};

pub(crate) use crate::annotate::{reviews, unit_fits};
pub(crate) use article_fields::topic_labels;
#[cfg(feature = "opensearch")]
pub(crate) use article_fields::{ArticleFields, ArticleTexts};
pub(crate) use byte_semaphore::ByteSemaphore;
pub(crate) use calendar_parts::days_of_part;
pub(crate) use damage_log::DamageLog;
pub(crate) use document_ranks::{DocumentRanks, SegmentRanks};
#[cfg(feature = "opensearch")]
pub(crate) use fields::NumberField;
pub(crate) use fields::{
    ARTICLE, DayField, EXACT_DAY, FIGURES, FILE, HAS_FORMER_IDS, OPEN_END, PATH_SEPARATOR,
    TermField, UNDATED, day_number,
};
pub(crate) use figure::{Figure, figure_key, figures_of, is_listed, listed_names, name_of_term};
#[cfg(feature = "opensearch")]
pub(crate) use folder::{rules_fingerprint, segmenter_with};
pub(crate) use place_terms::{Role, is_called, place_key, role_of, with_role};
pub(crate) use reprints::reprint_evidence;
pub(crate) use schema::{Fields, names};
pub(crate) use sources::{SourceRanks, source_column};
pub(crate) use stored::{file_reports, stored};
pub(crate) use text_fields::{PART_GAP, alphanumeric_term};
#[cfg(feature = "opensearch")]
pub(crate) use text_fields::{pair_terms, word_terms};
