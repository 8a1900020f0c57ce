//! SQLite's FTS5 with its trigram tokenizer, over a table that holds the text (external content).
//!
//! Strings of three or more characters are looked up in the index. It cannot look up shorter ones;
//! these are searched with `LIKE` in the table, in all of it if nothing else narrows the search.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, Row, ToSql, params_from_iter};

use crate::corpus::read;
use crate::engine::{Engine, Opened};
use crate::question::{Answer, PAGE, Question};

pub struct Sqlite;

const FILE: &str = "articles.sqlite";

impl Engine for Sqlite {
    fn build(&self, articles: &Path, index: &Path) -> Result<()> {
        let mut connection = Connection::open(index.join(FILE))?;
        connection.execute_batch(
            "pragma journal_mode = off;
             pragma synchronous = off;
             pragma cache_size = -262144;
             create table articles (
                 number integer primary key,
                 publication text not null,
                 month text not null,
                 day integer not null,
                 title text,
                 body text not null
             );
             create virtual table strings using fts5 (
                 title, body, content = 'articles', content_rowid = 'number', tokenize = 'trigram'
             );
             insert into strings (strings, rank) values ('hashsize', 134217728);",
        )?;
        let transaction = connection.transaction()?;
        {
            let mut insert =
                transaction.prepare("insert into articles values (?1, ?2, ?3, ?4, ?5, ?6)")?;
            for article in read(articles)? {
                let article = article?;
                insert.execute((
                    article.number()?,
                    &article.publication,
                    article.month(),
                    article.day(),
                    &article.title,
                    &article.body,
                ))?;
            }
        }
        transaction.commit()?;
        connection.execute_batch(
            "insert into strings (strings) values ('rebuild');
             insert into strings (strings) values ('optimize');
             create index by_month on articles (publication, month);
             analyze;",
        )?;
        Ok(())
    }

    fn open(&self, _: &Path, index: &Path) -> Result<Box<dyn Opened>> {
        let connection = Connection::open(index.join(FILE))?;
        connection
            .execute_batch("pragma mmap_size = 1099511627776; pragma cache_size = -65536;")?;
        Ok(Box::new(Open(connection)))
    }
}

struct Open(Connection);

/// The conditions of a question on the tables.
struct SqlFilter {
    tables: &'static str,
    conditions: String,
    values: Vec<String>,
    /// Whether the trigram index is used, so that there is a rank.
    ranked: bool,
}

impl Opened for Open {
    fn ask(&self, question: &Question) -> Result<Option<Answer>> {
        let filter = filter_of(question);
        let (total, page): (u32, Vec<u32>) = if filter.ranked {
            let total = if question.facets() {
                self.facets(&filter)?
            } else {
                self.rows(&filter, "count(*)", "", |row| row.get::<_, u32>(0))?.iter().sum()
            };
            let order = if question.newest() { "articles.day desc" } else { "strings.rank" };
            let order = format!("order by {order} limit {PAGE}");
            (total, self.rows(&filter, filter.number(), &order, |row| row.get(0))?)
        } else {
            // One pass over the table; page and counts are computed from its result.
            let columns = "articles.number, articles.day, articles.publication, articles.month";
            let mut found = self.rows(&filter, columns, "", |row| {
                let number_and_day = (row.get::<_, u32>(0)?, row.get::<_, u32>(1)?);
                let counted = (row.get::<_, String>(2)?, row.get::<_, String>(3)?);
                Ok((number_and_day, question.facets().then_some(counted)))
            })?;
            let mut counts: HashMap<String, u32> = HashMap::new();
            for (_, counted) in &mut found {
                let counted = counted.take().map(|(publication, month)| [publication, month]);
                counted
                    .into_iter()
                    .flatten()
                    .for_each(|value| *counts.entry(value).or_default() += 1);
            }
            if question.newest() {
                found.sort_unstable_by_key(|&((number, day), _)| (u32::MAX - day, number));
            }
            let page = found.iter().take(PAGE).map(|&((number, _), _)| number).collect();
            (found.len() as u32, page)
        };
        let mut text = self.0.prepare_cached("select * from articles where number = ?1")?;
        for number in &page {
            text.query_one([number], |row| row.get::<_, String>("body"))?;
        }
        Ok(Some(Answer { total: total.into(), given: Some(page.len()) }))
    }

    fn all(&self, question: &Question) -> Result<Option<Vec<u32>>> {
        let filter = filter_of(question);
        Ok(Some(self.rows(&filter, filter.number(), "", |row| row.get(0))?))
    }
}

impl Open {
    /// Counts by publication and month; returns the total.
    fn facets(&self, filter: &SqlFilter) -> Result<u32> {
        let counts: Vec<(String, String, u32)> = self.rows(
            filter,
            "articles.publication, articles.month, count(*)",
            "group by 1, 2",
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        Ok(counts.iter().map(|(.., count)| count).sum())
    }

    fn rows<T>(
        &self,
        filter: &SqlFilter,
        columns: &str,
        order: &str,
        read: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let SqlFilter { tables, conditions, values, .. } = filter;
        let text = format!("select {columns} from {tables} where {conditions} {order}");
        let mut statement = self.0.prepare_cached(&text)?;
        let values = values.iter().map(|value| value as &dyn ToSql);
        let rows = statement.query_map(params_from_iter(values), read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl SqlFilter {
    fn number(&self) -> &'static str {
        if self.ranked { "strings.rowid" } else { "articles.number" }
    }
}

fn filter_of(question: &Question) -> SqlFilter {
    let (long, short): (Vec<&String>, Vec<&String>) =
        question.words.iter().partition(|word| word.chars().count() >= 3);
    let mut conditions = Vec::new();
    let mut values = Vec::new();
    if !long.is_empty() {
        conditions.push("strings match ?".to_owned());
        let phrases: Vec<String> = long.iter().map(|word| format!("\"{word}\"")).collect();
        values.push(phrases.join(" AND "));
    }
    for word in &short {
        conditions.push("(articles.title like ? or articles.body like ?)".to_owned());
        values.extend([format!("%{word}%"), format!("%{word}%")]);
    }
    if let Some((publication, month)) = &question.only {
        conditions.push("articles.publication = ? and articles.month = ?".to_owned());
        values.extend([publication.clone(), month.clone()]);
    }
    let joined = question.newest() || question.facets() || conditions.len() > 1;
    SqlFilter {
        tables: match (long.is_empty(), joined) {
            (true, _) => "articles",
            (false, true) => "strings join articles on articles.number = strings.rowid",
            (false, false) => "strings",
        },
        conditions: conditions.join(" and "),
        values,
        ranked: !long.is_empty(),
    }
}
