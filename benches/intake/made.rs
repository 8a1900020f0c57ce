//! One text in each format.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::packages;

const SENTENCES: [&str; 6] = [
    "县水利站近日完成了春灌前的渠道检修，二十三条支渠全部清淤。",
    "负责巡渠的老李说，往年开闸以后总有三五处漏水，今年提前半个月查了一遍。",
    "木船在码头上过了秤，装卸工人把新打的缆绳一捆捆码在岸边。",
    "镇上的图书室添了两排书架，周末有三十多个孩子来看书。",
    "渡口的老槐树下摆起了茶摊，过路的人歇一歇脚再上船。",
    "会议要求各乡镇把登记簿送到站里，逾期不候。",
];

/// Paragraphs with a headline before every fifth.
pub fn paragraphs(count: usize) -> Vec<String> {
    let mut random = fastrand::Rng::with_seed(7);
    let paragraph = |n: usize| {
        if n.is_multiple_of(5) {
            return format!("第{}批渠道检修完工", n / 5 + 1);
        }
        (0..4).map(|_| SENTENCES[random.usize(..SENTENCES.len())]).collect()
    };
    (0..count).map(paragraph).collect()
}

/// A folder for each format, with its name.
pub fn files(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let text = paragraphs(48_000);
    let some = &text[..12_000];
    let plain = text.join("\n\n");
    let html = html(&text[..4_000]);
    let pages: Vec<String> = some.chunks(20).map(self::html).collect();
    let crawl: Vec<Vec<u8>> = pages.iter().enumerate().map(|(n, page)| record(n, page)).collect();
    let tape = tape(some);
    let letter = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(&plain);
    let newspaper = fs::read("tests/layout/newspaper.pdf").expect("a page");
    let made: Vec<(&'static str, &str, Vec<u8>)> = vec![
        ("plain text, UTF-8", "a.txt", plain.clone().into_bytes()),
        ("plain text, GB18030", "a.txt", gbk.into_owned()),
        ("HTML", "a.html", html.clone().into_bytes()),
        ("MHTML", "a.mhtml", format!("{letter}{html}").into_bytes()),
        ("WARC, 600 pages", "a.warc", crawl.concat()),
        (
            "WARC, compressed",
            "a.warc.gz",
            crawl.iter().flat_map(|record| gzipped(record)).collect(),
        ),
        ("DOCX", "a.docx", packages::docx(&text)),
        ("ODT", "a.odt", packages::odt(&text)),
        ("EPUB", "a.epub", packages::epub(&pages)),
        ("OFD, 300 pages", "a.ofd", packages::ofd(some, 300)),
        ("ALTO", "a.xml", alto(some).into_bytes()),
        ("PAGE XML", "a.xml", page_xml(some).into_bytes()),
        ("hOCR", "a.hocr", hocr(some).into_bytes()),
        ("PDF, one page of a newspaper", "a.pdf", newspaper),
        ("ZIP of 600 texts", "a.zip", packages::zip_of(some)),
        ("TAR of 600 texts", "a.tar", tape.clone()),
        ("TAR, compressed", "a.tar.gz", gzipped(&tape)),
    ];
    let mut folders: Vec<(&'static str, PathBuf)> = Vec::new();
    for (at, (format, name, bytes)) in made.into_iter().enumerate() {
        folders.push((format, written(&folder.join(format!("made-{at}")), name, &bytes)));
    }
    folders
}

/// A folder with a file.
pub fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join(name), bytes).expect("written");
    folder.to_owned()
}

pub fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).expect("written");
    gzip.finish().expect("complete")
}

fn html(paragraphs: &[String]) -> String {
    let body: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>渠道</title></head><body>{body}</body></html>"
    )
}

/// A record of a crawl.
fn record(number: usize, page: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{number}.html\r\nWARC-Date: \
         2023-02-10T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n\
         {answer}\r\n\r\n",
        answer.len()
    );
    record.into_bytes()
}

fn tape(paragraphs: &[String]) -> Vec<u8> {
    let mut tape = tar::Builder::new(Vec::new());
    for (number, page) in paragraphs.chunks(20).enumerate() {
        let text = page.join("\n\n");
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        tape.append_data(&mut header, format!("{number}.txt"), text.as_bytes()).expect("written");
    }
    tape.into_inner().expect("complete")
}

/// Lines of twenty characters, forty on a page, with their places.
fn lines(paragraphs: &[String]) -> Vec<Vec<String>> {
    let lines = paragraphs.iter().flat_map(|text| {
        let characters: Vec<char> = text.chars().collect();
        characters.chunks(20).map(|line| line.iter().collect()).collect::<Vec<String>>()
    });
    let lines: Vec<String> = lines.collect();
    lines.chunks(40).map(<[String]>::to_vec).collect()
}

fn alto(paragraphs: &[String]) -> String {
    let mut file = "<alto><Layout>".to_owned();
    for page in lines(paragraphs) {
        file += "<Page WIDTH='1000' HEIGHT='1400'><PrintSpace><TextBlock>";
        for (row, line) in page.iter().enumerate() {
            let place = format!("HPOS='100' VPOS='{}' WIDTH='500' HEIGHT='25'", 100 + 30 * row);
            let _ = write!(
                file,
                "<TextLine {place}><String {place} CONTENT='{line}' WC='0.9'/></TextLine>"
            );
        }
        file += "</TextBlock></PrintSpace></Page>";
    }
    file + "</Layout></alto>"
}

fn page_xml(paragraphs: &[String]) -> String {
    let mut file = "<PcGts>".to_owned();
    for page in lines(paragraphs) {
        file += "<Page imageWidth='1000' imageHeight='1400'><TextRegion>";
        for (row, line) in page.iter().enumerate() {
            let (top, bottom) = (100 + 30 * row, 125 + 30 * row);
            let _ = write!(
                file,
                "<TextLine><Coords points='100,{top} 600,{top} 600,{bottom} 100,{bottom}'/><TextEquiv>\
                 <Unicode>{line}</Unicode></TextEquiv></TextLine>"
            );
        }
        file += "</TextRegion></Page>";
    }
    file + "</PcGts>"
}

fn hocr(paragraphs: &[String]) -> String {
    let mut file = "<html><head><meta name='ocr-system' content='x'/></head><body>".to_owned();
    for page in lines(paragraphs) {
        file += "<div class='ocr_page' title='bbox 0 0 1000 1400'><div class='ocr_carea'>";
        for (row, line) in page.iter().enumerate() {
            let (top, bottom) = (100 + 30 * row, 125 + 30 * row);
            let _ = write!(
                file,
                "<span class='ocr_line' title='bbox 100 {top} 600 {bottom}'><span class='ocrx_word' \
                 title='bbox 100 {top} 600 {bottom}; x_wconf 90'>{line}</span></span>"
            );
        }
        file += "</div></div>";
    }
    file + "</body></html>"
}
