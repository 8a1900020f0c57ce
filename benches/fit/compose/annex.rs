//! The annexes of an order: rules with clauses and points, explanations, lists, tables and forms.

use fastrand::Rng;

use super::Composer;
use super::stock::Passage;
use super::table::TableHabits;
use super::words::{Repertoire, chance, chinese_number, full_width, person, pick};

/// The annexes of a gazette.
#[derive(Debug, Clone)]
pub(super) struct AnnexHabits {
    clause: Repertoire<ClauseForm>,
    /// What stands between a number and its text.
    gap: &'static str,
    /// Whether the number of a clause is spaced.
    spaced: bool,
    content: Repertoire<Content>,
    /// The share of annexes after which another one follows.
    further: f32,
    /// Whether the rule is dated below its name.
    dated: bool,
    pub tables: TableHabits,
}

/// The numbering of clauses.
#[derive(Debug, Clone, Copy)]
enum ClauseForm {
    /// 第一条 before the text.
    Article,
    /// 第一条 on a line of its own.
    ArticleAbove,
    Listed,
    Parenthesised,
    Plain,
}

#[derive(Debug, Clone, Copy)]
enum Content {
    Rule,
    Explanation,
    List,
    Table,
    Form,
}

impl AnnexHabits {
    pub fn random(rng: &mut Rng) -> Self {
        use ClauseForm::{Article, ArticleAbove, Listed, Parenthesised, Plain};
        let content =
            [Content::Rule, Content::Rule, Content::Table, Content::Form, Content::Explanation];
        let content = if chance(rng, 0.8) { content } else { [Content::List; 5] };
        Self {
            clause: Repertoire::random(
                rng,
                &[Article, Article, ArticleAbove, Listed, Listed, Parenthesised, Plain],
                3,
            ),
            gap: pick(rng, &["　", " ", ""]),
            spaced: chance(rng, 0.3),
            content: Repertoire::random(rng, &content, 4),
            further: pick(rng, &[0.0, 0.15, 0.35, 0.5]),
            dated: chance(rng, 0.25),
            tables: TableHabits::random(rng),
        }
    }
}

impl Composer<'_> {
    /// Writes the annexes of an order; some are only named.
    pub(super) fn annex(&mut self, subject: &str, passage: &mut Passage) {
        let habits = &self.paper.document.annexes;
        let name = match self.rng.u32(..6) {
            0 => format!("{subject}修正条文"),
            1 => format!("附件：{subject}"),
            2 => format!("{subject}（{}）", pick(self.rng, &["修正本", "草案", "节录"])),
            _ => subject.to_owned(),
        };
        if chance(self.rng, 0.15) {
            self.sheet.inside(pick(self.rng, &["附件", "附件一", "附：", "附录"]));
        }
        self.sheet.inside(&name);
        if chance(self.rng, 0.1) {
            return;
        }
        if habits.dated {
            for _ in 0..self.rng.usize(1..=3) {
                let (year, month) = (self.rng.u32(60..113), self.rng.u32(1..=12));
                let deed = pick(self.rng, &["发布", "修正发布", "公布施行"]);
                self.sheet.inside(&format!("民国{year}年{month}月会议{deed}"));
            }
        }
        let mut number = 1;
        loop {
            match habits.content.draw(self.rng) {
                Content::Rule => self.rule(passage),
                Content::Explanation => self.explanation(passage),
                Content::List => self.list(passage),
                Content::Table => self.table(passage),
                Content::Form => self.form(passage),
            }
            if !chance(self.rng, habits.further) {
                return;
            }
            number += 1;
            self.further_heading(subject, number, passage);
        }
    }

    /// The heading of a further annex; it begins no item.
    fn further_heading(&mut self, subject: &str, number: u32, passage: &mut Passage) {
        let name = passage.phrase(14, self.rng);
        let number = chinese_number(number);
        let heading = match self.rng.u32(..9) {
            0 => format!("附件{number}"),
            1 => format!("附表{number}　{name}"),
            2 => format!("附件{number}：{name}表"),
            3 => format!("{subject}总说明"),
            4 => format!("{subject}对照表"),
            5 => format!("{name}{}", pick(self.rng, &["申请书", "登记表", "切结书", "一览表"])),
            6 => format!("附图{number}"),
            7 => format!("{name}作业规定修正规定"),
            _ => format!("（附件{number}）"),
        };
        self.sheet.inside(&heading);
    }

    fn rule(&mut self, passage: &mut Passage) {
        let clauses = match self.rng.u32(..3) {
            0 => self.rng.u32(1..=4),
            1 => self.rng.u32(3..=15),
            _ => self.rng.u32(8..=50),
        };
        let form = self.paper.document.annexes.clause.draw(self.rng);
        let parted = clauses > 12 && self.rng.bool();
        for number in 1..=clauses {
            if parted && number % 6 == 1 {
                let part = pick(self.rng, &["章", "章", "节"]);
                let name = pick(self.rng, &["总则", "组织", "经费", "附则", "奖惩", "程序"]);
                self.sheet.inside(&format!("第{}{part}　{name}", chinese_number(number / 6 + 1)));
            }
            self.clause(form, number, passage);
            if chance(self.rng, 0.2) {
                self.subclauses(passage);
            }
            if chance(self.rng, 0.03) {
                self.table(passage);
            }
        }
    }

    fn clause(&mut self, form: ClauseForm, number: u32, passage: &mut Passage) {
        let AnnexHabits { gap, spaced, .. } = self.paper.document.annexes;
        let text = if chance(self.rng, 0.02) { "（删除）" } else { passage.next(self.rng) };
        let number = chinese_number(number);
        let article = if spaced { format!("第 {number} 条") } else { format!("第{number}条") };
        let line = match form {
            ClauseForm::Article => {
                let gap = if gap.is_empty() { "　" } else { gap };
                format!("{article}{gap}{text}")
            }
            ClauseForm::Listed => format!("{number}、{text}"),
            ClauseForm::Parenthesised => format!("（{number}）{text}"),
            ClauseForm::Plain => text.to_owned(),
            ClauseForm::ArticleAbove => {
                self.sheet.inside(&article);
                text.to_owned()
            }
        };
        self.sheet.inside(&line);
    }

    /// Writes points below a clause, and sometimes points below them.
    fn subclauses(&mut self, passage: &mut Passage) {
        let deep = chance(self.rng, 0.3);
        for number in 1..=self.rng.u32(1..=6) {
            let text = self.short_or_whole(passage);
            let point = chinese_number(number);
            let mark = if deep { format!("({point})") } else { format!("{point}、") };
            self.sheet.inside(&format!("{mark}{text}"));
            if deep && self.rng.bool() {
                for number in 1..=self.rng.u32(1..=3) {
                    let text = self.short_or_whole(passage);
                    self.sheet.inside(&format!("{}、{text}", full_width(&number.to_string())));
                }
            }
        }
    }

    fn short_or_whole(&mut self, passage: &mut Passage) -> String {
        match self.rng.u32(..3) {
            0 => format!("{}。", passage.phrase(16, self.rng)),
            1 => format!("{}：", passage.phrase(12, self.rng)),
            _ => passage.next(self.rng).to_owned(),
        }
    }

    /// Paragraphs under headings.
    fn explanation(&mut self, passage: &mut Passage) {
        for number in 1..=self.rng.u32(1..=6) {
            let heading = passage.phrase(10, self.rng);
            let heading = match self.rng.u32(..3) {
                0 => pick(self.rng, &["目的", "说明", "适用范围", "其他", "经费来源"]).to_owned(),
                1 => format!("{}、{heading}", chinese_number(number)),
                _ => format!("{number}.{heading}"),
            };
            self.sheet.inside(&heading);
            for _ in 0..self.rng.usize(1..=4) {
                self.sheet.inside(passage.next(self.rng));
            }
        }
    }

    /// A list of names or things, one on each line.
    fn list(&mut self, passage: &mut Passage) {
        let form = self.rng.u32(..4);
        for number in 1..=self.rng.u32(4..=40) {
            let thing = passage.phrase(14, self.rng);
            let line = match form {
                0 => format!("{number}．{thing}"),
                1 => format!("{}　{thing}", person(self.rng)),
                2 => format!("{}、{thing}", chinese_number(number)),
                _ => thing,
            };
            self.sheet.inside(&line);
        }
    }
}
