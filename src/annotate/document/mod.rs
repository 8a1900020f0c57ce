//! What does an official document say of itself: its number, its issuer, its signature?

pub mod docno;
pub mod issuer;
pub(crate) mod signature;
