//! The help in Chinese of the commands for corrections.

use super::help_zh::CommandHelp;

const WHY: (&str, &str) = ("why", "理由");
const LATER: (&str, &str) = ("later", "留待下次 `dibao ingest` 时生效");

pub(super) const CURATING: &[CommandHelp] = &[
    CommandHelp {
        name: "correct",
        about: "更正程序对文章的判断，或文章的起止",
        after: "\
每个选项是一项更正，记入 --curation 的文件夹，重新入库也不丢失；不加 --later 则立即生效。源文件不作
改动。值为空表示没有。`dibao curate undo` 撤销一项更正。
示例:
  dibao correct k7q2 --date 2023-02-09 --why 落款
  dibao correct k7q2 --district 登封市 --district mentioned:新密市 --topic 能源
  dibao correct k7q2 --text 己经=已经 --text 末来=未来
  dibao correct k7q2 --figure k7q2m9x4t1vd-120-135 --value 73.5 --unit 亿元
  dibao correct --split-at zzrb/2023/A02.txt:41
  dibao correct --join k7q2 9x4t
  dibao correct --lines zzrb/2023/A02.txt:60-64 --as banner
退出码: 0 已记下, 1 没有这篇文章, 2 出错。",
        args: &[
            ("id", "文章的编号，或可唯一确定它的前几位"),
            ("kicker", "引题"),
            ("title", "标题"),
            ("subtitle", "副题"),
            ("section", "栏目"),
            ("outlet", "来源"),
            ("docno", "文号"),
            ("issuer", "发文机关"),
            ("publication", "报刊"),
            ("page", "版次"),
            ("issue_number", "期号"),
            ("issue_date", "出版日期：2023-02-09、2023-02 或 2023-02-01..2023-02-09"),
            ("date", "文章的日期，写法同上"),
            (
                "kind",
                "类型：news（新闻）、document（公文）、profile（人物）、photo（图片）或 notice（公告）",
            ),
            ("genre", "文种：通知、社论等"),
            ("reporter", "记者；可重复"),
            ("correspondent", "通讯员；可重复"),
            ("photographer", "摄影；可重复"),
            (
                "district",
                "地区，主要的在前：名称或代码；不是所写地区的，前面写明关系和冒号（mentioned:登封市）",
            ),
            ("place", "乡镇、街道、村；可重复"),
            ("topic", "主题，主要的在前"),
            ("reprint_of", "转载自这篇文章"),
            ("not_reprint", "不是转载"),
            ("text", "误认的字和应有的字；两边相同的字用来确定位置"),
            (
                "confirm",
                "`dibao check` 所疑之处无误：weak_cut、undated、unplaced、ambiguous_place、\
                 doubtful_figure 或 article_warning",
            ),
            ("figure", "以下各项所说的指标，写 `dibao indicators` 中的编号"),
            ("not_figure", "不是指标"),
            ("name", "指标的名称"),
            ("value", "指标的数值，以其单位计"),
            ("unit", "指标的单位"),
            ("period", "指标的时期"),
            ("territory", "指标的地区"),
            ("split_at", "由这一行起另为一篇"),
            ("join", "后一篇并入前一篇"),
            ("lines", "类别为 --as 的行"),
            (
                "role",
                "行的类别：banner、contents、stray、title、body 等，见 `dibao split --explain`",
            ),
            ("pieces", "一篇文章的各段，依阅读次序"),
            ("checked", "该文件分篇无误：各篇保留现有的行，并由 `dibao curate export` 导出"),
            WHY,
            LATER,
        ],
    },
    CommandHelp {
        name: "curate", about: "查看、核对和撤销人工更正", after: "", args: &[]
    },
    CommandHelp {
        name: "curate check",
        about: "列出不能生效、等待入库或无法读取的更正",
        after: "\
不再适用的更正不会丢弃：它留在文件中，在此列出其内容。
退出码: 0 有要查看的, 1 没有, 2 出错。",
        args: &[],
    },
    CommandHelp {
        name: "curate list",
        about: "列出全部更正，或一篇文章、一个文件的更正",
        after: "退出码: 0 已列出, 1 没有, 2 出错。",
        args: &[("about", "文章的编号，或文件在语料文件夹中的路径")],
    },
    CommandHelp {
        name: "curate export",
        about: "将校订完的文件导出为标注，供 `dibao fit` 训练分篇",
        after: "\
文件的每一篇都由人定下所占的行，才算校订完，见 `dibao correct --checked 文件`；只改了一半的版面会把另一半
的错误教给分篇。语料中第一级文件夹各写一个文件。
示例:
  dibao curate export --gold gold
  dibao fit gold/zzrb.gold.jsonl -o corpus/zzrb/splitter.tsv
退出码: 0 已写入, 1 没有校订完的文件, 2 出错。",
        args: &[("gold", "文件夹，写入 文件夹名.gold.jsonl")],
    },
    CommandHelp {
        name: "curate undo",
        about: "撤销一项更正；撤销也可再撤销",
        after: "",
        args: &[("entry", "条目的编号，或可唯一确定它的前几位"), WHY, LATER],
    },
];
