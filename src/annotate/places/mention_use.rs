//! What a sentence does with the name of a division: is it where something happens, or is it part of
//! another name, a dateline, a list, an exception?
//!
//! Read from the words around the name, as a reader does who skims: no parser.

use crate::text::surnames::is_surname;

/// What a sentence does with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MentionUse {
    /// Its offices act, or it is the subject: 寿阳县公安局, 广东省出台.
    Subject,
    /// Something happens there: 在, 来到, 位于.
    Scene,
    /// None of the others.
    Plain,
    /// One of several in a row.
    Listed,
    /// Where the state meets: 在北京闭幕, 北京人民大会堂.
    Venue,
    /// In the name of an event, a text or a thing: 杭州峰会, 《北京宣言》.
    Title,
    /// Where somebody is from: 江苏邳州籍.
    Native,
    /// An end of a way: 合肥至湖州.
    Route,
    /// What something is measured by: 高于北京.
    Compared,
    /// The dateline: 中新社北京7月27日电.
    Dateline,
    /// The name of a paper, or words below the text: 北京日报, 来源：西安发布.
    Outlet,
    /// What is expressly left out: 不含长垣市.
    Excluded,
    /// In the name of a company or a school.
    Organisation,
}

impl MentionUse {
    /// Whether the name speaks for the division at all.
    pub(crate) fn is_silent(self) -> bool {
        matches!(self, Self::Excluded | Self::Organisation)
    }

    /// Whether it says where the report comes from.
    pub(crate) fn is_origin(self) -> bool {
        matches!(self, Self::Dateline | Self::Outlet)
    }

    /// How much it says that the article is about the division; 1 for a plain mention.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Self::Subject => 1.6,
            Self::Scene => 1.4,
            Self::Plain => 1.0,
            Self::Route => 0.4,
            Self::Listed => 0.3,
            Self::Title => 0.2,
            Self::Venue
            | Self::Native
            | Self::Compared
            | Self::Dateline
            | Self::Outlet
            | Self::Excluded
            | Self::Organisation => 0.0,
        }
    }
}

/// The text on both sides of a name, and the name itself, with the names of what it lies in.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a cue of its own")]
pub(crate) struct NameContext<'t> {
    /// Before the outermost name: before 湖北省 of 湖北省黄石市.
    pub(crate) before: &'t str,
    pub(crate) after: &'t str,
    /// Whether it says what it is: 黄石市 and not 黄石.
    pub(crate) is_full: bool,
    /// Whether the name of what it lies in stands before it.
    pub(crate) is_located: bool,
    /// Whether it is the capital, in which the state meets.
    pub(crate) is_capital: bool,
    /// Whether it stands where a report says who made it: at its beginning or its end.
    pub(crate) at_edge: bool,
    /// How many names of the same rank stand in a row, with nothing but 、 and 和 between.
    pub(crate) row: usize,
    /// Whether 至, 到 or a dash alone divides it from another name.
    pub(crate) on_route: bool,
}

/// Words after a name that make an office of it.
const OFFICES: [&str; 41] = [
    "委",
    "分局",
    "政府",
    "人民政府",
    "纪委",
    "监委",
    "公安",
    "警方",
    "警察",
    "民警",
    "交警",
    "特警",
    "消防",
    "法院",
    "检察",
    "人大",
    "政协",
    "气象",
    "应急",
    "文旅",
    "文化和旅游",
    "教育",
    "卫健",
    "卫生",
    "市场监",
    "城管",
    "财政",
    "民政",
    "农业农村",
    "发展改革",
    "发改",
    "统计局",
    "税务",
    "水利",
    "水务",
    "交通",
    "住建",
    "生态环境",
    "管委会",
    "妇联",
    "总工会",
];
/// Offices of a city that name their branches by districts: 南通市公安局崇川分局.
pub(crate) const OFFICES_WITH_BRANCHES: [&str; 7] =
    ["公安局", "公安", "警方", "市场监管局", "自然资源局", "生态环境局", "税务局"];
/// Words before a name that say that something happens there.
const PREPOSITIONS: [&str; 26] = [
    "在",
    "建于",
    "到",
    "来到",
    "走进",
    "位于",
    "地处",
    "坐落于",
    "赴",
    "抵达",
    "前往",
    "落户",
    "深入",
    "走访",
    "考察",
    "视察",
    "调研",
    "驻",
    "进入",
    "回到",
    "发生于",
    "进驻",
    "登陆",
    "袭击",
    "家住",
    "流经",
];
/// Verbs of meeting and telling, which say of a name before them that it acts.
const ACTS: [&str; 44] = [
    "举行", "召开", "举办", "启动", "发布", "出台", "推出", "印发", "公布", "开展", "实施", "组织",
    "通报", "发生", "将", "已", "坚持", "加快", "推进", "推动", "全力", "积极", "持续", "把",
    "新增", "今年", "去年", "近日", "今日", "昨日", "各地", "各界", "全省", "全市", "全区", "全县",
    "一", "遭遇", "迎来", "打造", "聚焦", "创新", "调研", "考察",
];
/// Where the state meets in the capital, and what it does there.
const STATE_VENUES: [&str; 27] = [
    "人民大会堂",
    "国家会议中心",
    "钓鱼台",
    "中南海",
    "国家大剧院",
    "展览馆",
    "京西宾馆",
    "闭幕",
    "开幕",
    "举行",
    "召开",
    "举办",
    "出席",
    "会见",
    "会谈",
    "同",
    "与",
    "应约",
    "发布",
    "启动",
    "成立",
    "揭晓",
    "主持",
    "签署",
    "宣布",
    "签约",
    "发起",
];
/// What heads of the state do in any place.
const STATE_ACTS: [&str; 3] = ["主持", "会见", "同"];
/// What is called by the name of a place without being there.
const NAMED_AFTER: [&str; 31] = [
    "冬奥",
    "奥运",
    "残奥",
    "冬残奥",
    "亚运",
    "亚残运",
    "大运会",
    "全运会",
    "世园会",
    "世博",
    "进博会",
    "峰会",
    "宣言",
    "共识",
    "世妇会",
    "公约",
    "协定",
    "议定书",
    "合作组织",
    "精神",
    "模式",
    "经验",
    "时间",
    "指数",
    "证券交易所",
    "健康码",
    "博鳌",
    "周报",
    "车展",
    "马拉松",
    "apec",
];
/// Those that hardly begin another word.
const SURE_ORGANISATIONS: [&str; 9] =
    ["公司", "集团", "股份", "银行", "大学", "学院", "研究院", "研究所", "药业"];
/// Endings of the names of companies, schools and institutes, which bear names of places.
const ORGANISATIONS: [&str; 18] = [
    "公司",
    "集团",
    "股份",
    "银行",
    "证券",
    "大学",
    "学院",
    "研究院",
    "研究所",
    "基金",
    "信托",
    "保险",
    "医药",
    "药业",
    "航空",
    "电网",
    "实业",
    "科技",
];
/// The most characters between a name and such an ending.
const MAX_ORGANISATION_CHARS: usize = 8;
/// Characters that no name of an organisation contains.
const NO_NAME: &str =
    "的在了是和与及为将被把对向从到有这那其于至等也都就后前时日月年,.。、;:!?\"'《》 \n";
/// Papers and channels.
const OUTLETS: [&str; 26] = [
    "日报",
    "晚报",
    "早报",
    "晨报",
    "时报",
    "都市报",
    "商报",
    "青年报",
    "快报",
    "特区报",
    "法治报",
    "经济报",
    "卫视",
    "电视台",
    "广播电视",
    "广电",
    "新闻网",
    "新闻广播",
    "发布",
    "在线",
    "网讯",
    "融媒",
    "观察网",
    "新闻频道",
    "共青团",
    "头条",
];
/// Before the name of a paper or a reporter below the text.
const FOOTERS: [&str; 12] = [
    "来源",
    "责任编辑",
    "责编",
    "编辑",
    "校对",
    "审核",
    "供稿",
    "作者",
    "版权",
    "印刷",
    "原创",
    "转载自",
];
/// Who lives in a place, behind its name.
const RESIDENTS: [&str; 14] = [
    "男子",
    "女子",
    "市民",
    "居民",
    "村民",
    "小伙",
    "老人",
    "大爷",
    "网友",
    "一男子",
    "一女子",
    "一名",
    "一小区",
    "一家",
];
/// How persons are called behind their surname.
const PERSONS: [&str; 10] =
    ["先生", "女士", "某", "阿姨", "大爷", "大妈", "大叔", "小姐", "奶奶", "爷爷"];
const NATIVES: [&str; 8] = ["籍", "人,", "人。", "人(", "人、", "老家", "话", "口音"];
const FROM: [&str; 8] = ["来自", "出生于", "生于", "祖籍", "籍贯", "毕业于", "老家", "老家在"];
const EXCLUSIONS: [&str; 10] =
    ["不含", "不包括", "不包含", "除", "除了", "不在", "未在", "并非", "而非", "以外的"];
const COMPARISONS: [&str; 16] = [
    "比",
    "较",
    "高于",
    "低于",
    "超过",
    "相当于",
    "不如",
    "媲美",
    "仅次于",
    "不亚于",
    "优于",
    "快于",
    "慢于",
    "领先于",
    "落后于",
    "对标",
];
const AFTER_COMPARED: [&str; 4] = ["相比", "相当", "相同", "齐平"];
/// The least number of names that make a list of places.
const MIN_LISTED: usize = 3;
/// The most characters of a day in a dateline: 2023年12月27日.
const MAX_DAY_CHARS: usize = 14;

impl NameContext<'_> {
    pub(crate) fn classify(&self) -> MentionUse {
        let ends = |words: &[&str]| words.iter().any(|word| self.before.ends_with(word));
        let goes_on = |words: &[&str]| words.iter().any(|word| self.after.starts_with(word));
        if self.is_dateline() {
            return MentionUse::Dateline;
        }
        if self.is_footer() {
            return MentionUse::Outlet;
        }
        if goes_on(&OUTLETS) {
            return if self.at_edge { MentionUse::Outlet } else { MentionUse::Organisation };
        }
        if ends(&EXCLUSIONS) {
            return MentionUse::Excluded;
        }
        if !goes_on(&OFFICES) && self.is_in_organisation() {
            return if self.is_full { MentionUse::Title } else { MentionUse::Organisation };
        }
        if self.row >= MIN_LISTED || self.row <= 1 && self.is_beside_others() {
            return MentionUse::Listed;
        }
        if self.on_route {
            return MentionUse::Route;
        }
        if ends(&COMPARISONS) || goes_on(&AFTER_COMPARED) {
            return MentionUse::Compared;
        }
        if goes_on(&NATIVES) || ends(&FROM) {
            return MentionUse::Native;
        }
        if !self.is_full && goes_on(&NAMED_AFTER) || self.is_quoted_title() {
            return MentionUse::Title;
        }
        if self.is_capital && goes_on(&STATE_VENUES) || goes_on(&STATE_ACTS) {
            return MentionUse::Venue;
        }
        if goes_on(&OFFICES) || self.opens_clause() && goes_on(&ACTS) {
            return MentionUse::Subject;
        }
        if ends(&PREPOSITIONS) || self.is_located || goes_on(&RESIDENTS) || self.is_home() {
            return MentionUse::Scene;
        }
        if self.opens_clause() && self.after.starts_with(':') {
            return MentionUse::Subject;
        }
        MentionUse::Plain
    }

    /// Whether it stands in a list whose other entries are no divisions: 香港、开曼群岛.
    fn is_beside_others(&self) -> bool {
        let ends = |c: char| !c.is_alphanumeric() || "和及与等两三四五六七八九".contains(c);
        self.after.starts_with('、')
            || self.before.ends_with('、') && self.after.chars().next().is_none_or(ends)
    }

    /// Whether somebody lives there: 无锡的周先生.
    fn is_home(&self) -> bool {
        let Some(person) = self.after.strip_prefix('的') else { return false };
        let mut characters = person.chars();
        characters.next().is_some_and(is_surname)
            && PERSONS.iter().any(|word| characters.as_str().starts_with(word))
    }

    /// Whether the name and perhaps a day stand before 电 or 讯.
    fn is_dateline(&self) -> bool {
        let is_day =
            |c: char| c.is_ascii_digit() || "年月日 〇一二三四五六七八九十廿卅".contains(c);
        let rest = self.after.trim_start_matches(is_day);
        let day = &self.after[..self.after.len() - rest.len()];
        let Some(behind) = rest.strip_prefix(['电', '讯']).or_else(|| rest.strip_prefix("消息"))
        else {
            return false;
        };
        let dated = day.contains('日') && day.chars().count() <= MAX_DAY_CHARS;
        let closed = behind.chars().next().is_none_or(|c| !c.is_alphanumeric());
        dated || day.trim().is_empty() && closed
    }

    /// Whether the sentence that it stands in says who made or printed the text.
    fn is_footer(&self) -> bool {
        let sentence = self.before.rsplit(['。', '!', '?', '\n']).next().unwrap_or_default();
        let near = last_chars(sentence, 10).trim_end_matches([':', ' ', '|', '/', '@', '【', '(']);
        FOOTERS.iter().any(|word| near.ends_with(word))
    }

    fn is_in_organisation(&self) -> bool {
        let run = self.after.find(|c| NO_NAME.contains(c)).unwrap_or(self.after.len());
        let run = first_chars(&self.after[..run], MAX_ORGANISATION_CHARS + 3);
        ORGANISATIONS.iter().any(|ending| {
            // 科技特派员 and 保险业 go on as other words; a company's name ends there, or in 公司.
            let behind = run.find(ending).map(|at| &run[at + ending.len()..]);
            behind.is_some_and(|behind| {
                SURE_ORGANISATIONS.contains(ending) && !behind.starts_with('生')
                    || behind.chars().next().is_none_or(|c| !c.is_alphanumeric())
            })
        })
    }

    /// Whether it stands in 《》.
    fn is_quoted_title(&self) -> bool {
        let near = last_chars(self.before, 20);
        match (near.rfind('《'), near.rfind('》')) {
            (Some(open), Some(closed)) => open > closed,
            (Some(_), None) => true,
            _ => false,
        }
    }

    /// Whether it stands where a clause begins.
    fn opens_clause(&self) -> bool {
        self.before
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() || c == '日' || c == '来')
    }
}

/// The last characters of a text.
fn last_chars(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// The first characters of a text.
fn first_chars(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    &text[..end]
}
