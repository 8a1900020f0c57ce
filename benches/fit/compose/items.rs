//! The choice of the next item, and the short ones: photos, briefs, verse, section names.

use fastrand::Rng;

use super::credits::{ClosingForm, closing, dateline, photographer};
use super::paper::PaperKind;
use super::words::{chance, first_chars, month_and_day, person, pick, place};
use super::{Composer, LineHint};

const MAX_CAPTION_CHARS: usize = 90;

/// The photos of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhotoForm {
    /// A title marked （图片）, the photographer in the caption.
    Marked,
    Titled,
    /// A caption that begins with 图为, the photographer on the next line.
    Shown,
    /// The photographer in the caption.
    Inline,
    /// The title 图片新闻.
    Labelled,
    /// The photographer on the line after the caption.
    Plain,
}

impl PhotoForm {
    pub const ALL: [Self; 6] =
        [Self::Marked, Self::Titled, Self::Shown, Self::Inline, Self::Labelled, Self::Plain];
}

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
        let kinds: [(f32, Write<'a>); 6] = [
            (mix.photo, Self::photo),
            (mix.scene, Self::scene),
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

    fn photo(&mut self) {
        use PhotoForm::{Inline, Labelled, Marked, Plain, Shown, Titled};
        let first = self.sheet.next_line();
        let article = self.stock.draw(self.rng);
        let form = self.paper.photo_form;
        let title = match form {
            Marked => Some(format!("{}（图片）", article.title[0])),
            Titled => Some(article.title[0].clone()),
            Labelled => Some("图片新闻".to_owned()),
            Shown | Inline | Plain => None,
        };
        if let Some(title) = &title {
            self.sheet.line(title, LineHint::Head);
        }
        let caption = first_chars(article.first(), MAX_CAPTION_CHARS);
        let credit = photographer(self.rng);
        let inline = matches!(form, Marked | Inline);
        let text = match form {
            _ if inline => format!("{caption}（{credit}）"),
            Shown => format!("图为{caption}"),
            _ => caption,
        };
        let titled = title.is_some();
        let hint = if titled { LineHint::LeadOrCaption } else { LineHint::CaptionOrUntitledLead };
        self.sheet.line(&text, hint);
        if !inline {
            let credit = if self.rng.bool() { format!("（{credit}）") } else { credit };
            self.sheet.line(&credit, LineHint::Credit);
        }
        let kind = if titled { "news" } else { "photo" };
        self.sheet.add_item(kind, &title.unwrap_or_default(), first);
    }

    /// An untitled photo whose caption begins with a day or a place.
    fn scene(&mut self) {
        let first = self.sheet.next_line();
        let article = self.stock.draw(self.rng);
        let (month, day) = month_and_day(self.rng);
        let place = place(self.rng);
        let opening = match self.rng.u32(..4) {
            0 => format!("{month}月{day}日，"),
            1 => format!("{month}月{day}日，在{place}，"),
            2 => format!("近日，{place}"),
            _ => format!("在{place}，"),
        };
        let sentences = self.rng.usize(1..=2);
        let caption = format!("{opening}{}", article.beginning(sentences));
        let name = person(self.rng);
        let office = pick(self.rng, &["新华社记者", "本报记者", "人民图片"]);
        match self.rng.u32(..4) {
            0 => {
                let caption = format!("{caption}{office}　{name}摄");
                self.sheet.line(&caption, LineHint::CaptionOrUntitledLead);
            }
            form => {
                self.sheet.line(&caption, LineHint::CaptionOrUntitledLead);
                let credit = match form {
                    1 => format!("{office}　{name}摄"),
                    2 => format!("新华社发（{name}摄）"),
                    _ => format!("{name}摄（{office}）"),
                };
                self.sheet.line(&credit, LineHint::Credit);
            }
        }
        self.sheet.add_item("photo", "", first);
    }

    fn verse(&mut self) {
        let first = self.sheet.next_line();
        let article = self.stock.draw(self.rng);
        self.sheet.line(&article.title[0], LineHint::Head);
        self.sheet.line(&person(self.rng), LineHint::Byline);
        let text = article.sentences.concat();
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let width = 5 + 2 * self.rng.usize(..3);
        let count = 4 + 4 * self.rng.usize(..3);
        for (place, line) in chars.chunks(width).take(count).enumerate() {
            let mut line: String = line.iter().collect();
            if self.verse_has_stops() && self.rng.bool() {
                line.push(if place % 2 == 0 { '，' } else { '。' });
            }
            self.sheet.line(&line, if place == 0 { LineHint::Lead } else { LineHint::Body });
        }
        self.sheet.add_item("news", &article.title[0], first);
    }

    /// A short item without a headline.
    fn brief(&mut self) {
        let paper = self.paper;
        let first = self.sheet.next_line();
        let article = self.stock.draw(self.rng);
        let sentences = self.rng.usize(1..=2);
        let opening = match paper.brief_opening {
            BriefOpening::Mark => paper.mark.to_owned(),
            BriefOpening::SpacedMark => format!("{} ", paper.mark),
            BriefOpening::Place => format!("【{}】", place(self.rng)),
            BriefOpening::Dateline if chance(self.rng, 0.8) => dateline(paper, self.rng),
            BriefOpening::Dateline => String::new(),
        };
        let mut text = format!("{opening}{}", article.beginning(sentences));
        let credits = &paper.credits;
        if credits.closing > 0.0 && credits.closing_form == ClosingForm::Name && self.rng.bool() {
            text.push_str(&closing(paper, self.rng));
        }
        let text = self.with_stops(&text);
        self.sheet.line(&text, LineHint::UntitledLead);
        if paper.kind == PaperKind::Digest && chance(self.rng, credits.closing) {
            self.sheet.line(&closing(paper, self.rng), LineHint::Credit);
        }
        self.sheet.add_item("news", "", first);
    }

    /// The name of a section.
    pub(super) fn section(&mut self) {
        let name = if self.paper.kind == PaperKind::Gazette {
            let subjects = ["综合", "财政", "内政", "教育", "交通", "卫生"];
            format!("{}{}", pick(self.rng, &subjects), self.paper.document.section_word)
        } else {
            let names = [
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
            ];
            pick(self.rng, &names).to_owned()
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

    /// Names the editor of the page; the line belongs to the last item.
    pub(super) fn staff(&mut self) {
        let work = pick(self.rng, &["责任编辑", "本版责编", "版式设计", "本版编辑", "制图"]);
        let line = format!("{work}：{}", person(self.rng));
        self.sheet.line(&line, LineHint::Credit);
        self.sheet.extend_last_item();
    }
}
