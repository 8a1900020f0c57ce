//! What becomes of people's decisions when files are moved, renamed, edited and removed, and when the
//! files of decisions are strange.

use dibao::curation::Corrections;
use dibao::model::{Change, UnplacedReason};
use dibao::present::{CurationState, EntryState};

use super::curated::{
    PAGE, anew, curated, day, decide, fixture, folder, person, records, said, states, titled,
};
use super::*;

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
    let without: Vec<&str> = PAGE.lines().filter(|line| !line.contains("茶")).collect();
    fs::write(&page, without.join("\n") + "\n").unwrap();
    fs::rename(fixture.corpus().join("b.jsonl"), fixture.folder.path().join("b")).unwrap();
    let summary = run(&curated(&fixture), &()).unwrap();
    assert_eq!(summary.corrections_unplaced, 2, "one without its lines, one without its file");
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

#[test]
fn a_run_over_some_files_decides_as_one_over_all() {
    let fixture = fixture();
    let mut person = person();
    let tea = titled(&fixture.archive(), "老茶馆搬进新院子");
    decide(&fixture, &mut person, &tea.id, day("2023-03-01")).unwrap();
    let path = |name: &str| fixture.corpus().join(name);
    let edited = format!("{PAGE}\n后来添的一行。\n");
    for folder in ["甲", "乙"] {
        fs::create_dir_all(path(folder)).unwrap();
        fs::write(path(folder).join("一版.txt"), &edited).unwrap();
    }
    fs::remove_file(path("镇报/一版.txt")).unwrap();
    let plan = |folder: &str| IngestPlan { paths: vec![path(folder)], ..curated(&fixture) };
    // Two files have its lines, whichever of them the run looks at.
    let summary = run(&plan("甲"), &()).unwrap();
    assert_eq!((summary.corrections, summary.corrections_unplaced), (0, 1));
    fs::remove_file(path("乙/一版.txt")).unwrap();
    let summary = run(&plan("甲"), &()).unwrap();
    assert_eq!((summary.corrections, summary.corrections_unplaced), (1, 0));
}

#[test]
fn a_few_words_in_the_old_place_do_not_keep_what_was_decided_about_a_file_that_moved() {
    let fixture = fixture();
    let path = |name: &str| fixture.corpus().join(name);
    let content = fixture.archive().file_report("镇报/一版.txt").unwrap().unwrap().hash;
    let hand = format!(
        "[[correction]]\nfile = \"镇报/一版.txt\"\ncontent = \"{content}\"\nlines = [[5, 5]]\n\
         quote = [\"老茶馆搬进新院子\"]\nfield = \"text\"\nby = \"丁一\"\n\
         now = {{ from = \"六十年\", to = \"六十一年\" }}\nat = \"2024-01-01T00:00:00Z\"\n"
    );
    let entries = folder(&fixture).path().join("corrections/a.toml");
    fs::create_dir_all(entries.parent().unwrap()).unwrap();
    fs::write(entries, hand).unwrap();
    fs::create_dir_all(path("旧藏")).unwrap();
    fs::rename(path("镇报/一版.txt"), path("旧藏/甲.txt")).unwrap();
    let other = "老茶馆搬进新院子\n本报讯 开了六十年的另一家茶馆，也搬进了新院子，桌椅照旧。\n";
    fs::write(path("镇报/一版.txt"), other).unwrap();
    run(&curated(&fixture), &()).unwrap();
    let archive = fixture.archive();
    assert!(said(&archive, "六十一年").source.ends_with("旧藏/甲.txt"));
    assert!(said(&archive, "另一家茶馆").body.contains("六十年"));
}

/// Two articles with one stated id and one that is said nothing of, in batches of their own: what is
/// not read of a line fills them.
#[test]
fn decisions_about_a_file_of_several_batches_are_about_one_article_each() {
    const BATCH: usize = 5 << 20;
    let fixture = fixture();
    let rest = "x".repeat(BATCH);
    let line = |body: &str, id: &str| {
        format!("{{\"id\":\"{id}\",\"title\":\"渡口\",\"body\":\"{body}\",\"rest\":\"{rest}\"}}\n")
    };
    let id = "k7q2m9x4t1vd";
    let write = |above: &str| {
        let lines =
            [line("渡口换了新船。", id), line("渡口换了新船。", id), line("集市照旧。", "z")];
        fs::write(fixture.corpus().join("c.jsonl"), format!("{above}{}", lines.concat())).unwrap();
    };
    write("");
    run(&curated(&fixture), &()).unwrap();
    let ferries = |archive: &Archive| -> Vec<Record> {
        records(archive).into_iter().filter(|record| record.source == "c.jsonl").collect()
    };
    let before = ferries(&fixture.archive());
    assert_eq!(before.len(), 3);
    let mut person = person();
    for (place, record) in before.iter().enumerate() {
        let page = Change::Page(format!("A0{place}"));
        decide(&fixture, &mut person, &record.id, page).unwrap();
    }
    run(&curated(&fixture), &()).unwrap();
    let pages = |archive: &Archive| -> Vec<String> {
        ferries(archive).into_iter().map(|record| record.page.unwrap_or_default()).collect()
    };
    assert_eq!(pages(&fixture.archive()), ["A00", "A01", "A02"]);
    let state = || states(&fixture);
    assert_eq!(state(), vec![EntryState::Applied; 3]);
    // The batches begin elsewhere.
    write("{\"title\":\"桥\",\"body\":\"桥通了。\"}\n");
    let summary = run(&curated(&fixture), &()).unwrap();
    assert_eq!((summary.corrections, summary.corrections_unplaced), (3, 0));
    assert_eq!(pages(&fixture.archive()), ["", "A00", "A01", "A02"]);
    fs::remove_file(fixture.corpus().join("c.jsonl")).unwrap();
    assert_eq!(run(&curated(&fixture), &()).unwrap().corrections_unplaced, 3);
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
    // Two values that are not known or have no place, one about no file, one that takes nothing back.
    assert_eq!(summary.corrections_unplaced, 4);
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
}

/// What can happen to a file.
#[derive(Debug, Clone)]
enum Fate {
    /// Another folder and another name.
    Moved(u8, u8),
    /// So many lines come above.
    Above(usize),
    /// A line is gone.
    Without(usize),
    /// A line says something else.
    Changed(usize),
    /// There are two of it.
    Copied(u8),
    Removed,
}

fn fates() -> impl Strategy<Value = Vec<(usize, Fate)>> {
    let fate = prop_oneof![
        4 => (0..3_u8, 0..3_u8).prop_map(|(folder, name)| Fate::Moved(folder, name)),
        2 => (1..5_usize).prop_map(Fate::Above),
        2 => (0..9_usize).prop_map(Fate::Without),
        2 => (0..9_usize).prop_map(Fate::Changed),
        1 => (0..3_u8).prop_map(Fate::Copied),
        1 => Just(Fate::Removed),
    ];
    proptest::collection::vec((0..2_usize, fate), 1..5)
}

/// The files of a corpus with two files and what became of them.
fn befall(fixture: &Fixture, files: &mut Vec<PathBuf>, which: usize, fate: &Fate) {
    let Some(path) = files.get(which % files.len().max(1)).cloned() else { return };
    let ending = path.extension().unwrap().to_str().unwrap().to_owned();
    let place = |folder: u8, name: u8| {
        let folder = fixture.corpus().join(format!("卷{folder}"));
        fs::create_dir_all(&folder).unwrap();
        folder.join(format!("第{name}页.{ending}"))
    };
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let write = |lines: Vec<String>| fs::write(&path, lines.join("\n") + "\n").unwrap();
    let own = || lines.iter().map(ToString::to_string);
    match *fate {
        Fate::Moved(folder, name) => {
            let to = place(folder, name);
            fs::rename(&path, &to).unwrap();
            files.retain(|file| *file != path && *file != to);
            files.push(to);
        }
        Fate::Above(_) | Fate::Changed(_) if ending == "jsonl" => {
            let more = "{\"title\":\"添上的\",\"body\":\"后来添上的一条。\"}".to_owned();
            write([more].into_iter().chain(own()).collect());
        }
        Fate::Above(more) => {
            let above = (0..more).map(|line| format!("后来添在上面的第{line}行。"));
            write(above.chain(own()).collect());
        }
        Fate::Without(line) => {
            let kept = own().enumerate().filter(|(place, _)| *place != line);
            write(kept.map(|(_, line)| line).collect());
        }
        Fate::Changed(line) => {
            let changed = own().enumerate();
            let changed = changed
                .map(|(place, text)| if place == line { "改了的一行。".into() } else { text });
            write(changed.collect());
        }
        Fate::Copied(name) => {
            let to = place(7, name);
            fs::copy(&path, &to).unwrap();
            files.retain(|file| *file != to);
            files.push(to);
        }
        Fate::Removed => {
            fs::remove_file(&path).unwrap();
            files.retain(|file| *file != path);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Whatever becomes of the files: each decision is applied, and shown where it is, or listed; and
    /// the archive is that which a new one would be.
    #[test]
    fn every_decision_is_applied_or_listed_whatever_becomes_of_the_files(fates in fates()) {
        let fixture = fixture();
        let mut person = person();
        for (place, record) in records(&fixture.archive()).into_iter().enumerate() {
            let page = Change::Page(format!("A{place:02}"));
            decide(&fixture, &mut person, &record.id, page).unwrap();
        }
        let mut files: Vec<PathBuf> =
            ["镇报/一版.txt", "b.jsonl"].map(|name| fixture.corpus().join(name)).into();
        for (which, fate) in &fates {
            befall(&fixture, &mut files, *which, fate);
            let plan = IngestPlan { allow_empty: true, ..curated(&fixture) };
            run(&plan, &()).unwrap();
            let archive = fixture.archive();
            let state = CurationState::read(&archive, &fixture.corpus(), &folder(&fixture)).unwrap();
            prop_assert_eq!(state.entries.len(), 5);
            let records = records(&archive);
            for (entry, state) in &state.entries {
                let shown = records.iter().filter(|record| {
                    let applied = record.corrections.iter().any(|by| by.entry == entry.id);
                    applied && record.page.as_deref() == Some(&entry.change.now())
                });
                match state {
                    EntryState::Applied => prop_assert_eq!(shown.count(), 1),
                    EntryState::Unplaced { .. } => prop_assert_eq!(shown.count(), 0),
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            let clean = fixture.folder.path().join("anew");
            let _ = fs::remove_dir_all(&clean);
            run(&IngestPlan { index: clean.clone(), ..plan }, &()).unwrap();
            prop_assert_eq!(exported(&archive), exported(&Archive::open(&clean).unwrap()));
        }
    }
}
