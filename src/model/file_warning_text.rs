//! What a warning about a file says, in English.

use std::fmt;

use super::failure_reason::FailureReason;
use super::file_warning::FileWarning;

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
                "cannot be read to its end ({reason}); {}",
                to_read(reason)
            ),
            Self::LeadsElsewhere => f.write_str(
                "not read: the path led to another file than when it was found; check its links and \
                 run again",
            ),
            Self::NotText => f.write_str(
                "not text; expected utf-8, utf-16, gb18030 or big5; convert it to text, or state \
                 its encoding in corpus.toml",
            ),
            Self::NotItsForm { ending } => write!(
                f,
                "neither what its name says ({ending}) nor of any other form that is known; it is damaged, \
                 encrypted or of another program: open it in the program that it is from and save it anew, \
                 or fetch it again"
            ),
            Self::TextNotArchive => f.write_str(
                "a text or a web page that is called an archive; fetch the archive again, or call it .txt or \
                 .html if that is what it is",
            ),
            Self::NoFile => f.write_str(
                "a pipe, a socket or a device; it was not read; put a file in its place, or remove it",
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
                "the office program (soffice) could not read it ({reason}); {}",
                to_convert(reason)
            ),
            Self::Encrypted => f.write_str(
                "locked by a password; save it without one and ingest that",
            ),
            Self::OtherPackage => f.write_str(
                "neither a Word document, an OpenDocument text, an EPUB book nor an OFD file, but another \
                 ZIP file; unpack an archive and ingest its files; save sheets and slides as text",
            ),
            Self::NotRead { kind } => write!(f, "{kind}"),
            Self::PageOfFrames => f.write_str(
                "a web page that shows other pages in frames and has no text of its own; ingest those pages, or \
                 save the page from a browser as one file (.mhtml), which holds them",
            ),
            Self::PageMadeByScript => f.write_str(
                "a web page without text: a script makes it where the page is shown; open it in a browser and \
                 save it as one file (.mhtml) or as a whole",
            ),
            Self::ServerProgram => f.write_str(
                "a program of a web server, not a page that it made; open the page in a browser and save that",
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
                "an archive that is larger than {megabytes} MB when it is unpacked, which is more than \
                 one of its size may have; it was not read; unpack it if that is right"
            ),
            Self::NamesRepeated => f.write_str(
                "an archive in which several files have one name; the last of each was read; pack it \
                 anew with a name for each file",
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
                "{}; ingest with `--ocr tesseract` to recognise {}, or put ALTO, PAGE or \
                 hOCR beside",
                pictures(*count, *first),
                if *count == 1 { "it" } else { "them" }
            ),
            Self::SparseTextLayer { count, first } => write!(
                f,
                "{} with a layer of text that does not lie on all of what is printed on {}, {}: some may not be \
                 in it; compare with the page, and where text is missing set `text_layer = false` and \
                 `ocr = \"tesseract\"` for the file in corpus.toml",
                counted(*count, "page is a picture", "pages are pictures"),
                if *count == 1 { "it" } else { "them" },
                first_page(*count, *first)
            ),
            Self::PicturesWithoutText { count } => write!(
                f,
                "has {} and hardly any text or none; pictures in such a document are not recognised: save or \
                 print it as PDF, and ingest that with `--ocr tesseract`",
                counted(*count, "picture", "pictures")
            ),
            Self::PagesNotRecognised { count, first, reason } => write!(
                f,
                "{} could not be recognised, {}: {reason}; {}; another --ocr and --rebuild try again",
                counted(*count, "page", "pages"),
                first_page(*count, *first),
                to_recognise(reason)
            ),
            Self::LinesNotRecognised { count, first } => write!(
                f,
                "{} not be recognised, the first page with one is page {first}; the other lines are \
                 there: compare with the picture, and try another --ocr",
                counted(*count, "line could", "lines could")
            ),
            Self::DoubtfulPage { page, confidence } => write!(
                f,
                "page {page} was recognised with a confidence of {confidence}% only; compare it \
                 with the picture, and scan it anew or correct it"
            ),
            Self::FaintLines { count: 1, first } => write!(
                f,
                "a line on page {first} was recognised with hardly any confidence, and is taken for \
                 part of a picture; it is in no article: compare it with the page"
            ),
            Self::FaintLines { count, first } => write!(
                f,
                "{count} lines were recognised with hardly any confidence, the first on page {first}, \
                 and are taken for parts of pictures; they are in no article: compare them with the page"
            ),
            Self::PagesLeftOut { count } => {
                let left_out = counted(*count, "page was", "pages were");
                write!(f, "{left_out} left out, as `pages` in corpus.toml says")
            }
            Self::NoPageRead { count } => write!(
                f,
                "no page was read: it has {}, and `pages` in corpus.toml names none of them; correct \
                 `pages`, or leave the file out with `skip`",
                counted(*count, "page", "pages")
            ),
            Self::PagesUnread { count, first } => write!(
                f,
                "{} could not be read, or not to the end, {}; compare with the file, and print it to a \
                 new PDF file",
                counted(*count, "page", "pages"),
                first_page(*count, *first)
            ),
            Self::UnknownCharacters { count, page } => write!(
                f,
                "{} what they are, the first on page {page}; \u{fffd} is shown instead; ingest with \
                 `--ocr tesseract` to have lines of them recognised, or ask for the text",
                counted(*count, "glyph does not say", "glyphs do not say")
            ),
            Self::ReadAsGbk { count, first } => write!(
                f,
                "the font says Latin, but the bytes are GBK and were read as such: {}, {}; compare with \
                 the file",
                counted(*count, "page", "pages"),
                first_page(*count, *first)
            ),
            Self::XmlWithoutPages { root } => write!(
                f,
                "an XML file of the kind `{root}`; expected pages in ALTO, PAGE or hOCR; convert \
                 it to text, or move it out of the corpus"
            ),
            Self::XmlBroken { reason: FailureReason::Malformed } => f.write_str(
                "not well-formed XML; what stands before that was read; fetch or make the file again",
            ),
            Self::XmlBroken { reason } => write!(
                f,
                "not well-formed XML ({reason}); what stands before that was read; fetch or make \
                 the file again"
            ),
            Self::NamedFilesMissing { count, names } => write!(
                f,
                "{} that it names cannot be read: {}; put all where it names them, below its folder, and \
                 call it …mets.xml",
                counted(*count, "file of pages", "files of pages"),
                some_of(*count, names)
            ),
            Self::NamedFilesOutside { count, names } => write!(
                f,
                "{} outside of its folder, where nothing is read: {}; put all below its folder, and change \
                 the paths to those from there",
                counted(*count, "file of pages that it names lies", "files of pages that it names lie"),
                some_of(*count, names)
            ),
            Self::NamedBlocksMissing { count, first } => write!(
                f,
                "{} not in its files of pages, the first is {first}; articles lack these parts; fetch \
                 both of one version",
                counted(*count, "block that it names is", "blocks that it names are")
            ),
            Self::TerminalCodes { count } => write!(
                f,
                "{} left out (colours and the like); save the text without",
                counted(
                    *count,
                    "control sequence of a terminal was",
                    "control sequences of a terminal were"
                )
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
                let zeros = counted(*count, "zero byte; it", "zero bytes; each");
                write!(f, "{zeros} was read as a blank")
            }
            Self::BadBytes { count, encoding, line } => write!(
                f,
                "{} not {encoding}, the first on line {line}; \u{fffd} is shown instead; correct the \
                 file, or state its encoding in corpus.toml",
                counted(*count, "byte sequence is", "byte sequences are")
            ),
            Self::InParts { megabytes, lines } => write!(
                f,
                "larger than {megabytes} MB or longer than {lines} lines; it is read in parts, and \
                 an article that reaches from one into the next is cut there; divide the file"
            ),
            Self::ChangedWhileRead => {
                f.write_str("changed while it was read; run again when it is complete")
            }
            Self::Empty => f.write_str("has no text; fetch it again, or remove it"),
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
                "line {line}: {} not {encoding}; \u{fffd} is shown instead",
                counted(*count, "byte sequence is", "byte sequences are")
            ),
            Self::LineNotJson { line, column } => write!(
                f,
                "line {line}: not a JSON object, as is seen at character {column}; expected an article like \
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
            Self::More { count } => {
                let more = counted(*count, "more warning like these", "more warnings like these");
                f.write_str(&more)
            }
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
                let kept = counted(*articles, "article of an earlier ingest is", "articles of an earlier ingest are");
                write!(f, "{kept} kept")
            }
            Self::NoArticleFound => {
                f.write_str("no article was found in it; see `dibao split --explain`")
            }
            Self::GlobWithoutFile { glob } => write!(
                f,
                "the entry with glob = \"{glob}\" is about no file; correct it (a glob is a path below the \
                 corpus folder, * stays in one folder, ** goes below it), or take it out"
            ),
            Self::UnknownRegion { region, near } => {
                let near = if near.is_empty() {
                    String::new()
                } else {
                    format!(" (near: {})", near.join(", "))
                };
                write!(
                    f,
                    "no place, or more than one, is called `{region}`{near}; the entry counts without its \
                     `region`: write the whole name, with the city before it where several have the name, \
                     or the code of the division"
                )
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

/// What helps where a file could not be read for this reason.
fn to_read(reason: &FailureReason) -> &'static str {
    match reason {
        FailureReason::NoRoom => "make room on the disk",
        FailureReason::NotPermitted => "check its permissions",
        FailureReason::ReadError => "check the disk or the connection, and run again",
        FailureReason::OtherCompression => "unpack it and pack it anew as ZIP usually is (deflate)",
        FailureReason::TooManyParts { .. }
        | FailureReason::TooDeep
        | FailureReason::TooManyBytes { .. } => "divide or unpack it",
        FailureReason::NotThere
        | FailureReason::BreaksOff
        | FailureReason::Malformed
        | FailureReason::Lacks { .. } => "it is damaged or incomplete: fetch it again",
        _ => "check its permissions and whether it is damaged",
    }
}

/// The same where the office program could not.
fn to_convert(reason: &FailureReason) -> &'static str {
    match reason {
        FailureReason::NoRoom => "make room on the disk and ingest it again",
        FailureReason::NotPermitted | FailureReason::NotThere => {
            "see that the folder for temporary files can be written to, and ingest it again"
        }
        FailureReason::NotKept => "`dibao ingest --rebuild` has it converted anew",
        _ => "open it there, save it as .docx and ingest that",
    }
}

/// The same of pages that could not be recognised.
fn to_recognise(reason: &FailureReason) -> &'static str {
    match reason {
        FailureReason::NoRoom => "make room on the disk",
        FailureReason::NotPermitted | FailureReason::NotThere => {
            "see that the folder for temporary files can be written to"
        }
        FailureReason::TooManyDots => "save the picture with fewer dots",
        FailureReason::NotDrawn | FailureReason::BreaksOff | FailureReason::Malformed => {
            "scan or save the picture anew"
        }
        _ => "put ALTO, PAGE or hOCR of another program beside",
    }
}

/// `1 page`, `3 pages`.
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `a, b`, or `a, b …` where there are more.
fn some_of(count: u64, names: &[String]) -> String {
    let more = if count > names.len() as u64 { " …" } else { "" };
    format!("{}{more}", names.join(", "))
}

/// `page 4`, or `the first is page 4`.
fn first_page(count: u64, first: u32) -> String {
    if count == 1 { format!("page {first}") } else { format!("the first is page {first}") }
}

/// `page 4 is a picture`, or `3 pages are pictures …, the first is page 4`.
fn pictures(count: u64, first: u32) -> String {
    if count == 1 {
        return format!("page {first} is a picture with hardly any text or none");
    }
    format!("{count} pages are pictures with hardly any text or none, the first is page {first}")
}
