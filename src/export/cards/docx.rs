//! Cards for Word. The library makes the parts of the document; the cards are written into the middle of
//! it one by one, so that the document is never held as a whole.

use std::io::{self, Write};

use docx_rs::{BuildXML as _, FieldCharType, InstrText, Paragraph, Run, XMLDocx};

use super::card::{Card, CardBlock, CardFact, CardSettings, CardValue, Piece};
use super::docx_styles::{
    CREDIT, FACT, HEADING, KICKER, ROW, SUBTITLE, TEXT, TITLE, before, sans, styled,
};
use super::head::CardHead;
use super::package::ZipPackage;
use crate::export::record_writer::{Exported, RecordWriter};
use crate::present::Lang;

/// The colour that Word marks text with, by its name.
const HIGHLIGHT: &str = "yellow";

/// The document.
pub(crate) struct WordCards<W> {
    package: ZipPackage<W>,
    settings: CardSettings,
    /// What stands behind the cards, and the other parts.
    tail: Vec<u8>,
    parts: XMLDocx,
    paragraphs: u32,
}

impl<W: Write> WordCards<W> {
    pub(crate) fn begin(out: W, settings: CardSettings, head: &CardHead) -> io::Result<Self> {
        let day = format!("{}T00:00:00Z", head.day());
        let mut document = styled().created_at(&day).updated_at(&day);
        // The library numbers paragraphs by thread; these numbers are of the document.
        let mut paragraphs = 0;
        for paragraph in collection(settings.lang, head) {
            document = document.add_paragraph(numbered(paragraph, &mut paragraphs));
        }
        let mut parts = document.build();
        let whole = std::mem::take(&mut parts.document);
        // Behind all paragraphs stands what holds for the section.
        let end = whole.windows(SECTION.len()).rposition(|part| part == SECTION);
        let end = end.ok_or_else(|| io::Error::other("a document without its section"))?;
        let (before, tail) = whole.split_at(end);
        let mut package = ZipPackage::new(out)?;
        package.add("[Content_Types].xml", &parts.content_type)?;
        package.begin("word/document.xml")?;
        package.write(before)?;
        Ok(Self { package, settings, tail: tail.to_vec(), parts, paragraphs })
    }

    fn paragraph(&mut self, paragraph: Paragraph) -> io::Result<()> {
        self.package.write(&numbered(paragraph, &mut self.paragraphs).build())
    }
}

impl<W: Write> RecordWriter for WordCards<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        let card = Card::of(article, &self.settings).map_err(io::Error::other)?;
        let headline = |style| Paragraph::new().style(style).keep_next(true);
        let mut heading = headline(HEADING);
        if let Some(kicker) = &card.kicker {
            self.paragraph(with(headline(KICKER), kicker))?;
            heading = heading.line_spacing(before(0));
        }
        self.paragraph(with(heading, &card.title))?;
        if let Some(subtitle) = &card.subtitle {
            self.paragraph(with(headline(SUBTITLE), subtitle))?;
        }
        for line in &card.remark {
            self.paragraph(with(Paragraph::new().style(TEXT).keep_next(true), line))?;
        }
        for known in &card.facts {
            self.paragraph(fact(self.settings.lang, known))?;
        }
        for block in &card.text {
            self.paragraph(match block {
                CardBlock::Paragraph(pieces) => with(Paragraph::new().style(TEXT), pieces),
                CardBlock::Row(cells) => row(cells),
            })?;
        }
        for line in &card.credit {
            self.paragraph(with(Paragraph::new().style(CREDIT), line))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let Self { mut package, tail, parts, .. } = *self;
        package.write(&tail)?;
        let rest = [
            ("_rels/.rels", &parts.rels),
            ("docProps/app.xml", &parts.doc_props.app),
            ("docProps/core.xml", &parts.doc_props.core),
            ("docProps/custom.xml", &parts.doc_props.custom),
            ("word/_rels/document.xml.rels", &parts.document_rels),
            ("word/styles.xml", &parts.styles),
            ("word/settings.xml", &parts.settings),
            ("word/fontTable.xml", &parts.font_table),
            ("word/comments.xml", &parts.comments),
            ("word/numbering.xml", &parts.numberings),
            ("word/commentsExtended.xml", &parts.comments_extended),
            ("word/footnotes.xml", &parts.footnotes),
        ];
        for (name, bytes) in rest {
            package.add(name, bytes)?;
        }
        package.finish()
    }
}

const SECTION: &[u8] = b"<w:sectPr";

/// What is said of the whole collection.
fn collection(lang: Lang, head: &CardHead) -> Vec<Paragraph> {
    let title = Paragraph::new().style(TITLE).add_run(Run::new().add_text(head.title(lang)));
    let mut paragraphs = vec![title];
    paragraphs.extend(
        head.facts(lang)
            .into_iter()
            .map(|(name, value)| named(lang, name).add_run(Run::new().add_text(value))),
    );
    paragraphs
}

fn numbered(paragraph: Paragraph, paragraphs: &mut u32) -> Paragraph {
    *paragraphs += 1;
    paragraph.id(format!("{paragraphs:08x}"))
}

fn named(lang: Lang, name: &str) -> Paragraph {
    let name = format!("{name}{}", lang.of("：", ": "));
    Paragraph::new().style(FACT).add_run(Run::new().fonts(sans()).bold().add_text(name))
}

fn fact(lang: Lang, fact: &CardFact) -> Paragraph {
    let paragraph = named(lang, fact.name);
    match &fact.value {
        CardValue::Words(words) => with(paragraph, words),
        CardValue::Link(address) => link(paragraph, address),
    }
}

/// A link as a field: a relationship would have to be listed in another part.
fn link(paragraph: Paragraph, address: &str) -> Paragraph {
    let field = |kind| Run::new().add_field_char(kind, false);
    let target = InstrText::Unsupported(format!(" HYPERLINK \"{}\" ", address.replace('"', "%22")));
    paragraph
        .add_run(field(FieldCharType::Begin))
        .add_run(Run::new().add_instr_text(target))
        .add_run(field(FieldCharType::Separate))
        .add_run(Run::new().underline("single").add_text(address))
        .add_run(field(FieldCharType::End))
}

/// The cells of a row with tabs between them.
fn row(cells: &[Vec<Piece>]) -> Paragraph {
    let mut paragraph = Paragraph::new().style(ROW);
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            paragraph = paragraph.add_run(Run::new().add_tab());
        }
        paragraph = with(paragraph, cell);
    }
    paragraph
}

fn with(paragraph: Paragraph, pieces: &[Piece]) -> Paragraph {
    pieces.iter().fold(paragraph, |paragraph, piece| {
        let run = Run::new().add_text(piece.text.as_ref());
        paragraph.add_run(if piece.marked { run.highlight(HIGHLIGHT) } else { run })
    })
}
