//! Any text is cut, and every line is accounted for.
#![no_main]

use dibao::model::{LineRole, SourceText};
use dibao::split::split;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = SourceText::from_text("fuzz.txt", text);
    let split_file = split(&source);
    assert_eq!(split_file.roles.len(), source.lines.len());
    for (index, (role, owner)) in split_file.roles.iter().zip(&split_file.owners).enumerate() {
        assert_eq!(role.in_article(), owner.is_some());
        assert!(source.line(index).trim().is_empty() || *role != LineRole::Blank);
    }
});
