//! Without scripts.
