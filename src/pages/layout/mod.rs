//! What stands on every page: the frame, addresses of the others, marked text, drawings; and the
//! page of an error?

pub(crate) mod charts;
pub(crate) mod error;
pub(crate) mod frame;
pub mod links;
pub(crate) mod marked;
