//! Which names is one near to that nothing is called?

/// Names that are offered instead of one that nothing is called.
const MAX_NEAR: usize = 5;
/// Characters of what was typed above which it is no name.
const MAX_CHARS: usize = 40;
/// Similarity, from 0 to 1, from which a name is offered.
const MIN_SIMILARITY: f64 = 0.5;

/// The names that are nearest to a folded one, of folded names with what they are shown as.
#[must_use]
pub fn nearest<'n>(typed: &str, names: impl Iterator<Item = (String, &'n str)>) -> Vec<String> {
    if typed.chars().count() > MAX_CHARS {
        return Vec::new();
    }
    let similar = |(name, shown): (String, &'n str)| {
        let similarity = similarity(typed, &name);
        (similarity >= MIN_SIMILARITY).then_some((similarity, shown))
    };
    let mut near: Vec<(f64, &str)> = names.filter_map(similar).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut shown: Vec<String> = Vec::new();
    for (_, name) in near {
        if shown.len() < MAX_NEAR && !shown.iter().any(|known| known == name) {
            shown.push(name.to_owned());
        }
    }
    shown
}

/// From 0 to 1: how many edits a name is away from another (Damerau–Levenshtein), or how much of the
/// longer one the shorter one is, if it is a part of it.
fn similarity(typed: &str, name: &str) -> f64 {
    let edits = strsim::normalized_damerau_levenshtein(typed, name);
    let (short, long) = if typed.len() < name.len() { (typed, name) } else { (name, typed) };
    let chars = |text: &str| text.chars().count() as f64;
    if chars(short) < 2.0 || !long.contains(short) {
        return edits;
    }
    edits.max(MIN_SIMILARITY.midpoint(chars(short) / chars(long)).max(MIN_SIMILARITY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_near_to_those_that_differ_little_or_have_it_within() {
        let names = ["地区生产总值", "人均地区生产总值", "一般公共预算收入", "进出口总额"];
        let near = |typed: &str| nearest(typed, names.iter().map(|name| ((*name).into(), *name)));
        assert_eq!(near("地区生产总直"), ["地区生产总值", "人均地区生产总值"]);
        assert_eq!(near("公共预算收入"), ["一般公共预算收入"]);
        assert_eq!(near("进出口"), ["进出口总额"]);
        assert!(near("天气").is_empty());
    }
}
