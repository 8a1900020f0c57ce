//! `coverage`: what the archive holds.

use std::fmt::Write as _;

use serde::Serialize;
use utoipa::ToSchema;

use super::ToolSpec;
use crate::mcp::arguments::Arguments;
use crate::mcp::reply::{first, totals};
use crate::mcp::schema::{InputSchema, output};
use crate::mcp::{Reply, ToolContext, ToolError};
use crate::model::CivilDate;
use crate::search::{Count, Filters, Granularity, Note, PeriodCount, Request};

pub(super) const TOOL: ToolSpec = ToolSpec {
    name: "coverage",
    title: ("收录范围", "What the archive covers"),
    description: "Say what the archive holds: how many articles, which newspapers and bulletins from \
        when to when, which years, districts, topics and outlets, how many articles are without a date \
        or a district, and the state of the index. Ask this first: what is not here cannot be found.",
    input: || InputSchema::default().finish(),
    output: output::<CoverageReply>,
    run,
};

/// Publications and other values that are listed.
const MAX_PUBLICATIONS: usize = 40;
const MAX_VALUES: usize = 60;
/// Years that are listed, the latest.
const MAX_YEARS: usize = 120;

/// What the archive holds.
#[derive(Debug, Serialize, ToSchema)]
struct CoverageReply {
    /// Articles.
    articles: u64,
    /// The same with reprints counted once.
    stories: u64,
    /// Files that they are from.
    files: u64,
    /// Articles without a date.
    undated: u64,
    /// Articles without a district.
    unplaced: u64,
    /// Figures of indicators.
    figures: u64,
    /// The first day that an article can be of.
    #[schema(required, value_type = Option<String>)]
    first_day: Option<CivilDate>,
    /// The last day that an article can be of.
    #[schema(required, value_type = Option<String>)]
    last_day: Option<CivilDate>,
    /// Articles by year, the latest years where there are many.
    years: Vec<PeriodCount>,
    /// Earlier years that are not listed.
    more_years: usize,
    /// Newspapers and bulletins, most articles first.
    publications: Vec<PublicationCoverage>,
    /// Publications that are not listed.
    more_publications: usize,
    /// Districts that articles are about, most first; `count` lists all.
    districts: Vec<Count>,
    /// Districts that are not listed.
    more_districts: usize,
    /// Topics, most first.
    topics: Vec<Count>,
    /// Kinds of articles.
    kinds: Vec<Count>,
    /// Changes whenever the archive does; a cursor is good for one state.
    state: String,
    /// Whether an ingest is under way or was stopped, so that reprints are not known.
    unfinished: bool,
    /// The program and its version.
    program: String,
}

/// A newspaper or bulletin.
#[derive(Debug, Serialize, ToSchema)]
struct PublicationCoverage {
    /// Its name.
    name: String,
    /// Its articles.
    articles: u64,
    /// The first day that an article of it can be of.
    #[schema(required, value_type = Option<String>)]
    first_day: Option<CivilDate>,
    /// The last day.
    #[schema(required, value_type = Option<String>)]
    last_day: Option<CivilDate>,
}

fn run(context: &ToolContext<'_>, arguments: Arguments) -> Result<Reply, ToolError> {
    arguments.end()?;
    coverage(context)
}

/// What the archive holds, as the tool and the resource say it.
///
/// # Errors
/// When the index cannot be read.
pub(in crate::mcp) fn coverage(context: &ToolContext<'_>) -> Result<Reply, ToolError> {
    let (archive, everything) = (context.archive, Request { group: true, ..Request::default() });
    let sums = archive.totals(&everything)?;
    let facets = archive.facets(&everything)?;
    let years = archive.timeline(&everything, Granularity::Year)?;
    let (first_day, last_day) = days(context, Filters::default())?;
    let (publications, more_publications) = first(facets.publications, MAX_PUBLICATIONS);
    let publications = publications.into_iter().map(|Count { value: name, count: articles }| {
        let only = Filters { publications: vec![name.clone()], ..Filters::default() };
        let (first_day, last_day) = days(context, only)?;
        Ok(PublicationCoverage { name, articles, first_day, last_day })
    });
    let publications = publications.collect::<Result<_, ToolError>>()?;
    let (districts, more_districts) = first(facets.districts, MAX_VALUES);
    let mut counted = years.counts;
    let more_years = counted.len().saturating_sub(MAX_YEARS);
    counted.drain(..more_years);
    let reply = CoverageReply {
        articles: sums.articles,
        stories: sums.stories,
        files: archive.file_count()?,
        undated: years.undated,
        unplaced: facets.unplaced,
        figures: archive.figure_totals()?.figures,
        first_day,
        last_day,
        years: counted,
        more_years,
        publications,
        more_publications,
        districts,
        more_districts,
        topics: first(facets.topics, MAX_VALUES).0,
        kinds: facets.kinds,
        state: context.state.to_owned(),
        unfinished: archive.notes(&everything)?.contains(&Note::UnfinishedIngest),
        program: format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
    };
    Reply::new(text(context, &reply), &reply)
}

/// The first and the last day that articles can be of.
fn days(
    context: &ToolContext<'_>,
    filters: Filters,
) -> Result<(Option<CivilDate>, Option<CivilDate>), ToolError> {
    let request = Request { filters, ..Request::default() };
    // The ends of every interval are among its days, however long it is.
    let days = context.archive.timeline(&request, Granularity::Day)?.counts;
    let ends = |count: Option<&PeriodCount>| count.and_then(|count| count.value.days());
    let (first, last) = (ends(days.first()), ends(days.last()));
    Ok((first.map(|(day, _)| day), last.map(|(_, day)| day)))
}

fn text(context: &ToolContext<'_>, reply: &CoverageReply) -> String {
    let lang = context.lang();
    let sums = totals(lang, reply.articles, reply.stories);
    let (files, undated, unplaced) = (reply.files, reply.undated, reply.unplaced);
    let days = span(reply.first_day, reply.last_day);
    let mut text = lang.of(
        format!(
            "本库收录 {sums}，来自 {files} 个文件，{days}；无日期 {undated} 篇，无地区 {unplaced} 篇。"
        ),
        format!(
            "The archive holds {sums} from {files} files, {days}; {undated} without a date, \
             {unplaced} without a district."
        ),
    );
    if reply.unfinished {
        text.push_str(lang.of(
            "\n入库正在进行或曾中断：尚未归并转载。",
            "\nAn ingest is under way or was stopped: reprints are not known yet.",
        ));
    }
    for of in &reply.publications {
        let days = span(of.first_day, of.last_day);
        let _ = write!(text, "\n{}\t{}\t{days}", of.name, of.articles);
    }
    if reply.more_publications > 0 {
        let more = reply.more_publications;
        text.push_str(&lang.of(
            format!("\n（另有 {more} 种；用 count 的 by=publication 查看）"),
            format!("\n({more} more; `count` with by=publication lists them)"),
        ));
    }
    let names: Vec<String> = reply
        .districts
        .iter()
        .map(|district| format!("{} {}", district.value, district.count))
        .collect();
    let _ = write!(text, "\n{}{}", lang.of("地区：", "Districts: "), names.join(", "));
    text
}

/// `2021-01-04..2023-12-29`.
fn span(first: Option<CivilDate>, last: Option<CivilDate>) -> String {
    let shown = |day: Option<CivilDate>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    format!("{}..{}", shown(first), shown(last))
}
