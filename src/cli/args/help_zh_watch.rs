//! The help in Chinese of `dibao watch`.

use super::help_zh::{CommandHelp, OCR};

pub(super) const WATCH: &[CommandHelp] = &[CommandHelp {
    name: "watch",
    about: "监视语料文件夹，把改动入库，直到被停止",
    after: "\
文件静止一段时间后才读取。文件夹不在或为空时只等待，不会因此从索引中移除任何内容。
corpus.toml、splitter.tsv、更正和 --ocr 与 `dibao ingest` 一样生效；不加 --ocr，新的扫描件不做识别。
`dibao serve --watch` 在提供网页的同时做同样的事。
示例:
  dibao watch                                  每次改动一行
  dibao watch --poll 30s                       语料文件夹在服务器上
  dibao watch --ocr tesseract                  新的扫描件也做识别
  dibao watch --alerts --webhook http://127.0.0.1:9000/dibao
退出码: 0 由 Ctrl-C 或 SIGTERM 停止, 2 出错。",
    args: &[
        ("ocr", OCR),
        ("follow_links", "也跟随指向语料文件夹之外的链接；能检索者即可读到链接指向的文件"),
        ("alerts", "每次入库后列出各保存的检索新到的文章，同 `dibao new`"),
        ("webhook", "新到文章同时推送到这个地址"),
        ("allow_host", "除本机外，允许 --webhook 推送到的主机"),
        ("address", "文章库网页的地址，用于文章的链接"),
        ("format", "输出格式；jsonl 每行一个对象"),
    ],
}];
