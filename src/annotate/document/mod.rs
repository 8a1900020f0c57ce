//! What an article is by its form: a notification, a regulation, an editorial, a poem? Who issued an
//! official document, and under which number?
//!
//! All is read by the printed form: the number (文号) by its brackets, year and agency
//! abbreviation, the issuer from the title, the line above the signature, or the number of an order,
//! the genre (文种, 体裁) from the end of the title, a label above it, or the lines of a poem.

pub(crate) mod docno;
pub(crate) mod genre;
pub(crate) mod issuer;
