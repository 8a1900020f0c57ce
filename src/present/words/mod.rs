//! Dates, kinds, bases and roles in words of both languages.

mod cluster_finding;
mod curation;
mod cut_reason;
mod date_rule;
mod decision;
mod figure;
mod figure_problem;
mod finding;
mod param_error;
mod query_error;
mod reprint;
mod series;
mod warnings;
mod wording;

use super::{Lang, Matter};
use crate::model::{Basis, CivilDate, DateNote, DistrictRole, Kind, LineRole, Precision, Review};
use crate::search::{Granularity, RoleScope, Trend};

pub use super::name;
pub use crate::model::period_label;
pub use crate::text::numerals::grouped as number;
pub use cluster_finding::cluster_finding;
pub use curation::{
    applied_correction, correction_field, decided, entry_state, unplaced_correction,
    unplaced_reason,
};
pub use cut_reason::cut_reason;
pub use date_rule::date_rule;
pub use decision::{day, decided_value, minute};
pub use figure::{amount, figure_change, figure_line, figure_status, figure_value, preliminary};
pub use figure_problem::figure_problem;
pub use finding::about;
pub use param_error::{param_error, value_form};
pub use query_error::{expected, found, parse_error};
pub use reprint::reprint_evidence;
pub use series::{
    drawn_line, figure_status_name, period_length, series_amount, series_description,
    series_district, series_title, series_values,
};
pub use warnings::{article_warning, failure_reason, file_warning};
pub use wording::{text_field, wording};

/// A date as finely as it is known: `2023-02-09`, `2023年2月`, `2023-02-10 至 2023-02-17`. Whether
/// it is a guess is said by [`is_guess`].
#[must_use]
pub fn date(lang: Lang, note: &DateNote) -> String {
    let end = note.not_after.or(note.value);
    match (note.precision, note.value, end) {
        (Precision::Day, Some(day), _) => day.to_string(),
        (Precision::Month, _, Some(end)) => {
            let (year, month) = (end.year(), end.month());
            lang.of(format!("{year}年{month}月"), format!("{year}-{month:02}"))
        }
        (Precision::Quarter, _, Some(end)) => {
            let (year, quarter) = (end.year(), (end.month() + 2) / 3);
            lang.of(format!("{year}年第{quarter}季度"), format!("{year}-Q{quarter}"))
        }
        (Precision::Year, _, Some(end)) => {
            lang.of(format!("{}年", end.year()), end.year().to_string())
        }
        _ => interval(lang, note.not_before, note.not_after)
            .unwrap_or_else(|| lang.of("日期不详", "undated").to_owned()),
    }
}

/// The same with 约 before what is a guess.
#[must_use]
pub fn date_or_guess(lang: Lang, note: &DateNote) -> String {
    let about = if is_guess(note) { lang.of("约 ", "about ") } else { "" };
    format!("{about}{}", date(lang, note))
}

/// Whether the date is not what the article or its issue states.
#[must_use]
pub fn is_guess(note: &DateNote) -> bool {
    note.basis == Basis::Inferred || (note.basis == Basis::Issue && note.value.is_none())
}

/// The days from a first to a last one; `None` where neither is known.
#[must_use]
pub fn interval(lang: Lang, first: Option<CivilDate>, last: Option<CivilDate>) -> Option<String> {
    Some(match (first, last) {
        (None, None) => return None,
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => {
            lang.of(format!("{first} 至 {last}"), format!("{first} to {last}"))
        }
        (Some(first), None) => lang.of(format!("{first} 或更晚"), format!("{first} or later")),
        (None, Some(last)) => lang.of(format!("{last} 或更早"), format!("{last} or earlier")),
    })
}

/// How fine a date is.
#[must_use]
pub fn precision(lang: Lang, precision: Precision) -> &'static str {
    match precision {
        Precision::Day => lang.of("精确到日", "to the day"),
        Precision::Month => lang.of("精确到月", "to the month"),
        Precision::Quarter => lang.of("精确到季度", "to the quarter"),
        Precision::Year => lang.of("精确到年", "to the year"),
        Precision::Interval => lang.of("在一段日期之内", "within a span of days"),
        Precision::Unknown => lang.of("不详", "unknown"),
    }
}

/// What sort of article it is.
#[must_use]
pub fn kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::News => lang.of("新闻", "news"),
        Kind::Document => lang.of("公文", "document"),
        Kind::Profile => lang.of("人物", "profile"),
        Kind::Photo => lang.of("图片", "photo"),
        Kind::Notice => lang.of("公告", "notice"),
    }
}

/// What a district is to an article.
#[must_use]
pub fn district_role(lang: Lang, role: DistrictRole) -> &'static str {
    match role {
        DistrictRole::About => lang.of("所写地区", "about"),
        DistrictRole::Issuer => lang.of("发文地区", "issuer"),
        DistrictRole::Mentioned => lang.of("提及", "mentioned"),
        DistrictRole::Origin => lang.of("发稿地", "origin of the report"),
    }
}

/// Which districts of an article filters and counts take.
#[must_use]
pub fn role_scope(lang: Lang, scope: RoleScope) -> &'static str {
    match scope {
        RoleScope::About => lang.of("文章所写的地区", "that articles are about"),
        RoleScope::Issuer => lang.of("发文的地区", "that issued documents"),
        RoleScope::Mentioned => lang.of("只是提到的地区", "merely mentioned"),
        RoleScope::Origin => lang.of("发稿地", "that reports are from"),
        RoleScope::Any => lang.of("提到的所有地区", "all that are named"),
    }
}

/// What needs a person's eye.
#[must_use]
pub fn review(lang: Lang, review: Review) -> &'static str {
    match review {
        Review::WeakCut => lang.of("分篇存疑", "uncertain start"),
        Review::Undated => lang.of("日期不详", "undated"),
        Review::Unplaced => lang.of("地区不详", "without a district"),
        Review::AmbiguousPlace => lang.of("地名有歧义", "an ambiguous place"),
        Review::DoubtfulFigure => lang.of("指标数值存疑", "doubtful figures"),
        Review::ArticleWarning => lang.of("其他提示", "other warnings"),
    }
}

/// What is to be reviewed, in an article or a file.
#[must_use]
pub fn matter(lang: Lang, matter: Matter) -> &'static str {
    match matter {
        Matter::FileWarning => lang.of("文件警告", "files with warnings"),
        Matter::DoubtfulPage => lang.of("识别存疑的版面", "pages recognised with low confidence"),
        Matter::ContentsUnmatched => {
            lang.of("找不到文章的目录条目", "contents entries without an article")
        }
        Matter::StrayLines => lang.of("未归属的行", "unassigned lines"),
        Matter::WeakCut => lang.of("分篇存疑的文章", "articles whose start is uncertain"),
        Matter::Undated => lang.of("日期不详的文章", "articles without a date"),
        Matter::Unplaced => lang.of("地区不详的文章", "articles without a district"),
        Matter::AmbiguousPlace => lang.of("有歧义的地名", "ambiguous districts and places"),
        Matter::UnsureFigure => lang.of("读法不确定的指标数值", "figures read with low confidence"),
        Matter::FigureUnit => {
            lang.of("单位与指标不符的数值", "figures whose unit does not fit the indicator")
        }
        Matter::FigureSum => lang.of("分项之和与总数不符", "parts that do not add up to the whole"),
        Matter::FigureOutlier => lang
            .of("与前后时段相差十倍以上的数值", "figures ten times those beside them, or a tenth"),
        Matter::FigureGrowth => lang.of(
            "与上年数值和增速不符的数值",
            "figures that do not follow from the year before and their growth",
        ),
        Matter::UnplacedCorrection => {
            lang.of("不能生效的更正", "corrections that cannot be applied")
        }
        Matter::OtherKind => lang.of("其他类型的文件", "files of other kinds"),
        Matter::ArticleWarning => lang.of("有其他提示的文章", "articles with warnings"),
    }
}

/// Where a statement was found.
#[must_use]
pub fn basis(lang: Lang, basis: Basis) -> &'static str {
    match basis {
        Basis::Given => lang.of("文件自带", "stated by the file"),
        Basis::Curation => lang.of("人工更正", "corrected by hand"),
        Basis::Config => lang.of("corpus.toml 设定", "set in corpus.toml"),
        Basis::Path => lang.of("文件路径", "path of the file"),
        Basis::Signature => lang.of("落款", "signature"),
        Basis::Title => lang.of("标题", "headline"),
        Basis::Lead => lang.of("导语", "lead"),
        Basis::Body => lang.of("正文", "body"),
        Basis::Source => lang.of("来源或署名", "outlet or byline"),
        Basis::Issue => lang.of("刊物标注", "issue"),
        Basis::Region => lang.of("报刊所在地", "region of the publication"),
        Basis::Inferred => lang.of("推断", "inferred"),
        Basis::Unknown => lang.of("不详", "unknown"),
    }
}

/// A page by its number in the file, which need not be the one that is printed on it.
#[must_use]
pub fn file_page(lang: Lang, page: u32) -> String {
    lang.of(format!("文件第 {page} 页"), format!("page {page} of the file"))
}

/// What a line was taken for.
#[must_use]
pub fn role(lang: Lang, role: LineRole) -> &'static str {
    match role {
        LineRole::Blank => lang.of("空行", "blank"),
        LineRole::Kicker => lang.of("引题", "kicker"),
        LineRole::Title => lang.of("主标题", "title"),
        LineRole::Subtitle => lang.of("副题", "subtitle"),
        LineRole::Docno => lang.of("文号", "document number"),
        LineRole::Body => lang.of("正文", "body"),
        LineRole::Subheading => lang.of("小标题", "sub-heading"),
        LineRole::Table => lang.of("表格", "table"),
        LineRole::Credit => lang.of("署名", "credit"),
        LineRole::Banner => lang.of("通栏", "banner"),
        LineRole::Section => lang.of("栏目", "section"),
        LineRole::Contents => lang.of("目录", "contents"),
        LineRole::Front => lang.of("封面报头", "front matter"),
        LineRole::Colophon => lang.of("版权页", "colophon"),
        LineRole::Boilerplate => lang.of("网页附属内容", "boilerplate"),
        LineRole::Advertisement => lang.of("广告", "advertisement"),
        LineRole::Stray => lang.of("未归属", "unaccounted"),
    }
}

/// A count with its unit in Chinese, or with one of the two English forms: `3 篇`; `1 article`,
/// `2 articles`.
#[must_use]
pub fn counted(lang: Lang, count: u64, unit: &str, (one, many): (&str, &str)) -> String {
    let number = number(count);
    match (lang, count) {
        (Lang::Zh, _) => format!("{number} {unit}"),
        (Lang::En, 1) => format!("{number} {one}"),
        (Lang::En, _) => format!("{number} {many}"),
    }
}

/// The length of a period.
#[must_use]
pub fn granularity(lang: Lang, granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Day => lang.of("日", "day"),
        Granularity::Month => lang.of("月", "month"),
        Granularity::Quarter => lang.of("季度", "quarter"),
        Granularity::Year => lang.of("年", "year"),
    }
}

/// What articles are whose date can lie in several periods: `跨多月`, `in no single month`.
#[must_use]
pub fn spread(lang: Lang, by: Granularity) -> &'static str {
    match by {
        Granularity::Day => lang.of("跨多日", "in no single day"),
        Granularity::Month => lang.of("跨多月", "in no single month"),
        Granularity::Quarter => lang.of("跨多季", "in no single quarter"),
        Granularity::Year => lang.of("跨多年", "in no single year"),
    }
}

/// Which articles the lines of a trend leave out because they are in no single period; empty if there
/// are none.
#[must_use]
pub fn left_out_of_lines(lang: Lang, trend: &Trend) -> String {
    let lines = trend.lines.iter().filter(|line| line.spread > 0);
    let counts = lines
        .map(|line| format!("{}{}{}", line.name, lang.of("：", ": "), articles(lang, line.spread)));
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() {
        return String::new();
    }
    let spread = spread(lang, trend.by);
    lang.of(
        format!("未计入折线的{spread}文章：{}。", counts.join("；")),
        format!(" Not in the lines, being {spread}: {}.", counts.join("; ")),
    )
}

/// So many periods: `3 个月`, `1 month`, `3 months`.
#[must_use]
pub fn periods(lang: Lang, count: u64, by: Granularity) -> String {
    let (unit, names) = match by {
        Granularity::Day => ("天", ("day", "days")),
        Granularity::Month => ("个月", ("month", "months")),
        Granularity::Quarter => ("个季度", ("quarter", "quarters")),
        Granularity::Year => ("年", ("year", "years")),
    };
    counted(lang, count, unit, names)
}

/// So many articles, in words.
#[must_use]
pub fn articles(lang: Lang, count: u64) -> String {
    counted(lang, count, "篇", ("article", "articles"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(precision: Precision, basis: Basis, value: bool) -> DateNote {
        DateNote {
            value: value.then(|| jiff::civil::date(2023, 3, 31)),
            not_before: Some(jiff::civil::date(2023, 1, 1)),
            not_after: Some(jiff::civil::date(2023, 3, 31)),
            precision,
            basis,
            ..DateNote::default()
        }
    }

    #[test]
    fn a_date_is_shown_as_finely_as_it_is_known() {
        let cases = [
            (Precision::Day, "2023-03-31", "2023-03-31"),
            (Precision::Month, "2023年3月", "2023-03"),
            (Precision::Quarter, "2023年第1季度", "2023-Q1"),
            (Precision::Year, "2023年", "2023"),
            (Precision::Interval, "2023-01-01 至 2023-03-31", "2023-01-01 to 2023-03-31"),
        ];
        for (precision, zh, en) in cases {
            let note = note(precision, Basis::Body, true);
            assert_eq!((date(Lang::Zh, &note), date(Lang::En, &note)), (zh.into(), en.into()));
        }
        let unknown = DateNote::default();
        assert_eq!(unknown.precision, Precision::Unknown);
        assert_eq!(date(Lang::Zh, &unknown), "日期不详");
        assert_eq!(date(Lang::En, &unknown), "undated");
    }

    #[test]
    fn a_guess_is_marked() {
        let cases = [
            (Precision::Day, Basis::Body, true, false),
            (Precision::Day, Basis::Issue, true, false),
            (Precision::Interval, Basis::Issue, false, true),
            (Precision::Day, Basis::Inferred, true, true),
            (Precision::Interval, Basis::Inferred, false, true),
        ];
        for (precision, basis, value, guess) in cases {
            let note = note(precision, basis, value);
            assert_eq!(is_guess(&note), guess, "{precision:?} {basis:?} {value}");
            for (lang, about) in [(Lang::Zh, "约 "), (Lang::En, "about ")] {
                let marked = date_or_guess(lang, &note);
                let shown = marked.strip_prefix(about);
                assert_eq!(shown.is_some(), guess, "{marked}");
                assert_eq!(shown.unwrap_or(&marked), date(lang, &note));
            }
        }
    }

    #[test]
    fn counts_have_units_in_chinese_and_plurals_in_english() {
        let entries = |count| counted(Lang::En, count, "条", ("entry", "entries"));
        assert_eq!(entries(1), "1 entry");
        assert_eq!(entries(1000), "1,000 entries");
        assert_eq!(articles(Lang::En, 0), "0 articles");
        assert_eq!(periods(Lang::En, 1, Granularity::Month), "1 month");
        assert_eq!(periods(Lang::Zh, 3, Granularity::Month), "3 个月");
        assert_eq!(periods(Lang::Zh, 2, Granularity::Year), "2 年");
        assert_eq!(articles(Lang::Zh, 1_234_567), "1,234,567 篇");
    }
}
