//! Counts by two things at once, and of what needs a person's eye: equal to what a search finds.

use dibao::model::{ArticleWarning, Precision, Review};
use dibao::search::{Granularity, IndexState, MAX_COLUMNS, Matrix, MatrixAxis, Period};

use super::*;

/// Articles of several districts, topics, outlets and days, some of them without.
fn varied() -> Vec<Record> {
    let topic = |label: &str| Topic { label: label.into(), score: 1.0, evidence: Vec::new() };
    let record = |number: u32| {
        let record = article(["a.txt", "b.txt"][number as usize % 2], number, "山上的茶园。");
        let districts = match number % 5 {
            0 => vec![place(None, &["甲省", "乙市", "丙县"]), place(None, &["甲省", "丁市"])],
            1 => vec![place(None, &["甲省", "乙市"])],
            2 => {
                vec![place(None, &["甲省", "丁市", "戊区"]), place(None, &["甲省", "丁市", "己区"])]
            }
            3 => vec![place(None, &["庚省", "辛市", "戊区"])],
            _ => Vec::new(),
        };
        let topics = ["能源", "交通", "教育"].into_iter().skip(number as usize % 2);
        let topics = topics.take(number as usize % 3).map(topic).collect();
        let outlet = (!number.is_multiple_of(4)).then(|| format!("{}报", number % 4));
        let record = Record { districts, topics, outlet, ..record };
        let month = [1, 2, 2, 7][number as usize % 4];
        if number.is_multiple_of(7) { record } else { on(&format!("2023-{month:02}-28"), record) }
    };
    (1..=70).map(record).collect()
}

fn names(matrix: &Matrix) -> (Vec<&str>, Vec<&str>) {
    let rows = matrix.rows.iter().map(|row| row.name.as_str());
    (rows.collect(), matrix.columns.iter().map(|column| column.name.as_str()).collect())
}

/// The filter that finds what is counted under a name.
fn filters(axis: MatrixAxis, name: &str) -> Filters {
    let name = name.to_owned();
    match axis {
        MatrixAxis::District => Filters { districts: vec![name], ..Filters::default() },
        MatrixAxis::Topic => Filters { topics: vec![name], ..Filters::default() },
        MatrixAxis::Outlet => Filters { outlets: vec![name], ..Filters::default() },
        MatrixAxis::Publication => Filters { publications: vec![name], ..Filters::default() },
        MatrixAxis::Period(every) => {
            let first = format!("{name}-01-01")[..10].to_owned();
            let (from, to) = Period::of(every, day(&first)).days().unwrap();
            Filters { from: Some(from), to: Some(to), certain_dates: true, ..Filters::default() }
        }
    }
}

#[test]
fn every_cell_is_what_a_search_finds() {
    let mut records = varied();
    for number in (1..=70).step_by(6) {
        records[number].date = between(Some("2023-01-20"), Some("2023-07-02"));
    }
    let (_folder, archive) = archive(&records);
    let all = request("");
    let count = |filters: Filters| archive.count(&Request { filters, ..all.clone() }).unwrap();
    let months = MatrixAxis::Period(Granularity::Month);
    for (rows, columns) in [
        (MatrixAxis::District, months),
        (MatrixAxis::Topic, MatrixAxis::District),
        (MatrixAxis::Outlet, MatrixAxis::Period(Granularity::Year)),
        (months, MatrixAxis::Topic),
    ] {
        let matrix = archive.matrix(&all, rows, columns, 100, usize::MAX).unwrap();
        assert!(matrix.rows.len() > 1 && matrix.more_rows == 0, "{matrix:?}");
        for row in &matrix.rows {
            assert_eq!(row.count, count(filters(rows, &row.name)), "{}", row.name);
            for (cell, column) in row.cells.iter().zip(&matrix.columns) {
                let mut both = filters(rows, &row.name);
                let of_column = filters(columns, &column.name);
                both.districts.extend(of_column.districts.clone());
                both.topics.extend(of_column.topics.clone());
                both.from = both.from.or(of_column.from);
                both.to = both.to.or(of_column.to);
                both.certain_dates |= of_column.certain_dates;
                assert_eq!(*cell, count(both), "{} × {}", row.name, column.name);
            }
        }
        for column in &matrix.columns {
            assert_eq!(column.count, count(filters(columns, &column.name)), "{}", column.name);
        }
        let wide = |axis| if axis == months { 12 } else { 0 };
        assert_eq!((matrix.spread_row, matrix.spread_column), (wide(rows), wide(columns)));
    }
}

#[test]
fn rows_stand_by_number_and_months_without_a_gap() {
    let (_folder, archive) = archive(&varied());
    let months = MatrixAxis::Period(Granularity::Month);
    let all = request("");
    let matrix = archive.matrix(&all, MatrixAxis::District, months, 2, usize::MAX).unwrap();
    let expected = ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06", "2023-07"];
    // Of 丁市 are also those of what lies in it; 甲省 is no article's own district.
    assert_eq!(names(&matrix), (vec!["丁市", "乙市"], expected.to_vec()));
    assert_eq!(matrix.more_rows, 3, "丙县, 己区, 戊区");
    assert_eq!((matrix.without_row, matrix.without_column), (14, 10));
    assert!(matrix.rows.iter().all(|row| row.cells[2] == 0 && row.cells[1] > 0), "{matrix:?}");
    let rows = archive.matrix(&all, months, MatrixAxis::Topic, 2, usize::MAX).unwrap();
    assert_eq!(names(&rows).0, ["2023-02", "2023-07"], "the latest ones, without gaps");
    let few = archive.matrix(&all, MatrixAxis::District, months, 2, 3).unwrap();
    assert_eq!((names(&few).1, few.more_columns), (expected[4..].to_vec(), 4));
}

#[test]
fn a_long_time_is_cut_off_at_its_beginning() {
    let records: Vec<Record> = (1..=100)
        .map(|number| on(&format!("{}-05-01", 1920 + number), article("a.txt", number, "甲")))
        .chain([on("1900-05-01", article("a.txt", 101, "甲"))])
        .map(|record| Record { districts: vec![place(None, &["甲市"])], ..record })
        .collect();
    let (_folder, archive) = archive(&records);
    let months = MatrixAxis::Period(Granularity::Month);
    let matrix =
        archive.matrix(&request("甲"), MatrixAxis::District, months, 5, usize::MAX).unwrap();
    assert_eq!(matrix.columns.len(), MAX_COLUMNS);
    assert_eq!(matrix.columns.last().map(|column| column.name.as_str()), Some("2020-05"));
    // Those from 1921-05 to 2020-05, and that of 1900 alone.
    assert_eq!(matrix.more_columns, 99 * 12 + 1 + 1 - MAX_COLUMNS);
    assert_eq!(matrix.rows[0].count, 101, "of what is left out, too");
    let early = Filters { to: Some(day("1922-12-31")), ..Filters::default() };
    let early = Request { filters: early, ..request("甲") };
    let matrix = archive.matrix(&early, MatrixAxis::District, months, 5, usize::MAX).unwrap();
    let columns: Vec<_> =
        matrix.columns.iter().map(|column| (column.name.as_str(), column.skipped)).collect();
    assert_eq!(columns[..3], [("1900-05", 0), ("1921-05", 251), ("1921-06", 0)]);
    assert_eq!(columns.last(), Some(&("1922-05", 0)));
    assert_eq!(matrix.rows[0].cells.len(), columns.len());
    let nothing =
        archive.matrix(&request("丙"), MatrixAxis::District, months, 5, usize::MAX).unwrap();
    assert_eq!(nothing, Matrix::default());
}

#[test]
fn what_needs_an_eye_is_counted_and_found() {
    let sound = |ordinal| Record {
        districts: vec![place(None, &["甲市"])],
        date: DateNote { precision: Precision::Day, ..on("2023-02-01", article("", 1, "")).date },
        cut: Cut { confidence: 1.0, reasons: Vec::new() },
        ..article("a.txt", ordinal, "甲")
    };
    let doubt = || ArticleWarning::UnclearPlace { printed: "疑".into() };
    let open = Place { ambiguous: vec![vec!["乙市".into()]], ..place(None, &["甲市"]) };
    let (_folder, archive) = archive(&[
        sound(1),
        Record { cut: Cut { confidence: 0.3, reasons: Vec::new() }, ..sound(2) },
        Record { date: DateNote::default(), warnings: vec![doubt()], ..sound(3) },
        Record { districts: Vec::new(), places: vec![open], ..sound(4) },
        Record { body: "乙".into(), warnings: vec![doubt()], ..sound(5) },
    ]);
    let find = |review: &[Review], text: &str| {
        let filters = Filters { review: review.to_vec(), ..Filters::default() };
        let mut hits = found(&archive, &Request { filters, ..request(text) });
        hits.sort_unstable();
        hits
    };
    assert_eq!(find(&[Review::WeakCut], ""), [2]);
    assert_eq!(find(&[Review::Undated], ""), [3]);
    assert_eq!(find(&[Review::Unplaced], ""), [4]);
    assert_eq!(find(&[Review::AmbiguousPlace], ""), [4]);
    assert_eq!(find(&[Review::ArticleWarning], ""), [3, 5]);
    assert_eq!(find(&[Review::ArticleWarning], "甲"), [3]);
    assert_eq!(find(&[Review::WeakCut, Review::Undated], "甲"), [2, 3]);
    let counts = |text: &str, review: Vec<Review>| -> Vec<u64> {
        let filters = Filters { review, ..Filters::default() };
        let counts = archive.review_counts(&Request { filters, ..request(text) }).unwrap();
        assert_eq!(counts.iter().map(|count| count.review).collect::<Vec<_>>(), Review::ALL);
        counts.iter().map(|count| count.count).collect()
    };
    assert_eq!(counts("", Vec::new()), [1, 1, 1, 1, 0, 2]);
    assert_eq!(counts("乙", vec![Review::Undated]), [0, 0, 0, 0, 0, 1]);
}

#[test]
fn every_commit_is_a_state_of_its_own_and_so_is_the_same_corpus_indexed_anew() {
    let state = |folder: &Path| IndexState::read(folder).unwrap();
    let (folder, _) = archive(&[article("a.txt", 1, "甲")]);
    let before = state(folder.path());
    assert_eq!(before, state(folder.path()));
    write(folder.path(), &[article("b.txt", 1, "乙")]);
    assert_ne!(before, state(folder.path()));
    let (first, _) = archive(&[article("a.txt", 1, "甲")]);
    let (second, _) = archive(&[article("a.txt", 1, "丙")]);
    assert_ne!(state(first.path()), state(second.path()));
}
