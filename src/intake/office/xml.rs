//! Goes through XML element by element, in memory that the text of one element needs.

use std::io::BufRead;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What is done with the content of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::intake) enum ElementVisit {
    Inside,
    Skip,
}

/// What is told of the elements of a document, in order. Names are without their prefixes: which one
/// a program takes for a namespace is its own affair.
pub(in crate::intake) trait XmlVisitor {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit;

    /// An element that was visited inside ends.
    fn leave(&mut self, _name: &str) {}

    fn text(&mut self, _text: &str) {}

    /// Whether no more is wanted.
    fn is_full(&self) -> bool {
        false
    }
}

/// Goes through a document to its end.
///
/// # Errors
/// When it is not well-formed or cannot be read; what comes before has been told.
pub(super) fn visit(input: impl BufRead, visitor: &mut impl XmlVisitor) -> quick_xml::Result<()> {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().expand_empty_elements = true;
    // Elements within one that is skipped, itself counted.
    let mut skipped = 0u64;
    let mut buffer = Vec::new();
    while !visitor.is_full() {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(_) if skipped > 0 => skipped += 1,
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::Start(tag) => skipped = u64::from(visitor.enter(&tag) == ElementVisit::Skip),
            Event::End(tag) => visitor.leave(tag.local_name().as_ref()),
            Event::Text(text) if skipped == 0 => visitor.text(&text),
            Event::CData(text) if skipped == 0 => visitor.text(&text),
            Event::GeneralRef(named) if skipped == 0 => {
                visitor.text(character(&named).as_deref().unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(())
}

/// What a reference to a character stands for. A document has no entities of its own.
fn character(named: &BytesRef<'_>) -> Option<String> {
    match named.resolve_char_ref() {
        Ok(Some(c)) => Some(c.to_string()),
        _ => resolve_predefined_entity(named).map(str::to_owned),
    }
}

/// An attribute by its name without a prefix.
pub(in crate::intake) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|found| found.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), |value| value.to_string()))
}

/// An attribute that is a number.
pub(in crate::intake) fn number<T: std::str::FromStr>(
    tag: &BytesStart<'_>,
    name: &str,
) -> Option<T> {
    attribute(tag, name)?.trim().parse().ok()
}
