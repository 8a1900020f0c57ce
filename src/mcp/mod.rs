//! The archive as tools for language models (Model Context Protocol). `server` speaks the protocol,
//! `tools` has one file per tool, `resources` what can be read; `schema` derives what a tool takes and
//! gives from the types that the HTTP interface has, and `arguments` reads the former. How messages
//! come and go is not known here: whoever serves them (`access`) lets questions into the archive.

pub(crate) mod access;
pub(crate) mod arguments;
mod article_head;
pub(crate) mod error;
mod reply;
mod resources;
mod schema;
mod server;
mod tools;

pub(crate) use access::{ArchiveAccess, Caller, Question, ToolContext};
pub(crate) use error::ToolError;
pub(crate) use reply::Reply;
pub(crate) use server::McpServer;
