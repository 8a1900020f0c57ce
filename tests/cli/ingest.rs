//! `dibao ingest`.

use serde_json::json;

use crate::place::{Place, Ran, articles, jsonl};

#[test]
fn the_summary_goes_to_stdout_and_the_progress_to_stderr() {
    let place = Place::new();
    place.write("paper.jsonl", &jsonl(&articles()));
    let ran = place.run(&["ingest"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for fact in ["files", "1 read", "articles", "4", "news 3", "document 1", "unplaced"] {
        assert!(ran.stdout.contains(fact), "{fact} is missing in:\n{}", ran.stdout);
    }
    let again = place.run(&["ingest"]);
    assert!(again.stdout.contains("0 read, 1 unchanged"), "{}", again.stdout);
}

#[test]
fn what_a_folder_leaves_open_is_said_once_with_the_lines_that_state_it() {
    let place = Place::new();
    let page = "渡口添了新船\n　　老渡口添了两条新船，往来的人不用再等半个钟头。\n";
    place.write("paper/a.txt", page);
    place.write("paper/b.txt", page);
    place.write("dated.jsonl", r#"{"publication":"晨报","date":"2023-02-01","body":"茶园开园。"}"#);
    let ran = place.run(&["ingest"]);
    let (_, said) = ran.stdout.split_once("note: paper: ").expect(&ran.stdout);
    assert_eq!(ran.stdout.matches("note: ").count(), 1, "{}", ran.stdout);
    assert!(said.starts_with("the publication of 2 articles is unknown; 2 articles"), "{said}");
    let lines: Vec<&str> = said.lines().skip(1).take(4).map(str::trim).collect();
    let lines = lines.join("\n");
    place.write("corpus.toml", &lines);
    let ran = place.run(&["ingest"]);
    assert!(ran.stdout.contains("2 read") && !ran.stdout.contains("note: "), "{}", ran.stdout);
    let found = place.run(&["search", "报刊:NAME 日期:2023-02-10"]);
    assert_eq!(found.code, 0, "{lines}{}", found.stderr);
}

#[test]
fn only_the_files_that_leave_something_open_are_named_where_others_do_not() {
    let place = Place::new();
    let page = "渡口添了新船\n　　老渡口添了两条新船，往来的人不用再等半个钟头。\n";
    place.write("paper/a.txt", page);
    let known = r#"{"publication":"晨报","date":"2023-02-01","body":"茶园开园。"}"#;
    place.write("paper/dated.jsonl", known);
    place.write("paper/below/b.txt", page);
    let said = place.run(&["ingest"]).stdout;
    let globs: Vec<&str> =
        said.lines().map(str::trim).filter(|line| line.starts_with("glob")).collect();
    assert_eq!(globs, ["glob = \"paper/a.txt\"", "glob = \"paper/below/*\""], "{said}");
    // The files of an earlier run count, too.
    place.write("paper/c.txt", page);
    let said = place.run(&["ingest"]).stdout;
    assert!(said.contains("glob = \"paper/c.txt\""), "{said}");
}

#[test]
fn json_is_one_object() {
    let place = Place::new();
    place.write("paper.jsonl", &jsonl(&articles()));
    let ran = place.run(&["ingest", "--format", "json"]);
    assert!(ran.json().is_object());
}

#[test]
fn a_folder_that_is_not_there_is_an_error_that_names_it() {
    let place = Place::new();
    let ran = place.run(&["ingest", "corpus/missing"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("corpus/missing"), "{}", ran.stderr);
}

#[test]
fn files_that_are_not_taken_are_counted() {
    let place = Place::new();
    place.write("paper.jsonl", &jsonl(&articles()));
    place.write("film.SWF", "no text");
    place.write(".draft.txt", "渡口");
    let ran = place.run(&["ingest"]);
    assert!(ran.stdout.contains("1 of other kinds (.swf 1), 1 hidden\n"), "{}", ran.stdout);
    let report = place.run(&["ingest", "--format", "json"]).json();
    assert_eq!((&report["other_kinds"]["swf"], &report["hidden"]), (&1.into(), &1.into()));
    let named = json!({"count": 1, "names": ["film.SWF"]});
    assert_eq!(report["files_of_other_kinds"], named);
    // `check` names them, also after an ingest of something else.
    assert_eq!(place.run(&["ingest", "corpus/paper.jsonl"]).code, 0);
    let ran = place.run(&["check", "--format", "json"]);
    let groups = ran.json();
    let groups = groups.as_array().expect("groups");
    let others = groups.iter().find(|group| group["matter"] == "other_kind").expect("it is named");
    assert_eq!(
        (&others["total"], &others["findings"][0]["source"]),
        (&1.into(), &"film.SWF".into())
    );
    let ran = place.run(&["check", "--lang", "zh"]);
    assert!(ran.stdout.contains("其他类型的文件：1\n  film.SWF  类型不支持"), "{}", ran.stdout);
}

#[test]
fn a_file_that_is_no_plain_text_was_not_read() {
    let place = Place::new();
    place.write("paper.jsonl", &jsonl(&articles()));
    place.write("minutes.txt", r"{\rtf1\ansi minutes}");
    // Where no office program is, which would read it.
    let ingest = || {
        let mut command = place.command(&["ingest"]);
        Ran::from(command.env("PATH", "").output().expect("the program runs"))
    };
    let ran = ingest();
    assert!(ran.stdout.contains("1 read, 0 unchanged, 0 failed"), "{}", ran.stdout);
    assert!(ran.stdout.contains("ignored    1 not text"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Rich Text Format"), "{}", ran.stdout);
    let ran = ingest();
    assert!(ran.stdout.contains("0 read, 2 unchanged, 0 failed"), "{}", ran.stdout);
    assert_eq!(ran.code, 0);
}

#[test]
fn files_that_are_not_to_be_read_are_named_and_only_those_concerned_are_read_again() {
    let place = Place::with_articles();
    place.write("drafts/a.txt", "渡口开渡\n本报讯 渡口昨天开渡，两岸居民往来方便了许多。\n");
    place.write("drafts/b.html", "<h1>渡口</h1><p>渡口昨天开渡，两岸居民往来方便了许多。</p>");
    let files = |summary: &serde_json::Value| {
        ["files_taken", "files_skipped", "files_removed"]
            .map(|name| summary[name].as_u64().expect("a number"))
    };
    let ingest = || place.run(&["ingest", "--format", "json"]).json();
    assert_eq!(files(&ingest()), [2, 1, 0]);
    let skip = "[[files]]\nglob = \"drafts/*.txt\"\nskip = true\n";
    place.write("corpus.toml", skip);
    let ran = place.run(&["ingest"]);
    assert!(
        ran.stdout.contains("left out   1, as corpus.toml says: drafts/a.txt"),
        "{}",
        ran.stdout
    );
    let zh = place.run_chinese(&["ingest"]);
    assert!(zh.stdout.contains("1，依 corpus.toml：drafts/a.txt"), "{}", zh.stdout);
    place.write("corpus.toml", "[[files]]\nglob = \"drafts/*.html\"\nmain_text = false\n");
    let summary = ingest();
    assert_eq!(files(&summary), [2, 1, 0], "{summary}");
    assert_eq!(
        (&summary["files_new"], &summary["files_left_out"]["count"]),
        (&1.into(), &0.into())
    );
    place.write("corpus.toml", "[[files]]\nglob = \"*\"\npages = \"4-2\"\n");
    let zh = place.run_chinese(&["ingest"]);
    assert!(zh.stderr.contains("第 3 行：“4-2”不是页码"), "{}", zh.stderr);
}
