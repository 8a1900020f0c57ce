//! Reads books (EPUB 2 and 3): chapter by chapter in reading order, each as the web page that it is.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use quick_xml::events::BytesStart;
use regex::{Captures, Regex};

use super::DocumentText;
use super::package::{Package, bad_bytes, damaged, joined, too_large};
use super::xml::{ElementVisit, XmlVisitor, attribute};
use crate::intake::html;
use crate::model::{FailureReason, FileWarning};

/// Bytes of text of a book.
const MAX_TEXT: usize = 64 << 20;
/// Chapters of a book.
const MAX_CHAPTERS: usize = 20_000;

/// Reads the chapters of a book. Those that cannot be read are left out, and the first problem is told.
pub(super) fn read(package: &mut Package, document: &mut DocumentText) -> Result<(), FileWarning> {
    let DocumentText { text, pictures, .. } = document;
    let mut container = Container::default();
    package.visit("META-INF/container.xml", &mut container)?;
    let book = container.book.ok_or_else(|| {
        damaged(&FailureReason::Lacks { part: "META-INF/container.xml: rootfile".to_owned() })
    })?;
    let folder = book.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut spine = Spine::default();
    package.visit(&book, &mut spine)?;
    let mut locks = Locks::default();
    if package.has(LOCKS) {
        package.visit(LOCKS, &mut locks)?;
    }
    let mut problem = None;
    for chapter in spine.chapters() {
        let path = joined(folder, &unescaped(chapter));
        let page = if locks.parts.contains(&path) {
            Err(FileWarning::Encrypted)
        } else {
            package.whole(&path)
        };
        match page {
            Ok(page) => {
                problem = problem.or_else(|| bad_bytes(&page, text.lines().count() as u32));
                *pictures += html::pictures_in(&page.text);
                let chapter = html::whole_text(&opened(&page.text));
                if !text.is_empty() && !chapter.is_empty() {
                    text.push('\n');
                }
                text.push_str(&chapter);
            }
            Err(warning) => problem = problem.or(Some(warning)),
        }
        if text.len() > MAX_TEXT {
            return Err(too_large());
        }
    }
    problem.map_or(Ok(()), Err)
}

/// The page with an end tag for each element that closes itself, which HTML does not know: after
/// `<title/>` it would take all that follows for the title.
fn opened(page: &str) -> std::borrow::Cow<'_, str> {
    static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"<([A-Za-z][A-Za-z0-9]*)((?:\s+[^\s<>"'/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*/>"#,
        )
        .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
    });
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    ];
    CLOSED.replace_all(page, |found: &Captures<'_>| {
        let name = &found[1];
        if VOID.contains(&name) {
            found[0].to_owned()
        } else {
            format!("<{name}{}></{name}>", &found[2])
        }
    })
}

/// A path in which bytes are written as `%E4`.
fn unescaped(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = byte.filter(|_| *first == b'%') {
            bytes.push(byte);
            rest = &behind[2..];
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Where the book is.
#[derive(Default)]
struct Container {
    book: Option<String>,
}

impl XmlVisitor for Container {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        if tag.local_name().as_ref() == "rootfile" {
            self.book = self.book.take().or(attribute(tag, "full-path"));
        }
        ElementVisit::Inside
    }
}

/// The part that says which parts of a book are encrypted.
const LOCKS: &str = "META-INF/encryption.xml";

/// The parts that are.
#[derive(Default)]
struct Locks {
    parts: HashSet<String>,
}

impl XmlVisitor for Locks {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        if tag.local_name().as_ref() == "CipherReference" {
            let path = attribute(tag, "URI").map(|path| joined("", &unescaped(&path)));
            self.parts.extend(path);
        }
        ElementVisit::Inside
    }
}

/// The parts of a book and the order in which they are read.
#[derive(Default)]
struct Spine {
    parts: HashMap<String, BookPart>,
    order: Vec<String>,
}

struct BookPart {
    path: String,
    media_type: String,
}

impl Spine {
    /// The paths of the chapters, in order.
    fn chapters(&self) -> impl Iterator<Item = &str> {
        let parts = self.order.iter().filter_map(|id| self.parts.get(id));
        let pages = parts.filter(|part| part.media_type.contains("html"));
        pages.map(|part| part.path.as_str())
    }
}

impl XmlVisitor for Spine {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let said = |name| attribute(tag, name).unwrap_or_default();
        match tag.local_name().as_ref() {
            "item" => {
                let part = BookPart { path: said("href"), media_type: said("media-type") };
                self.parts.insert(said("id"), part);
            }
            "itemref" if self.order.len() < MAX_CHAPTERS => self.order.push(said("idref")),
            _ => {}
        }
        ElementVisit::Inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_close_themselves_are_opened() {
        let page = r#"<html><title/><a id="x" /><br/><p class='a/b'>渡<img src="a>b"/></p>"#;
        assert_eq!(
            opened(page),
            r#"<html><title></title><a id="x"></a><br/><p class='a/b'>渡<img src="a>b"/></p>"#
        );
        assert_eq!(unescaped("%E6%B8%A1%2.x%"), "渡%2.x%");
    }
}
