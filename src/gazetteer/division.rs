//! A division: its code, its name, its level, and the division that it lies in.

use std::borrow::Cow;

/// The level of a division in the hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 省, 自治区, 直辖市, 特别行政区.
    Province,
    /// 地级市, 地区, 自治州, 盟.
    City,
    /// 县, 区, 县级市, 旗: everything with a six-digit code of GB/T 2260.
    District,
    /// A development zone without such a code.
    Zone,
    /// 街道, 镇, 乡.
    Town,
}

/// Handle of a division, valid for the gazetteer that returned it.
pub type DivisionId = u32;

/// An administrative division or a development zone: a row of the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// The code, of 2, 4, 6 or 9 digits; zones have none.
    pub code: Option<&'static str>,
    /// The official name; for zones the city's short name and the kind.
    pub name: Cow<'static, str>,
    /// Its level.
    pub level: Level,
    /// The division that it lies in; provinces have none.
    pub parent: Option<DivisionId>,
}
