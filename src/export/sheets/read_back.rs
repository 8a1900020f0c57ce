//! A workbook read back in tests, as far as this program writes them.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct ReadSheet {
    pub(super) name: String,
    /// Rows from the first on; cells at the end that are empty are left out, and rows that are.
    pub(super) rows: Vec<Vec<ReadCell>>,
    /// Whether its head stays while it is scrolled.
    pub(super) is_frozen: bool,
    /// The cells of the filter.
    pub(super) filter: Option<String>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ReadCell {
    Empty,
    Text(String),
    Number(f64),
    Flag(bool),
    /// With its result.
    Formula(String, String),
}

pub(super) fn read_back(bytes: &[u8]) -> Vec<ReadSheet> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
        text
    };
    let mut names = Vec::new();
    each(&part("xl/workbook.xml"), |event, _| {
        if let Event::Empty(tag) = event
            && tag.name().as_ref() == "sheet"
        {
            names.push(attribute(tag, "name").expect("a name"));
        }
    });
    let sheets = names.into_iter().enumerate();
    sheets
        .map(|(at, name)| sheet(name, &part(&format!("xl/worksheets/sheet{}.xml", at + 1))))
        .collect()
}

fn sheet(name: String, xml: &str) -> ReadSheet {
    let mut sheet = ReadSheet { name, ..ReadSheet::default() };
    let (mut place, mut kind) = ((0, 0), String::new());
    let (mut formula, mut value) = (None, String::new());
    each(xml, |event, text| match event {
        Event::Empty(tag) if tag.name().as_ref() == "pane" => {
            sheet.is_frozen = attribute(tag, "state").as_deref() == Some("frozen")
                && attribute(tag, "ySplit").as_deref() == Some("1");
        }
        Event::Empty(tag) if tag.name().as_ref() == "autoFilter" => {
            sheet.filter = attribute(tag, "ref");
        }
        Event::Start(tag) if tag.name().as_ref() == "c" => {
            place = position(&attribute(tag, "r").expect("a place"));
            kind = attribute(tag, "t").unwrap_or_default();
            (formula, value) = (None, String::new());
        }
        Event::End(tag) => match tag.name().as_ref() {
            "f" => formula = Some(text.to_owned()),
            "v" | "t" => text.clone_into(&mut value),
            "c" => {
                let value = std::mem::take(&mut value);
                let cell = match (formula.take(), kind.as_str()) {
                    (Some(formula), _) => ReadCell::Formula(formula, value),
                    (None, "inlineStr") => ReadCell::Text(unescaped(&value)),
                    (None, "b") => ReadCell::Flag(value == "1"),
                    (None, _) => ReadCell::Number(value.parse().expect("a number")),
                };
                let (row, column) = place;
                sheet.rows.resize_with(sheet.rows.len().max(row + 1), Vec::new);
                let cells = &mut sheet.rows[row];
                cells.resize(cells.len().max(column + 1), ReadCell::Empty);
                cells[column] = cell;
            }
            _ => {}
        },
        _ => {}
    });
    sheet
}

/// Gives each event with the text since the last tag.
fn each(xml: &str, mut take: impl FnMut(&Event<'_>, &str)) {
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    loop {
        let event = reader.read_event().expect("well-formed XML");
        match &event {
            Event::Eof => return,
            Event::Text(more) => text.push_str(more),
            Event::GeneralRef(name) => text.push(match &**name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                other => panic!("{other:?}"),
            }),
            Event::Start(_) => {
                text.clear();
                take(&event, "");
            }
            _ => {
                take(&event, &text);
                text.clear();
            }
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).expect("attributes")?;
    Some(found.value.into_owned())
}

/// `B3` is row 2, column 1.
fn position(place: &str) -> (usize, usize) {
    let digits = place.find(|c: char| c.is_ascii_digit()).expect("a row");
    let (letters, row) = place.split_at(digits);
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    (row.parse::<usize>().expect("a number") - 1, column - 1)
}

/// `_x000D_` stands for the character of this number (ISO/IEC 29500-1, 22.9.2.19).
fn unescaped(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some(at) = rest.find("_x") {
        let (before, behind) = rest.split_at(at);
        plain.push_str(before);
        let code = behind.get(2..6).filter(|_| behind.get(6..7) == Some("_"));
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let c = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        if let Some(c) = c {
            plain.push(c);
            rest = &behind[7..];
        } else {
            plain.push_str("_x");
            rest = &behind[2..];
        }
    }
    plain + rest
}
