//! Whom an article concerns: a place, the whole country, or the dealings of states.

use super::mentions::ScannedText;
use crate::model::Basis;

/// Bytes of the text that count as its beginning.
pub(crate) const FRONT_BYTES: usize = 360;

/// Words of reports on the whole country.
const NATIONAL: [&str; 24] = [
    "国务院",
    "总书记",
    "国家主席",
    "全国人大",
    "全国政协",
    "中共中央",
    "政治局",
    "外交部",
    "商务部",
    "财政部",
    "国家发展改革委",
    "国家发改委",
    "我国",
    "全国",
    "各地",
    "多地",
    "联合国",
    "总统",
    "国家统计局",
    "工信部",
    "央行",
    "国防部",
    "两国",
    "中央",
];
/// Words of reports on the dealings of states, to which cities are venues.
const DEALINGS: [&str; 10] =
    ["会见", "会谈", "贺信", "贺电", "总统", "首脑", "国事访问", "访华", "委员长会议", "代表大会"];

/// Whom an article concerns, by its headline and its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Neither of the others.
    Local,
    /// The whole country.
    National,
    /// The dealings of states, and of those who stand at their heads.
    State,
}

impl Reach {
    pub(crate) fn of(passages: &[ScannedText<'_>]) -> Self {
        let begins_with = |words: &[&str]| {
            passages.iter().filter(|passage| passage.basis != Basis::Body).any(|passage| {
                let text = passage.folded.text.as_str();
                let front = (0..=FRONT_BYTES.min(text.len())).rev().find_map(|end| text.get(..end));
                front.is_some_and(|front| words.iter().any(|word| front.contains(word)))
            })
        };
        if begins_with(&DEALINGS) {
            Self::State
        } else if begins_with(&NATIONAL) {
            Self::National
        } else {
            Self::Local
        }
    }
}
