//! What a line looks like: ends, marks, numbering, and the set phrases with which papers begin
//! and sign an article. Every test is about one line and knows nothing of its neighbours.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::surnames::is_surname;

/// Compiles a pattern of this file; they are all constants that the tests run through.
macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern compiles"));
    };
}

/// Characters of a text that are not white space.
pub(super) fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Puts a continuation behind a text: without a blank between Chinese characters, with one
/// between two words of Latin script.
pub(super) fn append(text: &mut String, more: &str) {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if latin(text.chars().last()) && latin(more.chars().next()) {
        let digits = text.chars().last().is_some_and(|c| c.is_ascii_digit())
            && more.chars().next().is_some_and(|c| c.is_ascii_digit());
        if !digits {
            text.push(' ');
        }
    }
    text.push_str(more);
}

/// Whether a text ends where a sentence ends.
pub(super) fn ends_sentence(text: &str) -> bool {
    // （王大力） behind the last sentence signs it.
    let text = SIGNED.find(text).map_or(text, |found| &text[..found.start()]);
    let bare = text.trim_end_matches(|c| "”’』」）)】》〉\"' 　".contains(c));
    bare.ends_with(|c| "。！？!?…．.".contains(c)) || text.ends_with("……")
}

/// Whether a sentence ends inside a text, not only at its end.
pub(super) fn holds_sentence(text: &str) -> bool {
    // A headline may ask and answer, or exclaim and tell.
    let asks = if length(text) > 34 { "。；！？" } else { "。；" };
    text.char_indices().any(|(at, c)| asks.contains(c) && at + c.len_utf8() * 3 < text.len())
}

/// A mark of Markdown at the head: its level and the text behind it.
pub(super) fn heading_mark(text: &str) -> Option<(usize, &str)> {
    let level = text.bytes().take_while(|&b| b == b'#').count();
    let rest = text[level..].trim();
    if (1..=6).contains(&level) && !rest.is_empty() {
        return Some((level, rest.trim_end_matches('#').trim()));
    }
    let bold = text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"))?;
    (!bold.is_empty() && !bold.contains("**")).then_some((7, bold.trim()))
}

/// A headline as printed: without marks of Markdown.
pub(super) fn unmarked(text: &str) -> &str {
    heading_mark(text).map_or(text, |(_, rest)| rest)
}

pattern!(
    DATELINE,
    r"(?x)^[【〔\[（(]?\s*(?:
        (?:本报|本報|本刊|本网|本網|本台|本站|本社|[\p{Han}]{2,6}(?:日报|晚报|晨报|商报|时报|都市报|快报|日報|晚報|电视台|广播))
            \s*(?:全媒体|融媒体?|客户端)?\s*(?:记者\s*\S{2,4}\s*)?(?:综合)?\s*(?:讯|訊|消息|电|電|专讯|專訊)
      | [^】〕\]（）()。，]{1,12}(?:讯|訊|电|電|消息|专电|專電)\s*[】〕\]]
      | 本[报報]\s*[（(〔]\s*(?:[\p{Han}]{0,8})(?:记者|記者|通讯员|通訊員|见习|实习|特约)
      | (?:据?综合)?(?:据)?(?:本报)?(?:新华社|新華社|新华网|中新社|中新网|中央社|中央通[讯訊]社|人民网|央视网|路透社|法新社|美联社)[^。，,；]{0,24}?(?:电|電|讯|訊|消息|报道[:：])
      | [（(]?(?:本报|本報|本刊|本网|见习|实习|首席|特约|全媒体)*(?:记者|記者)\s*[\p{Han}·]{2,4}(?:[\s、，,　][\p{Han}·]{2,4}){0,4}\s*(?:通讯员[\s　:：]*[\p{Han}·]{2,4}(?:[\s、，,　][\p{Han}·]{2,4}){0,4}\s*)?(?:[）)]|报道|報道|摄影报道)
    )"
);
pattern!(OUTLET, r"^[（(]\s*((?:[^（）()。，,]|[（(][^（）()]{1,12}[）)]){2,24}?)\s*[）)]");
pattern!(
    TAKEN_FROM,
    r"[（(]\s*(?:据|摘自|摘编自|选自|原载|转自|转载自|来源\s*[:：])\s*《?([^《》（）()，。]{2,20}?)》?(?:消息|报道)?\s*[）)]$"
);
pattern!(SIGNED, r"[（(][^（）()。，]{1,24}[）)]\s*$");
pattern!(
    OUTLET_WORD,
    r"报|刊|網|网|社|台|新闻|日報|杂志|周刊|客户端|公众号|微博|微信|头条|视频|广播|电视|融媒|传媒|学习强国|发布|在线|资讯|平台|频道|通讯$"
);
pattern!(
    BYLINE_LINE,
    r"(?x)^[□■○◎●\s]*[（(]?(?:(?:本报|本刊|本网|郑报|全媒体|融媒体?|首席|见习|实习|特约|\p{Han}{2,4}[报报網网])*\s*(?:记者|記者|通讯员|通訊員|特约撰稿人?|撰稿|作者|文)
        [\s:：/／]*[\p{Han}·\s、，,/／　]{2,40}?)(?:\s*(?:文|图|文图|摄影|报道|整理|供图|通讯员[\s:：]*[\p{Han}·\s、]{2,30}|/|／))*\s*[）)]?$"
);
pattern!(
    SOURCE_LINE,
    r"^(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*)?(?:来源|稿源|发布时间|时间|发布日期|日期|作者|信息来源|文章来源|浏览|字号)\s*[:：]\s*\S"
);
pattern!(
    EDITOR_LINE,
    r"^(?:【[^】]{1,6}】\s*)*[\[【（(]?\s*(?:责任编辑|责编|编辑|校对|审核|监制|供稿|供图|摄影|图|统筹|版式)\s*[:：/／丨|]\s*\S"
);
pattern!(
    PHOTO_CREDIT,
    r"(?:记者|記者|通讯员|特约|摄影|攝影)?[\s　:：]*[\p{Han}·]{2,4}(?:[\s、　/／]+[\p{Han}·]{2,4})*[\s　/／]*(?:摄影报道|攝影報導|摄影|攝影|摄|攝|图|圖|供图|文[/／]图|图[/／]文|文图|制图|绘)\s*[）)]?$"
);
pattern!(
    NAMES_LINE,
    r"^[（(]?\s*(?:\p{Han}{2,3}|\p{Han}\s\p{Han}|\p{Han}{1,5}·\p{Han}{1,8})(?:[\s、　]+(?:\p{Han}{2,3}|\p{Han}\s\p{Han}))*\s*[）)]?$"
);
pattern!(
    DOCNO,
    r"^(?:文号\s*[:：]?\s*)?[\p{Han}]{1,14}\s*[〔［\[【（(]\s*(?:19|20)?\d{2}\s*[〕］\]】）)]\s*第?\s*\d{1,5}\s*号$"
);
pattern!(
    DECREE,
    r"^(?:[\p{Han}]{2,20}(?:令|公告))?\s*[（(]?第\s*[\d〇一二三四五六七八九十百]{1,6}\s*号[）)]?$"
);
pattern!(
    DATE_LINE,
    r"^[（(]?\s*(?:(?:19|20)\d{2}|[一二〇○零Ｏ九八七六五四三]{4}|民[国國]\s*[\d元一二三四五六七八九十]{1,4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十廿卅]{1,3}\s*日\s*[）)]?$"
);
pattern!(
    DATE_LEAD,
    r"^[“]?(?:(?:(?:19|20)\d{2}|[一二〇○九八]{4})\s*年\s*)?(?:[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十廿]{1,3}\s*日|昨日|昨天|今日|今天|日前|近日|近期|连日来|本月\s*\d|上周|本周|周末|前天|前日|昨|记者(?:从|昨日|近日|日前|了解到|获悉))"
);
pattern!(ANNEX, r"^(?:附件|附表|附录|附)\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?$");
pattern!(
    ADDRESSEE,
    r"^(?:各|市直|区直|县直|有关|全市|全区|全县|机关)[^。！？]{1,80}[:：]$|^[^。！？，,]{3,30}(?:人民政府|委员会|办公室|办事处|局|厅|公司|单位|部门)[:：]$|^(?:尊敬的)?[^。，,：:]{0,12}(?:同志|编辑|编辑部|先生|女士|朋友)们?[:：]$"
);
pattern!(
    CHAPTER,
    r"^(?:[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|[一二三四五六七八九十]{1,3}\s*[、．.]|第[一二三四五六七八九十百\d]{1,4}[章节条编款]|\d{1,2}(?:\.\d{1,2}){1,3}(?:\s|\p{Han})|\d{1,2}\s*[、．.)）]\s*\D|[①-⑳]|[-•·]\s|附件?\s*\d*\s*[:：]|附表|表\s*\d+\s*[:：])"
);
pattern!(NUMBERED_HEAD, r"^\d{1,2}\s+\p{Han}{2,14}$");
pattern!(BULLET, r"^[▲△●○◆◇■□★☆▶►◎※]\s*\S");
pattern!(TAG, r"^(?:【[^【】]{1,24}】|「[^「」]{2,16}」|\[[^\[\]]{1,16}\])");
pattern!(
    TITLE_OF_DOCUMENT,
    r"关于.{2,80}的\s*(?:通\s*知|决\s*定|意\s*见|批\s*复|公\s*告|通\s*告|方\s*案|办\s*法|规\s*定|通\s*报|函|报\s*告|请\s*示|命\s*令|议\s*案|决\s*议)|(?:条例|办法|规定|细则|通告|公告|令)$"
);
pattern!(
    NOTICE_TITLE,
    r"(?:公告|通告|启事|啟事|啓事|启示|声明|聲明|告示|更正|通知|招聘|招标|拍卖|温馨提示)[！!]?$|^(?:公告|启事|更正)"
);
pattern!(
    GENRE,
    r"^[【\[「]?(?:社论|社評|社評|评论员文章|本报评论员|本报编辑部|短评|时评|述评|评论|言论|小言论|编者的话|读者来信|群众来信|来信|来信照登|通讯|特写|专访|调查报告|综述|消息|简讯|短讯|快讯|要闻|短波|图片新闻|新闻特写|工作研究|经验交流|文件选登|大事记|人事任免|副刊|诗歌|散文|杂文|随笔)[】\]」]?$"
);
pattern!(
    COLUMN,
    r"^[\p{Han}·]{1,6}(?:短波|快讯|速递|简讯|要闻|动态|之窗|广角|在线|视点|短讯|传真|集锦|播报|速览|点击|扫描|走笔|聚焦|看台|信箱|热线|新闻)$"
);
pattern!(POST, r"^(?:\p{Han}{2,3}|\p{Han}[ 　]+\p{Han})[ 　]+\p{Han}{2,}");
pattern!(
    SIDEBAR,
    r"^[■□●◆▲【\[「]*\s*(?:相关)?(?:链接|延伸阅读|新闻背景|背景资料|名词解释|小贴士|温馨提示|编后|编后语|编者按|记者手记|采访手记|新闻回顾|知识链接|点评|资料)\s*[】\]」■]*$"
);
pattern!(LABELLED, r"^[\p{Han}\s　]{1,12}[:：]\s*\S");
pattern!(SOURCE_NAME, r"(?:来源|稿源|文章来源|信息来源)\s*[:：]\s*([^\s:：|｜]{2,20})");
pattern!(PLACE_ONLY, r"^[\p{Han}]{1,6}(?:省|市|县|区|镇|乡|街道|州|盟|旗)$");
pattern!(
    ORGANISATION,
    r"^[\p{Han}（）()A-Za-z\d]{4,26}(?:公司|集团|厂|银行|医院|学校|大学|学院|合作社|研究院|研究所|协会)$"
);
pattern!(
    PROFILE_HEAD,
    r"^[\p{Han}\d\s]{0,20}(?:企业家|先进个人|劳动模范|模范|标兵|人物|代表|工作者|得主|能手|道德模范|好人)\s*\d*\s*[:：]\s*[\p{Han}·]{2,4}"
);

/// What begins the text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// 本报讯(记者 …), 新华社北京电.
    Dateline,
    /// (新乡日报) at the head of a reprinted item.
    Outlet,
    /// ▲ or 【快讯】 at the head of a brief.
    Bullet,
    /// 各部门、各单位: at the head of a document.
    Addressee,
}

/// The opening that a text begins with, and the bytes it takes.
pub(super) fn opening(text: &str) -> Option<(Opening, usize)> {
    if let Some(found) = DATELINE.find(text) {
        return Some((Opening::Dateline, found.end()));
    }
    if let Some(found) = outlet(text) {
        return Some((Opening::Outlet, found.1));
    }
    if length(text) > 30 && ends_sentence(text) {
        if let Some(found) = BULLET.find(text).or_else(|| TAG.find(text)) {
            return Some((Opening::Bullet, found.end()));
        }
    }
    ADDRESSEE.find(text).map(|found| (Opening::Addressee, found.end()))
}

/// The outlet in brackets at the head of a text, and the bytes that brackets and outlet take.
pub(super) fn outlet(text: &str) -> Option<(&str, usize)> {
    let found = OUTLET.captures(text)?;
    let name = found.get(1)?.as_str();
    let whole = found.get(0)?.end();
    let named = OUTLET_WORD.is_match(name) && !name.contains("记者") && !name.contains("通讯员");
    (named && !name.chars().all(|c| c.is_ascii_digit())).then_some((name.trim(), whole))
}

/// （据《某报》） at the end of a text: what stands before it, and the outlet.
pub(super) fn taken_from(text: &str) -> Option<(&str, &str)> {
    let found = TAKEN_FROM.captures(text)?;
    Some((text[..found.get(0)?.start()].trim_end(), found.get(1)?.as_str().trim()))
}

/// 记者 X 通讯员 Y on a line of its own, or 来源：… 时间：….
pub(super) fn byline_line(text: &str) -> bool {
    ["本报记者", "本报通讯员", "记者", "通讯员"]
        .contains(&text.trim_matches(['（', '）', '(', ')']))
        || (length(text) <= 40 && BYLINE_LINE.is_match(text) && !ends_sentence(text))
        || (length(text) <= 90 && SOURCE_LINE.is_match(text))
}

/// 本报记者 X 摄 on a line of its own.
pub(super) fn photo_credit(text: &str) -> bool {
    length(text) <= 30
        && PHOTO_CREDIT.is_match(text)
        && !ends_sentence(text.trim_end_matches(['）', ')']))
        && !text.contains(['，', ',', '。', '：', ':'])
        && (text.contains("记者")
            || text.contains("通讯员")
            || text.contains('摄')
            || text.contains('攝')
            || text.contains('/')
            || text.contains("供图"))
}

/// Nothing but names of persons: 党贺喜 沈荣.
pub(super) fn names_line(text: &str) -> bool {
    let bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    length(text) <= 30
        && NAMES_LINE.is_match(text)
        && (bracketed || text.contains([' ', '　', '、']))
        && text
            .split([' ', '　', '、'])
            .filter(|part| !part.is_empty())
            .all(|part| looks_like_name(part.trim_matches(['（', '）', '(', ')'])))
}

fn looks_like_name(word: &str) -> bool {
    word.chars().count() == 1 || word.contains('·') || word.chars().next().is_some_and(is_surname)
}

/// 责任编辑：… on a line of its own.
pub(super) fn editor_line(text: &str) -> bool {
    length(text) <= 40
        && EDITOR_LINE.is_match(text)
        && !ends_sentence(text.trim_end_matches([')', '）', ']', '】']))
}

/// 文号 on a line of its own.
pub(super) fn docno_line(text: &str) -> bool {
    let text = text.trim_matches(['（', '）']).trim();
    DOCNO.is_match(text) || (length(text) <= 24 && DECREE.is_match(text))
}

/// A date on a line of its own.
pub(super) fn date_line(text: &str) -> bool {
    DATE_LINE.is_match(text)
}

/// A lead that begins with a day.
pub(super) fn date_lead(text: &str) -> bool {
    DATE_LEAD.is_match(text)
}

/// 一、 （一） 1.1 第一章 ① at the head.
pub(super) fn numbered(text: &str) -> bool {
    CHAPTER.is_match(text) || NUMBERED_HEAD.is_match(text)
}

/// The whole line is one tag in brackets.
pub(super) fn tag_line(text: &str) -> bool {
    TAG.find(text).is_some_and(|found| found.end() == text.len())
}

/// A tag in brackets stands at the head of the line.
pub(super) fn tag(text: &str) -> Option<&str> {
    TAG.find(text).map(|found| found.as_str())
}

/// A row of a table.
pub(super) fn table_row(text: &str) -> bool {
    text.starts_with('|') && text.len() > 1
}

/// The name of an authority or an organisation at the end of a line: who signs a document.
pub(super) fn issuer(text: &str) -> bool {
    [
        "政府",
        "办公室",
        "委员会",
        "管委会",
        "党委",
        "局",
        "厅",
        "公司",
        "院",
        "会",
        "部",
        "處",
        "处",
        "署",
    ]
    .iter()
    .any(|end| text.ends_with(end))
}

/// 附件3 on a line of its own.
pub(super) fn annex(text: &str) -> bool {
    ANNEX.is_match(text)
}

/// 社论, 读者来信: the genre of what follows.
pub(super) fn genre(text: &str) -> bool {
    GENRE.is_match(text)
}

/// 都市短波: the name of a column.
pub(super) fn column(text: &str) -> bool {
    COLUMN.is_match(text)
}

/// 张三 某局局长, 组长：张三: an item of a list of persons.
pub(super) fn post(text: &str) -> bool {
    POST.is_match(text) || labelled(text)
}

/// 链接, 编后: the heading of a box that belongs to the article above it.
pub(super) fn sidebar(text: &str) -> bool {
    SIDEBAR.is_match(text)
}

/// 牵头单位：某局: a short label and what it says.
pub(super) fn labelled(text: &str) -> bool {
    LABELLED.is_match(text)
}

/// The outlet that a line like 来源：某报 时间：… names.
pub(super) fn source_name(text: &str) -> Option<&str> {
    Some(SOURCE_NAME.captures(text)?.get(1)?.as_str())
}

/// 新郑市: the name of a place and nothing else.
pub(super) fn place_only(text: &str) -> bool {
    PLACE_ONLY.is_match(text)
}

/// The name of an organisation and nothing else.
pub(super) fn organisation(text: &str) -> bool {
    ORGANISATION.is_match(text)
}

/// A person presented with a title of honour: 金牌企业家1:余大进.
pub(super) fn profile_head(text: &str) -> bool {
    PROFILE_HEAD.is_match(text)
}

/// 关于…的通知, …条例.
pub(super) fn document_title(text: &str) -> bool {
    TITLE_OF_DOCUMENT.is_match(text)
}

/// 公告, 启事.
pub(super) fn notice_title(text: &str) -> bool {
    NOTICE_TITLE.is_match(text)
}

/// A caption says what the picture shows.
pub(super) fn caption_words(text: &str) -> bool {
    ["图为", "圖為", "图片为", "上图", "下图", "左图", "右图", "①图", "图①"]
        .iter()
        .any(|word| text.contains(word))
}

/// Parts divided by blanks, each of at least two characters.
pub(super) fn parts(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace()).filter(|part| length(part) >= 2).collect()
}

/// Three or more short parts of one length: 稳经济 促发展 强信心.
pub(super) fn slogan(text: &str) -> bool {
    let parts = parts(text);
    parts.len() >= 3
        && parts.iter().all(|part| length(part) == length(parts[0]) && length(part) <= 5)
}

/// Never the first part of a wrapped paragraph.
pub(super) fn stands_alone(text: &str) -> bool {
    heading_mark(text).is_some()
        || docno_line(text)
        || date_line(text)
        || tag_line(text)
        || table_row(text)
}

/// Always begins a new piece, however full the line before it is.
pub(super) fn opens_piece(text: &str) -> bool {
    stands_alone(text)
        || matches!(opening(text), Some((Opening::Dateline, _)))
        || (BULLET.is_match(text))
        || editor_line(text)
        || photo_credit(text)
}
