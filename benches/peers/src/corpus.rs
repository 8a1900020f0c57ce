//! The articles that all engines index: one JSON object per line, in the format that dibao reads.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::vary::Base;

/// An article as it is written for the engines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Article {
    /// Twelve digits: the number of the article, in the form of dibao's own ids.
    pub id: String,
    pub publication: String,
    pub title: Option<String>,
    /// Like 2023-02-10; empty if unknown.
    pub date: String,
    pub body: String,
}

/// What was written, as kept in the work folder.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Facts {
    pub articles: usize,
    /// Number of articles of the corpus from which they were made.
    pub originals: usize,
    /// Bytes of titles and bodies.
    pub text: u64,
}

impl Article {
    pub fn number(&self) -> Result<u32> {
        number(&self.id)
    }

    /// Like 2023-02; empty if the date is unknown.
    pub fn month(&self) -> &str {
        self.date.get(..7).unwrap_or_default()
    }

    /// YYYYMMDD, or 0 if the date is unknown.
    pub fn day(&self) -> u32 {
        self.date.replace('-', "").parse().unwrap_or_default()
    }

    /// Title and body.
    pub fn text(&self) -> String {
        match &self.title {
            Some(title) => format!("{title}\n{}", self.body),
            None => self.body.clone(),
        }
    }
}

/// The number that an id stands for.
pub fn number(id: &str) -> Result<u32> {
    id.parse().with_context(|| format!("{id} is no number of an article"))
}

/// Writes this many articles, or as many as the corpus has.
pub fn write(corpus: &Path, articles: Option<usize>, to: &Path) -> Result<Facts> {
    let base = Base::read(corpus, articles)?;
    let articles = articles.unwrap_or(base.len());
    let mut out = BufWriter::with_capacity(1 << 20, File::create(to)?);
    let mut facts = Facts { articles, originals: base.len(), text: 0 };
    for article in base.articles(articles) {
        facts.text += (article.body.len() + article.title.as_deref().map_or(0, str::len)) as u64;
        serde_json::to_writer(&mut out, &article)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(facts)
}

/// Reads the articles that were written.
pub fn read(path: &Path) -> Result<impl Iterator<Item = Result<Article>> + use<>> {
    let file = File::open(path).with_context(|| format!("{} is not there", path.display()))?;
    let lines = BufReader::with_capacity(1 << 20, file).lines();
    Ok(lines.map(|line| Ok(serde_json::from_str(&line?)?)))
}
