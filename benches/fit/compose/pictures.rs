//! The pictures of articles: above, within and after their texts.

use super::closings::photographer;
use super::photos::{MAX_CAPTION_CHARS, bracketed, circled};
use super::stock::Article;
use super::words::{first_chars, pick};
use super::{Composer, LineHint};

/// A picture that belongs to an article.
#[derive(Debug, Clone, Copy)]
enum InnerForm {
    /// Below a line that says 图片.
    Listed,
    Shown,
    /// A caption that says where the picture is.
    Beside,
    Credit,
    Figures,
    Titled,
    Plain,
}

/// After a text they are marked as the article's: an unmarked one would be an item of its own.
const MARKED_INNER: [InnerForm; 5] =
    [InnerForm::Listed, InnerForm::Shown, InnerForm::Beside, InnerForm::Credit, InnerForm::Figures];
const INNER: [InnerForm; 7] = [
    InnerForm::Listed,
    InnerForm::Shown,
    InnerForm::Beside,
    InnerForm::Credit,
    InnerForm::Figures,
    InnerForm::Titled,
    InnerForm::Plain,
];

impl Composer<'_> {
    /// A picture above the text of an article.
    pub(super) fn upper_photo(&mut self, within: &Article) {
        let article = self.stock.related(within, self.rng);
        let shown = pick(self.rng, &["图为", "压题照片：", "题图：", "上图为", ""]);
        let caption = first_chars(article.first(), MAX_CAPTION_CHARS);
        let credit = photographer(self.rng);
        self.sheet.line(&format!("{shown}{caption}{}", bracketed(&credit)), LineHint::Lead);
    }

    /// A picture within an article, or after its text.
    pub(super) fn inner_photo(&mut self, within: &Article, after: bool) {
        let forms = if after { &MARKED_INNER[..] } else { &INNER[..] };
        let article = self.stock.related(within, self.rng);
        let caption = self.caption(article);
        let credit = photographer(self.rng);
        match pick(self.rng, forms) {
            InnerForm::Listed => {
                self.sheet.inside("图片：");
                self.sheet.inside(&format!("{}{}", article.title[0], bracketed(&credit)));
            }
            InnerForm::Shown => {
                self.sheet.inside(&format!("图为{caption}{}", bracketed(&credit)));
            }
            InnerForm::Beside => {
                let side = pick(self.rng, &["上图", "下图", "左图", "右图", "题图"]);
                self.sheet.inside(&format!("{side}：{caption}　{credit}"));
            }
            InnerForm::Credit => self.sheet.inside(&credit),
            InnerForm::Figures => {
                for number in 1..=self.rng.u32(2..=4) {
                    let shown = self.stock.related(within, self.rng);
                    let credit = photographer(self.rng);
                    let mark = circled(number);
                    self.sheet.inside(&format!("图{mark}：{}{credit}", shown.first()));
                }
            }
            InnerForm::Titled => {
                self.sheet.inside(&format!("{}{}", article.title[0], bracketed(&credit)));
            }
            InnerForm::Plain => {
                self.sheet.inside(&caption);
                self.sheet.inside(&credit);
            }
        }
    }
}
