//! Laws of the bigram field: what a plain scan of the folded text finds is found, and nothing else.

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

/// Articles with these titles and bodies, numbered from 1.
fn titled(texts: &[(String, String)]) -> Vec<Record> {
    let record = |((title, body), number): (&(String, String), u32)| Record {
        title: Some(title.clone()),
        ..article("a.txt", number, body)
    };
    texts.iter().zip(1..).map(record).collect()
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
            let wanted = readings(&needle);
            if wanted.contains(&String::new()) {
                continue;
            }
            let expected: Vec<u32> = texts
                .iter()
                .zip(1..)
                .filter(|((title, credit, body), _)| {
                    [title, credit, body].into_iter().any(|text| {
                        let text = plain(text);
                        wanted.iter().any(|wanted| text.contains(wanted.as_str()))
                    })
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

/// Those of [`printed`].
const BLANKS: [char; 3] = [' ', '\u{3000}', '\n'];

/// A text as it is searched: folded, the character that ends a field as U+FFFD, and of the blanks in
/// a row what the characters beside them leave.
fn plain(text: &str) -> String {
    let chars: Vec<char> = text.replace('\u{ffff}', "\u{fffd}").chars().collect();
    let is_blank = |c: char| BLANKS.contains(&c);
    let is_latin = |c: char| ['a', 'Ａ', '1', '１'].contains(&c);
    let is_mark = |c: char| ['，', ',', '\u{301}', '\u{fffd}'].contains(&c);
    let mut plain = String::new();
    for (at, &c) in chars.iter().enumerate() {
        if !is_blank(c) {
            plain.push_str(&fold(&c.to_string()).text);
            continue;
        }
        let first = chars[..at].iter().rposition(|&c| !is_blank(c));
        let next = chars[at..].iter().position(|&c| !is_blank(c)).map(|next| at + next);
        let (Some(first), Some(next)) = (first, next) else { continue };
        let (one, other) = (chars[first], chars[next]);
        if first + 1 < at || is_mark(one) || is_mark(other) {
            continue;
        }
        if is_latin(one) && is_latin(other) {
            plain.push(' ');
        } else if chars[first..next].contains(&'\n') {
            plain.push('\n');
        }
    }
    plain
}

/// A typed text as it is searched: each run of blanks in it as it is, or as the end of a line.
fn readings(typed: &str) -> std::collections::BTreeSet<String> {
    let mut all = vec![String::new()];
    for run in
        typed.chars().collect::<Vec<_>>().chunk_by(|a, b| BLANKS.contains(a) == BLANKS.contains(b))
    {
        let run: String = run.iter().collect();
        let ended = all.iter().map(|text| format!("{text}\n")).collect::<Vec<_>>();
        for text in &mut all {
            text.push_str(&run);
        }
        if run.starts_with(BLANKS) {
            all.extend(ended);
        }
    }
    all.iter().map(|text| plain(text)).collect()
}

/// A text in which blanks within a line that stand beside a Chinese character are left out, and
/// others put there, as the numbers say.
fn with_other_blanks(text: &str, numbers: &[u8]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_chinese = |at: Option<usize>| {
        let c = at.and_then(|at| chars.get(at));
        c.is_some_and(|c| ['郑', '鄭', '州', '洲', '\u{20bb7}', '発', '發'].contains(c))
    };
    let mut other = String::new();
    for ((at, &c), number) in chars.iter().enumerate().zip(numbers.iter().cycle()) {
        let is_beside = is_chinese(at.checked_sub(1)) || is_chinese(Some(at + 1));
        let is_left_out = [' ', '\u{3000}'].contains(&c) && is_beside && number % 2 == 0;
        let is_chinese = is_chinese(Some(at));
        other.extend((is_chinese && number % 3 == 0).then_some(' '));
        other.extend((!is_left_out).then_some(c));
        other.extend((is_chinese && number % 5 == 0).then_some('\u{3000}'));
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn blanks_beside_chinese_characters_make_no_difference(
        texts in proptest::collection::vec((printed(), printed()), 1..6),
        numbers in proptest::collection::vec(any::<u8>(), 1..8),
    ) {
        let (_folder, archive) = archive(&titled(&texts));
        for ((title, body), n) in texts.iter().zip(1_u32..) {
            for text in [title, body] {
                let (from, length) = (usize::from(numbers[0]) % 7, 1 + numbers.len());
                let piece: String = text.chars().skip(from).take(length).collect();
                let typed = with_other_blanks(&piece, &numbers);
                if plain(&piece).is_empty() {
                    continue;
                }
                let term = query::Term::Literal(typed.clone());
                let text = query::Text { within: query::Within::Anywhere, term };
                let root = Some(query::Node { kind: query::NodeKind::Text(text), span: 0..0 });
                let query = query::Query { root };
                let hits = archive.search(&Request { query, limit: 100, ..Request::default() });
                let hits = hits.unwrap().hits;
                let hit = hits.iter().find(|hit| hit.record.ordinal == n);
                prop_assert!(hit.is_some(), "{:?} for {:?}", typed, piece);
                for highlight in hit.iter().flat_map(|hit| &hit.highlights) {
                    let text = highlight.field.of(&hit.unwrap().record).unwrap();
                    for span in &highlight.spans {
                        let marked = plain(&text[span.clone()]);
                        prop_assert!(readings(&typed).contains(&marked), "{:?}", marked);
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_marked_is_a_part_of_the_query_and_every_wanted_literal_is_marked(
        texts in proptest::collection::vec((printed(), printed()), 1..8),
        parts in proptest::collection::vec((printed(), any::<bool>()), 1..4),
    ) {
        let (_folder, archive) = archive(&titled(&texts));
        let parts: Vec<(String, bool)> =
            parts.into_iter().filter(|(text, _)| !plain(text).is_empty()).collect();
        let nodes: Vec<query::Node> = parts
            .iter()
            .map(|(text, quoted)| {
                let text = text.clone();
                let term =
                    if *quoted { query::Term::Literal(text) } else { query::Term::Words(text) };
                let text = query::Text { within: query::Within::Anywhere, term };
                query::Node { kind: query::NodeKind::Text(text), span: 0..0 }
            })
            .collect();
        prop_assume!(!nodes.is_empty());
        let query = query::Query { root: Some(query::Node::any(nodes, 0..0)) };
        let results = archive.search(&Request { query, limit: 100, ..Request::default() }).unwrap();
        let wanted: Vec<String> = parts.iter().flat_map(|(text, _)| readings(text)).collect();
        for hit in results.hits {
            let mut marked: Vec<String> = Vec::new();
            for highlight in &hit.highlights {
                let text = highlight.field.of(&hit.record).unwrap();
                let mut end = 0;
                for span in &highlight.spans {
                    prop_assert!(span.start >= end && span.end > span.start, "{:?}", highlight);
                    end = span.end;
                    let slice = text.get(span.clone()).expect("a slice of the text");
                    prop_assert!(!slice.starts_with(BLANKS) && !slice.ends_with(BLANKS));
                    marked.push(plain(slice));
                }
            }
            for text in &marked {
                prop_assert!(
                    wanted.iter().any(|wanted| wanted.contains(text.as_str())),
                    "{:?} is no part of {:?}", text, wanted
                );
            }
            prop_assert!(!marked.is_empty(), "{:?} marks nothing", hit.record.body);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn a_short_page_is_the_beginning_of_a_long_one(
        texts in proptest::collection::vec(("[甲乙丙丁戊]{0,4}", "[甲乙丙丁戊，]{0,30}"), 1..40),
        text in "[甲乙丙丁戊]{1,3}( [甲乙丙丁戊]{1,2}){0,2}",
        limit in 1..6_usize,
    ) {
        let records: Vec<Record> = texts
            .iter()
            .zip(1..)
            .map(|((title, body), n)| Record {
                title: (!title.is_empty()).then(|| title.clone()),
                ..article("a.txt", n, body)
            })
            .collect();
        let (_folder, archive) = archive(&records);
        for matching in [dibao::search::Matching::All, dibao::search::Matching::Some] {
            let all = Request { limit: 1_000, matching, ..request(&text) };
            let whole = archive.search(&all).unwrap();
            let short = archive.search(&Request { limit, ..all }).unwrap();
            prop_assert_eq!(short.total, whole.total);
            prop_assert_eq!(short.total, whole.hits.len() as u64);
            let ordinals = |results: &dibao::search::Results| -> Vec<(u32, u32)> {
                results.hits.iter().map(|hit| (hit.record.ordinal, hit.score.to_bits())).collect()
            };
            let beginning: Vec<_> = ordinals(&whole).into_iter().take(limit).collect();
            prop_assert_eq!(ordinals(&short), beginning, "{}", text);
        }
    }
}
