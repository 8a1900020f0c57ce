//! Files that are made to exhaust whoever reads them.

use std::path::{Path, PathBuf};

use crate::made::{gzipped, written};
use crate::packages::{docx, ofd_of, package};

/// A folder for each, with what is in it.
pub fn files(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let blanks = " ".repeat(300 << 20);
    let part = |name: &str, content: &str| (name.to_owned(), content.to_owned());
    let page = |objects: &str| {
        format!("<ofd:Page><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>")
    };
    let object = |text: &str| {
        format!(
            "<ofd:TextObject Boundary='9 9 9 9' Size='4'><ofd:TextCode Y='4'>{text}</ofd:TextCode></ofd:TextObject>"
        )
    };
    let unit = "<ofd:CompositeObject ResourceID='1' Boundary='0 0 1 1'/>".repeat(5_000);
    let page_of_crawl = |head: &str, body: &[u8]| {
        let answer =
            [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", head.as_bytes(), b"\r\n", body]
                .concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: \
             application/http\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        [head.as_bytes(), &answer, b"\r\n\r\n"].concat()
    };
    let areas = "<div TYPE='ARTICLE'><fptr><area FILEID='a' BEGIN='b'/></fptr>".repeat(200_000);
    let nested = "<div>".repeat(400_000);
    let made: Vec<(&'static str, &str, Vec<u8>)> = vec![
        ("DOCX whose text is 300 MB of blanks", "a.docx", docx(std::slice::from_ref(&blanks))),
        (
            "OFD with a page of 300 MB of blanks",
            "a.ofd",
            ofd_of(&[page(&object("前")), blanks.clone()]),
        ),
        (
            "OFD with a page of two million glyphs",
            "a.ofd",
            ofd_of(&[page(&object(&"字".repeat(2_000_000)))]),
        ),
        ("OFD whose units show themselves", "a.ofd", ofd_of(&[page(&unit)])),
        ("OFD of 100,000 empty pages", "a.ofd", {
            let root = "<OFD><DocRoot>Document.xml</DocRoot></OFD>";
            let pages = "<Page BaseLoc='p.xml'/>".repeat(100_000);
            let document = format!("<Document><Pages>{pages}</Pages></Document>");
            package(&[
                part("OFD.xml", root),
                part("Document.xml", &document),
                part("p.xml", &page("")),
            ])
        }),
        ("ZIP of 300 MB of blanks", "a.zip", package(&[part("a.txt", &blanks)])),
        ("TAR, compressed, of 300 MB of blanks", "a.tar.gz", gzipped(blanks.as_bytes())),
        ("TAR that is not one", "a.tar", blanks.as_bytes()[..1 << 20].to_vec()),
        (
            "WARC, compressed, with a page of 300 MB",
            "a.warc.gz",
            gzipped(&page_of_crawl("", blanks.as_bytes())),
        ),
        ("WARC with a page that unpacks to 300 MB", "a.warc", {
            page_of_crawl("Content-Encoding: gzip\r\n", &gzipped(blanks.as_bytes()))
        }),
        ("METS of 200,000 articles within each other", "a-mets.xml", {
            format!("<mets><structMap TYPE='LOGICAL'>{areas}").into_bytes()
        }),
        (
            "HTML of 400,000 elements within each other",
            "a.html",
            format!("<html>{nested}x</html>").into_bytes(),
        ),
        (
            "PDF that is cut off",
            "a.pdf",
            b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>".to_vec(),
        ),
    ];
    let mut folders: Vec<(&'static str, PathBuf)> = Vec::new();
    for (at, (what, name, bytes)) in made.into_iter().enumerate() {
        folders.push((what, written(&folder.join(format!("hostile-{at}")), name, &bytes)));
    }
    folders
}
