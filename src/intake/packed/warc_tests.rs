//! Crawls as programs write them, and as nobody should.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::zipped_tests::told_of_archive;
use crate::intake::{Chunk, Config, ReadOutcome, ReadReport, WalkResult, read, walk};
use crate::model::{FileWarning, SourceText};

fn record(kind: &str, address: &str, content_type: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <{address}>\r\nWARC-Date: \
         2023-02-11T03:04:05Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

/// What a server answered: lines of its head, and the body.
fn answer(address: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let content = [head.replace('\n', "\r\n").as_bytes(), b"\r\n\r\n", body].concat();
    record("response", address, "application/http; msgtype=response", &content)
}

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><title>x</title></head><body>\n<p>{body}</p></body></html>"
    )
}

const HTML: &str = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8";

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).expect("written");
    gzip.finish().expect("complete")
}

fn walk_of(name: &str, bytes: &[u8]) -> (tempfile::TempDir, WalkResult) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    let walked = walk(folder.path(), &[]);
    (folder, walked)
}

fn texts(folder: &Path) -> Vec<(String, Option<SourceText>, ReadReport)> {
    let files = walk(folder, &[]).files;
    let texts = files.iter().map(|file| {
        let mut reader = read(file, &Config::default());
        let text = reader.next().map(|chunk| match chunk {
            Chunk::Text(text) => *text,
            Chunk::Articles(_) => panic!("a text was expected"),
        });
        (file.source.clone(), text, reader.finish())
    });
    texts.collect()
}

#[test]
fn a_crawl_is_a_folder_of_its_pages() {
    let records = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record(
            "request",
            "http://a.example/",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        answer("http://a.example/2023-02/10/1.html", HTML, page("渡口今日复航。").as_bytes()),
        answer("http://a.example/2023-02/10/1.html", HTML, page("渡口明日停航。").as_bytes()),
        answer(
            "http://a.example/old.html",
            "HTTP/1.1 404 Not Found\nContent-Type: text/html",
            b"<p>x</p>",
        ),
        answer("http://a.example/x.png", "HTTP/1.1 200 OK\nContent-Type: image/png", b"x"),
        record("response", "dns:a.example", "text/dns", b"1.2.3.4"),
        record("conversion", "http://a.example/1", "text/plain", "复航".as_bytes()),
        record("conversion", "http://a.example/2", "text/plain", "停航".as_bytes()),
        record("metadata", "http://a.example/2", "text/plain", b"x"),
        record("x.y", "http://a.example/2", "text/plain", b"x"),
    ];
    let whole: Vec<u8> = records.concat();
    let packed: Vec<u8> = records.iter().flat_map(|record| gzipped(record)).collect();
    // Two records in each piece.
    let pairs: Vec<u8> = records.chunks(2).flat_map(|pair| gzipped(&pair.concat())).collect();
    for (name, bytes) in [("c.warc", whole), ("c.warc.gz", packed), ("c.WARC.GZ", pairs)] {
        let (folder, walked) = walk_of(name, &bytes);
        assert!(walked.warnings.is_empty(), "{walked:?}");
        let other: Vec<(&str, u64)> =
            walked.other.iter().map(|(kind, &count)| (kind.as_str(), count)).collect();
        let expected = [
            ("http-404", 1),
            ("png", 1),
            ("warc-conversion", 2),
            ("warc-other", 1),
            ("warc-response", 1),
        ];
        assert_eq!(other, expected);
        let texts = texts(folder.path());
        let found: Vec<(&str, &str)> = texts
            .iter()
            .map(|(source, text, _)| (source.as_str(), text.as_ref().expect("read").text.trim()))
            .collect();
        let first = format!("{name}/a.example/2023-02/10/1.html");
        let second = format!("{first}@2023-02-11T03:04:05Z");
        assert_eq!(found, [(first.as_str(), "渡口今日复航。"), (&second, "渡口明日停航。")]);
        let (_, Some(text), report) = &texts[0] else { panic!("a text") };
        assert_eq!(text.meta.url.as_deref(), Some("http://a.example/2023-02/10/1.html"));
        assert_eq!(text.meta.accessed.map(|day| day.to_string()).as_deref(), Some("2023-02-11"));
        assert_eq!(text.lines[0].number, 3, "the line of the page as it was sent");
        assert_eq!((report.outcome, &report.warnings[..]), (ReadOutcome::Read, &[][..]));
        assert_eq!(walked.files[0].content_hash().expect("read"), report.hash);
    }
}

#[test]
fn bodies_are_unpacked_however_they_were_sent_or_stored() {
    let html = page("水位已退到警戒线以下。");
    let bytes = html.as_bytes();
    let chunked = |bytes: &[u8]| {
        let chunks = bytes
            .chunks(20)
            .map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
        [chunks.collect::<Vec<_>>().concat(), b"0\r\n\r\n".to_vec()].concat()
    };
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(bytes).expect("written");
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(bytes).expect("written");
    let (gbk, _, _) = encoding_rs::GBK.encode(&html);
    // As Brotli has what it does not compress.
    let brotli = stored_brotli(bytes);
    let sent: [(&str, Vec<u8>); 9] = [
        ("Transfer-Encoding: chunked", chunked(bytes)),
        ("Transfer-Encoding: chunked", bytes.to_vec()),
        ("Content-Encoding: gzip", gzipped(bytes)),
        ("Content-Encoding: gzip", bytes.to_vec()),
        ("Transfer-Encoding: chunked\nContent-Encoding: gzip", chunked(&gzipped(bytes))),
        ("Content-Encoding: deflate", zlib.finish().expect("complete")),
        ("Content-Encoding: deflate", deflated.finish().expect("complete")),
        ("Content-Encoding: br", brotli),
        ("Content-Encoding: zstd", zstd::encode_all(bytes, 0).expect("complete")),
    ];
    for (head, body) in sent {
        let crawl = answer("https://a.example/", &format!("{HTML}\n{head}"), &body);
        let (folder, _) = walk_of("c.warc", &crawl);
        let (source, text, report) = texts(folder.path()).pop().expect("a page");
        assert_eq!(source, "c.warc/a.example");
        assert_eq!(text.expect("read").text.trim(), "水位已退到警戒线以下。", "{head}");
        assert!(report.warnings.is_empty());
    }
    let crawl = answer("https://a.example/", &HTML.replace("utf-8", "gb2312"), &gbk);
    let (folder, _) = walk_of("c.warc", &crawl);
    assert_eq!(
        texts(folder.path())[0].1.as_ref().expect("read").text.trim(),
        "水位已退到警戒线以下。"
    );
}

/// Bytes in the form of Brotli (RFC 7932), uncompressed.
fn stored_brotli(bytes: &[u8]) -> Vec<u8> {
    assert!(bytes.len() < 1 << 16);
    // The window (1 bit), not the last block (1), four nibbles of its length (2), the length less one (16),
    // and that it is as it stands (1); then the empty last block.
    let header = ((bytes.len() as u32 - 1) << 4) | (1 << 20);
    let header = header.to_le_bytes();
    [&header[..3], bytes, &[3]].concat()
}

#[test]
fn what_stands_before_damage_is_read() {
    let good = answer("https://a.example/1", HTML, page("一页好的。").as_bytes());
    let bad = answer("https://a.example/2", HTML, page("断掉的一页。").as_bytes());
    let torn = [&good[..], &bad[..bad.len() - 60]].concat();
    let packed = [gzipped(&good), gzipped(&bad)[..60].to_vec()].concat();
    let nonsense = [&good[..], b"nothing that anybody wrote\r\n\r\n"].concat();
    let endless = [&good[..], b"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\nx"].concat();
    let headless = [&good[..], b"WARC/1.0\r\n", &vec![b'x'; 100_000]].concat();
    let crawls = [("c.warc", torn), ("c.warc.gz", packed), ("c.warc", nonsense)];
    for (name, bytes) in crawls.into_iter().chain([("c.warc", endless), ("c.warc", headless)]) {
        let (folder, walked) = walk_of(name, &bytes);
        assert!(matches!(told_of_archive(&walked), FileWarning::Unreadable { .. }));
        let texts = texts(folder.path());
        assert_eq!(texts.len(), 2, "and the crawl itself");
        assert_eq!(texts[1].1.as_ref().expect("read").text.trim(), "一页好的。");
        assert!(!walked.covers(&format!("{name}/a.example/2")));
    }
}

#[test]
fn crawls_and_pages_without_end_are_cut_off() {
    let blanks = vec![b' '; 80 << 20];
    // A page that unpacks to more than a page has.
    let body = gzipped(&blanks);
    let crawl = answer("https://a.example/", &format!("{HTML}\nContent-Encoding: gzip"), &body);
    let (folder, walked) = walk_of("c.warc", &crawl);
    assert!(walked.warnings.is_empty());
    let (_, text, report) = texts(folder.path()).pop().expect("a page");
    assert!(text.is_none() && report.outcome == ReadOutcome::Unreadable, "{report:?}");
    // A record that is larger than its file may be.
    let crawl = gzipped(&answer("https://a.example/", HTML, &blanks));
    let (_folder, walked) = walk_of("c.warc.gz", &crawl);
    assert!(matches!(told_of_archive(&walked), FileWarning::Unreadable { .. }));
    // One piece with everything.
    let letters = vec![b'x'; 70 << 20];
    let good = answer("https://a.example/1", HTML, page("开头的一页。").as_bytes());
    let crawl =
        [&good[..], &answer("https://a.example/2", "HTTP/1.1 200 OK", &letters), &good].concat();
    let mut stored = GzEncoder::new(Vec::new(), Compression::none());
    stored.write_all(&crawl).expect("written");
    let (_folder, walked) = walk_of("c.warc.gz", &stored.finish().expect("complete"));
    assert_eq!(walked.files.len(), 2);
    assert_eq!(told_of_archive(&walked), FileWarning::CrawlInOnePiece { megabytes: 64 });
}
