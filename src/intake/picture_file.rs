//! Pictures of pages: PNG, JPEG, TIFF with any number of pages, WebP and BMP. They have text only if
//! something recognises it (`recognise`).
//!
//! A picture can be made to unpack to what it likes, so its size is looked at before it is decoded.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::layout::PrintedPage;
use super::reading::ReadingSettings;
use super::scans::PageRecogniser;
use crate::model::FileWarning;
use crate::recognise::{PageFailure, Raster};

/// The pages of a picture, recognised one after the other.
pub(super) struct PicturePages {
    bytes: Vec<u8>,
    /// Where the description of each page begins, in a TIFF file; of others the only one is at 0.
    pages: Vec<u64>,
    next: usize,
    settings: ReadingSettings,
    left_out: u64,
    /// Pages behind those that are read.
    unread: u64,
    recogniser: PageRecogniser,
}

/// Dots that a picture may have: a broadsheet at 400 dots per inch.
const MAX_DOTS: u64 = 160_000_000;

/// Bytes that its decoder may take.
const MAX_MEMORY: u64 = 1 << 30;

/// Pages of a file that are read.
const MAX_PAGES: usize = 10_000;

/// Whether a file that begins so is a picture.
pub(super) fn is_picture(head: &[u8]) -> bool {
    format_of(head).is_some()
}

fn format_of(head: &[u8]) -> Option<ImageFormat> {
    Some(match head {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => ImageFormat::Png,
        [0xff, 0xd8, 0xff, ..] => ImageFormat::Jpeg,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => ImageFormat::WebP,
        head if is_bitmap(head) => ImageFormat::Bmp,
        head => return tiff_pages::is_tiff(head).then_some(ImageFormat::Tiff),
    })
}

/// Whether a file begins as a bitmap of Windows: its mark is two letters, so the size of its second head counts, too.
fn is_bitmap(head: &[u8]) -> bool {
    head.starts_with(b"BM")
        && matches!(head.get(14..18), Some([12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
}

impl PicturePages {
    /// A file that [`is_picture`].
    pub(super) fn open(
        bytes: Vec<u8>,
        settings: ReadingSettings,
        recogniser: PageRecogniser,
    ) -> Self {
        let mut pages = tiff_pages::pages(&bytes);
        if pages.is_empty() {
            pages.push(0);
        }
        let unread = pages.len().saturating_sub(MAX_PAGES) as u64;
        pages.truncate(MAX_PAGES);
        Self { bytes, pages, next: 0, settings, left_out: 0, unread, recogniser }
    }

    /// The next pages, up to about that many lines; none at the end.
    pub(super) fn next_pages(&mut self, lines: usize) -> Vec<PrintedPage> {
        let mut found = Vec::new();
        let mut count = 0;
        while let Some(&place) = self.pages.get(self.next)
            && count < lines
        {
            self.next += 1;
            if !self.settings.takes(self.next as u32) {
                self.left_out += 1;
                continue;
            }
            let bytes = &mut self.bytes;
            let page = self.recogniser.page(self.next as u32, None, || raster(bytes, place));
            if let Some(page) = page {
                count += page.blocks.iter().map(|block| block.lines.len() + 1).sum::<usize>();
                found.push(page);
            }
        }
        found
    }

    pub(super) fn recogniser(&self) -> &PageRecogniser {
        &self.recogniser
    }

    /// What a person should know of the pages so far.
    pub(super) fn warnings(&self) -> Vec<FileWarning> {
        let left_out = ReadingSettings::left_out(self.left_out, self.next as u64);
        let unread = FileWarning::PagesUnread { count: self.unread, first: MAX_PAGES as u32 + 1 };
        let unread = (self.unread > 0).then_some(unread);
        left_out.into_iter().chain(unread).collect()
    }
}

/// Whether a file that begins so is a TIFF file.
pub(super) fn is_tiff(head: &[u8]) -> bool {
    tiff_pages::is_tiff(head)
}

/// A page of a TIFF file, counted from 1; `None` if it has none of this number.
pub(super) fn tiff_page(
    mut bytes: Vec<u8>,
    page: u32,
) -> Option<Result<DynamicImage, PageFailure>> {
    let place = *tiff_pages::pages(&bytes).get(page.checked_sub(1)? as usize)?;
    Some(decoded(&mut bytes, place))
}

/// A picture of one page.
pub(super) fn decoded_picture(mut bytes: Vec<u8>) -> Result<DynamicImage, PageFailure> {
    decoded(&mut bytes, 0)
}

/// A page in grey.
fn raster(bytes: &mut [u8], place: u64) -> Result<Raster, PageFailure> {
    grey(&decoded(bytes, place)?).ok_or(PageFailure::NotDrawn)
}

/// Decodes a page, turned as it is to be looked at: cameras and scanners only note how they were held.
fn decoded(bytes: &mut [u8], place: u64) -> Result<DynamicImage, PageFailure> {
    // Decoders read the first page of a TIFF file.
    tiff_pages::begin_with(bytes, place);
    let format = format_of(bytes).ok_or(PageFailure::NotDrawn)?;
    let reader = || ImageReader::with_format(Cursor::new(&*bytes), format);
    let size = reader().into_dimensions().map_err(|_| PageFailure::NotDrawn)?;
    if u64::from(size.0) * u64::from(size.1) > MAX_DOTS {
        return Err(PageFailure::TooLarge);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = reader();
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| PageFailure::NotDrawn)?;
    if decoder.total_bytes() > MAX_MEMORY {
        return Err(PageFailure::TooLarge);
    }
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| PageFailure::NotDrawn)?;
    picture.apply_orientation(turn);
    Ok(picture)
}

/// The picture in grey, on white where it is transparent.
fn grey(picture: &DynamicImage) -> Option<Raster> {
    let (width, height) = (picture.width(), picture.height());
    let dots = if picture.color().has_alpha() {
        let over_white = |[grey, alpha]: [u8; 2]| {
            let (grey, alpha) = (u32::from(grey), u32::from(alpha));
            ((grey * alpha + 255 * (255 - alpha)) / 255) as u8
        };
        picture.to_luma_alpha8().pixels().map(|pixel| over_white(pixel.0)).collect()
    } else {
        picture.to_luma8().into_raw()
    };
    Raster::new(width, height, dots, None)
}

/// The pages of a TIFF file: a chain of descriptions, the first of which the file begins with. Some are of smaller
/// copies of a page.
mod tiff_pages {
    use std::collections::HashSet;

    /// Descriptions that are looked at: a page and a smaller copy of each.
    const MAX_CHAIN: usize = super::MAX_PAGES * 2;

    /// Fields of a description. Writers know about a hundred; descriptions with more could be made to overlap.
    const MAX_FIELDS: u64 = 4096;

    /// The field that says what a picture is for (`NewSubfileType`), and its bit for a smaller copy of another.
    const PURPOSE: u64 = 254;
    const SMALLER_COPY: u64 = 1;

    /// How numbers are written in a file.
    #[derive(Clone, Copy)]
    struct Layout {
        is_little: bool,
        /// Whether places take eight bytes (BigTIFF).
        is_big: bool,
    }

    impl Layout {
        fn of(bytes: &[u8]) -> Option<Self> {
            let is_little = match bytes.get(..2)? {
                b"II" => true,
                b"MM" => false,
                _ => return None,
            };
            let classic = Self { is_little, is_big: false };
            match classic.number(bytes, 2, 2)? {
                42 => Some(classic),
                43 => Some(Self { is_little, is_big: true }),
                _ => None,
            }
        }

        /// Width of a place, and where the first is written.
        fn place(self) -> (u64, u64) {
            if self.is_big { (8, 8) } else { (4, 4) }
        }

        /// Where the fields of a description begin, and where they end.
        fn fields(self, bytes: &[u8], description: u64) -> Option<(u64, u64)> {
            let (count_width, field) = if self.is_big { (8, 20) } else { (2, 12) };
            let count = self.number(bytes, description, count_width)?;
            if count > MAX_FIELDS {
                return None;
            }
            let begin = description.checked_add(count_width)?;
            Some((begin, count.checked_mul(field)?.checked_add(begin)?))
        }

        /// The value of a field of numbers of 32 bits; `None` if there is none.
        fn value(self, bytes: &[u8], description: u64, wanted: u64) -> Option<u64> {
            let (field, value) = if self.is_big { (20, 12) } else { (12, 8) };
            let (begin, end) = self.fields(bytes, description)?;
            let fields = (begin..end.min(bytes.len() as u64)).step_by(field);
            let mut found = fields.filter(|at| self.number(bytes, *at, 2) == Some(wanted));
            self.number(bytes, found.next()?.checked_add(value)?, 4)
        }

        fn number(self, bytes: &[u8], at: u64, width: u64) -> Option<u64> {
            let (at, width) = (usize::try_from(at).ok()?, width as usize);
            let digits = bytes.get(at..at.checked_add(width)?)?;
            let add = |number: u64, digit: &u8| number << 8 | u64::from(*digit);
            Some(if self.is_little {
                digits.iter().rev().fold(0, add)
            } else {
                digits.iter().fold(0, add)
            })
        }
    }

    pub(super) fn is_tiff(head: &[u8]) -> bool {
        Layout::of(head).is_some()
    }

    /// Where the description of each page begins; none for another file.
    pub(super) fn pages(bytes: &[u8]) -> Vec<u64> {
        let Some(layout) = Layout::of(bytes) else { return Vec::new() };
        let (width, first) = layout.place();
        let mut chain = Vec::new();
        let mut seen = HashSet::new();
        let mut next = layout.number(bytes, first, width);
        // A chain can be made to lead back.
        while let Some(place) = next.filter(|place| *place > 0 && chain.len() < MAX_CHAIN)
            && seen.insert(place)
        {
            chain.push(place);
            next =
                layout.fields(bytes, place).and_then(|(_, end)| layout.number(bytes, end, width));
        }
        let is_copy = |place: &u64| {
            let purpose = layout.value(bytes, *place, PURPOSE);
            purpose.is_some_and(|purpose| purpose & SMALLER_COPY != 0)
        };
        let pages: Vec<u64> = chain.iter().copied().filter(|place| !is_copy(place)).collect();
        if pages.is_empty() { chain } else { pages }
    }

    /// Makes a page the first one; nothing happens to another file.
    pub(super) fn begin_with(bytes: &mut [u8], place: u64) {
        let Some(layout) = Layout::of(bytes) else { return };
        let (width, first) = layout.place();
        let digits = if layout.is_little { place.to_le_bytes() } else { place.to_be_bytes() };
        let digits = match (layout.is_little, width as usize) {
            (true, width) => &digits[..width],
            (false, width) => &digits[8 - width..],
        };
        if let Some(start) = bytes.get_mut(first as usize..(first + width) as usize)
            && place > 0
        {
            start.copy_from_slice(digits);
        }
    }
}

#[cfg(test)]
mod tests {
    use image::GrayImage;

    use super::*;
    use crate::model::FailureReason;
    use crate::recognise::Recogniser;

    const HOCR: &str = "<html><body><div class='ocr_page' title='bbox 0 0 100 100'>\
        <span class='ocr_line' title='bbox 10 10 90 20'>\
        <span class='ocrx_word' title='bbox 10 10 50 20; x_wconf 70'>渡口</span>\
        <span class='ocrx_word' title='bbox 50 10 90 20; x_wconf 50'>重开</span></span></div></body></html>";

    fn engine(answer: Result<String, PageFailure>) -> PageRecogniser {
        PageRecogniser::new(Some(Recogniser::fixed(answer, None)), "ab".to_owned())
    }

    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        GrayImage::from_pixel(8, 6, image::Luma([9]))
            .write_to(&mut bytes, format)
            .expect("encoded");
        bytes.into_inner()
    }

    /// A file of two pages: the second is the first once more.
    fn two_pages() -> Vec<u8> {
        let mut file = picture(ImageFormat::Tiff);
        let first = u32::from_le_bytes(file[4..8].try_into().expect("a place")) as usize;
        let count = u16::from_le_bytes(file[first..first + 2].try_into().expect("a count"));
        let end = first + 2 + usize::from(count) * 12;
        let second = file[first..end].to_vec();
        let place = (file.len() as u32).to_le_bytes();
        file[end..end + 4].copy_from_slice(&place);
        file.extend(second);
        file.extend([0; 4]);
        file
    }

    #[test]
    fn each_format_is_known_by_its_content_and_decoded() {
        let formats = [
            ImageFormat::Png,
            ImageFormat::Jpeg,
            ImageFormat::Tiff,
            ImageFormat::WebP,
            ImageFormat::Bmp,
        ];
        for format in formats {
            let mut bytes = if format == ImageFormat::WebP {
                let mut bytes = Cursor::new(Vec::new());
                let page = DynamicImage::ImageLuma8(GrayImage::from_pixel(8, 6, image::Luma([9])));
                page.to_rgb8().write_to(&mut bytes, format).expect("encoded");
                bytes.into_inner()
            } else {
                picture(format)
            };
            assert_eq!(format_of(&bytes), Some(format));
            let pages = tiff_pages::pages(&bytes);
            let raster = raster(&mut bytes, pages.first().copied().unwrap_or(0)).expect("decoded");
            assert_eq!((raster.width(), raster.height()), (8, 6));
            assert!(raster.dots().iter().all(|dot| dot.abs_diff(9) < 3), "{format:?}");
        }
        assert!(
            !is_picture("文件以 PNG 开头".as_bytes()) && !is_picture(b"") && !is_picture(b"II")
        );
    }

    #[test]
    fn all_pages_of_a_tiff_file_are_read_with_their_numbers_and_confidence() {
        let mut pages = PicturePages::open(
            two_pages(),
            ReadingSettings::default(),
            engine(Ok(HOCR.to_owned())),
        );
        let found = pages.next_pages(1000);
        assert_eq!(found.iter().map(|page| page.number).collect::<Vec<_>>(), [1, 2]);
        let line = &found[1].blocks[0].lines[0];
        assert_eq!((line.text.as_str(), line.confidence), ("渡口重开", Some(60)));
        assert!(pages.next_pages(1000).is_empty());
        assert_eq!(pages.recogniser().used(), Some("fixed"));
        let doubtful = |page| FileWarning::DoubtfulPage { page, confidence: 60 };
        assert_eq!(pages.recogniser().warnings(), [doubtful(1), doubtful(2)]);
    }

    /// A file of one page in 8 by 6 dots, whose description has this field besides: number, type, value.
    fn with_field(field: [u16; 3]) -> Vec<u8> {
        let mut file = picture(ImageFormat::Tiff);
        let first = u32::from_le_bytes(file[4..8].try_into().expect("a place")) as usize;
        let count = u16::from_le_bytes(file[first..first + 2].try_into().expect("a count"));
        let end = first + 2 + usize::from(count) * 12;
        let [number, form, value] = field;
        let added = [number, form, 1, 0, value, 0].map(u16::to_le_bytes).concat();
        // Fields stand in the order of their numbers.
        let mut fields: Vec<Vec<u8>> =
            file[first + 2..end].chunks(12).map(<[u8]>::to_vec).chain([added]).collect();
        fields.sort_by_key(|field| u16::from_le_bytes([field[0], field[1]]));
        let place = (file.len() as u32).to_le_bytes();
        file.extend((count + 1).to_le_bytes());
        file.extend(fields.concat());
        file.extend([0; 4]);
        file[4..8].copy_from_slice(&place);
        file
    }

    #[test]
    fn pages_are_turned_as_they_were_held() {
        let first = |file: &[u8]| tiff_pages::pages(file)[0];
        let mut file = with_field([274, 3, 6]);
        let place = first(&file);
        let turned = raster(&mut file, place).expect("decoded");
        assert_eq!((turned.width(), turned.height()), (6, 8));
    }

    #[test]
    fn smaller_copies_of_a_page_are_no_pages() {
        let mut file = with_field([254, 4, 1]);
        let copy = tiff_pages::pages(&file)[0];
        // The page itself stands behind its copy.
        let page =
            u32::from_le_bytes(picture(ImageFormat::Tiff)[4..8].try_into().expect("a place"));
        let end = file.len() - 4;
        file[end..].copy_from_slice(&page.to_le_bytes());
        assert_eq!(tiff_pages::pages(&file), [u64::from(page)]);
        let alone = with_field([254, 4, 1]);
        assert_eq!(tiff_pages::pages(&alone), [copy], "there is nothing else");
        assert_eq!(tiff_pages::pages(&with_field([254, 4, 2])).len(), 1, "one page of several");
    }

    #[test]
    fn without_an_engine_pages_are_counted() {
        let nobody = PageRecogniser::new(None, "ab".to_owned());
        let mut pages = PicturePages::open(two_pages(), ReadingSettings::default(), nobody);
        assert!(pages.next_pages(1000).is_empty() && pages.recogniser().used().is_none());
        let warning = FileWarning::PagesWithoutText { count: 2, first: 1 };
        assert_eq!(pages.recogniser().warnings(), [warning]);
    }

    #[test]
    fn what_cannot_be_decoded_or_recognised_costs_its_page() {
        for file in
            [&two_pages()[..60], b"\x89PNG\r\n\x1a\n", b"II*\0\x08\0\0\0", b"MM\0+\0\x08\0\0\0"]
        {
            let mut pages = PicturePages::open(
                file.to_vec(),
                ReadingSettings::default(),
                engine(Ok(HOCR.to_owned())),
            );
            assert!(pages.next_pages(1000).is_empty());
            let warnings = pages.recogniser().warnings();
            assert!(
                matches!(
                    warnings[..],
                    [FileWarning::PagesNotRecognised { count: 1, first: 1, .. }]
                ),
                "{warnings:?}"
            );
        }
        let mut pages = PicturePages::open(
            two_pages(),
            ReadingSettings::default(),
            engine(Err(PageFailure::TooLong)),
        );
        assert!(pages.next_pages(1000).is_empty());
        let reason = FailureReason::TookTooLong { seconds: 300 };
        let warning = FileWarning::PagesNotRecognised { count: 2, first: 1, reason };
        assert_eq!(pages.recogniser().warnings(), [warning]);
    }

    #[test]
    fn a_chain_of_pages_that_leads_back_and_a_picture_without_end_are_bounded() {
        let mut file = two_pages();
        let first = file[4..8].to_vec();
        let end = file.len() - 4;
        file[end..].copy_from_slice(&first);
        assert_eq!(tiff_pages::pages(&file).len(), 2);
        // Descriptions that lie in each other, of more fields than there are.
        let mut file = b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0".to_vec();
        file.extend(5000_u64.to_le_bytes());
        file.resize(24 + 5000 * 20, 0);
        file.extend(24_u64.to_le_bytes());
        assert_eq!(tiff_pages::pages(&file), [16]);
        // A PNG file that says it is 60,000 dots wide and high.
        let mut file = picture(ImageFormat::Png);
        file[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let sum = crc32fast::hash(&file[12..29]).to_be_bytes();
        file[29..33].copy_from_slice(&sum);
        assert_eq!(raster(&mut file, 0), Err(PageFailure::TooLarge));
    }
}
