//! Lists of names in groups: members, prize winners, who signed.

use super::words::{chance, chinese_number, hanzi, person, pick, place};
use super::{Composer, LineHint};

/// What is printed above the names of a group.
#[derive(Debug, Clone, Copy)]
enum GroupForm {
    /// The name of the group and how many there are in it: （12人）.
    Counted,
    /// The name of a place or an office.
    Plain,
    /// The same with a number: 一、….
    Numbered,
    /// A label before the names, on their line.
    Inline,
}

const GROUP_FORMS: [GroupForm; 5] = [
    GroupForm::Counted,
    GroupForm::Counted,
    GroupForm::Plain,
    GroupForm::Numbered,
    GroupForm::Inline,
];

impl Composer<'_> {
    /// Writes a list of names under one headline, in groups with headings.
    pub(super) fn name_list(&mut self) {
        let first = self.sheet.next_line();
        let article = self.draw();
        let short: String = article.title[0].chars().filter(|c| c.is_alphanumeric()).collect();
        let word = pick(self.rng, &["名单", "获奖名单", "委员名单", "入选名单", "名录", "公示"]);
        let title = format!("{}{word}", short.chars().take(12).collect::<String>());
        self.sheet.line(&title, LineHint::Head);
        match self.rng.u32(..4) {
            0 => self.sheet.line(article.first(), LineHint::Lead),
            1 => {
                let order = pick(self.rng, &["以姓氏笔画为序", "排名不分先后", "以得票多少为序"]);
                let count = self.rng.u32(20..900);
                self.sheet.inside(&format!("（共{count}人，{order}）"));
            }
            _ => {}
        }
        let form = pick(self.rng, &GROUP_FORMS);
        let between = pick(self.rng, &["、", "、", "　", " "]);
        for number in 1..=self.rng.u32(2..=14) {
            let count = self.rng.usize(4..=60);
            let names = self.names(count, between);
            let group = self.group_name();
            match form {
                GroupForm::Counted => self.sheet.inside(&format!("{group}（{count}人）")),
                GroupForm::Plain => self.sheet.inside(&group),
                GroupForm::Numbered => {
                    self.sheet.inside(&format!("{}、{group}", chinese_number(number)));
                }
                GroupForm::Inline => {
                    self.sheet.inside(&format!("{group}：{names}"));
                    continue;
                }
            }
            self.sheet.inside(&names);
        }
        for closing in self.closings() {
            self.sheet.line(&closing, LineHint::Credit);
        }
        self.sheet.add_item("news", &title, first);
    }

    fn group_name(&mut self) -> String {
        match self.rng.u32(..4) {
            0 => place(self.rng),
            1 => {
                let grade = pick(self.rng, &["一等奖", "二等奖", "三等奖", "优秀奖", "候补委员"]);
                grade.to_owned()
            }
            2 => {
                let kind = pick(self.rng, &["界", "组", "代表团", "协会", "系统", "分会"]);
                format!("{}{kind}", hanzi(self.rng, 2))
            }
            _ => {
                let kind = pick(self.rng, &["委员会", "联合会", "公司", "学校", "医院", "局"]);
                format!("{}{}{kind}", place(self.rng), hanzi(self.rng, 2))
            }
        }
    }

    /// Names of persons, some with a remark: （女）.
    fn names(&mut self, count: usize, between: &str) -> String {
        let names: Vec<String> = (0..count)
            .map(|_| {
                let name = person(self.rng);
                if chance(self.rng, 0.12) {
                    format!("{name}（{}）", pick(self.rng, &["女", "女", "回族", "壮族"]))
                } else {
                    name
                }
            })
            .collect();
        let end = if self.rng.u32(..4) == 0 { "。" } else { "" };
        format!("{}{end}", names.join(between))
    }
}
