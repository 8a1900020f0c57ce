//! Which names are of territories, and what they are called.

use std::sync::LazyLock;

use regex::Regex;

use super::territory::begins_with_unknown;

/// Whether a counted thing is one that territories are measured by.
pub(super) fn is_counted(name: &str) -> bool {
    let strong = [
        "企业",
        "市场主体",
        "经营主体",
        "工商户",
        "学校",
        "幼儿园",
        "老旧小区",
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
        "服务站",
        "卫生院",
        "图书馆",
        "文化馆",
        "博物馆",
        "体育馆",
        "充电桩",
        "充电站",
        "停车位",
        "合作社",
        "机构",
        "人才",
        "床位",
        "航线",
        "社会组织",
        "园区",
        "实验室",
        "中心",
    ];
    strong.iter().any(|end| name.ends_with(end))
}

/// Whether a part before a noun makes it one of territories: 水利投资, but not 管委会投资.
pub(super) fn is_of_territories(modifier: &str, tail: &str) -> bool {
    let is_made_by_companies = ["销售额", "营业收入", "营收", "利润", "利润总额", "净利润", "订单"];
    // 良润面粉销售额: of a company.
    if is_made_by_companies.contains(&tail) && begins_with_unknown(modifier) {
        return false;
    }
    // What one of many gets: 每个小区奖励资金.
    let is_of_one = ["每个", "每家", "每位", "每套"].iter().any(|word| modifier.contains(word));
    !is_of_one
        && match tail {
            "投资" | "投资额" | "总投资" | "投资总额" => is_investment(modifier),
            _ => is_measure(modifier, tail),
        }
}

/// Whether the words before 投资 make it that of a sector or of many projects.
fn is_investment(modifier: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| modifier.ends_with(end));

    !ends(&["企业", "行业"])
        && ends(&[
            "业",
            "设施",
            "领域",
            "民间",
            "开发",
            "改造",
            "技改",
            "制造",
            "水利",
            "交通",
            "中央",
            "财政",
            "资产",
            "国有",
            "外商",
            "公路",
            "铁路",
            "水路",
            "环保",
            "生态",
            "电力",
            "能源",
            "产",
            "社会",
            "类",
            "预算内",
            "建设",
            "园区",
            "工程",
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

/// The same of other nouns.
fn is_measure(modifier: &str, tail: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| modifier.ends_with(end));
    match tail {
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
            [
                "级", "自然", "老旧", "智慧", "平安", "行政", "贫困", "改造", "示范", "富民",
                "文明", "新增", "法治", "美丽", "和美",
            ]
            .iter()
            .any(|word| modifier.contains(word))
                || modifier.is_empty()
        }
        "总长" | "总长度" | "长度" => !ends(&["工程", "项目", "大桥", "隧道"]),
        "金额" | "存款" | "车辆" if JUDICIAL.iter().any(|word| modifier.contains(word)) => {
            false
        }
        "人数" => {
            !ends(&["参与", "参加", "到会", "与会", "报名", "伤", "亡", "获奖", "参赛", "观看"])
        }
        "覆盖率" => !ends(&["党的工作", "党组织", "工作"]),
        "比例" => !["最低", "最高", "首付"].iter().any(|word| modifier.contains(word)),
        // 应建尽建率 of party branches is no measure of a territory.
        "率" if modifier.contains("应建尽建") => false,
        "率" => !ends(&[
            "成品收",
            "损耗",
            "税",
            "征收",
            "费",
            "利",
            "汇",
            "效",
            "功",
            "频",
            "速",
            "缴存",
            "贴现",
        ]),
        "规模" => ends(&[
            "产业", "经济", "行业", "市场", "用户", "网民", "消费", "融资", "债务", "资产", "交易",
            "贸易", "核心",
        ]),
        "旅客" | "游客" => {
            !["日均", "单日", "可", "能"].iter().any(|word| modifier.contains(word))
        }
        "量" => !ends(&["质", "重", "容", "含", "剂", "存", "能", "力"]),
        "里程" => !ends(&["续航", "行驶"]),
        // Companies have these, too: of territories they are those of a sector.
        "营业收入" | "营收" | "利润" | "利润总额" | "净利润" | "主营业务收入" | "成交额" => {
            ends(&[
                "业", "企业", "经济", "单位", "机构", "园区", "市场", "商品", "房", "店铺", "平台",
                "合同", "电商",
            ])
        }
        "收入" | "产值" | "销售额" => !ends(&["年", "户均", "公司", "门票", "集团"]),
        "企业" => !ends(&[
            "走访", "拜访", "慰问", "建会", "服务", "助", "帮扶", "进", "参加", "对接", "走进",
            "培训", "检查",
        ]),
        _ => true,
    }
}

/// Words of what courts and the police deal with.
const JUDICIAL: [&str; 6] = ["涉案", "冻结", "扣押", "查封", "缴获", "收缴"];

/// What companies became: 24家企业 *入选 2022年度河南省专精特新中小企业*; what they applied for, if only
/// that they became it is said.
pub(super) fn honour(past: &str, after: &str) -> Option<String> {
    let after = after.trim_start_matches("成功");
    let verbs = ["入选", "获评", "获批", "被评为", "被认定为", "获得"];
    let rest = verbs.iter().find_map(|verb| after.strip_prefix(verb))?;
    let rest = &rest[..rest.find([',', '。', ';', '、']).unwrap_or(rest.len())];
    if rest.is_empty() {
        return applied_for(past);
    }
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

/// The title that was applied for, with its level where that is said: 聚焦*省级绿色企业*申报, 推荐9家企业
/// 申报第四批*绿色企业*.
fn applied_for(past: &str) -> Option<String> {
    static APPLIED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "申报(?:了|20[0-9]{2}年度?|第[^批,;。]{1,3}批次?)*(?P<title>[^申,;。、]{2,20}企业)",
        )
        .expect("a constant pattern")
    });
    let past = past.replace('"', "");
    let title = &APPLIED.captures_iter(&past).last()?["title"];
    let level = ["国家级", "省级", "市级"];
    let level = level.into_iter().find(|level| past.contains(&format!("{level}{title}")));
    Some(format!("{}{title}", level.unwrap_or_default()))
}

/// The name of projects of which the words before say that they were signed or begun.
pub(super) fn signed(before: &str, modifier: &str, name: String) -> String {
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
