//! What the text of a style tells before the library reads it: whether it has the extensions of
//! CSL-M, and whether a macro calls itself, on which the library would not end.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Whether it is a style of CSL-M: by its version, or since a layout is for one language.
pub(super) fn is_csl_m(csl: &str) -> bool {
    let mut reader = Reader::from_str(csl);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let said = match tag.name().as_ref() {
                    "style" => attribute(&tag, "version").is_some_and(|said| said.contains("mlz")),
                    "layout" => attribute(&tag, "locale").is_some(),
                    _ => false,
                };
                if said {
                    return true;
                }
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// The first macro that calls itself, by itself or by others; `None` if there is none, or the text
/// is no XML.
pub(super) fn endless_macro(csl: &str) -> Option<String> {
    let calls = calls(csl)?;
    let mut names: Vec<&String> = calls.keys().collect();
    names.sort();
    names.into_iter().find(|name| reaches_itself(&calls, name)).cloned()
}

fn reaches_itself(calls: &HashMap<String, Vec<String>>, name: &str) -> bool {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut open: Vec<&str> = vec![name];
    while let Some(next) = open.pop() {
        for called in calls.get(next).into_iter().flatten() {
            if called == name {
                return true;
            }
            if seen.insert(called) {
                open.push(called);
            }
        }
    }
    false
}

/// Which macros each macro calls.
fn calls(csl: &str) -> Option<HashMap<String, Vec<String>>> {
    let mut calls: HashMap<String, Vec<String>> = HashMap::new();
    let mut inside: Option<String> = None;
    let mut reader = Reader::from_str(csl);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.name().as_ref() == "macro" => {
                inside = attribute(&tag, "name");
            }
            Event::End(tag) if tag.name().as_ref() == "macro" => inside = None,
            Event::Start(tag) | Event::Empty(tag) => {
                if let (Some(name), Some(called)) = (&inside, attribute(&tag, "macro")) {
                    calls.entry(name.clone()).or_default().push(called);
                }
            }
            Event::Eof => return Some(calls),
            _ => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = tag.try_get_attribute(name).ok()??;
    Some(value.value.into_owned())
}
