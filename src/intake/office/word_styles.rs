//! What the styles of a Word document say of its paragraphs: which are headings, and which are numbered.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::flow::HeadingLevel;
use super::word_numbering::NumberPlace;
use super::xml::{ElementVisit, XmlVisitor, attribute, number};

/// The styles by their ids.
#[derive(Default)]
pub(super) struct WordStyles {
    styles: HashMap<String, WordStyle>,
    /// The id of the one that is being read.
    current: Option<String>,
}

#[derive(Default)]
struct WordStyle {
    based_on: Option<String>,
    heading: Option<HeadingLevel>,
    place: NumberPlace,
}

/// Styles that are based on each other.
const MAX_BASES: usize = 16;

impl WordStyles {
    /// How high the headings in a style stand.
    pub(super) fn heading(&self, id: &str) -> Option<HeadingLevel> {
        self.bases(id).find_map(|style| style.heading)
    }

    /// The list and its level that paragraphs in a style belong to.
    pub(super) fn place(&self, id: &str) -> NumberPlace {
        let places = self.bases(id).map(|style| style.place.clone());
        places.fold(NumberPlace::default(), NumberPlace::or)
    }

    /// A style and those that it is based on.
    fn bases(&self, id: &str) -> impl Iterator<Item = &WordStyle> {
        let next = |style: &&WordStyle| self.styles.get(style.based_on.as_ref()?);
        std::iter::successors(self.styles.get(id), next).take(MAX_BASES)
    }
}

/// The level that an outline level of Word is; 9 stands for text.
pub(super) fn outline_level(tag: &BytesStart<'_>) -> Option<HeadingLevel> {
    number::<HeadingLevel>(tag, "val").map(|level| level.saturating_add(1))
}

/// The level that a style has by its name, which is the same in all languages of Word.
fn level_of_name(name: &str) -> Option<HeadingLevel> {
    let name = name.to_lowercase();
    if name == "title" {
        return Some(1);
    }
    name.strip_prefix("heading")?.trim().parse().ok()
}

impl XmlVisitor for WordStyles {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let current = self.current.as_ref().and_then(|id| self.styles.get_mut(id));
        match (tag.local_name().as_ref(), current) {
            ("style", _) => {
                let id = attribute(tag, "styleId").unwrap_or_default();
                self.styles.insert(id.clone(), WordStyle::default());
                self.current = Some(id);
            }
            ("name", Some(style)) => {
                let named = attribute(tag, "val").and_then(|name| level_of_name(&name));
                style.heading = style.heading.or(named);
            }
            ("basedOn", Some(style)) => style.based_on = attribute(tag, "val"),
            ("outlineLvl", Some(style)) => style.heading = outline_level(tag),
            ("numId", Some(style)) => style.place.list = attribute(tag, "val"),
            ("ilvl", Some(style)) => style.place.level = number(tag, "val"),
            _ => {}
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        if name == "style" {
            self.current = None;
        }
    }
}
