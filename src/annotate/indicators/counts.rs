//! Counts: a number with the counted thing behind it, 146家高新技术企业.

use super::catalogue::Catalogue;
use super::found_name::{is_part_of_word, name_behind};
use super::levels::{MAX_WORDS_BEFORE_COUNT, NoRow};
use super::names::{honour, is_counted};
use super::owners::owner_behind;
use super::phrase::WordsBefore;
use super::quantity::UnitDimension;
use super::reader::{EmptyName, NumberedSentence, Reader, Said};
use super::row::NamedAs;
use super::territory::Subject;

impl Reader<'_> {
    /// The counted thing that stands behind a number. An error if that is no row.
    pub(super) fn counted_behind(
        &self,
        sentence: &NumberedSentence<'_>,
        index: usize,
        words: &WordsBefore<'_>,
        said: &Said,
    ) -> Result<Option<NamedAs>, NoRow> {
        let number = &sentence.numbers[index];
        let dimensions = [UnitDimension::Count, UnitDimension::People, UnitDimension::Area];
        if !dimensions.contains(&number.dimension) {
            return Ok(None);
        }
        let phrase = words.phrase();
        let after = &sentence.text[number.span.end..];
        // 接待 1亿人次的中外游客
        if number.unit.ends_with("人次")
            && phrase.trim_end_matches('了').ends_with("接待")
            && after.starts_with('的')
            && after.split([',', '。', ';']).next().is_some_and(|clause| clause.ends_with("游客"))
        {
            if self.subject_before(sentence, number.span.start, said) == Some(Subject::Other) {
                return Err(NoRow);
            }
            let at = sentence.start + words.start;
            let named = NamedAs::printed(sentence.body, sentence.passage, at..at + phrase.len());
            return Ok(Some(named.renamed("接待游客".to_owned())));
        }
        let verb = Catalogue::get().verb_at_end(phrase);
        let own = phrase.rsplit('、').next().unwrap_or(phrase);
        let is_clear = phrase.is_empty_name()
            || verb.is_some()
            || words.lead.has_link
            || FOUNDED.iter().any(|verb| phrase.trim_end_matches('了').ends_with(verb))
            || own.chars().count() <= MAX_WORDS_BEFORE_COUNT;
        let Some(behind) = name_behind(after) else { return Ok(None) };
        let at = sentence.start + number.span.end;
        let mut named =
            NamedAs::printed(sentence.body, sentence.passage, at + behind.start..at + behind.end);
        let rest = &after[behind.end..];
        let past = &sentence.text[..number.span.start];
        if let Some(honour) = honour(past, rest) {
            return Ok(Some(NamedAs { name: honour, ..named }));
        }
        // Counts that are compared with those of a year before are no visits.
        let is_compared = rest.trim_start_matches(',').starts_with("同比");
        let event = gathered(past, rest).filter(|_| named.name.ends_with("项目"));
        if !is_clear && !is_compared && event.is_none() {
            return Ok(None);
        }
        let clause = &past[sentence.clause_start(number.span.start)..];
        let is_of_sum =
            words.text == "的" && owner_behind(sentence, index.saturating_sub(1)).is_some();
        let is_plain = Catalogue::get().counted_at_end(&named.name).is_some_and(|(at, _)| at == 0);
        let people = number.dimension == UnitDimension::People;
        let is_area = number.dimension == UnitDimension::Area;
        // 这12个项目: they were counted before.
        let is_again = ["这", "该", "上述", "此"].iter().any(|word| past.ends_with(word));
        let subject = self.subject_before(sentence, number.span.start, said);
        // 甲公司、乙公司等 4家外资企业, 同比增长 …: they are examples.
        let is_list = is_compared && past.ends_with('等');
        if subject == Some(Subject::Other) && !is_list
            || is_again
            || is_area && !named.name.ends_with("高标准农田")
            || !is_counted(&named.name)
            || is_plain
                && verb.is_none()
                && event.is_none()
                && !words.text.ends_with('有')
                && !COUNTED_ALONE.contains(&named.name.as_str())
            || !is_of_sum && !is_compared && event.is_none() && is_act(clause)
            || people && !["就业", "人才", "大学生"].iter().any(|end| named.name.ends_with(end))
        {
            return Err(NoRow);
        }
        if let Some(event) = event
            && verb.is_none()
        {
            named.name = format!("{event}项目");
        } else if rest.trim_start_matches("整体").starts_with("改造") && verb.is_none() {
            named.name = format!("改造{}", named.name);
        } else if own.ends_with("生产")
            && ["车", "机", "车辆", "设备"].iter().any(|end| named.name.ends_with(end))
        {
            named.name.push_str("产量");
        } else if phrase.ends_with("签约、开工") {
            let all = if phrase.ends_with("集中签约、开工") {
                "集中签约开工"
            } else {
                "签约开工"
            };
            named.name = format!("{all}{}", named.name);
        } else if let Some(verb) = verb.filter(|verb| !named.name.starts_with(verb)) {
            named.name = format!("{verb}{}", named.name);
        }
        Ok(Some(named))
    }
}

/// Things that are counted without a word of their kind.
const COUNTED_ALONE: [&str; 5] = ["市场主体", "经营主体", "个体工商户", "行政村", "高标准农田"];

/// Words of a clause by which what it counts was visited, helped or heard.
const ACTS: [&str; 25] = [
    "走访", "拜访", "慰问", "服务", "帮扶", "检查", "排查", "组织", "开展", "举办", "召开", "培训",
    "受理", "督", "对", "与", "向", "为", "给", "等", "帮助", "参加", "推荐", "推动", "支持",
];

/// Nouns with an act in them.
const NO_ACTS: [&str; 4] = ["服务体系", "服务业", "服务中心", "服务站"];

/// Whether what a clause counts was visited, helped or heard.
fn is_act(clause: &str) -> bool {
    let mut clause = clause.to_owned();
    for noun in NO_ACTS {
        clause = clause.replace(noun, "");
    }
    ACTS.iter()
        .any(|word| clause.match_indices(word).any(|(at, _)| !is_part_of_word(&clause, at, word)))
}

/// Verbs before the count of what there is then.
const FOUNDED: [&str; 7] = ["建成", "建有", "建起", "拥有", "设有", "设立", "开设"];

/// The event at which projects were counted: 参加集中开工活动共有 10个项目.
fn gathered(past: &str, rest: &str) -> Option<&'static str> {
    let rest = rest.split(['。', ';']).next().unwrap_or_default();
    let events = ["集中签约", "集中开工"];
    // Of both the verb before the count says more.
    let mut said = events.into_iter().filter(|event| past.contains(event) || rest.contains(event));
    said.next().filter(|_| said.next().is_none())
}
