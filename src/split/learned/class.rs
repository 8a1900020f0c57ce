//! A coarse class for each unit: what a reader sees of a line from afar.

use crate::split::shape;
use crate::split::shape::Opening;
use crate::split::style::ParagraphEnds;
use crate::text::surnames::is_surname;

/// The class of a unit; `Edge` stands before the first and after the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::split) enum LineClass {
    Edge,
    Line,
    Tiny,
    Credit,
    Date,
    Bracketed,
    Text,
    Sentence,
    BrokenText,
    Cue,
    Labelled,
    Numbered,
    Dash,
    Colon,
    Comma,
    Name,
    Docno,
    Exclaimed,
    CommaText,
    BrokenLine,
    LongText,
    Clause,
    Phrase,
    Byline,
    Photo,
    Closing,
    List,
}

use LineClass::{
    Bracketed, BrokenLine, BrokenText, Byline, Clause, Closing, Colon, Comma, CommaText, Credit,
    Cue, Dash, Date, Docno, Edge, Exclaimed, Labelled, Line, List, LongText, Name, Numbered, Photo,
    Phrase, Sentence, Text, Tiny,
};

/// The classes with their names in the fitted table.
pub(super) const CLASSES: [(LineClass, &str); 27] = [
    (Edge, "edge"),
    (Line, "line"),
    (Tiny, "tiny"),
    (Credit, "credit"),
    (Date, "date"),
    (Bracketed, "bracketed"),
    (Text, "text"),
    (Sentence, "sentence"),
    (BrokenText, "broken_text"),
    (Cue, "cue"),
    (Labelled, "labelled"),
    (Numbered, "numbered"),
    (Dash, "dash"),
    (Colon, "colon"),
    (Comma, "comma"),
    (Name, "name"),
    (Docno, "docno"),
    (Exclaimed, "exclaimed"),
    (CommaText, "comma_text"),
    (BrokenLine, "broken_line"),
    (LongText, "long_text"),
    (Clause, "clause"),
    (Phrase, "phrase"),
    (Byline, "byline"),
    (Photo, "photo"),
    (Closing, "closing"),
    (List, "list"),
];

/// Units of at most this many characters can be headlines; longer ones are text.
pub(in crate::split) const MAX_LINE: usize = 34;

/// The class of a text in a file whose paragraphs end so.
pub(super) fn class(text: &str, ends: ParagraphEnds) -> LineClass {
    let bare = shape::unmarked(text);
    let length = shape::length(bare);
    if length > MAX_LINE { text_class(bare, length, ends) } else { line_class(bare, length) }
}

fn text_class(bare: &str, length: usize, ends: ParagraphEnds) -> LineClass {
    const MAX_TEXT: usize = 120;
    const MIN_BROKEN_TEXT: usize = 60;
    if listed(bare) {
        return List;
    }
    if ends.ends(bare) {
        return match shape::opening(bare) {
            Some((Opening::Dateline | Opening::Outlet, _)) => Cue,
            _ if length > MAX_TEXT => LongText,
            _ => Text,
        };
    }
    match bare.chars().next_back() {
        Some('：' | ':') => Colon,
        Some('，' | ',' | '；' | ';' | '、') => CommaText,
        _ if length > MIN_BROKEN_TEXT => BrokenText,
        _ => BrokenLine,
    }
}

/// Names and other short words one after the other, with 、 or blanks between them. A remark in brackets
/// belongs to its word.
fn listed(bare: &str) -> bool {
    const MIN_WORDS: usize = 8;
    const MAX_WORD: usize = 4;
    let words =
        bare.split(|c: char| c == '、' || c.is_whitespace()).filter(|word| !word.is_empty());
    let is_short = |word: &str| {
        let word = word.split(['（', '(']).next().unwrap_or(word);
        word.chars().count() <= MAX_WORD
    };
    let (short, all) =
        words.fold((0, 0), |(short, all), word| (short + usize::from(is_short(word)), all + 1));
    short >= MIN_WORDS && short * 5 >= all * 4
}

fn line_class(bare: &str, length: usize) -> LineClass {
    let last = bare.chars().next_back().unwrap_or(' ');
    if shape::docno_line(bare) {
        Docno
    } else if shape::date_line(without_remark(bare)) {
        Date
    } else if bracketed(bare) {
        bracketed_class(bare)
    } else if shape::photo_credit(bare) {
        Photo
    } else if shape::byline_line(bare) {
        Byline
    } else if shape::editor_line(bare) {
        Credit
    } else if shape::numbered(bare) {
        Numbered
    } else if bare.starts_with(['—', '–', '―']) {
        Dash
    } else if matches!(last, '：' | ':') {
        Colon
    } else if shape::labelled(bare) && length <= 24 {
        Labelled
    } else if matches!(last, '，' | ',' | '；' | ';' | '、') {
        Comma
    } else if shape::ends_sentence(bare) {
        if matches!(last, '！' | '!' | '？' | '?') { Exclaimed } else { Sentence }
    } else if shape::names_line(bare) || names(bare) {
        Name
    } else if length <= 3 {
        Tiny
    } else if bare.contains(['，', ',', '。', '；']) {
        Clause
    } else if length <= 8 {
        Phrase
    } else {
        Line
    }
}

/// One pair of brackets around the whole line.
fn bracketed(bare: &str) -> bool {
    let mut inner = bare.chars();
    let open = inner.next().is_some_and(|c| "（(【[〔「『《".contains(c));
    let closing = |c: char| "）)】]〕」』》".contains(c);
    open && inner.next_back().is_some_and(closing) && !inner.any(closing)
}

/// What a line in brackets is: a credit of a picture, another closing line, or neither.
fn bracketed_class(bare: &str) -> LineClass {
    const CLOSING: [&str; 4] = ["记者", "記者", "通讯员", "作者"];
    let inner = bare.trim_matches(|c| !char::is_alphanumeric(c));
    if inner.ends_with(['摄', '攝', '图', '圖', '画']) || inner.contains("摄影") {
        Photo
    } else if CLOSING.iter().any(|word| inner.contains(word))
        || inner.ends_with(['电', '電'])
        || names(inner)
    {
        Closing
    } else {
        Bracketed
    }
}

/// A line without a remark in brackets behind it: 1月4日（补登）.
fn without_remark(bare: &str) -> &str {
    let open = bare.ends_with(['）', ')']).then(|| bare.rfind(['（', '('])).flatten();
    open.map_or(bare, |open| bare[..open].trim_end())
}

/// Up to four names of persons without anything between them: 甘棠, 甘棠宋远. Each is a surname with one
/// or two characters behind it.
fn names(line: &str) -> bool {
    const MAX_NAMES: usize = 4;
    let chars: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    // The least number of names up to each character.
    let mut least: Vec<Option<usize>> = vec![None; chars.len() + 1];
    least[0] = Some(0);
    for at in 0..chars.len() {
        let Some(count) = least[at].filter(|_| is_surname(chars[at])) else { continue };
        for end in [at + 2, at + 3] {
            let given = chars.get(at + 1..end);
            if given.is_some_and(|given| given.iter().all(|c| c.is_alphabetic())) {
                least[end] = Some(least[end].map_or(count + 1, |other| other.min(count + 1)));
            }
        }
    }
    matches!(least[chars.len()], Some(1..=MAX_NAMES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_class_that_its_form_gives() {
        let of = |text: &str| class(text, ParagraphEnds::default());
        assert_eq!(of("老水井换了青石壁"), Phrase);
        assert_eq!(of("三十户人家又喝上了井水"), Line);
        assert_eq!(of("（本报记者 甘棠）"), Closing);
        assert_eq!(of("（甘棠摄）"), Photo);
        assert_eq!(of("（外一首）"), Bracketed);
        assert_eq!(of("本报记者 甘棠"), Byline);
        assert_eq!(of("甘棠宋远"), Name);
        assert_eq!(of("淘井"), Tiny);
        assert_eq!(of("2019年3月4日（补登）"), Date);
        assert_eq!(of("——一口井的两百年"), Dash);
        assert_eq!(of("某政〔2019〕7号"), Docno);
        assert_eq!(of("井水又清了。"), Sentence);
        assert_eq!(of(&"井水又清了，".repeat(8)), CommaText);
        assert_eq!(of(&"甘棠、宋远（女）、".repeat(6)), List);
        assert_eq!(of(&"甘棠　宋远　".repeat(10)), List);
    }

    #[test]
    fn every_class_has_a_name_of_its_own() {
        for (place, (class, name)) in CLASSES.iter().enumerate() {
            assert_eq!(*class as usize, place, "{name}");
        }
    }
}
