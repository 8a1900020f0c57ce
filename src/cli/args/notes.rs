//! The arguments of tags, notes and collections.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::author::AuthorArgs;
use super::values::{OutputFormat, by_name};
use crate::export::{CitationStyle, Format};

/// Write notes on articles, or list them
#[derive(Debug, Args)]
#[command(after_help = "\
Without ID all notes and tags are listed, with ID those of the article. Notes, tags and collections are
kept in the folder of --curation, and outlive every ingest. What is about an article that is not found any
more is listed behind the others.
Examples:
  dibao note k7q2 核对：里程与年鉴不合 --passage 全长12公里
  dibao note k7q2
  dibao note k7q2 --remove 5t0kq2m9x4vd
Exit codes: 0 done or found, 1 nothing there, 2 error.")]
pub(crate) struct NoteArgs {
    /// Id of the article, or a unique prefix of it
    pub id: Option<String>,
    /// What the note says
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    /// The words of the article that the note is about
    #[arg(long, value_name = "WORDS", requires = "text")]
    pub passage: Option<String>,
    /// Take back the note of this id
    #[arg(long, value_name = "NOTE", requires = "id", conflicts_with = "text")]
    pub remove: Option<String>,
    #[command(flatten)]
    pub author: AuthorArgs,
    /// Output format of the list
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Tag articles, or list the tags
#[derive(Debug, Args)]
#[command(after_help = "\
Without arguments the tags are listed with their numbers of articles.
Examples:
  dibao tag 县志·交通 k7q2 9x4t
  dibao search 通车 --format jsonl --limit 50 | jq -r .id | dibao tag 县志·交通 -
  dibao tag 县志·交通 k7q2 --remove
  dibao search 标签:县志·交通
Exit codes: 0 done or found, 1 nothing there, 2 error.")]
pub(crate) struct TagArgs {
    /// The tag
    #[arg(value_name = "TAG", requires = "ids")]
    pub tag: Option<String>,
    /// Ids of articles, or unique prefixes; `-` reads them from stdin, one per line
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Take the tag off the articles
    #[arg(long, requires = "ids")]
    pub remove: bool,
    #[command(flatten)]
    pub author: AuthorArgs,
    /// Output format of the list
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Collect articles in an order, with a remark on each
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dibao collection new 交通志·第三章 --about 1949年以后的公路
  dibao collection add 交通志·第三章 k7q2 --remark 通车的首次报道
  dibao collection move 交通志·第三章 9x4t --after k7q2
  dibao collection export 交通志·第三章 -o 第三章.docx
  dibao search 收藏:交通志·第三章
Exit codes: 0 done or found, 1 nothing there, 2 error.")]
pub(crate) struct CollectionArgs {
    #[command(subcommand)]
    pub action: CollectionAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CollectionAction {
    /// List the collections
    List {
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: OutputFormat,
    },
    /// Begin a collection, or say what one is for
    New {
        /// Name of the collection
        name: String,
        /// What it is for
        #[arg(long, value_name = "TEXT")]
        about: Option<String>,
        #[command(flatten)]
        author: AuthorArgs,
    },
    /// Add articles, or change the remark on one
    Add {
        /// Name of the collection
        name: String,
        /// Ids of articles, or unique prefixes; `-` reads them from stdin, one per line
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// What is to be said about them
        #[arg(long, value_name = "TEXT")]
        remark: Option<String>,
        #[command(flatten)]
        place: PlaceArgs,
        #[command(flatten)]
        author: AuthorArgs,
    },
    /// Move an article within the order; without a place, to the end
    Move {
        /// Name of the collection
        name: String,
        /// Id of the article, or a unique prefix
        id: String,
        #[command(flatten)]
        place: PlaceArgs,
        #[command(flatten)]
        author: AuthorArgs,
    },
    /// Take articles out
    Remove {
        /// Name of the collection
        name: String,
        /// Ids of articles, or unique prefixes
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        author: AuthorArgs,
    },
    /// Print a collection in its order
    Show {
        /// Name of the collection
        name: String,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: OutputFormat,
    },
    /// Write a collection to a file, in its order and with its remarks
    Export {
        /// Name of the collection
        name: String,
        /// Output format [default: by the extension of the file, else jsonl]
        #[arg(long, value_parser = by_name::<Format>(Format::ALL.map(Format::as_str)))]
        format: Option<Format>,
        /// Citation style of md, cite and reading cards: its name, or a CSL file
        #[arg(long, value_name = "STYLE", value_hint = ValueHint::FilePath)]
        #[arg(default_value = CitationStyle::BUILT_IN[0])]
        style: String,
        /// Address at which the archive is served, for links to the articles; xlsx, docx, html
        /// and epub
        #[arg(long, value_name = "URL", value_parser = super::public_url)]
        address: Option<String>,
        /// Write to this file, which appears once it is complete
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
        /// Do not write FILE.manifest.json beside FILE
        #[arg(long)]
        no_manifest: bool,
    },
}

/// Where an article stands in a collection.
#[derive(Debug, Default, Args)]
pub(crate) struct PlaceArgs {
    /// Behind this article
    #[arg(long, value_name = "ID", conflicts_with = "first")]
    pub after: Option<String>,
    /// Before all others
    #[arg(long)]
    pub first: bool,
}
