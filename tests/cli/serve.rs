//! `dibao serve` as a process: says where it is, warns of what is open to all, writes its log, and
//! stops when it is asked to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use super::place::Place;

/// A server that has said where it is.
struct Serving {
    child: Child,
    log: BufReader<std::process::ChildStderr>,
    /// What it said before.
    said: String,
    port: u16,
}

impl Serving {
    fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = place.command(&["serve"]);
        let mut child = command.args(arguments).stderr(Stdio::piped()).spawn().expect("a process");
        let mut log = BufReader::new(child.stderr.take().expect("its log"));
        let mut said = String::new();
        let port = loop {
            let before = said.len();
            assert!(log.read_line(&mut said).expect("a line") > 0, "it ended: {said}");
            let line = &said[before..];
            let port = line.strip_prefix("http://").and_then(|rest| rest.split_once("/  ("));
            if let Some((address, _)) = port {
                let (_, port) = address.rsplit_once(':').expect("a port");
                break port.parse().expect("a number");
            }
        };
        Self { child, log, said, port }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    /// Asks it to stop as the system does, and gives back its exit code and all of its log.
    fn stop(mut self) -> (Option<i32>, String) {
        let process = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &process]).status().expect("kill");
        assert!(asked.success());
        let code = self.child.wait().expect("an end").code();
        self.log.read_to_string(&mut self.said).expect("the rest of its log");
        (code, self.said)
    }
}

#[cfg(unix)]
#[test]
fn it_says_where_it_is_answers_and_stops_when_asked() {
    let place = Place::with_articles();
    let serving = Serving::start(&place, &["--addr", "127.0.0.1:0", "--log", "json"]);
    assert!(!serving.said.contains("warning"), "{}", serving.said);
    assert!(serving.get("/api/v1/health").contains("\"status\":\"ok\""));
    let (code, log) = serving.stop();
    assert_eq!(code, Some(0), "{log}");
    let lines = log.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let answered = lines.filter(|line| line["message"] == "answered").collect::<Vec<_>>();
    assert_eq!(answered.len(), 1, "{log}");
    assert_eq!(answered[0]["path"], "/api/v1/health");
    assert_eq!(answered[0]["status"], 200);
}

#[cfg(unix)]
#[test]
fn it_watches_the_corpus_and_answers_with_what_came() {
    let place = Place::with_articles();
    let arguments = ["--addr", "127.0.0.1:0", "--watch", "--settle", "100ms"];
    let serving = Serving::start(&place, &arguments);
    let until = std::time::Instant::now() + std::time::Duration::from_mins(5);
    let wait = |path: &str, wanted: &str| {
        loop {
            let answer = serving.get(path);
            if answer.contains(wanted) {
                return;
            }
            assert!(std::time::Instant::now() < until, "{wanted}: {answer}");
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    };
    wait("/api/v1/health", "\"articles\":4");
    wait("/api/v1/health", "\"watch\":{\"state\":\"current\"");
    place.write("new.jsonl", "{\"title\": \"新桥通车\", \"body\": \"新桥昨天通车。\"}\n");
    wait("/api/v1/health", "\"articles\":5");
    wait("/metrics", "dibao_watch_files_total{change=\"added\"} 1");
    wait("/metrics", "dibao_watch_current 1");
    std::fs::remove_dir_all(place.path().join("corpus")).expect("removed");
    wait("/api/v1/health", "\"watch\":{\"state\":\"waiting\"");
    wait("/api/v1/health", "\"articles\":5");
    let (code, log) = serving.stop();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("1 added"), "{log}");
    assert!(log.contains("the corpus folder is not there"), "{log}");
}

#[cfg(unix)]
#[test]
fn what_is_open_to_all_and_what_is_missing_is_said_at_once() {
    let place = Place::new();
    let serving = Serving::start(&place, &["--addr", "0.0.0.0:0"]);
    assert!(serving.said.contains("can read the archive; --token-file"), "{}", serving.said);
    assert!(serving.said.contains("no index here; `dibao ingest` creates one"), "{}", serving.said);
    assert!(serving.get("/").contains("HTTP/1.1 503"));
    serving.stop();
    std::fs::write(place.path().join("token"), "word\nsecond line\n").expect("a file");
    let token = ["--addr", "0.0.0.0:0", "--token-file", "token"];
    let serving = Serving::start(&place, &token);
    assert!(!serving.said.contains("can read the archive"), "{}", serving.said);
    assert!(serving.get("/api/v1/version").contains("HTTP/1.1 401"));
    serving.stop();
}

#[cfg(unix)]
#[test]
fn a_file_of_tokens_that_others_can_read_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with_articles();
    let file = place.path().join("editors");
    std::fs::write(&file, "王芳 0123456789abcdef\n").expect("a file");
    for (mode, is_told) in [(0o644, true), (0o600, false)] {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("a mode");
        let arguments = ["--addr", "127.0.0.1:0", "--editor-token-file", "editors"];
        let serving = Serving::start(&place, &arguments);
        assert_eq!(serving.said.contains("chmod 600 editors"), is_told, "{}", serving.said);
        assert!(!serving.said.contains("0123456789abcdef"), "{}", serving.said);
        assert!(serving.get("/login").contains("HTTP/1.1 200"));
        serving.stop();
    }
}

#[test]
fn what_it_cannot_be_told_is_refused_with_a_hint() {
    let place = Place::new();
    std::fs::write(place.path().join("empty"), "\n").expect("a file");
    std::fs::write(place.path().join("short"), "王芳 0123456789\n").expect("a file");
    std::fs::write(place.path().join("alone"), "# who\n0123456789abcdef\n").expect("a file");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    for (arguments, hint) in [
        (vec!["--addr", "nowhere"], "write an address and a port"),
        (vec!["--addr", &address], "choose another address or port with --addr"),
        (vec!["--token-file", "missing"], "check the path"),
        (vec!["--token-file", "empty"], "put the token into its first line"),
        (vec!["--editor-token-file", "missing"], "check the path"),
        (vec!["--editor-token-file", "empty"], "empty: no token; write NAME TOKEN on each line"),
        (vec!["--editor-token-file", "short"], "line 1: a token has at least 16 characters"),
        (vec!["--editor-token-file", "alone"], "line 2: expected NAME TOKEN"),
        (vec!["--public-url", "archive.example"], "write http(s)://name"),
        (vec!["--cors", "*"], "write http(s)://name"),
    ] {
        let ran = place.run(&[&["serve"], arguments.as_slice()].concat());
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(hint), "{arguments:?}: {}", ran.stderr);
    }
}
