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
    for path in ["/overview", "/trend?line=项目&line=企业", "/help", "/api"] {
        browser.go(path).await;
        assert!(!browser.text("h1").await.is_empty(), "{path}");
    }
    browser.close().await;
}
