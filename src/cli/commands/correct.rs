//! `dibao correct`: writes down what a person decides, and has the files read again.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use anyhow::bail;
use jiff::Timestamp;

use crate::cli::ExitStatus;
use crate::cli::args::curating::{
    CorrectArgs, DecisionArgs, FieldArgs, FigureArgs, below_corpus, file_lines,
};
use crate::cli::args::folders::Folders;
use crate::cli::output::article;
use crate::cli::output::console::Console;
use crate::cli::output::facts::counted;
use crate::cli::output::progress::ProgressReporter;
use crate::cli::output::wrap::visible;
use crate::ingest;
use crate::ingest::IngestPlan;
use crate::model::{
    ArticleId, Change, Correction, Days, IndicatorCorrection, Record, Review, TextCorrection,
};
use crate::present::{
    CorrectError, Decision, Lang, Target, correct_all, file_path, from_name, lines_kept, words,
};
use crate::search::Archive;

pub(crate) fn run(
    folders: &Folders,
    args: &CorrectArgs,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&folders.index)?;
    let lang = console.lang;
    let mut changes: Vec<(Target, Change)> = Vec::new();
    if let Some(id) = &args.id {
        let Some(record) = single(&archive, id, console)? else { return Ok(ExitStatus::Nothing) };
        let mut of_article = fields(&args.fields, lang)?;
        of_article.extend(texts(&args.fields.text, &record, lang)?);
        of_article.extend(figure(&args.figure, &record, lang)?);
        changes.extend(
            of_article.into_iter().map(|change| (Target::Article(record.id.clone()), change)),
        );
    }
    if let Some(typed) = &args.cut.split_at {
        changes.push((lines(typed, &folders.corpus, lang)?, Change::Begins));
    }
    if let [first, second] = args.cut.join.as_slice() {
        let found = (single(&archive, first, console)?, single(&archive, second, console)?);
        let (Some(first), Some(second)) = found else { return Ok(ExitStatus::Nothing) };
        changes.push((Target::Article(first.id), Change::Joins(second.id)));
    }
    if let (Some(typed), Some(role)) = (&args.cut.lines, &args.cut.role) {
        let Some(known) = from_name(role) else {
            bail!(lang.of(
                format!("“{role}”：不是行的类别；`dibao split --explain` 列出各行的类别"),
                format!("{role}: not the role of a line; `dibao split --explain` prints roles"),
            ))
        };
        changes.push((lines(typed, &folders.corpus, lang)?, Change::Lines(known)));
    }
    if let Some(typed) = &args.cut.pieces {
        changes.push((lines(typed, &folders.corpus, lang)?, Change::Pieces));
    }
    let mut kept = Vec::new();
    if let Some(typed) = &args.cut.checked {
        let file = below_corpus(typed, &folders.corpus);
        kept = lines_kept(&archive, &folders.corpus, &file)?;
        let articles = counted(lang, kept.len() as u64, "篇", ("article", "articles"));
        console.tell(lang.of(
            format!("{file}：{articles}保留现有的行"),
            format!("{file}: {articles} keep their lines"),
        ));
        if changes.is_empty() && kept.is_empty() {
            return Ok(ExitStatus::Found);
        }
    } else if changes.is_empty() {
        bail!(lang.of(
            "没有写明要更正什么；`dibao correct --help` 列出各项",
            "nothing to correct was named; `dibao correct --help` lists what can be",
        ));
    }
    let (of_file, decision) = (kept.len(), decision(&args.decision)?);
    kept.extend(changes);
    let written = correct_all(&archive, &folders.corpus, &folders.curation, kept, &decision)?;
    // What a whole file keeps is told as one.
    for entry in &written[of_file..] {
        tell(entry, console)?;
    }
    let files: BTreeSet<String> = written.into_iter().map(|entry| entry.anchor.file).collect();
    apply(folders, &archive, &files, args.later, console)?;
    Ok(ExitStatus::Found)
}

/// Who decides now, and why.
pub(super) fn decision(args: &DecisionArgs) -> Result<Decision, CorrectError> {
    Ok(Decision { by: args.author.name()?, why: args.why.clone(), at: Timestamp::now() })
}

/// Prints what was written: the id of the entry, and what it says.
pub(super) fn tell(written: &Correction, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    let (field, now) = (written.change.field(), written.change.now());
    let now = words::decided(lang, &field, &now);
    let field = words::correction_field(lang, &field);
    let mut said = field.to_owned();
    if !now.is_empty() {
        said.push_str(lang.of("：", ": "));
        said.push_str(&now);
    }
    if !written.was.is_empty() && !matches!(written.change, Change::Text(_)) {
        let was = &written.was;
        said.push_str(&lang.of(format!("（原为 {was}）"), format!(" (was {was})")));
    }
    writeln!(console.out, "{}  {}", console.paint.place(&written.id), visible(&said))?;
    Ok(())
}

/// Has the files read again, unless that is left for later.
pub(super) fn apply(
    folders: &Folders,
    archive: &Archive,
    files: &BTreeSet<String>,
    later: bool,
    console: &mut Console,
) -> anyhow::Result<()> {
    let lang = console.lang;
    console.out.flush()?;
    let mut paths = Vec::new();
    for file in files {
        paths.extend(file_path(archive, &folders.corpus, file)?);
    }
    if later || paths.len() < files.len() {
        console.tell(lang.of(
            "已记下；下次 `dibao ingest` 时生效",
            "written down; the next `dibao ingest` applies it",
        ));
        return Ok(());
    }
    let plan = IngestPlan {
        paths,
        curation: Some(folders.curation.clone()),
        ..IngestPlan::new(&folders.corpus, &folders.index)
    };
    let progress = ProgressReporter::new(lang);
    let result = ingest::run(&plan, &progress);
    progress.finish();
    let summary = result?;
    if summary.corrections_unplaced > 0 {
        console.warn(lang.of(
            "有的更正不能生效；`dibao curate check` 列出原因",
            "some decisions cannot be applied; `dibao curate check` lists why",
        ));
    }
    Ok(())
}

/// The article of an id; where several have it they have one text.
fn single(archive: &Archive, id: &str, console: &Console) -> anyhow::Result<Option<Record>> {
    Ok(article::find(archive, id, console)?.into_iter().next())
}

fn lines(typed: &str, corpus: &Path, lang: Lang) -> anyhow::Result<Target> {
    let Some((file, rows)) = file_lines(typed) else {
        bail!(lang.of(
            format!("“{typed}”：应写成 文件:行号，如 zzrb/A02.txt:41 或 zzrb/A02.txt:60-64"),
            format!("{typed}: expected FILE:LINES, as in zzrb/A02.txt:41 or zzrb/A02.txt:60-64"),
        ))
    };
    Ok(Target::Lines { file: below_corpus(&file, corpus), rows })
}

/// A value as it was typed, and the change that it is.
type TypedValue<'a> = (&'a Option<String>, fn(String) -> Change);
type TypedList<'a> = (&'a [String], fn(Vec<String>) -> Change);

fn fields(args: &FieldArgs, lang: Lang) -> anyhow::Result<Vec<Change>> {
    let mut changes = Vec::new();
    let single: [TypedValue<'_>; 11] = [
        (&args.kicker, Change::Kicker),
        (&args.title, Change::Title),
        (&args.subtitle, Change::Subtitle),
        (&args.section, Change::Section),
        (&args.outlet, Change::Outlet),
        (&args.docno, Change::Docno),
        (&args.issuer, Change::Issuer),
        (&args.publication, Change::Publication),
        (&args.page, Change::Page),
        (&args.issue_number, Change::IssueNumber),
        (&args.genre, Change::Genre),
    ];
    for (value, change) in single {
        changes.extend(value.iter().map(|value| change(value.trim().to_owned())));
    }
    if let Some(typed) = &args.issue_date {
        changes.push(Change::IssueDate(days(typed, lang)?));
    }
    if let Some(typed) = &args.date {
        changes.push(Change::Date(days(typed, lang)?));
    }
    if let Some(typed) = &args.kind {
        let Some(kind) = crate::query::kind_named(typed) else {
            bail!(lang.of(
                format!("“{typed}”：类型应为 news、document、profile、photo 或 notice"),
                format!("{typed}: expected news, document, profile, photo or notice"),
            ))
        };
        changes.push(Change::Kind(kind));
    }
    let lists: [TypedList<'_>; 6] = [
        (&args.reporter, Change::Reporters),
        (&args.correspondent, Change::Correspondents),
        (&args.photographer, Change::Photographers),
        (&args.district, Change::Districts),
        (&args.place, Change::Places),
        (&args.topic, Change::Topics),
    ];
    for (values, change) in lists {
        if !values.is_empty() {
            let filled = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
            changes.push(change(filled.map(str::to_owned).collect()));
        }
    }
    if let Some(id) = &args.reprint_of {
        changes.push(Change::ReprintOf(ArticleId(id.to_ascii_lowercase()).0));
    }
    if args.not_reprint {
        changes.push(Change::ReprintOf(String::new()));
    }
    for reason in &args.confirm {
        let Some(review) = Review::from_word(reason) else {
            let known: Vec<&str> = Review::ALL.iter().map(|review| review.as_str()).collect();
            bail!(lang.of(
                format!("“{reason}”：应为 {} 之一", known.join("、")),
                format!("{reason}: expected one of {}", known.join(", ")),
            ))
        };
        changes.push(Change::Confirms(review));
    }
    Ok(changes)
}

fn days(typed: &str, lang: Lang) -> anyhow::Result<Days> {
    let Some(days) = Days::read(typed) else {
        bail!(lang.of(
            format!("“{typed}”：日期应写成 2023-02-09、2023-02、2023 或 2023-02-01..2023-02-09"),
            format!("{typed}: expected 2023-02-09, 2023-02, 2023 or 2023-02-01..2023-02-09"),
        ))
    };
    Ok(days)
}

/// `FROM=TO`: what both begin and end with tells the place.
fn texts(typed: &[String], record: &Record, lang: Lang) -> anyhow::Result<Vec<Change>> {
    let mut changes = Vec::new();
    for typed in typed {
        let Some((from, to)) = typed.split_once('=').filter(|(from, to)| from != to) else {
            bail!(lang.of(
                format!("“{typed}”：应写成 误=正，如 己经=已经"),
                format!("{typed}: expected FROM=TO, as in 己经=已经"),
            ))
        };
        let text = apart(from, to);
        let whole = |text: &str| text.matches(from).count();
        let places: usize = record.head().chain([record.body.as_str()]).map(whole).sum();
        if places > 1 {
            bail!(lang.of(
                format!("“{from}”：文中有 {places} 处；请在两边多写几个相同的字，如 甲{from}=甲{to}"),
                format!("{from}: the article has it {places} times; write the characters around it too, as in 甲{from}=甲{to}"),
            ));
        }
        changes.push(Change::Text(text));
    }
    Ok(changes)
}

/// What is corrected, and what stands the same on both sides of it; at least one character of each is
/// corrected.
fn apart(from: &str, to: &str) -> TextCorrection {
    let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
        a.zip(b).take_while(|(a, b)| a == b).count()
    };
    let (one, other): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let shorter = one.len().min(other.len()).saturating_sub(1);
    let before = same(&mut one.iter().copied(), &mut other.iter().copied()).min(shorter);
    let after =
        same(&mut one[before..].iter().rev().copied(), &mut other[before..].iter().rev().copied());
    let after = after.min(shorter - before);
    let text = |chars: &[char]| chars.iter().collect::<String>();
    TextCorrection {
        before: text(&one[..before]),
        from: text(&one[before..one.len() - after]),
        to: text(&other[before..other.len() - after]),
        after: text(&one[one.len() - after..]),
    }
}

fn figure(args: &FigureArgs, record: &Record, lang: Lang) -> anyhow::Result<Option<Change>> {
    let Some(id) = &args.figure else { return Ok(None) };
    let Some(row) = record.indicators.iter().find(|row| row.id == *id) else {
        bail!(lang.of(
            format!("{id}：这篇文章没有这项指标；`dibao indicators --format jsonl` 列出编号"),
            format!(
                "{id}: the article has no such row; `dibao indicators --format jsonl` prints ids"
            ),
        ))
    };
    let period = args.period.as_deref().map(|typed| days(typed, lang)).transpose()?;
    let correction = IndicatorCorrection {
        quote: row.quote.clone(),
        row: row.name.clone(),
        remove: args.not_figure,
        name: args.name.clone(),
        value: args.value,
        unit: args.unit.clone(),
        period,
        district: args.territory.clone(),
    };
    let says_nothing = IndicatorCorrection {
        quote: correction.quote.clone(),
        row: correction.row.clone(),
        ..IndicatorCorrection::default()
    };
    if correction == says_nothing {
        bail!(lang.of(
            "没有写明指标的哪一项不对；请加 --value、--unit、--name、--period、--in 或 --not-figure",
            "nothing of the figure was named; add --value, --unit, --name, --period, --in or --not-figure",
        ));
    }
    Ok(Some(Change::Indicator(correction)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_texts_share_tells_the_place_and_is_not_corrected() {
        let parts = |from, to| {
            let TextCorrection { from, to, before, after } = apart(from, to);
            [before, from, to, after].join("|")
        };
        assert_eq!(parts("己经", "已经"), "|己|已|经");
        assert_eq!(parts("甲己经乙", "甲已经乙"), "甲|己|已|经乙");
        assert_eq!(parts("甲乙", "甲丙乙"), "甲|乙|丙乙|");
        assert_eq!(parts("甲甲", "甲"), "|甲甲|甲|");
        assert_eq!(parts("甲", ""), "|甲||");
    }
}
