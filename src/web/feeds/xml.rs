//! XML documents from values.

use std::borrow::Cow;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use quick_xml::se::Serializer;
use serde::Serialize;

use crate::web::Problem;

/// A document as an answer.
///
/// # Errors
/// When the value cannot be expressed in XML: a bug.
pub(crate) fn document(
    root: &str,
    media_type: &'static str,
    value: &impl Serialize,
) -> Result<Response, Problem> {
    let mut text = String::from(r#"<?xml version="1.0" encoding="UTF-8"?>"#);
    text.push('\n');
    let written = Serializer::with_root(&mut text, Some(root))
        .and_then(|serializer| value.serialize(serializer));
    if let Err(error) = written {
        tracing::error!(%error, root, "cannot write an XML document");
        return Err(Problem::internal());
    }
    Ok(([(header::CONTENT_TYPE, media_type)], text).into_response())
}

/// Text as XML can have it: what is no character of XML 1.0 (2.2) is replaced.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_allowed(c) { c } else { '\u{fffd}' }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_have_is_replaced() {
        assert_eq!(text("氢能\u{b}\u{0}<\n"), "氢能\u{fffd}\u{fffd}<\n");
        assert!(matches!(text("氢能 & <b>"), Cow::Borrowed(_)));
    }
}
