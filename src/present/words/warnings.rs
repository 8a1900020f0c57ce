//! What a person should know about articles and files, in words.

use crate::model::{ArticleWarning, FailureReason, FieldForm, FileWarning, UnreadKind};
use crate::present::Lang;

/// Something that a person should know about an article.
#[must_use]
pub fn article_warning(lang: Lang, warning: &ArticleWarning) -> String {
    match lang {
        Lang::En => warning.to_string(),
        Lang::Zh => match warning {
            ArticleWarning::UnknownTopic { topic } => {
                format!("文件所注的主题“{topic}”不在主题表中")
            }
            ArticleWarning::ReadAs { printed, name } => format!("“{printed}”认作“{name}”"),
            ArticleWarning::UnclearPlace { printed } => {
                format!("“{printed}”指哪一处，未能断定")
            }
        },
    }
}

/// Something that a person should know about a file, a folder or a link.
#[must_use]
pub fn file_warning(lang: Lang, warning: &FileWarning) -> String {
    match lang {
        Lang::En => warning.to_string(),
        Lang::Zh => in_chinese(warning),
    }
}

#[expect(clippy::too_many_lines, reason = "one arm for each warning")]
fn in_chinese(warning: &FileWarning) -> String {
    match warning {
        FileWarning::NameNotUtf8 => {
            "文件名不是 UTF-8，已按此处所示的名称入库；要用别的名称，请给文件改名".to_owned()
        }
        FileWarning::LinkLoop { ancestor } => {
            format!("链接绕回上级目录 {ancestor}，未予跟随；请移除")
        }
        FileWarning::LinkOutside { target, followed: false } => format!(
            "链接指向语料文件夹之外（{target}），未予跟随；如需跟随，请用 `dibao ingest --follow-links`"
        ),
        FileWarning::LinkOutside { target, followed: true } => {
            format!("链接指向语料文件夹之外（{target}），已按要求跟随")
        }
        FileWarning::BrokenLink => "链接指向的位置不存在；请修复或移除".to_owned(),
        FileWarning::FolderUnreadable { reason } => {
            let reason = failure_reason(Lang::Zh, reason);
            format!("无法读取（{reason}），其下的文件没有入库；请检查权限")
        }
        FileWarning::SameName { name, renamed } => format!(
            "另有文件也叫 {name}，此文件改用 {renamed}；请把两者放在同一目录下，再指定该目录"
        ),
        FileWarning::NameTaken { name, other } => format!(
            "没有入库：库中已有另一个名为 {name} 的文件（{other}）；请给其中一个目录改名，\
             或把两者放在同一目录下，再指定该目录"
        ),
        FileWarning::Unreadable { reason } => {
            format!("文件没能读完（{}）；{}", failure_reason(Lang::Zh, reason), to_read(reason))
        }
        FileWarning::LeadsElsewhere => {
            "没有读取：读取时该路径指向的已不是先前找到的文件；请检查链接后重试".to_owned()
        }
        FileWarning::NotText => {
            "不是文本；编码应为 utf-8、utf-16、gb18030 或 big5；请转成文本，或在 corpus.toml \
             中写明编码"
                .to_owned()
        }
        FileWarning::NotItsForm { ending } => format!(
            "内容与文件名（{ending}）不符，也不是其他能识别的格式；文件可能已损坏、已加密，或出自其他软件；请用原软件打开后另存，或重新获取"
        ),
        FileWarning::TextNotArchive => {
            "名为压缩包，内容却是文本或网页；请重新获取压缩包；确为文本或网页的，请改名为 .txt 或 .html".to_owned()
        }
        FileWarning::NoFile => {
            "是管道、套接字或设备，没有读取；请换成文件，或移除".to_owned()
        }
        FileWarning::PdfEncrypted => "是有密码保护的 PDF；请另存为不加密的文件后再入库".to_owned(),
        FileWarning::PdfDamaged => {
            "无法作为 PDF 打开，文件已损坏或不完整；请重新获取，或将其打印为新的 PDF".to_owned()
        }
        FileWarning::TooLarge { megabytes } => {
            format!("超过版面文件的上限 {megabytes} MB；请拆分为多个文件")
        }
        FileWarning::UnpacksTooFar { megabytes } => format!(
            "其中的数据解压后超过 {megabytes} MB，为避免耗尽内存，没有读取；文件若属正常，请打印为新的 PDF 后再入库"
        ),
        FileWarning::PagesWithoutText { count, first } => format!(
            "有 {count} 页为图像或曲线，没有文字或仅有零星文字，首见于第 {first} 页；入库时加 `--ocr tesseract` 即可识别，也可将 ALTO、PAGE 或 hOCR 文件放在旁边"
        ),
        FileWarning::SparseTextLayer { count, first } => format!(
            "有 {count} 页为图像，所附文字层没有覆盖版面上的全部文字，可能有缺漏，首见于第 {first} 页；请与版面核对，如有缺漏，可在 corpus.toml 中为该文件设 `text_layer = false` 和 `ocr = \"tesseract\"`"
        ),
        FileWarning::PicturesWithoutText { count } => format!(
            "内有 {count} 幅图像，没有文字或仅有零星文字；此类文档中的图像不做识别，请另存或打印为 PDF 后以 `--ocr tesseract` 入库"
        ),
        FileWarning::PagesNotRecognised { count, first, reason } => format!(
            "有 {count} 页未能识别，首见于第 {first} 页：{}；{}；换用另一种 --ocr 或 --rebuild 时会重试",
            failure_reason(Lang::Zh, reason),
            to_recognise(reason)
        ),
        FileWarning::LinesNotRecognised { count, first } => format!(
            "有 {count} 行未能识别，首见于第 {first} 页，其余各行已读入；请与图像核对，或换用另一种 --ocr"
        ),
        FileWarning::DoubtfulPage { page, confidence } => {
            format!("第 {page} 页的识别置信度仅 {confidence}%；请与图像核对，必要时重新扫描或更正")
        }
        FileWarning::FaintLines { count, first } => format!(
            "有 {count} 行识别置信度极低，视为图片中的痕迹，未归入文章，首见于第 {first} 页；请与原图核对"
        ),
        FileWarning::PagesLeftOut { count } => {
            format!("按 corpus.toml 的 pages，有 {count} 页未读取")
        }
        FileWarning::NoPageRead { count } => format!(
            "没有读取任何一页：文件共 {count} 页，不在 corpus.toml 的 pages 所列范围内；请更正 pages，或用 skip 排除此文件"
        ),
        FileWarning::PagesUnread { count, first } => format!(
            "有 {count} 页无法读取或未读完，首见于第 {first} 页；请与原文件核对，或将其打印为新的 PDF"
        ),
        FileWarning::UnknownCharacters { count, page } => format!(
            "有 {count} 个字形缺少字符编码信息，首见于第 {page} 页，以 \u{fffd} 显示；可用 `--ocr tesseract` 入库以识别这些行，或索取原文"
        ),
        FileWarning::ReadAsGbk { count, first } => format!(
            "字体声明为西文编码，内容实为 GBK，已按 GBK 读取：共 {count} 页，首见于第 {first} 页；请与原文件核对"
        ),
        FileWarning::XmlWithoutPages { root } => format!(
            "根元素为 {root} 的 XML 文件，不是版面文件（ALTO、PAGE 或 hOCR）；请转换为文本，或移出语料文件夹"
        ),
        FileWarning::XmlBroken { reason: FailureReason::Malformed } => {
            "XML 格式有误，出错之前的内容已读入；请重新获取或生成该文件".to_owned()
        }
        FileWarning::XmlBroken { reason } => {
            let reason = failure_reason(Lang::Zh, reason);
            format!("XML 格式有误（{reason}），出错之前的内容已读入；请重新获取或生成该文件")
        }
        FileWarning::NamedFilesMissing { count, names } => format!(
            "所列的版面文件有 {count} 个无法读取（{}）；请按所列路径放在其文件夹下，并将本文件命名为 …mets.xml",
            some_of(*count, names)
        ),
        FileWarning::NamedFilesOutside { count, names } => format!(
            "所列的版面文件有 {count} 个位于其文件夹之外，不予读取（{}）；请放到其文件夹下，并相应修改路径",
            some_of(*count, names)
        ),
        FileWarning::NamedBlocksMissing { count, first } => format!(
            "所列的版面区块有 {count} 个不在版面文件中，第一个是 {first}；相关文章缺少这些部分；请获取版本一致的文件"
        ),
        FileWarning::RichText => "是 RTF 格式，不是纯文本；请安装 LibreOffice（soffice）以便读取，或另存为文本、网页后再入库".to_owned(),
        FileWarning::OldOffice => {
            "是旧版 Office 格式（2007 年以前的 .doc 等）；请安装 LibreOffice（soffice）以便读取，或另存为 .docx 后再入库".to_owned()
        }
        FileWarning::NotConverted { reason } => {
            let (said, advice) = (failure_reason(Lang::Zh, reason), to_convert(reason));
            format!("办公软件（soffice）无法读取（{said}）；{advice}")
        }
        FileWarning::Encrypted => "有密码保护；请取消密码，另存后再入库".to_owned(),
        FileWarning::OtherPackage => {
            "是 ZIP 文件，但不是 Word 文档、OpenDocument 文本、EPUB 电子书或 OFD 文件；压缩包请解压后再入库，\
             表格和幻灯片请另存为文本"
                .to_owned()
        }
        FileWarning::NotRead { kind } => match kind {
            UnreadKind::Archive => {
                "压缩包的格式不支持（支持 .zip、.tar、.tar.gz），没有读取；请解压后再入库"
            }
            UnreadKind::NestedArchive => {
                "是压缩包中的压缩包，因嵌套过深、已损坏、有密码、过大或其实是文档，没有读取；请解压外层压缩包，使它成为单独的文件"
            }
            UnreadKind::Sheet => "是电子表格，没有读取；请将其中的文字另存为 .txt 或 .docx",
            UnreadKind::Slides => "是演示文稿，没有读取；请另存为 PDF 或 .txt",
            UnreadKind::Picture => {
                "图像的格式不支持，没有读取；请另存为 PNG、JPEG 或 TIFF，多页的存为 PDF，再以 `--ocr tesseract` 入库"
            }
            UnreadKind::Caj => "是 CAJ 文件，没有读取；请用 CAJViewer 另存或打印为 PDF 后再入库",
            UnreadKind::Apabi => {
                "是方正 Apabi 文件（CEB），没有读取；请用 Apabi Reader 打印为 PDF 后再入库"
            }
            UnreadKind::Superstar => {
                "是超星文件（PDG），没有读取；请用超星阅览器打印为 PDF，再以 `--ocr tesseract` 入库"
            }
            UnreadKind::Xps => "是 XPS 文档，没有读取；请用 XPS 查看器打印为 PDF 后再入库",
            UnreadKind::Book => {
                "电子书的格式不支持（支持 .epub），没有读取；请用 Calibre 等转换为 EPUB 后再入库"
            }
            UnreadKind::Database => {
                "是数据库文件，没有读取；请将其中的文章导出为 .jsonl（每行一篇），或将文字导出为 .txt"
            }
            UnreadKind::Mail => {
                "是电子邮件，没有读取；请将正文另存为 .txt 或 .html，附件另存为单独的文件"
            }
            UnreadKind::Typeset => {
                "是排版或打印用的文件，没有读取；请用原排版软件（.ps、.eps 可用 Ghostscript）输出为 PDF 后再入库"
            }
            UnreadKind::Media => "是音频或视频，不是文本；请移出语料文件夹，或改放其文字稿",
            UnreadKind::Program => "是程序，不是文本；请移出语料文件夹",
        }
        .to_owned(),
        FileWarning::PageOfFrames => "是以框架显示其他网页的网页，本身没有文字；请将框架中的各页入库，或在浏览器中另存为单个文件（.mhtml），其中含有各页"
            .to_owned(),
        FileWarning::PageMadeByScript => {
            "网页中没有文字：文字由脚本在显示时生成；请在浏览器中打开，另存为单个文件（.mhtml）或完整网页"
                .to_owned()
        }
        FileWarning::ServerProgram => {
            "是网站服务器的程序，不是它生成的网页；请在浏览器中打开该页，再行保存".to_owned()
        }
        FileWarning::NoSavedPage => {
            "保存的网页中没有网页本身（应有 text/html 部分）；请重新保存".to_owned()
        }
        FileWarning::DamagedDocument { reason } => {
            let reason = failure_reason(Lang::Zh, reason);
            format!(
                "文档已损坏（{reason}），已读入能读的部分；请用能修复的软件打开，另存后再入库"
            )
        }
        FileWarning::DocumentTooLarge { megabytes } => format!(
            "文档过大：每个文档最多解压 {megabytes} MB（小文件更少），其余未读入；请拆分文档"
        ),
        FileWarning::ArchiveTooLarge { megabytes } => format!(
            "压缩包解压后超过 {megabytes} MB，超出这一大小的压缩包的解压上限，没有读取；确属正常的，请先解压"
        ),
        FileWarning::NamesRepeated => {
            "压缩包中有多个文件同名，只读取了其中最后一个；请改名后重新打包".to_owned()
        }
        FileWarning::CrawlInOnePiece { megabytes } => format!(
            "网页存档（WARC）整体压缩而非逐条压缩，只读取了前 {megabytes} MB；请解压为 .warc 后再入库"
        ),
        FileWarning::TerminalCodes { count } => {
            format!("含 {count} 处终端控制序列（颜色等），已略去；请另存为不含控制序列的文本")
        }
        FileWarning::NestedTooDeep { levels } => {
            format!("网页元素嵌套超过 {levels} 层，更深的按行读入；文字没有遗漏")
        }
        FileWarning::NotJsonText => {
            "不是文本；应为 utf-8 编码，每行一个 JSON 对象，不含零字节；请转换或改名".to_owned()
        }
        FileWarning::ZeroBytes { count } => format!("含 {count} 个零字节，均读作空格"),
        FileWarning::BadBytes { count, encoding, line } => format!(
            "有 {count} 处字节不合 {encoding} 编码，第一处在第 {line} 行，均以 \u{fffd} \
             表示；请改正，或在 corpus.toml 中写明编码"
        ),
        FileWarning::InParts { megabytes, lines } => format!(
            "文件大于 {megabytes} MB 或多于 {lines} 行，因此分段读入，\
             跨段的文章在分段处断开；请拆分文件"
        ),
        FileWarning::ChangedWhileRead => "读取时文件有改动；请等文件写完再入库".to_owned(),
        FileWarning::Empty => "没有文字；请重新获取，或移走文件".to_owned(),
        FileWarning::NoJsonArticle => "没有文章；应为每行一个 JSON 对象；请转换或改名".to_owned(),
        FileWarning::LineTooLong { line, megabytes } => {
            format!("第 {line} 行：长于 {megabytes} MB，已跳过；应为每行一篇文章")
        }
        FileWarning::LineBadBytes { line, count, encoding } => {
            format!("第 {line} 行：有 {count} 处字节不合 {encoding} 编码，均以 \u{fffd} 表示")
        }
        FileWarning::LineNotJson { line, column } => format!(
            "第 {line} 行：不是 JSON 对象，错误见于第 {column} 个字符；文章应写成 \
             {{\"title\": …, \"body\": …}}；请改正此行"
        ),
        FileWarning::LineWithoutText { line } => {
            format!("第 {line} 行：文章没有标题也没有正文；`body` 应为字符串；请改正此行")
        }
        FileWarning::FieldLeftOut { line, field, expected } => {
            let expected = field_form(*expected);
            format!("第 {line} 行：字段 `{field}` 已略去；应为{expected}")
        }
        FileWarning::More { count } => format!("同类警告还有 {count} 条"),
        FileWarning::ProgramFailed { reason } => {
            format!("程序处理此文件时出错（{reason}），已略去；请连同文件一并报告")
        }
        FileWarning::ProgramFailedReading { reason } => {
            format!("程序读取此文件时出错（{reason}）；请连同文件一并报告")
        }
        FileWarning::EarlierKept { articles } => format!("保留上次读入的 {articles} 篇文章"),
        FileWarning::NoArticleFound => {
            "没有从中切出文章；可用 `dibao split --explain` 查看".to_owned()
        }
        FileWarning::GlobWithoutFile { glob } => format!(
            "glob = \"{glob}\" 的设置没有匹配到任何文件；请更正（路径相对于语料文件夹，* 不跨文件夹，** 可跨），或删去"
        ),
        FileWarning::UnknownRegion { region, near } => {
            let near = if near.is_empty() {
                String::new()
            } else {
                format!("（相近的有：{}）", near.join("、"))
            };
            format!(
                "没有名为“{region}”的地区，或同名的不止一处{near}；这一条的 region 不生效；请写全名，有重名的在前面加上城市名，或写行政区划代码"
            )
        }
        FileWarning::NoCorrection { reason } => {
            format!("这一条没有采用：{reason}；请改正，其余各条照常采用")
        }
        FileWarning::IndexFileRenewed => {
            "索引中的这个文件损坏或缺失，已重新生成，内容没有丢失；请检查磁盘".to_owned()
        }
        FileWarning::UserWordTooShort { line, word } => {
            format!("第 {line} 行：“{word}”只有一个字；词至少要有两个字")
        }
        FileWarning::UserWordMark { line, word, mark } => {
            format!("第 {line} 行：“{word}”中有“{mark}”；词只能由文字和数字组成")
        }
        FileWarning::UserWordFrequency { line, given } => {
            format!("第 {line} 行：“{given}”不是词频；请写整数，或不写")
        }
    }
}

/// Why something failed. What others say in their own words is quoted.
#[must_use]
pub fn failure_reason(lang: Lang, reason: &FailureReason) -> String {
    if lang == Lang::En {
        return reason.to_string();
    }
    match reason {
        FailureReason::NoRoom => "磁盘空间不足".to_owned(),
        FailureReason::NotPermitted => "没有权限".to_owned(),
        FailureReason::NotThere => "文件不存在".to_owned(),
        FailureReason::BreaksOff => "内容中断，不完整".to_owned(),
        FailureReason::Malformed => "不符合其格式的规定".to_owned(),
        FailureReason::OtherCompression => "压缩方式不支持".to_owned(),
        FailureReason::ReadError => "磁盘或网络读取出错".to_owned(),
        FailureReason::Lacks { part } => format!("缺少 {part}"),
        FailureReason::TooManyParts { most } => format!("内含超过 {most} 个部分"),
        FailureReason::TooDeep => "元素嵌套过深".to_owned(),
        FailureReason::TooManyBytes { megabytes } => format!("大于 {megabytes} MB"),
        FailureReason::TooManyDots => "图像尺寸过大".to_owned(),
        FailureReason::NotDrawn => "图像无法解码或绘制".to_owned(),
        FailureReason::TookTooLong { seconds } => format!("耗时超过 {seconds} 秒"),
        FailureReason::NoResult => "没有得到可用的结果".to_owned(),
        FailureReason::NotKept => "先前的转换结果已不在".to_owned(),
        FailureReason::Said { text } => format!("程序报告“{text}”"),
    }
}

/// What helps where a file could not be read for this reason.
fn to_read(reason: &FailureReason) -> &'static str {
    match reason {
        FailureReason::NoRoom => "请腾出磁盘空间",
        FailureReason::NotPermitted => "请检查权限",
        FailureReason::ReadError => "请检查磁盘或网络后重试",
        FailureReason::OtherCompression => "请解压后以通常的方式（deflate）重新打包",
        FailureReason::TooManyParts { .. }
        | FailureReason::TooDeep
        | FailureReason::TooManyBytes { .. } => "请拆分或解压后再入库",
        FailureReason::NotThere
        | FailureReason::BreaksOff
        | FailureReason::Malformed
        | FailureReason::Lacks { .. } => "文件已损坏或不完整，请重新获取",
        _ => "请检查权限，或文件是否损坏",
    }
}

/// The same where the office program could not.
fn to_convert(reason: &FailureReason) -> &'static str {
    match reason {
        FailureReason::NoRoom => "请腾出磁盘空间后重新入库",
        FailureReason::NotPermitted | FailureReason::NotThere => {
            "请确认临时文件夹可以写入，然后重新入库"
        }
        FailureReason::NotKept => "请运行 `dibao ingest --rebuild` 重新转换",
        _ => "请打开后另存为 .docx，再入库",
    }
}

/// The same of pages that could not be recognised.
fn to_recognise(reason: &FailureReason) -> &'static str {
    match reason {
        FailureReason::NoRoom => "请腾出磁盘空间",
        FailureReason::NotPermitted | FailureReason::NotThere => "请确认临时文件夹可以写入",
        FailureReason::TooManyDots => "请降低图像的分辨率",
        FailureReason::NotDrawn | FailureReason::BreaksOff | FailureReason::Malformed => {
            "请重新扫描或另存"
        }
        _ => "请用其他程序识别，将所得的 ALTO、PAGE 或 hOCR 文件放在旁边",
    }
}

/// Some names of so many.
fn some_of(count: u64, names: &[String]) -> String {
    let more = if count > names.len() as u64 { "等" } else { "" };
    format!("{}{more}", names.join("、"))
}

fn field_form(form: FieldForm) -> &'static str {
    match form {
        FieldForm::Issue => "含 `number` 与 `date` 的对象",
        FieldForm::Recorded => "记录中那样的对象",
        FieldForm::Text => "字符串",
        FieldForm::Kind => " news、document、profile、photo 或 notice",
        FieldForm::Day => " 2023-02-10 这样的日期",
        FieldForm::List => "列表",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_in_the_language_of_the_sentence_and_advice_fits_them() {
        let pages = |reason| FileWarning::PagesNotRecognised { count: 2, first: 1, reason };
        let told = |lang, reason| file_warning(lang, &pages(reason));
        let slow = || FailureReason::TookTooLong { seconds: 300 };
        let full = told(Lang::Zh, FailureReason::NoRoom);
        assert!(full.contains("磁盘空间不足；请腾出磁盘空间") && !full.contains("扫描"), "{full}");
        let slow_zh = told(Lang::Zh, slow());
        assert!(slow_zh.contains("耗时超过 300 秒") && !slow_zh.contains("扫描"), "{slow_zh}");
        let slow_en = told(Lang::En, slow());
        assert!(
            slow_en.contains("longer than 300 seconds") && !slow_en.contains("scan"),
            "{slow_en}"
        );
        assert!(told(Lang::En, FailureReason::NotDrawn).contains("scan or save the picture anew"));
        let said = told(Lang::Zh, FailureReason::said("bad magic"));
        assert!(said.contains("程序报告“bad magic”"), "{said}");
    }

    #[test]
    fn what_a_file_says_stands_in_the_warning_as_it_is() {
        let (line, field) = (3, "date".to_owned());
        let warning = FileWarning::FieldLeftOut { line, field, expected: FieldForm::Day };
        assert_eq!(
            file_warning(Lang::Zh, &warning),
            "第 3 行：字段 `date` 已略去；应为 2023-02-10 这样的日期"
        );
        assert_eq!(
            file_warning(Lang::En, &warning),
            "line 3: the field `date` was left out; expected a day like 2023-02-10"
        );
        let (printed, name) = ("姚集镇".to_owned(), "{姚家镇}".to_owned());
        let warning = ArticleWarning::ReadAs { printed, name };
        assert_eq!(article_warning(Lang::Zh, &warning), "“姚集镇”认作“{姚家镇}”");
        assert_eq!(article_warning(Lang::En, &warning), "姚集镇 was read as {姚家镇}");
    }
}
