//! Laws of the literal lane: what a plain scan of the folded text finds is found, and nothing else.

use super::*;

/// Texts of few characters, so that they meet often: simplified, traditional, full width, Latin,
/// beyond the first plane, combining, white space, and the character that ends a field.
fn printed() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop::sample::select(vec![
            '郑',
            '鄭',
            '州',
            '洲',
            'Ａ',
            'a',
            '1',
            '１',
            '，',
            ',',
            '\u{20bb7}',
            '\u{301}',
            ' ',
            '\u{3000}',
            '\n',
            '\u{ffff}',
            '発',
            '發',
        ]),
        0..14,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_literal_finds_exactly_the_articles_in_which_a_plain_scan_finds_it(
        texts in proptest::collection::vec((printed(), printed(), printed()), 1..12),
        needles in proptest::collection::vec(printed(), 20),
    ) {
        let records: Vec<Record> = texts
            .iter()
            .zip(1..)
            .map(|((title, credit, body), n)| Record {
                title: Some(title.clone()),
                credit: Some(credit.clone()),
                ..article("a.txt", n, body)
            })
            .collect();
        let (_folder, archive) = archive(&records);
        // What stands in the texts themselves is looked for as well.
        let pieces = texts.iter().flat_map(|(title, _, body)| {
            [title, body].map(|text| text.chars().skip(1).take(5).collect::<String>())
        });
        for needle in needles.iter().cloned().chain(pieces) {
            // The one character that stands for the end of a text is looked for as U+FFFD.
            let plain = |text: &str| fold(text).text.replace('\u{ffff}', "\u{fffd}");
            let wanted = plain(&needle);
            if wanted.is_empty() {
                continue;
            }
            let expected: Vec<u32> = texts
                .iter()
                .zip(1..)
                .filter(|((title, credit, body), _)| {
                    [title, credit, body].into_iter().any(|text| plain(text).contains(&wanted))
                })
                .map(|(_, n)| n)
                .collect();
            let query = query::Query {
                root: Some(query::Node {
                    kind: query::NodeKind::Text(query::Text {
                        within: query::Within::Anywhere,
                        term: query::Term::Literal(needle.clone()),
                    }),
                    span: 0..0,
                }),
            };
            let request = Request { query, limit: 100, sort: Sort::Oldest, ..Request::default() };
            prop_assert_eq!(found(&archive, &request), expected, "{:?}", needle);
        }
    }
}
