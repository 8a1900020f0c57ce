//! What a reader sees in a browser: values in, HTML out. Nothing here asks the archive, opens a
//! file or knows of connections; `web` does, and hands over what it found.
//!
//! Everything works without a script. Text is escaped by the templates (maud); no page has inline
//! styles or scripts, so that the strictest policy for contents holds.

mod error;
mod frame;
mod lang;
pub mod words;

pub use error::error;
pub use frame::{Frame, frame};
pub use lang::Lang;

/// The style sheet of all pages.
pub const STYLE: &str = include_str!("style.css");
/// The script of all pages, which none of them needs.
pub const SCRIPT: &str = include_str!("script.js");
/// The mark of the program.
pub const ICON: &str = include_str!("icon.svg");
