//! ALTO, PAGE and hOCR files in own words.

use std::fmt::Write as _;

use super::*;
use crate::intake::{Chunk, Config, read, read_in_small_chunks, walk};
use crate::model::{DoubtfulWords, LinePlace, PrintedAbove};

/// The text of a file beside which there is none.
fn text_alone(file: &str) -> (SourceText, Vec<FileWarning>) {
    text("a.xml", file, &ReadingSettings::default(), &mut SourceMeta::default(), &mut |_| None)
}

/// The lines of a file that have text, with their places.
fn lines(file: &str) -> Vec<(String, LinePlace)> {
    let (text, problems) = text_alone(file);
    assert_eq!(problems, []);
    let filled = text
        .lines
        .iter()
        .filter_map(|line| Some((text.text[line.span.clone()].to_owned(), line.place?)));
    filled.collect()
}

fn texts(file: &str) -> Vec<String> {
    lines(file).into_iter().map(|(text, _)| text).collect()
}

/// A line of ALTO whose words are single characters, as engines for Chinese deliver them.
fn alto_line(text: &str, (x, y): (u32, u32)) -> String {
    let width = 10 * text.chars().count();
    let words: Vec<String> = (0_u32..)
        .zip(text.chars())
        .map(|(at, c)| {
            let x = x + 10 * at;
            format!("<String CONTENT='{c}' HPOS='{x}' VPOS='{y}' WIDTH='10' HEIGHT='10' WC='0.9'/>")
        })
        .collect();
    format!(
        "<TextLine HPOS='{x}' VPOS='{y}' WIDTH='{width}' HEIGHT='10'>{}</TextLine>",
        words.join("<SP/>")
    )
}

fn alto(order: &str, blocks: &[(&str, &str)]) -> String {
    let blocks: Vec<String> = blocks
        .iter()
        .map(|(head, lines)| format!("<TextBlock {head}>{lines}</TextBlock>"))
        .collect();
    let blocks = blocks.concat();
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'>\
         {order}<Layout><Page WIDTH='1000' HEIGHT='2000'><PrintSpace>{blocks}</PrintSpace></Page>\
         </Layout></alto>"
    )
}

#[test]
fn alto_is_read_with_places_and_confidence() {
    let file = alto("", &[("ID='b1'", &alto_line("渡口开渡", (100, 200)))]);
    assert_eq!(format_of(&file), Some(ScanFormat::Alto));
    let found = lines(&file);
    let [(text, place)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(text, "渡口开渡");
    assert_eq!((place.page, place.column, place.confidence), (1, 1, Some(90)));
    let area = (place.area.left, place.area.top, place.area.right, place.area.bottom);
    assert_eq!(area, (1000, 1000, 1400, 1050));
    assert_eq!((place.size, place.is_vertical), (50, false));
}

#[test]
fn doubtful_words_are_told_at_their_places() {
    let doubt = |line: String, at: usize| {
        line.match_indices("WC='0.9'").nth(at).map_or(String::new(), |(start, sure)| {
            format!("{}WC='0.32'{}", &line[..start], &line[start + sure.len()..])
        })
    };
    let upper = doubt(doubt(alto_line("渡口开渡", (100, 200)), 3), 2);
    let lower = doubt(alto_line("木船靠岸", (100, 220)), 0);
    let (text, _) = text_alone(&alto("", &[("ID='b1'", &format!("{upper}{lower}"))]));
    let found: Vec<(&str, u8, u32, [u32; 4])> = text
        .doubtful
        .iter()
        .map(|words| {
            let DoubtfulWords { span, confidence, page, area } = words;
            (&text.text[span.clone()], *confidence, *page, (*area).into())
        })
        .collect();
    let expected =
        [("开渡", 32, 1, [1200, 1000, 1400, 1050]), ("木", 32, 1, [1000, 1100, 1100, 1150])];
    assert_eq!(found, expected);
}

#[test]
fn alto_follows_the_order_that_it_states() {
    let blocks = [
        ("ID='b1' IDNEXT='b3'", alto_line("甲一", (100, 200))),
        ("ID='b2'", alto_line("乙二", (100, 400))),
        ("ID='b3' IDNEXT='b2'", alto_line("丙三", (500, 200))),
    ];
    let blocks: Vec<(&str, &str)> =
        blocks.iter().map(|(head, line)| (*head, line.as_str())).collect();
    assert_eq!(texts(&alto("", &blocks)), ["甲一", "丙三", "乙二"]);
    let order = "<ReadingOrder><OrderedGroup ID='g'><ElementRef ID='r1' REF='b2'/>\
        <ElementRef ID='r2' REF='b1'/></OrderedGroup></ReadingOrder>";
    assert_eq!(texts(&alto(order, &blocks)), ["乙二", "甲一", "丙三"]);
    // What names itself as its successor is read once.
    let circle = [("ID='b1' IDNEXT='b2'", blocks[0].1), ("ID='b2' IDNEXT='b1'", blocks[1].1)];
    assert_eq!(texts(&alto("", &circle)), ["甲一", "乙二"]);
}

#[test]
fn alto_has_divided_words_once_and_blanks_between_letters() {
    let lines = "<TextLine><String CONTENT='the'/><SP/><String CONTENT='irri' SUBS_TYPE='HypPart1' \
        SUBS_CONTENT='irrigation'/><HYP CONTENT='-'/></TextLine><TextLine><String CONTENT='gation' \
        SUBS_TYPE='HypPart2' SUBS_CONTENT='irrigation'/><SP/><String CONTENT='plan &amp; more'/>\
        </TextLine>";
    assert_eq!(texts(&alto("", &[("", lines)])), ["the irrigation", "plan & more"]);
}

#[test]
fn vertical_lines_are_told_by_their_form() {
    let line = "<TextLine HPOS='900' VPOS='100' WIDTH='20' HEIGHT='90'><String CONTENT='老水井' \
        HPOS='900' VPOS='100' WIDTH='20' HEIGHT='90'/></TextLine>";
    let found = lines(&alto("", &[("", line)]));
    assert!(found[0].1.is_vertical);
    assert_eq!(found[0].1.size, 100);
}

const PAGE: &str = "<pc:PcGts xmlns:pc='http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15'>\
    <pc:Page imageWidth='1000' imageHeight='1000'>\
    <pc:ReadingOrder><pc:OrderedGroup id='g'><pc:RegionRefIndexed index='1' regionRef='left'/>\
    <pc:OrderedGroupIndexed index='0' id='h'><pc:RegionRefIndexed index='1' regionRef='sub'/>\
    <pc:RegionRefIndexed index='0' regionRef='head'/></pc:OrderedGroupIndexed>\
    </pc:OrderedGroup></pc:ReadingOrder>\
    <pc:TextRegion id='left'><pc:Coords points='100,300 400,300 400,900 100,900'/>\
    <pc:TextLine id='l1'><pc:Coords points='100,300 400,300 400,330 100,330'/>\
    <pc:Word><pc:Coords points='100,300 200,330'/><pc:TextEquiv conf='0.5'><pc:Unicode>支渠</pc:Unicode>\
    </pc:TextEquiv></pc:Word><pc:TextEquiv index='1'><pc:Unicode>支梁清淤</pc:Unicode></pc:TextEquiv>\
    <pc:TextEquiv index='0'><pc:Unicode>支渠清淤</pc:Unicode></pc:TextEquiv></pc:TextLine>\
    <pc:TextLine id='l2'><pc:Word><pc:TextEquiv><pc:Unicode>水到</pc:Unicode></pc:TextEquiv></pc:Word>\
    <pc:Word><pc:TextEquiv><pc:Unicode>渠成</pc:Unicode></pc:TextEquiv></pc:Word></pc:TextLine>\
    </pc:TextRegion>\
    <pc:TextRegion id='sub'><pc:TextEquiv><pc:Unicode>副题一行\n副题二行</pc:Unicode></pc:TextEquiv>\
    </pc:TextRegion>\
    <pc:TextRegion id='head' type='heading'><pc:TextLine><pc:TextEquiv><pc:Unicode>春灌&#x63d0;前\
    </pc:Unicode></pc:TextEquiv></pc:TextLine></pc:TextRegion>\
    <pc:TextRegion id='number' type='page-number'><pc:TextLine><pc:TextEquiv><pc:Unicode>3</pc:Unicode>\
    </pc:TextEquiv></pc:TextLine></pc:TextRegion>\
    </pc:Page></pc:PcGts>";

#[test]
fn page_xml_follows_its_nested_reading_order_and_takes_the_first_reading() {
    assert_eq!(format_of(PAGE), Some(ScanFormat::PageXml));
    let found = lines(PAGE);
    let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(texts, ["春灌提前", "副题一行", "副题二行", "支渠清淤", "水到渠成", "3"]);
    assert_eq!(found[3].1.confidence, Some(50));
    assert_eq!(found[3].1.area.left, 1000);
    assert!(found[5].1.is_running && !found[4].1.is_running);
}

#[test]
fn page_xml_without_a_reading_order_goes_by_the_index_of_its_regions() {
    let region = |index: u32, text: &str| {
        format!(
            "<TextRegion custom='readingOrder {{index:{index};}}'><TextLine><TextEquiv><Unicode>{text}\
             </Unicode></TextEquiv></TextLine></TextRegion>"
        )
    };
    let regions = [region(2, "丙"), region(0, "甲"), region(1, "乙")].concat();
    let file = format!("<PcGts><Page imageWidth='9' imageHeight='9'>{regions}</Page></PcGts>");
    assert_eq!(texts(&file), ["甲", "乙", "丙"]);
}

#[test]
fn hocr_is_read_by_its_classes() {
    let word = |text: &str, left: u32| {
        format!(
            "<span class='ocrx_word' title='bbox {left} 20 {} 40; x_wconf 80'>{text}</span> ",
            left + 20
        )
    };
    let words = [word("水", 10), word("渠", 30), word("GDP", 80), word("12", 110)].concat();
    let file = format!(
        "<!DOCTYPE html><html><head><meta name='ocr-system' content='x'></head><body>\
         <div class='ocr_page' title='image \"a.png\"; bbox 0 0 200 400; ppageno 0'>\
         <div class='ocr_carea' title='bbox 10 20 130 40'><p class='ocr_par'>\
         <span class='ocr_line' title='bbox 10 20 130 40; x_size 16; textangle 0'>{words}</span>\
         </p></div><span class='ocr_line' title='bbox 10 90 130 110'>另一行</span></div>\
         <div class='ocr_page' title='bbox 0 0 200 400'><span class='ocr_line'>次页</span></div>\
         </body></html>"
    );
    assert_eq!(format_of(&file), Some(ScanFormat::Hocr));
    let found = lines(&file);
    let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(texts, ["水渠 GDP 12", "另一行", "次页"]);
    assert_eq!((found[0].1.size, found[0].1.confidence), (400, Some(80)));
    assert_eq!((found[1].1.page, found[2].1.page), (1, 2));
}

#[test]
fn lines_below_a_stated_picture_or_separator_are_marked() {
    let alto = alto(
        "",
        &[
            ("ID='a'", &alto_line("线上的一行", (100, 200))),
            ("ID='b'", &alto_line("线下的一行", (100, 240))),
            ("ID='c'", &alto_line("图下的一行", (100, 520))),
        ],
    )
    .replace(
        "</PrintSpace>",
        "<GraphicalElement HPOS='90' VPOS='224' WIDTH='400' HEIGHT='6'/>\
         <Illustration HPOS='90' VPOS='300' WIDTH='200' HEIGHT='210'/></PrintSpace>",
    );
    let line = |text: &str, (left, top): (u32, u32)| {
        let (right, bottom) = (left + 50, top + 10);
        let points = format!("{left},{top} {right},{top} {right},{bottom} {left},{bottom}");
        format!(
            "<TextRegion><Coords points='{points}'/><TextLine><Coords points='{points}'/>\
             <TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine></TextRegion>"
        )
    };
    let page = format!(
        "<PcGts><Page imageWidth='1000' imageHeight='2000'>{}{}{}\
         <SeparatorRegion><Coords points='90,224 490,224 490,230 90,230'/></SeparatorRegion>\
         <ImageRegion><Coords points='90,300 290,300 290,510 90,510'/></ImageRegion></Page></PcGts>",
        line("线上的一行", (100, 200)),
        line("线下的一行", (100, 240)),
        line("图下的一行", (100, 520)),
    );
    let line = |text: &str, top: u32| {
        format!("<span class='ocr_line' title='bbox 100 {top} 150 {}'>{text}</span>", top + 10)
    };
    let hocr = format!(
        "<html><body><div class='ocr_page' title='bbox 0 0 1000 2000'>{}\
         <div class='ocr_separator' title='bbox 90 224 490 230'></div>{}\
         <div class='ocr_photo' title='bbox 90 300 290 510'></div>{}</div></body></html>",
        line("线上的一行", 200),
        line("线下的一行", 240),
        line("图下的一行", 520),
    );
    for file in [alto, page, hocr] {
        let found = lines(&file);
        let above: Vec<_> = found.iter().map(|(_, place)| place.above).collect();
        let expected = [None, Some(PrintedAbove::Rule), Some(PrintedAbove::Picture)];
        assert_eq!(above, expected, "{found:?}");
    }
}

#[test]
fn text_that_stands_in_no_line_of_hocr_is_read() {
    let file = "<html><head><title>a.png</title></head><body><div class='ocr_page' title='bbox 0 0 200 400'>\
        <p class='ocr_par'>渡口</p><p class='ocr_par'>木船<b>归港</b><br>过秤</p>\
        <span class='ocr_line'>开渡<span class='ocrx_word'>之日</span></span>\
        <span class='ocrx_word' title='bbox 9 9 30 20; x_wconf 70'>缆绳</span>\
        <span class='ocr_pageno'>3</span><div class='ocr_footer'><span class='ocr_line'>某县</span>\
        <span class='ocr_line'>公报</span></div>页脚</div></body></html>";
    let expected = ["渡口", "木船归港", "过秤", "开渡之日", "缆绳", "3", "某县", "公报", "页脚"];
    assert_eq!(texts(file), expected);
}

#[test]
fn pages_without_a_size_and_lines_without_a_box_keep_their_text() {
    let line = "<TextLine><String CONTENT='渡口'/></TextLine>";
    let placed =
        "<TextLine HPOS='10' VPOS='20' WIDTH='40' HEIGHT='10'><String CONTENT='渡口'/></TextLine>";
    let alto = |page: &str, line: &str| {
        format!("<alto><Layout><Page {page}><TextBlock>{line}</TextBlock></Page></Layout></alto>")
    };
    let region = "<TextRegion><TextLine><TextEquiv><Unicode>渡口</Unicode></TextEquiv></TextLine></TextRegion>";
    let zero = placed.replace("'10'", "'0'").replace("'20'", "'0'").replace("'40'", "'0'");
    for file in [
        alto("WIDTH='0' HEIGHT='0'", line),
        alto("WIDTH='0' HEIGHT='0'", placed),
        alto("", line),
        alto("", placed),
        alto("", &zero),
        format!("<PcGts><Page>{region}</Page></PcGts>"),
        format!("<PcGts><Page imageWidth='0' imageHeight='0'>{region}</Page></PcGts>"),
        "<html><body><div class='ocr_page'><span class='ocr_line'>渡口</span></div></body></html>".to_owned(),
        "<html><body><div class='ocr_page' title='bbox 0 0 0 0'><span class='ocr_line'>渡口</span></div></body></html>"
            .to_owned(),
    ] {
        let found = lines(&file);
        assert_eq!(found.len(), 1, "{file}");
        assert_eq!((found[0].0.as_str(), found[0].1.page), ("渡口", 1), "{file}");
    }
    let area = lines(&alto("WIDTH='0' HEIGHT='0'", placed))[0].1.area;
    assert_eq!((area.left, area.right, area.bottom), (2000, 10_000, 10_000));
}

#[test]
fn what_stands_outside_of_blocks_and_regions_is_read() {
    let file = "<alto><Page WIDTH='9' HEIGHT='9'><PrintSpace><TextLine><String CONTENT='甲'/></TextLine>\
        <TextBlock><String CONTENT='乙'/></TextBlock><String CONTENT='丙'/></PrintSpace></Page></alto>";
    assert_eq!(texts(file), ["甲", "乙", "丙"]);
    let equiv = |text: &str| format!("<TextEquiv><Unicode>{text}</Unicode></TextEquiv>");
    let file = format!(
        "<PcGts><Page><TextLine>{}</TextLine><TextRegion><Word>{}</Word></TextRegion></Page></PcGts>",
        equiv("甲"),
        equiv("乙")
    );
    assert_eq!(texts(&file), ["甲", "乙"]);
    let line = "<TextLine><String CONTENT='irri-'/></TextLine><TextLine><String CONTENT='gation'/><HYP/></TextLine>";
    assert_eq!(texts(&alto("", &[("", line)])), ["irri-", "gation-"]);
}

#[test]
fn the_text_of_a_region_is_read_where_its_lines_and_regions_have_none() {
    let own = "<TextEquiv><Unicode>全文</Unicode></TextEquiv>";
    let segmented = "<TextLine id='l'><Coords points='1,1 5,5'/></TextLine>";
    let page =
        |region: &str| format!("<PcGts><Page><TextRegion>{region}</TextRegion></Page></PcGts>");
    assert_eq!(texts(&page(&format!("{segmented}{own}"))), ["全文"]);
    assert_eq!(texts(&page(&format!("<TextRegion>{segmented}</TextRegion>{own}"))), ["全文"]);
    assert_eq!(texts(&page(&format!("<TextRegion>{own}</TextRegion>{own}"))), ["全文"], "once");
}

#[test]
fn entries_of_a_reading_order_without_an_index_keep_their_places() {
    let mut random = fastrand::Rng::with_seed(3);
    let indices: Vec<Option<u32>> =
        (0..60).map(|_| random.bool().then(|| random.u32(..1000))).collect();
    let mut entries = String::new();
    let mut regions = String::new();
    for (at, index) in indices.iter().enumerate() {
        let index = index.map_or_else(String::new, |index| format!("index='{index}'"));
        let _ = write!(entries, "<RegionRefIndexed {index} regionRef='r{at}'/>");
        let _ = write!(
            regions,
            "<TextRegion id='r{at}'><TextEquiv><Unicode>{at}</Unicode></TextEquiv></TextRegion>"
        );
    }
    let file = format!(
        "<PcGts><Page><ReadingOrder><OrderedGroupIndexed>{entries}</OrderedGroupIndexed></ReadingOrder>\
         {regions}</Page></PcGts>"
    );
    let read: Vec<usize> = texts(&file).iter().map(|text| text.parse().unwrap()).collect();
    assert_eq!(read.len(), 60);
    assert!((0..60).all(|at| indices[at].is_some() || read[at] == at), "{read:?}");
    let ordered = read.iter().filter_map(|&at| indices[at]);
    assert!(ordered.is_sorted());
}

#[test]
fn pages_of_any_number_of_lines_are_read_whole() {
    let words = "<String CONTENT='水'/>\n".repeat(100_001);
    let file = format!(
        "<?xml version='1.0'?><alto><Layout><Page><TextBlock><TextLine>\n{words}</TextLine></TextBlock>\
         </Page></Layout></alto>\n"
    );
    let folder = tempfile::tempdir().unwrap();
    // Whatever the name says, and also where a text is read in small chunks.
    for name in ["a.xml", "b.txt"] {
        std::fs::write(folder.path().join(name), &file).unwrap();
    }
    for found in walk(folder.path(), &[]).files {
        for read in [read, read_in_small_chunks] {
            let mut reader = read(&found, &Config::default());
            let chunks: Vec<Chunk> = reader.by_ref().collect();
            let [Chunk::Text(text)] = &chunks[..] else { panic!("{} chunks", chunks.len()) };
            assert_eq!(text.text.matches('水').count(), 100_001);
            let report = reader.finish();
            assert_eq!(report.warnings, []);
            assert_eq!(report.hash, blake3::hash(file.as_bytes()).to_hex().to_string());
        }
    }
}

#[test]
fn elements_without_end_in_each_other_are_an_error() {
    let file = format!("<alto>{}", "<ComposedBlock ID='a'>".repeat(200_000));
    let (_, problems) = text_alone(&file);
    assert!(matches!(&problems[..], [FileWarning::XmlBroken { .. }]), "{problems:?}");
}

#[test]
fn other_xml_is_refused_with_what_it_is_and_a_broken_file_is_read_to_the_fault() {
    assert_eq!(format_of("<mods:mods xmlns:mods='x'><a/></mods:mods>"), None);
    let root = "mods".to_owned();
    let refusal = problem("<mods:mods><a/></mods:mods>", None);
    assert_eq!(refusal, Some(FileWarning::XmlWithoutPages { root }));
    assert_eq!(format_of("渡口开渡"), None);
    let file = alto("", &[("ID='b1'", &alto_line("渡口开渡", (100, 200)))]);
    let (read, problems) = text_alone(file.split_once("</PrintSpace>").unwrap().0);
    assert_eq!(read.text.trim(), "渡口开渡");
    assert_eq!(problems, [FileWarning::XmlBroken { reason: FailureReason::BreaksOff }]);
}

#[test]
fn any_elements_are_read_without_fault() {
    let mut random = fastrand::Rng::with_seed(11);
    let pieces = [
        "<alto>",
        "<Page WIDTH='0'>",
        "<TextBlock ID='a' IDNEXT='a'>",
        "<TextLine>",
        "</TextLine>",
        "<String CONTENT='水' HPOS='nan' VPOS='1e39' WIDTH='-4' HEIGHT='2'/>",
        "</TextBlock>",
        "</Page>",
        "<ReadingOrder>",
        "<ElementRef REF='a'/>",
        "</ReadingOrder>",
        "&x;",
        "<PcGts>",
        "<TextRegion>",
        "<TextRegion id='a'>",
        "<Coords points='1,2 x 3,'/>",
        "<TextEquiv>",
        "<Unicode>字</Unicode>",
        "</TextEquiv>",
        "<Word>",
        "</Word>",
        "</TextRegion>",
        "<OrderedGroup>",
        "</OrderedGroup>",
        "<RegionRefIndexed index='z' regionRef='a'/>",
        "<div class='ocr_page' title='bbox 1 2'>",
        "<span class=ocr_line title='bbox 9 9 1 1'>",
        "</div>",
        "<p class=ocr_par>",
        "</p>",
    ];
    for _ in 0..500 {
        let root =
            random.choice(["<alto>", "<PcGts>", "<mets>", "<html class='ocr_page'>"]).unwrap();
        let count = random.usize(..40);
        let rest: String = (0..count).map(|_| *random.choice(&pieces).unwrap()).collect();
        let (read, _) = text_alone(&format!("{root}{rest}"));
        assert!(read.lines.iter().all(|line| read.text.get(line.span.clone()).is_some()));
    }
}

/// A tree of these elements with words in it, and the number of words.
fn tree(random: &mut fastrand::Rng, depth: u32, elements: &[&str], word: &str) -> (String, usize) {
    let (mut file, mut words) = (String::new(), 0);
    for _ in 0..random.usize(1..5) {
        if depth == 0 || random.u8(..3) == 0 {
            file += word;
            words += 1;
            continue;
        }
        let element = random.choice(elements).unwrap();
        let name = element.split(' ').next().unwrap_or_default();
        let (inner, more) = tree(random, depth - 1, elements, word);
        let _ = write!(file, "<{element}>{inner}</{name}>");
        words += more;
    }
    (file, words)
}

#[test]
fn every_word_is_read_however_the_elements_lie_in_each_other() {
    let mut random = fastrand::Rng::with_seed(12);
    let alto = [
        "Page WIDTH='0' HEIGHT='3'",
        "Page",
        "PrintSpace",
        "TopMargin",
        "ComposedBlock ID='a'",
        "TextBlock ID='a' IDNEXT='a'",
        "TextBlock ID='b' IDNEXT='a' HPOS='-9' VPOS='nan' WIDTH='1' HEIGHT='2'",
        "TextLine",
    ];
    let word = "<String CONTENT='水' HPOS='nan' VPOS='1e39' WIDTH='-4' HEIGHT='2'/>";
    let page_xml = ["Page", "TextRegion", "TextRegion id='a'", "TableRegion"];
    let line = "<TextLine><Coords points='1,2 x 3,'/><Word/><TextEquiv><Unicode>水</Unicode></TextEquiv></TextLine>";
    let hocr = [
        "div class='ocr_page' title='bbox 1 2'",
        "div class='ocr_carea' title='bbox 9 9 1 1'",
        "p class='ocr_par'",
        "span class='ocr_line' title='bbox 0 0 0 0'",
        "span class='ocr_caption'",
        "span class='ocrx_word'",
        "b",
        "div",
    ];
    for _ in 0..300 {
        for (root, elements, word) in [
            ("alto", &alto[..], word),
            ("PcGts", &page_xml[..], line),
            ("html class='ocr_page'", &hocr[..], "水"),
        ] {
            let (inner, words) = tree(&mut random, 5, elements, word);
            let file = format!("<{root}>{inner}</{}>", root.split(' ').next().unwrap_or_default());
            let (read, problems) = text_alone(&file);
            assert_eq!((read.text.matches('水').count(), problems), (words, vec![]), "{file}");
        }
    }
}
