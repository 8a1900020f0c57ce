//! One file as the archive sees it: every line with its role, articles as blocks, and
//! every doubtful place to be jumped to.

pub(crate) mod lines;
#[cfg(test)]
mod tests;

use maud::{Markup, html};

use super::article::facts::fact;
use super::article::source_column::{no_source, state_note};
use super::editing::EditView;
use super::editing::history::history;
use super::editing::lines::toolbar;
use super::layout::frame::{Frame, frame};
use super::layout::links;
use crate::model::{FileReport, FileWarning, LineRole, Record};
use crate::present;
use crate::present::Lang;
use crate::present::words;
use crate::present::{FileState, MAX_ROWS, PICTURE_SIDES, SourceError, SourceView, name};
use lines::{TableParts, class, table};

/// Files that are its pictures and are named.
const MAX_PICTURES: usize = 20;

/// What the page of a file shows.
#[derive(Debug)]
pub struct SourcePage {
    /// What is known of the file.
    pub report: FileReport,
    /// A page of its lines.
    pub view: Result<SourceView, SourceError>,
    /// Pages that lines shown stand on and of which there are pictures.
    pub page_images: Vec<u32>,
    /// The article whose lines are marked.
    pub article: Option<Record>,
    /// Articles of which it is not sure that they begin there.
    pub doubtful: Doubtful,
    /// What an editor has on the page.
    pub edit: Option<EditView>,
    /// Where readers can sign in to edit.
    pub login: Option<String>,
}

/// Articles of a file of which it is not sure that they begin where they do.
#[derive(Debug, Default)]
pub struct Doubtful {
    /// The articles.
    pub cuts: Vec<Record>,
    /// Whether all articles of the file were looked at: of a file of very many only those of the
    /// lines shown are.
    pub is_whole: bool,
}

/// The page.
#[must_use]
pub fn source(about: &Frame, source: &SourcePage) -> Markup {
    let (lang, report) = (about.lang, &source.report);
    let marked = source.article.as_ref().map(|article| article.ordinal);
    let main = html! {
        @if let Some(view) = &source.edit { (view.head(lang)) }
        h1.file lang=(Lang::Zh.tag()) { (report.source) }
        @if let Ok(view) = &source.view { (state_note(lang, view.state)) }
        (facts(lang, source))
        (findings(lang, source))
        @if let Some(view) = &source.edit { (history(lang, view)) }
        @match &source.view {
            Err(error) => (no_source(lang, error)),
            Ok(view) => {
                section aria-labelledby="lines" {
                    h2 #lines { (lang.of("逐行", "Line by line")) }
                    (legend(lang))
                    (page_images(lang, &report.source, &source.page_images))
                    @if let Some(login) = &source.login {
                        p.small { a href=(login) rel="nofollow" { (lang.of("登录更正", "Sign in to correct")) } }
                    }
                    // A file of articles states itself where they begin.
                    @let tools = source.edit.as_ref().filter(|_| !view.has_articles);
                    @if let Some(tools) = tools { (toolbar(lang, tools, &report.source)) }
                    (pages(lang, source, view))
                    div.scroll tabindex="0" role="region" aria-labelledby="lines" { (table(lang, &view.lines, &view.articles, TableParts { marked, heads: true, tools: tools.is_some() })) }
                    @if view.lines.is_empty() {
                        p.note {
                            (lang.of("这里没有内容。", "No lines here.")) " "
                            @match &source.article {
                                Some(article) => a href=(links::source_of(article)) { (lang.of(
                                    "转到该文章", "Go to the article",
                                )) },
                                None => a href=(links::source(&report.source, None, None)) { (lang.of(
                                    "转到第一行", "Go to the first line",
                                )) },
                            }
                        }
                    }
                    (pages(lang, source, view))
                }
            }
        }
    };
    frame(about, &report.source, &main)
}

fn facts(lang: Lang, source: &SourcePage) -> Markup {
    let report = &source.report;
    let elsewhere: u64 = report.lines_elsewhere.values().sum();
    let accounted = report.lines_in_articles + elsewhere
        - report.lines_elsewhere.get(&LineRole::Stray).copied().unwrap_or(0).min(elsewhere);
    let counted = |many: u64| words::number(many);
    html! {
        dl.facts.tight {
            @if let Some(name) = &report.publication {
                (fact(lang.of("报刊", "Publication"), &html! { span lang=(Lang::Zh.tag()) { (name) } }))
            }
            @if let Some(number) = &report.issue.number {
                (fact(lang.of("期号", "Issue"), &html! { span lang=(Lang::Zh.tag()) { (number) } }))
            }
            @if let Some(day) = report.issue.date.value {
                (fact(lang.of("出版日期", "Issue date"), &html! {
                    time datetime=(day) { (day) } " "
                    span.soft {
                        (lang.of("（", "(")) (words::basis(lang, report.issue.date.basis))
                        (lang.of("）", ")"))
                    }
                }))
            }
            (fact(lang.of("文章", "Articles"), &html! { span.number { (counted(report.articles)) } }))
            (fact(lang.of("行", "Lines"), &html! {
                span.number { (lang.of(
                    format!("{} 行中 {} 行有归属", counted(report.lines), counted(accounted)),
                    format!("{} of {} accounted for", counted(accounted), counted(report.lines)),
                )) }
                ul.chips.roles {
                    li.chip { (lang.of("文章内", "in articles")) " " span.number { (counted(report.lines_in_articles)) } }
                    @for (role, many) in &report.lines_elsewhere {
                        li class={ "chip " (class(Some(*role), false)) } {
                            (words::role(lang, *role)) " " span.number { (counted(*many)) }
                        }
                    }
                }
            }))
            (fact(lang.of("编码", "Encoding"), &html! { (report.encoding) }))
            @if let Some(engine) = &report.recognised {
                (fact(lang.of("文字识别", "Recognised by"), &html! { (engine) }))
            }
            @if !report.pictures.is_empty() {
                (fact(lang.of("图像文件", "Pictures"), &pictures(lang, &report.pictures)))
            }
            (fact(lang.of("大小", "Size"), &html! {
                span.number { (lang.of(
                    format!("{} 字节", counted(report.bytes)), format!("{} bytes", counted(report.bytes)),
                )) }
            }))
            @if let Ok(view) = &source.view {
                (fact(lang.of("内容", "Content"), &html! {
                    (match view.state {
                        FileState::Same => lang.of("与入库时一致", "unchanged since ingest"),
                        FileState::Changed => lang.of("入库后有改动", "changed since ingest"),
                        FileState::Unsure => lang.of("未核对", "not verified"),
                    })
                }))
            }
        }
    }
}

/// The files that are its pictures, the first by name.
fn pictures(lang: Lang, names: &[String]) -> Markup {
    let more = names.len().saturating_sub(MAX_PICTURES);
    html! {
        ul.chips {
            @for name in names.iter().take(MAX_PICTURES) { li.chip { (name) } }
        }
        @if more > 0 {
            p.small { (lang.of(
                format!("另有 {} 个", words::number(more as u64)),
                format!("and {} more", words::number(more as u64)),
            )) }
        }
    }
}

/// The ways to the pictures of pages.
fn page_images(lang: Lang, file: &str, pages: &[u32]) -> Markup {
    html! {
        @if !pages.is_empty() {
            p.small {
                (lang.of("以下各行的版面图像：", "Images of the pages of these lines: "))
                @for page in pages {
                    a href=(links::picture(file, *page, PICTURE_SIDES[2])) {
                        (words::file_page(lang, *page))
                    }
                    " "
                }
            }
        }
    }
}

/// What needs a person's eye, each with the way to it.
fn findings(lang: Lang, source: &SourcePage) -> Markup {
    let report = &source.report;
    let view = source.view.as_ref().ok();
    let now: Vec<&FileWarning> = view.iter().flat_map(|view| &view.warnings).collect();
    let strays: Vec<_> =
        report.elsewhere.iter().filter(|(_, role)| *role == LineRole::Stray).collect();
    let doubtful = &source.doubtful.cuts;
    let is_clean = strays.is_empty()
        && doubtful.is_empty()
        && report.contents_unmatched.is_empty()
        && report.warnings.is_empty()
        && now.is_empty()
        && view.is_none_or(|view| view.state != FileState::Changed);
    html! {
        section.findings aria-labelledby="findings" {
            h2 #findings { (lang.of("待核查", "Needs review")) }
            @if is_clean {
                p.note {
                    @if source.doubtful.is_whole { (lang.of(
                        "没有存疑之处：每行都有归属，每处分篇都可信。",
                        "No issues: every line is accounted for, and every split is certain.",
                    )) } @else { (lang.of(
                        "没有存疑之处：每行都有归属，本页各行的分篇都可信。",
                        "No issues: every line is accounted for, and every split in the lines below is certain.",
                    )) }
                }
            } @else if !source.doubtful.is_whole {
                p.soft.small { (lang.of(
                    "本文件文章较多，仅检查本页各行的分篇。",
                    "The file has very many articles; only the splits in the lines below were checked.",
                )) }
            }
            @if !doubtful.is_empty() {
                h3 { (lang.of("分篇存疑", "Uncertain splits")) " " span.soft.number { (doubtful.len()) } }
                ul.plain.small {
                    @for record in doubtful {
                        li {
                            a lang=(Lang::Zh.tag()) href=(links::source_of(record)) {
                                @if let Some(own) = record.lines.first() { "L" (own.0) " " }
                                (name(record))
                            }
                            " " span.doubt.number { (format!("{:.0}%", record.cut.confidence * 100.0)) }
                        }
                    }
                }
            }
            @if !strays.is_empty() {
                h3 { (lang.of("未归属的行", "Unassigned lines")) " "
                    span.soft.number { (strays.len()) } }
                ul.chips {
                    @for (lines, _) in strays {
                        li {
                            a.chip.is-stray href=(links::source_line(&report.source, lines.0)) {
                                (present::lines(std::slice::from_ref(lines)))
                            }
                        }
                    }
                }
            }
            @if !report.contents_unmatched.is_empty() {
                h3 { (lang.of("目录中没有对应文章的条目", "Contents entries without an article")) " "
                    span.soft.number { (report.contents_unmatched.len()) } }
                ul.small lang=(Lang::Zh.tag()) { @for title in &report.contents_unmatched { li { (title) } } }
            }
            @if !report.warnings.is_empty() {
                h3 { (lang.of("警告", "Warnings")) }
                ul.small {
                    @for warning in &report.warnings { li { (words::file_warning(lang, warning)) } }
                }
            }
            @for warning in now {
                p.note.warn { (words::file_warning(lang, warning)) }
            }
        }
    }
}

fn legend(lang: Lang) -> Markup {
    let sorts = [
        ("is-head", lang.of("标题", "headline")),
        ("is-body", lang.of("正文、表格", "body, table")),
        ("is-sub", lang.of("小标题", "sub-heading")),
        ("is-credit", lang.of("文号、署名", "document number, credit")),
        ("is-around", lang.of("栏目、目录、封面等", "section, contents, front …")),
        ("is-advertisement", lang.of("广告", "advertisement")),
        ("is-stray", lang.of("未归属", "unaccounted")),
    ];
    html! {
        ul.chips.roles aria-label=(lang.of("图例", "Legend")) {
            @for (class, words) in sorts { li class={ "chip " (class) } { (words) } }
        }
    }
}

fn pages(lang: Lang, source: &SourcePage, view: &SourceView) -> Markup {
    let marked = source.article.as_ref().map(|article| &article.id);
    let page = |from: u32| links::source(&source.report.source, Some(from), marked);
    let first = view.lines.first().map_or(1, |line| line.row);
    let before = (first > 1).then(|| first.saturating_sub(MAX_ROWS).max(1));
    html! {
        @if before.is_some() || view.next.is_some() {
            nav.rows aria-label=(lang.of("分页", "Pages")) {
                @if let Some(before) = before {
                    a rel="prev" href=(page(before)) {
                        "← " (lang.of("前面的行", "Previous lines"))
                    }
                }
                @if let Some(last) = view.lines.last() {
                    span.number { (words::number(u64::from(first))) "–" (words::number(u64::from(last.row))) }
                }
                @if let Some(next) = view.next {
                    a rel="next" href=(page(next)) {
                        (lang.of("后面的行", "Next lines")) " →"
                    }
                }
            }
        }
    }
}
