//! `dibao saved` and `dibao new`.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::{Value, json};

use crate::place::{Place, Ran, jsonl};

fn article(title: &str, body: &str) -> Value {
    json!({"publication": "河畔晚报", "date": "2022-01-05", "title": title, "body": body,
        "districts": ["登封市"]})
}

/// Articles, and a search of 石桥 that was saved over them.
fn saved() -> Place {
    let place = Place::with_articles();
    let ran = place.run(&["saved", "add", "石桥动态", "石桥", "--by", "甲一"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    place
}

fn ingest(place: &Place, flags: &[&str]) {
    let ran = place.run(&[&["ingest"], flags].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

fn titles(ran: &Ran) -> Vec<String> {
    let lines = ran.json_lines();
    lines.iter().map(|line| line["article"]["title"].as_str().unwrap_or("").to_owned()).collect()
}

fn new(place: &Place) -> (i32, Vec<String>) {
    let ran = place.run(&["new", "--format", "jsonl"]);
    (ran.code, titles(&ran))
}

#[test]
fn a_search_is_saved_listed_and_removed() {
    let place = saved();
    let again = place.run(&["saved", "add", "石桥动态", "别的"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("there is a search named 石桥动态"), "{}", again.stderr);
    let district = ["saved", "add", "登封", "--district", "登封市", "--from", "2021"];
    assert_eq!(place.run(&district).code, 0);
    let listed = place.run(&["saved", "list", "--format", "json"]).json();
    assert_eq!(listed[0]["name"], "登封");
    assert_eq!(listed[0]["search"], "district=登封市&from=2021");
    assert_eq!(listed[0]["articles"], 2);
    assert_eq!(listed[1]["search"], "q=石桥");
    assert_eq!(listed[1]["by"], "甲一");
    let shown = place.run_chinese(&["saved", "list"]);
    assert!(
        shown.stdout.contains("登封\n    district=登封市&from=2021\n    2 篇 · "),
        "{}",
        shown.stdout
    );
    assert_eq!(place.run(&["saved", "remove", "石桥动态"]).code, 0);
    let gone = place.run(&["saved", "remove", "石桥动态"]);
    assert_eq!(gone.code, 1);
    assert!(gone.stderr.contains("there are 登封"), "{}", gone.stderr);
    let file = std::fs::read_to_string(place.path().join("corpus.curation/searches.toml"));
    let file = file.expect("a plain file");
    assert_eq!(file.matches("[[search]]").count(), 3, "{file}");
    assert_eq!(file.matches("removed = true").count(), 1, "{file}");
    for wrong in [&["saved", "add", " "][..], &["saved", "add", "坏", "\"没有"], &["new", "没有"]]
    {
        assert_eq!(place.run(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn what_comes_is_told_once_and_a_new_index_has_nothing_new() {
    let place = saved();
    assert_eq!(new(&place), (1, Vec::new()));
    place.write(
        "next.jsonl",
        &jsonl(&[
            article("石桥村修起新路", "石桥村的路修好了。"),
            article("别处的消息", "山坡上的茶园。"),
        ]),
    );
    ingest(&place, &[]);
    assert_eq!(new(&place), (0, vec!["石桥村修起新路".to_owned()]));
    assert_eq!(new(&place), (1, Vec::new()));
    ingest(&place, &["--rebuild"]);
    assert_eq!(new(&place), (1, Vec::new()));
    // A file that goes and comes back, under another name.
    std::fs::remove_file(place.path().join("corpus/next.jsonl")).expect("removed");
    ingest(&place, &[]);
    place.write(
        "again.jsonl",
        &jsonl(&[
            article("石桥村修起新路", "石桥村的路修好了。"),
            article("别处的消息", "山坡上的茶园。"),
        ]),
    );
    ingest(&place, &[]);
    assert_eq!(new(&place), (1, Vec::new()));
    // Each search by itself; text is for people.
    assert_eq!(place.run(&["saved", "add", "茶园", "茶园"]).code, 0);
    place.write("third.jsonl", &jsonl(&[article("石桥茶园", "石桥的茶园开园了。")]));
    ingest(&place, &[]);
    let ran = place.run(&["new", "茶园"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout.starts_with("── 茶园\n石桥茶园\n    2022-01-05 · 登封市 · "),
        "{}",
        ran.stdout
    );
    let ran = place.run(&["new", "--format", "json"]);
    let report = ran.json();
    assert_eq!(report["searches"][0]["name"], "石桥动态");
    assert_eq!(report["searches"][0]["articles"][0]["title"], "石桥茶园");
    assert_eq!(report["searches"][1]["articles"], json!([]));
    assert_eq!(new(&place), (1, Vec::new()));
}

/// The same text in a file, cut otherwise by a heading that is taken out of it.
#[test]
fn a_page_that_is_cut_otherwise_is_not_new() {
    let place = Place::new();
    let page = "石桥换新颜\n\n本报讯(记者 甲一)3月4日，老石桥换上了新栏杆，两岸站满了来看的人。\n\n\
                茶园开园\n\n本报讯(记者 乙二)3月5日，石桥村的茶园开园采茶，今年产量约一百二十吨。\n";
    place.write("blank.txt", "别的\n\n本报讯 没有。\n");
    ingest(&place, &[]);
    assert_eq!(place.run(&["saved", "add", "石桥", "石桥"]).code, 0);
    place.write("page.txt", page);
    ingest(&place, &[]);
    let (code, first) = new(&place);
    assert_eq!((code, first.len()), (0, 2), "{first:?}");
    // As another splitter would have it: the ids of the index are others, the file is the same.
    let told = std::fs::read_dir(place.path().join("corpus.curation/told")).expect("a folder");
    let told = told.map(|entry| entry.expect("an entry").path());
    let told = told.filter(|path| path.extension().is_some_and(|end| end == "tsv"));
    let told: Vec<_> = told.collect();
    assert_eq!(told.len(), 1);
    let text = std::fs::read_to_string(&told[0]).expect("a plain file");
    let other = text.lines().map(|line| match line.split_once('\t') {
        Some((_, rest)) if !line.starts_with('#') => format!("000000000000\t{rest}\n"),
        _ => format!("{line}\n"),
    });
    std::fs::write(&told[0], other.collect::<String>()).expect("written");
    assert_eq!(new(&place), (1, Vec::new()));
    // Another text in its place is new.
    place.write("page.txt", &page.replace("栏杆", "石栏"));
    ingest(&place, &[]);
    let (code, changed) = new(&place);
    assert_eq!((code, changed.len()), (0, 2), "{changed:?}");
}

#[test]
fn a_search_by_hand_begins_when_it_is_first_asked_for() {
    let place = Place::with_articles();
    let folder = place.path().join("corpus.curation");
    std::fs::create_dir(&folder).expect("a folder");
    let text = "[[search]]\nname = \"石桥\"\nsearch = \"http://127.0.0.1:8080/?q=%E7%9F%B3%E6%A1%A5\"\n\n\
                [[search]]\nname = 3\n\n[[search]]\nname = \"坏\"\nsearch = \"q=(\"\n";
    std::fs::write(folder.join("searches.toml"), text).expect("written");
    let ran = place.run(&["new"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("石桥 begins now: 2 articles so far"), "{}", ran.stderr);
    assert!(ran.stderr.contains("searches.toml:5: an entry that cannot be read"), "{}", ran.stderr);
    assert!(ran.stderr.contains("坏: "), "{}", ran.stderr);
    place.write("next.jsonl", &jsonl(&[article("石桥村修起新路", "石桥村的路修好了。")]));
    ingest(&place, &[]);
    let ran = place.run(&["new", "石桥", "--format", "jsonl"]);
    assert_eq!((ran.code, titles(&ran)), (0, vec!["石桥村修起新路".to_owned()]));
}

#[test]
fn since_a_day_remembers_nothing() {
    let place = saved();
    let ran = place.run(&["new", "--since", "2020-01-01", "--format", "jsonl"]);
    assert_eq!((ran.code, titles(&ran).len()), (0, 2));
    let ran = place.run(&["new", "--since", "2999-01-01"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_eq!(new(&place), (1, Vec::new()));
    assert_eq!(place.run(&["new", "--since", "gestern"]).code, 2);
}

#[test]
fn output_that_nobody_reads_is_told_again() {
    let place = saved();
    place.write("next.jsonl", &jsonl(&[article("石桥村修起新路", "石桥村的路修好了。")]));
    ingest(&place, &[]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    if let Ok(full) = full {
        let ran = place.command(&["new"]).stdout(Stdio::from(full)).output().expect("it runs");
        assert_eq!(ran.status.code(), Some(2));
    }
    assert_eq!(new(&place).0, 0);
    assert_eq!(new(&place), (1, Vec::new()));
}

/// A receiver that answers each message with a status, or not at all.
fn receiver(statuses: &'static [u16]) -> (String, Receiver<Value>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/hook?key=geheim", listener.local_addr().expect("bound"));
    let (sender, received) = channel();
    thread::spawn(move || {
        let mut open: Vec<TcpStream> = Vec::new();
        for status in statuses {
            let (mut stream, _) = listener.accept().expect("a connection");
            let message = message(&mut stream);
            // Nobody may wait for it any more.
            let _ = sender.send(message);
            if *status == 0 {
                open.push(stream);
                continue;
            }
            let answer =
                format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).expect("answered");
        }
        // Connections without an answer stay open.
        thread::park();
    });
    (address, received)
}

fn message(stream: &mut TcpStream) -> Value {
    let (mut request, mut buffer) = (Vec::new(), [0; 8192]);
    loop {
        let read = stream.read(&mut buffer).expect("a request");
        request.extend_from_slice(&buffer[..read]);
        let end = request.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(body) = end.and_then(|end| serde_json::from_slice(&request[end + 4..]).ok()) {
            return body;
        }
        assert!(read > 0, "{}", String::from_utf8_lossy(&request));
    }
}

#[test]
fn a_webhook_gets_what_is_new_and_what_it_did_not_take_is_told_again() {
    let place = saved();
    place.write("next.jsonl", &jsonl(&[article("石桥村修起新路", "石桥村的路修好了。")]));
    ingest(&place, &[]);
    let (address, received) = receiver(&[410]);
    let ran = place.run(&["new", "--webhook", &address]);
    assert_eq!(ran.code, 2);
    let refused = received.recv().expect("a message");
    assert!(ran.stderr.contains("127.0.0.1 answered 410"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("geheim"), "{}", ran.stderr);
    assert_eq!(ran.stdout, "", "it is told once it was taken");
    let (address, received) = receiver(&[500, 200]);
    let ran = place.run(&["new", "--webhook", &address, "--address", "https://a.example"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let (first, second) = (received.recv().expect("one"), received.recv().expect("two"));
    assert_eq!(first, second);
    assert_eq!(first["delivery"], refused["delivery"]);
    assert_eq!((&first["format"], &first["version"]), (&json!("dibao-new"), &json!(1)));
    assert_eq!((&first["name"], &first["search"]), (&json!("石桥动态"), &json!("q=石桥")));
    assert_eq!((&first["part"], &first["last"]), (&json!(1), &json!(true)));
    let told = &first["articles"][0];
    assert_eq!((&told["title"], &told["date"]), (&json!("石桥村修起新路"), &json!("2022-01-05")));
    let id = told["id"].as_str().expect("an id");
    assert_eq!(told["url"], json!(format!("https://a.example/article/{id}")));
    assert_eq!(new(&place), (1, Vec::new()));
    let ran = place.run(&["new", "--webhook", "https://hooks.example/x"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--allow-host hooks.example"), "{}", ran.stderr);
}

#[test]
fn a_run_that_is_killed_between_telling_and_remembering_tells_again() {
    let place = saved();
    let many: Vec<Value> =
        (0..150).map(|n| article(&format!("石桥 {n}"), &format!("石桥的第 {n} 件事。"))).collect();
    place.write("next.jsonl", &jsonl(&many));
    ingest(&place, &[]);
    // The first message is taken, the second has no answer.
    let (address, received) = receiver(&[200, 0]);
    let mut run = place.command(&["new", "--webhook", &address, "--format", "jsonl"]);
    let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    let parts = [received.recv().expect("one"), received.recv().expect("two")];
    assert_eq!(parts[0]["articles"].as_array().map(Vec::len), Some(100));
    assert_eq!(parts[1]["articles"].as_array().map(Vec::len), Some(50));
    assert_eq!([&parts[0]["last"], &parts[1]["last"]], [&json!(false), &json!(true)]);
    run.kill().expect("killed");
    run.wait().expect("gone");
    let (code, told) = new(&place);
    assert_eq!((code, told.len()), (0, 150));
    assert_eq!(new(&place), (1, Vec::new()));
}
