//! What a reader does all day.

use fantoccini::Locator;
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::key::Key;

use super::browser::{Browser, Setting, until};

/// `12 篇` and the like: the first number of a text.
fn number(text: &str) -> usize {
    let digits = |c: char| c.is_ascii_digit() || c == ',';
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or_else(|| panic!("{text}"));
    let number: String = text[start..].chars().take_while(|&c| digits(c)).collect();
    number.replace(',', "").parse().expect("a number")
}

async fn total(browser: &Browser) -> usize {
    let heading = browser.text("#total").await;
    // What was searched for stands before the number, and can have digits.
    number(heading.rsplit_once('：').map_or(heading.as_str(), |(_, after)| after))
}

#[tokio::test]
async fn a_search_is_narrowed_opened_and_left_again() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    browser.go("/").await;
    let all = total(&browser).await;
    assert!(all > 60, "{all}");
    let search_box = browser.client.find(Locator::Css("#q")).await.expect("the box");
    search_box.send_keys("项目").await.expect("typed");
    search_box.send_keys(&Key::Enter.to_string()).await.expect("typed");
    until("the search", async || browser.place().await == "/?q=项目").await;
    let found = total(&browser).await;
    assert!(found > 1 && found < all, "{found} of {all}");
    assert_eq!(browser.count(".hit").await, found.min(20));
    assert!(browser.text(".hit mark").await.contains("项目"));

    let choice = browser.client.find(Locator::Css("#filters a.choice[href*='topic=']")).await;
    let choice = choice.expect("a topic");
    let topic = choice.text().await.expect("its name");
    choice.click().await.expect("clicked");
    until("the topic", async || browser.place().await.contains("topic=")).await;
    let narrowed = total(&browser).await;
    assert!(narrowed <= found && narrowed == number(&topic), "{topic}: {narrowed} of {found}");

    browser.click(".hit a[data-hit]").await;
    until("the article", async || browser.place().await.starts_with("/article/")).await;
    assert!(browser.text("main").await.contains("项目"));
    assert!(browser.count(".article mark").await > 0);
    browser.client.back().await.expect("back");
    until("the search again", async || browser.place().await.contains("topic=")).await;
    assert_eq!(total(&browser).await, narrowed);
    browser.client.back().await.expect("back");
    until("the first search", async || browser.place().await == "/?q=项目").await;
    assert_eq!(total(&browser).await, found);
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn the_timeline_narrows_by_click_and_by_drag() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    browser.go("/?from=2024-01&to=2024-12").await;
    let bars = browser.client.find_all(Locator::Css("[data-timeline] [data-from]")).await;
    let bars = bars.expect("bars");
    assert!(bars.len() > 2, "{}", bars.len());
    let days = async |at: usize, name: &str| {
        bars[at].attr(name).await.expect("an attribute").expect("days of a bar")
    };
    let (from, to) = (days(0, "data-from").await, days(2, "data-to").await);
    let move_to = |at: usize| PointerAction::MoveToElement {
        element: bars[at].clone(),
        duration: None,
        x: 0.0,
        y: 0.0,
    };
    let left = fantoccini::actions::MOUSE_BUTTON_LEFT;
    let drag = MouseActions::new("mouse".to_owned())
        .then(move_to(0))
        .then(PointerAction::Down { button: left })
        .then(move_to(1))
        .then(move_to(2))
        .then(PointerAction::Up { button: left });
    browser.client.perform_actions(drag).await.expect("dragged");
    let wanted = format!("/?from={from}&to={to}");
    until("the days of the drag", async || browser.place().await == wanted).await;

    browser.go("/?from=2024-01&to=2024-12").await;
    browser.click("[data-timeline] [data-from]").await;
    until("the days of the bar", async || browser.place().await != "/?from=2024-01&to=2024-12")
        .await;
    let place = browser.place().await;
    assert!(place.starts_with("/?from="), "{place}");
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn the_lines_of_a_file_are_shown_with_the_article_marked() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    browser.go("/?q=项目").await;
    browser.click(".hit a[data-hit]").await;
    until("the article", async || browser.place().await.starts_with("/article/")).await;
    let title = browser.text("h1").await;
    browser.click("a[href^='/source?']").await;
    until("the file", async || browser.place().await.starts_with("/source?")).await;
    let page = browser.text("main").await;
    let first = title.split_whitespace().next().expect("a word of the title");
    assert!(page.contains(first), "{first}");
    assert!(browser.count("[id^='L']").await > 10);
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn an_export_has_as_many_articles_as_the_page_says() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    browser.go("/?q=项目&ungrouped=true").await;
    let found = total(&browser).await;
    let fetch = "const done = arguments[0];\
        const form = document.querySelector('form[data-export]');\
        form.querySelector('[value=jsonl]').checked = true;\
        const asked = new URLSearchParams(new FormData(form, form.querySelector('[value=all]')));\
        fetch(`${form.action}?${asked}`).then((a) => a.text())\
            .then((t) => done(t.trim().split('\\n').length));";
    let lines = browser.client.execute_async(fetch, vec![]).await.expect("an export");
    assert_eq!(lines, found);
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn the_language_is_that_of_the_browser_until_another_is_chosen() {
    let english = Setting { language: "en-US", ..Setting::default() };
    let Some(browser) = Browser::open(english).await else { return };
    browser.go("/?q=项目").await;
    let html = async || browser.client.find(Locator::Css("html")).await.expect("a page");
    assert_eq!(html().await.attr("lang").await.expect("an attribute").as_deref(), Some("en"));
    browser.click("a.switch").await;
    until("Chinese", async || {
        html().await.attr("lang").await.expect("an attribute").as_deref() == Some("zh-CN")
    })
    .await;
    assert_eq!(browser.place().await, "/?q=项目");
    browser.go("/help").await;
    assert_eq!(html().await.attr("lang").await.expect("an attribute").as_deref(), Some("zh-CN"));
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn keys_lead_to_the_box_and_through_the_hits() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    browser.go("/?q=项目").await;
    let press = async |key: &str| {
        let active = browser.client.active_element().await.expect("something");
        active.send_keys(key).await.expect("a key");
    };
    let active = async |attribute: &str| {
        let element = browser.client.active_element().await.expect("something");
        element.attr(attribute).await.expect("an attribute")
    };
    press("/").await;
    assert_eq!(active("id").await.as_deref(), Some("q"));
    press(&Key::Escape.to_string()).await;
    assert_ne!(active("id").await.as_deref(), Some("q"));
    press(&Key::Down.to_string()).await;
    let first = active("href").await.expect("a hit");
    press(&Key::Down.to_string()).await;
    let second = active("href").await.expect("a hit");
    assert!(first.starts_with("/article/") && second.starts_with("/article/") && first != second);
    press(&Key::Up.to_string()).await;
    assert_eq!(active("href").await.as_deref(), Some(first.as_str()));
    press(&Key::Enter.to_string()).await;
    until("the article", async || browser.place().await.starts_with("/article/")).await;
    let first = browser.place().await;
    // Who scrolls through the lines of the file stays on the page.
    browser.client.execute("document.querySelector('#source .scroll').focus()", vec![]).await.ok();
    assert_eq!(active("role").await.as_deref(), Some("region"));
    press(&Key::Right.to_string()).await;
    assert_eq!(browser.place().await, first);
    browser.client.execute("document.activeElement.blur()", vec![]).await.ok();
    // Before the first hit there is none; what stands before it in its file is another matter.
    press(&Key::Left.to_string()).await;
    assert_eq!(browser.place().await, first);
    press(&Key::Right.to_string()).await;
    until("the next hit", async || browser.place().await.ends_with("at=2")).await;
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_query_is_shown_at_its_place() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    browser.go("/?q=(项目 OR").await;
    let search_box = browser.client.find(Locator::Css("#q")).await.expect("the box");
    let kept = search_box.prop("value").await.expect("a value");
    assert_eq!(kept.as_deref(), Some("(项目 OR"));
    assert!(browser.text("main").await.contains("OR 之后"));
    browser.go("/?q=量子纠缠&topic=能源").await;
    assert!(browser.text("main").await.contains("没有匹配的结果"));
    browser.close().await;
}

#[tokio::test]
async fn no_page_asks_elsewhere_or_fails_in_the_console() {
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    for (name, path) in super::pages(&browser).await {
        // A page of an error is an error in the console, and nothing else is.
        if !matches!(name, "unreadable" | "refused" | "error") {
            browser.go(&path).await;
        }
    }
    browser.assert_quiet().await;
    browser.close().await;
}
