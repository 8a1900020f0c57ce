//! `/batch`: a query or a name a line, a row for each.

use maud::{Markup, html};

use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::present::words;
use crate::present::{BatchRow, Lang};

/// What was filled in, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct BatchPage {
    /// The lines as they were typed.
    pub lines: String,
    /// Whether each is a name.
    pub names: bool,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// Lines at most.
    pub max_lines: usize,
    /// The rows; `None` where nothing was asked.
    pub rows: Option<Vec<BatchRow>>,
    /// Why nothing was searched for.
    pub refused: Option<String>,
}

/// The page.
#[must_use]
pub fn batch(about: &Frame, page: &BatchPage) -> Markup {
    let lang = about.lang;
    let title = lang.of("批量检索", "Batch search");
    let main = html! {
        h1 { (title) }
        (form(lang, page))
        @if let Some(why) = &page.refused { div.note.fail role="alert" { p { (why) } } }
        @if let Some(rows) = &page.rows { (result(lang, rows)) }
    };
    frame(about, title, &main)
}

fn form(lang: Lang, page: &BatchPage) -> Markup {
    html! {
        form.batch action="/batch" method="post" {
            div.field {
                label for="lines" { (lang.of("检索式或名称，每行一个", "Queries or names, one a line")) }
                textarea #lines name="lines" rows="10" spellcheck="false" autocomplete="off"
                    aria-describedby="limits" { "\n" (page.lines) }
            }
            p #limits.small.soft {
                (match lang {
                    Lang::Zh => format!("至多 {} 行；以 # 开头的行是注释。更多请用命令行 dibao batch。", page.max_lines),
                    Lang::En => format!("At most {} lines; those that begin with # are remarks. dibao batch takes more on the command line.", page.max_lines),
                })
            }
            div.fields {
                label.check {
                    input type="checkbox" name="names" value="true" checked[page.names];
                    " " (lang.of("每行是名称，按原样查找", "Names, found as they are written"))
                }
                (date(lang, lang.of("从", "From"), "from", &page.from))
                (date(lang, lang.of("到", "To"), "to", &page.to))
                button.main type="submit" { (lang.of("检索", "Search")) }
                @for (format, name) in [("csv", "CSV"), ("xlsx", "Excel"), ("jsonl", "JSONL")] {
                    button type="submit" name="format" value=(format) {
                        (lang.of(format!("下载 {name}"), format!("Download {name}")))
                    }
                }
            }
        }
    }
}

fn date(lang: Lang, label: &str, name: &str, value: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input #(name) type="text" name=(name) value=(value) size="10" maxlength="10"
                placeholder=(lang.of("如 2023-02", "e.g. 2023-02"));
        }
    }
}

fn result(lang: Lang, rows: &[BatchRow]) -> Markup {
    let found: Vec<&BatchRow> = rows.iter().filter(|row| row.articles > 0).collect();
    let failed: Vec<&BatchRow> = rows.iter().filter(|row| row.error.is_some()).collect();
    let none: Vec<&BatchRow> =
        rows.iter().filter(|row| row.articles == 0 && row.error.is_none()).collect();
    html! {
        p role="status" {
            (match lang {
                Lang::Zh => format!("{} 个检索式，{} 个有结果，{} 个没有结果。", rows.len(), found.len(), none.len()),
                Lang::En => format!("{} queries: {} with hits, {} without.", rows.len(), found.len(), none.len()),
            })
        }
        @if !failed.is_empty() {
            div.note.warn {
                p { (lang.of("未能检索：", "Not searched for:")) }
                ul { @for row in &failed {
                    li { (row.line) " " code { (row.query) } " " (row.error.as_deref().unwrap_or_default()) }
                } }
            }
        }
        @if !found.is_empty() {
            div.scroll tabindex="0" role="group" aria-label=(lang.of("结果", "Results")) {
                table {
                    thead { tr {
                        th scope="col" { (lang.of("检索式", "Query")) }
                        th.number scope="col" { (lang.of("文章", "Articles")) }
                        th.number scope="col" { (lang.of("报道", "Stories")) }
                        th scope="col" { (lang.of("最早", "First")) }
                        th scope="col" { (lang.of("最晚", "Last")) }
                        th scope="col" { (lang.of("最相关", "Best hits")) }
                    } }
                    tbody { @for row in &found { (of_row(row)) } }
                }
            }
        }
        @if !none.is_empty() {
            h2 { (lang.of("没有结果的", "Without hits")) }
            ul.names { @for row in &none {
                li { a href=(links::search(&row.params)) lang=(Lang::Zh.tag()) { (row.query) } }
            } }
        }
    }
}

fn of_row(row: &BatchRow) -> Markup {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    html! {
        tr {
            th scope="row" lang=(Lang::Zh.tag()) { a href=(links::search(&row.params)) { (row.query) } }
            td.number { (words::number(row.articles)) }
            td.number { (words::number(row.stories)) }
            td { (day(row.first)) }
            td { (day(row.last)) }
            td lang=(Lang::Zh.tag()) {
                @for (at, hit) in row.top.iter().enumerate() {
                    @if at > 0 { br; }
                    a href=(links::article(&hit.id, Some((&row.params, at as u64 + 1)))) { (hit.title) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArticleId;
    use crate::present::{BatchHit, SearchParams};

    #[test]
    fn rows_lead_to_their_hits_and_nothing_is_taken_for_html() {
        let params = SearchParams { q: "氢能".into(), ..SearchParams::default() };
        let id = ArticleId("k7q2m9x4t1vd".into());
        let row = BatchRow {
            query: "<b>氢能".into(),
            line: 1,
            articles: 1200,
            stories: 900,
            top: vec![BatchHit { id, date: None, title: "<i>标题".into() }],
            params,
            ..BatchRow::default()
        };
        let none = BatchRow { articles: 0, top: Vec::new(), line: 2, ..row.clone() };
        let failed = BatchRow { error: Some("<u>".into()), line: 3, ..none.clone() };
        let page = BatchPage {
            lines: "</textarea><s>".into(),
            names: true,
            max_lines: 200,
            rows: Some(vec![row, none, failed]),
            ..BatchPage::default()
        };
        let html = batch(&Frame { lang: Lang::En, ..Frame::default() }, &page).into_string();
        assert!(html.contains("3 queries: 1 with hits, 1 without."), "{html}");
        assert!(html.contains("/article/k7q2m9x4t1vd?q=%E6%B0%A2%E8%83%BD&amp;at=1"), "{html}");
        for tag in ["<b>", "<i>", "<u>", "<s>"] {
            assert!(!html.contains(tag), "{tag}: {html}");
        }
    }
}
