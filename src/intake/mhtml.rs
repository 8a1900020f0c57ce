//! Reads web pages that were saved with all that belongs to them in one file (MHTML, RFC 2557).

use mailparse::{MailHeaderMap, ParsedMail};

use super::html;
use super::nesting::bounded;
use super::office::damaged;
use super::reading::ReadingSettings;
use crate::model::{CivilDate, FileWarning, SourceMeta, SourceText};
use crate::text::{decode, encoding_name};

/// Whether a file begins with the head of a letter that carries a page. A text can begin with a letter as
/// well, but hardly one of this type.
pub(super) fn is_saved_page(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let Ok((headers, _)) = mailparse::parse_headers(head) else { return false };
    let of = |name| headers.get_first_value(name).unwrap_or_default().trim().to_lowercase();
    let kind = of("Content-Type");
    let is_page = kind.starts_with("multipart/related") || kind.starts_with("text/html");
    is_page && !of("MIME-Version").is_empty()
}

/// Reads the text of a saved page: of the page itself; if that only says how others are placed in it,
/// of those, in the order in which they were saved.
///
/// # Errors
/// When there is no page in it, or a part is damaged.
pub(super) fn read(
    bytes: &[u8],
    hint: Option<&str>,
    settings: &ReadingSettings,
    meta: &mut SourceMeta,
    text: &mut String,
) -> Result<(), FileWarning> {
    let letter = mailparse::parse_mail(bytes).map_err(|error| damaged(&error))?;
    let mut pages: Vec<&ParsedMail<'_>> = letter.parts().filter(|part| is_page(part)).collect();
    // The page itself comes first, unless the letter names another part.
    let start = letter.ctype.params.get("start");
    let is_start = |part: &&ParsedMail<'_>| {
        start.is_some() && part.headers.get_first_value("Content-ID").as_ref() == start
    };
    if let Some(at) = pages.iter().position(is_start) {
        pages.swap(0, at);
    }
    let Some((first, others)) = pages.split_first() else { return Err(FileWarning::NoSavedPage) };
    *text = text_of(first, hint, settings, meta)?;
    if text.trim().is_empty() {
        for part in others {
            // What they say of themselves does not hold for all.
            text.push_str(&text_of(part, hint, settings, &mut SourceMeta::default())?);
            text.push('\n');
        }
    }
    let header = |name| letter.headers.get_first_value(name);
    let of_part = || first.headers.get_first_value("Content-Location");
    let address = header("Snapshot-Content-Location").or_else(of_part);
    let address = address.filter(|address| html::is_address(address));
    meta.url = meta.url.take().or(address);
    meta.accessed = meta.accessed.or(header("Date").and_then(|date| day_of(&date)));
    Ok(())
}

/// The day of a date in the form of RFC 5322, where it was written.
fn day_of(date: &str) -> Option<CivilDate> {
    jiff::fmt::rfc2822::parse(date.trim()).ok().map(|time| time.date())
}

fn is_page(part: &ParsedMail<'_>) -> bool {
    ["text/html", "application/xhtml+xml"].contains(&part.ctype.mimetype.as_str())
}

fn text_of(
    part: &ParsedMail<'_>,
    hint: Option<&str>,
    settings: &ReadingSettings,
    meta: &mut SourceMeta,
) -> Result<String, FileWarning> {
    let bytes = part.get_body_raw().map_err(|error| damaged(&error))?;
    let stated = || part.ctype.params.get("charset").and_then(|label| encoding_name(label));
    let hint = hint.or_else(stated).or_else(|| html::charset(&bytes));
    let page = SourceText::from_text("", decode(&bytes, hint).text);
    let (html, _) = bounded(&page.text);
    Ok(html::main_text(&page, &html, settings, meta).text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::{Chunk, Config, ReadOutcome, ReadReport, read as read_file, walk};

    fn read_as(name: &str, letter: &[u8]) -> (Option<SourceText>, ReadReport) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), letter).expect("written");
        let walked = walk(folder.path(), &[]);
        let mut reader = read_file(&walked.files[0], &Config::default());
        let text = reader.next().map(|chunk| match chunk {
            Chunk::Text(text) => *text,
            Chunk::Articles(_) => panic!("a text was expected"),
        });
        (text, reader.finish())
    }

    const HEAD: &str = "From: <Saved by Blink>\r\n\
        Snapshot-Content-Location: https://example.cn/a.html\r\n\
        Subject: =?utf-8?Q?=E6=B8=A1?=\r\n\
        Date: Tue, 5 Mar 2024 23:30:00 -0000\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--x--\"\r\n\r\n";

    #[test]
    fn a_page_as_a_browser_saves_it_is_read_with_its_address_and_its_day() {
        let letter = format!(
            "{HEAD}----x--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
             Content-Location: https://example.cn/a.html\r\n\r\n\
             <html><body><h1>=E6=B8=A1=E5=8F=\r\n=A3</h1><p>=E5=BC=80=E8=88=B9=E3=80=82</p></body></html>\r\n\
             ----x--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
             ----x--\r\nContent-Type: text/html\r\n\r\n<p>advertisement</p>\r\n----x----\r\n"
        );
        for name in ["a.mhtml", "a.mht", "a.txt"] {
            let (text, report) = read_as(name, letter.as_bytes());
            let text = text.expect("a text");
            assert_eq!(text.text, "# 渡口\n\n开船。\n");
            assert_eq!(text.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2, 3]);
            assert_eq!(text.meta.url.as_deref(), Some("https://example.cn/a.html"));
            assert_eq!(
                text.meta.accessed.map(|day| day.to_string()).as_deref(),
                Some("2024-03-05")
            );
            assert_eq!(text.meta.headline.as_deref(), Some("渡口"));
            assert_eq!((report.outcome, report.warnings), (ReadOutcome::Read, vec![]));
            assert_eq!(report.hash, blake3::hash(letter.as_bytes()).to_hex().to_string());
        }
    }

    #[test]
    fn a_page_of_frames_and_one_in_an_old_encoding_are_read() {
        let part = |kind: &str, id: &str, body: &str| {
            format!("----x--\r\nContent-Type: {kind}\r\nContent-ID: {id}\r\n\r\n{body}\r\n")
        };
        let frames = "<html><frameset><frame src=a><frame src=b></frameset></html>";
        let letter = [
            HEAD.replace("type=", "start=\"<root>\"; type="),
            part("text/html; charset=utf-8", "<a>", "<p>渡口开船。</p>"),
            part("text/html", "<root>", frames),
            part("text/html", "<b>", "<p>票价不变。</p>"),
            "----x----\r\n".to_owned(),
        ];
        let (text, _) = read_as("a.mht", letter.concat().as_bytes());
        assert_eq!(
            text.expect("a text").text.split_whitespace().collect::<Vec<_>>(),
            ["渡口开船。", "票价不变。"]
        );
        let mut letter =
            format!("{HEAD}----x--\r\nContent-Type: text/html; charset=\"gb2312\"\r\n\r\n<p>")
                .into_bytes();
        letter.extend(b"\xb6\xc9\xbf\xda</p>\r\n----x----\r\n");
        let (text, _) = read_as("a.mht", &letter);
        assert_eq!(text.expect("a text").text.trim(), "渡口");
    }

    #[test]
    fn letters_without_a_page_are_refused_and_texts_that_begin_like_one_are_texts() {
        let empty = format!("{HEAD}----x--\r\nContent-Type: image/png\r\n\r\nx\r\n----x----\r\n");
        let (text, report) = read_as("a.mht", empty.as_bytes());
        assert_eq!((text, report.outcome), (None, ReadOutcome::Binary));
        assert_eq!(report.warnings, [FileWarning::NoSavedPage]);
        let part = |n| format!("Content-Type: multipart/related; boundary=b{n}\r\n\r\n--b{n}\r\n");
        let deep = (0..300).map(part).collect::<Vec<String>>().concat();
        let (_, report) = read_as("a.mht", format!("MIME-Version: 1.0\r\n{deep}").as_bytes());
        assert_eq!(report.outcome, ReadOutcome::Unreadable);
        for text in ["标题: 渡口\n作者: 某\n\n开船。", "MIME-Version: 1.0\n\n一种文件。", ""]
        {
            assert!(!is_saved_page(text.as_bytes()), "{text}");
        }
    }
}
