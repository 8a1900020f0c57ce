//! What people decide outlives every ingest: whatever the order, wherever files go, whoever writes.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};

use dibao::curation::{Corrections, CurationFolder, Entries};
use dibao::model::{
    Anchor, ArticleId, Basis, Change, Correction, Days, EntryId, Kind, LineRange, UnplacedReason,
};
use dibao::present::{
    CorrectError, CurationState, Decision, EntryState, Target, correct, revision, take_back,
};
use dibao::search::Filters;

use super::*;

/// Who the next decisions are of, and when they are made.
struct Person<'a> {
    name: &'a str,
    second: i64,
}

impl Person<'_> {
    fn decides(&mut self) -> Decision {
        self.second += 1;
        let at = jiff::Timestamp::from_second(1_700_000_000 + self.second).unwrap();
        Decision { by: self.name.to_owned(), why: "查原报".to_owned(), at }
    }
}

fn person() -> Person<'static> {
    Person { name: "丁一", second: 0 }
}

const PAGE: &str = "\
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

fn folder(fixture: &Fixture) -> CurationFolder {
    CurationFolder::beside(&fixture.corpus())
}

fn curated(fixture: &Fixture) -> IngestPlan {
    IngestPlan { curation: Some(folder(fixture)), ..fixture.plan() }
}

fn fixture() -> Fixture {
    let fixture = Fixture::new();
    fs::create_dir_all(fixture.corpus().join("镇报")).unwrap();
    fs::write(fixture.corpus().join("镇报/一版.txt"), PAGE).unwrap();
    fixture.write("b.jsonl", &["2月3日，新密市修好了北街的路灯。", "西坡的柿子红了。"]);
    run(&curated(&fixture), &()).unwrap();
    fixture
}

/// All records, in the order of the export.
fn records(archive: &Archive) -> Vec<Record> {
    exported(archive).iter().map(|record| serde_json::from_str(record).unwrap()).collect()
}

fn titled(archive: &Archive, title: &str) -> Record {
    let mut found = records(archive).into_iter();
    found.find(|record| record.title.as_deref() == Some(title)).expect(title)
}

fn said(archive: &Archive, words: &str) -> Record {
    let mut found = records(archive).into_iter();
    found.find(|record| record.body.contains(words)).expect(words)
}

fn decide(
    fixture: &Fixture,
    person: &mut Person<'_>,
    article: &ArticleId,
    change: Change,
) -> Result<Correction, CorrectError> {
    let target = Target::Article(article.clone());
    let (archive, corpus, folder) = (fixture.archive(), fixture.corpus(), folder(fixture));
    correct(&archive, &corpus, &folder, &target, change, person.decides(), None)
}

fn day(typed: &str) -> Change {
    Change::Date(Days::read(typed).unwrap())
}

fn states(fixture: &Fixture) -> Vec<EntryState> {
    let state = CurationState::read(&fixture.archive(), &fixture.corpus(), &folder(fixture));
    state.unwrap().entries.into_iter().map(|(_, state)| state).collect()
}

/// What an index made from nothing would give with what people decided.
fn anew(fixture: &Fixture, curation: &CurationFolder) -> Vec<String> {
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
    let undo = take_back(&folder(&fixture), &written.id, person.decides(), None).unwrap();
    run(&curated(&fixture), &()).unwrap();
    assert_eq!(titled(&fixture.archive(), "渡口镇新桥通车"), bridge);
    take_back(&folder(&fixture), &undo.id, person.decides(), None).unwrap();
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
    let seen = revision(&folder, "镇报/一版.txt", Some(&id)).unwrap();
    let decide = |name: &str, change: Change, seen| {
        let decision = Person { name, second: 0 }.decides();
        correct(&archive, &corpus, &folder, &target, change, decision, seen)
    };
    let first = decide("甲", day("2023-02-09"), Some(&seen)).unwrap();
    let refused = decide("乙", day("2023-02-10"), Some(&seen)).unwrap_err();
    let CorrectError::Conflict(others) = refused else { panic!("{refused}") };
    assert_eq!(others, [first]);
    // Something else of the same article is no conflict.
    decide("乙", Change::Kind(Kind::Photo), Some(&seen)).unwrap();
    // Who has seen it decides later, whatever the clocks say.
    let now = revision(&folder, "镇报/一版.txt", Some(&id)).unwrap();
    let second = decide("乙", day("2023-02-10"), Some(&now)).unwrap();
    assert!(second.at > others[0].at);
    run(&curated(&fixture), &()).unwrap();
    let date = titled(&fixture.archive(), "渡口镇新桥通车").date.value.unwrap();
    assert_eq!(date.to_string(), "2023-02-10");
}

#[test]
fn decisions_follow_files_that_are_moved_renamed_and_edited_above() {
    let fixture = fixture();
    let mut person = person();
    let archive = fixture.archive();
    let (tea, lamps) = (titled(&archive, "老茶馆搬进新院子"), said(&archive, "路灯"));
    decide(&fixture, &mut person, &tea.id, day("2023-03-01")).unwrap();
    let change = Change::Districts(vec!["mentioned:登封市".into(), "新密市".into()]);
    decide(&fixture, &mut person, &lamps.id, change).unwrap();
    let holds = |what: &str| {
        let summary = run(&curated(&fixture), &()).unwrap();
        assert_eq!(summary.corrections_unplaced, 0, "{what}");
        assert_eq!(states(&fixture), [EntryState::Applied, EntryState::Applied], "{what}");
        let archive = fixture.archive();
        let date = titled(&archive, "老茶馆搬进新院子").date.value.unwrap();
        assert_eq!(date.to_string(), "2023-03-01", "{what}");
        let lamps = said(&archive, "路灯");
        let names: Vec<&str> = lamps.districts.iter().map(|place| place.name.as_str()).collect();
        assert_eq!(names, ["新密市", "登封市"], "{what}");
        assert_eq!(exported(&archive), anew(&fixture, &folder(&fixture)), "{what}");
    };
    holds("as decided");
    let path = |name: &str| fixture.corpus().join(name);
    fs::create_dir_all(path("旧藏/二")).unwrap();
    fs::rename(path("镇报/一版.txt"), path("旧藏/二/一版.txt")).unwrap();
    fs::rename(path("b.jsonl"), path("旧藏/c.jsonl")).unwrap();
    holds("moved and renamed");
    let above =
        "集市改到河东\n本报讯（记者 甘棠）从下月起，逢五的集市改到河东的空场上，河西只留菜摊。\n\n";
    fs::write(path("旧藏/二/一版.txt"), format!("{above}{PAGE}")).unwrap();
    holds("edited above");
    fs::rename(path("旧藏/二"), path("新藏")).unwrap();
    holds("moved after an edit");
    let neighbour = PAGE.replace("新桥通车，两岸", "新桥昨天通车，两岸") + "\n后来添的一行。\n";
    fs::write(path("新藏/一版.txt"), neighbour).unwrap();
    holds("neighbours changed");
    fs::write(path("镇报/一版.txt"), "另一份。\n本报讯 镇上的戏台重新上了漆，戏班下月来唱三天。\n")
        .unwrap();
    holds("another file in the old place");
}

#[test]
fn what_no_longer_fits_is_listed_with_what_it_said_and_comes_back() {
    let fixture = fixture();
    let mut person = person();
    let archive = fixture.archive();
    let (tea, lamps) = (titled(&archive, "老茶馆搬进新院子"), said(&archive, "路灯"));
    decide(&fixture, &mut person, &tea.id, day("2023-03-01")).unwrap();
    decide(&fixture, &mut person, &lamps.id, Change::Genre("短讯".into())).unwrap();
    let page = fixture.corpus().join("镇报/一版.txt");
    let without: String =
        PAGE.lines().filter(|line| !line.contains("茶")).map(|line| format!("{line}\n")).collect();
    fs::write(&page, without).unwrap();
    fs::rename(fixture.corpus().join("b.jsonl"), fixture.folder.path().join("b")).unwrap();
    let summary = run(&curated(&fixture), &()).unwrap();
    assert_eq!(summary.corrections_unplaced, 1);
    let report = fixture.archive().file_report("镇报/一版.txt").unwrap().unwrap();
    let told = &report.unplaced[0];
    assert_eq!((told.now.as_str(), &told.reason), ("2023-03-01", &UnplacedReason::LinesGone));
    let unplaced = |reason| EntryState::Unplaced { reason };
    let expected = [unplaced(UnplacedReason::LinesGone), unplaced(UnplacedReason::FileGone)];
    assert_eq!(states(&fixture), expected);
    fs::write(&page, PAGE).unwrap();
    fs::rename(fixture.folder.path().join("b"), fixture.corpus().join("b.jsonl")).unwrap();
    run(&curated(&fixture), &()).unwrap();
    assert_eq!(states(&fixture), [EntryState::Applied, EntryState::Applied]);
    assert_eq!(said(&fixture.archive(), "路灯").genre.unwrap().label, "短讯");
}

const HOSTILE: &str = r#"
not an entry at all

[[correction]]
file = "../../etc/passwd"
field = "title"
now = "x"
by = "m"
at = "2024-01-01T00:00:00Z"

[[correction]]
file = "镇报/一版.txt"
quote = ["渡口镇新桥通车"]
field = "date"
now = "2023年"
by = "m"
at = "2024-01-01T00:00:00Z"

[[correction]]
file = "镇报/一版.txt"
field = "no_such_field"
now = 3
by = "m"
at = "2024-01-01T00:00:00Z"

[[correction]]
file = "镇报/一版.txt"
quote = ["渡口镇新桥通车"]
lines = [[4294967295, 1], [0, 0]]
field = "districts"
now = ["无此市"]
by = "m"
at = "2024-01-01T00:00:00Z"

[[correction]]
file = "镇报/一版.txt"
lines = [[4294967295, 1]]
quote = ["渡口镇新桥通车"]
field = "pieces"
by = "m"
at = "9999-12-30T00:00:00Z"

[[correction]]
why = """
[[correction]]
file = "镇报/一版.txt"

[[correction]]
file = "镇报/一版.txt"
quote = ["渡口镇新桥通车"]
field = "page"
now = "A05"
by = "丁一"
at = "2024-01-01T00:00:00Z"

[[correction]]
file = "镇报/一版.txt"
field = "undo"
now = "zzzzzzzzzzzz"
by = "m"
at = "2024-01-01T00:00:00Z"
"#;

#[test]
fn a_hostile_file_is_refused_entry_by_entry() {
    let fixture = fixture();
    let entries = folder(&fixture).path().join("corrections");
    fs::create_dir_all(entries.join("镇报")).unwrap();
    fs::write(entries.join("镇报/一版.txt.toml"), HOSTILE).unwrap();
    fs::write(entries.join("bytes.toml"), b"\xff\xfe[[correction]]\x00\n[[[[[[").unwrap();
    let summary = run(&curated(&fixture), &()).unwrap();
    assert_eq!(summary.corrections, 1);
    let archive = fixture.archive();
    assert_eq!(titled(&archive, "渡口镇新桥通车").page.as_deref(), Some("A05"));
    let others = records(&archive).into_iter().filter(|record| !record.corrections.is_empty());
    assert_eq!(others.count(), 1);
    let corrections = Corrections::load(&folder(&fixture)).unwrap();
    assert!(corrections.faults().len() >= 5, "{:?}", corrections.faults());
    let refused: Vec<&UnplacedReason> =
        corrections.refused().iter().map(|refused| &refused.reason).collect();
    assert_eq!(refused, [&UnplacedReason::NothingToUndo]);
    let listed = states(&fixture);
    let unplaced = listed.iter().filter(|state| matches!(state, EntryState::Unplaced { .. }));
    assert_eq!((listed.len(), unplaced.count()), (5, 4), "{listed:?}");
    // What is refused stays where it is, and what is decided is added to it.
    let id = titled(&archive, "老茶馆搬进新院子").id;
    decide(&fixture, &mut person(), &id, day("2023")).unwrap();
    let written = fs::read_to_string(entries.join("镇报/一版.txt.toml")).unwrap();
    assert!(written.starts_with(HOSTILE.trim_end()), "{written}");
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
            entries.push(take_back(&folder, &entry.id, person.decides(), None).unwrap());
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

fn entry(by: &str, number: i64) -> Correction {
    Correction {
        id: EntryId::default(),
        article: None,
        anchor: Anchor {
            file: "镇报/一版.txt".into(),
            lines: vec![LineRange(1, 1)],
            ..Anchor::default()
        },
        change: Change::Page(number.to_string()),
        was: String::new(),
        by: by.to_owned(),
        at: jiff::Timestamp::from_millisecond(1_700_000_000_000 + number).unwrap(),
        why: "写".repeat(200),
    }
    .identified()
}

const WRITER: &str = "DIBAO_TEST_WRITER";

/// Writes entries until it is killed, or a hundred, and says of each when it is written.
#[test]
fn writing_process() {
    let Some(place) = std::env::var_os(WRITER) else { return };
    let place = place.into_string().unwrap();
    let (by, path) = place.split_once('@').unwrap();
    let folder = CurationFolder::new(path);
    for number in 0..100 {
        let entry = entry(by, number);
        let turn = folder.lock().unwrap();
        Corrections::add(&folder, &entry, &turn).unwrap();
        println!("written {}", entry.id);
    }
}

fn writer(by: &str, folder: &CurationFolder) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "curated::writing_process", "--nocapture"]);
    command.env(WRITER, format!("{by}@{}", folder.path().display()));
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// The ids that a writer says it has written; it is killed after so many.
fn written(mut child: Child, kill_after: usize) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for line in lines {
        let line = line.unwrap();
        if let Some((_, id)) = line.split_once("written ") {
            ids.insert(id.to_owned());
        }
        if ids.len() == kill_after {
            let _ = child.kill();
        }
    }
    child.wait().unwrap();
    ids
}

fn ids_in(folder: &CurationFolder) -> BTreeSet<String> {
    let read = Corrections::load(folder).unwrap();
    assert_eq!((read.faults(), read.refused()), (&[][..], &[][..]));
    read.entries().iter().map(|entry| entry.id.0.clone()).collect()
}

#[test]
fn a_kill_while_writing_loses_nothing_that_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let folder = CurationFolder::new(folder.path().join("k"));
    let mut all = BTreeSet::new();
    for (run, kill_after) in [1, 3, 9, 20, 45].into_iter().enumerate() {
        all.extend(written(writer(&format!("人{run}"), &folder), kill_after));
        let found = ids_in(&folder);
        assert!(all.is_subset(&found), "{:?}", all.difference(&found));
    }
    assert!(all.len() >= 78);
    let left: Vec<_> = fs::read_dir(folder.path().join("corrections/镇报")).unwrap().collect();
    assert!(left.len() <= 6, "what a kill leaves is hidden and not read: {left:?}");
}

#[test]
fn two_who_write_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = CurationFolder::new(folder.path().join("k"));
    let writers = [writer("甲", &folder), writer("乙", &folder)];
    let written: BTreeSet<String> =
        writers.into_iter().flat_map(|child| written(child, usize::MAX)).collect();
    assert_eq!(written.len(), 200);
    assert_eq!(ids_in(&folder), written);
}

#[test]
fn entries_by_hand_need_no_id_and_merged_files_are_one() {
    let hand = "[[correction]]\nfile = \"镇报/一版.txt\"\nquote = [\"老茶馆搬进新院子\"]\n\
                field = \"text\"\nnow = { from = \"六十年\", to = \"六十一年\" }\nby = \"丁一\"\n\
                at = \"2024-01-01T00:00:00Z\"\n";
    let fixture = fixture();
    let path = folder(&fixture).path().join("corrections/a.toml");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    // Two branches that both have it, merged by git.
    fs::write(&path, format!("# by hand\n{hand}\n{hand}")).unwrap();
    run(&curated(&fixture), &()).unwrap();
    assert_eq!(states(&fixture), [EntryState::Applied]);
    assert!(titled(&fixture.archive(), "老茶馆搬进新院子").body.contains("六十一年"));
    let empty = Corrections::of(Entries::default());
    assert!(empty.entries().is_empty());
}
