//! The pages in a real browser. Where there is none, these tests pass and say what they left out;
//! `DIBAO_BROWSER=1` makes that an error.
//!
//! - `reading`: what a reader does all day
//! - `completion`: completions in the search box
//! - `exporting`: the export dialog, and hits that are chosen
//! - `editing`: what an editor corrects, with clicks and seconds, with and without scripts
//! - `plain`: the same without scripts
//! - `page_images`: an article beside the picture of its page
//! - `access`: an accessibility engine, where `DIBAO_AXE` names its file
//! - `shots`: pictures of every page, where `DIBAO_SHOTS` names a folder for them

mod access;
mod browser;
mod completion;
mod editing;
mod exporting;
mod page_images;
mod plain;
mod reading;
mod shots;

/// Every page, by a name; `{id}`, `{file}` and `{indicator}` stand for what the sample corpus has.
const PAGES: [(&str, &str); 19] = [
    ("start", "/"),
    ("search", "/?q=项目 OR 企业"),
    ("narrowed", "/?q=项目&kind=news&from=2024"),
    ("nothing", "/?q=量子纠缠 登封&district=登封市"),
    ("unreadable", "/?q=(项目 OR"),
    ("article", "/article/{id}?q=项目&at=1"),
    ("cited", "/cite?q=项目&ids={id}"),
    ("source", "/source?file={file}"),
    ("overview", "/overview"),
    ("saved", "/saved"),
    ("batch", "/batch"),
    ("files", "/files"),
    ("trend", "/trend?line=项目&line=企业"),
    ("indicators", "/indicators"),
    ("series", "/indicators?name={indicator}"),
    ("refused", "/indicators?name=地区生产总直"),
    ("help", "/help"),
    ("interface", "/api"),
    ("error", "/nowhere"),
];

/// Addresses of [`PAGES`] in the archive that a browser looks at.
async fn pages(browser: &browser::Browser) -> Vec<(&'static str, String)> {
    browser.go("/api/v1/search?q=项目&limit=1").await;
    let text = browser.text("body").await;
    let found: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let (id, file) = (&found["hits"][0]["id"], &found["hits"][0]["source"]);
    browser.go("/api/v1/indicators?kind=level&status=actual").await;
    let rows: serde_json::Value = serde_json::from_str(&browser.text("body").await).expect("JSON");
    let indicator = rows["rows"][0]["name"].as_str().expect("a name");
    let filled = |path: &str| {
        path.replace("{id}", id.as_str().expect("an id"))
            .replace("{file}", file.as_str().expect("a file"))
            .replace("{indicator}", indicator)
    };
    PAGES.iter().map(|(name, path)| (*name, filled(path))).collect()
}
