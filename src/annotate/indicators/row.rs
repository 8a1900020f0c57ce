//! Rows as they are put together, and what leaves the reader.

use super::catalogue::{Catalogue, Nature};
use super::found_name::FoundName;
use super::passage::FoldedParagraph;
use super::quantity::{Quantity, UnitDimension};
use crate::model::{
    DistrictBasis, Indicator, IndicatorChange, IndicatorDistrict, IndicatorPeriod, IndicatorRule,
    IndicatorStatus, Span,
};

/// A name with its place.
#[derive(Debug, Clone)]
pub(super) struct NamedAs {
    pub(super) name: String,
    pub(super) id: Option<&'static str>,
    /// In the passage.
    pub(super) span: Span,
    pub(super) tail: &'static str,
    pub(super) nature: Nature,
}

impl NamedAs {
    /// A name as it stands in the text.
    pub(super) fn printed(body: &str, passage: &FoldedParagraph, span: Span) -> Self {
        let name = printed(body, passage, &span);
        Self { name, id: None, span, tail: "", nature: Nature::Flow }
    }

    /// A name that was found in words that begin at a byte of the passage.
    pub(super) fn found(
        body: &str,
        passage: &FoldedParagraph,
        at: usize,
        found: &FoundName,
    ) -> Self {
        let span = at + found.span.start..at + found.span.end;
        let modifier =
            printed(body, passage, &(at + found.modifier.start..at + found.modifier.end));
        let scope_alone = matches!(
            modifier.as_str(),
            "" | "地方"
                | "全社会"
                | "保险公司"
                | "全部"
                | "金融机构"
                | "本外币"
                | "人民币"
                | "金融机构本外币"
                | "金融机构人民币"
        );
        let name = if scope_alone && found.id.is_some() {
            found.tail.to_owned()
        } else {
            printed(body, passage, &span)
        };
        let name = standard(&name, found.tail);
        // What is new is of a period, however much there is of it.
        let nature = if name.starts_with('新') { Nature::Flow } else { found.nature };
        Self { name, id: found.id.filter(|_| scope_alone), span, tail: found.tail, nature }
    }

    /// The same with another name, which the table may have.
    pub(super) fn renamed(self, name: String) -> Self {
        let listed = Catalogue::get().listed(&name);
        let id = listed.map(|listed| listed.id.as_str());
        Self { id, name: listed.map_or(name, |listed| listed.name.clone()), ..self }
    }

    /// A part of a whole: its own words and the noun of the whole.
    pub(super) fn part(
        body: &str,
        passage: &FoldedParagraph,
        span: Span,
        noun: &'static str,
        whole: &Draft,
    ) -> Self {
        let name = format!("{}{noun}", printed(body, passage, &span));
        Self { name: String::new(), id: None, span, tail: noun, nature: whole.named.nature }
            .renamed(name)
    }
}

/// A name as statisticians write it.
fn standard(name: &str, tail: &str) -> String {
    // Trade that is not the whole of it: 贸易进出口备案企业.
    let name = ["对外贸易", "贸易"]
        .iter()
        .find_map(|word| {
            let rest = name.strip_prefix(*word)?;
            (rest.starts_with("进出口") && rest != tail).then_some(rest)
        })
        .unwrap_or(name);
    let renamed = |from: &str, to: &str| name.strip_suffix(from).map(|rest| format!("{rest}{to}"));
    match tail {
        "总长" | "总长度" => renamed(tail, "长度"),
        "路长" => renamed("路长", "路长度"),
        "道长" => renamed("道长", "道长度"),
        "投资总额" if name.contains("项目") => renamed("投资总额", "总投资"),
        "占比" if name.ends_with("增加值占比") => renamed("占比", "占地区生产总值比重"),
        "占比" if matches!(name, "税占比" | "税收占比") => {
            Some("税收占一般公共预算收入比重".to_owned())
        }
        "比重" if name.ends_with("占比比重") => renamed("比重", ""),
        "岗位" if name == "岗位" => Some("就业岗位".to_owned()),
        "项目" => ["签约", "开工"]
            .iter()
            .find(|verb| {
                let rest = name.strip_prefix(**verb).and_then(|rest| rest.strip_suffix("项目"));
                rest.is_some_and(|rest| {
                    matches!(rest, "高质量" | "优质" | "重点" | "重大" | "招商" | "招商引资" | "新")
                })
            })
            .map(|verb| format!("{verb}项目")),
        _ => None,
    }
    .unwrap_or_else(|| name.to_owned())
}

/// A piece of the body without blanks and quotation marks.
fn printed(body: &str, passage: &FoldedParagraph, span: &Span) -> String {
    let text = body.get(passage.origin(span)).unwrap_or_default();
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"' | '‘' | '’'))
        .collect()
}

/// The noun that a name ends with, if the table has it.
pub(super) fn noun_of(name: &str) -> Option<&'static str> {
    Catalogue::get().head_at_end(name).map(|(_, head)| head.word.as_str())
}

/// A row before it is finished. Places are bytes of the passage.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub(super) struct Draft {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) printed: Span,
    pub(super) named: NamedAs,
    pub(super) value: Option<Quantity>,
    pub(super) approx: Option<&'static str>,
    pub(super) change: Option<IndicatorChange>,
    pub(super) period: Option<IndicatorPeriod>,
    pub(super) district: Option<IndicatorDistrict>,
    /// Whether it is of a territory, which need not be known by name: 全省.
    pub(super) is_of_territory: bool,
    pub(super) status: IndicatorStatus,
    pub(super) preliminary: bool,
    pub(super) rule: IndicatorRule,
    /// The second of two values that a sentence compares.
    pub(super) follows_earlier: bool,
    pub(super) is_next_of_list: bool,
    pub(super) number_at: usize,
}

impl Draft {
    pub(super) fn is_percent(&self) -> bool {
        self.value.as_ref().is_some_and(|value| value.dimension == UnitDimension::Percent)
    }

    /// A row of a change alone, of the same name.
    pub(super) fn growth_alone(&self, change: IndicatorChange, end: usize) -> Self {
        Self {
            value: None,
            approx: None,
            change: Some(change),
            end,
            rule: IndicatorRule::ChangeAlone,
            // A sum over years has no rate.
            status: match self.status {
                IndicatorStatus::Cumulative => IndicatorStatus::Actual,
                status => status,
            },
            ..self.clone()
        }
    }

    pub(super) fn is_count(&self) -> bool {
        self.value.as_ref().is_some_and(|value| value.dimension == UnitDimension::Count)
    }

    /// The noun that a part of it ends with: 增加值 of 地区生产总值.
    pub(super) fn noun_for_parts(&self) -> Option<&'static str> {
        let name = self.named.name.as_str();
        let table = [
            ("生产总值", "增加值"),
            ("零售总额", "零售额"),
            ("固定资产投资", "投资"),
            ("进出口总额", "进出口额"),
            ("出口总额", "出口额"),
            ("进口总额", "进口额"),
            ("居民消费价格", "价格"),
        ];
        if let Some((_, noun)) = table.iter().find(|(end, _)| name.ends_with(end)) {
            return Some(noun);
        }
        noun_of(name).filter(|noun| {
            [
                "增加值",
                "产值",
                "播种面积",
                "面积",
                "床位",
                "里程",
                "保有量",
                "发电量",
                "保费收入",
                "投资",
                "零售额",
                "产量",
                "价格",
                "收入",
                "支出",
                "余额",
                "贷款",
                "利润",
                "用电量",
            ]
            .iter()
            .any(|end| noun.ends_with(end))
        })
    }

    /// How likely the row is one: about the shares that readers agreed with, on some 600 rows of bulletins
    /// and news, less where the territory is a guess and where many words end like the name.
    fn confidence(&self) -> f32 {
        let by_rule = match self.rule {
            IndicatorRule::NameBefore | IndicatorRule::ChangeAlone if self.named.id.is_some() => {
                0.95
            }
            IndicatorRule::NameBefore | IndicatorRule::ChangeAlone | IndicatorRule::Table => 0.9,
            IndicatorRule::NameCarried | IndicatorRule::List | IndicatorRule::Part => 0.85,
            IndicatorRule::NameBehind => 0.75,
        };
        let is_guess = self.district.as_ref().is_none_or(|district| {
            district.name == "全国" && district.basis == DistrictBasis::Article
        });
        let is_generic = Catalogue::get()
            .head_at_end(&self.named.name)
            .is_some_and(|(_, head)| self.named.id.is_none() && head.generic);
        let share: f32 =
            by_rule * if is_guess { 0.8 } else { 1.0 } * if is_generic { 0.85 } else { 1.0 };
        (share * 100.0).round() / 100.0
    }

    /// The finished row.
    pub(super) fn finish(self, article: &str, body: &str, passage: &FoldedParagraph) -> Indicator {
        let span = passage.origin(&(self.start..self.end));
        let number = passage.origin(&(self.number_at..self.end));
        let value = self.value.as_ref();
        let scope = ["规模以上", "规上", "限额以上", "限上"]
            .iter()
            .find(|word| self.named.name.contains(**word))
            .map(|word| if word.starts_with('规') { "规模以上" } else { "限额以上" }.to_owned());
        let confidence = self.confidence();
        Indicator {
            id: format!("{article}-{}-{}", number.start, number.end),
            indicator: self.named.id.map(str::to_owned),
            name_printed: printed(body, passage, &self.printed),
            value: value.map(|value| value.value),
            value_max: value.and_then(|value| value.value_max),
            unit: value.map(|value| {
                if value.unit == "亿" || value.unit == "万亿" {
                    format!("{}元", value.unit)
                } else {
                    value.unit.clone()
                }
            }),
            value_si: value.map(|value| scaled(value.value, value.factor)),
            approx: self.approx.map(str::to_owned),
            change: self.change,
            period: self.period,
            district: self.district,
            scope,
            status: self.status,
            preliminary: self.preliminary,
            quote: body.get(span.clone()).unwrap_or_default().to_owned(),
            span,
            rule: self.rule,
            confidence,
            name: self.named.name,
        }
    }
}

/// A number times 万 or 亿, without what binary fractions leave behind its decimals.
pub(super) fn scaled(value: f64, factor: f64) -> f64 {
    let exact = value * factor;
    format!("{exact:.12e}").parse().unwrap_or(exact)
}
