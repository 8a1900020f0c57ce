//! Names of records and sets.

use std::fmt::Write as _;

use crate::model::ArticleId;

const IDENTIFIER: &str = "urn:dibao:article:";
const SET: &str = "publication-";

/// The publication of a set as a filter, which is empty without a set; `None` where there can be no such
/// set.
pub(crate) fn publications(set: &str) -> Option<Vec<String>> {
    if set.is_empty() {
        return Some(Vec::new());
    }
    let digits = set.strip_prefix(SET)?;
    let bytes = digits.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    });
    let name = String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()?;
    // An empty name would be no filter. Signs and capital digits are read, but no set is written so.
    (!name.trim().is_empty() && set_of(&name) == set).then(|| vec![name])
}

/// The set of a publication. The protocol allows few characters in its name: those of the name are written
/// in hexadecimal digits.
pub(crate) fn set_of(publication: &str) -> String {
    let mut set = SET.to_owned();
    for byte in publication.bytes() {
        // A string can always be written to.
        let _ = write!(set, "{byte:02x}");
    }
    set
}

/// As the feed has it.
pub(crate) fn identifier_of(id: &ArticleId) -> String {
    format!("{IDENTIFIER}{id}")
}

/// The id in an identifier.
pub(crate) fn article_id(identifier: &str) -> Option<&str> {
    identifier.strip_prefix(IDENTIFIER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_the_publication_that_it_was_made_of() {
        let set = set_of("登封日报 2");
        assert!(set.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{set}");
        assert_eq!(publications(&set), Some(vec!["登封日报 2".to_owned()]));
        assert_eq!(publications(""), Some(Vec::new()));
        for strange in [
            "a",
            "publication-",
            "publication-e",
            "publication-zz",
            "publication-ff",
            "publication-20",
            "publication-+a",
            "publication-4A",
        ] {
            assert_eq!(publications(strange), None, "{strange}");
        }
    }
}
