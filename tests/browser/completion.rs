//! Completions in the search box.

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::Value;

use super::access::{engine, violations};
use super::browser::{Browser, Setting, until};
use super::shots::folder;

const OPTION: &str = "#completions [role='option']";

async fn type_in_box(browser: &Browser, keys: &str) {
    let search_box = browser.client.find(Locator::Css("#q")).await.expect("the box");
    search_box.send_keys(keys).await.expect("typed");
}

async fn attribute(browser: &Browser, selector: &str, name: &str) -> Option<String> {
    let found = browser.client.find(Locator::Css(selector)).await.expect(selector);
    found.attr(name).await.expect("an attribute")
}

async fn until_offered(browser: &Browser) {
    until("completions", async || {
        attribute(browser, "#q", "aria-expanded").await.as_deref() == Some("true")
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_is_completed_and_chosen_with_the_keys() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    browser.go("/").await;
    type_in_box(&browser, "洛龙").await;
    until_offered(&browser).await;
    assert!(browser.count(OPTION).await > 1);
    assert_eq!(attribute(&browser, "#q", "aria-activedescendant").await, None);

    type_in_box(&browser, &Key::Down.to_string()).await;
    let active = attribute(&browser, "#q", "aria-activedescendant").await.expect("an option");
    let option = format!("#{active}");
    assert_eq!(attribute(&browser, &option, "aria-selected").await.as_deref(), Some("true"));
    assert!(browser.text(&option).await.contains("洛龙区"));
    type_in_box(&browser, &Key::Up.to_string()).await;
    assert_eq!(attribute(&browser, "#q", "aria-activedescendant").await, None, "the box again");

    type_in_box(&browser, &Key::Down.to_string()).await;
    type_in_box(&browser, &Key::Enter.to_string()).await;
    until("the district", async || browser.place().await == "/?q=地区:洛龙区").await;
    assert!(browser.count(".hit").await > 0);
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn escape_closes_the_list_and_enter_searches_what_was_typed() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    browser.go("/").await;
    type_in_box(&browser, "自动").await;
    until_offered(&browser).await;
    type_in_box(&browser, &Key::Escape.to_string()).await;
    assert_eq!(attribute(&browser, "#q", "aria-expanded").await.as_deref(), Some("false"));
    let search_box = browser.client.find(Locator::Css("#q")).await.expect("the box");
    let kept = search_box.prop("value").await.expect("a value");
    assert_eq!(kept.as_deref(), Some("自动"));
    type_in_box(&browser, &Key::Enter.to_string()).await;
    until("the search", async || browser.place().await == "/?q=自动").await;
    browser.close().await;
}

#[tokio::test]
async fn nothing_is_asked_while_an_input_method_composes() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    browser.go("/").await;
    let compose = "const box = document.querySelector('#q'); box.focus();
        window.asked = []; const fetched = window.fetch;
        window.fetch = (...all) => { window.asked.push(all[0]); return fetched(...all); };
        box.dispatchEvent(new CompositionEvent('compositionstart'));
        box.value = 'luo';
        box.dispatchEvent(new InputEvent('input', { isComposing: true }));";
    browser.client.execute(compose, Vec::new()).await.expect("composing");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let asked = browser.client.execute("return window.asked.length", Vec::new()).await;
    assert_eq!(asked.expect("a number"), Value::from(0));
    let end = "const box = document.querySelector('#q'); box.value = '洛龙';
        box.dispatchEvent(new CompositionEvent('compositionend'));";
    browser.client.execute(end, Vec::new()).await.expect("composed");
    until_offered(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn an_open_list_moves_nothing_and_shuts_nobody_out() {
    for size in [(1280, 1000), (390, 844)] {
        let setting = Setting { size, ..Setting::default() };
        let Some(browser) = Browser::open(setting).await else { return };
        browser.go("/").await;
        let place = "return document.querySelector('.under-box').getBoundingClientRect().top";
        let before = browser.client.execute(place, Vec::new()).await.expect("a place");
        type_in_box(&browser, "洛龙").await;
        until_offered(&browser).await;
        type_in_box(&browser, &Key::Down.to_string()).await;
        let after = browser.client.execute(place, Vec::new()).await.expect("a place");
        assert_eq!(before, after);
        let wide = "return document.documentElement.scrollWidth <= window.innerWidth";
        let fits = browser.client.execute(wide, Vec::new()).await.expect("a width");
        assert_eq!(fits, Value::from(true), "{size:?}");
        if let Some(engine) = engine() {
            let found = violations(&browser, &engine).await;
            assert!(found.is_empty(), "{found:?}");
        }
        if let Some(folder) = folder() {
            let picture = browser.client.screenshot().await.expect("a picture");
            let file = folder.join(format!("completion-{}.png", size.0));
            std::fs::write(file, picture).expect("written");
        }
        // On a phone one is chosen by a tap.
        browser.click(OPTION).await;
        until("the district", async || browser.place().await == "/?q=地区:洛龙区").await;
        browser.close().await;
    }
}
