//! Pages as a reader gets them, without a browser.

use axum::http::StatusCode;
use dibao::present::Lang;
use dibao::present::words::cut_reason;

use serde_json::json;

use super::{Place, ask, escaped, request, sample};

#[test]
fn a_page_is_in_the_language_of_the_browser_or_of_choice() {
    let of = |name: &str, value: &str| {
        let answer = ask(sample().options(), request("/api", &[(name, value)]));
        assert_eq!(answer.status, StatusCode::OK);
        answer.text().contains("<html lang=\"en\"")
    };
    assert!(of("accept-language", "en-GB,en;q=0.9"));
    assert!(!of("accept-language", "zh-CN"));
    assert!(of("cookie", "dibao-lang=en"));
}

#[test]
fn a_chinese_page_says_in_chinese_what_cannot_be_answered() {
    let chinese = [("accept", "text/html"), ("accept-language", "zh-CN")];
    for (address, detail) in [
        ("/nowhere", "此网址没有对应的页面"),
        ("/article/nobody", "没有编号为 nobody 或以它开头的文章"),
        ("/article/nobody/compare/nothing", "没有编号为 nobody 或以它开头的文章"),
        ("/source", "file：请写要看哪个文件"),
        ("/source?file=no.txt", "库中没有这个文件"),
        ("/source?file=no.txt&from=many", "from=many：请写整数"),
        ("/source?colour=red", "file：请写要看哪个文件"),
        ("/overview?files=some", "files=some：请写 all"),
        ("/files?offset=many", "offset=many：请写整数"),
        ("/files?offset=1000001", "offset=1000001：至多 1000000"),
        ("/trend?measure=length", "measure=length：请写 articles 或 share"),
        ("/trend?by=week", "by=week：请写 day、month、quarter 或 year"),
        ("/trend?line=a&undated=1", "无法按时间比较"),
        (
            "/trend?line=1&line=2&line=3&line=4&line=5&line=6&line=7&line=8&line=9&line=10",
            "10 条线太多，难以分辨；至多 8 条",
        ),
        ("/trend?line=%22a", "缺少右引号 &quot;"),
        ("/trend?line=a&district=nowhere", "没有名为“nowhere”的地区"),
        ("/trend?line=a&topic=nothing", "没有“nothing”这个主题"),
        ("/export?limit=3", "导出不分页"),
        (
            "/export?format=pdf",
            "format=pdf：请写 jsonl、csv、xlsx、docx、html、epub、md、cite、ris、bib、biblatex 或 csljson",
        ),
        ("/export?scope=chosen&ids=", "没有选择文章"),
        ("/export?scope=some", "scope=some：请写 all 或 chosen"),
        ("/export?ids=nosuchid0000", "没有编号为 nosuchid0000 或以它开头的文章"),
        ("/cite", "没有选择文章"),
        ("/export?q=a&q=b", "参数 q 只能写一次"),
        ("/export?q=%22a", "无法解析检索式：缺少右引号 &quot;（此处为末尾）"),
        ("/export?district=nowhere", "没有名为“nowhere”的地区"),
        ("/feed?from=2023/02", "from=2023/02：不是日期"),
        ("/feed?colour=red", "没有“colour”这个参数；可用的参数：q、"),
        ("/feed?undated=perhaps", "undated=perhaps：请写 true 或 false"),
        ("/sitemap.xml", "未启用站点地图"),
        ("/oai?verb=Identify", "未启用 OAI-PMH"),
        ("/api/try?path=/elsewhere", "没有这个操作"),
        ("/assets/nothing.js", "没有这个文件"),
        ("/lang/fr", "可选的语言只有 zh 和 en"),
        ("/lang/zh?back=//elsewhere", "back：请写本站的路径"),
        ("/?from=2023/02", "from=2023/02：不是日期"),
        ("/?from=2024&to=2023", "起始日期 2024-01-01 晚于截止日期 2023-12-31；请对调"),
        ("/?kind=book", "kind=book：请写 news"),
        ("/?sort=best", "sort=best：请写 relevance"),
        ("/?limit=1000", "limit=1000：至多 100"),
        ("/?undated=1&certain=1", "不能与起止日期（from、to）"),
        ("/?offset=10&after=1", "offset 与 after 只能用一个"),
        ("/?after=nowhere", "after=nowhere：不是游标"),
        ("/?district=nowhere", "没有名为“nowhere”的地区"),
        ("/?topic=nothing", "没有“nothing”这个主题"),
    ] {
        let answer = ask(sample().options(), request(address, &chinese));
        assert!(answer.status.is_client_error(), "{address}: {}", answer.status);
        let text = answer.text();
        assert!(text.contains("<html lang=\"zh-CN\""), "{address}: {text}");
        assert!(text.contains(detail), "{address}: {text}");
    }
}

#[test]
fn a_chinese_page_gives_the_reasons_of_the_program_in_chinese() {
    let chinese = [("accept", "text/html"), ("accept-language", "zh-CN")];
    let found = sample().get("/api/v1/search?limit=20").json();
    let hits = found["hits"].as_array().expect("hits");
    assert!(!hits.is_empty());
    let mut reasons = 0;
    for hit in hits {
        let address = format!("/article/{}", hit["id"].as_str().expect("an id"));
        let answer = ask(sample().options(), request(&address, &chinese));
        let text = dom_query::Document::from(answer.text()).text();
        let record = sample().get(&format!("/api/v1{address}")).json();
        for reason in record["cut"]["reasons"].as_array().expect("reasons") {
            let rule = reason["rule"].as_str().expect("a rule");
            let words = cut_reason(Lang::Zh, rule).expect(rule);
            assert!(text.contains(&*words), "{address}: {words}: {text}");
            reasons += 1;
        }
    }
    assert!(reasons > 0);
}

/// Every link of a page that stands with a number of articles finds that many: those that are
/// certainly of a period, and those that can be.
#[test]
fn what_a_count_leads_to_are_as_many_articles() {
    let mut checked = 0;
    for page in [
        "/",
        "/?q=%E9%A1%B9%E7%9B%AE",
        "/overview",
        "/trend?line=%E4%BC%81%E4%B8%9A&line=%E6%B0%B4",
    ] {
        let answer = sample().get(page);
        let html = dom_query::Document::from(answer.text());
        // Bars and cells of drawings say their numbers in a title: `2023-02：12 篇，可能另有 3 篇`.
        for link in &html.select("svg a") {
            let title = link.select("title").text();
            let numbers = title.rsplit_once('：').expect("a number").1;
            checked += assert_finds(&link.attr("href").expect("an address"), numbers, page);
        }
        // So do rows of tables.
        for link in &html.select("td.number a") {
            checked += assert_finds(&link.attr("href").expect("an address"), &link.text(), page);
        }
        for choice in &html.select("a.choice") {
            let numbers = choice.select(".number").text();
            checked += assert_finds(&choice.attr("href").expect("an address"), &numbers, page);
        }
    }
    assert!(checked > 200, "{checked}");
}

fn assert_finds(address: &str, numbers: &str, page: &str) -> usize {
    let digits = numbers.replace(',', "");
    let digits = digits.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let counts: Vec<u64> = digits.map(|run| run.parse().expect("a number")).collect();
    assert!((1..=2).contains(&counts.len()), "{page}: {address}: {numbers}");
    let wanted: u64 = counts.iter().sum();
    let parameters = address.strip_prefix("/?").unwrap_or_else(|| panic!("{page}: {address}"));
    let found = sample().get(&format!("/api/v1/search?{parameters}&limit=0&ungrouped=true"));
    assert_eq!(found.json()["total"], wanted, "{page}: {address}");
    1
}

#[test]
fn a_line_that_cannot_be_read_is_shown_in_its_form_and_programs_are_told_as_before() {
    let chinese = [("accept", "text/html"), ("accept-language", "zh-CN")];
    for (address, said) in [
        ("/trend?line=a&line=%22b", "词 2："),
        ("/trend?line=a&line=%E4%B8%BB%E9%A2%98:nothing", "词 2："),
        ("/trend?line=a&district=nowhere", "没有名为“nowhere”的地区"),
        ("/trend?line=a&from=2023/02", "2023/02"),
        ("/trend?line=a&undated=1", "“日期不详”（undated）的文章无法按时间比较；请去掉这一项"),
    ] {
        let answer = ask(sample().options(), request(address, &chinese));
        assert_eq!(answer.status, 400, "{address}");
        let text = answer.text();
        assert!(text.contains("action=\"/trend\"") && text.contains("value=\"a\""), "{text}");
        assert!(text.contains(said), "{address}: {text}");
        let told = sample().get(&address.replacen("/trend", "/api/v1/trend", 1));
        assert_eq!(told.status, 400, "{address}");
        assert!(told.json()["type"].is_string(), "{address}");
    }
}

#[test]
fn what_only_a_page_knows_is_read_as_programs_write_it() {
    let explains = |address: &str| sample().get(address).text().contains("explain%3D1");
    for set in ["explain", "explain=", "explain=true", "explain=0&explain=1"] {
        assert!(explains(&format!("/?q=a&{set}")), "{set}");
        let found = sample().get(&format!("/api/v1/search?q=a&{set}")).json();
        assert!(found["explanation"].is_object(), "{set}: {found}");
    }
    for unset in ["q=b", "explain=0", "explain=1&explain=off"] {
        assert!(!explains(&format!("/?{unset}")), "{unset}");
    }
    for (address, status) in [
        ("/?q=a&explain=perhaps", 400),
        ("/overview?files=", 200),
        ("/overview?rows=some", 400),
        ("/article/nobody?at=first", 400),
        ("/article/nobody?at=", 404),
        ("/source?file=&file=", 400),
        ("/feed?since=", 200),
        ("/feed?since=yesterday", 400),
        ("/lang/en?back=", 303),
        ("/lang/en?forth=/", 400),
        ("/api/try?path=/api/v1/version&x=", 303),
    ] {
        let answer = sample().get(address);
        assert_eq!(answer.status, status, "{address}: {}", answer.text());
    }
}

#[test]
fn a_page_in_the_other_language_is_the_same_page() {
    let explained = sample().get("/?q=a&explain=1");
    assert!(explained.text().contains("back=%2F%3Fq%3Da%26explain%3D1"), "{}", explained.text());
    let all = sample().get("/overview?rows=all");
    assert!(all.text().contains("back=%2Foverview%3Frows%3Dall"), "{}", all.text());
}

#[test]
fn an_address_that_grew_on_its_way_is_still_the_search() {
    let grown = sample().get("/?q=%E9%A1%B9%E7%9B%AE&utm_source=mail&fbclid=%3Cb%3E");
    assert_eq!(grown.status, StatusCode::OK);
    assert!(grown.text().contains("<code>utm_source、fbclid</code>"), "{}", grown.text());
    for page in
        ["/overview?fbclid=1", "/help?utm_source=x", "/trend?line=a&utm_source=x", "/api?x=1"]
    {
        assert_eq!(sample().get(page).status, StatusCode::OK, "{page}");
    }
    // Programs are told.
    let program = sample().get("/api/v1/search?utm_source=x");
    assert_eq!(program.status, StatusCode::BAD_REQUEST);
    for parameter in ["sort=newest", "limit=3", "after=x"] {
        let refused = sample().get(&format!("/api/v1/facets?{parameter}"));
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{parameter}");
    }
}

#[test]
fn the_examples_of_the_first_page_are_made_of_what_the_archive_has() {
    let home = sample().get("/");
    let html = dom_query::Document::from(home.text());
    let mut checked = 0;
    for example in &html.select(".examples-line a.chip") {
        let address = example.attr("href").expect("an address");
        let found = sample().get(&address.replacen("/?", "/api/v1/search?limit=0&", 1)).json();
        assert!(found["total"].as_u64().is_some_and(|total| total > 0), "{address}: {found}");
        checked += 1;
    }
    assert!(checked >= 4, "{checked}: {}", home.text());
    let articles = sample().get("/api/v1/health").json()["articles"].to_string();
    assert_eq!(&*html.select("#total").text(), articles);
}

#[test]
fn the_dates_of_the_archive_are_told_only_where_dates_are_why_nothing_is_found() {
    let range = "Articles in the archive date from";
    for (address, is_told) in [
        ("/?q=%E9%A1%B9%E7%9B%AE&from=1950&to=1951", true),
        ("/?q=%E9%A1%B9%E7%9B%AE+%E6%97%A5%E6%9C%9F:1950", true),
        ("/?q=%E9%87%8F%E5%AD%90%E7%BA%A0%E7%BC%A0&from=2024", false),
        ("/?q=%E6%A0%87%E9%A2%98:%E9%87%8F%E5%AD%90%E7%BA%A0%E7%BC%A0", false),
    ] {
        let answer = ask(sample().options(), request(address, &[("accept-language", "en")]));
        assert!(answer.text().contains("No results in"), "{address}: {}", answer.text());
        assert_eq!(answer.text().contains(range), is_told, "{address}: {}", answer.text());
    }
}

/// Bytes of a page of twenty hits at most, on an archive with many outlets, districts and months.
const MAX_PAGE: usize = 200 * 1024;

#[test]
fn a_page_of_twenty_hits_is_small() {
    const DISTRICTS: [&str; 24] = [
        "中原区",
        "二七区",
        "金水区",
        "上街区",
        "惠济区",
        "中牟县",
        "巩义市",
        "荥阳市",
        "新密市",
        "新郑市",
        "登封市",
        "兰考县",
        "杞县",
        "通许县",
        "尉氏县",
        "栾川县",
        "嵩县",
        "汝阳县",
        "宜阳县",
        "洛宁县",
        "伊川县",
        "宝丰县",
        "叶县",
        "鲁山县",
    ];
    let place = Place::empty();
    let articles: Vec<_> = (0..480)
        .map(|n: usize| {
            let district = DISTRICTS[n % DISTRICTS.len()];
            let body = format!("{district}的水库本月开闸放水，灌溉农田{n}亩，渠首水位{n}厘米。")
                .repeat(60);
            json!({
                "title": format!("{district}水库第{n}次开闸放水 下游农田及时灌溉"),
                "date": format!("{}-{:02}-{:02}", 1990 + n % 34, n % 12 + 1, n % 28 + 1),
                "publication": format!("{district}日报第{}编辑部", n % 40),
                "outlet": format!("{district}广播电视台第{n}频道"),
                "body": body,
            })
        })
        .collect();
    place.write("many.jsonl", &articles);
    place.ingest();
    let long = escaped("水库 开闸放水 灌溉 农田 (渠首 OR 水位) -冰雹 -台风");
    for address in [
        format!("/?q={long}&limit=20"),
        format!("/?q={}&limit=20&from=2001&to=2019&sort=newest", escaped("水库")),
        format!("/?q={}&limit=20&lang=en", escaped("水库 没有的词")),
    ] {
        let answer = place.get(&address);
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(answer.text().matches("data-hit").count(), 20, "{address}");
        assert!(answer.body.len() < MAX_PAGE, "{address}: {} bytes", answer.body.len());
    }
}
