//! `/oai`: what a harvester gets, in parts and by sets and days, and the errors of the protocol.

use std::collections::BTreeSet;
use std::fs::File;
use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dibao::web::{OaiSettings, Options};

use super::{Answer, Place, article, ask, escaped, request, sample};

fn options(place: &Place) -> Options {
    let (admin_email, name) = ("admin@archive.example".to_owned(), "县报 & 库".to_owned());
    Options { oai: Some(OaiSettings { admin_email, name }), ..place.options() }
}

fn asked(place: &Place, arguments: &str) -> String {
    let answer = ask(options(place), request(&format!("/oai?{arguments}"), &[]));
    assert_eq!(answer.status, StatusCode::OK, "{arguments}");
    assert_eq!(answer.header("content-type"), "text/xml; charset=utf-8");
    answer.text().to_owned()
}

/// What stands in each element of a name.
fn texts(document: &str, name: &str) -> Vec<String> {
    let (begin, end) = (format!("<{name}>"), format!("</{name}>"));
    let parts = document.split(&begin).skip(1);
    parts.map(|part| part.split(&end).next().unwrap().to_owned()).collect()
}

fn token(document: &str) -> Option<String> {
    let (_, rest) = document.split_once("<resumptionToken")?;
    // An empty one closes itself.
    let (element, _) = rest.split_once("</resumptionToken>")?;
    element.split_once('>').map(|(_, token)| token.to_owned())
}

/// The identifiers of a list, all parts together, and how many parts it has.
fn harvested(place: &Place, arguments: &str) -> (Vec<String>, usize) {
    let mut document = asked(place, &format!("verb=ListIdentifiers&{arguments}"));
    let mut identifiers = texts(&document, "identifier");
    let mut parts = 1;
    while let Some(token) = token(&document) {
        document = asked(place, &format!("verb=ListIdentifiers&resumptionToken={token}"));
        identifiers.extend(texts(&document, "identifier"));
        parts += 1;
    }
    (identifiers, parts)
}

fn number(place: &Place, arguments: &str) -> usize {
    harvested(place, &format!("metadataPrefix=oai_dc{arguments}")).0.len()
}

#[test]
fn every_article_is_harvested_once_in_parts() {
    let (identifiers, parts) = harvested(sample(), "metadataPrefix=oai_dc");
    let ids: BTreeSet<&str> =
        identifiers.iter().map(|id| id.strip_prefix("urn:dibao:article:").unwrap()).collect();
    assert_eq!((ids.len(), parts), (identifiers.len(), 2));
    let all = sample().get("/api/v1/export");
    let exported = all.text().lines().map(|line| {
        serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned()
    });
    let exported: BTreeSet<String> = exported.collect();
    assert!(exported.iter().map(String::as_str).eq(ids.iter().copied()));
    let first = asked(sample(), "verb=ListRecords&metadataPrefix=dibao");
    let total = exported.len();
    assert!(first.contains(&format!("completeListSize=\"{total}\" cursor=\"0\"")), "{first}");
}

#[test]
fn it_says_what_it_is_and_has() {
    let identity = asked(sample(), "verb=Identify");
    for part in [
        "<repositoryName>县报 &amp; 库</repositoryName>",
        "<baseURL>http://localhost:8080/oai</baseURL>",
        "<adminEmail>admin@archive.example</adminEmail>",
        "<request verb=\"Identify\">http://localhost:8080/oai</request>",
    ] {
        assert!(identity.contains(part), "{part}: {identity}");
    }
    let formats = asked(sample(), "verb=ListMetadataFormats");
    assert_eq!(texts(&formats, "metadataPrefix"), ["oai_dc", "dibao"]);
    let sets = asked(sample(), "verb=ListSets");
    for (spec, name) in texts(&sets, "setSpec").iter().zip(texts(&sets, "setName")) {
        let counted = sample().get(&format!("/api/v1/facets?publication={}", escaped(&name)));
        let counted = counted.json()["facets"]["publications"][0]["count"].clone();
        assert_eq!(counted, number(sample(), &format!("&set={spec}")), "{name}");
    }
    let posted = Request::post("/oai").header("host", "localhost:8080");
    let posted = ask(options(sample()), posted.body(Body::from("verb=Identify")).unwrap());
    assert_eq!(texts(posted.text(), "adminEmail"), ["admin@archive.example"]);
    let off = |address| -> Answer { sample().get(address) };
    assert_eq!(off("/oai?verb=Identify").status, StatusCode::NOT_FOUND);
    assert_eq!(off("/oai/dibao.xsd").status, StatusCode::NOT_FOUND);
}

#[test]
fn an_interval_of_days_is_no_day_and_texts_are_escaped() {
    let place = Place::empty();
    let marked = "渡口 <b>&]]>\u{b}又开船了，来的人很多。";
    place.write(
        "a.jsonl",
        &[article("船 <b>&", "2021-03", marked), article("船", "2021-03-04", marked)],
    );
    place.ingest();
    let records = asked(&place, "verb=ListRecords&metadataPrefix=oai_dc");
    let dates: BTreeSet<String> = texts(&records, "dc:date").into_iter().collect();
    assert_eq!(dates, ["2021-03-01/2021-03-31", "2021-03-04"].map(str::to_owned).into());
    assert!(records.contains("<dc:title>船 &lt;b&gt;&amp;</dc:title>"), "{records}");
    let records = asked(&place, "verb=ListRecords&metadataPrefix=dibao");
    assert!(records.contains("from=\"2021-03-01\" to=\"2021-03-31\""), "{records}");
    assert!(records.contains("渡口 &lt;b&gt;&amp;]]&gt;\u{fffd}又开船了"), "{records}");
}

#[test]
fn records_are_selected_by_when_their_files_were_changed() {
    let place = Place::empty();
    // More files than are searched together.
    for n in 0..1_004 {
        let name = format!("{n:04}.jsonl");
        place.write(
            &name,
            &[article(&format!("第{n}回"), "2021-03-04", &format!("渡口第{n}回开船。"))],
        );
        let days = if n < 1_002 { 20_000 } else { 20_001 };
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400 + 3_600);
        File::options()
            .append(true)
            .open(place.corpus().join(name))
            .unwrap()
            .set_modified(at)
            .unwrap();
    }
    place.ingest();
    // Day 20,000 is 2024-10-04.
    assert_eq!(number(&place, ""), 1_004);
    assert_eq!(number(&place, "&from=2024-10-05"), 2);
    assert_eq!(number(&place, "&from=2024-10-04T01:00:01Z"), 2);
    assert_eq!(number(&place, "&from=2024-10-04&until=2024-10-05"), 1_004);
    let until = harvested(&place, "metadataPrefix=oai_dc&until=2024-10-04");
    let different: BTreeSet<&String> = until.0.iter().collect();
    // Ten parts of a hundred, and one of the files that are searched behind them.
    assert_eq!((until.0.len(), different.len(), until.1), (1_002, 1_002, 11));
    let none = asked(&place, "verb=ListRecords&metadataPrefix=oai_dc&until=2024-10-03");
    assert!(none.contains("code=\"noRecordsMatch\""), "{none}");
    let identity = asked(&place, "verb=Identify");
    assert_eq!(texts(&identity, "earliestDatestamp"), ["2024-10-04T01:00:00Z"]);
}

#[test]
fn a_token_is_good_for_one_state_of_the_archive() {
    let place = Place::empty();
    let articles: Vec<_> = (0..150)
        .map(|n| article(&format!("第{n}条"), "2021-03-04", &format!("渡口第{n}回开船。")))
        .collect();
    place.write("a.jsonl", &articles).ingest();
    let first = token(&asked(&place, "verb=ListRecords&metadataPrefix=oai_dc")).unwrap();
    let next = format!("verb=ListRecords&resumptionToken={first}");
    assert_eq!(texts(&asked(&place, &next), "datestamp").len(), 50);
    // What a token says need not be what this server wrote.
    let written = String::from_utf8(URL_SAFE_NO_PAD.decode(&first).unwrap()).unwrap();
    let forged = |part: &str, instead: &str| {
        assert!(written.contains(part), "{written}");
        let token = URL_SAFE_NO_PAD.encode(written.replace(part, instead));
        asked(&place, &format!("verb=ListRecords&resumptionToken={token}"))
    };
    let cursor = forged("seen=100", "seen=18446744073709551615");
    assert!(cursor.contains("cursor=\"18446744073709551615\""), "{cursor}");
    let block = forged("block=0", "block=18446744073709551615");
    assert!(block.contains("code=\"badResumptionToken\""), "{block}");
    // Other synonyms make no other list.
    std::fs::write(place.corpus().join("synonyms.txt"), "船 = 艇\n").unwrap();
    assert_eq!(texts(&asked(&place, &next), "datestamp").len(), 50);
    place.write("b.jsonl", &articles[..1]).ingest();
    let expired = asked(&place, &next);
    assert!(expired.contains("code=\"badResumptionToken\""), "{expired}");
    assert!(expired.contains("begin the list again"), "{expired}");
}

#[test]
fn errors_are_those_of_the_protocol() {
    let id = &harvested(sample(), "metadataPrefix=oai_dc").0[0];
    let get = |prefix: &str, id: &str| {
        asked(
            sample(),
            &format!("verb=GetRecord&metadataPrefix={prefix}&identifier={}", escaped(id)),
        )
    };
    assert_eq!(texts(&get("dibao", id), "identifier"), std::slice::from_ref(id));
    assert!(get("marc", id).contains("code=\"cannotDisseminateFormat\""));
    for unknown in ["", "x", "urn:dibao:article:", "urn:dibao:article:zzzz"] {
        assert!(get("oai_dc", unknown).contains("code=\"idDoesNotExist\""), "{unknown}");
    }
    // A beginning of an id is none.
    assert!(get("oai_dc", &id[..id.len() - 1]).contains("code=\"idDoesNotExist\""));
    let wrong = asked(sample(), "verb=ListRecords&metadataPrefix=oai_dc&colour=red");
    assert!(wrong.contains("<request>http://localhost:8080/oai</request>"), "{wrong}");
    assert!(wrong.contains("code=\"badArgument\""), "{wrong}");
    let set = asked(sample(), "verb=ListRecords&metadataPrefix=oai_dc&set=nothing");
    assert!(set.contains("code=\"noRecordsMatch\"") && set.contains("set=\"nothing\""), "{set}");
}
