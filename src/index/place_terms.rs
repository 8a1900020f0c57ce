//! How names of people and places stand in the index: after the mark of a role, and in one form.

use crate::model::{DistrictRole, Place};
use crate::text::fold_char;

/// Who made an article, in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Reporter,
    Correspondent,
    Photographer,
}

impl Role {
    /// Prefix of a name of this role in the field of authors.
    pub(crate) fn mark(self) -> char {
        match self {
            Self::Reporter => 'r',
            Self::Correspondent => 'c',
            Self::Photographer => 'p',
        }
    }
}

/// A name, code or path of a district of this role, as the fields of places have it.
pub(crate) fn with_role(role: DistrictRole, value: &str) -> String {
    let mark = match role {
        DistrictRole::About => 'a',
        DistrictRole::Issuer => 'i',
        DistrictRole::Mentioned => 'm',
        DistrictRole::Origin => 'o',
    };
    format!("{mark}{value}")
}

/// The role and the value that [`with_role`] put together.
pub(crate) fn role_of(marked: &str) -> (DistrictRole, &str) {
    let value = marked.get(1..).unwrap_or_default();
    let role = match marked.chars().next() {
        Some('i') => DistrictRole::Issuer,
        Some('m') => DistrictRole::Mentioned,
        Some('o') => DistrictRole::Origin,
        _ => DistrictRole::About,
    };
    (role, value)
}

/// A district's name as it is compared.
pub(crate) fn place_key(name: &str) -> String {
    name.trim().chars().map(fold_char).collect()
}

/// Whether a requested name, in the form of [`place_key`], means a unit of this name.
pub(crate) fn is_called(name: &str, key: &str) -> bool {
    place_key(name) == key || short_name(name).is_some_and(|short| place_key(short) == key)
}

/// 登封 for 登封市: what people call a place. Two characters must be left.
pub(super) fn short_name(name: &str) -> Option<&str> {
    let short = name.strip_suffix(['省', '市', '县', '区', '镇', '乡'])?;
    (short.chars().count() >= 2).then_some(short)
}

/// Codes of GB/T 2260 and its extension: province 2 digits, city 4, county 6, town 9. Shorter
/// codes are also given padded to six digits, as they are written.
pub(super) fn codes(place: &Place) -> Vec<String> {
    let Some(code) = place.code.as_deref().filter(|code| code.is_ascii()) else {
        return Vec::new();
    };
    let mut codes = vec![code.to_owned()];
    for level in [2, 4, 6] {
        if let Some(upper) = code.get(..level) {
            codes.push(upper.to_owned());
            codes.push(format!("{upper:0<6}"));
        }
    }
    codes
}
