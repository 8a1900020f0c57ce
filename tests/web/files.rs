//! The pages of an article, of its file and of two articles: what stands there when the file is as
//! it was, has changed or is gone, and that what is sent is never a path.

use std::fs;

use axum::http::StatusCode;
use serde_json::json;

use super::{Place, article, escaped};

/// A page of text, a file of articles and a page of the web.
fn place() -> Place {
    let place = Place::empty();
    let well =
        "镇里的老水井今年重新淘了一遍，井壁换上青石，井台加了护栏，附近三十户人家又喝上了井水。";
    let ship = "船厂昨天把最后一条木帆船送进了展览馆，船身上的桐油还没有干透。掌墨师傅舍不得下来。";
    let page = format!(
        "老水井换了青石壁\n\n本报讯（记者 甘棠）{well}\n\n木帆船进了展览馆\n\n本报讯（记者 甘棠）{ship}\n"
    );
    fs::write(place.corpus().join("page.txt"), page).unwrap();
    let articles: Vec<_> = (0..1500)
        .map(|n| article(&format!("第{n}条"), "2021-03-04", &format!("渡口第{n}回开船。")))
        .collect();
    place.write("many.jsonl", &articles);
    place.ingest();
    place
}

fn id(place: &Place, query: &str) -> String {
    let found = place.get(&format!("/api/v1/search?q={}", escaped(query))).json();
    found["hits"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_article_is_shown_with_its_lines_and_the_way_through_the_hits() {
    let place = place();
    let asked = escaped("记者:甘棠 木帆船 OR 老水井");
    let hits = place.get(&format!("/api/v1/search?q={asked}")).json();
    let ids: Vec<&str> =
        hits["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    let [first, second] = ids[..] else { panic!("{hits}") };
    let answer = place.get(&format!("/article/{first}?q={asked}&at=1"));
    assert_eq!(answer.status, StatusCode::OK);
    let shown = answer.text();
    assert!(shown.contains("下一条结果") && !shown.contains("上一条结果"), "{shown}");
    assert!(shown.contains(&format!("href=\"/article/{second}?")), "{shown}");
    assert!(shown.contains("<mark>") && shown.contains("class=\"owned own\""), "{shown}");
    assert!(shown.contains("class=\"is-head\"") && shown.contains("class=\"is-body\""), "{shown}");
    let elsewhere = place.get(&format!("/article/{first}?q={asked}&at=2"));
    assert!(!elsewhere.text().contains("一条结果"), "it is not the second hit");
    let unreadable = place.get(&format!("/article/{first}?q={}&at=1", escaped("(((")));
    assert_eq!(unreadable.status, StatusCode::OK);
}

#[test]
fn the_beginning_of_an_id_leads_to_the_article_or_to_a_choice() {
    let place = place();
    let whole = id(&place, "木帆船");
    let short = place.get(&format!("/article/{}?q=a", &whole[..11]));
    assert_eq!(short.status, StatusCode::SEE_OTHER);
    assert!(short.header("location").starts_with(&format!("/article/{whole}")));
    let choice = place.get(&format!("/article/{}", &whole[..1]));
    assert_eq!(choice.status, StatusCode::OK);
    assert!(choice.text().contains("编号不唯一"), "{}", choice.text());
    assert_eq!(place.get("/article/zzzzzzzzzzzz").status, StatusCode::NOT_FOUND);
}

#[test]
fn every_line_of_a_file_is_shown_with_what_it_was_taken_for() {
    let place = place();
    let answer = place.get("/source?file=page.txt");
    assert_eq!(answer.status, StatusCode::OK);
    let shown = answer.text();
    for number in 1..=7 {
        assert_eq!(shown.matches(&format!("id=\"L{number}\"")).count(), 1, "{number}: {shown}");
    }
    assert_eq!(shown.matches("class=\"is-head\"").count(), 2, "{shown}");
    assert_eq!(shown.matches("<tr class=\"head\">").count(), 2, "{shown}");
    assert!(shown.contains("与入库时一致"), "{shown}");
}

#[test]
fn a_long_file_comes_in_pages_that_leave_no_line_out() {
    let place = place();
    let mut seen = 0;
    let mut next = Some("/source?file=many.jsonl".to_owned());
    while let Some(address) = next.take() {
        let answer = place.get(&address);
        let shown = answer.text();
        let before = seen;
        while shown.contains(&format!("id=\"L{}\"", seen + 1)) {
            seen += 1;
        }
        assert!(seen > before, "{address} goes on at {before}");
        if let Some((_, rest)) = shown.split_once("<a rel=\"next\" href=\"") {
            next = rest.split('"').next().map(|link| link.replace("&amp;", "&"));
        }
    }
    assert_eq!(seen, 1500);
    let late = id(&place, "第1234回");
    let answer = place.get(&format!("/source?file=many.jsonl&article={late}"));
    assert!(answer.text().contains("id=\"L1235\""), "the page on which it stands");
    assert!(answer.text().contains("owned own"));
}

#[test]
fn a_file_that_changed_or_is_gone_is_said_to_be() {
    let place = place();
    let id = id(&place, "木帆船");
    let file = place.corpus().join("page.txt");
    fs::write(&file, "别的\n").unwrap();
    for address in [format!("/article/{id}"), "/source?file=page.txt".to_owned()] {
        let answer = place.get(&address);
        assert!(answer.text().contains("文件已改动"), "{}", answer.text());
    }
    fs::remove_file(&file).unwrap();
    for address in [format!("/article/{id}"), "/source?file=page.txt".to_owned()] {
        let answer = place.get(&address);
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains("文件已不在原处"), "{}", answer.text());
        let folder = place.corpus().display().to_string();
        assert!(!answer.text().contains(&folder), "{}", answer.text());
    }
}

#[test]
fn what_is_sent_is_compared_with_names_and_never_a_path() {
    let place = place();
    fs::write(place.corpus().join("secret.txt"), "the secret").unwrap();
    let whole = place.corpus().join("page.txt").display().to_string();
    for file in
        ["secret.txt", "./page.txt", "../corpus/page.txt", "page.txt/", "PAGE.TXT", "", &whole]
    {
        let answer = place.get(&format!("/source?file={}", escaped(file)));
        assert!(answer.status.is_client_error(), "{file}");
        assert!(!answer.text().contains("secret") && !answer.text().contains("水井"), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_link_out_of_the_corpus_is_not_shown() {
    use std::os::unix::fs::symlink;
    let place = place();
    let id = id(&place, "木帆船");
    let (file, elsewhere) =
        (place.corpus().join("page.txt"), place.folder.path().join("elsewhere"));
    fs::rename(&file, &elsewhere).unwrap();
    symlink(&elsewhere, &file).unwrap();
    let addresses = [
        format!("/article/{id}"),
        "/source?file=page.txt".to_owned(),
        "/api/v1/source?file=page.txt".to_owned(),
    ];
    for address in &addresses {
        assert!(place.get(address).text().contains("井台"), "its content is what was ingested");
    }
    fs::write(&elsewhere, "root:the secret\n").unwrap();
    for address in &addresses {
        let answer = place.get(address);
        assert!(!answer.text().contains("the secret"), "{address}");
    }
    assert!(place.get(&addresses[1]).text().contains("文件不在语料文件夹内"));
}

#[test]
fn two_prints_are_compared() {
    let place = Place::empty();
    let body = "镇里的老水井今年重新淘了一遍，井壁换上青石，井台加了护栏。附近三十户人家又喝上了井水。淘井的师傅说，这口井少说也有两百年。";
    place.write(
        "a.jsonl",
        &[
            json!({"title": "甲", "body": body}),
            json!({"title": "乙", "body": body.replace("护栏", "围栏")}),
        ],
    );
    place.ingest();
    let (first, second) = (id(&place, "标题:甲"), id(&place, "标题:乙"));
    let article = place.get(&format!("/article/{first}"));
    let link = format!("/article/{first}/compare/{second}");
    assert!(article.text().contains(&link), "{}", article.text());
    let compared = place.get(&link);
    assert!(compared.text().contains("<del>护</del>"), "{}", compared.text());
    assert!(compared.text().contains("<ins>围</ins>"), "{}", compared.text());
    let unknown = place.get(&format!("/article/{first}/compare/zzzzzzzzzzzz"));
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
