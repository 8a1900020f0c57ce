//! What holds for the words of every text: segmented with a part of the dictionary or with the
//! whole, they are those of jieba-rs with its own dictionary, and every occurrence of a long
//! dictionary word is found.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use dibao::model::Span;
use dibao::text::{MIN_MATCH_CHARS, Segmenter, fold};
use jieba_rs::Jieba;
use proptest::prelude::*;

/// With the dictionary that comes with jieba-rs, which the program does not contain.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// With the program's whole dictionary.
static WHOLE: LazyLock<Segmenter> = LazyLock::new(|| loaded(""));

static TABLE: LazyLock<Vec<(&str, usize)>> = LazyLock::new(|| {
    let rows = include_str!("../src/text/words.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.map(|row| {
        let (word, frequency) = row.split_once('\t').expect("a tab");
        (word, frequency.parse().expect("a number"))
    })
    .collect()
});

static WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| TABLE.iter().map(|&(word, _)| word).collect());

#[test]
fn the_table_has_the_words_of_jieba_and_no_others() {
    let total: usize = TABLE.iter().map(|(_, frequency)| frequency).sum();
    // jieba shows how many words it has, and the sum of their frequencies.
    assert_eq!(
        format!("{:?}", *JIEBA),
        format!("Jieba {{ records_len: {}, total_freq: {total} }}", WORDS.len())
    );
    let plain = Segmenter::new();
    for (word, _) in TABLE.iter() {
        assert!(JIEBA.has_word(word), "{word}");
        assert!(plain.has_word(word), "{word}");
    }
}

#[test]
fn every_word_of_the_table_is_segmented_as_jieba_does() {
    let (part, _) = Segmenter::with_user_words("");
    for (word, _) in TABLE.iter() {
        let words = jieba_words(&JIEBA, word);
        assert_eq!(part.segment(word), words, "{word}");
        assert_eq!(WHOLE.segment(word), words, "{word}");
    }
}

#[test]
fn the_sample_corpus_is_segmented_as_jieba_does() {
    let (part, _) = Segmenter::with_user_words("");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files = 0;
    for entry in walkdir::WalkDir::new(corpus).into_iter().flatten() {
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        for text in [&text, &fold(&text).text] {
            for text in text.lines() {
                let words = jieba_words(&JIEBA, text);
                assert_eq!(part.segment(text), words, "{text}");
                assert_eq!(WHOLE.segment(text), words, "{text}");
            }
        }
        files += 1;
    }
    assert!(files > 10);
}

#[test]
fn a_words_whole_frequency_counts_and_not_only_its_presence() {
    // Adding a word with the frequency that it has changes nothing; with another one it does.
    let (word, frequency) = TABLE.iter().find(|(word, _)| *word == "研究生").expect("it is there");
    let cut = |list: &str| {
        let text = "研究生命的起源";
        let spans = Segmenter::with_user_words(list).0.segment(text);
        spans.into_iter().map(|span| &text[span]).collect::<Vec<_>>()
    };
    assert_eq!(cut(""), ["研究", "生命", "的", "起源"]);
    assert_eq!(cut(&format!("{word} {frequency}")), cut(""));
    assert_eq!(cut("研究生 9000000"), ["研究生", "命", "的", "起源"]);
}

#[test]
fn dictionary_words_are_found_where_segmenting_divides_them() {
    let known = |text: &'static str| {
        let spans = matches(&Segmenter::new(), text);
        spans.into_iter().map(|span| &text[span]).collect::<Vec<_>>()
    };
    assert_eq!(known("研究生命"), ["研究生"]);
    // Not all of their characters are ideographs.
    assert_eq!(known("γ射线xc++与4s店"), ["γ射线", "c++", "4s店"]);
    // What jieba's full mode gives of ASCII are no words.
    assert_eq!(known("国,gdp2023x，\n+++"), [""; 0]);
    assert_eq!(known(""), [""; 0]);
}

#[test]
fn dictionary_words_of_a_long_text_are_found_at_every_place() {
    let plain = Segmenter::new();
    let sentence = "在中华人民共和国研究生命";
    let in_sentence = matches(&plain, sentence);
    assert!(in_sentence.len() > 3);
    for between in ["", "\n", "，\r\n"] {
        let line = sentence.to_owned() + between;
        // Nothing reaches over the end of a sentence.
        let repeated = (0..700)
            .map(|number| number * line.len())
            .flat_map(|start| in_sentence.iter().map(move |s| start + s.start..start + s.end));
        let text = line.repeat(700);
        assert_eq!(matches(&plain, &text), repeated.collect::<Vec<_>>());
    }
}

#[test]
fn a_word_of_the_user_is_known_and_found() {
    let (own, warnings) = Segmenter::with_user_words("燃电谷\nαβγ 3\n中国 7\n");
    assert!(warnings.is_empty());
    for word in ["燃电谷", "αβγ", "中国", "研究"] {
        assert!(own.has_word(word), "{word}");
    }
    assert!(!Segmenter::new().has_word("燃电谷"));
    for word in ["燃", "燃电", "燃电谷建", "", "αβ"] {
        assert_eq!(own.has_word(word), WORDS.contains(word), "{word}");
    }
}

#[test]
fn a_frequency_beyond_all_measure_does_no_harm() {
    let list = format!("燃电谷 {0}\n电谷 {0}\n中国电谷\n", u64::MAX);
    let (own, warnings) = Segmenter::with_user_words(&list);
    assert!(warnings.is_empty());
    assert_eq!(own.segment("燃电谷").len(), 1);
}

proptest! {
    // To load all words for a list of user words takes a while.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_occurrence_of_a_long_dictionary_word_is_found_and_nothing_else(
        texts in prop::collection::vec(text(), 16),
        list in user_words(),
    ) {
        let own = Segmenter::with_user_words(&file_of(&list)).0;
        let mut known: HashSet<String> = list.iter().map(|(word, _)| fold(word).text).collect();
        known.retain(|word| own.has_word(word));
        let longest = known.iter().map(|word| word.chars().count()).max().unwrap_or(0).max(16);
        for text in texts {
            let mut expected = Vec::new();
            let places: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            for (from, &start) in places.iter().enumerate() {
                for &end in places.iter().skip(from + MIN_MATCH_CHARS).take(longest) {
                    if WORDS.contains(&text[start..end]) || known.contains(&text[start..end]) {
                        expected.push(start..end);
                    }
                }
            }
            prop_assert_eq!(matches(&own, &text), expected, "{}", text);
        }
    }

    #[test]
    fn any_text_is_segmented_as_jieba_does_with_the_whole_dictionary_and_user_words(
        texts in prop::collection::vec(text(), 16),
        list in user_words(),
    ) {
        let (part, jieba) = with_user_words(&list);
        let whole = loaded(&file_of(&list));
        for text in texts.into_iter().chain(list.into_iter().map(|(word, _)| word)) {
            let words = jieba_words(&jieba, &text);
            prop_assert_eq!(part.segment(&text), words.as_slice(), "{}", text);
            prop_assert_eq!(whole.segment(&text), words, "{}", text);
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_segmented_as_jieba_does(texts in prop::collection::vec(text(), 3)) {
        // What one text has loaded stays for the next.
        let (part, _) = Segmenter::with_user_words("");
        for text in texts {
            let words = jieba_words(&JIEBA, &text);
            prop_assert_eq!(part.segment(&text), words.as_slice(), "{}", text);
            prop_assert_eq!(WHOLE.segment(&text), words, "{}", text);
        }
    }

    #[test]
    fn any_text_is_segmented_as_jieba_does_with_user_words(
        texts in prop::collection::vec(text(), 4),
        list in user_words(),
    ) {
        let (part, jieba) = with_user_words(&list);
        for text in texts.into_iter().chain(list.into_iter().map(|(word, _)| word)) {
            prop_assert_eq!(part.segment(&text), jieba_words(&jieba, &text), "{}", text);
        }
    }

    #[test]
    fn what_is_known_is_the_table(text in text()) {
        prop_assert_eq!(Segmenter::new().has_word(&text), WORDS.contains(text.as_str()));
    }
}

fn loaded(list: &str) -> Segmenter {
    let (segmenter, _) = Segmenter::with_user_words(list);
    segmenter.load();
    segmenter
}

/// What [`Segmenter::dictionary_matches`] finds, in order.
fn matches(segmenter: &Segmenter, text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    segmenter.dictionary_matches(text, |span| found.push(span));
    found.sort_unstable_by_key(|span| (span.start, span.end));
    found
}

/// Words of the table, parts of them, Latin, numbers, signs, and characters of every sort.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => (0..TABLE.len()).prop_map(|row| TABLE[row].0.to_owned()),
        2 => (0..TABLE.len()).prop_map(|row| TABLE[row].0.chars().skip(1).collect()),
        2 => "[a-z0-9A-Z+#&._%-]{1,6}",
        1 => "[一-龥]{1,3}",
        1 => "(\\PC|[，。、\n\r 㐀𠀀γあк]){1,2}",
        1 => Just("4s店".to_owned()),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// Words of the user with their frequencies, in order; some of them twice.
fn user_words() -> impl Strategy<Value = Vec<(String, Option<usize>)>> {
    let word = prop_oneof![
        3 => (0..TABLE.len(), 0..TABLE.len())
            .prop_map(|(one, other)| TABLE[one].0.to_owned() + TABLE[other].0),
        2 => (0..TABLE.len()).prop_map(|row| TABLE[row].0.to_owned()),
        1 => "[a-c0-2.+-]{2,5}",
        1 => "[一-三国中人]{2,4}[a-b]?",
        1 => "[αа𠀀]{2,3}",
    ];
    let frequency = prop::option::of(prop_oneof![Just(0), 1..100_usize, 0..1_000_000_000_usize]);
    prop::collection::vec((word, frequency), 0..6)
}

fn file_of(list: &[(String, Option<usize>)]) -> String {
    let lines = list.iter().map(|(word, frequency)| match frequency {
        Some(frequency) => format!("{word}\t{frequency}\n"),
        None => format!("{word}\n"),
    });
    lines.collect()
}

/// The same words in both.
fn with_user_words(list: &[(String, Option<usize>)]) -> (Segmenter, Jieba) {
    let mut jieba = JIEBA.clone();
    for (word, frequency) in list {
        let (_, warnings) = Segmenter::with_user_words(&file_of(&[(word.clone(), *frequency)]));
        // What is refused, as a word of one character, is not added to the other either.
        if warnings.is_empty() && !word.starts_with('#') {
            jieba.add_word(&fold(word).text, *frequency, None);
        }
    }
    (Segmenter::with_user_words(&file_of(list)).0, jieba)
}

/// The words among jieba's tokens.
fn jieba_words(jieba: &Jieba, text: &str) -> Vec<Span> {
    let tokens = jieba.cut(text, false).into_iter();
    let words = tokens.filter(|token| token.word.chars().any(char::is_alphanumeric));
    words.map(|token| token.byte_start..token.byte_end).collect()
}
