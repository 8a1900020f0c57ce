//! An index that is missing, broken, replaced or growing while the server runs.

use std::fs;

use axum::Router;
use axum::http::StatusCode;
use dibao::ingest::{IngestPlan, run};
use dibao::web::service;
use tower::ServiceExt as _;

use super::{Place, article, ask, request};

/// How many articles a running server knows of, or the status of its refusal.
async fn known(server: &Router) -> Result<u64, StatusCode> {
    // What was found out about the folders holds for half a second.
    tokio::time::sleep(std::time::Duration::from_millis(550)).await;
    let request = request("/api/v1/health", &[]);
    let response = server.clone().oneshot(request).await.unwrap();
    if response.status() != StatusCode::OK {
        return Err(response.status());
    }
    let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    let health: serde_json::Value = serde_json::from_slice(&body).unwrap();
    Ok(health["articles"].as_u64().unwrap())
}

#[tokio::test]
async fn a_running_server_follows_the_index() {
    let place = Place::empty();
    let server = service(place.options());
    assert_eq!(known(&server).await, Err(StatusCode::SERVICE_UNAVAILABLE));
    place.write("a.jsonl", &[article("晨光", "2023-02-01", "晨光照在老桥上。")]).ingest();
    assert_eq!(known(&server).await, Ok(1));
    place.write("b.jsonl", &[article("暮色", "2023-02-02", "暮色落在新桥上。")]).ingest();
    assert_eq!(known(&server).await, Ok(2));
    fs::remove_file(place.corpus().join("a.jsonl")).unwrap();
    let rebuild = IngestPlan { rebuild: true, ..IngestPlan::new(place.corpus(), place.index()) };
    run(&rebuild, &()).unwrap();
    assert_eq!(known(&server).await, Ok(1));
    fs::remove_dir_all(place.index()).unwrap();
    assert_eq!(known(&server).await, Err(StatusCode::SERVICE_UNAVAILABLE));
    place.ingest();
    assert_eq!(known(&server).await, Ok(1));
}

#[test]
fn an_index_that_cannot_be_used_is_told_in_a_sentence_that_names_no_folder() {
    let missing = Place::empty();
    let outdated = Place::empty();
    outdated.write("a.jsonl", &[article("晨光", "2023-02-01", "晨光照在老桥上。")]).ingest();
    for manifest in ["dibao.json", "data-1/dibao.json"] {
        let manifest = outdated.index().join(manifest);
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(&manifest, text.replacen("\"schema\": ", "\"schema\": 9", 1)).unwrap();
    }
    let broken = Place::empty();
    broken.write("a.jsonl", &[article("晨光", "2023-02-01", "晨光照在老桥上。")]).ingest();
    for entry in walkdir::WalkDir::new(broken.index()) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|ending| ending == "store" || ending == "idx") {
            fs::write(path, "nothing").unwrap();
        }
    }
    let garbled = Place::empty();
    fs::create_dir(garbled.index()).unwrap();
    fs::write(garbled.index().join("dibao.json"), "{").unwrap();
    for place in [missing, outdated, broken, garbled] {
        for address in ["/", "/api/v1/search", "/api/v1/export", "/api/v1/health", "/feed"] {
            let answer = place.get(address);
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
            let problem = answer.json();
            assert_eq!(problem["type"], "urn:dibao:problem:index", "{address}");
            let folder = place.folder.path().to_string_lossy().into_owned();
            assert!(!answer.text().contains(&folder), "{address}");
            assert!(!answer.header("retry-after").is_empty());
        }
        let page = ask(place.options(), request("/", &[("accept", "text/html")]));
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.text().starts_with("<!DOCTYPE html>"));
    }
}
