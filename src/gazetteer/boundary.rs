//! Boundaries of place names in running text, which has no blanks: context words that confirm a
//! name, and others that show it to be part of another word.

use crate::text::word_frequency;

/// Suffixes that make a short name part of another name: of a road, a bank, a company.
const NOT_THE_PLACE: [&str; 50] = [
    "大道", "大街", "路", "东路", "西路", "南路", "北路", "中路", "街", "巷", "大桥", "桥", "银行",
    "公司", "集团", "股份", "证券", "大学", "学院", "中学", "小学", "医院", "机场", "高速", "铁路",
    "高铁", "酒店", "宾馆", "饭店", "大厦", "广场", "公园", "花园", "小区", "社区", "村", "家园",
    "商圈", "人寿", "籍", "话", "菜", "门", "时间", "湖", "湾", "瓜", "军区", "山脉", "河",
];

/// Words and names that begin like these suffixes.
const OTHER_WORDS: [&str; 14] = [
    "街头", "湖州", "湖北", "湖南", "湖口", "湖滨", "湾里", "河北", "河南", "河西", "河东", "河道",
    "河湖", "河长",
];

/// Continuations that make a word with a preceding 乡 or 镇.
const AFTER_TOWN: [&str; 12] =
    ["村", "亲", "愁", "音", "情", "贤", "土", "邻", "静", "定", "压", "痛"];
/// Continuations that make a word with a preceding 区.
const AFTER_DISTRICT: [&str; 4] = ["域", "块", "间", "别"];

/// First characters of two-character counties that are frequent in running text, counted in a
/// sample of national news. They end words (示范县, 免费县) or join them (市和县).
const FREQUENT_FIRST: &str = "和新成安理通开高任金定道文应息费南代户达单深环易容复范均涉青随康房景义\
连索夏温密宁黄临兴云富花威古盘洋盖丰泰冠朗献佳礼吉荣徽辉雄横忠";
/// Continuations that make a word with a preceding 县 in any context: 建成县级市, 安徽县域.
const AFTER_COUNTY: [&str; 3] = ["级", "域", "区"];
/// Further ones if the first character is a frequent one: 和县里, 新县城.
const AFTER_FREQUENT: [&str; 5] = ["城", "里", "内", "乡", "直"];
/// Words after which the name of a place begins.
const BEFORE_A_PLACE: [&str; 9] = ["在", "到", "赴", "从", "于", "距", "其中", "周边", "流经"];
/// Words after which one begins, unless its first character is a frequent one: 经费县.
const BEFORE_A_RARE_NAME: [&str; 25] = [
    "自", "往", "向", "去", "来", "抵", "至", "由", "对", "为", "是", "让", "被", "和", "与", "及",
    "驻", "据", "日", "月", "讯", "电", "记者", "中共", "本报",
];
/// Ordinary words that such a word forms with the first character of a county.
const JOINED: [&str; 6] = ["从容", "到达", "到任", "在任", "赴任", "在理"];

/// How a two-character county name relates to the characters around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameBoundary {
    /// Its first character does not belong to the text before it, as 范 does in 示范县.
    pub(crate) apart: bool,
    /// Its first character is rare, so that the name is hardly part of other words.
    pub(crate) rare: bool,
    /// It forms another word with the text after it.
    pub(crate) broken: bool,
}

impl NameBoundary {
    /// Of a name between two pieces of text; `cut` if the text before it may be incomplete.
    pub(crate) fn of(before: &str, name: &str, after: &str, cut: bool) -> Self {
        let first = name.chars().next().unwrap_or_default();
        let rare = !FREQUENT_FIRST.contains(first);
        let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
        let goes_on = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
        let joined = JOINED.iter().any(|word| {
            word.strip_suffix(first).is_some_and(|beginning| before.ends_with(beginning))
        });
        let open = before.chars().next_back().map_or(!cut, |c| !c.is_alphanumeric());
        let behind = ends(&BEFORE_A_PLACE) || rare && ends(&BEFORE_A_RARE_NAME);
        let broken =
            name.ends_with('县') && (goes_on(&AFTER_COUNTY) || !rare && goes_on(&AFTER_FREQUENT));
        Self { apart: open || behind && !joined, rare, broken }
    }
}

/// Whether the text after a short name shows that it is part of another name.
pub(crate) fn is_part_of_another_name(after: &str) -> bool {
    let goes_on = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    goes_on(&NOT_THE_PLACE) && !goes_on(&OTHER_WORDS)
}

/// Whether a name ends in the first half of another word: 中原区 in 中原区域.
pub(crate) fn swallowed(name: &str, after: &str) -> bool {
    let goes_on = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    match name.chars().next_back() {
        Some('乡' | '镇') => goes_on(&AFTER_TOWN),
        Some('区') => goes_on(&AFTER_DISTRICT),
        _ => false,
    }
}

/// Characters that foreign names are written with.
const TRANSLITERATED: &str = "里罗华纳亚尼斯拉特克弗佛马内萨密西俄荷加艾苏他瓦夫宾塔维康乔顿科卡得";

/// Whether a name is the end of a foreign one: 兰州 in 马里兰州. One such character before it can end any
/// other word: 江西赣州, 公里郑州.
pub(crate) fn is_foreign(name: &str, before: &str) -> bool {
    let mut last = before.chars().rev();
    name.ends_with('州') && (0..2).all(|_| last.next().is_some_and(|c| TRANSLITERATED.contains(c)))
}

/// How many times more frequent than a short name and the character behind it the two words must be that
/// divide the same text otherwise: 修 and 水利 for 修水 and 利.
const MUCH_MORE: u64 = 25;

/// Whether a short name is no name where it stands: it lies across two words that are both more
/// frequent (衡水 in 平衡水平), or ends in the first half of one that is far more frequent (修水 in
/// 修水利). What stands right behind the name of what it lies in is a name, and so is what stands before
/// another word: 登封建成, 淮安全力.
pub(crate) fn straddles(before: &str, name: &str, after: &str) -> bool {
    let own = word_frequency(name).max(1);
    let right = joined(name, after);
    let first_two: String = after.chars().take(2).collect();
    let before_a_word = first_two.chars().count() == 2 && word_frequency(&first_two) > 0;
    // How likely the text is, divided behind the name and before its last character, by the frequencies
    // of both words on each side.
    let next = after.chars().next().map_or(0, char::len_utf8);
    let last = name.chars().next_back().map_or(0, char::len_utf8);
    let divided = |left: u64, right: u64| left.max(1).saturating_mul(right.max(1));
    let as_name = divided(own, word_frequency(&after[..next]));
    let otherwise = divided(word_frequency(&name[..name.len() - last]), right);
    right > own && joined(before, name) > own
        || !before_a_word && right > 0 && otherwise >= MUCH_MORE.saturating_mul(as_name)
}

/// Whether the name of a town begins in the second half of a word: 地城镇 in 土地城镇化.
pub(crate) fn begins_inside(before: &str, name: &str) -> bool {
    name.ends_with(['乡', '镇']) && joined(before, name) > 0
}

/// The frequency of the word that the last character of one text and the first of another make.
fn joined(left: &str, right: &str) -> u64 {
    let last = left.chars().next_back();
    let word = last.zip(right.chars().next()).map(|(last, first)| String::from_iter([last, first]));
    word.map_or(0, |word| word_frequency(&word))
}
