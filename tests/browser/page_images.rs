//! An article beside the picture of its page.

use std::fs;
use std::path::Path;

use dibao::ingest::{IngestPlan, run};
use dibao::web::Options;
use serde_json::{Value, json};

use super::access::{engine, violations};
use super::browser::{Browser, Setting, until};
use super::shots::{folder, shoot};

const NEWSPAPER: &[u8] = include_bytes!("../layout/newspaper.pdf");

fn paper(folder: &Path) -> Options {
    let (corpus, index) = (folder.join("corpus"), folder.join("index"));
    fs::create_dir_all(&corpus).expect("a folder");
    fs::write(corpus.join("2023-02-10_A05.pdf"), NEWSPAPER).expect("a file");
    let plan = IngestPlan::new(corpus.clone(), index.clone());
    run(&IngestPlan { threads: 1, ..plan }, &()).expect("an index");
    Options::new(index, corpus)
}

/// The page of the article that is found by a word, and the search that it was found by.
async fn article(browser: &Browser) -> String {
    browser.go("/api/v1/search?q=支渠&limit=1").await;
    let found: Value = serde_json::from_str(&browser.text("body").await).expect("JSON");
    format!("/article/{}?q=支渠&at=1", found["hits"][0]["id"].as_str().expect("an id"))
}

/// Whether the picture is there.
async fn is_loaded(browser: &Browser) -> bool {
    let script = "const image = document.querySelector('.sheet img'); image.loading = 'eager';\
        return image.complete && image.naturalWidth > 0";
    browser.client.execute(script, Vec::new()).await.expect("a script") == Value::Bool(true)
}

#[tokio::test]
async fn an_article_stands_beside_its_page_with_its_lines_marked() {
    let Some(browser) = Browser::open_over(Setting::default(), paper).await else { return };
    let path = article(&browser).await;
    let engine = engine();
    for (form, width, scheme) in
        [("wide", 1280, "light"), ("wide", 1280, "dark"), ("phone", 390, "light")]
    {
        let size = json!({
            "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500,
        });
        browser.developer("Emulation.setDeviceMetricsOverride", size).await;
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.developer("Emulation.setEmulatedMedia", media).await;
        browser.go(&path).await;
        until("the picture", async || is_loaded(&browser).await).await;
        // The marks lie on the picture, and within it.
        let script = "const sheet = document.querySelector('.sheet img').getBoundingClientRect();\
            const marks = [...document.querySelectorAll('.sheet .block, .sheet .match')];\
            return marks.length > 2 && marks.every((mark) => {\
                const box = mark.getBoundingClientRect();\
                return box.width > 2 && box.height > 2 && box.left >= sheet.left - 3\
                    && box.right <= sheet.right + 3 && box.top >= sheet.top - 3\
                    && box.bottom <= sheet.bottom + 3;\
            }) && document.documentElement.scrollWidth <= window.innerWidth";
        let fits = browser.client.execute(script, Vec::new()).await.expect("a script");
        assert_eq!(fits, Value::Bool(true), "{form}, {scheme}");
        if let Some(engine) = &engine {
            let found = violations(&browser, engine).await;
            assert!(found.is_empty(), "{form}, {scheme}: {}", found.join("\n"));
        }
        if let Some(folder) = folder() {
            shoot(&browser, &folder, &format!("page-images-{form}-{scheme}")).await;
        }
    }
    // A box leads to its first line; with the keys, too.
    let script = "const link = document.querySelector('.sheet a'); link.focus();\
        return document.activeElement === link ? link.getAttribute('href') : ''";
    let line = browser.client.execute(script, Vec::new()).await.expect("a script");
    let line = line.as_str().expect("a link").to_owned();
    assert!(line.starts_with("#L"), "{line}");
    assert_eq!(browser.count(&format!("tr{line}")).await, 1);
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn the_marks_need_no_script() {
    let setting = Setting { scripts: false, ..Setting::default() };
    let Some(browser) = Browser::open_over(setting, paper).await else { return };
    let path = article(&browser).await;
    browser.go(&path).await;
    assert!(browser.count(".sheet .block").await > 0);
    assert!(browser.count(".sheet .match").await > 0);
    assert!(browser.is_shown(".sheet img").await);
    browser.close().await;
}
