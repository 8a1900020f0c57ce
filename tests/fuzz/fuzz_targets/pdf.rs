//! Any bytes in a `.pdf` file are read to the end.
#![no_main]

use dibao::intake::{Config, read, walk};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let corpus = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(corpus.path().join("fuzz.pdf"), bytes).expect("a file");
    for file in walk(corpus.path(), &[]).files {
        let mut reading = read(&file, &Config::default());
        for piece in reading.by_ref() {
            drop(piece);
        }
        let _ = reading.finish();
    }
});
