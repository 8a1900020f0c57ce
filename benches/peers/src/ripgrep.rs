//! ripgrep over the file of articles. It has no index, and counts the lines with a literal.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

use crate::engine::{Engine, Opened};
use crate::question::{Answer, Question};

pub struct Ripgrep;

impl Engine for Ripgrep {
    fn build(&self, _: &Path, _: &Path) -> Result<()> {
        Ok(())
    }

    fn open(&self, articles: &Path, _: &Path) -> Result<Box<dyn Opened>> {
        Ok(Box::new(Open(articles.to_owned())))
    }
}

struct Open(PathBuf);

impl Opened for Open {
    fn ask(&self, question: &Question) -> Result<Option<Answer>> {
        let Some(literal) = question.literal() else { return Ok(None) };
        let count = String::from_utf8(self.run(&["--count"], literal)?.stdout)?;
        let total = count.trim();
        Ok(Some(Answer { total: if total.is_empty() { 0 } else { total.parse()? }, given: None }))
    }

    fn all(&self, question: &Question) -> Result<Option<Vec<u32>>> {
        let Some(literal) = question.literal() else { return Ok(None) };
        let found = self.run(&["--line-number", "--only-matching"], literal)?.stdout;
        let mut numbers = Vec::new();
        for line in String::from_utf8(found)?.lines() {
            let (line, _) = line.split_once(':').context("a number of a line")?;
            numbers.push(line.parse::<u32>()? - 1);
        }
        numbers.dedup();
        Ok(Some(numbers))
    }
}

impl Open {
    fn run(&self, flags: &[&str], literal: &str) -> Result<Output> {
        let mut command = Command::new("rg");
        command.args(flags).args(["--no-config", "--fixed-strings", "--regexp", literal]);
        let output = command.arg(&self.0).output().context("rg cannot be run")?;
        // 1 means that nothing was found.
        if output.status.code().is_none_or(|code| code > 1) {
            bail!("rg: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(output)
    }
}
