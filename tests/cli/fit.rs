//! `dibao fit`, and what uses the table that it writes.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::place::{Place, jsonl};

const PAGES: usize = 12;
const LETTERS: usize = 4;
/// Lines of a letter.
const LINES: usize = 5;

/// Pages of letters to a paper, in a form that no other paper has: the place, what happened there, an
/// aside with a heading of its own, and a postscript. The program takes the asides for articles.
fn letters(page: usize) -> String {
    let of = |words: &str, number: usize| {
        let words: Vec<&str> = words.split(' ').collect();
        words[number % words.len()].to_owned()
    };
    let place =
        |number: usize| of("石桥 柳湾 东塘 北岭 沙坪 竹园 上渡 桑田 梅坞 河口 青冈", number);
    let thing = |number: usize| of("水井 渡船 戏台 粮仓 水渠 茶园 学堂 碾坊 路灯", number);
    let done = |number: usize| of("修好了 重新刷了漆 添了护栏 换了木板 清了淤泥", number);
    let mut text = String::new();
    for letter in 0..LETTERS {
        let n = page * 7 + letter * 3;
        let _ = writeln!(
            text,
            "{}来信\n{}的{}{}，老人说今年比往年方便得多，孩子也来看了两回，木匠把剩下的料都堆在墙根。\n\
             关于{}\n{}的{}{}，邻居说等天晴了再去看一看，先生也写了一副对子贴在门上。\n又及：{}的事下回再说",
            place(n),
            place(n + 1),
            thing(n),
            done(n),
            thing(n + 4),
            place(n + 2),
            thing(n + 4),
            done(n + 3),
            thing(n + 5),
        );
    }
    text
}

fn name(page: usize) -> String {
    format!("letters/{page:02}.txt")
}

/// The articles of the pages, as somebody corrects what `split` printed.
fn corrected(pages: std::ops::Range<usize>) -> Vec<Value> {
    let letters = pages.flat_map(|page| (0..LETTERS).map(move |letter| (page, letter)));
    letters
        .map(|(page, letter)| {
            let first = letter * LINES + 1;
            let title = letters_title(page, first);
            json!({
                "id": "k7q2m9x4t1vd", "source": name(page), "kind": "news", "title": title,
                "lines": [[first, first + LINES - 1]], "topics": [], "cut": {"confidence": 0.4},
            })
        })
        .collect()
}

fn letters_title(page: usize, line: usize) -> String {
    letters(page).lines().nth(line - 1).expect("a line").to_owned()
}

fn with_letters() -> Place {
    let place = Place::new();
    for page in 0..PAGES {
        place.write(&name(page), &letters(page));
    }
    place
}

/// Writes rows beside the corpus.
fn rows(place: &Place, name: &str, rows: &[Value]) {
    std::fs::write(place.path().join(name), jsonl(rows)).expect("a file");
}

/// The lines of the articles of a page.
fn cut(place: &Place, arguments: &[&str]) -> Vec<Value> {
    let page = format!("corpus/{}", name(0));
    let ran = place.run(&[&["split", &page, "--format", "jsonl"], arguments].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.json_lines().into_iter().map(|record| record["lines"].clone()).collect()
}

#[test]
fn pages_are_cut_as_they_were_corrected() {
    let place = with_letters();
    let wanted: Vec<Value> =
        corrected(0..1).into_iter().map(|article| article["lines"].clone()).collect();
    assert_ne!(cut(&place, &[]), wanted);
    rows(&place, "letters.jsonl", &corrected(0..PAGES));
    let fitted = place.run(&["fit", "letters.jsonl", "--out", "corpus/letters/splitter.tsv"]);
    assert_eq!(fitted.code, 0, "{}", fitted.stderr);
    let cells: Vec<Vec<&str>> =
        fitted.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(cells[0], ["gold", "pages", "articles", "now", "fitted"]);
    assert_eq!(cells[1][..3], ["letters", "12", "48"]);
    assert_eq!((cells[1][4], cells.len()), ("1.0000", 2), "{}", fitted.stdout);
    let before: f64 = cells[1][3].parse().expect("a number");
    assert!(before < 0.1, "{}", fitted.stdout);
    assert!(fitted.stderr.contains(" exact now, 48 when"), "{}", fitted.stderr);
    assert!(fitted.stderr.ends_with("fitting helps\n"), "{}", fitted.stderr);

    // `split` and `ingest` use it, and it is no text.
    assert_eq!(cut(&place, &[]), wanted);
    let ingested = place.run(&["ingest", "--format", "json"]).json();
    assert_eq!((&ingested["files_taken"], &ingested["articles"]), (&json!(12), &json!(48)));
    assert_eq!(ingested["other_kinds"], json!({}));

    // The same pages give the same table, wherever it lies.
    let table = std::fs::read(place.path().join("corpus/letters/splitter.tsv")).expect("the table");
    std::fs::remove_file(place.path().join("corpus/letters/splitter.tsv")).expect("removed");
    assert_eq!(place.run(&["fit", "letters.jsonl", "--out", "own.tsv"]).code, 0);
    assert!(std::fs::read(place.path().join("own.tsv")).expect("the table") == table);
    assert_ne!(cut(&place, &[]), wanted);
    assert_eq!(cut(&place, &["--splitter", "own.tsv"]), wanted);
}

/// How many letters of the last pages, which nobody corrects, are articles.
fn exact(place: &Place) -> usize {
    let articles = place.run(&["search", "--format", "jsonl", "--limit", "1000"]).json_lines();
    let last =
        articles.iter().filter(|article| article["source"].as_str() > Some("letters/04.txt"));
    let lines = last.map(|article| &article["lines"][0]);
    lines
        .filter(|lines| {
            lines[1].as_u64() == lines[0].as_u64().map(|first| first + LINES as u64 - 1)
        })
        .count()
}

/// Four pages are corrected in the archive; the others are cut rightly after that.
#[test]
fn pages_that_were_corrected_in_the_archive_teach_the_splitter() {
    const CORRECTED: usize = 4;
    let place = with_letters();
    assert_eq!(place.run(&["ingest"]).code, 0);
    let before = exact(&place);
    let none = place.run(&["curate", "export", "--gold", "gold"]);
    assert_eq!((none.code, none.stdout.as_str()), (1, ""), "{}", none.stderr);
    for page in 0..CORRECTED {
        for letter in 0..LETTERS {
            let first = letter * LINES + 1;
            let lines = format!("{}:{first}-{}", name(page), first + LINES - 1);
            let ran = place.run(&["correct", "--pieces", &lines, "--by", "丁一", "--later"]);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
        }
    }
    // One that nobody has gone through to its end.
    let ran =
        place.run(&["correct", "--pieces", &format!("{}:1-5", name(CORRECTED)), "--by", "丁一"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(place.run(&["ingest"]).code, 0);
    let exported = place.run(&["curate", "export", "--gold", "gold"]);
    assert_eq!(exported.code, 0, "{}", exported.stderr);
    assert_eq!(exported.stdout, "gold/letters.gold.jsonl  4 files\n");
    assert!(exported.stderr.contains("1 file gone through in part"), "{}", exported.stderr);
    let fitted =
        place.run(&["fit", "gold/letters.gold.jsonl", "--out", "corpus/letters/splitter.tsv"]);
    assert_eq!(fitted.code, 0, "{}{}", fitted.stdout, fitted.stderr);
    assert_eq!(place.run(&["ingest"]).code, 0);
    assert!(exact(&place) > before, "pages that nobody corrected are cut better");
    let checked = place.run(&["correct", "--checked", &name(PAGES - 1), "--by", "丁一"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    let exported = place.run(&["curate", "export", "--gold", "gold"]).stdout;
    assert_eq!(exported, "gold/letters.gold.jsonl  5 files\n");
}

#[test]
fn what_cannot_be_measured_or_does_not_help_is_said() {
    let place = with_letters();
    rows(&place, "one.jsonl", &corrected(0..1));
    let one = place.run(&["fit", "one.jsonl", "--out", "own.tsv"]);
    assert_eq!(one.code, 0, "{}", one.stderr);
    assert!(one.stdout.ends_with("–\n") && one.stderr.contains("cannot be measured"));
    // Nothing can be learned from pages that are cut rightly already.
    let page = |number: usize| {
        format!(
            "渡口第{number}次重开\n本报讯（记者 甲一）3月{number}日，渡口重开，渡船往来{number}趟。\n"
        )
    };
    let right: Vec<Value> = (1..5)
        .map(|number| {
            place.write(&format!("{number}.txt"), &page(number));
            let title = format!("渡口第{number}次重开");
            json!({"source": format!("{number}.txt"), "kind": "news", "title": title, "lines": [[1, 2]]})
        })
        .collect();
    rows(&place, "right.jsonl", &right);
    let before = std::fs::read(place.path().join("own.tsv")).expect("the table");
    let ran = place.run(&["fit", "right.jsonl", "--out", "own.tsv"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(std::fs::read(place.path().join("own.tsv")).expect("the table") == before);
    assert!(ran.stderr.contains("of 4 articles, 4 are exact now, 4 when"), "{}", ran.stderr);
    assert!(ran.stderr.contains("fitting does not help"), "{}", ran.stderr);
}

#[test]
fn a_wrong_row_is_named_and_nothing_is_written() {
    let place = with_letters();
    let mut wrong = corrected(0..2);
    wrong[5]["lines"] = json!([[6, 99]]);
    rows(&place, "letters.jsonl", &wrong);
    let ran = place.run(&["fit", "letters.jsonl", "--out", "own.tsv"]);
    assert_eq!(ran.code, 2);
    let said = "error: letters.jsonl, line 6: the text has 20 lines, not 99\n";
    assert_eq!(ran.stderr, said);
    assert!(!place.path().join("own.tsv").exists());
    let ran = place.run(&["fit", "nowhere", "--out", "own.tsv"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("nowhere: ") && ran.stderr.contains("check the path"),
        "{}",
        ran.stderr
    );
}

#[test]
fn nothing_but_a_table_is_written_over() {
    let place = with_letters();
    rows(&place, "letters.jsonl", &corrected(0..2));
    for target in ["letters.jsonl", "corpus/letters/00.txt", "corpus/a/b/splitter.tsv"] {
        let before = std::fs::read(place.path().join(target)).ok();
        let ran = place.run(&["fit", "letters.jsonl", "--out", target]);
        assert_eq!(ran.code, 2, "{target}");
        assert!(ran.stderr.contains(target) && ran.stderr.contains("name"), "{}", ran.stderr);
        assert_eq!(std::fs::read(place.path().join(target)).ok(), before, "{target}");
    }
    assert_eq!(place.run(&["fit", "letters.jsonl", "--out", "own.tsv"]).code, 0);
    assert_eq!(place.run(&["fit", "letters.jsonl", "--out", "own.tsv"]).code, 0, "a table is");
}

#[test]
fn a_table_that_cannot_be_used_is_an_error_with_its_line() {
    let place = with_letters();
    rows(&place, "one.jsonl", &corrected(0..1));
    assert_eq!(place.run(&["fit", "one.jsonl", "--out", "own.tsv"]).code, 0);
    let table = std::fs::read_to_string(place.path().join("own.tsv")).expect("the table");
    let lines = table.lines().count();
    let (first, rest) = table.split_once('\n').expect("lines");
    let other = format!("# dibao splitter 0123456789abcdef\n{rest}");
    for (table, said) in [
        (String::new(), "line 1: expected `# dibao splitter"),
        ("feature\tHead\n".to_owned(), "line 1: expected `# dibao splitter"),
        (other, "line 1: expected `# dibao splitter"),
        (table.replacen("\tLeadU", "\tlead", 1), "line 3: expected `feature`"),
        (format!("{first}\n{}", rest.replacen("bias\t", "bias\tx", 1)), "line 4: "),
        (format!("{table}tree\t1\t2\n"), &format!("line {}: ", lines + 1)),
    ] {
        // In the folder of a publication as at the top.
        place.write(["splitter.tsv", "letters/splitter.tsv"][table.len() % 2], &table);
        let page = format!("corpus/{}", name(0));
        for arguments in [&["ingest"][..], &["split", &page]] {
            let ran = place.run(arguments);
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
            assert!(
                ran.stderr.contains("splitter.tsv, line ") && ran.stderr.contains(said),
                "{}",
                ran.stderr
            );
            assert!(ran.stderr.contains("`dibao fit`"), "{}", ran.stderr);
        }
        let chinese = place.run_chinese(&["ingest"]);
        assert!(chinese.stderr.contains("splitter.tsv，第 "), "{}", chinese.stderr);
        for table in ["corpus/splitter.tsv", "corpus/letters/splitter.tsv"] {
            let _ = std::fs::remove_file(place.path().join(table));
        }
    }
    let ran = place.run(&["split", "corpus", "--splitter", "none.tsv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("none.tsv: "), "{}", ran.stderr);
}
