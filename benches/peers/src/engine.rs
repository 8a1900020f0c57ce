//! The interface of the engines, and the list of them.

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use crate::question::{Answer, Question};
use crate::{dibao, floor, ripgrep, seekstorm, sqlite};

/// Builds an index of the articles and opens it.
pub trait Engine {
    /// Builds the index in an empty folder.
    fn build(&self, articles: &Path, index: &Path) -> Result<()>;

    /// Opens the index that was built.
    fn open(&self, articles: &Path, index: &Path) -> Result<Box<dyn Opened>>;
}

/// An index that has been opened.
pub trait Opened {
    /// The first page and the exact total; `None` if the engine does not support this kind of
    /// question.
    fn ask(&self, question: &Question) -> Result<Option<Answer>>;

    /// The numbers of all articles that match, in any order.
    fn all(&self, question: &Question) -> Result<Option<Vec<u32>>>;
}

/// The engines, in the order of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Name {
    Dibao,
    Floor,
    Sqlite,
    Seekstorm,
    Ripgrep,
}

impl Name {
    /// The label of its column.
    pub fn title(self) -> &'static str {
        match self {
            Self::Dibao => "dibao",
            Self::Floor => "tantivy + jieba",
            Self::Sqlite => "SQLite FTS5 trigram",
            Self::Seekstorm => "SeekStorm",
            Self::Ripgrep => "ripgrep",
        }
    }

    pub fn engine(self) -> Box<dyn Engine> {
        match self {
            Self::Dibao => Box::new(dibao::Dibao),
            Self::Floor => Box::new(floor::Floor),
            Self::Sqlite => Box::new(sqlite::Sqlite),
            Self::Seekstorm => Box::new(seekstorm::SeekStorm),
            Self::Ripgrep => Box::new(ripgrep::Ripgrep),
        }
    }
}
