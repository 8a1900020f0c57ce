//! Tags, notes and collections on the pages and for programs.

use super::editing::{Desk, LEE, Signed, WANG};
use super::*;

fn place() -> Place {
    let place = Place::empty();
    place.write(
        "a.jsonl",
        &[
            article("老桥通车", "2021-03-04", "本报讯 老桥昨天通车，桥长八十米。"),
            article("茶园开园", "2021-03-20", "茶农说，今年雨水足。"),
            article("龙舟赛", "2021-05-01", "两岸站满了人。"),
        ],
    );
    place.ingest();
    place
}

fn id_of(place: &Place, title: &str) -> String {
    let found = place.get(&format!("/api/v1/search?q={}", escaped(title))).json();
    found["hits"][0]["id"].as_str().unwrap().to_owned()
}

struct Editors<'a> {
    desk: &'a Desk,
    wang: Signed,
}

impl Editors<'_> {
    /// Sends a form, and gives where it leads.
    fn send(&self, address: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.answer(address, fields);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        answer.header("location").to_owned()
    }

    fn answer(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let mut fields = fields.to_vec();
        fields.push(("key", &self.wang.key));
        self.desk.post(address, &[("cookie", &self.wang.cookie)], &fields)
    }

    fn page(&self, address: &str) -> String {
        let answer = self.desk.get(address, &[("cookie", &self.wang.cookie)]);
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.text().to_owned()
    }
}

#[test]
fn an_editor_tags_and_notes_and_everybody_sees_it_at_once() {
    let place = place();
    let id = id_of(&place, "老桥通车");
    let desk = Desk::of(place.options());
    let editors = Editors { desk: &desk, wang: desk.sign_in(WANG) };
    let form = format!("/article/{id}/notes");
    let to = editors.send(&form, &[("action", "tag"), ("tag", "县志·交通")]);
    assert_eq!(to, format!("/article/{id}#notes"));
    let note = [("action", "note"), ("text", "与年鉴不合"), ("passage", "桥长八十米")];
    editors.send(&form, &note);
    let page = desk.get(&format!("/article/{id}"), &[]).text().to_owned();
    assert!(page.contains("县志·交通") && page.contains("与年鉴不合"), "{page}");
    assert!(page.contains("王芳") && !page.contains("method=\"post\""), "readers see no forms");
    let json = desk.get(&format!("/api/v1/article/{id}"), &[]).json();
    assert_eq!(json["noted"]["tags"], json!(["县志·交通"]));
    assert_eq!(json["noted"]["notes"][0]["passage"], "桥长八十米");
    let found = desk.get(&format!("/api/v1/search?tag={}", escaped("县志·交通")), &[]).json();
    assert_eq!(
        (&found["total"], &found["hits"][0]["noted"]["tags"][0]),
        (&json!(1), &json!("县志·交通"))
    );
    let facets = desk.get("/api/v1/facets", &[]).json();
    assert_eq!(facets["facets"]["tags"], json!([{ "value": "县志·交通", "count": 1 }]));
    let search = desk.get(&format!("/?q={}", escaped("标签:县志·交道")), &[]).text().to_owned();
    assert!(search.contains("是否指") && search.contains(">县志·交通<"), "{search}");
    let entry = json["noted"]["notes"][0]["entry"].as_str().unwrap();
    editors.send(&form, &[("action", "take_back"), ("note", entry)]);
    editors.send(&form, &[("action", "untag"), ("tag", "县志·交通")]);
    let json = desk.get(&format!("/api/v1/article/{id}"), &[]).json();
    assert!(json.get("noted").is_none(), "{json}");
}

#[test]
fn what_cannot_be_noted_is_refused_with_words() {
    let place = place();
    let id = id_of(&place, "老桥通车");
    let desk = Desk::of(place.options());
    let editors = Editors { desk: &desk, wang: desk.sign_in(WANG) };
    let form = format!("/article/{id}/notes");
    for (fields, status, code) in [
        (vec![("action", "tag"), ("tag", "a/b")], 400, "bad_name"),
        (vec![("action", "note"), ("text", " ")], 400, "bad_text"),
        (vec![("action", "note"), ("text", "x"), ("passage", "别的")], 400, "no_passage"),
        (vec![("action", "take_back"), ("note", "zz")], 404, "no_note"),
        (vec![("action", "collect"), ("collection", "没有")], 404, "no_collection"),
        (vec![("action", "dance")], 400, "no_operation"),
    ] {
        let answer = editors.answer(&form, &fields);
        let said = answer.json();
        assert_eq!((answer.status.as_u16(), said["code"].as_str()), (status, Some(code)));
    }
    // Nobody else.
    let reader = desk.post(&form, &[], &[("action", "tag"), ("tag", "甲")]);
    assert_eq!(reader.status, StatusCode::UNAUTHORIZED);
    let stranger = [("cookie", editors.wang.cookie.as_str())];
    let without_key = desk.post(&form, &stranger, &[("action", "tag"), ("tag", "甲")]);
    assert_eq!(without_key.status, StatusCode::FORBIDDEN);
    let closed = ask(place.options(), {
        let mut request = request(&form, &[]);
        *request.method_mut() = axum::http::Method::POST;
        request
    });
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
    assert!(!place.folder.path().join("corpus.curation/notes").exists(), "nothing was written");
}

#[test]
fn a_collection_is_arranged_read_and_taken_away() {
    let place = place();
    let ids = ["老桥通车", "茶园开园", "龙舟赛"].map(|title| id_of(&place, title));
    let desk = Desk::of(place.options());
    let editors = Editors { desk: &desk, wang: desk.sign_in(LEE) };
    let page = editors.send("/collections", &[("name", "交通志 三"), ("about", "路和桥")]);
    assert_eq!(page, "/collection/%E4%BA%A4%E9%80%9A%E5%BF%97%20%E4%B8%89");
    // Begun again it stays as it is, and nobody's words are overwritten.
    assert_eq!(editors.send("/collections", &[("name", "交通志 三"), ("about", "")]), page);
    let again = editors.answer("/collections", &[("name", "交通志 三"), ("about", "另一句")]);
    assert_eq!(again.status, StatusCode::CONFLICT);
    let about = |was, now| [("action", "about"), ("was", was), ("about", now)];
    assert_eq!(editors.answer(&page, &about("", "茶")).status, StatusCode::CONFLICT);
    editors.send(&page, &about("路和桥", "路、桥"));
    editors.send(&page, &about("路、桥", "路和桥"));
    for id in &ids {
        let fields = [("action", "collect"), ("collection", "交通志 三"), ("remark", "备注")];
        editors.send(&format!("/article/{id}/notes"), &fields);
    }
    let api = "/api/v1/collections/%E4%BA%A4%E9%80%9A%E5%BF%97%20%E4%B8%89";
    let order = || -> Vec<String> {
        let items = desk.get(api, &[]).json()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(order(), ids);
    // Up: behind the one before the one before.
    editors.send(&page, &[("action", "move"), ("article", &ids[1]), ("after", "")]);
    assert_eq!(order(), [&ids[1], &ids[0], &ids[2]].map(Clone::clone));
    editors.send(&page, &[("action", "move"), ("article", &ids[1]), ("to", "3")]);
    assert_eq!(order(), [&ids[0], &ids[2], &ids[1]].map(Clone::clone));
    editors.send(&page, &[("action", "move"), ("article", &ids[1]), ("to", "2")]);
    assert_eq!(order(), [&ids[0], &ids[1], &ids[2]].map(Clone::clone));
    let remark = |was, now| {
        [("action", "remark"), ("article", ids[0].as_str()), ("was", was), ("remark", now)]
    };
    editors.send(&page, &remark("备注", "首次\r\n报道"));
    let late = editors.answer(&page, &remark("备注", "另一句"));
    assert_eq!(late.status, StatusCode::CONFLICT);
    let page_of_both = late.text();
    assert!(page_of_both.contains("首次") && page_of_both.contains("另一句"), "{page_of_both}");
    editors.send(&page, &remark("首次\n报道", "首次报道"));
    let shown = editors.page(&page);
    assert!(shown.contains("↑") && shown.contains("首次报道"), "{shown}");
    let read = desk.get(&page, &[]).text().to_owned();
    assert!(read.contains("首次报道") && !read.contains("method=\"post\""), "{read}");
    assert!(desk.get("/collections", &[]).text().contains("交通志 三"));
    // From beyond its end on there is nothing.
    let from = |query: &str| desk.get(&format!("{page}?{query}"), &[]);
    let beyond = from("offset=18446744073709551615");
    assert_eq!(beyond.status, StatusCode::OK);
    assert!(!beyond.text().contains("rel=\"next\""), "{}", beyond.text());
    let file = desk.get(&format!("{page}/export?format=md"), &[]);
    assert_eq!(file.header("dibao-articles"), "3");
    assert!(file.text().contains("**首次报道**"), "{}", file.text());
    let card = desk.get(&format!("{page}/export?format=docx"), &[]);
    assert!(card.body.starts_with(b"PK"));
    editors.send(&page, &[("action", "remove"), ("article", &ids[0])]);
    assert_eq!(order(), [&ids[1], &ids[2]].map(Clone::clone));
    let listed = desk.get("/api/v1/collections", &[]).json();
    assert_eq!(listed, json!([{ "name": "交通志 三", "about": "路和桥", "articles": 2 }]));
    let searched = desk.get(&format!("/api/v1/search?collection={}", escaped("交通志 三")), &[]);
    assert_eq!(searched.json()["total"], 2);
    assert_eq!(desk.get("/collection/nothing", &[]).status, StatusCode::NOT_FOUND);
}

#[test]
fn pages_follow_what_is_written_elsewhere() {
    let place = place();
    let id = id_of(&place, "龙舟赛");
    let desk = Desk::of(place.options());
    let count = || desk.get("/api/v1/search?tag=%E6%89%8B%E5%86%99", &[]).json()["total"].clone();
    assert_eq!(count(), 0);
    let notes = place.folder.path().join("corpus.curation/notes");
    fs::create_dir_all(&notes).unwrap();
    let entry = format!(
        "[[note]]\narticle = \"{id}\"\nfile = \"a.jsonl\"\nfield = \"tag\"\nnow = \"手写\"\nby = \"李\"\nat = \"2024-01-01T00:00:00Z\"\n"
    );
    fs::write(notes.join("a.jsonl.toml"), entry).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert_eq!(count(), 1);
}
