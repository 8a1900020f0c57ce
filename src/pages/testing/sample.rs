//! An article for the tests of the pages, with something in most of its fields.

use jiff::civil::date;

use crate::model::{
    ArticleId, ArticleWarning, Basis, Byline, Cut, DateNote, DateSource, Issue, IssueDate, Kind,
    LineRange, Place, Precision, Reason, Record, Topic,
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
        ordinal: 2,
        kind: Kind::News,
        section: Some("要闻".into()),
        kicker: Some("引题一行".into()),
        title: Some("老桥换上\"新\"栏杆<script>alert(1)</script>".into()),
        subtitle: Some("副题一行".into()),
        outlet: Some("河畔日报".into()),
        docno: None,
        issuer: None,
        byline: Byline { reporters: vec!["甲一".into()], ..Byline::default() },
        date: DateNote {
            value: Some(day),
            not_before: Some(day),
            not_after: Some(day),
            precision: Precision::Day,
            basis: Basis::Lead,
            text: Some("3月4日".into()),
            rule: Some(DateSource::LeadFirstDay.into()),
        },
        districts: vec![Place {
            code: Some("410105".into()),
            name: "金水区".into(),
            path: vec!["河南省".into(), "郑州市".into(), "金水区".into()],
            basis: Basis::Title,
            evidence: "金水".into(),
            ambiguous: vec![vec!["某省".into(), "金水县".into()]],
        }],
        places: vec![],
        topics: vec![Topic { label: "交通".into(), score: 0.5, evidence: vec!["桥".into()] }],
        body:
            "　　老桥今天通车。\n一、修缮\n| 名 | 长 |\n|---|---|\n| 老桥 | 80 |\n桥<b>长</b>80米。"
                .into(),
        credit: Some("甲一".into()),
        lines: vec![LineRange(3, 9), LineRange(12, 12)],
        reprint_of: None,
        cut: Cut {
            confidence: 0.42,
            reasons: vec![Reason {
                line: 3,
                rule: "short".into(),
                evidence: "老桥".into(),
                weight: 1.5,
            }],
        },
        warnings: vec![ArticleWarning::UnclearPlace { printed: "老<桥>".into() }],
    }
}
