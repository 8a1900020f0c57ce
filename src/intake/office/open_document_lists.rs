//! The numbers of the items and the numbered headings of an OpenDocument text.

use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::BytesStart;

use super::numbers::NumberStyle;
use super::xml::{attribute, number};

/// The lists of a document, and how far they have been counted.
#[derive(Default)]
pub(super) struct Lists {
    /// The levels of each style by its name; headings have the name `""`.
    styles: HashMap<String, [ListLevel; LEVELS]>,
    /// The last number on each level in lists of a style.
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    /// The style that is being read.
    style: Option<String>,
    /// The styles of the lists that are open, the innermost last.
    open: Vec<Rc<str>>,
    /// Whether the next paragraph is the first of an item.
    begins_item: bool,
}

#[derive(Clone)]
struct ListLevel {
    style: NumberStyle,
    prefix: String,
    suffix: String,
    start: u32,
    /// How many levels the number shows: two in 1.2.
    shown: usize,
}

const LEVELS: usize = 10;

impl Default for ListLevel {
    fn default() -> Self {
        let (prefix, suffix) = (String::new(), String::new());
        Self { style: NumberStyle::Unnumbered, prefix, suffix, start: 1, shown: 1 }
    }
}

impl Lists {
    pub(super) fn enter(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "list-style" => self.begin_style(attribute(tag, "name").unwrap_or_default()),
            "outline-style" => self.begin_style(String::new()),
            "list-level-style-number" | "outline-level-style" => self.read_level(tag),
            "list" => self.begin_list(tag),
            "list-item" => self.begin_item(tag),
            _ => {}
        }
    }

    pub(super) fn leave(&mut self, name: &str) {
        match name {
            "list-style" | "outline-style" => self.style = None,
            "list" => {
                self.open.pop();
            }
            "list-item" => self.begins_item = false,
            _ => {}
        }
    }

    /// The number before a paragraph that begins here: of the item that it is the first of, else of the
    /// heading on this level; empty if it has none.
    pub(super) fn label(&mut self, heading: Option<usize>) -> String {
        if std::mem::take(&mut self.begins_item) {
            let Some(style) = self.open.last() else { return String::new() };
            return self.written(style, self.open.len().min(LEVELS) - 1);
        }
        let Some(level) = heading.and_then(|level| level.checked_sub(1)) else {
            return String::new();
        };
        if !self.open.is_empty() || level >= LEVELS {
            return String::new();
        }
        self.count("", level);
        self.written("", level)
    }

    fn begin_style(&mut self, name: String) {
        self.styles.insert(name.clone(), Default::default());
        self.style = Some(name);
    }

    fn read_level(&mut self, tag: &BytesStart<'_>) {
        let style = self.style.as_ref().and_then(|name| self.styles.get_mut(name));
        let place = number::<usize>(tag, "level").and_then(|level| level.checked_sub(1));
        let Some(level) = style.zip(place).and_then(|(levels, place)| levels.get_mut(place)) else {
            return;
        };
        let said = |name| attribute(tag, name).unwrap_or_default();
        *level = ListLevel {
            style: NumberStyle::of_open_document(&said("num-format")),
            prefix: said("num-prefix"),
            suffix: said("num-suffix"),
            start: number(tag, "start-value").unwrap_or(1),
            shown: number(tag, "display-levels").unwrap_or(1),
        };
    }

    fn begin_list(&mut self, tag: &BytesStart<'_>) {
        let around = self.open.last().cloned();
        let style = attribute(tag, "style-name").map(Rc::from).or(around).unwrap_or_default();
        let goes_on = attribute(tag, "continue-list").is_some()
            || attribute(tag, "continue-numbering").is_some_and(|said| said == "true");
        let level = self.open.len();
        if !goes_on && let Some(counted) = self.counted.get_mut(&*style) {
            counted.iter_mut().skip(level).for_each(|last| *last = None);
        }
        self.open.push(style);
    }

    fn begin_item(&mut self, tag: &BytesStart<'_>) {
        let Some(style) = self.open.last().cloned() else { return };
        let level = self.open.len().min(LEVELS) - 1;
        self.count(&style, level);
        if let Some(start) = number(tag, "start-value") {
            self.counted.entry(style.to_string()).or_default()[level] = Some(start);
        }
        self.begins_item = true;
    }

    fn count(&mut self, style: &str, level: usize) {
        let start = self.styles.get(style).map_or(1, |levels| levels[level].start);
        let counted = self.counted.entry(style.to_owned()).or_default();
        counted[level] = Some(counted[level].map_or(start, |last| last.saturating_add(1)));
        counted[level + 1..].fill(None);
    }

    fn written(&self, style: &str, level: usize) -> String {
        let (Some(levels), Some(counted)) = (self.styles.get(style), self.counted.get(style))
        else {
            return String::new();
        };
        let own = &levels[level];
        if own.style == NumberStyle::Unnumbered {
            return String::new();
        }
        let first = (level + 1).saturating_sub(own.shown.max(1));
        let numbers: Vec<String> = (first..=level)
            .filter(|&level| levels[level].style != NumberStyle::Unnumbered)
            .map(|level| levels[level].style.write(counted[level].unwrap_or(levels[level].start)))
            .collect();
        let mut label = format!("{}{}{}", own.prefix, numbers.join("."), own.suffix);
        // Behind Chinese signs the gap is none that is printed in a text.
        if label.ends_with(|c: char| c.is_ascii() && c != ' ') {
            label.push(' ');
        }
        label
    }
}
