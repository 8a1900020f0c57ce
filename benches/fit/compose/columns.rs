//! Several short pieces in a row: series, letters, serials and reviews under the name of a column.

use fastrand::Rng;

use super::words::{chance, chinese_number, hanzi, month_and_day, person, pick, place, share};
use super::{Composer, LineHint};

/// The column of a paper.
#[derive(Debug, Clone)]
pub(super) struct ColumnHabits {
    kind: ColumnKind,
    /// The name above the pieces.
    name: Option<String>,
    /// The name of the serial where its pieces are named after it.
    serial: String,
    /// Whether letters open with a line addressed to the editor.
    salutation: bool,
    /// Whether the day stands below the signature.
    dated: bool,
    /// The share of letters with a remark of the editor.
    remarks: f32,
    author: AuthorPlace,
    /// Whether the title of the work is the headline of a review.
    headed: bool,
    letter_form: LetterForm,
    serial_form: SerialForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ColumnKind {
    /// Pieces with headlines of their own, as other articles have them.
    Series,
    /// Marked paragraphs under one headline: a single item.
    Notes,
    Letters,
    Serial,
    Books,
    Films,
}

/// Whether authors are named under headlines or behind texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AuthorPlace {
    Above,
    Below,
}

/// How letters are signed.
#[derive(Debug, Clone, Copy)]
enum LetterForm {
    Place,
    Reader,
    Parenthesised,
}

/// The headlines of a serial.
#[derive(Debug, Clone, Copy)]
enum SerialForm {
    NameAndNumber,
    StoryAndNumber,
    Chapter,
    Title,
}

impl ColumnHabits {
    pub fn random(rng: &mut Rng) -> Self {
        use ColumnKind::{Books, Films, Letters, Notes, Serial, Series};
        let kinds = [Series, Series, Notes, Letters, Letters, Serial, Serial, Books, Films];
        let kind = pick(rng, &kinds);
        let words = match kind {
            Notes => ["信息廊", "一周要览", "数字新闻", "小统计", "点滴"],
            Series => ["笔谈", "众说", "特别报道", "一线走笔", "一线见闻"],
            Letters => ["读者来信", "来函照登", "群众来信", "信箱", "读者之声"],
            Serial => ["连载", "夜话", "漫笔", "札记", "杂忆"],
            Books => ["书讯", "新书架", "新书介绍", "书林", "读书札记"],
            Films => ["影讯", "新片介绍", "银幕内外", "影剧短评", "影坛"],
        };
        let word = pick(rng, &words);
        let own = matches!(kind, Serial) || chance(rng, 0.2);
        let name = if own { format!("{}{word}", hanzi(rng, 2)) } else { word.to_owned() };
        Self {
            kind,
            name: chance(rng, 0.75).then_some(name),
            serial: hanzi(rng, 3),
            salutation: chance(rng, 0.4),
            dated: chance(rng, 0.3),
            remarks: share(rng, 0.4, 0.4),
            author: if rng.bool() { AuthorPlace::Above } else { AuthorPlace::Below },
            headed: rng.bool(),
            letter_form: pick(
                rng,
                &[LetterForm::Place, LetterForm::Reader, LetterForm::Parenthesised],
            ),
            serial_form: pick(
                rng,
                &[
                    SerialForm::NameAndNumber,
                    SerialForm::StoryAndNumber,
                    SerialForm::Chapter,
                    SerialForm::Title,
                ],
            ),
        }
    }
}

impl Composer<'_> {
    /// Writes the column of the paper: several pieces of one kind.
    pub(super) fn column(&mut self) {
        let habits = &self.paper.column;
        if habits.kind == ColumnKind::Notes {
            self.notes();
            return;
        }
        if let Some(name) = &habits.name {
            self.section_line(name);
        }
        let count = self.rng.u32(2..=5);
        let number = self.rng.u32(1..60);
        let story = &self.draw().title[0];
        for piece in 0..count {
            if piece > 0 {
                let gap = self.paper.layout.gaps.after_item(self.rng);
                self.sheet.set_apart(gap);
            }
            match habits.kind {
                ColumnKind::Series => {
                    let most = self.rng.usize(1..=5);
                    self.article_of(most);
                }
                ColumnKind::Letters => self.letter(),
                ColumnKind::Serial => self.serial_piece(story, number + piece),
                ColumnKind::Books | ColumnKind::Films | ColumnKind::Notes => self.review(),
            }
        }
    }

    /// Writes an item of short paragraphs that begin with a mark or a number.
    fn notes(&mut self) {
        let first = self.sheet.next_line();
        let title = match &self.paper.column.name {
            Some(name) => name,
            None => &self.draw().title[0],
        };
        self.sheet.line(title, LineHint::Head);
        let marked = self.rng.bool();
        let mut hint = LineHint::Lead;
        for number in 1..=self.rng.u32(3..=9) {
            let mark = if marked { self.paper.mark.to_owned() } else { format!("{number}．") };
            let sentences = self.rng.usize(1..=2);
            let text = self.draw().beginning(sentences);
            self.sheet.line(&format!("{mark}{text}"), hint);
            hint = LineHint::Body;
        }
        self.sheet.add_item("news", title, first);
    }

    fn letter(&mut self) {
        let habits = &self.paper.column;
        let first = self.sheet.next_line();
        let article = self.draw();
        let title = &article.title[0];
        self.sheet.line(title, LineHint::Head);
        let mut hint = LineHint::Lead;
        if habits.salutation {
            let salutation = pick(self.rng, &["编辑同志：", "编者先生：", "编辑部："]);
            self.sheet.line(salutation, hint);
            hint = LineHint::Body;
        }
        let most = self.rng.usize(1..=4);
        for text in self.paragraphs(article, most) {
            self.sheet.line(&text, hint);
            hint = LineHint::Body;
        }
        let (place, name) = (place(self.rng), person(self.rng));
        let signature = match habits.letter_form {
            LetterForm::Place => format!("{place}　{name}"),
            LetterForm::Reader => format!("{place}读者　{name}"),
            LetterForm::Parenthesised => format!("（{place} {name}）"),
        };
        self.sheet.line(&signature, LineHint::Credit);
        if habits.dated {
            let (month, day) = month_and_day(self.rng);
            self.sheet.line(&format!("{month}月{day}日"), LineHint::Credit);
        }
        if chance(self.rng, habits.remarks) {
            let label = pick(self.rng, &["【编后】", "编后：", "编者附言："]);
            let remark = self.stock.related(article, self.rng).beginning(2);
            self.sheet.inside(&format!("{label}{remark}"));
        }
        self.sheet.add_item("news", title, first);
    }

    fn serial_piece(&mut self, story: &str, number: u32) {
        let habits = &self.paper.column;
        let first = self.sheet.next_line();
        let article = self.draw();
        let number = chinese_number(number);
        let title = &article.title[0];
        let title = match habits.serial_form {
            SerialForm::NameAndNumber => format!("{}（{number}）", habits.serial),
            SerialForm::StoryAndNumber => format!("{story}（{number}）"),
            SerialForm::Chapter => format!("第{number}回　{title}"),
            SerialForm::Title => title.clone(),
        };
        self.sheet.line(&title, LineHint::Head);
        if habits.author == AuthorPlace::Above {
            self.sheet.line(&person(self.rng), LineHint::Byline);
        }
        let most = self.rng.usize(2..=7);
        let mut hint = LineHint::Lead;
        for text in self.paragraphs(article, most) {
            self.sheet.line(&text, hint);
            hint = LineHint::Body;
        }
        if habits.author == AuthorPlace::Below && self.rng.bool() {
            let end = pick(self.rng, &["（未完）", "（待续）", "（未完待续）"]);
            self.sheet.line(end, LineHint::Credit);
        }
        self.sheet.add_item("news", &title, first);
    }

    /// Writes a few sentences about a book or a film.
    fn review(&mut self) {
        let habits = &self.paper.column;
        let first = self.sheet.next_line();
        let article = self.draw();
        let letters = article.title[0].chars().filter(|c| c.is_alphabetic());
        let work: String = letters.take(self.rng.usize(4..=11)).collect();
        let work = format!("《{work}》");
        let makers = self.makers();
        let sentences = self.rng.usize(1..=3);
        let text = article.beginning(sentences);
        let text = self.with_stops(&text);
        if !habits.headed {
            self.sheet.line(&format!("{work}　{makers}。{text}"), LineHint::UntitledLead);
            self.sheet.add_item("news", "", first);
            return;
        }
        self.sheet.line(&work, LineHint::Head);
        if habits.author == AuthorPlace::Above {
            self.sheet.line(&makers, LineHint::Byline);
        }
        self.sheet.line(&text, LineHint::Lead);
        if habits.author == AuthorPlace::Below {
            self.sheet.line(&format!("（{makers}）"), LineHint::Credit);
        }
        self.sheet.add_item("news", &work, first);
    }

    /// Who made a book or a film.
    fn makers(&mut self) -> String {
        let rng = &mut *self.rng;
        let (name, other, place) = (person(rng), person(rng), place(rng));
        if self.paper.column.kind == ColumnKind::Films {
            let studio = pick(rng, &["电影制片厂", "影业公司"]);
            return match rng.u32(..3) {
                0 => format!("导演：{name}　主演：{other}"),
                1 => format!("{place}{studio}出品"),
                _ => format!("{place}{studio}摄制　{name}导演"),
            };
        }
        let work = pick(rng, &["著", "编", "译", "主编"]);
        let press = pick(rng, &["出版社", "书局", "人民出版社"]);
        match rng.u32(..3) {
            0 => format!("{name}{work}　{place}{press}"),
            1 => format!("{name}{work}　{place}{press}出版"),
            _ => format!("{name}、{other}{work}"),
        }
    }
}
