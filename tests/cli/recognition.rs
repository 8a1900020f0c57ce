//! Pictures in a corpus, recognised by tesseract. Without the program only what happens then is tested;
//! `DIBAO_TESSERACT=1` makes its absence an error.

use std::env;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::InterpreterSettings;
use image::{GrayImage, ImageFormat, imageops};

use crate::place::{Place, Ran};

const REQUIRED: &str = "DIBAO_TESSERACT";

/// Whether tesseract is there, with a word on stderr if it is not.
#[allow(clippy::print_stderr, reason = "says what it leaves out")]
fn has_tesseract() -> bool {
    let languages = Command::new("tesseract").arg("--list-langs").output();
    let has = languages.is_ok_and(|said| {
        let said = [said.stdout, said.stderr].concat();
        String::from_utf8_lossy(&said).lines().any(|line| line == "chi_sim")
    });
    assert!(has || env::var_os(REQUIRED).is_none(), "{REQUIRED} is set, and there is no tesseract");
    if !has {
        eprintln!("without tesseract and its language chi_sim nothing is recognised here");
    }
    has
}

/// The upper left part of the test page at 200 dots per inch: the head, a headline, two columns.
fn page() -> GrayImage {
    const SCALE: f32 = 200.0 / 72.0;
    let file = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout/newspaper.pdf"));
    let pdf = Pdf::new(Arc::new(file.expect("the test page"))).expect("a PDF file");
    let settings = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    let (cache, how) = (RenderCache::new(), RenderSettings::default());
    let drawn = render(&pdf.pages()[0], &cache, &InterpreterSettings::default(), &how, &settings);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let grey = drawn.data().iter().map(|dot| dot.g).collect();
    let page = GrayImage::from_raw(width, height, grey).expect("a picture");
    // The second story on its own, headline and text.
    imageops::crop_imm(&page, 0, 760, 1000, 440).to_image()
}

fn bytes_of(page: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    page.write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner()
}

/// A PDF file whose only page is this picture.
fn scanned_pdf(page: &GrayImage) -> Vec<u8> {
    let jpeg = bytes_of(page, ImageFormat::Jpeg);
    let (width, height) = page.dimensions();
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let draw = b"360 0 0 158 0 0 cm /P Do";
    let objects: [(String, &[u8]); 5] = [
        ("<</Type/Catalog/Pages 2 0 R>>".to_owned(), b""),
        ("<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(), b""),
        (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 360 158]/Contents 4 0 R\
             /Resources<</XObject<</P 5 0 R>>>>>>"
                .to_owned(),
            b"",
        ),
        (format!("<</Length {}>>", draw.len()), draw),
        (
            format!(
                "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray\
                 /BitsPerComponent 8/Filter/DCTDecode/Length {}>>",
                jpeg.len()
            ),
            &jpeg,
        ),
    ];
    for (number, (head, stream)) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{head}\n").bytes());
        if !stream.is_empty() {
            file.extend(b"stream\n");
            file.extend(stream);
            file.extend(b"\nendstream\n");
        }
        file.extend(b"endobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(
        format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1)
            .bytes(),
    );
    file
}

fn write(place: &Place, name: &str, content: &[u8]) {
    fs::write(place.write(name, ""), content).expect("a file");
}

/// The names of all files below a folder of the place.
fn files(place: &Place, folder: &str) -> Vec<String> {
    let files = walkdir::WalkDir::new(place.path().join(folder)).into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().display().to_string()).collect()
}

#[test]
fn pictures_are_named_with_the_advice_to_recognise_them() {
    let place = Place::new();
    let white = GrayImage::from_pixel(20, 20, image::Luma([255]));
    write(&place, "2023-02-10_A05.png", &bytes_of(&white, ImageFormat::Png));
    write(&place, "scan.pdf", &scanned_pdf(&white));
    write(&place, "b/A06.tif", &bytes_of(&white, ImageFormat::Tiff));
    place.write("b/A06.txt", "渡口重开\n\n本报讯 渡船昨日开行，两岸的人都来看，票价不变。\n");
    let ran = place.run(&["ingest"]);
    let told = "2023-02-10_A05.png, scan.pdf: page 1 is a picture with hardly any text or none";
    assert!(ran.stdout.contains(told), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("--ocr tesseract") && !ran.stdout.contains("A06.tif:"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("1, of files beside them: b/A06.tif"),
        "it is named: {}",
        ran.stdout
    );
    let findings = place.run(&["check", "--format", "json"]);
    assert!(findings.stdout.contains("pages_without_text"), "{}", findings.stdout);
}

#[test]
fn an_engine_that_is_not_there_is_one_clear_error() {
    let place = Place::new();
    place.write("a.txt", "渡口重开");
    let without = |arguments: &[&str], lang: &str| {
        let mut command = place.command(arguments);
        Ran::from(
            command.env("PATH", "").env("DIBAO_LANG", lang).output().expect("the program runs"),
        )
    };
    for arguments in
        [&["ingest", "--ocr", "tesseract"][..], &["split", "a.txt", "--ocr", "tesseract"]]
    {
        let ran = without(arguments, "en");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("apt install tesseract-ocr tesseract-ocr-chi-sim"),
            "{}",
            ran.stderr
        );
        assert!(without(arguments, "zh").stderr.contains("路径中没有"));
    }
    place.write("corpus.toml", "[[files]]\nglob='*'\nocr='tesseract'\n");
    assert!(without(&["ingest"], "en").stderr.contains("apt install"));
    place.write("corpus.toml", "[[files]]\nglob='*'\nocr='tesseract:../x'\n");
    let ran = without(&["ingest"], "en");
    assert!(
        ran.stderr.contains("corpus.toml, line 3") && ran.stderr.contains("languages"),
        "{}",
        ran.stderr
    );
    assert!(files(&place, "index").is_empty(), "nothing was begun");
}

#[test]
fn a_picture_is_read_kept_and_read_no_more() {
    if !has_tesseract() {
        return;
    }
    let place = Place::new();
    let page = page();
    write(&place, "2023-02-10_A05.png", &bytes_of(&page, ImageFormat::Png));
    write(&place, "2023-02-11_A05.pdf", &scanned_pdf(&page));
    write(&place, "broken.png", &bytes_of(&page, ImageFormat::Png)[..5000]);
    let before = files(&place, "corpus");
    let ran = place.run(&["ingest", "--ocr", "tesseract"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("broken.png: 1 page could not be recognised"), "{}", ran.stdout);
    assert_eq!(files(&place, "corpus"), before, "nothing is written there");
    let again = place.run(&["ingest", "--ocr", "tesseract"]);
    assert!(again.stdout.contains("0 read, 3 unchanged"), "{}", again.stdout);
    let kept = files(&place, "index/ocr");
    assert_eq!(kept.len(), 2, "{kept:?}");
    let found = |what: &str| {
        let ran = place.run(&["search", what, "--ungrouped", "--format", "jsonl"]);
        let mut sources: Vec<String> = ran
            .json_lines()
            .iter()
            .filter_map(|hit| Some(hit["id"].as_str()?.to_owned()))
            .map(|id| place.run(&["show", &id, "--format", "json"]).json())
            .map(|record| {
                let engine = record["recognised"].as_str().expect("an engine");
                assert!(
                    engine.starts_with("tesseract ") && engine.ends_with(" chi_sim"),
                    "{engine}"
                );
                record["source"].as_str().expect("a file").to_owned()
            })
            .collect();
        sources.sort();
        sources.dedup();
        sources
    };
    let both = ["2023-02-10_A05.png", "2023-02-11_A05.pdf"];
    assert_eq!(found("等着上游开闸"), both);

    // As it was, without the engine; the lines are shown from what is kept.
    let ran = place.run(&["ingest"]);
    assert!(ran.stdout.contains("0 read"), "{}", ran.stdout);
    let hit = &place.run(&["search", "等着上游开闸", "--format", "jsonl"]).json_lines()[0];
    let shown = place.run(&["show", hit["id"].as_str().expect("an id"), "--source"]);
    assert!(shown.stdout.contains("上游开闸"), "{}{}", shown.stdout, shown.stderr);

    // Read by other rules, without the engine.
    place.write("corpus.toml", "[[files]]\nglob='*.png'\npublication='某城日报'\n");
    let ran = place.run(&["ingest"]);
    assert!(ran.stdout.contains("2 read"), "{}", ran.stdout);
    assert_eq!(found("等着上游开闸"), both);

    // Another version of the picture, without the engine: what was recognised is not lost.
    let (name, picture) = ("2023-02-10_A05.png", bytes_of(&page, ImageFormat::Png));
    write(
        &place,
        name,
        &bytes_of(&imageops::crop_imm(&page, 0, 0, 990, 440).to_image(), ImageFormat::Png),
    );
    let ran = place.run(&["ingest"]);
    assert!(ran.stdout.contains("of an earlier ingest"), "{}", ran.stdout);
    assert_eq!(found("等着上游开闸"), both);
    write(&place, name, &picture);

    // A damaged result is none: it is recognised once more.
    fs::write(&kept[0], b"damaged").expect("written");
    let ran = place.run(&["ingest", "--rebuild", "--ocr", "tesseract"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(found("等着上游开闸"), both);
    assert_eq!(files(&place, "index/ocr"), kept);
}
