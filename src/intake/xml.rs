//! Goes through XML element by element, in memory that the text of one element needs. Names are without their
//! prefixes: which one a program takes for a namespace is its own affair.

use std::borrow::Cow;
use std::io::{self, BufRead};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::failing::reason_of;
use crate::model::FailureReason;

/// What is done with the content of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementVisit {
    Inside,
    Skip,
}

/// What is told of the elements of a document, in order.
pub(super) trait XmlVisitor {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit;

    /// An element that was visited inside ends.
    fn leave(&mut self, _name: &str) {}

    fn text(&mut self, _text: &str) {}

    /// Whether no more is wanted.
    fn is_full(&self) -> bool {
        false
    }
}

/// Elements within each other. Tables in tables are a dozen levels each.
const MAX_DEPTH: usize = 100_000;

/// Bytes of an attribute. Those that are read are names, numbers and paths.
const MAX_ATTRIBUTE: usize = 4096;

/// Goes through a document to its end.
///
/// # Errors
/// When it is not well-formed or cannot be read; what comes before has been told.
pub(super) fn visit(input: impl BufRead, visitor: &mut impl XmlVisitor) -> quick_xml::Result<()> {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut open = 0_usize;
    // Elements within one that is skipped, itself counted.
    let mut skipped = 0u64;
    let mut buffer = Vec::new();
    while !visitor.is_full() {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer)?;
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            Event::Eof if open > 0 => return Err(fault(FailureReason::BreaksOff)),
            _ => {}
        }
        if open > MAX_DEPTH {
            return Err(fault(FailureReason::TooDeep));
        }
        match event {
            Event::Start(_) if skipped > 0 => skipped += 1,
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::Start(tag) => skipped = u64::from(visitor.enter(&tag) == ElementVisit::Skip),
            Event::End(tag) => visitor.leave(tag.local_name().as_ref()),
            Event::Text(text) if skipped == 0 => visitor.text(&text),
            Event::CData(text) if skipped == 0 => visitor.text(&text),
            Event::GeneralRef(named) if skipped == 0 => {
                visitor.text(&character(&named));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(())
}

fn fault(reason: FailureReason) -> quick_xml::Error {
    io::Error::other(reason).into()
}

/// What a reference to a character stands for; the reference itself if it is of the document's own making.
fn character(named: &BytesRef<'_>) -> String {
    match named.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => match resolve_predefined_entity(named) {
            Some(text) => text.to_owned(),
            None => format!("&{};", &**named),
        },
    }
}

/// An attribute by its name without a prefix; `None` if it is longer than a name can be.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    attribute_up_to(MAX_ATTRIBUTE, tag, name)
}

fn attribute_up_to(most: usize, tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|found| found.key.local_name().as_ref() == name)?;
    if found.value.len() > most {
        return None;
    }
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), |value| value.to_string()))
}

/// The attributes as they are written, by their names without prefixes, but those longer than a name can be.
pub(super) fn attributes<'t>(
    tag: &'t BytesStart<'_>,
) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let short = attributes.flatten().filter(|found| found.value.len() <= MAX_ATTRIBUTE);
    short.map(|found| (found.key.local_name().into_inner(), found.value))
}

/// An attribute that is a number.
pub(super) fn number<T: std::str::FromStr>(tag: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(tag, name)?.trim().parse().ok()
}

/// What stands next in a file that is held as a whole.
pub(super) enum XmlItem<'a> {
    Open(XmlElement<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// The beginning of an element.
pub(super) struct XmlElement<'a> {
    pub(super) name: String,
    tag: &'a BytesStart<'a>,
}

impl XmlElement<'_> {
    /// An attribute, trimmed; `None` if there is none or it is empty. It can be a text of any length.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let value = attribute_up_to(usize::MAX, self.tag, name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<f32> {
        self.attribute(name)?.parse().ok().filter(|number: &f32| number.is_finite())
    }
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    More,
    Nothing,
}

/// Hands on what stands in a file, in order, until `take` has enough.
///
/// # Errors
/// What is wrong where the file stops being XML.
pub(super) fn each_item(
    text: &str,
    take: impl FnMut(XmlItem<'_>) -> Wants,
) -> Result<(), FailureReason> {
    let mut taker = ItemTaker { take, wants: Wants::More };
    visit(text.as_bytes(), &mut taker).map_err(|error| match error {
        quick_xml::Error::Io(own) => reason_of(&*own),
        other => reason_of(&other),
    })
}

/// Hands on what it is told.
struct ItemTaker<F> {
    take: F,
    wants: Wants,
}

impl<F: FnMut(XmlItem<'_>) -> Wants> XmlVisitor for ItemTaker<F> {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let name = tag.local_name().as_ref().to_owned();
        self.wants = (self.take)(XmlItem::Open(XmlElement { name, tag }));
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        self.wants = (self.take)(XmlItem::Close(name));
    }

    fn text(&mut self, text: &str) {
        self.wants = (self.take)(XmlItem::Text(text));
    }

    fn is_full(&self) -> bool {
        self.wants == Wants::Nothing
    }
}

/// The name of the root element.
pub(super) fn root(text: &str) -> Option<String> {
    let mut found = None;
    // A byte order mark is no text before the root.
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let read = each_item(text, |item| match item {
        XmlItem::Open(element) => {
            found = Some(element.name);
            Wants::Nothing
        }
        _ => Wants::More,
    });
    // The head of a file breaks off behind its root.
    let _ = read;
    found
}
