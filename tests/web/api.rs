//! The HTTP interface: shapes, pages, exports, tags, problems, and the document that describes it.

use axum::http::StatusCode;
use dibao::query;
use dibao::search::{Archive, Request, SearchError};
use serde_json::json;

use super::{Place, article, ask, escaped, request, sample};

#[test]
fn a_search_that_would_read_too_much_is_refused_with_what_to_do() {
    let mut options = sample().options();
    options.limits.postings = 100;
    let asked = |address: &str| ask(options.clone(), request(address, &[]));
    let frequent = "/api/v1/search?q=的+OR+年+OR+新密";
    for address in
        [frequent, &frequent.replace("search", "export"), &frequent.replace("search", "facets")]
    {
        let answer = asked(address);
        assert_eq!(answer.status, 400, "{address}");
        assert_eq!(answer.json()["code"], "too_much", "{address}");
    }
    let page = asked("/?q=的+OR+年+OR+新密");
    assert_eq!(page.status, 400);
    assert!(page.text().contains("请减少检索项"));
    assert_eq!(asked("/api/v1/search?q=地铁").status, 200);
    assert_eq!(sample().get(frequent).status, 200);
}

#[test]
fn a_search_gives_records_with_marks_and_a_cursor() {
    let found = sample().get("/api/v1/search?q=%E9%A1%B9%E7%9B%AE&limit=2");
    assert_eq!(found.status, StatusCode::OK, "{}", found.text());
    let found = found.json();
    let archive = Archive::open(&sample().index()).unwrap();
    let asked = Request { query: query::parse("项目").unwrap(), ..Request::default() };
    assert_eq!(found["total"], archive.count(&asked).unwrap());
    assert_eq!(found["hits"].as_array().unwrap().len(), 2);
    let hit = &found["hits"][0];
    for name in ["id", "source", "title", "date", "districts", "topics", "body", "highlights"] {
        assert!(hit.get(name).is_some(), "{name} is missing: {hit}");
    }
    let next = found["next"].as_str().expect("more than two are found");
    let address = format!("/api/v1/search?q=%E9%A1%B9%E7%9B%AE&limit=2&after={next}");
    let second = sample().get(&address).json();
    assert_ne!(second["hits"][0]["id"], hit["id"]);
    assert_eq!(second["total"], found["total"]);
}

#[test]
fn every_field_alone_finds_articles_and_nothing_else() {
    let archive = Archive::open(&sample().index()).unwrap();
    let all = archive.count(&Request::default()).unwrap();
    let first = archive.file_reports().unwrap().remove(0).source;
    let fields = query::FIELD_NAMES.iter().map(|(_, names)| names[0]);
    let values = ["*", "河南省", "2023", "news", "不详", "a", &first];
    let typed = fields.flat_map(|field| values.map(|value| format!("{field}:\"{value}\"")));
    let typed = typed.flat_map(|quoted| [format!("-{quoted}"), quoted.replace('"', ""), quoted]);
    let queries: Vec<_> =
        typed.filter_map(|typed| Some((query::parse(&typed).ok()?, typed))).collect();
    assert!(queries.len() > 150, "{}", queries.len());
    for (query, typed) in queries {
        let asked = Request { query, limit: 1000, ..Request::default() };
        match archive.search(&asked) {
            Ok(found) => assert!(found.total <= all, "{typed}: {}", found.total),
            // A name that is none is told, not passed over.
            Err(
                SearchError::UnknownDistrict { .. }
                | SearchError::UnknownTopic { .. }
                | SearchError::UnknownIndicator { .. },
            ) => {}
            Err(error) => panic!("{typed}: {error}"),
        }
    }
}

#[test]
fn every_filter_alone_gives_a_feed() {
    let outlet = format!("outlet={}", escaped("不存在"));
    for asked in [
        "undated=true",
        "from=1900-01-01",
        "to=2100-01-01",
        "certain=true",
        "kind=news",
        "review=weak_cut",
        "publication=x",
        &outlet,
    ] {
        assert_eq!(sample().get(&format!("/feed?{asked}")).status, StatusCode::OK, "{asked}");
    }
}

#[test]
fn what_is_asked_beside_the_hits_is_given_only_then() {
    let plain = sample().get("/api/v1/search?q=项目").json();
    assert!(plain["facets"].is_null() && plain["explanation"].is_null());
    let more = sample().get("/api/v1/search?q=项目&facets=true&explain=true").json();
    assert!(more["facets"]["months"].as_array().is_some_and(|months| !months.is_empty()));
    assert_eq!(more["explanation"]["query"], "项目");
    assert!(more["hits"][0]["why"]["parts"].is_array());
}

#[test]
fn repeated_filters_are_alternatives_and_empty_ones_are_none() {
    let count = |address: &str| sample().get(address).json()["total"].as_u64().unwrap();
    let (news, documents) =
        (count("/api/v1/search?kind=news"), count("/api/v1/search?kind=document"));
    assert!(news > 0 && documents > 0);
    assert_eq!(count("/api/v1/search?kind=news&kind=document"), news + documents);
    assert_eq!(count("/api/v1/search?q=&kind=&from=&limit=&any="), count("/api/v1/search"));
}

#[test]
fn an_export_gives_every_article_in_each_format() {
    let all = sample().get("/api/v1/search?limit=1").json()["total"].as_u64().unwrap() as usize;
    assert!(all > 60, "{all}");
    let jsonl = sample().get("/api/v1/export?format=jsonl");
    assert_eq!(jsonl.header("content-type"), "application/x-ndjson");
    assert_eq!(jsonl.text().lines().count(), all);
    let csv = sample().get("/api/v1/export?format=csv");
    assert!(csv.text().starts_with('\u{feff}'));
    assert_eq!(csv::Reader::from_reader(csv.text().as_bytes()).records().count(), all);
    assert!(csv.header("content-disposition").contains("attachment"));
    assert_eq!(csv.header("dibao-articles"), all.to_string());
    let found = sample().get("/api/v1/search?q=项目&ungrouped=true&limit=0").json();
    let some = sample().get("/api/v1/export?q=项目");
    assert_eq!(some.text().lines().count() as u64, found["total"].as_u64().unwrap());
    let name = some.header("content-disposition");
    assert!(name.ends_with("filename*=UTF-8''dibao-%E9%A1%B9%E7%9B%AE.jsonl"), "{name}");
    assert_eq!(sample().get("/api/v1/export?limit=3").status, StatusCode::BAD_REQUEST);
}

#[test]
fn an_article_and_its_prints_are_found_by_its_id() {
    let hit = sample().get("/api/v1/search?limit=1").json()["hits"][0].clone();
    let id = hit["id"].as_str().unwrap();
    let record = sample().get(&format!("/api/v1/article/{id}")).json();
    assert_eq!(record["body"], hit["body"]);
    let prints = sample().get(&format!("/api/v1/article/{id}/reprints")).json();
    assert!(prints.as_array().unwrap().iter().any(|print| print["id"] == *id));
    for unknown in ["zzzzzzzzzzzz", "zzzz", "..%2F..%2Fetc%2Fpasswd"] {
        let answer = sample().get(&format!("/api/v1/article/{unknown}"));
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

#[test]
fn a_query_that_cannot_be_read_is_a_problem_with_its_place() {
    let answer = sample().get(&format!("/api/v1/search?q={}", escaped("氢能 \"登封")));
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let problem = answer.json();
    assert_eq!(problem["type"], "urn:dibao:problem:query");
    assert_eq!(problem["status"], 400);
    assert_eq!(problem["caret"]["query"], "氢能 \"登封");
    assert_eq!(problem["caret"]["start"], "氢能 ".len());
    assert_eq!(problem["caret"]["start_character"], 3);
    assert!(problem["caret"]["expected"].as_str().is_some_and(|expected| !expected.is_empty()));
}

#[test]
fn what_cannot_be_meant_is_refused_and_the_parameter_named() {
    let cases = [
        ("sort=best", "sort", "bad_value"),
        ("limit=101", "limit", "bad_value"),
        ("limit=-1", "limit", "bad_value"),
        ("offset=10001", "offset", "bad_value"),
        ("from=2023-13", "from", "bad_value"),
        ("kind=poem", "kind", "bad_value"),
        ("after=xyz", "after", "bad_value"),
        ("topic=园艺", "topic", "unknown_topic"),
        ("district=乌有县", "district", "unknown_district"),
        ("districts=登封市", "districts", "unknown_parameter"),
        ("any=perhaps", "any", "bad_value"),
        ("q=a&q=b", "q", "repeated_parameter"),
        ("from=2024&to=2023", "", "from_after_to"),
        ("explain=perhaps", "explain", "bad_value"),
    ];
    for (parameters, name, code) in cases {
        let answer = sample().get(&format!("/api/v1/search?{parameters}"));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameters}: {}", answer.text());
        let problem = answer.json();
        assert_eq!(problem["parameter"].as_str().unwrap_or_default(), name, "{parameters}");
        assert_eq!(problem["code"], code, "{parameters}");
        assert_eq!(problem["type"], "urn:dibao:problem:parameter", "{parameters}");
    }
}

#[test]
fn an_unknown_parameter_is_told_with_those_that_the_endpoint_has() {
    for (address, name, detail) in [
        ("/api/v1/version?x=1", "x", "unknown parameter `x`, expected none"),
        (
            "/api/v1/source?file=a&row=1",
            "row",
            "unknown parameter `row`, expected one of `file`, `from`",
        ),
        (
            "/api/v1/timeline?limit=3",
            "limit",
            "unknown parameter `limit`, expected one of `q`, `district`, `role`, `topic`, `kind`, \
             `outlet`, `publication`, `tag`, `collection`, `from`, `to`, `certain`, `undated`, \
             `review`, `any`, `all`, `exact`, `by`",
        ),
    ] {
        let answer = sample().get(address);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}: {}", answer.text());
        let problem = answer.json();
        assert_eq!(
            (&problem["parameter"], &problem["code"]),
            (&json!(name), &json!("unknown_parameter"))
        );
        assert_eq!(problem["detail"], detail, "{address}");
    }
    for address in ["/api/v1/timeline?limit=&sort=", "/api/v1/version?"] {
        assert_eq!(sample().get(address).status, StatusCode::OK, "{address}");
    }
}

#[test]
fn what_cannot_be_compared_over_time_is_refused_and_the_parameter_named() {
    let nine = |name: &str| (0..9).map(|n| format!("{name}=x{n}")).collect::<Vec<_>>().join("&");
    let many = "too many lines: 9; at most 8";
    let undated = "undated articles cannot be compared over time; remove `undated`";
    for (parameters, name, code, detail) in [
        (nine("line"), "line", "too_many_lines", many),
        (nine("district"), "district", "too_many_lines", many),
        ("line=a&undated=1".to_owned(), "undated", "undated_trend", undated),
    ] {
        let answer = sample().get(&format!("/api/v1/trend?{parameters}"));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameters}: {}", answer.text());
        let problem = answer.json();
        assert_eq!(problem["parameter"], name, "{parameters}");
        assert_eq!(problem["code"], code, "{parameters}");
        assert_eq!(problem["detail"], detail, "{parameters}");
    }
}

#[test]
fn an_answer_that_the_reader_has_is_not_given_again_until_the_archive_changes() {
    let place = Place::empty();
    place.write("a.jsonl", &[article("晨光", "2023-02-01", "晨光照在老桥上。")]).ingest();
    let first = place.get("/api/v1/search?q=晨光");
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    let again = || {
        let request = request("/api/v1/search?q=晨光", &[("if-none-match", &tag)]);
        ask(place.options(), request)
    };
    let same = again();
    assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(same.header("etag"), tag);
    place.write("b.jsonl", &[article("晨光又起", "2023-02-02", "晨光又照在新桥上。")]).ingest();
    let other = again();
    assert_eq!(other.status, StatusCode::OK);
    assert_eq!(other.json()["total"], 2);
}

#[test]
fn answers_are_compressed_for_clients_that_accept_it() {
    for coding in ["gzip", "zstd"] {
        let request = request("/api/v1/search", &[("accept-encoding", coding)]);
        let compressed = ask(sample().options(), request);
        assert_eq!(compressed.header("content-encoding"), coding);
        assert!(compressed.body.len() < sample().get("/api/v1/search").body.len() / 2);
    }
}

#[test]
fn what_is_written_down_as_meaning_the_same_counts_at_once() {
    let place = Place::empty();
    place.write("a.jsonl", &[article("惠企", "2023-02-01", "惠企政策到了村口。")]).ingest();
    let total = |address: &str| place.get(address).json()["total"].clone();
    assert_eq!(total("/api/v1/search?q=营商环境"), 0);
    std::fs::write(place.corpus().join("synonyms.txt"), "营商环境 = 惠企\n").unwrap();
    assert_eq!(total("/api/v1/search?q=营商环境"), 1);
    assert_eq!(total("/api/v1/search?q=营商环境&exact=1"), 0);
}

#[test]
fn the_feed_is_well_formed_whatever_the_articles_say() {
    let place = Place::empty();
    let nasty =
        article("<b>&\u{b}\"']]>", "2023-02-01", "正文 <script>alert(1)</script> ]]> &amp;");
    place.write("a.jsonl", &[nasty]).ingest();
    let feed = place.get("/feed?q=正文");
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    let mut reader = quick_xml::Reader::from_str(feed.text());
    let mut entries = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) if start.name().as_ref() == "entry" => {
                entries += 1;
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(entries, 1, "{}", feed.text());
    assert!(feed.text().contains("<published>2023-02-01T00:00:00Z</published>"));
    assert!(!feed.text().contains("<script>"));
}

#[test]
fn the_feed_has_first_what_came_last_whatever_day_it_speaks_of() {
    let place = Place::empty();
    let dated = |name: &str, seconds| {
        let file = std::fs::File::options().write(true).open(place.corpus().join(name)).unwrap();
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        file.set_modified(time).unwrap();
    };
    place.write("new.jsonl", &[article("新近", "2024-05-01", "茶馆在桥头。")]);
    dated("new.jsonl", 1_700_000_000);
    place.ingest();
    let old =
        [article("旧闻", "1987-05-01", "茶馆在河边。"), article("别的", "2024-01-01", "无关。")];
    place.write("old.jsonl", &old);
    dated("old.jsonl", 1_750_000_000);
    place.ingest();
    let titles = |address: &str| -> Vec<String> {
        let feed = place.get(address);
        assert_eq!(feed.status, StatusCode::OK, "{}", feed.text());
        let entries = feed.text().split("<entry>").skip(1);
        let title = |entry: &str| {
            let (_, rest) = entry.split_once("<title>").unwrap();
            rest.split_once("</title>").unwrap().0.to_owned()
        };
        entries.map(title).collect()
    };
    assert_eq!(titles("/feed?q=%E8%8C%B6%E9%A6%86"), ["旧闻", "新近"]);
    assert_eq!(titles("/feed"), ["别的", "旧闻", "新近"]);
    assert_eq!(titles("/feed?limit=2"), ["别的", "旧闻"]);
    assert_eq!(titles("/feed?limit=1"), ["别的"]);
    assert_eq!(titles("/feed?q=%E8%8C%B6%E9%A6%86&since=2025-01-01"), ["旧闻"]);
    assert_eq!(titles("/feed?since=2025-06-15T15:06:41Z"), [""; 0]);
    assert_eq!(place.get("/feed?since=yesterday").status, StatusCode::BAD_REQUEST);
}

#[test]
fn crawlers_are_told_of_articles_only_where_that_was_said() {
    let sitemap = |options, address| ask(options, request(address, &[]));
    let closed = sitemap(sample().options(), "/sitemap.xml");
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
    assert!(sample().get("/robots.txt").text().contains("Disallow: /\n"));
    let open = || dibao::web::Options { sitemap: true, ..sample().options() };
    let list = sitemap(open(), "/sitemap.xml");
    let parts: Vec<&str> = list.text().split("<loc>").skip(1).collect();
    assert!(!parts.is_empty());
    let mut articles = std::collections::BTreeSet::new();
    for part in parts {
        let address = part.split("</loc>").next().unwrap();
        let path = address.trim_start_matches("http://localhost:8080");
        let part = sitemap(open(), path);
        let pages = part.text().split("<loc>").skip(1);
        articles.extend(pages.map(|page| page.split("</loc>").next().unwrap().to_owned()));
    }
    let all = sample().get("/api/v1/export");
    let ids: std::collections::BTreeSet<String> = all
        .text()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].clone())
        .map(|id| format!("http://localhost:8080/article/{}", id.as_str().unwrap()))
        .collect();
    assert_eq!(articles, ids);
}

#[test]
fn the_document_describes_every_route_of_the_interface() {
    let document = sample().get("/api/v1/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let version = concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\"");
    let text = serde_json::to_string_pretty(&document).unwrap();
    insta::assert_snapshot!("openapi", text.replace(version, "\"version\": \"[version]\""));
    for (path, item) in document["paths"].as_object().unwrap() {
        let answers = &item["get"]["responses"];
        for status in ["200", "400", "401", "413", "414", "421", "500", "503"] {
            assert!(answers[status].is_object(), "{path}: {status}");
        }
    }
}

#[test]
fn every_value_that_the_document_lists_is_understood_and_no_other() {
    let document = sample().get("/api/v1/openapi.json").json();
    let id = sample().get("/api/v1/search?limit=1").json()["hits"][0]["id"].clone();
    let articles = format!("&ids={}", id.as_str().unwrap());
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path.replace("{id}", id.as_str().unwrap());
        for parameter in item["get"]["parameters"].as_array().into_iter().flatten() {
            let schema = &parameter["schema"];
            let values = schema.get("enum").or_else(|| schema["items"].get("enum"));
            let Some(values) = values.and_then(|values| values.as_array()) else { continue };
            let name = parameter["name"].as_str().unwrap();
            let status = |value: &str| {
                let needed = match path.rsplit('/').next() {
                    Some("trend") => "&line=项目",
                    Some("series") => "&name=地区生产总值",
                    Some("articles") => &articles,
                    _ => "",
                };
                sample().get(&format!("{path}?{name}={value}{needed}")).status
            };
            for value in values {
                let value = value.as_str().unwrap();
                assert_eq!(status(value), StatusCode::OK, "{path} {name}={value}");
                asked += 1;
            }
            assert_eq!(status("other"), StatusCode::BAD_REQUEST, "{path} {name}");
        }
    }
    assert!(asked > 60, "{asked}");
}

#[test]
fn a_server_with_a_token_says_how_it_is_sent() {
    let options = dibao::web::Options { token: Some("secret".to_owned()), ..sample().options() };
    let known = [("authorization", "Bearer secret")];
    let document = ask(options, request("/api/v1/openapi.json", &known)).json();
    let schemes = document["components"]["securitySchemes"].as_object().unwrap();
    for requirement in document["security"].as_array().unwrap() {
        for name in requirement.as_object().unwrap().keys() {
            assert_eq!(schemes[name]["type"], "http", "{name}");
        }
    }
    assert_eq!(schemes.len(), 2);
    assert!(sample().get("/api/v1/openapi.json").json()["security"].is_null());
}

#[test]
fn the_page_to_try_the_interface_leads_to_the_answer() {
    let tried = sample()
        .get(&format!("/api/try?path=/api/v1/search&q={}&limit=3&from=", escaped("氢能 站")));
    assert_eq!(tried.status, StatusCode::SEE_OTHER);
    assert_eq!(
        tried.header("location"),
        format!("/api/v1/search?q={}&limit=3", escaped("氢能 站"))
    );
    let article = sample().get("/api/try?path=/api/v1/article/%7Bid%7D&id=a/b%20c");
    assert_eq!(article.header("location"), "/api/v1/article/a%2Fb%20c");
    assert_eq!(sample().get("/api/try?path=//elsewhere.example").status, StatusCode::NOT_FOUND);
}

#[test]
fn the_server_says_how_it_is() {
    let health = sample().get("/api/v1/health").json();
    assert_eq!(health["status"], "ok");
    assert_eq!(sample().get("/api/v1/version").json()["name"], json!("dibao"));
    assert!(sample().get("/metrics").text().contains("# EOF"));
}

#[test]
fn an_article_is_found_by_the_beginning_of_its_id_and_several_at_once() {
    let found = sample().get("/api/v1/search?limit=3").json();
    let ids: Vec<&str> = (0..3).map(|hit| found["hits"][hit]["id"].as_str().unwrap()).collect();
    let short = &ids[0][..8];
    let one = sample().get(&format!("/api/v1/article/{short}")).json();
    assert_eq!(one["id"], ids[0]);
    let reprints = sample().get(&format!("/api/v1/article/{short}/reprints")).json();
    assert!(reprints.as_array().unwrap().iter().any(|reprint| reprint["id"] == ids[0]));
    let several = sample().get(&format!("/api/v1/articles?ids={},{short}", ids[2])).json();
    assert_eq!([&several[0]["id"], &several[1]["id"]], [ids[2], ids[0]]);
    let capitals = ids[0].to_ascii_uppercase();
    let repeated = sample().get(&format!("/api/v1/articles?ids={}&ids={capitals}", ids[2])).json();
    assert_eq!(repeated, several);
    for (address, code) in [
        ("/api/v1/article/zzzz", "no_article"),
        ("/api/v1/articles?ids=zzzz", "no_article"),
        ("/api/v1/articles?ids=", "ids_missing"),
        ("/api/v1/articles", "ids_missing"),
        (&format!("/api/v1/articles?ids={}", ["a"; 101].join(",")), "bad_value"),
    ] {
        let answer = sample().get(address).json();
        assert_eq!(answer["code"], code, "{address}: {answer}");
    }
}

#[test]
fn what_the_archive_holds_is_told_with_its_files_and_two_articles_are_compared() {
    let overview = sample().get("/api/v1/overview?by=year").json();
    let files = sample().get("/api/v1/files?limit=2&offset=1").json();
    assert_eq!(overview["articles"], sample().get("/api/v1/health").json()["articles"]);
    assert_eq!(overview["files"], files["total"]);
    assert_eq!(overview["timeline"]["by"], "year");
    assert!(overview["publications"][0]["count"].as_u64().is_some_and(|count| count > 0));
    assert_eq!(files["files"].as_array().unwrap().len(), 2);
    let all = sample().get("/api/v1/files?limit=1000").json();
    assert_eq!(all["files"][1], files["files"][0]);
    assert!(all["files"][0].get("path").is_none());
    assert_eq!(sample().get("/api/v1/files?limit=0").json()["code"], "bad_value");
    let found = sample().get("/api/v1/search?limit=2").json();
    let ids = [0, 1].map(|hit| found["hits"][hit]["id"].as_str().unwrap());
    let compared = sample().get(&format!("/api/v1/article/{}/compare/{}", ids[0], ids[0])).json();
    assert_eq!(compared["common"]["share"], 1.0);
    let compared = sample().get(&format!("/api/v1/article/{}/compare/{}", ids[0], ids[1])).json();
    assert!(compared["body"].as_array().unwrap().iter().any(|passage| passage["change"] != "same"));
}
