//! `dibao search`: hits for people (titles, dates, snippets) or for programs (JSON).

use std::io::Write;

use super::opened;
use crate::cli::ExitStatus;
use crate::cli::args::SearchFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::SearchOptions;
use crate::cli::output::console::Console;
use crate::cli::output::noted::noted_lines;
use crate::cli::output::snippet;
use crate::cli::output::wrap::visible;
use crate::cli::output::{facts, nothing, why};
use crate::present;
use crate::present::words::figure_line;
use crate::present::{Answer, Extras, Lang, spans};
use crate::search::{Hit, Matching, Request, TextField, Totals};

pub(crate) fn run(
    folders: &Folders,
    options: &SearchOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = opened::open(folders, console)?;
    let SearchOptions { selection, format, explain } = options;
    let is_json = *format == SearchFormat::Json;
    let extras = Extras {
        facets: is_json,
        disjunctive: is_json,
        explanation: *explain,
        days: false,
        no_hits: true,
    };
    let answer = present::search(&archive, selection, extras)?;
    if selection.request.matching == Matching::Some && answer.total > 0 {
        why::missing(&archive, &selection.request, console)?;
    }
    if let Some(explanation) = &answer.explanation {
        why::query(explanation, selection, console);
    }
    for note in &answer.notes {
        console.tell(why::note(console.lang, note));
    }
    match format {
        SearchFormat::Text => print_hits(&answer, options, console)?,
        SearchFormat::Json => {
            serde_json::to_writer_pretty(&mut console.out, &answer)?;
            writeln!(console.out)?;
        }
        SearchFormat::Jsonl => {
            for hit in &answer.hits {
                serde_json::to_writer(&mut console.out, hit)?;
                writeln!(console.out)?;
            }
        }
    }
    console.out.flush()?;
    if answer.total == 0 && answer.no_hits.is_none() {
        nothing::tell_suggestions(&answer.suggestions, console);
    }
    if let Some(no_hits) = &answer.no_hits {
        nothing::tell(no_hits, selection, console);
    } else if answer.hits.is_empty() {
        let (lang, total) = (console.lang, facts::articles(console.lang, answer.total));
        let before = match selection.request.limit {
            0 => "",
            _ => lang.of("，都在这一页之前", ", all of them before this page"),
        };
        console.tell(lang.of(format!("找到 {total}{before}"), format!("{total} found{before}")));
    }
    Ok(ExitStatus::of(answer.total + answer.partial.map_or(0, |partial| partial.articles)))
}

fn print_hits(
    answer: &Answer,
    options: &SearchOptions,
    console: &mut Console,
) -> anyhow::Result<()> {
    let Request { offset, after, .. } = options.selection.request;
    let mut divided = false;
    for (place, hit) in answer.hits.iter().enumerate() {
        if answer.partial.is_some() && !hit.missing.is_empty() && !divided {
            divided = true;
            let line = console.lang.of(
                "―― 以下文章只含部分检索词，按相关度排列 ――",
                "-- below: articles with only some of the words, best first --",
            );
            writeln!(console.out, "{}\n", console.paint.faint(line))?;
        }
        print_hit(offset + place + 1, hit, console)?;
    }
    if answer.hits.is_empty() {
        return Ok(());
    }
    let last = offset + answer.hits.len();
    let lang = console.lang;
    // After a cursor it is not known how many came before.
    let range = match after {
        Some(_) => facts::counted(lang, answer.hits.len() as u64, "条", ("hit", "hits")),
        None => lang.of(format!("第 {}–{last} 条", offset + 1), format!("{}–{last}", offset + 1)),
    };
    let total = totals(lang, answer.total, answer.stories);
    let mut line = match answer.partial {
        Some(Totals { articles, stories }) if articles > 0 => {
            let partial = totals(lang, articles, stories);
            lang.of(
                format!("{range}；含全部检索词 {total}，含部分 {partial}"),
                format!("{range}: {total} with all of the words, {partial} with some"),
            )
        }
        _ => lang.of(format!("{range}，共 {total}"), format!("{range} of {total}")),
    };
    if let Some(next) = answer.next {
        line.push_str(lang.of("；更多请用 --limit 或导出", "; --limit or export for more"));
        if after.is_some() || options.explain {
            line.push_str(&lang.of(
                format!("，下一页用 --after {next}"),
                format!(", --after {next} for the next page"),
            ));
        }
    }
    // The count is about the data and not data: `search … > file` holds hits alone.
    console.out.flush()?;
    console.tell(console.paint_messages.faint(line));
    Ok(())
}

/// Articles, or stories with the articles that they are printed in.
fn totals(lang: Lang, articles: u64, stories: u64) -> String {
    let total = facts::articles(lang, articles);
    if stories == articles {
        return total;
    }
    let stories = facts::counted(lang, stories, "条报道", ("story", "stories"));
    lang.of(
        format!("{stories}（连同转载 {total}）"),
        format!("{stories} ({total} with their reprints)"),
    )
}

fn print_hit(number: usize, hit: &Hit, console: &mut Console) -> anyhow::Result<()> {
    const INDENT: &str = "    ";
    let (paint, lang) = (console.paint, console.lang);
    let width = console.width - INDENT.len();
    let record = &hit.record;
    let out = &mut console.out;
    writeln!(out, "{} {}", paint.faint(format_args!("{number:>3}")), headline(hit, console.paint))?;
    let known = [
        Some(if facts::is_guess(&record.date) {
            paint.doubt(facts::date(lang, &record.date)).to_string()
        } else {
            facts::date(lang, &record.date)
        }),
        record.about().next().map(|place| place.name.clone()),
        field(hit, TextField::Outlet, record.outlet.as_deref(), paint),
        record.publication.clone(),
        field(hit, TextField::Docno, record.docno.as_deref(), paint),
        record.page.clone(),
        Some(paint.place(&record.id).to_string()),
    ];
    writeln!(out, "{INDENT}{}", known.into_iter().flatten().collect::<Vec<_>>().join(" · "))?;
    let body = spans(&hit.highlights, TextField::Body);
    // For a photo without a title the first line already has the beginning of the body.
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
    if !hit.look_alikes.is_empty() {
        let texts = hit.look_alikes.join(lang.of("、", ", "));
        let note = lang.of(format!("字形相近：{texts}"), format!("looks alike: {texts}"));
        writeln!(out, "{INDENT}{}", paint.faint(note))?;
    }
    for row in record.indicators.iter().filter(|row| hit.figures.contains(&row.id)) {
        writeln!(out, "{INDENT}{}", visible(&figure_line(lang, row)))?;
    }
    if !hit.missing.is_empty() {
        let missing = hit.missing.join(lang.of("、", ", "));
        let note = lang.of(format!("缺少：{missing}"), format!("without {missing}"));
        writeln!(out, "{INDENT}{}", paint.faint(note))?;
    }
    for line in hit.noted.iter().flat_map(|noted| noted_lines(lang, noted)) {
        writeln!(out, "{INDENT}{}", paint.faint(visible(&line)))?;
    }
    if let Some(earliest) = &record.reprint_of {
        let note = lang.of(format!("转载自 {earliest}"), format!("reprint of {earliest}"));
        writeln!(out, "{INDENT}{}", paint.faint(note))?;
    }
    if hit.reprints > 0 {
        let (more, id) = (facts::number(hit.reprints), &record.id);
        let note = lang.of(
            format!("结果中另有 {more} 篇转载：dibao show {id} --reprints"),
            format!("{more} more reprints among the hits: dibao show {id} --reprints"),
        );
        writeln!(out, "{INDENT}{}", paint.faint(note))?;
    }
    if let Some(why) = &hit.why {
        for line in why::hit(lang, why, hit.score) {
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
