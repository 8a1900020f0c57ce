//! Parses a byline or a credit line: names and the role words beside them.

use super::person_names::{can_be_name, has_surname, is_name, part_names};
use crate::model::Byline;

/// The role that a word gives the names beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CreditWord {
    /// 记者, 作者.
    Reporter,
    /// 通讯员.
    Correspondent,
    /// 编辑, 来源: roles that a record does not have.
    Other,
    /// 文: wrote.
    Text,
    /// 摄, 图: took the pictures.
    Photo,
    /// 文图, 文/图: did both.
    Both,
    /// 报道: assigns no role.
    Report,
}

/// The role words; longer ones come before words that they contain.
const WORDS: &[(&str, CreditWord)] = &[
    ("摄影记者", CreditWord::Both),
    ("攝影記者", CreditWord::Both),
    ("通讯员", CreditWord::Correspondent),
    ("通訊員", CreditWord::Correspondent),
    ("记者", CreditWord::Reporter),
    ("記者", CreditWord::Reporter),
    ("实习生", CreditWord::Reporter),
    ("實習生", CreditWord::Reporter),
    ("作者单位", CreditWord::Other),
    ("作者", CreditWord::Reporter),
    ("摄影报道", CreditWord::Both),
    ("图文报道", CreditWord::Both),
    ("文/图", CreditWord::Both),
    ("图/文", CreditWord::Both),
    ("文／图", CreditWord::Both),
    ("图／文", CreditWord::Both),
    ("文、图", CreditWord::Both),
    ("图、文", CreditWord::Both),
    ("文并摄", CreditWord::Both),
    ("文/摄影", CreditWord::Both),
    ("文/摄", CreditWord::Both),
    ("文图", CreditWord::Both),
    ("图文", CreditWord::Both),
    ("文圖", CreditWord::Both),
    ("圖文", CreditWord::Both),
    ("摄像", CreditWord::Other),
    ("攝像", CreditWord::Other),
    ("审校", CreditWord::Other),
    ("视频", CreditWord::Other),
    ("剪辑", CreditWord::Other),
    ("编译", CreditWord::Other),
    ("翻译", CreditWord::Other),
    ("主编", CreditWord::Other),
    ("美编", CreditWord::Other),
    ("签发", CreditWord::Other),
    ("摄影", CreditWord::Photo),
    ("攝影", CreditWord::Photo),
    ("供图", CreditWord::Photo),
    ("图片", CreditWord::Photo),
    ("摄", CreditWord::Photo),
    ("攝", CreditWord::Photo),
    ("报道", CreditWord::Report),
    ("報道", CreditWord::Report),
    ("報導", CreditWord::Report),
    ("责任编辑", CreditWord::Other),
    ("责编", CreditWord::Other),
    ("编辑", CreditWord::Other),
    ("編輯", CreditWord::Other),
    ("编审", CreditWord::Other),
    ("校对", CreditWord::Other),
    ("審核", CreditWord::Other),
    ("审核", CreditWord::Other),
    ("来源", CreditWord::Other),
    ("來源", CreditWord::Other),
    ("策划", CreditWord::Other),
    ("统筹", CreditWord::Other),
    ("制图", CreditWord::Other),
    ("撰稿", CreditWord::Other),
    ("供稿", CreditWord::Other),
    ("整理", CreditWord::Other),
    ("监制", CreditWord::Other),
    ("版式", CreditWord::Other),
    ("值班", CreditWord::Other),
    ("电话", CreditWord::Other),
    ("时间", CreditWord::Other),
    ("時間", CreditWord::Other),
    ("发布", CreditWord::Other),
    ("發布", CreditWord::Other),
    ("浏览", CreditWord::Other),
    ("瀏覽", CreditWord::Other),
    ("阅读", CreditWord::Other),
    ("閱讀", CreditWord::Other),
    ("点击", CreditWord::Other),
    ("點擊", CreditWord::Other),
    ("字号", CreditWord::Other),
    ("打印", CreditWord::Other),
    ("分享", CreditWord::Other),
    ("收藏", CreditWord::Other),
];

/// A parsed byline.
#[derive(Debug, Default)]
pub struct CreditLine {
    /// The names by role.
    pub byline: Byline,
    /// Whether it has a role word like 记者 or 摄.
    pub has_role: bool,
    /// Whether it consists of role words and names alone.
    pub only_names: bool,
}

/// Names whose role word may still follow, and the role word before them.
#[derive(Default)]
struct PendingNames {
    names: Vec<(String, Option<CreditWord>)>,
    role: Option<CreditWord>,
    /// 文/ or 图/ before the names.
    opened: Option<CreditWord>,
}

/// Parses a byline: names separated by blanks, 、 or commas, and role words. Other tokens are
/// skipped; names without a role are reporters.
#[must_use]
pub fn parse_credit(text: &str) -> CreditLine {
    let mut line = CreditLine { only_names: true, ..CreditLine::default() };
    let mut pending = PendingNames::default();
    let mut rest = text;
    // A single character that may be the first half of 王 伟.
    let mut half: Option<&str> = None;
    loop {
        let trimmed = rest.trim_start_matches(is_separator);
        let skipped = rest.get(..rest.len() - trimmed.len()).unwrap_or_default();
        rest = trimmed;
        if half.is_some() && (rest.is_empty() || !skipped.chars().all(char::is_whitespace)) {
            half = None;
            line.only_names = false;
        }
        if rest.is_empty() {
            break;
        }
        if let Some((word, after)) = word_at(rest) {
            let shown = rest.get(..rest.len() - after.len()).unwrap_or_default();
            if let Some(first) = half.take() {
                // 晁 文 is a name: a surname alone is nobody who wrote the text.
                if shown == "文" && has_surname(first) {
                    take_name(&format!("{first}{shown}"), &mut pending, &mut line);
                    rest = after;
                    continue;
                }
                line.only_names = false;
            }
            take_word(word, shown, after, &mut pending, &mut line);
            rest = after;
            continue;
        }
        let end = end_of_piece(rest);
        let (piece, after) = rest.split_at(end);
        let before_role = word_at(after).is_some_and(|(word, _)| {
            matches!(word, CreditWord::Reporter | CreditWord::Correspondent | CreditWord::Other)
        });
        rest = after;
        // 王大明／台南報導: what follows is the place of the report.
        let reported = matches!(word_at(after), Some((CreditWord::Report, _)));
        if reported
            && !pending.names.is_empty()
            && (skipped.contains(['/', '／']) || !is_name(piece))
        {
            continue;
        }
        if piece.chars().count() == 1 {
            match half.take() {
                None => half = Some(piece),
                Some(first) => take_name(&format!("{first}{piece}"), &mut pending, &mut line),
            }
            continue;
        }
        if let Some(first) = half.take() {
            let whole = format!("{first}{piece}");
            if piece.chars().count() == 2 && is_name(&whole) && !is_name(piece) {
                take_name(&whole, &mut pending, &mut line);
                continue;
            }
            line.only_names = false;
        }
        // 本报记者, 新华社记者: a paper or agency, not a person.
        if before_role && !(pending.role.is_some() && is_name(piece)) {
            continue;
        }
        take_name(piece, &mut pending, &mut line);
    }
    close(&mut pending, None, &mut line.byline);
    line
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_digit()
        || "、,，/／|｜;；:：()（）[]【】□●■◎○◆.。-—_*".contains(c)
}

/// The role word at the beginning of a text, and the rest.
fn word_at(text: &str) -> Option<(CreditWord, &str)> {
    if let Some(found) =
        WORDS.iter().find_map(|(shown, word)| Some((*word, text.strip_prefix(shown)?)))
    {
        return Some(found);
    }
    // 文 and 图 are role words only when they stand alone; 文 is also a surname.
    let stands = |rest: &str| rest.is_empty() || rest.starts_with(is_separator);
    [("文", CreditWord::Text), ("图", CreditWord::Photo), ("圖", CreditWord::Photo)]
        .into_iter()
        .find_map(|(shown, word)| Some((word, text.strip_prefix(shown)?)))
        .filter(|(_, rest)| stands(rest))
}

/// The end of the first piece of a text: at a separator or a role word.
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

/// Whether a 文 after one or two characters is the last character of a name, as in 斯文 and 曾宪文.
/// If somebody else took the pictures, it is the role word.
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

fn take_name(piece: &str, pending: &mut PendingNames, line: &mut CreditLine) {
    // Without a word like 记者 before it, only the surname tells a person from a paper.
    let named = if pending.role.is_some() || pending.opened.is_some() {
        can_be_name(piece)
    } else {
        is_name(piece)
    };
    if named && is_name(piece) {
        pending.names.push((piece.to_owned(), pending.role));
    } else if let Some(names) = part_names(piece) {
        pending.names.extend(names.into_iter().map(|name| (name, pending.role)));
    } else {
        line.only_names = false;
        if named {
            pending.names.push((piece.to_owned(), pending.role));
        }
    }
}

fn take_word(
    word: CreditWord,
    shown: &str,
    after: &str,
    pending: &mut PendingNames,
    line: &mut CreditLine,
) {
    line.has_role = true;
    match word {
        CreditWord::Reporter | CreditWord::Correspondent | CreditWord::Other => {
            pending.role = Some(word);
        }
        CreditWord::Report => {}
        CreditWord::Text | CreditWord::Photo | CreditWord::Both => {
            // 文/张三 图/李四: the role word precedes its names. 摄影 does so whenever a name
            // follows.
            let leads = (pending.names.is_empty() || pending.opened.is_some())
                && after.chars().next().is_some_and(|c| c != ')' && c != '）');
            if leads || shown.chars().count() == 2 && starts_with_name(after) {
                close(pending, None, &mut line.byline);
                pending.role = None;
                pending.opened = Some(word);
            } else {
                close(pending, Some(word), &mut line.byline);
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

/// Assigns the pending names to their roles.
fn close(pending: &mut PendingNames, mark: Option<CreditWord>, byline: &mut Byline) {
    let said = mark.or(pending.opened);
    for (name, role) in pending.names.drain(..) {
        let pictures = matches!(said, Some(CreditWord::Photo | CreditWord::Both));
        let list = match (role, said) {
            // 张三 摄, without 记者, only took the picture.
            (Some(CreditWord::Other), _) | (None, Some(CreditWord::Photo)) => None,
            (Some(CreditWord::Correspondent), _) => Some(&mut byline.correspondents),
            _ => Some(&mut byline.reporters),
        };
        if let Some(list) = list {
            push(list, &name);
        }
        if pictures && role != Some(CreditWord::Other) {
            push(&mut byline.photographers, &name);
        }
    }
    pending.opened = None;
    if mark.is_some() {
        pending.role = None;
    }
}

fn push(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|listed| listed == name) {
        list.push(name.to_owned());
    }
}
