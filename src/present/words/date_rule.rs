//! How an article's date was found, in words.

use crate::model::{DateInference, DateRule, DateSource};
use crate::present::Lang;

/// How the words of an article became its date.
#[must_use]
pub fn date_rule(lang: Lang, rule: &DateRule) -> String {
    match lang {
        Lang::En => rule.to_string(),
        Lang::Zh => {
            let mut words = source(rule.source);
            if rule.last_of_span {
                words.push_str("，起止日期取末日");
            }
            if let Some(inferred) = rule.inferred {
                words.push('；');
                words.push_str(inference(inferred));
            }
            words
        }
    }
}

fn source(source: DateSource) -> String {
    let words = match source {
        DateSource::Signature => "公文的成文日期",
        DateSource::Heading => "公文标题下所署的日期",
        DateSource::LeadFirstDay => "导语中最先出现的日期",
        DateSource::Dateline => "电头日期",
        DateSource::LeadBackgroundDay => "导语中只有事项开始、计划或数据截至的日期",
        DateSource::LeadRelativeDay => "导语中的日期",
        DateSource::BeforeOpenIssue { days: 0 } => "导语所述为出版当天，而出版日期不能确定",
        DateSource::BeforeOpenIssue { days } => {
            return format!("导语所述为出版前 {days} 天，而出版日期不能确定");
        }
        DateSource::BodyFirstDay => "正文中最先出现的日期",
        DateSource::LeadMonths => "导语只写到月份，没有写到日",
        DateSource::NearIssue => "导语没有写明日期，只说在出版前后不久；取出版日期",
        DateSource::Issue => "没有写明日期；取出版日期",
        DateSource::MonthsBeforeIssue => "没有写明日期；应在出版前数月之内",
        DateSource::OrderOfItems => "没有写明日期；前后各篇按日期先后排列，应与其相近",
        DateSource::MonthsBeforeIssueInYear => "没有写明日期；应在出版前数月之内、文号所记年份之中",
    };
    words.to_owned()
}

fn inference(inference: DateInference) -> &'static str {
    match inference {
        DateInference::FromPrintDay => "由出版日推算",
        DateInference::YearOfFileName => "年份取自文件名",
        DateInference::NearestYear => "年份取出版前最近的一年",
        DateInference::YearFromIssue => "年份由出版日期推算",
        DateInference::YearNamedBefore => "年份同前文",
        DateInference::CenturyOfIssue => "世纪同出版日期",
        DateInference::NearestMonth => "月份取出版前最近的一月",
        DateInference::MonthNamedBeside => "月份取与文中所述日期最近的一月",
        DateInference::MonthFromIssue => "月份由出版日期推算",
        DateInference::YearOfNeighbours => "年份同文件内相邻文章",
        DateInference::YearUnknown => "年份不明",
        DateInference::PrintDayUnknown => "由出版日推算，而出版日不明",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_put_together_from_its_parts_in_both_languages() {
        let rule = DateRule {
            source: DateSource::LeadFirstDay,
            last_of_span: true,
            inferred: Some(DateInference::NearestYear),
        };
        assert_eq!(
            date_rule(Lang::Zh, &rule),
            "导语中最先出现的日期，起止日期取末日；年份取出版前最近的一年"
        );
        assert_eq!(
            date_rule(Lang::En, &rule),
            "the first day named in the lead, the last of a span of days; the year is the nearest \
             one before the issue"
        );
    }
}
