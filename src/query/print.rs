//! Writes a query back as a person could have typed it, in one normal form: fields at every part,
//! brackets around every OR that stands beside something, a backslash before what would have a
//! meaning.

use std::fmt::{self, Write};

use super::date_words::continues_range;
use super::lex::{
    closing_quote, is_blank, is_close, is_colon, is_minus, is_open, is_similar, operator,
};
use super::{
    FigureCondition, Node, NodeKind, PatternPiece, Query, QueryField, Term, Text, ValueField,
    Within,
};

/// How deep the brackets are in what is printed.
pub(super) fn depth(root: &Node) -> usize {
    fn within(node: &Node) -> usize {
        match &node.kind {
            NodeKind::All(nodes) | NodeKind::Any(nodes) => {
                1 + nodes.iter().map(within).max().unwrap_or(0)
            }
            NodeKind::Not(node) => within(node),
            _ => 0,
        }
    }
    let root_is_bare = matches!(root.kind, NodeKind::All(_) | NodeKind::Any(_));
    within(root) - usize::from(root_is_bare)
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| root.fmt(f))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::All(nodes) => joined(f, nodes, " "),
            NodeKind::Any(nodes) => joined(f, nodes, " OR "),
            NodeKind::Not(node) => {
                f.write_str("-")?;
                in_brackets(f, node)
            }
            NodeKind::Text(text) => text.fmt(f),
            NodeKind::Value(field, value) => {
                name(f, QueryField::Value(*field))?;
                f.write_str(&value_text(value))
            }
            NodeKind::Figure(FigureCondition { name: indicator, comparison, amount }) => {
                name(f, QueryField::Value(ValueField::Indicator))?;
                let value = format!("{indicator}{comparison}{amount}");
                if is_plain_value(&value) { f.write_str(&value) } else { quoted(f, &value) }
            }
            NodeKind::Stated(field) => {
                name(f, QueryField::Value(*field))?;
                f.write_str("*")
            }
            NodeKind::Kind(kind) => {
                name(f, QueryField::Kind)?;
                f.write_str(kind.as_str())
            }
            NodeKind::Dates(field, dates) => {
                name(f, QueryField::Date(*field))?;
                dates.fmt(f)
            }
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.within != Within::Anywhere {
            name(f, QueryField::Text(self.within))?;
        }
        self.term.fmt(f)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(text) => word(f, &[PatternPiece::Text(text.clone())]),
            Self::Literal(text) => quoted(f, text),
            Self::Similar(text) => {
                f.write_str("≈")?;
                if is_plain_value(text) { f.write_str(text) } else { quoted(f, text) }
            }
            Self::Near { words, gap } => {
                quoted(f, &words.join(" "))?;
                write!(f, "~{gap}")
            }
            Self::Pattern(pieces) => word(f, pieces),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        in_brackets(f, node)?;
    }
    Ok(())
}

/// Writes brackets around what consists of several parts.
fn in_brackets(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    match node.kind {
        NodeKind::All(_) | NodeKind::Any(_) => write!(f, "({node})"),
        _ => write!(f, "{node}"),
    }
}

fn name(f: &mut fmt::Formatter<'_>, field: QueryField) -> fmt::Result {
    f.write_str(&field.prefix())
}

/// A value as it stands behind the name of its field: in quotes where it would not be one value
/// without.
#[must_use]
pub fn value_text(value: &str) -> String {
    if is_plain_value(value) {
        value.to_owned()
    } else {
        Term::Literal(value.to_owned()).to_string()
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_str("\\")?;
        }
        f.write_char(c)?;
    }
    f.write_str("\"")
}

/// Whether nothing in a value has a meaning.
fn is_plain_value(value: &str) -> bool {
    let bare = |c: char| {
        !(is_blank(c)
            || is_open(c)
            || is_close(c)
            || is_colon(c)
            || closing_quote(c).is_some()
            || matches!(c, '*' | '?' | '\\'))
    };
    value.chars().all(bare)
        && !value.starts_with(|c| is_minus(c) || is_similar(c))
        && operator(value.chars()).is_none()
}

/// A word without quotes, with a backslash before each character that would have a meaning.
fn word(f: &mut fmt::Formatter<'_>, pieces: &[PatternPiece]) -> fmt::Result {
    let texts = || {
        pieces.iter().filter_map(|piece| match piece {
            PatternPiece::Text(text) => Some(text.as_str()),
            PatternPiece::Gap { .. } => None,
        })
    };
    let begins = texts().next().unwrap_or_default();
    let first_has_meaning = begins.starts_with(|c| is_minus(c) || is_similar(c))
        || continues_range(begins)
        || (pieces.len() == 1 && operator(begins.chars()).is_some());
    let colon =
        begins.find(is_colon).filter(|&colon| QueryField::named(&begins[..colon]).is_some());
    let brackets_are_text = brackets_pair_up(texts().flat_map(str::chars));
    let mut at = 0;
    for piece in pieces {
        let text = match piece {
            PatternPiece::Text(text) => text,
            PatternPiece::Gap { min, max } => {
                (0..*min).try_for_each(|_| f.write_char('?'))?;
                if max > min {
                    f.write_char('*')?;
                }
                continue;
            }
        };
        for c in text.chars() {
            let has_meaning = match c {
                '*' | '?' | '\\' => true,
                c if is_open(c) || is_close(c) => !brackets_are_text,
                c if is_blank(c) || closing_quote(c).is_some() => true,
                _ => (at == 0 && first_has_meaning) || colon == Some(at),
            };
            if has_meaning {
                f.write_char('\\')?;
            }
            f.write_char(c)?;
            at += c.len_utf8();
        }
    }
    Ok(())
}

/// Whether the brackets of a word are read as part of it: none begins it, and each that opens is
/// closed. Behind an operator's name (`OR(`) they would be read as operators.
fn brackets_pair_up(letters: impl Iterator<Item = char>) -> bool {
    let mut before = String::new();
    let mut depth = 0_usize;
    for c in letters {
        if is_open(c) {
            if before.is_empty() || (depth == 0 && operator(before.chars()).is_some()) {
                return false;
            }
            depth += 1;
        } else if is_close(c) {
            let Some(outer) = depth.checked_sub(1) else { return false };
            depth = outer;
        }
        before.push(c);
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn check(typed: &str, printed: &str) {
        assert_eq!(parse(typed).unwrap().to_string(), printed, "{typed}");
    }

    #[test]
    fn one_form_is_printed_for_all_that_means_the_same() {
        check("  氢能　AND 登封 ", "氢能 登封");
        check("（甲 OR 乙）NOT 丙", "(甲 OR 乙) -丙");
        check("甲 OR (乙 丙)", "甲 OR (乙 丙)");
        check("TITLE：“甲\"乙”", "标题:\"甲\\\"乙\"");
        check("type:(公文 OR 照片)", "类型:document OR 类型:photo");
        check("date:２０２３年２月 刊期:上個月", "日期:2023-02 刊期:上月");
        check("「产业　园区」～０３", "\"产业 园区\"~3");
        check("-新“甲”", "-(新 \"甲\")");
        check("≈“甲乙丙” 标题:≈甲乙丙", "≈甲乙丙 标题:≈甲乙丙");
        check("≈“甲 乙丙”", "≈\"甲 乙丙\"");
    }

    #[test]
    fn a_backslash_stands_only_before_what_would_have_a_meaning() {
        for text in [
            "河南：加快建设",
            "5G-A",
            "发展（集团）",
            "ORA",
            "or",
            "为什么？",
            "~3",
            "甲”",
            "新开〔2022〕92号",
            "文件:甲/2023-02-10.txt",
            "新开*92号",
        ] {
            check(text, text);
        }
        for text in [
            r"\OR",
            r"\-甲",
            r"标题\:甲",
            r"\（甲\）",
            r"甲\ 乙",
            r"甲\“乙",
            r"\≈甲",
            r"5\*8",
            r"甲\\",
        ] {
            check(text, text);
        }
        check("为什么?", r"为什么\?");
        check("甲（“乙”）", r"甲（\“乙”）");
        check("来源:新开（2022）92号", "来源:\"新开（2022）92号\"");
        check("日期:2023 甲至乙 \\至", "日期:2023 甲至乙 \\至");
        check(r"来源:甲\:乙", "来源:\"甲:乙\"");
    }

    #[test]
    fn a_value_is_one_value_whatever_is_in_it() {
        for name in ["登封市", "新乡 日报", "“样”报", "a\"b\\c", "-甲", "OR", "甲:乙", "≈甲"]
        {
            let query = parse(&format!("来源:{}", value_text(name))).unwrap();
            let NodeKind::Value(ValueField::Outlet, value) = query.root.unwrap().kind else {
                panic!("{name}")
            };
            assert_eq!(value, name);
        }
    }

    #[test]
    fn brackets_are_as_deep_as_they_are_printed() {
        for (text, expected) in [
            ("甲", 0),
            ("甲 乙", 0),
            ("-甲", 0),
            ("-(甲 乙)", 1),
            ("甲 OR 乙 丙", 1),
            ("甲 (乙 OR -(丙 丁))", 2),
        ] {
            let root = parse(text).unwrap().root.unwrap();
            assert_eq!(depth(&root), expected, "{text}");
        }
    }
}
