//! What people decided, in words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{kind, review, role};
use crate::model::{Change, UnplacedReason};
use crate::present::{CorrectError, Lang};

/// A field that was corrected, as entries name it.
#[must_use]
pub fn corrected_field(lang: Lang, field: &str) -> String {
    let word = match field {
        "begins" => lang.of("从此分篇", "article begins"),
        "joins" => lang.of("接上篇", "joined with the one before"),
        "lines" => lang.of("行的类别", "lines"),
        "pieces" => lang.of("行的次序", "order of lines"),
        "kicker" => lang.of("引题", "kicker"),
        "title" => lang.of("标题", "title"),
        "subtitle" => lang.of("副题", "subtitle"),
        "section" => lang.of("栏目", "section"),
        "outlet" => lang.of("来源", "outlet"),
        "docno" => lang.of("文号", "document number"),
        "issuer" => lang.of("发文机关", "issuer"),
        "publication" => lang.of("报刊", "publication"),
        "page" => lang.of("版次", "page"),
        "issue_number" => lang.of("期号", "issue number"),
        "issue_date" => lang.of("出版日期", "issue date"),
        "date" => lang.of("日期", "date"),
        "kind" => lang.of("类型", "kind"),
        "genre" => lang.of("文种", "genre"),
        "reporters" => lang.of("记者", "reporters"),
        "correspondents" => lang.of("通讯员", "correspondents"),
        "photographers" => lang.of("摄影", "photographers"),
        "districts" => lang.of("地区", "districts"),
        "places" => lang.of("地点", "places"),
        "topics" => lang.of("主题", "topics"),
        "reprint_of" => lang.of("转载自", "reprint of"),
        "indicator" => lang.of("指标", "figure"),
        "text" => lang.of("文字", "text"),
        "confirms" => lang.of("确认无误", "confirmed"),
        "undo" => lang.of("撤销", "undo"),
        other => other,
    };
    word.to_owned()
}

/// What was decided; empty where there is no value.
#[must_use]
pub fn decided(lang: Lang, change: &Change) -> String {
    match change {
        Change::Kind(of) => kind(lang, *of).to_owned(),
        Change::Lines(of) => role(lang, *of).to_owned(),
        Change::Confirms(of) => review(lang, *of).to_owned(),
        other => other.now(),
    }
}

/// Why a decision cannot be applied.
#[must_use]
pub fn unplaced(lang: Lang, reason: &UnplacedReason) -> String {
    let Lang::Zh = lang else { return reason.to_string() };
    match reason {
        UnplacedReason::FileGone => "语料中没有这个文件，也没有含这些行的其他文件".to_owned(),
        UnplacedReason::LinesGone => "文件中已没有所引的行".to_owned(),
        UnplacedReason::CutOtherwise => {
            "所引的行不在任何文章中，或所在文章的起止已大不相同".to_owned()
        }
        UnplacedReason::NoSuchRow => "文章没有这个指标数值".to_owned(),
        UnplacedReason::NoSuchText => "文章中没有要更正的文字".to_owned(),
        UnplacedReason::NotPossible => "这些行不能这样组成文章".to_owned(),
        UnplacedReason::UnknownValue { value } => format!("不认识的值：{value}"),
        UnplacedReason::NothingToUndo => "要撤销的更正不存在".to_owned(),
        UnplacedReason::SameId => "另一条内容不同的更正有相同的编号".to_owned(),
    }
}

/// Why a decision was not written down, and what to do.
#[must_use]
pub fn correct_error(lang: Lang, error: &CorrectError) -> String {
    let Lang::Zh = lang else { return error.to_string() };
    match error {
        CorrectError::NoArticle(id) => format!("没有编号为 {id} 的文章"),
        CorrectError::NoFile(file) => format!("{file}：库中没有这个文件"),
        CorrectError::Changed(file) => format!("{file}：入库后有改动；请重新入库后再更正"),
        CorrectError::NoLines { file, lines } => format!("{file}：第 {lines} 行没有文字"),
        CorrectError::Target { field, .. } => {
            format!("{}：不能这样更正这里", corrected_field(lang, field))
        }
        CorrectError::KeptApart(file) => format!("{file}：文件自身已分篇，不能另行划分"),
        CorrectError::Value(reason) => unplaced(lang, reason),
        CorrectError::Nobody => "没有姓名；请用 --by 或 DIBAO_EDITOR 写明谁作的更正".to_owned(),
        CorrectError::NoEntry(id) => format!("没有编号为 {id} 的更正"),
        CorrectError::Conflict(others) => {
            let mut names: Vec<&str> = others.iter().map(|other| other.by.as_str()).collect();
            names.dedup();
            format!("{} 已更正了同一处；请看过之后再决定", names.join("、"))
        }
        CorrectError::Source(_) | CorrectError::Search(_) | CorrectError::Curation(_) => {
            error.to_string()
        }
    }
}

/// A time to the minute, where this machine is.
#[must_use]
pub fn minute(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}
