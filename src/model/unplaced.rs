//! Corrections that cannot be applied to the texts as they are.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::correction::{Correction, EntryId};
use super::wire::Worded;

/// A correction that is kept and not applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UnplacedCorrection {
    /// The entry.
    pub entry: EntryId,
    /// The field that it is about, as entries name it.
    pub field: String,
    /// What was decided, in words; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub now: String,
    /// Who decided.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Why it cannot be applied.
    #[serde(serialize_with = "Worded::one")]
    #[schema(value_type = Worded<UnplacedReason>)]
    pub reason: UnplacedReason,
}

/// Why a correction cannot be applied. In English as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum UnplacedReason {
    /// The corpus has no file of its name, nor one that has its lines under another name.
    FileGone,
    /// The lines that it quotes are not in the file.
    LinesGone,
    /// Its lines are in no article, or in one that has less than half of its lines in common.
    CutOtherwise,
    /// The article states no such figure.
    NoSuchRow,
    /// The characters that it corrects are not in the article.
    NoSuchText,
    /// The characters that it corrects stand in several places.
    AmbiguousText {
        /// How many.
        places: u64,
    },
    /// The lines cannot be put together like this.
    NotPossible,
    /// The value is none that the program knows.
    UnknownValue {
        /// The value.
        value: String,
    },
    /// No entry of this id was made before it.
    NothingToUndo,
    /// Another entry with other words has its id.
    SameId,
}

impl UnplacedCorrection {
    /// What is told of a correction that cannot be applied.
    #[must_use]
    pub fn of(correction: &Correction, reason: UnplacedReason) -> Self {
        Self {
            entry: correction.id.clone(),
            field: correction.change.field(),
            now: correction.change.now(),
            by: correction.by.clone(),
            at: correction.at,
            reason,
        }
    }
}

impl fmt::Display for UnplacedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FileGone => f.write_str("the corpus has no such file, nor one with its lines"),
            Self::LinesGone => f.write_str("its lines are not in the file any more"),
            Self::CutOtherwise => {
                f.write_str("its lines are in no article, or in one that is cut otherwise")
            }
            Self::NoSuchRow => f.write_str("the article states no such figure"),
            Self::NoSuchText => f.write_str("the article does not have the text that is corrected"),
            Self::AmbiguousText { places } => write!(
                f,
                "the text that is corrected stands in {places} places; give more of the text around it"
            ),
            Self::NotPossible => f.write_str("the lines cannot be put together like this"),
            Self::UnknownValue { value } => write!(f, "the value is not known: {value}"),
            Self::NothingToUndo => {
                f.write_str("it takes back an entry that was not made before it")
            }
            Self::SameId => f.write_str("another entry with other words has its id"),
        }
    }
}
