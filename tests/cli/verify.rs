//! Manifests of exports, and `dibao export --verify`.

use std::fs;

use bytes::Bytes;
use serde_json::{Value, json};
use sha2::Digest as _;

use crate::place::{Place, Ran, articles, jsonl};

const WIDE: &str = "gdp.xlsx";

fn manifest(place: &Place, file: &str) -> Value {
    let text = fs::read(place.path().join(format!("{file}.manifest.json"))).expect("a manifest");
    serde_json::from_slice(&text).expect("JSON")
}

fn verify(place: &Place, file: &str) -> Ran {
    place.run(&["export", "--verify", file])
}

/// Fails unless the exit code is this one and each of these is said.
fn assert_said(ran: &Ran, code: i32, said: &[&str]) {
    assert_eq!(ran.code, code, "{}{}", ran.stdout, ran.stderr);
    for said in said {
        assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
    }
}

#[test]
fn beside_a_file_stands_what_it_was_made_of() {
    let place = Place::with_articles();
    let ran = place.run(&["export", "石桥", "--district", "登封市", "--any", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let made = manifest(&place, "out.csv");
    let (origin, file) = (&made["origin"], &made["file"]);
    assert_eq!(origin["search"], json!({"q": "石桥", "district": ["登封市"], "any": true}));
    assert_eq!(origin["normal_form"], "石桥");
    assert_eq!(origin["archive"]["articles"], 4);
    assert_eq!(made["counts"], json!({"entries": 1, "cut_cells": 0}));
    assert_eq!(made["export"]["format"], "csv");
    let bytes = fs::read(place.path().join("out.csv")).expect("the file");
    assert_eq!(file["bytes"], bytes.len());
    assert_eq!(file["name"], "out.csv");
    let sum = format!("{:x}", Bytes::copy_from_slice(&sha2::Sha256::digest(&bytes)));
    assert_eq!(file["sha256"], sum);
    assert_said(
        &verify(&place, "out.csv"),
        0,
        &["as it was written", "as many as then", "all agrees"],
    );
    let chinese = place.run_chinese(&["export", "--verify", "out.csv"]);
    assert_said(
        &chinese,
        0,
        &["文件与写出时一致", "重新检索得 1 篇文章，与导出时相同", "全部相符"],
    );
    // Nothing beside what goes to stdout, to a device, or without a wish for it.
    assert_eq!(place.run(&["export", "石桥", "--format", "csv", "-o", "/dev/null"]).code, 0);
    assert_eq!(place.run(&["export", "石桥", "--no-manifest", "-o", "bare.csv"]).code, 0);
    assert!(!place.path().join("bare.csv.manifest.json").exists());
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 5);
}

#[test]
fn every_format_can_be_made_again() {
    let place = Place::with_articles();
    let linked: &[&str] = &["--address", "https://a.example"];
    let excerpt: &[&str] = &["--excerpt", "--sort", "oldest"];
    for (name, more) in [
        ("out.jsonl", &[] as &[&str]),
        ("out.csv", &[]),
        ("out.xlsx", linked),
        ("out.md", &["--style", "gb-7714-2015-note"]),
        ("out.docx", excerpt),
        ("out.html", excerpt),
        ("out.epub", linked),
        ("out.txt", &["--style", "apa"]),
        ("out.ris", &[]),
        ("out.bib", &[]),
        ("out.json", &[]),
    ] {
        let args = [&["export", "石桥 日期:近20年", "-o", name], more].concat();
        assert_eq!(place.run(&args).code, 0, "{name}");
        assert_said(&verify(&place, name), 0, &["the same, byte by byte", "all agrees"]);
    }
}

#[test]
fn a_file_that_changed_is_told_with_what_changed_in_it() {
    let place = Place::with_articles();
    for name in ["out.jsonl", "out.csv"] {
        assert_eq!(place.run(&["export", "-o", name]).code, 0);
        let path = place.path().join(name);
        let text = fs::read_to_string(&path).expect("the file");
        fs::write(&path, text.replace("老桥换上新栏杆", "老桥换上旧栏杆")).expect("a file");
        let changed = format!("not as it is in the file: 1  {}", place.id_of("老桥换上新栏杆"));
        let said = [
            "has changed since it was written",
            "same, byte by byte",
            &changed,
            "something differs",
        ];
        assert_said(&verify(&place, name), 1, &said);
        let without = text.lines().filter(|line| !line.contains("茶农")).collect::<Vec<_>>();
        fs::write(&path, without.join("\n")).expect("a file");
        let new = format!("found now, and not in the file: 1  {}", place.id_of("茶农清明前开园"));
        // The body of a row of CSV has lines of its own.
        let is_whole = name == "out.jsonl";
        let said: &[&str] = if is_whole { &[&new] } else { &["something differs"] };
        assert_said(&verify(&place, name), 1, said);
    }
    assert_eq!(place.run(&["export", "-o", "out.md"]).code, 0);
    fs::write(place.path().join("out.md"), "").expect("a file");
    assert_said(&verify(&place, "out.md"), 1, &["not compared entry by entry"]);
}

#[test]
fn what_the_archive_brought_since_is_told() {
    let place = Place::with_articles();
    for name in ["out.jsonl", "out.csv", "out.xlsx"] {
        assert_eq!(place.run(&["export", "石桥 OR 茶园", "-o", name]).code, 0);
    }
    // What the export is not of changes the state and nothing else.
    let mut more = articles();
    more.push(json!({"publication": "河畔晚报", "date": "2021-06-01", "title": "渡口重开", "body": "渡口昨日重开。"}));
    place.write("paper.jsonl", &jsonl(&more));
    assert_eq!(place.run(&["ingest"]).code, 0);
    for name in ["out.jsonl", "out.csv", "out.xlsx"] {
        let said = ["the index has changed since then: 5 articles, 4 then", "all agrees"];
        assert_said(&verify(&place, name), 0, &said);
    }
    let (gone, stays) = (place.id_of("茶农清明前开园"), place.id_of("老桥换上新栏杆"));
    // Known by their ids, so that what they say can change.
    let mut more: Vec<Value> = place.run(&["export", "--format", "jsonl"]).json_lines();
    for record in &mut more {
        if record["id"] == json!(stays) {
            record["section"] = json!("要闻");
        }
    }
    more.retain(|record| record["id"] != json!(gone));
    more.push(json!({"publication": "河畔晚报", "date": "2021-06-02", "title": "石桥通车", "body": "石桥昨日通车。"}));
    place.write("paper.jsonl", &jsonl(&more));
    assert_eq!(place.run(&["ingest"]).code, 0);
    let new = place.id_of("石桥通车");
    for name in ["out.jsonl", "out.csv"] {
        let said = [
            "the file is as it was written".to_owned(),
            "the query finds 3 articles, as many as then".to_owned(),
            "exported again it is not the same".to_owned(),
            format!("in the file alone, and not found now: 1  {gone}"),
            format!("found now, and not in the file: 1  {new}"),
            "not as it is in the file: ".to_owned(),
            stays.clone(),
        ];
        assert_said(&verify(&place, name), 1, &said.each_ref().map(String::as_str));
    }
    assert_said(&verify(&place, "out.xlsx"), 1, &["not compared entry by entry"]);
}

#[test]
fn without_a_manifest_the_query_or_the_ids_are_enough() {
    let place = Place::with_articles();
    for name in ["out.jsonl", "out.csv", "out.xlsx"] {
        assert_eq!(place.run(&["export", "石桥", "--no-manifest", "-o", name]).code, 0);
        let by_query = place.run(&["export", "石桥", "--verify", name]);
        assert_said(
            &by_query,
            0,
            &["no manifest; the query finds 2 articles", "not checked", "all agrees"],
        );
        let by_other = place.run(&["export", "石桥", "--district", "登封市", "--verify", name]);
        assert_said(&by_other, 1, &["something differs"]);
        let by_ids = verify(&place, name);
        if name == "out.xlsx" {
            assert!(
                by_ids.code == 2 && by_ids.stderr.contains("repeat the query"),
                "{}",
                by_ids.stderr
            );
        } else {
            assert_said(
                &by_ids,
                0,
                &["the file has 2 articles", "whether the file is whole", "all agrees"],
            );
        }
    }
    let path = place.path().join("out.csv");
    let text = fs::read_to_string(&path).expect("the file");
    fs::write(&path, text.replace("2021-05-01", "2021-05-02")).expect("a file");
    assert_said(&verify(&place, "out.csv"), 1, &["not as it is in the file: 1"]);
    assert_eq!(place.run(&["indicators", "--no-manifest", "-o", "values.csv"]).code, 1);
    assert_eq!(verify(&place, "missing.csv").code, 2);
    assert_eq!(place.run(&["export", "--verify", "out.csv", "-o", "a.csv"]).code, 2);
}

#[test]
fn a_manifest_names_the_query_and_its_synonyms() {
    let place = Place::with_articles();
    place.write("synonyms.txt", "茶园 = 石桥\n");
    assert_eq!(place.run(&["export", "茶园", "-o", "out.csv"]).code, 0);
    assert_eq!(manifest(&place, "out.csv")["origin"]["normal_form"], "茶园 OR 石桥");
    assert_said(&verify(&place, "out.csv"), 0, &["the query finds 3 articles"]);
    fs::remove_file(place.path().join("corpus/synonyms.txt")).expect("a file");
    let said =
        ["the synonyms have changed since then", "3 articles, as many as then", "all agrees"];
    assert_said(&verify(&place, "out.csv"), 0, &said);
    let both = place.run(&["export", "茶园", "--verify", "out.csv"]);
    assert!(both.code == 2 && both.stderr.contains("leave them out"), "{}", both.stderr);
}

#[test]
fn only_a_manifest_is_replaced_by_one() {
    let place = Place::with_articles();
    let at = |name: &str| place.path().join(name);
    fs::write(at("out.csv.manifest.json"), "{\"mine\": 1}").expect("a file");
    let ran = place.run(&["export", "石桥", "-o", "out.csv"]);
    assert!(ran.code == 2 && ran.stderr.contains("--no-manifest"), "{}", ran.stderr);
    assert!(!at("out.csv").exists());
    assert_eq!(fs::read(at("out.csv.manifest.json")).expect("it"), b"{\"mine\": 1}");
    fs::write(at("out.csv"), "id\n").expect("a file");
    assert_eq!(verify(&place, "out.csv").code, 2, "what is beside is no manifest");
    fs::remove_file(at("out.csv.manifest.json")).expect("a file");
    for query in ["石桥", "茶园"] {
        assert_eq!(place.run(&["export", query, "-o", "out.csv"]).code, 0);
        assert_eq!(manifest(&place, "out.csv")["origin"]["search"]["q"], query);
        assert_eq!(verify(&place, "out.csv").code, 0);
    }
    // An error leaves both as they were.
    assert_eq!(place.run(&["export", "\"石桥", "-o", "out.csv"]).code, 2);
    assert_eq!(verify(&place, "out.csv").code, 0);
}

#[cfg(unix)]
#[test]
fn a_temporary_folder_that_cannot_be_written_to_is_named() {
    let place = Place::with_articles();
    let mut command = place.command(&["export", "石桥", "-o", "out.xlsx"]);
    let ran = Ran::from(command.env("TMPDIR", place.path().join("missing")).output().expect("it"));
    assert!(ran.code == 2 && ran.stderr.contains("missing: "), "{}", ran.stderr);
    assert!(!place.path().join("out.xlsx.manifest.json").exists());
}

#[test]
fn values_of_indicators_have_manifests_too() {
    let place = Place::new();
    let page = |numbers: &str| {
        format!("# 登封市政府工作报告\n\n本报讯(记者 甲乙)1月9日，登封市人大会议开幕。{numbers}\n")
    };
    place.write("甲报/2023-01-10.md", &page("2022年，全市地区生产总值完成512.4亿元。"));
    assert_eq!(place.run(&["ingest"]).code, 0);
    for name in ["gdp.csv", "gdp.jsonl", WIDE] {
        let pivot: &[&str] = if name == WIDE { &["--pivot", "district,year"] } else { &[] };
        let args = [&["indicators", "--name", "GDP", "--period", "2022", "-o", name], pivot];
        assert_eq!(place.run(&args.concat()).code, 0, "{name}");
        let made = manifest(&place, name);
        assert_eq!(made["export"]["contents"], "indicators");
        assert_eq!(made["origin"]["figures"], json!({"name": ["GDP"], "period": "2022"}));
        assert_said(
            &verify(&place, name),
            0,
            &["the query finds 1 value, as many as then", "all agrees"],
        );
    }
    assert_eq!(manifest(&place, WIDE)["export"]["pivot"], json!(["district", "year"]));
    place.write("乙报/2023-01-11.md", &page("2022年，全市地区生产总值完成512.9亿元。"));
    assert_eq!(place.run(&["ingest"]).code, 0);
    for name in ["gdp.csv", "gdp.jsonl"] {
        let said = ["the query finds 2 values, 1 then", "found now, and not in the file: 1"];
        assert_said(&verify(&place, name), 1, &said);
    }
    assert_said(&verify(&place, WIDE), 1, &["not compared entry by entry"]);
}

#[test]
fn a_manifest_that_was_edited_and_a_file_that_was_emptied_do_not_agree() {
    let place = Place::with_articles();
    assert_eq!(place.run(&["export", "石桥", "-o", "out.csv"]).code, 0);
    let beside = place.path().join("out.csv.manifest.json");
    let manifest = fs::read_to_string(&beside).expect("a manifest");
    let edited = manifest.replace("\"q\": \"石桥\"", "\"q\": \"木桥\"");
    assert_ne!(manifest, edited);
    fs::write(&beside, edited).expect("written");
    assert_said(&verify(&place, "out.csv"), 1, &["the manifest was edited"]);
    fs::remove_file(&beside).expect("gone");
    fs::write(place.path().join("out.csv"), "").expect("emptied");
    let verified = verify(&place, "out.csv");
    assert_eq!(verified.code, 2);
    assert!(verified.stderr.contains("no articles in the file"), "{}", verified.stderr);
}
