//! A query that can be read is printed in a form that reads as the same query.
#![no_main]

use dibao::query::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            let again = parse(&printed).expect("what was printed can be read");
            assert_eq!(again.without_spans(), query.without_spans());
            assert_eq!(again.to_string(), printed);
        }
        Err(error) => assert!(text.get(error.span).is_some()),
    }
});
