//! Whether a name is that of a place that a publication can be of.

use crate::gazetteer::{Gazetteer, Level};
use crate::text::nearest;

/// Names that may have been meant by one that is no region: nothing is called so, or several places are, which
/// then are these. `None` for a region.
#[must_use]
pub fn not_a_region(name: &str) -> Option<Vec<String>> {
    let gazetteer = Gazetteer::built_in();
    match gazetteer.resolve_ids(name).as_slice() {
        [_] => None,
        [] => {
            let divisions = gazetteer.divisions().filter(|division| division.level != Level::Town);
            Some(nearest(name, divisions.map(|one| (one.name.to_string(), one.name.as_ref()))))
        }
        several => Some(several.iter().map(|one| gazetteer.path(*one).concat()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_no_place_or_of_several_is_no_region() {
        for region in ["新密市", "410183", "河南省"] {
            assert_eq!(not_a_region(region), None, "{region}");
        }
        let near = not_a_region("新蜜市").expect("none is called so");
        assert!(near.iter().any(|name| name == "新密市"), "{near:?}");
        let several = not_a_region("鼓楼区").expect("several are called so");
        assert!(several.len() > 1 && several.iter().any(|name| name == "河南省开封市鼓楼区"));
        assert_eq!(not_a_region("天上"), Some(Vec::new()));
    }
}
