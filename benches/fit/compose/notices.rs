//! Small advertisements, and notices with a heading.

use super::words::{digits, hanzi, month_and_day, person, pick, place};
use super::{Composer, LineHint};

impl Composer<'_> {
    /// Writes a small advertisement.
    pub(super) fn advertisement(&mut self) {
        let first = self.sheet.next_line();
        let rng = &mut *self.rng;
        let place = place(rng);
        let heading = match rng.u32(..6) {
            0 => "启事".to_owned(),
            1 => {
                let shops = ["公司", "药房", "医院", "商店", "银行", "酒家", "书局"];
                format!("{place}{}", pick(rng, &shops))
            }
            2 => format!("{}启事", person(rng)),
            3 => "招聘".to_owned(),
            4 => format!("{place}声明"),
            _ => {
                let events = ["大减价", "今日开幕", "新到货", "迁址", "招生"];
                format!("{place}{}", pick(rng, &events))
            }
        };
        self.sheet.line(&heading, LineHint::NoticeStart);
        for _ in 0..self.rng.usize(1..=7) {
            let line = self.advertisement_line();
            self.sheet.line(&line, LineHint::Inside);
        }
        self.sheet.add_item("notice", "", first);
    }

    fn advertisement_line(&mut self) -> String {
        let rng = &mut *self.rng;
        match rng.u32(..6) {
            0 => format!("地址：{}路{}号", place(rng), digits(rng, 3)),
            1 => format!("电话{}", digits(rng, 5)),
            2 => format!("{}经理", person(rng)),
            3 => {
                let count = rng.usize(4..=8);
                hanzi(rng, count)
            }
            4 => format!("每{}{}元", pick(rng, &["瓶", "盒", "张", "件"]), digits(rng, 1)),
            _ => {
                let count = rng.usize(12..=31);
                format!("{}。", hanzi(rng, count))
            }
        }
    }

    /// Writes a notice: heading, text, often issuer and date.
    pub(super) fn notice(&mut self) {
        let first = self.sheet.next_line();
        let (subject, text) = self.notice_text();
        let (rest, word) = subject.split_at(subject.len() - 2 * '启'.len_utf8());
        let (one, two) = word.split_at('启'.len_utf8());
        let bodies = ["公司", "学会", "中学", "出版社", "编辑部", "法院", "管理处"];
        let issuer = format!("{}{}", place(self.rng), pick(self.rng, &bodies));
        let heading = match self.rng.u32(..4) {
            0 => format!("{issuer}{word}"),
            1 => format!("{one}　{two}"),
            2 => word.to_owned(),
            _ => format!("{rest}{word}"),
        };
        self.sheet.line(&heading, LineHint::NoticeStart);
        self.sheet.line(&text, LineHint::Inside);
        for _ in 0..self.rng.usize(..3) {
            let rng = &mut *self.rng;
            let line = match rng.u32(..4) {
                0 => format!("地址：{}路{}号", place(rng), digits(rng, 3)),
                1 => format!("联系电话：{}", digits(rng, 6)),
                2 => format!("联系人：{}", person(rng)),
                _ => format!("特此{word}。"),
            };
            self.sheet.line(&line, LineHint::Inside);
        }
        if self.rng.u32(..4) > 0 {
            self.sheet.line(&issuer, LineHint::Inside);
            if self.rng.bool() {
                let (month, day) = month_and_day(self.rng);
                let year = self.rng.u32(1950..2024);
                self.sheet.line(&format!("{year}年{month}月{day}日"), LineHint::Inside);
            }
        }
        self.sheet.add_item("notice", &heading, first);
    }

    /// The heading of a notice, whose last two characters say what it is, and its text.
    fn notice_text(&mut self) -> (&'static str, String) {
        let rng = &mut *self.rng;
        let (month, day) = month_and_day(rng);
        let (place, name, other) = (place(rng), person(rng), person(rng));
        let number = digits(rng, 3);
        match rng.u32(..8) {
            0 => {
                let who = pick(rng, &["本社", "本会", "本公司", "本校"]);
                ("迁址启事", format!("{who}定于{month}月{day}日迁至{place}路{number}号办公。"))
            }
            1 => {
                let lost = pick(rng, &["工作证", "学生证", "印章", "执照", "存折", "提货单"]);
                ("遗失声明", format!("{name}遗失{lost}一件，号码{number}，声明作废。"))
            }
            2 => {
                let deed = pick(rng, &["登记", "换证", "领取", "报名"]);
                let until = format!("{month}月{day}日前到{place}办理{deed}手续");
                ("重要公告", format!("请有关人员于{until}，逾期不予受理。"))
            }
            3 => {
                let at = format!("本报{month}月{day}日关于{place}的消息");
                ("更正", format!("{at}中，“{name}”应为“{other}”。"))
            }
            4 => {
                let rhythm = pick(rng, &["周刊", "半月刊", "月刊", "双月刊"]);
                let price = digits(rng, 1);
                ("订阅启事", format!("本刊自{month}月起改为{rhythm}，每期{price}元，欢迎订阅。"))
            }
            5 => ("征稿启事", format!("来稿请寄{place}路{number}号，未用稿件恕不退还。")),
            6 => {
                let since = format!("自{month}月{day}日起，{place}一切事务由{name}负责");
                ("严正声明", format!("{since}，与{other}无关。"))
            }
            _ => ("鸣谢", format!("承蒙{place}各界及{name}、{other}诸位相助，谨致谢意。")),
        }
    }
}
