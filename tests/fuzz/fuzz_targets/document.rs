//! Any bytes in a file that is called a document, an archive or a crawl, are read to the end.
#![no_main]

use dibao::intake::{Config, read, walk};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let corpus = tempfile::tempdir().expect("a temporary folder");
    for name in ["fuzz.docx", "fuzz.zip", "fuzz.tar", "fuzz.tgz", "fuzz.warc"] {
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
