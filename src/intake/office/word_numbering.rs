//! The numbers of a Word document's numbered paragraphs: 第一条, 一、, （三）, 1.2.

use std::collections::{HashMap, HashSet};

use quick_xml::events::BytesStart;

use super::numbers::NumberStyle;
use super::xml::{ElementVisit, XmlVisitor, attribute, number};

/// The list that a paragraph belongs to, and the level on which it stands in it, from 0.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberPlace {
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
}

impl NumberPlace {
    /// What is said here, else there.
    pub(super) fn or(self, other: Self) -> Self {
        Self { list: self.list.or(other.list), level: self.level.or(other.level) }
    }
}

/// The lists of a document, and how far each has been counted.
#[derive(Default)]
pub(super) struct WordNumbering {
    /// The lists by their ids: the scheme of each, and where levels start anew.
    lists: HashMap<String, NumberedList>,
    schemes: HashMap<String, [NumberLevel; LEVELS]>,
    /// The last numbers of each scheme, which its lists share.
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists that have begun.
    begun: HashSet<String>,
    /// What is being read.
    scheme: Option<String>,
    list: Option<String>,
    level: usize,
}

#[derive(Default)]
struct NumberedList {
    scheme: String,
    starts: [Option<u32>; LEVELS],
}

#[derive(Clone)]
struct NumberLevel {
    start: u32,
    style: NumberStyle,
    /// `第%1章`: the numbers of levels stand for `%1` to `%9`.
    text: String,
    /// Whether all numbers are decimal, whatever the style of their levels.
    is_legal: bool,
}

const LEVELS: usize = 9;

impl Default for NumberLevel {
    fn default() -> Self {
        Self { start: 1, style: NumberStyle::Decimal, text: String::new(), is_legal: false }
    }
}

impl WordNumbering {
    /// The number of the next paragraph in this place, as it is printed; empty if it has none.
    pub(super) fn next(&mut self, place: &NumberPlace) -> String {
        let level = place.level.unwrap_or_default().min(LEVELS - 1);
        let Some((id, list)) = place.list.as_ref().and_then(|id| self.lists.get_key_value(id))
        else {
            return String::new();
        };
        let Some(levels) = self.schemes.get(&list.scheme) else { return String::new() };
        let counted = self.counted.entry(list.scheme.clone()).or_default();
        if self.begun.insert(id.clone()) {
            for (last, start) in counted.iter_mut().zip(list.starts) {
                if start.is_some() {
                    *last = start.and_then(|start| start.checked_sub(1));
                }
            }
        }
        let next = counted[level].map_or(levels[level].start, |last| last.saturating_add(1));
        counted[level] = Some(next);
        counted[level + 1..].fill(None);
        for (above, known) in levels.iter().zip(counted.iter_mut()).take(level) {
            known.get_or_insert(above.start);
        }
        levels[level].label(levels, counted)
    }

    /// The level that is being read.
    fn current(&mut self) -> Option<&mut NumberLevel> {
        self.schemes.get_mut(self.scheme.as_ref()?)?.get_mut(self.level)
    }
}

impl NumberLevel {
    fn label(&self, levels: &[Self; LEVELS], counted: &[Option<u32>; LEVELS]) -> String {
        if self.style == NumberStyle::Unnumbered {
            return String::new();
        }
        let mut label = String::new();
        let mut parts = self.text.split('%');
        label.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digit = part.chars().next().and_then(|c| c.to_digit(10));
            let place = digit.and_then(|digit| (digit as usize).checked_sub(1));
            let Some((level, last)) =
                place.and_then(|place| Some((levels.get(place)?, (*counted.get(place)?)?)))
            else {
                label.push('%');
                label.push_str(part);
                continue;
            };
            let style = if self.is_legal { NumberStyle::Decimal } else { level.style };
            label.push_str(&style.write(last));
            label.push_str(part.get(1..).unwrap_or_default());
        }
        // Behind Chinese signs the gap is none that is printed in a text.
        if label.ends_with(|c: char| c.is_ascii()) {
            label.push(' ');
        }
        label
    }
}

impl XmlVisitor for WordNumbering {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let said = |name| attribute(tag, name);
        match tag.local_name().as_ref() {
            "abstractNum" => {
                let id = said("abstractNumId").unwrap_or_default();
                self.schemes.insert(id.clone(), std::array::from_fn(|_| NumberLevel::default()));
                self.scheme = Some(id);
            }
            "num" => {
                let id = said("numId").unwrap_or_default();
                self.lists.insert(id.clone(), NumberedList::default());
                self.list = Some(id);
            }
            "lvl" | "lvlOverride" => self.level = number(tag, "ilvl").unwrap_or(LEVELS),
            "abstractNumId" => {
                if let Some(list) = self.list.as_ref().and_then(|id| self.lists.get_mut(id)) {
                    list.scheme = said("val").unwrap_or_default();
                }
            }
            "startOverride" => {
                let list = self.list.as_ref().and_then(|id| self.lists.get_mut(id));
                if let Some(start) = list.and_then(|list| list.starts.get_mut(self.level)) {
                    *start = number(tag, "val");
                }
            }
            name => {
                let Some(level) = self.current() else { return ElementVisit::Inside };
                match name {
                    "start" => level.start = number(tag, "val").unwrap_or(1),
                    "numFmt" => {
                        let name = said("val").unwrap_or_default();
                        level.style = NumberStyle::of_word(&name);
                    }
                    "lvlText" => level.text = said("val").unwrap_or_default(),
                    "isLgl" => level.is_legal = said("val").is_none_or(|said| said != "0"),
                    _ => {}
                }
            }
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        match name {
            "abstractNum" => self.scheme = None,
            "num" => self.list = None,
            _ => {}
        }
    }
}
