//! What a reader does all day.
