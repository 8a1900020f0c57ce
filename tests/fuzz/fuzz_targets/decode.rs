//! Bytes of any encoding become text, and folding keeps the number of characters.
#![no_main]

use dibao::text::{decode, fold};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let decoded = decode(bytes, None);
    let folded = fold(&decoded.text);
    assert_eq!(folded.text.chars().count(), decoded.text.chars().count());
});
