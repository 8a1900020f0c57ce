//! Whole articles in own words: other provinces, decades and branches, and what is no indicator.

use proptest::prelude::*;

use super::*;
use crate::annotate::Annotator;
use crate::model::{Article, Basis, SourceText, SplitFile};

fn record(title: &str, day: &str, body: &str) -> Record {
    let mut source = SourceText::from_text("page.txt", format!("{title}\n{body}"));
    source.meta.issue_date = day.parse().ok().map(|day| (day, Basis::Given));
    let article = Article { title: Some(title.into()), body: body.into(), ..Article::default() };
    let owners = vec![Some(0); source.lines.len()];
    let split_file = SplitFile { articles: vec![article], owners, ..SplitFile::default() };
    Annotator::new().annotate(&source, &split_file).remove(0)
}

/// A row in one line: name, value, change, period, district, status.
fn shown(row: &Indicator) -> String {
    let mut parts = vec![row.to_string()];
    if let Some(change) = &row.change {
        parts.push(format!("{:?} {}{}", change.kind, change.value, change.unit));
    }
    let period = row.period.as_ref().map(|period| {
        let day =
            |day: Option<crate::model::CivilDate>| day.map_or("?".into(), |day| day.to_string());
        format!("{}..{}", day(period.from), day(period.to))
    });
    parts.extend(period);
    parts.extend(row.district.as_ref().map(|district| district.name.clone()));
    if row.status != crate::model::IndicatorStatus::Actual {
        parts.push(format!("{:?}", row.status));
    }
    if row.preliminary {
        parts.push("preliminary".into());
    }
    parts.join(" | ")
}

#[track_caller]
pub(super) fn check(title: &str, day: &str, body: &str, expected: &[&str]) {
    let record = record(title, day, body);
    let rows: Vec<String> = record.indicators.iter().map(shown).collect();
    assert_eq!(rows, expected, "{body}");
    for row in &record.indicators {
        assert_eq!(body.get(row.span.clone()), Some(row.quote.as_str()), "{row:?}");
        assert!(row.id.starts_with(&record.id.0), "{row:?}");
    }
}

#[test]
fn a_level_has_the_rate_that_follows_and_a_period_carries_on() {
    check(
        "武义县晒出成绩单",
        "2021-02-03",
        "2020年，武义县地区生产总值271.3亿元，同比增长3.1%；规上工业增加值增长6.4%，固定资产投资下降2.2%。金融机构存款余额512.6亿元，比年初增长9.4%。",
        &[
            "地区生产总值 271.3亿元 | Yoy 3.1% | 2020-01-01..2020-12-31 | 武义县",
            "规模以上工业增加值 | Yoy 6.4% | 2020-01-01..2020-12-31 | 武义县",
            "固定资产投资 | Yoy -2.2% | 2020-01-01..2020-12-31 | 武义县",
            "存款余额 512.6亿元 | VsYearStart 9.4% | 2020-12-31..2020-12-31 | 武义县",
        ],
    );
}

#[test]
fn times_without_a_year_are_counted_from_the_article() {
    check(
        "韩城市外贸开局平稳",
        "2019-05-20",
        "1—4月，韩城市进出口总额3,214.5万元，同比增长2倍。4月末，全市常住人口39.6万人。",
        &[
            "进出口总额 3214.5万元 | Yoy 2倍 | 2019-01-01..2019-04-30 | 韩城市",
            "常住人口 39.6万人 | 2019-04-30..2019-04-30 | 韩城市",
        ],
    );
}

#[test]
fn bulletins_of_the_eighties_count_in_jin_and_mu() {
    check(
        "定兴县一九八五年农业丰收",
        "1986-01-20",
        "1985年，定兴县工农业总产值3.2亿元，比上年增长14.5%。粮食总产量4.1亿斤，棉花播种面积21万亩，皮棉产量18万担。",
        &[
            "工农业总产值 3.2亿元 | Yoy 14.5% | 1985-01-01..1985-12-31 | 定兴县",
            "粮食产量 4.1亿斤 | 1985-01-01..1985-12-31 | 定兴县",
            "棉花播种面积 21万亩 | 1985-01-01..1985-12-31 | 定兴县",
            "皮棉产量 18万担 | 1985-01-01..1985-12-31 | 定兴县",
        ],
    );
}

#[test]
fn remarks_and_footnotes_within_a_name_are_passed_over() {
    check(
        "2019年桐庐县国民经济和社会发展统计公报",
        "2020-03-12",
        "全年地区生产总值（GDP）[1]386.4亿元，按不变价格计算，比上年增长6.2%。规模以上工业[2]（以下口径相同）增加值增长5.1%。自然增长率-1.3‰。",
        &[
            "地区生产总值 386.4亿元 | Yoy 6.2% | 2019-01-01..2019-12-31 | 桐庐县",
            "规模以上工业增加值 | Yoy 5.1% | 2019-01-01..2019-12-31 | 桐庐县",
            "人口自然增长率 -1.3‰ | 2019-01-01..2019-12-31 | 桐庐县",
        ],
    );
}

#[test]
fn a_part_has_the_noun_of_the_whole() {
    check(
        "2019年桐庐县国民经济和社会发展统计公报",
        "2020-03-12",
        "全年粮食播种面积12.6千公顷，其中小麦3.1千公顷，玉米2.4千公顷。年末民用汽车保有量14.2万辆，其中私人汽车12.8万辆。普通高中6所，招生2100人，毕业生1900人。",
        &[
            "粮食播种面积 12600公顷 | 2019-01-01..2019-12-31 | 桐庐县",
            "小麦播种面积 3100公顷 | 2019-01-01..2019-12-31 | 桐庐县",
            "玉米播种面积 2400公顷 | 2019-01-01..2019-12-31 | 桐庐县",
            "民用汽车保有量 14.2万辆 | 2019-12-31..2019-12-31 | 桐庐县",
            "私人汽车保有量 12.8万辆 | 2019-12-31..2019-12-31 | 桐庐县",
            "普通高中 6所 | 2019-12-31..2019-12-31 | 桐庐县",
            "普通高中招生 2100人 | 2019-01-01..2019-12-31 | 桐庐县",
            "普通高中毕业生 1900人 | 2019-01-01..2019-12-31 | 桐庐县",
        ],
    );
}

#[test]
fn trade_by_partner_rises_and_falls() {
    check(
        "前4个月湖南外贸增长",
        "2022-05-18",
        "今年前4个月，湖南省对东盟、欧盟、美国分别进出口310亿元、250亿元和190亿元，分别增长12.5%、4.1%和下降3.3%。进口、出口增速均超5%。",
        &[
            "对东盟进出口 310亿元 | Yoy 12.5% | 2022-01-01..2022-04-30 | 湖南省",
            "对欧盟进出口 250亿元 | Yoy 4.1% | 2022-01-01..2022-04-30 | 湖南省",
            "对美国进出口 190亿元 | Yoy -3.3% | 2022-01-01..2022-04-30 | 湖南省",
            "进口总额 | Yoy 5% | 2022-01-01..2022-04-30 | 湖南省",
            "出口总额 | Yoy 5% | 2022-01-01..2022-04-30 | 湖南省",
        ],
    );
}

#[test]
fn a_comparison_in_brackets_is_a_row_of_the_country_and_a_gap_is_none() {
    check(
        "山东上半年经济运行",
        "2021-07-28",
        "上半年，山东省地区生产总值增长11.8%，增速低于全国水平（12.7%）。今年一季度，山东省进出口增长28%，高于全国5.2个百分点。",
        &[
            "地区生产总值 | Yoy 11.8% | 2021-01-01..2021-06-30 | 山东省",
            "地区生产总值 | Yoy 12.7% | 2021-01-01..2021-06-30 | 全国",
            "进出口总额 | Yoy 28% | 2021-01-01..2021-03-31 | 山东省",
        ],
    );
}

#[test]
fn a_name_with_a_conjunction_and_a_yearly_average_is_one() {
    check(
        "惠州市十年成就",
        "2022-08-20",
        "2012年至2021年，惠州市批发和零售业增加值年均增长8%。接待超100万人次的游客。失业率低于全省水平。",
        &[
            "批发和零售业增加值 | AnnualAverage 8% | 2012-01-01..2021-12-31 | 惠州市",
            "接待游客 100万人次 | 2012-01-01..2021-12-31 | 惠州市",
        ],
    );
}

#[test]
fn short_names_of_autonomous_areas_are_whole() {
    check(
        "黔东南州上半年经济",
        "2022-08-20",
        "上半年，黔东南苗族侗族自治州经济平稳。黔东南粮食产量21万吨，内蒙古粮食产量3万吨。",
        &[
            "粮食产量 21万吨 | 2022-01-01..2022-06-30 | 黔东南苗族侗族自治州",
            "粮食产量 3万吨 | 2022-01-01..2022-06-30 | 内蒙古自治区",
        ],
    );
}

#[test]
fn bounds_of_classes_are_no_values() {
    check(
        "郴州市惠企政策落地",
        "2023-05-09",
        "郴州市月营业额8万元以下的商户免征税费，年产值500万元以上企业可申请贷款。数十家企业已经申请。全市新开工亿元以上项目36个。",
        &["新开工亿元以上项目 36个 | 2023-05-09..2023-05-09 | 郴州市"],
    );
}

#[test]
fn what_courts_and_other_countries_state_is_no_indicator() {
    check(
        "衡阳市通报案件",
        "2023-05-09",
        "衡阳市公安局今年查封、扣押车辆35台，冻结涉案存款1200万元。美国新能源汽车销量达到95万辆。",
        &[],
    );
}

#[test]
fn the_items_of_a_list_have_names_and_numbers_of_their_own() {
    check(
        "东阳市三季度运行情况",
        "2018-10-25",
        "前三季度，东阳市出口额、进口额分别增长8.1%和3.4%。第一、第二、第三产业增加值分别增长2.1%、6.3%和8.2%。",
        &[
            "出口总额 | Yoy 8.1% | 2018-01-01..2018-09-30 | 东阳市",
            "进口总额 | Yoy 3.4% | 2018-01-01..2018-09-30 | 东阳市",
            "第一产业增加值 | Yoy 2.1% | 2018-01-01..2018-09-30 | 东阳市",
            "第二产业增加值 | Yoy 6.3% | 2018-01-01..2018-09-30 | 东阳市",
            "第三产业增加值 | Yoy 8.2% | 2018-01-01..2018-09-30 | 东阳市",
        ],
    );
}

#[test]
fn parts_inherit_the_noun_of_the_whole_and_sectors_have_shares() {
    check(
        "滑县经济运行简况",
        "2017-02-10",
        "2016年，滑县规模以上工业增加值增长9.1%，其中，食品制造业增长12.4%。三次产业结构为28:39:33。",
        &[
            "规模以上工业增加值 | Yoy 9.1% | 2016-01-01..2016-12-31 | 滑县",
            "食品制造业增加值 | Yoy 12.4% | 2016-01-01..2016-12-31 | 滑县",
            "第一产业增加值占地区生产总值比重 28% | 2016-01-01..2016-12-31 | 滑县",
            "第二产业增加值占地区生产总值比重 39% | 2016-01-01..2016-12-31 | 滑县",
            "第三产业增加值占地区生产总值比重 33% | 2016-01-01..2016-12-31 | 滑县",
        ],
    );
}

#[test]
fn both_ends_of_a_growth_are_rows() {
    check(
        "奉节县教育事业",
        "2021-06-01",
        "奉节县市场主体总量由2015年的3.1万户增加至2020年的5.6万户，增长80.6%。",
        &[
            "市场主体 3.1万户 | 2015-12-31..2015-12-31 | 奉节县",
            "市场主体 5.6万户 | VsBase 80.6% | 2020-12-31..2020-12-31 | 奉节县",
        ],
    );
}

#[test]
fn plans_are_told_from_what_is_so() {
    check(
        "泰和县部署今年工作",
        "2022-02-11",
        "2022年，泰和县力争地区生产总值增长7.5%，新增高新技术企业12家，城镇化率达到55%。",
        &[
            "地区生产总值 | Yoy 7.5% | 2022-01-01..2022-12-31 | 泰和县 | Target",
            "新增高新技术企业 12家 | 2022-01-01..2022-12-31 | 泰和县 | Target",
            "城镇化率 55% | 2022-12-31..2022-12-31 | 泰和县 | Target",
        ],
    );
}

#[test]
fn figures_of_companies_projects_and_other_countries_are_no_rows() {
    for body in [
        "石门县长河纺织有限公司去年营业收入2.3亿元，同比增长12%，利润1800万元。",
        "该项目总投资5亿元，占地面积120亩，建成后年产值8亿元。",
        "美国7月CPI同比上涨3.2%。",
        "大会收到提案216件，参会代表320人。",
        "增速高于全省1.4个百分点，居全市第3位。",
    ] {
        check("石门县消息", "2023-08-20", body, &[]);
    }
}

#[test]
fn rows_of_a_bulletins_tables_take_units_and_periods_from_their_heads() {
    let body = "表1 主要农产品产量\n| 产品 | 单位 | 产量 | 比上年增长（%） |\n| 油料 | 万吨 | 3.6 | -1.2 |\n\
                | 水产品 | 吨 | 1,850 | 4.0 |\n分年财政收支\n| 指标 | 2018年 | 2019年 |\n\
                | 一般公共预算收入（亿元） | 8.1 | 8.9 |\n| 增速（%） | 6.2 | 9.9 |";
    check(
        "石门县2019年国民经济和社会发展统计公报",
        "2020-03-20",
        body,
        &[
            "油料产量 3.6万吨 | Yoy -1.2% | 2019-01-01..2019-12-31 | 石门县",
            "水产品产量 1850吨 | Yoy 4% | 2019-01-01..2019-12-31 | 石门县",
            "一般公共预算收入 8.1亿元 | Yoy 6.2% | 2018-01-01..2018-12-31 | 石门县",
            "一般公共预算收入 8.9亿元 | Yoy 9.9% | 2019-01-01..2019-12-31 | 石门县",
        ],
    );
}

#[test]
fn a_chapter_of_a_bulletin_has_the_year_and_the_district_of_the_whole() {
    let mut source = SourceText::from_text("page.txt", "公报\n概况。\n一、农业\n粮食产量");
    source.lines.truncate(4);
    let article = |title: &str, body: &str| Article {
        title: Some(title.into()),
        body: body.into(),
        ..Article::default()
    };
    let split_file = SplitFile {
        articles: vec![
            article("石门县2019年国民经济和社会发展统计公报", "石门县统计局"),
            article("一、农业", "全年粮食产量41.2万吨，增产1.4%。"),
        ],
        owners: vec![Some(0), Some(0), Some(1), Some(1)],
        ..SplitFile::default()
    };
    let records = Annotator::new().annotate(&source, &split_file);
    let rows: Vec<String> = records[1].indicators.iter().map(shown).collect();
    assert_eq!(rows, ["粮食产量 41.2万吨 | Yoy 1.4% | 2019-01-01..2019-12-31 | 石门县"]);
}

const PIECES: [&str; 62] = [
    "A级景区",
    "接待",
    "人次的游客",
    "超",
    "约",
    "近",
    "均",
    "对东盟、欧盟",
    "进出口",
    "年产",
    "居住在城镇的人口",
    "平均每户的",
    "高于全国水平(",
    "12月31日至1月2日",
    "过去一年",
    "以上",
    "-",
    "[3]",
    "2022年",
    "前三季度",
    "截至11月末",
    "全县",
    "地区生产总值",
    "其中",
    "占",
    "比重",
    "分别",
    "增长",
    "由",
    "至",
    "8:50:42",
    "735.8",
    "亿",
    "千",
    "万",
    "%",
    "个百分点",
    "家企业",
    "\"",
    "“新”",
    "(",
    ")",
    "；",
    "：",
    "产值",
    "产业投资",
    "同比",
    "比年初",
    "其中服务业",
    "对全市经济增长的贡献率",
    "拉动",
    "达",
    "以上",
    "公司",
    "洪江区",
    "力争",
    "年均",
    "累计",
    "、",
    "，",
    "。",
    "\n| 粮食产量 | 吨 | 41.3 |\n| 油料产量 | 吨 | 2 |",
];

#[test]
fn a_name_behind_a_joint_is_read_from_where_it_stands() {
    let body = "巴南区上半年\"甲字号\"产值增长20.2%、\"乙字号\"产值增长10.6%。";
    let rows = record("巴南区上半年", "2023-08-20", body).indicators;
    let quotes: Vec<&str> = rows.iter().map(|row| row.quote.as_str()).collect();
    assert_eq!(quotes.len(), 2, "{quotes:?}");
    assert!(quotes[1].ends_with("产值增长10.6%"), "{quotes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_without_panic_and_quotes_are_pieces_of_it(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
        noise in ".{0,20}",
    ) {
        let mut record = record("石门县消息", "2023-08-20", "");
        record.body = format!("{}{noise}{}", pieces.concat(), pieces.concat());
        for row in indicators(&record, None) {
            prop_assert_eq!(record.body.get(row.span.clone()), Some(row.quote.as_str()));
            prop_assert!(!row.name.is_empty() && (row.value.is_some() || row.change.is_some()));
            let days = row.period.as_ref().and_then(|period| period.from.zip(period.to));
            prop_assert!(days.is_none_or(|(from, to)| from <= to), "{row:?}");
        }
    }
}

#[test]
fn what_may_still_be_revised_is_so_and_preliminary() {
    check(
        "泾县去年经济稳中有进",
        "2020-02-11",
        "经初步核算，2019年，泾县地区生产总值118.7亿元，比上年增长7.9%。财政快报数显示，泾县一般公共预算收入9.6亿元，增长4.4%。据预计数，2019年泾县粮食产量21.3万吨。预计2020年泾县地区生产总值增长7%。",
        &[
            "地区生产总值 118.7亿元 | Yoy 7.9% | 2019-01-01..2019-12-31 | 泾县 | preliminary",
            "一般公共预算收入 9.6亿元 | Yoy 4.4% | 2019-01-01..2019-12-31 | 泾县 | preliminary",
            "粮食产量 21.3万吨 | 2019-01-01..2019-12-31 | 泾县 | preliminary",
            "地区生产总值 | Yoy 7% | 2020-01-01..2020-12-31 | 泾县 | Forecast",
        ],
    );
}
