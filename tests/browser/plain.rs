//! Without scripts.

use fantoccini::Locator;
use fantoccini::key::Key;

use super::browser::{Browser, Setting, until};

#[tokio::test]
async fn everything_works_without_scripts() {
    let setting = Setting { scripts: false, ..Setting::default() };
    let Some(browser) = Browser::open(setting).await else { return };
    browser.go("/").await;
    // That scripts are off indeed: the script would have marked the page.
    assert_eq!(browser.count("html.scripted").await, 0);
    let search_box = browser.client.find(Locator::Css("#q")).await.expect("the box");
    search_box.send_keys("项目").await.expect("typed");
    search_box.send_keys(&Key::Enter.to_string()).await.expect("typed");
    until("the search", async || browser.place().await.contains("q=项目")).await;
    browser.click("#filters a.choice[href*='topic=']").await;
    until("the topic", async || browser.place().await.contains("topic=")).await;
    browser.click("[data-timeline] [data-from]").await;
    until("the days", async || browser.place().await.contains("from=")).await;
    browser.click(".hit a[data-hit]").await;
    until("the article", async || browser.place().await.starts_with("/article/")).await;
    assert!(browser.count("mark").await > 0);
    browser.click("a[href^='/source?']").await;
    until("the file", async || browser.place().await.starts_with("/source?")).await;
    browser.click("a.switch").await;
    until("English", async || browser.count("html[lang='en']").await == 1).await;
    for path in ["/overview", "/files", "/trend?line=项目&line=企业", "/help", "/api"] {
        browser.go(path).await;
        assert!(!browser.text("h1").await.is_empty(), "{path}");
    }
    browser.close().await;
}

#[tokio::test]
async fn an_indicator_leads_from_its_name_to_the_words_of_a_value() {
    let setting = Setting { scripts: false, ..Setting::default() };
    let Some(browser) = Browser::open(setting).await else { return };
    browser.go("/").await;
    browser.click(".menu a[href='/indicators']").await;
    until("the indicators", async || browser.place().await == "/indicators").await;
    let name = browser.text("#main .chips a span").await;
    let field = browser.client.find(Locator::Css("input[name='name']")).await.expect("the field");
    field.send_keys(&name).await.expect("typed");
    field.send_keys(&Key::Enter.to_string()).await.expect("typed");
    until("the series", async || browser.place().await.contains("name=")).await;
    assert!(browser.text("h1").await.contains(&name));
    browser.click("table.values a:not(.differs)").await;
    until("the article", async || browser.place().await.starts_with("/article/")).await;
    assert_eq!(browser.count(":target").await, 1, "the words of the value are marked");
    // Back from the table of the article.
    browser.click(".figures a[href^='/indicators?']").await;
    until("a series", async || browser.place().await.contains("district=")).await;
    browser.close().await;
}

#[tokio::test]
async fn what_opens_opens_without_scripts() {
    let setting = Setting { scripts: false, size: (500, 900), ..Setting::default() };
    let Some(browser) = Browser::open(setting).await else { return };
    browser.go("/?q=项目").await;
    // Filters are a sheet on a narrow page, which a link opens and another closes.
    assert!(!browser.is_shown("#filters").await);
    browser.click("a.to-filters").await;
    assert!(browser.is_shown("#filters").await);
    browser.click("#filters .sheet-head a").await;
    assert!(!browser.is_shown("#filters").await);
    // The tools beside the count.
    assert!(!browser.is_shown("#export-form [value='csv']").await);
    browser.click("#export > summary").await;
    assert!(browser.is_shown("#export-form [value='csv']").await);
    // Districts of the first page.
    browser.go("/").await;
    browser.click(".ways-in .tree a.choice").await;
    until("the district", async || browser.place().await.contains("district=")).await;
    // Evidence leads to its words.
    browser.click(".hit a[data-hit]").await;
    until("the article", async || browser.place().await.starts_with("/article/")).await;
    let quoted = "details.evidence:has(a.to-evidence)";
    browser.click(&format!("{quoted} > summary")).await;
    // A quotation can run over two lines, and the middle of both lies beside it: by a key.
    let link = format!("{quoted}[open] a.to-evidence");
    let link = browser.client.find(Locator::Css(&link)).await.expect("a quotation");
    link.send_keys(&Key::Enter.to_string()).await.expect("a key");
    until("the words", async || browser.count(".anchored:target").await == 1).await;
    assert!(browser.is_shown(".anchored:target").await);
    // A form of the interface is folded until it is asked for.
    browser.go("/api").await;
    assert!(!browser.is_shown("#search-q").await);
    browser.click("details.operation:has(#search-q) > summary").await;
    assert!(browser.is_shown("#search-q").await);
    browser.close().await;
}
