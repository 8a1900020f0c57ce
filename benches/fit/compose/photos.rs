//! Photos that are items: with and without a title, alone and in numbered groups.

use fastrand::Rng;

use super::closings::photographer;
use super::stock::Article;
use super::words::{
    Repertoire, chance, first_chars, foreign_place, full_width, month_and_day, person, pick, place,
};
use super::{Composer, LineHint};

pub(super) const MAX_CAPTION_CHARS: usize = 90;

/// The photos of a paper.
#[derive(Debug, Clone)]
pub(super) struct PhotoHabits {
    forms: Repertoire<PhotoForm>,
    scene_credits: Repertoire<SceneCredit>,
    /// The mark before the second caption of a group, to show how they are numbered.
    numbering: Numbering,
    /// Whether the photographers of a group are named on lines of their own.
    credits_below: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PhotoForm {
    /// A title marked （图片）, the photographer in the caption.
    Marked,
    /// A title marked （图片）, and nothing but the photographer.
    MarkedAlone,
    Titled,
    TitledInline,
    /// A caption that begins with 图为, the photographer on the next line.
    Shown,
    /// The photographer in the caption.
    Inline,
    /// The title 图片新闻.
    Labelled,
    /// The photographer on the line after the caption.
    Plain,
}

#[derive(Debug, Clone, Copy)]
enum SceneCredit {
    Appended,
    Reporter,
    Agency,
    Bracketed,
}

#[derive(Debug, Clone, Copy)]
enum Numbering {
    Circled,
    Listed,
    Colon,
    Figure,
    Triangle,
}

impl PhotoHabits {
    pub fn random(rng: &mut Rng) -> Self {
        use PhotoForm::{
            Inline, Labelled, Marked, MarkedAlone, Plain, Shown, Titled, TitledInline,
        };
        use SceneCredit::{Agency, Appended, Bracketed, Reporter};
        let forms = [
            Marked,
            Marked,
            MarkedAlone,
            Titled,
            TitledInline,
            Shown,
            Inline,
            Labelled,
            Plain,
            Plain,
        ];
        let numberings = [
            Numbering::Circled,
            Numbering::Listed,
            Numbering::Colon,
            Numbering::Figure,
            Numbering::Triangle,
        ];
        Self {
            forms: Repertoire::random(rng, &forms, 4),
            scene_credits: Repertoire::random(rng, &[Appended, Reporter, Agency, Bracketed], 3),
            numbering: pick(rng, &numberings),
            credits_below: rng.bool(),
        }
    }
}

impl Composer<'_> {
    /// Writes a photo, or a row of works of art.
    pub(super) fn photo(&mut self) {
        let form = self.paper.photos.forms.draw(self.rng);
        let alone = form == PhotoForm::MarkedAlone;
        for _ in 0..if alone { pick(self.rng, &[1, 1, 1, 3, 6]) } else { 1 } {
            self.photo_of(form);
        }
    }

    fn photo_of(&mut self, form: PhotoForm) {
        use PhotoForm::{
            Inline, Labelled, Marked, MarkedAlone, Plain, Shown, Titled, TitledInline,
        };
        let first = self.sheet.next_line();
        let article = self.draw();
        let title = match form {
            Marked | MarkedAlone => {
                let art = [
                    "漫画",
                    "摄影",
                    "书法",
                    "油画",
                    "国画",
                    "中国画",
                    "剪纸",
                    "速写",
                    "木刻",
                    "版画",
                    "篆刻",
                ];
                let mark = if self.rng.bool() { "图片" } else { pick(self.rng, &art) };
                Some(format!("{}（{mark}）", article.title[0]))
            }
            Titled | TitledInline => Some(article.title[0].clone()),
            Labelled => Some("图片新闻".to_owned()),
            Shown | Inline | Plain => None,
        };
        if let Some(title) = &title {
            self.sheet.line(title, LineHint::Head);
        }
        let credit = photographer(self.rng);
        let titled = title.is_some();
        let hint = if titled { LineHint::LeadOrCaption } else { LineHint::CaptionOrUntitledLead };
        if form == MarkedAlone {
            // Some works of art have nothing but their title.
            let (name, other) = (person(self.rng), foreign_place(self.rng));
            match self.rng.u32(..5) {
                0 => {}
                1 => self.sheet.line(&format!("（{name}）"), hint),
                2 => self.sheet.line(&format!("（{other}：{name}）"), hint),
                3 => self.sheet.line(&name, hint),
                _ => self.sheet.line(&bracketed(&credit), hint),
            }
        } else {
            let caption = self.caption(article);
            let inline = matches!(form, Marked | Inline | TitledInline);
            let text = match form {
                _ if inline && self.rng.u32(..4) == 0 => format!("{caption}　　{credit}"),
                _ if inline => format!("{caption}{}", bracketed(&credit)),
                Shown => format!("图为{caption}"),
                _ => caption,
            };
            self.sheet.line(&text, hint);
            if !inline {
                let credit = if self.rng.bool() { bracketed(&credit) } else { credit };
                self.sheet.line(&credit, LineHint::Credit);
            }
        }
        let kind = if titled { "news" } else { "photo" };
        self.sheet.add_item(kind, &title.unwrap_or_default(), first);
    }

    /// One to three sentences; the last one may say what the picture shows.
    pub(super) fn caption(&mut self, article: &Article) -> String {
        match self.rng.u32(..4) {
            0 => {
                let sentences = self.rng.usize(1..=3);
                article.beginning(sentences)
            }
            1 => {
                let shown = article.clause(self.rng).unwrap_or(article.first());
                let shown = shown.trim_end_matches('。');
                format!("{}图为{shown}。", article.first())
            }
            _ => first_chars(article.first(), MAX_CAPTION_CHARS),
        }
    }

    /// An untitled photo whose caption begins with a day or a place.
    pub(super) fn scene(&mut self) {
        let first = self.sheet.next_line();
        let article = self.draw();
        let (month, day) = month_and_day(self.rng);
        let place = place(self.rng);
        let opening = match self.rng.u32(..6) {
            0 => format!("{month}月{day}日，"),
            1 => format!("{month}月{day}日，在{place}，"),
            2 => format!("近日，{place}"),
            3 => format!("在{place}，"),
            4 => pick(self.rng, &["图为", "日前，", "连日来，", "上图为"]).to_owned(),
            _ => format!("{month}月{day}日拍摄的{place}。"),
        };
        let sentences = self.rng.usize(1..=3);
        let caption = format!("{opening}{}", article.beginning(sentences));
        let name = person(self.rng);
        let office = pick(self.rng, &["新华社记者", "本报记者", "人民图片"]);
        let credit = match self.paper.photos.scene_credits.draw(self.rng) {
            SceneCredit::Appended => {
                let gap = pick(self.rng, &["", "　", "　　"]);
                let caption = format!("{caption}{gap}{office}　{name}摄");
                self.sheet.line(&caption, LineHint::CaptionOrUntitledLead);
                self.sheet.add_item("photo", "", first);
                return;
            }
            SceneCredit::Reporter => format!("{office}　{name}摄"),
            SceneCredit::Agency => format!("新华社发（{name}摄）"),
            SceneCredit::Bracketed => format!("{name}摄（{office}）"),
        };
        self.sheet.line(&caption, LineHint::CaptionOrUntitledLead);
        self.sheet.line(&credit, LineHint::Credit);
        self.sheet.add_item("photo", "", first);
    }

    /// Several numbered photos under one title.
    pub(super) fn photo_group(&mut self) {
        let first = self.sheet.next_line();
        let title = &self.draw().title[0];
        let count = self.rng.u32(2..=6);
        let title = match self.rng.u32(..3) {
            0 => format!("{title}（附图片{count}张）"),
            1 => "图片新闻".to_owned(),
            _ => title.clone(),
        };
        self.sheet.line(&title, LineHint::Head);
        let mut hint = LineHint::LeadOrCaption;
        let titles = chance(self.rng, 0.2);
        for number in 1..=count {
            let mark = match self.paper.photos.numbering {
                Numbering::Circled => circled(number).to_string(),
                Numbering::Listed => format!("{}、", full_width(&number.to_string())),
                Numbering::Colon => format!("{}：", full_width(&number.to_string())),
                Numbering::Figure => format!("图{}：", circled(number)),
                Numbering::Triangle => "▲".to_owned(),
            };
            let article = self.draw();
            let caption = if titles {
                article.title[0].clone()
            } else {
                first_chars(article.first(), MAX_CAPTION_CHARS)
            };
            let credit = photographer(self.rng);
            // Here and there one has its photographer otherwise than the rest.
            let below = self.paper.photos.credits_below != chance(self.rng, 0.1);
            if below {
                self.sheet.line(&format!("{mark}{caption}"), hint);
                self.sheet.line(&bracketed(&credit), LineHint::Tail);
            } else {
                self.sheet.line(&format!("{mark}{caption}{}", bracketed(&credit)), hint);
            }
            hint = LineHint::Body;
        }
        self.sheet.add_item("news", &title, first);
    }
}

/// ① and on, up to ⑳.
pub(super) fn circled(number: u32) -> char {
    char::from_u32(u32::from('①') + number - 1).unwrap_or('①')
}

/// A credit in parentheses, unless it has some of its own.
pub(super) fn bracketed(credit: &str) -> String {
    if credit.contains('（') { credit.to_owned() } else { format!("（{credit}）") }
}
