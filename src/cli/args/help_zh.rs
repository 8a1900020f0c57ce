//! The help in Chinese. The English one is in the doc comments of the arguments; a test of
//! `localize` fails for whatever is missing or left over here.

/// The help of a command.
pub(super) struct CommandHelp {
    pub name: &'static str,
    pub about: &'static str,
    /// Printed below the arguments; empty where the command has nothing there.
    pub after: &'static str,
    /// Its arguments by their ids, where they are not those of [`SHARED`].
    pub args: &'static [(&'static str, &'static str)],
}

pub(super) const OCR: &str = "识别图像和没有文字的 PDF 页面：tesseract，或 tesseract:语言，如 \
                   tesseract:chi_tra_vert+chi_tra，或含 PP-OCR 模型的文件夹或 wheel（须启用 ocr \
                   特性） [默认: 只按 corpus.toml]";

pub(super) const COMMANDS: &[CommandHelp] = &[
    CommandHelp {
        name: "dibao",
        about: "把一个个文件夹里的中文报纸和公报整理成可检索、有日期的文章库",
        after: "\
快速上手:
  dibao ingest                          把 corpus/ 中的文件读入索引 index/
  dibao search 氢能 --district 登封市
  dibao show 编号
退出码: 0 找到, 1 没有找到, 2 出错。",
        args: &[("version", "显示版本号")],
    },
    CommandHelp {
        name: "ingest",
        about: "把新增和改动的文件读入索引，未改动的跳过",
        after: "\
示例:
  dibao ingest                      语料文件夹中的全部文件
  dibao ingest corpus/zzrb/2023     一个文件夹；其中已删除的文件从索引中移除
  dibao ingest --rebuild            从头重建，用于升级之后或更换用户词典
  dibao ingest --ocr tesseract      图像和扫描的 PDF 也入库",
        args: &[
            ("paths", "要入库的文件和文件夹 [默认: 语料文件夹]"),
            ("rebuild", "从头重建索引"),
            ("allow_empty", "没有找到任何文件时清空索引；不加此项则拒绝"),
            ("another_corpus", "语料文件夹与建立索引时不同也继续；不加此项则拒绝"),
            ("follow_links", "也跟随指向语料文件夹之外的链接；能检索者即可读到链接指向的文件"),
            ("words", "用户词典：内置词典没有的词，每行一个"),
            ("ocr", OCR),
        ],
    },
    CommandHelp {
        name: "split",
        about: "查看文件如何分篇，不需要索引",
        after: "\
示例:
  dibao split page.txt
  dibao split page.txt --explain        每一行的类别、每篇文章的分篇依据
  dibao split *.txt --format jsonl      每行一条记录",
        args: &[
            ("files", "要分篇的文件"),
            ("explain", "列出每一行的类别，以及每篇文章从何处开始的依据和置信度"),
            ("splitter", "`dibao fit` 写出的权重表 [默认: 该报刊文件夹或语料文件夹中的 splitter.tsv，如有]"),
            ("ocr", OCR),
        ],
    },
    CommandHelp {
        name: "fit",
        about: "用你改正过的版面训练分篇器",
        after: "\
标注是一个文件，每行一条记录，格式与 `dibao split --format jsonl` 的输出相同；也可以是一个
文件夹，其中有 gold.jsonl 或 NAME.gold.jsonl。每条记录只用 source、kind、title 和 lines。
文本放在标注文件旁边，或在语料文件夹中。每份标注算作一种报刊。
输出准确切出的文章篇数：现在的，以及用隔页训练的权重表得到的。
示例:
  dibao split corpus/zzrb/*.txt --format jsonl > zzrb.jsonl    然后改正 zzrb.jsonl
  dibao fit zzrb.jsonl --out corpus/zzrb/splitter.tsv
  dibao ingest                                                 按新的权重表为 zzrb 分篇
退出码: 0 训练有帮助或无法衡量, 1 没有帮助, 2 出错。",
        args: &[
            ("gold", "改正过的版面"),
            ("out", "权重表写入的文件；入库和分篇会使用语料文件夹中的 splitter.tsv，第一级文件夹中的则只用于其中的文件"),
            ("splitter", "以这张权重表为起点，而不是程序自带的"),
        ],
    },
    CommandHelp {
        name: "search",
        about: "检索文章",
        after: "\
检索式: 以空格隔开的各部分须同时具备；\"…\" 按原文匹配；-… 表示排除；OR 表示任一；可用括号和字段
（标题: 地区: 主题: 日期: 等）；\"产业 园区\"~3 表示两词相隔不超过 3 个字。全部语法见 ARCHITECTURE.md。
示例:
  dibao search 氢能 登封
  dibao search '(营商环境 OR 惠企) 地区:新密 日期:2023年一季度'
  dibao search '\"先进制造业开发区\" -疫情' --from 2023-02 --to 2023-03
  dibao search --district 新密市 --topic 能源 --sort newest
  dibao search 招商 --format jsonl | jq .title",
        args: &[
            ("sort", "结果的排序"),
            ("limit", "显示的结果数"),
            ("offset", "跳过的结果数"),
            ("after", "从这个游标之后继续，比 --offset 快；游标见 --explain 的输出和 json 的 `next`"),
            ("ungrouped", "不合并转载，逐条列出"),
            ("format", "输出格式；json 为一个对象，含总数和分面统计，jsonl 每行一条结果"),
            ("explain", "说明检索式如何理解、每条结果如何计分"),
        ],
    },
    CommandHelp {
        name: "show",
        about: "查看一篇文章，或它在源文件中的各行",
        after: "\
示例:
  dibao show k7q2m9x4t1vd
  dibao show k7q2               编号的开头几位，只要不与别的文章相同
  dibao show k7q2 --source      源文件中的各行",
        args: &[
            ("id", "文章编号，或能确定一篇文章的开头几位"),
            ("source", "列出源文件的各行并标明行号，属于这篇文章的行加标记"),
            ("reprints", "按日期列出这篇文章及其转载；可用 `dibao diff` 对照其中两篇"),
        ],
    },
    CommandHelp {
        name: "export",
        about: "导出全部符合条件的文章，没有数量限制",
        after: "\
csv 写入文件时带字节顺序标记，写到标准输出时不带；列表以“；”连接；形似公式（以 = + - @ 开头）的单元格
前加撇号。xlsx 的列相同，日期和数字保持类型，另有一张说明表。jsonl 为完整的记录。docx、html、epub 为
阅读卡片，标出匹配处；一个 docx 至多 5,000 篇。cite、ris、bib、biblatex 和 csljson 为参考文献（见 `dibao cite`）；
ris 与 csv 一样带字节顺序标记。
文件旁写有导出清单 FILE.manifest.json：检索式、筛选条件、日期、篇数、索引状态和校验和。
--verify 把文件与清单、与索引比较，并重新导出一次。
示例:
  dibao export 氢能 --district 登封市 --format csv -o 氢能.csv
  dibao export 氢能 --sort oldest --excerpt -o 氢能.docx
  dibao export 氢能 -o 氢能.ris
  dibao export --from 2023 --to 2023 --format jsonl > 2023.jsonl
  dibao export --verify 氢能.csv
--verify 的退出码: 0 全部相符, 1 有不符之处, 2 出错。",
        args: &[
            ("format", "输出格式 [默认: 按文件扩展名，否则为 jsonl]"),
            ("style", "md、cite 和阅读卡片的引文样式：样式名，或 CSL 文件"),
            ("sort", "文章的排序；relevance 为文件中的次序"),
            ("excerpt", "只要匹配处及其上下文，不要全文；用于 docx、html、epub"),
            ("address", "本库对外的网址，用于文章的链接；用于 xlsx、docx、html、epub"),
            ("output", "写入这个文件；全部写完后文件才出现"),
            ("no_manifest", "不在文件旁写导出清单 FILE.manifest.json"),
            (
                "verify",
                "改为把导出的文件与清单、与索引比较；清单丢失时请把检索式再写一遍，不写则 csv 和 jsonl 按编号逐篇核对",
            ),
        ],
    },
    CommandHelp {
        name: "cite",
        about: "按引文样式著录文章，或写成 EndNote、Zotero、LaTeX 可用的条目",
        after: "\
样式: gb-7714-2025-numeric（默认）、gb-7714-2015-numeric、gb-7714-2015-author-date、gb-7714-2015-note；
其他样式用其在 hayagriva 中的名称，如 apa；也可以是 CSL 1.0 文件。文中没有写明、由推断得出的日期置于
方括号中；只知道在几天之内的，只写到月或年。
示例:
  dibao cite k7q2m9x4t1vd 1qk0
  dibao cite --query '氢能 日期:2023' --style gb-7714-2015-numeric
  dibao cite --query 氢能 --district 登封市 --format ris > 氢能.ris
退出码: 0 已著录, 1 有文章没有找到, 2 出错。",
        args: &[
            ("ids", "文章编号，或能确定一篇文章的开头几位"),
            ("query", "改为著录符合这条检索式的全部文章"),
            ("style", "引文样式：样式名，或 CSL 文件"),
            ("format", "输出格式；cite 为按样式排列的参考文献表，csljson 等供其他程序使用"),
        ],
    },
    CommandHelp {
        name: "stats",
        about: "按地区、主题、来源、指标、月份等统计文章篇数",
        after: "\
示例:
  dibao stats
  dibao stats 氢能 --by month --from 2023
  dibao stats 招商 --by words,tree
  dibao stats --by district --format csv
日期跨几个月的文章不算确定属于其中哪一月，而在可能的每一月另计：“12 +30”是确定属于该月的 12 篇，
另有 30 篇可能属于该月。用 --from 和 --to 查该月会找到全部 42 篇，加 --certain 只找到那 12 篇。",
        args: &[
            ("by", "统计项目，多项用逗号隔开 [默认: 除 tree、year、day 外的全部]"),
            ("limit", "每张表的行数，按时间的取最近的，0 为全部 [默认: text 20 行，csv 和 json 全部]"),
        ],
    },
    CommandHelp {
        name: "trend",
        about: "比较词语随时间的趋势",
        after: "\
每个词各是一条检索式，含空格的请加引号。篇数旁边是它在同月、同样筛选条件下的全部文章中所占的千分比
（‰）。没有任何文章的月份是空缺，不算零。日期跨几个月的文章不算确定属于其中哪一月，而在可能的每一月
另计（+N）；千分比只按确定的计算。
示例:
  dibao trend 氢能 光伏
  dibao trend 氢能 '招商 OR 引资' --by quarter --from 2022 --per-thousand
  dibao trend 氢能 --by-district 登封市,荥阳市
  dibao trend 氢能 光伏 --svg 氢能.svg --format csv > 氢能.csv
退出码: 0 找到, 1 各词都没有找到, 2 出错。",
        args: &[
            ("words", "要比较的检索式"),
            ("by_district", "改为比较各地区，针对一个词或全部文章"),
            ("by", "时段的长度"),
            ("per_thousand", "图中画千分比，而不是篇数"),
            ("svg", "同时把图画到这个 SVG 文件"),
        ],
    },
    CommandHelp {
        name: "indicators",
        about: "列出文章中的指标数值，附原文",
        after: "\
符合检索式的文章，每个数值一行。检索式中，指标:地区生产总值 查找写有该指标的文章，
指标:地区生产总值>500亿元 查找数值符合条件的文章。
示例:
  dibao indicators --name 地区生产总值
  dibao indicators 日期:2023 --district 新密市 --status target
  dibao indicators --name 地区生产总值 --pivot district,year
  dibao indicators -o 指标.xlsx
csv 供程序使用：文字照原样，只在公式之前加撇号。xlsx 为电子表格，日期和数字保持类型。sdmx-csv 即
SDMX-CSV 2.0：每个水平值、每个增减各为一个观测值。
文件旁写有导出清单 FILE.manifest.json，见 `dibao export --help`。",
        args: &[
            ("query", "检索式；不写则为全部文章"),
            ("name", "只列这些指标，可用其任一名称"),
            ("district", "只列这些地区的数值，写名称或代码"),
            ("period", "只列整个时段在此范围内的数值：2022、2022-01..2022-09、2022年一季度"),
            (
                "status",
                "只列文中的实际值（actual）、初步值（preliminary，即尚可能修订的实际值，actual 也包括）、\
                 目标值（target）、预计值（forecast）或起点不明的累计值（cumulative）",
            ),
            (
                "kind",
                "只列水平值，即数额和数量（level）、只写增减的（change）、比重（share）或其他比率（rate）",
            ),
            (
                "pivot",
                "宽表，格式为 text、csv 或 xlsx：前一项为行，后一项为列，从 indicator（指标）、\
                 district（地区）、period（时段）、year（年）、status（状态）中选；其余各项和单位列在行首。\
                 同一格中相同的数值合并，不同的全部列出（≠，或另列一表）",
            ),
            ("format", "输出格式 [默认: 按文件扩展名，否则为 text]"),
            ("output", "写入这个文件；全部写完后文件才出现"),
            ("address", "本库对外的网址，用于文章的链接；用于 xlsx"),
            ("no_manifest", "不在文件旁写导出清单 FILE.manifest.json"),
        ],
    },
    CommandHelp {
        name: "series",
        about: "把一项指标的数值按时间排列比较",
        after: "\
每个地区、每种单位一列。几篇文章数值相同的合并为一个；不同的全部列出（≠）。目标值和预计值不列入，
除非用 --status 指定。
示例:
  dibao series 地区生产总值 --district 新密市,荥阳市
  dibao series 一般公共预算收入 --by to_date
  dibao series 地区生产总值 --measure change --format chart
  dibao series 粮食产量 --svg 粮食.svg --format csv > 粮食.csv",
        args: &[
            ("name", "指标名"),
            ("district", "要比较的地区 [默认: 有数值的全部地区]"),
            (
                "by",
                "时段的长度：整年（year）、年初至某月末（to_date，如前三季度）、季度（quarter）、月（month）\
                 或某日（day，如年末余额） [默认: 数值最多的那种]",
            ),
            ("period", "只取整个时段在此范围内的数值：2015..2022、2022-01..2022-09"),
            (
                "status",
                "取实际值（actual）、初步值（preliminary，即尚可能修订的）、目标值（target）、预计值（forecast）或\
                 起点不明的累计值（cumulative） [默认: actual 和 cumulative]",
            ),
            ("measure", "比较数值（level），还是同比增减的百分数（change）"),
            ("format", "输出格式；chart 在终端上画图"),
            ("svg", "同时把图画到这个 SVG 文件"),
        ],
    },
    CommandHelp {
        name: "diff",
        about: "逐句对照两篇文章",
        after: "\
- 为只在第一篇中的句子，+ 为只在第二篇中的句子。改动过的句子（~）中，不同的词写成
[-第一篇-]{+第二篇+}，在终端上以颜色区分。只是繁简、全半角或空格不同的句子（=）算作相同。
示例:
  dibao diff 1qk0 dned         编号的开头几位，只要不与别的文章相同
  dibao diff 1qk0 dned --all   相同的句子也列出
退出码: 0 已对照, 1 没有这个编号的文章, 2 出错。",
        args: &[
            ("first", "第一篇文章的编号，或能确定它的开头几位"),
            ("second", "第二篇文章的编号，或能确定它的开头几位"),
            ("all", "相同的句子也列出"),
        ],
    },
    CommandHelp {
        name: "check",
        about: "列出需要人工核对的内容",
        after: "\
列出日期或地区不详的文章、有歧义的地名、存疑的分篇、找不到文章的目录条目、未归属的行和有提示的文件；
指标数值中则列出读法不确定的、单位与指标不符的、与前后时段相差十倍以上的、与上年数值和增速不符的，
以及分项之和与总数不符的。
退出码: 0 有需要核对的, 1 没有, 2 出错。",
        args: &[
            ("all", "全部列出，而不只是每类的前几条"),
            (
                "literals",
                "改为随机抽取文章中的 N 个字串来检索，并与逐篇通读的结果比较；一致时退出码为 0，否则为 2",
            ),
            ("checksums", "改为读遍索引的所有文件，与校验和比较；一致时退出码为 0，否则为 2"),
            (
                "pdf",
                "改为把语料中每个 PDF 文件每一页的文字与 `pdftotext`（poppler）读出的比较；有页面缺字时退出码为 0",
            ),
            (
                "cluster",
                "改为检查保存库的 OpenSearch 集群：节点、分片、磁盘、时钟、字段；一切正常时退出码为 0，否则为 2",
            ),
            ("seed", "随机抽取的种子"),
        ],
    },
    CommandHelp {
        name: "serve",
        about: "提供网页和 HTTP 接口",
        after: "\
服务器只读不写，除非用 --editor-token-file 指定编辑，让他们在网页上更正、加标签、写笔记和收藏；其他进程入库的内容会自动出现；加 --watch 则自行把改动入库。
示例:
  dibao serve                                       http://127.0.0.1:8080，仅限本机
  dibao serve --watch                               并随时收入语料文件夹中的新文件
  dibao serve --addr 0.0.0.0:8080 --host archive.example --token-file token.txt
  dibao serve --proxy-header X-Remote-User --public-url https://archive.example",
        args: &[
            ("addr", "监听的地址和端口"),
            ("host", "服务器应答的主机名，localhost 和 IP 地址不必写"),
            ("public_url", "服务器对外的地址，用于订阅中的链接"),
            ("token_file", "访问令牌文件：访问者须出示其中的令牌，作为 Bearer 令牌或密码"),
            ("editor_token_file", "编辑令牌文件：每行写“姓名 令牌”，这些人可在网页上更正文章、加标签、写笔记和收藏"),
            ("proxy_header", "拒绝不带这个请求头的访问；请求头由反向代理设置"),
            ("cors", "允许其脚本使用接口的网站，如 https://charts.example"),
            ("sitemap", "允许爬虫访问，并在站点地图中列出全部文章"),
            ("oai", "让图书馆门户在 /oai 收割全部文章（OAI-PMH）；邮箱是负责人的"),
            ("oai_name", "供收割的资源库的名称"),
            ("no_mcp", "不让大语言模型通过 /mcp 使用文章库"),
            ("watch", "监视语料文件夹，把改动入库，同 `dibao watch`"),
            ("ocr", OCR),
            ("log", "日志的格式"),
        ],
    },
    CommandHelp {
        name: "mcp",
        about: "让大语言模型使用文章库（MCP 协议，经由标准输入和输出）",
        after: "\
由客户端程序启动，而不是由人启动：请写进客户端的设置。可检索、阅读、计数、引用，从不写入。
日志在标准错误输出。其他进程入库的内容会自动出现。
示例:
  dibao --index /srv/dibao/index mcp                写进设置的命令
  dibao mcp --public-url https://archive.example    回答中带有该处网页的固定链接
`dibao serve` 在 /mcp 提供同样的工具。",
        args: &[("public_url", "网页的地址，用于回答中的固定链接")],
    },
    CommandHelp {
        name: "demo",
        about: "在样例语料上走一遍：入库、检索、导出",
        after: "",
        args: &[],
    },
    CommandHelp {
        name: "completions",
        about: "输出命令行补全脚本",
        after: "\
示例:
  dibao completions bash > ~/.local/share/bash-completion/completions/dibao",
        args: &[("shell", "要补全的 shell")],
    },
    CommandHelp {
        name: "help",
        about: "显示本说明或某条命令的说明",
        after: "",
        args: &[],
    },
];

/// Arguments of several commands.
pub(super) const SHARED: &[(&str, &str)] = &[
    ("corpus", "源文件所在的文件夹"),
    ("index", "索引所在的文件夹"),
    (
        "engine",
        "保存库的引擎：embedded（索引文件夹）或 opensearch（集群，可用于入库、检索、导出、统计和指标）",
    ),
    (
        "settings",
        "设置文件：[engine] 写明集群的地址和访问凭据；也可用 DIBAO_ENGINE_URL、_INDEX、_USER、_PASSWORD、_CA",
    ),
    ("curation", "更正、笔记和收藏所在的文件夹 [默认: 语料文件夹旁，名称后加 .curation]"),
    ("color", "何时使用颜色；auto 视终端和 NO_COLOR 而定"),
    ("lang", "提示和说明的语言；auto 视系统的语言设置而定（LC_ALL、LC_MESSAGES、LANG）"),
    ("help", "显示说明"),
    ("format", "输出格式"),
    ("query", "检索式；不写则为全部文章"),
    (
        "any",
        "匹配任一检索词，含得多的在前；不加此项时，检索把仅含部分检索词的文章列在后面，\
         其他命令不计入",
    ),
    ("all", "须含全部检索词，包括提问用语（哪些、什么时候）"),
    (
        "synonyms",
        "同义词文件，每行一条，如 `营商环境 = 投资环境` [默认: 语料文件夹中的 synonyms.txt]",
    ),
    ("no_synonyms", "不使用同义词"),
    ("district", "地区：区县、市或省的名称或代码，包括其下各级"),
    (
        "role",
        "--district 和计数取文章的哪些地区：about（所写地区，默认）、issuer（发文地区）、mentioned（仅提及）、\
         origin（发稿地）或 any（提到的所有地区）",
    ),
    ("topic", "主题"),
    ("from", "起始日期：2023、2023-02 或 2023-02-10"),
    ("to", "截止日期；只写年或月时为其最后一天"),
    (
        "kind",
        "类型：news（新闻）、document（公文）、profile（人物）、photo（图片）或 notice（公告）",
    ),
    ("outlet", "来源，即首发媒体的全称；检索式中的“来源:”可只写一部分"),
    ("publication", "报刊的全称；检索式中的“报纸:”可只写一部分"),
    ("tag", "标签；“无”表示没有标签的文章"),
    ("collection", "收藏；“无”表示不在任何收藏中的文章"),
    ("rescan", "无论系统有无通知，每隔这么久查看整个文件夹 [默认: 10m]"),
    ("poll", "不等系统通知，每隔这么久查看一次 [默认: 网络文件系统为 1m]"),
    ("settle", "文件这么久没有变化才读取 [默认: 3s]"),
    ("by", "姓名 [默认: 用户的登录名]"),
    ("after", "排在这篇文章之后"),
    ("first", "排在最前"),
    (
        "certain",
        "仅含日期确定在 --from 与 --to 之间（或检索式的“日期:”之内）的文章；未限定日期时，仅含日期精确到日的文章",
    ),
    ("undated", "仅看日期不详的文章"),
    (
        "review",
        "仅看需要核对的文章，原因为 weak_cut（分篇存疑）、undated（日期不详）、unplaced（地区不详）、\
         ambiguous_place（地名有歧义）、doubtful_figure（指标数值存疑）或 article_warning（其他提示），参见 `dibao check`",
    ),
];

/// Names of values.
pub(super) const VALUE_NAMES: &[(&str, &str)] = &[
    ("ADDR", "地址"),
    ("BY", "项目"),
    ("CURSOR", "游标"),
    ("DATE", "日期"),
    ("DIR", "文件夹"),
    ("FIGURE", "类型"),
    ("ENGINE", "引擎"),
    ("FILE", "文件"),
    ("FORMAT", "格式"),
    ("GOLD", "标注"),
    ("HOST", "主机"),
    ("ID", "编号"),
    ("KIND", "类型"),
    ("LANG", "语言"),
    ("LOG", "格式"),
    ("N", "数目"),
    ("NAME", "名称"),
    ("DAYS", "日期"),
    ("STATUS", "状态"),
    ("STYLE", "样式"),
    ("NAME,…", "名称,…"),
    ("MEASURE", "数值"),
    ("NUMBER", "数"),
    ("EMAIL", "邮箱"),
    ("ORIGIN", "网站"),
    ("PATH", "路径"),
    ("QUERY", "检索式"),
    ("REASON", "原因"),
    ("ROLE", "关系"),
    ("ROWS,COLUMNS", "行,列"),
    ("SHELL", "SHELL"),
    ("SORT", "顺序"),
    ("TIME", "时间"),
    ("URL", "网址"),
    ("WHEN", "时机"),
    ("WORD", "词"),
    ("TEXT", "内容"),
    ("FROM=TO", "误=正"),
    ("ROW", "编号"),
    ("FILE:LINE", "文件:行号"),
    ("FILE:A-B", "文件:行号"),
    ("FILE:A-B,…", "文件:行号,…"),
    ("ID|FILE", "编号|文件"),
    ("ENTRY", "条目"),
    ("WORDS", "原文"),
    ("TAG", "标签"),
    ("NOTE", "编号"),
];

/// Values whose names do not say enough.
pub(super) const VALUES: &[(&str, &str)] =
    &[("tree", "省、市、区县逐级"), ("words", "检索结果的特征词")];
