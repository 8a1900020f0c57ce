//! Two people add to the same files, each in a copy of their own, and git merges the copies.

use dibao::curation::{CurationFolder, append, read};
use dibao::model::{Anchor, Change, Correction, EntryId};

#[test]
fn git_merges_what_two_people_added() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = CurationFolder::new(dir.path().join("k"));
    let path = folder.file("corrections", "甲报/一版.txt").expect("a name");
    let git = |words: &[&str]| {
        let identity = ["-c", "user.name=甲", "-c", "user.email=a@archive.example"];
        let mut command = std::process::Command::new("git");
        command.arg("-C").arg(folder.path()).args(identity).args(words).output()
    };
    let add = |titles: &[&str], by: &str| {
        let turn = folder.lock().expect("a turn");
        for title in titles {
            let entry = correction(title, by);
            append(&path, "correction", &entry, &turn).expect("written");
        }
    };
    add(&["旧渡口"], "甲");
    if git(&["init", "-q", "-b", "main"]).is_err() {
        assert!(std::env::var_os("DIBAO_BROWSER").is_none(), "git is needed where all is tested");
        eprintln!("left out, since git is not there: a merge of two people's folders");
        return;
    }
    let commit = || {
        git(&["add", "-A"]).expect("git");
        git(&["commit", "-q", "-m", "decided"]).expect("git");
    };
    commit();
    git(&["checkout", "-q", "-b", "other"]).expect("git");
    add(&["新渡口", "渡口今夏停摆"], "乙");
    commit();
    git(&["checkout", "-q", "main"]).expect("git");
    add(&["老渡口", "新渡口", "渡口"], "丙");
    commit();
    let merged = git(&["merge", "-q", "--no-edit", "other"]).expect("git");
    assert!(merged.status.success(), "{merged:?}");
    let read = read::<Correction>(&path, "correction").expect("read");
    assert_eq!(read.faults, []);
    let mut kept: Vec<String> = read
        .entries
        .iter()
        .map(|entry| match &entry.change {
            Change::Title(title) => format!("{} {title}", entry.by),
            other => format!("{other:?}"),
        })
        .collect();
    kept.sort_unstable();
    let expected =
        ["丙 新渡口", "丙 渡口", "丙 老渡口", "乙 新渡口", "乙 渡口今夏停摆", "甲 旧渡口"];
    assert_eq!(kept, expected);
}

fn correction(title: &str, by: &str) -> Correction {
    Correction {
        id: EntryId::default(),
        article: None,
        anchor: Anchor {
            file: "甲报/一版.txt".into(),
            quote: vec!["渡口".into()],
            ..Anchor::default()
        },
        change: Change::Title(title.into()),
        was: String::new(),
        by: by.into(),
        at: "2024-05-06T07:08:09Z".parse().expect("a time"),
        why: String::new(),
    }
    .identified()
}
