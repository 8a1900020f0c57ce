//! Tables and forms in annexes, as a scan gives them: mostly one cell a line.

use fastrand::Rng;

use super::Composer;
use super::stock::Passage;
use super::words::{
    Repertoire, chance, chinese_number, digits, month_and_day, person, pick, place,
};

/// The tables of a gazette.
#[derive(Debug, Clone)]
pub(super) struct TableHabits {
    /// The share of tables whose rows are lines.
    whole_rows: f32,
    /// The share of words that stand vertically, each character on a line of its own.
    vertical: f32,
    note: Repertoire<&'static str>,
}

#[derive(Debug, Clone, Copy)]
enum Cell {
    Serial,
    Number,
    Amount,
    Percentage,
    /// One of a few words that recur in the column.
    Word,
    Person,
    Place,
    Day,
    Phrase,
    Sentence,
    Box,
}

const CELLS: [Cell; 11] = [
    Cell::Serial,
    Cell::Number,
    Cell::Amount,
    Cell::Percentage,
    Cell::Word,
    Cell::Person,
    Cell::Place,
    Cell::Day,
    Cell::Phrase,
    Cell::Sentence,
    Cell::Box,
];

impl TableHabits {
    pub fn random(rng: &mut Rng) -> Self {
        Self {
            whole_rows: pick(rng, &[0.0, 0.0, 0.2, 0.8]),
            vertical: pick(rng, &[0.0, 0.02, 0.1]),
            note: Repertoire::random(rng, &["备注：", "注：", "附注：", "说明：", "※", "注1："], 2),
        }
    }
}

impl Composer<'_> {
    /// Writes a table.
    pub(super) fn table(&mut self, passage: &mut Passage) {
        let habits = &self.paper.document.annexes.tables;
        let columns: Vec<Cell> =
            (0..self.rng.usize(1..=7)).map(|_| pick(self.rng, &CELLS)).collect();
        let words: Vec<String> =
            (0..self.rng.usize(1..=4)).map(|_| passage.phrase(8, self.rng)).collect();
        if self.rng.bool() {
            let name = passage.phrase(12, self.rng);
            self.sheet
                .inside(&format!("{name}{}", pick(self.rng, &["表", "一览表", "目录", "统计"])));
        }
        if chance(self.rng, 0.2) {
            self.sheet
                .inside(pick(self.rng, &["单位：元", "单位：千元", "（单位：公顷）", "单位：人"]));
        }
        let header = columns.iter().map(|_| passage.phrase(6, self.rng)).collect();
        let whole_rows = chance(self.rng, habits.whole_rows);
        self.row(header, whole_rows);
        let rows = match self.rng.u32(..4) {
            0 => self.rng.usize(1..=3),
            3 => self.rng.usize(10..=40),
            _ => self.rng.usize(3..=12),
        };
        for number in 1..=rows {
            let mut row = Vec::new();
            for &cell in &columns {
                // Some cells are empty.
                if !chance(self.rng, 0.05) {
                    row.push(self.cell(cell, number, &words, passage));
                }
            }
            self.row(row, whole_rows);
        }
        if chance(self.rng, 0.3) {
            let total = pick(self.rng, &["合计", "总计", "小计", "合 计", "平均"]);
            let sum = digits(self.rng, 4);
            self.row(vec![total.to_owned(), sum], whole_rows);
        }
        if chance(self.rng, 0.35) {
            let note = habits.note.draw(self.rng);
            self.sheet.inside(&format!("{note}{}", passage.next(self.rng)));
        }
    }

    fn row(&mut self, cells: Vec<String>, whole: bool) {
        if whole {
            let line = cells.join("　");
            self.sheet.inside(&line);
            return;
        }
        let vertical = self.paper.document.annexes.tables.vertical;
        for cell in cells {
            let short = (2..=5).contains(&cell.chars().count());
            if short && chance(self.rng, vertical) {
                for c in cell.chars() {
                    self.sheet.inside(&c.to_string());
                }
            } else {
                self.sheet.inside(&cell);
            }
        }
    }

    fn cell(
        &mut self,
        cell: Cell,
        number: usize,
        words: &[String],
        passage: &mut Passage,
    ) -> String {
        let rng = &mut *self.rng;
        let count = rng.usize(1..=5);
        match cell {
            Cell::Serial => number.to_string(),
            Cell::Number => digits(rng, count),
            Cell::Amount => {
                let unit = pick(rng, &["元", "人", "公里", "吨", "%", "年", "个月", "kg", "mm"]);
                format!("{}{unit}", digits(rng, count))
            }
            Cell::Percentage => format!("{}.{}", digits(rng, 1), digits(rng, 2)),
            Cell::Word => words[rng.usize(..words.len())].clone(),
            Cell::Person => person(rng),
            Cell::Place => place(rng),
            Cell::Day => {
                let (month, day) = month_and_day(rng);
                match rng.u32(..3) {
                    0 => format!("{month}月{day}日"),
                    1 => format!("{}/{month}/{day}", rng.u32(2000..2020)),
                    _ => format!("{}.{month}.{day}", rng.u32(80..110)),
                }
            }
            Cell::Phrase => passage.phrase(14, rng),
            Cell::Sentence => passage.next(rng).to_owned(),
            Cell::Box => pick(rng, &["□是　□否", "□有 □无", "○", "—", "√", "同上"]).to_owned(),
        }
    }

    /// Writes a form with blanks to fill in.
    pub(super) fn form(&mut self, passage: &mut Passage) {
        if self.rng.bool() {
            let name = passage.phrase(10, self.rng);
            let word = pick(self.rng, &["申请书", "登记表", "同意书", "保证书", "报名表"]);
            self.sheet.inside(&format!("{name}{word}"));
        }
        for number in 1..=self.rng.u32(6..=40) {
            let line = match self.rng.u32(..10) {
                0 => pick(self.rng, &["姓名", "性别", "职称", "签章", "编号", "备注"]).to_owned(),
                1 => pick(self.rng, &["电话：", "地址：", "单位：", "申请人：", "负责人："])
                    .to_owned(),
                2 => pick(self.rng, &["年　月　日", "年 月 日", "自 年 月 日起", "民国 年 月 日"])
                    .to_owned(),
                3 => pick(self.rng, &["□是　□否", "□", "（签名或盖章）", "此致", "（印）"])
                    .to_owned(),
                4 => format!("{}、{}", chinese_number(number), passage.phrase(12, self.rng)),
                5 => format!("□{}", passage.phrase(8, self.rng)),
                6 => format!("{}：", passage.phrase(6, self.rng)),
                7 => passage.next(self.rng).to_owned(),
                _ => passage.phrase(9, self.rng),
            };
            self.sheet.inside(&line);
        }
        if self.rng.bool() {
            for label in ["立书人：", "地　址：", "联络电话："] {
                self.sheet.inside(label);
            }
            self.sheet.inside(pick(self.rng, &["中华民国　　年　　月　　日", "　年　月　日"]));
        }
    }
}
