//! What columns are called in both languages, and how wide they are.

use super::workbook::SheetColumn;
use crate::export::csv::REMARK;
use crate::present::Lang;

/// Name of a column in CSV, its head in Chinese and in English, its width in characters.
pub(super) type ColumnHead = (&'static str, &'static str, &'static str, u16);

/// Those of articles, in the order of [`COLUMNS`](crate::export::COLUMNS).
pub(super) const ARTICLE_HEADS: [ColumnHead; 43] = [
    ("id", "编号", "Id", 15),
    ("kicker", "引题", "Kicker", 20),
    ("title", "标题", "Title", 48),
    ("subtitle", "副题", "Subtitle", 24),
    ("date", "日期", "Date", 12),
    ("date_not_before", "日期不早于", "Date not before", 12),
    ("date_not_after", "日期不晚于", "Date not after", 12),
    ("date_precision", "日期精度", "Date precision", 10),
    ("date_basis", "日期依据", "Date basis", 10),
    ("date_text", "日期原文", "Date as printed", 14),
    ("date_rule", "日期判定", "Date rule", 20),
    ("districts", "地区", "Districts", 20),
    ("district_codes", "地区代码", "District codes", 14),
    ("district_roles", "地区关系", "District roles", 14),
    ("places", "地点", "Places", 18),
    ("topics", "主题", "Topics", 16),
    ("kind", "类型", "Kind", 10),
    ("section", "栏目", "Section", 14),
    ("publication", "报刊", "Publication", 20),
    ("issue_number", "期号", "Issue number", 14),
    ("issue_date", "刊期", "Issue date", 12),
    ("issue_not_before", "刊期不早于", "Issue not before", 12),
    ("issue_not_after", "刊期不晚于", "Issue not after", 12),
    ("issue_basis", "刊期依据", "Issue basis", 10),
    ("page", "版", "Page", 8),
    ("outlet", "来源", "Outlet", 16),
    ("docno", "文号", "Document number", 20),
    ("issuer", "发文机关", "Issuer", 20),
    ("reporters", "记者", "Reporters", 16),
    ("correspondents", "通讯员", "Correspondents", 16),
    ("photographers", "摄影", "Photographers", 14),
    ("body", "正文", "Body", 80),
    ("credit", "署名行", "Credit", 20),
    ("source", "文件", "File", 30),
    ("ordinal", "文件内序号", "Ordinal in file", 10),
    ("lines", "行", "Lines", 12),
    ("reprint_of", "转载自", "Reprint of", 15),
    ("confidence", "分篇置信度", "Confidence of the cut", 10),
    ("warnings", "提示", "Warnings", 24),
    ("genre", "文种", "Genre", 10),
    ("mentions", "涉及日期", "Days mentioned", 24),
    ("url", "网址", "Web address", 30),
    ("accessed", "网页保存日期", "Accessed", 12),
];

/// The one with what a collection says about an article.
pub(super) const REMARK_HEADS: [ColumnHead; 1] = [(REMARK, "备注", "Remark", 40)];

/// Those of rows of indicators, in the order of the columns in CSV.
pub(super) const FIGURE_HEADS: [ColumnHead; 31] = [
    ("id", "编号", "Id", 22),
    ("indicator", "指标代码", "Indicator code", 16),
    ("name", "指标", "Indicator", 24),
    ("name_printed", "指标原文", "Indicator as printed", 20),
    ("district", "地区", "District", 14),
    ("scope", "范围", "Scope", 12),
    ("status", "状态", "Status", 12),
    ("preliminary", "初步数", "Preliminary", 10),
    ("kind", "数值类型", "Kind", 10),
    ("period_from", "时段起", "Period from", 12),
    ("period_to", "时段止", "Period to", 12),
    ("period_text", "时段原文", "Period as printed", 14),
    ("value", "数值", "Value", 14),
    ("value_max", "数值上限", "Upper value", 14),
    ("unit", "单位", "Unit", 10),
    ("value_si", "基本单位数值", "Value in base unit", 18),
    ("approx", "约数用语", "Qualifier", 10),
    ("change_kind", "增减类型", "Kind of change", 12),
    ("change", "增减", "Change", 10),
    ("change_unit", "增减单位", "Unit of change", 10),
    ("quote", "原文", "Quote", 48),
    ("rule", "读法", "Rule", 16),
    ("confidence", "置信度", "Confidence", 10),
    ("article", "文章编号", "Article", 15),
    ("title", "标题", "Title", 40),
    ("date_from", "文章日期起", "Article date from", 12),
    ("date_to", "文章日期止", "Article date to", 12),
    ("publication", "报刊", "Publication", 20),
    ("source", "文件", "File", 30),
    ("first_line", "首行", "First line", 8),
    ("last_line", "末行", "Last line", 8),
];

/// Those of the labels of a wide table.
const LABEL_HEADS: [ColumnHead; 8] = [
    ("indicator", "指标", "Indicator", 24),
    ("district", "地区", "District", 14),
    ("period", "时段", "Period", 16),
    ("year", "年", "Year", 8),
    ("status", "状态", "Status", 12),
    ("scope", "范围", "Scope", 12),
    ("measure", "数值或增减", "Measure", 12),
    ("unit", "单位", "Unit", 10),
];

/// The column that leads to the article.
const LINK_HEAD: ColumnHead = ("link", "链接", "Link", 30);

/// The columns of a table, with one for the link where there are links.
pub(super) fn columns(lang: Lang, heads: &[ColumnHead], has_links: bool) -> Vec<SheetColumn> {
    heads
        .iter()
        .chain(link(has_links).filter(|_| !heads.is_empty()))
        .map(|head| column(lang, head))
        .collect()
}

/// The column of the labels of a wide table, by its name.
pub(super) fn label_column(lang: Lang, name: &str) -> SheetColumn {
    match LABEL_HEADS.iter().find(|(known, ..)| *known == name) {
        Some(head) => column(lang, head),
        None => SheetColumn { head: name.to_owned(), width: 16 },
    }
}

/// Heads with the names that the columns have in CSV.
pub(super) fn names(
    lang: Lang,
    heads: &[ColumnHead],
    has_links: bool,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    heads
        .iter()
        .chain(link(has_links).filter(|_| !heads.is_empty()))
        .map(move |&(name, chinese, english, _)| (lang.of(chinese, english), name))
}

fn link(is_wanted: bool) -> Option<&'static ColumnHead> {
    is_wanted.then_some(&LINK_HEAD)
}

fn column(lang: Lang, &(_, chinese, english, width): &ColumnHead) -> SheetColumn {
    SheetColumn { head: lang.of(chinese, english).to_owned(), width }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{COLUMNS, figures};

    #[test]
    fn every_column_of_csv_has_a_head() {
        assert_eq!(ARTICLE_HEADS.map(|(name, ..)| name), COLUMNS);
        assert_eq!(FIGURE_HEADS.map(|(name, ..)| name), figures::COLUMNS);
        for heads in [&ARTICLE_HEADS[..], &FIGURE_HEADS, &LABEL_HEADS] {
            for lang in Lang::ALL {
                let mut heads: Vec<_> = columns(lang, heads, true);
                heads.sort_by(|a, b| a.head.cmp(&b.head));
                assert!(heads.windows(2).all(|pair| pair[0].head != pair[1].head), "{heads:?}");
            }
        }
    }
}
