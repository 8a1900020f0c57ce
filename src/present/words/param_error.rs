//! Why parameters cannot be understood, in words.

use super::parse_error;
use crate::present::{Lang, ParamError, ValueForm};
use crate::search::{CursorError, MAX_LINES};

/// Why parameters cannot be understood; where in the query, is for the caller to show.
#[must_use]
pub fn param_error(lang: Lang, error: &ParamError) -> String {
    match error {
        ParamError::Query(error) => parse_error(lang, error),
        ParamError::Value { name, value, expected } => {
            let expected = value_form(lang, *expected);
            lang.of(format!("{name}={value}：{expected}"), format!("{name}={value}: {expected}"))
        }
        ParamError::Unknown { name, known } if known.is_empty() => lang.of(
            format!("没有“{name}”这个参数；这里不用参数"),
            format!("unknown parameter `{name}`, expected none"),
        ),
        ParamError::Unknown { name, known } => lang.of(
            format!("没有“{name}”这个参数；可用的参数：{}", known.join("、")),
            format!("unknown parameter `{name}`, expected one of `{}`", known.join("`, `")),
        ),
        ParamError::Repeated { name } => {
            lang.of(format!("参数 {name} 只能写一次"), format!("{name}: given more than once"))
        }
        ParamError::AnyAndAll => {
            lang.of("any 与 all 只能用一个", "any and all exclude each other").to_owned()
        }
        ParamError::OffsetAndAfter => {
            lang.of("offset 与 after 只能用一个", "offset and after exclude each other").to_owned()
        }
        ParamError::FromAfterTo { from, to } => lang.of(
            format!("起始日期 {from} 晚于截止日期 {to}；请对调"),
            format!("from {from} is later than to {to}; swap them"),
        ),
        ParamError::UndatedWithDays => lang
            .of(
                "“日期不详”（undated）不能与起止日期（from、to）或“日期确定”（certain）同时使用；\
                 请去掉其中一项",
                "undated cannot be combined with from, to or certain",
            )
            .to_owned(),
        ParamError::UndatedTrend => lang
            .of(
                "“日期不详”（undated）的文章无法按时间比较；请去掉这一项",
                "undated articles cannot be compared over time; remove `undated`",
            )
            .to_owned(),
        ParamError::TooManyLines { lines, .. } => lang.of(
            format!("{lines} 条线太多，难以分辨；至多 {MAX_LINES} 条"),
            format!("too many lines: {lines}; at most {MAX_LINES}"),
        ),
    }
}

/// What the value of a parameter has to be.
#[must_use]
pub fn value_form(lang: Lang, form: ValueForm) -> String {
    let words = match form {
        ValueForm::AtMost(most) => {
            return lang.of(format!("至多 {most}"), format!("at most {most}"));
        }
        ValueForm::Between(least, most) => {
            return lang
                .of(format!("请写 {least} 到 {most}"), format!("expected {least} to {most}"));
        }
        ValueForm::Sort => {
            lang.of("请写 relevance、newest 或 oldest", "expected relevance, newest or oldest")
        }
        ValueForm::Kind => lang.of(
            "请写 news、document、profile、photo 或 notice",
            "expected news, document, profile, photo or notice",
        ),
        ValueForm::Role => lang.of(
            "请写 about、issuer、mentioned、origin 或 any",
            "expected about, issuer, mentioned, origin or any",
        ),
        ValueForm::Review => lang.of(
            "请写 weak_cut、undated、unplaced、ambiguous_place、doubtful_figure 或 article_warning",
            "expected weak_cut, undated, unplaced, ambiguous_place, doubtful_figure or article_warning",
        ),
        ValueForm::Days => lang.of(
            "不是日期；请写成 2023、2023-02 或 2023-02-10",
            "not a date; write 2023, 2023-02 or 2023-02-10",
        ),
        ValueForm::Span => lang.of(
            "不是有起止的时间；请写成 2022、2022-01..2022-09、2022年一季度或 去年",
            "not a time with both ends; write 2022, 2022-01..2022-09, 2022年一季度 or 去年",
        ),
        ValueForm::Cursor => {
            return lang.of("不是游标；请用上一页给出的游标".to_owned(), CursorError.to_string());
        }
        ValueForm::WholeNumber => lang.of("请写整数", "expected a whole number"),
        ValueForm::Row => lang.of("行号从 1 开始", "rows are counted from 1"),
        ValueForm::Flag => lang.of("请写 true 或 false", "expected true or false"),
        ValueForm::Moment => lang.of(
            "请写日期或时刻，如 2026-11-20 或 2026-11-20T08:00:00Z",
            "expected a day or a timestamp, as in 2026-11-20 or 2026-11-20T08:00:00Z",
        ),
        ValueForm::Period => {
            lang.of("请写 day、month、quarter 或 year", "expected day, month, quarter or year")
        }
        ValueForm::Measure => lang.of("请写 articles 或 share", "expected articles or share"),
        ValueForm::ExportFormat => lang.of(
            "请写 jsonl、csv、xlsx、docx、html、epub、md、cite、ris、bib、biblatex 或 csljson",
            "expected jsonl, csv, xlsx, docx, html, epub, md, cite, ris, bib, biblatex or csljson",
        ),
        ValueForm::CitationStyle => lang.of(
            "没有这种引文样式；请写 gb-7714-2025-numeric、gb-7714-2015-numeric、\
             gb-7714-2015-author-date 或 gb-7714-2015-note",
            "no such citation style; write gb-7714-2025-numeric, gb-7714-2015-numeric, \
             gb-7714-2015-author-date or gb-7714-2015-note",
        ),
        ValueForm::ExportScope => lang.of("请写 all 或 chosen", "expected all or chosen"),
        ValueForm::BatchFormat => lang.of("请写 csv、xlsx、jsonl 或 json", "expected csv, xlsx, jsonl or json"),
        ValueForm::TrendFormat => lang.of("请写 json、csv 或 svg", "expected json, csv or svg"),
        ValueForm::RowFormat => lang.of(
            "请写 json、jsonl、csv、xlsx 或 sdmx-csv",
            "expected json, jsonl, csv, xlsx or sdmx-csv",
        ),
        ValueForm::FileFormat => lang.of(
            "没有清单；请写 jsonl、csv、xlsx 或 sdmx-csv",
            "has no manifest; expected jsonl, csv, xlsx or sdmx-csv",
        ),
        ValueForm::Pivot => lang.of(
            "请从 indicator、district、period、year、status 中选两项，如 district,year",
            "expected two of indicator, district, period, year, status, as in district,year",
        ),
        ValueForm::PivotFormat => {
            lang.of("宽表的格式是 csv 或 xlsx", "a wide table has the format csv or xlsx")
        }
        ValueForm::FigureStatus => lang.of(
            "请写 actual、preliminary、target、forecast 或 cumulative",
            "expected actual, preliminary, target, forecast or cumulative",
        ),
        ValueForm::FigureKind => {
            lang.of("请写 level、change、share 或 rate", "expected level, change, share or rate")
        }
        ValueForm::PeriodLength => lang.of(
            "请写 year、to_date、quarter、month 或 day",
            "expected year, to_date, quarter, month or day",
        ),
        ValueForm::SeriesMeasure => lang.of("请写 level 或 change", "expected level or change"),
        ValueForm::CountedBy => lang.of(
            "请写 district、topic、outlet、publication、year、quarter、month 或 day；没有 across 时还可以写 kind",
            "expected district, topic, outlet, publication, year, quarter, month or day; without across also kind",
        ),
        ValueForm::All => lang.of("请写 all", "write all"),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_named_with_its_parameter_and_what_it_can_be() {
        let value = "2023/02".to_owned();
        let error = ParamError::Value { name: "from", value, expected: ValueForm::Days };
        assert_eq!(
            param_error(Lang::Zh, &error),
            "from=2023/02：不是日期；请写成 2023、2023-02 或 2023-02-10"
        );
        assert_eq!(
            error.to_string(),
            "from=2023/02: not a date; write 2023, 2023-02 or 2023-02-10"
        );
    }

    #[test]
    fn an_unknown_parameter_is_named_with_those_that_there_are() {
        let unknown = |known: &[&str]| ParamError::Unknown {
            name: "colour".to_owned(),
            known: known.iter().map(|&name| name.to_owned()).collect(),
        };
        let both = |error: &ParamError| Lang::ALL.map(|lang| param_error(lang, error));
        assert_eq!(
            both(&unknown(&["q", "topic"])),
            [
                "没有“colour”这个参数；可用的参数：q、topic",
                "unknown parameter `colour`, expected one of `q`, `topic`"
            ]
        );
        assert_eq!(
            both(&unknown(&[])),
            ["没有“colour”这个参数；这里不用参数", "unknown parameter `colour`, expected none"]
        );
    }
}
