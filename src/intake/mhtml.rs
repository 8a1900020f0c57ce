//! Reads web pages that were saved with all that belongs to them in one file (MHTML, RFC 2557).

use dom_query::Document;
use mailparse::{MailHeaderMap, ParsedMail};
use memchr::memmem;

use super::html;
use super::nesting::bounded;
use super::office::{DocumentText, bad_bytes, damaged};
use super::reading::ReadingSettings;
use crate::model::{CivilDate, FileWarning, SourceMeta, SourceText};
use crate::text::{Decoded, decode, encoding_name};

/// Whether a file begins with the head of a letter that carries a page. A text can begin with a letter as
/// well, but hardly one of this type.
pub(super) fn is_saved_page(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let Ok((headers, _)) = mailparse::parse_headers(head) else { return false };
    let of = |name| headers.get_first_value(name).unwrap_or_default().trim().to_lowercase();
    let kind = of("Content-Type");
    // Old programs call it a letter in several forms, as is one that has no page.
    let names_page = || memmem::find(&head.to_ascii_lowercase(), b"text/html").is_some();
    let is_page = kind.starts_with("multipart/related")
        || kind.starts_with("text/html")
        || (kind.starts_with("multipart/alternative") || kind.starts_with("multipart/mixed"))
            && names_page();
    is_page && !of("MIME-Version").is_empty()
}

/// How many pictures are in it.
fn pictures_in(bytes: &[u8]) -> u64 {
    let lines = bytes.split(|byte| *byte == b'\n');
    let is_of = |line: &[u8]| {
        const TYPE: &[u8] = b"content-type: image/";
        line.get(..TYPE.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(TYPE))
    };
    lines.filter(|line| is_of(line)).count() as u64
}

/// Reads the text of a saved page, and of those that it shows in frames. If none of these has any, all
/// others are read, in the order in which they were saved.
///
/// # Errors
/// When there is no page in it, or a part is damaged.
pub(super) fn read(
    bytes: &[u8],
    hint: Option<&str>,
    settings: &ReadingSettings,
    meta: &mut SourceMeta,
    saved: &mut DocumentText,
) -> Result<(), FileWarning> {
    let letter = mailparse::parse_mail(bytes).map_err(|error| damaged(&error))?;
    let (mut pages, mut waiting) = (Vec::new(), vec![&letter]);
    while let Some(part) = waiting.pop() {
        pages.extend(Some(part).filter(|part| is_page(part)));
        waiting.extend(part.subparts.iter().rev());
    }
    // The page itself comes first, unless the letter names another part.
    let start = letter.ctype.params.get("start");
    let is_start = |part: &&ParsedMail<'_>| {
        start.is_some() && part.headers.get_first_value("Content-ID").as_ref() == start
    };
    if let Some(at) = pages.iter().position(is_start) {
        pages[..=at].rotate_right(1);
    }
    let Some((first, others)) = pages.split_first() else { return Err(FileWarning::NoSavedPage) };
    let mut bad = None;
    let mut add = |part: &ParsedMail<'_>,
                   meta: &mut SourceMeta,
                   saved: &mut DocumentText|
     -> Result<(), FileWarning> {
        let page = decoded(part, hint)?;
        bad = bad.take().or_else(|| bad_bytes(&page, saved.text.lines().count() as u32));
        let page = text_of(page, settings, meta);
        if !saved.text.is_empty() && !page.text.is_empty() {
            saved.text.push('\n');
        }
        let above = saved.text.lines().count();
        saved.boilerplate.extend(page.boilerplate.iter().map(|line| above + line));
        saved.text.push_str(&page.text);
        Ok(())
    };
    add(first, meta, saved)?;
    for part in framed(first, others, hint)? {
        // What they say of themselves does not hold for all.
        add(part, &mut SourceMeta::default(), saved)?;
    }
    if !has_main_text(saved) {
        for part in others {
            add(part, &mut SourceMeta::default(), saved)?;
        }
    }
    let header = |name| letter.headers.get_first_value(name);
    let of_part = || first.headers.get_first_value("Content-Location");
    let address = header("Snapshot-Content-Location").or_else(of_part);
    let address = address.filter(|address| html::is_address(address));
    meta.url = meta.url.take().or(address);
    meta.accessed = meta.accessed.or(header("Date").and_then(|date| day_of(&date)));
    if saved.text.trim().is_empty() {
        // A page with text shows pictures of all sorts.
        saved.pictures = pictures_in(bytes);
        let why = html::why_empty(&bounded(&decoded(first, hint)?.text).0);
        if let Some(why) = why.filter(|_| saved.pictures == 0) {
            return Err(why);
        }
    }
    bad.map_or(Ok(()), Err)
}

/// Whether there is any line that does not stand around the text.
fn has_main_text(saved: &DocumentText) -> bool {
    let lines = saved.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, _)| at).any(|at| saved.boilerplate.binary_search(&at).is_err())
}

/// The pages that a page shows in frames, and those that these show, in their order.
fn framed<'p, 'm>(
    page: &'p ParsedMail<'m>,
    others: &[&'p ParsedMail<'m>],
    hint: Option<&str>,
) -> Result<Vec<&'p ParsedMail<'m>>, FileWarning> {
    let mut left = others.to_vec();
    let mut found = Vec::new();
    let mut waiting = vec![page];
    while let Some(page) = waiting.pop() {
        found.push(page);
        let text = decoded(page, hint)?.text;
        let document = Document::from(bounded(&text).0.as_ref());
        let frames = document.select("iframe[src], frame[src]");
        let sources = frames.nodes().iter().filter_map(|frame| frame.attr("src"));
        let mut shown = Vec::new();
        for source in sources {
            if let Some(at) = left.iter().position(|part| is_called(part, source.trim())) {
                shown.push(left.remove(at));
            }
        }
        waiting.extend(shown.into_iter().rev());
    }
    found.remove(0);
    Ok(found)
}

/// Whether a part has the name by which a page refers to it: the name of the part (`cid:a@b`) or the
/// address that it was saved from.
fn is_called(part: &ParsedMail<'_>, source: &str) -> bool {
    let header = |name| part.headers.get_first_value(name).unwrap_or_default();
    if let Some(name) = source.strip_prefix("cid:") {
        return header("Content-ID").trim().trim_matches(['<', '>']) == name;
    }
    let place = header("Content-Location");
    let below = source.trim_start_matches(['.', '/']);
    place == source || !below.is_empty() && place.ends_with(&format!("/{below}"))
}

/// The day of a date in the form of RFC 5322, where it was written.
fn day_of(date: &str) -> Option<CivilDate> {
    jiff::fmt::rfc2822::parse(date.trim()).ok().map(|time| time.date())
}

fn is_page(part: &ParsedMail<'_>) -> bool {
    ["text/html", "application/xhtml+xml"].contains(&part.ctype.mimetype.as_str())
}

/// A part as text: by the encoding that the letter or the page states, else by `hint`, which is meant for
/// a whole folder.
fn decoded(part: &ParsedMail<'_>, hint: Option<&str>) -> Result<Decoded, FileWarning> {
    let bytes = part.get_body_raw().map_err(|error| damaged(&error))?;
    let stated = part.ctype.params.get("charset").and_then(|label| encoding_name(label));
    let stated = stated.or_else(|| html::charset(&bytes));
    let hint = || hint.filter(|_| std::str::from_utf8(&bytes).is_err());
    Ok(decode(&bytes, stated.or_else(hint)))
}

fn text_of(page: Decoded, settings: &ReadingSettings, meta: &mut SourceMeta) -> SourceText {
    let page = SourceText::from_text("", page.text);
    let (html, _) = bounded(&page.text);
    html::main_text(&page, &html, settings, meta)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::{Chunk, Config, ReadOutcome, ReadReport, read as read_file, walk};

    fn read_as(name: &str, letter: &[u8]) -> (Option<SourceText>, ReadReport) {
        read_by("", name, letter)
    }

    /// The same with these settings for it.
    fn read_by(settings: &str, name: &str, letter: &[u8]) -> (Option<SourceText>, ReadReport) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), letter).expect("written");
        fs::write(folder.path().join("corpus.toml"), settings).expect("written");
        let walked = walk(folder.path(), &[]);
        let config = Config::load(folder.path()).expect("good settings");
        let mut reader = read_file(&walked.files[0], &config);
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
            part("text/html", "<b>", "<p>票价不变。</p>"),
            part("text/html", "<root>", frames),
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
    fn the_pages_that_a_page_shows_in_frames_are_read_with_it() {
        let part = |names: &str, body: &str| {
            format!("----x--\r\nContent-Type: text/html\r\n{names}\r\n\r\n{body}\r\n")
        };
        let letter = [
            HEAD.to_owned(),
            part(
                "Content-Location: https://example.cn/",
                "<p>目录</p><iframe src='cid:b@x'></iframe><iframe src='./in/c.html'></iframe>",
            ),
            part("Content-Location: https://example.cn/in/c.html", "<p>票价不变。</p>"),
            part(
                "Content-ID: <b@x>",
                "<p>渡口开船。</p><iframe src='cid:d@x'></iframe><iframe src='cid:b@x'></iframe>",
            ),
            part("Content-ID: <d@x>", "<p>水位三米。</p>"),
            part("Content-Location: https://example.cn/other.html", "<p>advertisement</p>"),
            "----x----\r\n".to_owned(),
        ];
        let (text, report) = read_as("a.mht", letter.concat().as_bytes());
        let text = text.expect("a text").text;
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["目录", "渡口开船。", "水位三米。", "票价不变。"]);
        assert_eq!(report.warnings, []);
    }

    #[test]
    fn the_encoding_of_a_part_is_its_own_and_bad_bytes_are_told() {
        let letter = |charset: &str, body: &[u8]| {
            let head = format!("{HEAD}----x--\r\nContent-Type: text/html{charset}\r\n\r\n<p>");
            [head.as_bytes(), body, b"</p>\r\n----x----\r\n"].concat()
        };
        let settings = "[[files]]\nglob = '**'\nencoding = 'gb18030'\n";
        for charset in ["; charset=utf-8", ""] {
            let (text, report) = read_by(settings, "a.mht", &letter(charset, "渡口".as_bytes()));
            assert_eq!(text.expect("a text").text.trim(), "渡口");
            assert_eq!(report.warnings, []);
        }
        let (text, _) = read_by(settings, "a.mht", &letter("", b"\xb6\xc9\xbf\xda"));
        assert_eq!(text.expect("a text").text.trim(), "渡口");
        let bad = [b"\n", "渡口".as_bytes(), b"\xff"].concat();
        let (text, report) = read_as("a.mht", &letter("; charset=utf-8", &bad));
        assert_eq!(text.expect("a text").text.trim(), "渡口\u{fffd}");
        let (count, encoding, line) = (1, "utf-8".to_owned(), 2);
        assert_eq!(report.warnings, [FileWarning::BadBytes { count, encoding, line }]);
        assert_eq!(report.outcome, ReadOutcome::Read);
    }

    #[test]
    fn a_letter_of_which_only_the_beginning_is_read_is_told() {
        let mut letter = format!(
            "{HEAD}----x--\r\nContent-Type: text/html\r\n\r\n<p>渡口</p>\r\n----x--\r\nContent-Type: image/png\r\n\r\n"
        );
        letter.push_str(&"x".repeat(64 << 20));
        let (text, report) = read_as("a.mht", letter.as_bytes());
        assert_eq!(text.expect("a text").text.trim(), "渡口");
        assert_eq!(report.warnings, [FileWarning::DocumentTooLarge { megabytes: 64 }]);
    }

    #[test]
    fn a_page_in_a_letter_of_another_form_is_read() {
        for form in ["alternative", "mixed"] {
            let letter = format!(
                "{}----x--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n\
                 PHA+5rih5Y+jPC9wPg==\r\n----x----\r\n",
                HEAD.replace("related", form).replace("\ttype=\"text/html\";\r\n", "")
            );
            let (text, _) = read_as("a.mht", letter.as_bytes());
            assert_eq!(text.expect("a text").text.trim(), "渡口", "{form}");
        }
        let letter = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nplain";
        assert!(!is_saved_page(letter), "a letter of words is a text");
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
