//! `dibao search`: hits for people (titles, dates, snippets) or for programs (JSON).

use std::fmt::Write as _;
use std::io::Write;

use serde::Serialize;

use crate::cli::ExitStatus;
use crate::cli::args::SearchFormat;
use crate::cli::args::hiargs::{Folders, SearchOptions};
use crate::cli::output::console::Console;
use crate::cli::output::snippet;
use crate::cli::output::{facts, nothing, why};
use crate::present::spans;
use crate::search::{
    Archive, Cursor, Explanation, Facets, Filters, Hit, Matching, Note, Request, Results,
    Suggestion, TextField,
};

/// The one object of `--format json`.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    query: &'a str,
    total: u64,
    stories: u64,
    hits: &'a [Hit],
    next: Option<Cursor>,
    facets: Option<&'a Facets>,
    /// What else each filter could choose; none where no filter is set.
    choices: Option<Facets>,
    notes: &'a [Note],
    /// How the query was understood, if that was asked for.
    explanation: Option<Explanation>,
    /// What may have been meant, where nothing was found.
    suggestions: Vec<Suggestion>,
}

pub(crate) fn run(
    folders: &Folders,
    options: &SearchOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&folders.index)?;
    let request = Request {
        sort: options.sort,
        group: options.group,
        after: options.after,
        offset: options.offset,
        limit: options.limit,
        explain: options.explain,
        facets: options.format == SearchFormat::Json,
        ..options.selection.request()
    };
    let results = archive.search(&request)?;
    if options.selection.matching == Matching::Some && results.total > 0 {
        why::missing(&archive, &request, console)?;
    }
    if options.explain {
        why::query(&archive, &options.selection, &request, console)?;
    }
    for note in &results.notes {
        console.tell(why::note(note));
    }
    match options.format {
        SearchFormat::Text => print_hits(&results, options, console)?,
        SearchFormat::Json => {
            let answer = Answer {
                query: &options.selection.typed,
                total: results.total,
                stories: results.stories,
                hits: &results.hits,
                next: results.next,
                facets: results.facets.as_ref(),
                choices: if request.filters == Filters::default() {
                    None
                } else {
                    Some(archive.disjunctive_facets(&request)?)
                },
                notes: &results.notes,
                explanation: options.explain.then(|| archive.explain(&request)).transpose()?,
                suggestions: match results.total {
                    0 => archive.suggestions(&request)?,
                    _ => Vec::new(),
                },
            };
            serde_json::to_writer_pretty(&mut console.out, &answer)?;
            writeln!(console.out)?;
        }
        SearchFormat::Jsonl => {
            for hit in &results.hits {
                serde_json::to_writer(&mut console.out, hit)?;
                writeln!(console.out)?;
            }
        }
    }
    console.out.flush()?;
    if results.total == 0 {
        nothing::explain(&archive, &options.selection, console)?;
    } else if results.hits.is_empty() {
        let before = if options.limit > 0 { ", all of them before this page" } else { "" };
        console.tell(format_args!("{} found{before}", facts::counted(results.total, "article")));
    }
    Ok(ExitStatus::of(results.total))
}

fn print_hits(
    results: &Results,
    options: &SearchOptions,
    console: &mut Console,
) -> anyhow::Result<()> {
    for (place, hit) in results.hits.iter().enumerate() {
        print_hit(options.offset + place + 1, hit, console)?;
    }
    if results.hits.is_empty() {
        return Ok(());
    }
    let last = options.offset + results.hits.len();
    // After a mark it is not known how many came before.
    let range = match options.after {
        Some(_) => facts::counted(results.hits.len() as u64, "hit"),
        None => format!("{}–{last}", options.offset + 1),
    };
    let mut line = format!("{range} of {}", facts::counted(results.total, "article"));
    if results.stories < results.total {
        line = format!(
            "{range} of {} ({} with their reprints)",
            facts::counted(results.stories, "story"),
            facts::counted(results.total, "article")
        );
    }
    if let Some(next) = results.next {
        line.push_str("; --limit or export for more");
        if options.after.is_some() || options.explain {
            let _ = write!(line, ", --after {next} for the next page");
        }
    }
    // The count is about the data and not data: `search … > file` holds hits alone.
    console.out.flush()?;
    console.tell(console.paint_messages.faint(line));
    Ok(())
}

fn print_hit(number: usize, hit: &Hit, console: &mut Console) -> anyhow::Result<()> {
    const INDENT: &str = "    ";
    let paint = console.paint;
    let width = console.width - INDENT.len();
    let record = &hit.record;
    let out = &mut console.out;
    writeln!(out, "{} {}", paint.faint(format_args!("{number:>3}")), headline(hit, console.paint))?;
    let known = [
        Some(if facts::is_guess(&record.date) {
            paint.doubt(facts::date(&record.date)).to_string()
        } else {
            facts::date(&record.date)
        }),
        record.districts.first().map(|place| place.name.clone()),
        field(hit, TextField::Outlet, record.outlet.as_deref(), paint),
        record.publication.clone(),
        field(hit, TextField::Docno, record.docno.as_deref(), paint),
        record.page.clone(),
        Some(paint.place(&record.id).to_string()),
    ];
    writeln!(out, "{INDENT}{}", known.into_iter().flatten().collect::<Vec<_>>().join(" · "))?;
    let body = spans(&hit.highlights, TextField::Body);
    // Of a picture without a title the beginning of the body stands in the first line already.
    if record.title.is_some() || !body.is_empty() {
        for line in snippet::lines(&record.body, body, width, paint) {
            writeln!(out, "{INDENT}{line}")?;
        }
    }
    let credit = spans(&hit.highlights, TextField::Credit);
    if !credit.is_empty() {
        let text = record.credit.as_deref().unwrap_or_default();
        writeln!(out, "{INDENT}{}", snippet::marked(text, credit, paint))?;
    }
    if let Some(earliest) = &record.reprint_of {
        let note = format!("reprint of {earliest}");
        writeln!(out, "{INDENT}{}", paint.faint(note))?;
    }
    if hit.reprints > 0 {
        let more = facts::counted(hit.reprints, "other print");
        let note = format!("{more} of it among the hits: dibao show {} --reprints", record.id);
        writeln!(out, "{INDENT}{}", paint.faint(note))?;
    }
    if let Some(why) = &hit.why {
        for line in why::hit(why, hit.score) {
            writeln!(out, "{INDENT}{}", paint.faint(line))?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// Kicker, title and subtitle as they are printed, matches marked.
fn headline(hit: &Hit, paint: crate::cli::output::console::Paint) -> String {
    let record = &hit.record;
    let parts = [
        (TextField::Kicker, record.kicker.as_deref()),
        (TextField::Title, record.title.as_deref()),
        (TextField::Subtitle, record.subtitle.as_deref()),
    ];
    if parts.iter().all(|(_, text)| text.is_none()) {
        return paint.strong(facts::name(record)).to_string();
    }
    parts
        .into_iter()
        .filter_map(|(of, text)| {
            let text = text?;
            let matches = spans(&hit.highlights, of);
            Some(match (of, matches.is_empty()) {
                (TextField::Title, true) => {
                    paint.strong(crate::cli::output::wrap::visible(text)).to_string()
                }
                _ => snippet::marked(text, matches, paint),
            })
        })
        .collect::<Vec<_>>()
        .join("　")
}

fn field(
    hit: &Hit,
    of: TextField,
    text: Option<&str>,
    paint: crate::cli::output::console::Paint,
) -> Option<String> {
    text.map(|text| snippet::marked(text, spans(&hit.highlights, of), paint))
}
