//! Extracts the main text of a web page, line by line, without menus and scripts.
//!
//! The main part is found by `dom_smoothie` (after Mozilla's Readability), which is made for pages
//! with one article. Where it would lose more than a fifth of the words outside of links, or rows
//! of a table, the whole page is taken without its frame (menus, forms, footer).

use std::sync::LazyLock;

use dom_query::{Document, NodeRef};
use dom_smoothie::Readability;
use regex::bytes::Regex;

use super::nesting::bounded;
use super::path::parse_date;
use super::reading::ReadingSettings;
use super::render::{Rendered, depth, render, render_all};
use crate::model::{Basis, CivilDate, Line, SourceMeta, SourceText};
use crate::text::encoding_name;

/// The encoding that a page states in its head (`<meta charset>`); `None` for a page in UTF-8,
/// because many saved pages still state the original encoding.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static str> {
    static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i-u)<meta[^>]*charset\s*=\s*["']?([a-z0-9_-]+)"#)
            .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
    });
    let head = bytes.get(..4096).unwrap_or(bytes);
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let label = CHARSET.captures(head)?.get(1)?;
    let name = encoding_name(std::str::from_utf8(label.as_bytes()).ok()?);
    // A page whose label is readable as ASCII is not in UTF-16, whatever the label states.
    name.filter(|name| !name.starts_with("utf-16"))
}

/// Whether a text is a web page, whatever its name says.
pub(super) fn is_page(text: &str) -> bool {
    static PAGE: LazyLock<regex::Regex> = LazyLock::new(|| {
        // After a declaration of XML, and comments such as those of a browser that saved the page.
        let begins = r"(?is)^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta)\b[^<]*>";
        regex::Regex::new(begins)
            .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
    });
    const HEAD: usize = 8192;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // A text about HTML closes none of it.
    PAGE.is_match(&text[..end]) && text.contains("</")
}

/// The main text of a page. Headings are lines that begin with `# ` (h1, h2) or `## `, rows of
/// tables are `| a | b |`, paragraphs stand between blank lines; each line has the number of the
/// line of the page that its text was found on, if it can be found.
///
/// `html` is the page as it is parsed: see [`bounded`]. The site and date in the
/// page's head are added to `meta` if it has none, and the headline if the
/// page has just one. `settings` can say that no main part is looked for.
pub(super) fn main_text(
    page: &SourceText,
    html: &str,
    settings: &ReadingSettings,
    meta: &mut SourceMeta,
) -> SourceText {
    let document = Document::from(html);
    let head = PageMeta::of(&document);
    if meta.publication.is_none() {
        meta.publication.clone_from(&head.site);
    }
    let date = head.published.as_deref().and_then(parse_date);
    if let (None, Some(date)) = (meta.issue_date, date) {
        meta.issue_date = Some((date, Basis::Given));
    }
    (meta.url, meta.accessed) = saved_from(&page.text);
    meta.url = head.address.clone().or(meta.url.take());

    let root = document.body().unwrap_or_else(|| document.root());
    let whole = render(&root);
    let main = settings.main_text.then(|| main_part(html, &root)).flatten().filter(|main| {
        // A part with more than the whole has menus, which the library does not name as such.
        main.plain_letters * 5 >= whole.plain_letters * 4
            && main.plain_letters <= whole.plain_letters
            && main.table_rows >= whole.table_rows
    });
    let mut rendered = main.unwrap_or(whole);
    if let Some(title) = &head.title {
        rendered.put_title(title);
        // What is longer can be a whole issue, whatever its head says.
        meta.headline = head.title.filter(|_| rendered.plain_letters <= MAX_ONE_ARTICLE);
    }
    number(rendered, page)
}

/// How many pictures a page shows, by its elements.
pub(super) fn pictures_in(html: &str) -> u64 {
    let html = html.as_bytes();
    let is_of = |name: &[u8], at: usize| {
        let rest = html.get(at..).unwrap_or_default();
        rest.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
            && rest.get(name.len()).is_some_and(|next| !next.is_ascii_alphanumeric())
    };
    let names: [&[u8]; 3] = [b"img", b"image", b"svg:image"];
    let tags = memchr::memchr_iter(b'<', html);
    tags.filter(|at| names.iter().any(|name| is_of(name, at + 1))).count() as u64
}

/// The whole text of a page that belongs to a book, in the same form: nothing in it is a frame around
/// the text, and a heading may link to the contents.
pub(super) fn whole_text(html: &str) -> String {
    let (html, _) = bounded(html);
    let document = Document::from(html.as_ref());
    let root = document.body().unwrap_or_else(|| document.root());
    let lines = render_all(&root).lines.into_iter().flat_map(|line| [line.text, "\n".to_owned()]);
    lines.collect()
}

/// The metadata of the page.
struct PageMeta {
    title: Option<String>,
    site: Option<String>,
    published: Option<String>,
    /// The address that the page gives itself.
    address: Option<String>,
}

impl PageMeta {
    fn of(document: &Document) -> Self {
        let mut found = Self { title: None, site: None, published: None, address: None };
        for node in document.select("meta[content]").nodes() {
            let key = node.attr("property").or_else(|| node.attr("name")).unwrap_or_default();
            let content = node.attr("content").unwrap_or_default().trim().to_owned();
            let field = match key.to_lowercase().as_str() {
                "og:title" | "articletitle" => &mut found.title,
                "og:site_name" | "sitename" => &mut found.site,
                "article:published_time" | "pubdate" | "publishdate" | "publish-date" => {
                    &mut found.published
                }
                "og:url" => &mut found.address,
                _ => continue,
            };
            if !content.is_empty() {
                field.get_or_insert(content);
            }
        }
        let canonical = document.select("link[rel=canonical][href]");
        let canonical = canonical.nodes().first().and_then(|link| link.attr("href"));
        let canonical = canonical.map(|href| href.trim().to_owned());
        found.address = canonical.filter(|href| is_address(href)).or(found.address);
        found.address = found.address.filter(|address| is_address(address));
        let headings = document.select("h1");
        if let [heading] = headings.nodes() {
            let text = heading.text().split_whitespace().collect::<Vec<_>>().join(" ");
            found.title = Some(text).filter(|text| !text.is_empty()).or(found.title);
        } else if headings.nodes().len() > 1 {
            // A page of several articles: each has its own title.
            found.title = None;
        }
        found
    }
}

/// Whether it leads to a page from anywhere.
pub(super) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}

/// The address and the day in the comment that a program leaves which saves pages: browsers say
/// `saved from url=(0019)http://…`, SingleFile `url: http://…` and `saved date: Tue Mar 05 2024 …`.
fn saved_from(page: &str) -> (Option<String>, Option<CivilDate>) {
    static ADDRESS: LazyLock<regex::Regex> = LazyLock::new(|| {
        regex::Regex::new(r"(?:saved from url=\(\d+\)|\burl:\s*)(https?://[^\s<>]+)")
            .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
    });
    static DAY: LazyLock<regex::Regex> = LazyLock::new(|| {
        regex::Regex::new(r"saved date:\s*[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{2} \d{4})\b")
            .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
    });
    let mut end = page.len().min(SAVED_FROM_BYTES);
    while !page.is_char_boundary(end) {
        end -= 1;
    }
    // The first comment alone: an article can write of addresses.
    let comment = page[..end].split_once("<!--").and_then(|(_, rest)| rest.split_once("-->"));
    let Some((comment, _)) = comment else { return (None, None) };
    let address = ADDRESS.captures(comment).map(|found| found[1].to_owned());
    let day = DAY.captures(comment);
    (address, day.and_then(|found| CivilDate::strptime("%b %d %Y", &found[1]).ok()))
}

/// Bytes at the beginning of a page that such a comment stands in.
const SAVED_FROM_BYTES: usize = 8192;

/// Characters of a page that is one article, as its head says.
const MAX_ONE_ARTICLE: usize = 20_000;

/// Deeper pages are not passed to the library, which is recursive.
const MAX_DEPTH: usize = 200;

fn main_part(html: &str, root: &NodeRef<'_>) -> Option<Rendered> {
    if depth(root) > MAX_DEPTH {
        return None;
    }
    // 100 Chinese characters can be a whole article; the default counts English letters.
    let config = dom_smoothie::Config {
        char_threshold: 100,
        max_elements_to_parse: 100_000,
        ..dom_smoothie::Config::default()
    };
    let article = Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
    let document = Document::fragment(article.content);
    Some(render(&document.root()))
}

/// Numbers each line as the line of the page on which its first words are found, in ascending
/// order.
fn number(rendered: Rendered, page: &SourceText) -> SourceText {
    /// How far ahead words are searched. Words that are written with entities are not found at all.
    const AHEAD: usize = 128 * 1024;
    let mut text = String::new();
    let mut lines = Vec::with_capacity(rendered.lines.len());
    let mut at = 0;
    let mut index = 0;
    for line in rendered.lines {
        let end = (at + AHEAD).min(page.text.len());
        let end = (end..page.text.len()).find(|&end| page.text.is_char_boundary(end));
        let ahead = page.text.get(at..end.unwrap_or(page.text.len())).unwrap_or_default();
        if !line.key.is_empty()
            && let Some(found) = ahead.find(&line.key)
        {
            at += found + line.key.len();
            let later = page.lines.get(index..).unwrap_or_default();
            index += later.partition_point(|line| line.span.end < at);
        }
        let start = text.len();
        text.push_str(&line.text);
        let number = page.lines.get(index).or(page.lines.last()).map_or(1, |line| line.number);
        lines.push(Line { span: start..text.len(), number, place: None });
        text.push('\n');
    }
    SourceText { path: page.path.clone(), text, lines, ..SourceText::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(html: &str) -> (SourceText, SourceMeta) {
        let mut meta = SourceMeta::default();
        let page = SourceText::from_text("x.html", html);
        (main_text(&page, html, &ReadingSettings::default(), &mut meta), meta)
    }

    fn shown(text: &SourceText) -> Vec<(u32, &str)> {
        let lines = text.lines.iter().map(|line| (line.number, &text.text[line.span.clone()]));
        lines.filter(|(_, line)| !line.is_empty()).collect()
    }

    const PARAGRAPH: &str = "县水利部门近日完成了春灌前的渠道检修，二十三条支渠全部清淤，\
        沿线村庄的用水次序已经公布，农户可以在村务栏里查到自己的日期。";

    #[test]
    fn the_text_is_kept_with_headings_and_tables_and_the_frame_is_not() {
        let html = format!(
            "<html><head><title>春灌_某网</title><meta charset=utf-8>\n\
             <meta property=\"og:site_name\" content=\"某网\">\n\
             <meta name=\"PubDate\" content=\"2021-03-04 08:00\">\n\
             <style>p {{}}</style><script>var x = '检修';</script></head><body>\n\
             <nav><a href=/>首页</a> <a href=/a>新闻</a></nav>\n\
             <h1>春灌准备就绪</h1>\n<p>{PARAGRAPH}</p>\n<p>{PARAGRAPH}&ldquo;通水&rdquo;</p>\n\
             <h2>各乡次序</h2>\n<table><tr><th>乡</th><th>日期</th></tr>\n\
             <tr><td>东乡</td><td>3月5日</td></tr></table>\n<p>{PARAGRAPH}</p>\n\
             <footer><a href=/>联系我们</a></footer></body></html>"
        );
        let (text, meta) = read(&html);
        let quoted = format!("{PARAGRAPH}“通水”");
        assert_eq!(
            shown(&text),
            [
                (6, "# 春灌准备就绪"),
                (7, PARAGRAPH),
                (8, &quoted),
                (9, "# 各乡次序"),
                (10, "| 乡 | 日期 |"),
                (11, "| 东乡 | 3月5日 |"),
                (12, PARAGRAPH),
            ]
        );
        assert_eq!(meta.publication.as_deref(), Some("某网"));
        assert_eq!(meta.headline.as_deref(), Some("春灌准备就绪"));
        let date = meta.issue_date.map(|(date, basis)| (date.to_string(), basis));
        assert_eq!(date, Some(("2021-03-04".to_owned(), Basis::Given)));
    }

    #[test]
    fn menus_above_the_headline_are_left_out_with_links_or_without() {
        let menus = [
            "<div class='top nav'>首页 | 新闻 | 公告</div>",
            "<div>首页 | 新闻 | 公告</div>",
            "<p><a href=/>首页</a> | <a href=/a>新闻</a> | <a href=/b>公告</a></p>",
            "<div id=main-menu><a href=/>首页</a> <a href=/a>新闻</a> 更多</div>",
            "<ul><li>首页</li><li>新闻</li><li>公告</li></ul>",
            "<div>您的位置：<a href=/>首页</a> &gt; <a href=/a>新闻</a> &gt; 正文</div>",
            "<div role=navigation>本站导航 新闻 公告</div>",
        ];
        for menu in menus {
            let html = format!("{menu}<h1>春灌准备就绪</h1><p>东乡先放水。</p>");
            let lines = read(&html).0;
            let lines: Vec<&str> = shown(&lines).into_iter().map(|(_, line)| line).collect();
            assert_eq!(lines, ["# 春灌准备就绪", "东乡先放水。"], "{menu}");
        }
        // What is called so and has the text, and what stands above a headline and is none, stay.
        for kept in [
            "<div class=has-menu>渠道检修完成。沿线村庄的用水次序已经公布。</div>",
            "<p>河畔晚报 | 丁一 | 2023-02-10</p>",
            "<ul><li>东乡今天放水，次序见村务栏</li><li>西乡</li></ul>",
            "<p>……</p>",
            "<div class=tab-nav-con><p>东乡村</p><p>西乡村</p></div>",
        ] {
            let html = format!("{kept}<h1>春灌准备就绪</h1><p>东乡先放水。</p>");
            let lines = read(&html).0;
            assert!(shown(&lines).len() > 2, "{kept}: {}", lines.text);
        }
    }

    #[test]
    fn lists_and_tables_of_an_article_are_kept_whatever_they_stand_in() {
        let list = "<ul><li>东乡村</li><li>西乡村</li><li>南乡村</li></ul>";
        for (html, wanted) in [
            (format!("<p>入选村庄如下，公示七天。</p>{list}<h3>相关链接</h3>"), "西乡村"),
            (format!("<p>入选村庄公布</p>{list}<h1>相关链接</h1><p>无</p>"), "西乡村"),
            (format!("{list}<h3>联系方式</h3><p>村委会</p>"), "西乡村"),
            ("<p>名单如下：</p><p>丁一 | 王二 | 李三</p><h2>说明</h2><p>公示七天。</p>".to_owned(), "王二"),
            (
                "<h1>公示</h1><div class=tab-nav-con><h3>招聘公示</h3><table><tr><td>岗位</td>\
                 <td>姓名</td></tr><tr><td>校长</td><td>王伟</td></tr></table></div><p>公示七天。</p>"
                    .to_owned(),
                "王伟",
            ),
            (
                "<h1>公示</h1><div role=navigation><h3>岗位</h3><p>校长</p></div><p>公示七天。</p>"
                    .to_owned(),
                "校长",
            ),
        ] {
            let text = read(&format!("<title>入选村庄公布</title><body>{html}")).0.text;
            assert!(text.contains(wanted), "{html}: {text}");
        }
    }

    #[test]
    fn the_address_and_the_day_on_which_it_was_saved_are_read() {
        let saved = |head: &str, comment: &str| {
            let html = format!("<!DOCTYPE html>{comment}<html><head>{head}</head><p>{PARAGRAPH}");
            let (_, meta) = read(&html);
            (meta.url.unwrap_or_default(), meta.accessed.map(|day| day.to_string()))
        };
        let browser = "<!-- saved from url=(0019)http://a.example/1 -->";
        let single = "<!-- Page saved with SingleFile \n url: https://b.example/2 \n saved date: \
            Tue Mar 05 2024 10:11:12 GMT+0800 -->";
        let canonical = "<link rel=canonical href=https://c.example/3>";
        assert_eq!(saved("", browser), ("http://a.example/1".to_owned(), None));
        let day = Some("2024-03-05".to_owned());
        assert_eq!(saved("", single), ("https://b.example/2".to_owned(), day.clone()));
        assert_eq!(saved(canonical, single), ("https://c.example/3".to_owned(), day));
        assert_eq!(saved("<link rel=canonical href=/3>", ""), (String::new(), None));
        let own = "<meta property=og:url content=https://d.example/4>";
        assert_eq!(saved(own, "").0, "https://d.example/4");
        assert_eq!(saved("", "<!-- a note on url: nothing -->"), (String::new(), None));
    }

    #[test]
    fn an_anchor_that_leads_nowhere_is_no_link() {
        let html = format!(
            "<h1>春灌</h1><p>{PARAGRAPH}</p><h2><a id=b>各乡次序</a></h2><p>{PARAGRAPH}</p>"
        );
        let headings: Vec<String> = shown(&read(&html).0)
            .iter()
            .filter(|(_, line)| line.starts_with('#'))
            .map(|(_, line)| (*line).to_owned())
            .collect();
        assert_eq!(headings, ["# 春灌", "# 各乡次序"]);
    }

    #[test]
    fn a_page_of_several_articles_loses_none() {
        let article = |title: &str| format!("<div><h1>{title}</h1><p>{PARAGRAPH}</p></div>\n");
        let html: String = ["甲", "乙", "丙", "丁"].into_iter().map(article).collect();
        let (text, meta) = read(&html);
        assert_eq!(shown(&text).len(), 8, "{}", text.text);
        assert_eq!(meta.headline, None);
    }

    #[test]
    fn the_stated_encoding_is_read_unless_the_page_is_utf8() {
        let page = b"<meta http-equiv=x content='text/html; charset=gb2312'><p>\xb1\xa8\xb8\xe6";
        assert_eq!(charset(page), Some("gb18030"));
        assert_eq!(charset(b"<META CHARSET=\"Big5\">\xb3\xf8"), Some("big5"));
        assert_eq!(charset("<meta charset=gb2312>报告".as_bytes()), None);
        assert_eq!(charset(b"<meta charset=utf-16>\xb3\xf8"), None);
    }

    #[test]
    fn a_page_nested_without_measure_is_still_read() {
        let html = format!("{}{PARAGRAPH}", "<div>".repeat(3_000));
        assert_eq!(shown(&read(&html).0), [(1, PARAGRAPH)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_page_is_read_and_its_lines_are_in_order(
            html in "(<(/)?(div|p|table|tr|td|a|br|h1|script|title|pre|ul|li|body)>|[一-龥]{1,9}|&nbsp;|[ -~]|\n){0,60}"
        ) {
            let (text, _) = read(&html);
            prop_assert!(text.lines.is_sorted_by_key(|line| line.number));
            prop_assert!(text.lines.iter().all(|line| text.text.get(line.span.clone()).is_some()));
        }
    }
}
