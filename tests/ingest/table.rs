//! The splitter's table in the corpus folder: an index follows it as it follows the texts.

use super::*;
use dibao::gold::{FitSettings, GoldSource, Item, Page, fit_own};
use dibao::model::SourceText;
use dibao::split::Splitter;

const PAGES: usize = 9;

/// Items of two lines without a headline, each ending with its source.
fn text(page: usize) -> String {
    let item = |item: usize| {
        format!(
            "第{page}处水井本周修好了{item}口，井台加了护栏，村民又喝上了井水。\n来源：某处样报{page}\n"
        )
    };
    (1..4).map(item).collect()
}

/// A table that is fitted on the pages with items of so many lines.
fn table(lines: u32) -> String {
    let page = |page: usize| {
        let items = (0..6 / lines).map(|item| (item * lines + 1, item * lines + lines));
        let items = items.map(|lines| Item::new("news", None, vec![lines])).collect();
        Page { text: SourceText::from_text(format!("{page}.txt"), text(page)), items }
    };
    let source = GoldSource { name: "wells".to_owned(), pages: (0..PAGES).map(page).collect() };
    fit_own(&[source], &Splitter::default(), &FitSettings::of_own_pages()).table
}

#[test]
fn texts_are_split_again_when_the_table_comes_changes_or_goes() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    for page in 0..PAGES {
        let path = fixture.corpus().join(format!("wells/{page}.txt"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text(page)).unwrap();
    }
    let splitter = fixture.corpus().join("splitter.tsv");
    fixture.ingest();
    let by_program = fixture.exported();

    let mut seen = vec![by_program.clone()];
    for table in [table(2), table(6)] {
        fs::write(&splitter, table).unwrap();
        let summary = fixture.ingest();
        // Articles that a file keeps apart are not split.
        assert_eq!((summary.files_taken, summary.files_skipped), (PAGES as u64, 1));
        assert_eq!(fixture.exported(), fixture.clean_build());
        assert_eq!(fixture.ingest().files_taken, 0);
        seen.push(fixture.exported());
    }
    assert_eq!(seen[1].len(), 3 * PAGES + 1);
    assert_ne!(seen[1], seen[2]);

    // The table of a publication goes before that of the corpus.
    let own = fixture.corpus().join("wells/splitter.tsv");
    fs::write(&own, table(2)).unwrap();
    assert_eq!(fixture.ingest().files_taken, PAGES as u64);
    assert_eq!(fixture.exported(), seen[1]);
    fs::remove_file(&splitter).unwrap();
    assert_eq!(fixture.ingest().files_taken, 0);
    fs::remove_file(&own).unwrap();
    assert_eq!(fixture.ingest().files_taken, PAGES as u64);
    assert_eq!(fixture.exported(), by_program);
}

#[test]
fn a_table_that_cannot_be_used_changes_nothing() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    fixture.ingest();
    let before = fixture.exported();
    fixture.write("a.jsonl", &["梨花开了。"]);
    fs::write(fixture.corpus().join("splitter.tsv"), "feature\tHead\n").unwrap();
    let error = run(&fixture.plan(), &()).unwrap_err();
    assert!(matches!(error, IngestError::Splitter(_)), "{error}");
    assert_eq!(fixture.exported(), before);
}
