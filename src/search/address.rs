//! Where an engine keeps a document.

/// Where an engine keeps a document, as it was when the archive was opened. It means something to this
/// engine alone; the order is the one in which it reads them fastest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Address {
    /// The part of the index.
    pub(crate) part: u32,
    /// The document in it.
    pub(crate) number: u32,
}
