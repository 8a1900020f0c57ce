//! Characters that look alike: likely confusions of readers, typists and scanners. Suggestions
//! prefer them, and `≈` in a query finds texts in which they stand for one another.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// A group of folded characters in each line; lines that begin with `#` are comments.
const ROWS: &str = include_str!("shapes.tsv");

static GROUPS: LazyLock<HashMap<char, Vec<usize>>> = LazyLock::new(|| {
    let mut groups: HashMap<char, Vec<usize>> = HashMap::new();
    for (number, row) in rows().enumerate() {
        for c in row.chars() {
            groups.entry(c).or_default().push(number);
        }
    }
    groups
});

fn rows() -> impl Iterator<Item = &'static str> {
    ROWS.lines().filter(|row| !row.starts_with('#'))
}

/// Whether two folded characters look alike.
#[must_use]
pub fn look_alike(one: char, other: char) -> bool {
    let groups = |c| GROUPS.get(&c).map_or(&[][..], Vec::as_slice);
    one != other && groups(one).iter().any(|group| groups(other).contains(group))
}

/// Of so many characters of a text one may be another that looks like it.
const CHARACTERS_A_REPLACEMENT: usize = 3;
/// Characters of a text that may be others at most.
const MAX_REPLACED: usize = 2;

/// A folded text and those in which some of its characters, one of every three and two at most, are
/// others that look like them; the text itself first, no digit ever another.
#[must_use]
pub fn look_alikes(folded: &str) -> Vec<String> {
    let characters: Vec<char> = folded.chars().collect();
    let replaced = (characters.len() / CHARACTERS_A_REPLACEMENT).min(MAX_REPLACED);
    // Each with the place before which no more characters are replaced.
    let mut latest = vec![(0, characters)];
    let mut texts = latest.clone();
    for _ in 0..replaced {
        let mut next = Vec::new();
        for (from, text) in latest {
            for (place, &c) in text.iter().enumerate().skip(from) {
                for other in alternatives(c) {
                    let mut text = text.clone();
                    text[place] = other;
                    next.push((place + 1, text));
                }
            }
        }
        texts.extend(next.iter().cloned());
        latest = next;
    }
    texts.into_iter().map(|(_, text)| text.into_iter().collect()).collect()
}

/// Other characters that look like a folded one; none for a digit.
fn alternatives(c: char) -> BTreeSet<char> {
    if c.is_ascii_digit() {
        return BTreeSet::new();
    }
    let groups = GROUPS.get(&c).map_or(&[][..], Vec::as_slice);
    let members = groups.iter().filter_map(|&group| rows().nth(group)).flat_map(str::chars);
    members.filter(|other| *other != c && !other.is_ascii_digit()).collect()
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
    fn one_of_three_characters_may_be_another_and_digits_are_kept() {
        let texts = look_alikes("航空港");
        assert_eq!(texts[0], "航空港");
        assert!(texts.contains(&"航空巷".to_owned()), "{texts:?}");
        let differ = |one: &str, other: &str| {
            one.chars().zip(other.chars()).filter(|(one, other)| one != other).count()
        };
        assert!(texts[1..].iter().all(|text| differ(text, "航空港") == 1), "{texts:?}");
        let six = look_alikes("登封市航空港");
        assert!(six.contains(&"凳封市航空巷".to_owned()), "{six:?}");
        assert!(six.iter().all(|text| differ(text, "登封市航空港") <= 2), "{six:?}");
        assert_eq!(six.iter().collect::<BTreeSet<_>>().len(), six.len());
        assert_eq!(look_alikes("港"), ["港"]);
        assert_eq!(look_alikes("2010"), ["2010"]);
    }

    #[test]
    fn the_table_is_folded_and_no_group_has_less_than_two() {
        for row in rows() {
            assert!(row.chars().count() > 1, "{row}");
            assert!(row.chars().all(|c| fold_char(c) == c), "{row}");
        }
    }
}
