//! How a file is read, where `corpus.toml` says so.

use crate::model::FileWarning;

/// What `corpus.toml` says of the way in which a file is read. All that decides what its text is must
/// be a part of it: a file whose settings change is read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingSettings {
    /// The pages that are read, of a file that has pages; `None` for all.
    pub pages: Option<PageRanges>,
    /// Whether a web page is read without what surrounds its main text.
    pub main_text: bool,
    /// Whether the text that pages of PDF files, and scanned ones of OFD files, set is read; they are recognised
    /// otherwise.
    pub text_layer: bool,
}

impl Default for ReadingSettings {
    fn default() -> Self {
        Self { pages: None, main_text: true, text_layer: true }
    }
}

impl ReadingSettings {
    /// Whether a page is read; pages are counted from 1.
    pub(super) fn takes(&self, page: u32) -> bool {
        self.pages.as_ref().is_none_or(|pages| pages.contains(page))
    }

    /// What is to be said where so many of all pages were left out.
    pub(super) fn left_out(count: u64, all: u64) -> Option<FileWarning> {
        match count {
            0 => None,
            _ if count >= all => Some(FileWarning::NoPageRead { count }),
            _ => Some(FileWarning::PagesLeftOut { count }),
        }
    }
}

/// Pages of a file, as in `1-4,7,9-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRanges(Vec<(u32, u32)>);

impl PageRanges {
    /// Pages and ranges of them with commas between; a range may lack its end. `None` for anything
    /// else, such as page 0 and a range that ends before it begins.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let page = |digits: &str| digits.trim().parse::<u32>().ok().filter(|&page| page > 0);
        let range = |part: &str| match part.split_once('-') {
            None => page(part).map(|page| (page, page)),
            Some((first, last)) if last.trim().is_empty() => Some((page(first)?, u32::MAX)),
            Some((first, last)) => Some((page(first)?, page(last)?)),
        };
        let ranges: Option<Vec<_>> =
            text.split([',', '，']).map(|part| range(part).filter(|(a, b)| a <= b)).collect();
        ranges.map(Self)
    }

    fn contains(&self, page: u32) -> bool {
        self.0.iter().any(|(first, last)| (first..=last).contains(&&page))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_single_ones_and_ranges_whose_end_may_be_missing() {
        let pages = PageRanges::parse("1-2, 4，7-").expect("pages");
        let taken: Vec<u32> = (1..=9).filter(|&page| pages.contains(page)).collect();
        assert_eq!(taken, [1, 2, 4, 7, 8, 9]);
        for wrong in ["", "0", "3-2", "-3", "a", "1,,2", "1-2-3", "4294967296"] {
            assert_eq!(PageRanges::parse(wrong), None, "{wrong}");
        }
        assert!(ReadingSettings::default().takes(1));
    }
}
