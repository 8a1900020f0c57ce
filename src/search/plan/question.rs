//! Leaves the words that only ask (哪些, 什么时候, 请问) out of a query that has others: an article that
//! answers a question does not repeat it.

use crate::model::Span;
use crate::query::{Node, NodeKind, Query, Term, Text, Within};
use crate::text::{SearchForm, Segmenter, search_form};

/// Words that ask, after folding. Where several begin at one place the longest is taken; each stands
/// for whole words of the segmentation, so that 哪吒 and 几何 are not cut.
const QUESTION_WORDS: [&str; 62] = [
    "哪",
    "哪些",
    "哪个",
    "哪家",
    "哪里",
    "哪儿",
    "哪位",
    "哪年",
    "哪天",
    "哪一年",
    "哪几",
    "哪种",
    "哪国",
    "什么",
    "什么样",
    "什么时候",
    "何时",
    "何地",
    "何人",
    "何种",
    "多少",
    "多久",
    "多大",
    "多长",
    "多高",
    "多远",
    "几",
    "几个",
    "几家",
    "几名",
    "几次",
    "几位",
    "几种",
    "几天",
    "几年",
    "怎么",
    "怎样",
    "怎么样",
    "怎么办",
    "怎么回事",
    "如何",
    "为什么",
    "为何",
    "为啥",
    "是否",
    "是不是",
    "有没有",
    "有无",
    "能不能",
    "会不会",
    "可不可以",
    "请问",
    "谁",
    "吗",
    "呢",
    "吧",
    "么",
    "啊",
    "呀",
    "想知道",
    "查一下",
    "告诉我",
];

/// Words of the segmentation that a question word can consist of.
const MAX_QUESTION_WORDS: usize = 4;

/// What is left of a query, and what was left out, in the order of typing.
pub(crate) struct Asked {
    pub(crate) query: Query,
    pub(crate) left_out: Vec<String>,
}

/// Leaves the question words out of the unquoted parts of a query that stand side by side, with the
/// single characters that they touch (有多少名, 是什么). What stands before and behind them become
/// parts of their own. `None` where there are none, or where nothing else would be left.
pub(crate) fn without_question_words(segmenter: &Segmenter, query: &Query) -> Option<Asked> {
    let mut parts = Vec::new();
    let mut left_out = Vec::new();
    let mut has_words = false;
    for node in query.parts() {
        let NodeKind::Text(Text { within: Within::Anywhere, term: Term::Words(part) }) = &node.kind
        else {
            parts.push(node.clone());
            continue;
        };
        for piece in pieces(segmenter, part, &mut left_out) {
            has_words |= piece.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some();
            let text = Text { within: Within::Anywhere, term: Term::Words(piece) };
            parts.push(Node { kind: NodeKind::Text(text), span: node.span.clone() });
        }
    }
    if left_out.is_empty() || !has_words {
        return None;
    }
    Some(Asked { query: Query { root: Some(Node::all(parts, 0..0)) }, left_out })
}

/// The text of a part between its question words.
fn pieces(segmenter: &Segmenter, part: &str, left_out: &mut Vec<String>) -> Vec<String> {
    let form = search_form(part);
    let folded = &form.text;
    let words = segmenter.segment(folded);
    let single =
        |at: usize| words.get(at).is_some_and(|word| folded[word.clone()].chars().nth(1).is_none());
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let Some(behind) = question_at(folded, &words, at) else {
            at += 1;
            continue;
        };
        let (mut start, mut end) = (word.start, words[behind - 1].end);
        left_out.push(original(part, &form, start..end).to_owned());
        if at > 0 && words[at - 1].end == start && single(at - 1) {
            start = words[at - 1].start;
        }
        if words.get(behind).is_some_and(|next| next.start == end) && single(behind) {
            end = words[behind].end;
        }
        cuts.push((start, end));
        at = behind;
    }
    if cuts.is_empty() {
        return vec![part.to_owned()];
    }
    let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut.1));
    let ends = cuts.iter().map(|cut| cut.0).chain([folded.len()]);
    let pieces = starts.zip(ends).filter(|(start, end)| start < end);
    let pieces = pieces.map(|(start, end)| {
        original(part, &form, start..end).trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// The number of the word behind the longest question word that begins with this word.
fn question_at(folded: &str, words: &[Span], at: usize) -> Option<usize> {
    let start = words.get(at)?.start;
    let mut ends = words.iter().enumerate().skip(at).take(MAX_QUESTION_WORDS).rev();
    let longest = ends.find(|(_, word)| {
        folded.get(start..word.end).is_some_and(|text| QUESTION_WORDS.contains(&text))
    });
    longest.map(|(last, _)| last + 1)
}

/// The text that was typed at a byte range of its search form.
fn original<'a>(part: &'a str, form: &SearchForm, span: Span) -> &'a str {
    part.get(form.origin(span)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn check(typed: &str, expected: &str, left_out: &[&str]) {
        let query = parse(typed).unwrap();
        match without_question_words(&Segmenter::new(), &query) {
            Some(asked) => {
                assert_eq!(asked.query.to_string(), expected, "{typed}");
                assert_eq!(asked.left_out, left_out, "{typed}");
            }
            None => assert_eq!((typed, expected), (expected, typed)),
        }
    }

    #[test]
    fn what_only_asks_is_left_out_with_the_characters_that_it_touches() {
        check("登封有哪些氢能企业", "登封 氢能企业", &["哪些"]);
        check("武汉有多少名重症专业医务人员", "武汉 重症专业医务人员", &["多少"]);
        check("登封氢能大巴什么时候上路？", "登封氢能大巴 上路", &["什么时候"]);
        check("请问 登封 氫能 有没有补贴吗", "登封 氫能 补贴", &["请问", "有没有", "吗"]);
    }

    #[test]
    fn what_else_would_be_left_empty_and_what_is_quoted_stays() {
        check("多少", "多少", &[]);
        check("哪吒 几何", "哪吒 几何", &[]);
        check("“多少” 登封", "“多少” 登封", &[]);
        check("标题:多少 -什么 登封", "标题:多少 -什么 登封", &[]);
    }
}
