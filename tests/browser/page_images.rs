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

/// A TIFF file of a light grey page that is not compressed.
fn tiff(width: u32, height: u32) -> Vec<u8> {
    // Tags with their values: size, bits of a dot, form, where the dots are, rows, bytes.
    let tags: [(u16, u32); 9] = [
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8 + 2 + 9 * 12 + 4),
        (277, 1),
        (278, height),
        (279, width * height),
    ];
    let mut file = b"II*\0\x08\0\0\0\x09\0".to_vec();
    for (tag, value) in tags {
        file.extend(tag.to_le_bytes());
        // One number of 32 bits.
        file.extend([4, 0, 1, 0, 0, 0]);
        file.extend(value.to_le_bytes());
    }
    file.extend([0; 4]);
    file.resize(file.len() + (width * height) as usize, 240);
    file
}

/// A page of ALTO with its scan as a TIFF file.
fn scan(folder: &Path) -> Options {
    let (corpus, index) = (folder.join("corpus"), folder.join("index"));
    fs::create_dir_all(&corpus).expect("a folder");
    // The last words of the second line are doubtful.
    let lines = [
        [("渡口今天", 0.9), ("开航", 0.9)],
        [("两岸来往方便，", 0.9), ("支渠也已放水，", 0.4)],
        [("各村的船都", 0.9), ("到了渡口。", 0.9)],
    ];
    let line = |at: usize, words: &[(&str, f64); 2]| {
        let top = 100 + at * 60;
        let word = |(at, (text, sure)): (usize, &(&str, f64))| {
            let left = 100 + at * 300;
            format!(
                "<String CONTENT='{text}' HPOS='{left}' VPOS='{top}' WIDTH='300' HEIGHT='40' \
                 WC='{sure}'/>"
            )
        };
        let words: String = words.iter().enumerate().map(word).collect();
        format!("<TextLine HPOS='100' VPOS='{top}' WIDTH='600' HEIGHT='40'>{words}</TextLine>")
    };
    let lines: String = lines.iter().enumerate().map(|(at, words)| line(at, words)).collect();
    let alto = format!(
        "<alto><Description><sourceImageInformation><fileName>A05.tif</fileName>\
         </sourceImageInformation></Description><Layout><Page WIDTH='800' HEIGHT='1000'>\
         <PrintSpace><TextBlock HPOS='100' VPOS='100' WIDTH='600' HEIGHT='160'>{lines}</TextBlock>\
         </PrintSpace></Page></Layout></alto>"
    );
    fs::write(corpus.join("A05.xml"), alto).expect("a file");
    fs::write(corpus.join("A05.tif"), tiff(800, 1000)).expect("a file");
    let plan = IngestPlan::new(corpus.clone(), index.clone());
    run(&IngestPlan { threads: 1, ..plan }, &()).expect("an index");
    Options::new(index, corpus)
}

#[tokio::test]
async fn a_scan_that_browsers_do_not_show_is_drawn() {
    let Some(browser) = Browser::open_over(Setting::default(), scan).await else { return };
    browser.go(&article(&browser).await).await;
    until("the picture", async || is_loaded(&browser).await).await;
    assert!(browser.count(".sheet .block").await > 0 && browser.count(".sheet .match").await > 0);
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn doubtful_words_are_marked_and_the_marks_switched_without_script() {
    let engine = engine();
    for (scripts, form, width) in [(true, "wide", 1280), (true, "phone", 390), (false, "", 1280)] {
        let setting = Setting { scripts, ..Setting::default() };
        let Some(browser) = Browser::open_over(setting, scan).await else { return };
        let size = json!({
            "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500,
        });
        browser.developer("Emulation.setDeviceMetricsOverride", size).await;
        browser.go(&article(&browser).await).await;
        assert_eq!(browser.text(".body .doubtful").await, "支渠也已放水，");
        assert!(browser.is_shown(".sheet .doubtful").await);
        if let Some(engine) = engine.as_ref().filter(|_| scripts) {
            let found = violations(&browser, engine).await;
            assert!(found.is_empty(), "{form}: {}", found.join("\n"));
        }
        if let Some(folder) = folder().filter(|_| scripts) {
            shoot(&browser, &folder, &format!("doubtful-{form}")).await;
        }
        browser.click("#show-doubtful").await;
        assert!(!browser.is_shown(".sheet .doubtful").await);
        browser.close().await;
    }
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
