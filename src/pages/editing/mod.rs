//! Pages for those who write.

pub(crate) mod login;
