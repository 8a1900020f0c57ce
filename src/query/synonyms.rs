//! The synonyms file, and queries expanded by it.
//!
//! ```text
//! # a remark
//! 营商环境 = 投资环境                   each also finds the other
//! 两会 = 人民代表大会 OR 政协会议        两会 also finds the right side, which does not find 两会
//! ```
//!
//! The right side is made of words, quotes, OR, and words side by side in brackets.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::lex::is_blank;
use super::{Node, NodeKind, ParseError, Query, Term, Text, Within, parse};
use crate::model::Span;
use crate::text::fold;

/// Words and what they also find.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    /// By the folded word; spans are 0..0.
    alternatives: HashMap<String, Vec<Node>>,
}

/// A word of a query that was expanded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Expansion {
    /// The word as it was typed.
    pub word: String,
    /// What it also finds, as it would be typed.
    pub added: Vec<String>,
    /// Where the word stands in the query string, with its field (bytes).
    #[serde(skip)]
    pub span: Span,
}

/// A line of a synonyms file is not an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct SynonymsError {
    /// 1-based line.
    pub line: usize,
    /// What is wrong with it.
    pub problem: SynonymsProblem,
}

/// What is wrong with a line of a synonyms file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SynonymsProblem {
    /// There is no `=`.
    #[error("expected = between a word and what it also finds")]
    NoEquals,
    /// One side is not a query.
    #[error(transparent)]
    Query(#[from] ParseError),
    /// There is nothing before the `=`.
    #[error("expected something before the =")]
    NothingBefore,
    /// There is nothing after the `=`.
    #[error("expected something after the =")]
    NothingAfter,
    /// The left side is not a single unquoted word.
    #[error("expected one word without quotes before the =")]
    NotOneWord,
    /// The right side has an exclusion, a field, a pattern or a date.
    #[error("expected only words, quotes, OR and brackets after the =")]
    NotOnlyText,
    /// The right side has words side by side that are not in brackets.
    #[error("expected OR between the words, or brackets around words that must all be there")]
    NoBrackets,
    /// Both sides are the same word.
    #[error("expected something else after the = than before it")]
    SameWord,
}

impl Synonyms {
    /// Reads a file's text, one entry a line. Lines that cannot be read are left out; each gives an
    /// error.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<SynonymsError>) {
        let mut synonyms = Self::default();
        let mut errors = Vec::new();
        for (number, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let text = without_remark(text);
            if text.chars().all(is_blank) {
                continue;
            }
            match entry(text) {
                Ok((word, right)) => {
                    if let Some(back) = words_of(&right) {
                        synonyms.add(back, plain(&word));
                    }
                    synonyms.add(&word, right);
                }
                Err(problem) => errors.push(SynonymsError { line: number, problem }),
            }
        }
        (synonyms, errors)
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// A query in which every unquoted word that is an entry, whole and folded, is one of several:
    /// itself first, then its alternatives in the order of the file, looked for in the same part
    /// of the article. What was added is not expanded again. The result may exceed the
    /// limits of a typed query.
    #[must_use]
    pub fn expand(&self, query: &Query) -> (Query, Vec<Expansion>) {
        let mut expansions = Vec::new();
        let root = query.root.as_ref().map(|root| self.expanded(root, &mut expansions));
        (Query { root }, expansions)
    }

    fn add(&mut self, word: &str, alternative: Node) {
        let known = self.alternatives.entry(fold(word).text).or_default();
        if !known.contains(&alternative) {
            known.push(alternative);
        }
    }

    fn expanded(&self, node: &Node, expansions: &mut Vec<Expansion>) -> Node {
        let span = node.span.clone();
        match &node.kind {
            NodeKind::All(nodes) => {
                let nodes = nodes.iter().map(|node| self.expanded(node, expansions)).collect();
                Node::all(nodes, span)
            }
            NodeKind::Any(nodes) => {
                let nodes = nodes.iter().map(|node| self.expanded(node, expansions)).collect();
                Node::any(nodes, span)
            }
            NodeKind::Not(inner) => Node::not(self.expanded(inner, expansions), span),
            NodeKind::Text(Text { within, term: Term::Words(word) }) => {
                let Some(alternatives) = self.alternatives.get(&fold(word).text) else {
                    return node.clone();
                };
                let added: Vec<Node> =
                    alternatives.iter().map(|other| placed(other, *within, &span)).collect();
                expansions.push(Expansion {
                    word: word.clone(),
                    added: added.iter().map(Node::to_string).collect(),
                    span: span.clone(),
                });
                let mut nodes = vec![node.clone()];
                nodes.extend(added);
                Node::any(nodes, span)
            }
            _ => node.clone(),
        }
    }
}

/// A line up to a `#` that begins it or stands behind a blank.
fn without_remark(line: &str) -> &str {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c == '#' && is_blank(before) {
            return &line[..at];
        }
        before = c;
    }
    line
}

/// The word of an entry and what it also finds, without spans.
fn entry(line: &str) -> Result<(String, Node), SynonymsProblem> {
    let (left, right) = line.split_once(['=', '＝']).ok_or(SynonymsProblem::NoEquals)?;
    let left = parse(left)?.root.ok_or(SynonymsProblem::NothingBefore)?;
    let word = words_of(&left).ok_or(SynonymsProblem::NotOneWord)?;
    let right = parse(right)?.root.ok_or(SynonymsProblem::NothingAfter)?;
    if !has_only_texts(&right) {
        return Err(SynonymsProblem::NotOnlyText);
    }
    // In brackets they would begin behind the place where the whole begins.
    if let NodeKind::All(nodes) = &right.kind
        && nodes.first().is_some_and(|first| first.span.start == right.span.start)
    {
        return Err(SynonymsProblem::NoBrackets);
    }
    if words_of(&right).is_some_and(|other| fold(other).text == fold(word).text) {
        return Err(SynonymsProblem::SameWord);
    }
    Ok((word.to_owned(), right.without_spans()))
}

fn words_of(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Text(Text { within: Within::Anywhere, term: Term::Words(word) }) => Some(word),
        _ => None,
    }
}

fn plain(word: &str) -> Node {
    let text = Text { within: Within::Anywhere, term: Term::Words(word.to_owned()) };
    Node { kind: NodeKind::Text(text), span: 0..0 }
}

fn has_only_texts(node: &Node) -> bool {
    match &node.kind {
        NodeKind::All(nodes) | NodeKind::Any(nodes) => nodes.iter().all(has_only_texts),
        NodeKind::Text(Text { within: Within::Anywhere, term }) => {
            matches!(term, Term::Words(_) | Term::Literal(_))
        }
        _ => false,
    }
}

/// An alternative in place of a word.
fn placed(node: &Node, within: Within, span: &Span) -> Node {
    let each = |nodes: &[Node]| nodes.iter().map(|node| placed(node, within, span)).collect();
    let kind = match &node.kind {
        NodeKind::All(nodes) => NodeKind::All(each(nodes)),
        NodeKind::Any(nodes) => NodeKind::Any(each(nodes)),
        NodeKind::Text(text) => NodeKind::Text(Text { within, term: text.term.clone() }),
        other => other.clone(),
    };
    Node { kind, span: span.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\u{feff}# 同义词\n\
        营商环境 = 投资环境   # both ways\n\
        \n\
        两会 ＝ 人民代表大会 OR “政协会议”\n\
        營商環境=商业环境\n\
        科创 = (科技 创新) OR 科技创新\n";

    fn expanded(text: &str) -> String {
        let (synonyms, errors) = Synonyms::parse(FILE);
        assert_eq!(errors, []);
        synonyms.expand(&parse(text).unwrap()).0.to_string()
    }

    #[test]
    fn a_word_also_finds_what_is_written_beside_it() {
        assert_eq!(expanded("营商环境"), "营商环境 OR 投资环境 OR 商业环境");
        assert_eq!(expanded("营商環境 新密"), "(营商環境 OR 投资环境 OR 商业环境) 新密");
        assert_eq!(expanded("两会 OR 新密"), "两会 OR 人民代表大会 OR \"政协会议\" OR 新密");
        assert_eq!(expanded("-科创"), "-(科创 OR (科技 创新) OR 科技创新)");
    }

    #[test]
    fn only_a_plain_word_on_the_right_finds_the_left() {
        assert_eq!(expanded("投资环境"), "投资环境 OR 营商环境");
        assert_eq!(expanded("人民代表大会 科技创新"), "人民代表大会 科技创新");
    }

    #[test]
    fn alternatives_are_not_widened_again_and_stand_once() {
        assert_eq!(expanded("营商环境 OR 投资环境"), "营商环境 OR 投资环境 OR 商业环境");
    }

    #[test]
    fn alternatives_are_looked_for_where_the_word_is() {
        assert_eq!(expanded("标题:投资环境"), "标题:投资环境 OR 标题:营商环境");
    }

    #[test]
    fn quotes_patterns_fields_and_longer_words_stay() {
        for text in
            ["\"营商环境\"", "\"营商环境 两会\"~3", "营商环境*两会", "主题:两会", "优化营商环境"]
        {
            assert_eq!(expanded(text), text);
        }
    }

    #[test]
    fn what_was_widened_is_told_with_its_place() {
        let (synonyms, _) = Synonyms::parse(FILE);
        let (_, told) = synonyms.expand(&parse("新密 标题:两会").unwrap());
        let added = vec!["标题:人民代表大会 OR 标题:\"政协会议\"".to_owned()];
        assert_eq!(told, [Expansion { word: "两会".into(), added, span: 7..20 }]);
    }

    #[test]
    fn lines_that_cannot_be_read_are_left_out_and_named() {
        let lines = [
            "两会",
            "= 甲",
            "甲 =",
            "甲 乙 = 丙",
            "“甲” = 乙",
            "甲 = 乙 丙",
            "甲 = (乙 OR 丙) (丁 OR 戊)",
            "甲 = -乙",
            "甲 = 地区:乙",
            "甲 = \"乙",
            "国 = 國",
            "好 = 佳",
        ];
        let (synonyms, errors) = Synonyms::parse(&lines.join("\r\n"));
        assert_eq!(synonyms.alternatives.len(), 2);
        assert_eq!(errors.len(), lines.len() - 1, "{errors:#?}");
        for (number, error) in (1..).zip(&errors) {
            let message = error.to_string();
            assert!(message.starts_with(&format!("line {number}: expected ")), "{message}");
        }
        assert!(Synonyms::parse("甲 = (乙 丙)").1.is_empty());
    }
}
