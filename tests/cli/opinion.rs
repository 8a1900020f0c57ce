//! `dibao check --pdf`. Without `pdftotext` (poppler) only what happens then, and with a program in its place, is
//! tested; `DIBAO_PDFTOTEXT=1` makes its absence an error.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::place::{Place, Ran};

const REQUIRED: &str = "DIBAO_PDFTOTEXT";

/// Whether the program is there, with a word on stderr if it is not.
#[allow(clippy::print_stderr, reason = "says what it leaves out")]
fn has_pdftotext() -> bool {
    let has = Command::new("pdftotext").arg("-v").output().is_ok();
    assert!(has || env::var_os(REQUIRED).is_none(), "{REQUIRED} is set, and there is no pdftotext");
    if !has {
        eprintln!("without pdftotext no text is compared with its own here");
    }
    has
}

fn with_newspaper() -> Place {
    let place = Place::new();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout/newspaper.pdf");
    fs::copy(page, place.write("daily/2023-02-10_A05.pdf", "")).expect("a copy");
    place
}

#[test]
fn without_the_program_it_is_said_how_to_get_it() {
    let place = with_newspaper();
    let mut command = place.command(&["check", "--pdf"]);
    let ran = Ran::from(command.env("PATH", "").output().expect("the program runs"));
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("apt install poppler-utils"), "{}", ran.stderr);
}

#[test]
#[cfg(unix)]
fn pages_on_which_another_program_finds_more_are_listed() {
    use std::os::unix::fs::PermissionsExt;
    let place = with_newspaper();
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("pdftotext");
    let page =
        "<html><body><doc><page><line><word>鹬蚌鹬蚌</word></line></page></doc></body></html>";
    fs::write(&program, format!("#!/bin/sh\necho '{page}'\n")).expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    let run = |arguments: &[&str]| {
        let mut command = place.command(arguments);
        Ran::from(command.env("PATH", folder.path()).output().expect("the program runs"))
    };
    let ran = run(&["check", "--pdf"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let expected = "daily/2023-02-10_A05.pdf: page 1 lacks 4 of the 4 characters that pdftotext finds, \
                    as in “鹬蚌鹬蚌”\n";
    assert_eq!(ran.stdout, expected);
    let json = run(&["check", "--pdf", "--format", "json"]).json();
    assert_eq!(json[0]["missing"], 4, "{json}");
    fs::write(&program, "#!/bin/sh\necho 'no pages' >&2; exit 1\n").expect("written");
    let ran = run(&["check", "--pdf"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(ran.stderr.contains("no pages"), "{}", ran.stderr);
}

#[test]
fn the_test_page_has_all_that_the_program_finds() {
    if !has_pdftotext() {
        return;
    }
    let place = with_newspaper();
    let ran = place.run(&["check", "--pdf"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("compared 1 page of 1 PDF file; 0 lack text"), "{}", ran.stderr);
}
