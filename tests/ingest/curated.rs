//! What people decide outlives every ingest: whatever the order, wherever files go, whoever writes.

use dibao::curation::{Corrections, CurationFolder};
use dibao::model::{ArticleId, Basis, Change, Correction, Days, Kind, UnplacedReason};
use dibao::present::{
    CorrectError, CurationState, Decision, EntryState, Target, correct, revision, take_back,
};
use dibao::search::Filters;

use super::*;

/// Who the next decisions are of, and when they are made.
pub(super) struct Person<'a> {
    name: &'a str,
    second: i64,
}

impl Person<'_> {
    pub(super) fn decides(&mut self) -> Decision {
        self.second += 1;
        let at = jiff::Timestamp::from_second(1_700_000_000 + self.second).unwrap();
        Decision { by: self.name.to_owned(), why: "查原报".to_owned(), at }
    }
}

pub(super) fn person() -> Person<'static> {
    Person { name: "丁一", second: 0 }
}

pub(super) const PAGE: &str = "\
渡口镇新桥通车
本报讯（记者 甘棠）2月9日，登封市渡口镇的新桥通车，两岸的学生上学不再绕行十里。镇里说，桥上今后只走小车。
全镇去年粮食产量达到3.5万吨，同比增长2%。

老茶馆搬进新院子
本报讯（记者 石榴）开了六十年的老茶馆上周搬进新院子，老茶客照旧坐在门口的长凳上听书。
掌柜说，说书的先生每逢集日都来。

磨坊重新转起来
本报讯（通讯员 白露）停了八年的水磨坊经过修补，昨天重新转起来，磨出了头一袋面粉。
守磨的老人说，水量够用到秋后。
";

pub(super) fn folder(fixture: &Fixture) -> CurationFolder {
    CurationFolder::beside(&fixture.corpus())
}

pub(super) fn curated(fixture: &Fixture) -> IngestPlan {
    IngestPlan { curation: Some(folder(fixture)), ..fixture.plan() }
}

pub(super) fn fixture() -> Fixture {
    let fixture = Fixture::new();
    fs::create_dir_all(fixture.corpus().join("镇报")).unwrap();
    fs::write(fixture.corpus().join("镇报/一版.txt"), PAGE).unwrap();
    fixture.write("b.jsonl", &["2月3日，新密市修好了北街的路灯。", "西坡的柿子红了。"]);
    run(&curated(&fixture), &()).unwrap();
    fixture
}

/// All records, in the order of the export.
pub(super) fn records(archive: &Archive) -> Vec<Record> {
    exported(archive).iter().map(|record| serde_json::from_str(record).unwrap()).collect()
}

pub(super) fn titled(archive: &Archive, title: &str) -> Record {
    let mut found = records(archive).into_iter();
    found.find(|record| record.title.as_deref() == Some(title)).expect(title)
}

pub(super) fn said(archive: &Archive, words: &str) -> Record {
    let mut found = records(archive).into_iter();
    found.find(|record| record.body.contains(words)).expect(words)
}

pub(super) fn decide(
    fixture: &Fixture,
    person: &mut Person<'_>,
    article: &ArticleId,
    change: Change,
) -> Result<Correction, CorrectError> {
    let target = Target::Article(article.clone());
    let (archive, corpus, folder) = (fixture.archive(), fixture.corpus(), folder(fixture));
    correct(&archive, &corpus, &folder, &target, change, &person.decides(), None)
}

pub(super) fn day(typed: &str) -> Change {
    Change::Date(Days::read(typed).unwrap())
}

pub(super) fn states(fixture: &Fixture) -> Vec<EntryState> {
    let state = CurationState::read(&fixture.archive(), &fixture.corpus(), &folder(fixture));
    state.unwrap().entries.into_iter().map(|(_, state)| state).collect()
}

/// What an index made from nothing would give with what people decided.
pub(super) fn anew(fixture: &Fixture, curation: &CurationFolder) -> Vec<String> {
    let index = fixture.folder.path().join("anew");
    let _ = fs::remove_dir_all(&index);
    let curation = Some(curation.clone());
    run(&IngestPlan { index: index.clone(), curation, ..fixture.plan() }, &()).unwrap();
    exported(&Archive::open(&index).unwrap())
}

#[test]
fn a_decision_stands_above_what_was_read_and_is_shown_as_whose_it_is() {
    let fixture = fixture();
    let bridge = titled(&fixture.archive(), "渡口镇新桥通车");
    let before = stated(&bridge);
    let mut person = person();
    let written = decide(&fixture, &mut person, &bridge.id, day("2023-02-09")).unwrap();
    assert_eq!(written.anchor.file, "镇报/一版.txt");
    let summary = run(&curated(&fixture), &()).unwrap();
    assert_eq!((summary.files_taken, summary.files_skipped), (1, 1), "only the file concerned");
    assert_eq!((summary.corrections, summary.corrections_unplaced), (1, 0));

    let after = titled(&fixture.archive(), "渡口镇新桥通车");
    assert_eq!(after.id, bridge.id);
    assert_eq!(after.date.value.map(|day| day.to_string()).as_deref(), Some("2023-02-09"));
    assert_eq!(after.date.basis, Basis::Curation);
    let [applied] = after.corrections.as_slice() else { panic!("{:?}", after.corrections) };
    assert_eq!((applied.field.as_str(), applied.by.as_str()), ("date", "丁一"));
    assert_eq!((applied.was.as_str(), applied.why.as_str()), (before.as_str(), "查原报"));
    // What is read by the date follows: the year of the harvest.
    let harvest = after.indicators.iter().find(|row| row.name.contains("粮食")).unwrap();
    let from = harvest.period.as_ref().and_then(|period| period.from).map(|day| day.to_string());
    assert_eq!(from.as_deref(), Some("2022-01-01"));
    let filters = Filters { from: "2023-02-09".parse().ok(), ..Filters::default() };
    let found = Request { filters, ..Request::default() };
    assert_eq!(fixture.archive().count(&found).unwrap(), 1);

    assert_eq!(run(&curated(&fixture), &()).unwrap().files_taken, 0);
    let undo = take_back(&folder(&fixture), None, &written.id, &person.decides(), None).unwrap();
    run(&curated(&fixture), &()).unwrap();
    assert_eq!(titled(&fixture.archive(), "渡口镇新桥通车"), bridge);
    take_back(&folder(&fixture), None, &undo.id, &person.decides(), None).unwrap();
    run(&curated(&fixture), &()).unwrap();
    assert_eq!(titled(&fixture.archive(), "渡口镇新桥通车"), after);
}

fn stated(record: &Record) -> String {
    dibao::curation::stated(record, &day(""))
}

#[test]
fn a_value_that_is_not_known_is_refused_and_nothing_is_written() {
    let fixture = fixture();
    let bridge = titled(&fixture.archive(), "渡口镇新桥通车").id;
    let nobody = &mut Person { name: " ", second: 0 };
    let unknown = ArticleId("000000000000".into());
    for (change, expected) in [
        (Change::Districts(vec!["无此市".into()]), "无此市"),
        (Change::Districts(vec!["鼓楼区".into()]), "鼓楼区"),
        (Change::Districts(vec!["邻近:登封市".into()]), "邻近:登封市"),
        (Change::Topics(vec!["能源".into(), "神话".into()]), "神话"),
        (Change::Title("两\n行".into()), "两\n行"),
    ] {
        let refused = decide(&fixture, &mut person(), &bridge, change).unwrap_err();
        let CorrectError::Value(UnplacedReason::UnknownValue { value }) = &refused else {
            panic!("{refused}")
        };
        assert_eq!(value, expected);
    }
    let refused = decide(&fixture, &mut person(), &bridge, Change::ReprintOf(unknown.0.clone()));
    assert!(matches!(refused, Err(CorrectError::NoArticle(_))));
    let refused = decide(&fixture, &mut person(), &unknown, day("2023"));
    assert!(matches!(refused, Err(CorrectError::NoArticle(_))));
    assert!(matches!(decide(&fixture, nobody, &bridge, day("2023")), Err(CorrectError::Nobody)));
    fs::write(fixture.corpus().join("镇报/一版.txt"), "换了。\n").unwrap();
    let refused = decide(&fixture, &mut person(), &bridge, day("2023"));
    assert!(matches!(refused, Err(CorrectError::Changed(_))));
    assert!(Corrections::load(&folder(&fixture)).unwrap().entries().is_empty());
}

#[test]
fn who_decides_on_what_another_decided_meanwhile_is_told() {
    let fixture = fixture();
    let (archive, corpus, folder) = (fixture.archive(), fixture.corpus(), folder(&fixture));
    let id = titled(&archive, "渡口镇新桥通车").id;
    let target = Target::Article(id.clone());
    let seen = revision(&archive, &folder, "镇报/一版.txt", Some(&id)).unwrap();
    let decide = |name: &str, change: Change, seen| {
        let decision = Person { name, second: 0 }.decides();
        correct(&archive, &corpus, &folder, &target, change, &decision, seen)
    };
    let first = decide("甲", day("2023-02-09"), Some(&seen)).unwrap();
    let refused = decide("乙", day("2023-02-10"), Some(&seen)).unwrap_err();
    let CorrectError::Conflict(others) = refused else { panic!("{refused}") };
    assert_eq!(others, [first]);
    // Something else of the same article is no conflict.
    decide("乙", Change::Kind(Kind::Photo), Some(&seen)).unwrap();
    // Who has seen it decides later, whatever the clocks say.
    let now = revision(&archive, &folder, "镇报/一版.txt", Some(&id)).unwrap();
    let second = decide("乙", day("2023-02-10"), Some(&now)).unwrap();
    assert!(second.at > others[0].at);
    run(&curated(&fixture), &()).unwrap();
    let date = titled(&fixture.archive(), "渡口镇新桥通车").date.value.unwrap();
    assert_eq!(date.to_string(), "2023-02-10");
}

/// A change of one of the articles, and how often the folder is rewritten.
fn changes() -> impl Strategy<Value = Vec<(usize, Change)>> {
    let text = prop_oneof![Just(String::new()), "[甲乙丙]{1,3}"];
    let change = prop_oneof![
        text.clone().prop_map(Change::Title),
        text.clone().prop_map(Change::Outlet),
        text.clone().prop_map(Change::Docno),
        text.prop_map(Change::Issuer),
        (1..28_i8).prop_map(|day| Change::Date(Days::read(&format!("2023-02-{day:02}")).unwrap())),
        Just(Change::Date(Days::default())),
        (2020..2024_i16)
            .prop_map(|year: i16| Change::IssueDate(Days::read(&year.to_string()).unwrap())),
        prop_oneof![Just(Kind::Document), Just(Kind::Photo)].prop_map(Change::Kind),
        Just(Change::Districts(vec!["登封市".into()])),
        Just(Change::Districts(Vec::new())),
        Just(Change::Topics(vec!["交通".into()])),
        Just(Change::Reporters(vec!["甲一".into(), "乙二".into()])),
        Just(Change::Places(vec!["渡口镇".into()])),
        Just(Change::Confirms(dibao::model::Review::Undated)),
    ];
    proptest::collection::vec((0..5_usize, change), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Deciding and ingesting, ingesting what was decided, and whatever the order of the entries and
    /// the files that they are in: one archive.
    #[test]
    fn corrections_and_ingest_commute(changes in changes(), undo in 0..4_usize, at in 0..5_usize) {
        let fixture = fixture();
        let ids: Vec<ArticleId> =
            records(&fixture.archive()).into_iter().map(|record| record.id).collect();
        let mut person = person();
        for (article, change) in changes {
            let id = &ids[article % ids.len()];
            decide(&fixture, &mut person, id, change).unwrap();
            if person.second as usize == at {
                run(&curated(&fixture), &()).unwrap();
            }
        }
        let folder = folder(&fixture);
        let mut entries = Corrections::load(&folder).unwrap().entries().to_vec();
        if let Some(entry) = entries.get(undo) {
            entries.push(take_back(&folder, None, &entry.id, &person.decides(), None).unwrap());
        }
        run(&curated(&fixture), &()).unwrap();
        let step_by_step = exported(&fixture.archive());
        prop_assert_eq!(&step_by_step, &anew(&fixture, &folder));

        let other = CurationFolder::new(fixture.folder.path().join("other"));
        for (place, entry) in entries.iter().enumerate().rev() {
            // Some twice, and in files of other names.
            for _ in 0..=place % 2 {
                let mut entry = entry.clone();
                let file = std::mem::replace(&mut entry.anchor.file, format!("{}", place % 3));
                let turn = other.lock().unwrap();
                let path = other.file("corrections", &entry.anchor.file).unwrap();
                entry.anchor.file = file;
                dibao::curation::append(&path, "correction", &entry, &turn).unwrap();
            }
        }
        let read = Corrections::load(&other).unwrap();
        let known = Corrections::load(&folder).unwrap();
        prop_assert_eq!(read.entries(), known.entries());
        prop_assert_eq!(&step_by_step, &anew(&fixture, &other));
    }
}
