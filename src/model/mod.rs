//! What does the program speak of? Plain values without any input or output: articles, records,
//! dates, lines, and what the splitter makes of a file.
//!
//! Every other module takes and gives these types; none of them opens a file, knows an engine or
//! reads a clock.

mod article;
mod article_part;
mod correction;
mod cut;
mod date;
mod date_rule;
mod district_role;
mod doubtful;
mod failure_reason;
mod figure_check;
mod file_warning;
mod file_warning_text;
mod id;
mod indicator;
mod kind;
mod line;
mod line_roles;
mod misread;
mod named_files;
mod notes;
mod record;
mod reprint;
mod review;
mod source;
mod span;
mod split_file;
mod text_field;
mod unplaced;
mod unread_kind_text;
mod warning;
mod wire;

pub use article::{Article, GivenFields};
pub use article_part::{ArticlePart, LineBox};
pub use correction::{
    Anchor, AppliedCorrection, Change, Correction, Days, EntryId, IndicatorCorrection, MAX_QUOTE,
    TextCorrection,
};
pub use cut::{Cut, Reason, cut_confidence_is_low};
pub use date::{Basis, CivilDate, DateInterval, DateMention, DateNote, Precision, day_number};
pub use date_rule::{DateInference, DateRule, DateSource};
pub use district_role::DistrictRole;
pub use doubtful::{DoubtfulPlace, DoubtfulWords, StatedDoubt};
pub use failure_reason::FailureReason;
pub use figure_check::{WrongSum, figure_confidence_is_low, wrong_sums};
pub use file_warning::{FieldForm, FileWarning, UnreadKind};
pub use id::{ArticleId, ArticleIds};
pub use indicator::{
    ChangeKind, DistrictBasis, FigureKind, Indicator, IndicatorChange, IndicatorDistrict,
    IndicatorPeriod, IndicatorRule, IndicatorStatus, PeriodBasis, period_label,
};
pub use kind::Kind;
pub use line::{Line, LinePlace, LineRange, LineRole, PageArea, PrintedAbove};
pub use line_roles::{LineRoles, RoleRun};
pub use misread::{Misread, PrintedText};
pub use named_files::NamedFiles;
pub use notes::{ArticleNotes, Collection, CollectionItem, Notebook, ReaderNote};
pub use record::{Byline, Genre, Issue, IssueDate, Place, Record, Topic};
pub use reprint::{ReprintDecision, ReprintEvidence};
pub use review::Review;
pub use source::{FileReport, SourceMeta, SourceText, StatedArticle, WEB_PAGES};
pub use span::{ByteRange, Span};
pub use split_file::{ContentsEntry, SplitFile};
pub use text_field::TextField;
pub use unplaced::{UnplacedCorrection, UnplacedReason};
pub use warning::ArticleWarning;
pub use wire::Worded;
