//! Names of offices, companies and other bodies that sign documents.

/// Endings of the names of offices, companies and meetings.
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

/// Whether a line reads as the name of an office.
pub(crate) fn is_office(name: &str) -> bool {
    let name = name.trim();
    name.chars().count() >= 3
        && OFFICE_ENDS.iter().any(|end| name.ends_with(end))
        && !name.contains(['，', ',', '。', '；', '：', '“', '《', '！'])
}
