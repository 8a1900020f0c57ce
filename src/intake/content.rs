//! What a file is by its content, whatever its name says.

use std::io::{self, Read, Seek, SeekFrom};

use super::mhtml;
use super::pdf;
use super::picture_file::is_picture;
use crate::model::UnreadKind;
use crate::text::Decoded;

/// What sort of file it is that is no lines of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentKind {
    /// A ZIP file: most documents are packages of this form.
    Package,
    /// A compound file: documents of Office before 2007, and those that are locked by a password.
    Compound,
    /// A file in Rich Text Format.
    RichText,
    /// A PDF file.
    Pdf,
    /// A picture.
    Picture,
    /// A web page with all that belongs to it, in the form of a letter.
    SavedPage,
}

/// Bytes by which a file is recognised.
pub(super) const HEAD: u64 = 8192;

/// Bytes at the end of a PDF file in which its last mark stands.
const PDF_END: u64 = 1024;

/// Bytes of a text that say whether it is one.
const SAMPLE: usize = 64 * 1024;

impl DocumentKind {
    /// What a file is; `None` for all that is read as text. The file is at its beginning afterwards.
    pub(super) fn of(file: &mut (impl Read + Seek)) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head)?;
        let kind = match &head[..] {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Package),
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Self::Compound),
            head if pdf::is_pdf(head) => Some(Self::Pdf),
            head if is_picture(head) => Some(Self::Picture),
            head if is_rich_text(head) => Some(Self::RichText),
            // What was fetched or mailed can have the head of the letter before it: a text about PDF files has the
            // first mark of one, and hardly the last.
            head if pdf::begin(head).is_some() && ends_as_pdf(file)? => Some(Self::Pdf),
            head => mhtml::is_saved_page(head).then_some(Self::SavedPage),
        };
        file.rewind()?;
        Ok(kind)
    }

    /// Whether it is read even of a file whose name says that it is not.
    pub(super) fn is_read_by_any_name(self) -> bool {
        match self {
            Self::RichText | Self::Pdf | Self::Picture | Self::SavedPage => true,
            Self::Package | Self::Compound => false,
        }
    }
}

/// Whether a file begins as one in Rich Text Format.
fn is_rich_text(head: &[u8]) -> bool {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().starts_with(b"{\\rtf")
}

fn ends_as_pdf(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let size = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(size.saturating_sub(PDF_END)))?;
    let mut end = Vec::new();
    file.by_ref().take(PDF_END).read_to_end(&mut end)?;
    Ok(memchr::memmem::find(&end, b"%%EOF").is_some())
}

/// What files that are not read have at a place in them.
const MARKS: [(UnreadKind, usize, &[u8]); 37] = [
    (UnreadKind::Archive, 0, b"Rar!\x1a\x07"),
    (UnreadKind::Archive, 0, b"7z\xbc\xaf\x27\x1c"),
    (UnreadKind::Archive, 0, b"\x1f\x8b\x08"),
    (UnreadKind::Archive, 0, b"BZh"),
    (UnreadKind::Archive, 0, b"\xfd7zXZ\0"),
    (UnreadKind::Archive, 0, b"\x28\xb5\x2f\xfd"),
    (UnreadKind::Archive, 0, b"MSCF"),
    (UnreadKind::Picture, 0, b"\0\0\0\x0cjP  "),
    (UnreadKind::Picture, 0, b"\xff\x4f\xff\x51"),
    (UnreadKind::Picture, 0, b"AT&TFORM"),
    (UnreadKind::Picture, 0, b"8BPS"),
    (UnreadKind::Picture, 4, b"ftypheic"),
    (UnreadKind::Picture, 4, b"ftypheix"),
    (UnreadKind::Picture, 4, b"ftypmif1"),
    (UnreadKind::Picture, 4, b"ftypavif"),
    (UnreadKind::Caj, 0, b"CAJ\0"),
    (UnreadKind::Caj, 0, b"KDH "),
    (UnreadKind::Book, 0, b"ITSF"),
    (UnreadKind::Book, 0, b"ITOLITLS"),
    (UnreadKind::Book, 60, b"BOOKMOBI"),
    (UnreadKind::Typeset, 0, b"%!PS"),
    (UnreadKind::Typeset, 0, b"\xc5\xd0\xd3\xc6"),
    (UnreadKind::Database, 0, b"SQLite format 3\0"),
    (UnreadKind::Database, 4, b"Standard Jet DB"),
    (UnreadKind::Database, 4, b"Standard ACE DB"),
    (UnreadKind::Media, 0, b"ID3"),
    (UnreadKind::Media, 0, b"OggS"),
    (UnreadKind::Media, 0, b"fLaC"),
    (UnreadKind::Media, 0, b"\x1a\x45\xdf\xa3"),
    (UnreadKind::Media, 4, b"ftyp"),
    (UnreadKind::Media, 8, b"WAVE"),
    (UnreadKind::Media, 8, b"AVI "),
    (UnreadKind::Program, 0, b"MZ"),
    (UnreadKind::Program, 0, b"\x7fELF"),
    (UnreadKind::Program, 0, b"\xca\xfe\xba\xbe"),
    (UnreadKind::Program, 0, b"\xcf\xfa\xed\xfe"),
    (UnreadKind::Program, 0, b"\0asm"),
];

/// What of that is not read a file is that begins so and is no text.
pub(super) fn unread_kind_of(head: &[u8]) -> Option<UnreadKind> {
    let has = |at: usize, mark: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(mark));
    MARKS.iter().find(|(_, at, mark)| has(*at, mark)).map(|(kind, ..)| *kind)
}

/// Whether these bytes are something other than text.
pub(super) fn is_binary(decoded: &Decoded, bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = zeros(sample);
    let is_utf16 = decoded.encoding.starts_with("utf-16");
    let end = decoded.text.len().min(SAMPLE);
    let shown = decoded.text.get(..end).unwrap_or(&decoded.text);
    let letters = shown.chars().count();
    let controls =
        shown.chars().filter(|&c| c.is_control() && !c.is_whitespace() && c != '\0').count();
    let letters_in_all = decoded.text.len() as u64 / 3 + 1;
    (!is_utf16 && zeros * 10 > sample.len())
        || controls * 20 > letters
        || (decoded.bad_count > 8 && decoded.bad_count * 5 > letters_in_all)
}

/// Number of zero bytes.
pub(super) fn zeros(bytes: &[u8]) -> usize {
    bytes.iter().map(|&byte| usize::from(byte == 0)).sum()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::text::decode;

    #[test]
    fn pictures_and_programs_are_binary_and_texts_with_a_flaw_are_not() {
        let check = |bytes: &[u8]| is_binary(&decode(bytes, None), bytes);
        let noise: Vec<u8> =
            (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(check(&noise));
        assert!(check(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0"));
        assert!(!check("一份报告，有一个\0零。".repeat(20).as_bytes()));
        assert!(!check("一份报告".as_bytes()));
        assert!(!check(b"caf\xe9 au lait, and a good deal of plain text behind it"));
        assert!(!check(
            &"一份报告\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()
        ));
        assert!(!check(b""));
    }

    #[test]
    fn a_pdf_file_may_have_the_head_of_a_letter_and_a_text_about_one_may_not_be_taken_for_it() {
        let of = |bytes: &str| DocumentKind::of(&mut Cursor::new(bytes)).expect("read");
        let file = "%PDF-1.4\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n";
        for head in
            ["", "\u{feff}", " \n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "\0\0\0"]
        {
            assert_eq!(of(&format!("{head}{file}")), Some(DocumentKind::Pdf), "{head:?}");
        }
        assert_eq!(of(&format!("{}\n{file}", "x".repeat(2000))), None);
        assert_eq!(of("文件以\n%PDF-1.7\n开头。"), None);
        assert_eq!(of("一篇关于 %PDF-1.7 的文章，以 %%EOF 结束。"), None);
    }
}
