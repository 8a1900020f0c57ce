//! Saved web pages in the manner of many kinds of sites: what is read as headline, day, source and text, and
//! what is said of pages that have none.

use std::path::{Path, PathBuf};

use dibao::model::Record;

use crate::place::{Place, Ran};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/webpages")
}

/// Splits a copy of a page that is the only file of its folder.
fn split(name: &str, flags: &[&str]) -> Ran {
    let place = Place::new();
    let file = place.write(name, "");
    std::fs::copy(samples().join(name), &file).expect("a copy");
    place.run(&[&["split", &format!("corpus/{name}")], flags].concat())
}

fn records(name: &str) -> Vec<Record> {
    let ran = split(name, &["--format", "jsonl"]);
    assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
    ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

/// What a page with one article has: its name, headline, day, source, and how its text begins and ends.
type Wanted = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const SLUICE: (&str, &str) = ("九月的第一个集日", "过闸不收钱。");
const CANTEEN: (&str, &str) = ("岔河镇中心小学的食堂", "饭才吃得踏实。");

const PAGES: [Wanted; 15] = [
    ("blog.html", "过闸记", "2022-10-03", "", SLUICE.0, SLUICE.1),
    (
        "comments.html",
        "芦汀新桥今晨通车",
        "2024-03-02",
        "芦汀新闻网",
        "芦汀新桥今天早上六点通车",
        "少走八公里。",
    ),
    (
        "cut_title.html",
        "芦汀县人民政府办公室 关于印发芦汀县内河船闸管理办法的通知",
        "2021-09-01",
        "",
        "各乡镇人民政府",
        "2021年9月1日",
    ),
    ("form.aspx", "校园食堂公布菜价", "2016-09-20", "县教育局", CANTEEN.0, CANTEEN.1),
    ("founder.htm", "老船闸又响铃了", "2011-09-07", "芦汀日报", SLUICE.0, SLUICE.1),
    (
        "gov_div_title.html",
        "岔河镇老船闸恢复通航",
        "2021-09-06",
        "岔河镇人民政府",
        SLUICE.0,
        SLUICE.1,
    ),
    (
        "news_channel.shtml",
        "食堂的菜价贴到了校门口",
        "2020-09-15",
        "芦汀晚报",
        CANTEEN.0,
        CANTEEN.1,
    ),
    (
        "report.html",
        "芦汀县政府工作报告 ——2021年2月20日在芦汀县第十七届人民代表大会第五次会议上",
        "2021-02-24",
        "",
        "各位代表：",
        "都有一个像样的卫生院。",
    ),
    ("site_title.html", "岔河镇老船闸恢复通航", "2021-09-06", "岔河镇", SLUICE.0, SLUICE.1),
    ("table_2003.htm", "岔河船闸修复通航", "2003-09-08", "芦汀报", SLUICE.0, SLUICE.1),
    (
        "table_of_data.html",
        "2022年8月芦汀县集市菜价",
        "2022-09-01",
        "县发展改革局",
        "八月高温少雨，叶菜供应偏紧，各集市平均价格比七月上涨百分之四。\n| 品名 | 均价 （元/斤） | 说明 |\n\
         | 空心菜 | 3.20 | 高温少雨。涨得最多。 |\n| 冬瓜 | 0.90 | 持平 |\n",
        "价格会回落。",
    ),
    ("text.html", "岔河镇老船闸恢复通航", "", "", SLUICE.0, SLUICE.1),
    ("title_as_picture.html", "岔河船闸的十二分钟", "", "", SLUICE.0, "按一下岸边的铃就行。"),
    ("wechat.html", "一顿六块五的午饭，菜价贴在校门口", "2019-09-12", "", CANTEEN.0, CANTEEN.1),
    ("without_breaks.html", "食堂里的秤", "2018-09-10", "", CANTEEN.0, CANTEEN.1),
];

#[test]
fn a_page_with_one_article_is_read_with_its_headline_day_and_source() {
    for (name, title, day, outlet, begin, end) in PAGES {
        let records = records(name);
        let [record] = records.as_slice() else { panic!("{name}: {records:?}") };
        assert_eq!(record.title.as_deref(), Some(title), "{name}");
        let date = record.date.value.map(|day| day.to_string());
        assert_eq!(date.unwrap_or_default(), day, "{name}: {:?}", record.date);
        assert_eq!(record.outlet.as_deref().unwrap_or_default(), outlet, "{name}");
        assert!(record.body.starts_with(begin), "{name}: {}", record.body);
        assert!(record.body.ends_with(end), "{name}: {}", record.body);
    }
}

#[test]
fn lines_that_old_layouts_break_or_indent_are_paragraphs() {
    for (name, count) in
        [("table_2003.htm", 4), ("without_breaks.html", 3), ("form.aspx", 3), ("text.html", 4)]
    {
        let body = &records(name)[0].body;
        assert_eq!(body.lines().count(), count, "{name}: {body}");
    }
}

#[test]
fn a_page_with_several_articles_states_none_of_them() {
    let titles: Vec<String> =
        records("several.html").into_iter().filter_map(|record| record.title).collect();
    assert_eq!(titles, ["柳堰镇菱角开采", "大田镇办晒秋节", "县医院添了夜门诊"]);
}

#[test]
fn what_stands_around_the_text_is_accounted_for_and_in_no_article() {
    for (name, around) in [
        ("gov_div_title.html", ["政务公开", "您的位置：首页 > 乡镇动态", "网站标识码"]),
        ("table_2003.htm", ["芦汀之窗", "投资指南", "版权所有"]),
        ("news_channel.shtml", ["样讯网>>芦汀频道", "相关新闻", "营养餐怎么搭配"]),
        ("comments.html", ["芦汀新闻网", "网友甲：", "网友乙："]),
    ] {
        let shown = split(name, &["--explain"]).stdout;
        for words in around {
            let is_kept = |line: &str| line.contains("  boilerplate  ") && line.contains(words);
            assert!(shown.lines().any(is_kept), "{name}: {words}: {shown}");
        }
        assert!(!shown.contains("stray"), "{name}: {shown}");
        let body = &records(name)[0].body;
        assert!(around.iter().all(|words| !body.contains(words)), "{name}: {body}");
    }
}

#[test]
fn a_search_finds_the_text_of_pages_and_not_their_menus() {
    let place = Place::new();
    for entry in std::fs::read_dir(samples()).expect("the samples") {
        let entry = entry.expect("a sample");
        let file = place.write(&entry.file_name().to_string_lossy(), "");
        std::fs::copy(entry.path(), file).expect("a copy");
    }
    place.run(&["ingest"]);
    let count = |words: &str| {
        let ran = place.run(&["search", words, "--format", "json"]);
        ran.json()["total"].as_u64().unwrap_or_default()
    };
    assert_eq!(count("\"头一天就过了十九条船\""), 7);
    assert_eq!(count("标题:食堂"), 3);
    for words in ["\"投资指南\"", "\"网站标识码\"", "\"营养餐怎么搭配\"", "\"关注该公众号\""]
    {
        assert_eq!(count(words), 0, "{words}");
    }
}

#[test]
fn pages_without_a_text_of_their_own_are_told_apart() {
    for (name, english, chinese) in [
        ("frames.htm", "shows other pages in frames", "以框架显示其他网页"),
        ("script_made.html", "a script makes it where the page is shown", "由脚本在显示时生成"),
        ("program.php", "a program of a web server", "网站服务器的程序"),
    ] {
        let ran = split(name, &[]);
        assert!(ran.stderr.contains(english), "{name}: {}", ran.stderr);
        let place = Place::new();
        let file = place.write(name, "");
        std::fs::copy(samples().join(name), &file).expect("a copy");
        let ran = place.run_chinese(&["ingest"]);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains(chinese), "{name}: {said}");
    }
}
