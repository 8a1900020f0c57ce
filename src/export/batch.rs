//! The rows of a batch in every format.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::csv::{harmless, system_error};
use super::format::Format;
use super::sheets::batch::write_sheet;
use crate::present::{BatchRow, Lang, MAX_TOP_HITS};

/// The columns of a batch in CSV: what was typed, how many articles and stories match, the first and
/// the last day, why it could not be searched for, and the best hits with id, day and headline.
pub const BATCH_COLUMNS: [&str; 7 + 3 * MAX_TOP_HITS] = [
    "line",
    "query",
    "articles",
    "stories",
    "first",
    "last",
    "error",
    "top_1",
    "top_1_date",
    "top_1_title",
    "top_2",
    "top_2_date",
    "top_2_title",
    "top_3",
    "top_3_date",
    "top_3_title",
];

/// A format of a batch in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BatchFormat {
    /// A table; cells that look like formulas get an apostrophe.
    #[default]
    Csv,
    /// A workbook with typed cells.
    Xlsx,
    /// One object a line.
    Jsonl,
    /// An array of the same objects.
    Json,
}

impl BatchFormat {
    /// The ending of a file of this format.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
        }
    }

    /// The media type, for a server that gives out the bytes.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => Format::Csv.media_type(),
            Self::Xlsx => Format::Xlsx.media_type(),
            Self::Jsonl => Format::Jsonl.media_type(),
            Self::Json => "application/json",
        }
    }
}

/// Writes the rows of a batch. CSV has a byte-order mark if it is `for_spreadsheets`.
///
/// # Errors
/// When the output cannot be written to.
pub fn write_batch(
    rows: &[BatchRow],
    format: BatchFormat,
    lang: Lang,
    for_spreadsheets: bool,
    mut out: impl Write,
) -> io::Result<()> {
    match format {
        BatchFormat::Csv => {
            if for_spreadsheets {
                out.write_all("\u{feff}".as_bytes())?;
            }
            write_csv(rows, out)
        }
        BatchFormat::Xlsx => write_sheet(rows, lang, out),
        BatchFormat::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut out, row)?;
                out.write_all(b"\n")?;
            }
            out.flush()
        }
        BatchFormat::Json => {
            serde_json::to_writer_pretty(&mut out, rows)?;
            out.write_all(b"\n")?;
            out.flush()
        }
    }
}

fn write_csv(rows: &[BatchRow], out: impl Write) -> io::Result<()> {
    let mut table =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    table.write_record(BATCH_COLUMNS).map_err(system_error)?;
    for row in rows {
        for cell in cells(row) {
            table.write_field(harmless(&cell).as_bytes()).map_err(system_error)?;
        }
        table.write_record(None::<&[u8]>).map_err(system_error)?;
    }
    table.flush()
}

fn cells(row: &BatchRow) -> Vec<String> {
    fn day(day: Option<impl ToString>) -> String {
        day.map(|day| day.to_string()).unwrap_or_default()
    }
    let mut cells = vec![
        row.line.to_string(),
        row.query.clone(),
        row.articles.to_string(),
        row.stories.to_string(),
        day(row.first),
        day(row.last),
        row.error.clone().unwrap_or_default(),
    ];
    for hit in &row.top {
        cells.extend([hit.id.to_string(), day(hit.date), hit.title.clone()]);
    }
    cells.resize(BATCH_COLUMNS.len(), String::new());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, CivilDate};
    use crate::present::BatchHit;

    fn rows() -> Vec<BatchRow> {
        let hit = BatchHit {
            id: ArticleId("k7q2m9x4t1vd".into()),
            date: Some(CivilDate::constant(2023, 2, 9)),
            title: "=1+1，“甲”\"乙\"".into(),
        };
        vec![
            BatchRow {
                query: "-疫情".into(),
                line: 1,
                articles: 3,
                stories: 2,
                first: Some(CivilDate::constant(2023, 2, 1)),
                last: Some(CivilDate::constant(2024, 1, 31)),
                top: vec![hit],
                ..BatchRow::default()
            },
            BatchRow { query: "没有的".into(), line: 3, ..BatchRow::default() },
        ]
    }

    #[test]
    fn cells_are_harmless_and_rows_are_as_long_as_their_head() {
        let mut written = Vec::new();
        write_batch(&rows(), BatchFormat::Csv, Lang::Zh, true, &mut written).expect("memory");
        let text = String::from_utf8(written).expect("UTF-8");
        let text = text.strip_prefix('\u{feff}').expect("a byte-order mark");
        assert!(text.contains("\r\n1,'-疫情,3,2,2023-02-01,2024-01-31,,k7q2m9x4t1vd,"), "{text}");
        let mut table = ::csv::Reader::from_reader(text.as_bytes());
        let read: Vec<::csv::StringRecord> =
            table.records().collect::<Result<_, _>>().expect("a table");
        assert_eq!(&read[0][9], "'=1+1，“甲”\"乙\"");
        assert_eq!((&read[1][1], &read[1][2], &read[1][7]), ("没有的", "0", ""));
        assert!(read.iter().all(|row| row.len() == BATCH_COLUMNS.len()));
    }

    #[test]
    fn lines_of_objects_and_an_array_have_the_same() {
        let write = |format| {
            let mut written = Vec::new();
            write_batch(&rows(), format, Lang::En, true, &mut written).expect("memory");
            String::from_utf8(written).expect("UTF-8")
        };
        let lines: Vec<serde_json::Value> = write(BatchFormat::Jsonl)
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        let array: serde_json::Value =
            serde_json::from_str(&write(BatchFormat::Json)).expect("JSON");
        assert_eq!(array.as_array(), Some(&lines));
        assert_eq!(lines[0]["top"][0]["id"], "k7q2m9x4t1vd");
        assert_eq!(lines[1]["first"], serde_json::Value::Null);
    }
}
