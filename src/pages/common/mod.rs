//! What does the program say in English, in Chinese?

pub(crate) mod phrases;
