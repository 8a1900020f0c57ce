//! The choice of the next item, the names of sections, and the lines around a page.

use super::closings::staff;
use super::paper::PaperKind;
use super::words::{chance, pick};
use super::{Composer, LineHint};

const SECTIONS: [&str; 16] = [
    "要闻",
    "社会",
    "文艺",
    "国内新闻",
    "读者来信",
    "经济",
    "体育",
    "本埠新闻",
    "公告",
    "法规",
    "人事",
    "科技之窗",
    "生活",
    "评论",
    "副刊",
    "国际新闻",
];

/// Writes an item.
type Write<'a> = fn(&mut Composer<'a>);

impl<'a> Composer<'a> {
    /// Writes an item of any kind but a document.
    pub(super) fn item(&mut self) {
        let mix = &self.paper.mix;
        let kinds: [(f32, Write<'a>); 9] = [
            (mix.photo, Self::photo),
            (mix.scene, Self::scene),
            (mix.photo_group, Self::photo_group),
            (mix.results, Self::results),
            (mix.name_list, Self::name_list),
            (mix.advertisement, Self::advertisement),
            (mix.notice, Self::notice),
            (mix.verse, Self::verse),
            (mix.column, Self::column),
        ];
        let mut roll = self.rng.f32();
        for (share, write) in kinds {
            if roll < share {
                return write(self);
            }
            roll -= share;
        }
        if chance(self.rng, mix.brief) { self.brief() } else { self.article() }
    }

    /// The name of a section.
    pub(super) fn section(&mut self) {
        let name = if self.paper.kind == PaperKind::Gazette {
            let subjects = [
                "综合",
                "财政",
                "内政",
                "教育",
                "交通",
                "卫生",
                "农林及环境",
                "司法、人事",
                "法规",
            ];
            let word = self.paper.document.section_words.draw(self.rng);
            format!("{}{word}", pick(self.rng, &subjects))
        } else {
            let columns = &self.paper.columns;
            if self.rng.bool() {
                columns[self.rng.usize(..columns.len())].clone()
            } else {
                pick(self.rng, &SECTIONS).to_owned()
            }
        };
        self.section_line(&name);
    }

    /// Writes the name of a section or column as an item.
    pub(super) fn section_line(&mut self, name: &str) {
        let first = self.sheet.next_line();
        self.sheet.line(name, LineHint::Section);
        self.sheet.add_item("section", "", first);
    }

    /// Writes the line at the top of a page as an item.
    pub(super) fn front(&mut self) {
        let first = self.sheet.next_line();
        let section = pick(self.rng, &["要闻", "综合", "副刊", "国内", "国际"]);
        let number = self.rng.u32(1..=16);
        self.sheet.line(&format!("{} {section} 第{number}版", self.paper.name), LineHint::Front);
        self.sheet.add_item("front", "", first);
    }

    /// Names who made the page; the lines belong to the last item.
    pub(super) fn staff(&mut self) {
        for _ in 0..self.rng.usize(1..=3) {
            let line = staff(self.paper, self.rng);
            // After nothing but a title, as of a work of art, it stands where its text would.
            let alone = self.sheet.last_hint() == Some(LineHint::Head);
            let hint = if alone { LineHint::Inside } else { LineHint::Credit };
            self.sheet.line(&line, hint);
        }
        self.sheet.extend_last_item();
    }
}
