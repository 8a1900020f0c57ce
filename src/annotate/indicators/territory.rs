//! Of whom a number is: the territory that the sentence names, and whether it speaks of a company,
//! a project or a foreign country instead.

use std::sync::LazyLock;

use regex::Regex;

use crate::gazetteer::Gazetteer;
use crate::model::{DistrictBasis, IndicatorDistrict, Record};
use crate::text::{fold_char, word_frequency};

/// The territories that an article names, and the one that it is about.
#[derive(Debug)]
pub(super) struct Territories {
    /// Words in the text with the official name, the longest first.
    names: Vec<(String, String)>,
    /// From the province down to the district that the article is about.
    path: Vec<String>,
    /// The town of the headline, else the district that the article is about.
    main: Option<String>,
}

/// What a passage speaks of at some place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Subject {
    /// A territory with its official name.
    Territory(String),
    /// A territory that is not named: 全省 where it is not known of which.
    Unnamed,
    /// A company, a school, a product, a project, a foreign country.
    Other,
}

static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("全国|我国|全省|我省|该省|全市|我市|该市|本市|全县|我县|该县|全州|我州|全盟|我盟|全旗|我旗|全区|我区|该区|本区|全乡|该乡|全镇|该镇|我镇|该街道|辖区|全自治区")
        .expect("a constant pattern")
});

static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!("有限公司|股份公司|分公司|公司|集团|发行人|报告期|银行|券商|基金|酒店|超市|工厂|药厂|电厂|合作社|农场|大学|学院|医院|门店|车间|生产线|该项目|该工程|该企业|该厂|这家企业|该院|该校|该馆|该村|车站|机场|景区|航空|铁路局|油田|煤矿|电站|市值|股东|股票|{PROJECTS}|该产品|本产品|这款产品|产品售价|学校于|学校占地|学校现有|学校位于|基地|{COUNTRIES}"))
        .expect("a constant pattern")
});

/// A single project: 物流产业园项目总投资 …, 项目已取得 ….
const PROJECTS: &str = "(?:产业园|园区|中心|基地|大桥|隧道|厂|广场|公园|电站|生产线)(?:建设)?项目(?:总投资|计划|规划|占地|已|建成|投产|达产|位于|一期|二期|预计)|^项目(?:已|建成后|占地|位于|达产|投产|一期)";

/// Other countries, and the world.
const COUNTRIES: &str = "美国|日本|韩国|德国|法国|英国|印度|俄罗斯|欧盟|欧元区|欧洲|澳大利亚|巴西|加拿大|越南|泰国|新加坡|乌克兰|全球|世界|土耳其|阿根廷|意大利|西班牙|马来西亚|印尼|菲律宾|伊朗|以色列";

/// Words before the name of a territory by which it is only compared with.
const COMPARED: &[&str] = &[
    "占", "居", "高于", "低于", "快于", "好于", "高出", "超过", "比", "列", "位列", "与", "较",
    "领跑", "高居", "位居", "销往", "来自", "的", "在", "地处", "位于", "隶属", "出口", "参加",
    "纳入", "列入",
];

/// Words behind the name of a territory by which it is only what others are ranked in, or part of another name.
const RANKED: &[&str] = &[
    "首",
    "第",
    "唯一",
    "最",
    "前列",
    "领先",
    "平均",
    "大都市",
    "都市",
    "大学",
    "银行",
    "日报",
    "晚报",
    "海关",
    "路",
    "股份",
    "南站",
    "东站",
    "西站",
    "北站",
    "站",
    "六县",
    "消息",
    "电",
];

/// How often an article that is on the whole country names it.
const MIN_COUNTRY_MENTIONS: usize = 2;

/// How often an article on companies names them.
const MIN_COMPANY_MENTIONS: usize = 4;

/// How often an article names the town that it is about.
const MIN_TOWN_MENTIONS: usize = 3;

impl Territories {
    pub(super) fn of(record: &Record) -> Self {
        let folded = |text: &str| -> String {
            text.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect()
        };
        let mut names: Vec<(String, String)> = Vec::new();
        let mut add = |word: String, name: &str| {
            if word.chars().nth(1).is_some() {
                names.push((word, name.to_owned()));
            }
        };
        for place in &record.districts {
            add(folded(&place.evidence), &place.name);
            add(folded(&place.name), &place.name);
            for end in ["市", "县", "区", "省"] {
                if let Some(short) = place.name.strip_suffix(end) {
                    add(folded(short), &place.name);
                }
            }
            if let Some(short) = short_of_autonomous(&place.name) {
                add(folded(short), &place.name);
            }
            for above in &place.path {
                add(folded(above), above);
                let short = above.strip_suffix(['市', '省']);
                if let Some(short) = short.or_else(|| short_of_autonomous(above)) {
                    add(folded(short), above);
                }
            }
        }
        let towns: Vec<&str> = record
            .places
            .iter()
            .map(|place| place.name.as_str())
            .filter(|name| ["乡", "镇", "街道", "社区"].iter().any(|end| name.ends_with(end)))
            .collect();
        for town in &towns {
            add(folded(town), town);
        }
        names.sort_by(|one, other| other.0.len().cmp(&one.0.len()).then_with(|| one.cmp(other)));
        names.dedup();
        let about = record.about().next();
        let title = record.title.as_deref().unwrap_or_default();
        let town = towns.iter().find(|town| title.contains(**town)).or_else(|| {
            // The town that the whole article speaks of.
            towns.iter().find(|town| record.body.matches(**town).count() >= MIN_TOWN_MENTIONS)
        });
        let town = town.map(|&town| town.to_owned());
        let offices = [
            "国家统计局",
            "海关总署",
            "公安部",
            "商务部",
            "财政部",
            "国新办",
            "人民银行",
            "农业农村部",
            "国家发展改革委",
            "国家发改委",
        ];
        // An article on a company is not one on the country because that is named in it.
        let companies: usize =
            ["公司", "集团", "股份"].iter().map(|word| record.body.matches(word).count()).sum();
        let is_national = || {
            let mentions: usize =
                ["全国", "我国"].iter().map(|word| record.body.matches(word).count()).sum();
            companies < MIN_COMPANY_MENTIONS
                && (offices.iter().any(|office| record.body.contains(office))
                    || mentions >= MIN_COUNTRY_MENTIONS)
        };
        let country = || is_national().then(|| "全国".to_owned());
        Self {
            names,
            path: about.map(|place| place.path.clone()).unwrap_or_default(),
            main: town.or_else(|| about.map(|place| place.name.clone())).or_else(country),
        }
    }

    /// The territory that the label of a table's line is.
    pub(super) fn of_label(&self, label: &str) -> Option<IndicatorDistrict> {
        let (_, name) = self.names.iter().find(|(word, _)| word == label)?;
        Some(IndicatorDistrict { name: name.clone(), basis: DistrictBasis::Sentence })
    }

    /// What follows the name of a territory that a text begins with.
    pub(super) fn at_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        let named = self.names.iter().find_map(|(word, _)| text.strip_prefix(word.as_str()));
        named.or_else(|| {
            WHOLE.find(text).filter(|found| found.start() == 0).map(|found| &text[found.end()..])
        })
    }

    /// What the words before a number speak of last; `None` if they name neither. `spoken_of` is what the
    /// paragraph spoke of before.
    pub(super) fn subject(&self, before: &str, spoken_of: Option<&Subject>) -> Option<Subject> {
        let mut last: Option<(usize, Subject)> = None;
        let mut see = |at: usize, subject: Subject| {
            if last.as_ref().is_none_or(|(seen, _)| at >= *seen) {
                last = Some((at, subject));
            }
        };
        let compared = |at: usize, end: usize| {
            COMPARED.iter().any(|word| before[..at].ends_with(word))
                || RANKED.iter().any(|word| before[end..].starts_with(word))
        };
        for (word, name) in &self.names {
            for (at, _) in before.match_indices(word.as_str()) {
                let inside = self.names.iter().any(|(longer, _)| {
                    longer.len() > word.len()
                        && longer.find(word.as_str()).is_some_and(|within| {
                            at >= within
                                && before
                                    .get(at - within..)
                                    .is_some_and(|text| text.starts_with(longer.as_str()))
                        })
                });
                let end = at + word.len();
                // 在吉林, 水稻种植面积 …
                let is_scene = before[..at].ends_with('在') && before[end..].starts_with(',');
                // 广东汕尾, but not 成都武侯祠.
                let follows =
                    self.names.iter().any(|(name, _)| before[..at].ends_with(name.as_str()))
                        && !is_begun_word(word, &before[end..]);
                if !inside
                    && (is_scene || !compared(at, end) && (follows || begins(before, at, word)))
                {
                    see(at, Subject::Territory(name.clone()));
                }
            }
        }
        for found in WHOLE.find_iter(before) {
            if !compared(found.start(), found.end()) {
                let named = self.whole(found.as_str(), &before[..found.start()], spoken_of);
                see(found.start(), named.map_or(Subject::Unnamed, Subject::Territory));
            }
        }
        for found in OTHERS.find_iter(before) {
            let is_partner = is_partner(&before[..found.start()], &before[found.end()..]);
            if !is_partner && !is_general(found.as_str(), &before[found.end()..]) {
                see(found.start(), Subject::Other);
            }
        }
        last.map(|(_, subject)| subject)
    }

    /// Whether a territory is above the one that the article is about, or the whole country.
    pub(super) fn is_above(&self, name: &str) -> bool {
        self.main.as_deref().is_some_and(|main| main != name)
            && (name == "全国"
                || self.path.iter().any(|above| above == name && self.path.last() != Some(above)))
    }

    /// 全市 in an article about a district: its city, unless the paragraph spoke of another one.
    fn whole(&self, word: &str, before: &str, spoken_of: Option<&Subject>) -> Option<String> {
        let last = self.path.last();
        if word != "全国" && word != "我国" {
            if let Some((_, name)) =
                self.names.iter().find(|(name, _)| before.ends_with(name.as_str()))
            {
                return Some(name.clone());
            }
            // That of the sentence before that of the paragraph.
            let in_sentence = self.names.iter().filter(|(_, name)| is_of_level(name, word));
            let in_sentence =
                in_sentence.filter_map(|(word, name)| Some((before.rfind(word.as_str())?, name)));
            if let Some((_, name)) = in_sentence.max_by_key(|(at, _)| *at) {
                return Some(name.clone());
            }
            if let Some(Subject::Territory(name)) = spoken_of
                && is_of_level(name, word)
            {
                return Some(name.clone());
            }
            if self.path.is_empty() {
                // 全县 behind the last district that was named.
                let named = self
                    .names
                    .iter()
                    .filter_map(|(word, name)| Some((before.rfind(word.as_str())?, name)));
                return named.max_by_key(|(at, _)| *at).map(|(_, name)| name.clone());
            }
        }
        match word {
            "全国" | "我国" => Some("全国".to_owned()),
            "全省" | "我省" | "该省" | "全自治区" => self.path.first().cloned(),
            "全州" | "我州" | "全盟" | "我盟" => self.path.get(1).or(last).cloned(),
            "全市" | "我市" | "该市" | "本市" => {
                let county = self.path.get(2).filter(|name| name.ends_with('市'));
                let city = self.path.get(1);
                let clause = &before[before.rfind([',', ';', '。']).unwrap_or(0)..];
                let named = city.is_some_and(|city| clause.contains(city.trim_end_matches('市')));
                county.filter(|_| !named).or(city).or(last).cloned()
            }
            "辖区" => None,
            "全乡" | "该乡" | "全镇" | "该镇" | "我镇" | "该街道" => {
                self.main.clone().filter(|name| name.ends_with(['乡', '镇', '道']))
            }
            _ => last.cloned(),
        }
    }

    /// What the article is about, as what is spoken of.
    pub(super) fn main(&self) -> Option<Subject> {
        self.main.clone().map(Subject::Territory)
    }

    /// Whether a name begins with another country or a company: 美国新能源汽车销量.
    pub(super) fn is_of_others(name: &str) -> bool {
        let companies = ["公司", "集团", "该行", "我行"];
        COUNTRIES.split('|').chain(companies).any(|other| name.starts_with(other))
    }

    /// The territory that 全国, 全省 or 全市 speaks of.
    pub(super) fn of_whole(&self, word: &str) -> Option<IndicatorDistrict> {
        let name = self.whole(word, "", None)?;
        Some(IndicatorDistrict { name, basis: DistrictBasis::Sentence })
    }

    /// The territory that the article is about, unless that is the whole country.
    pub(super) fn of_region(&self) -> Option<IndicatorDistrict> {
        self.of_article().filter(|district| district.name != "全国")
    }

    /// The territory that the article is about.
    pub(super) fn of_article(&self) -> Option<IndicatorDistrict> {
        let name = self.main.clone()?;
        Some(IndicatorDistrict { name, basis: DistrictBasis::Article })
    }
}

/// The short name of an autonomous region or prefecture, if nothing else is called so: 广西 of
/// 广西壮族自治区, but not 海南 of 海南藏族自治州.
fn short_of_autonomous(name: &str) -> Option<&str> {
    if !name.contains("自治") {
        return None;
    }
    let gazetteer = Gazetteer::built_in();
    let ends = name.char_indices().map(|(at, _)| at).skip(2).take(3).collect::<Vec<_>>();
    ends.into_iter().rev().map(|end| &name[..end]).find(
        |short| matches!(gazetteer.resolve(short).as_slice(), [division] if division.name == name),
    )
}

/// Whether a name and the character behind it are a word: 武侯祠.
fn is_begun_word(name: &str, after: &str) -> bool {
    let next = after.chars().next();
    next.is_some_and(|c| word_frequency(&format!("{name}{c}")) > 0)
}

/// Whether a territory is one that 全省, 全市 or 全县 can mean.
fn is_of_level(name: &str, whole: &str) -> bool {
    let ends: &[&str] = match whole.chars().next_back() {
        Some('省') => &["省"],
        Some('市') => &["市"],
        Some('县') => &["县"],
        Some('州') => &["州"],
        Some('盟') => &["盟"],
        Some('旗') => &["旗"],
        _ => &[],
    };
    ends.iter().any(|end| name.ends_with(end))
}

/// Whether a country is one that trade is with: 对美国进出口.
fn is_partner(before: &str, after: &str) -> bool {
    let list = before.rfind('对').map(|at| &before[at..]);
    let is_list = list.is_some_and(|list| !list.contains([',', ';', '。']));
    let trade = ["进出口", "出口", "进口", "贸易", "分别", "、", "和", "等"];
    is_list && trade.iter().any(|word| after.starts_with(word))
}

/// Whether a word for an organisation or a place is not of a certain one: 医院143个, 大学生, 世界级.
fn is_general(word: &str, after: &str) -> bool {
    match word {
        "医院" | "大学" | "学院" | "银行" | "酒店" | "超市" | "合作社" | "门店" | "基地"
        | "景区" | "农场" | "公司" | "集团" | "机场" | "车站" => after
            .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '、' | '生' | '数' | '床')),
        "世界" | "全球" => {
            ["级", "一流", "最", "文化", "遗产"].iter().any(|end| after.starts_with(end))
        }
        _ => false,
    }
}

/// Whether a text begins with two characters of which no word begins: the name of a company or a product.
pub(super) fn begins_with_unknown(text: &str) -> bool {
    let mut chars = text.char_indices().map(|(at, _)| at).skip(1);
    let (Some(second), Some(third)) = (chars.next(), chars.next()) else { return false };
    let fourth = chars.next().unwrap_or(text.len());
    let is_letter = |c: char| c.is_alphabetic() && !c.is_ascii();
    text[..third].chars().all(is_letter)
        && [third, fourth].iter().all(|&end| word_frequency(&text[..end]) == 0)
        && word_frequency(&text[second..fourth]) == 0
        && !FUNCTION_CHARS.contains(&text[..second])
}

/// Characters that stand alone.
const FUNCTION_CHARS: &str = "的在有与和以将已则也全等是为对向被把从到及或按共均总新省市县区";

/// Whether a short name stands where a clause begins: elsewhere it is part of other names.
fn begins(text: &str, at: usize, word: &str) -> bool {
    // 郑州 is short, 凉山州 is not.
    let is_short = word.ends_with('州') && word.chars().count() == 2;
    let is_full =
        !is_short && word.ends_with(['市', '县', '区', '省', '乡', '镇', '道', '旗', '州', '盟']);
    let before = &text[..at];
    let after = &text[at + word.len()..];
    if is_full {
        return !after.starts_with(['(', '级']);
    }
    // 苏州擎动 is a company.
    if before.ends_with('、') && begins_with_unknown(after) {
        return false;
    }
    before.is_empty()
        || after.starts_with(',')
        || before.ends_with([
            ',', '、', ';', ':', '。', '\"', '(', ')', '年', '月', '末', '度', '日', '前', '间',
            '来', '讯', '悉', '解', '示', '现',
        ])
        || after.starts_with("全")
}
