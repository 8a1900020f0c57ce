//! Bytes of any encoding become text, folding keeps the number of characters, and the search form of
//! a search form is the same.
#![no_main]

use dibao::text::{decode, fold, search_form};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let decoded = decode(bytes, None);
    let folded = fold(&decoded.text);
    assert_eq!(folded.text.chars().count(), decoded.text.chars().count());
    let form = search_form(&decoded.text);
    assert_eq!(search_form(&form.text).text, form.text);
    assert!(decoded.text.get(form.origin(0..form.text.len())).is_some());
});
