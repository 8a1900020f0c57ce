//! Exit codes, pipes, colours, errors, help: what holds for every command.

use std::io::Read;
use std::process::Stdio;

use crate::place::Place;

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let place = Place::with_articles();
    // More than any pipe holds, so that writing goes on after the reader is gone.
    let words = "一行很长的话，".repeat(200);
    let articles: Vec<_> = (0..500)
        .map(|n| serde_json::json!({"title": format!("第{n}条"), "body": words, "date": "2020-01-01"}))
        .collect();
    place.write("long.jsonl", &crate::place::jsonl(&articles));
    assert_eq!(place.run(&["ingest"]).code, 0);
    for arguments in [
        &["export"][..],
        &["export", "--format", "csv"],
        &["export", "--format", "md"],
        &["search", "--limit", "1000", "--format", "jsonl"],
        &["search", "--limit", "1000", "--format", "json"],
    ] {
        let mut child = place
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut pipe = child.stdout.take().expect("a pipe");
        pipe.read_exact(&mut [0; 10]).expect("some bytes");
        drop(pipe);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    let place = Place::with_articles();
    let search = |arguments: &[&str], no_color: Option<&str>| {
        let mut command = place.command(arguments);
        if let Some(value) = no_color {
            command.env("NO_COLOR", value);
        }
        String::from_utf8(command.output().expect("the program runs").stdout).expect("UTF-8")
    };
    assert!(!search(&["search", "栏杆"], None).contains('\u{1b}'));
    assert!(!search(&["search", "栏杆", "--color", "auto"], Some("1")).contains('\u{1b}'));
    assert!(!search(&["search", "栏杆", "--color", "never"], None).contains('\u{1b}'));
    let coloured = search(&["search", "栏杆", "--color", "always"], Some("1"));
    assert!(coloured.contains("\u{1b}[1m\u{1b}[31m栏杆\u{1b}[0m"), "{coloured:?}");
}

#[test]
fn an_index_that_is_not_there_is_an_error_that_says_how_to_make_it() {
    let place = Place::new();
    for arguments in [
        &["search", "x"][..],
        &["show", "x"],
        &["export"],
        &["stats"],
        &["check"],
        &["trend", "x"],
        &["diff", "x", "y"],
    ] {
        let ran = place.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.starts_with("error: index: "), "{}", ran.stderr);
        assert!(ran.stderr.contains("dibao ingest"), "{}", ran.stderr);
    }
}

#[test]
fn folders_come_from_flags_before_the_environment() {
    let place = Place::with_articles();
    let run = |environment: &str, arguments: &[&str]| {
        let mut command = place.command(arguments);
        command.env("DIBAO_INDEX", environment).output().expect("it runs").status.code()
    };
    assert_eq!(run("index", &["search", "栏杆"]), Some(0));
    assert_eq!(run("elsewhere", &["search", "栏杆"]), Some(2));
    assert_eq!(run("elsewhere", &["search", "栏杆", "--index", "index"]), Some(0));
}

#[test]
fn help_and_version_go_to_stdout_and_need_no_index() {
    let place = Place::new();
    for command in
        ["ingest", "split", "search", "show", "export", "stats", "trend", "diff", "check"]
    {
        let ran = place.run(&[command, "--help"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{command}");
        assert!(ran.stdout.contains("dibao "), "{command}: {}", ran.stdout);
        let widest = ran.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{command}: {widest:?}");
    }
    let version = place.run(&["--version"]);
    assert_eq!(version.stdout, format!("dibao {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_are_printed_for_every_shell() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = place.run(&["completions", shell]);
        assert_eq!(ran.code, 0, "{shell}");
        assert!(ran.stdout.contains("ingest"), "{shell}");
    }
}

#[test]
fn what_is_typed_wrongly_is_exit_code_2() {
    let place = Place::new();
    for arguments in [
        &["nonsense"][..],
        &["search", "--from", "yesterday"],
        &["search", "--kind", "poem"],
        &["search", "--from", "2024", "--to", "2023"],
        &["export", "-o", "out.docx"],
        &["split"],
        &[],
    ] {
        let ran = place.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert_ne!(ran.stderr, "");
    }
}
