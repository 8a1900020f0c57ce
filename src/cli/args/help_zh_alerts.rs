//! The help in Chinese of saved searches and batches.

use super::help_zh::CommandHelp;

pub(super) const ALERTS: &[CommandHelp] = &[
    CommandHelp {
        name: "saved",
        about: "为检索命名并保存，供 `dibao new`、订阅和网页使用",
        after: "\
检索保存在 --curation 文件夹的 searches.toml 中，写法与检索页的网址相同。保存时库中已有的文章不算新到。
示例:
  dibao saved add 登封氢能 氢能 --district 登封市
  dibao saved list
  dibao saved remove 登封氢能
  dibao new",
        args: &[],
    },
    CommandHelp {
        name: "saved add",
        about: "保存一个检索",
        after: "",
        args: &[("name", "检索的名称")],
    },
    CommandHelp {
        name: "saved list",
        about: "列出保存的检索及其篇数",
        after: "",
        args: &[],
    },
    CommandHelp {
        name: "saved remove",
        about: "移除一个保存的检索；原条目留在文件中，其后加一条注明移除",
        after: "",
        args: &[("name", "检索的名称")],
    },
    CommandHelp {
        name: "new",
        about: "列出各保存的检索新到的文章",
        after: "\
已打印或已被 webhook 接收的文章会记住，不再重复列出；若在此之前中断，则下次再列。重新分篇或更正过的
文章不算新到，重建的索引也没有新到。
webhook 以 POST 方式收到 JSON（格式见 README.zh-CN.md）：只推送到本机，其他主机须用 --allow-host
写明。不跟随重定向；一条消息至多试三次。
示例:
  dibao new                                 所有保存的检索
  dibao new 登封氢能 --format jsonl
  dibao new --since 2024-05-01              文件在此后有改动的文章；不作记录
  dibao ingest && dibao new --webhook http://127.0.0.1:9000/dibao
退出码: 0 有新到, 1 没有新到, 2 出错。",
        args: &[
            ("names", "保存的检索 [默认: 全部]"),
            ("since", "`last`：此前没有列出的；或日期、时间：文件在此时或此后有改动的文章"),
            ("webhook", "新到文章同时推送到这个地址"),
            ("allow_host", "除本机外，允许 --webhook 推送到的主机"),
            ("address", "文章库网页的地址，用于文章的链接"),
            ("format", "输出格式；json 为一个对象，jsonl 每行一篇"),
        ],
    },
    CommandHelp {
        name: "batch",
        about: "一次检索许多检索式或名称，得到一张表",
        after: "\
文件每行一个检索式；加 --names 时每行一个名称。以 # 开头的行是注释。表中每行有篇数、报道数、最早和最晚的
日期，以及最相关的几篇。筛选条件用于所有各行。csv 写入文件时带字节顺序标记，写到标准输出时不带；形似公式
（以 = + - @ 开头）的单元格前加撇号。
示例:
  dibao batch queries.txt
  dibao batch names.txt --names --district 登封市 -o names.xlsx
  dibao batch - --names --format csv < names.txt
退出码: 0 有结果, 1 都没有结果, 2 出错（包括某一行出错）。",
        args: &[
            ("file", "检索式或名称的文件，- 为标准输入"),
            ("names", "每行是一个名称，按原样查找"),
            ("format", "输出格式 [默认: 依文件扩展名，否则为 text]"),
            ("output", "写入这个文件；写完之后才会出现"),
        ],
    },
];
