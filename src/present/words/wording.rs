//! What is printed where people corrected the words.

use crate::model::{Record, TextField};
use crate::present::Lang;

/// Each corrected place of an article with what is printed there: `正文“木船”，原印“禾船”`.
#[must_use]
pub fn wording(lang: Lang, record: &Record) -> Vec<String> {
    let said = record.printed.iter().map(|place| {
        let text = place.field.of(record).unwrap_or_default();
        let now = text.get(place.start..place.end).unwrap_or_default();
        let (field, was) = (text_field(lang, place.field), &place.printed);
        match (now, was.as_str()) {
            ("", _) => lang.of(
                format!("{field}删去“{was}”"),
                format!("{field}: {was} is printed and was taken out"),
            ),
            (_, "") => lang
                .of(format!("{field}“{now}”，原印没有"), format!("{field}: {now} is not printed")),
            _ => lang.of(
                format!("{field}“{now}”，原印“{was}”"),
                format!("{field}: {now}, printed {was}"),
            ),
        }
    });
    said.collect()
}

/// A text of an article.
#[must_use]
pub fn text_field(lang: Lang, field: TextField) -> &'static str {
    match field {
        TextField::Kicker => lang.of("引题", "kicker"),
        TextField::Title => lang.of("标题", "title"),
        TextField::Subtitle => lang.of("副题", "subtitle"),
        TextField::Outlet => lang.of("来源", "outlet"),
        TextField::Docno => lang.of("文号", "document number"),
        TextField::Body => lang.of("正文", "body"),
        TextField::Credit => lang.of("署名", "credit"),
    }
}
