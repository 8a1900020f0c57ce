//! What a person should know about a file.

use std::fmt;
use std::mem::discriminant;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure_reason::FailureReason;

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
        reason: FailureReason,
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
        reason: FailureReason,
    },
    /// Its path led to another file when it was to be read.
    LeadsElsewhere,
    /// It is not text.
    NotText,
    /// It is neither what its name says nor anything else that is known.
    NotItsForm {
        /// What its name ends with, as `.pdf`.
        ending: String,
    },
    /// It is called an archive, and is a text.
    TextNotArchive,
    /// It is a pipe, a socket or a device.
    NoFile,
    /// It is in Rich Text Format.
    RichText,
    /// It is a document of an office program before 2007.
    OldOffice,
    /// It is an old document that the office program of the machine could not read.
    NotConverted {
        /// What became of it.
        reason: FailureReason,
    },
    /// It is a document that a password locks.
    Encrypted,
    /// It is a package, but not of a document.
    OtherPackage,
    /// It is a file of a kind that is not read.
    NotRead {
        /// Which.
        kind: UnreadKind,
    },
    /// It is a web page that shows other pages in frames, and has no text of its own.
    PageOfFrames,
    /// It is a web page whose text a script makes where it is shown.
    PageMadeByScript,
    /// It is a program of a web server, and no page that it made.
    ServerProgram,
    /// It is a saved web page without the page.
    NoSavedPage,
    /// It is a document that is damaged behind what was read.
    DamagedDocument {
        /// What is wrong.
        reason: FailureReason,
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
    /// It is an archive in which several files have one name.
    NamesRepeated,
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
    /// Pages are pictures without text, or with hardly any.
    PagesWithoutText {
        /// How many.
        count: u64,
        /// 1-based number of the first.
        first: u32,
    },
    /// Pages are pictures with a layer of text that is not shown and does not lie on all of their letters.
    SparseTextLayer {
        /// How many.
        count: u64,
        /// 1-based number of the first.
        first: u32,
    },
    /// A document has pictures, and hardly any text or none.
    PicturesWithoutText {
        /// How many pictures.
        count: u64,
    },
    /// Pages that are pictures could not be recognised.
    PagesNotRecognised {
        /// How many.
        count: u64,
        /// 1-based number of the first.
        first: u32,
        /// What was the matter with the first.
        reason: FailureReason,
    },
    /// Lines of pages could not be recognised, while others of them were.
    LinesNotRecognised {
        /// How many.
        count: u64,
        /// 1-based number of the first page with one.
        first: u32,
    },
    /// A page was recognised with low confidence.
    DoubtfulPage {
        /// 1-based.
        page: u32,
        /// Mean over its characters, in percent.
        confidence: u8,
    },
    /// Lines were recognised with hardly any confidence, and are taken for what an engine sees in a picture.
    FaintLines {
        /// How many.
        count: u64,
        /// 1-based number of the first page with one.
        first: u32,
    },
    /// Pages were not read, as `corpus.toml` says.
    PagesLeftOut {
        /// How many.
        count: u64,
    },
    /// No page was read, as `corpus.toml` names none that it has.
    NoPageRead {
        /// How many it has.
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
        reason: FailureReason,
    },
    /// It names files that are not there.
    NamedFilesMissing {
        /// How many.
        count: u64,
        /// Some of them, as it names them.
        names: Vec<String>,
    },
    /// It names files that lie outside of its folder.
    NamedFilesOutside {
        /// How many.
        count: u64,
        /// Some of them, as it names them.
        names: Vec<String>,
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
        /// 1-based character of the line where that is seen.
        column: u32,
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
    /// An entry of `corpus.toml` is about no file.
    GlobWithoutFile {
        /// Its glob.
        glob: String,
    },
    /// A `region` of `corpus.toml` is none, or one of several of the same name.
    UnknownRegion {
        /// What stands there.
        region: String,
        /// Names that may have been meant.
        near: Vec<String>,
    },
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

/// A kind of files that are not read, and can be made into something that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnreadKind {
    /// An archive of a form that is not unpacked.
    Archive,
    /// An archive in an archive, which is deeper, damaged, locked, too large, or the package of a document.
    NestedArchive,
    /// A workbook of an office program.
    Sheet,
    /// Slides of an office program.
    Slides,
    /// A picture, or pages that are pictures, of a form that is not read.
    Picture,
    /// A file of CNKI.
    Caj,
    /// A file of Founder Apabi.
    Apabi,
    /// A page or a book of SuperStar.
    Superstar,
    /// A document in XPS.
    Xps,
    /// An e-book of a form that is not read.
    Book,
    /// A database.
    Database,
    /// A letter.
    Mail,
    /// A file of a program that sets pages, or for a printer.
    Typeset,
    /// Sound or film.
    Media,
    /// A program.
    Program,
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
            (Self::NotRead { kind }, Self::NotRead { kind: other }) => kind == other,
            _ => discriminant(self) == discriminant(other),
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
