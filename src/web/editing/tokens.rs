//! Who may write: names with their tokens, from a file that only the server's owner should read.

use thiserror::Error;

use crate::present::Lang;

/// Characters of a token at least: what is shorter can be guessed.
const MIN_TOKEN_CHARS: usize = 16;
/// Characters of a name at most.
const MAX_NAME_CHARS: usize = 64;

/// The names of editors by their tokens, of which only hashes are kept.
#[derive(Debug, Clone)]
pub struct EditorTokens {
    editors: Vec<(blake3::Hash, String)>,
}

/// Why a file of tokens is refused; lines are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}", self.text(Lang::En))]
pub enum EditorTokenError {
    /// It has no token.
    Empty,
    /// A line has a name or a token alone.
    NoPair(usize),
    /// A token is too short.
    ShortToken(usize),
    /// A name is too long, or has characters that are not shown.
    BadName(usize),
    /// A token that a line above has, too.
    Repeated(usize),
}

impl EditorTokens {
    /// Reads lines of the form `NAME TOKEN`; a name may have blanks, and several tokens. Blank lines
    /// and those that begin with `#` are passed over.
    ///
    /// # Errors
    /// When a line cannot be read, or there is none.
    pub fn read(text: &str) -> Result<Self, EditorTokenError> {
        let mut editors: Vec<(blake3::Hash, String)> = Vec::new();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let pair = line.rsplit_once(char::is_whitespace);
            let (name, token) = pair.ok_or(EditorTokenError::NoPair(number))?;
            let name = name.trim_end();
            if name.chars().count() > MAX_NAME_CHARS || name.contains(char::is_control) {
                return Err(EditorTokenError::BadName(number));
            }
            if token.chars().count() < MIN_TOKEN_CHARS {
                return Err(EditorTokenError::ShortToken(number));
            }
            let hash = blake3::hash(token.as_bytes());
            if editors.iter().any(|(known, _)| *known == hash) {
                return Err(EditorTokenError::Repeated(number));
            }
            editors.push((hash, name.to_owned()));
        }
        if editors.is_empty() { Err(EditorTokenError::Empty) } else { Ok(Self { editors }) }
    }

    /// Whose token this is. Hashes are compared, in constant time each.
    #[must_use]
    pub fn name_of(&self, token: &str) -> Option<&str> {
        let given = blake3::hash(token.as_bytes());
        let mut editors = self.editors.iter();
        editors.find(|(known, _)| *known == given).map(|(_, name)| name.as_str())
    }

    /// Whether somebody of this name may write.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.editors.iter().any(|(_, known)| known == name)
    }
}

impl EditorTokenError {
    /// What is wrong and what was expected.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Empty => lang
                .of("文件中没有令牌；请每行写“姓名 令牌”", "no token; write NAME TOKEN on each line")
                .to_owned(),
            Self::NoPair(line) => lang.of(
                format!("第 {line} 行：请写“姓名 令牌”，以空格隔开"),
                format!("line {line}: expected NAME TOKEN with a blank between them"),
            ),
            Self::ShortToken(line) => lang.of(
                format!(
                    "第 {line} 行：令牌至少要 {MIN_TOKEN_CHARS} 个字符；可用 `openssl rand -hex 16` 生成"
                ),
                format!(
                    "line {line}: a token has at least {MIN_TOKEN_CHARS} characters; \
                     `openssl rand -hex 16` makes one"
                ),
            ),
            Self::BadName(line) => lang.of(
                format!("第 {line} 行：姓名至多 {MAX_NAME_CHARS} 个字符，不能有控制字符"),
                format!(
                    "line {line}: a name has at most {MAX_NAME_CHARS} characters, none of them a \
                     control character"
                ),
            ),
            Self::Repeated(line) => lang.of(
                format!("第 {line} 行：令牌与前面某行相同；每人应有自己的令牌"),
                format!("line {line}: a line above has the same token; give each its own"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_have_blanks_and_several_tokens() {
        let text = "\u{feff}# who\n\n王芳 0123456789abcdef\nAnn Lee\tfedcba9876543210\r\n王芳 x123456789abcdef\n";
        let tokens = EditorTokens::read(text).expect("a file of tokens");
        assert_eq!(tokens.name_of("0123456789abcdef"), Some("王芳"));
        assert_eq!(tokens.name_of("fedcba9876543210"), Some("Ann Lee"));
        assert_eq!(tokens.name_of("x123456789abcdef"), Some("王芳"));
        assert_eq!(tokens.name_of("0123456789abcdeg"), None);
        assert_eq!(tokens.name_of(""), None);
        assert!(tokens.has("Ann Lee") && !tokens.has("Ann"));
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_line() {
        let long = format!("{} 0123456789abcdef", "甲".repeat(65));
        let wrong = [
            ("", EditorTokenError::Empty),
            ("# nobody\n", EditorTokenError::Empty),
            ("\n0123456789abcdef", EditorTokenError::NoPair(2)),
            ("王芳 0123456789abcde", EditorTokenError::ShortToken(1)),
            (long.as_str(), EditorTokenError::BadName(1)),
            ("甲 0123456789abcdef\n乙 0123456789abcdef", EditorTokenError::Repeated(2)),
        ];
        for (text, error) in wrong {
            assert_eq!(EditorTokens::read(text).err(), Some(error), "{text}");
            assert!(!error.to_string().contains("0123"), "{error}");
        }
    }
}
