//! A real browser, driven through WebDriver, and the server that it looks at.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use dibao::ingest::{IngestPlan, run};
use dibao::web::{Options, Server};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// When set, a browser that is missing is an error.
const REQUIRED: &str = "DIBAO_BROWSER";
const DRIVER: &str = "chromedriver";

/// What a session is like.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    pub scripts: bool,
    pub language: &'static str,
    pub size: (u32, u32),
}

impl Default for Setting {
    fn default() -> Self {
        Self { scripts: true, language: "zh-CN", size: (1280, 1000) }
    }
}

/// The sample corpus behind a server of its own, and a browser.
pub struct Browser {
    pub client: Client,
    address: SocketAddr,
    /// What the browser asked for that is no file of this server.
    driver: Child,
    stop: Option<oneshot::Sender<()>>,
    server: Option<thread::JoinHandle<()>>,
    /// Holds corpus, index and the browser's own files.
    folder: tempfile::TempDir,
}

impl Browser {
    /// `None`, with a word on stderr, where there is no browser; where one is required that fails.
    pub async fn open(setting: Setting) -> Option<Self> {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        Self::open_over(setting, |folder| {
            let index = folder.join("index");
            let plan = IngestPlan::new(corpus.clone(), index.clone());
            run(&IngestPlan { threads: 2, ..plan }, &()).expect("an index");
            Options::new(index, corpus)
        })
        .await
    }

    /// The same over another corpus, which `options` makes in an empty folder with its index.
    pub async fn open_over(
        setting: Setting,
        options: impl FnOnce(&Path) -> Options,
    ) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let Some((driver, port)) = driver() else {
            left_out(&format!("there is no {DRIVER}; install chromium and chromium-driver"));
            return None;
        };
        let (address, stop, server) = serve(options(folder.path()));
        let profile = folder.path().join("profile");
        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-quic".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--no-first-run".to_owned(),
            "--hide-scrollbars".to_owned(),
            // Pages that scroll softly are still on their way when something is clicked.
            "--force-prefers-reduced-motion".to_owned(),
            "--force-device-scale-factor=1".to_owned(),
        ];
        arguments.push(format!("--lang={}", setting.language));
        arguments.push(format!("--user-data-dir={}", profile.display()));
        arguments.push(format!("--window-size={},{}", setting.size.0, setting.size.1));
        let scripts = if setting.scripts { 1 } else { 2 };
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": {
                "args": arguments,
                "prefs": {
                    "intl.accept_languages": setting.language,
                    "profile.managed_default_content_settings.javascript": scripts,
                },
            },
        });
        let capabilities: Capabilities =
            serde_json::from_value(capabilities).expect("capabilities are an object");
        let mut builder =
            ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(capabilities);
        let client = match builder.connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => client,
            Err(error) => {
                left_out(&format!("the browser does not start ({error})"));
                return None;
            }
        };
        Some(Self { client, address, driver, stop: Some(stop), server: Some(server), folder })
    }

    /// The folder that its options were made in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Opens a page of the server.
    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("http://{}{path}", self.address)).await.expect("a page");
    }

    /// Path and parameters of the page that is shown, as people read them.
    pub async fn place(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        let query = url.query_pairs().map(|(name, value)| format!("{name}={value}"));
        let query: Vec<String> = query.collect();
        let path =
            percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// The text of the first element that a selector finds.
    pub async fn text(&self, selector: &str) -> String {
        let found = self.client.find(Locator::Css(selector)).await;
        let found = found.unwrap_or_else(|error| panic!("{selector}: {error}"));
        found.text().await.expect("text")
    }

    /// How many elements a selector finds.
    pub async fn count(&self, selector: &str) -> usize {
        self.client.find_all(Locator::Css(selector)).await.expect("a selector").len()
    }

    /// Whether the first element that a selector finds is shown.
    pub async fn is_shown(&self, selector: &str) -> bool {
        let found = self.client.find(Locator::Css(selector)).await;
        let found = found.unwrap_or_else(|error| panic!("{selector}: {error}"));
        found.is_displayed().await.expect("an answer")
    }

    /// Clicks the first element that a selector finds.
    pub async fn click(&self, selector: &str) {
        let found = self.client.find(Locator::Css(selector)).await;
        let found = found.unwrap_or_else(|error| panic!("{selector}: {error}"));
        found.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// What the developer tools can do.
    pub async fn developer(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.issue("goog/cdp/execute", body).await
    }

    /// Fails if the console has an error, or anything but the server was asked.
    pub async fn assert_quiet(&self) {
        let console = self.issue("se/log", json!({ "type": "browser" })).await;
        let errors: Vec<&Value> = console
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
            .collect();
        assert!(errors.is_empty(), "the console says {errors:?}");
        let log = self.issue("se/log", json!({ "type": "performance" })).await;
        let here = format!("http://{}/", self.address);
        let asked: BTreeSet<String> = log
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
            .filter(|entry| entry["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|entry| {
                entry["message"]["params"]["request"]["url"].as_str().map(str::to_owned)
            })
            .collect();
        assert!(!asked.is_empty(), "the log of requests is empty");
        let elsewhere: Vec<&String> = asked
            .iter()
            .filter(|url| !url.starts_with(&here) && !url.starts_with("data:"))
            .filter(|url| !url.starts_with("chrome"))
            .collect();
        assert!(elsewhere.is_empty(), "asked elsewhere: {elsewhere:?}");
    }

    /// Ends the session; without it the browser would outlive the test.
    pub async fn close(self) {
        self.client.clone().close().await.expect("an end");
    }

    async fn issue(&self, endpoint: &'static str, body: Value) -> Value {
        let command = Extension { endpoint, body };
        let answer = self.client.issue_cmd(command).await;
        answer.unwrap_or_else(|error| panic!("{endpoint}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        drop(self.stop.take());
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

/// A command that only this browser knows.
#[derive(Debug)]
struct Extension {
    endpoint: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.endpoint))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

/// Says why a test is left out; where it must not be, that is an error.
pub fn left_out(why: &str) {
    assert!(std::env::var_os(REQUIRED).is_none(), "{why}, and {REQUIRED} asks for it");
    say(why);
}

/// Says what a test leaves out.
pub fn say(why: &str) {
    tell(&format!("left out: {why}"));
}

/// Says something to whoever runs the tests.
pub fn tell(words: &str) {
    // Not by a macro, whose words are kept from them.
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// The driver and its port; `None` where it is not installed.
fn driver() -> Option<(Child, u16)> {
    let mut driver = Command::new(DRIVER)
        .args(["--port=0", "--log-level=WARNING"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let lines = BufReader::new(driver.stdout.take()?).lines();
    let mut lines = lines.map_while(Result::ok);
    let port = lines.find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    })?;
    // What it says from now on goes nowhere, but has to be read.
    thread::spawn(move || lines.for_each(drop));
    Some((driver, port))
}

fn serve(mut options: Options) -> (SocketAddr, oneshot::Sender<()>, thread::JoinHandle<()>) {
    options.address.set_port(0);
    let (stop, stopped) = oneshot::channel::<()>();
    let (tell, told) = std::sync::mpsc::channel();
    // The server has threads and a runtime of its own.
    let thread = thread::spawn(move || {
        let server = Server::bind(options).expect("a port");
        tell.send(server.address().expect("an address")).expect("somebody listens");
        server.run(async {
            let _ = stopped.await;
        });
    });
    (told.recv().expect("an address"), stop, thread)
}

/// Waits for something that a script does.
pub async fn until<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    for _ in 0..100 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what}: not within five seconds");
}
