//! The syntax tree of a query.

use super::Within;
use super::amount::Relation;
use super::dates::Dates;
use super::fields::{DateField, ValueField};
use crate::model::{CivilDate, Kind, Span};

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What an article must satisfy. `None`: every article does.
    pub root: Option<Node>,
}

/// A query, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it asks for.
    pub kind: NodeKind,
    /// Where it stands in the query string (bytes): of several parts in brackets with these, of
    /// one part without them.
    pub span: Span,
}

/// What a part of a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Side by side: every one of them. Two or more different ones, none of which is `All` itself.
    All(Vec<Node>),
    /// OR: at least one of them. Two or more different ones, none of which is `Any` itself.
    Any(Vec<Node>),
    /// `-x`: articles that do not satisfy it. Never a `Not` itself.
    Not(Box<Node>),
    /// Printed text.
    Text(Text),
    /// What the record says in one of its fields; never empty.
    Value(ValueField, String),
    /// `指标:地区生产总值>500亿元`: an indicator with such a value.
    Figure(FigureCondition),
    /// `文号:*`: the record says something in a field.
    Stated(ValueField),
    /// What sort of article it is.
    Kind(Kind),
    /// Days that the article's date, or that of its issue, can lie in or has to lie in.
    Dates(DateField, Dates),
}

/// An indicator whose value is compared with an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureCondition {
    /// Its name.
    pub name: String,
    /// How its value is compared.
    pub comparison: Relation,
    /// With what, as it is typed: an [`Amount`](super::Amount).
    pub amount: String,
}

impl Query {
    /// The conjuncts at the top, excluded ones too; none if the query matches every article.
    #[must_use]
    pub fn parts(&self) -> &[Node] {
        match &self.root {
            None => &[],
            Some(Node { kind: NodeKind::All(nodes), .. }) => nodes,
            Some(only) => std::slice::from_ref(only),
        }
    }

    /// Every wanted text, as [`Node::texts`] has it.
    #[must_use]
    pub fn texts(&self) -> Vec<(&Node, &Text)> {
        self.root.as_ref().map(Node::texts).unwrap_or_default()
    }

    /// Whether any part of it asks for days of the article's date, or for articles without one.
    #[must_use]
    pub fn asks_for_days(&self) -> bool {
        self.root.as_ref().is_some_and(Node::asks_for_days)
    }

    /// The first and the last day that the query allows the date of an article; `None` is open. What is
    /// excluded does not count.
    #[must_use]
    pub fn days(&self, today: CivilDate) -> (Option<CivilDate>, Option<CivilDate>) {
        self.root.as_ref().map_or((None, None), |root| root.days(today))
    }

    /// The same query with every span `0..0`, so that queries typed differently can be compared.
    #[must_use]
    pub fn without_spans(&self) -> Self {
        Self { root: self.root.as_ref().map(Node::without_spans) }
    }
}

impl Node {
    /// All of these, at least one; a nested `All` is flattened, and what is asked twice is kept once.
    /// A single one is returned as it is, with its own span.
    #[must_use]
    pub fn all(nodes: Vec<Self>, span: Span) -> Self {
        Self::of_several(nodes, span, NodeKind::All, |kind| match kind {
            NodeKind::All(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// Any of these, at least one; a nested `Any` is flattened, and what is asked twice is kept once.
    /// A single one is returned as it is, with its own span.
    #[must_use]
    pub fn any(nodes: Vec<Self>, span: Span) -> Self {
        Self::of_several(nodes, span, NodeKind::Any, |kind| match kind {
            NodeKind::Any(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// The negation; of a `Not`, what it negates.
    #[must_use]
    pub fn not(node: Self, span: Span) -> Self {
        match node.kind {
            NodeKind::Not(inner) => Self { kind: inner.kind, span },
            _ => Self { kind: NodeKind::Not(Box::new(node)), span },
        }
    }

    fn of_several(
        nodes: Vec<Self>,
        span: Span,
        make: fn(Vec<Self>) -> NodeKind,
        inner_of: fn(NodeKind) -> Result<Vec<Self>, NodeKind>,
    ) -> Self {
        let mut flat: Vec<Self> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let inner = match inner_of(node.kind) {
                Ok(inner) => inner,
                Err(kind) => vec![Self { kind, span: node.span }],
            };
            for node in inner {
                let asks_the_same = |known: &Self| known.without_spans() == node.without_spans();
                if !flat.iter().any(asks_the_same) {
                    flat.push(node);
                }
            }
        }
        match flat.pop() {
            Some(only) if flat.is_empty() => only,
            last => {
                flat.extend(last);
                Self { kind: make(flat), span }
            }
        }
    }

    /// Every text that an article is wanted for, with its node, in the order of typing: what is
    /// highlighted. What is excluded twice (`-(甲 -乙)`) is wanted again.
    #[must_use]
    pub fn texts(&self) -> Vec<(&Self, &Text)> {
        let mut found = Vec::new();
        self.gather_texts(true, &mut found);
        found
    }

    fn days(&self, today: CivilDate) -> (Option<CivilDate>, Option<CivilDate>) {
        match &self.kind {
            NodeKind::Dates(DateField::Article | DateField::Certain, dates) => dates.days(today),
            NodeKind::All(nodes) => {
                let days = || nodes.iter().map(|node| node.days(today));
                (days().filter_map(|(from, _)| from).max(), days().filter_map(|(_, to)| to).min())
            }
            NodeKind::Any(nodes) => {
                let days = || nodes.iter().map(|node| node.days(today));
                // An open end of one is the end of all.
                let from: Option<Vec<_>> = days().map(|(from, _)| from).collect();
                let to: Option<Vec<_>> = days().map(|(_, to)| to).collect();
                (
                    from.and_then(|days| days.into_iter().min()),
                    to.and_then(|days| days.into_iter().max()),
                )
            }
            _ => (None, None),
        }
    }

    /// As [`Query::asks_for_days`], of this part.
    #[must_use]
    pub fn asks_for_days(&self) -> bool {
        match &self.kind {
            NodeKind::All(nodes) | NodeKind::Any(nodes) => nodes.iter().any(Self::asks_for_days),
            NodeKind::Not(node) => node.asks_for_days(),
            NodeKind::Dates(field, _) => matches!(field, DateField::Article | DateField::Certain),
            _ => false,
        }
    }

    fn gather_texts<'a>(&'a self, wanted: bool, found: &mut Vec<(&'a Self, &'a Text)>) {
        match &self.kind {
            NodeKind::All(nodes) | NodeKind::Any(nodes) => {
                for node in nodes {
                    node.gather_texts(wanted, found);
                }
            }
            NodeKind::Not(node) => node.gather_texts(!wanted, found),
            NodeKind::Text(text) if wanted => found.push((self, text)),
            _ => {}
        }
    }

    /// The same with every span `0..0`.
    #[must_use]
    pub fn without_spans(&self) -> Self {
        let each = |nodes: &[Self]| nodes.iter().map(Self::without_spans).collect();
        let kind = match &self.kind {
            NodeKind::All(nodes) => NodeKind::All(each(nodes)),
            NodeKind::Any(nodes) => NodeKind::Any(each(nodes)),
            NodeKind::Not(node) => NodeKind::Not(Box::new(node.without_spans())),
            leaf => leaf.clone(),
        };
        Self { kind, span: 0..0 }
    }
}

/// A text and the part of the article that it is looked for in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The part of the article: headline, body, or anywhere.
    pub within: Within,
    /// Words, a literal, words near each other, or a pattern.
    pub term: Term,
}

/// What is looked for. No text in it is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Without quotes: all of its words, or the whole as it stands.
    Words(String),
    /// In quotes: the string as it stands, any width, simplified or traditional.
    Literal(String),
    /// `≈郑州航空港`: the string, or one in which few characters are others that look like them
    /// ([`look_alikes`](crate::text::look_alikes)).
    /// [`MIN_SIMILAR_CHARACTERS`](super::MIN_SIMILAR_CHARACTERS) to
    /// [`MAX_SIMILAR_CHARACTERS`](super::MAX_SIMILAR_CHARACTERS) characters.
    Similar(String),
    /// `"产业 园区"~3`: all of the words, in any order, near each other.
    Near {
        /// Two to [`MAX_NEAR_WORDS`](super::MAX_NEAR_WORDS), each of two or more characters and
        /// without a blank.
        words: Vec<String>,
        /// At most so many characters stand between neighbours, up to
        /// [`MAX_GAP`](super::MAX_GAP).
        gap: u32,
    },
    /// `新开*92号`: texts with gaps between them, all in one paragraph or one part of the headline.
    /// Begins and ends with a text; texts and gaps alternate.
    Pattern(Vec<PatternPiece>),
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternPiece {
    /// Two or more characters as they stand.
    Text(String),
    /// Any characters.
    Gap {
        /// At least so many: one for each `?`.
        min: u32,
        /// At most so many, inclusive: [`MAX_SKIPPED`](super::MAX_SKIPPED) more than `min`
        /// where there is a `*`.
        max: u32,
    },
}

#[cfg(test)]
mod tests {
    use crate::query::parse;

    fn shown(text: &str) -> Vec<String> {
        let query = parse(text).unwrap();
        query.texts().into_iter().map(|(node, _)| node.to_string()).collect()
    }

    #[test]
    fn texts_that_are_wanted_are_highlighted_and_others_are_not() {
        assert_eq!(shown("甲 -乙 (丙 OR 标题:丁) 地区:戊"), ["甲", "丙", "标题:丁"]);
        assert_eq!(shown("-(甲 -乙)"), ["乙"]);
        assert!(shown("").is_empty());
    }

    #[test]
    fn the_parts_of_a_query_are_what_stands_side_by_side() {
        let parts = |text: &str| parse(text).unwrap().parts().len();
        assert_eq!(
            [parts(""), parts("甲"), parts("甲 OR 乙"), parts("甲 -乙 丙 OR 丁")],
            [0, 1, 1, 3]
        );
    }

    #[test]
    fn what_is_asked_twice_is_asked_once() {
        let printed = |text: &str| parse(text).unwrap().to_string();
        assert_eq!(printed("甲 乙 甲"), "甲 乙");
        assert_eq!(printed("甲 OR 甲"), "甲");
        assert_eq!(printed("(甲 OR 乙) 甲 (甲 OR 乙)"), printed("(甲 OR 乙) 甲"));
        assert_eq!(printed("甲 -甲 \"甲\" 标题:甲"), "甲 -甲 \"甲\" 标题:甲");
    }

    #[test]
    fn nothing_is_nested_in_its_like() {
        let query = |text| parse(text).unwrap().without_spans();
        assert_eq!(query("甲 (乙 丙)"), query("甲 乙 丙"));
        assert_eq!(query("甲 OR (乙 OR 丙)"), query("甲 OR 乙 OR 丙"));
        assert_eq!(query("-(-甲)"), query("甲"));
        assert_eq!(query("甲 -(-(乙 丙))"), query("甲 乙 丙"));
    }
}
