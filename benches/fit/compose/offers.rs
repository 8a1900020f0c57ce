//! Advertisements of many trades.

use fastrand::Rng;

use super::words::{chance, chinese_number, digits, hanzi, person, pick, place};

/// Draws some of the values, in their order.
fn some(rng: &mut Rng, values: &[&str], share: f32) -> Vec<String> {
    values.iter().filter(|_| chance(rng, share)).map(|value| (*value).to_owned()).collect()
}

pub(super) fn number(rng: &mut Rng, most: u32) -> String {
    let number = rng.u32(1..=most);
    if rng.bool() { chinese_number(number) } else { number.to_string() }
}

fn address(rng: &mut Rng) -> String {
    let (street, house) = (place(rng), number(rng, 900));
    let street = format!("{street}{}", pick(rng, &["路", "街", "大街", "弄", "大道", "里"]));
    match rng.u32(..5) {
        0 => format!("地址：{street}{house}号"),
        1 => format!("{street}{house}号"),
        2 => format!("{street}{}", pick(rng, &["口", "东首", "对面", "转角", "中市"])),
        3 => format!("地址 {street}{house}号{}楼", pick(rng, &["二", "三", "底"])),
        _ => format!("{}{street}", pick(rng, &["总店 ", "分店 ", "门市部 ", "事务所 "])),
    }
}

pub(super) fn phone(rng: &mut Rng) -> String {
    let count = rng.usize(4..=8);
    let before = ["电话", "电话：", "联系电话：", "热线：", "咨询电话 ", "电话 "];
    format!("{}{}", pick(rng, &before), digits(rng, count))
}

pub(super) fn reached(lines: &mut Vec<String>, rng: &mut Rng) {
    if chance(rng, 0.7) {
        lines.push(address(rng));
    }
    if chance(rng, 0.6) {
        lines.push(phone(rng));
    }
}

pub(super) fn shop(rng: &mut Rng) -> Vec<String> {
    let trades = [
        ("绸布庄", "花布"),
        ("鞋帽店", "布鞋"),
        ("酒楼", "酒席"),
        ("茶叶店", "新茶"),
        ("照相馆", "美术照相"),
        ("家具店", "沙发"),
        ("食品店", "糕点"),
        ("眼镜行", "眼镜"),
        ("洗染店", "染衣"),
        ("电器商场", "彩电"),
        ("旅社", "客房"),
        ("服装公司", "西服"),
        ("金店", "首饰"),
        ("自行车行", "车胎"),
        ("理发馆", "烫发"),
        ("浴室", "盆汤"),
    ];
    let (kind, ware) = pick(rng, &trades);
    let mut lines = vec![format!("{}{kind}", hanzi(rng, 2))];
    let calls = [
        "大减价",
        "秋季大减价",
        "今日开张",
        "新到货",
        "周年酬宾",
        "迁址开业",
        "一律八折",
        "特价三天",
    ];
    if chance(rng, 0.6) {
        lines.push(pick(rng, &calls).to_owned());
    }
    let praise = [
        "花色齐备",
        "价廉物美",
        "定价低廉",
        "货真价实",
        "工料精良",
        "式样新颖",
        "招待周到",
        "设备完善",
        "名师主理",
        "童叟无欺",
        "包退包换",
        "送货上门",
        "交货迅速",
        "质量上乘",
        "经久耐用",
        "欢迎惠顾",
        "批发零售",
        "承接定做",
        "代客修理",
        "函购即寄",
        "各界光顾，无任欢迎",
        "数量有限，售完为止",
    ];
    lines.extend(some(rng, &praise, 0.2));
    for _ in 0..rng.usize(..4) {
        let unit = pick(rng, &["每尺", "每双", "每桌", "每斤", "每台", "每打", "每件"]);
        let coin = pick(rng, &["元", "角", "角五", "元五角"]);
        let price = number(rng, 90);
        lines.push(if rng.bool() {
            format!("{ware}{unit}{price}{coin}")
        } else {
            format!("{ware}　{price}{coin}")
        });
    }
    if chance(rng, 0.3) {
        lines.push(format!("凡在本店购{ware}满{}元，赠送礼品一份。", number(rng, 100)));
    }
    reached(&mut lines, rng);
    lines
}

pub(super) fn doctor(rng: &mut Rng) -> Vec<String> {
    let branch = pick(rng, &["牙科", "眼科", "内科", "妇科", "小儿科", "伤科", "针灸"]);
    let mut lines =
        vec![format!("{branch}{}", pick(rng, &["专家", "医师", "门诊", "诊所", "专门"]))];
    lines.push(format!("{}{}", person(rng), pick(rng, &["医师", "大夫", "国医", "主任医师"])));
    let more = [
        "门诊 上午九时至十二时",
        "出诊 下午",
        "星期日停诊",
        "贫病免费",
        "镶牙 补牙",
        "精治各种眼疾",
        "代售良药",
        "祖传秘方",
        "设有病房",
        "节假日照常门诊",
        "可用医保",
    ];
    lines.extend(some(rng, &more, 0.35));
    reached(&mut lines, rng);
    lines
}

pub(super) fn remedy(rng: &mut Rng) -> Vec<String> {
    let ill =
        pick(rng, &["咳嗽", "胃病", "头痛", "风湿", "失眠", "疮毒", "皮肤病", "贫血", "疟疾"]);
    let form = pick(rng, &["丸", "膏", "散", "药水", "片", "口服液", "胶囊"]);
    let mut lines = vec![format!("{}{form}", hanzi(rng, 2))];
    lines.push(format!("{}{ill}", pick(rng, &["专治", "主治", "根治", "统治一切"])));
    let more = [
        "药到病除",
        "服法简便",
        "功效迅速",
        "老少咸宜",
        "认明商标",
        "谨防假冒",
        "内服外用",
        "每盒大洋五角",
        "各大药房均有售",
        "永不复发",
        "本品为非处方药，请按说明书服用",
        "居家旅行必备",
    ];
    lines.extend(some(rng, &more, 0.35));
    if chance(rng, 0.5) {
        lines.push(format!("{}药{}", place(rng), pick(rng, &["房总发行", "厂出品", "业公司监制"])));
    }
    reached(&mut lines, rng);
    lines
}

pub(super) fn show(rng: &mut Rng) -> Vec<String> {
    let houses = ["大戏院", "影剧院", "舞台", "游艺场", "剧场", "书场", "电影院"];
    let mut lines = vec![format!("{}{}", hanzi(rng, 2), pick(rng, &houses))];
    let when = ["今晚七时", "日夜开演", "今日起上映", "明晚献演", "今天放映", "即日起连演三天"];
    lines.push(pick(rng, &when).to_owned());
    for _ in 0..rng.usize(1..=4) {
        let count = rng.usize(2..=4);
        let title = hanzi(rng, count);
        lines.push(match rng.u32(..4) {
            0 => title,
            1 => format!("{}主演", person(rng)),
            2 => format!("{}　{title}", pick(rng, &["越剧", "京戏", "滑稽", "彩色故事片", "魔术"])),
            _ => format!("{}　{}", person(rng), person(rng)),
        });
    }
    let more = [
        "全部彩色",
        "场场客满",
        "请早订座",
        "票价二角三角",
        "门票五元",
        "儿童半价",
        "三时 五时 九时",
    ];
    lines.extend(some(rng, &more, 0.3));
    reached(&mut lines, rng);
    lines
}

pub(super) fn wanted(rng: &mut Rng) -> Vec<String> {
    let posts = ["会计", "业务员", "司机", "练习生", "技工", "厨师", "保育员", "女职员"];
    let goods = ["门面房", "洋房一幢", "二手车", "机器三台", "写字间", "仓库", "店铺"];
    let count = number(rng, 20);
    let (post, good) = (pick(rng, &posts), pick(rng, &goods));
    let mut lines = match rng.u32(..5) {
        0 => vec![
            pick(rng, &["招聘", "诚聘", "征聘", "聘请"]).to_owned(),
            format!("本公司因业务需要，招聘{post}{count}名，待遇面议，有意者请携带证件前来报名。"),
        ],
        1 => vec![
            pick(rng, &["出租", "招租", "出售", "转让"]).to_owned(),
            format!("{}{good}，交通便利，价格面议。", place(rng)),
        ],
        2 => vec![
            pick(rng, &["征求", "求购", "求租", "收购"]).to_owned(),
            format!("兹征求{good}，愿让者请函本报信箱接洽。"),
        ],
        3 => vec![
            format!("{}学校招生", hanzi(rng, 2)),
            format!("名额{count}名，即日起报名，简章备索。"),
        ],
        _ => vec![format!("{post}"), format!("{count}名"), "薪优".to_owned(), "面洽".to_owned()],
    };
    reached(&mut lines, rng);
    lines
}

pub(super) fn publication(rng: &mut Rng) -> Vec<String> {
    let title = hanzi(rng, 2);
    let kind = pick(rng, &["月刊", "画报", "周刊", "丛书", "日历", "地图", "字典"]);
    let mut lines = vec![format!("{title}{kind}")];
    let more = [
        "第三期出版",
        "内容丰富",
        "图文并茂",
        "每册二角",
        "预订八折",
        "各书店均有代售",
        "欢迎订阅",
        "邮购免邮费",
        "定价十二元",
        "全国各地邮局均可订阅",
    ];
    lines.extend(some(rng, &more, 0.45));
    lines.push(format!("{}{}", place(rng), pick(rng, &["书局发行", "出版社出版", "杂志社总经售"])));
    reached(&mut lines, rng);
    lines
}
