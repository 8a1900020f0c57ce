//! The examples of the help page, each with what it finds.

/// Words and operators.
pub(crate) const OPERATORS: &[(&str, &str, &str)] = &[
    ("氢能 登封", "含两个词的排在前面，顺序不限", "both words in any order, then either"),
    ("“三区两强”", "按原样连续出现", "exactly this text"),
    ("氢能 OR 燃料电池", "含任一词", "either term"),
    (
        "氢能 OR 燃料电池 登封",
        "OR 优先于空格：（氢能或燃料电池）且登封",
        "OR binds more tightly than a space: either of the first two, and 登封",
    ),
    ("(氢能 登封) OR 风电", "括号内优先", "brackets group terms"),
    (
        "新密 -疫情",
        "减号紧接检索词：排除含“疫情”的文章",
        "a minus directly before a word excludes it",
    ),
    ("新密 NOT (疫情 OR 核酸)", "NOT 同减号", "NOT is the same as a minus"),
    (
        "\"产业 园区\"~3",
        "两词顺序不限，相隔不超过 3 个字",
        "near: in any order, at most 3 characters apart",
    ),
    ("新开*92号", "* 代表至多 20 个字", "* stands for up to 20 characters"),
    ("郑州??新区", "一个 ? 代表一个字", "each ? stands for one character"),
    (
        "≈航空港区",
        "也找字形相近的写法（如扫描误认的“航空巷区”）；3 至 12 个字，数字须相同",
        "also characters that look alike, as scanners take 港 for 巷; 3 to 12 characters, digits exact",
    ),
    (
        "\\OR \\-5℃",
        "反斜线使其后的符号按文字匹配",
        "a backslash makes the next character plain text",
    ),
];

/// Fields.
pub(crate) const FIELDS: &[(&str, &str, &str)] = &[
    ("标题:开门红", "引题、主标题或副题中含该词", "in kicker, title or subtitle"),
    ("正文:(氢能 -风电)", "正文含“氢能”，不含“风电”", "in the body: the first but not the second"),
    ("地区:登封市", "所写地区为登封市或其下辖乡镇", "about this district or anywhere in it"),
    ("涉及地区:登封市", "提及登封市", "naming this district in any role"),
    ("主题:(能源 OR 交通)", "任一主题", "on either topic"),
    (
        "来源:\"新乡 日报\"",
        "转载来源；值中有空格时加引号",
        "reprinted from; quote values with spaces",
    ),
    ("文号:新开〔2022〕92号", "文号，不区分括号样式", "document number, in any style of brackets"),
    ("文号:* -发文机关:*", "有文号、没有发文机关", "with a document number and without an issuer"),
    ("文种:(通知 OR 诗词)", "文种或体裁", "by genre: of documents, comments and literature"),
    ("作者:郭涛", "记者、通讯员或摄影者", "reporter, correspondent or photographer"),
    ("报纸:郑州日报 版:A05", "某报纸的某一版", "a page of a newspaper"),
    ("类型:公文 -类型:图片", "文章的类型", "by kind"),
    ("发文机关:人民政府", "公文的发文机关", "who issued a document"),
    (
        "指标:地区生产总值>500亿元",
        "写有该指标且数值符合条件的文章",
        "stating such a value of an indicator",
    ),
    ("标签:待核 -标签:已核", "人工加的标签", "by tags that people gave"),
    (
        "收藏:交通志",
        "收藏中的文章；“收藏:无”为不在任何收藏中的",
        "in a collection; 收藏:无 finds what is in none",
    ),
    ("文件:2023", "原文件路径中含该词", "the path of the file"),
];

/// Dates.
pub(crate) const DATES: &[(&str, &str, &str)] = &[
    ("日期:2023", "可能在 2023 年", "may be in this year"),
    ("日期:2023-02", "可能在 2023 年 2 月", "may be in this month"),
    ("日期:2023年2月9日至12日", "日期范围，含首尾两天", "a range, both ends included"),
    ("日期:2023-02..", "2 月 1 日起", "from this month on"),
    (
        "日期:2023年一季度",
        "季度；也可写 2023Q1、上半年、下半年",
        "a quarter; also 2023Q1, 上半年, 下半年",
    ),
    (
        "日期:近30天",
        "到今天为止的 30 天；还有去年、上月、本周……",
        "the last 30 days; also 去年, 上月, 本周 and the like",
    ),
    ("涉及日期:2023年9月", "文章提及的日期或时段", "days and periods that the article speaks of"),
    ("确切日期:2023年1月至3月", "确定在这三个月内", "certainly within these months"),
    ("刊期:2023-02", "报纸、公报的出版日期", "date of the issue"),
    ("日期:无", "日期不详", "undated"),
];

/// Keys and what they do.
pub(crate) const KEYS: &[(&[&str], &str, &str)] = &[
    (&["/"], "定位到检索框", "focus the search box"),
    (&["↓", "↑"], "下一条、上一条结果（检索页）", "next and previous result (search page)"),
    (&["Enter"], "打开选中的结果", "open the selected result"),
    (&["Esc"], "离开检索框或取消选中", "leave the search box or clear the selection"),
    (&["←", "→"], "上一篇、下一篇（文章页）", "previous and next article (article page)"),
];
