//! What the places of lines on their pages say: which line continues a paragraph, and what is printed as
//! headlines, text and captions are.
//!
//! Files without places get none of it, and are split by their text alone.
//!
//! - `measures`: sizes of type, edges of columns and gaps, relative to what is usual on the page
//! - `nameplate`: the name of the paper over a page
//! - `paragraphs`: whether a line continues the one before it
//! - `printed`: the features of a unit by its place, and their weights (`layout.tsv`)

mod measures;
mod nameplate;
mod paragraphs;
mod printed;

pub(super) use measures::FilePlaces;
pub(super) use nameplate::nameplates;
pub(super) use paragraphs::continues;
pub(super) use printed::{LAYOUT, PrintedUnits};
