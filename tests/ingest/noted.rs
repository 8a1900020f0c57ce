//! What people noted stays with its article, whatever becomes of ids and lines.

use dibao::curation::{NoteFiles, Told, ToldArticle};
use dibao::model::Change;
use dibao::present;
use dibao::present::{
    FileTimes, ItemPlace, NewSince, NotingError, PlacedNotes, Target, with_notes,
};

use super::structure::{Desk, SHIP, WELL, articles, get};
use super::*;

impl Desk {
    /// An archive with what is noted.
    fn noted(&self, archive: Archive) -> Archive {
        let files = NoteFiles::read(&self.folder, &NoteFiles::default()).unwrap();
        let places = &mut PlacedNotes::default();
        let (archive, unplaced) =
            with_notes(archive, &files, &self.fixture.corpus(), places).unwrap();
        assert_eq!(unplaced, []);
        archive
    }

    /// Writes something.
    fn write(&self, archive: &Archive, work: &dyn Fn(present::Desk<'_>)) {
        let (corpus, folder) = (&self.fixture.corpus(), &self.folder);
        work(present::Desk { archive, corpus, folder, by: "李", at: self.decision().at });
    }
}

#[test]
fn what_was_noted_on_an_article_is_noted_on_the_one_that_it_was_joined_to() {
    let desk = Desk::new();
    let before = articles(&desk.fixture.archive());
    let [(well, _), (ship, _)] = before.as_slice() else { panic!("{before:?}") };
    let collected = |archive: &Archive| {
        let all = &archive.notebook().collections["船"].items;
        all.iter().map(|item| item.article.clone()).collect::<Vec<_>>()
    };
    let archive = desk.noted(desk.fixture.archive());
    desk.write(&archive, &|desk| drop(desk.begin("船", None, None).unwrap()));
    let archive = desk.noted(archive);
    let ships = get(&archive, ship);
    desk.write(&archive, &|desk| {
        desk.add("船", std::slice::from_ref(&ships), Some("初稿"), &ItemPlace::Last).unwrap();
        desk.tag(std::slice::from_ref(&ships), "船运", true).unwrap();
    });
    let joined = desk.decide(&Target::Article(well.clone()), Change::Joins(ship.clone()));
    let archive = desk.noted(joined);
    assert_eq!(collected(&archive), *std::slice::from_ref(well));
    let whole = get(&archive, ship);
    let on = archive.notebook().on(&whole).unwrap();
    assert_eq!((on.tags, on.collections), (vec!["船运".to_owned()], vec!["船".to_owned()]));
    assert_eq!(count(&archive, "收藏:船 标签:船运"), 1);
    assert!(present::collected(&archive, "船").unwrap().is_some());
    // It is in the collection under whichever id.
    let add = |desk: present::Desk<'_>| {
        desk.add("船", std::slice::from_ref(&whole), None, &ItemPlace::Last).unwrap();
    };
    desk.write(&archive, &add);
    let archive = desk.noted(archive);
    assert_eq!(collected(&archive), *std::slice::from_ref(well));
    desk.write(&archive, &|desk| desk.move_item("船", well, &ItemPlace::First).unwrap());
    desk.write(&archive, &|desk| desk.remove("船", std::slice::from_ref(well)).unwrap());
    assert_eq!(collected(&desk.noted(archive)), []);
}

/// A web page of which all lines come from one line of the file.
fn web_page() -> String {
    let item =
        |title: &str, text: &str| format!("<h2>{title}</h2><p>本报讯（记者 甘棠）{text}</p>");
    let items = [item("老水井换了青石壁", WELL), item("木帆船进了展览馆", SHIP)].concat();
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>镇闻</title></head><body>{items}</body></html>"
    )
}

#[test]
fn an_article_of_a_web_page_in_one_line_is_found_by_its_words() {
    let desk = Desk::new();
    fs::remove_file(desk.fixture.corpus().join("page.txt")).unwrap();
    fs::write(desk.fixture.corpus().join("page.html"), web_page()).unwrap();
    let archive = desk.noted(desk.ingest());
    let both = articles(&archive);
    let [(_, well_lines), (ship, ship_lines)] = both.as_slice() else { panic!("{both:?}") };
    assert_eq!(well_lines, ship_lines, "one line of the file");
    let record = get(&archive, ship);
    desk.write(&archive, &|desk| desk.tag(std::slice::from_ref(&record), "船运", true).unwrap());
    // Another version of the program gives other ids.
    let file = desk.folder.path().join("notes/page.html.toml");
    let text = fs::read_to_string(&file).unwrap().replace(&ship.0, "zzzzzzzzzzzz");
    fs::write(&file, text).unwrap();
    let archive = desk.noted(archive);
    assert_eq!(archive.notebook().on(&record).unwrap().tags, ["船运"]);
    assert_eq!(archive.notebook().articles.len(), 1);

    // What was found is not looked for again in the same index.
    let files = NoteFiles::read(&desk.folder, &NoteFiles::default()).unwrap();
    let placed = |corpus: &Path, places: &mut PlacedNotes| {
        let (archive, unplaced) = with_notes(archive.clone(), &files, corpus, places).unwrap();
        (archive.notebook().on(&record).is_some(), unplaced.len())
    };
    let mut known = PlacedNotes::default();
    assert_eq!(placed(&desk.fixture.corpus(), &mut known), (true, 0));
    fs::remove_file(desk.fixture.corpus().join("page.html")).unwrap();
    assert_eq!(placed(&desk.fixture.corpus(), &mut known), (true, 0));
    assert_eq!(placed(&desk.fixture.corpus(), &mut PlacedNotes::default()), (false, 1));
}

#[test]
fn the_beginning_of_an_id_takes_back_the_only_note_that_it_can_mean() {
    let desk = Desk::new();
    let archive = desk.fixture.archive();
    let ship = get(&archive, &articles(&archive)[1].0);
    // More notes than there are first characters of ids.
    for number in 0..33 {
        let text = format!("第{number}条");
        desk.write(&archive, &|desk| drop(desk.note(&ship, &text, "").unwrap()));
    }
    let archive = desk.noted(archive);
    let files = NoteFiles::read(&desk.folder, &NoteFiles::default()).unwrap();
    let notes = archive.notebook().on(&ship).unwrap().notes;
    let alike = |first: &str| notes.iter().filter(|note| note.entry.0.starts_with(first)).count();
    let several = notes.iter().map(|note| &note.entry.0[..1]).find(|first| alike(first) > 1);
    let several = several.unwrap();
    desk.write(&archive, &|desk| match desk.take_back(&files, &ship, several) {
        Err(NotingError::SeveralNotes { id, count }) => {
            assert_eq!((id.as_str(), count), (several, alike(several)));
        }
        other => panic!("{other:?}"),
    });
    let whole = &notes[0].entry.0;
    desk.write(&archive, &|desk| desk.take_back(&files, &ship, whole).unwrap());
    assert_eq!(desk.noted(archive).notebook().on(&ship).unwrap().notes.len(), 32);
}

#[test]
fn an_article_of_a_web_page_in_one_line_is_not_told_by_the_line_of_another() {
    let desk = Desk::new();
    fs::remove_file(desk.fixture.corpus().join("page.txt")).unwrap();
    fs::write(desk.fixture.corpus().join("page.html"), web_page()).unwrap();
    let archive = desk.ingest();
    let times = FileTimes::read(&archive).unwrap();
    let new = |since: &NewSince| {
        let mut found = Vec::new();
        let visit = &mut |_: Record, article: ToldArticle| {
            found.push(article);
            ControlFlow::Continue(())
        };
        times.for_each_new(&archive, &Request::default(), since, visit).unwrap();
        found
    };
    let mut told = Told::default();
    let all = new(&NewSince::Told(told.clone()));
    assert_eq!(all.len(), 2);
    told.add(&all[0]);
    assert_eq!(new(&NewSince::Told(told)), all[1..]);
}
