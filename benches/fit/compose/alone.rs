//! Notices and advertisements, each by itself, and briefs that look like them: to fit on what tells
//! notices from news.

use fastrand::Rng;

use super::announcements::{bulletin, lawyer, public, service, solicitation, thanks};
use super::offers::{doctor, number, publication, remedy, shop, show, wanted};
use super::words::{chance, hanzi, person, pick, place};

/// Composes a notice or an advertisement: its lines.
pub fn notice(rng: &mut Rng) -> Vec<String> {
    let lines = match rng.u32(..14) {
        0 | 1 => shop(rng),
        2 => doctor(rng),
        3 => remedy(rng),
        4 => show(rng),
        5 => wanted(rng),
        6 => public(rng),
        7 | 8 => solicitation(rng),
        9 => bulletin(rng),
        10 => lawyer(rng),
        11 => thanks(rng),
        12 => service(rng),
        _ => publication(rng),
    };
    set(lines, rng)
}

/// Composes a brief that is no notice, for all its prices, numbers and short lines.
pub fn brief(rng: &mut Rng) -> Vec<String> {
    let (name, other, place) = (person(rng), person(rng), place(rng));
    let (one, two) = (number(rng, 900), number(rng, 900));
    let lines = match rng.u32(..9) {
        0 => {
            let ware = pick(rng, &["棉纱", "大米", "黄金", "公债", "面粉", "银元", "豆油", "股票"]);
            let drift = pick(rng, &["回落", "上涨", "平稳", "微升", "盘旋"]);
            let day = pick(rng, &["昨日", "昨", "上周", "今晨"]);
            let mut lines = vec![format!("{ware}{}", pick(rng, &["市", "行情", "市况", "价格"]))];
            lines.push(format!(
                "{day}{ware}{drift}，收盘{one}元，较前市{}{two}角。",
                pick(rng, &["高", "低"])
            ));
            lines
        }
        1 => vec![
            format!("{name}先生："),
            format!("来稿{}。", pick(rng, &["收到，容后发表", "嫌长，请删短", "已转有关部门"])),
        ],
        2 => vec![
            pick(rng, &["体坛", "运动简报", "球讯"]).to_owned(),
            format!("▲{place}队昨以{one}比{two}胜{other}队。"),
            format!("▲{}赛下周在{place}举行。", pick(rng, &["篮球", "田径", "乒乓"])),
        ],
        3 => {
            let width = rng.usize(5..=7);
            (0..rng.usize(4..=8))
                .map(|_| format!("{}，{}。", hanzi(rng, width), hanzi(rng, width)))
                .collect()
        }
        4 => vec![
            format!("{place}电话线路接通"),
            format!("据{place}消息，当地近日与{other}庄间装设电话，听说下月一日起通话。"),
        ],
        5 => vec![
            format!("{place}戏院火警"),
            format!("昨晚七时，{place}路{one}号戏院后台起火，消防员赶到扑灭，损失{two}元。"),
        ],
        6 => vec![
            format!("{place}药房失窃"),
            format!("{name}所开药房，前夜被贼偷去药膏{one}盒，值洋{two}元，已报警侦查云。"),
        ],
        7 => vec![
            format!("{place}百货商店让利"),
            format!(
                "本报讯　{place}百货商店近日推出{two}种商品降价销售，顾客{name}说，比平时便宜{one}元。"
            ),
        ],
        _ => vec![
            format!("{place}{}", pick(rng, &["暂停办理登记", "部分道路限行", "招聘会开幕"])),
            format!(
                "记者从{place}有关部门获悉，自下月起将实行新办法，请市民留意。{name}介绍，已有{one}家单位报名。"
            ),
        ],
    };
    set(lines, rng)
}

/// Sets lines in a narrow column, with stops of old print, or leaves them as they are.
fn set(lines: Vec<String>, rng: &mut Rng) -> Vec<String> {
    let old_stops = chance(rng, 0.2);
    let lines = lines.into_iter().map(|line| {
        if old_stops { line.replace(['，', '；'], "、").replace('。', "") } else { line }
    });
    if !chance(rng, 0.35) {
        return lines.collect();
    }
    let width = rng.usize(3..=14);
    let narrow = |line: String| {
        let characters: Vec<char> = line.chars().collect();
        characters.chunks(width).map(|part| part.iter().collect()).collect::<Vec<String>>()
    };
    lines.flat_map(narrow).collect()
}
