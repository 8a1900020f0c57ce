//! The export dialog, and hits that are chosen: with scripts and without.

use std::fs;
use std::path::Path;

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use super::access::{engine, violations};
use super::browser::{Browser, Setting, until};

/// The first hits are chosen.
async fn choose(browser: &Browser, count: usize) {
    let boxes = browser.client.find_all(Locator::Css(".hits input[name='ids']")).await;
    for input in boxes.expect("boxes").iter().take(count) {
        input.click().await.expect("a box");
    }
}

/// Downloads go to a folder.
async fn download_to(browser: &Browser, folder: &Path) {
    let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
    browser.developer("Browser.setDownloadBehavior", behaviour).await;
}

/// The complete file that was downloaded.
async fn downloaded(folder: &Path, ending: &str) -> Vec<u8> {
    let find = || {
        let files = fs::read_dir(folder).expect("a folder");
        let mut files = files.map(|file| file.expect("a file").path());
        files.find(|path| path.extension().is_some_and(|known| known == ending))
    };
    // The browser makes the file empty before it fills it.
    let is_filled = || find().is_some_and(|path| path.metadata().is_ok_and(|file| file.len() > 0));
    until("the file", async || is_filled()).await;
    fs::read(find().expect("the file")).expect("its bytes")
}

#[tokio::test]
async fn chosen_hits_are_exported_and_cited() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    download_to(&browser, folder.path()).await;
    browser.go("/?q=项目 OR 企业").await;
    let hits = browser.count(".hit").await;
    assert!(hits > 3, "{hits}");
    assert_eq!(browser.count("button[data-chosen]:disabled").await, 2, "nothing is chosen");
    browser.click("[data-pick-all] input").await;
    assert_eq!(browser.count(".hits input:checked").await, hits);
    browser.click("[data-pick-all] input").await;
    choose(&browser, 2).await;
    browser.click("[data-open-export]").await;
    assert!(browser.text("#export-form button[data-chosen]").await.contains("2 篇"));

    assert!(!browser.is_shown(".card-options").await, "a table has no cards");
    browser.click("#export-form [value='epub']").await;
    assert!(browser.is_shown(".card-options").await);
    if let Some(engine) = engine() {
        let found = violations(&browser, &engine).await;
        assert!(found.is_empty(), "{found:?}");
    }
    browser.click("#export-form [value='jsonl']").await;
    browser.click("#export-form button[data-chosen]").await;
    let file = downloaded(folder.path(), "jsonl").await;
    assert_eq!(String::from_utf8(file).expect("UTF-8").lines().count(), 2);

    let active = browser.client.active_element().await.expect("something");
    active.send_keys(&Key::Escape.to_string()).await.expect("a key");
    assert_eq!(browser.count("#export[open]").await, 0);
    browser.click(".selection button[data-chosen]").await;
    until("the citations", async || browser.place().await.starts_with("/cite?")).await;
    assert_eq!(browser.count("#citations li").await, 2);
    browser.click(".trail a").await;
    until("the search", async || browser.place().await == "/?q=项目 OR 企业").await;
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn a_long_export_tells_how_far_it_is() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    download_to(&browser, folder.path()).await;
    browser.go("/?kind=news").await;
    browser.click("#export > summary").await;
    browser.click("#export-form [value='jsonl']").await;
    // The sample is small: the page is told that this would take long.
    let long = "const button = document.querySelector('[data-articles]');\
        const articles = button.dataset.articles; button.dataset.articles = 10000;\
        const told = document.querySelector('[data-received]'); window.told = [];\
        new MutationObserver(() => window.told.push(told.textContent))\
            .observe(told, { childList: true });\
        return Number(articles);";
    let articles = browser.client.execute(long, vec![]).await.expect("a number");
    browser.click("[data-articles]").await;
    let file = downloaded(folder.path(), "jsonl").await;
    let lines = String::from_utf8(file).expect("UTF-8").lines().count();
    assert_eq!(articles, lines);
    let told = browser.client.execute("return window.told.join(' | ')", vec![]).await;
    let told = told.expect("a text").to_string();
    assert!(told.contains(&format!("共 {lines} 篇，已接收")), "{told}");
    assert!(!browser.is_shown("[data-progress]").await);
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn chosen_hits_are_exported_and_cited_without_scripts() {
    let setting = Setting { scripts: false, ..Setting::default() };
    let Some(browser) = Browser::open(setting).await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    download_to(&browser, folder.path()).await;
    browser.go("/?q=项目 OR 企业").await;
    choose(&browser, 3).await;
    browser.click("#export > summary").await;
    browser.click("#export-form [value='html']").await;
    browser.click("#export-form [name='excerpt'][value='true']").await;
    browser.click("#export-form button[data-chosen]").await;
    let page = String::from_utf8(downloaded(folder.path(), "html").await).expect("UTF-8");
    assert_eq!(page.matches("<article id=").count(), 3);
    assert!(page.contains("<mark>"), "{page}");
    browser.click("#export > summary").await;
    browser.click(".selection button[data-chosen]").await;
    until("the citations", async || browser.place().await.starts_with("/cite?")).await;
    assert_eq!(browser.count("#citations li").await, 3);
    browser.close().await;
}
