//! What a reader sees in a browser: values in, HTML out. Nothing here asks the archive, opens a
//! file or knows of connections; `web` does, and hands over what it found.
//!
//! Everything works without a script. Text is escaped by the templates (maud); no page has inline
//! styles or scripts, so that the strictest policy for contents holds.

mod frame;
mod lang;
pub mod words;

pub use frame::{Frame, frame};
pub use lang::Lang;
