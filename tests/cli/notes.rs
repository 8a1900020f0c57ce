//! `dibao note`, `dibao tag`, `dibao collection`.

use std::fs;

use serde_json::json;

use crate::place::{Place, Ran};

/// Runs a command that must do what it is told.
fn done(place: &Place, arguments: &[&str]) -> Ran {
    let ran = place.run(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    ran
}

fn titles(place: &Place, query: &str) -> Vec<String> {
    let ran = place.run(&["search", query, "--format", "jsonl", "--sort", "oldest"]);
    let title = |hit: serde_json::Value| hit["title"].as_str().expect("a title").to_owned();
    ran.json_lines().into_iter().map(title).collect()
}

fn notes_file(place: &Place) -> std::path::PathBuf {
    place.path().join("corpus.curation/notes/paper.jsonl.toml")
}

#[test]
fn a_tag_is_found_counted_and_taken_off_again() {
    let place = Place::with_articles();
    let (bridge, boats) = (place.id_of("老桥换上新栏杆"), place.id_of("石桥镇办起龙舟赛"));
    let ran = done(&place, &["tag", "县志·交通", &bridge, &boats[..6], "--by", "李"]);
    assert_eq!(ran.stderr, "2 articles tagged\n");
    assert_eq!(titles(&place, "标签:县志·交通"), ["老桥换上新栏杆", "石桥镇办起龙舟赛"]);
    assert_eq!(titles(&place, "栏杆 tag:县志·交通"), ["老桥换上新栏杆"]);
    assert_eq!(titles(&place, "标签:无").len(), 2);
    let ran = done(&place, &["tag"]);
    assert_eq!(ran.stdout, "      2  县志·交通\n");
    let ran = done(&place, &["stats", "--by", "tag", "--format", "csv"]);
    assert_eq!(ran.stdout, "by,value,articles,possible\ntag,县志·交通,2,\n");
    done(&place, &["tag", "县志·交通", &bridge, "--remove"]);
    assert_eq!(titles(&place, "标签:县志·交通"), ["石桥镇办起龙舟赛"]);
    let ran = place.run(&["search", "标签:县志·交道"]);
    assert_eq!(ran.code, 1);
    let said = "no article is tagged 县志·交道 (did you mean 县志·交通?)";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    for name in ["无", "a/b", " ", ".x"] {
        let ran = place.run(&["tag", name, &bridge]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.stderr.contains("cannot be a name"), "{}", ran.stderr);
    }
    let ran = place.run_chinese(&["tag", "无", &bridge]);
    assert!(ran.stderr.contains("不能用作名称"), "{}", ran.stderr);
}

#[test]
fn the_name_is_that_of_the_login_and_nothing_is_written_without_one() {
    let place = Place::with_articles();
    let id = place.id_of("老桥换上新栏杆");
    let tag = || place.command(&["tag", "桥", &id]);
    let mut nobody = tag();
    nobody.env("DIBAO_EDITOR", " ");
    for name in ["USER", "LOGNAME", "USERNAME"] {
        nobody.env_remove(name);
    }
    let refused = nobody.output().expect("the program runs");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--by or DIBAO_EDITOR"));
    assert!(!notes_file(&place).exists());
    let done = tag().env("DIBAO_EDITOR", "").output().expect("the program runs");
    assert_eq!(done.status.code(), Some(0));
    assert!(std::fs::read_to_string(notes_file(&place)).expect("notes").contains("by = \"乙二\""));
}

#[test]
fn ids_are_read_from_stdin() {
    let place = Place::with_articles();
    let ids = ["老桥换上新栏杆", "茶农清明前开园"].map(|title| place.id_of(title)).join("\n");
    fs::write(place.path().join("ids"), ids).expect("a file");
    let mut command = place.command(&["tag", "待核", "-"]);
    command.stdin(fs::File::open(place.path().join("ids")).expect("the file"));
    assert!(command.output().expect("the program runs").status.success());
    assert_eq!(titles(&place, "标签:待核").len(), 2);
}

#[test]
fn a_note_keeps_its_passage_and_is_shown_until_it_is_taken_back() {
    let place = Place::with_articles();
    let bridge = place.id_of("老桥换上新栏杆");
    let ran = place.run(&["note", &bridge, "甲", "--passage", "没有这些字"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("does not have the words"), "{}", ran.stderr);
    done(&place, &["note", &bridge, "长度与年鉴不合", "--passage", "八十米青石", "--by", "李"]);
    let shown = done(&place, &["show", &bridge]).stdout;
    assert!(shown.contains("“八十米青石”: 长度与年鉴不合  [李 "), "{shown}");
    let record = done(&place, &["show", &bridge, "--format", "json"]).json();
    assert_eq!(record["title"], "老桥换上新栏杆");
    let note = &record["noted"]["notes"][0];
    assert_eq!((&note["text"], &note["by"]), (&json!("长度与年鉴不合"), &json!("李")));
    let hits = place.run(&["search", "栏杆", "--format", "jsonl"]).json_lines();
    assert_eq!(hits[0]["noted"]["notes"][0]["passage"], "八十米青石");
    let entry = note["entry"].as_str().expect("an id").to_owned();
    done(&place, &["note", &bridge, "--remove", &entry[..5]]);
    assert_eq!(place.run(&["note", &bridge]).code, 1);
    assert_eq!(place.run(&["note", &bridge, "--remove", &entry]).code, 2, "it is taken back");
    // Nothing goes out of the file.
    let file = fs::read_to_string(notes_file(&place)).expect("the file");
    assert!(file.contains("长度与年鉴不合") && file.contains("field = \"undo\""), "{file}");
}

#[test]
fn notes_written_by_hand_count_and_a_bad_one_costs_no_other() {
    let place = Place::with_articles();
    let bridge = place.id_of("老桥换上新栏杆");
    done(&place, &["tag", "待核", &bridge]);
    let mut file = fs::read_to_string(notes_file(&place)).expect("the file");
    file.push_str("\n[[note]]\narticle = 7\n");
    let entry = format!(
        "\n[[note]]\narticle = \"{bridge}\"\nfile = \"paper.jsonl\"\nfield = \"tag\"\n\
         now = \"手写\"\nby = \"王\"\nat = \"2024-01-01T00:00:00Z\"\n"
    );
    file.push_str(&entry);
    fs::write(notes_file(&place), file).expect("written");
    assert_eq!(titles(&place, "标签:手写"), ["老桥换上新栏杆"]);
    assert_eq!(titles(&place, "标签:待核"), ["老桥换上新栏杆"]);
    let ran = done(&place, &["note"]);
    assert!(ran.stderr.contains("paper.jsonl.toml:"), "{}", ran.stderr);
    assert!(ran.stderr.contains("this entry cannot be read"), "{}", ran.stderr);
    fs::write(place.path().join("corpus.curation/dibao-curation.toml"), "format = 9\n")
        .expect("written");
    let ran = place.run(&["search", "栏杆"]);
    assert_eq!(ran.code, 0, "the archive can be read without them");
    assert!(ran.stderr.contains("format 9, expected 1"), "{}", ran.stderr);
}

/// A page whose second article gets another id when its text is corrected in the file.
const PAGE: &str = "河畔晚报\n\n老桥通车\n本报讯 老桥昨天通车。\n工人说，桥长八十米，宽九米。\n桥头立了一块碑。\n\n茶园开园\n本报讯 茶园昨天开园。\n茶农说，今年雨水足，茶叶好。\n";

#[test]
fn an_article_that_has_another_id_now_is_found_by_its_place() {
    let place = Place::new();
    place.write("a.txt", PAGE);
    done(&place, &["ingest"]);
    let id = place.run(&["search", "碑", "--format", "jsonl"]).json_lines()[0]["id"].clone();
    let id = id.as_str().expect("an id").to_owned();
    done(&place, &["tag", "待核", &id]);
    done(&place, &["collection", "new", "桥"]);
    done(&place, &["collection", "add", "桥", &id, "--remark", "首次报道"]);
    // Another text in the middle: another id. Lines before it: other numbers.
    place.write("a.txt", &format!("新的一行\n{}", PAGE.replace("宽九米", "宽十米")));
    done(&place, &["ingest"]);
    let hits = place.run(&["search", "标签:待核", "--format", "jsonl"]).json_lines();
    assert_eq!(hits.len(), 1);
    assert_ne!(hits[0]["id"], id.as_str());
    assert!(hits[0]["body"].as_str().expect("a body").contains("宽十米"));
    let shown = done(&place, &["collection", "show", "桥", "--format", "json"]).json();
    assert_eq!(shown["items"][0]["id"], hits[0]["id"]);
    assert_eq!(shown["items"][0]["remark"], "首次报道");
    // The same in another folder.
    fs::create_dir(place.path().join("corpus/甲报")).expect("a folder");
    fs::rename(place.path().join("corpus/a.txt"), place.path().join("corpus/甲报/a.txt"))
        .expect("moved");
    done(&place, &["ingest"]);
    assert_eq!(place.run(&["search", "标签:待核", "--format", "jsonl"]).json_lines().len(), 1);
    // As it was then, under another name.
    fs::remove_file(place.path().join("corpus/甲报/a.txt")).expect("removed");
    place.write("b.txt", PAGE);
    done(&place, &["ingest"]);
    assert_eq!(place.run(&["search", "标签:待核", "--format", "jsonl"]).json_lines().len(), 1);
    // Gone: nothing is lost in silence.
    place.write("b.txt", "河畔晚报\n\n别的\n本报讯 全都是别的。\n");
    done(&place, &["ingest"]);
    let ran = place.run(&["note"]);
    assert!(ran.stdout.contains("not found any more"), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains(&id) && ran.stdout.contains("桥：首次报道"), "{}", ran.stdout);
}

fn collected(place: &Place) -> [String; 3] {
    let ids =
        ["老桥换上新栏杆", "石桥镇办起龙舟赛", "茶农清明前开园"].map(|title| place.id_of(title));
    done(place, &["collection", "new", "交通志", "--about", "1949年以后的路和桥"]);
    done(place, &["collection", "add", "交通志", &ids[0], "--remark", "首次报道"]);
    done(place, &["collection", "add", "交通志", &ids[1], &ids[2]]);
    ids
}

fn order(place: &Place) -> Vec<String> {
    let shown = done(place, &["collection", "show", "交通志", "--format", "json"]).json();
    let items = shown["items"].as_array().expect("items").iter();
    items.map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn a_collection_keeps_its_order_and_its_remarks() {
    let place = Place::with_articles();
    let [bridge, boats, tea] = collected(&place);
    assert_eq!(order(&place), [&bridge, &boats, &tea].map(Clone::clone));
    done(&place, &["collection", "move", "交通志", &tea, "--first"]);
    done(&place, &["collection", "move", "交通志", &bridge, "--after", &boats]);
    assert_eq!(order(&place), [&tea, &boats, &bridge].map(Clone::clone));
    done(&place, &["collection", "remove", "交通志", &boats]);
    assert_eq!(order(&place), [&tea, &bridge].map(Clone::clone));
    done(&place, &["collection", "add", "交通志", &bridge, "--remark", "改过的备注"]);
    assert_eq!(titles(&place, "收藏:交通志"), ["老桥换上新栏杆", "茶农清明前开园"]);
    let ran = done(&place, &["collection", "show", "交通志"]);
    assert!(ran.stdout.contains("1949年以后的路和桥\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\n    改过的备注\n"), "{}", ran.stdout);
    let listed = |about: &str| {
        let listed = done(&place, &["collection", "list"]).stdout;
        assert_eq!(listed, format!("      2  交通志  {about}\n"));
    };
    done(&place, &["collection", "new", "交通志"]);
    listed("1949年以后的路和桥");
    done(&place, &["collection", "new", "交通志", "--about", "路和桥"]);
    listed("路和桥");
    let ran = place.run(&["collection", "new", "路:桥"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("none of : ? *"), "{}", ran.stderr);
    done(&place, &["collection", "new", "Roads"]);
    done(&place, &["collection", "new", "roads", "--about", "one file on every system"]);
    let listed = done(&place, &["collection", "list"]).stdout;
    assert!(listed.contains("      0  Roads  one file"), "{listed}");
    let ran = place.run(&["collection", "add", "别的", &tea]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no collection is called \"别的\""), "{}", ran.stderr);
    assert_eq!(place.run(&["collection", "move", "交通志", &boats]).code, 2, "not in it");
}

#[test]
fn the_order_of_the_entries_in_the_file_makes_no_difference() {
    let place = Place::with_articles();
    let [_, boats, tea] = collected(&place);
    done(&place, &["collection", "move", "交通志", &tea, "--first"]);
    done(&place, &["collection", "remove", "交通志", &boats]);
    let before = order(&place);
    let path = place.path().join("corpus.curation/collections/交通志.toml");
    let file = fs::read_to_string(&path).expect("the file");
    let mut entries: Vec<&str> = file.split("[[change]]").filter(|part| !part.is_empty()).collect();
    entries.reverse();
    // As a merge may leave it: in another order, and some twice.
    let twice: Vec<&str> = entries.iter().chain(entries.iter().take(2)).copied().collect();
    let merged: Vec<String> =
        twice.iter().map(|entry| format!("[[change]]{}\n", entry.trim_end())).collect();
    fs::write(&path, merged.concat()).expect("written");
    assert_eq!(order(&place), before);
}

#[test]
fn a_collection_is_exported_in_its_order_with_its_remarks_and_the_same_again() {
    let place = Place::with_articles();
    let [bridge, boats, tea] = collected(&place);
    done(&place, &["collection", "move", "交通志", &tea, "--first"]);
    let rows = done(&place, &["collection", "export", "交通志"]).json_lines();
    let ids: Vec<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ids, [&tea, &bridge, &boats]);
    assert_eq!(rows[1]["remark"], "首次报道");
    assert!(rows[0].get("remark").is_none(), "a record without one is as ever");
    for ending in
        ["jsonl", "csv", "xlsx", "md", "docx", "html", "epub", "txt", "ris", "bib", "json"]
    {
        let name = format!("志.{ending}");
        let format = if ending == "txt" { "cite" } else { "" };
        let mut arguments = vec!["collection", "export", "交通志", "-o", name.as_str()];
        if !format.is_empty() {
            arguments.extend(["--format", format]);
        }
        done(&place, &arguments);
        let bytes = fs::read(place.path().join(&name)).expect("the file");
        if !matches!(ending, "xlsx" | "docx" | "epub") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert_eq!(text.matches("首次报道").count(), 1, "{ending}: {text}");
            let place_of =
                |words: &str| text.find(words).unwrap_or_else(|| panic!("{ending}: {words}"));
            assert!(place_of("茶农清明前开园") < place_of("石桥镇办起龙舟赛"), "{ending}");
        }
        let ran = done(&place, &["export", "--verify", &name]);
        assert!(ran.stdout.contains("byte by byte"), "{ending}: {}", ran.stdout);
    }
    // The manifest has what the collection was: the file is still what was exported.
    done(&place, &["collection", "remove", "交通志", &tea]);
    done(&place, &["export", "--verify", "志.docx"]);
}
