//! The program from outside: what is printed where, in which shape, with which exit code.
//!
//! - `place`: a corpus and an index in a folder of their own, and the program run on them
//! - `search`, `show`, `export`, `cite`, `stats`, `trend`, `diff`, `check`, `correct`, `serve`, `mcp`,
//!   `ingest`, `split`, `fit`, `demo`, `batch`, `saved` (with `new`): one file per command
//! - `notes`: tags, notes and collections
//! - `verify`: manifests of exports, and files compared with them
//! - `chinese`: all of it in Chinese, and what does not depend on the language
//! - `documents`: documents and archives in a corpus
//! - `recognition`: pictures in a corpus
//! - `webpages`: saved web pages of many kinds
//! - `damage`: damaged files, other corpora, full places
//! - `watch`: a folder that is watched
//! - `manners`: exit codes, pipes, colours, errors, help

mod batch;
mod check;
mod chinese;
mod cite;
mod correct;
mod damage;
mod demo;
mod diff;
mod documents;
mod export;
mod fit;
mod indicators;
mod ingest;
mod manners;
mod mcp;
mod notes;
mod opinion;
mod place;
mod recognition;
mod saved;
mod search;
mod serve;
mod show;
mod split;
mod stats;
mod trend;
mod verify;
#[cfg(unix)]
mod watch;
mod webpages;
