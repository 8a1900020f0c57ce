//! The README files say what the program does: each `console` block is typed again, in its order,
//! on a copy of the sample corpus, in the language of the page, and must print what is shown.
//!
//! Every line that begins with `$ dibao ` is a command; the lines below it are what it prints, data
//! first and messages after them. A line `…` stands for any number of lines. After a change of what
//! the program prints, `DIBAO_DOCS=overwrite cargo test --test docs` writes the new lines into the
//! pages; read the difference before you keep it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ELIDED: &str = "…";

#[test]
fn the_tour_of_the_english_page_prints_what_it_shows() {
    check("README.md", "en");
}

#[test]
fn the_tour_of_the_chinese_page_prints_what_it_shows() {
    check("README.zh-CN.md", "zh");
}

#[test]
fn both_pages_take_the_same_tour() {
    let tour = |page| -> Vec<String> {
        let page = parse(&fs::read_to_string(root().join(page)).expect("a page"));
        page.into_iter().filter_map(|part| part.command().map(str::to_owned)).collect()
    };
    let english = tour("README.md");
    assert!(english.len() >= 10, "{english:?}");
    assert_eq!(english, tour("README.zh-CN.md"));
}

#[test]
fn every_command_of_the_program_is_on_both_pages() {
    let help = run(root(), &["--help".to_owned()], "en").0;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() >= 9, "{commands:?}");
    for page in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(root().join(page)).expect("a page");
        for command in &commands {
            assert!(text.contains(&format!("dibao {command}")), "{page} lacks `dibao {command}`");
        }
    }
}

/// A part of a page.
enum Part {
    /// Whatever is not typed.
    Prose(String),
    /// A command and the lines that it is said to print.
    Typed { line: String, printed: Vec<String> },
}

impl Part {
    fn command(&self) -> Option<&str> {
        match self {
            Self::Prose(_) => None,
            Self::Typed { line, .. } => Some(line),
        }
    }
}

fn check(page: &str, lang: &str) {
    let path = root().join(page);
    let shown = fs::read_to_string(&path).expect("a page");
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("corpus"), &folder.path().join("corpus"));
    let mut real = String::new();
    for part in parse(&shown) {
        match part {
            Part::Prose(line) => real.extend([line.as_str(), "\n"]),
            Part::Typed { line, printed } => {
                let arguments = words(line.trim_start_matches("$ dibao "));
                let (output, code) = run(folder.path(), &arguments, lang);
                assert!(
                    code < 2 || ["error", "错误"].iter().any(|word| output.starts_with(word)),
                    "{line}: {code}\n{output}"
                );
                real.extend([line.as_str(), "\n"]);
                for line in elide(&output, &printed) {
                    real.extend([line.as_str(), "\n"]);
                }
            }
        }
    }
    if std::env::var_os("DIBAO_DOCS").is_some_and(|wish| wish == "overwrite") {
        fs::write(&path, &real).expect("a page that can be written");
    } else {
        let lines = shown.lines().zip(real.lines()).enumerate();
        for (index, (shown, real)) in lines {
            assert_eq!(shown, real, "{page}, line {}", index + 1);
        }
        assert_eq!(shown, real, "{page}");
    }
}

/// The lines printed, cut down as the page does.
fn elide(output: &str, shown: &[String]) -> Vec<String> {
    let lines: Vec<String> = output.lines().map(|line| line.trim_end().to_owned()).collect();
    let Some(at) = shown.iter().position(|line| line == ELIDED) else { return lines };
    let tail = shown.len() - at - 1;
    assert!(lines.len() >= at + tail, "too few lines:\n{output}");
    let mut kept = lines[..at].to_vec();
    kept.push(ELIDED.to_owned());
    kept.extend_from_slice(&lines[lines.len() - tail..]);
    kept
}

fn parse(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut typing = false;
    for line in page.lines() {
        if line.starts_with("```") {
            typing = line == "```console";
            parts.push(Part::Prose(line.to_owned()));
        } else if typing && line.starts_with("$ dibao ") {
            parts.push(Part::Typed { line: line.to_owned(), printed: Vec::new() });
        } else if let (true, Some(Part::Typed { printed, .. })) = (typing, parts.last_mut()) {
            printed.push(line.to_owned());
        } else {
            parts.push(Part::Prose(line.to_owned()));
        }
    }
    parts
}

/// A command line as a shell parts it; single quotes only.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("at least one").push(c),
        }
    }
    words
}

/// What a command prints in a language, data before messages, and its exit code.
fn run(folder: &Path, arguments: &[String], lang: &str) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dibao"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for name in ["DIBAO_CORPUS", "DIBAO_INDEX", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    command.env("DIBAO_LANG", lang);
    let output = command.output().expect("the program runs");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    (text, output.status.code().expect("not killed"))
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("a readable folder");
        let to: PathBuf = to.join(entry.path().strip_prefix(from).expect("below it"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&to).expect("a folder");
        } else {
            fs::copy(entry.path(), &to).expect("a copy");
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
