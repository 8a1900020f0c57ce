//! What is wrong with a cluster is told, on a real one.

use dibao::index::ClusterFinding;
use dibao::opensearch::{ClusterSettings, examine};

use crate::{Fixture, request};

#[test]
fn what_is_wrong_with_an_archive_on_a_cluster_is_told() {
    let Some(fixture) = Fixture::new("examine") else { return };
    let findings = |settings: &ClusterSettings| examine(settings).unwrap().findings;
    assert_eq!(findings(&fixture.settings), [ClusterFinding::NoArchive]);

    fixture.write("a.jsonl", "{\"title\":\"甲\",\"body\":\"正文。\"}\n");
    fixture.ingest(true);
    let report = examine(&fixture.settings).unwrap();
    assert_eq!(report.findings, [], "it was just made");
    assert!(report.nodes.is_some_and(|nodes| nodes >= fixture.settings.urls.len() as u64));
    assert_eq!(report.shards, 1);

    let url = "http://127.0.0.1:9".to_owned();
    let mut settings = fixture.settings.clone();
    settings.urls.insert(0, url.clone());
    match findings(&settings).as_slice() {
        [ClusterFinding::Address { url: silent, .. }] => assert_eq!(*silent, url),
        other => panic!("{other:?}"),
    }
    assert!(examine(&ClusterSettings { urls: vec![url], ..settings }).is_err(), "nobody answers");

    let index = format!("{}/{}", fixture.settings.urls[0], report.index.unwrap());
    let more = r#"{"properties":{"more":{"type":"long"}}}"#;
    request("PUT", &format!("{index}/_mapping"), Some(more)).unwrap();
    let block = r#"{"index.blocks.write":true}"#;
    request("PUT", &format!("{index}/_settings"), Some(block)).unwrap();
    assert_eq!(
        findings(&fixture.settings),
        [
            ClusterFinding::ReadOnly { block: "index.blocks.write".into() },
            ClusterFinding::Mapping { fields: vec!["more".into()] },
        ]
    );
}
