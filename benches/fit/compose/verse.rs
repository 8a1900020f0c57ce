//! Poems, classical and free, of one or several parts; and stories.

use super::credits::byline;
use super::words::{chance, chinese_number, full_width, person, pick};
use super::{Composer, LineHint};

/// What poems and stories are called above their titles.
const GENRES: [&str; 10] =
    ["诗歌", "诗词", "新诗", "散文", "小说", "随笔", "小小说", "散文诗", "微型小说", "旧体诗"];

impl Composer<'_> {
    /// Writes a poem.
    pub(super) fn verse(&mut self) {
        let first = self.sheet.next_line();
        let article = self.draw();
        let parts = if chance(self.rng, 0.3) { self.rng.u32(2..=4) } else { 1 };
        let title: String = article.title[0].chars().filter(|c| c.is_alphanumeric()).collect();
        let title = match parts {
            1 if self.rng.bool() => article.title[0].clone(),
            1 => title.chars().take(self.rng.usize(2..=7)).collect(),
            parts => {
                let word = pick(self.rng, &["首", "章", "题"]);
                let others = chinese_number(parts - 1);
                let title: String = title.chars().take(8).collect();
                match self.rng.u32(..4) {
                    0 => format!("诗{}{word}", chinese_number(parts)),
                    1 => format!("{title}（组诗）"),
                    2 => format!("{title}{}{word}", chinese_number(parts)),
                    _ => format!("{title}（外{others}{word}）"),
                }
            }
        };
        self.genre();
        self.sheet.line(&title, LineHint::Head);
        let author = person(self.rng);
        let above = self.author_of_work(&author);
        let letters: Vec<char> =
            article.sentences.concat().chars().filter(|c| c.is_alphanumeric()).collect();
        let numbering = self.rng.u32(..3);
        let mut letters = letters.into_iter().cycle();
        let mut hint = LineHint::Lead;
        for part in 1..=parts {
            if parts > 1 {
                let heading = match numbering {
                    0 => chinese_number(part),
                    1 => full_width(&part.to_string()),
                    _ => letters.by_ref().take(self.rng.usize(2..=6)).collect(),
                };
                self.sheet.inside(&heading);
                hint = LineHint::Body;
            }
            for line in self.stanzas(&mut letters) {
                self.sheet.line(&line, hint);
                hint = LineHint::Body;
            }
        }
        if !above && self.rng.bool() {
            self.sheet.line(&format!("（{author}）"), LineHint::Tail);
        }
        self.sheet.add_item("news", &title, first);
    }

    /// Writes a story: a short title, its author, and people who speak.
    pub(super) fn story(&mut self) {
        let article = self.draw_long(12);
        let first = self.sheet.next_line();
        let letters: String = article.title[0].chars().filter(|c| c.is_alphanumeric()).collect();
        let title: String = letters.chars().take(self.rng.usize(2..=8)).collect();
        self.genre();
        self.sheet.line(&title, LineHint::Head);
        let author = person(self.rng);
        let above = self.author_of_work(&author);
        let most = self.rng.usize(5..=25);
        let speech = 0.2 + 0.6 * self.rng.f32();
        let mut hint = LineHint::Lead;
        for paragraph in self.paragraphs(article, most) {
            self.sheet.line(&paragraph, hint);
            hint = LineHint::Body;
            while chance(self.rng, speech) {
                let said = self.said(article);
                self.sheet.line(&said, LineHint::Body);
            }
        }
        if !above && self.rng.bool() {
            self.sheet.line(&format!("（{author}）"), LineHint::Tail);
        }
        self.sheet.add_item("news", &title, first);
    }

    /// What somebody says.
    fn said(&mut self, article: &super::Article) -> String {
        let words = article.clause(self.rng).unwrap_or("走吧");
        let words: String = words.chars().take(self.rng.usize(1..=16)).collect();
        let stop = pick(self.rng, &["。", "。", "？", "！", "……"]);
        let (name, verb) = (person(self.rng), pick(self.rng, &["说", "问", "答", "喊", "笑着说"]));
        match self.rng.u32(..4) {
            0 => format!("{name}{verb}：“{words}{stop}”"),
            1 => format!("“{words}{stop}”{name}{verb}。"),
            _ => format!("“{words}{stop}”"),
        }
    }

    /// Some papers say above the title what it is.
    fn genre(&mut self) {
        if chance(self.rng, self.paper.mix.genre) {
            let genre = pick(self.rng, &GENRES);
            let genre = if self.rng.bool() { genre.to_owned() } else { format!("【{genre}】") };
            self.sheet.line(&genre, LineHint::Head);
        }
    }

    /// Writes who wrote a poem or a story, unless it is said below or not at all; whether it was.
    fn author_of_work(&mut self, author: &str) -> bool {
        let line = match self.rng.u32(..8) {
            0 | 1 => return false,
            2 => byline(self.paper, self.rng),
            3 => format!("{}{author}", pick(self.rng, &["□ ", "□", "■ ", "◎", "○ "])),
            4 => format!("{}{author}", pick(self.rng, &["作者：", "文/", "文｜", "作者 "])),
            5 => author.chars().map(String::from).collect::<Vec<_>>().join("　"),
            _ => author.to_owned(),
        };
        self.sheet.line(&line, LineHint::Byline);
        true
    }

    /// The lines of a poem: of one length, or of any.
    fn stanzas(&mut self, letters: &mut impl Iterator<Item = char>) -> Vec<String> {
        let classical = self.rng.bool();
        let width = 5 + 2 * self.rng.usize(..2);
        let count = if classical { 4 * self.rng.usize(1..=3) } else { self.rng.usize(4..=30) };
        let stops = self.verse_has_stops() && (classical || chance(self.rng, 0.2));
        // Classical lines stand alone or in pairs.
        let paired = classical && stops && self.rng.bool();
        let mut lines: Vec<String> = Vec::new();
        for place in 0..count {
            let width = if classical { width } else { self.rng.usize(3..=14) };
            let mut line: String = letters.by_ref().take(width).collect();
            if stops {
                line.push(if place % 2 == 0 { '，' } else { '。' });
            }
            match lines.last_mut() {
                Some(last) if paired && place % 2 == 1 => last.push_str(&line),
                _ => lines.push(line),
            }
        }
        lines
    }
}
