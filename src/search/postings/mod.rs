//! In which documents do characters and strings occur, and where?

mod bigrams;
pub(super) mod near;
#[cfg(test)]
mod near_tests;
mod positional;
#[cfg(test)]
mod positional_tests;

pub(super) use positional::PositionalQuery;
