//! What is being typed goes on to what the archive has, and every way leads somewhere.

use dibao::search::{Completion, CompletionKind, MAX_COMPLETIONS};

use super::*;

fn completions(archive: &Archive, typed: &str) -> Vec<Completion> {
    archive.completions(typed, day("2024-05-15"), MAX_COMPLETIONS).unwrap()
}

fn offered(archive: &Archive, typed: &str, kind: CompletionKind) -> Vec<(String, Option<u64>)> {
    let found = completions(archive, typed).into_iter();
    found.filter(|one| one.kind == kind).map(|one| (one.query, one.articles)).collect()
}

fn count(archive: &Archive, query: &str) -> u64 {
    let query = query::parse(query).unwrap();
    archive.count(&Request { query, today: day("2024-05-15"), ..Request::default() }).unwrap()
}

fn titled(source: &str, title: &str, record: Record) -> Record {
    Record { title: Some(title.into()), source: source.into(), ..record }
}

fn small() -> (tempfile::TempDir, Archive) {
    let xinmi = || place(Some("410183"), &["河南省", "郑州市", "新密市"]);
    let topic = |label: &str| Topic { label: label.into(), ..Topic::default() };
    let mut records = vec![
        titled(
            "a",
            "新密市营商环境再升级",
            on("2024-01-01", article("a", 1, "营商环境好不好，企业说了算")),
        ),
        titled(
            "b",
            "新密开出首趟氢能公交",
            on("2024-02-01", article("b", 1, "氢能公交，氢燃料电池，5G")),
        ),
        titled(
            "c",
            "“双碳”看新密",
            on("2024-03-01", article("c", 1, "新能源汽车下乡，2022年起步")),
        ),
    ];
    for (record, outlet) in records.iter_mut().zip(["新乡日报", "新乡日报社", "溱水晚报"])
    {
        record.districts = vec![xinmi()];
        record.topics = vec![topic("营商环境"), topic("能源")];
        record.outlet = Some(outlet.into());
        record.publication = Some("溱水样报".into());
    }
    archive(&records)
}

#[test]
fn each_kind_is_offered_with_the_query_that_it_leads_to() {
    let (_folder, archive) = small();
    let offered = |typed, kind| offered(&archive, typed, kind);
    let one = |query: &str, count| vec![(query.to_owned(), Some(count))];
    assert_eq!(offered("密市", CompletionKind::District), one("地区:新密市", 3));
    assert_eq!(offered("河南省郑州市新", CompletionKind::District), one("地区:新密市", 3));
    assert_eq!(offered("鄭州市", CompletionKind::District), one("地区:郑州市", 3));
    assert_eq!(offered("营商", CompletionKind::Topic), one("主题:营商环境", 3));
    assert_eq!(offered("晚报", CompletionKind::Outlet), one("来源:溱水晚报", 1));
    assert_eq!(offered("样报", CompletionKind::Publication), one("报纸:溱水样报", 3));
    assert_eq!(offered("氢", CompletionKind::Word), [("氢能".to_owned(), Some(1))]);
    assert_eq!(offered("氢燃料", CompletionKind::Word), one("氢燃料电池", 1));
    assert_eq!(offered("20", CompletionKind::Word), one("2022", 1));
    let newest =
        ["标题:\"“双碳”看新密\"", "标题:\"新密开出首趟氢能公交\"", "标题:\"新密市营商环境再升级\""];
    let newest = newest.map(|query| (query.to_owned(), Some(1)));
    assert_eq!(offered("新密", CompletionKind::Title), newest);
}

#[test]
fn a_value_that_others_contain_counts_them_as_its_query_does() {
    let (_folder, archive) = small();
    let outlets = offered(&archive, "来源:新乡", CompletionKind::Outlet);
    let expected = [("来源:新乡日报".to_owned(), Some(2)), ("来源:新乡日报社".to_owned(), Some(1))];
    assert_eq!(outlets, expected);
}

#[test]
fn inside_a_field_only_its_own_kind_is_offered() {
    let (_folder, archive) = small();
    for (typed, kind) in [
        ("地区:新", CompletionKind::District),
        ("主题：", CompletionKind::Topic),
        ("氢能 outlet:新", CompletionKind::Outlet),
        ("正文:氢", CompletionKind::Word),
    ] {
        let found = completions(&archive, typed);
        assert!(!found.is_empty(), "{typed}");
        assert!(found.iter().all(|one| one.kind == kind), "{typed}: {found:?}");
    }
    assert!(completions(&archive, "日期:20").is_empty());
    assert!(completions(&archive, "氢能 ").is_empty(), "nothing is being typed");
}

#[test]
fn what_else_is_asked_for_counts() {
    let (_folder, archive) = small();
    assert_eq!(
        offered(&archive, "公交 新密", CompletionKind::Title),
        [("公交 标题:\"新密开出首趟氢能公交\"".to_owned(), Some(1))]
    );
    assert!(offered(&archive, "公交 营商环", CompletionKind::Word).is_empty());
    assert_eq!(
        offered(&archive, "(公交 OR 营商) 地区:新", CompletionKind::District),
        [("(公交 OR 营商) 地区:新密市".to_owned(), Some(2))]
    );
    assert!(completions(&archive, "地区:没有这里 氢").is_empty());
    assert_eq!(
        offered(&archive, "公交燃料", CompletionKind::Word),
        [("公交燃料电池".to_owned(), Some(1))],
        "the last word goes on"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_completion_is_a_query_that_finds_as_many_articles_as_it_says(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("新密"), Just("氢"), Just("营商"), Just("“双"), Just("\""), Just("-"), Just("("),
                Just("主题:"), Just("地区："), Just("标题:"), Just("来源:"), Just(" "), Just(" OR "),
                Just("2"), Just("\\"), Just("能"), Just(")"), Just("5g"),
            ],
            1..6,
        ),
        limit in 0_usize..30,
    ) {
        static SMALL: std::sync::OnceLock<(tempfile::TempDir, Archive)> = std::sync::OnceLock::new();
        let (_, archive) = SMALL.get_or_init(small);
        let typed = parts.concat();
        let found = archive.completions(&typed, day("2024-05-15"), limit).unwrap();
        prop_assert!(found.len() <= limit.min(MAX_COMPLETIONS));
        for one in found {
            let counted = count(archive, &one.query);
            prop_assert!(counted > 0 && one.articles == Some(counted), "{typed}: {one:?}, {counted}");
        }
    }
}
