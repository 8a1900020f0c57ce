//! What an editor corrects, with and without scripts: how many clicks it takes, and how long the pages
//! need.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use dibao::curation::CurationFolder;
use dibao::ingest::{IngestPlan, run};
use dibao::model::{ArticleId, Change};
use dibao::present::{Decision, Target, correct};
use dibao::search::Archive;
use dibao::web::{EditorTokens, Options, Reingest, ReingestError};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use super::access::{engine, violations};
use super::browser::{Browser, Setting, tell, until};
use super::shots::{folder, shoot};

const TOKEN: &str = "wang-0123456789abcdef";

/// Looks, with pauses of 50 ms, until something is given up.
const SLOW: u32 = 600;

const FILE: &str = "zzrb/2023-02-11.txt";

/// A page of three reports; a banner stands in the first, and a headline in the second is none.
const PAGE: &str = "\
新桥通车
本报讯（记者 王小）2023年2月9日，登封市的新桥建成通车，两岸居民往来方便了许多，市交通局的负责人到场致词。
城乡建设专版

学校开学
本报讯（记者 李中）2023年2月10日，登封市第一小学的学生回到了学校，老师们在校门口迎接，操场己经修好。

医院扩建
本报讯（记者 张大）2023年2月8日，新密市人民医院的新楼开工，建成后可增加床位三百张，方便附近居民就医。
";

/// What each says nothing of: no date, no district.
const NOTES: [&str; 3] = [
    "雨天\n那天下着雨，大家都没有出门，只是在屋里坐着说话，说了很久，谁也没有提起要走的事情。\n",
    "旧书\n书架上有许多旧书，纸已经发黄，字却还清楚，翻开来能闻到一股味道，让人想起从前的日子。\n",
    "晚饭\n晚饭总是很简单，一碗面，几样小菜，吃完了就坐在门口乘凉，听老人讲过去的故事。\n",
];

/// A browser over the corpus above.
struct Desk {
    browser: Browser,
    /// Clicks since the count began, and when that was.
    clicks: Cell<u32>,
    since: Cell<Instant>,
    /// The page that the count began on.
    before: RefCell<String>,
    /// Whether scripts run.
    scripts: bool,
    measured: RefCell<Vec<(String, u32, Duration)>>,
}

impl Desk {
    async fn open(scripts: bool) -> Option<Self> {
        let setting = Setting { scripts, ..Setting::default() };
        let browser = Browser::open_over(setting, office);
        let measured = RefCell::default();
        let (clicks, since) = (Cell::new(0), Cell::new(Instant::now()));
        let browser = browser.await?;
        let before = RefCell::default();
        Some(Self { browser, clicks, since, before, scripts, measured })
    }

    async fn sign_in(&self) {
        self.browser.go("/login").await;
        let field = self.browser.client.find(Locator::Css("#token")).await.expect("the field");
        field.send_keys(&format!("{TOKEN}{}", Key::Enter)).await.expect("typed");
        until("signed in", async || self.browser.place().await == "/").await;
    }

    async fn begin(&self) {
        self.before.replace(self.browser.place().await);
        self.clicks.set(0);
        self.since.set(Instant::now());
    }

    async fn click(&self, selector: &str) {
        self.clicks.set(self.clicks.get() + 1);
        self.browser.click(selector).await;
    }

    /// Types into what has the focus; without scripts into the field, which takes a click more.
    async fn fill(&self, selector: &str, text: &str) {
        let field = self.browser.client.find(Locator::Css(selector)).await.expect("a field");
        if self.scripts {
            until("the field has the focus", async || self.has_focus(selector).await).await;
        } else {
            self.clicks.set(self.clicks.get() + 1);
            field.clear().await.expect("empty");
        }
        field.send_keys(&format!("{text}{}", Key::Enter)).await.expect("typed");
    }

    async fn has_focus(&self, selector: &str) -> bool {
        let ask = format!("return document.activeElement.matches({})", json!(selector));
        self.browser.client.execute(&ask, Vec::new()).await.is_ok_and(|answer| answer == true)
    }

    /// Waits until what was decided is shown, and notes what it took.
    async fn done(&self, what: &str, most: u32) {
        let before = self.before.borrow().clone();
        let is_done = async || {
            let is_shown =
                self.browser.place().await != before && self.browser.count("#saved").await == 1;
            if is_shown && !self.scripts && self.browser.count("#pending").await == 1 {
                // Without scripts the page is loaded again by hand.
                self.browser.client.refresh().await.expect("a page");
            }
            is_shown && self.browser.count("#pending").await == 0
        };
        // Other work on the machine may take its time.
        for _ in 0..SLOW {
            if is_done().await {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(is_done().await, "{what}: {}", self.browser.place().await);
        let (clicks, took) = (self.clicks.get(), self.since.get().elapsed());
        self.measured.borrow_mut().push((what.to_owned(), clicks, took));
        assert!(clicks <= most, "{what}: {clicks} clicks");
    }

    async fn article(&self, title: &str) -> String {
        self.browser.go(&format!("/?q={title}")).await;
        let link = self.browser.client.find(Locator::Css("a[data-hit]")).await.expect("a hit");
        let address = link.attr("href").await.expect("an answer").expect("an address");
        let path = address.split('?').next().unwrap_or_default().to_owned();
        self.browser.go(&path).await;
        path
    }

    async fn says(&self, selector: &str, text: &str) {
        let found = self.browser.text(selector).await;
        assert!(found.contains(text), "{selector}: {found}");
    }

    fn report(&self) {
        for (what, clicks, took) in &*self.measured.borrow() {
            let scripts = if self.scripts { "with" } else { "without" };
            tell(&format!(
                "{what}, {scripts} scripts: {clicks} clicks, {:.2} s",
                took.as_secs_f32()
            ));
        }
    }
}

/// Writes the corpus, ingests it, and lets an editor in.
fn office(folder: &Path) -> Options {
    let (corpus, index) = (folder.join("corpus"), folder.join("index"));
    fs::create_dir_all(corpus.join("zzrb")).expect("a folder");
    fs::write(corpus.join(FILE), PAGE).expect("a file");
    for (at, note) in NOTES.iter().enumerate() {
        fs::write(corpus.join(format!("note-{at}.txt")), note).expect("a file");
    }
    let plan = IngestPlan {
        threads: 1,
        curation: Some(curation(folder)),
        ..IngestPlan::new(corpus.clone(), index.clone())
    };
    run(&plan, &()).expect("an index");
    let reingest = Reingest::new(move |_| {
        let read = run(&plan, &()).map(drop);
        read.map_err(|error| ReingestError::Failed(error.to_string()))
    });
    let editors = EditorTokens::read(&format!("王芳 {TOKEN}\n")).expect("tokens");
    let mut options = Options::new(index, corpus);
    (options.editors, options.reingest) = (Some(editors), Some(reingest));
    options.curation = curation(folder);
    options
}

fn curation(folder: &Path) -> CurationFolder {
    CurationFolder::new(folder.join("curation"))
}

fn of(field: &str) -> String {
    format!("details.correct:has(#correct-{field}) > summary")
}

#[tokio::test]
async fn an_editor_corrects_with_scripts() {
    corrects(true).await;
}

#[tokio::test]
async fn an_editor_corrects_without_scripts() {
    corrects(false).await;
}

async fn corrects(scripts: bool) {
    let Some(desk) = Desk::open(scripts).await else { return };
    let browser = &desk.browser;
    desk.sign_in().await;
    let more = u32::from(!scripts);

    desk.article("新桥").await;
    for (what, field, now) in [
        ("date", "date", "2023-02-08"),
        ("title", "title", "新桥正式通车"),
        ("district", "districts", "新密市"),
    ] {
        desk.begin().await;
        desk.click(&of(field)).await;
        desk.fill(&format!("#correct-{field}"), now).await;
        desk.done(what, 1 + more).await;
        desk.says(".corrections", now).await;
    }
    desk.says("h1", "新桥正式通车").await;

    desk.begin().await;
    desk.click("details.correct:has(button[value='notice']) > summary").await;
    desk.click("button[value='notice']").await;
    desk.done("kind", 2).await;

    desk.begin().await;
    desk.click(".decisions li:first-child form button").await;
    desk.done("undo", 1).await;
    desk.says(".decisions li:first-child", "已撤销").await;

    // A misread character.
    desk.article("学校").await;
    desk.begin().await;
    if scripts {
        // Selecting counts as a click.
        desk.clicks.set(1);
        select(browser, "己").await;
        desk.click("button.select-correct").await;
        desk.fill("#correct-text [name='to']", "已").await;
    } else {
        desk.click("#correct-text summary").await;
        let from = browser.client.find(Locator::Css("#correct-text [name='from']")).await;
        from.expect("a field").send_keys("己").await.expect("typed");
        desk.clicks.set(desk.clicks.get() + 1);
        desk.fill("#correct-text [name='to']", "已").await;
    }
    desk.done("character", 3).await;
    desk.says("#text", "操场已经修好").await;

    lines(&desk).await;
    if scripts {
        browser.assert_quiet().await;
    }
    conflict(&desk).await;
    asked_again(&desk).await;
    desk.report();
    desk.browser.close().await;
}

/// A value that is none stays in its field, to be corrected.
async fn asked_again(desk: &Desk) {
    let browser = &desk.browser;
    desk.article("医院").await;
    desk.begin().await;
    desk.click(&of("date")).await;
    desk.fill("#correct-date", "2月30日").await;
    until("the form again", async || browser.count("#why-not").await == 1).await;
    let field = browser.client.find(Locator::Css("form input[name='now']")).await.expect("a field");
    assert_eq!(field.attr("value").await.expect("an answer").as_deref(), Some("2月30日"));
    if let Some(folder) = folder() {
        shoot(browser, &folder, "asked-again").await;
    }
    field.clear().await.expect("empty");
    field.send_keys(&format!("2023-02-07{}", Key::Enter)).await.expect("typed");
    desk.done("asked again", 3).await;
    desk.says(".corrections", "2023-02-07").await;
}

/// Where articles begin, and what lines are.
async fn lines(desk: &Desk) {
    let browser = &desk.browser;
    browser.go(&format!("/source?file={FILE}")).await;
    let heads = browser.count("tr.head").await;
    desk.begin().await;
    desk.click("tbody:has(#L8) button[value^='joins:']").await;
    desk.done("join", 1).await;
    assert_eq!(browser.count("tr.head").await, heads - 1);

    desk.begin().await;
    desk.click("#L8 button").await;
    desk.done("begin", 1).await;
    assert_eq!(browser.count("tr.head").await, heads);

    desk.begin().await;
    desk.click("#L3 input[type='checkbox']").await;
    desk.click("button[value='role:banner']").await;
    desk.done("banner", 2).await;
    desk.says("#L3 .role", "通栏").await;
}

/// Somebody else decides while the page is open.
async fn conflict(desk: &Desk) {
    let browser = &desk.browser;
    let path = desk.article("医院").await;
    let id = ArticleId(path.rsplit('/').next().unwrap_or_default().to_owned());
    let folder = browser.folder();
    let change = Change::Title("医院新楼开工".to_owned());
    let at = "2024-05-06T07:08:09Z".parse().expect("a time");
    let decision = Decision { by: "Ann Lee".to_owned(), why: String::new(), at };
    let archive = Archive::open(&folder.join("index")).expect("an archive");
    let (corpus, target) = (folder.join("corpus"), Target::Article(id));
    correct(&archive, &corpus, &curation(folder), &target, change, &decision, None)
        .expect("written");
    desk.begin().await;
    desk.click(&of("title")).await;
    desk.fill("#correct-title", "医院扩建工程开工").await;
    until("both values", async || browser.count("#theirs").await == 1).await;
    desk.says(".sides", "医院新楼开工").await;
    desk.says(".sides", "医院扩建工程开工").await;
    desk.click(".sides form button").await;
    desk.done("conflict", 3).await;
    desk.says("h1", "医院扩建工程开工").await;
}

#[tokio::test]
async fn the_queue_is_worked_through_by_keys() {
    let Some(desk) = Desk::open(true).await else { return };
    let browser = &desk.browser;
    desk.sign_in().await;
    browser.go("/review?reason=unplaced").await;
    let press = async |key: &str| {
        let body = browser.client.find(Locator::Css("body")).await.expect("the page");
        body.send_keys(key).await.expect("typed");
    };
    let shown = async || browser.text(".review h2").await;
    let first = shown().await;
    desk.begin().await;
    press("n").await;
    until("the next one", async || browser.place().await.contains("skip=1")).await;
    let second = shown().await;
    assert_ne!(first, second);
    press(&Key::Left.to_string()).await;
    until("the first again", async || !browser.place().await.contains("skip=1")).await;
    press("a").await;
    desk.done("accept by key", 0).await;
    assert_eq!(shown().await, second);
    desk.begin().await;
    press("e").await;
    desk.fill("#correct-districts", "登封市").await;
    desk.done("correct by key", 0).await;
    assert_ne!(shown().await, second);
    desk.report();
    browser.assert_quiet().await;
    desk.browser.close().await;
}

#[tokio::test]
async fn the_pages_of_editors_shut_nobody_out() {
    let Some(engine) = engine() else { return };
    let Some(desk) = Desk::open(true).await else { return };
    let browser = &desk.browser;
    browser.go("/login").await;
    let mut found = violations(browser, &engine).await;
    desk.sign_in().await;
    let article = desk.article("新桥").await;
    desk.click(&of("title")).await;
    desk.fill("#correct-title", "新桥正式通车").await;
    desk.done("title", 1).await;
    collect(&desk, "甲", &["学校", "医院"]).await;
    let pages = [
        "/collections".to_owned(),
        "/collection/%E7%94%B2".to_owned(),
        article,
        format!("/source?file={FILE}"),
        "/review?reason=unplaced".to_owned(),
        "/review?reason=weak_cut".to_owned(),
    ];
    for (lang, width) in [("zh", 1280), ("en", 390)] {
        browser.go(&format!("/lang/{lang}?back=/")).await;
        let size = json!({
            "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500,
        });
        browser.developer("Emulation.setDeviceMetricsOverride", size).await;
        for path in &pages {
            browser.go(path).await;
            let open = "for (const one of document.querySelectorAll('details')) one.open = true";
            browser.client.execute(open, Vec::new()).await.expect("open");
            let all = violations(browser, &engine).await;
            found.extend(all.into_iter().map(|one| format!("{path}, {lang}: {one}")));
            let ask = "return document.documentElement.scrollWidth - innerWidth";
            let over = browser.client.execute(ask, Vec::new()).await.expect("a width");
            assert!(
                over.as_i64().is_some_and(|over| over <= 0),
                "{path}, {width}: {over} too wide"
            );
            if let Some(folder) = folder() {
                shoot(browser, &folder, &format!("editing-{lang}-{}", name(path))).await;
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    desk.browser.close().await;
}

fn name(path: &str) -> String {
    path.chars().filter(char::is_ascii_alphabetic).collect()
}

/// Begins a collection with these articles, by the forms of the pages.
async fn collect(desk: &Desk, name: &str, titles: &[&str]) {
    let browser = &desk.browser;
    let send = async |selector: &str, text: &str| {
        let field = browser.client.find(Locator::Css(selector)).await.expect("a field");
        field.send_keys(&format!("{text}{}", Key::Enter)).await.expect("typed");
    };
    browser.go("/collections").await;
    send("#name", name).await;
    until("begun", async || browser.place().await.starts_with("/collection/")).await;
    for title in titles {
        desk.article(title).await;
        let open = "for (const one of document.querySelectorAll('details')) one.open = true";
        browser.client.execute(open, Vec::new()).await.expect("open");
        send("#collection", name).await;
        let has = async || browser.count("section:has(#notes) a[href^='/collection/']").await > 0;
        until("collected", has).await;
    }
}

#[tokio::test]
async fn a_collection_is_arranged_by_dragging() {
    let Some(desk) = Desk::open(true).await else { return };
    let browser = &desk.browser;
    desk.sign_in().await;
    collect(&desk, "甲", &["新桥", "学校"]).await;
    browser.go("/collection/%E7%94%B2").await;
    let first = async || browser.text("[data-item]:first-child h2").await;
    let before = first().await;
    // WebDriver moves the pointer, but the browser has no drag without a window: the events are those
    // that it would send.
    let drag = "
        const [one, other] = document.querySelectorAll('[data-item]');
        const dataTransfer = new DataTransfer();
        const send = (target, type) => target.dispatchEvent(
          new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
        send(other.querySelector('h2'), 'dragstart');
        send(one, 'dragover');
        send(one, 'drop');";
    browser.client.execute(drag, Vec::new()).await.expect("dragged");
    until("the other one is first", async || first().await != before).await;
    browser.assert_quiet().await;
    desk.browser.close().await;
}

#[tokio::test]
async fn keys_of_the_queue_can_be_turned_off() {
    let Some(desk) = Desk::open(true).await else { return };
    let browser = &desk.browser;
    desk.sign_in().await;
    browser.go("/review?reason=unplaced").await;
    browser.click("[data-keys] input").await;
    // Also on the next page.
    browser.go("/review?reason=unplaced").await;
    let before = browser.place().await;
    let body = browser.client.find(Locator::Css("body")).await.expect("the page");
    body.send_keys("n").await.expect("typed");
    body.send_keys("a").await.expect("typed");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(browser.place().await, before);
    browser.click("[data-keys] input").await;
    body.send_keys("n").await.expect("typed");
    until("the next one", async || browser.place().await.contains("skip=1")).await;
    desk.browser.close().await;
}

/// Selects the first place of a text in the article.
async fn select(browser: &Browser, text: &str) {
    let script = format!(
        "const walk = document.createTreeWalker(document.getElementById('text'), 4);
         while (walk.nextNode()) {{
           const at = walk.currentNode.data.indexOf({});
           if (at < 0) continue;
           getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + {});
           return true;
         }}",
        json!(text),
        text.encode_utf16().count()
    );
    browser.client.execute(&script, Vec::new()).await.expect("selected");
}
