//! What editors decide on the pages, and what becomes of it.

use std::fs;

use axum::http::StatusCode;
use dibao::ingest::{IngestPlan, run};
use dibao::web::{Options, Reingest, ReingestError};

use super::editing::{Desk, LEE, Signed, WANG};
use super::{Answer, Place};

/// A page of two reports with a banner between them.
const PAGE: &str = "\
新桥通车
本报讯（记者 王小）2023年2月9日，登封市的新桥建成通车，两岸居民往来方便了许多，市交通局的负责人到场致词。

城乡建设专版
学校开学
本报讯（记者 李中）2023年2月10日，登封市第一小学的学生回到了学校，老师们在校门口迎接，操场己经修好。
";

pub(super) const FILE: &str = "zzrb/2023-02-11.txt";

pub(super) struct Office {
    pub(super) place: Place,
    pub(super) desk: Desk,
}

impl Office {
    pub(super) fn new() -> Self {
        let place = Place::empty();
        fs::create_dir(place.corpus().join("zzrb")).unwrap();
        fs::write(place.corpus().join(FILE), PAGE).unwrap();
        place.ingest();
        let desk = Desk::of(Options { reingest: Some(reads(&place)), ..place.options() });
        Self { place, desk }
    }

    pub(super) fn id_of(&self, title: &str) -> String {
        let found = self.desk.get(&format!("/api/v1/search?q={title}"), &[]).json();
        found["hits"][0]["id"].as_str().unwrap_or_else(|| panic!("{title}: {found}")).to_owned()
    }

    pub(super) fn record(&self, id: &str) -> serde_json::Value {
        let answer = self.desk.get(&format!("/api/v1/article/{id}"), &[]);
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    pub(super) fn page(&self, who: &Signed, address: &str) -> String {
        let answer = self.desk.get(address, &[("cookie", &who.cookie)]);
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        answer.text().to_owned()
    }

    /// Sends a form as the page has it.
    pub(super) fn send(
        &self,
        who: &Signed,
        to: &str,
        seen: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let own = [("key", who.key.as_str()), ("seen", seen), ("back", "/article/x")];
        self.desk.post(to, &[("cookie", &who.cookie)], &[&own, fields].concat())
    }

    pub(super) fn decide(&self, who: &Signed, id: &str, field: &str, now: &str) -> Answer {
        let seen = seen(&self.page(who, &format!("/article/{id}")));
        let fields = [("field", field), ("now", now)];
        self.send(who, &format!("/edit/article/{id}"), &seen, &fields)
    }

    /// What the archive says of the file.
    fn told(&self) -> String {
        let report = &self.desk.get(&format!("/api/v1/source?file={FILE}"), &[]).json()["report"];
        format!("{}\n{}\n{}", report["corrections"], report["unplaced"], self.written())
    }

    pub(super) fn written(&self) -> String {
        let folder = self.place.folder.path().join("corpus.curation/corrections");
        fs::read_to_string(folder.join(format!("{FILE}.toml"))).unwrap_or_default()
    }
}

/// Reads files again as the command line has it done.
pub(super) fn reads(place: &Place) -> Reingest {
    let curation = Some(place.options().curation);
    let plan =
        IngestPlan { threads: 1, curation, ..IngestPlan::new(place.corpus(), place.index()) };
    Reingest::new(move |_| {
        run(&plan, &()).map(drop).map_err(|error| ReingestError::Failed(error.to_string()))
    })
}

/// The hidden field of the first form about an article.
pub(super) fn seen(page: &str) -> String {
    let (_, rest) = page.split_once("<details class=\"correct\"").expect("a form");
    value(rest, "seen")
}

pub(super) fn value(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a field");
    rest.split('"').next().unwrap().to_owned()
}

pub(super) fn is_done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(answer.header("location").contains("saved="), "{}", answer.header("location"));
}

#[test]
fn a_field_is_corrected_shown_as_decided_and_taken_back() {
    let office = Office::new();
    let wang = office.desk.sign_in(WANG);
    let id = office.id_of("新桥");
    // A reader has no forms, and is told where to sign in.
    let plain = office.desk.get(&format!("/article/{id}"), &[]).text().to_owned();
    assert!(!plain.contains("<details class=\"correct\"") && plain.contains("href=\"/login?back="));
    is_done(&office.decide(&wang, &id, "date", "2023-02-08"));
    assert_eq!(office.record(&id)["date"]["value"], "2023-02-08");
    assert_eq!(office.record(&id)["date"]["basis"], "curation");
    let written = office.written();
    assert!(written.contains("王芳") && written.contains("2023-02-08"), "{written}");
    is_done(&office.decide(&wang, &id, "title", "新桥正式通车"));
    is_done(&office.decide(&wang, &id, "kind", "notice"));
    is_done(&office.decide(&wang, &id, "districts", "新密市、mentioned:登封市"));
    let record = office.record(&id);
    assert_eq!(record["title"], "新桥正式通车");
    assert_eq!(record["kind"], "notice");
    assert_eq!(record["districts"][0]["name"], "新密市");
    assert_eq!(record["districts"][1]["role"], "mentioned");
    let page = office.page(&wang, &format!("/article/{id}"));
    assert!(
        page.contains("已生效") && page.contains("<del lang=\"zh-CN\">新桥通车</del>"),
        "{page}"
    );
    // The latest stands first.
    let entry = value(&page[page.find("id=\"decisions\"").unwrap()..], "entry");
    let fields = [("entry", entry.as_str()), ("file", FILE)];
    is_done(&office.send(&wang, "/edit/undo", &value(&page, "seen"), &fields));
    assert_eq!(office.record(&id)["districts"][0]["name"], "登封市");
    let page = office.page(&wang, &format!("/article/{id}"));
    assert!(page.contains("王芳 已撤销"), "{page}");
}

#[test]
fn what_is_no_value_is_refused_and_nothing_is_written() {
    let office = Office::new();
    let wang = office.desk.sign_in(WANG);
    let id = office.id_of("新桥");
    for (field, now) in [
        ("date", "2月9日"),
        ("kind", "book"),
        ("districts", "乌有县"),
        ("topics", "乌有"),
        ("nothing", "a"),
        ("undo", "abc"),
        ("begins", ""),
        ("reprint_of", "000000000000"),
    ] {
        let answer = office.decide(&wang, &id, field, now);
        assert!(answer.status.is_client_error(), "{field}: {}", answer.status);
    }
    let to = format!("/edit/article/{id}");
    let text = [("field", "text"), ("from", "没有的字"), ("to", "字")];
    assert_eq!(office.send(&wang, &to, "", &text).status, StatusCode::BAD_REQUEST);
    let unknown = office.send(&wang, "/edit/article/000000000000", "", &[("field", "title")]);
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    for fields in [
        [("file", FILE), ("do", "role:banner")],
        [("file", FILE), ("do", "begins:900")],
        [("file", "../secret.txt"), ("do", "begins:1")],
        [("file", FILE), ("do", "joins:000000000000")],
        [("file", FILE), ("do", "burn:1")],
    ] {
        let answer = office.send(&wang, "/edit/lines", "", &fields);
        assert!(answer.status.is_client_error(), "{fields:?}: {}", answer.text());
    }
    for file in [FILE, "../secret.txt", "/etc/hosts", ""] {
        let answer = office.send(&wang, "/edit/undo", "", &[("entry", "abc"), ("file", file)]);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{file}: {}", answer.text());
    }
    assert_eq!(office.written(), "");
}

#[test]
fn two_editors_of_one_thing_are_shown_both_values() {
    let office = Office::new();
    let (wang, lee) = (office.desk.sign_in(WANG), office.desk.sign_in(LEE));
    let id = office.id_of("新桥");
    let to = format!("/edit/article/{id}");
    let before = seen(&office.page(&lee, &format!("/article/{id}")));
    is_done(&office.decide(&wang, &id, "title", "新桥落成"));
    // Another field is no conflict.
    is_done(&office.send(&lee, &to, &before, &[("field", "date"), ("now", "2023-02-07")]));
    let mine = [("field", "title"), ("now", "新桥开通")];
    let answer = office.send(&lee, &to, &before, &mine);
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("新桥落成") && answer.text().contains("新桥开通"));
    assert_eq!(office.record(&id)["title"], "新桥落成");
    // The page sends it again with what is known by now.
    let (_, form) = answer.text().split_once("id=\"mine\"").unwrap();
    is_done(&office.send(&lee, &to, &value(form, "seen"), &mine));
    assert_eq!(office.record(&id)["title"], "新桥开通");
    // A program is told in JSON.
    let bearer = format!("Bearer {WANG}");
    let fields = [("field", "title"), ("now", "别的"), ("seen", before.as_str())];
    let told = office.desk.post(&to, &[("authorization", &bearer)], &fields);
    assert_eq!(
        (told.status, told.json()["code"].as_str()),
        (StatusCode::CONFLICT, Some("conflict"))
    );
}

#[test]
fn lines_begin_an_article_go_on_one_and_are_a_banner() {
    let office = Office::new();
    let wang = office.desk.sign_in(WANG);
    let lines = |what: &str, rows: &[(&str, &str)]| {
        let page = office.page(&wang, &format!("/source?file={FILE}"));
        let (_, form) = page.split_once("id=\"lines-form\"").expect("tools");
        let seen = value(form, "seen");
        let fields = [&[("file", FILE), ("do", what)], rows].concat();
        office.send(&wang, "/edit/lines", &seen, &fields)
    };
    let of = |id: &str| office.record(id);
    let first = office.id_of("新桥");
    let articles = || {
        let found = office.desk.get("/api/v1/search?sort=oldest", &[]).json();
        found["total"].as_u64().unwrap()
    };
    is_done(&lines("role:banner", &[("row", "4")]));
    let ranges = of(&first)["lines"].to_string();
    assert!(!ranges.contains('4'), "{ranges}");
    is_done(&lines("begins:5", &[]));
    assert_eq!(articles(), 2);
    let second = office.id_of("学校");
    is_done(&lines(&format!("joins:{second}"), &[]));
    assert_eq!(articles(), 1, "{}", office.told());
    assert!(of(&first)["body"].as_str().unwrap().contains("操场"));
    // The old address leads to where the text is now.
    let old = office.desk.get(&format!("/article/{second}"), &[]);
    assert_eq!(
        old.header("location").split('?').next(),
        Some(format!("/article/{first}").as_str())
    );
    is_done(&lines("begins:5", &[]));
    assert_eq!(articles(), 2);
}

#[test]
fn a_misread_character_is_corrected_and_still_found_as_printed() {
    let office = Office::new();
    let wang = office.desk.sign_in(WANG);
    let id = office.id_of("学校");
    let fields =
        [("field", "text"), ("from", "己"), ("to", "已"), ("before", "操场"), ("after", "经修好")];
    let seen = seen(&office.page(&wang, &format!("/article/{id}")));
    is_done(&office.send(&wang, &format!("/edit/article/{id}"), &seen, &fields));
    let body = office.record(&id)["body"].to_string();
    assert!(body.contains("操场已经修好"), "{body} {}", office.told());
    assert_eq!(office.id_of("操场己经"), id);
}

#[test]
fn what_is_right_leaves_the_queue() {
    let office = Office::new();
    let page = "某日杂记\n那天下着雨，大家都没有出门，只是在屋里坐着说话，说了很久，谁也没有提起要走的事情。\n";
    fs::write(office.place.corpus().join("notes.txt"), page).unwrap();
    office.place.ingest();
    let wang = office.desk.sign_in(WANG);
    let queue = office.page(&wang, "/review?reason=unplaced");
    assert!(queue.contains("那天下着雨"), "{queue}");
    let (_, form) = queue.split_once("data-review").unwrap();
    let (_, form) = form.split_once("action=\"/edit/article/").unwrap();
    let id = form.split('"').next().unwrap();
    let fields = [("field", "confirms"), ("now", "unplaced")];
    is_done(&office.send(&wang, &format!("/edit/article/{id}"), &value(form, "seen"), &fields));
    assert!(!office.page(&wang, "/review?reason=unplaced").contains("那天下着雨"));
    assert!(office.page(&wang, &format!("/article/{id}")).contains("核对无误"));
    // Whoever has not signed in is led to the form, and comes back.
    let led = office.desk.get("/review", &[("accept", "text/html")]);
    assert_eq!(
        (led.status, led.header("location")),
        (StatusCode::SEE_OTHER, "/login?back=%2Freview")
    );
    assert_eq!(office.desk.get("/review", &[]).status, StatusCode::UNAUTHORIZED);
}

#[test]
fn a_value_that_is_none_is_asked_for_again_with_what_was_typed() {
    let office = Office::new();
    let wang = office.desk.sign_in(WANG);
    let id = office.id_of("新桥通车");
    let to = format!("/edit/article/{id}");
    let fields = [("key", wang.key.as_str()), ("seen", "abc"), ("field", "date")];
    let typed = [("now", "2月<30>日"), ("why", "查原报"), ("back", "/article/x")];
    let browser = [("cookie", wang.cookie.as_str()), ("accept", "text/html")];
    let answer = office.desk.post(&to, &browser, &[&fields[..], &typed].concat());
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let page = answer.text();
    for kept in [
        "name=\"now\" value=\"2月&lt;30&gt;日\"",
        "name=\"why\" value=\"查原报\"",
        "name=\"seen\" value=\"abc\"",
        "name=\"field\" value=\"date\"",
        "name=\"back\" value=\"/article/x\"",
    ] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    assert!(page.contains(&format!("action=\"{to}\"")) && page.contains(&wang.key), "{page}");
    assert!(!page.contains("now=2月"), "{page}");
    // A program gets the problem.
    let program = [("cookie", wang.cookie.as_str())];
    let answer = office.desk.post(&to, &program, &[&fields[..], &typed].concat());
    assert!(answer.text().contains("\"code\":\"bad_value\""), "{}", answer.text());
}
