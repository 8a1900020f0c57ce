//! A hash of the code and tables that an ingest goes through, so that a changed rule means that
//! files are read again.
//!
//! `build.rs` includes this file and puts the hash into the program; the library has it only in
//! its tests. Comments, line breaks and tests do not count: they change nothing in an archive.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Everything between a file and its entries in the index.
pub const PATHS: [&str; 11] = [
    "src/model",
    "src/text",
    "src/intake",
    "src/recognise",
    "src/split",
    "src/gazetteer",
    "src/annotate",
    "src/curation",
    "src/index",
    "src/ingest",
    "Cargo.lock",
];

/// The libraries that decide what is read out of a file: encodings, JSON, HTML, XML, packages, letters, PDF,
/// patterns, words, days. Those that draw and decode pictures (`hayro` with the renderer below it, `image`) are
/// among them: what is recognised, and whether a layer of text lies on its picture, is seen on pages drawn by them.
const LIBRARIES: [&str; 20] = [
    "daachorse",
    "dom_query",
    "dom_smoothie",
    "encoding_rs",
    "fst",
    "hayro",
    "hayro-cmap",
    "hayro-font",
    "hayro-interpret",
    "hayro-syntax",
    "image",
    "jieba-rs",
    "jiff",
    "mailparse",
    "quick-xml",
    "regex",
    "serde_json",
    "skrifa",
    "unicode-width",
    "zip",
];

/// Whether a file below [`PATHS`] counts: all do but those that hold tests.
pub fn counts(path: &str) -> bool {
    !path.ends_with("tests.rs")
}

/// 16 hexadecimal digits that change when the code or a table in one of the files does.
///
/// `files` maps paths, with `/`, to contents.
pub fn fingerprint(files: &BTreeMap<String, String>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, text) in files {
        let text = text.replace("\r\n", "\n");
        let code = match Path::new(path).extension().and_then(|extension| extension.to_str()) {
            Some("rs") => code(&text),
            Some("lock") => libraries(&text),
            _ => text,
        };
        for part in [path, &code] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// The entries of [`LIBRARIES`] and of all that they depend on in a lock file of cargo, by name. Other
/// libraries can change without an effect on an archive.
fn libraries(lock: &str) -> String {
    let mut entries: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in lock.split("[[package]]") {
        let name = entry.lines().find_map(|line| line.strip_prefix("name = "));
        if let Some(name) = name {
            entries.entry(name.trim_matches('"')).or_default().push(entry.trim());
        }
    }
    let mut found: BTreeMap<&str, &[&str]> = BTreeMap::new();
    let mut open: Vec<&str> = LIBRARIES.to_vec();
    while let Some(name) = open.pop() {
        let Some(entry) = entries.get(name) else { continue };
        if found.insert(name, entry).is_none() {
            // ` "memchr",`, or with a version where there are several.
            let lines = entry.iter().flat_map(|entry| entry.lines());
            let dependencies = lines.filter_map(|line| line.strip_prefix(" \""));
            open.extend(dependencies.filter_map(|line| line.split([' ', '"']).next()));
        }
    }
    found.into_values().flatten().copied().collect::<Vec<&str>>().join("\n\n")
}

/// The tokens of a Rust file without comments and test modules; the file as it stands if it is not
/// Rust.
fn code(text: &str) -> String {
    let Ok(tokens) = text.parse::<TokenStream>() else { return text.to_owned() };
    let mut code = String::with_capacity(text.len());
    write_code(tokens, &mut code);
    code
}

fn write_code(tokens: TokenStream, code: &mut String) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    while let Some((token, after)) = rest.split_first() {
        if let Some(after) = after_doc_comment(rest).or_else(|| after_test_module(rest)) {
            rest = after;
            continue;
        }
        rest = after;
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                code.push_str(open);
                write_code(group.stream(), code);
                code.push_str(close);
            }
            // `&&` and `& &` are different code.
            TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint => {
                code.push(punct.as_char());
            }
            _ => {
                let _ = write!(code, "{token} ");
            }
        }
    }
}

/// What follows a doc comment, which is `#[doc = "…"]` or `#![doc = "…"]` to the compiler.
fn after_doc_comment(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    let attribute = after_punct(tokens, '#')?;
    let attribute = after_punct(attribute, '!').unwrap_or(attribute);
    let (TokenTree::Group(group), after) = attribute.split_first()? else { return None };
    let mut inner = group.stream().into_iter();
    let is_doc = inner.next()?.to_string() == "doc" && inner.next()?.to_string() == "=";
    (group.delimiter() == Delimiter::Bracket && is_doc).then_some(after)
}

/// What follows `#[cfg(test)] mod … { … }` or `#[cfg(test)] mod …;`.
fn after_test_module(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    let (TokenTree::Group(group), item) = after_punct(tokens, '#')?.split_first()? else {
        return None;
    };
    let condition: String = group.stream().to_string().split_whitespace().collect();
    let is_module = item.first()?.to_string() == "mod";
    (condition == "cfg(test)" && is_module).then(|| item.get(3..)).flatten()
}

fn after_punct(tokens: &[TokenTree], char: char) -> Option<&[TokenTree]> {
    match tokens.split_first()? {
        (TokenTree::Punct(punct), after) if punct.as_char() == char => Some(after),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const RULE: &str = "/// Short lines.\nfn short(line: &str) -> bool {\n    line.len() < 40\n}\n";

    fn of(path: &str, text: &str) -> String {
        fingerprint(&BTreeMap::from([(path.to_owned(), text.to_owned())]))
    }

    #[test]
    fn a_library_counts_if_files_are_read_with_it_or_with_what_depends_on_it() {
        let lock = "version = 4\n\n[[package]]\nname = \"axum\"\nversion = \"1\"\n\n[[package]]\nname = \"memchr\"\nversion = \"2\"\n\n[[package]]\nname = \"regex\"\nversion = \"3\"\ndependencies = [\n \"memchr\",\n]\n";
        let now = of("Cargo.lock", lock);
        assert_eq!(now, of("Cargo.lock", &lock.replace("\"1\"", "\"9\"")));
        assert_ne!(now, of("Cargo.lock", &lock.replace("\"2\"", "\"9\"")));
        assert_ne!(now, of("Cargo.lock", &lock.replace("\"3\"", "\"9\"")));
        let ours = fs::read_to_string("Cargo.lock").expect("the lock file");
        for library in LIBRARIES {
            assert!(ours.contains(&format!("name = \"{library}\"")), "{library} is no library");
        }
        // What draws and decodes the pictures that are recognised.
        for library in ["hayro", "image", "kurbo", "vello_cpu"] {
            let entry = format!("name = \"{library}\"\nversion = \"");
            let raised = ours.replace(&entry, &format!("{entry}9"));
            assert_ne!(of("Cargo.lock", &ours), of("Cargo.lock", &raised), "{library}");
        }
    }

    #[test]
    fn a_changed_rule_table_or_name_of_a_file_changes_the_fingerprint() {
        let now = of("src/split/shape.rs", RULE);
        assert_eq!(now.len(), 16);
        assert_ne!(now, of("src/split/shape.rs", &RULE.replace("40", "41")));
        assert_ne!(now, of("src/split/body.rs", RULE));
        let table = "short\t2.5\n# a comment\n";
        let now = of("src/split/weights.tsv", table);
        assert_ne!(now, of("src/split/weights.tsv", &table.replace("2.5", "2.6")));
        assert_ne!(now, of("src/split/weights.tsv", &table.replace("# a comment\n", "")));
    }

    #[test]
    fn what_a_string_holds_counts_as_it_stands() {
        let text = "const A: &str = \"one\n// two\n\n  three\";";
        for other in [("// two\n", ""), ("\n\n", "\n"), ("  three", "three")] {
            assert_ne!(of("a.rs", text), of("a.rs", &text.replace(other.0, other.1)));
        }
        assert_ne!(of("a.rs", "let a = b && c;"), of("a.rs", "let a = b & &c;"));
    }

    #[test]
    fn comments_line_breaks_and_tests_change_nothing() {
        let now = of("src/split/shape.rs", RULE);
        for same in [
            RULE.replace('\n', "\r\n"),
            RULE.replace("/// Short lines.\n", ""),
            format!("//! What a line looks like.\n\n{RULE}"),
            RULE.replace("line.len()", "line\n        .len() // bytes\n       "),
            format!("{RULE}#[cfg(test)]\nmod tests {{\n    #[test]\n    fn passes() {{}}\n}}\n"),
            format!("{RULE}#[cfg(test)]\nmod shape_tests;\n"),
        ] {
            assert_eq!(of("src/split/shape.rs", &same), now, "{same}");
        }
        let only_in_tests = format!("{RULE}#[cfg(test)]\nconst A: u8 = 1;\n");
        assert_ne!(of("src/split/shape.rs", &only_in_tests), now);
        assert_eq!(of("a.tsv", "a\t1\r\n"), of("a.tsv", "a\t1\n"));
    }

    #[test]
    fn the_files_that_do_not_count_are_compiled_for_tests_only() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut tests = 0;
        for folder in PATHS {
            for entry in walkdir::WalkDir::new(root.join(folder)) {
                let path = entry.expect("a readable folder").into_path();
                let name = path.file_name().expect("a name").to_string_lossy();
                let Some(module) = name.strip_suffix(".rs").filter(|_| !counts(&name)) else {
                    continue;
                };
                tests += 1;
                let declared = format!("#[cfg(test)]\nmod {module};");
                let siblings = fs::read_dir(path.with_file_name("")).expect("its folder");
                let found = siblings.flatten().any(|file| {
                    fs::read_to_string(file.path()).is_ok_and(|text| text.contains(&declared))
                });
                assert!(found, "{}", path.display());
            }
        }
        assert!(tests > 0);
    }
}
