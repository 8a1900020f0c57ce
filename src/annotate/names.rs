<<<<<<< HEAD
//! Tells names of persons from other words in a byline.

/// Surnames of one character, simplified and traditional, from the common lists of surnames.
const SURNAMES: &str = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏\
叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚\
汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲靳祁路涂兰甘裴梅童翁\
霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳司费蒙席晏隋古强穆姬宫景米麦谈柏瞿艾沙鄢桂窦郁\
缪畅巩卓褚栾戚全娄甄郎池丛边岑农苟迟保商臧佘卞虞刁冷应匡栗仇练楚揭师官佟封燕桑巫敖原植邝仲荆储宗楼干苑寇盖南屠鞠荣井\
乐银奚明麻雍花闻冼木郜廉衣蔺和冀占门帅利满闫肖付代岩晁云双普种税薄皮逯邸扈亓仝母要水贡智展阚令钮宿牧羊火山伏阴暴逄雒衡\
丰禹湛么隆茅国户籍尉植才底海雪忻勾勇晋豆闪郗朴权敬邰伊初昌呼逢沐青肇鱼粟言鹿仵宣幸谌迪冶平越禄植惠贲后湾訾巴裘贝束冒\
劉陳楊黃趙吳孫馬鄭羅謝韓許鄧蕭馮葉呂魏蔣盧崔陸鍾賈鄒閻龍賀嚴錢龔湯陶顏莊魯龐齊關歐紀畢蘭寧單華衛簡時連車項黨蒙習習滿";

/// Surnames of two characters.
const LONG_SURNAMES: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐",
    "司徒", "夏侯", "东方", "宇文", "长孙", "端木", "独孤", "南宫", "申屠", "呼延", "闻人", "轩辕",
];

/// Words of two to four characters that stand where names stand.
const NOT_NAMES: &[&str] = &[
    "本报",
    "本报讯",
    "本報",
    "本報訊",
    "综合",
    "综合报道",
    "整理",
    "报道",
    "如图",
    "资料",
    "资料图",
    "见图",
    "上图",
    "下图",
    "左图",
    "右图",
    "图片",
    "文字",
    "消息",
    "完",
    "实习",
    "見習",
    "全媒体",
    "融媒体",
    "有限公司",
    "新华社",
    "新華社",
    "中新社",
    "中新网",
    "新华网",
    "人民网",
    "供稿",
    "转载",
    "均为",
    "等",
];

/// What ends the name of an office or a paper, and hardly a person's.
const OFFICE_ENDS: &[char] = &[
    '报', '社', '网', '台', '局', '委', '府', '会', '厅', '院', '部', '办', '司', '所', '署', '频',
    '闻', '刊', '馆', '镇', '乡', '县', '市', '省', '區', '区', '處', '处', '站', '组', '團', '团',
];

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c)
}

/// Whether a text begins with a surname.
#[must_use]
pub fn has_surname(text: &str) -> bool {
    LONG_SURNAMES.iter().any(|name| text.starts_with(name))
        || text.chars().next().is_some_and(|c| SURNAMES.contains(c))
}

/// Whether a text can be a person's name where a byline names one: two to four characters, or
/// parts divided by a dot as in 买买提·艾力.
#[must_use]
pub fn can_be_name(text: &str) -> bool {
    if NOT_NAMES.contains(&text) {
        return false;
    }
    let parts: Vec<&str> = text.split(['·', '•', '・', '‧']).collect();
    if parts.len() > 1 {
        return parts.len() <= 4
            && parts.iter().all(|part| {
                !part.is_empty() && part.chars().all(is_han) && part.chars().count() <= 8
            });
    }
    let count = text.chars().count();
    if !(2..=4).contains(&count) || !text.chars().all(is_han) {
        return false;
    }
    if text.contains(['的', '了', '在', '是', '们', '这', '昨', '获', '从']) && !has_surname(text)
    {
        return false;
    }
    // Names of four characters have a surname of two, or a double one.
    count < 4 || has_surname(text)
}

/// Whether a text reads as a person's name without anything that says so: it begins with a
/// surname and does not end like an office.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let dotted = text.contains(['·', '•', '・', '‧']);
    can_be_name(text)
        && (dotted
            || has_surname(text)
                && (text.chars().count() < 4
                    || LONG_SURNAMES.iter().any(|name| text.starts_with(name)))
                && !text.ends_with(OFFICE_ENDS))
}

/// Two or more names that were printed without anything between them, where surnames leave one way
/// to part them: 六 characters as three and three, five as two and three or three and two.
#[must_use]
pub fn part_names(run: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = run.chars().collect();
    let name = |range: std::ops::Range<usize>| -> Option<String> {
        let name: String = chars.get(range)?.iter().collect();
        is_name(&name).then_some(name)
    };
    let two = |at: usize| Some(vec![name(0..at)?, name(at..chars.len())?]);
    match chars.len() {
        5 => match (two(2), two(3)) {
            (Some(names), None) | (None, Some(names)) => Some(names),
            _ => None,
        },
        6 => two(3),
        _ => None,
=======
//! Finds the names of districts and places in a text, without deciding yet which of them is meant.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::gazetteer::{Gazetteer, Level};
use super::table::Form;
use crate::model::Span;

/// What a piece of text was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A name of the gazetteer: its first reading.
    Name(u32),
    /// A kind of zone that any city can have: its position in the table's kinds.
    Kind(u32),
    /// The last word of a town or a street that the gazetteer does not have.
    TownEnding,
    /// 村, 社区.
    VillageEnding,
    /// 我区, 全区: whatever the publication serves.
    OwnDistrict,
    /// 我市, 全市.
    OwnCity,
    /// 市长, 市委: the city's government acts.
    CityGovernment,
}

/// A piece of text that may be a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Bytes of the text that was searched.
    pub(super) span: Span,
    pub(super) word: Word,
}

/// An automaton over all names: the leftmost and longest wins.
pub(super) struct Finder {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    words: Vec<Word>,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finder").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

const TOWN_ENDINGS: [&str; 4] = ["街道", "办事处", "镇", "乡"];
const VILLAGE_ENDINGS: [&str; 2] = ["村", "社区"];
const OWN_DISTRICT: [&str; 8] =
    ["我区", "该区", "全区", "区管委会", "区党工委", "我县", "全县", "该县"];
const OWN_CITY: [&str; 2] = ["全市", "该市"];
const CITY_GOVERNMENT: [&str; 4] = ["我市", "市委", "市长", "市政府"];

/// Words that a short name is only the beginning of: a road, a bank, a company.
const NOT_THE_PLACE: [&str; 38] = [
    "大道", "大街", "路", "街", "巷", "大桥", "桥", "银行", "公司", "集团", "股份", "证券", "大学",
    "学院", "中学", "小学", "医院", "机场", "高速", "铁路", "高铁", "酒店", "宾馆", "饭店", "大厦",
    "广场", "公园", "花园", "小区", "社区", "村", "家园", "商圈", "人寿", "籍", "话", "菜", "门",
];

/// Words that begin with 乡 or 镇 and do not end a name.
const GOES_ON: [&str; 12] =
    ["村", "亲", "愁", "音", "情", "贤", "土", "邻", "静", "定", "压", "痛"];

impl Finder {
    pub(super) fn new(gazetteer: &Gazetteer) -> Self {
        let mut words = Vec::new();
        let mut patterns: Vec<(&str, u32)> = Vec::new();
        let mut add = |pattern, word| {
            patterns.push((pattern, words.len() as u32));
            words.push(word);
        };
        let alone = || (0..).zip(&gazetteer.table.kinds).filter(|(_, kind)| kind.alone);
        for (name, first) in gazetteer.table.all_names() {
            // Some towns are called nothing but 高新技术产业开发区.
            if alone().any(|(_, kind)| kind.words.contains(&name)) {
                continue;
            }
            if gazetteer
                .table
                .chain(Some(first))
                .any(|r| is_looked_for(gazetteer, name, r.unit, r.form))
            {
                add(name, Word::Name(first));
            }
        }
        for (index, kind) in alone() {
            for word in &kind.words {
                add(word, Word::Kind(index));
            }
        }
        let endings = [
            (&TOWN_ENDINGS[..], Word::TownEnding),
            (&VILLAGE_ENDINGS[..], Word::VillageEnding),
            (&OWN_DISTRICT[..], Word::OwnDistrict),
            (&OWN_CITY[..], Word::OwnCity),
            (&CITY_GOVERNMENT[..], Word::CityGovernment),
        ];
        for (list, word) in endings {
            for ending in list {
                add(ending, word);
            }
        }
        // The order of a hash table must not show in the automaton.
        patterns.sort_unstable();
        patterns.dedup_by_key(|&mut (pattern, _)| pattern);
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .ok();
        Self { automaton, words }
    }

    /// The names in a folded text, from left to right, none overlapping another.
    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Found> + 't {
        self.automaton
            .iter()
            .flat_map(move |automaton| automaton.leftmost_find_iter(text))
            .filter_map(|hit| {
                let word = self.words.get(hit.value() as usize).copied()?;
                Some(Found { span: hit.start()..hit.end(), word })
            })
    }
}

/// Whether what follows a short name shows that the name is part of another one.
pub(super) fn is_part_of_another_name(after: &str) -> bool {
    NOT_THE_PLACE.iter().any(|word| after.starts_with(word))
}

/// Whether a town's name that ends in 乡 or 镇 has swallowed the first half of a word.
pub(super) fn swallowed(name: &str, after: &str) -> bool {
    name.ends_with(['乡', '镇']) && GOES_ON.iter().any(|word| after.starts_with(word))
}

fn is_looked_for(gazetteer: &Gazetteer, name: &str, unit: u32, form: Form) -> bool {
    let characters = name.chars().count();
    match (gazetteer.unit(unit).level, form) {
        (_, Form::Word) => false,
        // 农场, 管理区 and the like are ordinary words unless long.
        (Level::Town, _) => {
            let ends_with = |end: &&str| name.ends_with(*end);
            let says_what_it_is = ["街道", "镇", "乡", "苏木"].iter().any(ends_with);
            // 北京经济技术开发区 is a zone, whatever statistics files below it.
            let mut zones = gazetteer.table.kinds.iter().flat_map(|kind| &kind.words);
            characters >= 3 && says_what_it_is || characters >= 5 && !zones.any(ends_with)
        }
        _ => characters >= 2,
>>>>>>> places
    }
}
