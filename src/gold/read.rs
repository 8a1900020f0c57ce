//! Reads annotated pages: rows of gold, and the texts that they name.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use walkdir::WalkDir;

use super::error::{GoldError, RowProblem};
use super::page::{Item, KINDS, MAX_LINES, Page};
use super::parts::Parts;
use crate::intake::{Chunk, Config, walk};
use crate::model::{SourceText, WEB_PAGES};
use crate::text::fold;

/// The name of the rows of a folder, and how those of single texts end.
const ROWS: &str = "gold.jsonl";
const ROWS_OF_A_TEXT: &str = ".gold.jsonl";

/// A row; other fields do not matter here.
#[derive(Deserialize)]
struct Row {
    source: Option<String>,
    file: Option<String>,
    kind: String,
    title: Option<String>,
    lines: Vec<(u32, u32)>,
    parts: Option<Parts>,
}

/// Reads pages with their items: from a folder with `gold.jsonl` or `NAME.gold.jsonl`, or a file of
/// rows. Each row is an object with `source` or `file`, `kind`, `title` and `lines`, as
/// `dibao split --format jsonl` prints it; `parts` may tell which of the lines are no text of the item, and
/// other fields are passed over. The texts are below `texts`, or
/// beside the rows. Pages come in the order of their names.
///
/// # Errors
///
/// When a file cannot be read, a row is wrong, or a text is missing.
pub fn read(gold: &Path, texts: &Path, config: &Config) -> Result<Vec<Page>, GoldError> {
    let mut folders = TextFolders::new(gold, texts);
    // By the name of the text, then by its path.
    let mut pages: BTreeMap<(String, PathBuf), PageRows> = BTreeMap::new();
    let mut lines = 0;
    for table in tables(gold)? {
        let io = |error| GoldError::Io { path: table.clone(), error };
        let reader = BufReader::new(File::open(&table).map_err(io)?);
        for (line, number) in reader.lines().zip(1..) {
            let line = line.map_err(io)?;
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() {
                continue;
            }
            let wrong = |problem| GoldError::Row { path: table.clone(), line: number, problem };
            let row: Row = serde_json::from_str(line)
                .map_err(|error| wrong(RowProblem::Json { reason: reason(&error) }))?;
            let name = row.source.as_ref().or(row.file.as_ref());
            let name = name.ok_or_else(|| wrong(RowProblem::NoSource))?;
            let (root, path) = folders.find(name).map_err(wrong)?;
            let key = (last_part(name).to_owned(), path.clone());
            if !pages.contains_key(&key) {
                let unreadable = || wrong(RowProblem::Unreadable { name: name.clone() });
                let text = read_text(&root, &path, config).ok_or_else(unreadable)?;
                lines += text.lines.len();
                if lines > MAX_LINES {
                    return Err(GoldError::TooLong);
                }
                pages.insert(key.clone(), PageRows::of(text));
            }
            if let Some(page) = pages.get_mut(&key) {
                page.add(row, number).map_err(wrong)?;
            }
        }
    }
    if pages.is_empty() {
        return Err(GoldError::NoRows { path: gold.to_owned() });
    }
    Ok(pages.into_values().map(|rows| rows.page).collect())
}

/// The files of rows.
fn tables(gold: &Path) -> Result<Vec<PathBuf>, GoldError> {
    if gold.is_file() {
        return Ok(vec![gold.to_owned()]);
    }
    std::fs::read_dir(gold).map_err(|error| GoldError::Io { path: gold.to_owned(), error })?;
    let one = gold.join(ROWS);
    if one.is_file() {
        return Ok(vec![one]);
    }
    let all = WalkDir::new(gold).sort_by_file_name().into_iter().filter_map(Result::ok);
    let tables: Vec<PathBuf> = all
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.to_string_lossy().ends_with(ROWS_OF_A_TEXT))
        .collect();
    if tables.is_empty() {
        return Err(GoldError::NoRows { path: gold.to_owned() });
    }
    Ok(tables)
}

/// A page whose rows are being read.
struct PageRows {
    page: Page,
    /// The row that each line is in.
    rows: HashMap<u32, usize>,
}

impl PageRows {
    fn of(text: SourceText) -> Self {
        Self { page: Page { text, items: Vec::new() }, rows: HashMap::new() }
    }

    fn add(&mut self, row: Row, number: usize) -> Result<(), RowProblem> {
        if !KINDS.contains(&row.kind.as_str()) {
            return Err(RowProblem::Kind { kind: row.kind });
        }
        let lines = self.page.text.lines.last().map_or(0, |line| line.number);
        let mut end = 0;
        for &(first, last) in &row.lines {
            if first <= end || last < first {
                return Err(RowProblem::Range { first, last });
            }
            if last > lines {
                return Err(RowProblem::Beyond { last, lines });
            }
            end = last;
            for line in first..=last {
                if let Some(row) = self.rows.insert(line, number) {
                    return Err(RowProblem::Overlap { shared: line, row });
                }
            }
        }
        if row.lines.is_empty() {
            return Err(RowProblem::NoLines);
        }
        if let Some(title) = row.title.as_ref().filter(|title| !self.prints(&row.lines, title)) {
            return Err(RowProblem::Title { title: title.clone() });
        }
        let mut item = Item::new(&row.kind, row.title.as_deref(), row.lines);
        if let Some(parts) = row.parts {
            if let Some((first, last)) = parts.strange(&item) {
                return Err(RowProblem::Part { first, last });
            }
            item.hints = parts.hints(&item, &self.page.filled(item.lines.iter().copied()));
        }
        self.page.items.push(item);
        Ok(())
    }

    /// Whether each part of a title stands in the lines, in any script, width and punctuation.
    fn prints(&self, ranges: &[(u32, u32)], title: &str) -> bool {
        let text = &self.page.text;
        let within = |number: u32| ranges.iter().any(|&(a, b)| (a..=b).contains(&number));
        let places = 0..text.lines.len();
        let lines = places.filter(|&place| within(text.lines[place].number));
        let printed: String = lines.map(|place| bare(text.line(place))).collect();
        title.split_whitespace().all(|part| printed.contains(&bare(part)))
    }
}

/// Letters and digits of a text, folded.
fn bare(text: &str) -> String {
    fold(text).text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Where texts are looked for.
struct TextFolders {
    /// The folder of the rows and the one named for texts, each with its texts by name, once these
    /// were needed.
    folders: [(PathBuf, usize, Option<Texts>); 2],
}

/// Paths of texts below a folder, by their last part.
type Texts = HashMap<String, Vec<PathBuf>>;

impl TextFolders {
    fn new(gold: &Path, texts: &Path) -> Self {
        // Beside a single file of rows is the working folder, say, and no more is meant than that.
        const BESIDE: usize = 2;
        let (own, depth) = if gold.is_file() {
            let folder = gold.parent().filter(|folder| !folder.as_os_str().is_empty());
            (folder.unwrap_or(Path::new(".")), BESIDE)
        } else {
            (gold, usize::MAX)
        };
        Self { folders: [(own.to_owned(), depth, None), (texts.to_owned(), usize::MAX, None)] }
    }

    /// The folder and the text in it that a row names: by its path below the folder of texts, else by
    /// the end of its path.
    fn find(&mut self, name: &str) -> Result<(PathBuf, PathBuf), RowProblem> {
        let [_, (texts, ..)] = &self.folders;
        let path = texts.join(name);
        if path.is_file() {
            return Ok((texts.clone(), path));
        }
        for (folder, depth, texts) in &mut self.folders {
            let texts = texts.get_or_insert_with(|| texts_below(folder, *depth));
            let all = texts.get(last_part(name)).map_or(&[][..], Vec::as_slice);
            let exact: Vec<&PathBuf> = all.iter().filter(|path| path.ends_with(name)).collect();
            let found = if exact.is_empty() { all.iter().collect() } else { exact };
            match found.as_slice() {
                [] => {}
                [path] => return Ok((folder.clone(), (*path).clone())),
                several => {
                    return Err(RowProblem::Ambiguous {
                        name: name.to_owned(),
                        one: several[0].clone(),
                        other: several[1].clone(),
                    });
                }
            }
        }
        let [_, (folder, ..)] = &self.folders;
        Err(RowProblem::NoText { name: name.to_owned(), folder: folder.clone() })
    }
}

fn texts_below(folder: &Path, depth: usize) -> Texts {
    let entries = WalkDir::new(folder).max_depth(depth).follow_links(true).sort_by_file_name();
    let mut texts = Texts::new();
    for entry in entries.into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = [".txt", ".md"].iter().chain(&WEB_PAGES);
        let lower = name.to_lowercase();
        if entry.file_type().is_file() && known.into_iter().any(|end| lower.ends_with(end)) {
            texts.entry(name).or_default().push(path.to_owned());
        }
    }
    texts
}

/// A text as an ingest reads it; `None` if there is none, or it does not come in one piece.
fn read_text(folder: &Path, path: &Path, config: &Config) -> Option<SourceText> {
    let found = walk(folder, &[path.to_owned()]).files;
    let mut texts = crate::intake::read(found.first()?, config).filter_map(|chunk| match chunk {
        Chunk::Text(text) => Some(*text),
        Chunk::Articles(_) => None,
    });
    let text = texts.next()?;
    texts.next().is_none().then_some(text)
}

fn last_part(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// What is wrong, with the column in the row.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    format!("{said} at column {}", error.column())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PAGE: &str = "老水井换了青石壁\n井台加了护栏。\n木帆船进了展览馆\n船身上的桐油没有干。\n";

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("its folder")).expect("a folder");
            fs::write(path, content).expect("a file");
        }
        folder
    }

    fn row(name: &str, lines: &str) -> String {
        format!("{{\"file\":\"{name}\",\"kind\":\"news\",\"title\":null,\"lines\":{lines}}}\n")
    }

    #[test]
    fn rows_find_their_texts_beside_them_or_in_the_corpus() {
        let rows = row("a.txt", "[[1,2]]") + &row("a.txt", "[[3,4]]");
        // As `split` prints them.
        let records =
            "{\"id\":\"x\",\"source\":\"daily/2/01.txt\",\"kind\":\"profile\",\"lines\":[[1,4]]}";
        let folder = folder(&[
            ("gold/gold.jsonl", &rows),
            ("gold/pages/a.txt", PAGE),
            ("records.jsonl", records),
            ("corpus/daily/1/01.txt", PAGE),
            ("corpus/daily/2/01.txt", PAGE),
        ]);
        let at = |name: &str| folder.path().join(name);
        let read = |gold: &str| read(&at(gold), &at("corpus"), &Config::default());
        let pages = read("gold").expect("pages");
        assert_eq!((pages.len(), pages[0].items.len()), (1, 2));
        assert_eq!(pages[0].text.path, "pages/a.txt");
        let pages = read("records.jsonl").expect("pages");
        assert_eq!(pages[0].text.path, "daily/2/01.txt");
        assert_eq!(pages[0].items[0].lines, [(1, 4)]);
    }

    #[test]
    fn a_wrong_row_is_named_with_its_file_and_line() {
        for (wrong, said) in [
            ("{\"file\":\"a.txt\"}".to_owned(), "missing field `kind` at column 16"),
            ("not json".to_owned(), "column 2"),
            ("{\"kind\":\"news\",\"lines\":[[1,2]]}".to_owned(), "neither `source` nor `file`"),
            (row("b.txt", "[[1,2]]"), "no text named b.txt"),
            (row("01.txt", "[[1,2]]"), "01.txt or "),
            (row("a.txt", "[]"), "no lines"),
            (row("a.txt", "[[2,1]]"), "2-1 is no range"),
            (row("a.txt", "[[0,1]]"), "0-1 is no range"),
            (row("a.txt", "[[3,3],[3,4]]"), "3-4 is no range"),
            (row("a.txt", "[[3,5]]"), "has 4 lines, not 5"),
            (
                row("a.txt", "[[3,4]],\"parts\":{\"credit\":[[4,5]]}"),
                "a part is on the lines 4-5, which are not all of the item",
            ),
            (row("a.txt", "[[3,4]],\"parts\":{\"author\":[]}"), "unknown field `author`"),
            (row("a.txt", "[[2,3]]"), "line 2 is in the item of row 1 already"),
            (
                row("a.txt", "[[3,3]]").replace("news", "nwes"),
                "`nwes` is no kind; expected one of news",
            ),
            (
                row("a.txt", "[[3,4]]").replace("null", "\"木帆船 退役了\""),
                "the title `木帆船 退役了` is not printed in these lines",
            ),
        ] {
            let rows = row("a.txt", "[[1,2]]") + &wrong;
            let folder = folder(&[
                ("gold/a.gold.jsonl", &rows),
                ("gold/a.txt", PAGE),
                ("gold/1/01.txt", PAGE),
                ("gold/2/01.txt", PAGE),
            ]);
            let gold = folder.path().join("gold");
            let error = read(&gold, &gold, &Config::default()).expect_err("an error").to_string();
            assert!(error.contains("a.gold.jsonl, line 2: ") && error.contains(said), "{error}");
        }
        for files in [&[("x.txt", PAGE)][..], &[("gold.jsonl", "\n\n")]] {
            let empty = folder(files);
            let error = read(empty.path(), empty.path(), &Config::default()).expect_err("no rows");
            assert!(error.to_string().contains("no rows of gold"), "{error}");
        }
    }
}
