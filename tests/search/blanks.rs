//! Blanks that are no part of what is written: a headline of two lines, padded names, what a program
//! read off a picture.

use super::*;

/// What is marked in the first hit, field by field.
fn marked(archive: &Archive, text: &str) -> Vec<String> {
    let hit = archive.search(&request(text)).unwrap().hits.remove(0);
    let slices = hit.highlights.iter().flat_map(|mark| {
        let text = mark.field.of(&hit.record).unwrap();
        mark.spans.iter().map(|span| text[span.clone()].to_owned())
    });
    slices.collect()
}

fn press() -> (tempfile::TempDir, Archive) {
    archive(&[
        Record {
            title: Some("三家豆腐坊合用一套污水 池".into()),
            credit: Some("王　伟 摄".into()),
            ..article(
                "a.txt",
                1,
                "他说，如今　晚上八点还开一班。铺好坡道　，装上护栏, 涨水也不怕。",
            )
        },
        article("a.txt", 2, "用 AI 模型看 open source 的代码 3 遍。"),
        article("a.txt", 3, "污水\n　　池塘\n清淤。\n下游"),
        article("a.txt", 4, "请照此办理。\n丰陵市建设领导小组办公室\n2020年7月6日"),
    ])
}

#[test]
fn a_string_is_found_across_them_and_marked_without_those_around_it() {
    let (_folder, archive) = press();
    for text in [
        "“污水池”",
        "一套污水 池",
        "“三家豆腐坊合用一套污水池”",
        "标题:“套污水池”",
        "标题:≈台用一套污水池",
        "标题:一套*污水池",
        "正文:“如今晚上八点”",
        "“坡道，装上护栏，涨水”",
        "≈如令晚上八点",
        "王伟 -下游",
        "“王伟摄”",
    ] {
        assert_eq!(found(&archive, &request(text)), [1], "{text}");
    }
    assert_eq!(marked(&archive, "“污水池”"), ["污水 池"]);
    assert_eq!(marked(&archive, "“污 水 池”"), ["污水 池"]);
    assert_eq!(marked(&archive, "“ 王伟”"), ["王　伟"]);
    assert_eq!(marked(&archive, "“污水”"), ["污水"]);
    assert_eq!(marked(&archive, "“坡道，”"), ["坡道　，"]);
    assert_eq!(marked(&archive, "“豆腐 污水池”~5"), ["豆腐", "污水 池"]);
    assert!(found(&archive, &request("“豆腐 污水池”~4")).is_empty());
}

#[test]
fn between_latin_letters_a_blank_counts() {
    let (_folder, archive) = press();
    for text in ["“AI模型”", "“ai 模型看”", "“open source”", "“open　source的代码3遍”", "“用AI”"]
    {
        assert_eq!(found(&archive, &request(text)), [2], "{text}");
    }
    assert!(found(&archive, &request("“opensource”")).is_empty());
    assert_eq!(marked(&archive, "“AI 模型”"), ["AI 模型"]);
    assert_eq!(found(&archive, &request("ai")), [2], "as a whole word");
}

#[test]
fn the_end_of_a_line_counts_between_characters_without_a_mark() {
    let (_folder, archive) = press();
    assert_eq!(found(&archive, &request("“污水\n池塘”")), [3]);
    assert!(found(&archive, &request("“污水池塘”")).is_empty());
    // In a search box a blank is typed for it.
    assert_eq!(found(&archive, &request("“污水 池塘”")), [3]);
    assert_eq!(found(&archive, &request("正文:“领导小组办公室　2020年 7月”")), [4]);
    assert_eq!(marked(&archive, "“办公室 2020年”"), ["办公室\n2020年"]);
    for text in ["“清淤。下游”", "“清淤。 下游”", "“清淤。\n下游”"] {
        assert_eq!(found(&archive, &request(text)), [3], "{text}");
    }
    assert_eq!(marked(&archive, "“淤。下”"), ["淤。\n下"]);
}

#[test]
fn what_is_offered_instead_is_read_across_them() {
    let (_folder, archive) = press();
    let suggestions = archive.suggestions(&request("“套污水他”")).unwrap();
    assert!(suggestions.iter().any(|other| other.instead == "套污水 池"), "{suggestions:?}");
}
