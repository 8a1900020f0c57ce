//! Errors of the splitter's table and of annotated pages, in Chinese.

use crate::gold::{GoldError, KINDS, RowProblem};
use crate::ingest::{SplitterError, WeightsProblem};
use crate::present::{Lang, errors};

pub(super) fn splitter_error(error: &SplitterError) -> String {
    match error {
        SplitterError::Unreadable { path, error } => {
            let why = errors::io_error(Lang::Zh, error);
            format!("{}：无法读取（{why}）；请改为可读，或移走它", path.display())
        }
        SplitterError::Invalid { path, error } => {
            let problem = weights_problem(&error.problem);
            let advice = "请用 `dibao fit` 重新生成权重表，或移走它";
            format!("{}，第 {} 行：{problem}；{advice}", path.display(), error.line)
        }
    }
}

fn weights_problem(problem: &WeightsProblem) -> String {
    match problem {
        WeightsProblem::NoTable { expected } => {
            format!("应为“{expected}”；这不是分篇用的权重表")
        }
        WeightsProblem::OtherFeatures { expected } => {
            format!("应为“{expected}”；权重表属于另一版本的 dibao")
        }
        WeightsProblem::Columns => "应为 feature 和各类别的名称".to_owned(),
        WeightsProblem::Cells => "应为特征名，以及每列一个 -1000 到 1000 的数（可留空）".to_owned(),
        WeightsProblem::Row { name } => format!("此处应为“{name}”一行"),
        WeightsProblem::Feature { name } => format!("没有“{name}”这个特征，或者它出现了两次"),
        WeightsProblem::Transitions => "此处应为转移分数表 from，每个类别和 edge 各一行".to_owned(),
        WeightsProblem::Trees => "此处应为 trees 一行，其后到末尾都是 tree".to_owned(),
    }
}

pub(super) fn gold_error(error: &GoldError) -> String {
    match error {
        GoldError::Io { path, error } => {
            format!("{}：{}", path.display(), errors::io_error(Lang::Zh, error))
        }
        GoldError::NoRows { path } => format!(
            "{}：这里没有标注；请指定标注所在的 .jsonl 文件，或含有 gold.jsonl 或 NAME.gold.jsonl 的文件夹",
            path.display()
        ),
        GoldError::Row { path, line, problem } => {
            format!("{}，第 {line} 行：{}", path.display(), row_problem(problem))
        }
        GoldError::TooLong => "各页合计行数过多；请少指定一些".to_owned(),
    }
}

fn row_problem(problem: &RowProblem) -> String {
    match problem {
        RowProblem::Json { reason } => format!(
            "格式有误（{reason}）；应为含 source、kind、title、lines 的对象，与 split 的输出相同"
        ),
        RowProblem::NoSource => "没有用 source 或 file 指明文本".to_owned(),
        RowProblem::NoText { name, folder } => {
            format!("没有名为 {name} 的文本，标注文件旁边和 {} 中都没有", folder.display())
        }
        RowProblem::Ambiguous { name, one, other } => format!(
            "{name} 可能是 {}，也可能是 {}；请连同文件夹一起写明",
            one.display(),
            other.display()
        ),
        RowProblem::Unreadable { name } => format!("{name} 没有可以整篇读取的文本"),
        RowProblem::Kind { kind } => {
            format!("没有“{kind}”这一类型；应为 {} 之一", KINDS.join("、"))
        }
        RowProblem::Title { title } => {
            format!("这些行里没有印“{title}”；标题应为所印文字，没有则为 null")
        }
        RowProblem::NoLines => "没有写明行号".to_owned(),
        RowProblem::Range { first, last } => {
            format!("{first}-{last} 不是有效的行号范围，或不在前一范围之后")
        }
        RowProblem::Part { first, last } => {
            format!("parts 中的 {first}-{last} 行不全在该条目的行内")
        }
        RowProblem::Beyond { last, lines } => format!("文本只有 {lines} 行，没有第 {last} 行"),
        RowProblem::Overlap { shared, row } => format!("第 {shared} 行已属于第 {row} 行的条目"),
    }
}
