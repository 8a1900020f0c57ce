//! Sentences of the program with parts that vary: a pattern with `{}` where a part stands, kept in
//! lists, so that what is said to people can be said in another language too.

use std::fmt::{Display, Write};

/// A sentence with its parts put in, one for each `{}` in their order.
#[must_use]
pub fn filled(sentence: &str, parts: &[&dyn Display]) -> String {
    let mut said = String::with_capacity(sentence.len() + 16 * parts.len());
    let mut parts = parts.iter();
    for (place, piece) in sentence.split("{}").enumerate() {
        if place > 0
            && let Some(part) = parts.next()
        {
            // Writing to a string cannot fail.
            let _ = write!(said, "{part}");
        }
        said.push_str(piece);
    }
    said
}

/// Names sentences for the module around, and lists all of them, so that none is left out of the
/// list: `sentences! { LIST: NAME = "…"; }`.
macro_rules! sentences {
    ($(#[$about:meta])* $list:ident: $($name:ident = $english:expr;)*) => {
        $(pub(crate) const $name: &str = $english;)*
        $(#[$about])*
        pub const $list: &[&str] = &[$($name),*];
    };
}
pub(crate) use sentences;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_in_their_order_and_are_not_read_as_patterns() {
        assert_eq!(filled("line {}: {}!", &[&7, &"{} is odd"]), "line 7: {} is odd!");
        assert_eq!(filled("nothing varies", &[]), "nothing varies");
        assert_eq!(filled("{} and {}", &[&1]), "1 and ");
    }
}
