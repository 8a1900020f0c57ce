//! The elements of an XML file one after the other, without their prefixes.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// Elements within each other. Real files stay below some dozen.
const MAX_DEPTH: usize = 1_000;

/// What stands next in a file.
pub(super) enum XmlItem<'a> {
    Open(XmlElement<'a>),
    Close(String),
    Text(String),
}

/// The beginning of an element.
pub(super) struct XmlElement<'a> {
    pub(super) name: String,
    tag: BytesStart<'a>,
}

impl XmlElement<'_> {
    /// An attribute, trimmed; `None` if there is none or it is empty.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.tag.attributes();
        let mut found = attributes.with_checks(false).filter_map(Result::ok);
        let found = found.find(|attribute| attribute.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<f32> {
        self.attribute(name)?.parse().ok().filter(|number: &f32| number.is_finite())
    }
}

/// Hands on what stands in a file, in order, until `take` has enough. An element without content is
/// closed, too.
///
/// # Errors
/// What is wrong where the file stops being XML.
pub(super) fn each_item(
    text: &str,
    mut take: impl FnMut(XmlItem<'_>) -> Wants,
) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut open = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let item = match event {
            Event::Start(tag) => {
                open += 1;
                if open > MAX_DEPTH {
                    return Err(format!(
                        "elements within each other on more than {MAX_DEPTH} levels"
                    ));
                }
                XmlItem::Open(XmlElement { name: tag.local_name().as_ref().to_owned(), tag })
            }
            Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                let element = XmlElement { name: name.clone(), tag };
                if take(XmlItem::Open(element)) == Wants::Nothing {
                    return Ok(());
                }
                XmlItem::Close(name)
            }
            Event::End(tag) => {
                open = open.saturating_sub(1);
                XmlItem::Close(tag.local_name().as_ref().to_owned())
            }
            Event::Text(text) => XmlItem::Text(text.into_inner().into_owned()),
            Event::CData(text) => XmlItem::Text(text.into_inner().into_owned()),
            Event::GeneralRef(name) => XmlItem::Text(character(&name)),
            Event::Eof if open > 0 => return Err("it breaks off".to_owned()),
            Event::Eof => return Ok(()),
            _ => continue,
        };
        if take(item) == Wants::Nothing {
            return Ok(());
        }
    }
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    More,
    Nothing,
}

/// What a reference stands for; the reference itself if it is of the file's own making.
fn character(name: &quick_xml::events::BytesRef<'_>) -> String {
    match name.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => match quick_xml::escape::resolve_predefined_entity(name) {
            Some(text) => text.to_owned(),
            None => format!("&{};", &**name),
        },
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
