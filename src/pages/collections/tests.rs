//! What the pages of collections show to readers and to editors.

use jiff::Timestamp;

use super::*;
use crate::pages::testing::sample::sample;

fn collected() -> CollectedArticles {
    let record = sample();
    let item = |id: &str, remark: &str| CollectedArticle {
        id: crate::model::ArticleId(id.into()),
        remark: remark.into(),
        by: "李".into(),
        at: Timestamp::UNIX_EPOCH,
        record: None,
    };
    let first =
        CollectedArticle {
            id: record.id.clone(), record: Some(record), ..item("", "首次报道<b>")
        };
    CollectedArticles {
        name: "交通志".into(),
        about: "1949年以后".into(),
        items: vec![first, item("zzzzzzzzzzzz", "")],
    }
}

#[test]
fn readers_see_the_order_and_the_remarks_and_no_forms() {
    let page = collection(&Frame::default(), &collected(), 0, None).into_string();
    assert!(page.contains("首次报道&lt;b&gt;"));
    assert!(page.contains("库中已没有这篇文章"));
    assert!(!page.contains("method=\"post\""));
    assert!(page.contains("/collection/%E4%BA%A4%E9%80%9A%E5%BF%97/export?format=docx"));
}

#[test]
fn editors_can_move_each_article_up_and_down_but_not_out_of_the_list() {
    let editor = SignedIn { name: "李".into(), key: "钥".into() };
    let page = collection(&Frame::default(), &collected(), 0, Some(&editor)).into_string();
    assert_eq!(page.matches("↑").count(), 1);
    assert_eq!(page.matches("↓").count(), 1);
    // Down for the first is behind the second, up for the second is before all.
    assert!(page.contains("name=\"after\" value=\"zzzzzzzzzzzz\""));
    assert!(page.contains("name=\"after\" value=\"\""));
    let forms = page.matches("method=\"post\"").count();
    assert_eq!(page.matches("value=\"钥\"").count(), forms, "every form has the field");
}

#[test]
fn behind_the_last_article_there_is_nothing_however_far() {
    let far = usize::MAX / MAX_COLLECTED * MAX_COLLECTED;
    let page = collection(&Frame::default(), &collected(), far, None).into_string();
    assert!(!page.contains("rel=\"next\""));
}

#[test]
fn a_long_collection_has_pages_whose_ends_know_the_articles_beside_them() {
    let editor = SignedIn { name: "李".into(), key: "钥".into() };
    let mut long = collected();
    let one = long.items[1].clone();
    let item = |n: usize| CollectedArticle {
        id: crate::model::ArticleId(format!("{n:012}")),
        ..one.clone()
    };
    long.items = (0..=MAX_COLLECTED * 2).map(item).collect();
    let page = collection(&Frame::default(), &long, MAX_COLLECTED, Some(&editor)).into_string();
    assert_eq!(page.matches("<li id=\"item-").count(), MAX_COLLECTED);
    assert!(page.contains("start=\"101\"") && page.contains("value=\"101\""));
    assert!(page.contains("?offset=200\"") && page.contains("rel=\"prev\""));
    // Up for the first of the page is behind the last but one of the page before.
    assert!(page.contains("name=\"after\" value=\"000000000098\""));
}

#[test]
fn the_list_has_every_collection_and_a_form_for_editors_alone() {
    let listed = [CollectionSummary { name: "甲<乙>".into(), about: String::new(), articles: 3 }];
    let page = collections(&Frame::default(), &listed, None, None).into_string();
    assert!(page.contains("甲&lt;乙&gt;") && !page.contains("method=\"post\""));
    let editor = SignedIn { name: "李".into(), key: "钥".into() };
    assert!(
        collections(&Frame::default(), &[], Some(&editor), None)
            .into_string()
            .contains("name=\"about\"")
    );
}
