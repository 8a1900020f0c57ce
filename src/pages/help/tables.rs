//! The examples of the help page, each with what it finds.

/// Words and operators.
pub(crate) const OPERATORS: &[(&str, &str, &str)] = &[
    ("氢能 登封", "两个词都有，不论先后", "both words, in any order"),
    ("“三区两强”", "原样连在一起", "exactly this text"),
    ("氢能 OR 燃料电池", "任一即可", "one of them is enough"),
    (
        "氢能 OR 燃料电池 登封",
        "OR 比空格紧：（氢能或燃料电池）而且登封",
        "OR binds more tightly than a blank: one of the first two, and 登封",
    ),
    ("(氢能 登封) OR 风电", "括号里的先算", "brackets hold together"),
    ("新密 -疫情", "减号紧挨着词：不要有疫情", "a minus directly before a word leaves it out"),
    ("新密 NOT (疫情 OR 核酸)", "NOT 同减号", "NOT is the same as a minus"),
    (
        "\"产业 园区\"~3",
        "两词先后不论，相隔至多 3 个字",
        "near: in any order, at most 3 characters between",
    ),
    ("新开*92号", "* 代表至多 20 个字", "* stands for up to 20 characters"),
    ("郑州??新区", "一个 ? 代表一个字", "each ? stands for one character"),
    ("\\OR \\-5℃", "反斜线让后面的符号成为文字", "a backslash makes text of what follows"),
];

/// Fields.
pub(crate) const FIELDS: &[(&str, &str, &str)] = &[
    ("标题:开门红", "引题、主题、副题里有", "in kicker, title or subtitle"),
    ("正文:(氢能 -风电)", "正文里有氢能、没有风电", "in the body the first, not the second"),
    ("地区:登封市", "写的是登封市或其下乡镇", "of this district or what lies in it"),
    ("主题:(能源 OR 交通)", "两个主题之一", "of one of two topics"),
    (
        "来源:\"新乡 日报\"",
        "转载自；值里有空格就加引号",
        "reprinted from; quotes where a value has blanks",
    ),
    (
        "文号:新开〔2022〕92号",
        "文号，括号样式不论",
        "a document's number, in any style of brackets",
    ),
    ("作者:郭涛", "记者、通讯员或摄影者", "reporter, correspondent or photographer"),
    ("报纸:郑州日报 版:A05", "某报某版", "a page of a newspaper"),
    ("种类:公文 -种类:图片", "文章的种类", "by kind"),
    ("发文机关:人民政府", "公文由谁发出", "who issued a document"),
    ("文件:2023", "原文件的路径里有", "the path of the file"),
];

/// Dates.
pub(crate) const DATES: &[(&str, &str, &str)] = &[
    ("日期:2023", "可能在 2023 年", "can lie in the year"),
    ("日期:2023-02", "可能在 2023 年 2 月", "can lie in the month"),
    ("日期:2023年2月9日至12日", "一段日子，两头都算", "a range, both ends included"),
    ("日期:2023-02..", "2 月 1 日起", "from then on"),
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
    ("确切日期:2023年1月至3月", "肯定在这三个月里", "certainly in these months"),
    ("刊期:2023-02", "报纸、公报出版的日子", "the day of the issue"),
    ("日期:无", "日期不详", "undated"),
];

/// Keys and what they do.
pub(crate) const KEYS: &[(&[&str], &str, &str)] = &[
    (&["/"], "到检索框", "to the search box"),
    (
        &["↓", "↑"],
        "下一条、上一条结果（检索页）",
        "the next and the previous hit (on the search page)",
    ),
    (&["Enter"], "打开选中的结果", "opens the chosen hit"),
    (&["Esc"], "离开检索框；取消选中", "leaves the box; no hit is chosen any more"),
    (
        &["←", "→"],
        "上一篇、下一篇（文章页）",
        "the previous and the next article (on an article's page)",
    ),
];
