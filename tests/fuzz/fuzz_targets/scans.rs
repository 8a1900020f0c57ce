//! Any bytes in a `.xml` file are read to the end.
#![no_main]

use dibao::intake::{Config, read, walk};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let corpus = tempfile::tempdir().expect("a temporary folder");
    // One that names the other as a page of it reads it, too.
    for name in ["fuzz.xml", "fuzz-mets.xml"] {
        std::fs::write(corpus.path().join(name), bytes).expect("a file");
    }
    for file in walk(corpus.path(), &[]).files {
        let mut reading = read(&file, &Config::default());
        for piece in reading.by_ref() {
            drop(piece);
        }
        let _ = reading.finish();
    }
});
