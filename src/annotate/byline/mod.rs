//! Who made an article: reporters, correspondents, photographers?
//!
//! Bylines are found in the dateline, on lines of their own, in brackets at the end, and in credit
//! lines. `credit_line` parses them as names and role words (记者, 通讯员, 摄); `person_names` decides
//! by surnames which words are names.

pub(crate) mod credit_line;
pub(crate) mod person_names;

use super::dates::scan;
use crate::model::{Article, Byline, Kind};
use credit_line::{CreditLine, parse_credit};

/// Characters at the beginning of the first paragraph in which the bracket of a byline can open.
const HEAD_CHARS: usize = 60;

/// The longest byline in brackets, in bytes.
const MAX_LINE_BYTES: usize = 400;

/// Role words before names.
const ROLES: [&str; 4] = ["记者", "記者", "通讯员", "通訊員"];

/// The reporters, correspondents and photographers of an article. Names are as printed, but 王 伟
/// without its blank. A photographer who is called 记者 is a reporter, too; names without a role
/// are reporters.
#[must_use]
pub fn byline(article: &Article) -> Byline {
    let mut byline = Byline::default();
    let paragraphs: Vec<&str> =
        article.body.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    let lead = paragraphs.first().copied().unwrap_or_default();
    if let Some(found) = in_head(lead) {
        merge(&mut byline, found);
    } else if paragraphs.len() > 1 && is_short_line(lead) && article.kind != Kind::Document {
        // Names on a line of their own under the headline; a single one may be a heading.
        let credit = parse_credit(lead);
        if credit.only_names && credit.byline.reporters.len() > 1 {
            merge(&mut byline, credit.byline);
        }
    }
    if let Some(subtitle) = article.subtitle.as_deref().filter(|line| names_role(line)) {
        merge(&mut byline, parse_credit(subtitle).byline);
    }
    if paragraphs.len() > 1
        && let Some(found) = paragraphs.last().and_then(|last| in_tail(last, article.kind))
    {
        merge(&mut byline, found);
    } else if byline == Byline::default()
        && let Some(found) = bracket_at_end(lead).or_else(|| after_full_stop(lead))
    {
        merge(&mut byline, found);
    }
    for caption in paragraphs.iter().filter_map(|paragraph| caption_credit(paragraph)) {
        merge(&mut byline, caption);
    }
    for line in article.credit.as_deref().unwrap_or_default().split('\n') {
        let CreditLine { byline: found, has_role, only_names } = parse_credit(line);
        // Names under a document are signatories, not reporters.
        let is_signature = matches!(article.kind, Kind::Document | Kind::Notice);
        if has_role || only_names && !is_signature {
            merge(&mut byline, found);
        }
    }
    byline
}

fn names_role(text: &str) -> bool {
    ["记者", "記者", "通讯员", "通訊員", "实习生", "文图", "文/图", "图/文", "摄影", "文并摄"]
        .iter()
        .any(|word| text.contains(word))
}

/// The byline of a dateline: 本报讯(记者 …), 新华社郑州2月9日电（记者…）, 本报讯 记者 … 报道.
fn in_head(lead: &str) -> Option<Byline> {
    let reach = lead.char_indices().nth(HEAD_CHARS).map_or(lead.len(), |(at, _)| at);
    let head = lead.get(..reach)?;
    for (open, mark) in head.match_indices(['(', '（', '【', '[', '〔']) {
        let inside = inside_bracket(lead.get(open + mark.len()..)?);
        let inside = before_dispatch(inside).unwrap_or(inside);
        let before = head.get(..open)?.trim_end();
        let credit = parse_credit(inside);
        let dateline = before.ends_with(['讯', '電', '电', '訊', '报', '報']) && before.len() < 90;
        let is_byline =
            if names_role(inside) { credit.has_role } else { dateline && credit.only_names };
        if is_byline && credit.byline != Byline::default() {
            return Some(credit.byline);
        }
    }
    if is_short_line(lead) && names_role(lead) {
        return Some(parse_credit(lead).byline);
    }
    without_brackets(head)
}

/// The content of an open bracket; one that the scan left unclosed ends with the sentence.
fn inside_bracket(text: &str) -> &str {
    let end = text
        .find([')', '）', '】', ']', '〕'])
        .or_else(|| text.find(['。', '“', '\n']))
        .unwrap_or(text.len());
    let inside = text.get(..end).unwrap_or_default();
    if inside.len() > MAX_LINE_BYTES { "" } else { inside }
}

/// The text before the place and day of a dispatch: 本報記者謝孟儒 of 本報記者謝孟儒台南廿四日電.
/// Such place names have two characters, and names of persons two or three.
fn before_dispatch(inside: &str) -> Option<&str> {
    let text = inside.trim_end().strip_suffix(['电', '電', '讯', '訊'])?;
    let day = scan(text).pop().filter(|day| day.span.end == text.len())?;
    let head = text.get(..day.span.start)?.trim_end();
    let ends = ROLES.iter().filter_map(|word| Some(head.rfind(word)? + word.len()));
    let names = head.get(ends.max()?..)?;
    let last = names.trim_start().rsplit([' ', '\u{3000}', '、', '／', '/']).next()?;
    let before = head.get(..head.len() - last.len())?;
    let parted = last.len() < names.trim_start().len() && !before.ends_with('、');
    let kept = match last.chars().count() {
        _ if parted => 0,
        count @ 0..=3 => count,
        4 => 2,
        _ => 3,
    };
    let end = last.char_indices().nth(kept).map_or(last.len(), |(at, _)| at);
    head.get(..before.len() + end)
}

/// The credit inside a caption in brackets: （图为分拣现场。石磊 摄）.
fn caption_credit(paragraph: &str) -> Option<Byline> {
    let inside = paragraph.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    let credited = ["摄", "攝", "摄影", "攝影", "供图", "供圖"];
    if inside.len() > MAX_LINE_BYTES || !credited.iter().any(|word| inside.ends_with(word)) {
        return None;
    }
    let credit = inside.rsplit(['。', '，', '；', '！']).next()?;
    let credit = parse_credit(credit);
    credit.has_role.then_some(credit.byline)
}

/// 本报讯 记者 郭涛 通讯员 李晓娟 报道, 某某网记者李明8月3日报道: roles and names up to the first
/// piece that is neither.
fn without_brackets(head: &str) -> Option<Byline> {
    let start = ROLES.iter().filter_map(|word| head.find(word)).min()?;
    let before = head.get(..start)?.trim_end();
    // Only the paper's name or 本报讯 may precede it: no sentence has begun.
    let paper = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || "□●■|｜、· /／".contains(c);
    let opens = before.ends_with(['讯', '訊', '电', '電', '□', '●', '■', '|', '｜'])
        || before.chars().count() <= 10 && before.chars().all(paper);
    if !opens {
        return None;
    }
    let mut end = start;
    for piece in head.get(start..)?.split_inclusive([' ', '\u{3000}', '、']) {
        let bare = until_text(piece);
        let credit = parse_credit(bare);
        let names = credit.byline.reporters.len() + credit.byline.correspondents.len();
        if !is_half_name(bare) && (!credit.only_names || !credit.has_role && names == 0) {
            break;
        }
        end += bare.len();
        if bare.len() < piece.len() {
            break;
        }
    }
    let shown = head.get(start..end)?;
    let after = head.get(end..)?;
    // 记者 followed by a verb, as in 记者时常看到, names nobody.
    let parted = shown.contains([' ', '\u{3000}', '、', '：', ':'])
        || shown.contains("报道")
        || after.starts_with(|c: char| c.is_ascii_digit());
    let credit = parse_credit(shown);
    let found = credit.byline;
    (parted && found != Byline::default()).then_some(found)
}

/// The name at the beginning of a piece that runs into the text: 雷强 of 雷强近日, 陈潇 of
/// 陈潇8月14日.
fn until_text(piece: &str) -> &str {
    let words = ["近日", "日前", "昨日", "昨天", "今日", "今天", "连日来", "，", ",", "“", "。"];
    let reported = ["报道", "報道", "報導"];
    let end = words
        .iter()
        .filter_map(|word| piece.find(word))
        .chain(reported.iter().filter_map(|word| Some(piece.find(word)? + word.len())))
        .chain(piece.find(|c: char| c.is_ascii_digit()))
        .min()
        .unwrap_or(piece.len());
    piece.get(..end).unwrap_or_default()
}

fn is_half_name(piece: &str) -> bool {
    piece.trim().chars().count() == 1
}

/// A line without a sentence in it.
fn is_short_line(line: &str) -> bool {
    line.len() <= 180 && !line.contains(['。', '！', '？', '“', '”'])
}

/// The byline of the last paragraph: a credit line, or brackets at its end.
fn in_tail(last: &str, kind: Kind) -> Option<Byline> {
    if is_short_line(last) && kind != Kind::Document {
        let credit = parse_credit(last);
        let ends_as_credit = last.trim_end_matches([')', '）', '】']).ends_with(['摄', '攝', '图'])
            || last.trim_start_matches(['(', '（', '□', '●', '■']).starts_with("本报记者")
            || last.starts_with("记者")
            || last.starts_with("通讯员")
            || last.starts_with("摄影");
        let bracketed = last.starts_with(['(', '（']) && last.ends_with([')', '）']);
        if credit.has_role && (ends_as_credit || bracketed) || bracketed && credit.only_names {
            return Some(credit.byline);
        }
    }
    bracket_at_end(last).or_else(|| after_full_stop(last))
}

/// A credit that the scan or the layout joined to the last sentence: 。某某晚报记者 李明 编辑 王伟.
fn after_full_stop(paragraph: &str) -> Option<Byline> {
    let stop = paragraph.rfind(['。', '！', '？', '”'])?;
    let tail = paragraph.get(stop..)?.trim_start_matches(['。', '！', '？', '”']);
    if tail.len() > MAX_LINE_BYTES / 2 || !(names_role(tail) || tail.ends_with(['摄', '攝'])) {
        return None;
    }
    let credit = parse_credit(tail);
    (credit.has_role && credit.only_names).then_some(credit.byline)
}

/// A byline in brackets after the last full stop: （张三 李四）.
fn bracket_at_end(paragraph: &str) -> Option<Byline> {
    let line = paragraph.trim_end();
    let inside = line.strip_suffix([')', '）'])?;
    let open = inside.rfind(['(', '（'])?;
    let before = inside.get(..open)?.trim_end();
    let inside = inside.get(open..)?.trim_start_matches(['(', '（']);
    if inside.len() > MAX_LINE_BYTES || !before.ends_with(['。', '！', '？', '”', '…', '!', '?'])
    {
        return None;
    }
    let credit = parse_credit(inside);
    ((credit.has_role || credit.only_names) && credit.byline != Byline::default())
        .then_some(credit.byline)
}

/// Adds the names of one byline to another, without repetitions.
fn merge(byline: &mut Byline, found: Byline) {
    let pairs = [
        (&mut byline.reporters, found.reporters),
        (&mut byline.correspondents, found.correspondents),
        (&mut byline.photographers, found.photographers),
    ];
    for (list, names) in pairs {
        for name in names {
            if !list.contains(&name) {
                list.push(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(body: &str, credit: Option<&str>) -> Article {
        Article { body: body.into(), credit: credit.map(Into::into), ..Article::default() }
    }

    fn names(list: &[String]) -> String {
        list.join(" ")
    }

    #[test]
    fn datelines_of_every_printed_form_name_their_people() {
        for (body, reporters, correspondents, photographers) in [
            ("本报讯(记者 白小川 通讯员 于晴)春播开始了。", "白小川", "于晴", ""),
            (
                "本报（记者 白小川 通讯员 于晴、石磊 文图）书市开张。",
                "白小川",
                "于晴 石磊",
                "白小川 于晴 石磊",
            ),
            ("本报讯（记者　白小川，秦　岭）水库放水。", "白小川 秦岭", "", ""),
            (
                "本报讯(郑南日报全媒体记者 白小川 通讯员 于晴 文/图)灯会开幕。",
                "白小川",
                "于晴",
                "白小川 于晴",
            ),
            ("新华社石门2月9日电（记者白小川、于晴）新桥通车。", "白小川 于晴", "", ""),
            (
                "本报讯(首席记者 白小川 见习记者 于晴 实习生 石磊)新桥通车。",
                "白小川 于晴 石磊",
                "",
                "",
            ),
            ("本报讯（通讯员 于晴 记者 白小川）新桥通车。", "白小川", "于晴", ""),
            ("本报讯 记者 白小川 通讯员 于晴 报道：新桥通车。", "白小川", "于晴", ""),
            ("南山在线记者白小川8月3日报道：新桥通车。", "白小川", "", ""),
            ("本报讯（特约记者 买买提·艾力）牧场转场。", "买买提·艾力", "", ""),
            ("本报讯(白小川 于晴)新桥通车。", "白小川 于晴", "", ""),
            ("本报讯 新桥昨日通车。", "", "", ""),
            ("记者昨日获悉，新桥通车。", "", "", ""),
            ("白小川 于晴", "白小川 于晴", "", ""),
            ("本报讯 （白小川、于晴报道）新桥通车。", "白小川 于晴", "", ""),
            ("□本报通讯员 于晴 本报记者 白小川", "白小川", "于晴", ""),
            ("文/南山晚报全媒体记者 白小川", "白小川", "", ""),
            ("【南山网报道 见习记者 白小川】新桥通车。", "白小川", "", ""),
            ("新桥（如图）今天通车。", "", "", ""),
            ("本报讯 记者白小川报道：市政局5日发布通告。", "白小川", "", ""),
            ("【本報記者白小川石門廿四日電】新橋通車。", "白小川", "", ""),
            ("【記者白小川／高雄報導】新橋通車。", "白小川", "", ""),
            ("〔記者白小川、于晴／石門報導〕新橋通車。", "白小川 于晴", "", ""),
            ("本报讯（记者 曾宪文）新桥通车。", "曾宪文", "", ""),
            ("本报讯（通讯员 石大磊于晴）新桥通车。", "", "石大磊 于晴", ""),
            ("本报讯（通讯员 马寅初夏 斯文）新桥通车。", "", "马寅初夏 斯文", ""),
            ("本报讯（本报通讯员）新桥通车。", "", "", ""),
            ("本报讯（见习记者 白小川 驻站记者 于晴）新桥通车。", "白小川 于晴", "", ""),
        ] {
            let byline = byline(&article(&format!("{body}\n第二段说明情况。"), None));
            assert_eq!(names(&byline.reporters), reporters, "{body}");
            assert_eq!(names(&byline.correspondents), correspondents, "{body}");
            assert_eq!(names(&byline.photographers), photographers, "{body}");
        }
    }

    #[test]
    fn credits_at_the_end_name_their_people() {
        for (credit, reporters, correspondents, photographers) in [
            ("本报记者 石磊 摄", "石磊", "", "石磊"),
            ("石磊 摄", "", "", "石磊"),
            ("摄影：石磊", "", "", "石磊"),
            ("白小川/文 石磊/摄", "白小川", "", "石磊"),
            ("文/白小川 图/石磊", "白小川", "", "石磊"),
            ("（白小川 于 晴）", "白小川 于晴", "", ""),
            ("白小川 于晴", "白小川 于晴", "", ""),
            ("本报记者 白小川 通讯员 于晴 文/图", "白小川", "于晴", "白小川 于晴"),
            ("责任编辑：秦岭", "", "", ""),
            ("来源：南山网", "", "", ""),
            ("记者 白小川 摄影 石磊", "白小川", "", "石磊"),
            ("本报记者 白小川 文 石磊 摄", "白小川", "", "石磊"),
            ("本报记者　　晁　文", "晁文", "", ""),
            ("撰文：白小川 摄影：石磊", "白小川", "", "石磊"),
            ("文/本报记者 白小川 图/本报记者 石磊", "白小川 石磊", "", "石磊"),
            ("白小川 文/图", "白小川", "", "白小川"),
            ("图/文 白小川", "白小川", "", "白小川"),
            ("记者 白小川 通讯员 于晴 文 石磊 图", "白小川", "于晴", "石磊"),
            ("新华社发（石磊 摄）", "", "", "石磊"),
            ("本报通讯员 于晴", "", "于晴", ""),
            ("記者石磊／攝影", "石磊", "", "石磊"),
            ("发布时间：2021-05-21　作者：白小川　点击量：958", "白小川", "", ""),
            ("来源：南山时报 作者：白小川 浏览：12次", "白小川", "", ""),
        ] {
            let byline = byline(&article("新桥通车。", Some(credit)));
            assert_eq!(names(&byline.reporters), reporters, "{credit}");
            assert_eq!(names(&byline.correspondents), correspondents, "{credit}");
            assert_eq!(names(&byline.photographers), photographers, "{credit}");
        }
    }

    #[test]
    fn names_after_the_last_sentence_are_credits() {
        for body in
            ["开头。\n新桥通车。（白小川 于晴）", "开头。\n新桥通车。南山晚报记者 白小川 于晴"]
        {
            assert_eq!(names(&byline(&article(body, None)).reporters), "白小川 于晴", "{body}");
        }
    }

    #[test]
    fn a_caption_inside_the_text_names_its_photographer() {
        let body = "新桥通车。\n（图为通车现场。石磊 摄）\n行人称便。";
        let byline = byline(&article(body, None));
        assert_eq!(
            (names(&byline.photographers), names(&byline.reporters)),
            ("石磊".into(), String::new())
        );
    }

    #[test]
    fn the_officials_under_a_document_did_not_report_it() {
        let signed =
            Article { kind: Kind::Document, ..article("特此通知。", Some("白小川")) };
        assert_eq!(byline(&signed), Byline::default());
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_names_that_stand_in_it(
            body in "[记者通讯员摄文图/（）() 、，。张王李伟·电讯本报0-9a]{0,60}",
            credit in proptest::option::of("[记者通讯员摄文图/（）() 、：。张王李伟]{0,30}"),
        ) {
            let shown: String = format!("{body}{}", credit.as_deref().unwrap_or_default())
                .chars()
                .filter(|c| !c.is_whitespace())
                .collect();
            let byline = byline(&article(&body, credit.as_deref()));
            for name in byline.reporters.iter().chain(&byline.photographers) {
                proptest::prop_assert!(shown.contains(name.as_str()), "{name} is not in {shown}");
            }
        }
    }
}
