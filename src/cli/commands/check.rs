//! `dibao check`: what needs manual review, by kind, each with its place.

use std::io::Write;
use std::ops::ControlFlow;

use serde::Serialize;

use super::{checksums, cluster, opened, opinion, proof};
use crate::annotate::is_confirmed;
use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::args::check::{CheckOptions, CheckWhat};
use crate::cli::args::folders::Folders;
use crate::cli::output::console::Console;
use crate::cli::output::facts;
use crate::cli::output::facts::number;
use crate::cli::output::wrap::{columns, pad, truncate, visible};
use crate::model::{FileWarning, Review, UnplacedCorrection, UnplacedReason};
use crate::opensearch::SettingsError;
use crate::present::{
    About, CurationState, EntryState, Finding, Matter, in_article, in_file, of_doubtful,
    of_other_kinds, words,
};
use crate::search::{Archive, Request};

/// Listed of each sort without `--all`.
const FIRST: usize = 5;

/// Findings of one sort: all are counted, some are kept.
#[derive(Debug, Serialize)]
struct FindingGroup {
    matter: Matter,
    total: u64,
    findings: Vec<Finding>,
}

pub(crate) fn run(
    folders: &Folders,
    options: &CheckOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let all = match options.what {
        CheckWhat::Findings { all } => all,
        CheckWhat::Pdf => return opinion::run(&folders.corpus, options.format, console),
        CheckWhat::Checksums => return checksums::run(&folders.index, options.format, console),
        CheckWhat::Cluster => {
            let settings = folders.cluster.as_ref().ok_or(SettingsError::NoCluster)?;
            return cluster::run(settings, options.format, console);
        }
        CheckWhat::Literals { strings, seed } => {
            let (archive, _) = opened::with_state(folders)?;
            return proof::run(&archive, strings, seed, options.format, console);
        }
    };
    let archive = Archive::open(&folders.index)?;
    let keep = if all { usize::MAX } else { FIRST };
    let mut groups: Vec<FindingGroup> = Matter::ALL
        .into_iter()
        .map(|matter| FindingGroup { matter, total: 0, findings: Vec::new() })
        .collect();
    let mut take = |findings: Vec<Finding>| {
        for finding in findings {
            let Some(group) = groups.iter_mut().find(|group| group.matter == finding.matter) else {
                continue;
            };
            group.total += 1;
            if group.findings.len() < keep {
                group.findings.push(finding);
            }
        }
    };
    for report in archive.file_reports()? {
        take(in_file(&report));
    }
    let articles = archive.for_each(&Request::default(), &mut |record| {
        take(in_article(&record));
        ControlFlow::Continue(())
    })?;
    archive.for_each_doubtful_figure(&mut |doubtful| {
        if !is_confirmed(&doubtful.record, Review::DoubtfulFigure) {
            take(vec![of_doubtful(doubtful)]);
        }
        ControlFlow::Continue(())
    })?;
    // Those of files that the archive has are in the reports on these.
    take(unplaced(&archive, folders)?);
    let found: u64 = groups.iter().map(|group| group.total).sum();
    let (others, first) = of_other_kinds(&archive);
    if let Some(group) = groups.iter_mut().find(|group| group.matter == Matter::OtherKind) {
        group.total = others;
        group.findings = first.into_iter().take(keep).collect();
    }
    groups.retain(|group| group.total > 0);
    match options.format {
        OutputFormat::Text => print_groups(&groups, console)?,
        OutputFormat::Json => {
            serde_json::to_writer_pretty(&mut console.out, &groups)?;
            writeln!(console.out)?;
        }
    }
    console.out.flush()?;
    if found == 0 {
        let articles = facts::articles(lang, articles);
        console.tell(lang.of(
            format!("{articles}文章中没有需要核对的"),
            format!("nothing to review in {articles}"),
        ));
    } else if !all && groups.iter().any(|group| group.total > group.findings.len() as u64) {
        console.tell(lang.of(
            "--all 列出全部；`dibao show 编号 --source` 查看源文件中的各行",
            "--all lists everything; `dibao show ID --source` prints the source lines of an article",
        ));
    }
    // Files that nobody said to be texts are no reason to look for anything.
    Ok(ExitStatus::of(found))
}

/// People's decisions about files that are gone, those that cannot be understood, and entries that cannot
/// be read.
fn unplaced(archive: &Archive, folders: &Folders) -> anyhow::Result<Vec<Finding>> {
    let state = CurationState::read(archive, &folders.corpus, &folders.curation)?;
    let gone = state.entries.iter().filter_map(|(entry, state)| match state {
        EntryState::Unplaced { reason: reason @ UnplacedReason::FileGone } => {
            let told = UnplacedCorrection::of(entry, reason.clone());
            Some((entry.anchor.file.clone(), told))
        }
        _ => None,
    });
    let refused = state.refused.iter().map(|refused| (String::new(), refused.clone()));
    let faults = state.faults.iter().map(|fault| Finding {
        matter: Matter::UnplacedCorrection,
        source: fault.path.display().to_string(),
        line: u32::try_from(fault.line).ok(),
        id: None,
        about: About::FileWarning(FileWarning::NoCorrection { reason: fault.reason.clone() }),
    });
    let finding = |(source, correction)| Finding {
        matter: Matter::UnplacedCorrection,
        source,
        line: None,
        id: None,
        about: About::Correction(correction),
    };
    Ok(gone.chain(refused).map(finding).chain(faults).collect())
}

fn print_groups(groups: &[FindingGroup], console: &mut Console) -> anyhow::Result<()> {
    let (paint, lang) = (console.paint, console.lang);
    for (place, group) in groups.iter().enumerate() {
        if place > 0 {
            writeln!(console.out)?;
        }
        let colon = lang.of("：", ": ");
        let heading =
            format!("{}{colon}{}", words::matter(lang, group.matter), number(group.total));
        writeln!(console.out, "{}", paint.strong(heading))?;
        let places: Vec<String> =
            group.findings.iter().map(|finding| visible(&finding.place())).collect();
        let room =
            places.iter().map(|place| columns(place)).max().unwrap_or(0).min(console.width / 2);
        for (finding, place) in group.findings.iter().zip(&places) {
            let id = finding.id.as_ref().map(|id| format!("{id}  ")).unwrap_or_default();
            let about = visible(&words::about(lang, &finding.about));
            let left = console.width.saturating_sub(room + columns(&id) + 4).max(20);
            // A file or another program gets all of it.
            let about = if console.is_terminal { truncate(&about, left) } else { about };
            writeln!(
                console.out,
                "  {}  {}{}",
                paint.place(pad(place, room)),
                paint.faint(&id),
                about
            )?;
        }
        let hidden = group.total - group.findings.len() as u64;
        if hidden > 0 {
            let hidden = number(hidden);
            let note = lang.of(format!("  … 还有 {hidden} 条"), format!("  … {hidden} more"));
            writeln!(console.out, "{}", paint.faint(note))?;
        }
    }
    Ok(())
}
