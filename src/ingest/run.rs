//! One ingest from beginning to end.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use super::corpus_check::{check_corpus, check_that_something_is_left, has_articles, identity};
use super::curated::{CorpusCorrections, CorpusFiles};
use super::job::Pipeline;
use super::path_conflict::{absolute, conflict, is_gone_from};
use super::plan::{IngestError, IngestPlan};
use super::progress::{Event, FileOutcome, Progress};
use super::publication::Publications;
use super::settings_check::unknown_regions;
use super::splitter::CorpusSplitters;
use super::summary::{IngestSummary, MAX_NAMES};
use super::target;
use super::target::KnownArchive;
use crate::curation::Corrections;
use crate::intake;
use crate::intake::{Config, CorpusFile, WalkResult};
use crate::model::{FileReport, FileWarning, NamedFiles};
use crate::recognise::Cache;
use crate::text::Segmenter;

/// Bytes that are kept of what was recognised in files that are in the corpus no more: they may come back.
const MAX_UNNEEDED: u64 = 256 << 20;

/// Ingests what is new or changed, removes what is gone, and leaves the rest alone.
///
/// # Errors
/// When a named path does not exist, when the corpus is another one or empty and the plan does not allow
/// that, when `corpus.toml`, the splitter's table, the list of words or the folder of corrections
/// cannot be read, and when the index cannot be opened or written to. Bad files are no errors: they are counted and
/// reported to `progress`.
#[expect(clippy::too_many_lines, reason = "one step after the other")]
pub fn run(plan: &IngestPlan, progress: &dyn Progress) -> Result<IngestSummary, IngestError> {
    let started = Instant::now();
    let cache = Cache::beside(&plan.index);
    let config = Config::load(&plan.corpus)?.recognising(plan.ocr.as_ref(), Some(&cache))?;
    let config = config.stopped_by(plan.stop.flag());
    let publications = Publications::new(CorpusSplitters::load(None, &plan.corpus)?);
    let corrections = plan.curation.as_ref().map(Corrections::load).transpose()?;
    let corrections = corrections.unwrap_or_default();
    let mut walked = intake::walk_with(&plan.corpus, &plan.paths, plan.links, &config);
    if let Some(missing) = walked.missing.first() {
        return Err(IngestError::Missing(missing.clone()));
    }
    let archive = KnownArchive::of(plan)?;
    check_corpus(plan, &archive)?;
    let files = walked.files.len();
    if plan.rebuild {
        check_that_something_is_left(plan, &archive, files, has_articles(&archive))?;
    }
    let user_words = plan.user_words.as_ref().map(|path| {
        fs::read_to_string(path)
            .map_err(|source| IngestError::UserWords { path: path.clone(), source })
    });
    let user_words = user_words.transpose()?;
    let mut writer = target::writer(plan, user_words.as_deref())?;
    if let Some(corpus) = identity(plan, &archive, Vec::new()) {
        writer.begin_with(corpus)?;
    }
    progress.event(Event::Found {
        files: walked.files.len() as u64,
        bytes: walked.files.iter().map(|file| file.bytes).sum(),
    });
    for (place, warning) in &walked.warnings {
        progress.event(Event::Warning { place, warning });
    }
    let mut warnings = walked.warnings.len();
    for (place, warning) in &unknown_regions(&config) {
        warnings += 1;
        progress.event(Event::Warning { place, warning });
    }
    for file in writer.healed() {
        warnings += 1;
        let place = file.path.display().to_string();
        progress.event(Event::Warning { place: &place, warning: &FileWarning::IndexFileRenewed });
    }
    if let (Some(path), Some(text)) = (&plan.user_words, &user_words) {
        let place = path.display().to_string();
        for warning in &Segmenter::with_user_words(text).1 {
            warnings += 1;
            progress.event(Event::Warning { place: &place, warning });
        }
    }
    for fault in corrections.faults() {
        warnings += 1;
        let place = format!("{}:{}", fault.path.display(), fault.line);
        let warning = FileWarning::NoCorrection { reason: fault.reason.clone() };
        progress.event(Event::Warning { place: &place, warning: &warning });
    }
    for refused in corrections.refused() {
        warnings += 1;
        let warning = FileWarning::NoCorrection { reason: refused.reason.to_string() };
        progress.event(Event::Warning { place: &refused.entry.to_string(), warning: &warning });
    }
    let mut summary = IngestSummary {
        corrections_unplaced: corrections.refused().len() as u64,
        warnings: warnings as u64,
        other_kinds: walked.other.clone(),
        hidden: walked.hidden,
        twice: walked.twice,
        files_of_other_kinds: other_files(&walked),
        pictures_beside: NamedFiles::of(
            walked.files.iter().flat_map(|file| &file.pictures),
            MAX_NAMES,
        ),
        files_left_out: NamedFiles::of(&walked.left_out, MAX_NAMES),
        ..IngestSummary::default()
    };

    let known: HashMap<String, FileReport> =
        writer.file_reports()?.into_iter().map(|report| (report.source.clone(), report)).collect();
    let found: HashSet<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
    summary.count_behind_links(&walked, known.values());
    let corpus_itself = [plan.corpus.clone()];
    let roots = if plan.paths.is_empty() { &corpus_itself } else { plan.paths.as_slice() };
    // What is in an archive that is being written is not known.
    let unsettled = plan.watched.unsettled.iter().map(|path| absolute(path).display().to_string());
    let unsettled: HashSet<String> = unsettled.collect();
    let is_settled =
        |file: &CorpusFile| file.paths().all(|path| !plan.watched.unsettled.contains(path));
    // What belongs to a file that is not read in this run, as a page of an issue or the picture of a text, stays as
    // it is until then.
    let held = walked.files.iter().filter(|file| {
        file.belonging().next().is_some() && (!is_settled(file) || conflict(file, &known).is_some())
    });
    let held: HashSet<&str> = held.flat_map(CorpusFile::belonging).collect();
    let mut gone: Vec<&FileReport> = known
        .values()
        .filter(|report| !found.contains(report.source.as_str()))
        .filter(|report| !held.contains(report.source.as_str()))
        .filter(|report| {
            let is_gone = walked.covers(&report.source) && is_gone_from(report, roots);
            is_gone || walked.is_part(&report.source)
        })
        .filter(|report| !unsettled.contains(&report.path))
        .collect();
    let would_be_empty = !known.is_empty() && gone.len() == known.len();
    check_that_something_is_left(plan, &archive, files, would_be_empty)?;
    gone.sort_by(|a, b| a.source.cmp(&b.source));
    let corrections = {
        let gone = gone.iter().map(|report| report.source.as_str()).collect();
        let (found, known) = (walked.files.as_slice(), &known);
        let others = || match plan.paths.as_slice() {
            [] => Vec::new(),
            _ => intake::walk_with(&plan.corpus, &[], plan.links, &config).files,
        };
        let files = CorpusFiles { found, others: &others, known, gone: &gone, config: &config };
        CorpusCorrections::of(&corrections, &files)
    };
    summary.corrections_unplaced += corrections.without_file;
    for report in gone {
        writer.forget(&report.source);
        if is_mended_archive(report, &found) {
            continue;
        }
        summary.files_removed += 1;
        summary.articles_removed += report.articles;
        let (path, source) = (Path::new(&report.path), report.source.as_str());
        let outcome = FileOutcome::Removed;
        progress.event(Event::File { path, source, bytes: report.bytes, outcome });
    }

    let mut may_be_taken = |file: &CorpusFile| {
        let Some(warning) = conflict(file, &known) else { return true };
        summary.files_failed += 1;
        summary.warnings += 1;
        progress.event(Event::of(file, FileOutcome::Failed(&[warning])));
        false
    };
    walked.files.retain(is_settled);
    walked.files.retain(&mut may_be_taken);

    let config = &config;
    let pipeline = Pipeline { plan, config, known: &known, progress, publications, corrections };
    pipeline.run(&walked.files, &mut *writer, &mut summary)?;
    progress.event(Event::Finishing);
    writer.commit()?;
    let changed = summary.files_taken + summary.files_not_text + summary.files_removed;
    let is_as_before = changed + summary.files_failed == 0;
    let reports = if is_as_before { Vec::new() } else { writer.file_reports()? };
    summary.compare_folders(&reports);
    let reports: Vec<&FileReport> =
        if is_as_before { known.values().collect() } else { reports.iter().collect() };
    if !is_as_before && is_complete(plan, &walked, &reports) {
        let files = reports.iter().map(|report| report.hash.as_str()).collect();
        // What stays costs room alone.
        let _ = cache.prune(&files, MAX_UNNEEDED);
    }
    if let Some(mut corpus) = identity(plan, &archive, reports) {
        if plan.paths.is_empty() {
            corpus.other_files = other_files(&walked);
        }
        writer.remember(corpus);
    }
    summary.reprints = writer.finish()?;
    summary.seconds = started.elapsed().as_secs_f64();
    Ok(summary)
}

/// The files of other kinds that a walk found.
fn other_files(walked: &WalkResult) -> NamedFiles {
    NamedFiles { count: walked.other.values().sum(), names: walked.other_names.clone() }
}

/// Whether a run has looked at all files of the corpus, and it is known of each what the index has of it.
fn is_complete(plan: &IngestPlan, walked: &WalkResult, reports: &[&FileReport]) -> bool {
    // Of a file that cannot be read any more, what was recognised before is not known by its hash.
    let is_known = |report: &&FileReport| !report.hash.is_empty() || report.articles == 0;
    plan.paths.is_empty()
        && plan.watched.unsettled.is_empty()
        && !plan.stop.is_set()
        && walked.is_whole()
        && reports.iter().all(is_known)
}

/// Whether a file of the index is an archive that could not be read and now can: it gives way to its files.
fn is_mended_archive(report: &FileReport, found: &HashSet<&str>) -> bool {
    let within = format!("{}/", report.source);
    report.articles == 0
        && report.hash.is_empty()
        && found.iter().any(|source| source.starts_with(&within))
}
