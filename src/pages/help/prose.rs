//! Sentences of the help page about the query language, in Chinese and in English: the page shows
//! them, and so does its text for programs.

use crate::present::Lang;

/// In Chinese and in English.
pub(crate) type HelpSentence = (&'static str, &'static str);

pub(crate) const WORDS: HelpSentence = (
    "直接输入检索词：以空格分隔多个词，引号内的文字按原样匹配，不区分繁简、全半角和大小写，汉字旁的空格不计。",
    "Type words separated by spaces; articles with all of them come first. Quoted text is \
     matched exactly. Traditional and simplified characters, character width, case and spaces \
     beside Chinese characters make no difference.",
);
pub(crate) const OPERATORS_IN_TEXT: HelpSentence = (
    "OR、AND、NOT 须大写并以空格分隔，小写按普通词处理。可直接粘贴标题：词中的括号、冒号、竖线均按文字匹配。",
    "OR, AND and NOT are operators when written in capitals and separated by spaces. A headline can be pasted as it is: brackets, colons and bars inside words are matched as text.",
);
pub(crate) const FIELD_NAMES_HELP: HelpSentence = (
    "字段名后加冒号（全角、半角均可），字段名可用中文或英文。字段作用于括号内的每一项：",
    "Write the name of a field, in Chinese or English, and a colon. It applies to everything in brackets: ",
);
pub(crate) const DAYS: HelpSentence = (
    "文章的日期可能只精确到月、季度，或只知道大致范围。“日期”匹配可能在所查范围内的文章；“确切日期”只匹配日期范围完全在其中的文章。",
    "The date of an article may be known only to the month or the quarter, or as a range of days. 日期 matches articles whose date may be in the given range; 确切日期 matches only those whose whole range is.",
);
pub(crate) const ABOUT_DAYS: HelpSentence = (
    "标有“约”的日期为推断所得；日期后注明依据（落款、出版日期、导语等），文章页列出原文。时间分布图和年月计数把确定在某一时段的文章与可能在该时段的（日期跨多个时段）分开列出。",
    "“about” marks an inferred date. The note after a date gives its basis (signature, issue, lead and so on), and the page of the article quotes the text. Charts and counts over time tell articles that are certainly of a period from those that may be of several.",
);
pub(crate) const PLACES: HelpSentence = (
    "地区指文章报道的地点，而非报社所在地。市、省包含其下辖地区；支持简称、旧称和行政区划代码。多个城市共有的名称（如高新区）会全部计入，并在结果上方提示；如需指定，请加上城市名：",
    "The district is the place an article reports on, not where the paper is published. A city or province includes everything in it; short names, former names and division codes work too. A name shared by several cities (高新区) matches all of them, with a note above the results; add the name of the city to choose one: ",
);
pub(crate) const SEVERAL_PLACES: HelpSentence = (
    "筛选中选择多个地区时，满足任意一个即可。",
    "With several districts selected, articles match any of them.",
);
pub(crate) const FIGURES: HelpSentence = (
    "程序从文章中读出各地的指标数值，如地区生产总值、粮食产量，附增减、时段、地区和原文。检索时可限定指标和数值：",
    "Figures of districts, such as the regional product or the grain harvest, are read out of the articles with their change, period, district and words. A query can ask for an indicator and for values: ",
);
pub(crate) const PARTIAL: HelpSentence = (
    "含全部检索词的文章排在前面；只含部分检索词的列在其后，以一条线隔开，按相关度排列，并注明各缺哪些词。提问用语（哪些、什么时候、多少）不参与检索。引号、字段、排除项和筛选条件始终有效。计数、分布图、导出和订阅只计含全部检索词的文章；“更多选项”中可选择须含全部检索词，或匹配任一检索词。",
    "Articles with all of the words come first; those with only some of them follow behind a line, best first, with the words that they lack. Words that only ask (哪些, 什么时候, 多少) are not searched for. Quotes, fields, exclusions and filters always hold. Counts, charts, exports and the feed are of articles with all of the words; More options can match all of the words only, or any of them.",
);
pub(crate) const RANKING: HelpSentence = (
    "与检索式完全一致的排在前面，标题命中的优先；其次按词的邻近程度和罕见程度排序。没有检索词时按日期从新到旧。",
    "Exact matches come first, matches in the headline before all others; then articles are ranked by how close the words are and how rare. Without words, the newest come first.",
);
pub(crate) const REPRINTS: HelpSentence = (
    "内容基本相同的转载合并为一条，总数同时给出全部篇数和去重后的篇数；可在“更多选项”中选择不合并。同义词由管理员在 synonyms.txt 中维护，使用时会有提示，也可关闭。",
    "Reprints of substantially the same text are grouped into one result; totals are given with and without reprints. Use More options to list reprints separately. Synonyms are maintained by the administrator in synonyms.txt; the page shows when they are used, and they can be turned off.",
);
pub(crate) const LIMITS: HelpSentence = (
    "检索式最多 1,000 个字符、64 个检索项、16 层括号；~ 最多间隔 100 字、8 个词；* 最多代表 20 个字；≈ 最多展开为 512 种写法。需要读取的索引过多的检索式会被拒绝，并说明如何精简。",
    "A query has at most 1,000 characters, 64 parts and 16 levels of brackets; ~ spans at most 100 characters and 8 words; * stands for at most 20 characters, and ≈ for at most 512 texts. A query that would read too much of the index is refused, with what to do.",
);

pub(crate) fn said(lang: Lang, (chinese, english): HelpSentence) -> &'static str {
    lang.of(chinese, english)
}
