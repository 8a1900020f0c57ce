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

/// Length of a style, in bytes.
pub(super) const MAX_STYLE_BYTES: usize = 1 << 20;
/// Elements of a style within one another, and calls of macros: the library goes down one by one.
const MAX_DEPTH: usize = 64;
/// Calls of macros that a style comes to when each is put in the place where it is called.
const MAX_CALLS: u64 = 10_000;

/// Whether a style is longer or deeper than one needs to be, or its macros call one another so often that
/// a citation would not end; none of them may call itself.
pub(super) fn is_too_large(csl: &str) -> bool {
    let is_deep = || {
        let mut reader = Reader::from_str(csl);
        let (mut depth, mut deepest) = (0_usize, 0);
        loop {
            match reader.read_event() {
                Ok(Event::Start(_)) => depth += 1,
                Ok(Event::End(_)) => depth = depth.saturating_sub(1),
                Ok(Event::Eof) | Err(_) => return deepest > MAX_DEPTH,
                Ok(_) => {}
            }
            deepest = deepest.max(depth);
        }
    };
    csl.len() > MAX_STYLE_BYTES
        || is_deep()
        || calls(csl).is_some_and(|calls| {
            let mut known = HashMap::new();
            calls.keys().any(|name| expanded(&calls, name, &mut known, 0) > MAX_CALLS)
        })
}

/// How many calls a macro comes to, itself counted; too many where calls are deeper than elements may be.
fn expanded<'c>(
    calls: &'c HashMap<String, Vec<String>>,
    name: &'c str,
    known: &mut HashMap<&'c str, u64>,
    depth: usize,
) -> u64 {
    if depth > MAX_DEPTH {
        return u64::MAX;
    }
    if let Some(&count) = known.get(name) {
        return count;
    }
    let called = calls.get(name).into_iter().flatten();
    let below = called
        .fold(0_u64, |sum, called| sum.saturating_add(expanded(calls, called, known, depth + 1)));
    let count = below.saturating_add(1);
    known.insert(name, count);
    count
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
