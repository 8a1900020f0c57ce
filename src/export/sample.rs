//! A record for tests, with something in most of its fields.

use jiff::civil::date;

use crate::model::{
    ArticleId, Basis, Byline, Cut, DateNote, DateSource, DistrictBasis, DistrictRole, Indicator,
    IndicatorDistrict, IndicatorPeriod, IndicatorRule, IndicatorStatus, Issue, IssueDate, Kind,
    LineRange, PeriodBasis, Place, Precision, Record, Topic,
};

pub(crate) fn sample() -> Record {
    let day = date(2021, 3, 4);
    Record {
        id: ArticleId("0123456789ab".into()),
        source: "晚报/2021.txt".into(),
        publication: Some("河畔晚报".into()),
        issue: Issue {
            number: None,
            date: IssueDate { value: Some(day), basis: Basis::Path, ..IssueDate::default() },
        },
        page: Some("A02".into()),
        url: None,
        accessed: None,
        recognised: None,
        ordinal: 2,
        kind: Kind::News,
        genre: None,
        mentions: Vec::new(),
        indicators: Vec::new(),
        section: None,
        kicker: None,
        title: Some("老桥换新貌".into()),
        subtitle: None,
        outlet: None,
        docno: None,
        issuer: None,
        byline: Byline { reporters: vec!["甲一".into(), "乙二".into()], ..Byline::default() },
        date: DateNote {
            value: Some(day),
            not_before: Some(day),
            not_after: Some(day),
            precision: Precision::Day,
            basis: Basis::Lead,
            text: Some("3月4日".into()),
            span: None,
            rule: Some(DateSource::LeadFirstDay.into()),
        },
        districts: vec![
            Place {
                code: Some("410105".into()),
                name: "金水区".into(),
                path: vec!["河南省".into(), "郑州市".into(), "金水区".into()],
                basis: Basis::Title,
                evidence: "金水".into(),
                role: Some(DistrictRole::About),
                ..Place::default()
            },
            Place {
                name: "郑东新区".into(),
                role: Some(DistrictRole::Mentioned),
                ..Place::default()
            },
        ],
        places: vec![],
        topics: vec![Topic { label: "交通".into(), score: 0.5, evidence: vec!["桥".into()] }],
        body: "老桥今天通车。\n桥长80米。".into(),
        credit: None,
        lines: vec![LineRange(3, 9), LineRange(12, 12)],
        pages: Vec::new(),
        doubtful: Vec::new(),
        reprint_of: None,
        corrections: Vec::new(),
        printed: Vec::new(),
        reprint_decided: None,
        former_ids: Vec::new(),
        cut: Cut { confidence: 0.9, reasons: vec![] },
        warnings: vec![],
    }
}

/// 地区生产总值 of so many 亿元 of a district from a day to a day.
pub(crate) fn figure(value: f64, district: &str, days: [&str; 2]) -> Indicator {
    Indicator {
        id: "0123456789ab-3-9".into(),
        indicator: Some("gdp".into()),
        name: "地区生产总值".into(),
        name_printed: "生产总值".into(),
        value: Some(value),
        value_max: None,
        unit: Some("亿元".into()),
        value_si: Some(value * 1e8),
        approx: None,
        change: None,
        period: Some(IndicatorPeriod {
            from: days[0].parse().ok(),
            to: days[1].parse().ok(),
            text: Some("2022年".into()),
            basis: PeriodBasis::Sentence,
        }),
        district: Some(IndicatorDistrict { name: district.into(), basis: DistrictBasis::Sentence }),
        scope: None,
        status: IndicatorStatus::Actual,
        preliminary: false,
        quote: format!("生产总值{value}亿元"),
        span: 0..0,
        rule: IndicatorRule::NameBefore,
        confidence: 0.95,
    }
}
