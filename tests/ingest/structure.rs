//! What people decide about lines, characters and reprints is in the archive after the next ingest, and
//! everything that was found before is found still.

use dibao::curation::CurationFolder;
use dibao::model::{ArticleId, Change, LineRange, LineRole, TextCorrection, UnplacedReason};
use dibao::present::{CorrectError, Decision, Target, correct, find_single, take_back};
use dibao::search::TextField;

use super::*;

pub(super) const WELL: &str = "镇里的老水井今年重新淘了一遍，井壁换上青石，井台加了护栏，附近三十户人家又喝上了井水。淘井的师傅说，这口井少说也有两百年。";
pub(super) const SHIP: &str = "船厂昨天把最后一条木帆船送进了展览馆，船身上的桐油还没有干透。掌墨师傅站在船头，舍不得下来，说往后再也造不出这样的船了。";

fn page() -> String {
    format!(
        "老水井换了青石壁\n本报讯（记者 甘棠）{WELL}\n木帆船进了展览馆\n本报讯（记者 甘棠）{SHIP}\n供应上等桐油 电话三〇五\n"
    )
}

/// A corpus with a page, and the folder of decisions about it.
pub(super) struct Desk {
    pub(super) fixture: Fixture,
    pub(super) folder: CurationFolder,
    decided: std::cell::Cell<i64>,
}

impl Desk {
    pub(super) fn new() -> Self {
        let fixture = Fixture::new();
        fs::write(fixture.corpus().join("page.txt"), page()).unwrap();
        let folder = CurationFolder::beside(&fixture.corpus());
        let desk = Self { fixture, folder, decided: std::cell::Cell::new(0) };
        desk.ingest();
        desk
    }

    fn plan(&self) -> IngestPlan {
        IngestPlan { curation: Some(self.folder.clone()), ..self.fixture.plan() }
    }

    pub(super) fn ingest(&self) -> Archive {
        run(&self.plan(), &()).unwrap();
        self.fixture.archive()
    }

    pub(super) fn decision(&self) -> Decision {
        self.decided.set(self.decided.get() + 1);
        let at = jiff::Timestamp::from_second(1_700_000_000 + self.decided.get()).unwrap();
        Decision { by: "丁一".to_owned(), why: String::new(), at }
    }

    /// Decides, ingests, and compares with an archive that is made from nothing.
    pub(super) fn decide(&self, target: &Target, change: Change) -> Archive {
        let (archive, corpus) = (self.fixture.archive(), self.fixture.corpus());
        correct(&archive, &corpus, &self.folder, target, change, &self.decision(), None).unwrap();
        self.ingested_as_anew()
    }

    fn ingested_as_anew(&self) -> Archive {
        let archive = self.ingest();
        let clean = self.fixture.folder.path().join("clean");
        let _ = fs::remove_dir_all(&clean);
        run(&IngestPlan { index: clean.clone(), ..self.plan() }, &()).unwrap();
        assert_eq!(exported(&archive), exported(&Archive::open(&clean).unwrap()));
        let check = archive.check_literals(400, 7).unwrap();
        assert!(check.holds(), "{check:?}");
        archive
    }
}

fn lines(first: u32, last: u32) -> Target {
    Target::Lines { file: "page.txt".to_owned(), rows: vec![LineRange(first, last)] }
}

/// Ids and lines of all articles.
pub(super) fn articles(archive: &Archive) -> Vec<(ArticleId, Vec<LineRange>)> {
    let records = exported(archive).into_iter();
    let records = records.map(|record| serde_json::from_str::<Record>(&record).unwrap());
    records.map(|record| (record.id, record.lines)).collect()
}

pub(super) fn get(archive: &Archive, id: &ArticleId) -> Record {
    find_single(archive, &id.0).unwrap().unwrap()
}

#[test]
fn an_old_id_leads_to_the_article_that_it_was_joined_to_and_is_its_own_again_when_that_is_undone() {
    let desk = Desk::new();
    let before = articles(&desk.fixture.archive());
    let [(well, _), (ship, _)] = before.as_slice() else { panic!("{before:?}") };
    let archive = desk.decide(&Target::Article(well.clone()), Change::Joins(ship.clone()));
    let joined = get(&archive, ship);
    assert_eq!((&joined.id, &joined.former_ids), (well, &vec![ship.clone()]));
    assert_eq!(joined.corrections[0].field, "joins");
    assert_eq!(count(&archive, &format!("编号:{ship}")), 1);

    // Cut at the same line again, it is the article that it was.
    let archive = desk.decide(&lines(3, 3), Change::Begins);
    let parted = articles(&archive);
    assert_eq!(
        parted.iter().map(|(_, lines)| lines).collect::<Vec<_>>(),
        [&vec![LineRange(1, 2)], &before[1].1]
    );
    assert_eq!(&parted[0].0, well);
    assert_eq!(get(&archive, ship).title.as_deref(), Some("木帆船进了展览馆"));

    let entry = get(&archive, ship).corrections[0].entry.clone();
    take_back(&desk.folder, None, &entry, &desk.decision(), None).unwrap();
    let archive = desk.ingested_as_anew();
    assert_eq!(articles(&archive).len(), 1);
    let entry = get(&archive, well).corrections[0].entry.clone();
    take_back(&desk.folder, None, &entry, &desk.decision(), None).unwrap();
    assert_eq!(articles(&desk.ingested_as_anew()), before);
}

#[test]
fn lines_of_an_advertisement_are_in_no_article_and_accounted_for() {
    let desk = Desk::new();
    let archive = desk.decide(&lines(5, 5), Change::Lines(LineRole::Advertisement));
    assert_eq!(count(&archive, "\"上等桐油\""), 0);
    let report = archive.file_report("page.txt").unwrap().unwrap();
    assert_eq!(report.elsewhere, [(LineRange(5, 5), LineRole::Advertisement)]);
}

#[test]
fn what_is_printed_is_found_and_marked_where_it_was_corrected() {
    let desk = Desk::new();
    let ship = articles(&desk.fixture.archive())[1].0.clone();
    let text = |before: &str, from: &str, to: &str| {
        let own = str::to_owned;
        TextCorrection { from: own(from), to: own(to), before: own(before), after: String::new() }
    };
    let of = || Target::Article(ship.clone());
    desk.decide(&of(), Change::Text(text("一条", "木帆船", "乌篷船")));
    desk.decide(&of(), Change::Title("乌篷船进了展览馆".to_owned()));
    let archive = desk.decide(&of(), Change::Text(text("舍不", "得", "肯")));
    let record = get(&archive, &ship);
    assert_eq!(record.title.as_deref(), Some("乌篷船进了展览馆"));
    assert!(record.body.contains("最后一条乌篷船") && record.body.contains("舍不肯下来"));
    for printed in ["\"木帆船\"", "\"后一条木帆船送进\"", "标题:木帆船", "正文:\"舍不得下来\""]
    {
        let query = query::parse(printed).unwrap();
        let found = archive.search(&Request { query, limit: 1, ..Request::default() }).unwrap();
        assert_eq!(found.total, 1, "{printed}");
        let marked: Vec<&str> = (found.hits[0].highlights.iter())
            .flat_map(|marked| marked.spans.iter().map(move |span| (marked.field, span)))
            .filter_map(|(field, span): (TextField, _)| field.of(&record)?.get(span.clone()))
            .collect();
        assert!(
            marked.iter().any(|marked| marked.contains("乌篷船") || *marked == "舍不肯下来"),
            "{printed}: {marked:?}"
        );
    }
    assert_eq!(count(&archive, "正文:\"木帆船进了\""), 0, "a headline is no body");
}

#[test]
fn a_decision_on_a_reprint_stands_whatever_the_texts() {
    let desk = Desk::new();
    fs::write(desk.fixture.corpus().join("reprint.txt"), page()).unwrap();
    let archive = desk.ingest();
    let all = articles(&archive);
    let [well, ship, well_again, ship_again] =
        all.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(get(&archive, &well_again).reprint_of, Some(well.clone()));
    let of = |id: &ArticleId| Target::Article(id.clone());
    let archive = desk.decide(&of(&well_again), Change::ReprintOf(String::new()));
    assert_eq!(get(&archive, &well_again).reprint_of, None);
    assert_eq!(get(&archive, &ship_again).reprint_of, Some(ship.clone()));
    let archive = desk.decide(&of(&well_again), Change::ReprintOf(ship_again.0.clone()));
    assert_eq!(get(&archive, &well_again).reprint_of, Some(ship));
}

fn text(from: &str, to: &str) -> Change {
    let (from, to) = (from.to_owned(), to.to_owned());
    Change::Text(TextCorrection { from, to, ..TextCorrection::default() })
}

/// Every decision is followed by a check of what is found and marked.
#[test]
fn what_was_taken_out_is_found_still_and_marked_by_what_is_beside_it() {
    let desk = Desk::new();
    let ship = articles(&desk.fixture.archive())[1].0.clone();
    let of = || Target::Article(ship.clone());
    desk.decide(&of(), text("本报讯", ""));
    desk.decide(&of(), text("（记者", ""));
    let archive = desk.decide(&of(), Change::Title(String::new()));
    let record = get(&archive, &ship);
    assert_eq!(record.title, None);
    let marked = |printed: &str| {
        let query = query::parse(printed).unwrap();
        let found = archive.search(&Request { query, limit: 9, ..Request::default() }).unwrap();
        let hit = found.hits.into_iter().find(|hit| hit.record.id == ship);
        let all = hit.unwrap().highlights.into_iter();
        let fields = all.map(|of| (of.field, of.spans));
        fields.collect::<Vec<_>>()
    };
    assert_eq!(marked("\"木帆船进了\""), [], "nothing stands there any more");
    let spans = match marked("\"本报讯\"").as_slice() {
        [(TextField::Body, spans)] => spans.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(spans.len(), 1);
    assert_eq!(record.body.get(spans[0].clone()).map(|marked| marked.chars().count()), Some(1));
}

#[test]
fn a_text_that_stands_in_several_places_is_refused_before_it_is_written() {
    let desk = Desk::new();
    let ship = articles(&desk.fixture.archive())[1].0.clone();
    let of = || Target::Article(ship.clone());
    let refused = |change: Change| {
        let (archive, corpus) = (desk.fixture.archive(), desk.fixture.corpus());
        let decided =
            correct(&archive, &corpus, &desk.folder, &of(), change, &desk.decision(), None);
        match decided {
            Err(CorrectError::Value(reason)) => reason,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(text("木帆船", "乌篷船")), UnplacedReason::AmbiguousText { places: 2 });
    assert_eq!(refused(text("铁船", "木船")), UnplacedReason::NoSuchText);
    let archive = desk.decide(&of(), text("木帆船送", "乌篷船送"));
    assert!(get(&archive, &ship).body.contains("乌篷船送"));
    // Both what is printed and what stands there now can be named.
    assert_eq!(refused(text("铁船送", "木船送")), UnplacedReason::NoSuchText);
    desk.decide(&of(), text("木帆船送", "木舟送"));
    let archive = desk.decide(&of(), text("舟送", "船送"));
    let record = get(&archive, &ship);
    assert!(record.body.contains("最后一条木船送"), "{}", record.body);
    assert_eq!(archive.file_report("page.txt").unwrap().unwrap().unplaced, []);
}
