//! The news articles from which pages are composed.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use fastrand::Rng;

use super::words::{chance, parts, pick};

/// Texts of other lengths are left out.
const BODY_CHARS: std::ops::Range<usize> = 60..6_000;
/// Titles of other lengths are replaced by a clause of the text.
const TITLE_CHARS: std::ops::RangeInclusive<usize> = 5..=40;
const MAX_TITLE_PARTS: usize = 4;
/// A shorter sentence is joined with the next one.
const MIN_SENTENCE_CHARS: usize = 9;
/// The characters in which an agency credit is looked for at the beginning of a text.
const OPENING_CHARS: usize = 60;
/// A longer parenthesis at the beginning or end is part of the text.
const MAX_PARENTHESIS_BYTES: usize = 60;

/// Marks that end an agency credit, in the order they are tried.
const OPENING_ENDS: [&str; 8] = ["：", ":", "电 ", "电", "消息，", "讯 ", "讯，", "日电"];
/// Words that tell an agency credit from the text.
const OPENING_WORDS: [&str; 11] = [
    "央视网消息",
    "中新网",
    "中新社",
    "新华社",
    "IT之家",
    "财联社",
    "消息",
    "本报",
    "记者",
    "日电",
    "讯",
];
/// The beginnings of what web sites append to a text.
const CLOSINGS: [&str; 5] =
    ["广告声明：", "相关阅读：", "更多阅读：", "（原标题：", "如遇作品内容、版权"];
/// Marks texts whose headline runs into the first sentence; they are left out.
const RUN_IN_HEADLINE: &str = "原标题";

const TITLE_MARKS: [char; 11] = ['，', '。', '；', '：', ',', '！', '？', '“', '”', '（', '）'];
const CLAUSE_MARKS: [char; 6] = ['，', '。', '；', '：', '！', '？'];

/// An article without agency credits and site notices.
#[derive(Debug)]
pub(super) struct Article {
    /// The title, split at its blanks; never empty.
    pub title: Vec<String>,
    /// The sentences of the text; never empty.
    pub sentences: Vec<String>,
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
        let mut file = BufReader::new(File::open(path)?);
        let mut text = String::new();
        if path.extension().is_some_and(|extension| extension == "zst") {
            zstd::Decoder::with_buffer(file)?.read_to_string(&mut text)?;
        } else {
            file.read_to_string(&mut text)?;
        }
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
}

impl Article {
    fn parse(row: &str, rng: &mut Rng) -> Option<Self> {
        let row: serde_json::Value = serde_json::from_str(row).ok()?;
        let body = without_agency(row["body"].as_str()?);
        if !BODY_CHARS.contains(&body.chars().count()) || body.starts_with(RUN_IN_HEADLINE) {
            return None;
        }
        let sentences = sentences(body);
        if sentences.is_empty() {
            return None;
        }
        let title = row["title"].as_str().unwrap_or("").replace(['【', '】', '[', ']'], "");
        let title = title.trim();
        let title = if TITLE_CHARS.contains(&title.chars().count()) {
            title.to_owned()
        } else {
            invented_title(&sentences, rng)?
        };
        Some(Self { title: title_parts(&title), sentences })
    }

    /// The first sentence.
    pub fn first(&self) -> &str {
        &self.sentences[0]
    }

    /// The last sentence.
    pub fn last(&self) -> &str {
        &self.sentences[self.sentences.len() - 1]
    }

    /// The first sentences, at most `sentences`.
    pub fn beginning(&self, sentences: usize) -> String {
        self.sentences[..sentences.min(self.sentences.len())].concat()
    }

    /// Draws a clause that could be a headline.
    pub fn clause(&self, rng: &mut Rng) -> Option<&str> {
        let whole = |clause: &&str| !clause.contains(['“', '”', '（', '）', '(', ')']);
        let clauses = self.sentences.iter().flat_map(|text| parts(text, &CLAUSE_MARKS, 5..=22));
        let clauses: Vec<&str> = clauses.filter(whole).collect();
        (!clauses.is_empty()).then(|| pick(rng, &clauses))
    }
}

/// Makes a title of one or two clauses, preferably of the second sentence.
fn invented_title(sentences: &[String], rng: &mut Rng) -> Option<String> {
    let sentence = sentences.get(1).or(sentences.first())?;
    let clauses: Vec<&str> = parts(sentence, &TITLE_MARKS, 5..=20)
        .filter(|clause| !clause.contains(['(', ')']))
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

/// Strips agency credits and site notices.
fn without_agency(body: &str) -> &str {
    let text = without_opening(body.trim());
    let text = without_leading_parenthesis(text);
    let end = CLOSINGS.iter().filter_map(|closing| text.find(closing)).min();
    let text = end.map_or(text, |end| &text[..end]).trim_end();
    without_closing_parenthesis(text).trim()
}

fn without_opening(text: &str) -> &str {
    let end = text.char_indices().nth(OPENING_CHARS).map_or(text.len(), |(at, _)| at);
    let beginning = &text[..end];
    let opening = OPENING_ENDS.iter().find_map(|mark| {
        let end = beginning.find(mark)? + mark.len();
        OPENING_WORDS.iter().any(|word| beginning[..end].contains(word)).then_some(end)
    });
    opening.map_or(text, |end| text[end..].trim_start_matches([' ', '，', '：', ')', '）', '】']))
}

fn without_leading_parenthesis(text: &str) -> &str {
    match text.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）'])) {
        Some((inside, rest)) if inside.len() < MAX_PARENTHESIS_BYTES => {
            rest.trim_start_matches([')', '）', ' '])
        }
        _ => text,
    }
}

fn without_closing_parenthesis(text: &str) -> &str {
    let closed = text.ends_with([')', '）', '】']);
    match text.rfind(['(', '（', '【']) {
        Some(at) if closed && text.len() - at < MAX_PARENTHESIS_BYTES => &text[..at],
        _ => text,
    }
}

/// Splits a text into sentences; stops inside quotation marks or parentheses do not count.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.split(['\n', '\r']) {
        let mut sentence = String::new();
        let mut depth = 0;
        for c in line.chars() {
            sentence.push(c);
            match c {
                '“' | '（' => depth += 1,
                '”' | '）' => depth -= 1,
                '。' | '！' | '？' if depth <= 0 => {
                    depth = 0;
                    if sentence.chars().count() >= MIN_SENTENCE_CHARS {
                        found.push(std::mem::take(&mut sentence).trim().to_owned());
                    }
                }
                _ => {}
            }
        }
        if sentence.trim().chars().count() >= MIN_SENTENCE_CHARS {
            found.push(sentence.trim().to_owned());
        }
    }
    found
}
