//! What a server answered (HTTP/1.1), and the page in it as a browser would have saved it.

use std::fs::File;
use std::io::{self, Read, Write};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::record::{CrawlRecord, MAX_HEADERS};
use crate::model::{CivilDate, FailureReason};
use crate::text::{decode, encoding_name};

/// Bytes of a page, as it was sent and when it is unpacked.
const MAX_PAGE: u64 = 64 << 20;

/// The head of an answer.
#[derive(Debug, Default)]
pub(super) struct HttpAnswer {
    pub(super) status: u16,
    /// Where its body begins.
    pub(super) body_at: usize,
    media_type: String,
    charset: Option<String>,
    is_chunked: bool,
    /// How the body is compressed, the last first.
    codings: Vec<String>,
}

impl HttpAnswer {
    /// From the beginning of an answer; `None` if it has no head.
    pub(super) fn of(begin: &[u8]) -> Option<Self> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let mut config = httparse::ParserConfig::default();
        config
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true);
        let Ok(httparse::Status::Complete(body_at)) = config.parse_response(&mut response, begin)
        else {
            return None;
        };
        let mut answer = Self { status: response.code?, body_at, ..Self::default() };
        for header in response.headers.iter() {
            let value = String::from_utf8_lossy(header.value).trim().to_ascii_lowercase();
            match header.name.to_ascii_lowercase().as_str() {
                "content-type" => {
                    let (kind, rest) = value.split_once(';').unwrap_or((&value, ""));
                    kind.trim().clone_into(&mut answer.media_type);
                    let charset = rest.split_once("charset=").map(|(_, label)| {
                        label.split(';').next().unwrap_or_default().trim_matches(['"', '\'', ' '])
                    });
                    answer.charset = charset.map(str::to_owned);
                }
                "transfer-encoding" => answer.is_chunked = value.ends_with("chunked"),
                "content-encoding" => {
                    answer.codings = value.rsplit(',').map(|one| one.trim().to_owned()).collect();
                }
                _ => {}
            }
        }
        Some(answer)
    }

    /// Whether it has a web page.
    pub(super) fn is_page(&self) -> bool {
        (200..300).contains(&self.status)
            && ["text/html", "application/xhtml+xml"].contains(&self.media_type.as_str())
    }

    /// The body without what it was packed in to be sent. Programs that make crawls often store it unpacked
    /// already and leave the head as it was, so what is not packed stays as it is.
    fn unpacked(&self, body: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut body = if self.is_chunked { joined(&body).unwrap_or(body) } else { body };
        for coding in &self.codings {
            body = match (coding.as_str(), &body[..]) {
                ("gzip" | "x-gzip", [0x1f, 0x8b, ..]) => whole(MultiGzDecoder::new(&body[..]))?,
                ("zstd", [0x28, 0xb5, 0x2f, 0xfd, ..]) => whole(zstd::Decoder::new(&body[..])?)?,
                ("deflate", [first, ..]) if first & 0x0f == 8 => {
                    whole(ZlibDecoder::new(&body[..]))?
                }
                ("deflate", _) if !is_text(&body) => whole(DeflateDecoder::new(&body[..]))?,
                ("br", _) if !is_text(&body) => {
                    whole(brotli_decompressor::Decompressor::new(&body[..], 64 << 10))?
                }
                _ => body,
            };
        }
        Ok(body)
    }
}

/// Writes the page that a record has an answer with, as a browser saves one: its address and its day stand
/// in a comment before it, and it is in UTF-8 if the answer says what it was in.
pub(super) fn write_page(
    record: &CrawlRecord,
    content: impl Read,
    to: &mut File,
) -> io::Result<()> {
    let content = whole(content)?;
    let answer =
        HttpAnswer::of(&content).ok_or_else(|| io::Error::other(FailureReason::Malformed))?;
    let body = answer.unpacked(content[answer.body_at..].to_vec())?;
    let address = record.address.replace('<', "%3C").replace('>', "%3E");
    let length = address.len();
    let day = record.date.get(..10).and_then(|day| day.parse::<CivilDate>().ok());
    let day = day.map(|day| day.strftime(" saved date: %a %b %d %Y").to_string());
    let day = day.unwrap_or_default();
    let charset = answer.charset.as_deref().and_then(encoding_name);
    if charset.is_some() {
        // What the answer says of its encoding weighs more than what is said of the whole crawl.
        to.write_all("\u{feff}".as_bytes())?;
    }
    write!(to, "<!-- saved from url=({length:04}){address}{day} -->")?;
    match charset.filter(|_| std::str::from_utf8(&body).is_err()) {
        Some(charset) => to.write_all(decode(&body, Some(charset)).text.as_bytes()),
        None => to.write_all(&body),
    }
}

/// The chunks of a body put together; `None` if it has none.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest) else {
            // A body that breaks off between chunks is all that was received.
            return (!joined.is_empty()).then_some(joined);
        };
        let size = usize::try_from(size).ok()?;
        if size == 0 {
            return Some(joined);
        }
        let chunk = rest.get(start..)?;
        joined.extend_from_slice(&chunk[..size.min(chunk.len())]);
        rest = chunk.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").unwrap_or(rest);
    }
}

/// Whether bytes are text, so that nothing is to be unpacked.
fn is_text(bytes: &[u8]) -> bool {
    let begin = bytes.get(..1024).unwrap_or(bytes);
    begin.trim_ascii_start().starts_with(b"<")
}

/// All of it, if that is not too much.
fn whole(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_PAGE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_PAGE {
        return Err(io::Error::other(FailureReason::TooManyBytes { megabytes: MAX_PAGE >> 20 }));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Seek;

    use encoding_rs::GBK;

    use super::*;

    #[test]
    fn what_an_answer_says_of_its_encoding_weighs_more_than_what_is_said_of_the_crawl() {
        let record = CrawlRecord::of(b"WARC-Target-URI: http://a.example/1\r\n\r\n");
        let body = "<html><body><p>渡口今日复航。</p></body></html>";
        let (gbk, _, _) = GBK.encode(body);
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
        for (charset, body) in
            [("; charset=gbk", &gbk[..]), ("; charset=utf-8", body.as_bytes()), ("", &gbk[..])]
        {
            let answer = [head.as_bytes(), charset.as_bytes(), b"\r\n\r\n", body].concat();
            let mut page = tempfile::tempfile().expect("a file");
            write_page(&record, &answer[..], &mut page).expect("written");
            page.rewind().expect("a file");
            let mut bytes = Vec::new();
            page.read_to_end(&mut bytes).expect("read");
            let text = decode(&bytes, Some("gb18030")).text;
            assert!(text.contains("渡口今日复航。"), "{charset}: {text}");
        }
    }
}
