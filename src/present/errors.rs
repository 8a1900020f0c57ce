//! Errors of the library in both languages. English is what the errors themselves say; Chinese is a
//! `match` over their variants, so that the compiler finds one that is missing.

use std::error::Error;
use std::io;
use std::path::Path;

use super::decision::names;
use super::source_file::paths;
use super::words::{
    correction_field, file_warning, number, param_error, parse_error, unplaced_reason, value_form,
};
use super::{CorrectError, DaysError, Lang, NotingError, ParamError, SourceError, ValueForm};
use crate::curation::{CurationError, MAX_LABEL_CHARS, MAX_NAME_BYTES, MAX_NOTE_CHARS};
use crate::index::{ClusterProblem, Damage, IndexError, IndexRule, Mend};
use crate::intake::SettingError;
use crate::intake::{ConfigError, ConfigProblem};
use crate::query::{ParseError, SynonymsError, SynonymsProblem};
use crate::search::{CursorError, SearchError};

/// An error without its causes. In English where it is none of the library's.
#[must_use]
pub fn error(lang: Lang, error: &(dyn Error + 'static)) -> String {
    let chinese = match lang {
        Lang::En => None,
        Lang::Zh => chinese(error),
    };
    chinese.unwrap_or_else(|| error.to_string())
}

fn chinese(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return Some(io_error(Lang::Zh, error));
    }
    if let Some(error) = error.downcast_ref::<IndexError>() {
        return Some(index_error(error));
    }
    if let Some(error) = error.downcast_ref::<SearchError>() {
        return Some(search_error(error));
    }
    if let Some(error) = error.downcast_ref::<ConfigError>() {
        return Some(config_error(error));
    }
    if let Some(error) = error.downcast_ref::<SourceError>() {
        return Some(source_error(error));
    }
    if let Some(error) = error.downcast_ref::<ParseError>() {
        return Some(parse_error(Lang::Zh, error));
    }
    if let Some(error) = error.downcast_ref::<ParamError>() {
        return Some(param_error(Lang::Zh, error));
    }
    if let Some(error) = error.downcast_ref::<SynonymsError>() {
        return Some(format!("第 {} 行：{}", error.line, synonyms_problem(&error.problem)));
    }
    if let Some(error) = error.downcast_ref::<CurationError>() {
        return Some(curation_error(error));
    }
    if let Some(error) = error.downcast_ref::<CorrectError>() {
        return Some(correct_error(error));
    }
    if let Some(error) = error.downcast_ref::<NotingError>() {
        return Some(noting_error(error));
    }
    if error.is::<DaysError>() {
        return Some(value_form(Lang::Zh, ValueForm::Days));
    }
    error.is::<CursorError>().then(|| value_form(Lang::Zh, ValueForm::Cursor))
}

fn noting_error(error: &NotingError) -> String {
    match error {
        NotingError::Name { name } => format!(
            "“{name}”不能用作名称：至多 {MAX_LABEL_CHARS} 字，不含斜线，不以点开头，也不能是“无”；收藏即文件，名称中还不能有 : ? * \" < > |"
        ),
        NotingError::Text => format!("内容须有 1 至 {} 字", number(MAX_NOTE_CHARS as u64)),
        NotingError::Passage { passage } => {
            format!("文中没有“{passage}”；请照原文抄录")
        }
        NotingError::Note { id } => format!("没有编号为 {id} 的笔记；`dibao note` 列出全部"),
        NotingError::SeveralNotes { id, count } => {
            format!("有 {count} 条笔记的编号以 {id} 开头，请多写几位")
        }
        NotingError::Collection { name } => {
            format!("没有名为“{name}”的收藏；请先用 `dibao collection new` 建立")
        }
        NotingError::Item { article, name } => format!("收藏“{name}”中没有 {article}"),
        NotingError::Changed { now } => format!("其间已有人改动，现为：{now}"),
        NotingError::Curation(error) => curation_error(error),
        NotingError::Search(error) => search_error(error),
    }
}

/// An error of the system: the common kinds in words, all others as the system puts it.
#[must_use]
pub fn io_error(lang: Lang, error: &io::Error) -> String {
    let chinese = match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件或文件夹",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::AlreadyExists => "已经存在",
        io::ErrorKind::IsADirectory => "是文件夹，不是文件",
        io::ErrorKind::NotADirectory => "不是文件夹",
        io::ErrorKind::ReadOnlyFilesystem => "文件系统只读",
        io::ErrorKind::StorageFull => "磁盘空间已满",
        io::ErrorKind::QuotaExceeded => "超出磁盘配额",
        io::ErrorKind::InvalidData => "内容不是有效的 UTF-8 文本",
        io::ErrorKind::AddrInUse => "地址或端口已被占用",
        io::ErrorKind::AddrNotAvailable => "本机没有这个地址",
        io::ErrorKind::TimedOut => "超时",
        _ => return error.to_string(),
    };
    lang.of(chinese.to_owned(), error.to_string())
}

/// What can be done about an error of the system, with the mark that divides it from the error;
/// empty where there is nothing to advise.
#[must_use]
pub fn io_hint(lang: Lang, error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => lang.of("；请检查路径", "; check the path"),
        io::ErrorKind::PermissionDenied => lang.of(
            "；请修改权限，或指定别的文件或文件夹",
            "; change its permissions, or name another file or folder",
        ),
        io::ErrorKind::ReadOnlyFilesystem => {
            lang.of("；请换一个可以写入的文件夹", "; name a folder that can be written to")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            lang.of("；请腾出空间后再运行", "; free some space and run the command again")
        }
        io::ErrorKind::IsADirectory => {
            lang.of("；请指定文件，而不是文件夹", "; name a file, not a folder")
        }
        _ => "",
    }
}

const REBUILD: &str = "请用 `dibao ingest --rebuild` 从语料重建";

fn index_error(error: &IndexError) -> String {
    let at = |path: &Path, said: &str| format!("{}：{said}", path.display());
    match error {
        IndexError::Missing { path } => at(path, "这里没有索引；请用 `dibao ingest` 建立"),
        IndexError::Foreign { path } => at(
            path,
            "不是 dibao 的索引，也不是空文件夹；没有改动任何内容；请用 --index 指定空文件夹",
        ),
        IndexError::Outdated { path, what } => {
            let what = match what {
                IndexRule::Schema => "索引结构",
                IndexRule::Dictionary => "词典",
                IndexRule::FoldTable => "字形归一表",
                IndexRule::UserWords => "用户词典",
                IndexRule::Version => "dibao 版本",
            };
            at(path, &format!("建立索引时所用的{what}与现在不同；{REBUILD}"))
        }
        IndexError::Busy { path } => at(path, "另一个 dibao 正在写入这个索引；请等它完成"),
        IndexError::Io { path, source } => {
            let hint = match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "；已提交的内容都保留着；请腾出空间后再运行"
                }
                io::ErrorKind::PermissionDenied => "；请修改权限，或用 --index 指定别的文件夹",
                io::ErrorKind::ReadOnlyFilesystem => "；请用 --index 指定可以写入的文件夹",
                _ => "",
            };
            at(path, &format!("{}{hint}", io_error(Lang::Zh, source)))
        }
        IndexError::Damaged { path, damage } => {
            at(path, &damage_and_mend(Lang::Zh, *damage, Mend::of(path)))
        }
        IndexError::Cluster { place, problem } => {
            format!("{place}：{}", cluster_problem(problem))
        }
        IndexError::Broken { path, message } => {
            at(path, &format!("索引无法使用（{message}）；{REBUILD}"))
        }
    }
}

pub(super) fn cluster_problem(problem: &ClusterProblem) -> String {
    match problem {
        ClusterProblem::Unreachable { reason } => {
            format!("集群没有节点应答（{reason}）；请检查集群是否在运行、地址是否正确")
        }
        ClusterProblem::Overloaded { status } => {
            format!("集群过于繁忙或尚未就绪（状态码 {status}）；请稍后再试")
        }
        ClusterProblem::NotAllowed { status } => format!(
            "集群拒绝访问（状态码 {status}）；请检查用户名和密码（DIBAO_ENGINE_USER、DIBAO_ENGINE_PASSWORD）以及对索引的权限"
        ),
        ClusterProblem::Certificate { reason } => {
            format!("无法建立加密连接（{reason}）；请用 DIBAO_ENGINE_CA 指定签发机构的证书")
        }
        ClusterProblem::Version { found } => {
            format!("{found}：不是 dibao 能使用的集群；支持 OpenSearch 2 和 3")
        }
        ClusterProblem::Foreign => {
            "不是 dibao 的库；没有改动任何内容；请用 DIBAO_ENGINE_INDEX 另取库名".to_owned()
        }
        ClusterProblem::TakenOver => {
            "另一个 dibao 已在写入这个库；已提交的内容都保留着；请等它完成后再运行".to_owned()
        }
        ClusterProblem::Incomplete { failed, shards, reason } => {
            format!("{shards} 个分片中有 {failed} 个没有应答（{reason}）；请等集群恢复为绿色或黄色")
        }
        ClusterProblem::Uncopied { missing } => format!(
            "新索引缺 {missing} 份分片副本，若有节点停止就会丢失文章；没有改动任何内容；请用 `dibao check --cluster` 检查各节点及其磁盘，再重新入库"
        ),
        ClusterProblem::Refused { status, reason } => {
            format!("集群拒绝了请求（状态码 {status}）：{reason}")
        }
    }
}

/// What is wrong with a file of the index, and what repairs it.
#[must_use]
pub fn damage_and_mend(lang: Lang, damage: Damage, mend: Mend) -> String {
    let chinese = match damage {
        Damage::Altered => "文件已损坏，内容与校验和不符",
        Damage::CutOff => "文件已损坏，不完整",
        Damage::Missing => "文件缺失",
    };
    let repair = match mend {
        Mend::Ingest => "请用 `dibao ingest` 重新生成",
        Mend::Rebuild => REBUILD,
    };
    lang.of(format!("{chinese}；{repair}"), format!("{damage}; {mend}"))
}

/// The sentence for a topic that does not exist, without those that do.
#[must_use]
pub fn unknown_topic(lang: Lang, topic: &str) -> String {
    lang.of(format!("没有“{topic}”这个主题"), format!("no topic is called `{topic}`"))
}

const TEN_THOUSAND: u64 = 10_000;

fn search_error(error: &SearchError) -> String {
    match error {
        SearchError::Index(error) => index_error(error),
        SearchError::UnknownTopic { topic, labels } => {
            format!("{}；现有主题：{}", unknown_topic(Lang::Zh, topic), labels.join(" "))
        }
        SearchError::UnknownDistrict { name, near } => format!(
            "没有名为“{name}”的地区{}；请使用全名（新密市），或加上城市名（郑州高新区），或使用行政区划代码",
            meant(near)
        ),
        SearchError::UnknownIndicator { name, near, .. } => {
            format!("没有名为“{name}”的指标{}；请使用统计公报中的名称（地区生产总值）", meant(near))
        }
        SearchError::UnknownUnit { indicator, unit, units } => {
            format!("{indicator}没有以“{unit}”为单位的数值；已有的单位：{}", units.join("、"))
        }
        SearchError::TooMuch { postings, most } => format!(
            "检索式过于庞大：约需读取 {} 万条倒排记录，上限为 {} 万条；请减少检索项，改用更长的引号短语，或分几次检索",
            number(postings.div_ceil(TEN_THOUSAND)),
            number(most / TEN_THOUSAND)
        ),
        SearchError::TooManyTexts { articles, most } => format!(
            "检索式过于庞大：须读取 {} 篇文章的正文才能判断各词是否相近，上限为 {} 篇；请增加带引号的词或筛选条件",
            number(*articles),
            number(*most)
        ),
        SearchError::StaleCursor => "此页属于另一次检索，或库内容已更新；请从第一页开始".to_owned(),
        SearchError::NotYet { engine } => {
            format!("引擎 {engine} 暂不支持这一项；内嵌引擎（不加 --engine）支持")
        }
        SearchError::Engine { path, message } => {
            format!("{}：索引无法读取（{message}）；{REBUILD}", path.display())
        }
    }
}

/// Names that may have been meant.
fn meant(near: &[String]) -> String {
    if near.is_empty() {
        String::new()
    } else {
        format!("（相近的有：{}）", near.join("、"))
    }
}

fn config_error(error: &ConfigError) -> String {
    match error {
        ConfigError::Unreadable { path, error } => {
            let why = io_error(Lang::Zh, error);
            format!("{}：无法读取（{why}）；请改为可读，或移走它", path.display())
        }
        ConfigError::Invalid { path, line, problem } => {
            format!("{}，第 {line} 行：{}", path.display(), config_problem(problem))
        }
    }
}

fn config_problem(problem: &ConfigProblem) -> String {
    match problem {
        ConfigProblem::Toml { reason } => {
            format!("格式有误（{reason}）；[[files]] 可用的字段见 README")
        }
        ConfigProblem::UnknownKey { key, near } => {
            format!("没有“{key}”这一项{}；[[files]] 可用的字段见 README", meant(near))
        }
        ConfigProblem::Glob { glob, reason } => {
            format!("“{glob}”不是有效的通配路径（{reason}）；写法如 \"zzrb/**/*.txt\"")
        }
        ConfigProblem::Date { date } => {
            format!("“{date}”不是日期；请写明年、月、日，如 \"2023-02-10\"")
        }
        ConfigProblem::Encoding { label } => {
            format!("没有“{label}”这种编码；请写 \"utf-8\"、\"gb18030\" 或 \"big5\"")
        }
        ConfigProblem::Ocr(SettingError::Engine { typed }) => format!(
            "“{typed}”不能识别文字；请写 tesseract，或连同语言写作 tesseract:chi_tra_vert+chi_tra；使用 PP-OCR 模型的文件夹或 wheel，程序须以 --features ocr 编译"
        ),
        ConfigProblem::Ocr(SettingError::Languages { typed }) => format!(
            "“{typed}”不是 tesseract 的语言；请用 + 连接语言名，如 chi_sim+eng；`tesseract --list-langs` 列出已安装的"
        ),
        ConfigProblem::Pages { pages } => {
            format!("“{pages}”不是页码；请写从 1 起的页码和范围，以逗号分隔，如 \"1-4,7,9-\"")
        }
        ConfigProblem::Pattern { reason } => {
            format!("date_pattern 不是有效的正则表达式（{reason}）；请写在 '…' 中")
        }
        ConfigProblem::MissingGroup { group } => format!(
            "date_pattern 缺少分组“{group}”；年写作 (?<y>…)，月写作 (?<m>…)，日写作 (?<d>…)"
        ),
    }
}

fn synonyms_problem(problem: &SynonymsProblem) -> String {
    let words = match problem {
        SynonymsProblem::Query(error) => return parse_error(Lang::Zh, error),
        SynonymsProblem::NoEquals => "词与它的同义词之间应有 =",
        SynonymsProblem::NothingBefore => "= 之前应有一个词",
        SynonymsProblem::NothingAfter => "= 之后应有内容",
        SynonymsProblem::NotOneWord => "= 之前只能是一个不带引号的词",
        SynonymsProblem::NotOnlyText => "= 之后只能有词、引号、OR 和括号",
        SynonymsProblem::NoBrackets => "词与词之间应有 OR；须同时出现的词应放在括号内",
        SynonymsProblem::SameWord => "= 前后不能是同一个词",
    };
    words.to_owned()
}

fn source_error(error: &SourceError) -> String {
    let at = |path: &Path, said: &str| format!("{}：{said}", path.display());
    match error {
        SourceError::Gone(path) => {
            at(path, "文件入库之后已不在原处；请放回原处，或运行 `dibao ingest` 移除其中的文章")
        }
        SourceError::Unreadable(path) => at(path, "无法读取；请检查权限"),
        SourceError::Neither(files) => {
            format!("{}：内容均与入库时不同；`dibao ingest` 可重新入库", paths(files))
        }
        SourceError::Elsewhere(path) => at(
            path,
            "文件位于语料文件夹之外，且内容与入库时不同，不予显示；`dibao ingest` 可重新入库",
        ),
        SourceError::Compressed(path) => at(path, "压缩文件的各行不予显示；请先解压"),
        SourceError::Broken(path, warnings) => {
            let said: Vec<String> =
                warnings.iter().map(|warning| file_warning(Lang::Zh, warning)).collect();
            at(path, &said.join("；"))
        }
        SourceError::Config(error) => config_error(error),
        SourceError::Search(error) => search_error(error),
    }
}

/// Why the curation folder cannot be used.
fn curation_error(error: &CurationError) -> String {
    match error {
        CurationError::Io { path, source } => {
            let (why, hint) = (io_error(Lang::Zh, source), io_hint(Lang::Zh, source));
            format!("{}：{why}{hint}", path.display())
        }
        CurationError::Format { path, found } => format!(
            "{}：格式版本为 {found}，与本程序不符；请使用建立此文件夹的 dibao 版本",
            path.display()
        ),
        CurationError::LongName { name } => {
            format!("“{name}”：连同 .toml 超过 {MAX_NAME_BYTES} 字节，请改用短些的名称")
        }
        CurationError::Name { name } => format!("“{name}”：不能作为语料文件夹中文件的名称"),
    }
}

/// Why a decision is not written down.
fn correct_error(error: &CorrectError) -> String {
    match error {
        CorrectError::Value(reason) => unplaced_reason(Lang::Zh, reason),
        CorrectError::NoArticle(id) => {
            format!("没有编号为 {id} 的文章；`dibao search` 的结果中有编号")
        }
        CorrectError::NoFile(file) => {
            format!("{file}：库中没有这个文件；请写它在语料文件夹中的路径")
        }
        CorrectError::Changed(file) => {
            format!("{file}：入库后有改动；请先运行 `dibao ingest`，再作更正")
        }
        CorrectError::NoLines { file, lines } => {
            format!("{file}：第 {lines} 行没有文字")
        }
        CorrectError::Target { field, expected } => {
            let expected = match *expected {
                "another article of the same file" => "同一文件中的另一篇文章",
                "lines of a file" => "文件中的行",
                "an article with one before it in its file" => "同一文件中前面还有文章的一篇",
                _ => "一篇文章",
            };
            format!("{}：须指明{expected}", correction_field(Lang::Zh, field))
        }
        CorrectError::KeptApart(file) => {
            format!("{file}：文件自身已逐篇分开，不能改变起止")
        }
        CorrectError::Nobody => "没有署名；请用 --by 或 DIBAO_EDITOR 写明姓名".to_owned(),
        CorrectError::NoEntry(id) => {
            format!("没有编号为 {id} 的条目；`dibao curate list` 列出编号")
        }
        CorrectError::Conflict(entries) => format!(
            "{} 刚刚对同一处作了 {} 项更正；请查看后再决定",
            names(entries),
            number(entries.len() as u64)
        ),
        CorrectError::Source(error) => source_error(error),
        CorrectError::Search(error) => search_error(error),
        CorrectError::Curation(error) => curation_error(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_library_are_said_in_chinese_with_what_can_be_done() {
        let missing = IndexError::Missing { path: "index".into() };
        assert_eq!(error(Lang::Zh, &missing), "index：这里没有索引；请用 `dibao ingest` 建立");
        assert_eq!(error(Lang::En, &missing), missing.to_string());
        let wrapped = SearchError::from(IndexError::Busy { path: "index".into() });
        assert_eq!(error(Lang::Zh, &wrapped), "index：另一个 dibao 正在写入这个索引；请等它完成");
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let full = IndexError::Io { path: "index".into(), source: full };
        assert!(error(Lang::Zh, &full).contains("磁盘空间已满；已提交的内容都保留着"));
    }

    #[test]
    fn what_is_not_known_in_chinese_is_said_as_it_is() {
        let other = io::Error::other("the moon is full");
        assert_eq!(error(Lang::Zh, &other), "the moon is full");
    }
}
