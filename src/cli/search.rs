//! `dibao search`: hits for people (titles, dates, snippets) or for programs (JSON).

use std::io::Write;

use serde::Serialize;

use super::Outcome;
use super::args::SearchFormat;
use super::console::Console;
use super::job::{Folders, SearchTask};
use super::snippet;
use super::{nothing, printed};
use crate::search::{Archive, Facets, Field, Hit, Request, Results};

/// The one object of `--format json`.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    query: &'a str,
    total: u64,
    hits: &'a [Hit],
    facets: Option<&'a Facets>,
}

pub(super) fn run(
    folders: &Folders,
    task: &SearchTask,
    console: &mut Console,
) -> anyhow::Result<Outcome> {
    let archive = Archive::open(&folders.index)?;
    let request = Request {
        sort: task.sort,
        offset: task.offset,
        limit: task.limit,
        facets: task.format == SearchFormat::Json,
        ..task.what.request()
    };
    if task.explain {
        explain(&archive, &request, console)?;
    }
    let results = archive.search(&request)?;
    match task.format {
        SearchFormat::Text => print_hits(&results, task.offset, console)?,
        SearchFormat::Json => {
            let answer = Answer {
                query: &task.what.typed,
                total: results.total,
                hits: &results.hits,
                facets: results.facets.as_ref(),
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
        nothing::explain(&archive, &task.what, console)?;
    } else if results.hits.is_empty() && task.limit > 0 {
        console.tell(format_args!(
            "{} found, all of them before --offset {}",
            printed::counted(results.total, "article"),
            task.offset
        ));
    }
    Ok(Outcome::of(results.total))
}

fn print_hits(results: &Results, offset: usize, console: &mut Console) -> anyhow::Result<()> {
    for (place, hit) in results.hits.iter().enumerate() {
        print_hit(offset + place + 1, hit, console)?;
    }
    let last = offset + results.hits.len();
    if !results.hits.is_empty() {
        let more = if (last as u64) < results.total {
            "; --offset, --limit or export for more"
        } else {
            ""
        };
        let line = format!(
            "{}–{last} of {}{more}",
            offset + 1,
            printed::counted(results.total, "article")
        );
        // The count is about the data and not data: `search … > file` holds hits alone.
        console.out.flush()?;
        console.tell(console.paint_messages.faint(line));
    }
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
        Some(if printed::is_guess(&record.date) {
            paint.doubt(printed::date(&record.date)).to_string()
        } else {
            printed::date(&record.date)
        }),
        record.districts.first().map(|place| place.name.clone()),
        field(hit, Field::Outlet, record.outlet.as_deref(), paint),
        record.publication.clone(),
        field(hit, Field::Docno, record.docno.as_deref(), paint),
        record.page.clone(),
        Some(paint.place(&record.id).to_string()),
    ];
    writeln!(out, "{INDENT}{}", known.into_iter().flatten().collect::<Vec<_>>().join(" · "))?;
    let body = snippet::spans(hit, Field::Body);
    // Of a picture without a title the beginning of the body stands in the first line already.
    if record.title.is_some() || !body.is_empty() {
        for line in snippet::lines(&record.body, body, width, paint) {
            writeln!(out, "{INDENT}{line}")?;
        }
    }
    let credit = snippet::spans(hit, Field::Credit);
    if !credit.is_empty() {
        let text = record.credit.as_deref().unwrap_or_default();
        writeln!(out, "{INDENT}{}", snippet::marked(text, credit, paint))?;
    }
    if let Some(earliest) = &record.reprint_of {
        let note = format!("reprint of {earliest}");
        writeln!(out, "{INDENT}{}", paint.faint(note))?;
    }
    writeln!(out)?;
    Ok(())
}

/// Kicker, title and subtitle as they are printed, matches marked.
fn headline(hit: &Hit, paint: super::console::Paint) -> String {
    let record = &hit.record;
    let parts = [
        (Field::Kicker, record.kicker.as_deref()),
        (Field::Title, record.title.as_deref()),
        (Field::Subtitle, record.subtitle.as_deref()),
    ];
    if parts.iter().all(|(_, text)| text.is_none()) {
        return paint.strong(printed::name(record)).to_string();
    }
    parts
        .into_iter()
        .filter_map(|(of, text)| {
            let text = text?;
            let spans = snippet::spans(hit, of);
            Some(match (of, spans.is_empty()) {
                (Field::Title, true) => paint.strong(super::wrap::visible(text)).to_string(),
                _ => snippet::marked(text, spans, paint),
            })
        })
        .collect::<Vec<_>>()
        .join("　")
}

fn field(hit: &Hit, of: Field, text: Option<&str>, paint: super::console::Paint) -> Option<String> {
    text.map(|text| snippet::marked(text, snippet::spans(hit, of), paint))
}

/// How the query was understood, and what each of its parts finds.
fn explain(archive: &Archive, request: &Request, console: &Console) -> anyhow::Result<()> {
    let explanation = archive.explain(request)?;
    console.tell(format_args!(
        "{}: {} of {} that the filters leave",
        if explanation.query.is_empty() { "every article" } else { &explanation.query },
        printed::number(explanation.total),
        printed::counted(explanation.filtered, "article"),
    ));
    for part in &explanation.parts {
        let words = if part.words.is_empty() {
            "as it stands".to_owned()
        } else {
            format!("all of the words {}", part.words.join(" "))
        };
        console.tell(format_args!(
            "  {}  {words}: {} alone, {} with the filters",
            part.part,
            printed::number(part.alone),
            printed::number(part.filtered),
        ));
    }
    Ok(())
}
