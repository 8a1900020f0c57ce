//! What is cited, and in which style: a name or a file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::bail;

use super::cite::CiteArgs;
use super::folders::Folders;
use super::selection;
use crate::cli::output::failure;
use crate::cli::output::style_failure::BadStyle;
use crate::export::{CitationStyle, ExportSettings};
use crate::present::{Lang, SearchParams, Selection};

#[derive(Debug)]
pub(crate) struct CiteOptions {
    pub what: CitedArticles,
    pub settings: ExportSettings,
}

/// Which articles are cited.
#[derive(Debug)]
pub(crate) enum CitedArticles {
    /// Those with these ids, in their order.
    Ids(Vec<String>),
    /// All that match.
    Matching(Box<Selection>),
}

/// # Errors
/// When the query cannot be understood, and when the style cannot be used.
pub(crate) fn options(
    args: CiteArgs,
    folders: &Folders,
    lang: Lang,
) -> anyhow::Result<CiteOptions> {
    let settings = ExportSettings {
        format: args.format,
        style: style(&args.style, lang)?,
        ..ExportSettings::default()
    };
    let what = match args.query {
        None => CitedArticles::Ids(args.ids),
        Some(q) => {
            let params = SearchParams { q, ..selection::params(&args.wording, args.filters) };
            let selection = selection::of(&params, &args.wording, folders, lang)?;
            CitedArticles::Matching(Box::new(selection))
        }
    };
    Ok(CiteOptions { what, settings })
}

/// The style of this name; else that of the file.
///
/// # Errors
/// When there is neither, when the file cannot be read, and when it is no style that can be used.
pub(crate) fn style(name: &str, lang: Lang) -> anyhow::Result<CitationStyle> {
    if let Some(style) = CitationStyle::named(name) {
        return Ok(style);
    }
    let path = Path::new(name);
    let is_file = path.exists() || path.extension().is_some_and(|ending| ending == "csl");
    if !is_file {
        let known = CitationStyle::BUILT_IN.join(lang.of("、", ", "));
        bail!(lang.of(
            format!("没有引文样式“{name}”；可用 {known}，或指定 CSL 文件"),
            format!("no citation style `{name}`; use {known}, or name a CSL file"),
        ));
    }
    // One byte more than a style may have: a device has no end.
    let file = File::open(path).map_err(|error| failure::at_path(path, error))?;
    let mut csl = String::new();
    let read = file.take(CitationStyle::MAX_BYTES as u64 + 1).read_to_string(&mut csl);
    read.map_err(|error| failure::at_path(path, error))?;
    let style = CitationStyle::from_csl(name, &csl);
    style.map_err(|error| BadStyle { path: path.to_owned(), error }.into())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_style_is_a_name_or_a_file_and_all_else_is_told() {
        let told =
            |name: &str| style(name, Lang::En).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(told("apa"), Ok(()));
        let unknown = told("gb").expect_err("no style");
        assert!(unknown.starts_with("no citation style `gb`; use gb-7714-2025-numeric, "));
        let missing = told("missing.csl").expect_err("no file");
        assert!(missing.starts_with("missing.csl: ") && missing.ends_with("check the path"));
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(b"<style>").expect("written");
        let path = file.path().to_str().expect("UTF-8").to_owned();
        let broken = told(&path).expect_err("no style");
        assert!(broken.starts_with(&format!("{path}: not a CSL 1.0 style (")), "{broken}");
    }
}
