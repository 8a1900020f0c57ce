//! An article for the tests of the pages: the sample record with what a page must escape or mark.

use crate::export::sample;
use crate::model::{ArticleWarning, Basis, Byline, Cut, DistrictRole, Place, Reason, Record};

pub(crate) fn sample() -> Record {
    Record {
        section: Some("要闻".into()),
        kicker: Some("引题一行".into()),
        title: Some("老桥换上\"新\"栏杆<script>alert(1)</script>".into()),
        subtitle: Some("副题一行".into()),
        outlet: Some("河畔日报".into()),
        byline: Byline { reporters: vec!["甲一".into()], ..Byline::default() },
        districts: vec![Place {
            code: Some("410105".into()),
            name: "金水区".into(),
            path: vec!["河南省".into(), "郑州市".into(), "金水区".into()],
            basis: Basis::Title,
            evidence: "金水".into(),
            role: Some(DistrictRole::About),
            role_evidence: Some("金水老桥".into()),
            ambiguous: vec![vec!["某省".into(), "金水县".into()]],
        }],
        body:
            "　　老桥今天通车。\n一、修缮\n| 名 | 长 |\n|---|---|\n| 老桥 | 80 |\n桥<b>长</b>80米。"
                .into(),
        credit: Some("甲一".into()),
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
        ..sample::sample()
    }
}
