//! Invented articles with the references that the rules of GB/T 7714 give them, written by hand: what
//! a case shows, how the edition of 2025 cites it, and how that of 2015 does.

use jiff::civil::date;

use super::CitationStyle;
use crate::export::sample::sample;
use crate::model::{
    Basis, Byline, CivilDate, DateNote, Genre, Issue, IssueDate, Kind, Precision, Record,
};

type Case = (&'static str, Record, &'static str, &'static str);

#[test]
fn authors() {
    check(&[
        (
            "authors side by side, the paper, its day and its page",
            sample(),
            "甲一，乙二. 老桥换新貌[N]. 河畔晚报，2021-03-04（A02）.",
            "甲一, 乙二. 老桥换新貌[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "three authors are all named",
            by(&["甲一", "乙二", "丙三"]),
            "甲一，乙二，丙三. 老桥换新貌[N]. 河畔晚报，2021-03-04（A02）.",
            "甲一, 乙二, 丙三. 老桥换新貌[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "of four, three are named and 等 stands for the rest",
            by(&["甲一", "乙二", "丙三", "丁四"]),
            "甲一，乙二，丙三，等. 老桥换新貌[N]. 河畔晚报，2021-03-04（A02）.",
            "甲一, 乙二, 丙三, 等. 老桥换新貌[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "correspondents stand behind reporters",
            Record {
                byline: Byline {
                    correspondents: names(&["甲一"]),
                    reporters: names(&["乙二"]),
                    photographers: names(&["丙三"]),
                },
                ..sample()
            },
            "乙二，甲一. 老桥换新貌[N]. 河畔晚报，2021-03-04（A02）.",
            "乙二, 甲一. 老桥换新貌[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "who took the picture, where nobody wrote",
            Record {
                byline: Byline { photographers: names(&["丙三"]), ..Byline::default() },
                ..sample()
            },
            "丙三. 老桥换新貌[N]. 河畔晚报，2021-03-04（A02）.",
            "丙三. 老桥换新貌[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "without an author the title comes first",
            by(&[]),
            "老桥换新貌[N]. 河畔晚报，2021-03-04（A02）.",
            "老桥换新貌[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "a name is printed as it is; capitals of surnames ended with the edition of 2025",
            by(&["North County Desk"]),
            "North County Desk. 老桥换新貌[N]. 河畔晚报，2021-03-04（A02）.",
            "NORTH COUNTY DESK. 老桥换新貌[N]. 河畔晚报, 2021-03-04(A02).",
        ),
    ]);
}

#[test]
fn titles() {
    check(&[
        (
            "a subtitle follows a colon, without its dash",
            Record { subtitle: text("——十年回望"), ..by(&["甲一"]) },
            "甲一. 老桥换新貌：十年回望[N]. 河畔晚报，2021-03-04（A02）.",
            "甲一. 老桥换新貌: 十年回望[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "so does a line of the title that begins with a dash",
            Record { title: text("老桥换新貌 ——十年回望"), ..by(&["甲一"]) },
            "甲一. 老桥换新貌：十年回望[N]. 河畔晚报，2021-03-04（A02）.",
            "甲一. 老桥换新貌: 十年回望[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "the kicker is no part of the title, and two lines of one keep their blank",
            Record {
                kicker: text("市政"), title: text("老桥换新貌 新桥待开工"), ..by(&[])
            },
            "老桥换新貌 新桥待开工[N]. 河畔晚报，2021-03-04（A02）.",
            "老桥换新貌 新桥待开工[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "marks at the end of a title stay",
            Record { title: text("“慢桥”为何难修？"), ..by(&[]) },
            "“慢桥”为何难修？[N]. 河畔晚报，2021-03-04（A02）.",
            "“慢桥”为何难修？[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "the caption of a picture has a title made of it, in square brackets",
            Record { title: None, kind: Kind::Photo, ..by(&[]) },
            "[老桥今天通车][N]. 河畔晚报，2021-03-04（A02）.",
            "[老桥今天通车][N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "of a long text its beginning",
            Record { title: None, body: "一二三四五六七八九十".repeat(3), ..by(&[]) },
            "[一二三四五六七八九十一二三四五六七八九十…][N]. 河畔晚报，2021-03-04（A02）.",
            "[一二三四五六七八九十一二三四五六七八九十…][N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "breaks of lines and characters that are not seen are left out",
            Record { title: text("老桥\u{200b}\n换\u{7}新貌"), ..by(&[]) },
            "老桥 换 新貌[N]. 河畔晚报，2021-03-04（A02）.",
            "老桥 换 新貌[N]. 河畔晚报, 2021-03-04(A02).",
        ),
    ]);
}

#[test]
fn dates() {
    let undated = |date: DateNote| Record { issue: Issue::default(), date, page: None, ..by(&[]) };
    let issued =
        |issue: IssueDate| Record { issue: Issue { number: None, date: issue }, ..by(&[]) };
    let (first, last) = (date(2020, 12, 1), date(2020, 12, 31));
    check(&[
        (
            "a day that the text tells stands in brackets",
            undated(sample().date),
            "老桥换新貌[N]. 河畔晚报，[2021-03-04].",
            "老桥换新貌[N]. 河畔晚报, [2021-03-04].",
        ),
        (
            "one that the file states does not",
            undated(DateNote { basis: Basis::Given, ..sample().date }),
            "老桥换新貌[N]. 河畔晚报，2021-03-04.",
            "老桥换新貌[N]. 河畔晚报, 2021-03-04.",
        ),
        (
            "days of one month are the month",
            undated(between(first, date(2020, 12, 3))),
            "老桥换新貌[N]. 河畔晚报，[2020-12].",
            "老桥换新貌[N]. 河畔晚报, [2020-12].",
        ),
        (
            "also where the last of them is the value",
            undated(DateNote { value: Some(last), ..between(first, last) }),
            "老桥换新貌[N]. 河畔晚报，[2020-12].",
            "老桥换新貌[N]. 河畔晚报, [2020-12].",
        ),
        (
            "days of several months are the year",
            undated(between(date(2020, 10, 1), last)),
            "老桥换新貌[N]. 河畔晚报，[2020].",
            "老桥换新貌[N]. 河畔晚报, [2020].",
        ),
        (
            "days of two years are both",
            undated(between(last, date(2021, 1, 3))),
            "老桥换新貌[N]. 河畔晚报，[2020—2021].",
            "老桥换新貌[N]. 河畔晚报, [2020—2021].",
        ),
        (
            "what has no beginning is no date",
            undated(DateNote { not_after: Some(last), ..DateNote::default() }),
            "老桥换新貌[N]. 河畔晚报.",
            "老桥换新貌[N]. 河畔晚报.",
        ),
        (
            "the month of an issue is stated, not estimated",
            issued(IssueDate {
                not_before: Some(first),
                not_after: Some(last),
                basis: Basis::Path,
                ..IssueDate::default()
            }),
            "老桥换新貌[N]. 河畔晚报，2020-12（A02）.",
            "老桥换新貌[N]. 河畔晚报, 2020-12(A02).",
        ),
        (
            "the day of an issue that was inferred is estimated",
            issued(IssueDate {
                value: Some(first),
                basis: Basis::Inferred,
                ..IssueDate::default()
            }),
            "老桥换新貌[N]. 河畔晚报，[2020-12-01]（A02）.",
            "老桥换新貌[N]. 河畔晚报, [2020-12-01](A02).",
        ),
    ]);
}

#[test]
fn papers() {
    check(&[
        (
            "a paper that takes a report from an agency is cited itself",
            Record { outlet: text("河畔通讯社"), ..by(&[]) },
            "老桥换新貌[N]. 河畔晚报，2021-03-04（A02）.",
            "老桥换新貌[N]. 河畔晚报, 2021-03-04(A02).",
        ),
        (
            "also where its page is not known, and whatever number its issue has",
            Record {
                outlet: text("山前日报"),
                page: None,
                issue: Issue { number: text("第1024期"), ..sample().issue },
                ..by(&[])
            },
            "老桥换新貌[N]. 河畔晚报，2021-03-04.",
            "老桥换新貌[N]. 河畔晚报, 2021-03-04.",
        ),
        (
            "an outlet without a publication is the paper; the issue's day is not its day",
            Record { publication: None, outlet: text("河畔商报"), page: None, ..by(&[]) },
            "老桥换新貌[N]. 河畔商报，[2021-03-04].",
            "老桥换新貌[N]. 河畔商报, [2021-03-04].",
        ),
        (
            "what is not known is left out",
            Record {
                publication: None,
                page: None,
                issue: Issue::default(),
                date: DateNote::default(),
                ..by(&[])
            },
            "老桥换新貌[N].",
            "老桥换新貌[N].",
        ),
        (
            "a notice in a paper",
            Record { kind: Kind::Notice, title: text("停水公告"), ..by(&[]) },
            "停水公告[N]. 河畔晚报，2021-03-04（A02）.",
            "停水公告[N]. 河畔晚报, 2021-03-04(A02).",
        ),
    ]);
}

#[test]
fn bulletins() {
    let reprint = Record { outlet: text("河畔晚报"), ..bulletin() };
    check(&[
        (
            "an item that a bulletin took from a paper is cited after the bulletin",
            reprint.clone(),
            "甲一，乙二. 老桥换新貌[G]. 原载河畔晚报//河畔区公报：2021年第4号. 2021.",
            "甲一, 乙二. 老桥换新貌[M]//河畔区公报: 2021年第4号. 2021.",
        ),
        (
            "without a byline the paper answers for it",
            Record { byline: Byline::default(), ..reprint.clone() },
            "河畔晚报. 老桥换新貌[G]//河畔区公报：2021年第4号. 2021.",
            "河畔晚报. 老桥换新貌[M]//河畔区公报: 2021年第4号. 2021.",
        ),
        (
            "an item that is the bulletin's own",
            bulletin(),
            "甲一，乙二. 老桥换新貌[G]//河畔区公报：2021年第4号. 2021.",
            "甲一, 乙二. 老桥换新貌[M]//河畔区公报: 2021年第4号. 2021.",
        ),
        (
            "a bulletin without numbers has its day",
            Record { issue: sample().issue, ..reprint.clone() },
            "甲一，乙二. 老桥换新貌[G]. 原载河畔晚报//河畔区公报. 2021-03-04.",
            "甲一, 乙二. 老桥换新貌[M]//河畔区公报. 2021.",
        ),
        (
            "the year of a bulletin can be estimated",
            Record {
                issue: Issue { date: IssueDate::default(), ..bulletin().issue },
                ..bulletin()
            },
            "甲一，乙二. 老桥换新貌[G]//河畔区公报：2021年第4号. [2021].",
            "甲一, 乙二. 老桥换新貌[M]//河畔区公报: 2021年第4号. [2021].",
        ),
    ]);
}

#[test]
fn documents() {
    let signed = DateNote { basis: Basis::Signature, ..sample().date };
    let genre = |label: &str| {
        let genre = Genre { label: label.to_owned(), evidence: String::new() };
        Record { genre: Some(genre), ..document() }
    };
    let inferred = IssueDate {
        value: None,
        not_before: Some(date(2021, 3, 4)),
        not_after: Some(date(2021, 3, 11)),
        basis: Basis::Inferred,
    };
    check(&[
        (
            "a document in a bulletin, with its number behind the title",
            document(),
            "河畔区人民政府. 关于修桥的通知：河政〔2021〕7号[Z]//河畔区公报：2021年第4号. 2021.",
            "河畔区人民政府. 关于修桥的通知: 河政〔2021〕7号[Z]//河畔区公报: 2021年第4号. 2021.",
        ),
        (
            "the lines of a document's title are one sentence",
            Record {
                title: text("河畔区人民政府 关于 2021 年修桥的 通知"), ..document()
            },
            "河畔区人民政府. 河畔区人民政府关于 2021 年修桥的通知：河政〔2021〕7号[Z]//河畔区公报：2021年第4号. 2021.",
            "河畔区人民政府. 河畔区人民政府关于 2021 年修桥的通知: 河政〔2021〕7号[Z]//河畔区公报: 2021年第4号. 2021.",
        ),
        (
            "a document without a number",
            Record { docno: None, ..document() },
            "河畔区人民政府. 关于修桥的通知[Z]//河畔区公报：2021年第4号. 2021.",
            "河畔区人民政府. 关于修桥的通知[Z]//河畔区公报: 2021年第4号. 2021.",
        ),
        (
            "a document that a newspaper prints is an article of it",
            Record { publication: text("河畔晚报"), page: text("3"), ..document() },
            "河畔区人民政府. 关于修桥的通知：河政〔2021〕7号[N]. 河畔晚报，2021-03-04（3）.",
            "河畔区人民政府. 关于修桥的通知: 河政〔2021〕7号[N]. 河畔晚报, 2021-03-04(3).",
        ),
        (
            "a document by itself has the day of its signature, which is no estimate",
            Record {
                publication: None,
                issue: Issue::default(),
                date: signed.clone(),
                ..document()
            },
            "河畔区人民政府. 关于修桥的通知：河政〔2021〕7号[Z]. 2021-03-04.",
            "河畔区人民政府. 关于修桥的通知: 河政〔2021〕7号[Z]. 2021.",
        ),
        (
            "also where an issue was inferred from that day",
            Record {
                publication: None,
                issue: Issue { number: None, date: inferred },
                date: signed,
                ..document()
            },
            "河畔区人民政府. 关于修桥的通知：河政〔2021〕7号[Z]. 2021-03-04.",
            "河畔区人民政府. 关于修桥的通知: 河政〔2021〕7号[Z]. 2021.",
        ),
        (
            "regulations; the style of 2015 has a letter of their own for them",
            genre("办法"),
            "河畔区人民政府. 关于修桥的通知：河政〔2021〕7号[Z]//河畔区公报：2021年第4号. 2021.",
            "河畔区人民政府. 关于修桥的通知: 河政〔2021〕7号[A]//河畔区公报: 2021年第4号. 2021.",
        ),
        (
            "a report",
            genre("报告"),
            "河畔区人民政府. 关于修桥的通知：河政〔2021〕7号[R]//河畔区公报：2021年第4号. 2021.",
            "河畔区人民政府. 关于修桥的通知: 河政〔2021〕7号[R]//河畔区公报: 2021年第4号. 2021.",
        ),
    ]);
}

#[test]
fn web_pages() {
    let page = Record {
        source: "网/1.html".to_owned(),
        page: None,
        publication: text("河畔在线"),
        url: text("https://news.example/1?a=1&b=2"),
        accessed: Some(date(2024, 5, 6)),
        ..by(&["甲一"])
    };
    check(&[
        (
            "a page with its day, the day of access and its address",
            page.clone(),
            "甲一. 老桥换新貌[EB/OL]. （2021-03-04）[2024-05-06]. https://news.example/1?a=1&b=2.",
            "甲一. 老桥换新貌[EB/OL]. (2021-03-04)[2024-05-06]. https://news.example/1?a=1&b=2.",
        ),
        (
            "a page of which nobody noted when it was saved",
            Record { accessed: None, ..page.clone() },
            "甲一. 老桥换新貌[EB/OL]. （2021-03-04）. https://news.example/1?a=1&b=2.",
            "甲一. 老桥换新貌[EB/OL]. (2021-03-04). https://news.example/1?a=1&b=2.",
        ),
        (
            "a page without an address is known by its site",
            Record { url: None, ..page.clone() },
            "甲一. 老桥换新貌[EB/OL]. 河畔在线（2021-03-04）.",
            "甲一. 老桥换新貌[EB/OL]. 河畔在线, 2021.",
        ),
        (
            "what has the name of a site is a page of it",
            Record { source: "网/2.jsonl".to_owned(), url: None, accessed: None, ..page.clone() },
            "甲一. 老桥换新貌[EB/OL]. 河畔在线（2021-03-04）.",
            "甲一. 老桥换新貌[EB/OL]. 河畔在线, 2021.",
        ),
        (
            "an article with an address in a file of articles is a page",
            Record { source: "网/2.jsonl".to_owned(), accessed: None, ..page.clone() },
            "甲一. 老桥换新貌[EB/OL]. （2021-03-04）. https://news.example/1?a=1&b=2.",
            "甲一. 老桥换新貌[EB/OL]. (2021-03-04). https://news.example/1?a=1&b=2.",
        ),
        (
            "a newspaper on the web stays one, whatever file it was saved in",
            Record { publication: text("河畔晚报"), accessed: None, ..page.clone() },
            "甲一. 老桥换新貌[N/OL]. 河畔晚报，2021-03-04. https://news.example/1?a=1&b=2.",
            "甲一. 老桥换新貌[N/OL]. 河畔晚报, 2021-03-04. https://news.example/1?a=1&b=2.",
        ),
        (
            "a newspaper on the web; the day of access is for pages alone since 2025",
            Record { page: text("17"), publication: text("河畔晚报"), ..page.clone() },
            "甲一. 老桥换新貌[N/OL]. 河畔晚报，2021-03-04（17）. https://news.example/1?a=1&b=2.",
            "甲一. 老桥换新貌[N/OL]. 河畔晚报, 2021-03-04(17)[2024-05-06]. https://news.example/1?a=1&b=2.",
        ),
    ]);
}

fn check(cases: &[Case]) {
    let [new, old] = ["gb-7714-2025-numeric", "gb-7714-2015-numeric"]
        .map(|name| CitationStyle::named(name).expect("a built-in style"));
    for (what, record, of_2025, of_2015) in cases {
        for (style, expected) in [(&new, of_2025), (&old, of_2015)] {
            let cited = style.cite(record, 3).expect("it can be cited");
            assert_eq!(&cited.text, expected, "{}: {what}", style.name());
            assert_eq!(cited.number.as_deref(), Some("[3]"));
        }
    }
}

fn by(reporters: &[&str]) -> Record {
    Record { byline: Byline { reporters: names(reporters), ..Byline::default() }, ..sample() }
}

fn bulletin() -> Record {
    Record {
        publication: text("河畔区公报"),
        page: None,
        issue: Issue { number: text("2021年第4号"), ..sample().issue },
        ..sample()
    }
}

fn document() -> Record {
    Record {
        kind: Kind::Document,
        title: text("关于修桥的通知"),
        docno: text("河政〔2021〕7号"),
        issuer: text("河畔区人民政府"),
        ..bulletin()
    }
}

fn between(first: CivilDate, last: CivilDate) -> DateNote {
    DateNote {
        not_before: Some(first),
        not_after: Some(last),
        precision: Precision::Interval,
        basis: Basis::Lead,
        ..DateNote::default()
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "the fields that it fills are optional")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}
