//! Pictures of every page, for people: light and dark, wide and on a phone.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::browser::{Browser, Setting, say};
use super::pages;

/// The folder that `DIBAO_SHOTS` names, made where it is not there yet.
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("DIBAO_SHOTS")?);
    fs::create_dir_all(&folder).expect("a folder");
    Some(folder)
}

#[tokio::test]
async fn every_page_is_pictured() {
    let Some(folder) = folder() else {
        say("DIBAO_SHOTS names no folder for pictures");
        return;
    };
    let Some(browser) = Browser::open(Setting::default()).await else { return };
    let pages = pages(&browser).await;
    for (form, width, height, phone) in [("wide", 1280, 1000, false), ("phone", 390, 844, true)] {
        for scheme in ["light", "dark"] {
            let size = json!({
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone,
            });
            browser.developer("Emulation.setDeviceMetricsOverride", size).await;
            let media =
                json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            browser.developer("Emulation.setEmulatedMedia", media).await;
            for (name, path) in &pages {
                browser.go(path).await;
                let sideways = "return document.documentElement.scrollWidth > window.innerWidth";
                let is_wider = browser.client.execute(sideways, Vec::new()).await;
                assert_eq!(is_wider.expect("a script"), false, "{name} is wider than a {form}");
                shoot(&browser, &folder, &format!("{name}-{form}-{scheme}")).await;
            }
        }
    }
    browser.close().await;
}

/// Takes a picture of the page as it is now.
pub async fn shoot(browser: &Browser, folder: &Path, name: &str) {
    let whole = json!({ "captureBeyondViewport": true, "format": "png" });
    let shot = browser.developer("Page.captureScreenshot", whole).await;
    let shot = base64::Engine::decode(
        &base64::engine::general_purpose::STANDARD,
        shot["data"].as_str().expect("a picture"),
    );
    fs::write(folder.join(format!("{name}.png")), shot.expect("a picture")).expect("written");
}
