//! Announcements: of offices and companies, of a paper to its readers, of families.

use fastrand::Rng;

use super::offers::{number, phone, reached};
use super::words::{chance, digits, hanzi, month_and_day, person, pick, place};

pub(super) fn public(rng: &mut Rng) -> Vec<String> {
    let (month, day) = month_and_day(rng);
    let (name, place, code) = (person(rng), place(rng), digits(rng, 6));
    let company = format!("{}有限公司", hanzi(rng, 4));
    let mut lines = match rng.u32(..6) {
        0 => vec![format!("{company}遗失营业执照副本，注册号{code}，声明作废。")],
        1 => vec![
            "注销公告".to_owned(),
            format!("{company}拟向登记机关申请注销，请债权人于四十五日内申报债权。"),
        ],
        2 => vec![
            format!("{place}道路工程招标公告"),
            format!("凡具备资质的单位，请于{month}月{day}日前报名领取标书，逾期不受理。"),
        ],
        3 => vec![format!("{name}身份证遗失，号码{code}，特此声明。")],
        4 => vec![
            "拍卖公告".to_owned(),
            format!("定于{month}月{day}日公开拍卖{place}房产一处，竞买人请预交保证金。"),
        ],
        _ => vec![format!("兹有{name}拾得皮包一只，请失主前来认领。")],
    };
    reached(&mut lines, rng);
    if chance(rng, 0.3) {
        lines.push(company);
    }
    lines
}

pub(super) fn solicitation(rng: &mut Rng) -> Vec<String> {
    let who = pick(rng, &["本版", "本栏", "本刊", "本报", "“茶座”栏目", "编辑部"]);
    let what = pick(rng, &["线索", "老照片", "读者来信", "稿件", "心得", "好故事", "短文", "意见"]);
    let length = number(rng, 15);
    let heading = ["征稿", "稿约", "征文启事", "敬告读者", "欢迎来稿", "征集", "下期话题"];
    let mut lines = Vec::new();
    if chance(rng, 0.4) {
        lines.push(pick(rng, &heading).to_owned());
    }
    let sentences = [
        format!("{who}向读者征集{what}，一经采用，即付稿酬。"),
        format!("来稿请寄{who}，注明姓名、地址，{length}百字以内。"),
        "请勿一稿多投，未用稿件恕不退还。".to_owned(),
        format!("欢迎读者为{who}提供{what}，被采用者奖励{length}元。"),
        format!("投稿邮箱：{}，邮件主题请写明栏目名称。", digits(rng, 6)),
        "照片请附说明，文责自负。".to_owned(),
        format!("您有什么{what}要说？请拨打热线{}告诉我们。", digits(rng, 8)),
        format!(
            "下期题目：我家的{}，请在本月底以前寄来。",
            pick(rng, &["阳台", "年夜饭", "邻居", "书架"])
        ),
        format!("参与方式：关注{who}公众号留言，或发短信到{}。", digits(rng, 8)),
        "来信请写真实姓名，发表时可以署笔名。".to_owned(),
    ];
    let chosen: Vec<String> = sentences.into_iter().filter(|_| chance(rng, 0.3)).collect();
    if rng.bool() {
        lines.push(chosen.concat());
    } else {
        lines.extend(chosen);
    }
    if lines.concat().is_empty() {
        lines = vec![format!("欢迎为{who}投稿。"), phone(rng)];
    }
    lines.retain(|line| !line.is_empty());
    lines
}

pub(super) fn bulletin(rng: &mut Rng) -> Vec<String> {
    let mut lines = Vec::new();
    match rng.u32(..4) {
        0 => {
            lines.push(pick(rng, &["天气预报", "天气", "今日天气"]).to_owned());
            let sky = pick(rng, &["晴到多云", "阴有小雨", "多云转阴", "阴转多云", "晴"]);
            let wind = pick(rng, &["偏北风", "偏南风", "东南风", "西北风"]);
            let (low, high) = (number(rng, 20), number(rng, 38));
            lines.push(format!(
                "{}，{sky}，{wind}{}级，最低气温{low}度，最高{high}度。",
                pick(rng, &["今天白天到夜间", "明天", "今晚到明天"]),
                number(rng, 6)
            ));
        }
        1 => {
            lines.push(pick(rng, &["今日节目", "电视预告", "本周赛事"]).to_owned());
            for _ in 0..rng.usize(3..=7) {
                let count = rng.usize(3..=6);
                lines.push(format!(
                    "{}:{}　{}　{}频道",
                    rng.u32(8..24),
                    rng.u32(10..60),
                    hanzi(rng, count),
                    pick(rng, &["新闻", "文艺", "少儿"])
                ));
            }
        }
        2 => {
            lines.push(pick(rng, &["彩票开奖", "体彩开奖公告", "中奖号码"]).to_owned());
            let numbers: Vec<String> = (0..7).map(|_| digits(rng, 2)).collect();
            lines.push(format!("第{}期　开奖号码：{}", digits(rng, 5), numbers.join(" ")));
            lines.push(format!("奖池金额{}元。", digits(rng, 8)));
        }
        _ => {
            lines.push("停电通知".to_owned());
            lines.push(format!(
                "因线路检修，{}、{}一带明日停电，请用户做好准备。",
                place(rng),
                place(rng)
            ));
        }
    }
    lines
}

pub(super) fn lawyer(rng: &mut Rng) -> Vec<String> {
    let (name, client) =
        (person(rng), format!("{}{}", hanzi(rng, 3), pick(rng, &["行", "号", "公司", "厂"])));
    let mut lines = match rng.u32(..3) {
        0 => vec![
            format!("{name}律师"),
            "受任".to_owned(),
            client,
            "常年法律顾问".to_owned(),
            "通告".to_owned(),
        ],
        1 => vec![
            format!("{name}律师代表{client}声明"),
            format!("兹据{client}委托，凡有侵害其权利者，当依法予以保障。"),
        ],
        _ => vec![
            format!("{name}律师代表{}与{}订婚启事", person(rng), person(rng)),
            "双方同意，特此登报。".to_owned(),
        ],
    };
    reached(&mut lines, rng);
    lines
}

pub(super) fn thanks(rng: &mut Rng) -> Vec<String> {
    let (month, day) = month_and_day(rng);
    let (name, other) = (person(rng), person(rng));
    match rng.u32(..4) {
        0 => vec![
            "鸣谢".to_owned(),
            format!("{name}患病，承蒙{other}医师悉心诊治，得以痊愈，特此登报致谢。"),
        ],
        1 => vec![
            "讣告".to_owned(),
            format!("{name}先生于{month}月{day}日病逝，定于次日举行追悼会，谨此讣闻。"),
            format!("{name}治丧委员会"),
        ],
        2 => vec![
            format!("{name}　{other}"),
            "结婚启事".to_owned(),
            format!("我俩定于{month}月{day}日结婚，敬告亲友。"),
        ],
        _ => vec![
            "谢启".to_owned(),
            format!("先父丧事，承蒙各位亲友厚赐，谨此申谢。"),
            format!("{name}率子{other}敬启"),
        ],
    }
}

pub(super) fn service(rng: &mut Rng) -> Vec<String> {
    let (month, day) = month_and_day(rng);
    let place = place(rng);
    let (body, change) = pick(
        rng,
        &[
            ("汽车站", "班车改为每日三班，上车点不变，请旅客注意"),
            ("自来水厂", "检修管道，沿线停水一天，请用户储水备用"),
            ("邮局", "延长营业时间，欢迎顾客前来办理业务"),
            ("图书馆", "整理藏书，暂停开放，请读者见谅"),
            ("银行", "迁至新址办公，原址不再营业"),
            ("轮船公司", "冬季航班时刻变更，请乘客提前到码头候船"),
            ("粮店", "换发新证，请居民携带旧证前来登记"),
        ],
    );
    let mut lines = Vec::new();
    if chance(rng, 0.6) {
        lines.push(format!("{place}{body}{}", pick(rng, &["启事", "通知", "敬告", "通告", ""])));
    }
    lines.push(format!("{}{month}月{day}日起，{change}。", pick(rng, &["从", "自", "本处定于"])));
    reached(&mut lines, rng);
    lines
}
