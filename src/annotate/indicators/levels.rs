//! Levels: a number with the name before it, behind it, or said before.

use jiff::civil::Date;

use super::catalogue::{Catalogue, Nature};
use super::phrase::{Lead, name_at_end, name_behind};
use super::quantity::Dimension;
use super::reader::{EmptyName, Reader, Said, Sentence};
use super::row::{Draft, NamedAs};
use super::territory::Subject;
use crate::model::{IndicatorRule, IndicatorStatus};

impl Reader<'_> {
    pub(super) fn level(
        &mut self,
        sentence: &Sentence<'_>,
        index: usize,
        (start, words, rest): (usize, &str, &str),
        lead: &Lead,
        said: &mut Said,
    ) {
        let number = &sentence.numbers[index];
        let text = sentence.text;
        let mut rule = IndicatorRule::NameBefore;
        let mut named = None;
        if number.dimension == Dimension::Percent
            && let Some(share) = self.share(sentence, start, rest, words, said)
        {
            named = Some(share);
        }
        let phrase = rest.trim_end_matches([',', '"']);
        // Parts in brackets: (含泵站3座).
        if phrase.contains("(含") || phrase.starts_with('含') || phrase.contains("(其中") {
            return;
        }
        let found = if named.is_none() {
            name_at_end(phrase, Some(number.dimension), self.territories)
        } else {
            None
        };
        if let Some(found) = found
            && (number.dimension != Dimension::Percent
                || found.nature != Nature::Flow
                || found.id.is_none())
        {
            // 规模以上工业企业实现 营业收入 …, 实现 利润总额 …: of the same.
            if found.weak
                && found.modifier.is_empty()
                && let Some(owner) = self.doer(sentence, start, &phrase[..found.span.start])
            {
                let mut name =
                    NamedAs::found(sentence.body, sentence.passage, sentence.start + start, &found);
                name.name = format!("{owner}{}", found.tail);
                let draft = self.draft(sentence, number, name, start, said);
                self.drafts.push(draft);
                said.parent = Some(self.drafts.len() - 1);
                return;
            }
            // 总投资 alone is that of the projects before it.
            let bare = found.weak && found.modifier.is_empty();
            let modifier = &phrase[found.modifier.clone()];
            if !bare && !is_of_territories(modifier, found.tail) {
                return;
            }
            let vehicles =
                ["台", "辆", "套", "列", "艘", "架"].iter().any(|end| number.unit.ends_with(end));
            if vehicles
                && ["企业", "合作社", "学校", "机构", "项目", "平台", "景区"].contains(&found.tail)
            {
                return;
            }
            if bare && matches!(found.tail, "面积") {
                let of_territory =
                    number.unit.ends_with("平方公里") && self.territories.of_article().is_some();
                if !of_territory {
                    return;
                }
            }
            if !self.accepts(sentence, &found, start, said, Some(number)) {
                return;
            }
            let mut name =
                NamedAs::found(sentence.body, sentence.passage, sentence.start + start, &found);
            if found.tail == "贡献率" {
                name.name = self.contribution(phrase, sentence).unwrap_or(name.name);
            }
            if found.tail == "项目" && number.dimension == Dimension::Count {
                name.name =
                    signed(&phrase[..found.span.start], &phrase[found.modifier.clone()], name.name);
            }
            if found.id.is_none()
                && number.dimension == Dimension::Length
                && Catalogue::get().counted_at_end(&name.name).is_some()
            {
                name.name.push_str("长度");
            }
            if bare && found.tail == "面积" {
                name.name = "辖区面积".to_owned();
            } else if bare && let Some(owner) = self.owner_behind(sentence, index) {
                name.name = format!(
                    "{owner}{}",
                    if found.tail == "投资总额" || found.tail == "投资额" {
                        "总投资"
                    } else {
                        found.tail
                    }
                );
            } else if bare {
                let Some(owner) = self
                    .drafts
                    .get(sentence.first..)
                    .and_then(|rows| rows.iter().rev().find(|row| row.is_count()))
                else {
                    return;
                };
                name.name = format!(
                    "{}{}",
                    owner.named.name,
                    if found.tail == "投资总额" || found.tail == "投资额" {
                        "总投资"
                    } else {
                        found.tail
                    }
                );
            }
            named = Some(name);
        }
        if named.is_none() && matches!(number.dimension, Dimension::Count | Dimension::People) {
            let after = &text[number.span.end..];
            let verb = Catalogue::get().verb_at_end(phrase);
            let own = phrase.rsplit('、').next().unwrap_or(phrase);
            let of_sum =
                words == "的" && self.owner_behind(sentence, index.saturating_sub(1)).is_some();
            let clear = phrase.is_empty_name()
                || verb.is_some()
                || lead.has_link
                || own.chars().count() <= 8;
            if let Some(behind) = name_behind(after).filter(|_| clear) {
                let at = sentence.start + number.span.end;
                let mut name = NamedAs::printed(
                    sentence.body,
                    sentence.passage,
                    at + behind.start..at + behind.end,
                );
                if let Some(verb) = verb
                    && !name.name.starts_with(verb)
                {
                    name.name = format!("{verb}{}", name.name);
                }
                let territory = self.subject_before(sentence, number.span.start, said);
                let (past, after) = (&text[..number.span.start], &after[behind.end..]);
                let clause = &past[sentence.clause_start(number.span.start)..];
                if after.starts_with("改造") && verb.is_none() {
                    name.name = format!("改造{}", name.name);
                }
                if own.ends_with("生产")
                    && ["车", "机", "车辆", "设备"].iter().any(|end| name.name.ends_with(end))
                {
                    name.name.push_str("产量");
                }
                if after.starts_with("整体改造") {
                    name.name = format!("改造{}", name.name);
                }
                if let Some(honour) = honour(after) {
                    name.name = honour;
                    let draft = self.draft(sentence, number, name, start, said);
                    self.drafts.push(Draft { rule: IndicatorRule::NameBehind, ..draft });
                    return;
                }
                let plain =
                    Catalogue::get().counted_at_end(&name.name).is_some_and(|(at, _)| at == 0);
                let acts = [
                    "走访", "拜访", "慰问", "服务", "帮扶", "检查", "排查", "组织", "开展", "举办",
                    "召开", "培训", "受理", "督", "对", "与", "向", "为", "给", "等", "帮助",
                    "参加", "推荐", "邀请", "推动", "推进", "支持", "引导", "整合",
                ];
                if territory == Some(Subject::Other)
                    || !(self.is_counted(&name.name) || name.name.ends_with("产量"))
                    || plain
                        && verb.is_none()
                        && !matches!(
                            name.name.as_str(),
                            "市场主体" | "经营主体" | "个体工商户" | "行政村"
                        )
                    || !of_sum && acts.iter().any(|word| clause.contains(word))
                    || number.dimension == Dimension::People
                        && !["就业", "人才", "大学生"].iter().any(|end| name.name.ends_with(end))
                {
                    return;
                }
                rule = IndicatorRule::NameBehind;
                named = Some(name);
            }
        }
        if named.is_none()
            && lead.has_link
            && phrase.trim_matches([',', ';', '当', '月']).is_empty()
            && let Some(before) = self.drafts.get(sentence.first..).and_then(|rows| rows.last())
            && before.value.as_ref().is_some_and(|value| {
                value.dimension == number.dimension && value.unit == number.unit
            })
        {
            rule = IndicatorRule::NameCarried;
            named = Some(before.named.clone());
        }
        if named.is_none()
            && number.unit.ends_with('人')
            && (words.is_empty() || words.is_empty_name())
            && ["面积", "行政村", "辖"].iter().any(|word| text[..number.span.start].contains(word))
            && !text[number.span.end..].starts_with(|c: char| c.is_alphabetic())
        {
            let at = sentence.start + number.span.start;
            let mut name =
                NamedAs::printed(sentence.body, sentence.passage, at..at + number.span.len());
            name.name = "人口".to_owned();
            name.nature = Nature::Stock;
            named = Some(name);
        }
        let Some(named) = named else {
            if words.trim_matches([',', '、', '和', '及', '与']).is_empty() && self.is_list(text)
            {
                self.drafts_of_list(sentence, number);
            }
            return;
        };
        let mut draft = self.draft(sentence, number, named, start, said);
        draft.rule = rule;
        draft.approx = lead.approx.or(number.approx);
        if lead.is_cumulative
            && draft.period.as_ref().is_none_or(|period| period.from == period.to)
            && draft.status == IndicatorStatus::Actual
        {
            draft.status = IndicatorStatus::Cumulative;
        }
        if rule == IndicatorRule::NameBehind {
            let behind = draft.named.span.end;
            draft.end = draft.end.max(behind);
        }
        let earlier = self.drafts.get(sentence.first..).and_then(|rows| rows.last());
        draft.follows_earlier = rule == IndicatorRule::NameCarried
            && earlier.is_some_and(|before| before.named.name == draft.named.name)
            && (text.contains('从') || text.contains('由'));
        self.span_of_years(sentence, &mut draft);
        self.drafts.push(draft);
        said.parent = Some(self.drafts.len() - 1);
    }

    /// Who made a profit: 规模以上工业企业 before 实现, else that of the row before.
    pub(super) fn doer(
        &self,
        sentence: &Sentence<'_>,
        start: usize,
        before: &str,
    ) -> Option<String> {
        let subject = ["实现", "完成"].iter().find_map(|verb| before.strip_suffix(verb))?;
        let subject = subject.trim_end_matches("共").trim_end_matches("累计");
        if ["企业", "业", "单位", "机构"].iter().any(|end| subject.ends_with(end)) {
            let mut from = subject
                .rfind(['的', ',', ':', ')', '中'])
                .map_or(0, |at| at + subject[at..].chars().next().map_or(1, char::len_utf8));
            while let Some(rest) = self.territories.at_start(&subject[from..]) {
                from = subject.len() - rest.len();
            }
            let begin = sentence.start + start;
            let name = NamedAs::printed(
                sentence.body,
                sentence.passage,
                begin + from..begin + subject.len(),
            );
            return (name.name.chars().count() >= 3).then_some(name.name);
        }
        let row = self.drafts.get(sentence.first..)?.last()?;
        if !subject.is_empty() || row.named.tail.is_empty() {
            return None;
        }
        let stem = row.named.name.strip_suffix(row.named.tail)?;
        ["企业", "业", "单位", "机构"]
            .iter()
            .any(|end| stem.ends_with(end))
            .then(|| stem.to_owned())
    }

    /// 工业…, 对GDP增长的贡献率 57%: who contributes to what.
    pub(super) fn contribution(&self, phrase: &str, sentence: &Sentence<'_>) -> Option<String> {
        let at = phrase.rfind('对')?;
        let whole =
            phrase[at + '对'.len_utf8()..].trim_end_matches("贡献率").trim_end_matches('的');
        let whole = whole.trim_end_matches("增长").replace("gdp", "地区生产总值");
        let own = phrase[..at].rsplit([',', ';']).next().unwrap_or_default();
        let part = if own.is_empty() {
            let row = self.drafts.get(sentence.first..)?.last()?;
            let name = row.named.name.split(['占', '对']).next().unwrap_or_default();
            name.trim_end_matches("增加值").to_owned()
        } else {
            own.to_owned()
        };
        Some(format!("{part}对{whole}增长贡献率"))
    }

    /// 总投资 25亿元 *的 10个 重点项目*: the things counted behind it.
    pub(super) fn owner_behind(&self, sentence: &Sentence<'_>, index: usize) -> Option<String> {
        let (number, next) = (&sentence.numbers[index], sentence.numbers.get(index + 1)?);
        if sentence.text.get(number.span.end..next.span.start)?.trim_matches('的').chars().count()
            > 0
        {
            return None;
        }
        let at = next.span.end;
        let span = name_behind(&sentence.text[at..])?;
        let begin = sentence.start + at;
        let name =
            NamedAs::printed(sentence.body, sentence.passage, begin + span.start..begin + span.end);
        Some(name.name)
    }

    /// X占Y比重.
    pub(super) fn share(
        &self,
        sentence: &Sentence<'_>,
        start: usize,
        rest: &str,
        words: &str,
        said: &Said,
    ) -> Option<NamedAs> {
        let words = if rest.contains('占') { rest } else { words };
        let at = words.find('占')?;
        if words[at..].starts_with("占地") || words[at..].starts_with("占比") {
            return None;
        }
        let whole_start = at + '占'.len_utf8();
        let whole =
            words[whole_start..].trim_end_matches(['达', '到', '为', '约', '近', '超', '过']);
        let whole = whole
            .trim_end_matches("比重")
            .trim_end_matches("比例")
            .trim_end_matches("份额")
            .trim_end_matches('的');
        let whole = whole.strip_prefix("全市").or(whole.strip_prefix("全省")).unwrap_or(whole);
        if whole.is_empty() || whole.contains(['年', ',']) || whole.chars().count() > 16 {
            return None;
        }
        if ["年度预算", "目标", "计划", "任务"].iter().any(|word| whole.contains(word)) {
            return None;
        }
        let part = words[..at].trim_end_matches([',', '"', '合', '计']);
        let owner = match name_at_end(part, None, self.territories) {
            Some(found) => {
                let begin = sentence.start + start;
                NamedAs::printed(
                    sentence.body,
                    sentence.passage,
                    begin + found.span.start..begin + found.span.end,
                )
            }
            None if part.trim_matches([',', '、']).is_empty() => {
                let row = self
                    .drafts
                    .get(sentence.first..)
                    .and_then(|rows| rows.last())
                    .or(said.parent.and_then(|at| self.drafts.get(at)))?;
                row.named.clone()
            }
            None => return None,
        };
        let begin = sentence.start + start + whole_start;
        let whole_at = words[whole_start..].find(whole).unwrap_or(0);
        let whole = NamedAs::printed(
            sentence.body,
            sentence.passage,
            begin + whole_at..begin + whole_at + whole.len(),
        );
        let whole_name = if matches!(whole.name.as_str(), "GDP" | "生产总值" | "国内生产总值")
        {
            "地区生产总值".to_owned()
        } else {
            whole.name
        };
        if self.subject_before(sentence, start, said) == Some(Subject::Other) {
            return None;
        }
        Some(NamedAs {
            name: format!("{}占{whole_name}比重", owner.name),
            id: None,
            span: owner.span.start.min(begin)..whole.span.end,
            tail: "比重",
            nature: Nature::Rate,
        })
    }

    /// Whether a counted thing is one that territories are measured by.
    pub(super) fn is_counted(&self, name: &str) -> bool {
        let strong = [
            "企业",
            "市场主体",
            "经营主体",
            "工商户",
            "学校",
            "幼儿园",
            "小区",
            "项目",
            "孵化器",
            "空间",
            "平台",
            "岗位",
            "公园",
            "厕所",
            "道路",
            "汽车",
            "车辆",
            "断头路",
            "行政村",
            "医院",
            "高标准农田",
            "工程",
            "就业",
            "基站",
            "社区",
            "泵站",
            "合作社",
            "机构",
            "人才",
            "床位",
            "实验室",
            "中心",
        ];
        strong.iter().any(|end| name.ends_with(end))
    }

    /// 2012—2020年, 由 8568元 增加至 21744元: the first is of 2012, the second of 2020.
    pub(super) fn span_of_years(&mut self, sentence: &Sentence<'_>, second: &mut Draft) {
        let years = |draft: &Draft| {
            draft.period.as_ref().and_then(|period| Some((period.from?, period.to?)))
        };
        let Some(first) = self.drafts.get_mut(sentence.first..).and_then(|rows| rows.last_mut())
        else {
            return;
        };
        if let Some((from, to)) =
            years(second).filter(|(from, to)| second.follows_earlier && from.year() != to.year())
            && years(first) == Some((from, to))
            && let (Some(earlier), Some(later)) = (&mut first.period, &mut second.period)
        {
            earlier.to = Date::new(from.year(), 12, 31).ok();
            later.from = Date::new(to.year(), 1, 1).ok();
        }
    }
}

/// Whether a part before a noun makes it one of territories: 水利投资, but not 管委会投资.
fn is_of_territories(modifier: &str, tail: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| modifier.ends_with(end));
    match tail {
        "投资" | "投资额" | "总投资" | "投资总额" => {
            !ends(&["企业", "行业"])
                && ends(&[
                    "业", "设施", "领域", "民间", "开发", "改造", "技改", "制造", "水利", "交通",
                    "资产", "国有", "外商", "公路", "铁路", "水路", "环保", "生态", "电力", "能源",
                    "产", "社会", "类", "建设", "园区", "工程",
                ])
                || modifier.ends_with("项目")
                    && ![
                        "园项目",
                        "厂项目",
                        "中心项目",
                        "基地项目",
                        "站项目",
                        "路项目",
                        "桥项目",
                        "工程项目",
                        "该项目",
                        "期项目",
                    ]
                    .iter()
                    .any(|end| modifier.ends_with(end))
                    && modifier != "项目"
                    && !modifier.starts_with('该')
        }
        "资金" | "收入" | "产值"
            if ["涉", "诈骗", "犯罪", "骗"].iter().any(|word| modifier.contains(word)) =>
        {
            false
        }
        "面积" => !ends(&[
            "占地",
            "建筑",
            "总占地",
            "总建筑",
            "使用",
            "阵地",
            "展览",
            "厂房",
            "建筑总",
            "营业",
            "用房",
            "过火",
        ]),
        "社区" | "小区" | "街道" | "村" | "居民小区" => {
            ["老旧", "智慧", "平安", "行政", "贫困", "改造", "示范", "富民", "文明", "新增"]
                .iter()
                .any(|word| modifier.ends_with(word))
                || modifier.is_empty()
        }
        "里程" => !ends(&["续航", "行驶"]),
        "收入" | "利润" | "产值" | "销售额" | "销售收入" => {
            !ends(&["年", "户均", "公司", "门票", "集团"])
        }
        "企业" => !ends(&[
            "走访", "建会", "服务", "助", "帮扶", "进", "参加", "对接", "走进", "培训", "检查",
        ]),
        _ => true,
    }
}

/// What companies became: 24家企业 *入选 2022年度河南省专精特新中小企业*.
fn honour(after: &str) -> Option<String> {
    let after = after.trim_start_matches("成功");
    let verbs = ["入选", "获评", "获批", "被评为", "被认定为", "获得"];
    let rest = verbs.iter().find_map(|verb| after.strip_prefix(verb))?;
    let rest = &rest[..rest.find([',', '。', ';', '、']).unwrap_or(rest.len())];
    let rest = rest.rfind("年度").map_or(rest, |at| &rest[at + "年度".len()..]);
    let rest: String = rest.trim_end_matches("称号").chars().filter(|c| *c != '"').collect();
    if !rest.ends_with("企业") || rest.chars().count() > 20 {
        return None;
    }
    let province = rest
        .find('省')
        .filter(|at| *at <= "黑龙江".len())
        .map(|at| format!("省级{}", rest[at + "省".len()..].trim_start_matches('级')));
    Some(province.unwrap_or(rest))
}

/// The name of projects of which the words before say that they were signed or begun.
fn signed(before: &str, modifier: &str, name: String) -> String {
    if name.contains("签约")
        || name.contains("开工")
        || !matches!(modifier, "" | "重大" | "重点" | "优质" | "产业")
    {
        return name;
    }
    match (before.contains("签约"), before.contains("开工")) {
        (true, false) => "签约项目".to_owned(),
        (false, true) => "开工项目".to_owned(),
        _ => name,
    }
}
