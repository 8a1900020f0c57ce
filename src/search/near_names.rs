//! Which districts is a name near to that nothing is called?

use super::SearchError;
use crate::gazetteer::{Gazetteer, Level};
use crate::index::place_key;
use crate::text::nearest;

/// The error for a district that nothing is called.
pub(super) fn unknown_district(name: String) -> SearchError {
    let gazetteer = Gazetteer::built_in();
    let divisions = gazetteer.divisions().filter(|division| division.level != Level::Town);
    let names = divisions.map(|division| (place_key(&division.name), division.name.as_ref()));
    let near = nearest(&place_key(&name), names);
    SearchError::UnknownDistrict { name, near }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_near_to_those_of_the_gazetteer() {
        let SearchError::UnknownDistrict { near, .. } = unknown_district("新蜜市".into()) else {
            panic!("another error")
        };
        assert!(near.iter().any(|name| name == "新密市"), "{near:?}");
    }
}
