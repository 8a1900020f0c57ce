//! The program in Chinese: what each command prints, errors, help; and what no language changes.

use std::process::Command;

use crate::place::{Place, Ran};

/// What a run printed, as one text without what differs from run to run.
fn shown(place: &Place, line: &str, ran: &Ran) -> String {
    let text = format!("$ dibao {line}\n{}{}[{}]\n", ran.stdout, ran.stderr, ran.code);
    let text = text.replace(&place.id_of("老桥换上新栏杆"), "ID1");
    text.replace(&place.id_of("茶农清明前开园"), "ID2")
}

#[test]
fn every_command_speaks_chinese() {
    let place = Place::with_articles();
    let (first, second) = (place.id_of("老桥换上新栏杆"), place.id_of("茶农清明前开园"));
    let show = format!("show {first}");
    let diff = format!("diff {first} {second}");
    let lines = [
        "search 石桥",
        "search 石桥 --explain",
        "search 龙舟 栏杆",
        "search 龙舟 --district 登封市 --from 2021",
        &show,
        "show zzzzzzzzzzzz",
        "stats --by district,kind,year",
        "stats --by district --limit 1",
        "trend 石桥 龙舟",
        "trend 石桥 --by-district 登封市,荥阳市 --by year",
        &diff,
        "check",
        "split corpus/paper.jsonl",
        "export 石桥 -o out.csv",
        "fit corpus/missing.jsonl --out out.tsv",
        "ingest corpus/missing",
    ];
    let all: Vec<String> = lines
        .iter()
        .map(|line| {
            let arguments: Vec<&str> = line.split(' ').collect();
            shown(&place, line, &place.run_chinese(&arguments))
        })
        .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn split_words_what_is_wrong_with_a_file_in_chinese() {
    let place = Place::new();
    place.write("empty.txt", "");
    place.write("articles.jsonl", "{\"title\": \"\", \"body\": \"\"}\n");
    let ran = place.run_chinese(&["split", "corpus/empty.txt", "corpus/articles.jsonl"]);
    for line in ["empty.txt：没有文字", "articles.jsonl：第 1 行"] {
        assert!(ran.stderr.contains(line), "{line}\n{}", ran.stderr);
    }
}

#[test]
fn the_summary_of_an_ingest_is_chinese() {
    let place = Place::new();
    place.write(
        "page.txt",
        "老桥换上新栏杆\n本报讯（记者 甲一）3月4日，登封市的老石桥换上了新栏杆。\n",
    );
    place.write("film.SWF", "no text");
    let ran = place.run_chinese(&["ingest"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for line in ["文件       读入 1，未改动 0，失败 0，移除 0", "略过       1 个其他类型（.swf 1）"]
    {
        assert!(ran.stdout.contains(line), "{line}\n{}", ran.stdout);
    }
    assert!(ran.stderr.contains("找到 1 个文件"), "{}", ran.stderr);
    let explained = place.run_chinese(&["split", "corpus/page.txt", "--explain"]).stdout;
    assert!(explained.contains("── 第 1 篇  新闻  置信度 "), "{explained}");
    assert!(explained.contains(" 主标题 ") && explained.contains("第 1 行"), "{explained}");
}

#[test]
fn errors_are_chinese_and_say_what_can_be_done() {
    let place = Place::new();
    for (arguments, message) in [
        (&["search", "x"][..], "错误：index：这里没有索引；请用 `dibao ingest` 建立\n"),
        (&["export", "-o", "a.doc"], "错误：a.doc：从扩展名看不出格式"),
        (&["search", "--from", "2024", "--to", "2023"], "请对调\n"),
        (&["search", "--synonyms", "none", "x"], "错误：none：没有这个文件或文件夹；请检查路径\n"),
        (&["serve", "--token-file", "none"], "错误：none：没有这个文件或文件夹；请检查路径\n"),
        (&["demo", "--corpus", "none"], "错误：none：不是语料文件夹"),
        (&["serach"], "错误：没有“serach”这个命令\n"),
    ] {
        let ran = place.run_chinese(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
    let ran = place.run_chinese(&["search", "石桥 \"栏杆"]);
    let caret = "错误：无法解析检索式：缺少右引号 \"（此处为末尾）\n  石桥 \"栏杆\n       ^^^^^\n";
    assert_eq!(ran.stderr, caret);
    place.write("synonyms.txt", "# 同义词\n两会\n");
    let ran = place.run_chinese(&["search", "石桥"]);
    let message = "错误：corpus/synonyms.txt：第 2 行：词与它的同义词之间应有 =；\
                   请改正，或用 --no-synonyms 不使用同义词\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (2, message));
    place.write("corpus.toml", "[[files]]\nglob = \"*\"\ndate = \"2023-13-01\"\n");
    let ran = place.run_chinese(&["ingest"]);
    let message = "错误：corpus/corpus.toml，第 3 行：“2023-13-01”不是日期；\
                   请写明年、月、日，如 \"2023-02-10\"\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (2, message));
}

#[test]
fn the_language_comes_from_the_flag_the_variable_or_the_locale() {
    let place = Place::new();
    let help = |change: &dyn Fn(&mut Command)| {
        let mut command = place.command(&["stats", "--help"]);
        change(command.env_remove("DIBAO_LANG").env_remove("LC_ALL").env_remove("LC_MESSAGES"));
        Ran::from(command.output().expect("the program runs")).stdout
    };
    let is_chinese = |help: String| help.contains("用法: dibao stats [选项] [检索式]...");
    assert!(is_chinese(help(&|command| {
        command.env("LANG", "zh_CN.UTF-8");
    })));
    assert!(!is_chinese(help(&|command| {
        command.env("LANG", "C.UTF-8");
    })));
    assert!(is_chinese(help(&|command| {
        command.env("DIBAO_LANG", "zh").env("LANG", "C");
    })));
    assert!(is_chinese(help(&|command| {
        command.env("LANG", "C").args(["--lang", "zh"]);
    })));
    let refused = place.run(&["check", "--lang", "fr"]);
    assert_eq!(refused.code, 2);
}

#[test]
fn what_programs_read_does_not_depend_on_the_language() {
    let place = Place::with_articles();
    let (first, second) = (place.id_of("老桥换上新栏杆"), place.id_of("茶农清明前开园"));
    let diff = format!("diff {first} {second} --format json");
    for line in [
        "search 石桥 --format json",
        "search 石桥 --format jsonl",
        "export --format csv",
        "export --format jsonl",
        "stats --format json",
        "stats --format csv",
        "trend 石桥 --format csv",
        "trend 石桥 --format json",
        "check --format json",
        "split corpus/paper.jsonl --format jsonl",
        "completions bash",
        &diff,
    ] {
        let arguments: Vec<&str> = line.split(' ').collect();
        let (english, chinese) = (place.run(&arguments), place.run_chinese(&arguments));
        assert_eq!((english.code, &english.stdout), (chinese.code, &chinese.stdout), "{line}");
        assert_ne!(english.stdout, "", "{line}");
    }
}
