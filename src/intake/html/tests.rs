//! How pages are read: headlines, what stands around the text, tables, and what the head states.

use proptest::prelude::*;

use super::*;

fn read(html: &str) -> (SourceText, SourceMeta) {
    let mut meta = SourceMeta::default();
    let page = SourceText::from_text("x.html", html);
    (main_text(&page, html, &ReadingSettings::default(), &mut meta), meta)
}

fn shown(text: &SourceText) -> Vec<(u32, &str)> {
    let lines = text.lines.iter().enumerate();
    let lines = lines.filter(|(at, _)| !text.boilerplate.contains(at));
    let lines = lines.map(|(_, line)| (line.number, &text.text[line.span.clone()]));
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
        (
            "<p>名单如下：</p><p>丁一 | 王二 | 李三</p><h2>说明</h2><p>公示七天。</p>".to_owned(),
            "王二",
        ),
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

/// The texts of the lines that do not stand around the text, and what is known of the page.
fn lines_of(title: &str, body: &str) -> (Vec<String>, SourceMeta) {
    let (text, meta) = read(&format!("<html><title>{title}</title><body>{body}</body></html>"));
    (shown(&text).into_iter().map(|(_, line)| line.to_owned()).collect(), meta)
}

#[test]
fn the_stated_headline_is_found_whatever_it_stands_in() {
    let text = format!("<p>{PARAGRAPH}</p>");
    for (title, above) in [
        ("春灌渠道检修完成_某县人民政府", "<div class=t>春灌渠道检修完成</div>"),
        ("某县人民政府网 春灌渠道检修完成", "<td class=title>春灌渠道检修完成</td>"),
        ("春灌渠道检修完成 | 某报", "<center><font size=5>春灌渠道<br>检修完成</font></center>"),
        ("春灌渠道检修完成，二十三条支渠…-某网", "<b>春灌渠道检修完成，二十三条支渠全部清淤</b>"),
        ("某网-春灌渠道检修完成", "<h1>某网</h1><h2>春灌渠道检修完成</h2>"),
        (
            "春灌渠道检修完成-某网",
            "<ol><li><a href=/>首页</a><li>春灌渠道检修完成</ol><div>春灌渠道检修完成</div>",
        ),
        ("春灌渠道检修完成-某网", "<div>某网 &gt; 新闻</div><h3>春灌渠道检修完成</h3>"),
    ] {
        let (lines, meta) = lines_of(title, &format!("{above}{text}"));
        assert_eq!(lines.len(), 2, "{title}: {lines:?}");
        assert!(lines[0].starts_with("# 春灌渠道"), "{title}: {lines:?}");
        assert_eq!(lines[1], PARAGRAPH, "{title}");
        assert_eq!(meta.headline.as_deref(), lines[0].strip_prefix("# "), "{title}");
    }
}

#[test]
fn the_name_of_a_site_is_no_headline_unless_nothing_else_is_one() {
    let text = format!("<p>{PARAGRAPH}</p>");
    let (lines, meta) = lines_of("某县农业网", &format!("<b>某县农业网</b><h2>春灌</h2>{text}"));
    assert_eq!(lines, ["# 春灌", PARAGRAPH]);
    assert_eq!(meta.headline.as_deref(), Some("春灌"), "the only heading of the page");
    let (lines, _) = lines_of("全县通了宽带网", &format!("<h1>全县通了宽带网</h1>{text}"));
    assert_eq!(lines, ["# 全县通了宽带网", PARAGRAPH]);
}

#[test]
fn links_below_the_text_go_with_their_headings_and_days() {
    let links = "<h3>相关新闻</h3><ul><li><a href=1>支渠清淤</a><span>2021-03-02</span></ul>";
    let body =
        format!("<h1>春灌</h1><p>{PARAGRAPH}</p><h3>各乡次序</h3><p>东乡先放水。</p>{links}");
    assert_eq!(lines_of("春灌", &body).0, ["# 春灌", PARAGRAPH, "## 各乡次序", "东乡先放水。"]);
}

#[test]
fn the_day_in_a_table_above_the_headline_is_that_of_publication() {
    let table = "<table><tr><td>索引号<td>甲1<tr><td>发布日期<td>2021-03-04</table>";
    let day = |above: &str| {
        let body = format!("{above}<h1>春灌准备就绪</h1><p>{PARAGRAPH}</p>");
        lines_of("春灌准备就绪", &body).1.issue_date.map(|(day, _)| day.to_string())
    };
    assert_eq!(day(table).as_deref(), Some("2021-03-04"));
    assert_eq!(day("<p>今天是2021年3月9日</p>"), None);
}

#[test]
fn tables_that_lay_out_a_page_are_paragraphs_and_those_of_data_are_rows() {
    let laid_out = format!(
        "<table><tr><td>一<br>二<td><table><tr><td>{PARAGRAPH}<br>{PARAGRAPH}</table></table>"
    );
    assert_eq!(lines_of("", &laid_out).0, ["一", "二", PARAGRAPH, PARAGRAPH]);
    let data = "<table><tr><td><p>乡<td><p>日期<tr><td>东乡<td>3月<br>5日</table>";
    let (lines, _) = lines_of("", &format!("<p>{PARAGRAPH}</p>{data}"));
    assert_eq!(lines, [PARAGRAPH, "| 乡 | 日期 |", "| 东乡 | 3月 5日 |"]);
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
    let html =
        format!("<h1>春灌</h1><p>{PARAGRAPH}</p><h2><a id=b>各乡次序</a></h2><p>{PARAGRAPH}</p>");
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
