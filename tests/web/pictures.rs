//! Pages of files as pictures, and articles marked on them.

use std::fmt::Write;
use std::fs;

use axum::http::StatusCode;
use serde_json::Value;

use super::{Answer, Options, Place, ask, escaped, request};

const NEWSPAPER: &[u8] = include_bytes!("../layout/newspaper.pdf");
const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
const PICTURE: &str = "/api/v1/source/picture?file=a.pdf";

/// An archive of these files.
fn place(files: &[(&str, &[u8])]) -> Place {
    let place = Place::empty();
    for (name, content) in files {
        let path = place.corpus().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    place.ingest();
    place
}

/// The article that a search finds first.
fn found(place: &Place, query: &str) -> Value {
    place.get(&format!("/api/v1/search?q={}", escaped(query))).json()["hits"][0].clone()
}

fn code(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.json()["code"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_record_says_on_which_pages_and_where_its_lines_stand() {
    let place =
        place(&[("a.pdf", NEWSPAPER), ("a.txt", "渡口\n\n本报讯 渡口昨天复航。".as_bytes())]);
    let hit = found(&place, "二十三条支渠");
    let record = place.get(&format!("/api/v1/article/{}", hit["id"].as_str().unwrap())).json();
    let [part] = &record["pages"].as_array().unwrap()[..] else { panic!("{record}") };
    assert_eq!(part["page"], 1);
    let lines = part["lines"].as_array().unwrap();
    assert!(lines.len() > 5, "{part}");
    let owned = record["lines"].as_array().unwrap();
    for line in lines {
        let [number, left, top, right, bottom] =
            [0, 1, 2, 3, 4].map(|at| line[at].as_u64().unwrap());
        assert!(left < right && right <= 10_000 && top < bottom && bottom <= 10_000, "{line}");
        let owns = |range: &Value| (range[0].as_u64()..=range[1].as_u64()).contains(&Some(number));
        assert!(owned.iter().any(owns), "{line} of {owned:?}");
    }
    let plain = found(&place, "渡口昨天复航");
    assert!(plain.get("pages").is_none(), "{plain}");

    // What was exported has them when it is taken in again.
    let exported = place.get("/api/v1/export?format=jsonl");
    let again = self::place(&[("b.jsonl", exported.text().as_bytes())]);
    assert_eq!(found(&again, "二十三条支渠")["pages"], record["pages"]);
}

#[test]
fn a_page_is_a_picture_that_is_drawn_once() {
    let place = place(&[("a.pdf", NEWSPAPER)]);
    let drawn = place.get(&format!("{PICTURE}&side=300"));
    assert_eq!((drawn.status, drawn.header("content-type")), (StatusCode::OK, "image/png"));
    assert!(drawn.body.starts_with(b"\x89PNG"));
    assert_eq!(drawn.header("cache-control"), "private, no-cache");
    assert_eq!(drawn.header("x-content-type-options"), "nosniff");
    let tag = drawn.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() > 20, "{tag}");
    let known = request(&format!("{PICTURE}&side=300"), &[("if-none-match", &tag)]);
    let known = ask(place.options(), known);
    assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(known.header("etag"), tag);

    let kept: Vec<_> = fs::read_dir(place.index().join(".pages")).unwrap().flatten().collect();
    let [kept] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!(fs::read(kept.path()).unwrap(), drawn.body);
    fs::write(kept.path(), b"kept").unwrap();
    assert_eq!(place.get("/source/picture?file=a.pdf&side=800").body, b"kept");
    // The index is the same to everything else, and can be made anew.
    place.ingest();
    assert_eq!(place.get("/api/v1/health").status, StatusCode::OK);
    // Where nothing can be kept, it is drawn each time.
    fs::remove_dir_all(place.index().join(".pages")).unwrap();
    fs::write(place.index().join(".pages"), b"").unwrap();
    assert_eq!(place.get(&format!("{PICTURE}&side=300")).body, drawn.body);
}

/// An OFD file of one page with these lines.
fn ofd(lines: &[&str]) -> Vec<u8> {
    let mut objects = String::new();
    for (row, line) in lines.iter().enumerate() {
        let (top, steps) = (40 + row * 8, line.chars().count() - 1);
        let _ = write!(
            objects,
            "<TextObject Boundary='20 {top} 150 6' Font='1' Size='5'><TextCode X='0' Y='4.4' \
             DeltaX='g {steps} 5'>{line}</TextCode></TextObject>"
        );
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [
        ("OFD.xml", "<OFD><DocRoot>Document.xml</DocRoot></OFD>".to_owned()),
        (
            "Document.xml",
            "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>\
             </CommonData><Pages><Page BaseLoc='p.xml'/></Pages></Document>"
                .to_owned(),
        ),
        ("p.xml", format!("<Page><Content><Layer>{objects}</Layer></Content></Page>")),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_page_of_type_of_an_ofd_file_is_drawn_beside_its_article() {
    let lines = ["老渡口通了新桥", "桥面昨日合龙，两岸村民不必再等摆渡船。"];
    let place = place(&[("a.ofd", &ofd(&lines))]);
    let drawn = place.get("/api/v1/source/picture?file=a.ofd&side=300");
    assert_eq!((drawn.status, drawn.header("content-type")), (StatusCode::OK, "image/png"));
    let id = found(&place, "摆渡船")["id"].as_str().unwrap().to_owned();
    let answer = place.get(&format!("/article/{id}"));
    let page = answer.text();
    assert!(
        page.contains("/source/picture?file=a.ofd") && page.contains("class=\"block\""),
        "{page}"
    );
    let beyond = place.get("/api/v1/source/picture?file=a.ofd&page=2");
    assert_eq!(code(&beyond), (404, "no_page".into()));
}

#[test]
fn what_has_no_picture_is_told_why() {
    let place =
        place(&[("a.pdf", NEWSPAPER), ("a.txt", "渡口\n\n本报讯 渡口昨天复航。".as_bytes())]);
    let code = |address: &str| code(&place.get(address));
    assert_eq!(code("/api/v1/source/picture"), (400, "file_missing".into()));
    assert_eq!(code(&format!("{PICTURE}&page=0")), (400, "bad_value".into()));
    assert_eq!(code(&format!("{PICTURE}&page=x")), (400, "bad_value".into()));
    assert_eq!(code(&format!("{PICTURE}&size=9")), (400, "unknown_parameter".into()));
    assert_eq!(code(&format!("{PICTURE}&page=2")), (404, "no_page".into()));
    assert_eq!(code("/api/v1/source/picture?file=a.txt"), (404, "no_picture".into()));
    for name in ["b.pdf", "../corpus/a.pdf", "./a.pdf", "/etc/passwd", "a.pdf/../a.pdf"] {
        let address = format!("/api/v1/source/picture?file={}", escaped(name));
        assert_eq!(code(&address), (404, "no_file".into()), "{name}");
    }
    let id = found(&place, "二十三条支渠")["id"].as_str().unwrap().to_owned();
    fs::write(place.corpus().join("a.pdf"), [NEWSPAPER, b"\n"].concat()).unwrap();
    assert_eq!(code(PICTURE), (410, "page_changed".into()));
    assert!(!place.get(&format!("/article/{id}")).text().contains("/source/picture"));
    fs::remove_file(place.corpus().join("a.pdf")).unwrap();
    assert_eq!(code(PICTURE), (410, "file_gone".into()));
    let page = place.get(&format!("/article/{id}"));
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text().contains("/source/picture"));
}

#[test]
fn who_may_not_read_gets_no_picture() {
    let place = place(&[("a.pdf", NEWSPAPER)]);
    let options = Options { token: Some("word".into()), ..place.options() };
    for address in [PICTURE, "/source/picture?file=a.pdf"] {
        let refused = ask(options.clone(), request(address, &[]));
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    }
}

#[test]
fn an_article_is_marked_on_its_page_with_what_was_searched_for() {
    let place = place(&[("a.pdf", NEWSPAPER)]);
    let id = found(&place, "二十三条支渠")["id"].as_str().unwrap().to_owned();
    let page = place.get(&format!("/article/{id}?q={}&at=1", escaped("二十三条支渠")));
    let text = page.text();
    assert!(text.contains("src=\"/source/picture?file=a.pdf&amp;page=1&amp;side=1600\""), "{text}");
    let matches = text.matches("<rect class=\"match\"").count();
    // Printed twice, in the headline and at the end of a line and the beginning of the next one.
    assert!(matches >= 2, "{matches}");
    assert_eq!(text.matches("<rect ").count(), text.matches("</rect>").count());
    let blocks: Vec<&str> = text.split("<rect class=\"block\"").collect();
    assert!(blocks.len() > 1);
    for link in text.split("<a href=\"#L").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(text.contains(&format!("id=\"L{link}\"")), "{link}");
    }
    let plain = place.get(&format!("/article/{id}"));
    assert_eq!(plain.text().matches("<rect class=\"match\"").count(), 0);
    let source = place.get("/source?file=a.pdf");
    assert!(source.text().contains("/source/picture?file=a.pdf&amp;page=1"), "{}", source.text());
}

#[test]
fn scanned_pages_have_the_picture_beside_them_and_nothing_else() {
    let alto = |image: &str| {
        let line = |text: &str, top: u32| {
            format!(
                "<TextLine HPOS='100' VPOS='{top}' WIDTH='600' HEIGHT='40'><String HPOS='100' \
                 VPOS='{top}' WIDTH='600' HEIGHT='40' CONTENT='{text}'/></TextLine>"
            )
        };
        format!(
            "<alto><Description><sourceImageInformation><fileName>{image}</fileName>\
             </sourceImageInformation></Description><Layout><Page WIDTH='1000' HEIGHT='1400'>\
             <PrintSpace><TextBlock>{}{}</TextBlock></PrintSpace></Page></Layout></alto>",
            line("渡口昨天复航", 100),
            line("本报讯 渡口昨天复航，两岸通车。", 200)
        )
    };
    let (good, bad) = (alto("images/p1.jpg"), alto("../../secret.jpg"));
    let place = place(&[
        ("d/good.xml", good.as_bytes()),
        ("d/images/p1.jpg", JPEG),
        ("d/bad.xml", bad.as_bytes()),
        ("../secret.jpg", JPEG),
    ]);
    let shown = place.get("/source/picture?file=d/good.xml");
    assert_eq!((shown.header("content-type"), &shown.body[..]), ("image/jpeg", JPEG));
    // Another picture has another tag.
    let tag = shown.header("etag").to_owned();
    fs::File::open(place.corpus().join("d/images/p1.jpg"))
        .and_then(|file| file.set_modified(std::time::UNIX_EPOCH))
        .unwrap();
    assert_ne!(place.get("/source/picture?file=d/good.xml").header("etag"), tag);
    assert_eq!(code(&place.get("/source/picture?file=d/bad.xml")), (404, "no_picture".into()));
    assert!(!place.index().join(".pages").exists(), "pictures of others are not copied");
}

#[test]
fn a_page_that_asks_for_too_much_is_refused_and_the_server_goes_on() {
    let content = b"0 0 400 600 re f ".repeat(3_000);
    let text = "BT /F 12 Tf 50 500 Td (the ferry runs again, says the paper) Tj ET ";
    let content = [text.as_bytes(), &content].concat();
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        page.to_owned(),
        format!(
            "<</Length {}>>stream\n{}\nendstream",
            content.len(),
            String::from_utf8(content.clone()).unwrap()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1).expect("text");
    }
    file += "trailer<</Size 6/Root 1 0 R>>\n%%EOF";
    let place = place(&[("a.pdf", file.as_bytes()), ("b.pdf", NEWSPAPER)]);
    assert_eq!(code(&place.get(PICTURE)), (422, "large_page".into()));
    let other = place.get("/source/picture?file=b.pdf&side=100");
    assert_eq!(other.header("content-type"), "image/png");
}
