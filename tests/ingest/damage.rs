//! Files of an index that are damaged, cut off or missing: each question has the right answer or an
//! error that names the file, and an ingest heals what it can.

use dibao::index::{Damage, Mend, verify};
use dibao::model::{ArticleId, FileWarning};
use dibao::search::{Filters, Granularity, IndexState};

use super::*;

/// Bits that are flipped, one at a time.
const FLIPS: usize = 300;

/// An index of some files in several parts, with a deleted article, reprints and dates.
fn fixture() -> Fixture {
    let fixture = Fixture::new();
    let line = |title: &str, body: &str, date: &str, district: &str| {
        let article = serde_json::json!({
            "title": title, "body": body, "date": date, "districts": [district],
        });
        article.to_string() + "\n"
    };
    let long = "春天来了，老桥边的桃花开了，渡口的茶馆里坐满了人，撑船的人说今年的水比去年的清。";
    for file in 0..4 {
        let text: String = (0..6)
            .map(|n| {
                let body = format!("第{file}卷第{n}条，桃花开了{n}次，梨花开了{file}次。");
                let date = format!("2023-0{}-1{n}", file + 1);
                line(&format!("花信{n}"), &body, &date, ["登封市", "新密市"][n % 2])
            })
            .collect();
        let reprint = line("老桥春色", long, "2023-02-02", "登封市");
        fs::write(fixture.corpus().join(format!("{file}.jsonl")), text + &reprint).unwrap();
        fixture.ingest();
    }
    let first = fixture.corpus().join("0.jsonl");
    let text = fs::read_to_string(&first).unwrap();
    fs::write(&first, text.split_once('\n').unwrap().1).unwrap();
    fixture.ingest();
    fixture
}

/// Every file of the index but the locks, which are empty.
fn files(index: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(index).sort_by_file_name().into_iter();
    let files = entries.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file());
    // What an ingest keeps to find reprints by what is new alone is not asked by readers, has checksums of
    // its own, and is made anew.
    let kept = |path: &Path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name == "reprints" || name.starts_with("sketches-")
    };
    files.filter(|path| fs::metadata(path).unwrap().len() > 0 && !kept(path)).collect()
}

/// Asks an index many things; each answer is as it is printed, or the error.
fn answers(index: &Path) -> Vec<Result<String, String>> {
    fn shown(value: &impl std::fmt::Debug) -> String {
        format!("{value:?}")
    }
    let archive = match Archive::open(index) {
        Ok(archive) => archive,
        Err(error) => return vec![Err(error.to_string())],
    };
    let queries = [
        "桃花",
        "\"梨花开了\"",
        "茶馆 OR 渡口",
        "花 -梨花",
        "花信 日期:2023-02",
        "\"老桥 渡口\"~20",
    ];
    let mut answers = Vec::new();
    for text in queries {
        let query = query::parse(text).unwrap();
        let request = Request { query, group: true, facets: true, ..Request::default() };
        let results = archive.search(&request);
        answers.push(results.map(|found| shown(&found)).map_err(|e| e.to_string()));
        let explained = archive.explain(&request);
        answers.push(explained.map(|found| shown(&found)).map_err(|e| e.to_string()));
    }
    let filtered = Request {
        filters: Filters { districts: vec!["登封市".into()], ..Filters::default() },
        ..Request::default()
    };
    answers.push(archive.count(&filtered).map(|n| shown(&n)).map_err(|e| e.to_string()));
    let timeline = archive.timeline(&filtered, Granularity::Month);
    answers.push(timeline.map(|found| shown(&found)).map_err(|e| e.to_string()));
    let mut records = Vec::new();
    let all = archive.for_each(&Request::default(), &mut |record| {
        records.push(record);
        ControlFlow::Continue(())
    });
    answers.push(all.map(|_| shown(&records)).map_err(|e| e.to_string()));
    answers.push(archive.file_reports().map(|found| shown(&found)).map_err(|e| e.to_string()));
    let reprints = archive.reprints(&ArticleId("f4t13777qg93".into()));
    answers.push(reprints.map(|found| shown(&found)).map_err(|e| e.to_string()));
    answers
}

/// Whether a reader meets damage of this file: not of what only a writer reads, nor of one of two copies.
fn is_met(path: &Path) -> bool {
    ![".managed.json", "dibao.json"].iter().any(|name| path.ends_with(name))
}

/// Asks a damaged index; gives the number of errors.
fn errors(index: &Path, damaged: &Path, sound: &[Result<String, String>], what: &str) -> usize {
    let name = damaged.strip_prefix(index).unwrap().display().to_string();
    let mut errors = 0;
    for (place, answer) in answers(index).into_iter().enumerate() {
        match answer {
            Ok(answer) => assert_eq!(Ok(&answer), sound[place].as_ref(), "{name}, {what}"),
            Err(error) => {
                assert!(error.contains(&name), "{name}, {what}: {error}");
                assert!(error.contains("`dibao ingest"), "{name}, {what}: {error}");
                errors += 1;
            }
        }
    }
    errors
}

#[test]
fn a_flipped_bit_never_changes_an_answer_and_the_check_finds_it() {
    let fixture = fixture();
    let index = fixture.index();
    let sound = answers(&index);
    assert!(sound.iter().all(Result::is_ok), "{sound:?}");
    assert_eq!(sound.last().map(|all| all.as_ref().unwrap().matches("ArticleId").count()), Some(7));
    assert_eq!(verify(&index).unwrap().damaged, []);
    let files = files(&index);
    let mut random = fastrand::Rng::with_seed(11);
    let mut with_errors = 0;
    for flip in 0..FLIPS {
        let path = &files[flip % files.len()];
        let whole = fs::read(path).unwrap();
        let (at, bit) = (random.usize(..whole.len()), random.u32(..8));
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << bit;
        // As a disk does it: the file is the same one.
        fs::write(path, &flipped).unwrap();
        let what = format!("bit {bit} of byte {at} of {}", whole.len());
        with_errors += usize::from(errors(&index, path, &sound, &what) > 0);
        let check = verify(&index).unwrap();
        assert_eq!(check.damaged.len(), 1, "{}: {what}", path.display());
        assert_eq!((&check.damaged[0].path, check.damaged[0].damage), (path, damage_of(&check)));
        fs::write(path, whole).unwrap();
    }
    assert!(with_errors > FLIPS / 2, "{with_errors} of {FLIPS} were met");
    assert_eq!(answers(&index), sound, "all is as before");
}

fn damage_of(check: &dibao::index::IndexCheck) -> Damage {
    let damage = check.damaged[0].damage;
    // A flipped bit in the last bytes of a file looks like one that was cut off.
    assert_ne!(damage, Damage::Missing);
    damage
}

#[test]
fn a_file_that_was_cut_off_or_is_missing_is_named() {
    let fixture = fixture();
    let index = fixture.index();
    let sound = answers(&index);
    let mut random = fastrand::Rng::with_seed(12);
    for path in files(&index) {
        let whole = fs::read(&path).unwrap();
        for length in [0, random.usize(..whole.len()), whole.len() - 1] {
            fs::write(&path, &whole[..length]).unwrap();
            let what = format!("{length} of {} bytes", whole.len());
            let met = errors(&index, &path, &sound, &what) > 0;
            assert_eq!(met, is_met(&path), "{}, {what}", path.display());
            assert_eq!(verify(&index).unwrap().damaged[0].path, path, "{what}");
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(
            errors(&index, &path, &sound, "missing") > 0,
            is_met(&path),
            "{}",
            path.display()
        );
        let check = verify(&index).unwrap();
        assert_eq!((&check.damaged[0].path, check.damaged[0].damage), (&path, Damage::Missing));
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(answers(&index), sound);
}

#[test]
fn an_ingest_makes_again_what_it_can_and_else_says_that_a_rebuild_is_needed() {
    struct Renewed(Mutex<Vec<String>>);
    impl Progress for Renewed {
        fn event(&self, event: Event<'_>) {
            if let Event::Warning { place, warning: FileWarning::IndexFileRenewed } = event {
                self.0.lock().unwrap().push(place.to_owned());
            }
        }
    }
    let fixture = fixture();
    let index = fixture.index();
    let sound = answers(&index);
    for path in files(&index) {
        let whole = fs::read(&path).unwrap();
        for cut in [true, false] {
            fs::remove_file(&path).unwrap();
            if cut {
                fs::write(&path, &whole[..whole.len() / 2]).unwrap();
            }
            let told = Renewed(Mutex::default());
            let outcome = run(&fixture.plan(), &told);
            let told = told.0.into_inner().unwrap();
            if Mend::of(&path) == Mend::Ingest {
                outcome.unwrap();
                assert_eq!(told, [path.display().to_string()]);
                assert_eq!(verify(&index).unwrap().damaged, []);
            } else {
                let error = outcome.unwrap_err().to_string();
                assert!(error.contains(&path.display().to_string()), "{error}");
                assert!(error.contains("--rebuild"), "{error}");
                fs::write(&path, &whole).unwrap();
            }
            assert_eq!(answers(&index), sound, "{}", path.display());
        }
    }
    let store =
        files(&index).into_iter().find(|path| path.extension().is_some_and(|e| e == "store"));
    fs::write(store.unwrap(), "nothing").unwrap();
    run(&IngestPlan { rebuild: true, ..fixture.plan() }, &()).unwrap();
    assert_eq!(fixture.exported(), fixture.clean_build());
}

#[test]
fn without_its_manifest_an_index_still_knows_its_corpus() {
    let fixture = fixture();
    let index = fixture.index();
    let other = tempfile::tempdir().unwrap();
    let manifest = index.join("dibao.json");
    for damage in [None, Some("nothing")] {
        fs::remove_file(&manifest).unwrap();
        if let Some(content) = damage {
            fs::write(&manifest, content).unwrap();
        }
        for rebuild in [true, false] {
            let plan = fixture.plan();
            let plan = IngestPlan { corpus: other.path().to_owned(), rebuild, ..plan };
            let error = run(&plan, &()).unwrap_err();
            assert!(error.to_string().contains("--another-corpus"), "{error}");
        }
        run(&IngestPlan { rebuild: damage.is_some(), ..fixture.plan() }, &()).unwrap();
        assert_eq!(verify(&index).unwrap().damaged, []);
        assert_eq!(fixture.exported(), fixture.clean_build());
    }
}

#[test]
fn while_an_ingest_is_under_way_reprints_are_said_to_be_unknown() {
    let fixture = fixture();
    let options = IndexWriterOptions { threads: 1, user_words: None, rebuild: false };
    let mut writer = IndexWriter::open(&fixture.index(), options).unwrap();
    writer.forget("3.jsonl");
    writer.commit().unwrap();
    let grouped = Request { group: true, ..Request::default() };
    let notes = |archive: &Archive| format!("{:?}", archive.search(&grouped).unwrap().notes);
    let archive = fixture.archive();
    assert_eq!(notes(&archive), "[UnfinishedIngest]");
    assert_eq!(archive.totals(&grouped).unwrap().stories, archive.count(&grouped).unwrap());
    let before = IndexState::read(&fixture.index()).unwrap();
    drop(writer);
    fixture.ingest();
    assert_eq!(notes(&fixture.archive()), "[]");
    assert_ne!(IndexState::read(&fixture.index()).unwrap(), before);
}
