//! `dibao mcp` as a process: nothing but messages on stdout, an index that is followed, and an end when
//! there is no more to read.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use super::place::{Place, articles, jsonl};

/// A client of a process.
struct Client {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
    number: u64,
}

impl Client {
    fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = place.command(&["mcp"]);
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = pipes.args(arguments).spawn().expect("a process");
        let ask = child.stdin.take().expect("its input");
        let answers = BufReader::new(child.stdout.take().expect("its output"));
        let mut client = Self { child, ask, answers, number: 0 };
        let who = json!({"name": "test", "version": "1"});
        let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": who});
        let info = client.ask("initialize", &hello);
        assert_eq!(info["serverInfo"]["name"], "dibao");
        client.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        client
    }

    fn say(&mut self, message: &Value) {
        writeln!(self.ask, "{message}").and_then(|()| self.ask.flush()).expect("it reads");
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.number += 1;
        let id = self.number;
        self.say(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        let mut answer: Value = serde_json::from_str(&line).expect("a message and nothing else");
        assert_eq!(answer["id"], id, "{answer}");
        answer["result"].take()
    }

    fn call(&mut self, name: &str, arguments: &Value) -> Value {
        self.ask("tools/call", &json!({"name": name, "arguments": arguments}))
    }

    /// Says nothing more; gives the rest of its output, its log, and its exit code.
    fn end(self) -> (String, String, Option<i32>) {
        let Self { mut child, ask, mut answers, .. } = self;
        drop(ask);
        let (mut rest, mut log) = (String::new(), String::new());
        answers.read_to_string(&mut rest).expect("text");
        child.stderr.take().expect("its log").read_to_string(&mut log).expect("text");
        (rest, log, child.wait().expect("an end").code())
    }
}

#[test]
fn it_answers_by_the_index_as_it_is_now_and_ends_with_its_input() {
    let place = Place::with_articles();
    let mut client = Client::start(&place, &["--public-url", "https://archive.example"]);
    let known = articles().len();
    let counted = client.call("count", &json!({}));
    assert_eq!(counted["structuredContent"]["articles"], known);
    let found = client.call("search", &json!({"limit": 1}))["structuredContent"]["hits"][0].clone();
    let page = format!("https://archive.example/article/{}", found["id"].as_str().expect("an id"));
    assert_eq!(found["permalink"], page);
    let new =
        json!({"title": "新渡口", "date": "2024-05-06", "body": "新渡口今天开船，来的人很多。"});
    place.write("new.jsonl", &jsonl(&[new]));
    assert_eq!(place.run(&["ingest"]).code, 0);
    // The index is looked at twice a second.
    std::thread::sleep(std::time::Duration::from_millis(600));
    let counted = client.call("count", &json!({}));
    assert_eq!(counted["structuredContent"]["articles"], known + 1);
    let wrong = client.call("search", &json!({"q": "("}));
    assert_eq!(wrong["isError"], true);
    let (rest, log, code) = client.end();
    assert_eq!((rest.as_str(), code), ("", Some(0)), "{log}");
    assert!(log.contains("the archive is open"), "{log}");
}

#[test]
fn without_an_index_every_answer_says_so() {
    let place = Place::new();
    let mut client = Client::start(&place, &[]);
    let answer = client.call("coverage", &json!({}));
    assert_eq!(answer["isError"], true);
    let text = answer["content"][0]["text"].as_str().expect("a text");
    assert!(text.contains("no index yet"), "{text}");
    let (_, log, code) = client.end();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("warning"), "{log}");
}
