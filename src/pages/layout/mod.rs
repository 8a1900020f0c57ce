//! Parts shared by all pages: the frame, links, highlighted text, charts; and the
//! page of an error.

pub(crate) mod charts;
pub(crate) mod error;
pub(crate) mod focus;
pub(crate) mod formats;
pub(crate) mod frame;
pub mod links;
pub(crate) mod marked;
pub(crate) mod signed_in;
