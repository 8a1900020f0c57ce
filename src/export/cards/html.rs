//! One HTML file with contents and a section for each article, to be read in any browser and printed.
//! It loads nothing and has no script.

use std::io::{self, BufWriter, Seek, Write};

use maud::{DOCTYPE, html};

use super::card::{Card, CardSettings};
use super::head::CardHead;
use super::markup;
use super::markup::STYLE;
use crate::export::record_writer::{Exported, RecordWriter};
use crate::export::temporary::TemporaryFile;

/// The file. The contents stand before the cards, so that they go out while these are kept beside.
pub(crate) struct PageCards<W> {
    out: W,
    cards: BufWriter<TemporaryFile>,
    settings: CardSettings,
    written: u64,
}

impl<W: Write> PageCards<W> {
    pub(crate) fn begin(mut out: W, settings: CardSettings, head: &CardHead) -> io::Result<Self> {
        let lang = settings.lang;
        let opening = html! {
            (DOCTYPE)
            (maud::PreEscaped(format!("<html lang=\"{}\">", lang.tag())))
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (head.title(lang)) }
                style { (maud::PreEscaped(STYLE)) }
            }
            (maud::PreEscaped("<body>"))
            (markup::collection(lang, head))
            (maud::PreEscaped("<nav aria-labelledby=\"contents\">"))
            h2 #contents { (lang.of("目录", "Contents")) }
            (maud::PreEscaped("<ol>\n"))
        };
        out.write_all(opening.into_string().as_bytes())?;
        Ok(Self { out, cards: BufWriter::new(TemporaryFile::new()?), settings, written: 0 })
    }
}

impl<W: Write> RecordWriter for PageCards<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        let card = Card::of(article, &self.settings).map_err(io::Error::other)?;
        self.written += 1;
        let anchor = format!("card-{}", self.written);
        let entry = markup::entry(&card, &format!("#{anchor}"));
        writeln!(self.out, "{}", entry.into_string())?;
        let shown = markup::card(self.settings.lang, &card, &anchor);
        writeln!(self.cards, "{}", shown.into_string())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        // A list without an item is none.
        self.out.write_all(b"</ol></nav>\n<main>\n")?;
        let mut cards = self.cards.into_inner()?;
        cards.rewind()?;
        io::copy(&mut cards, &mut self.out)?;
        self.out.write_all(b"</main></body></html>\n")?;
        self.out.flush()
    }
}
