//! Why something could not be read, unpacked, converted or recognised.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

/// Why something could not be read, unpacked, converted or recognised; in English as text. What helps
/// depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FailureReason {
    /// There is no more room on the disk, or in the folder for temporary files.
    #[error("no room left on the disk")]
    NoRoom,
    /// The system does not allow it.
    #[error("permission denied")]
    NotPermitted,
    /// It is not there.
    #[error("it is not there")]
    NotThere,
    /// It ends before what should stand in it.
    #[error("it breaks off")]
    BreaksOff,
    /// It has something that its format does not allow there.
    #[error("it is not as its format asks")]
    Malformed,
    /// It is compressed in a way that is not read.
    #[error("it is compressed in a way that is not read")]
    OtherCompression,
    /// The disk or the network fails.
    #[error("the disk or the network cannot read it")]
    ReadError,
    /// It lacks a part.
    #[error("it lacks {part}")]
    Lacks {
        /// What its format calls the part.
        part: String,
    },
    /// It has more parts than are read.
    #[error("more than {most} parts")]
    TooManyParts {
        /// How many are read at most.
        most: u64,
    },
    /// Its elements lie within each other deeper than is read.
    #[error("elements within each other without end")]
    TooDeep,
    /// It is larger than is read.
    #[error("larger than {megabytes} MB")]
    TooManyBytes {
        /// Megabytes at most.
        megabytes: u64,
    },
    /// It has more dots than are recognised.
    #[error("the picture is too large")]
    TooManyDots,
    /// It is a picture that cannot be decoded, or a page that cannot be drawn.
    #[error("the page cannot be drawn")]
    NotDrawn,
    /// A program took longer than it may.
    #[error("it took longer than {seconds} seconds")]
    TookTooLong {
        /// Seconds at most.
        seconds: u64,
    },
    /// A program ended without what was asked of it, or with something else.
    #[error("nothing that can be read came of it")]
    NoResult,
    /// What a program made of it before is wanted, and no longer kept.
    #[error("what was made of it is no longer kept")]
    NotKept,
    /// What the system, a program or a library says, in its own words.
    #[error("{text}")]
    Said {
        /// These words.
        text: String,
    },
}

impl FailureReason {
    /// What something says in its own words.
    pub fn said(text: &(impl ToString + ?Sized)) -> Self {
        Self::Said { text: text.to_string() }
    }
}
