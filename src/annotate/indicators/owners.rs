//! Names that a sentence says in part: the noun alone behind a row with the same owner, a part of the
//! row before, the sum of what is counted.

use super::catalogue::{Catalogue, fits};
use super::found_name::{FoundName, modifier_start, name_at_end, name_behind};
use super::phrase::WordsBefore;
use super::quantity::Quantity;
use super::reader::{NumberedSentence, Reader, Said};
use super::row::NamedAs;
use crate::model::IndicatorRule;
use crate::text::numerals::base_unit;

/// Ends of what has several figures of its own: 机械工业营业收入 …, 增加值 ….
const OWNERS: [&str; 5] = ["企业", "业", "单位", "机构", "经济"];

/// Length of the name of a part, in characters.
const MAX_PART_CHARS: usize = 10;

impl Reader<'_> {
    /// 总投资 alone: that of the projects before or behind it.
    pub(super) fn name_of_sum(
        &self,
        sentence: &NumberedSentence<'_>,
        index: usize,
        found: &FoundName,
    ) -> Option<String> {
        let tail = match found.tail {
            "投资总额" | "投资额" | "总额" => "总投资",
            tail => tail,
        };
        let owner = owner_behind(sentence, index).or_else(|| {
            let counted = self.rows_of(sentence).iter().rev().find(|row| row.is_count())?;
            Some(counted.named.name.clone())
        })?;
        Some(format!("{owner}{tail}"))
    }

    /// The name of the row before: 完成 30亿元, 9月完成 4亿元.
    pub(super) fn carried(
        &self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        words: &WordsBefore<'_>,
    ) -> Option<(NamedAs, IndicatorRule)> {
        let before = self.rows_of(sentence).last()?;
        let is_bare = words.phrase().trim_matches([',', ';', '当', '月']).is_empty();
        let is_alike = match &before.value {
            Some(value) => {
                value.dimension == number.dimension
                    && base_unit(&value.unit) == base_unit(&number.unit)
            }
            // 年均增长 6.4%, 去年达到 3.38万亿元
            None => Catalogue::get()
                .measured_by(&before.named.name)
                .is_some_and(|measured| fits(measured, number.dimension)),
        };
        (words.lead.has_link && is_bare && is_alike)
            .then(|| (before.named.clone(), IndicatorRule::NameCarried))
    }

    /// 基金收入 …, 支出 …: a noun alone behind a row of the sentence, or of the paragraph if it has the
    /// same noun: 总里程 behind 农村公路总里程.
    pub(super) fn beside(&self, sentence: &NumberedSentence<'_>, noun: &str) -> Option<String> {
        let row = self
            .rows_of(sentence)
            .last()
            .or_else(|| self.drafts.last().filter(|row| row.named.tail == noun))?;
        if row.named.tail == noun {
            return Some(row.named.name.clone());
        }
        let stem =
            row.named.name.strip_suffix(row.named.tail).filter(|_| !row.named.tail.is_empty())?;
        let is_pair = matches!((row.named.tail, noun), ("收入", "支出") | ("合同额", "执行额"));
        (is_pair && !stem.is_empty() || OWNERS.iter().any(|end| stem.ends_with(end)))
            .then(|| format!("{stem}{noun}"))
    }

    /// 普通高中52所, 招生 2.9万人: the schools before.
    pub(super) fn school(&self, sentence: &NumberedSentence<'_>) -> Option<String> {
        const SCHOOLS: [&str; 9] =
            ["学校", "高校", "高中", "初中", "小学", "中学", "幼儿园", "院校", "教育"];
        let counted = self.rows_of(sentence).iter().rev().find(|row| row.is_count())?;
        let name = &counted.named.name;
        SCHOOLS.iter().any(|end| name.ends_with(end)).then(|| name.clone())
    }

    /// 其中小麦 301.2千公顷: a part of the row before, with its noun.
    pub(super) fn part(
        &self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        words: &WordsBefore<'_>,
        said: &Said,
    ) -> Option<NamedAs> {
        let parent = said.parent.and_then(|at| self.drafts.get(at))?;
        let follows =
            || self.rows_of(sentence).last().is_some_and(|row| row.rule == IndicatorRule::Part);
        let base = |unit: &str| unit.trim_start_matches(['万', '亿']).to_owned();
        let whole =
            parent.value.as_ref().filter(|whole| base(&whole.unit) == base(&number.unit))?;
        if !(words.text.contains("其中") || follows())
            || whole.value * whole.factor < number.value * number.factor
        {
            return None;
        }
        let phrase = words.phrase().trim_start_matches([',', ';', '、']);
        let part = phrase.strip_prefix("其中").unwrap_or(phrase).trim_start_matches([',', ':']);
        let noun = parent.noun_for_parts()?;
        let is_name = (2..=MAX_PART_CHARS).contains(&part.chars().count())
            && modifier_start(part, self.territories) == 0
            && part.chars().all(|c| c.is_alphanumeric() || c == '、')
            && name_at_end(part, Some(number.dimension), self.territories)
                .is_none_or(|found| found.id.is_none() && found.span.start == 0);
        if !is_name || part.ends_with(noun) {
            return None;
        }
        let end = sentence.start + words.start + words.text.find(phrase)? + phrase.len();
        let span = end - part.len()..end;
        Some(NamedAs::part(sentence.body, sentence.passage, span, noun, parent))
    }

    /// Who made a profit: 规模以上工业企业 before 实现, else that of the row before.
    pub(super) fn doer(
        &self,
        sentence: &NumberedSentence<'_>,
        start: usize,
        before: &str,
    ) -> Option<String> {
        const DOERS: [&str; 7] = ["企业", "业", "单位", "机构", "经济", "人员", "项目"];
        let subject = ["实现", "完成"].iter().find_map(|verb| before.strip_suffix(verb))?;
        let subject = subject.trim_end_matches("共").trim_end_matches("累计");
        if DOERS.iter().any(|end| subject.ends_with(end)) {
            let mark =
                subject.char_indices().rfind(|(_, c)| matches!(c, '的' | ',' | ':' | ')' | '中'));
            let mut from = mark.map_or(0, |(at, c)| at + c.len_utf8());
            while let Some(rest) = self.territories.at_start(&subject[from..]) {
                from = subject.len() - rest.len();
            }
            let begin = sentence.start + start;
            let named = NamedAs::printed(
                sentence.body,
                sentence.passage,
                begin + from..begin + subject.len(),
            );
            return (named.name.chars().count() >= 3).then_some(named.name);
        }
        let row = self.rows_of(sentence).last()?;
        if !subject.is_empty() || row.named.tail.is_empty() {
            return None;
        }
        let stem = row.named.name.strip_suffix(row.named.tail)?;
        DOERS.iter().any(|end| stem.ends_with(end)).then(|| stem.to_owned())
    }
}

/// 总投资 25亿元 *的 10个 重点项目*: the things counted behind it.
pub(super) fn owner_behind(sentence: &NumberedSentence<'_>, index: usize) -> Option<String> {
    let (number, next) = (sentence.numbers.get(index)?, sentence.numbers.get(index + 1)?);
    if !sentence.text.get(number.span.end..next.span.start)?.trim_matches('的').is_empty() {
        return None;
    }
    let span = name_behind(&sentence.text[next.span.end..])?;
    let at = sentence.start + next.span.end;
    Some(NamedAs::printed(sentence.body, sentence.passage, at + span.start..at + span.end).name)
}
