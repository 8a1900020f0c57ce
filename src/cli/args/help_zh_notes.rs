//! The help in Chinese of the commands for tags, notes and collections.

use super::help_zh::CommandHelp;

const COLLECTION_NAME: &str = "收藏的名称";

pub(super) const NOTES: &[CommandHelp] = &[
    CommandHelp {
        name: "note",
        about: "给文章写笔记，或列出笔记",
        after: "\
不写编号时列出全部笔记和标签，写编号时列出该文章的。笔记、标签和收藏保存在 --curation 的文件夹中，
重新入库也不丢失；所说的文章已找不到时，列在其他笔记之后。
示例:
  dibao note k7q2 核对：里程与年鉴不合 --passage 全长12公里
  dibao note k7q2
  dibao note k7q2 --remove 5t0kq2m9x4vd
退出码: 0 已完成或有内容, 1 没有内容, 2 出错。",
        args: &[
            ("id", "文章的编号，或可唯一确定它的前几位"),
            ("text", "笔记的内容"),
            ("passage", "笔记所说的原文"),
            ("remove", "撤回这个编号的笔记"),
            ("format", "列表的输出格式"),
        ],
    },
    CommandHelp {
        name: "tag",
        about: "给文章加标签，或列出标签",
        after: "\
不带参数时列出全部标签及其文章数。
示例:
  dibao tag 县志·交通 k7q2 9x4t
  dibao search 通车 --format jsonl --limit 50 | jq -r .id | dibao tag 县志·交通 -
  dibao tag 县志·交通 k7q2 --remove
  dibao search 标签:县志·交通
退出码: 0 已完成或有内容, 1 没有内容, 2 出错。",
        args: &[
            ("tag", "标签"),
            ("ids", "文章的编号，或可唯一确定它的前几位；- 表示从标准输入逐行读取"),
            ("remove", "去掉这些文章的这个标签"),
            ("format", "列表的输出格式"),
        ],
    },
    CommandHelp {
        name: "collection",
        about: "按自己的顺序收藏文章，并逐篇写备注",
        after: "\
示例:
  dibao collection new 交通志·第三章 --about 1949年以后的公路
  dibao collection add 交通志·第三章 k7q2 --remark 通车的首次报道
  dibao collection move 交通志·第三章 9x4t --after k7q2
  dibao collection export 交通志·第三章 -o 第三章.docx
  dibao search 收藏:交通志·第三章
退出码: 0 已完成或有内容, 1 没有内容, 2 出错。",
        args: &[],
    },
    CommandHelp { name: "collection list", about: "列出全部收藏", after: "", args: &[] },
    CommandHelp {
        name: "collection new",
        about: "建立收藏，或改写它的说明",
        after: "",
        args: &[("name", COLLECTION_NAME), ("about", "收藏的说明")],
    },
    CommandHelp {
        name: "collection add",
        about: "加入文章，或改写文章的备注",
        after: "",
        args: &[
            ("name", COLLECTION_NAME),
            ("ids", "文章的编号，或可唯一确定它的前几位；- 表示从标准输入逐行读取"),
            ("remark", "对这些文章的备注"),
        ],
    },
    CommandHelp {
        name: "collection move",
        about: "移动文章的位置；不写位置则移到最后",
        after: "",
        args: &[("name", COLLECTION_NAME), ("id", "文章的编号，或可唯一确定它的前几位")],
    },
    CommandHelp {
        name: "collection remove",
        about: "移出文章",
        after: "",
        args: &[("name", COLLECTION_NAME), ("ids", "文章的编号，或可唯一确定它的前几位")],
    },
    CommandHelp {
        name: "collection show",
        about: "按顺序显示收藏",
        after: "",
        args: &[("name", COLLECTION_NAME)],
    },
    CommandHelp {
        name: "collection export",
        about: "把收藏写入文件，保持其顺序和备注",
        after: "",
        args: &[
            ("name", COLLECTION_NAME),
            ("format", "输出格式 [默认: 由文件的扩展名决定，否则为 jsonl]"),
            ("style", "md、cite 和阅读卡片的引文样式：名称，或 CSL 文件"),
            ("address", "文章库网页的地址，用于文章的链接；xlsx、docx、html、epub"),
            ("output", "写入这个文件，写完才出现"),
            ("no_manifest", "不在文件旁写导出清单 FILE.manifest.json"),
        ],
    },
];
