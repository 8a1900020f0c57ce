//! The articles of a corpus without their headlines, by the lines of the corpus.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use dibao::ingest;
use dibao::ingest::IngestPlan;
use dibao::intake;
use dibao::intake::{Chunk, Config};
use dibao::search::Archive;

use crate::FirstHits;
use crate::tracks::Topic;

/// Characters that are shown of an article that is to be judged.
const SHOWN: usize = 300;

pub struct Texts {
    /// One article per line.
    path: PathBuf,
    /// The line of each in the corpus, from 1, and its headline.
    articles: Vec<(usize, String)>,
}

impl Texts {
    /// Writes the texts of a corpus to a folder.
    pub fn of(corpus: &Path, folder: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let path = folder.join("bodies.jsonl");
        let mut file = BufWriter::new(File::create(&path).expect("a file"));
        let mut articles = Vec::new();
        let parent = corpus.parent().unwrap_or(Path::new("."));
        let config = Config::load(parent).expect("a good corpus.toml");
        let walked = intake::walk(parent, &[corpus.to_owned()]);
        for read in walked.files {
            for chunk in intake::read(&read, &config) {
                let Chunk::Articles(stated) = chunk else { continue };
                for article in stated.into_iter().filter(|article| !article.body.is_empty()) {
                    let line = serde_json::json!({ "body": article.body });
                    writeln!(file, "{line}").expect("written");
                    articles.push((article.lines[0].0 as usize, article.title.unwrap_or_default()));
                }
            }
        }
        file.flush().expect("written");
        Self { path, articles }
    }

    pub fn number(&self) -> usize {
        self.articles.len()
    }

    /// Lines and headlines.
    pub fn titles(&self) -> impl Iterator<Item = (usize, &str)> {
        self.articles.iter().map(|(line, title)| (*line, title.as_str()))
    }

    /// The lines of articles that are given by their number, from 0.
    pub fn lines(&self, numbers: &[usize]) -> Vec<usize> {
        numbers.iter().map(|&number| self.articles[number].0).collect()
    }

    /// The number of each article and its text.
    pub fn bodies(&self) -> impl Iterator<Item = (String, String)> {
        let text = std::fs::read_to_string(&self.path).expect("the bodies");
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.into_iter().enumerate().map(|(number, line)| {
            let article: serde_json::Value = serde_json::from_str(&line).expect("JSON");
            (number.to_string(), article["body"].as_str().unwrap_or_default().to_owned())
        })
    }

    /// The program's archive of the texts, which is made unless there is one.
    pub fn archive(&self, index: &Path) -> Archive {
        if !index.exists() {
            let folder = self.path.parent().unwrap_or(Path::new("."));
            let plan = IngestPlan {
                paths: vec![self.path.clone()],
                rebuild: true,
                ..IngestPlan::new(folder, index)
            };
            ingest::run(&plan, &()).expect("an ingest");
        }
        Archive::open(index).expect("an index")
    }

    /// Prints what engines find that is not among the answers.
    pub fn print_unjudged(&self, topics: &[Topic], engines: &[&FirstHits<'_>]) {
        let bodies: Vec<(String, String)> = self.bodies().collect();
        for topic in topics {
            println!("{:?} {}", topic.lines, topic.typed);
            let mut seen: BTreeSet<usize> = topic.lines.iter().copied().collect();
            for line in engines.iter().flat_map(|first| first(&topic.typed).into_iter().take(5)) {
                if seen.insert(line) {
                    let at = self.articles.iter().position(|article| article.0 == line);
                    let body = at.map_or("", |at| bodies[at].1.as_str());
                    let shown: String = body.chars().take(SHOWN).collect();
                    println!("    {line} {}", shown.replace('\n', " "));
                }
            }
        }
    }
}
