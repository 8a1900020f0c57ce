//! The news articles from which pages are composed.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use fastrand::Rng;

use super::cleaning::{RUN_IN_HEADLINE, sentences, without_agency};
use super::words::{chance, parts, pick};

/// Texts of other lengths are left out.
const BODY_CHARS: std::ops::Range<usize> = 60..6_000;
/// Titles of other lengths are replaced by a clause of the text.
const TITLE_CHARS: std::ops::RangeInclusive<usize> = 5..=40;
const MAX_TITLE_PARTS: usize = 4;
/// Marks the titles of several items in one; they are left out.
const SEVERAL: &str = "快讯";

const TITLE_MARKS: [char; 11] = ['，', '。', '；', '：', ',', '！', '？', '“', '”', '（', '）'];
const CLAUSE_MARKS: [char; 6] = ['，', '。', '；', '：', '！', '？'];

/// An article without agency credits and site notices.
#[derive(Debug)]
pub(super) struct Article {
    /// The title, split at its blanks; never empty.
    pub title: Vec<String>,
    /// The sentences of the text; never empty.
    pub sentences: Vec<String>,
    /// The pairs of characters of the text, sorted.
    pairs: Vec<[char; 2]>,
}

/// The rows of a `.jsonl` or `.jsonl.zst` file.
///
/// # Errors
///
/// The file cannot be read.
pub fn news_rows(path: &Path) -> io::Result<String> {
    let mut file = BufReader::new(File::open(path)?);
    let mut text = String::new();
    if path.extension().is_some_and(|extension| extension == "zst") {
        zstd::Decoder::with_buffer(file)?.read_to_string(&mut text)?;
    } else {
        file.read_to_string(&mut text)?;
    }
    Ok(text)
}

/// A sample of articles.
#[derive(Debug)]
pub struct Stock {
    articles: Vec<Article>,
}

impl Stock {
    /// Draws `count` articles from a `.jsonl` or `.jsonl.zst` file whose rows have the fields
    /// `title` and `body`, or as many as are usable.
    ///
    /// # Errors
    ///
    /// The file cannot be read or has no usable article.
    pub fn load(path: &Path, count: usize, rng: &mut Rng) -> io::Result<Self> {
        let text = news_rows(path)?;
        let mut rows: Vec<&str> = text.lines().collect();
        rng.shuffle(&mut rows);
        Self::from_rows(rows.into_iter(), count, rng)
    }

    /// Keeps the first `count` usable articles.
    pub(super) fn from_rows(
        rows: impl Iterator<Item: AsRef<str>>,
        count: usize,
        rng: &mut Rng,
    ) -> io::Result<Self> {
        let articles: Vec<Article> =
            rows.filter_map(|row| Article::parse(row.as_ref(), rng)).take(count).collect();
        if articles.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no usable article"));
        }
        Ok(Self { articles })
    }

    /// Draws an article.
    pub(super) fn draw(&self, rng: &mut Rng) -> &Article {
        &self.articles[rng.usize(..self.articles.len())]
    }

    /// Draws an article about what another one is about: the best of several.
    pub(super) fn related(&self, other: &Article, rng: &mut Rng) -> &Article {
        const DRAWS: usize = 24;
        let title: Vec<[char; 2]> = other.title.iter().flat_map(|part| pairs(part)).collect();
        let shared = |article: &&Article| {
            title.iter().filter(|pair| article.pairs.binary_search(pair).is_ok()).count()
        };
        let draws = (0..DRAWS).map(|_| self.draw(rng));
        let others = draws.filter(|&article| !std::ptr::eq(article, other));
        others.max_by_key(shared).unwrap_or_else(|| &self.articles[0])
    }
}

/// The sentences of an article in order, and after them those of others.
pub(super) struct Passage<'a> {
    stock: &'a Stock,
    rest: &'a [String],
}

impl<'a> Passage<'a> {
    pub fn new(stock: &'a Stock, article: &'a Article) -> Self {
        Self { stock, rest: &article.sentences }
    }

    /// The next sentence.
    pub fn next(&mut self, rng: &mut Rng) -> &'a str {
        if self.rest.is_empty() {
            self.rest = &self.stock.draw(rng).sentences;
        }
        let (sentence, rest) = self.rest.split_first().expect("an article has sentences");
        self.rest = rest;
        sentence
    }

    /// A part of the next sentence of up to `most` letters, without marks.
    pub fn phrase(&mut self, most: usize, rng: &mut Rng) -> String {
        let sentence = self.next(rng);
        let count = rng.usize(2..=most);
        let mut phrase: String =
            sentence.chars().filter(|c| c.is_alphanumeric()).take(count).collect();
        if phrase.is_empty() {
            phrase.push('略');
        }
        phrase
    }
}

impl Article {
    fn parse(row: &str, rng: &mut Rng) -> Option<Self> {
        let row: serde_json::Value = serde_json::from_str(row).ok()?;
        let body = without_agency(row["body"].as_str()?);
        if !BODY_CHARS.contains(&body.chars().count()) || body.starts_with(RUN_IN_HEADLINE) {
            return None;
        }
        let sentences = sentences(body);
        let title = row["title"].as_str().unwrap_or("").replace(['【', '】', '[', ']'], "");
        if sentences.is_empty() || title.contains(SEVERAL) {
            return None;
        }
        let title = title.trim();
        let title = if TITLE_CHARS.contains(&title.chars().count()) {
            title.to_owned()
        } else {
            invented_title(&sentences, rng)?
        };
        let mut pairs: Vec<[char; 2]> = sentences.iter().flat_map(|text| pairs(text)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Some(Self { title: title_parts(&title), sentences, pairs })
    }

    /// The first sentence.
    pub fn first(&self) -> &str {
        &self.sentences[0]
    }

    /// The first sentences, at most `sentences`.
    pub fn beginning(&self, sentences: usize) -> String {
        self.sentences[..sentences.min(self.sentences.len())].concat()
    }

    /// Draws a clause that could be a headline.
    pub fn clause(&self, rng: &mut Rng) -> Option<&str> {
        let whole = |clause: &&str| {
            !clause.contains(['“', '”', '（', '）', '(', ')']) && could_be_headline(clause)
        };
        let clauses = self.sentences.iter().flat_map(|text| parts(text, &CLAUSE_MARKS, 5..=22));
        let clauses: Vec<&str> = clauses.filter(whole).collect();
        (!clauses.is_empty()).then(|| pick(rng, &clauses))
    }
}

fn pairs(text: &str) -> impl Iterator<Item = [char; 2]> {
    let after = text.chars().skip(1);
    text.chars().zip(after).map(|(one, two)| [one, two])
}

/// Whether a clause reads as more than a link between others.
pub(super) fn could_be_headline(clause: &str) -> bool {
    const LINKS: &str = "在据当从对而但并也还其他她这该此则就又即且因虽若如与和由被把将是有为";
    const MARKS: &str = "—·…　 ";
    const ENDS: &str = "时后中下上说的等了里前着过是为指称对";
    const VERBS: [&str; 8] = ["表示", "指出", "认为", "介绍", "强调", "告诉", "显示", "记者"];
    !clause
        .starts_with(|c: char| LINKS.contains(c) || MARKS.contains(c) || c.is_ascii_punctuation())
        && !clause.ends_with(|c: char| ENDS.contains(c) || c.is_ascii_punctuation())
        && !VERBS.iter().any(|word| clause.contains(word))
}

/// Makes a title of one or two clauses, preferably of the second sentence.
fn invented_title(sentences: &[String], rng: &mut Rng) -> Option<String> {
    let sentence = sentences.get(1).or(sentences.first())?;
    let clauses: Vec<&str> = parts(sentence, &TITLE_MARKS, 5..=20)
        .filter(|clause| !clause.contains(['(', ')']) && could_be_headline(clause))
        .collect();
    if clauses.is_empty() {
        return None;
    }
    let at = rng.usize(..clauses.len());
    let title = clauses[at].to_owned();
    match clauses.get(at + 1) {
        Some(next) if chance(rng, 0.4) => Some(format!("{title} {next}")),
        _ => Some(title),
    }
}

/// Splits a title at blanks, except those around Latin words and numbers.
fn title_parts(title: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match found.last_mut() {
            Some(last)
                if last.ends_with(|c: char| c.is_ascii())
                    || word.starts_with(|c: char| c.is_ascii()) =>
            {
                last.push(' ');
                last.push_str(word);
            }
            _ => found.push(word.to_owned()),
        }
    }
    found.truncate(MAX_TITLE_PARTS);
    found
}
