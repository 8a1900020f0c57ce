//! Who issued an official document, and under which number?
//!
//! Both are read by their printed form: the number (文号) by its brackets, year and agency
//! abbreviation, the issuer from the title, the line above the signature, or the number of an order.

pub(crate) mod docno;
pub(crate) mod issuer;
