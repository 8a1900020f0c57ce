//! Which picture a file of pages was read from, as it states.

use std::sync::LazyLock;

use regex::Regex;

use super::xml::{Wants, XmlItem, each_item};
use super::{ScanFormat, format_of};

/// What a file says of its pages.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::intake) struct StatedImages {
    /// The picture of each page, in order; of ALTO the one of all.
    names: Vec<Option<String>>,
}

impl StatedImages {
    /// What a file says; `None` if it is no file of pages.
    pub(in crate::intake) fn of(text: &str) -> Option<Self> {
        let names = match format_of(text)? {
            ScanFormat::Alto => vec![file_name(text)],
            ScanFormat::PageXml => image_filenames(text),
            ScanFormat::Hocr => images(text),
            // Its pages are those of other files (`issue_pages`).
            ScanFormat::Mets => Vec::new(),
        };
        Some(Self { names })
    }

    /// The name of the picture of a page, counted from 1.
    pub(in crate::intake) fn name(&self, page: u32) -> Option<&str> {
        self.names.get(page.checked_sub(1)? as usize)?.as_deref()
    }
}

/// `sourceImageInformation/fileName` of ALTO.
fn file_name(text: &str) -> Option<String> {
    let mut within = Vec::new();
    let mut name = String::new();
    let read = each_item(text, |item| {
        match item {
            XmlItem::Open(element) if element.name == "Layout" => return Wants::Nothing,
            XmlItem::Open(element) => within.push(element.name),
            XmlItem::Close(_) => drop(within.pop()),
            XmlItem::Text(text) => {
                if let [.., above, own] = &within[..]
                    && above == "sourceImageInformation"
                    && own == "fileName"
                {
                    name.push_str(text);
                }
            }
        }
        Wants::More
    });
    // What stands before a fault counts.
    let _ = read;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// `Page@imageFilename` of PAGE XML.
fn image_filenames(text: &str) -> Vec<Option<String>> {
    let mut names = Vec::new();
    let read = each_item(text, |item| {
        if let XmlItem::Open(element) = item
            && element.name == "Page"
        {
            names.push(element.attribute("imageFilename"));
        }
        Wants::More
    });
    let _ = read;
    names
}

/// `image "page.png"` in the titles of the pages of hOCR.
fn images(text: &str) -> Vec<Option<String>> {
    static PAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"<[^<>]*\bocr_page\b[^<>]*>"));
    static IMAGE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"\bimage\s+(?:"|'|&quot;|&#39;)?([^"';&<>]+)"#));
    let of_page = |page: regex::Match<'_>| {
        let image = IMAGE.captures(page.as_str())?.get(1)?.as_str().trim();
        (!image.is_empty()).then(|| image.to_owned())
    };
    PAGE.find_iter(text).map(of_page).collect()
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<Option<String>> {
        StatedImages::of(text).expect("pages").names
    }

    #[test]
    fn each_format_states_its_picture_in_its_own_way() {
        let alto = "<alto><Description><sourceImageInformation><fileName> a&amp;b.tif </fileName>\
            </sourceImageInformation></Description><Layout><Page/></Layout></alto>";
        assert_eq!(names(alto), [Some("a&b.tif".to_owned())]);
        let page = "<PcGts><Page imageFilename='p/1.jpg'/><Page/></PcGts>";
        assert_eq!(names(page), [Some("p/1.jpg".to_owned()), None]);
        let hocr = "<html><body><div class='ocr_page' title='image \"scan 1.png\"; bbox 0 0 9 9'></div>\
            <div title=\"bbox 0 0 9 9; image 2.png; ppageno 1\" class=\"ocr_page\"></div>\
            <div class='ocr_page' title='bbox 0 0 9 9'></div></body></html>";
        assert_eq!(names(hocr), [Some("scan 1.png".to_owned()), Some("2.png".to_owned()), None]);
        assert_eq!(StatedImages::of("渡口开渡。"), None);
    }

    #[test]
    fn what_stands_before_a_fault_counts() {
        assert_eq!(names("<PcGts><Page imageFilename='1.jpg'><"), [Some("1.jpg".to_owned())]);
        assert_eq!(names("<alto><Description>"), [None]);
    }
}
