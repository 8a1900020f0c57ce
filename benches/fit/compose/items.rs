//! The choice of the next item, and the short ones: briefs, section names.

use fastrand::Rng;

use super::closings::{closing, staff};
use super::credits::dateline;
use super::paper::PaperKind;
use super::words::{chance, pick, place};
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

/// The openings of the briefs of a paper.
#[derive(Debug, Clone, Copy)]
pub(super) enum BriefOpening {
    Mark,
    SpacedMark,
    Place,
    Dateline,
}

impl BriefOpening {
    pub fn random(rng: &mut Rng) -> Self {
        match rng.u32(..6) {
            0 => Self::Mark,
            1 => Self::SpacedMark,
            2 => Self::Place,
            _ => Self::Dateline,
        }
    }
}

/// Writes an item.
type Write<'a> = fn(&mut Composer<'a>);

impl<'a> Composer<'a> {
    /// Writes an item of any kind but a document.
    pub(super) fn item(&mut self) {
        let mix = &self.paper.mix;
        let kinds: [(f32, Write<'a>); 8] = [
            (mix.photo, Self::photo),
            (mix.scene, Self::scene),
            (mix.photo_group, Self::photo_group),
            (mix.results, Self::results),
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

    /// A short item without a headline.
    fn brief(&mut self) {
        let paper = self.paper;
        let first = self.sheet.next_line();
        let article = self.draw();
        let sentences = self.rng.usize(1..=2);
        let opening = match paper.brief_opening {
            BriefOpening::Mark => paper.mark.to_owned(),
            BriefOpening::SpacedMark => format!("{} ", paper.mark),
            BriefOpening::Place => format!("【{}】", place(self.rng)),
            BriefOpening::Dateline if chance(self.rng, 0.8) => dateline(paper, self.rng),
            BriefOpening::Dateline => String::new(),
        };
        let mut text = format!("{opening}{}", article.beginning(sentences));
        let closings = &paper.credits.closings;
        let digest = paper.kind == PaperKind::Digest;
        if !digest && closings.briefs && chance(self.rng, closings.share) {
            text.push_str(&closing(paper, self.rng));
        }
        let text = self.with_stops(&text);
        self.sheet.line(&text, LineHint::UntitledLead);
        if digest && chance(self.rng, closings.share) {
            self.sheet.line(&closing(paper, self.rng), LineHint::Credit);
        }
        self.sheet.add_item("news", "", first);
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
            self.sheet.line(&line, LineHint::Credit);
        }
        self.sheet.extend_last_item();
    }
}
