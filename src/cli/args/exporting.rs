//! What is exported, in which format; or which exported file is compared with its manifest.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::filters::WordingArgs;
use super::folders::Folders;
use super::{ExportArgs, SelectionArgs, citation, selection};
use crate::export::{ExportSettings, Format};
use crate::present::{Lang, SearchParams, Selection};
use crate::search::Sort;

/// What `dibao export` does.
#[derive(Debug)]
pub(crate) enum ExportTask {
    /// Writes a file.
    Write(ExportOptions),
    /// Compares one that was written.
    Verify(VerifyOptions),
}

#[derive(Debug)]
pub(crate) struct ExportOptions {
    pub selection: Selection,
    pub settings: ExportSettings,
    /// `None` is stdout.
    pub output: Option<PathBuf>,
    /// Whether a manifest is written beside the file.
    pub manifest: bool,
}

#[derive(Debug)]
pub(crate) struct VerifyOptions {
    pub file: PathBuf,
    /// What was exported, where that was typed again.
    pub selection: Option<Selection>,
    /// The format, by the name of the file too, and what else was typed again.
    pub settings: Option<ExportSettings>,
    /// For a query of the manifest.
    pub wording: WordingArgs,
}

/// # Errors
/// When the query or a filter cannot be understood, and when the format is not told or has no such
/// option.
pub(super) fn options(
    args: ExportArgs,
    folders: &Folders,
    lang: Lang,
) -> anyhow::Result<ExportTask> {
    let style = citation::style(&args.style, lang)?;
    let settings = |format| {
        let (address, excerpt, style) = (args.address.clone(), args.excerpt, style.clone());
        ExportSettings { format, style, lang, excerpt, address, ..ExportSettings::default() }
    };
    let SelectionArgs { query, wording, filters } = args.selection;
    let is_sorted = args.sort != Sort::default().as_str();
    let params = SearchParams {
        q: query.join(" "),
        sort: if is_sorted { args.sort } else { String::new() },
        ..selection::params(&wording, filters)
    };
    let selection = selection::of(&params, &wording, folders, lang)?;
    if let Some(file) = args.verify {
        let format = args.format.or_else(|| format_of(&file, lang).ok());
        let settings = format.map(settings);
        let selection = (params != SearchParams::default()).then_some(selection);
        return Ok(ExportTask::Verify(VerifyOptions { file, selection, settings, wording }));
    }
    let format = format(args.format, args.output.as_deref(), lang)?;
    let settings = settings(format);
    if args.excerpt && !format.is_cards() {
        bail!(lang.of(
            format!("--excerpt 用于 docx、html、epub，不用于 {}", format.as_str()),
            format!("--excerpt is for docx, html and epub, not {}", format.as_str()),
        ));
    }
    check_address(args.address.as_ref(), format, lang)?;
    let (output, manifest) = (args.output, !args.no_manifest);
    Ok(ExportTask::Write(ExportOptions { selection, settings, output, manifest }))
}

/// The format that was named, or that of the file; of stdout the usual one.
///
/// # Errors
/// When the name of the file does not tell it.
pub(super) fn format(
    named: Option<Format>,
    output: Option<&Path>,
    lang: Lang,
) -> anyhow::Result<Format> {
    match (named, output) {
        (Some(format), _) => Ok(format),
        (None, Some(path)) => format_of(path, lang),
        (None, None) => Ok(Format::default()),
    }
}

/// # Errors
/// When there is an address for links, and the format has none.
pub(super) fn check_address(
    address: Option<&String>,
    format: Format,
    lang: Lang,
) -> anyhow::Result<()> {
    if address.is_some() && !format.has_links() {
        bail!(lang.of(
            format!("--address 用于 xlsx、docx、html、epub，不用于 {}", format.as_str()),
            format!("--address is for xlsx, docx, html and epub, not {}", format.as_str()),
        ));
    }
    Ok(())
}

fn format_of(path: &Path, lang: Lang) -> anyhow::Result<Format> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    Format::ALL.into_iter().find(|format| format.extension() == ending).ok_or_else(|| {
        let path = path.display();
        let known = Format::ALL.map(Format::as_str).join(lang.of("、", ", "));
        anyhow!(lang.of(
            format!("{path}：从扩展名看不出格式；请加 --format（{known}）"),
            format!("{path}: unknown extension; add --format ({known})"),
        ))
    })
}
