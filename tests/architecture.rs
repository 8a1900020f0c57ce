//! The shape of the program, held: who may use whom, who names which engine, who prints, who opens
//! files, how long a file is, what stands at the top. `ARCHITECTURE.md` shows the same table.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each module and the modules that it may name.
#[rustfmt::skip]
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("recognise", &[]),
    ("intake", &["model", "text", "recognise"]),
    ("split", &["model", "text"]),
    ("gold", &["model", "text", "intake", "split"]),
    ("gazetteer", &["model", "text"]),
    ("annotate", &["model", "text", "gazetteer"]),
    ("index", &["model", "text", "annotate"]),
    ("opensearch", &["model", "text", "index"]),
    ("curation", &["model", "text", "split", "annotate"]),
    ("ingest", &[
        "intake", "recognise", "split", "annotate", "index", "opensearch", "curation", "model",
        "text",
    ]),
    ("watch", &["model", "intake", "curation", "ingest"]),
    ("query", &["model", "text"]),
    ("search", &["model", "text", "gazetteer", "query", "index", "opensearch"]),
    ("export", &["model", "search", "present"]),
    ("present", &["model", "text", "intake", "annotate", "index", "curation", "query", "search"]),
    ("pages", &["model", "query", "search", "export", "present"]),
    ("mcp", &["model", "query", "search", "export", "present", "pages"]),
    ("web", &[
        "model", "index", "curation", "query", "search", "export", "present", "pages", "mcp",
    ]),
    ("cli", &[
        "model", "intake", "gold", "annotate", "opensearch", "ingest", "watch", "curation", "query",
        "search", "export", "present", "web",
    ]),
];

/// Modules that neither open files nor talk to the system.
const PURE: [&str; 5] = ["model", "text", "query", "split", "pages"];

/// What may stand beside the folders; names that begin with a dot may too.
const TOP: [&str; 13] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "README.zh-CN.md",
    "benches",
    "corpus",
    "index",
    "src",
    "tests",
];

const MAX_FILE_LINES: usize = 500;

const VISIBILITY: [&str; 3] = ["pub ", "pub(crate) ", "pub(super) "];

#[test]
fn modules_use_what_the_table_allows_and_nothing_else() {
    let mut wrong = Vec::new();
    let files = sources();
    let mut unused: BTreeSet<(&str, &str)> = MAY_USE
        .iter()
        .flat_map(|(module, allowed)| allowed.iter().map(|used| (*module, *used)))
        .collect();
    for file in &files {
        let Some(module) = file.module() else { continue };
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("src/{module} is not in the table"));
            continue;
        };
        for (number, line) in file.code() {
            for used in named_modules(line) {
                unused.remove(&(module, used));
                if used != module && !allowed.contains(&used) {
                    wrong.push(format!("{}:{number}: {module} uses {used}", file.shown()));
                }
            }
            if line.contains("use crate::{") {
                wrong.push(format!("{}:{number}: one `use` for each module", file.shown()));
            }
        }
    }
    wrong.extend(unused.iter().map(|(module, used)| format!("{module} does not use {used}")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Only `use` at the top of a file counts, and a name that is re-exported belongs to the file that
/// defines it.
#[test]
fn no_files_import_each_other_in_a_cycle() {
    let imports = imports();
    let known = imports.get("cli::commands::show").expect("a command imports something");
    assert!(known.contains("cli::args::folders"), "imports are found: {known:?}");
    let mut cyclic: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (module, imported) in &imports {
        let back = imported.iter().filter(|other| reaches(&imports, other, module));
        let back: Vec<&String> = back.collect();
        if !back.is_empty() {
            cyclic.insert(module, back);
        }
    }
    assert!(cyclic.is_empty(), "{cyclic:#?}");
}

#[test]
fn the_architecture_page_shows_the_table_that_is_held() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let shown: BTreeMap<String, Vec<String>> = page
        .lines()
        .skip_while(|line| !line.starts_with("| module | may use |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let mut used: Vec<String> =
                cells[2].split(", ").filter(|name| *name != "–").map(unquoted).collect();
            used.sort();
            (unquoted(cells[1]), used)
        })
        .collect();
    let held: BTreeMap<String, Vec<String>> = MAY_USE
        .iter()
        .map(|(module, used)| {
            let mut used: Vec<String> = used.iter().map(|&name| name.to_owned()).collect();
            used.sort();
            ((*module).to_owned(), used)
        })
        .collect();
    assert_eq!(shown, held);
}

#[test]
fn the_program_is_built_on_these_libraries() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let (_, program) = manifest.split_once("[dependencies]").expect("what the program needs");
    let program = program.split("\n[").next().expect("up to the next table");
    for name in ["tantivy", "jieba-rs", "serde", "clap", "walkdir"] {
        let named = format!("\n{name} = ");
        assert!(program.contains(&named), "{name} is a dependency of the program");
    }
}

#[test]
fn only_text_names_jieba() {
    assert_named_only_in("jieba_rs", &["text"]);
}

#[test]
fn all_that_an_archive_is_asked_comes_through_its_guard() {
    let mut asked = 0;
    for file in sources().iter().filter(|file| file.module() == Some("search")) {
        let functions = file.text.split("\n    pub fn ").skip(1);
        for function in functions.map(|text| text.split("\n    }\n").next().unwrap_or(text)) {
            let (head, body) = function.split_once(" {\n").expect("a body");
            let is_asked = head.contains("&self") && head.ends_with(", SearchError>");
            if is_asked {
                asked += 1;
                let guarded = ["self.guard(|| ", "self.for_each_address("];
                assert!(guarded.iter().any(|call| body.contains(call)), "{}: {head}", file.shown());
            }
        }
    }
    assert!(asked > 20, "{asked} functions were found");
}

#[test]
fn only_index_and_the_embedded_engine_name_tantivy() {
    assert_named_only_in("tantivy", &["index", "search::embedded"]);
}

#[test]
fn only_export_pages_and_web_name_maud() {
    assert_named_only_in("maud", &["export", "pages", "web"]);
}

#[test]
fn only_mcp_and_web_name_the_protocol_of_models() {
    assert_named_only_in("rmcp::", &["mcp", "web"]);
}

#[test]
fn only_web_names_the_server_and_clients_of_http_are_two() {
    for name in ["axum", "hyper", "tokio", "tower_http"] {
        assert_named_only_in(&format!("{name}::"), &["web"]);
    }
    assert_named_only_in("ureq::", &["opensearch", "web"]);
}

/// Schemas of values and parameters are derived where these are (`ToSchema`, `IntoParams`), which
/// takes no knowledge of HTTP; the document with its paths and answers is put together by `web`.
#[test]
fn only_web_puts_the_openapi_document_together() {
    for name in ["utoipa::openapi", "utoipa::path", "OpenApi"] {
        assert_named_only_in(name, &["web"]);
    }
}

#[test]
fn only_cli_prints() {
    for printing in ["println!", "print!", "stdout()", "stderr()"] {
        assert_named_only_in(printing, &["cli"]);
    }
}

#[test]
fn the_pure_modules_do_no_input_or_output() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| file.module().is_some_and(|m| PURE.contains(&m))) {
        for (number, line) in file.code() {
            for system in ["fs", "io", "net", "env", "process", "thread"] {
                if line.contains(&format!("std::{system}")) || line.contains("use std::{") {
                    wrong.push(format!("{}:{number}: {}", file.shown(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_two_types_have_one_name() {
    let mut defined: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources() {
        for (number, line) in file.code() {
            let item = VISIBILITY.iter().find_map(|start| line.strip_prefix(start));
            let mut words = item.unwrap_or(line).split(|c: char| !c.is_alphanumeric() && c != '_');
            if words.next().is_some_and(|word| ["struct", "enum", "trait", "type"].contains(&word))
                && let Some(name) = words.next()
            {
                let place = format!("{}:{number}", file.shown());
                defined.entry(name.to_owned()).or_default().push(place);
            }
        }
    }
    for known in ["Record", "AppState", "FoldTable"] {
        assert!(defined.contains_key(known), "types are found, public and private ones");
    }
    defined.retain(|_, places| places.len() > 1);
    assert!(defined.is_empty(), "{defined:#?}");
}

#[test]
fn no_file_is_longer_than_can_be_read_at_a_sitting() {
    let mut files = sources();
    for folder in ["tests", "benches", "src/build.rs"] {
        files.extend(rust_files(&root().join(folder)));
    }
    let long: Vec<String> = files
        .iter()
        .filter(|file| file.text.lines().count() > MAX_FILE_LINES)
        .map(|file| format!("{}: {} lines", file.shown(), file.text.lines().count()))
        .collect();
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn folders_of_the_source_have_two_levels_and_every_file_says_what_it_is_for() {
    for file in sources() {
        let depth = file.path.strip_prefix(root().join("src")).expect("below src");
        assert!(depth.components().count() <= 3, "{}", file.shown());
        assert!(file.text.starts_with("//! "), "{}: begin with what it is for", file.shown());
    }
}

#[test]
fn the_top_level_holds_what_the_owner_wants_there_and_nothing_else() {
    let entries = fs::read_dir(root()).expect("the project's folder");
    let mut strange: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && name != "target")
        .filter(|name| !TOP.contains(&name.as_str()))
        .collect();
    strange.sort();
    // What `cargo package` adds to a package.
    strange.retain(|name| name != "Cargo.toml.orig");
    assert!(strange.is_empty(), "{strange:?}");
}

/// Fails with every line of code outside these modules, and those below them, that contains the name.
fn assert_named_only_in(name: &str, modules: &[&str]) {
    let mut wrong = Vec::new();
    let mut found = false;
    for file in sources() {
        let path = format!("{}::", file.module_path());
        let allowed = modules.iter().any(|module| path.starts_with(&format!("{module}::")));
        for (number, line) in file.code().filter(|(_, line)| line.contains(name)) {
            found = true;
            if !allowed {
                wrong.push(format!("{}:{number}: {}", file.shown(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "`{name}` outside of {modules:?}\n{}", wrong.join("\n"));
    // Not to hold a name that the code no longer has.
    assert!(found || name.ends_with('!') || name.ends_with(')'), "nothing names `{name}`");
}

/// The modules that a line of code names by `crate::…`.
fn named_modules(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        MAY_USE.iter().map(|(name, _)| *name).find(|name| *name == &rest[..end])
    })
}

/// Which modules each module imports from, by their paths below the crate.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let files = sources();
    let modules: BTreeSet<String> = files.iter().map(File::module_path).collect();
    let mut exported: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut imported: Vec<(String, String)> = Vec::new();
    for module in &files {
        for (is_exported, path) in module.use_paths() {
            let module = module.module_path();
            let Some(path) = absolute(&module, &path, &modules) else { continue };
            if is_exported {
                let name = path.rsplit("::").next().unwrap_or_default().to_owned();
                exported.insert((module, name), path);
            } else {
                imported.push((module, path));
            }
        }
    }
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, path) in imported {
        if let Some(other) = defining(path, &modules, &exported).filter(|other| *other != module) {
            imports.entry(module).or_default().insert(other);
        }
    }
    imports
}

/// A path of a `use` in `module` from the top of the crate; `None` of what lies outside.
fn absolute(module: &str, path: &str, modules: &BTreeSet<String>) -> Option<String> {
    if let Some(path) = path.strip_prefix("crate::") {
        return Some(path.to_owned());
    }
    let (mut base, mut rest) = (module, path);
    while let Some(above) = rest.strip_prefix("super::") {
        base = base.rsplit_once("::").map_or("", |(parent, _)| parent);
        rest = above;
    }
    let is_inside = rest.len() < path.len() || {
        let first = rest.split("::").next().unwrap_or_default();
        modules.contains(&format!("{base}::{first}"))
    };
    is_inside.then(|| format!("{base}::{rest}").trim_start_matches("::").to_owned())
}

/// The module that defines the name that a path ends in.
fn defining(
    mut path: String,
    modules: &BTreeSet<String>,
    exported: &BTreeMap<(String, String), String>,
) -> Option<String> {
    loop {
        let mut end = path.len();
        while !modules.contains(&path[..end]) {
            end = path[..end].rfind("::")?;
        }
        let (module, names) = path.split_at(end);
        let names = names.trim_start_matches("::");
        let (name, more) = names.split_once("::").unwrap_or((names, ""));
        let Some(target) = exported.get(&(module.to_owned(), name.to_owned())) else {
            return Some(module.to_owned());
        };
        path = if more.is_empty() { target.clone() } else { format!("{target}::{more}") };
    }
}

/// Whether imports lead from one module to another.
fn reaches(imports: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::new());
    while let Some(module) = open.pop() {
        if module == to {
            return true;
        }
        if seen.insert(module) {
            open.extend(imports.get(module).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// The paths of a tree of a `use`: `a::{b, c::{d, e}}` is `a::b`, `a::c::d` and `a::c::e`.
fn use_leaves(tree: &str) -> Vec<String> {
    let Some((prefix, inner)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap_or(tree).trim().to_owned()];
    };
    let inner = inner.trim_end().strip_suffix('}').expect("a bracket that closes");
    let mut depth = 0;
    let parts = inner.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(|part| use_leaves(&format!("{prefix}{part}"))).collect()
}

fn unquoted(cell: &str) -> String {
    cell.trim().trim_matches('`').to_owned()
}

/// A Rust file of the project.
struct File {
    path: PathBuf,
    text: String,
}

impl File {
    /// The folder of `src` that it lies in.
    fn module(&self) -> Option<&str> {
        let below = self.path.strip_prefix(root().join("src")).ok()?;
        let mut parts = below.components();
        let first = parts.next()?.as_os_str().to_str()?;
        parts.next().map(|_| first)
    }

    /// Its lines without those of comments, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Its path as a module below the crate: `cli::args`.
    fn module_path(&self) -> String {
        let below = self.path.strip_prefix(root().join("src")).expect("below src");
        let path = below.with_extension("").display().to_string().replace('/', "::");
        path.strip_suffix("::mod").unwrap_or(&path).to_owned()
    }

    /// The paths that its `use`s at the top level name, and whether each is re-exported.
    fn use_paths(&self) -> Vec<(bool, String)> {
        let mut paths = Vec::new();
        let mut statement = String::new();
        for (_, line) in self.code() {
            let item = VISIBILITY.iter().find_map(|start| line.strip_prefix(start));
            if statement.is_empty() && !item.unwrap_or(line).starts_with("use ") {
                continue;
            }
            statement.push_str(line.trim());
            let Some(whole) = statement.strip_suffix(';') else { continue };
            let (visibility, tree) = whole.split_once("use ").expect("a use");
            paths.extend(use_leaves(tree).into_iter().map(|path| (!visibility.is_empty(), path)));
            statement.clear();
        }
        paths
    }

    fn shown(&self) -> String {
        self.path.strip_prefix(root()).unwrap_or(&self.path).display().to_string()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of the program; what is run to build it is no part of it.
fn sources() -> Vec<File> {
    let mut files = rust_files(&root().join("src"));
    files.retain(|file| file.path != root().join("src/build.rs"));
    files
}

fn rust_files(folder: &Path) -> Vec<File> {
    let mut files: Vec<File> = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| File { text: fs::read_to_string(&path).expect("a source file"), path })
        .collect();
    files.retain(|file| !file.path.components().any(|part| part.as_os_str() == "target"));
    assert!(!files.is_empty(), "{}: no Rust files", folder.display());
    files
}
