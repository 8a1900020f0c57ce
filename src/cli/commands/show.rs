//! `dibao show`: an article as a person reads it: headline, what is known of it and on what
//! evidence, the text, and where it stands.

use std::fmt::Write as _;
use std::io::Write;

use super::opened;
use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::ShowOptions;
use crate::cli::output::console::Console;
use crate::cli::output::noted::noted_lines;
use crate::cli::output::wrap::{columns, pad, visible, wrap};
use crate::cli::output::{article, facts, source_lines};
use crate::model::{
    ArticleId, ArticleNotes, Basis, DoubtfulPlace, Place, Record, ReprintEvidence, Review,
};
use crate::present::{Lang, NotedRecord, reviews, words};

/// Columns of the names of the facts.
const NAMES: usize = 13;

pub(crate) fn run(
    folders: &Folders,
    options: &ShowOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = opened::open(folders, console)?;
    let mut found = article::find(&archive, &options.id, console)?;
    let Some(first) = found.first() else {
        return Ok(ExitStatus::Nothing);
    };
    if options.reprints {
        found = archive.reprints(&first.id)?;
    }
    // Two files of one name and with one text give one id: all of them are meant.
    if options.format == OutputFormat::Json {
        match found.as_slice() {
            [one] => {
                let one = NotedRecord::of(&archive, one);
                serde_json::to_writer_pretty(&mut console.out, &one)?;
            }
            several => {
                let several: Vec<_> =
                    several.iter().map(|record| NotedRecord::of(&archive, record)).collect();
                serde_json::to_writer_pretty(&mut console.out, &several)?;
            }
        }
        writeln!(console.out)?;
        return Ok(ExitStatus::Found);
    }
    if options.reprints {
        return list(&found, console);
    }
    for (place, record) in found.iter().enumerate() {
        if place > 0 {
            writeln!(console.out)?;
        }
        if options.source {
            source_lines::print(&archive, record, folders, console)?;
        } else {
            let evidence = archive.reprint_evidence(record)?;
            let noted = archive.notebook().on(record);
            print(record, evidence.as_ref(), noted.as_ref(), console)?;
        }
    }
    Ok(ExitStatus::Found)
}

/// One line for each article: id, date, outlet or publication, title.
fn list(records: &[Record], console: &mut Console) -> anyhow::Result<ExitStatus> {
    for record in records {
        let from = record.outlet.as_ref().or(record.publication.as_ref());
        let facts = [
            console.paint.place(&record.id).to_string(),
            facts::date(console.lang, &record.date),
            visible(from.map_or("-", String::as_str)),
            visible(&facts::name(record)),
        ];
        writeln!(console.out, "{}", facts.join("  "))?;
    }
    Ok(ExitStatus::Found)
}

fn print(
    record: &Record,
    reprint: Option<&ReprintEvidence>,
    noted: Option<&ArticleNotes>,
    console: &mut Console,
) -> anyhow::Result<()> {
    print_headline(record, console)?;
    for (name, facts) in facts(console.lang, record, reprint) {
        print_fact(name, &facts, console)?;
    }
    if let Some(noted) = noted {
        let noted = noted_lines(console.lang, noted);
        print_fact(console.lang.of("笔记", "notes"), &noted, console)?;
    }
    writeln!(console.out)?;
    print_body(&record.body, console)?;
    if let Some(credit) = &record.credit {
        for line in credit.lines() {
            let line = visible(line);
            // Credits go at the end of the line, as in print.
            let before = console.width.saturating_sub(columns(&line));
            writeln!(console.out, "{}{line}", " ".repeat(before))?;
        }
    }
    Ok(())
}

fn print_headline(record: &Record, console: &mut Console) -> anyhow::Result<()> {
    let paint = console.paint;
    let parts = [(&record.kicker, false), (&record.title, true), (&record.subtitle, false)];
    for (part, strong) in parts {
        for line in part.iter().flat_map(|text| wrap(&visible(text), console.width)) {
            if strong {
                writeln!(console.out, "{}", paint.strong(line))?;
            } else {
                writeln!(console.out, "{line}")?;
            }
        }
    }
    if record.title.is_some() || record.kicker.is_some() || record.subtitle.is_some() {
        writeln!(console.out)?;
    }
    Ok(())
}

/// The first days and periods that an article speaks of, each with its words.
fn mentions(lang: Lang, record: &Record) -> Vec<String> {
    const SHOWN: usize = 12;
    let shown = record.mentions.iter().take(SHOWN);
    let mut lines: Vec<String> =
        shown.map(|mention| format!("{}  {}", mention.days(), mention.text)).collect();
    let more = record.mentions.len().saturating_sub(SHOWN);
    if more > 0 {
        lines.push(lang.of(format!("… 还有 {more} 处"), format!("… {more} more")));
    }
    lines
}

/// The first words that were recognised with low confidence, each with how sure that is.
fn doubtful(lang: Lang, record: &Record) -> Vec<String> {
    const SHOWN: usize = 12;
    let words = |place: &DoubtfulPlace| {
        let text = place.field.of(record)?.get(place.start..place.end)?;
        Some(format!("{text} {}%", place.confidence))
    };
    let mut shown: Vec<String> = record.doubtful.iter().take(SHOWN).filter_map(words).collect();
    let more = record.doubtful.len().saturating_sub(SHOWN);
    if more > 0 {
        shown.push(lang.of(format!("… 还有 {more} 处"), format!("… {more} more")));
    }
    if shown.is_empty() { shown } else { vec![shown.join("  ")] }
}

/// What is known, each with its evidence, by name.
fn facts(
    lang: Lang,
    record: &Record,
    reprint: Option<&ReprintEvidence>,
) -> Vec<(&'static str, Vec<String>)> {
    let one = |text: Option<&String>| text.cloned().into_iter().collect::<Vec<_>>();
    let byline = &record.byline;
    let issue = facts::issue(lang, &record.issue);
    let all = vec![
        (lang.of("类型", "kind"), vec![words::kind(lang, record.kind).to_owned()]),
        (
            lang.of("文种", "genre"),
            record
                .genre
                .iter()
                .map(|genre| format!("{}  {}", genre.label, genre.evidence))
                .collect(),
        ),
        (lang.of("报刊", "publication"), one(record.publication.as_ref())),
        (lang.of("期", "issue"), if issue.is_empty() { vec![] } else { vec![issue] }),
        (lang.of("版次", "page"), one(record.page.as_ref())),
        (lang.of("网址", "url"), one(record.url.as_ref())),
        (lang.of("保存日期", "saved"), record.accessed.iter().map(ToString::to_string).collect()),
        (lang.of("文字识别", "recognised by"), one(record.recognised.as_ref())),
        (lang.of("识别存疑", "doubtful"), doubtful(lang, record)),
        (lang.of("栏目", "section"), one(record.section.as_ref())),
        (lang.of("来源", "outlet"), one(record.outlet.as_ref())),
        (lang.of("文号", "docno"), one(record.docno.as_ref())),
        (lang.of("发文机关", "issuer"), one(record.issuer.as_ref())),
        (lang.of("记者", "reporters"), listed(&byline.reporters)),
        (lang.of("通讯员", "correspondents"), listed(&byline.correspondents)),
        (lang.of("摄影", "photographers"), listed(&byline.photographers)),
        (lang.of("日期", "date"), vec![date(lang, record)]),
        (lang.of("涉及日期", "mentions"), mentions(lang, record)),
        (
            lang.of("地区", "districts"),
            record.districts.iter().map(|unit| place(lang, unit)).collect(),
        ),
        (lang.of("地点", "places"), record.places.iter().map(|unit| place(lang, unit)).collect()),
        (
            lang.of("主题", "topics"),
            record
                .topics
                .iter()
                .map(|topic| {
                    format!("{}  {:.2}  {}", topic.label, topic.score, topic.evidence.join(" "))
                })
                .collect(),
        ),
        (lang.of("位置", "source"), vec![facts::place(record)]),
        (lang.of("编号", "id"), vec![record.id.to_string()]),
        (
            lang.of("原编号", "former ids"),
            record.former_ids.iter().map(ToString::to_string).collect(),
        ),
        (
            lang.of("转载自", "reprint of"),
            record.reprint_of.iter().map(|first| reprint_of(lang, first, reprint)).collect(),
        ),
        (
            lang.of("更正", "corrections"),
            (record.corrections.iter())
                .map(|applied| words::applied_correction(lang, applied))
                .collect(),
        ),
        (lang.of("原印文字", "as printed"), words::wording(lang, record)),
        (lang.of("提示", "warnings"), warnings(lang, record)),
    ];
    all.into_iter().filter(|(_, facts)| !facts.is_empty()).collect()
}

fn listed(names: &[String]) -> Vec<String> {
    if names.is_empty() { Vec::new() } else { vec![names.join("、")] }
}

/// The date with its evidence: `2023-02-09  lead “2月9日”: the rule`.
fn date(lang: Lang, record: &Record) -> String {
    let note = &record.date;
    let mut shown = facts::date(lang, note);
    if note.basis != Basis::Unknown {
        shown.push_str("  ");
        shown.push_str(words::basis(lang, note.basis));
    }
    if let Some(text) = &note.text {
        let _ = write!(shown, " “{text}”");
    }
    if let Some(rule) = &note.rule {
        let _ = write!(shown, "{}{}", lang.of("：", ": "), words::date_rule(lang, rule));
    }
    shown
}

/// A place with its evidence: `河南省 郑州市 金水区  title “金水”`.
fn place(lang: Lang, place: &Place) -> String {
    let path = if place.path.is_empty() { place.name.clone() } else { place.path.join(" ") };
    let mut shown = format!("{path}  {}", words::basis(lang, place.basis));
    if !place.evidence.is_empty() {
        let _ = write!(shown, " “{}”", place.evidence);
    }
    if let Some(role) = place.role {
        let _ = write!(shown, "{}{}", lang.of("；", "; "), words::district_role(lang, role));
        if let Some(words) = &place.role_evidence {
            let _ = write!(shown, " “{words}”");
        }
    }
    if !place.ambiguous.is_empty() {
        let others: Vec<String> = place.ambiguous.iter().map(|path| path.concat()).collect();
        let others = others.join(lang.of("、", ", "));
        let _ = write!(shown, "{}{others}", lang.of("；也可能是", "; could be "));
    }
    shown
}

/// The earliest print with the evidence: `k7q2m9x4t1vd  92% of the shorter text in …`.
fn reprint_of(lang: Lang, first: &ArticleId, evidence: Option<&ReprintEvidence>) -> String {
    match evidence {
        Some(evidence) => format!("{first}  {}", words::reprint_evidence(lang, evidence)),
        None => first.to_string(),
    }
}

fn warnings(lang: Lang, record: &Record) -> Vec<String> {
    let confidence = record.cut.confidence;
    let is_weak = reviews(record).any(|review| review == Review::WeakCut);
    let weak = is_weak.then(|| {
        lang.of(
            format!("分篇存疑（{confidence:.2}）：文章可能从别处开始或结束"),
            format!("uncertain split ({confidence:.2}): it may begin or end elsewhere"),
        )
    });
    let stated = record.warnings.iter().map(|warning| words::article_warning(lang, warning));
    stated.chain(weak).collect()
}

fn print_fact(name: &str, facts: &[String], console: &mut Console) -> anyhow::Result<()> {
    let mut label = pad(&format!("{name} "), NAMES);
    let indent = " ".repeat(NAMES);
    for fact in facts {
        for line in wrap(&visible(fact), console.width - NAMES) {
            writeln!(console.out, "{}{line}", console.paint.faint(&label))?;
            label.clone_from(&indent);
        }
    }
    Ok(())
}

/// Paragraphs begin two characters in, as in print; rows of tables stay as they are.
fn print_body(body: &str, console: &mut Console) -> anyhow::Result<()> {
    for paragraph in body.lines() {
        let text = visible(paragraph);
        let text = text.trim_end();
        if text.trim_start().starts_with('|') {
            writeln!(console.out, "{text}")?;
            continue;
        }
        let indented = format!("　　{}", text.trim_start());
        for line in wrap(&indented, console.width) {
            writeln!(console.out, "{line}")?;
        }
    }
    Ok(())
}
