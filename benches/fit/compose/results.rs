//! Items of many short lines: results, tables of places, forecasts, programmes.

use super::words::{digits, foreign_place, person, pick, place};
use super::{Composer, LineHint};

impl Composer<'_> {
    /// Writes one or several items of rows.
    pub(super) fn results(&mut self) {
        for _ in 0..pick(self.rng, &[1, 1, 2, 3]) {
            self.result();
        }
    }

    /// Writes a title and rows, sometimes with a sentence between them.
    fn result(&mut self) {
        let first = self.sheet.next_line();
        let article = self.draw();
        let word =
            pick(self.rng, &["积分榜", "比赛结果", "天气预报", "节目预告", "行情", "名单", ""]);
        let short: String = article.title[0].chars().take(9).collect();
        let title = if word.is_empty() { short } else { format!("{short}{word}") };
        self.sheet.line(&title, LineHint::Head);
        let mut rows = self.rows();
        if self.rng.bool() {
            self.sheet.line(article.first(), LineHint::Lead);
        } else if let Some(row) = rows.pop() {
            // The first of the rows is where the text would begin.
            self.sheet.inside(&row);
        }
        for row in &rows {
            self.sheet.inside(row);
        }
        self.sheet.add_item("news", &title, first);
    }

    /// Rows of one form.
    pub(super) fn rows(&mut self) -> Vec<String> {
        let form = self.rng.u32(..6);
        let count = self.rng.usize(3..=16);
        let label = pick(self.rng, &["第", "男子", "女子", "上午", "晚"]);
        (0..count)
            .map(|row| {
                let rng = &mut *self.rng;
                let (one, two) = (rng.u32(..9), rng.u32(..9));
                match form {
                    0 => format!("{}队　{one}∶{two}　{}队", place(rng), place(rng)),
                    1 => format!("{}　{}　{one}　{two}", row + 1, foreign_place(rng)),
                    2 => format!("{}　晴　{one}℃～{}℃", place(rng), one + two),
                    3 => {
                        let title = &self.stock.draw(rng).title[0];
                        format!("{}：{}　{title}", 8 + row, digits(rng, 2))
                    }
                    4 => format!("{}（{}）{}分", person(rng), place(rng), digits(rng, 3)),
                    _ => format!("{label}{}：{}", row + 1, person(rng)),
                }
            })
            .collect()
    }
}
