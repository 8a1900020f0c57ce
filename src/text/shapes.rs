//! Characters that look alike: likely confusions of readers, typists and scanners, which
//! suggestions prefer.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A group of folded characters in each line; lines that begin with `#` are comments.
const ROWS: &str = include_str!("shapes.tsv");

static GROUPS: LazyLock<HashMap<char, Vec<usize>>> = LazyLock::new(|| {
    let mut groups: HashMap<char, Vec<usize>> = HashMap::new();
    for (number, row) in ROWS.lines().filter(|row| !row.starts_with('#')).enumerate() {
        for c in row.chars() {
            groups.entry(c).or_default().push(number);
        }
    }
    groups
});

/// Whether two folded characters look alike.
#[must_use]
pub fn look_alike(one: char, other: char) -> bool {
    let groups = |c| GROUPS.get(&c).map_or(&[][..], Vec::as_slice);
    one != other && groups(one).iter().any(|group| groups(other).contains(group))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_char;

    #[test]
    fn members_of_a_group_look_alike_and_others_do_not() {
        assert!(look_alike('己', '已') && look_alike('已', '己') && look_alike('巷', '港'));
        assert!(!look_alike('己', '己') && !look_alike('氢', '产'));
    }

    #[test]
    fn the_table_is_folded_and_no_group_has_less_than_two() {
        for row in ROWS.lines().filter(|row| !row.starts_with('#')) {
            assert!(row.chars().count() > 1, "{row}");
            assert!(row.chars().all(|c| fold_char(c) == c), "{row}");
        }
    }
}
