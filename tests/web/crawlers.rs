//! What crawlers read on the pages of articles, where they are allowed.

use dibao::web::Options;
use serde_json::Value;

use super::{Place, article, ask, request, sample};

#[test]
fn crawlers_that_are_allowed_read_what_an_article_is() {
    let hit = sample().get("/api/v1/search?limit=1&sort=newest").json()["hits"][0].clone();
    let address = format!("/article/{}", hit["id"].as_str().unwrap());
    let page = |sitemap| {
        let options = Options { sitemap, ..sample().options() };
        ask(options, request(&address, &[])).text().to_owned()
    };
    assert!(!page(false).contains("ld+json"));
    let shown = page(true);
    let (_, rest) = shown.split_once("<script type=\"application/ld+json\">").unwrap();
    let structured = rest.split("</script>").next().unwrap();
    let structured: Value = serde_json::from_str(structured).unwrap();
    assert_eq!(structured["@type"], "NewsArticle");
    assert_eq!(structured["headline"], hit["title"]);
    assert_eq!(structured["url"], format!("http://localhost:8080{address}"));
}

#[test]
fn a_title_cannot_end_what_crawlers_read_and_the_policy_stays() {
    let place = Place::empty();
    let title = "</script><script>alert(1)</script>";
    place.write("a.jsonl", &[article(title, "2021-03", "渡口的船又开了。")]).ingest();
    let id = place.get("/api/v1/search").json()["hits"][0]["id"].clone();
    let address = format!("/article/{}", id.as_str().unwrap());
    let options = Options { sitemap: true, ..place.options() };
    let answer = ask(options, request(&address, &[]));
    assert!(!answer.text().contains("<script>"), "{}", answer.text());
    assert!(answer.text().contains("\\u003c/script>\\u003cscript>"), "{}", answer.text());
    // A month is no day.
    assert!(answer.text().contains("\"datePublished\":\"2021-03\""), "{}", answer.text());
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
}
