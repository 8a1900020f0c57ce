//! `dibao check`.

use serde_json::json;

use crate::place::{Place, jsonl};

#[test]
fn what_needs_a_persons_eye_is_listed_with_its_place() {
    let place = Place::with_articles();
    let ran = place.run(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("articles without a district: 1\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("  paper.jsonl:4  "), "{}", ran.stdout);
    assert!(ran.stdout.contains("关于修缮乡村公路的通知"), "{}", ran.stdout);
}

#[test]
fn only_the_first_few_are_listed_but_all_are_counted() {
    let place = Place::new();
    let undated: Vec<_> = (0..9)
        .map(|n| json!({"title": format!("第{n}条"), "body": "没有日子的一段话。"}))
        .collect();
    place.write("undated.jsonl", &jsonl(&undated));
    assert_eq!(place.run(&["ingest"]).code, 0);
    let groups = |arguments: &[&str]| {
        let groups = place.run(arguments).json();
        let undated = groups.as_array().expect("groups").iter().find(|g| g["matter"] == "undated");
        let undated = undated.expect("undated articles");
        (undated["total"].clone(), undated["findings"].as_array().map(Vec::len))
    };
    assert_eq!(groups(&["check", "--format", "json"]), (json!(9), Some(5)));
    assert_eq!(groups(&["check", "--format", "json", "--all"]), (json!(9), Some(9)));
    assert!(place.run(&["check"]).stdout.contains("  … 4 more\n"));
}

#[test]
fn nothing_to_look_at_is_exit_code_1() {
    let place = Place::new();
    place.write(
        "good.jsonl",
        &jsonl(&[json!({
            "title": "老桥换上新栏杆", "date": "2021-03-04", "districts": ["登封市"],
            "body": "老石桥换上了新栏杆。", "publication": "河畔晚报",
        })]),
    );
    assert_eq!(place.run(&["ingest"]).code, 0);
    let ran = place.run(&["check"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert_eq!(ran.stderr, "nothing to review in 1 article\n");
}

#[test]
fn nothing_is_cut_where_the_output_is_no_terminal() {
    let place = Place::new();
    let name = format!("{}.jsonl", "很长的文件名".repeat(8));
    let topic = "从前没有人听说过的一个主题".repeat(12);
    place.write(
        &name,
        &jsonl(&[json!({
            "title": "老桥换上新栏杆", "date": "2021-03-04", "districts": ["登封市"],
            "body": "老石桥换上了新栏杆。", "topics": [{"label": topic, "score": 1.0, "evidence": []}],
        })]),
    );
    assert_eq!(place.run(&["ingest"]).code, 0);
    let ran = place.run(&["check"]);
    assert!(ran.stdout.contains(&topic) && ran.stdout.contains(&name), "{}", ran.stdout);
    assert!(!ran.stdout.contains('…'), "{}", ran.stdout);
}

#[test]
fn a_cluster_that_is_not_named_or_does_not_answer_is_told() {
    let place = Place::new();
    let ran = place.run(&["check", "--cluster"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--engine opensearch"), "{}", ran.stderr);
    let ran = place.run_chinese(&["check", "--cluster"]);
    assert!(ran.stderr.contains("库不在集群上"), "{}", ran.stderr);

    let mut command = place.command(&["check", "--cluster", "--engine", "opensearch"]);
    command.env("DIBAO_ENGINE_URL", "http://127.0.0.1:9");
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("no node of the cluster answers"), "{said}");
}
