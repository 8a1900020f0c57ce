//! What can be read: the query language, and what the archive covers.

use rmcp::model::{ErrorData, ReadResourceResult, Resource, ResourceContents};

use super::access::{ArchiveAccess, Caller};
use super::tools::coverage::coverage;
use crate::pages::help_text;
use crate::present::Lang;

const HELP: &str = "dibao://help";
const COVERAGE: &str = "dibao://coverage";
const MARKDOWN: &str = "text/markdown";
const JSON: &str = "application/json";

pub(super) fn list(lang: Lang) -> Vec<Resource> {
    let help = Resource::new(HELP, "help")
        .with_title(lang.of("检索语法", "Query language"))
        .with_description(
            "The query language in examples: operators, fields, dates, districts, limits.",
        )
        .with_mime_type(MARKDOWN);
    let coverage = Resource::new(COVERAGE, "coverage")
        .with_title(lang.of("收录范围", "What the archive covers"))
        .with_description("Publications, days, districts, counts and the state of the index.")
        .with_mime_type(JSON);
    vec![help, coverage]
}

/// # Errors
/// When there is no such resource, or the archive cannot answer.
pub(super) async fn read(
    archive: &impl ArchiveAccess,
    caller: &Caller,
    uri: &str,
) -> Result<ReadResourceResult, ErrorData> {
    let (text, media_type) = match uri {
        HELP => (help_text(caller.lang), MARKDOWN),
        COVERAGE => {
            let reply = archive.ask(caller.clone(), Box::new(coverage)).await;
            let reply = reply.map_err(|sentence| ErrorData::internal_error(sentence, None))?;
            (reply.value.to_string(), JSON)
        }
        _ => {
            let message = format!("no such resource; there are {HELP} and {COVERAGE}");
            return Err(ErrorData::resource_not_found(message, None));
        }
    };
    let contents = ResourceContents::text(text, uri).with_mime_type(media_type);
    Ok(ReadResourceResult::new(vec![contents]))
}
