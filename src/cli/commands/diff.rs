//! `dibao diff`: what differs between two articles, by sentence.

use std::io::Write;

use serde::Serialize;

use super::opened;
use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::DiffOptions;
use crate::cli::output::article;
use crate::cli::output::console::{Console, Paint};
use crate::cli::output::facts;
use crate::cli::output::facts::{counted, number};
use crate::cli::output::wrap::{columns, visible, wrap};
use crate::model::{DateNote, Precision, Record};
use crate::present::{Lang, words};
use crate::search::{Comparison, DiffRun, Overlap, Passage, TextChange, TextField, compare};

/// Columns of the names of the fields.
const NAMES: usize = 10;

/// `--format json`.
#[derive(Debug, Serialize)]
struct DiffReport<'a> {
    first: ArticleSummary<'a>,
    second: ArticleSummary<'a>,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

/// Which article it is; the whole record is what `show` prints.
#[derive(Debug, Serialize)]
struct ArticleSummary<'a> {
    id: &'a str,
    title: Option<&'a str>,
    date: Option<String>,
    publication: Option<&'a str>,
    outlet: Option<&'a str>,
    source: &'a str,
    lines: &'a [crate::model::LineRange],
}

pub(crate) fn run(
    folders: &Folders,
    options: &DiffOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let (archive, _) = opened::with_state(folders)?;
    let first = article::find(&archive, &options.first, console)?;
    let second = article::find(&archive, &options.second, console)?;
    // Several articles of one id have one text: any of them will do.
    let (Some(first), Some(second)) = (first.first(), second.first()) else {
        return Ok(ExitStatus::Nothing);
    };
    let comparison = compare(first, second);
    if options.format == OutputFormat::Json {
        let compared = DiffReport {
            first: article_summary(first),
            second: article_summary(second),
            comparison: &comparison,
        };
        serde_json::to_writer_pretty(&mut console.out, &compared)?;
        writeln!(console.out)?;
    } else {
        print_head("-", first, console)?;
        print_head("+", second, console)?;
        print_comparison(&comparison, options.all, console)?;
    }
    Ok(ExitStatus::Found)
}

fn article_summary(record: &Record) -> ArticleSummary<'_> {
    ArticleSummary {
        id: &record.id.0,
        title: record.title.as_deref(),
        date: json_date(&record.date),
        publication: record.publication.as_deref(),
        outlet: record.outlet.as_deref(),
        source: &record.source,
        lines: &record.lines,
    }
}

/// The date in JSON, in no language: `2023-02-09`, `2023-02`, `2023-Q1`, `2023`,
/// `2023-02-10..2023-02-17`; `约` before it means that it is a guess.
fn json_date(note: &DateNote) -> Option<String> {
    let stated = match note.precision {
        Precision::Day | Precision::Month | Precision::Quarter | Precision::Year => {
            words::date(Lang::En, note)
        }
        Precision::Interval | Precision::Unknown => match (note.not_before, note.not_after) {
            (Some(first), Some(last)) if first == last => first.to_string(),
            _ => note.range()?,
        },
    };
    Some(if words::is_guess(note) { format!("约{stated}") } else { stated })
}

fn print_head(mark: &str, record: &Record, console: &mut Console) -> anyhow::Result<()> {
    let paint = console.paint;
    let name = visible(&facts::name(record));
    writeln!(console.out, "{mark} {}", paint.strong(name))?;
    let known = [
        Some(facts::date(console.lang, &record.date)),
        record.outlet.as_deref().map(visible),
        record.publication.as_deref().map(visible),
        Some(visible(&facts::place(record))),
        Some(paint.place(&record.id).to_string()),
    ];
    writeln!(console.out, "  {}", known.into_iter().flatten().collect::<Vec<_>>().join(" · "))?;
    Ok(())
}

fn print_comparison(
    comparison: &Comparison,
    all: bool,
    console: &mut Console,
) -> anyhow::Result<()> {
    writeln!(console.out)?;
    for part in &comparison.head {
        let name = field(console.lang, part.field);
        let before = format!("{name}{}", " ".repeat(NAMES.saturating_sub(columns(name))));
        print_passage(&before, &part.passage, console)?;
    }
    if !comparison.head.is_empty() {
        writeln!(console.out)?;
    }
    for stretch in comparison.body.chunk_by(|a, b| a.change.is_none() == b.change.is_none()) {
        let equal = stretch.iter().all(|passage| passage.change.is_none());
        if equal && !all {
            let line = summary(console.lang, stretch);
            writeln!(console.out, "{}", console.paint.faint(line))?;
            continue;
        }
        for passage in stretch {
            print_passage("", passage, console)?;
        }
    }
    if !comparison.body.is_empty() {
        writeln!(console.out)?;
    }
    writeln!(console.out, "{}", share(console.lang, &comparison.common))?;
    Ok(())
}

/// `… 12 sentences the same, 2 of them differing only in script, width or spaces`.
fn summary(lang: Lang, stretch: &[Passage]) -> String {
    let total = stretch.len() as u64;
    let form = stretch.iter().filter(|passage| passage.change == TextChange::Form).count() as u64;
    let but = match form {
        0 => String::new(),
        _ if form == total => lang
            .of("（只是繁简、全半角或空格不同）", ", differing only in script, width or spaces")
            .to_owned(),
        _ => lang.of(
            format!("（其中 {} 句只是繁简、全半角或空格不同）", number(form)),
            format!(", {} of them differing only in script, width or spaces", number(form)),
        ),
    };
    lang.of(
        format!("… {} 句相同{but}", number(total)),
        format!("… {} the same{but}", counted(lang, total, "句", ("sentence", "sentences"))),
    )
}

fn share(lang: Lang, common: &Overlap) -> String {
    let percent = |of: u64| match of {
        0 => "–".to_owned(),
        _ => format!("{:.0} %", 100.0 * common.both as f64 / of as f64),
    };
    let (first, second) = (percent(common.first), percent(common.second));
    let share =
        common.share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
    let characters = counted(lang, common.both, "字", ("character", "characters"));
    match lang {
        Lang::Zh => {
            format!("相同部分：占全文 {share}，{characters}；占第一篇 {first}，占第二篇 {second}")
        }
        Lang::En => format!(
            "common: {share} of the text, {characters}: {first} of the first, {second} of the second"
        ),
    }
}

/// The name of a field, as records have it in English.
fn field(lang: Lang, field: TextField) -> &'static str {
    match field {
        TextField::Kicker => lang.of("引题", "kicker"),
        TextField::Title => lang.of("标题", "title"),
        TextField::Subtitle => lang.of("副题", "subtitle"),
        TextField::Outlet => lang.of("来源", "outlet"),
        TextField::Docno => lang.of("文号", "docno"),
        TextField::Body => lang.of("正文", "body"),
        TextField::Credit => lang.of("署名", "credit"),
    }
}

fn print_passage(before: &str, passage: &Passage, console: &mut Console) -> anyhow::Result<()> {
    let mark = match passage.change {
        TextChange::Same => ' ',
        TextChange::Form => '=',
        TextChange::Changed => '~',
        TextChange::First => '-',
        TextChange::Second => '+',
    };
    let mut indent = format!("{before}{mark} ");
    let styled = styled(passage, console.paint);
    let text: String = styled.iter().map(|&(c, _)| c).collect();
    let mut rest = styled.as_slice();
    for line in wrap(&text, console.width.saturating_sub(columns(&indent))) {
        write!(console.out, "{indent}")?;
        let mut painted: Vec<(char, Side)> = Vec::new();
        for c in line.chars() {
            // Blanks at the ends of lines are not in them.
            let skipped = rest.iter().take_while(|(next, _)| *next != c).count();
            rest = &rest[skipped.min(rest.len())..];
            painted.extend(rest.first().copied());
            rest = rest.get(1..).unwrap_or_default();
        }
        for run in painted.chunk_by(|a, b| a.1 == b.1) {
            let text: String = run.iter().map(|&(c, _)| c).collect();
            match run.first().map(|&(_, side)| side) {
                Some(Side::First) => write!(console.out, "{}", console.paint.removed(text))?,
                Some(Side::Second) => write!(console.out, "{}", console.paint.added(text))?,
                _ => write!(console.out, "{text}")?,
            }
        }
        writeln!(console.out)?;
        indent = " ".repeat(columns(&indent));
    }
    Ok(())
}

/// Whose a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    First,
    Second,
}

/// The characters of a passage; without colours, differences are enclosed in marks.
fn styled(passage: &Passage, paint: Paint) -> Vec<(char, Side)> {
    const PLAIN: [&str; 2] = ["", ""];
    let mut styled = Vec::new();
    let mut add = |text: Option<&String>, side: Side, marks: [&str; 2]| {
        let Some(text) = text else { return };
        let [before, after] = if paint.0 { ["", ""] } else { marks };
        let text = format!("{before}{}{after}", visible(text));
        styled.extend(text.chars().map(|c| (c, side)));
    };
    match passage.change {
        TextChange::Same => add(passage.first.as_ref(), Side::Both, PLAIN),
        TextChange::First => add(passage.first.as_ref(), Side::First, PLAIN),
        TextChange::Second => add(passage.second.as_ref(), Side::Second, PLAIN),
        TextChange::Changed | TextChange::Form => {
            let words_differ = passage.change == TextChange::Changed;
            for DiffRun { change, first, second } in &passage.pieces {
                // Beside other words a character in the other script is no difference.
                if *change == TextChange::Same || (words_differ && *change == TextChange::Form) {
                    add(first.as_ref(), Side::Both, PLAIN);
                } else {
                    add(first.as_ref(), Side::First, ["[-", "-]"]);
                    add(second.as_ref(), Side::Second, ["{+", "+}"]);
                }
            }
        }
    }
    styled
}
