//! The plain scan: finds the articles that contain a string, both in their search form. It is the
//! reference, so it is kept simple.

use std::path::Path;

use anyhow::{Result, anyhow};
use daachorse::CharwiseDoubleArrayAhoCorasick;
use dibao::text::search_form;

use crate::corpus::{Article, read};

/// Calls `found` for every string and every article with it in title or body, with the index of the
/// string and the number of the article.
pub fn scan(articles: &Path, strings: &[String], mut found: impl FnMut(usize, u32)) -> Result<()> {
    // Different strings can have one form.
    let mut folded: Vec<(String, usize)> =
        strings.iter().enumerate().map(|(at, string)| (search_form(string).text, at)).collect();
    folded.sort_unstable();
    let groups: Vec<&[(String, usize)]> = folded.chunk_by(|a, b| a.0 == b.0).collect();
    let patterns = groups.iter().map(|group| group[0].0.as_str());
    let automaton: CharwiseDoubleArrayAhoCorasick<u32> =
        CharwiseDoubleArrayAhoCorasick::new(patterns).map_err(|error| anyhow!("{error}"))?;
    let mut last = vec![u32::MAX; groups.len()];
    for article in read(articles)? {
        let article = article?;
        let number = article.number()?;
        let Article { title, body, .. } = article;
        for text in [title.unwrap_or_default(), body] {
            for hit in automaton.find_overlapping_iter(&search_form(&text).text) {
                let group = hit.value() as usize;
                if last[group] != number {
                    last[group] = number;
                    groups[group].iter().for_each(|&(_, at)| found(at, number));
                }
            }
        }
    }
    Ok(())
}

/// A set of articles.
#[derive(Debug, Clone)]
pub struct Articles(Vec<u64>);

impl Articles {
    /// The empty set, for this many articles.
    pub fn none(of: usize) -> Self {
        Self(vec![0; of.div_ceil(64)])
    }

    /// Reads the form that [`Self::bytes`] writes.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (words, _) = bytes.as_chunks();
        Self(words.iter().map(|&word| u64::from_le_bytes(word)).collect())
    }

    pub fn bytes(&self) -> impl Iterator<Item = u8> {
        self.0.iter().flat_map(|word| word.to_le_bytes())
    }

    pub fn add(&mut self, number: u32) {
        self.0[number as usize / 64] |= 1 << (number % 64);
    }

    pub fn len(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// The size of the intersection.
    pub fn shared(&self, other: &Self) -> u64 {
        self.0.iter().zip(&other.0).map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_in_any_width_and_script_also_inside_each_other_once_in_each_article() {
        let folder = std::env::temp_dir().join(format!("peers-scan-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("articles.jsonl");
        let line = |id: &str, title: &str, body: &str| {
            format!(
                r#"{{"id":"{id}","publication":"","title":"{title}","date":"","body":"{body}"}}"#
            )
        };
        let text = [line("0", "高新區５Ｇ", "高新区"), line("1", "高新", "区5g")].join("\n");
        std::fs::write(&path, text).expect("a file");
        let strings = ["高新区", "新区", "5G", "5g"].map(str::to_owned);
        let mut found = Vec::new();
        scan(&path, &strings, |string, article| found.push((article, string))).expect("a scan");
        std::fs::remove_dir_all(&folder).expect("the folder");
        found.sort_unstable();
        assert_eq!(found, [(0, 0), (0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]);
    }

    #[test]
    fn a_set_outlives_its_bytes() {
        let mut set = Articles::none(130);
        for number in [0, 63, 64, 129] {
            set.add(number);
        }
        let again = Articles::from_bytes(&set.bytes().collect::<Vec<u8>>());
        assert_eq!((again.len(), again.shared(&set)), (4, 4));
    }
}
