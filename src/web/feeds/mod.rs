//! What do feed readers, browsers and crawlers get?

pub(crate) mod crawlers;
pub(crate) mod feed;
pub(crate) mod latest;
pub(crate) mod xml;
