//! What was told of a saved search, so that nothing is told twice: `told/ID.tsv`, a line for each
//! article, to which lines are only added.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::PathBuf;

use super::folder::{CurationError, CurationFolder};
use super::log::write_whole;
use super::searches::SavedSearch;
use crate::model::{ArticleId, LineRange};

const FOLDER: &str = "told";
/// Longer runs of lines are none of an article.
const MAX_LINES: u32 = 1_000_000;

/// An article as it was told: by its id, and by where it stood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToldArticle {
    /// Its id, and those of what it was made of.
    pub ids: Vec<ArticleId>,
    /// Hash of the content of its file, in hexadecimal; empty where it is not known.
    pub content: String,
    /// Its lines of the file.
    pub lines: Vec<LineRange>,
    /// The file, below the corpus folder.
    pub source: String,
}

/// What was told of a search.
#[derive(Debug, Clone, Default)]
pub struct Told {
    ids: HashSet<ArticleId>,
    /// Lines by the content of their files.
    lines: HashMap<String, HashSet<u32>>,
}

/// The right to tell: one run at a time.
#[derive(Debug)]
pub struct TellingTurn {
    _file: File,
}

impl Told {
    /// What was told of a search; `None` where it was never asked for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(
        folder: &CurationFolder,
        search: &SavedSearch,
    ) -> Result<Option<Self>, CurationError> {
        let path = path(folder, search);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(CurationError::io(&path, error)),
        };
        let mut told = Self::default();
        for article in String::from_utf8_lossy(&text).lines().filter_map(read_line) {
            told.add(&article);
        }
        Ok(Some(told))
    }

    /// Whether it was told: under its id or one of the ids before, or at least half of its lines in a
    /// file of the same content, wherever that stands and however it is cut.
    #[must_use]
    pub fn knows(&self, article: &ToldArticle) -> bool {
        self.knows_id(article) || self.knows_lines(article)
    }

    /// Whether it was told under its id or one of the ids before.
    #[must_use]
    pub fn knows_id(&self, article: &ToldArticle) -> bool {
        article.ids.iter().any(|id| self.ids.contains(id))
    }

    fn knows_lines(&self, article: &ToldArticle) -> bool {
        let Some(known) = self.lines.get(&article.content) else { return false };
        let own = || article.lines.iter().flat_map(|range| range.0..=range.1);
        let (all, told) = (own().count(), own().filter(|line| known.contains(line)).count());
        all > 0 && 2 * told >= all
    }

    /// Takes an article as told.
    pub fn add(&mut self, article: &ToldArticle) {
        self.ids.extend(article.ids.iter().cloned());
        if !article.content.is_empty() {
            let lines = self.lines.entry(article.content.clone()).or_default();
            lines.extend(article.lines.iter().flat_map(|range| range.0..=range.1));
        }
    }

    /// Writes down that articles were told, in one step.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn remember(
        folder: &CurationFolder,
        search: &SavedSearch,
        articles: &[ToldArticle],
        _turn: &TellingTurn,
    ) -> Result<(), CurationError> {
        let path = path(folder, search);
        let mut content = match fs::read(&path) {
            Ok(content) => content,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let name = search.name.replace(char::is_control, " ");
                format!("# {name}\n# ids\tcontent of the file\tlines\tfile\n").into_bytes()
            }
            Err(error) => return Err(CurationError::io(&path, error)),
        };
        if !content.is_empty() && !content.ends_with(b"\n") {
            content.push(b'\n');
        }
        let mut added = String::new();
        for article in articles {
            write_line(&mut added, article);
        }
        content.extend(added.bytes());
        write_whole(&path, &content)
    }

    /// Waits until no other run tells anything.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn lock(folder: &CurationFolder) -> Result<TellingTurn, CurationError> {
        drop(folder.lock()?);
        let below = folder.path().join(FOLDER);
        fs::create_dir_all(&below).map_err(|error| CurationError::io(&below, error))?;
        let path = below.join(".lock");
        let io = |error| CurationError::io(&path, error);
        let file = OpenOptions::new().create(true).append(true).open(&path).map_err(io)?;
        file.lock().map_err(io)?;
        Ok(TellingTurn { _file: file })
    }
}

fn path(folder: &CurationFolder, search: &SavedSearch) -> PathBuf {
    folder.path().join(FOLDER).join(format!("{}.tsv", search.id()))
}

/// A line that is none, as the end of one that was not written whole, is as if it were not there:
/// what it was about is told again.
fn read_line(line: &str) -> Option<ToldArticle> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = line.splitn(4, '\t');
    let (ids, content, lines, source) =
        (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let ids: Vec<ArticleId> = ids.split(',').map(|id| ArticleId(id.to_owned())).collect();
    if !ids.iter().all(ArticleId::is_whole) {
        return None;
    }
    let range = |range: &str| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Some(LineRange(first.parse().ok()?, last.parse().ok()?))
    };
    let is_one = |range: &LineRange| range.0 <= range.1 && range.1 - range.0 < MAX_LINES;
    let lines = lines.split(',').filter_map(range).filter(is_one).collect();
    Some(ToldArticle { ids, content: content.to_owned(), lines, source: source.to_owned() })
}

fn write_line(out: &mut String, article: &ToldArticle) {
    let ids: Vec<&str> = article.ids.iter().map(|id| id.0.as_str()).collect();
    let lines: Vec<String> =
        article.lines.iter().map(|range| format!("{}-{}", range.0, range.1)).collect();
    let source = article.source.replace(char::is_control, " ");
    // Writing into a string does not fail.
    let _ = writeln!(out, "{}\t{}\t{}\t{source}", ids.join(","), article.content, lines.join(","));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Files of twelve lines, each cut before some of them.
    #[derive(Debug, Clone)]
    enum Step {
        /// A file with new text comes, cut before the lines of the bits.
        Comes(u16),
        /// A file is cut otherwise: by a correction, a better splitter.
        Cut(usize, u16),
        /// A file is called otherwise.
        Renamed(usize),
        /// What is new is told; the run is killed before it can remember, or not.
        Told { killed: bool },
    }

    const LINES: u32 = 12;

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            any::<u16>().prop_map(Step::Comes),
            (0..8usize, any::<u16>()).prop_map(|(file, cuts)| Step::Cut(file, cuts)),
            (0..8usize).prop_map(Step::Renamed),
            any::<bool>().prop_map(|killed| Step::Told { killed }),
        ]
    }

    /// The articles of a file: ids are of the name, the content and the lines, as those of the
    /// archive.
    fn articles(name: usize, content: usize, cuts: u16) -> Vec<ToldArticle> {
        let mut starts: Vec<u32> = (2..=LINES).filter(|line| cuts & (1 << line) != 0).collect();
        starts.insert(0, 1);
        let ends = starts.iter().skip(1).map(|start| start - 1).chain([LINES]);
        let article = |(&first, last): (&u32, u32)| {
            let hash = blake3::hash(format!("{name} {content} {first} {last}").as_bytes());
            let bits = hash.as_bytes()[..8].try_into().map_or(0, u64::from_le_bytes);
            ToldArticle {
                ids: vec![ArticleId::from_hash(bits)],
                content: format!("{content:016x}"),
                lines: vec![LineRange(first, last)],
                source: format!("{name}.txt"),
            }
        };
        starts.iter().zip(ends).map(article).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_told_twice_and_nothing_is_missed(steps in prop::collection::vec(step(), 1..24)) {
            let dir = tempfile::tempdir().expect("a folder");
            let folder = CurationFolder::new(dir.path());
            let search = SavedSearch { name: "甲".into(), ..SavedSearch::default() };
            let turn = Told::lock(&folder).expect("made");
            // Name, content, cuts, and whether all of it was told and remembered.
            let mut files: Vec<(usize, usize, u16, bool)> = Vec::new();
            let mut names = 0;
            for step in steps {
                let count = files.len();
                match step {
                    Step::Comes(cuts) => {
                        files.push((names, count, cuts, false));
                        names += 1;
                    }
                    Step::Cut(at, cuts) => {
                        files.get_mut(at).into_iter().for_each(|file| file.2 = cuts);
                    }
                    Step::Renamed(at) => {
                        files.get_mut(at).into_iter().for_each(|file| file.0 = names);
                        names += 1;
                    }
                    Step::Told { killed } => {
                        let known = Told::read(&folder, &search).expect("read").unwrap_or_default();
                        let mut new = Vec::new();
                        for file in &mut files {
                            let all = articles(file.0, file.1, file.2);
                            let unknown: Vec<_> =
                                all.iter().filter(|article| !known.knows(article)).cloned().collect();
                            // What was told is not new, however it is cut and called now; what was
                            // not is, all of it.
                            prop_assert_eq!(unknown.len(), if file.3 { 0 } else { all.len() });
                            file.3 |= !killed;
                            new.extend(unknown);
                        }
                        if !killed {
                            Told::remember(&folder, &search, &new, &turn).expect("written");
                        }
                    }
                }
            }
        }
    }

    fn whole(id: &str) -> ArticleId {
        ArticleId(format!("{id:0>12}"))
    }

    #[test]
    fn a_piece_counts_as_told_by_former_ids_or_by_half_of_its_lines_in_the_same_content() {
        let mut told = Told::default();
        let article = |id: &str, content: &str, first, last| ToldArticle {
            ids: vec![whole(id)],
            content: content.to_owned(),
            lines: vec![LineRange(first, last)],
            source: "甲.txt".to_owned(),
        };
        told.add(&article("a", "c1", 1, 10));
        assert!(told.knows(&article("a", "c2", 40, 50)), "its id");
        assert!(told.knows(&article("b", "c1", 6, 14)), "five of nine lines");
        assert!(!told.knows(&article("b", "c1", 8, 14)), "three of seven");
        assert!(!told.knows(&article("b", "c2", 1, 10)), "other text in the same file");
        assert!(!told.knows(&article("b", "", 1, 10)), "nothing is known of the text");
        let absorbed = ToldArticle { ids: vec![whole("b"), whole("a")], ..ToldArticle::default() };
        assert!(told.knows(&absorbed), "a former id");
        assert!(told.knows_id(&absorbed));
    }

    #[test]
    fn what_is_written_is_read_and_half_a_line_is_as_if_it_were_not_there() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = CurationFolder::new(dir.path());
        let search = SavedSearch { name: "甲\n乙".into(), ..SavedSearch::default() };
        assert!(Told::read(&folder, &search).expect("read").is_none());
        let turn = Told::lock(&folder).expect("made");
        let told = ToldArticle {
            ids: vec![whole("a"), whole("b")],
            content: "c1".into(),
            lines: vec![LineRange(3, 3), LineRange(5, 9)],
            source: "甲\t乙.txt".into(),
        };
        Told::remember(&folder, &search, std::slice::from_ref(&told), &turn).expect("written");
        let file = path(&folder, &search);
        let text = fs::read_to_string(&file).expect("a file");
        assert_eq!(text.lines().count(), 3, "{text}");
        fs::write(&file, format!("{text}0000000")).expect("cut off");
        let next = ToldArticle { ids: vec![whole("c")], ..ToldArticle::default() };
        Told::remember(&folder, &search, std::slice::from_ref(&next), &turn).expect("written");
        let read = Told::read(&folder, &search).expect("read").expect("there");
        assert!(read.knows(&told) && read.knows(&next));
        assert_eq!(read.ids.len(), 3);
        assert_eq!(read.lines["c1"].len(), 6);
    }
}
