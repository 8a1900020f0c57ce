//! Can the pages be used by everybody? Asked of an accessibility engine (axe-core), whose file
//! `DIBAO_AXE` names: it is no part of the project.

use std::fs;

use serde_json::{Value, json};

use super::browser::{Browser, Setting, left_out};
use super::pages;

/// What must not be found.
const SERIOUS: [&str; 2] = ["serious", "critical"];

#[tokio::test]
async fn no_page_shuts_anybody_out() {
    let Some(engine) = engine() else { return };
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    let mut found = Vec::new();
    let mut checked = 0;
    for (scheme, width) in [("light", 1280), ("dark", 1280), ("light", 390)] {
        let size = json!({
            "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500,
        });
        browser.developer("Emulation.setDeviceMetricsOverride", size).await;
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.developer("Emulation.setEmulatedMedia", media).await;
        for (name, path) in pages(&browser).await {
            browser.go(&path).await;
            checked += 1;
            for violation in violations(&browser, &engine).await {
                found.push(format!("{name}, {scheme}, {width}: {violation}"));
            }
        }
    }
    assert_eq!(checked, 3 * super::PAGES.len());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    browser.close().await;
}

/// The accessibility engine; where there is none, a word on stderr.
pub fn engine() -> Option<String> {
    let Some(file) = std::env::var_os("DIBAO_AXE") else {
        left_out("DIBAO_AXE names no accessibility engine");
        return None;
    };
    Some(fs::read_to_string(file).expect("the engine"))
}

/// What the engine finds on the page as it is now.
pub async fn violations(browser: &Browser, engine: &str) -> Vec<String> {
    browser.client.execute(engine, Vec::new()).await.expect("the engine");
    let ask = "const done = arguments[0]; axe.run().then(done, (e) => done(String(e)))";
    let report = browser.client.execute_async(ask, Vec::new()).await.expect("a report");
    let passes = report["passes"].as_array().map_or(0, Vec::len);
    assert!(passes > 5, "the engine did not look: {report}");
    let violations = report["violations"].as_array().into_iter().flatten();
    let is_serious = |violation: &&Value| {
        violation["impact"].as_str().is_some_and(|impact| SERIOUS.contains(&impact))
    };
    violations.filter(is_serious).map(shown).collect()
}

fn shown(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    let places: Vec<String> =
        nodes.take(3).map(|node| node["html"].to_string().chars().take(160).collect()).collect();
    format!("{} ({}): {}", violation["id"], violation["help"], places.join(" | "))
}
