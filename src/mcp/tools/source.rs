//! `source`: the lines of a file of the corpus, with what each is.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ToolSpec;
use crate::mcp::arguments::{Arguments, number};
use crate::mcp::article_head::ArticleHead;
use crate::mcp::reply::first;
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::present::{
    FileState, LineSelection, ReadMode, SourceError, SourceLine, SourceView, source_view,
};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "source",
    title: ("对照原文件", "Read a source file"),
    description: "Read the lines of a file of the corpus as they are, with the role of each line and \
        the article that owns it: to check an article against its source. Name the file (`source` of \
        an article) or an article; `next` is the `from` of the next part.",
    input: || InputSchema::default().with::<SourceArguments>().finish(),
    output: output::<SourceReply>,
    run,
};

/// Bytes of lines that are given at once.
const MAX_LINES_BYTES: usize = 48 << 10;
/// Articles that are listed.
const MAX_OWNERS: usize = 40;

/// Which lines.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct SourceArguments {
    /// The file, as articles have it in `source`.
    file: String,
    /// The id of an article instead: the lines around its beginning.
    id: String,
    /// The first row to give, counted from 1; `next` of the part before. Only with `file`.
    #[param(minimum = 1, value_type = u64)]
    from: String,
}

/// Some lines of a file.
#[derive(Debug, Serialize, ToSchema)]
struct SourceReply {
    /// The file, below the corpus folder.
    file: String,
    /// Whether it has changed since it was read into the archive.
    state: FileState,
    /// The lines.
    lines: Vec<SourceLine>,
    /// The articles that own some of these lines, in the order of the file; a line names its owner by
    /// the place of the article in the file.
    articles: Vec<SourceOwner>,
    /// Articles that are not listed.
    more_articles: usize,
    /// The `from` of the next part; `null` at the end.
    #[schema(required)]
    next: Option<u32>,
}

/// An article that owns lines.
#[derive(Debug, Serialize, ToSchema)]
struct SourceOwner {
    /// Its place in the file: the `owner` of its lines.
    owner: u32,
    #[serde(flatten)]
    article: ArticleHead,
}

fn run(context: &ToolContext<'_>, mut arguments: Arguments) -> Result<Reply, ToolError> {
    let SourceArguments { file, id, from } = arguments.take()?;
    arguments.end()?;
    if !id.is_empty() && !file.is_empty() {
        return Err(ToolError::NotBoth { names: ["file", "id"] });
    }
    if !id.is_empty() && !from.is_empty() {
        return Err(ToolError::NotBoth { names: ["id", "from"] });
    }
    let from = number("from", &from, 1, 1, u32::MAX as usize)? as u32;
    let of_article = if id.is_empty() { None } else { Some(context.single("id", &id)?) };
    let (file, selection) = match &of_article {
        Some(record) => (record.source.clone(), LineSelection::PageWith(record)),
        None if file.is_empty() => return Err(ToolError::Missing { name: "file" }),
        None => (file, LineSelection::From(from)),
    };
    let (archive, corpus) = (context.archive, context.corpus);
    let report = archive.file_report(&file)?;
    let report = report.ok_or_else(|| ToolError::NoFile { file: file.clone() })?;
    let view = source_view(archive, corpus, &report, selection, ReadMode::Page);
    let view = view.map_err(|error| match error {
        SourceError::Search(error) => ToolError::Search(error),
        error => ToolError::Source(error),
    })?;
    let reply = reply(context, file, view);
    Reply::new(text(context, &reply), &reply)
}

fn reply(context: &ToolContext<'_>, file: String, view: SourceView) -> SourceReply {
    let SourceView { state, mut lines, articles, mut next, .. } = view;
    let mut bytes = 0;
    let room = lines.iter().take_while(|line| {
        bytes += line.text.len();
        bytes <= MAX_LINES_BYTES
    });
    // A single line is shorter than that.
    let room = room.count();
    if let Some(line) = lines.get(room) {
        next = Some(line.row);
        lines.truncate(room);
    }
    let own = articles
        .iter()
        .filter(|record| lines.iter().any(|line| line.owner == Some(record.ordinal)));
    let own = own.map(|record| SourceOwner {
        owner: record.ordinal,
        article: ArticleHead::of(context, record),
    });
    let (articles, more_articles) = first(own.collect(), MAX_OWNERS);
    SourceReply { file, state, lines, articles, more_articles, next }
}

fn text(context: &ToolContext<'_>, reply: &SourceReply) -> String {
    let lang = context.lang();
    let mut text = reply.file.clone();
    if reply.state == FileState::Changed {
        text.push_str(
            lang.of("（入库之后有改动）", " (changed after it was read into the archive)"),
        );
    }
    for line in &reply.lines {
        let _ = write!(text, "\n{:>5}  {}", line.number, line.text);
    }
    if let Some(next) = reply.next {
        let more = lang.of("\n（续读用 from=", "\n(go on with from=");
        let _ = write!(text, "{more}{next}{}", lang.of("）", ")"));
    }
    text
}
