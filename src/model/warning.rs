//! What a person should know about an article.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A warning about an article. `Display` is in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ArticleWarning {
    /// The file states a topic that the topic table lacks.
    UnknownTopic {
        /// The topic as stated.
        topic: String,
    },
    /// The name of a place is misprinted.
    ReadAs {
        /// The words in the text.
        printed: String,
        /// The place that they were taken for.
        name: String,
    },
    /// An ambiguous place name that the text does not resolve.
    UnclearPlace {
        /// The words in the text.
        printed: String,
    },
}

impl fmt::Display for ArticleWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTopic { topic } => {
                write!(f, "the topic “{topic}” that the file states is not in the topic table")
            }
            Self::ReadAs { printed, name } => write!(f, "{printed} was read as {name}"),
            Self::UnclearPlace { printed } => write!(f, "it is not clear which {printed} is meant"),
        }
    }
}
