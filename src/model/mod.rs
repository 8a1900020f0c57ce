//! What the program speaks of: plain values without any input or output.
//!
//! Every other module takes and gives these types; none of them opens a file, knows an engine or
//! reads a clock.

mod article;
mod date;
mod id;
mod line_roles;
mod record;
mod review;
mod sentence;
mod source;
mod split_file;

pub use article::{Article, Cut, GivenFields, Kind, Reason, cut_confidence_is_low};
pub use date::{Basis, CivilDate, DateInterval, DateNote, Precision, day_number};
pub use id::{ArticleId, ArticleIds};
pub use line_roles::{LineRoles, RoleRun};
pub use record::{Byline, Issue, IssueDate, Place, Record, Topic};
pub use review::Review;
pub use sentence::filled;
pub(crate) use sentence::sentences;
pub use source::{ByteRange, FileReport, Line, LineRange, LineRole, SourceMeta, SourceText, Span};
pub use split_file::{ContentsEntry, SplitFile};
