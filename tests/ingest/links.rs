//! Links out of the corpus: what is read, what stays, and what the summary says of it.

use std::os::unix::fs::symlink;

use super::*;
use dibao::intake::FollowLinks;
use dibao::model::FileWarning;

#[test]
fn what_was_reached_by_links_that_are_no_longer_followed_stays_and_is_counted() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    let far = fixture.folder.path().join("far");
    fs::create_dir(&far).unwrap();
    fs::write(far.join("b.jsonl"), lines(&["渡口开渡。", "水井淘了。"])).unwrap();
    symlink(&far, fixture.corpus().join("far")).unwrap();
    let everywhere = IngestPlan { links: FollowLinks::Everywhere, ..fixture.plan() };
    let followed = run(&everywhere, &()).unwrap();
    assert_eq!((followed.files_taken, followed.files_behind_links), (2, 0));
    for _ in 0..2 {
        let plain = fixture.ingest();
        assert_eq!((plain.files_taken, plain.files_removed, plain.files_skipped), (0, 0, 1));
        assert_eq!((plain.files_behind_links, plain.articles_behind_links), (1, 2));
        assert_eq!(count(&fixture.archive(), "渡口"), 1);
    }
    let rebuilt = run(&IngestPlan { rebuild: true, ..fixture.plan() }, &()).unwrap();
    assert_eq!((rebuilt.files_taken, rebuilt.files_behind_links), (1, 0));
    assert_eq!(count(&fixture.archive(), "渡口"), 0);
}

/// Swaps a file for a link to another one when the files have been listed.
struct Swap {
    file: PathBuf,
    target: PathBuf,
    failed: Mutex<Vec<FileWarning>>,
}

impl Progress for Swap {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Found { .. } => {
                fs::remove_file(&self.file).unwrap();
                symlink(&self.target, &self.file).unwrap();
            }
            Event::File { outcome: FileOutcome::Failed(warnings), .. } => {
                self.failed.lock().unwrap().extend(warnings.iter().cloned());
            }
            _ => {}
        }
    }
}

#[test]
fn a_file_that_becomes_a_link_after_it_was_found_is_not_read() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    fixture.write("b.jsonl", &["柳树绿了。"]);
    fixture.ingest();
    fixture.write("a.jsonl", &["桃花落了。"]);
    let target = fixture.folder.path().join("secret");
    fs::write(&target, lines(&["口令是芝麻。"])).unwrap();
    let file = fixture.corpus().join("a.jsonl");
    let swap = Swap { file, target, failed: Mutex::default() };
    let summary = run(&fixture.plan(), &swap).unwrap();
    assert_eq!((summary.files_failed, summary.files_skipped), (1, 1));
    let failed = swap.failed.into_inner().unwrap();
    assert_eq!(failed, [FileWarning::LeadsElsewhere, FileWarning::EarlierKept { articles: 1 }]);
    let archive = fixture.archive();
    assert_eq!(["桃花开了", "桃花落了", "口令"].map(|text| count(&archive, text)), [1, 0, 0]);
    let later = fixture.ingest();
    assert_eq!((later.files_behind_links, later.articles_behind_links), (1, 1));
}
