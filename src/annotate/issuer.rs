//! Who issued a document: the office in its title, in the number of an order, or under it.

use super::signature::line_beside_signature;
use crate::model::{Article, Kind};

/// What the names of offices, companies and meetings end in.
const OFFICE_ENDS: &[&str] = &[
    "会",
    "會",
    "府",
    "局",
    "厅",
    "廳",
    "委",
    "部",
    "院",
    "署",
    "处",
    "處",
    "室",
    "中心",
    "公司",
    "总社",
    "联社",
    "社",
    "站",
    "所",
    "大队",
    "支队",
    "总队",
    "银行",
    "分行",
    "学校",
    "大学",
    "指挥部",
    "领导小组",
    "專署",
    "专署",
    "公署",
    "海关",
    "法院",
    "团",
    "协会",
    "集团",
    "办",
    "人大",
    "政协",
    "工会",
    "县",
    "乡",
    "镇",
    "区",
];

/// What a title says that an office does.
const DOES: &[&str] = &["关于", "關於", "印发", "转发", "批转", "发布", "表彰"];

/// Whether a text of one line reads as the name of an office.
#[must_use]
pub fn is_office(name: &str) -> bool {
    let name = name.trim();
    name.chars().count() >= 3
        && OFFICE_ENDS.iter().any(|end| name.ends_with(end))
        && !name.contains(['，', ',', '。', '；', '：', '“', '《', '！'])
}

/// Who issued a document, as printed, blanks of the layout left out; `None` for other articles
/// and where nothing names an office.
#[must_use]
pub fn issuer(article: &Article) -> Option<String> {
    if let Some(issuer) = article.given.as_ref().and_then(|given| given.issuer.clone()) {
        return Some(issuer);
    }
    if !matches!(article.kind, Kind::Document | Kind::Notice) {
        return None;
    }
    in_title(article.title.as_deref().unwrap_or_default())
        .or_else(|| article.kicker.as_deref().filter(|kicker| is_office(kicker)).map(tidy))
        .or_else(|| {
            line_beside_signature(article)
                .filter(|line| line.chars().count() <= 40 && is_office(line))
                .map(tidy)
        })
        .or_else(|| article.docno.as_deref().and_then(of_order))
}

fn in_title(title: &str) -> Option<String> {
    let place = DOES.iter().filter_map(|word| title.find(word)).min()?;
    let name = title.get(..place)?;
    is_office(name).then(|| tidy(name))
}

/// 国务院 in 国务院令 第7号.
fn of_order(docno: &str) -> Option<String> {
    let name = docno.get(..docno.find(['令', '第'])?)?.trim();
    is_office(name).then(|| tidy(name))
}

/// The name without blanks at its ends; blanks inside, which part several offices, become one.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
