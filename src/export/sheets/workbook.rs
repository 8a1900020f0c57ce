//! A workbook that is written row by row: what a cell can hold, and what happens at its limits.

use std::borrow::Cow;
use std::io::{self, Seek, Write};

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet,
    XlsxError,
};

use crate::export::temporary::{in_temporary, temporary_error};
use crate::model::CivilDate;
use crate::present::Lang;

/// What spreadsheet programs can read.
#[derive(Debug, Clone, Copy)]
pub(in crate::export) struct SheetLimits {
    /// Rows of a sheet, with its head.
    pub(in crate::export) rows: u32,
    /// UTF-16 code units of the text of a cell.
    pub(in crate::export) units: usize,
}

impl Default for SheetLimits {
    fn default() -> Self {
        Self { rows: 1_048_576, units: 32_767 }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SheetCell<'a> {
    Empty,
    /// Never a formula or a number, whatever it looks like.
    Text(Cow<'a, str>),
    Number(f64),
    /// A number with two decimals.
    Share(f64),
    /// A number that articles state several values of.
    Disputed(f64),
    Flag(bool),
    Day(CivilDate),
    /// An address that leads somewhere when it is clicked.
    Link(String),
}

impl<'a> SheetCell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub(super) fn of<T: Into<Cow<'a, str>>>(text: Option<T>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(super) fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    pub(super) fn day(day: Option<CivilDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SheetColumn {
    pub(super) head: String,
    /// Width in characters, of which a Chinese one takes two.
    pub(super) width: u16,
}

/// Rows after which a writer flushes an output that it has written nothing to.
pub(in crate::export) const ROWS_BETWEEN_FLUSHES: u64 = 1_024;
/// The first day that is a date: before, spreadsheets count a day that there was not (1900-02-29).
const FIRST_DAY: CivilDate = CivilDate::constant(1900, 3, 1);
/// Characters of a text within a formula.
const MAX_FORMULA_TEXT: usize = 255;

/// A table that goes on on the next sheet when one is full.
pub(super) struct SheetBook {
    book: Workbook,
    limits: SheetLimits,
    lang: Lang,
    formats: Formats,
    /// The sheets of the table that is being written; the last is not full.
    table: Option<SheetTable>,
    cut_cells: u64,
}

struct SheetTable {
    name: String,
    columns: Vec<SheetColumn>,
    /// Sheets so far.
    sheets: u32,
    /// Rows of the last sheet, with its head.
    rows: u32,
}

struct Formats {
    head: Format,
    day: Format,
    share: Format,
    disputed: Format,
    link: Format,
    note: Format,
}

impl SheetBook {
    /// A book made on a day. A book of the same rows has the same bytes.
    pub(super) fn new(lang: Lang, day: Option<CivilDate>, limits: SheetLimits) -> io::Result<Self> {
        let mut book = Workbook::new();
        let day = day.unwrap_or(FIRST_DAY).max(FIRST_DAY);
        let made = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8);
        let made = DocProperties::new().set_creation_datetime(&made.map_err(sheet_error)?);
        book.set_properties(&made);
        // ZIP64: a sheet of whole texts can be longer than 4 GB, and how long is known only at its end.
        book.use_zip_large_file(true);
        let formats = Formats {
            head: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0x00E7_ECF3))
                .set_align(FormatAlign::VerticalCenter),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            share: Format::new().set_num_format("0.00"),
            disputed: Format::new().set_background_color(Color::RGB(0x00FF_E8A3)),
            link: Format::new().set_hyperlink(),
            note: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        };
        Ok(Self { book, limits, lang, formats, table: None, cut_cells: 0 })
    }

    /// Cells whose text did not fit.
    pub(super) fn cut_cells(&self) -> u64 {
        self.cut_cells
    }

    /// Begins a table on a sheet of its own; the one before is complete.
    pub(super) fn begin(&mut self, name: &str, columns: Vec<SheetColumn>) -> io::Result<()> {
        self.complete()?;
        let table = SheetTable { name: name.to_owned(), columns, sheets: 0, rows: 0 };
        self.table = Some(table);
        self.next_sheet()
    }

    /// Writes a row of the table; cells that are not given are empty.
    pub(super) fn row(&mut self, cells: &[SheetCell<'_>]) -> io::Result<()> {
        if self.table.as_ref().is_some_and(|table| table.rows >= self.limits.rows) {
            self.next_sheet()?;
        }
        let Some(table) = &mut self.table else { return Ok(()) };
        let row = table.rows;
        table.rows += 1;
        in_temporary(|| {
            (0..).zip(cells).try_for_each(|(column, cell)| self.cell(row, column, cell))
        })
    }

    /// Writes lines of a name and a value, on a sheet of their own behind the others.
    pub(super) fn facts(
        &mut self,
        name: &str,
        facts: &[(String, SheetCell<'_>)],
    ) -> io::Result<()> {
        self.complete()?;
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(sheet_error)?;
        sheet.set_name(name).map_err(sheet_error)?;
        sheet.set_column_width(0, 24).map_err(sheet_error)?;
        sheet.set_column_width(1, 90).map_err(sheet_error)?;
        in_temporary(|| {
            (0..).zip(facts).try_for_each(|(row, (fact, value))| {
                self.cell(row, 0, &SheetCell::text(fact))?;
                self.cell(row, 1, value)
            })
        })
    }

    /// Writes the book.
    pub(super) fn save(mut self, mut out: impl Write) -> io::Result<()> {
        self.complete()?;
        // The library wants a writer that it can give to a thread.
        let mut whole = tempfile::tempfile().map_err(temporary_error)?;
        in_temporary(|| {
            let saved = self.book.save_to_writer(io::BufWriter::new(&mut whole));
            saved.map_err(sheet_error)
        })?;
        whole.rewind()?;
        io::copy(&mut whole, &mut out)?;
        out.flush()
    }

    fn next_sheet(&mut self) -> io::Result<()> {
        self.complete_sheet()?;
        let Some(table) = &mut self.table else { return Ok(()) };
        table.sheets += 1;
        table.rows = 1;
        let name = match table.sheets {
            1 => table.name.clone(),
            number => format!("{} {number}", table.name),
        };
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(sheet_error)?;
        begin_sheet(sheet, &name, &table.columns, &self.formats.head).map_err(sheet_error)
    }

    fn complete(&mut self) -> io::Result<()> {
        self.complete_sheet()?;
        self.table = None;
        Ok(())
    }

    /// The filter covers all rows, which are known only now.
    fn complete_sheet(&mut self) -> io::Result<()> {
        let Some(table) = self.table.as_ref().filter(|table| table.sheets > 0) else {
            return Ok(());
        };
        let last_column = table.columns.len().saturating_sub(1) as u16;
        let last_row = table.rows.saturating_sub(1);
        let sheet = last_sheet(&mut self.book)?;
        sheet.autofilter(0, 0, last_row, last_column).map_err(sheet_error)?;
        Ok(())
    }

    fn cell(&mut self, row: u32, column: u16, cell: &SheetCell<'_>) -> io::Result<()> {
        let Self { book, limits, lang, formats, cut_cells, table } = self;
        let sheet = last_sheet(book)?;
        let written = match cell {
            SheetCell::Empty => return Ok(()),
            SheetCell::Text(text) => {
                let shown = fitting(text, limits.units, *lang);
                *cut_cells += u64::from(matches!(shown, Cow::Owned(_)));
                if table.is_some() {
                    sheet.write_string(row, column, &*shown)
                } else {
                    sheet.write_string_with_format(row, column, &*shown, &formats.note)
                }
            }
            SheetCell::Number(number) | SheetCell::Share(number) | SheetCell::Disputed(number)
                if !number.is_finite() =>
            {
                sheet.write_string(row, column, number.to_string())
            }
            SheetCell::Number(number) => sheet.write_number(row, column, *number),
            SheetCell::Share(number) => {
                sheet.write_number_with_format(row, column, *number, &formats.share)
            }
            SheetCell::Disputed(number) => {
                sheet.write_number_with_format(row, column, *number, &formats.disputed)
            }
            SheetCell::Flag(flag) => sheet.write_boolean(row, column, *flag),
            SheetCell::Day(day) if *day < FIRST_DAY => {
                sheet.write_string(row, column, day.to_string())
            }
            SheetCell::Day(day) => sheet.write_datetime_with_format(row, column, day, &formats.day),
            // A function, not one of the links of a sheet: of these there can be only 65,530.
            SheetCell::Link(address) if address.chars().count() <= MAX_FORMULA_TEXT => {
                let quoted = address.replace('"', "\"\"");
                let link = Formula::new(format!("=HYPERLINK(\"{quoted}\")")).set_result(address);
                sheet.write_formula_with_format(row, column, link, &formats.link)
            }
            SheetCell::Link(address) => sheet.write_string(row, column, address),
        };
        written.map(|_| ()).map_err(sheet_error)
    }
}

fn begin_sheet(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[SheetColumn],
    head: &Format,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, &column.head, head)?;
    }
    Ok(())
}

/// The sheet that is being written is always the last one.
fn last_sheet(book: &mut Workbook) -> io::Result<&mut Worksheet> {
    let last = book.worksheets_mut().last_mut();
    last.ok_or_else(|| io::Error::other("a workbook without sheets"))
}

/// The text if it fits; else as much of it as fits with a mark behind it, whole characters alone.
fn fitting(text: &str, units: usize, lang: Lang) -> Cow<'_, str> {
    // A text has at least as many bytes as units.
    if text.len() <= units || text.encode_utf16().count() <= units {
        return text.into();
    }
    let mark = lang.of("……【此处截断】", "… [cut here]");
    let mut left = units.saturating_sub(mark.encode_utf16().count());
    let end = text.char_indices().find(|(_, c)| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        !fits
    });
    let kept = end.and_then(|(end, _)| text.get(..end)).unwrap_or_default();
    format!("{kept}{mark}").into()
}

/// The error of the system; the library writes to temporary files alone.
fn sheet_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => temporary_error(error),
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::read_back::{ReadCell, read_back};
    use super::*;

    const FEW: SheetLimits = SheetLimits { rows: 3, units: 20 };

    fn column(head: &str) -> SheetColumn {
        SheetColumn { head: head.to_owned(), width: 10 }
    }

    /// A book of one table with these rows, and how many cells were cut.
    fn book(limits: SheetLimits, rows: &[Vec<SheetCell<'_>>]) -> (Vec<u8>, u64) {
        let mut book = SheetBook::new(Lang::Zh, None, limits).expect("a book");
        book.begin("表", vec![column("甲"), column("乙")]).expect("a sheet");
        for row in rows {
            book.row(row).expect("a row");
        }
        let cut_cells = book.cut_cells();
        let facts = [("数".to_owned(), SheetCell::Number(rows.len() as f64))];
        book.facts("说明", &facts).expect("a sheet");
        let mut out = Vec::new();
        book.save(&mut out).expect("memory");
        (out, cut_cells)
    }

    fn text(cell: &ReadCell) -> &str {
        match cell {
            ReadCell::Text(text) => text,
            other => panic!("no text: {other:?}"),
        }
    }

    #[test]
    fn a_full_sheet_goes_on_on_the_next_with_the_same_head() {
        for (rows, expected) in [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3)] {
            let numbers: Vec<Vec<SheetCell<'_>>> =
                (0..rows).map(|number| vec![SheetCell::Number(f64::from(number))]).collect();
            let (bytes, cut_cells) = book(FEW, &numbers);
            let sheets = read_back(&bytes);
            assert_eq!((sheets.len(), cut_cells), (expected + 1, 0), "{rows}");
            let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            assert_eq!(names[..1], ["表"]);
            assert_eq!(*names.last().expect("one"), "说明");
            let mut read = Vec::new();
            for (number, sheet) in sheets[..expected].iter().enumerate() {
                assert!(number == 0 || sheet.name == format!("表 {}", number + 1));
                assert_eq!(
                    sheet.rows[0],
                    [ReadCell::Text("甲".into()), ReadCell::Text("乙".into())]
                );
                assert!(sheet.is_frozen);
                let filter = format!("A1:B{}", sheet.rows.len());
                assert_eq!(sheet.filter.as_deref(), Some(filter.as_str()));
                read.extend(sheet.rows[1..].iter().map(|row| row[0].clone()));
            }
            let written = (0..rows).map(|number| ReadCell::Number(f64::from(number)));
            assert_eq!(read, written.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_between_characters_with_a_mark_and_counted() {
        let mark = "……【此处截断】";
        for (typed, shown) in [
            ("甲".repeat(20), "甲".repeat(20)),
            ("甲".repeat(21), "甲".repeat(12) + mark),
            // Of two units each.
            ("𠀀".repeat(10), "𠀀".repeat(10)),
            ("𠀀".repeat(11), "𠀀".repeat(6) + mark),
            (format!("a{}", "𠀀".repeat(10)), format!("a{}", "𠀀".repeat(5)) + mark),
        ] {
            let (bytes, cut_cells) = book(FEW, &[vec![SheetCell::text(typed.as_str())]]);
            assert_eq!(text(&read_back(&bytes)[0].rows[1][0]), shown);
            assert_eq!(cut_cells, u64::from(typed != shown));
            assert!(shown.encode_utf16().count() <= FEW.units);
        }
        let long = "长".repeat(40_000);
        let rows = [vec![SheetCell::text(long.as_str()), SheetCell::text("短")]];
        let (bytes, cut_cells) = book(SheetLimits::default(), &rows);
        let sheets = read_back(&bytes);
        assert_eq!(text(&sheets[0].rows[1][0]).encode_utf16().count(), 32_767);
        assert_eq!((text(&sheets[0].rows[1][1]), cut_cells), ("短", 1));
    }

    #[test]
    fn cells_have_types_and_what_a_type_cannot_hold_is_text() {
        let link = "https://archive.example/article/a?b=\"c\"&d";
        let cells = [
            SheetCell::Day(date(2023, 2, 10)),
            SheetCell::Day(date(1900, 3, 1)),
            SheetCell::Day(date(1900, 2, 28)),
            SheetCell::Day(date(1898, 6, 11)),
            SheetCell::Number(51_240_000_000.0),
            SheetCell::Share(0.95),
            SheetCell::Number(f64::NAN),
            SheetCell::Flag(true),
            SheetCell::text("=1+1"),
            SheetCell::text("2023-02-10"),
            SheetCell::text(""),
            SheetCell::Link(link.into()),
            SheetCell::Link(format!("https://archive.example/{}", "a".repeat(300))),
        ];
        let rows: Vec<Vec<SheetCell<'_>>> = cells.into_iter().map(|cell| vec![cell]).collect();
        let sheets = read_back(&book(SheetLimits::default(), &rows).0);
        let mut read = sheets[0].rows[1..].iter().map(|row| row.first().cloned());
        let mut next = || read.next().flatten();
        // Days since 1899-12-30.
        assert_eq!(next(), Some(ReadCell::Number(44_967.0)));
        assert_eq!(next(), Some(ReadCell::Number(61.0)));
        assert_eq!(next(), Some(ReadCell::Text("1900-02-28".into())));
        assert_eq!(next(), Some(ReadCell::Text("1898-06-11".into())));
        assert_eq!(next(), Some(ReadCell::Number(51_240_000_000.0)));
        assert_eq!(next(), Some(ReadCell::Number(0.95)));
        assert_eq!(next(), Some(ReadCell::Text("NaN".into())));
        assert_eq!(next(), Some(ReadCell::Flag(true)));
        assert_eq!(next(), Some(ReadCell::Text("=1+1".into())));
        assert_eq!(next(), Some(ReadCell::Text("2023-02-10".into())));
        assert_eq!(next(), None);
        let formula = "HYPERLINK(\"https://archive.example/article/a?b=\"\"c\"\"&d\")";
        assert_eq!(next(), Some(ReadCell::Formula(formula.into(), link.into())));
        assert!(matches!(next(), Some(ReadCell::Text(text)) if text.len() == 324));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_text_is_written_and_read_as_it_is(
            texts in proptest::collection::vec(
                prop_oneof![
                    any::<String>(),
                    "[=+@\\-＝][ -~]{0,12}",
                    "[\\x00-\\x1f \u{fffe}\u{ffff}\u{feff}\u{85}甲𠀀]{0,12}",
                    "(_x[0-9A-Fa-f]{4}_|_x|_|x00){0,4}",
                    "[甲𠀀a]{0,40}",
                ],
                1..8,
            ),
        ) {
            let rows: Vec<Vec<SheetCell<'_>>> =
                texts.iter().map(|text| vec![SheetCell::text(text.as_str())]).collect();
            let limits = SheetLimits { units: 32, ..SheetLimits::default() };
            let (bytes, cut_cells) = book(limits, &rows);
            prop_assert_eq!(&bytes, &book(limits, &rows).0);
            let sheets = read_back(&bytes);
            let mut cut = 0;
            for (row, text) in (1..).zip(&texts) {
                let read = match sheets[0].rows.get(row).and_then(|row| row.first()) {
                    None => "",
                    Some(ReadCell::Text(read)) => read,
                    Some(other) => panic!("{other:?}"),
                };
                let shown = fitting(text, limits.units, Lang::Zh);
                prop_assert_eq!(read, &*shown);
                let is_cut = text.encode_utf16().count() > limits.units;
                prop_assert_eq!(is_cut, *text != *shown);
                cut += u64::from(is_cut);
            }
            prop_assert_eq!(cut, cut_cells);
        }
    }
}
