//! What every front end shows alike, as text or as values: requests, dates and places as they are
//! printed, findings for review, a file as the archive sees it. Nothing here prints, and nothing
//! handles requests or terminals; parameters say that they belong in a query string, since the
//! description of the interface is derived from them.

mod answer;
mod article;
mod batch;
mod checked;
mod collected;
mod curating;
mod curation_state;
mod days;
mod decision;
mod decision_place;
mod dimension;
pub mod errors;
mod figure_params;
mod figure_problem;
mod file_decisions;
mod findings;
mod lang;
mod noted;
mod noting;
mod page_marks;
mod page_pictures;
mod param_error;
mod param_values;
mod params;
mod saved;
mod snippet;
mod source_file;
mod source_view;
mod synonyms;
mod topics;
mod trend;
pub mod words;

#[cfg(feature = "program")]
pub(crate) use crate::index::reviews;
pub use crate::intake::NoPageImage;
pub use answer::{Answer, Extras, NoHits, search};
pub use article::{Identified, NoSingle, find, find_single, lines, name};
pub use batch::{
    BatchHit, BatchLine, BatchRow, MAX_TOP_HITS, batch_lines, batch_params, batch_row,
};
pub use checked::{has_its_lines, lines_kept};
pub use collected::{
    CollectedArticle, CollectedArticles, CollectionSummary, NotedRecord, collected, collected_part,
    collections, place_in_collection,
};
pub use curating::{correct, correct_all, revision, take_back};
pub use curation_state::{CurationState, EntryState};
pub use days::{DaysError, DaysParam};
pub use decision::{CorrectError, Decision, Revision, Target};
pub use dimension::Dimension;
pub use figure_params::{FigureParams, FigureStatus, SeriesParams, SeriesRequest};
pub use figure_problem::FigureProblem;
pub use file_decisions::{
    DecisionState, FileDecisions, current_file, file_path, is_about, pending_files,
};
pub use findings::{
    About, FileFindings, Finding, MAX_LISTED, Matter, in_article, in_file, of_doubtful,
    of_other_kinds,
};
pub use lang::Lang;
pub use noted::{PlacedNotes, with_notes};
pub use noting::{Desk, ItemPlace, NotingError};
pub use page_marks::{PageMarks, page_marks};
pub use page_pictures::{FoundPicture, NoPictures, PICTURE_SIDES, PagePictures, PictureError};
pub use param_error::{ParamError, ValueForm};
pub use param_values::{flag, from_name, period, whole_number};
pub use params::{DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET, PageLimits, SearchParams, Selection};
pub use saved::{FileTimes, NewSince, saved_params, saved_text};
pub use snippet::{Run, runs, spans, windows};
pub use source_file::{FileState, MAX_ROWS, ReadMode, SourceError, SourceLine};
pub use source_view::{LEAD, LineSelection, SourceView, source_view};
pub use synonyms::SynonymsFile;
pub use topics::topic_labels;
