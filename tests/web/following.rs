//! How the index and the pages follow what editors decide, whatever comes between.

use std::fs;
use std::time::Duration;

use axum::http::StatusCode;
use dibao::web::Options;

use super::Place;
use super::correcting::{FILE, Office, is_done, reads, seen, value};
use super::editing::{Desk, LEE, WANG};

/// A page without a district or a day.
const NOTES: &str = "某日杂记\n那天下着雨，大家都没有出门，只是在屋里坐着说话，说了很久，谁也没有提起要走的事情。\n";

#[test]
fn what_was_undone_or_cannot_be_applied_is_in_the_queue() {
    let office = Office::new();
    fs::write(office.place.corpus().join("notes.txt"), NOTES).unwrap();
    office.place.ingest();
    let wang = office.desk.sign_in(WANG);
    let queue = || office.page(&wang, "/review?reason=unplaced");
    let form = queue();
    let (_, form) = form.split_once("data-review").unwrap();
    let (_, form) = form.split_once("action=\"/edit/article/").unwrap();
    let id = form.split('"').next().unwrap().to_owned();
    let fields = [("field", "confirms"), ("now", "unplaced")];
    is_done(&office.send(&wang, &format!("/edit/article/{id}"), &value(form, "seen"), &fields));
    assert!(!queue().contains("那天下着雨"));
    let page = office.page(&wang, &format!("/article/{id}"));
    let entry = value(&page[page.find("id=\"decisions\"").unwrap()..], "entry");
    let fields = [("entry", entry.as_str()), ("file", "notes.txt")];
    is_done(&office.send(&wang, "/edit/undo", &value(&page, "seen"), &fields));
    assert!(queue().contains("那天下着雨"));
    // An entry that nobody understands changes nothing about that.
    let folder = office.place.folder.path().join("corpus.curation/corrections/notes.txt.toml");
    let mut entries = fs::read_to_string(&folder).unwrap();
    let entry = format!(
        "\n[[correction]]\narticle = \"{id}\"\nfile = \"notes.txt\"\nlines = [[1, 2]]\n\
         quote = [\"某日杂记\"]\nfield = \"topics\"\nnow = [\"乌有\"]\nby = \"李\"\n\
         at = \"2024-04-02T02:11:09Z\"\n"
    );
    entries.push_str(&entry);
    fs::write(&folder, entries).unwrap();
    is_done(&office.decide(&wang, &id, "page", "A01"));
    assert!(office.page(&wang, &format!("/article/{id}")).contains("不能生效"));
    assert!(queue().contains("那天下着雨"));
}

#[test]
fn what_was_not_ingested_is_when_the_server_begins() {
    let office = Office::new();
    let id = office.id_of("新桥");
    // Written where nothing is read again, as if the server had been stopped.
    let stopped = Desk::of(office.place.options());
    let bearer = format!("Bearer {WANG}");
    let fields = [("field", "title"), ("now", "新桥落成")];
    let headers = [("authorization", bearer.as_str())];
    is_done(&stopped.post(&format!("/edit/article/{id}"), &headers, &fields));
    assert_eq!(office.record(&id)["title"], "新桥通车");
    let begun =
        Desk::of(Options { reingest: Some(reads(&office.place)), ..office.place.options() });
    let title = || begun.get(&format!("/api/v1/article/{id}"), &[]).json()["title"].clone();
    let mut tries = 0;
    while title() != "新桥落成" {
        tries += 1;
        assert!(tries < 100, "{}", title());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn decisions_stay_with_a_file_that_is_renamed() {
    let office = Office::new();
    let (wang, lee) = (office.desk.sign_in(WANG), office.desk.sign_in(LEE));
    let id = office.id_of("新桥");
    let before = seen(&office.page(&lee, &format!("/article/{id}")));
    is_done(&office.decide(&wang, &id, "title", "新桥落成"));
    let renamed = "zzrb/renamed.txt";
    fs::rename(office.place.corpus().join(FILE), office.place.corpus().join(renamed)).unwrap();
    ingest(&office.place);
    std::thread::sleep(Duration::from_millis(600));
    let id = office.id_of("新桥落成");
    assert_eq!(office.record(&id)["source"], renamed);
    let page = office.page(&wang, &format!("/article/{id}"));
    assert!(page.contains("id=\"decisions\"") && page.contains("王芳"), "{page}");
    // Who has not seen it is told.
    let to = format!("/edit/article/{id}");
    let mine = [("field", "title"), ("now", "新桥开通"), ("why", "查原报")];
    let answer = office.send(&lee, &to, &before, &mine);
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
    let (_, form) = answer.text().split_once("id=\"mine\"").unwrap();
    assert_eq!(value(form, "why"), "查原报");
    let entry = value(&page[page.find("id=\"decisions\"").unwrap()..], "entry");
    let fields = [("entry", entry.as_str()), ("file", FILE)];
    is_done(&office.send(&wang, "/edit/undo", &value(&page, "seen"), &fields));
    assert_eq!(office.record(&id)["title"], "新桥通车");
}

fn ingest(place: &Place) {
    let plan = dibao::ingest::IngestPlan {
        threads: 1,
        curation: Some(place.options().curation),
        ..dibao::ingest::IngestPlan::new(place.corpus(), place.index())
    };
    dibao::ingest::run(&plan, &()).unwrap();
}

#[test]
fn of_two_remarks_both_are_shown() {
    let office = Office::new();
    let (wang, lee) = (office.desk.sign_in(WANG), office.desk.sign_in(LEE));
    let id = office.id_of("新桥");
    let to = "/collection/%E7%94%B2";
    is_done_with(&office.send(&wang, "/collections", "", &[("name", "甲"), ("about", "")]));
    let add = [("action", "collect"), ("collection", "甲")];
    is_done_with(&office.send(&wang, &format!("/article/{id}/notes"), "", &add));
    let remark = |text| [("action", "remark"), ("article", id.as_str()), ("remark", text)];
    is_done_with(&office.send(&wang, to, "", &remark("首次报道")));
    let answer = office.send(&lee, to, "", &remark("写得很长的按语"));
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let page = answer.text();
    assert!(page.contains("首次报道") && page.contains("写得很长的按语"), "{page}");
    let (_, form) = page.split_once("id=\"mine\"").unwrap();
    let was = value(form, "was");
    let again = [remark("写得很长的按语").as_slice(), &[("was", &was)]].concat();
    is_done_with(&office.send(&lee, to, "", &again));
    assert!(office.page(&lee, to).contains("写得很长的按语"));
}

fn is_done_with(answer: &super::Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}
