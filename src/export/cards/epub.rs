//! An EPUB 3 of the cards: chapters of a bounded number of articles, by month where the order is that of
//! the dates and by their numbers where it is not, with all articles in its table of contents.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Seek, Write};

use maud::{Markup, PreEscaped, html};

use super::card::{Card, CardSettings};
use super::head::CardHead;
use super::markup;
use super::markup::STYLE;
use super::package::ZipPackage;
use crate::export::record_writer::{Exported, RecordWriter};
use crate::export::temporary::TemporaryFile;
use crate::present::Lang;

/// Articles of a chapter at most: a reader loads whole chapters.
const MAX_CHAPTER_ARTICLES: usize = 50;
/// Bytes of a chapter from which on it takes no more articles.
const MAX_CHAPTER_BYTES: usize = 256 << 10;

/// The book. What its table of contents says is kept beside until it is complete.
pub(crate) struct BookCards<W> {
    package: ZipPackage<W>,
    settings: CardSettings,
    head: CardHead,
    contents: BufWriter<TemporaryFile>,
    chapter: Option<Chapter>,
    /// Chapters that were begun, the one that is written included.
    chapters: usize,
    /// Articles so far.
    articles: u64,
    /// What tells this book from others.
    identity: blake3::Hasher,
}

/// The chapter that is written.
struct Chapter {
    /// The month of its articles; none where they are not in the order of their dates.
    month: Option<String>,
    cards: String,
    /// Its lines of the table of contents.
    entries: String,
    articles: usize,
}

impl<W: Write> BookCards<W> {
    pub(crate) fn begin(out: W, settings: CardSettings, head: CardHead) -> io::Result<Self> {
        let mut package = ZipPackage::new(out)?;
        // First and as it is, so that the file can be told by its first bytes.
        package.store("mimetype", b"application/epub+zip")?;
        package.add("META-INF/container.xml", CONTAINER.as_bytes())?;
        package.add("EPUB/style.css", STYLE.as_bytes())?;
        let lang = settings.lang;
        let title = page(lang, &head.title(lang), &markup::collection(lang, &head));
        package.add("EPUB/title.xhtml", title.as_bytes())?;
        let mut identity = blake3::Hasher::new();
        identity.update(format!("{lang:?} {} {}", settings.excerpt, head.identity()).as_bytes());
        let contents = BufWriter::new(TemporaryFile::new()?);
        Ok(Self {
            package,
            settings,
            head,
            contents,
            chapter: None,
            chapters: 0,
            articles: 0,
            identity,
        })
    }

    /// The chapter that takes an article of this month, and its number; what was written before is closed if it is
    /// another one.
    fn chapter(&mut self, month: Option<String>) -> io::Result<(&mut Chapter, usize)> {
        let is_open = self.chapter.as_ref().is_some_and(|chapter| {
            chapter.month == month
                && chapter.articles < MAX_CHAPTER_ARTICLES
                && chapter.cards.len() < MAX_CHAPTER_BYTES
        });
        if !is_open {
            self.close_chapter()?;
            self.chapters += 1;
        }
        let chapter = self.chapter.get_or_insert_with(|| Chapter {
            month,
            cards: String::new(),
            entries: String::new(),
            articles: 0,
        });
        Ok((chapter, self.chapters))
    }

    fn close_chapter(&mut self) -> io::Result<()> {
        let Some(Chapter { month, cards, entries, articles }) = self.chapter.take() else {
            return Ok(());
        };
        let (lang, last) = (self.settings.lang, self.articles);
        let first = last.saturating_sub(articles as u64) + 1;
        let name = month.unwrap_or_else(|| match lang {
            Lang::Zh if first == last => format!("第 {first} 篇"),
            Lang::Zh => format!("第 {first}–{last} 篇"),
            Lang::En if first == last => format!("Article {first}"),
            Lang::En => format!("Articles {first}–{last}"),
        });
        let file = chapter_file(self.chapters);
        let shown = html! { (name) }.into_string();
        writeln!(self.contents, "<li><a href=\"{file}\">{shown}</a><ol>\n{entries}</ol></li>")?;
        let whole = page(lang, &name, &PreEscaped(cards));
        self.package.add(&format!("EPUB/{file}"), whole.as_bytes())
    }

    /// What the book is and which files it has, in the order in which they are read.
    fn description(&self) -> String {
        let lang = self.settings.lang;
        let title = html! { (self.head.title(lang)) }.into_string();
        let day = self.head.day();
        let id = uuid(self.identity.finalize().as_bytes());
        let (mut items, mut spine) = (String::new(), String::new());
        for number in 1..=self.chapters {
            let file = chapter_file(number);
            let _ = writeln!(
                items,
                r#"<item id="c{number}" href="{file}" media-type="application/xhtml+xml"/>"#
            );
            let _ = writeln!(spine, r#"<itemref idref="c{number}"/>"#);
        }
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{tag}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{id}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>zh-CN</dc:language>
<dc:date>{day}</dc:date>
<meta property="dcterms:modified">{day}T00:00:00Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="title" href="title.xhtml" media-type="application/xhtml+xml"/>
{items}</manifest>
<spine>
<itemref idref="title"/>
<itemref idref="nav"/>
{spine}</spine>
</package>
"#,
            tag = lang.tag(),
        )
    }
}

impl<W: Write> RecordWriter for BookCards<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        let lang = self.settings.lang;
        let card = Card::of(article, &self.settings).map_err(io::Error::other)?;
        self.identity.update(article.record.id.0.as_bytes());
        let month = self.head.by_date().then(|| month(lang, &card));
        let (chapter, number) = self.chapter(month)?;
        chapter.articles += 1;
        let anchor = format!("card-{}", chapter.articles);
        chapter.cards.push_str(&markup::card(lang, &card, &anchor).into_string());
        chapter.cards.push('\n');
        let href = format!("{}#{anchor}", chapter_file(number));
        // A table of contents has links alone.
        let said = format!("{} {}", card.name, card.date);
        let entry = html! { li { a href=(href) { (said) } } };
        chapter.entries.push_str(&entry.into_string());
        chapter.entries.push('\n');
        self.articles += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.close_chapter()?;
        let description = self.description();
        let lang = self.settings.lang;
        let name = lang.of("目录", "Contents");
        let title = lang.of("说明", "About these cards");
        self.package.begin("EPUB/nav.xhtml")?;
        let (before, behind) = frame(lang, name);
        let opening = format!(
            "{before}<nav epub:type=\"toc\" id=\"toc\"><h2>{name}</h2><ol>\n\
             <li><a href=\"title.xhtml\">{title}</a></li>\n"
        );
        self.package.write(opening.as_bytes())?;
        let mut contents = self.contents.into_inner()?;
        contents.rewind()?;
        self.package.copy(&mut contents)?;
        self.package.write(format!("</ol></nav>{behind}").as_bytes())?;
        self.package.add("EPUB/package.opf", description.as_bytes())?;
        self.package.finish()
    }
}

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

fn chapter_file(number: usize) -> String {
    format!("chapter-{number:05}.xhtml")
}

/// The month of the article.
fn month(lang: Lang, card: &Card) -> String {
    match card.day {
        Some(day) => lang.of(
            format!("{}年{}月", day.year(), day.month()),
            format!("{}-{:02}", day.year(), day.month()),
        ),
        None => lang.of("日期不详", "Undated").to_owned(),
    }
}

/// A page of the book.
fn page(lang: Lang, title: &str, main: &Markup) -> String {
    let (before, behind) = frame(lang, title);
    format!("{before}{}{behind}", main.0)
}

/// What stands before and behind the contents of a page.
fn frame(lang: Lang, title: &str) -> (String, &'static str) {
    let title = html! { (title) }.into_string();
    let tag = lang.tag();
    let before = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{tag}\" xml:lang=\"{tag}\">\n<head><meta charset=\"utf-8\"/><title>{title}</title>\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/></head>\n<body>\n"
    );
    (before, "\n</body></html>\n")
}

/// A UUID of version 8 (RFC 9562): its bits are ours.
fn uuid(hash: &[u8; 32]) -> String {
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = 0x80 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    let hex: String = bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
