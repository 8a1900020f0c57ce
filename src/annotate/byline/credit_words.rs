//! Reads the words of a byline or a credit: who reported, who wrote in, who took the pictures.

use super::persons::{can_be_name, has_surname, is_name, part_names};
use crate::model::Byline;

/// What a word says of the names beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// 记者, 作者.
    Reporter,
    /// 通讯员.
    Correspondent,
    /// 编辑, 来源: persons and offices that the record has no place for.
    Other,
    /// 文: wrote.
    Text,
    /// 摄, 图: took the pictures.
    Photo,
    /// 文图, 文/图: did both.
    Both,
    /// 报道: says nothing about its names.
    Report,
}

/// Longer words before those that they contain.
const WORDS: &[(&str, Word)] = &[
    ("摄影记者", Word::Both),
    ("攝影記者", Word::Both),
    ("通讯员", Word::Correspondent),
    ("通訊員", Word::Correspondent),
    ("记者", Word::Reporter),
    ("記者", Word::Reporter),
    ("实习生", Word::Reporter),
    ("實習生", Word::Reporter),
    ("作者", Word::Reporter),
    ("摄影报道", Word::Both),
    ("图文报道", Word::Both),
    ("文/图", Word::Both),
    ("图/文", Word::Both),
    ("文／图", Word::Both),
    ("图／文", Word::Both),
    ("文、图", Word::Both),
    ("图、文", Word::Both),
    ("文并摄", Word::Both),
    ("文/摄影", Word::Both),
    ("文/摄", Word::Both),
    ("文图", Word::Both),
    ("图文", Word::Both),
    ("文圖", Word::Both),
    ("圖文", Word::Both),
    ("摄像", Word::Other),
    ("攝像", Word::Other),
    ("审校", Word::Other),
    ("视频", Word::Other),
    ("剪辑", Word::Other),
    ("编译", Word::Other),
    ("翻译", Word::Other),
    ("主编", Word::Other),
    ("美编", Word::Other),
    ("签发", Word::Other),
    ("摄影", Word::Photo),
    ("攝影", Word::Photo),
    ("供图", Word::Photo),
    ("图片", Word::Photo),
    ("摄", Word::Photo),
    ("攝", Word::Photo),
    ("报道", Word::Report),
    ("報道", Word::Report),
    ("報導", Word::Report),
    ("责任编辑", Word::Other),
    ("责编", Word::Other),
    ("编辑", Word::Other),
    ("編輯", Word::Other),
    ("编审", Word::Other),
    ("校对", Word::Other),
    ("審核", Word::Other),
    ("审核", Word::Other),
    ("来源", Word::Other),
    ("來源", Word::Other),
    ("策划", Word::Other),
    ("统筹", Word::Other),
    ("制图", Word::Other),
    ("撰稿", Word::Other),
    ("供稿", Word::Other),
    ("整理", Word::Other),
    ("监制", Word::Other),
    ("版式", Word::Other),
    ("值班", Word::Other),
    ("电话", Word::Other),
    ("时间", Word::Other),
    ("時間", Word::Other),
    ("发布", Word::Other),
    ("發布", Word::Other),
    ("浏览", Word::Other),
    ("瀏覽", Word::Other),
    ("阅读", Word::Other),
    ("閱讀", Word::Other),
    ("点击", Word::Other),
    ("點擊", Word::Other),
    ("字号", Word::Other),
    ("打印", Word::Other),
    ("分享", Word::Other),
    ("收藏", Word::Other),
];

/// What a byline says, and how it reads.
#[derive(Debug, Default)]
pub struct Reading {
    /// Who did what.
    pub byline: Byline,
    /// Whether a word like 记者 or 摄 says so.
    pub has_role: bool,
    /// Whether there is nothing but such words and names.
    pub only_names: bool,
}

/// Names that wait for the word after them, with what was said before them.
#[derive(Default)]
struct Group {
    names: Vec<(String, Option<Word>)>,
    role: Option<Word>,
    /// 文/ or 图/ before the names.
    opened: Option<Word>,
}

/// Reads a byline: names divided by blanks, 、 or commas with the words around them. Pieces that
/// are neither are left out; names without a role count as reporters.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut reading = Reading { only_names: true, ..Reading::default() };
    let mut group = Group::default();
    let mut rest = text;
    // A single character that may be the first half of 王 伟.
    let mut half: Option<&str> = None;
    loop {
        let trimmed = rest.trim_start_matches(is_separator);
        let skipped = rest.get(..rest.len() - trimmed.len()).unwrap_or_default();
        rest = trimmed;
        if half.is_some() && (rest.is_empty() || !skipped.chars().all(char::is_whitespace)) {
            half = None;
            reading.only_names = false;
        }
        if rest.is_empty() {
            break;
        }
        if let Some((word, after)) = word_at(rest) {
            let shown = rest.get(..rest.len() - after.len()).unwrap_or_default();
            if let Some(first) = half.take() {
                // 晁 文 is a name; nobody's single character wrote the text.
                if shown == "文" && has_surname(first) {
                    take_name(&format!("{first}{shown}"), &mut group, &mut reading);
                    rest = after;
                    continue;
                }
                reading.only_names = false;
            }
            take_word(word, shown, after, &mut group, &mut reading);
            rest = after;
            continue;
        }
        let end = end_of_piece(rest);
        let (piece, after) = rest.split_at(end);
        let before_role = word_at(after).is_some_and(|(word, _)| {
            matches!(word, Word::Reporter | Word::Correspondent | Word::Other)
        });
        rest = after;
        // 王大明／台南報導: the place of the report.
        let reported = matches!(word_at(after), Some((Word::Report, _)));
        if reported && !group.names.is_empty() && (skipped.contains(['/', '／']) || !is_name(piece))
        {
            continue;
        }
        if piece.chars().count() == 1 {
            match half.take() {
                None => half = Some(piece),
                Some(first) => take_name(&format!("{first}{piece}"), &mut group, &mut reading),
            }
            continue;
        }
        if let Some(first) = half.take() {
            let whole = format!("{first}{piece}");
            if piece.chars().count() == 2 && is_name(&whole) && !is_name(piece) {
                take_name(&whole, &mut group, &mut reading);
                continue;
            }
            reading.only_names = false;
        }
        // 本报记者, 新华社记者: the paper, not a person.
        if before_role && !(group.role.is_some() && is_name(piece)) {
            continue;
        }
        take_name(piece, &mut group, &mut reading);
    }
    close(&mut group, None, &mut reading.byline);
    reading
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_digit()
        || "、,，/／|｜;；:：()（）[]【】□●■◎○◆.。-—_*".contains(c)
}

/// The word of a role that a text begins with, and what follows it.
fn word_at(text: &str) -> Option<(Word, &str)> {
    if let Some(found) =
        WORDS.iter().find_map(|(shown, word)| Some((*word, text.strip_prefix(shown)?)))
    {
        return Some(found);
    }
    // 文 and 图 alone are words only where they stand by themselves; 文 is a surname too.
    let stands = |rest: &str| rest.is_empty() || rest.starts_with(is_separator);
    [("文", Word::Text), ("图", Word::Photo), ("圖", Word::Photo)]
        .into_iter()
        .find_map(|(shown, word)| Some((word, text.strip_prefix(shown)?)))
        .filter(|(_, rest)| stands(rest))
}

/// Where the piece that a text begins with ends: at a separator or a word of a role.
fn end_of_piece(text: &str) -> usize {
    text.char_indices()
        .skip(1)
        .find(|(at, c)| {
            is_separator(*c)
                || text.get(*at..).is_some_and(|rest| {
                    word_at(rest).is_some()
                        && !text.get(..*at).is_some_and(|name| ends_in_text(name, rest))
                })
        })
        .map_or(text.len(), |(at, _)| at)
}

/// Whether the 文 that follows one or two characters is the last of a name: 斯文, 曾宪文, unless
/// somebody else took the pictures, which tells that it means the text.
fn ends_in_text(name: &str, rest: &str) -> bool {
    let Some(after) = rest.strip_prefix('文') else { return false };
    let alone = after.is_empty() || after.starts_with(is_separator);
    alone
        && !after.starts_with(['/', '／', '、'])
        && match name.chars().count() {
            1 => true,
            2 => has_surname(name) && !after.contains(['摄', '攝', '图', '圖']),
            _ => false,
        }
}

fn take_name(piece: &str, group: &mut Group, reading: &mut Reading) {
    // Without a word like 记者 before it, only a surname tells a person from a paper.
    let named = if group.role.is_some() || group.opened.is_some() {
        can_be_name(piece)
    } else {
        is_name(piece)
    };
    if named && is_name(piece) {
        group.names.push((piece.to_owned(), group.role));
    } else if let Some(names) = part_names(piece) {
        group.names.extend(names.into_iter().map(|name| (name, group.role)));
    } else {
        reading.only_names = false;
        if named {
            group.names.push((piece.to_owned(), group.role));
        }
    }
}

fn take_word(word: Word, shown: &str, after: &str, group: &mut Group, reading: &mut Reading) {
    reading.has_role = true;
    match word {
        Word::Reporter | Word::Correspondent | Word::Other => group.role = Some(word),
        Word::Report => {}
        Word::Text | Word::Photo | Word::Both => {
            // 文/张三 图/李四: the word stands before its names; 摄影 does so whenever a name
            // follows.
            let leads = (group.names.is_empty() || group.opened.is_some())
                && after.chars().next().is_some_and(|c| c != ')' && c != '）');
            if leads || shown.chars().count() == 2 && starts_with_name(after) {
                close(group, None, &mut reading.byline);
                group.role = None;
                group.opened = Some(word);
            } else {
                close(group, Some(word), &mut reading.byline);
            }
        }
    }
}

/// Whether the next piece of a byline is a person's name.
fn starts_with_name(text: &str) -> bool {
    let rest = text.trim_start_matches(is_separator);
    word_at(rest).is_none()
        && !rest.is_empty()
        && rest.get(..end_of_piece(rest)).is_some_and(is_name)
}

/// Gives the waiting names their places.
fn close(group: &mut Group, mark: Option<Word>, byline: &mut Byline) {
    let said = mark.or(group.opened);
    for (name, role) in group.names.drain(..) {
        let pictures = matches!(said, Some(Word::Photo | Word::Both));
        let list = match (role, said) {
            // 张三 摄 without 记者 only took the picture.
            (Some(Word::Other), _) | (None, Some(Word::Photo)) => None,
            (Some(Word::Correspondent), _) => Some(&mut byline.correspondents),
            _ => Some(&mut byline.reporters),
        };
        if let Some(list) = list {
            push(list, &name);
        }
        if pictures && role != Some(Word::Other) {
            push(&mut byline.photographers, &name);
        }
    }
    group.opened = None;
    if mark.is_some() {
        group.role = None;
    }
}

fn push(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|listed| listed == name) {
        list.push(name.to_owned());
    }
}
