//! What is wrong with a request that the server does not answer: values, each with a stable code and
//! words in both languages.

use std::sync::Arc;

use axum::http::Method;

use crate::export::{ExportLimit, PivotError};
use crate::present::{CorrectError, Lang, NotingError, ParamError, errors, words};
use crate::search::SearchError;
use crate::web::server::options::{
    MAX_BATCH_BYTES, MAX_BODY_BYTES, MAX_FORM_BYTES, MAX_MESSAGE_BYTES, MAX_URI_BYTES,
};

/// What is wrong this time.
#[derive(Debug, Clone)]
pub(crate) enum Detail {
    // Nothing of this name.
    NoAddress,
    NoAsset,
    NoOperation,
    NoSitemap,
    SitemapOff,
    McpOff,
    OaiOff,
    EditingOff,
    NoFile,
    NoArticle {
        id: String,
    },
    NoSingleArticle {
        id: String,
    },
    NoSavedSearch {
        name: String,
    },
    NoCollection {
        name: String,
    },
    /// What an editor wanted to note.
    Noting(Arc<NotingError>),
    NoLanguage,
    // Parameters.
    Param(ParamError),
    ExportPages,
    ExportLimit(ExportLimit),
    Pivot(PivotError),
    LineMissing,
    IndicatorMissing,
    FileMissing,
    IdsMissing,
    NothingChosen,
    UnknownField {
        name: String,
        known: Vec<String>,
    },
    BackPath,
    /// The reason is the library's, in English.
    BadAddress {
        reason: String,
    },
    /// The reason is the library's, in English.
    Unreadable {
        reason: String,
    },
    // Not in the archive.
    Search(Arc<SearchError>),
    // Not in a download.
    NoRange {
        length: u64,
    },
    // Access.
    NoMethod {
        method: Method,
    },
    UnknownHost,
    UnknownOrigin,
    LongAddress,
    LargeBody,
    NoProxy,
    NoToken,
    NoEditor,
    WrongToken,
    ForeignForm,
    OldForm,
    NoForm,
    TooManyWrites,
    NoSuchField,
    NoText,
    NoNumber,
    NoRows,
    Correct(Arc<CorrectError>),
    // The server.
    Busy,
    Slow,
    Failed,
    NoIndex,
    OtherIndex,
    BadIndex,
    // The lines of a file.
    FileGone,
    FileChanged,
    FileCompressed,
    FileUnreadable,
    // The picture of a page.
    PageChanged,
    NoPicture,
    NoPage,
    LargePage,
    BadPage,
}

impl Detail {
    pub(crate) fn noting(error: NotingError) -> Self {
        Self::Noting(Arc::new(error))
    }

    /// What a text says now, where another one was not written for that.
    pub(crate) fn text_now(&self) -> Option<&str> {
        match self {
            Self::Noting(error) => match &**error {
                NotingError::Changed { now } => Some(now),
                _ => None,
            },
            _ => None,
        }
    }

    /// A stable code for programs, in snake case.
    #[expect(clippy::too_many_lines, reason = "one arm for each detail")]
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NoAddress => "no_address",
            Self::NoAsset => "no_asset",
            Self::NoOperation => "no_operation",
            Self::NoSitemap => "no_sitemap",
            Self::SitemapOff => "sitemap_off",
            Self::McpOff => "mcp_off",
            Self::OaiOff => "oai_off",
            Self::EditingOff => "editing_off",
            Self::NoFile => "no_file",
            Self::NoArticle { .. } => "no_article",
            Self::NoSingleArticle { .. } => "no_single_article",
            Self::NoSavedSearch { .. } => "no_saved_search",
            Self::NoCollection { .. } => "no_collection",
            Self::Noting(error) => match **error {
                NotingError::Name { .. } => "bad_name",
                NotingError::Text => "bad_text",
                NotingError::Passage { .. } => "no_passage",
                NotingError::Note { .. } => "no_note",
                NotingError::SeveralNotes { .. } => "several_notes",
                NotingError::Collection { .. } => "no_collection",
                NotingError::Item { .. } => "not_collected",
                NotingError::Changed { .. } => "changed_meanwhile",
                NotingError::Curation(_) | NotingError::Search(_) => "failed",
            },
            Self::NoLanguage => "no_language",
            Self::Param(error) => match error {
                ParamError::Query(_) => "bad_query",
                ParamError::Value { .. } => "bad_value",
                ParamError::Unknown { .. } => "unknown_parameter",
                ParamError::Repeated { .. } => "repeated_parameter",
                ParamError::AnyAndAll => "any_and_all",
                ParamError::OffsetAndAfter => "offset_and_after",
                ParamError::FromAfterTo { .. } => "from_after_to",
                ParamError::UndatedWithDays => "undated_with_days",
                ParamError::UndatedTrend => "undated_trend",
                ParamError::TooManyLines { .. } => "too_many_lines",
            },
            Self::ExportPages => "export_pages",
            Self::ExportLimit(_) => "export_limit",
            Self::Pivot(PivotError::SameAxis(_)) => "pivot_axes",
            Self::Pivot(PivotError::TooLarge) => "pivot_too_large",
            Self::Pivot(PivotError::TooManyColumns(_)) => "pivot_too_wide",
            Self::LineMissing => "line_missing",
            Self::IndicatorMissing => "indicator_missing",
            Self::FileMissing => "file_missing",
            Self::IdsMissing => "ids_missing",
            Self::NothingChosen => "nothing_chosen",
            Self::UnknownField { .. } => "unknown_field",
            Self::BackPath => "back_path",
            Self::BadAddress { .. } => "bad_address",
            Self::Unreadable { .. } => "unreadable_parameter",
            Self::Search(error) => match **error {
                SearchError::UnknownTopic { .. } => "unknown_topic",
                SearchError::UnknownDistrict { .. } => "unknown_district",
                SearchError::UnknownIndicator { .. } => "unknown_indicator",
                SearchError::UnknownUnit { .. } => "unknown_unit",
                SearchError::TooMuch { .. } | SearchError::TooManyTexts { .. } => "too_much",
                SearchError::NotYet { .. } => "not_yet",
                SearchError::StaleCursor => "stale_cursor",
                SearchError::Index(_) | SearchError::Engine { .. } => "bad_index",
            },
            Self::NoRange { .. } => "no_range",
            Self::NoMethod { .. } => "no_method",
            Self::UnknownHost => "unknown_host",
            Self::UnknownOrigin => "unknown_origin",
            Self::LongAddress => "long_address",
            Self::LargeBody => "large_body",
            Self::NoProxy => "no_proxy",
            Self::NoToken => "no_token",
            Self::NoEditor => "no_editor",
            Self::WrongToken => "wrong_token",
            Self::ForeignForm => "foreign_form",
            Self::OldForm => "old_form",
            Self::NoForm => "no_form",
            Self::TooManyWrites => "too_many_writes",
            Self::NoSuchField => "no_such_field",
            Self::NoText => "no_text",
            Self::NoNumber => "no_number",
            Self::NoRows => "no_rows",
            Self::Correct(error) => match **error {
                CorrectError::Conflict(_) => "conflict",
                CorrectError::NoArticle(_) => "no_article",
                CorrectError::NoFile(_) => "no_file",
                CorrectError::NoEntry(_) => "no_entry",
                CorrectError::Changed(_) => "file_changed",
                CorrectError::NoLines { .. } => "no_rows",
                CorrectError::Target { .. } => "wrong_target",
                CorrectError::KeptApart(_) => "kept_apart",
                CorrectError::Value(_) => "unknown_value",
                CorrectError::Nobody => "no_editor",
                CorrectError::Source(_) => "file_unreadable",
                CorrectError::Search(_) => "bad_index",
                CorrectError::Curation(_) => "curation_folder",
            },
            Self::Busy => "busy",
            Self::Slow => "slow",
            Self::Failed => "failed",
            Self::NoIndex => "no_index",
            Self::OtherIndex => "other_index",
            Self::BadIndex => "bad_index",
            Self::FileGone => "file_gone",
            Self::FileChanged => "file_changed",
            Self::FileCompressed => "file_packed",
            Self::FileUnreadable => "file_unreadable",
            Self::PageChanged => "page_changed",
            Self::NoPicture => "no_picture",
            Self::NoPage => "no_page",
            Self::LargePage => "large_page",
            Self::BadPage => "bad_page",
        }
    }

    /// A message for people: what is wrong, and what to do about it.
    #[expect(clippy::too_many_lines, reason = "one arm for each detail")]
    pub(crate) fn text(&self, lang: Lang) -> String {
        let words = match self {
            Self::Param(error) => return words::param_error(lang, error),
            Self::Search(error) => return errors::error(lang, &**error),
            Self::Correct(error) => return errors::error(lang, &**error),
            Self::ExportLimit(limit) => return limit.text(lang),
            Self::Pivot(error) => return error.text(lang),
            Self::Noting(error) => return errors::error(lang, &**error),
            Self::NoCollection { name } => {
                return lang.of(
                    format!("没有名为“{name}”的收藏"),
                    format!("no collection is called {name}"),
                );
            }
            Self::NoArticle { id } => {
                return lang.of(
                    format!("没有编号为 {id} 或以它开头的文章"),
                    format!("no article's id is {id} or begins with it"),
                );
            }
            Self::NoSingleArticle { id } => {
                return lang.of(
                    format!("以 {id} 开头的编号不止一个"),
                    format!("several ids begin with {id}; give more of it"),
                );
            }
            Self::NoSavedSearch { name } => {
                return lang.of(
                    format!("没有名为“{name}”的保存的检索；/saved 列出全部"),
                    format!("no saved search is named {name}; /saved lists all"),
                );
            }
            Self::UnknownField { name, known } => {
                return lang.of(
                    format!("fields={name}：文章没有这个字段；可用的字段：{}", known.join("、")),
                    format!(
                        "fields={name}: unknown field, expected some of `{}`",
                        known.join("`, `")
                    ),
                );
            }
            Self::BadAddress { reason } => {
                return lang.of(
                    format!("无法组成网址（{reason}）"),
                    format!("cannot build a URL: {reason}"),
                );
            }
            Self::Unreadable { reason } => {
                return lang.of(format!("网址无法读取（{reason}）"), reason.clone());
            }
            Self::NoRange { length } => {
                return lang.of(
                    format!("请求的部分在文件末尾之后；文件共 {length} 字节"),
                    format!("the range begins behind the end; there are {length} bytes"),
                );
            }
            Self::NoMethod { method } => {
                return lang.of(
                    format!("此网址不接受 {method} 请求；可用的方法见响应头 Allow"),
                    format!("{method} is not allowed here; the header Allow lists what is"),
                );
            }
            Self::LongAddress => {
                return lang.of(
                    format!("网址至多 {MAX_URI_BYTES} 字节；请缩短检索式"),
                    format!("URL too long: at most {MAX_URI_BYTES} bytes; shorten the query"),
                );
            }
            Self::LargeBody => {
                return lang.of(
                    format!(
                        "请求正文过大：至多 {MAX_BODY_BYTES} 字节，批量检索至多 {MAX_BATCH_BYTES} 字节，MCP 消息至多 {MAX_MESSAGE_BYTES} 字节，编辑的表单至多 {MAX_FORM_BYTES} 字节"
                    ),
                    format!(
                        "request body too large: at most {MAX_BODY_BYTES} bytes, {MAX_BATCH_BYTES} \
                         for a batch, {MAX_MESSAGE_BYTES} for messages of MCP, {MAX_FORM_BYTES} for \
                         forms of editors"
                    ),
                );
            }
            Self::NoAddress => lang.of("此网址没有对应的页面", "no page at this address"),
            Self::NoAsset => lang.of("没有这个文件", "no such file"),
            Self::NoOperation => lang.of("没有这个操作", "no such operation"),
            Self::NoSitemap => lang.of("没有这个列表", "no such list"),
            Self::SitemapOff => lang.of(
                "未启用站点地图；启动时加 `dibao serve --sitemap` 即可启用",
                "the sitemap is off; enable it with `dibao serve --sitemap`",
            ),
            Self::McpOff => {
                lang.of("本服务器未开放 MCP 接口", "this server is run with `--no-mcp`")
            }
            Self::OaiOff => lang.of(
                "未启用 OAI-PMH；启动时加 `dibao serve --oai 管理员邮箱` 即可启用",
                "OAI-PMH is off; enable it with `dibao serve --oai ADMIN-EMAIL`",
            ),
            Self::EditingOff => lang.of(
                "本服务器只读；启动时加 `dibao serve --editor-token-file 文件` 即可启用编辑",
                "this server is read-only; `dibao serve --editor-token-file FILE` lets editors write",
            ),
            Self::NoFile => lang.of("库中没有这个文件", "no file of this name in the archive"),
            Self::NoLanguage => lang.of("可选的语言只有 zh 和 en", "the languages are zh and en"),
            Self::ExportPages => lang.of(
                "导出不分页，包含全部命中的文章",
                "an export is not paged; it contains every match",
            ),
            Self::LineMissing => {
                lang.of("line：请写要比较的词", "line: missing; give the words to compare")
            }
            Self::IndicatorMissing => lang.of(
                "name：请写指标名称，如 地区生产总值",
                "name: missing; give an indicator, as 地区生产总值",
            ),
            Self::FileMissing => {
                lang.of("file：请写要看哪个文件", "file: missing; give the file to show")
            }
            Self::IdsMissing => lang.of(
                "ids：请写文章编号，多个以逗号分隔",
                "ids: missing; give the ids of articles, with commas between them",
            ),
            Self::NothingChosen => lang.of(
                "没有选择文章；请返回，在结果前勾选",
                "no article is selected; go back and tick results",
            ),
            Self::BackPath => {
                lang.of("back：请写本站的路径", "back: must be a path on this server")
            }
            Self::UnknownHost => lang.of(
                "服务器不应答这个主机名；可用 `dibao serve --host 主机名` 加上",
                "unknown host name; allow it with `dibao serve --host NAME`",
            ),
            Self::UnknownOrigin => lang.of(
                "不接受来自这个网站的请求；可用 `dibao serve --cors 来源` 加上",
                "unknown origin; allow it with `dibao serve --cors ORIGIN`",
            ),
            Self::NoProxy => lang.of("请通过反向代理访问", "connect through the reverse proxy"),
            Self::NoToken => lang.of(
                "请出示访问令牌，作为 Bearer 令牌或密码均可",
                "send the token as a bearer token or as the password",
            ),
            Self::NoEditor => lang.of(
                "请先在 /login 登录；程序请在 Authorization 头中出示编辑的 Bearer 令牌",
                "sign in at /login; programs send an editor's bearer token",
            ),
            Self::WrongToken => {
                lang.of("令牌不对；请核对后再试", "this is no editor's token; check it and try again")
            }
            Self::ForeignForm => lang.of(
                "不接受其他网站发来的表单；请从本站的页面提交",
                "forms of other sites are refused; send it from a page of this server",
            ),
            Self::OldForm => lang.of(
                "此表单属于另一次登录；请返回并刷新页面，再提交一次",
                "the form was made for another session; go back, reload the page and send it again",
            ),
            Self::NoForm => lang.of(
                "请以 application/x-www-form-urlencoded 格式提交",
                "send a form: application/x-www-form-urlencoded",
            ),
            Self::TooManyWrites => lang.of(
                "一分钟内的修改过多，本次没有保存；请稍候再提交",
                "too many changes within a minute; this one was not saved, send it again in a moment",
            ),
            Self::NoSuchField => lang.of(
                "没有这个可更正的字段或值",
                "there is no such field or value that could be corrected",
            ),
            Self::NoText => lang.of("请写出原文印作什么", "say what is printed"),
            Self::NoNumber => lang.of("请写数字，如 735.8", "expected a number, as 735.8"),
            Self::NoRows => lang.of(
                "请先选择行，或写作 12-20,5-8",
                "choose lines first, or write them as 12-20,5-8",
            ),
            Self::Busy => {
                lang.of("服务器正忙；请稍后再试", "the server is busy; try again in a moment")
            }
            Self::Slow => lang.of(
                "处理时间超过服务器的限制；请缩小范围，或稍后再试",
                "the request timed out; narrow the search or try again later",
            ),
            Self::Failed => lang
                .of("服务器出错；详情见服务器日志", "internal server error; see the server's log"),
            Self::NoIndex => lang.of(
                "还没有索引；请在服务器上建立",
                "no index yet; run `dibao ingest` on the server",
            ),
            Self::OtherIndex => lang.of(
                "索引由另一版本的程序建立；请在服务器上重建",
                "the index was made by another version of the program; rebuild it on the \
                 server",
            ),
            Self::BadIndex => lang.of(
                "索引无法读取；原因见服务器日志",
                "the index cannot be read; see the server's log",
            ),
            Self::FileGone => lang.of(
                "文件入库之后已不在原处",
                "the file was moved or deleted after it was ingested",
            ),
            Self::FileChanged => lang.of(
                "文件入库之后有改动，也移动过",
                "the file was changed and moved after it was ingested",
            ),
            Self::FileCompressed => {
                lang.of("压缩文件的各行不予显示", "lines of a compressed file cannot be shown")
            }
            Self::FileUnreadable => lang.of(
                "文件无法读取；原因见服务器日志",
                "the file cannot be read; see the server's log",
            ),
            Self::PageChanged => lang.of(
                "文件入库之后有改动，版面可能已不同；请在服务器上重新入库",
                "the file was changed after it was ingested, so its pages may be other ones; ingest it \
                 again on the server",
            ),
            Self::NoPicture => lang.of(
                "这一页没有图像：旁边没有，文本文件也没有版面可绘；请打开原文件查看",
                "there is no picture of this page: none lies beside the file, and a file of text has no \
                 page to draw; open the file itself",
            ),
            Self::NoPage => lang.of("文件没有这一页", "the file has no page of this number"),
            Self::LargePage => lang.of(
                "这一页过于复杂或过大，不予绘制；请打开原文件查看",
                "the page is too complex or too large to be drawn; open the file itself",
            ),
            Self::BadPage => lang.of(
                "这一页无法绘制；请打开原文件查看",
                "the page cannot be drawn; open the file itself",
            ),
        };
        words.to_owned()
    }
}
