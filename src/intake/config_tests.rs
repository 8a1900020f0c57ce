//! What `corpus.toml` says of files, and what is said of mistakes in it.

use std::fs;
use std::path::Path;

use super::config::{Config, FILE_NAME};
use super::path::parse_date;
use super::reading::ReadingSettings;
use crate::model::{Basis, SourceMeta};

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(Path::new("corpus.toml"), text).map_err(|error| error.to_string())
}

#[track_caller]
fn check_error(text: &str, expected: &[&str]) {
    let error = parse(text).expect_err("an error");
    for part in expected {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn later_entries_win_field_by_field_and_over_the_path() {
    let config = parse(
        r#"
        [[files]]
        glob = "paper/**"
        publication = "晨报"
        region = "410100"
        encoding = "GBK"
        date_pattern = 'no(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)'
        [[files]]
        glob = "**/b.txt"
        publication = "晚报"
        date = "2021-03-04"
        page = "A01"
        "#,
    )
    .expect("a good file");
    let meta = config.meta("paper/2020-01-01/no20200102/B02.txt");
    assert_eq!(meta.publication.as_deref(), Some("晨报"));
    assert_eq!(meta.issue_date, parse_date("2020-01-02").map(|date| (date, Basis::Config)));
    assert_eq!(meta.page.as_deref(), Some("B02"));
    let meta = config.meta("paper/b.txt");
    assert_eq!(meta.publication.as_deref(), Some("晚报"));
    assert_eq!(meta.region.as_deref(), Some("410100"));
    assert_eq!(meta.issue_date, parse_date("2021-03-04").map(|date| (date, Basis::Config)));
    assert_eq!(config.encoding("paper/b.txt"), Some("gb18030"));
    assert_eq!(config.encoding("b.txt"), None);
    assert_eq!(config.meta("c.txt"), SourceMeta::default());
}

#[test]
fn errors_name_the_file_the_line_what_was_expected_and_what_to_write() {
    let with = |field: &str| format!("[[files]]\nglob = \"*\"\n{field}\n");
    check_error(
        &with("date = \"2023-13-01\""),
        &["corpus.toml, line 3", "2023-13-01", "2023-02-10"],
    );
    check_error(&with("encoding = \"klingon\""), &["line 3", "klingon", "gb18030"]);
    check_error(&with("pages = \"4-2\""), &["line 3", "4-2", "1-4,7,9-"]);
    check_error(&with("skip = \"yes\""), &["line 3", "boolean"]);
    check_error(&with("date_pattern = '(?<y>.)(?<m>.)'"), &["line 3", "group `d`"]);
    check_error(&with("date_pattern = '('"), &["line 3", "pattern"]);
    check_error("[[files]]\nglob = \"a[\"\n", &["line 2", "a[", "zzrb/**/*.txt"]);
    check_error(&with("pubication = \"x\""), &["line 3", "pubication", "publication"]);
    check_error("[[files]]\npage = \"A1\"\n", &["glob"]);
    check_error("regoin = \"x\"\n", &["line 1", "regoin", "near: region"]);
    check_error("[files.a]\nglob = \"*\"\n", &["files"]);
    check_error("files = = 3", &["line 1"]);
}

#[test]
fn a_star_stays_in_its_folder_and_two_go_below_it() {
    let config = parse(
        "[[files]]\nglob = \"**\"\npage = \"1\"\n[[files]]\nglob = \"*\"\npage = \"2\"\n\
         [[files]]\nglob = \"甲/*\"\npage = \"3\"\n[[files]]\nglob = \"乙/{a[,]b,c}.txt\"\npage = \"4\"\n",
    )
    .expect("a good file");
    let page = |source: &str| config.meta(source).page.unwrap_or_default();
    let sources = ["a.txt", "甲/a.txt", "甲/丙/a.txt", "乙/a.txt", "乙/a,b.txt", "乙/c.txt"];
    assert_eq!(sources.map(page), ["2", "3", "1", "1", "4", "4"]);
}

#[test]
fn how_files_are_read_is_said_for_each_glob() {
    let text = "[[files]]\nglob = \"**\"\npages = \"2-\"\nskip = true\n\
         [[files]]\nglob = \"a/*\"\nskip = false\nmain_text = false\n\
         text_layer = false\n";
    let config = parse(text).expect("a good file");
    assert!(config.skips("b.pdf") && !config.skips("a/b.pdf"));
    let settings = config.reading("a/b.pdf");
    assert!(!settings.takes(1) && settings.takes(2) && !settings.main_text);
    assert!(!settings.text_layer);
    assert!(config.reading("b.pdf").main_text && config.reading("b.pdf").text_layer);
    assert_eq!(Config::default().reading("b.pdf"), ReadingSettings::default());
}

#[test]
fn a_folder_without_the_file_says_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config::load(folder.path()).expect("no file is no error");
    assert_eq!(config.fingerprint(), "");
    fs::write(folder.path().join(FILE_NAME), "").expect("written");
    assert_ne!(Config::load(folder.path()).expect("an empty file").fingerprint(), "");
}
