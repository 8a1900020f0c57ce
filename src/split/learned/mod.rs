//! Features whose weights are fitted: the classes of the lines around a unit, characters at the ends
//! of lines, what recurs in the publication, and words shared with the units beside it.
//!
//! A feature is a template with up to three arguments (`Key`); the fitted table has a row for each
//! that was seen often enough.

mod class;
mod forms;
mod frames;
mod habits;
mod key;
mod named;
mod series;
mod shares;
mod templates;

pub(super) use class::{LineClass, MAX_LINE};
pub(super) use forms::{UnitForms, form_names};
pub(super) use frames::{add_starts, frames};
pub use habits::Habits;
pub(super) use key::{Group, Key, names};
pub(super) use shares::{FRAMES, FrameShares};
pub(super) use templates::keys;
