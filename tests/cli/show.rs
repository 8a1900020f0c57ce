//! `dibao show`.

use crate::place::Place;

#[test]
fn an_article_is_shown_with_what_is_known_and_where_it_stands() {
    let place = Place::with_articles();
    let id = place.id_of("老桥换上新栏杆");
    let ran = place.run(&["show", &id]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let shown = ran.stdout;
    assert!(shown.starts_with("老桥换上新栏杆\n\n"), "{shown}");
    for fact in [
        "kind         news",
        "publication  河畔晚报",
        "reporters    甲一",
        "date         2021-03-04  stated by the file",
        "districts    河南省 郑州市 登封市",
        "source       paper.jsonl:1\n",
        "　　工人说，栏杆用了八十米青石。",
    ] {
        assert!(shown.contains(fact), "{fact} is missing in:\n{shown}");
    }
    assert!(shown.contains(&format!("id           {id}")), "{shown}");
}

#[test]
fn the_start_of_an_id_is_enough() {
    let place = Place::with_articles();
    let id = place.id_of("老桥换上新栏杆");
    assert_eq!(place.run(&["show", &id[..8]]).stdout, place.run(&["show", &id]).stdout);
}

#[test]
fn json_is_the_record_that_the_search_gives() {
    let place = Place::with_articles();
    let id = place.id_of("茶农清明前开园");
    let shown = place.run(&["show", &id, "--format", "json"]).json();
    let mut hit = place.run(&["search", "茶园", "--format", "jsonl"]).json_lines().remove(0);
    let fields = hit.as_object_mut().expect("an object");
    fields.remove("score");
    fields.remove("highlights");
    fields.remove("reprints");
    assert_eq!(shown, hit);
}

#[test]
fn an_id_that_no_article_has_is_nothing_found() {
    let ran = Place::with_articles().run(&["show", "zzzzzzzzzzzz"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("zzzzzzzzzzzz"), "{}", ran.stderr);
}

#[test]
fn the_lines_of_the_file_are_shown_with_those_of_the_article_marked() {
    let place = Place::with_articles();
    let id = place.id_of("茶农清明前开园");
    let ran = place.run(&["show", &id, "--source"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let marked: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with('>')).collect();
    assert!(!marked.is_empty() && marked[0].contains('2'), "{}", ran.stdout);
}

#[test]
fn a_file_that_is_gone_or_changed_since_the_ingest_is_said_to_be() {
    let place = Place::with_articles();
    let id = place.id_of("茶农清明前开园");
    let file = place.write("paper.jsonl", "{\"title\":\"别的\",\"body\":\"换了内容。\"}\n");
    let ran = place.run(&["show", &id, "--source"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("paper.jsonl") && ran.stderr.contains("changed"), "{}", ran.stderr);
    std::fs::remove_file(&file).expect("removed");
    for corpus in ["corpus", "another"] {
        let ran = place.run(&["--corpus", corpus, "show", &id, "--source"]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("/corpus/paper.jsonl: "), "{}", ran.stderr);
        assert!(!ran.stderr.contains("another"), "{}", ran.stderr);
    }
}

#[test]
fn the_lines_are_those_of_the_corpus_and_not_of_a_file_of_the_same_path_elsewhere() {
    let place = Place::with_articles();
    let id = place.id_of("茶农清明前开园");
    let strange = place.path().join("strange");
    std::fs::create_dir_all(strange.join("corpus")).expect("a folder");
    std::fs::write(strange.join("corpus/paper.jsonl"), "{\"title\":\"生人\"}\n".repeat(4))
        .expect("a file");
    let folders = ["--corpus", "../corpus", "--index", "../index"];
    let mut command = place.command(&[&folders[..], &["show", &id, "--source"]].concat());
    let ran = crate::place::Ran::from(command.current_dir(&strange).output().expect("it runs"));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("茶园") && !ran.stdout.contains("生人"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
}

#[test]
fn of_a_web_page_in_one_line_only_the_lines_of_the_article_are_marked() {
    let place = Place::new();
    let text = "渡船昨日开行，两岸的人都来看，船工说一天要走二十趟。";
    place.write(
        "page.html",
        &format!("<h1>渡口重开</h1><p>{text}</p><h1>新桥通车</h1><p>新桥昨日通车。{text}</p>"),
    );
    assert_eq!(place.run(&["ingest"]).code, 0);
    let ran = place.run(&["show", &place.id_of("渡口重开"), "--source"]);
    let marked: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with('>')).collect();
    assert!(marked.iter().any(|line| line.contains("渡口重开")), "{}", ran.stdout);
    assert!(marked.iter().all(|line| !line.contains("新桥")), "{}", ran.stdout);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_not_utf8_is_found_again() {
    use std::os::unix::ffi::OsStrExt as _;
    let place = Place::with_articles();
    let corpus = place.path().join("corpus");
    let name = std::ffi::OsStr::from_bytes(b"paper\xff.jsonl");
    std::fs::rename(corpus.join("paper.jsonl"), corpus.join(name)).expect("renamed");
    assert_eq!(place.run(&["ingest"]).code, 0);
    let ran = place.run(&["show", &place.id_of("茶农清明前开园"), "--source"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("茶园"), "{}", ran.stdout);
}

#[test]
fn json_of_several_articles_of_one_id_is_one_array() {
    let place = Place::new();
    for folder in ["a", "b"] {
        place.write(&format!("{folder}/page.jsonl"), "{\"id\":\"k7\",\"body\":\"渡口重开。\"}\n");
    }
    assert_eq!(place.run(&["ingest"]).code, 0);
    let id = place.run(&["search", "--format", "jsonl"]).json_lines()[0]["id"].clone();
    let shown = place.run(&["show", id.as_str().expect("an id"), "--format", "json"]).json();
    assert_eq!(shown.as_array().map(Vec::len), Some(2), "{shown}");
}
