//! The width of Chinese text in a terminal, and where its lines may break.

use std::borrow::Cow;

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// The text with control characters made visible, so that a file cannot move the cursor or change
/// colours; line ends and tabs become blanks.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' => ' ',
            '\u{0}'..='\u{1f}' => char::from_u32(c as u32 + 0x2400).unwrap_or(' '),
            '\u{7f}'..='\u{9f}' => '\u{2421}',
            // They turn around what stands behind them: an `exe.txt` may be none.
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            c => c,
        })
        .collect()
}

/// Fills up with blanks to a number of columns.
pub(crate) fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(columns(text))))
}

/// As much of the start of the text as fits; what is cut off shows as `…`.
pub(crate) fn truncate(text: &str, to: usize) -> String {
    if columns(text) <= to {
        return text.to_owned();
    }
    let mut taken = 0;
    let mut kept = String::new();
    for c in text.chars() {
        taken += c.width().unwrap_or(0);
        if taken >= to {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// Breaks a paragraph into lines of at most `to` columns by the Unicode line breaking algorithm:
/// between any two Chinese characters, never inside a number or a Latin word that fits in a line,
/// never before a closing or after an opening mark.
pub(crate) fn wrap(paragraph: &str, to: usize) -> Vec<String> {
    let options = Options::new(to)
        .word_separator(WordSeparator::Custom(unbreakable))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(paragraph, options).into_iter().map(Cow::into_owned).collect()
}

/// The line in pieces that are not broken, blanks at their end.
fn unbreakable(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    // In Chinese “ and ” are an opening and a closing mark. The algorithm takes them for marks of
    // unknown side, around which it never breaks; brackets of as many bytes have a side.
    let bracketed = line.replace('“', "「").replace('”', "」");
    let ends: Vec<usize> = linebreaks(&bracketed).map(|(end, _)| end).collect();
    let mut start = 0;
    Box::new(ends.into_iter().map(move |end| {
        let piece = &line[start..end];
        start = end;
        Word::from(piece)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_chinese_characters_and_not_before_closing_marks() {
        assert_eq!(wrap("春天来了，河水涨了。", 8), ["春天来", "了，河水", "涨了。"]);
        assert_eq!(wrap("他说：“好”。", 8), ["他说：", "“好”。"]);
    }

    #[test]
    fn numbers_and_latin_words_stay_whole_where_they_fit() {
        assert_eq!(wrap("产值达735.8亿元", 8), ["产值达", "735.8亿", "元"]);
        assert_eq!(wrap("abcdefghijkl", 5), ["abcde", "fghij", "kl"]);
    }

    #[test]
    fn nothing_is_lost_and_no_line_is_too_wide() {
        let text = "（一）2021年全市GDP增长8.1%，其中：第一产业3.2%、第二产业9%……详见《公报》。";
        for to in 4..60 {
            let lines = wrap(text, to);
            assert_eq!(lines.concat(), text);
            // Three marks in a row may not be parted, so the narrowest lines can overflow.
            assert!(to < 12 || lines.iter().all(|line| columns(line) <= to), "{to}: {lines:?}");
        }
    }

    #[test]
    fn an_empty_paragraph_is_one_empty_line() {
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn truncation_and_padding_count_columns() {
        assert_eq!(truncate("春天来了", 8), "春天来了");
        assert_eq!(columns(&truncate("春天来了", 7)), 7);
        assert_eq!(pad("春", 4), "春  ");
    }

    #[test]
    fn control_characters_are_made_visible() {
        assert_eq!(visible("a\u{1b}[31m\u{7}b\tc"), "a␛[31m␇b c");
        assert_eq!(visible("\u{202e}txt.exe"), "\u{fffd}txt.exe");
    }
}
