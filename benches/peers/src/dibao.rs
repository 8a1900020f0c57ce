//! dibao itself, through its library. Only this file depends on its interface.

use std::path::Path;

use std::ops::ControlFlow;

use anyhow::{Context, Result};
use dibao::ingest;
use dibao::ingest::{Event, IngestPlan, Progress};
use dibao::query;
use dibao::search::{Archive, Filters, Request, Sort};

use crate::corpus::number;
use crate::engine::{Engine, Opened};
use crate::question::{Answer, PAGE, Question};

pub struct Dibao;

impl Engine for Dibao {
    fn build(&self, articles: &Path, index: &Path) -> Result<()> {
        let folder = articles.parent().context("a folder")?;
        let plan =
            IngestPlan { paths: vec![articles.to_owned()], ..IngestPlan::new(folder, index) };
        ingest::run(&plan, &Silent)?;
        Ok(())
    }

    fn open(&self, _: &Path, index: &Path) -> Result<Box<dyn Opened>> {
        Ok(Box::new(Open(Archive::open(index)?)))
    }
}

struct Open(Archive);

impl Opened for Open {
    fn ask(&self, question: &Question) -> Result<Option<Answer>> {
        let results = self.0.search(&request(question)?)?;
        Ok(Some(Answer { total: results.total, given: Some(results.hits.len()) }))
    }

    fn all(&self, question: &Question) -> Result<Option<Vec<u32>>> {
        let mut numbers = Vec::new();
        self.0.for_each(&request(question)?, &mut |record| {
            numbers.push(number(&record.id.0));
            ControlFlow::Continue(())
        })?;
        numbers.into_iter().collect::<Result<_>>().map(Some)
    }
}

fn request(question: &Question) -> Result<Request> {
    let text = question.words.join(" ");
    let text = if question.quoted { format!("\"{text}\"") } else { text };
    let mut filters = Filters::default();
    if let Some((publication, month)) = &question.only {
        filters.publications.push(publication.clone());
        filters.from = Some(format!("{month}-01").parse().context("a day")?);
        let last =
            ["31", "30", "29", "28"].iter().find_map(|day| format!("{month}-{day}").parse().ok());
        filters.to = Some(last.context("a month")?);
    }
    Ok(Request {
        query: query::parse(&text)?,
        filters,
        sort: if question.newest() { Sort::Newest } else { Sort::Relevance },
        limit: PAGE,
        facets: question.facets(),
        ..Request::default()
    })
}

struct Silent;

impl Progress for Silent {
    fn event(&self, _: Event<'_>) {}
}
