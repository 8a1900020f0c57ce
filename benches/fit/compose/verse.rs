//! Poems: classical and free, of one or several parts.

use super::words::{chance, chinese_number, full_width, person, pick};
use super::{Composer, LineHint};

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
                format!("{}（外{others}{word}）", title.chars().take(8).collect::<String>())
            }
        };
        self.sheet.line(&title, LineHint::Head);
        let author = person(self.rng);
        let above = self.rng.u32(..4) > 0;
        if above {
            self.sheet.line(&author, LineHint::Byline);
        }
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
