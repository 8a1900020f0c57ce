//! `cite`: articles as they are cited.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ToolSpec;
use crate::export::CitationStyle;
use crate::mcp::arguments::Arguments;
use crate::mcp::article_head::ArticleHead;
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::present::{ParamError, ValueForm};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "cite",
    title: ("引文", "Cite articles"),
    description: "Give the references of articles in a citation style, one for each id, in their order. \
        A date that is not known to the day is never cited as a day.",
    input: || InputSchema::default().with::<CiteArguments>().finish(),
    output: output::<CiteReply>,
    run,
};

/// Articles that are cited at once.
const MAX_CITED: usize = 50;

/// Which articles.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct CiteArguments {
    /// The ids of the articles, at most 50.
    #[param(required = true, min_items = 1, max_items = 50)]
    id: Vec<String>,
    /// The citation style: gb-7714-2025-numeric (the default), gb-7714-2015-numeric,
    /// gb-7714-2015-author-date, gb-7714-2015-note, or another that is known by its name, as apa.
    style: String,
}

/// Citations.
#[derive(Debug, Serialize, ToSchema)]
struct CiteReply {
    /// The style.
    style: String,
    /// In the order of the ids.
    citations: Vec<CitedArticle>,
}

/// An article and its citation.
#[derive(Debug, Serialize, ToSchema)]
struct CitedArticle {
    /// The citation.
    citation: String,
    /// The article.
    article: ArticleHead,
}

fn run(context: &ToolContext<'_>, mut arguments: Arguments) -> Result<Reply, ToolError> {
    let CiteArguments { id: ids, style } = arguments.take()?;
    arguments.end()?;
    let style = match style.as_str() {
        "" => CitationStyle::default(),
        name => CitationStyle::named(name).ok_or_else(|| ParamError::Value {
            name: "style",
            value: name.to_owned(),
            expected: ValueForm::CitationStyle,
        })?,
    };
    if ids.is_empty() {
        return Err(ToolError::Missing { name: "id" });
    }
    if ids.len() > MAX_CITED {
        let (value, expected) = (ids.len().to_string(), ValueForm::AtMost(MAX_CITED));
        return Err(ParamError::Value { name: "id", value, expected }.into());
    }
    let cited = ids.iter().map(|id| {
        let record = context.single("id", id)?;
        let article = ArticleHead::of(context, &record);
        Ok(CitedArticle { citation: style.cite(&record, 1)?.text, article })
    });
    let citations = cited.collect::<Result<_, ToolError>>()?;
    let reply = CiteReply { style: style.name().to_owned(), citations };
    let lines: Vec<&str> = reply.citations.iter().map(|cited| cited.citation.as_str()).collect();
    Reply::new(lines.join("\n"), &reply)
}
