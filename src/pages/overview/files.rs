//! What needs a person's eye, and the files with their numbers, on the overview.

use maud::{Markup, html};

use crate::model::{FileReport, LineRole, Review};
use crate::pages::layout::links;
use crate::present::Lang;
use crate::present::words;
use crate::present::{Finding, Matter, SearchParams, in_file};
use crate::search::ReviewCount;

/// Maximum number of listed files, and of findings of one kind, unless all are requested.
const MAX_FILES: usize = 200;
const MAX_FINDINGS: usize = 30;

/// The files of an archive.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The reports on all of them, in the order of their paths.
    pub reports: Vec<FileReport>,
    /// Whether all are to be listed.
    pub all: bool,
}

/// What needs a person's eye.
pub(crate) fn review(lang: Lang, counts: &[ReviewCount], files: &Files) -> Markup {
    let findings: Vec<Finding> = files.reports.iter().flat_map(in_file).collect();
    let any = counts.iter().any(|count| count.count > 0) || !findings.is_empty();
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
                @for matter in [Matter::FileWarning, Matter::StrayLines, Matter::ContentsUnmatched] {
                    (of_matter(lang, matter, &findings, files.all))
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
        Review::ArticleWarning => {
            lang.of("处理过程中记录的其他问题", "Another warning was recorded")
        }
    }
}

/// Files with one sort of thing to look at, folded.
fn of_matter(lang: Lang, matter: Matter, findings: &[Finding], all: bool) -> Markup {
    let found: Vec<&Finding> = findings.iter().filter(|f| f.matter == matter).collect();
    let shown = if all { found.len() } else { MAX_FINDINGS };
    let heading = match matter {
        Matter::StrayLines => lang.of("未归属的行", "Unassigned lines"),
        Matter::ContentsUnmatched => {
            lang.of("目录中没有对应文章的条目", "Contents entries without an article")
        }
        _ => lang.of("文件警告", "Files with warnings"),
    };
    html! {
        @if !found.is_empty() {
            details {
                summary { h3 { (heading) " " span.soft { (words::number(found.len() as u64)) } } }
                ul.places {
                    @for finding in found.iter().take(shown) {
                        li {
                            a href=(at(finding)) { (finding.place()) }
                            " " (words::about(lang, &finding.about))
                        }
                    }
                }
                (more(lang, found.len().saturating_sub(shown), "review"))
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

/// The files with their numbers.
pub(crate) fn list(lang: Lang, files: &Files) -> Markup {
    let shown = if files.all { files.reports.len() } else { MAX_FILES };
    html! {
        section #files {
            h2 { (lang.of("文件", "Files")) " " span.soft { (words::number(files.reports.len() as u64)) } }
            div.scroll tabindex="0" role="group" aria-label=(lang.of("文件", "Files")) {
                table.unbroken {
                    thead { tr {
                        th scope="col" { (lang.of("文件", "File")) }
                        th scope="col" { (lang.of("报刊", "Publication")) }
                        th scope="col" { (lang.of("出版日期", "Issue")) }
                        th.number scope="col" { (lang.of("文章", "Articles")) }
                        th.number scope="col" { (lang.of("行", "Lines")) }
                        th.number scope="col" { (lang.of("在文章中", "In articles")) }
                        th.number scope="col" { (lang.of("未归属", "Unassigned")) }
                    } }
                    tbody { @for report in files.reports.iter().take(shown) { (file(lang, report)) } }
                }
            }
            (more(lang, files.reports.len().saturating_sub(shown), "files"))
        }
    }
}

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
        }
    }
}

/// How many are not listed, and the way to all of them, in the section of this name.
fn more(lang: Lang, count: usize, section: &str) -> Markup {
    html! {
        @if count > 0 {
            p {
                a href={ (links::overview(true, false)) "#" (section) } {
                    (match lang {
                        Lang::Zh => format!("还有 {} 条，全部列出", words::number(count as u64)),
                        Lang::En => format!("{} more; list all", words::number(count as u64)),
                    })
                }
            }
        }
    }
}
