//! Resumption tokens: all that was asked, and where the next part begins. Nothing is kept on the server; a
//! token is good for one state of the archive.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// What a token says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Resumption {
    /// `metadataPrefix`
    pub prefix: String,
    /// Empty without one, as the next two.
    pub set: String,
    pub from: String,
    pub until: String,
    /// The state of the archive.
    pub state: String,
    /// Files that are searched together, counted from 0.
    pub block: usize,
    /// Where in these, as pages of a search have it; empty at their beginning.
    pub after: String,
    /// Records in the parts before.
    pub seen: u64,
}

impl Resumption {
    pub(crate) fn encode(&self) -> String {
        // Strings and numbers can always be written.
        URL_SAFE_NO_PAD.encode(serde_html_form::to_string(self).unwrap_or_default())
    }

    /// `None` if it is none.
    pub(crate) fn decode(token: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
        serde_html_form::from_str(&text).ok().filter(|read: &Self| !read.state.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let token = Resumption {
            prefix: "oai_dc".into(),
            set: "publication-e7949f".into(),
            state: "a&b=c 邸报".into(),
            block: 3,
            after: "x".into(),
            seen: 100,
            ..Resumption::default()
        };
        assert_eq!(Resumption::decode(&token.encode()), Some(token));
        for wrong in ["", "x", "????", "c3RhdGU9", "邸报"] {
            assert_eq!(Resumption::decode(wrong), None, "{wrong}");
        }
    }
}
