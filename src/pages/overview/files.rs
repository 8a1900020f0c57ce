//! The files with their numbers, a page at a time; and, on the overview, what needs a person's eye.

use maud::{Markup, html};

use crate::model::{FileReport, LineRole, Review};
use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words;
use crate::present::{FileFindings, Finding, Matter, SearchParams, in_file};
use crate::search::ReviewCount;

/// Findings of one kind that are listed, unless all are requested.
const MAX_FINDINGS: usize = 30;

/// Some of the files of an archive.
#[derive(Debug, Clone, Default)]
pub struct FilesPage {
    /// The reports on those of this page, in the order of their paths.
    pub reports: Vec<FileReport>,
    /// Files before them.
    pub first: usize,
    /// Files on a page.
    pub size: usize,
    /// All files.
    pub total: u64,
}

/// The page of some files.
#[must_use]
pub fn files(about: &Frame, page: &FilesPage) -> Markup {
    let lang = about.lang;
    let title = lang.of("文件清单", "Files");
    let first = page.first as u64;
    let last = first + page.reports.len() as u64;
    let main = html! {
        h1 { (title) }
        p {
            @if page.reports.is_empty() {
                (lang.of("共 ", "")) (words::counted(lang, page.total, "个文件", ("file", "files")))
                (lang.of("，本页没有文件。", "; none on this page."))
            } @else {
                (lang.of(
                    format!("第 {} 至 {} 个文件，共 {} 个。", words::number(first + 1), words::number(last), words::number(page.total)),
                    format!("Files {} to {} of {}.", words::number(first + 1), words::number(last), words::number(page.total)),
                ))
            }
            " " a href="/overview" { (lang.of("返回总览", "Back to the overview")) }
        }
        (steps(lang, page, last))
        @if !page.reports.is_empty() {
            div.scroll tabindex="0" role="group" aria-label=(title) {
                table.unbroken {
                    thead { tr {
                        th scope="col" { (lang.of("文件", "File")) }
                        th scope="col" { (lang.of("报刊", "Publication")) }
                        th scope="col" { (lang.of("出版日期", "Issue")) }
                        th.number scope="col" { (lang.of("文章", "Articles")) }
                        th.number scope="col" { (lang.of("行", "Lines")) }
                        th.number scope="col" { (lang.of("在文章中", "In articles")) }
                        th.number scope="col" { (lang.of("未归属", "Unassigned")) }
                        th.number scope="col" { (lang.of("待核查", "Needs review")) }
                    } }
                    tbody { @for report in &page.reports { (file(lang, report)) } }
                }
            }
            (steps(lang, page, last))
        }
    };
    frame(about, title, &main)
}

/// Ways to the pages before and behind.
fn steps(lang: Lang, page: &FilesPage, last: u64) -> Markup {
    html! {
        @if page.first > 0 || last < page.total {
            p.chips {
                @if page.first > 0 {
                    a.button rel="prev" href=(links::files(page.first.saturating_sub(page.size))) {
                        (lang.of("上一页", "Previous"))
                    }
                }
                @if last < page.total && !page.reports.is_empty() {
                    a.button rel="next" href=(links::files(page.first + page.size)) {
                        (lang.of("下一页", "Next"))
                    }
                }
            }
        }
    }
}

/// What needs a person's eye.
pub(crate) fn review(
    lang: Lang,
    counts: &[ReviewCount],
    findings: &FileFindings,
    all: bool,
) -> Markup {
    let any = counts.iter().any(|count| count.count > 0) || !findings.matters.is_empty();
    html! {
        section #review {
            h2 { (lang.of("待核查", "Needs review")) }
            @if any {
                div.scroll tabindex="0" role="group"
                    aria-label=(lang.of("待核查", "Needs review")) {
                    table {
                        thead { tr {
                            th scope="col" { (lang.of("事项", "Finding")) }
                            th.number scope="col" { (lang.of("篇数", "Articles")) }
                            th scope="col" { (lang.of("说明", "Meaning")) }
                        } }
                        tbody { @for count in counts { (review_row(lang, *count)) } }
                    }
                }
                @for matter in [
                    Matter::FileWarning,
                    Matter::DoubtfulPage,
                    Matter::StrayLines,
                    Matter::ContentsUnmatched,
                ] {
                    @for (known, count, listed) in &findings.matters {
                        @if *known == matter { (of_matter(lang, matter, *count, listed, all)) }
                    }
                }
            } @else {
                p { (lang.of("没有需要核查的内容。", "Nothing needs review.")) }
            }
        }
    }
}

fn review_row(lang: Lang, ReviewCount { review, count }: ReviewCount) -> Markup {
    let params =
        SearchParams { review: vec![review.as_str().to_owned()], ..SearchParams::default() };
    html! {
        tr {
            th scope="row" { (words::review(lang, review)) }
            td.number {
                @if count > 0 { a href=(links::search(&params)) { (words::number(count)) } } @else { "0" }
            }
            td { (meaning(lang, review)) }
        }
    }
}

/// What it means that something is to be looked at in an article.
fn meaning(lang: Lang, review: Review) -> &'static str {
    match review {
        Review::WeakCut => lang.of("文章的起始位置不确定", "The article may begin elsewhere"),
        Review::Undated => {
            lang.of("正文、刊期和文件均未给出日期", "No date in the text, the issue or the file")
        }
        Review::Unplaced => lang.of("未识别出地名", "No known place is mentioned"),
        Review::AmbiguousPlace => lang.of(
            "存在同名地区，无法确定是哪一处",
            "Several places have this name, and the text does not decide",
        ),
        Review::DoubtfulFigure => lang.of(
            "读法不确定，或分项之和与总数不符",
            "A figure was read with low confidence, or its parts do not add up",
        ),
        Review::ArticleWarning => {
            lang.of("处理过程中记录的其他问题", "Another warning was recorded")
        }
    }
}

/// Files with one sort of thing to look at, folded.
fn of_matter(lang: Lang, matter: Matter, count: u64, listed: &[Finding], all: bool) -> Markup {
    let shown = if all { listed.len() } else { MAX_FINDINGS.min(listed.len()) };
    let heading = match matter {
        Matter::StrayLines => lang.of("未归属的行", "Unassigned lines"),
        Matter::DoubtfulPage => lang.of("识别存疑的版面", "Pages recognised with low confidence"),
        Matter::ContentsUnmatched => {
            lang.of("目录中没有对应文章的条目", "Contents entries without an article")
        }
        _ => lang.of("文件警告", "Files with warnings"),
    };
    let left = words::number(count - shown as u64);
    html! {
        details open[all] {
            summary { h3 { (heading) " " span.soft { (words::number(count)) } } }
            ul.places {
                @for finding in listed.iter().take(shown) {
                    li {
                        a href=(at(finding)) { (finding.place()) }
                        " " (words::about(lang, &finding.about))
                    }
                }
            }
            @if shown < listed.len() {
                p { a href={ (links::overview(true, false)) "#review" } { (match lang {
                    Lang::Zh => format!("查看其余 {left} 条"),
                    Lang::En => format!("Show the other {left}"),
                }) } }
            } @else if (shown as u64) < count {
                p.soft.small { (match lang {
                    Lang::Zh => format!("其余 {left} 条未列出，可在服务器上运行 dibao check 查看。"),
                    Lang::En => format!("{left} more are not listed. dibao check on the server lists all."),
                }) }
            }
        }
    }
}

/// The file, at the line where there is one.
fn at(finding: &Finding) -> String {
    match finding.line {
        Some(line) => links::source_line(&finding.source, line),
        None => links::source(&finding.source, None, None),
    }
}

/// A row of the list.
fn file(lang: Lang, report: &FileReport) -> Markup {
    let date = &report.issue.date;
    let issue = date.value.map(|day| day.to_string());
    let interval = || words::interval(lang, date.not_before, date.not_after);
    let about = lang.of("约 ", "about ");
    let issue = issue.or_else(|| interval().map(|days| format!("{about}{days}")));
    let stray = report.lines_elsewhere.get(&LineRole::Stray).copied().unwrap_or(0);
    let share = |part: u64, of: u64| (part * 100).checked_div(of).map(|share| format!("{share}%"));
    html! {
        tr {
            th scope="row" lang=(Lang::Zh.tag()) { a href=(links::source(&report.source, None, None)) { (report.source) } }
            td lang=(Lang::Zh.tag()) { (report.publication.as_deref().unwrap_or_default()) }
            td { (issue.unwrap_or_default()) }
            td.number { (words::number(report.articles)) }
            td.number { (words::number(report.lines)) }
            td.number { (share(report.lines_in_articles, report.lines).unwrap_or_default()) }
            td.number { (words::number(stray)) }
            @let findings = in_file(report).len() as u64;
            td.number {
                @if findings > 0 {
                    a href={ (links::source(&report.source, None, None)) "#findings" } {
                        (words::number(findings))
                    }
                } @else { "0" }
            }
        }
    }
}
