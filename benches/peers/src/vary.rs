//! Multiplies the articles of a corpus, with variations large enough that they are not reprints of
//! each other.
//!
//! In each repetition, the words of every second group of eight words of equal length and similar
//! frequency are permuted, consistently in all articles; numbers other than dates get new digits,
//! and dates move seven months back each time. So words are as frequent, as clustered and as long
//! as in real text, while their combinations are partly new, as in other real text.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use jieba_rs::Jieba;
use serde::Deserialize;

use crate::corpus::Article;

/// Number of words that are permuted among each other.
const GROUP: usize = 8;
/// Months between an article and its next repetition.
const EARLIER: u32 = 7;
/// Number of parts of each publication: a filter by one of a hundred is about as selective as one
/// by district.
const PARTS: u64 = 50;

/// The articles of the corpus, segmented once.
pub struct Base {
    /// The distinct words, blanks and marks.
    words: Vec<String>,
    /// The number of occurrences of each.
    counts: Vec<u32>,
    rows: Vec<Row>,
}

struct Row {
    publication: String,
    date: String,
    title: Option<Vec<u32>>,
    body: Vec<u32>,
}

#[derive(Deserialize)]
struct Original {
    publication: String,
    title: Option<String>,
    date: String,
    body: String,
}

impl Base {
    /// Reads the corpus, at most this many articles that are spread evenly over it.
    pub fn read(corpus: &Path, most: Option<usize>) -> Result<Self> {
        let lines = || -> Result<_> {
            let file = File::open(corpus).with_context(|| corpus.display().to_string())?;
            Ok(BufReader::new(zstd::Decoder::new(file)?).lines())
        };
        let count = lines()?.count();
        let kept = most.unwrap_or(count).min(count);
        let jieba = Jieba::new();
        let mut numbers = HashMap::new();
        let mut base =
            Self { words: Vec::new(), counts: Vec::new(), rows: Vec::with_capacity(kept) };
        for (at, line) in lines()?.enumerate() {
            let line = line?;
            // Keeps the `kept` articles at which the product passes a multiple of the count.
            if (at * kept) % count.max(1) >= kept {
                continue;
            }
            let Original { publication, title, date, body } = serde_json::from_str(&line)?;
            let title = title.map(|title| base.cut(&jieba, &mut numbers, &title));
            let body = base.cut(&jieba, &mut numbers, &body);
            base.rows.push(Row { publication, date, title, body });
        }
        Ok(base)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// This many articles: those of the corpus first, then its repetitions.
    pub fn articles(&self, count: usize) -> impl Iterator<Item = Article> {
        let mut exchanged = (0, self.exchanged(0));
        (0..count).map(move |number| {
            let repetition = number / self.len();
            if exchanged.0 != repetition {
                exchanged = (repetition, self.exchanged(repetition));
            }
            self.article(number, repetition as u32, &exchanged.1)
        })
    }

    fn article(&self, number: usize, repetition: u32, exchanged: &[u32]) -> Article {
        let row = &self.rows[number % self.len()];
        let write = |text: &Vec<u32>| self.written(text, repetition, exchanged);
        let part = scatter(number as u64 % self.len() as u64) % PARTS;
        Article {
            id: format!("{number:012}"),
            publication: format!("{}{part:02}", row.publication),
            title: row.title.as_ref().map(write),
            date: earlier(&row.date, repetition * EARLIER),
            body: write(&row.body),
        }
    }

    fn written(&self, text: &[u32], repetition: u32, exchanged: &[u32]) -> String {
        let mut written = String::new();
        for (at, &word) in text.iter().enumerate() {
            let form = &self.words[exchanged[word as usize] as usize];
            let next = || text.get(at + 1).map_or("", |&word| self.words[word as usize].as_str());
            if repetition > 0 && is_number(form) && !next().starts_with(['年', '月', '日', '时'])
            {
                written.extend(other_digits(form, repetition));
            } else {
                written.push_str(form);
            }
        }
        written
    }

    /// For every word the one that replaces it in this repetition.
    fn exchanged(&self, repetition: usize) -> Vec<u32> {
        let mut exchanged: Vec<u32> = (0..self.words.len() as u32).collect();
        let Some(turn) = repetition.checked_sub(1).map(|turn| 1 + turn % (GROUP - 1)) else {
            return exchanged;
        };
        for length in 2..=4 {
            let mut words: Vec<u32> = (0..self.words.len() as u32)
                .filter(|&word| is_word(&self.words[word as usize], length))
                .collect();
            let rank =
                |&word: &u32| (u32::MAX - self.counts[word as usize], &self.words[word as usize]);
            words.sort_unstable_by(|a, b| rank(a).cmp(&rank(b)));
            for (at, group) in words.chunks(GROUP).enumerate() {
                if scatter(((at * GROUP + length) << 8 | repetition) as u64) & 1 == 0 {
                    for (place, &word) in group.iter().enumerate() {
                        exchanged[word as usize] = group[(place + turn) % group.len()];
                    }
                }
            }
        }
        exchanged
    }

    /// The indexes of the words of a text, which together are the whole text.
    fn cut(&mut self, jieba: &Jieba, numbers: &mut HashMap<String, u32>, text: &str) -> Vec<u32> {
        let mut row = Vec::new();
        let mut done = 0;
        let mut add = |form: &str| {
            let number = numbers.get(form).copied().unwrap_or_else(|| {
                let number = self.words.len() as u32;
                numbers.insert(form.to_owned(), number);
                self.words.push(form.to_owned());
                self.counts.push(0);
                number
            });
            self.counts[number as usize] += 1;
            row.push(number);
        };
        for token in jieba.cut(text, false) {
            if token.byte_start > done {
                add(&text[done..token.byte_start]);
            }
            add(token.word);
            done = token.byte_end;
        }
        if done < text.len() {
            add(&text[done..]);
        }
        row
    }
}

/// Whether a string is a Chinese word of this many characters.
pub fn is_word(form: &str, length: usize) -> bool {
    form.len() == 3 * length && form.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn is_number(form: &str) -> bool {
    form.starts_with(|c: char| c.is_ascii_digit())
}

/// Replaces the digits; the first one stays above 0.
fn other_digits(form: &str, repetition: u32) -> impl Iterator<Item = char> {
    let turned = move |digit: u32, from: u32| {
        let turned = from + (digit - from + repetition) % (10 - from);
        char::from_digit(turned, 10).unwrap_or('0')
    };
    form.char_indices().map(move |(at, c)| match c.to_digit(10) {
        Some(0) if at == 0 => c,
        Some(digit) => turned(digit, u32::from(at == 0)),
        None => c,
    })
}

/// Moves a date like 2023-02-10 back by this many months; days above 28 become 28.
fn earlier(date: &str, months: u32) -> String {
    let mut parts = date.split('-').map(|part| part.parse::<u32>().ok());
    let (Some(Some(year)), Some(Some(month)), Some(Some(day))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return String::new();
    };
    if months == 0 {
        return date.to_owned();
    }
    let month = (year * 12 + month).saturating_sub(months + 1);
    format!("{:04}-{:02}-{:02}", month / 12, month % 12 + 1, day.min(28))
}

/// Mixes the bits of a number (SplitMix64).
pub fn scatter(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(texts: &[&str]) -> Base {
        let (jieba, mut numbers) = (Jieba::new(), HashMap::new());
        let mut base = Base { words: Vec::new(), counts: Vec::new(), rows: Vec::new() };
        for text in texts {
            let body = base.cut(&jieba, &mut numbers, text);
            let (publication, date) = ("报".to_owned(), "2023-03-31".to_owned());
            base.rows.push(Row { publication, date, title: None, body });
        }
        base
    }

    const TEXT: &str = "2023年全市工业投资增长８.5%，企业 1200 家，就业5万人；\n旅游、教育、交通、\
        农业、环境、医疗、文化、科技、财政、贸易、能源、通信、建筑、物流、金融、体育……";

    #[test]
    fn the_first_articles_are_the_corpus_as_it_is() {
        let first = base(&[TEXT, "短讯"]).articles(2).next().expect("an article");
        assert_eq!((first.body.as_str(), first.date.as_str()), (TEXT, "2023-03-31"));
    }

    #[test]
    fn a_repetition_has_other_words_numbers_and_dates_in_the_same_places() {
        let base = base(&[TEXT]);
        let all: Vec<Article> = base.articles(4).collect();
        assert_eq!(all[1].date, "2022-08-28");
        let mut other = 0;
        for later in &all[1..] {
            assert_eq!(later.body.chars().count(), TEXT.chars().count());
            assert!(later.body.starts_with("2023年") && !later.body.contains("1200"));
            other += later.body.chars().zip(TEXT.chars()).filter(|(a, b)| a != b).count();
        }
        // About half of the words change in three repetitions, and so do the digits.
        assert!(other > 20, "{all:?}");
        assert_ne!(all[1].body, all[2].body);
    }

    #[test]
    fn other_digits_keep_their_places_and_the_first_is_not_zero() {
        let other = |form, repetition| other_digits(form, repetition).collect::<String>();
        assert_eq!((other("1900.5", 1), other("9", 1)), ("2011.6".into(), "1".into()));
        assert_eq!(other("0.5%", 7), "0.2%");
    }

    #[test]
    fn months_go_back_over_years_and_a_date_that_is_none_is_unknown() {
        assert_eq!(earlier("2023-03-31", 7), "2022-08-28");
        assert_eq!(earlier("2023-12-31", 12), "2022-12-28");
        assert_eq!(
            (earlier("2023-03-31", 0), earlier("", 7)),
            ("2023-03-31".into(), String::new())
        );
    }
}
