//! Laws of reading and printing, for queries made of every part and for strings full of operators.

use proptest::prelude::*;

use super::*;
use crate::model::{CivilDate, Kind};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_as_the_same_query(root in node()) {
        let query = Query { root: Some(root) };
        let printed = query.to_string();
        prop_assume!(printed.chars().count() <= MAX_CHARACTERS);
        let again = parse(&printed);
        prop_assert!(again.is_ok(), "{}: {:?}", printed, again);
        let again = again.unwrap();
        prop_assert_eq!(again.without_spans(), query, "{}", printed);
        prop_assert_eq!(again.to_string(), printed);
    }

    #[test]
    fn what_can_be_read_is_printed_in_a_form_that_reads_the_same(text in operators()) {
        check_text(&text)?;
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place_inside_it(text in "(?s).*") {
        check_text(&text)?;
    }

    #[test]
    fn reading_never_fails_on_what_synonyms_add(text in operators(), file in operators()) {
        let (synonyms, _) = Synonyms::parse(&file.replace('-', "=").replace('3', "\n"));
        if let Ok(query) = parse(&text) {
            let (wider, told) = synonyms.expand(&query);
            prop_assert_eq!(told.is_empty(), wider == query);
            if let Ok(again) = parse(&wider.to_string()) {
                prop_assert_eq!(again.without_spans(), wider.without_spans());
            }
        }
    }
}

#[test]
fn limits_are_held_to_the_last_one_allowed() {
    let expected = |text: &str| parse(text).map_err(|error| (error.span, error.expected)).err();
    let word = "甲".repeat(MAX_CHARACTERS);
    assert_eq!(expected(&word), None);
    assert_eq!(
        expected(&format!("{word}乙")),
        Some((3_000..3_003, Expected::AtMost(Limit::Characters)))
    );
    // Each quote needs one more character than was typed.
    let quotes = "“甲\"”".repeat(MAX_PARTS);
    assert_eq!(expected(&quotes), None);
    let quotes = format!("“{}”", "\"".repeat(MAX_CHARACTERS - 2));
    assert_eq!(
        expected(&quotes),
        Some((0..quotes.len(), Expected::AtMost(Limit::PrintedCharacters)))
    );
    let parts = vec!["甲"; MAX_PARTS].join(" ");
    assert_eq!(expected(&parts), None);
    assert_eq!(expected(&format!("{parts} 乙")), Some((256..259, Expected::AtMost(Limit::Parts))));
    let deep = |depth: usize| format!("{}甲{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(expected(&deep(MAX_DEPTH)), None);
    assert_eq!(expected(&deep(MAX_DEPTH + 1)), Some((16..17, Expected::AtMost(Limit::Depth))));
    assert_eq!(expected(&deep(400)), Some((16..17, Expected::AtMost(Limit::Depth))));
    // What stands together and is excluded needs brackets when it is printed.
    let nested = |depth: usize| {
        let open: String =
            (0..depth).map(|at| if (depth - at) % 2 == 1 { "甲 OR (" } else { "甲 (" }).collect();
        format!("{open}甲 -乙“丙”{}", ")".repeat(depth))
    };
    assert_eq!(expected(&nested(MAX_DEPTH - 1)), None);
    let text = nested(MAX_DEPTH);
    assert_eq!(expected(&text), Some((0..text.len(), Expected::AtMost(Limit::Depth))));
}

fn check_text(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            let again = parse(&printed);
            prop_assert!(again.is_ok(), "{}: {:?}", printed, again);
            let again = again.unwrap();
            prop_assert_eq!(again.without_spans(), query.without_spans(), "{}", printed);
            prop_assert_eq!(again.to_string(), printed);
            if let Some(root) = &query.root {
                check_spans(root, text)?;
            }
        }
        Err(error) => {
            prop_assert!(text.get(error.span).is_some());
        }
    }
    Ok(())
}

fn check_spans(node: &Node, text: &str) -> Result<(), TestCaseError> {
    prop_assert!(text.get(node.span.clone()).is_some_and(|slice| !slice.is_empty()));
    let inner = match &node.kind {
        NodeKind::All(nodes) | NodeKind::Any(nodes) => {
            prop_assert!(nodes.len() > 1);
            nodes.iter().collect()
        }
        NodeKind::Not(node) => vec![&**node],
        _ => Vec::new(),
    };
    for child in inner {
        prop_assert!(node.span.start <= child.span.start && child.span.end <= node.span.end);
        let alike = std::mem::discriminant(&child.kind) == std::mem::discriminant(&node.kind);
        prop_assert!(!alike, "{node}");
        check_spans(child, text)?;
    }
    Ok(())
}

/// Strings of whatever has a meaning somewhere.
fn operators() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "甲乙",
        "丙",
        "a",
        "OR",
        "AND",
        "NOT",
        "ＯＲ",
        "-",
        "－",
        "(",
        ")",
        "（",
        "）",
        "\"",
        "“",
        "”",
        "「",
        "」",
        "＂",
        "~3",
        "～",
        "*",
        "?",
        "？",
        "\\",
        " ",
        " ",
        " ",
        " ",
        "　",
        "\u{200b}",
        "标题:",
        "主题：",
        "種類:",
        "document",
        "日期:",
        "2023",
        "-02",
        "..",
        "去年",
        "近30天",
        ":",
        "：",
    ]);
    prop::collection::vec(token, 0..16).prop_map(|tokens| tokens.concat())
}

fn node() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(3, 24, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several().prop_map(|nodes| Node::all(nodes, 0..0)),
            several().prop_map(|nodes| Node::any(nodes, 0..0)),
            inner.clone().prop_map(|node| Node::not(node, 0..0)),
        ]
    })
}

fn leaf() -> impl Strategy<Value = Node> {
    let within = prop::sample::select(vec![Within::Anywhere, Within::Headline, Within::Body]);
    let values: Vec<ValueField> = FIELD_NAMES
        .iter()
        .filter_map(|(field, _)| match field {
            QueryField::Value(field) => Some(*field),
            _ => None,
        })
        .collect();
    let fields = prop::sample::select(vec![
        DateField::Article,
        DateField::Certain,
        DateField::Issue,
        DateField::Mentioned,
    ]);
    let compared: Vec<ValueField> =
        values.iter().copied().filter(|field| *field != ValueField::Indicator).collect();
    let stated = prop::sample::select(values);
    let kind = prop_oneof![
        4 => (within, term()).prop_map(|(within, term)| NodeKind::Text(Text { within, term })),
        // A sign of comparison would make a figure of a value of 指标.
        1 => (prop::sample::select(compared), text())
            .prop_map(|(field, value)| NodeKind::Value(field, value)),
        1 => stated.prop_map(NodeKind::Stated),
        1 => ("[甲乙a:()“ ]{0,3}甲", "-?[0-9]{1,3}[万亿]{0,2}[元%a ]?甲").prop_map(|(name, amount)| {
            let name = name.trim().to_owned();
            NodeKind::Figure(FigureCondition { name, comparison: Relation::AtLeast, amount })
        }),
        1 => prop::sample::select(Kind::ALL.to_vec()).prop_map(NodeKind::Kind),
        1 => (fields, dates()).prop_map(|(field, dates)| NodeKind::Dates(field, dates)),
    ];
    kind.prop_map(|kind| Node { kind, span: 0..0 })
}

/// Text that would be read as something else if it were printed as it is.
fn text() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "OR",
        "ＡＮＤ",
        "NOT",
        "OR(甲)",
        "标题:甲",
        "-甲",
        "(甲)",
        "甲（乙）",
        "甲）",
        "甲(",
        "”",
        "甲\\",
        "~3",
        "*",
    ]);
    prop_oneof![
        1 => awkward.prop_map(str::to_owned),
        2 => "[甲乙a:：()（）\"“”「 　\\\\*?？~\\-－|.]{1,6}",
        1 => "(?s).{1,6}",
    ]
}

fn term() -> impl Strategy<Value = Term> {
    let near = prop::collection::vec("[甲乙a\"“()\\\\*:\\-]{2,4}", 2..=MAX_NEAR_WORDS);
    let gap = prop_oneof![
        (0..=MAX_SKIPPED).prop_map(|min| PatternPiece::Gap { min, max: min + MAX_SKIPPED }),
        (1..=MAX_SKIPPED).prop_map(|min| PatternPiece::Gap { min, max: min }),
    ];
    let long = || (text(), text()).prop_map(|(a, b)| a + &b);
    let pattern = (long(), prop::collection::vec((gap, long()), 1..=MAX_GAPS));
    prop_oneof![
        4 => text().prop_map(Term::Words),
        2 => text().prop_map(Term::Literal),
        1 => "[甲乙a\\-≈:“()*]{3,12}".prop_map(Term::Similar),
        1 => (near, 0..=MAX_GAP).prop_map(|(words, gap)| Term::Near { words, gap }),
        1 => pattern.prop_map(|(first, more)| {
            let more = more.into_iter().flat_map(|(gap, text)| [gap, PatternPiece::Text(text)]);
            Term::Pattern(std::iter::once(PatternPiece::Text(first)).chain(more).collect())
        }),
    ]
}

fn dates() -> impl Strategy<Value = Dates> {
    let range = (prop::option::of(period()), prop::option::of(period()));
    let single = period().prop_map(|one| Dates::Range { from: Some(one), to: Some(one) });
    let range = range.prop_filter_map("a range that is in order", |(from, to)| match (from, to) {
        (None, None) => None,
        (Some(a), Some(b)) if a.is_absolute() && b.is_absolute() => {
            let days = |period: DateExpr| period.days(CivilDate::ZERO);
            (days(a).0 <= days(b).1).then_some(Dates::Range { from, to })
        }
        _ => Some(Dates::Range { from, to }),
    });
    prop_oneof![1 => Just(Dates::Unknown), 2 => single, 3 => range]
}

fn period() -> impl Strategy<Value = DateExpr> {
    let year = || {
        prop_oneof![
            3 => (1000_i16..=9999).prop_map(Year::Number),
            1 => prop::sample::select(vec![Year::This, Year::Last, Year::BeforeLast]),
        ]
    };
    let relative = vec![
        Relative::Today,
        Relative::Yesterday,
        Relative::DayBeforeYesterday,
        Relative::ThisWeek,
        Relative::LastWeek,
        Relative::ThisMonth,
        Relative::LastMonth,
        Relative::ThisQuarter,
        Relative::LastQuarter,
    ];
    prop_oneof![
        year().prop_map(DateExpr::Year),
        (year(), 1_u8..=2).prop_map(|(year, half)| DateExpr::Half(year, half)),
        (year(), 1_u8..=4).prop_map(|(year, quarter)| DateExpr::Quarter(year, quarter)),
        (year(), 1_u8..=12).prop_map(|(year, month)| DateExpr::Month(year, month)),
        (year(), 1_u8..=12, 1_u8..=28)
            .prop_map(|(year, month, day)| DateExpr::Day(year, month, day)),
        prop::sample::select(relative).prop_map(DateExpr::Relative),
        (1_u16..).prop_map(DateExpr::LastDays),
        (1_u16..).prop_map(DateExpr::LastMonths),
        (1_u16..).prop_map(DateExpr::LastYears),
    ]
}
