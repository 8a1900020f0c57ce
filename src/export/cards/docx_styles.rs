//! The styles of the document for Word, with fonts for Chinese: without them Word takes a Latin one.

use docx_rs::{
    AlignmentType, Docx, LineSpacing, PageMargin, RunFonts, SpecialIndentType, Style, StyleType,
};

/// The styles that paragraphs name.
pub(super) const TITLE: &str = "Title";
pub(super) const HEADING: &str = "Heading1";
pub(super) const KICKER: &str = "CardKicker";
pub(super) const SUBTITLE: &str = "CardSubtitle";
pub(super) const FACT: &str = "CardFact";
pub(super) const TEXT: &str = "CardText";
pub(super) const ROW: &str = "CardRow";
pub(super) const CREDIT: &str = "CardCredit";

/// Sizes of type in half points.
const BODY_SIZE: usize = 21;
const SMALL_SIZE: usize = 18;
/// Two characters of the text, in twentieths of a point.
const INDENT: i32 = 420;

/// An A4 page, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);

/// An empty document with all styles.
pub(super) fn styled() -> Docx {
    let paragraph = |id: &str, name: &str| {
        Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").next(TEXT)
    };
    let margin = PageMargin::new().top(1440).bottom(1440).left(1588).right(1588);
    Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .default_fonts(serif())
        .default_size(BODY_SIZE)
        .add_style(paragraph(TITLE, "Title").fonts(sans()).size(40).bold())
        .add_style(
            paragraph(HEADING, "heading 1")
                .fonts(sans())
                .size(30)
                .bold()
                .outline_lvl(0)
                .line_spacing(before(24)),
        )
        .add_style(paragraph(KICKER, "Card kicker").fonts(sans()).size(24).line_spacing(before(24)))
        .add_style(paragraph(SUBTITLE, "Card subtitle").fonts(sans()).size(24))
        .add_style(paragraph(FACT, "Card fact").size(SMALL_SIZE).color("4A443B"))
        .add_style(paragraph(TEXT, "Card text").indent(
            None,
            Some(SpecialIndentType::FirstLine(INDENT)),
            None,
            None,
        ))
        .add_style(paragraph(ROW, "Card row").fonts(sans()).size(SMALL_SIZE))
        .add_style(paragraph(CREDIT, "Card credit").align(AlignmentType::Right))
}

/// Room above a paragraph, in points, and a little below it.
pub(super) fn before(points: u32) -> LineSpacing {
    LineSpacing::new().before(points * 20).after(80)
}

fn serif() -> RunFonts {
    RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").east_asia("宋体")
}

pub(super) fn sans() -> RunFonts {
    RunFonts::new().ascii("Arial").hi_ansi("Arial").east_asia("黑体")
}
