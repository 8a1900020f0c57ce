//! What is said of files of a kind that is not read, in English.

use std::fmt;

use super::file_warning::UnreadKind;

impl fmt::Display for UnreadKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Archive => {
                "an archive of a form that is not unpacked (.zip, .tar and .tar.gz are); unpack it and \
                 ingest its files"
            }
            Self::NestedArchive => {
                "an archive in an archive that lies in a third one, is damaged, locked, too large or a \
                 document; it was not unpacked: unpack the outer one, so that this one is a file of its own"
            }
            Self::Sheet => "a workbook, which is not read; save its texts as .txt or .docx",
            Self::Slides => "slides, which are not read; save them as PDF or .txt",
            Self::Picture => {
                "a picture of a form that is not read; save it as PNG, JPEG or TIFF, or several pages \
                 as PDF, and ingest that with `--ocr tesseract`"
            }
            Self::Caj => {
                "a file for CAJViewer, which is not read; save or print it there as PDF, and ingest that"
            }
            Self::Apabi => {
                "a file for Apabi Reader (CEB), which is not read; print it there to a PDF file, and \
                 ingest that"
            }
            Self::Superstar => {
                "a file for SSReader (PDG), which is not read; print it there to a PDF file, and ingest \
                 that with `--ocr tesseract`"
            }
            Self::Xps => {
                "a document in XPS, which is not read; open it in a viewer, print it to a PDF file, and \
                 ingest that"
            }
            Self::Book => {
                "an e-book of a form that is not read (.epub is); convert it to EPUB, as Calibre does, \
                 and ingest that"
            }
            Self::Database => {
                "a database, which is not read; export its articles as .jsonl, one in a line, or its \
                 texts as .txt"
            }
            Self::Mail => {
                "a letter, which is not read; save its text as .txt or .html, and what is attached as \
                 files of their own"
            }
            Self::Typeset => {
                "a file of a program that sets pages, or for a printer, which is not read; export it \
                 there as PDF (Ghostscript does so with .ps and .eps), and ingest that"
            }
            Self::Media => {
                "sound or film, not text; move it out of the corpus, or put a text of what is said in \
                 its place"
            }
            Self::Program => "a program, not text; move it out of the corpus",
        })
    }
}
