//! 文号, the number of a document, in any style of brackets.

use crate::model::{Article, Kind, Span};
use crate::text::numerals::{is_numeral, number};

const OPEN: &[char] = &['〔', '［', '【', '[', '(', '（', '〈', '﹝', '{'];
const CLOSE: &[char] = &['〕', '］', '】', ']', ')', '）', '〉', '﹞', '}'];

/// The longest 文号, in bytes.
const MAX_LINE_BYTES: usize = 150;

/// The span of the 文号 in a line that has nothing else: 新开〔2022〕92号, 郑政文（2021）12 号,
/// （85）政字第3号, 国务院令 第7号. `None` for any other line.
#[must_use]
pub fn find(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start_matches("文号：").trim_start().len();
    // In a report to a higher office, the signer stands beside the number.
    let end = text.find("签发人").unwrap_or(text.len());
    let line = text.get(start..end)?.trim_end();
    if line.len() > MAX_LINE_BYTES || !line.ends_with(['号', '號']) {
        return None;
    }
    if !is_bracketed(line) && !is_order(line) {
        return None;
    }
    Some(start..start + line.len())
}

/// The 文号 at the head of a document's body, for articles for which the splitter found none on a
/// line of its own.
#[must_use]
pub fn of_article(article: &Article) -> Option<String> {
    if !matches!(article.kind, Kind::Document | Kind::Notice) {
        return None;
    }
    let mut paragraphs = article.body.split('\n').filter(|line| !line.trim().is_empty()).take(2);
    paragraphs.find_map(|paragraph| {
        if let Some(span) = find(paragraph) {
            return paragraph.get(span).map(Into::into);
        }
        // The scan joined the text to it, with a blank in between.
        let end = paragraph.find(['号', '號'])? + "号".len();
        let (head, rest) = paragraph.split_at_checked(end)?;
        if !rest.starts_with(char::is_whitespace) {
            return None;
        }
        is_bracketed(head.trim()).then(|| head.trim().to_owned())
    })
}

/// A year in brackets, words before or after it, and a number: 新开〔2022〕92号.
fn is_bracketed(line: &str) -> bool {
    let Some(open) = line.find(OPEN) else { return false };
    let Some(close) = line.find(CLOSE).filter(|close| *close > open) else { return false };
    let (Some(before), Some(inside)) = (line.get(..open), line.get(open..close)) else {
        return false;
    };
    let after = line.get(close..).unwrap_or_default().trim_start_matches(CLOSE);
    let year = without_blanks(inside.trim_start_matches(OPEN)).replace('年', "");
    let is_year = number(&year)
        .is_some_and(|value| (1900..=2199).contains(&value) || (year.len() == 2 && value > 40));
    let Some(tail) = after.strip_suffix(['号', '號']) else { return false };
    let tail = without_blanks(tail);
    let digits_from = tail.find(is_numeral).unwrap_or(tail.len());
    let (letters, digits) = tail.split_at(digits_from);
    let has_number = number(digits).is_some();
    let words = without_blanks(before);
    let letters = letters.trim_end_matches('第').trim_end_matches('字');
    is_year
        && has_number
        && is_agency(&words, 14)
        && is_agency(letters, 8)
        && !(words.is_empty() && letters.is_empty())
}

/// An order or a notice with a number and no year in brackets: 国务院令 第7号, 公告2023年第5号.
fn is_order(line: &str) -> bool {
    let line = without_blanks(line);
    let Some(body) = line.strip_suffix(['号', '號']) else { return false };
    let Some(mark) = body.rfind('第') else { return false };
    let digits = body.get(mark + "第".len()..).unwrap_or_default();
    let head = body.get(..mark).unwrap_or_default();
    let head = head.trim_start_matches(['（', '(']);
    let kind = head.trim_end_matches('年').trim_end_matches(is_numeral);
    let is_kind = ["令", "公告", "通告", "决定", "公报"].iter().any(|word| kind.ends_with(word));
    number(digits).is_some() && is_kind && is_agency(kind, 40)
}

/// Whether all characters can be part of an agency's name or abbreviation.
fn is_agency(words: &str, max_chars: usize) -> bool {
    words.chars().count() <= max_chars
        && words.chars().all(|c| {
            ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_ascii_alphabetic() || "、·".contains(c)
        })
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_numbers_of_documents_are_found() {
        for line in [
            "南开〔2021〕7号",
            "国办发[2023]5号",
            "南政文（2021）12 号",
            "南政办 〔 2021 〕 12 号",
            "南政〔２０２１〕１２号",
            "南政【2021】12号",
            "南政［2021］第12号",
            "南政字（85）第3号",
            "(1985)南政字第 12 号",
            "南政〔一九八五〕十二号",
            "  南开〔2021〕7号 ",
            "中华人民共和国国务院令 第7号",
            "南山市人民政府令第12号",
        ] {
            let found = find(line).and_then(|span| line.get(span));
            assert_eq!(found, Some(line.trim()), "{line}");
        }
    }

    #[test]
    fn what_stands_beside_a_number_is_left_out() {
        for line in ["南开〔2021〕7号 签发人：白小川", "文号：南开〔2021〕7号"]
        {
            assert_eq!(find(line).and_then(|span| line.get(span)), Some("南开〔2021〕7号"));
        }
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "",
            "新飞大道1789号",
            "根据南开〔2021〕7号文件精神",
            "各单位：",
            "(2021)号",
            "总第20号",
            "南开〔2021〕号",
            "会议讨论了《南开〔2021〕7号》",
        ] {
            assert_eq!(find(line), None, "{line}");
        }
    }

    #[test]
    fn a_number_at_the_head_of_a_body_is_taken_where_the_splitter_found_none() {
        let mut document = Article {
            kind: Kind::Document,
            body: "南开〔2021〕7号\n各单位：\n请照办。".into(),
            ..Article::default()
        };
        assert_eq!(of_article(&document).as_deref(), Some("南开〔2021〕7号"));
        document.body = "南开〔2021〕7号 各单位：请照办。".into();
        assert_eq!(of_article(&document).as_deref(), Some("南开〔2021〕7号"));
        document.body = "根据南开〔2021〕7号文件要求，请照办。".into();
        assert_eq!(of_article(&document), None);
        document.body = "各单位：请按南开〔2021〕7号照办。".into();
        assert_eq!(of_article(&document), None);
    }

    proptest::proptest! {
        #[test]
        fn what_is_found_is_a_slice_of_the_line(line in "[ 南政字第〔〕（）()【】\\[\\]0-9０-９一二年令号號]{0,24}") {
            if let Some(span) = find(&line) {
                proptest::prop_assert_eq!(line.get(span), Some(line.trim()));
            }
        }
    }
}
