//! Why a tool gives no answer: values, worded in both languages.

use crate::export::StyleError;
use crate::present::{Lang, ParamError, SourceError, errors, words};
use crate::search::SearchError;

/// Why a tool gives no answer. Whoever serves an archive to others words what concerns its files
/// ([`ToolError::Search`], [`ToolError::Source`]) without naming its folders.
#[derive(Debug)]
pub(crate) enum ToolError {
    /// An argument cannot be understood.
    Param(ParamError),
    /// The archive cannot answer.
    Search(SearchError),
    /// The lines of a file cannot be shown.
    Source(SourceError),
    /// No article has this id.
    NoArticle { id: String },
    /// The ids of several articles begin like this.
    SeveralArticles { id: String, count: u64 },
    /// No file has this name.
    NoFile { file: String },
    /// An argument that a tool needs is not given.
    Missing { name: &'static str },
    /// Of two arguments that exclude each other both are given.
    NotBoth { names: [&'static str; 2] },
    /// Two arguments that must differ have one value.
    Alike { names: [&'static str; 2] },
    /// The value of an argument is an object, or a list of lists.
    NotPlain { name: String },
    /// A value has not the form that its argument has; the reason is the library's, in English.
    Unreadable { reason: String },
    /// Arguments are longer than an address may be.
    LongArguments { bytes: usize, most: usize },
    /// The answer would be longer than a model can read.
    LongAnswer {
        bytes: usize,
        most: usize,
        /// The arguments of the tool that make it shorter.
        narrowed_by: Vec<&'static str>,
    },
    /// A failure of the program.
    Failed,
}

impl ToolError {
    /// What is wrong, and what to do about it.
    pub(crate) fn text(&self, lang: Lang) -> String {
        match self {
            Self::Param(error) => words::param_error(lang, error),
            Self::Search(error) => errors::error(lang, error),
            Self::Source(error) => errors::error(lang, error),
            Self::NoArticle { id } => lang.of(
                format!("没有编号为 {id} 或以它开头的文章；编号见 search 的结果"),
                format!("no article's id is {id} or begins with it; `search` gives ids"),
            ),
            Self::SeveralArticles { id, count } => lang.of(
                format!("以 {id} 开头的编号有 {count} 个；请写得长一些"),
                format!("{count} articles have ids that begin with {id}; give more of it"),
            ),
            Self::NoFile { file } => lang.of(
                format!("库中没有文件 {file}；请用文章的 source 字段中的文件名"),
                format!("the archive has no file {file}; use the `source` of an article"),
            ),
            Self::Missing { name } => lang.of(
                format!("{name}：缺少这个参数"),
                format!("{name}: missing; this tool needs it"),
            ),
            Self::NotBoth { names: [one, other] } => lang.of(
                format!("{one} 和 {other} 只能用一个"),
                format!("{one} and {other} cannot be used together"),
            ),
            Self::Alike { names: [one, other] } => lang.of(
                format!("{one} 和 {other} 相同；表的行和列应为不同的项"),
                format!("{one} and {other} are the same; a table needs two that differ"),
            ),
            Self::NotPlain { name } => lang.of(
                format!("{name}：应为文本、数字、是否（true、false）或文本的列表"),
                format!("{name}: must be a text, a number, true or false, or a list of texts"),
            ),
            Self::Unreadable { reason } => lang.of(
                format!("参数无法读取（{reason}）"),
                format!("the arguments cannot be read: {reason}"),
            ),
            Self::LongArguments { bytes, most } => lang.of(
                format!("参数共 {bytes} 字节，上限为 {most} 字节；请缩短检索式或减少参数的取值"),
                format!(
                    "the arguments have {bytes} bytes, and at most {most} are read; shorten the \
                     query or give fewer values"
                ),
            ),
            Self::LongAnswer { bytes, most, narrowed_by } => {
                let said = lang.of(
                    format!("回答有 {bytes} 字节，超过上限 {most} 字节"),
                    format!("the answer would have {bytes} bytes, and at most {most} are given"),
                );
                let by = narrowed_by.join(lang.of("、", ", "));
                match by.as_str() {
                    "" => said,
                    by => lang.of(
                        format!("{said}；请用 {by} 缩小范围"),
                        format!("{said}; ask for less, by {by}"),
                    ),
                }
            }
            Self::Failed => lang.of(
                "程序出错；详情见日志".to_owned(),
                "the program failed; see its log".to_owned(),
            ),
        }
    }
}

impl From<ParamError> for ToolError {
    fn from(error: ParamError) -> Self {
        Self::Param(error)
    }
}

impl From<StyleError> for ToolError {
    fn from(error: StyleError) -> Self {
        tracing::error!(%error, "an article could not be cited");
        Self::Failed
    }
}

impl From<SearchError> for ToolError {
    fn from(error: SearchError) -> Self {
        Self::Search(error)
    }
}

impl From<SourceError> for ToolError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}
