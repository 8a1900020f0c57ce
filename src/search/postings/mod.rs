//! In which articles do characters and strings stand, and where?

pub(crate) mod bigrams;
pub(crate) mod near;
#[cfg(test)]
mod near_tests;
pub(crate) mod positional;
#[cfg(test)]
mod positional_tests;
