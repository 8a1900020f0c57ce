//! What people decided, and why it cannot be done, in words.

use crate::model::{AppliedCorrection, Review, UnplacedCorrection, UnplacedReason};
use crate::present::{EntryState, Lang};

/// A field of corrections, by its name in entries.
#[must_use]
pub fn correction_field(lang: Lang, field: &str) -> &str {
    let (chinese, english) = match field {
        "begins" => ("由此分篇", "begins here"),
        "joins" => ("并入前篇", "joined"),
        "lines" => ("行的类别", "role of lines"),
        "pieces" => ("各段次序", "order of pieces"),
        "kicker" => ("引题", "kicker"),
        "title" => ("标题", "title"),
        "subtitle" => ("副题", "subtitle"),
        "section" => ("栏目", "section"),
        "outlet" => ("来源", "outlet"),
        "docno" => ("文号", "docno"),
        "issuer" => ("发文机关", "issuer"),
        "publication" => ("报刊", "publication"),
        "page" => ("版次", "page"),
        "issue_number" => ("期号", "issue number"),
        "issue_date" => ("出版日期", "issue date"),
        "date" => ("日期", "date"),
        "kind" => ("类型", "kind"),
        "genre" => ("文种", "genre"),
        "reporters" => ("记者", "reporters"),
        "correspondents" => ("通讯员", "correspondents"),
        "photographers" => ("摄影", "photographers"),
        "districts" => ("地区", "districts"),
        "places" => ("地点", "places"),
        "topics" => ("主题", "topics"),
        "reprint_of" => ("转载自", "reprint of"),
        "indicator" => ("指标", "indicator"),
        "text" => ("文字", "text"),
        "confirms" => ("核对无误", "confirmed"),
        "undo" => ("撤销", "undo"),
        _ => return field,
    };
    lang.of(chinese, english)
}

/// What was decided, in words: as it stands in the entry, what is confirmed by its name.
#[must_use]
pub fn decided(lang: Lang, field: &str, now: &str) -> String {
    match (field, Review::from_word(now)) {
        ("confirms", Some(review)) => super::review(lang, review).to_owned(),
        _ => now.to_owned(),
    }
}

/// A correction that was applied: `date corrected by 丁 on 2024-05-06, was 2023-02-10: why`.
#[must_use]
pub fn applied_correction(lang: Lang, applied: &AppliedCorrection) -> String {
    let field = correction_field(lang, &applied.field);
    let day = super::day(applied.at);
    let now = decided(lang, &applied.field, &applied.now);
    let by = &applied.by;
    let mut said = match applied.field.as_str() {
        "confirms" => lang.of(
            format!("{now}：{by} 于 {day} 核对无误"),
            format!("{now}: found right by {by} on {day}"),
        ),
        "text" | "indicator" | "lines" | "joins" => lang.of(
            format!("{field}：{by} 于 {day} 更正，{now}"),
            format!("{field} corrected by {by} on {day}: {now}"),
        ),
        "begins" | "pieces" => {
            lang.of(format!("{field}：{by} 于 {day} 更正"), format!("{field}, by {by} on {day}"))
        }
        _ if applied.was.is_empty() => lang.of(
            format!("{field}：{by} 于 {day} 更正，原无"),
            format!("{field} corrected by {by} on {day}, was none"),
        ),
        _ => lang.of(
            format!("{field}：{by} 于 {day} 更正，原为 {}", applied.was),
            format!("{field} corrected by {by} on {day}, was {}", applied.was),
        ),
    };
    if !applied.why.is_empty() {
        said.push_str(&lang.of(format!("（{}）", applied.why), format!(" ({})", applied.why)));
    }
    said
}

/// What became of an entry.
#[must_use]
pub fn entry_state(lang: Lang, state: &EntryState) -> String {
    match state {
        EntryState::Applied => lang.of("已生效", "applied").to_owned(),
        EntryState::Replaced => lang.of("已被后来的更正取代", "replaced by a later one").to_owned(),
        EntryState::TakenBack { by } => {
            lang.of(format!("{by} 已撤销"), format!("taken back by {by}"))
        }
        EntryState::TakesBack => lang.of("撤销前一条", "takes one back").to_owned(),
        EntryState::Waiting => lang.of("待下次入库生效", "waits for the next ingest").to_owned(),
        EntryState::Unplaced { reason } => {
            let reason = unplaced_reason(lang, reason);
            lang.of(format!("不能生效：{reason}"), format!("cannot be applied: {reason}"))
        }
    }
}

/// A correction that cannot be applied: what it said, and why not.
#[must_use]
pub fn unplaced_correction(lang: Lang, correction: &UnplacedCorrection) -> String {
    let UnplacedCorrection { entry, field, now, by, at, reason } = correction;
    let (day, reason) = (super::day(*at), unplaced_reason(lang, reason));
    let now = decided(lang, field, now);
    let (field, mark) = (correction_field(lang, field), lang.of("：", ": "));
    let said = if now.is_empty() { field.to_owned() } else { format!("{field}{mark}{now}") };
    lang.of(
        format!("{entry} {said}（{by}，{day}）：{reason}"),
        format!("{entry} {said} ({by}, {day}): {reason}"),
    )
}

/// Why a correction cannot be applied.
#[must_use]
pub fn unplaced_reason(lang: Lang, reason: &UnplacedReason) -> String {
    if lang == Lang::En {
        return reason.to_string();
    }
    match reason {
        UnplacedReason::FileGone => "语料中没有这个文件，也没有含这些行的文件".to_owned(),
        UnplacedReason::LinesGone => "文件中已没有所引的行".to_owned(),
        UnplacedReason::CutOtherwise => "所引的行不属于任何文章，或所在文章的起止已不同".to_owned(),
        UnplacedReason::NoSuchRow => "文章中没有这项指标".to_owned(),
        UnplacedReason::NoSuchText => "文章中没有要更正的文字".to_owned(),
        UnplacedReason::AmbiguousText { places } => {
            format!("要更正的文字在文章中有 {places} 处，请连同前后文字写出")
        }
        UnplacedReason::NotPossible => "这些行不能这样组合".to_owned(),
        UnplacedReason::UnknownValue { value } => format!("无法识别或不止一义：{value}"),
        UnplacedReason::NothingToUndo => "要撤销的条目不存在，或不在它之前".to_owned(),
        UnplacedReason::SameId => "与另一条内容不同的条目编号相同".to_owned(),
    }
}
