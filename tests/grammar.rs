//! The section "The query language" of ARCHITECTURE.md is true: every example is read as it says,
//! every error stands where it says, and the fields, kinds and limits are those of the code.

use std::fs;
use std::path::Path;

use dibao::model::CivilDate;
use dibao::query;
use dibao::query::{
    DateField, FIELD_NAMES, FigureCondition, KIND_NAMES, MAX_CHARACTERS, MAX_DEPTH, MAX_GAP,
    MAX_GAPS, MAX_NEAR_WORDS, MAX_PARTS, MAX_SIMILAR_TEXTS, MAX_SKIPPED, Node, NodeKind,
    PatternPiece, QueryField, Term, Text, ValueField, Within, parse,
};

#[test]
fn every_example_is_read_as_the_page_says() {
    let rows = table("| query | is read as |");
    assert!(rows.len() >= 30, "{} examples", rows.len());
    for row in rows {
        let [typed, expected] = cells(&row);
        let read = parse(typed).map(|query| query.root.as_ref().map_or("everything".into(), tree));
        assert_eq!(read.as_deref(), Ok(expected), "{typed}");
    }
}

#[test]
fn every_error_stands_where_the_page_says() {
    let rows = table("| query | at character | found | expected |");
    assert!(rows.len() >= 20, "{} errors", rows.len());
    for row in rows {
        let [typed, place, found, expected] = cells(&row);
        let error = parse(typed).expect_err(typed);
        let before = typed[..error.span.start].chars().count();
        let at = match &typed[error.span] {
            "" => format!("{}, the end", before + 1),
            slice => format!("{}: {slice}", before + 1).trim_end().to_owned(),
        };
        let found_there = error.found.to_string().replace('`', "");
        let said = [at.as_str(), &found_there, &error.expected.to_string()];
        assert_eq!(said, [place, found, expected], "{typed}");
    }
}

#[test]
fn the_page_names_every_field_and_kind_as_the_code_does() {
    let fields: Vec<String> = FIELD_NAMES.iter().map(|(_, names)| names.join(", ")).collect();
    let shown = table("| field | is compared with |");
    let shown: Vec<&str> = shown.iter().map(|row| cells::<2>(row)[0]).collect();
    assert_eq!(shown, fields);
    for (_, names) in KIND_NAMES {
        assert!(section().contains(&names.join("/")), "{names:?}");
    }
}

#[test]
fn the_page_says_the_limits_that_are_held() {
    let rows = table("| at most | of what |");
    let shown: Vec<usize> = rows
        .iter()
        .map(|row| cells::<2>(row)[0].replace(',', "").parse().expect("a number"))
        .collect();
    let held = [
        MAX_CHARACTERS,
        MAX_PARTS,
        MAX_DEPTH,
        MAX_GAP as usize,
        MAX_NEAR_WORDS,
        MAX_SKIPPED as usize,
        MAX_GAPS,
        MAX_SIMILAR_TEXTS,
    ];
    assert_eq!(shown, held);
}

/// A query as one unambiguous term; dates as the days that they are on 2024-05-15.
fn tree(node: &Node) -> String {
    let several = |name: &str, nodes: &[Node]| {
        let inner: Vec<String> = nodes.iter().map(tree).collect();
        format!("{name}({})", inner.join(", "))
    };
    match &node.kind {
        NodeKind::All(nodes) => several("all", nodes),
        NodeKind::Any(nodes) => several("any", nodes),
        NodeKind::Not(node) => format!("not({})", tree(node)),
        NodeKind::Text(Text { within, term }) => match within {
            Within::Anywhere => term_of(term),
            Within::Headline => format!("headline({})", term_of(term)),
            Within::Body => format!("body({})", term_of(term)),
        },
        NodeKind::Value(field, value) => format!("{}={value}", value_name(*field)),
        NodeKind::Figure(FigureCondition { name, comparison, amount }) => {
            format!("figure {name} {comparison} {amount}")
        }
        NodeKind::Stated(field) => format!("{}=any", value_name(*field)),
        NodeKind::Kind(kind) => format!("kind={}", kind.as_str()),
        NodeKind::Dates(field, dates) => {
            let name = match field {
                DateField::Article => "date",
                DateField::Certain => "certain",
                DateField::Issue => "issue",
                DateField::Mentioned => "mentions",
            };
            if *dates == query::Dates::Unknown {
                return format!("{name}=none");
            }
            let day = |day: Option<CivilDate>| day.map_or(String::new(), |day| day.to_string());
            let (first, last) = dates.days("2024-05-15".parse().expect("a day"));
            format!("{name}={}..{}", day(first), day(last))
        }
    }
}

fn term_of(term: &Term) -> String {
    match term {
        Term::Words(text) => format!("words {text}"),
        Term::Literal(text) => format!("literal {text}"),
        Term::Similar(text) => format!("similar {text}"),
        Term::Near { words, gap } => format!("near {gap} [{}]", words.join(", ")),
        Term::Pattern(pieces) => {
            let pieces: Vec<String> = pieces
                .iter()
                .map(|piece| match piece {
                    PatternPiece::Text(text) => text.clone(),
                    PatternPiece::Gap { min, max } => format!("{min}–{max}"),
                })
                .collect();
            format!("pattern [{}]", pieces.join(", "))
        }
    }
}

fn value_name(of: ValueField) -> &'static str {
    let row = FIELD_NAMES.iter().find(|(field, _)| *field == QueryField::Value(of));
    let english = row.and_then(|(_, names)| names.iter().find(|name| name.is_ascii()));
    english.expect("an English name")
}

/// The rows of the tables with this head.
fn table(head: &str) -> Vec<String> {
    let section = section();
    let mut rows = Vec::new();
    let mut lines = section.lines();
    while lines.any(|line| line == head) {
        rows.extend(lines.by_ref().skip(1).take_while(|line| line.starts_with('|')));
    }
    assert!(!rows.is_empty(), "no table {head}");
    rows.into_iter().map(str::to_owned).collect()
}

/// The cells of a row, without the marks of code; no cell has a `|`.
fn cells<const N: usize>(row: &str) -> [&str; N] {
    let cells = row.trim_matches('|').split('|').map(|cell| {
        let cell = cell.trim();
        cell.strip_prefix('`').and_then(|code| code.strip_suffix('`')).unwrap_or(cell)
    });
    let cells: Vec<&str> = cells.collect();
    cells.try_into().unwrap_or_else(|_| panic!("not {N} cells: {row}"))
}

fn section() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let page = fs::read_to_string(path).expect("ARCHITECTURE.md");
    let (_, rest) = page.split_once("\n## The query language\n").expect("the section");
    rest.split("\n## ").next().unwrap_or(rest).to_owned()
}
