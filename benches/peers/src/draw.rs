//! Draws the questions from the articles, the same in every run.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Result, ensure};
use jieba_rs::Jieba;

use crate::corpus::{Article, read};
use crate::question::{Kind, Question};
use crate::scan::scan;
use crate::vary::{is_word, scatter};

/// Questions of each kind.
const OF_EACH: usize = 40;
/// Articles from which they are drawn, spread evenly.
const SAMPLE: usize = 3_000;
/// Thresholds of word frequency: the least share of articles with a frequent word, the least share
/// with a middling one, and the number of articles below which a word is rare.
const FREQUENT: f64 = 0.02;
const MIDDLING: f64 = 0.000_5;
const RARE: u32 = 20;

/// Reads the articles and draws questions of all kinds.
pub fn draw(articles: &Path, count: usize) -> Result<Vec<Question>> {
    let mut sample = Vec::new();
    let step = (count / SAMPLE).max(1);
    for (at, article) in read(articles)?.enumerate() {
        if at % step == 0 {
            sample.push(article?);
        }
    }
    let drawer = Drawer::new(articles, sample, count)?;
    let mut random = Random(count as u64);
    let mut questions = Vec::new();
    for kind in Kind::ALL {
        let mut asked = BTreeSet::new();
        let mut tries = 0;
        while asked.len() < OF_EACH {
            tries += 1;
            ensure!(tries < 1_000_000, "too few articles to draw questions from");
            let Some(question) = drawer.question(kind, asked.len(), &mut random) else { continue };
            if asked.insert((question.words.clone(), question.only.clone())) {
                questions.push(question);
            }
        }
    }
    Ok(questions)
}

struct Drawer {
    sample: Vec<Article>,
    jieba: Jieba,
    /// The number of articles in which each word of the sample occurs.
    found_in: HashMap<String, u32>,
    frequent: Vec<String>,
    middling: Vec<String>,
    rare: Vec<String>,
}

impl Drawer {
    fn new(articles: &Path, sample: Vec<Article>, count: usize) -> Result<Self> {
        let jieba = Jieba::new();
        let words: BTreeSet<&str> =
            sample.iter().flat_map(|article| words_of(&jieba, &article.body)).collect();
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        let mut counts = vec![0_u32; words.len()];
        scan(articles, &words, |word, _| counts[word] += 1)?;
        let with = |least: f64, most: f64| {
            let wanted = |&(_, &found): &(_, &u32)| (least..most).contains(&f64::from(found));
            words.iter().zip(&counts).filter(wanted).map(|(word, _)| word.clone()).collect()
        };
        let all = count as f64;
        let (least, often) = (f64::from(RARE).max(all * MIDDLING), all * FREQUENT);
        let (frequent, middling) = (with(often, f64::INFINITY), with(least, often));
        let rare = with(1.0, f64::from(RARE));
        let found_in = words.into_iter().zip(counts).collect();
        Ok(Self { sample, jieba, found_in, frequent, middling, rare })
    }

    /// A question of this kind; `None` if the draw is of no use.
    fn question(&self, kind: Kind, place: usize, random: &mut Random) -> Option<Question> {
        let article = random.of(&self.sample)?;
        let mut question = Question { kind, words: Vec::new(), quoted: false, only: None };
        let of_both = if place.is_multiple_of(2) { &self.frequent } else { &self.middling };
        match kind {
            Kind::OneWord | Kind::Newest | Kind::Facets => {
                question.words.push(random.of(of_both)?.clone());
            }
            Kind::Rare => question.words.push(random.of(&self.rare)?.clone()),
            Kind::TwoWords => {
                let words = self.known_words(article);
                question.words = vec![random.of(&words)?.clone(), random.of(&words)?.clone()];
                question.words.dedup();
                (question.words.len() == 2).then_some(())?;
            }
            Kind::Filtered => {
                let month = Some(article.month()).filter(|month| !month.is_empty())?;
                question.words.push(random.of(&self.known_words(article))?.clone());
                question.only = Some((article.publication.clone(), month.to_owned()));
            }
            Kind::Phrase => question.words.push(self.phrase(article, random)?),
            Kind::OneCharacter => {
                question.words.push(piece(article, 1, random).filter(|piece| is_word(piece, 1))?);
            }
            Kind::Quoted2 => question.words.push(piece(article, 2, random)?),
            Kind::Quoted4 => question.words.push(piece(article, 4, random)?),
            Kind::Quoted8 => question.words.push(piece(article, 8, random)?),
        }
        question.quoted = matches!(
            kind,
            Kind::Phrase | Kind::OneCharacter | Kind::Quoted2 | Kind::Quoted4 | Kind::Quoted8
        );
        Some(question)
    }

    /// The words of an article that are not rare.
    fn known_words(&self, article: &Article) -> Vec<String> {
        let known = |word: &&str| self.found_in.get(*word).is_some_and(|&found| found >= RARE);
        words_of(&self.jieba, &article.body).filter(known).map(str::to_owned).collect()
    }

    /// Two or more adjacent words with four to eight characters in total.
    fn phrase(&self, article: &Article, random: &mut Random) -> Option<String> {
        let tokens = self.jieba.cut(&article.body, false);
        let start = random.below(tokens.len())?;
        let mut phrase = String::new();
        for (taken, token) in tokens[start..].iter().enumerate() {
            if phrase.chars().count() >= 4 && taken >= 2 {
                break;
            }
            phrase.push_str(token.word);
        }
        let of_letters = phrase.chars().all(char::is_alphanumeric);
        ((4..=8).contains(&phrase.chars().count()) && of_letters).then_some(phrase)
    }
}

/// The Chinese words of two to four characters of a text.
fn words_of<'a>(jieba: &Jieba, text: &'a str) -> impl Iterator<Item = &'a str> {
    let words = jieba.cut(text, false).into_iter().map(|token| token.word);
    words.filter(|word| (2..=4).any(|length| is_word(word, length)))
}

/// A run of letters, digits and ideographs from anywhere in a body, as printed.
fn piece(article: &Article, length: usize, random: &mut Random) -> Option<String> {
    let characters: Vec<char> = article.body.chars().collect();
    let start = random.below((characters.len() + 1).saturating_sub(length))?;
    let piece = &characters[start..start + length];
    piece.iter().all(|c| c.is_alphanumeric()).then(|| piece.iter().collect())
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> Option<usize> {
        self.0 = self.0.wrapping_add(1);
        (limit > 0).then(|| (scatter(self.0) % limit as u64) as usize)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        self.below(all.len()).and_then(|at| all.get(at))
    }
}
