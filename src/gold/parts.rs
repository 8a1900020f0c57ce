//! The parts of an item that a person or a program stated → what fitting knows of its lines.
//!
//! Only what the labels of the splitter can agree with is told: a part at an odd place says nothing.

use serde::Deserialize;

use super::page::Item;
use crate::split::fit::{GoldKind, LineHint};

/// The lines of an item that are no text of it, by their part: ranges of 1-based lines, both ends inclusive.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Parts {
    kicker: Vec<(u32, u32)>,
    title: Vec<(u32, u32)>,
    subtitle: Vec<(u32, u32)>,
    /// Where it was taken from, and when.
    source: Vec<(u32, u32)>,
    subheading: Vec<(u32, u32)>,
    /// Authors, photographers, signatures.
    credit: Vec<(u32, u32)>,
    /// Rows of tables, numbers of documents, and whatever else there is.
    other: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ItemPart {
    Head,
    Credit,
    Text,
    Subheading,
    Other,
}

impl Parts {
    fn named(&self) -> [(ItemPart, &[(u32, u32)]); 7] {
        [
            (ItemPart::Head, &self.kicker),
            (ItemPart::Head, &self.title),
            (ItemPart::Head, &self.subtitle),
            (ItemPart::Credit, &self.source),
            (ItemPart::Credit, &self.credit),
            (ItemPart::Subheading, &self.subheading),
            (ItemPart::Other, &self.other),
        ]
    }

    fn of(&self, line: u32) -> ItemPart {
        let mut named = self.named().into_iter();
        let holds = |ranges: &[(u32, u32)]| ranges.iter().any(|&(a, b)| (a..=b).contains(&line));
        named.find(|(_, ranges)| holds(ranges)).map_or(ItemPart::Text, |(part, _)| part)
    }

    /// A range that is not within the lines of the item.
    pub fn strange(&self, item: &Item) -> Option<(u32, u32)> {
        let within = |&&(first, last): &&(u32, u32)| {
            first <= last && item.lines.iter().any(|&(a, b)| a <= first && last <= b)
        };
        let named = self.named();
        let mut ranges = named.iter().flat_map(|(_, ranges)| ranges.iter());
        ranges.find(|range| !within(range)).copied()
    }

    /// What fitting knows of the lines of the item; `filled` are those that are not blank, in order.
    pub fn hints(&self, item: &Item, filled: &[u32]) -> Vec<(u32, LineHint)> {
        let parts: Vec<ItemPart> = filled.iter().map(|&line| self.of(line)).collect();
        let hints: Vec<Option<LineHint>> = match GoldKind::of_name(&item.kind) {
            GoldKind::Heading => Vec::new(),
            GoldKind::Notice => headline(&parts, [LineHint::Head; 2]),
            GoldKind::Document => {
                headline(&parts, [LineHint::DocumentStart, LineHint::DocumentHead])
            }
            GoldKind::News | GoldKind::Photo if parts.first() == Some(&ItemPart::Head) => {
                titled(&parts)
            }
            GoldKind::News => untitled(&parts, LineHint::UntitledLead),
            GoldKind::Photo => untitled(&parts, LineHint::CaptionOrUntitledLead),
        };
        let lines = filled.iter().copied().zip(hints);
        lines.filter_map(|(line, hint)| Some((line, hint?))).collect()
    }
}

/// The lines of the headline that an item begins with: the first one, and the others.
fn headline(parts: &[ItemPart], [first, other]: [LineHint; 2]) -> Vec<Option<LineHint>> {
    let lines = parts.iter().take_while(|&&part| part == ItemPart::Head).count();
    (0..lines).map(|line| Some(if line == 0 { first } else { other })).collect()
}

/// An item that begins with its headline.
fn titled(parts: &[ItemPart]) -> Vec<Option<LineHint>> {
    let mut hints = headline(parts, [LineHint::Head; 2]);
    let rest = &parts[hints.len()..];
    let bylines = rest.iter().take_while(|&&part| part == ItemPart::Credit).count();
    let begins = rest.get(bylines) == Some(&ItemPart::Text);
    hints.extend((0..bylines).map(|_| begins.then_some(LineHint::Byline)));
    let rest = &rest[bylines..];
    if begins {
        hints.push(Some(LineHint::Lead));
        hints.extend(rest[1..].iter().map(|&part| inside(part)));
    } else {
        // What stands between a headline and its text is of no part that has a label of its own.
        let text = rest.iter().position(|&part| part == ItemPart::Text).unwrap_or(rest.len());
        hints.extend((0..rest.len().min(text + 1)).map(|_| None));
        hints.extend(rest.iter().skip(text + 1).map(|&part| inside(part)));
    }
    hints
}

/// An item that begins with its text; a headline can follow it.
fn untitled(parts: &[ItemPart], first: LineHint) -> Vec<Option<LineHint>> {
    if parts.first() != Some(&ItemPart::Text) {
        return Vec::new();
    }
    let after = parts.iter().rev().take_while(|&&part| part == ItemPart::Head).count();
    let text = &parts[1..parts.len() - after];
    let mut hints = vec![Some(if after > 0 { LineHint::UntitledLead } else { first })];
    hints.extend(text.iter().map(|&part| inside(part)));
    hints.extend((0..after).map(|_| Some(LineHint::HeadAfter)));
    hints
}

/// A line behind the first paragraph.
fn inside(part: ItemPart) -> Option<LineHint> {
    match part {
        ItemPart::Text => Some(LineHint::Continued),
        ItemPart::Credit => Some(LineHint::Credit),
        ItemPart::Subheading => Some(LineHint::Subheading),
        ItemPart::Head | ItemPart::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(kind: &str, lines: u32, parts: &str) -> Vec<(u32, LineHint)> {
        let item = Item::new(kind, None, vec![(1, lines)]);
        let parts: Parts = serde_json::from_str(parts).expect("parts");
        assert_eq!(parts.strange(&item), None);
        parts.hints(&item, &(1..=lines).collect::<Vec<_>>())
    }

    #[test]
    fn parts_of_news_are_told_where_they_stand_as_usual() {
        use LineHint::{
            Byline, Continued, Credit, Head, HeadAfter, Lead, Subheading, UntitledLead,
        };
        let parts =
            r#"{"kicker":[[1,1]],"title":[[2,2]],"credit":[[3,3],[7,7]],"subheading":[[5,5]]}"#;
        let told = [Head, Head, Byline, Lead, Subheading, Continued, Credit];
        assert_eq!(hints("news", 7, parts), (1..).zip(told).collect::<Vec<_>>());
        let after = hints("news", 3, r#"{"title":[[3,3]]}"#);
        assert_eq!(after, [(1, UntitledLead), (2, Continued), (3, HeadAfter)]);
        // A headline within the text, and a sub-heading that nothing stands above.
        assert_eq!(hints("news", 3, r#"{"title":[[2,2]]}"#), [(1, UntitledLead), (3, Continued)]);
        let above = hints("news", 4, r#"{"title":[[1,1]],"subheading":[[2,2]]}"#);
        assert_eq!(above, [(1, Head), (4, Continued)]);
        assert_eq!(hints("section", 1, r#"{"title":[[1,1]]}"#), []);
    }

    #[test]
    fn of_documents_the_headline_alone_is_told() {
        let parts = r#"{"title":[[1,2]],"other":[[3,3]],"credit":[[6,6]]}"#;
        let told = [(1, LineHint::DocumentStart), (2, LineHint::DocumentHead)];
        assert_eq!(hints("document", 6, parts), told);
    }

    #[test]
    fn a_part_outside_of_its_item_is_named() {
        let item = Item::new("news", None, vec![(3, 5)]);
        let parts: Parts = serde_json::from_str(r#"{"credit":[[5,6]]}"#).expect("parts");
        assert_eq!(parts.strange(&item), Some((5, 6)));
        assert!(serde_json::from_str::<Parts>(r#"{"author":[[5,6]]}"#).is_err());
    }
}
