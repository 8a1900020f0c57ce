//! What a person should know about a file.

use std::fmt;
use std::mem::discriminant;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that a person should know about a file, a folder or a link; which one it is stands
/// beside it. In English as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FileWarning {
    /// The name is not UTF-8.
    NameNotUtf8,
    /// A link leads back to a folder above it.
    LinkLoop {
        /// That folder.
        ancestor: String,
    },
    /// A link leads nowhere.
    BrokenLink,
    /// A link leads out of the corpus.
    LinkOutside {
        /// Where to.
        target: String,
        /// Whether it was followed.
        followed: bool,
    },
    /// A folder cannot be read.
    FolderUnreadable {
        /// What the system says.
        reason: String,
    },
    /// Two files have the same name.
    SameName {
        /// That name.
        name: String,
        /// The name under which this file is listed.
        renamed: String,
    },
    /// The index has another file of the same name.
    NameTaken {
        /// That name.
        name: String,
        /// Path of the other file.
        other: String,
    },
    /// It could not be read to its end.
    Unreadable {
        /// What the system says.
        reason: String,
    },
    /// Its path led to another file when it was to be read.
    LeadsElsewhere,
    /// It is not text.
    NotText,
    /// It is in Rich Text Format.
    RichText,
    /// It is a document of an office program before 2007.
    OldOffice,
    /// It is an old document that the office program of the machine could not read.
    NotConverted {
        /// What became of it.
        reason: String,
    },
    /// It is a document that a password locks.
    Encrypted,
    /// It is a package, but not of a document.
    OtherPackage,
    /// It is a saved web page without the page.
    NoSavedPage,
    /// It is a document that is damaged behind what was read.
    DamagedDocument {
        /// What is wrong.
        reason: String,
    },
    /// It is a document of which only the beginning was read.
    DocumentTooLarge {
        /// Megabytes that are unpacked at most.
        megabytes: u64,
    },
    /// It is an archive that would be too large if it were unpacked.
    ArchiveTooLarge {
        /// Megabytes that are unpacked of it at most.
        megabytes: u64,
    },
    /// It is a crawl that is compressed as one piece.
    CrawlInOnePiece {
        /// Megabytes of it that were read.
        megabytes: u64,
    },
    /// It is a PDF file that a password protects.
    PdfEncrypted,
    /// It is a PDF file that cannot be opened.
    PdfDamaged,
    /// It is larger than a file of pages may be.
    TooLarge {
        /// Megabytes at most.
        megabytes: u64,
    },
    /// What is packed in it is larger than is read.
    UnpacksTooFar {
        /// Megabytes at most.
        megabytes: u64,
    },
    /// Pages are pictures without text.
    PagesWithoutText {
        /// How many.
        count: u64,
        /// 1-based number of the first.
        first: u32,
    },
    /// Pages that are pictures could not be recognised.
    PagesNotRecognised {
        /// How many.
        count: u64,
        /// 1-based number of the first.
        first: u32,
        /// What was the matter with the first.
        reason: String,
    },
    /// A page was recognised with low confidence.
    DoubtfulPage {
        /// 1-based.
        page: u32,
        /// Mean over its characters, in percent.
        confidence: u8,
    },
    /// Pages were not read, as `corpus.toml` says.
    PagesLeftOut {
        /// How many.
        count: u64,
    },
    /// Pages could not be read, or not to their end.
    PagesUnread {
        /// How many.
        count: u64,
        /// 1-based number of the first.
        first: u32,
    },
    /// Glyphs whose characters the file does not tell.
    UnknownCharacters {
        /// How many.
        count: u64,
        /// 1-based number of the first page with one.
        page: u32,
    },
    /// Pages state a Latin encoding and have GBK bytes.
    ReadAsGbk {
        /// How many.
        count: u64,
        /// 1-based number of the first.
        first: u32,
    },
    /// An XML file that has no pages.
    XmlWithoutPages {
        /// The name of its root element.
        root: String,
    },
    /// An XML file that breaks off or is not well formed.
    XmlBroken {
        /// What the parser says.
        reason: String,
    },
    /// It names files that are not there.
    NamedFilesMissing {
        /// How many.
        count: u64,
        /// The path of the first.
        first: String,
    },
    /// It names parts of pages that they do not have.
    NamedBlocksMissing {
        /// How many.
        count: u64,
        /// The name of the first.
        first: String,
    },
    /// It is not JSON Lines.
    NotJsonText,
    /// Sequences that colour text in a terminal were left out.
    TerminalCodes {
        /// How many.
        count: u64,
    },
    /// Elements of a web page that are nested deeper than this were taken as lines.
    NestedTooDeep {
        /// Levels.
        levels: u64,
    },
    /// Zero bytes were read as blanks.
    ZeroBytes {
        /// How many.
        count: u64,
    },
    /// Bytes that do not belong to the encoding.
    BadBytes {
        /// Sequences of them.
        count: u64,
        /// The encoding.
        encoding: String,
        /// 1-based line of the first.
        line: u32,
    },
    /// It is so large that it is read in parts.
    InParts {
        /// Megabytes of a part at most.
        megabytes: u64,
        /// Lines of a part at most.
        lines: u64,
    },
    /// It was written to while it was read.
    ChangedWhileRead,
    /// It has no text.
    Empty,
    /// A file of articles without a valid line.
    NoJsonArticle,
    /// A line of a file of articles is too long.
    LineTooLong {
        /// 1-based line.
        line: u32,
        /// Megabytes of a line at most.
        megabytes: u64,
    },
    /// A line of a file of articles has bytes that do not belong to the encoding.
    LineBadBytes {
        /// 1-based line.
        line: u32,
        /// Sequences of them.
        count: u64,
        /// The encoding.
        encoding: String,
    },
    /// A line of a file of articles is not a JSON object.
    LineNotJson {
        /// 1-based line.
        line: u32,
        /// What the parser says.
        reason: String,
    },
    /// A line of a file of articles has neither title nor body.
    LineWithoutText {
        /// 1-based line.
        line: u32,
    },
    /// A field of an article has the wrong form.
    FieldLeftOut {
        /// 1-based line.
        line: u32,
        /// The field.
        field: String,
        /// What it should be.
        expected: FieldForm,
    },
    /// More warnings of a file than are kept.
    More {
        /// How many more.
        count: u64,
    },
    /// The program failed on it.
    ProgramFailed {
        /// What the program says.
        reason: String,
    },
    /// The program failed while it read it.
    ProgramFailedReading {
        /// What the program says.
        reason: String,
    },
    /// It could not be read to its end; its articles in the index are kept.
    EarlierKept {
        /// Articles that stay.
        articles: u64,
    },
    /// A text in which no article was found.
    NoArticleFound,
    /// A file of the index was damaged or missing, and was made again from the others.
    IndexFileRenewed,
    /// It should be an entry of the curation folder, and is none.
    NoCorrection {
        /// What is wrong, and what was expected.
        reason: String,
    },
    /// A word of the user dictionary has only one character.
    UserWordTooShort {
        /// 1-based line.
        line: u32,
        /// The word.
        word: String,
    },
    /// A word of the user dictionary has a character that is neither a letter nor a digit.
    UserWordMark {
        /// 1-based line.
        line: u32,
        /// The word.
        word: String,
        /// The character.
        mark: char,
    },
    /// The frequency of a word in the user dictionary is not a number.
    UserWordFrequency {
        /// 1-based line.
        line: u32,
        /// What stands there.
        given: String,
    },
}

/// The form that a field of an article in a file must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldForm {
    /// An object with `number` and `date`.
    Issue,
    /// Objects as they stand in a record.
    Recorded,
    /// A string.
    Text,
    /// One of the kinds of articles.
    Kind,
    /// A day.
    Day,
    /// A list.
    List,
}

impl FileWarning {
    /// Whether two warnings say the same of two places, so that they can be listed together.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::FieldLeftOut { field, .. }, Self::FieldLeftOut { field: other, .. }) => {
                field == other
            }
            _ => discriminant(self) == discriminant(other),
        }
    }
}

impl fmt::Display for FileWarning {
    #[expect(clippy::too_many_lines, reason = "one arm for each warning")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameNotUtf8 => f.write_str(
                "the name is not utf-8; the file was ingested under this name; rename it to choose \
                 another",
            ),
            Self::LinkLoop { ancestor } => {
                write!(f, "the link leads back to {ancestor}; it was not followed; remove it")
            }
            Self::LinkOutside { target, followed: false } => write!(
                f,
                "the link leads out of the corpus, to {target}; it was not followed; \
                 `dibao ingest --follow-links` follows it"
            ),
            Self::LinkOutside { target, followed: true } => {
                write!(f, "the link leads out of the corpus, to {target}; it was followed")
            }
            Self::BrokenLink => f.write_str("the link leads nowhere; repair or remove it"),
            Self::FolderUnreadable { reason } => write!(
                f,
                "cannot be read ({reason}); nothing below it was ingested; check its permissions"
            ),
            Self::SameName { name, renamed } => write!(
                f,
                "another file is called {name}, too; this one is listed as {renamed}; move both below \
                 one folder and ingest that"
            ),
            Self::NameTaken { name, other } => write!(
                f,
                "not ingested: the index has another file of the name {name}, {other}; rename one of \
                 the folders, or move both below one folder and ingest that"
            ),
            Self::Unreadable { reason } => write!(
                f,
                "cannot be read to its end ({reason}); check its permissions and whether it is \
                 damaged"
            ),
            Self::LeadsElsewhere => f.write_str(
                "not read: the path led to another file than when it was found; check its links and \
                 run again",
            ),
            Self::NotText => f.write_str(
                "not text; expected utf-8, utf-16, gb18030 or big5; convert it to text, or state \
                 its encoding in corpus.toml",
            ),
            Self::RichText => f.write_str(
                "in Rich Text Format, not plain text; install LibreOffice (soffice), which reads it, or \
                 save it as text or as a web page and ingest that",
            ),
            Self::OldOffice => f.write_str(
                "in the form of an office program before 2007; install LibreOffice (soffice), which reads \
                 it, or save it as .docx and ingest that",
            ),
            Self::NotConverted { reason } => write!(
                f,
                "the office program (soffice) could not read it ({reason}); open it there, save it as \
                 .docx and ingest that"
            ),
            Self::Encrypted => f.write_str(
                "locked by a password; save it without one and ingest that",
            ),
            Self::OtherPackage => f.write_str(
                "neither a Word document, an OpenDocument text, an EPUB book nor an OFD file, but another \
                 ZIP file; unpack an archive and ingest its files; save sheets and slides as text",
            ),
            Self::NoSavedPage => f.write_str(
                "a saved web page without the page itself; expected a part of the type text/html; \
                 save the page again",
            ),
            Self::DamagedDocument { reason } => write!(
                f,
                "damaged ({reason}); what stands before the damage was read; open it in a program \
                 that repairs it, and save it again"
            ),
            Self::DocumentTooLarge { megabytes } => write!(
                f,
                "too large: of a document {megabytes} MB are unpacked at most, less of a small file; \
                 the rest was left out; divide the document"
            ),
            Self::ArchiveTooLarge { megabytes } => write!(
                f,
                "an archive that says it is larger than {megabytes} MB when it is unpacked, which is \
                 more than a hundred times its size; it was not read; unpack it if that is right"
            ),
            Self::CrawlInOnePiece { megabytes } => write!(
                f,
                "a crawl that is compressed as one piece, not record by record; its first {megabytes} \
                 MB were read; unpack it and ingest the .warc"
            ),
            Self::PdfEncrypted => f.write_str(
                "a PDF file that a password protects; save it without a password and ingest that",
            ),
            Self::PdfDamaged => f.write_str(
                "cannot be opened as a PDF file; it is damaged or incomplete; fetch it again, or \
                 repair it by printing it to a new PDF file",
            ),
            Self::TooLarge { megabytes } => write!(
                f,
                "larger than {megabytes} MB, which pages in one file may have; divide it into \
                 several files"
            ),
            Self::UnpacksTooFar { megabytes } => write!(
                f,
                "what is packed in it is larger than {megabytes} MB; it was left out, as a file \
                 that is made to exhaust the memory; print it to a new PDF file if it is not"
            ),
            Self::PagesWithoutText { count, first } => write!(
                f,
                "{count} pages are pictures without text, the first is page {first}; ingest with \
                 `--ocr tesseract` to recognise them, or put ALTO, PAGE or hOCR beside"
            ),
            Self::PagesNotRecognised { count, first, reason } => write!(
                f,
                "{count} pages could not be recognised, the first is page {first}: {reason}; scan \
                 them anew, or put ALTO, PAGE or hOCR beside; they are tried again with another \
                 --ocr, and by --rebuild"
            ),
            Self::DoubtfulPage { page, confidence } => write!(
                f,
                "page {page} was recognised with a confidence of {confidence}% only; compare it \
                 with the picture, and scan it anew or correct it"
            ),
            Self::PagesLeftOut { count } => {
                write!(f, "{count} pages were left out, as `pages` in corpus.toml says")
            }
            Self::PagesUnread { count, first } => write!(
                f,
                "{count} pages could not be read, or not to their end, the first is page {first}; \
                 compare them with the file, and print it to a new PDF file"
            ),
            Self::UnknownCharacters { count, page } => write!(
                f,
                "{count} glyphs do not say which characters they are, the first on page {page}; \
                 they are shown as \u{fffd}; recognise the page (OCR), or ask for the text"
            ),
            Self::ReadAsGbk { count, first } => write!(
                f,
                "the font says Latin, but the bytes are GBK and were read as such: {count} pages, \
                 the first is page {first}; compare them with the file"
            ),
            Self::XmlWithoutPages { root } => write!(
                f,
                "an XML file of the kind `{root}`; expected pages in ALTO, PAGE or hOCR; convert \
                 it to text, or move it out of the corpus"
            ),
            Self::XmlBroken { reason } => write!(
                f,
                "not well-formed XML ({reason}); what stands before that was read; fetch or make \
                 the file again"
            ),
            Self::NamedFilesMissing { count, first } => write!(
                f,
                "{count} files of pages that it names cannot be read, the first is {first}; put them \
                 where it names them, below its folder, and call it …mets.xml"
            ),
            Self::NamedBlocksMissing { count, first } => write!(
                f,
                "{count} blocks that it names are not in its files of pages, the first is {first}; \
                 their articles lack these parts; fetch both of one version"
            ),
            Self::TerminalCodes { count } => write!(
                f,
                "{count} control sequences of a terminal (colours and the like) were left out; save the \
                 text without them"
            ),
            Self::NestedTooDeep { levels } => write!(
                f,
                "elements nested deeper than {levels} levels were taken as lines; no text is lost"
            ),
            Self::NotJsonText => f.write_str(
                "not text; expected one JSON object per line, in utf-8 without zero bytes; convert \
                 or rename it",
            ),
            Self::ZeroBytes { count } => {
                write!(f, "{count} zero bytes; each was read as a blank")
            }
            Self::BadBytes { count, encoding, line } => write!(
                f,
                "{count} byte sequences are not {encoding}, the first on line {line}; they are \
                 shown as \u{fffd}; correct them, or state the encoding in corpus.toml"
            ),
            Self::InParts { megabytes, lines } => write!(
                f,
                "larger than {megabytes} MB or longer than {lines} lines; it is read in parts, and \
                 an article that reaches from one into the next is cut there; divide the file"
            ),
            Self::ChangedWhileRead => {
                f.write_str("changed while it was read; run again when it is complete")
            }
            Self::Empty => f.write_str("has no text; fill or remove it"),
            Self::NoJsonArticle => f.write_str(
                "has no article; expected one JSON object per line; convert or rename it",
            ),
            Self::LineTooLong { line, megabytes } => write!(
                f,
                "line {line}: longer than {megabytes} MB; it was skipped; expected one article per \
                 line"
            ),
            Self::LineBadBytes { line, count, encoding } => write!(
                f,
                "line {line}: {count} byte sequences are not {encoding}; they are shown as \u{fffd}"
            ),
            Self::LineNotJson { line, reason } => write!(
                f,
                "line {line}: not a JSON object ({reason}); expected an article like \
                 {{\"title\": …, \"body\": …}}; correct the line"
            ),
            Self::LineWithoutText { line } => write!(
                f,
                "line {line}: an article without title and body; expected a string in `body`; \
                 correct the line"
            ),
            Self::FieldLeftOut { line, field, expected } => {
                write!(f, "line {line}: the field `{field}` was left out; expected {expected}")
            }
            Self::More { count } => write!(f, "{count} more warnings like these"),
            Self::ProgramFailed { reason } => write!(
                f,
                "the program failed on it ({reason}); it is left out; please report this with the \
                 file"
            ),
            Self::ProgramFailedReading { reason } => write!(
                f,
                "the program failed while reading it ({reason}); please report this with the file"
            ),
            Self::EarlierKept { articles } => {
                write!(f, "{articles} articles of an earlier ingest are kept")
            }
            Self::NoArticleFound => {
                f.write_str("no article was found in it; see `dibao split --explain`")
            }
            Self::NoCorrection { reason } => write!(
                f,
                "this entry is not applied: {reason}; correct it, all others count"
            ),
            Self::IndexFileRenewed => f.write_str(
                "this file of the index was damaged or missing; it was made again, and nothing is \
                 lost; check the disk",
            ),
            Self::UserWordTooShort { line, word } => {
                write!(f, "line {line}: `{word}` is one character; a word has two or more")
            }
            Self::UserWordMark { line, word, mark } => write!(
                f,
                "line {line}: `{word}` has `{mark}` in it; a word consists of letters and digits"
            ),
            Self::UserWordFrequency { line, given } => write!(
                f,
                "line {line}: `{given}` is not a frequency; write a whole number or leave it out"
            ),
        }
    }
}

impl fmt::Display for FieldForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Issue => "an object with `number` and `date`",
            Self::Recorded => "objects as in a record",
            Self::Text => "a string",
            Self::Kind => "news, document, profile, photo or notice",
            Self::Day => "a day like 2023-02-10",
            Self::List => "a list",
        })
    }
}
