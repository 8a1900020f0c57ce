//! Tags and collections: they find exactly the articles that have them, with the same counts
//! everywhere.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use dibao::model::{ArticleNotes, Collection, CollectionItem, Notebook, ReaderNote};
use dibao::search::CompletionKind;

use super::*;

const TAGS: [&str; 4] = ["通车", "教育", "交通志·上", "Ａ组"];

/// What a tag stands for: articles by their ordinals.
fn notebook(records: &[Record], tags: &[(&str, Vec<u32>)], collected: &[u32]) -> Notebook {
    let id_of =
        |ordinal: u32| records.iter().find(|record| record.ordinal == ordinal).unwrap().id.clone();
    let mut articles: HashMap<ArticleId, ArticleNotes> = HashMap::new();
    for (tag, ordinals) in tags {
        for &ordinal in ordinals {
            articles.entry(id_of(ordinal)).or_default().tags.push((*tag).to_owned());
        }
    }
    let items = collected.iter().map(|&ordinal| {
        articles.entry(id_of(ordinal)).or_default().collections.push("第三章".to_owned());
        let (remark, by) = (String::new(), "李".to_owned());
        CollectionItem { article: id_of(ordinal), remark, by, at: jiff::Timestamp::UNIX_EPOCH }
    });
    let collection = Collection { about: String::new(), items: items.collect() };
    let collections = BTreeMap::from([("第三章".to_owned(), collection)]);
    Notebook { articles, collections }
}

fn labelled(records: &[Record], notebook: Notebook) -> (tempfile::TempDir, Archive) {
    let (folder, archive) = archive(records);
    (folder, archive.with_notebook(Arc::new(notebook)))
}

fn three() -> Vec<Record> {
    vec![
        article("a.txt", 1, "石桥通车。"),
        article("a.txt", 2, "石桥换上新栏杆。"),
        article("b.txt", 3, "学校开学。"),
    ]
}

#[test]
fn labels_are_fields_of_the_query_and_filters() {
    let records = three();
    let tags = [("通车", vec![1, 2]), ("Ａ组", vec![3])];
    let (_folder, archive) = labelled(&records, notebook(&records, &tags, &[3, 1]));
    assert_eq!(found(&archive, &request("标签:通车")), [1, 2]);
    assert_eq!(found(&archive, &request("tag:a组")), [3], "in any width and case");
    assert_eq!(found(&archive, &request("石桥 -标签:通车")), [] as [u32; 0]);
    assert_eq!(found(&archive, &request("标签:通车 栏杆")), [2]);
    assert_eq!(found(&archive, &request("收藏:第三章")), [1, 3]);
    assert_eq!(found(&archive, &request("专题:无")), [2]);
    assert_eq!(found(&archive, &request("标签:无")), [] as [u32; 0]);
    assert_eq!(found(&archive, &request("标签:* 收藏:*")), [1, 3]);
    assert_eq!(found(&archive, &request("标签:(Ａ组 OR 通车) 收藏:无")), [2]);
    let filtered = |tags: &[&str], collections: &[&str]| {
        let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let (tags, collections) = (list(tags), list(collections));
        let filters = Filters { tags, collections, ..Filters::default() };
        found(&archive, &Request { filters, ..request("") })
    };
    assert_eq!(filtered(&["通车", "Ａ组"], &[]), [1, 2, 3]);
    assert_eq!(filtered(&["通车"], &["第三章"]), [1]);
    assert_eq!(filtered(&[], &["无"]), [2]);
}

#[test]
fn one_that_there_is_not_finds_nothing_and_near_ones_are_named() {
    let records = three();
    let tags = [("石桥通车", vec![1])];
    let (_folder, archive) = labelled(&records, notebook(&records, &tags, &[]));
    let results = archive.search(&request("标签:石桥通年")).unwrap();
    assert_eq!(results.total, 0);
    let (name, near) = ("石桥通年".to_owned(), vec!["石桥通车".to_owned()]);
    assert_eq!(results.notes, [Note::UnknownTag { name, near }]);
    let unknown = archive.search(&request("收藏:第四章")).unwrap().notes;
    let (name, near) = ("第四章".to_owned(), vec!["第三章".to_owned()]);
    assert_eq!(unknown, [Note::UnknownCollection { name, near }]);
    // One without articles is there.
    assert!(archive.search(&request("收藏:第三章")).unwrap().notes.is_empty());
}

#[test]
fn hits_have_what_is_noted_and_completions_their_names() {
    let records = three();
    let mut noted = notebook(&records, &[("通车", vec![1, 2])], &[2]);
    let note = ReaderNote {
        entry: dibao::model::EntryId("e".into()),
        text: "核对".into(),
        passage: "栏杆".into(),
        by: "李".into(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    noted.articles.get_mut(&records[1].id).unwrap().notes.push(note.clone());
    let (_folder, archive) = labelled(&records, noted);
    let results = archive.search(&request("栏杆")).unwrap();
    let on = results.hits[0].noted.clone().unwrap();
    assert_eq!(
        (on.tags, on.notes, on.collections),
        (vec!["通车".to_owned()], vec![note], vec!["第三章".to_owned()],)
    );
    let offered = |typed: &str| {
        let found = archive.completions(typed, day("2024-05-15"), 9).unwrap().into_iter();
        let labels =
            found.filter(|of| matches!(of.kind, CompletionKind::Tag | CompletionKind::Collection));
        labels.map(|of| (of.query, of.articles)).collect::<Vec<_>>()
    };
    assert_eq!(offered("标签:通"), [("标签:通车".to_owned(), Some(2))]);
    assert_eq!(offered("三章"), [("收藏:第三章".to_owned(), Some(1))]);
    assert_eq!(offered("栏杆 标签:"), [("栏杆 标签:通车".to_owned(), Some(1))]);
}

#[test]
fn ids_of_no_article_are_told() {
    let records = three();
    let (_folder, archive) = archive(&records);
    let unknown = ArticleId("zzzzzzzzzzzz".into());
    let missing = archive.ids_of_none([&records[0].id, &unknown]).unwrap();
    assert_eq!(missing, [unknown]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// 标签:X finds exactly the tagged articles, whatever else is asked, and facets, filters, counts
    /// and pages agree with it.
    #[test]
    fn a_label_finds_exactly_its_articles(
        bodies in proptest::collection::vec(prop::sample::select(vec!["石桥通车", "学校开学", "石桥"]), 1..30),
        marks in proptest::collection::vec((0..TAGS.len(), 0_u32..30), 0..40),
        collected in proptest::collection::vec(0_u32..30, 0..12),
        deleted in 0_u32..30,
    ) {
        let count = bodies.len() as u32;
        let source = |n: u32| if n.is_multiple_of(3) { "a.txt" } else { "b.txt" };
        let records: Vec<Record> =
            (1..).zip(&bodies).map(|(n, body)| article(source(n), n, body)).collect();
        let mut tagged: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (tag, ordinal) in marks {
            let ordinals = tagged.entry(TAGS[tag]).or_default();
            let ordinal = ordinal % count + 1;
            if !ordinals.contains(&ordinal) {
                ordinals.push(ordinal);
            }
        }
        let mut chapter: Vec<u32> = collected.iter().map(|n| n % count + 1).collect();
        chapter.sort_unstable();
        chapter.dedup();
        let tags: Vec<(&str, Vec<u32>)> = tagged.clone().into_iter().collect();
        let noted = notebook(&records, &tags, &chapter);
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &records);
        // Some articles go again: their labels count no more.
        let gone = deleted % count + 1;
        let kept: Vec<Record> =
            records.iter().filter(|record| record.ordinal != gone).cloned().collect();
        let options = IndexWriterOptions { threads: 1, user_words: None, rebuild: false };
        let mut writer = IndexWriter::open(folder.path(), options).unwrap();
        for file in ["a.txt", "b.txt"] {
            writer.forget(file);
        }
        for record in &kept {
            writer.add(record).unwrap();
        }
        writer.finish().unwrap();
        let archive = Archive::open(folder.path()).unwrap().with_notebook(Arc::new(noted));
        let all = |text: &str| {
            let mut ordinals = found(&archive, &Request { limit: 100, ..request(text) });
            ordinals.sort_unstable();
            ordinals
        };
        let facets = archive.facets(&Request::default()).unwrap();
        for (field, counts, name, mut wanted) in tagged
            .iter()
            .map(|(tag, ordinals)| ("标签", &facets.tags, *tag, ordinals.clone()))
            .chain([("收藏", &facets.collections, "第三章", chapter.clone())])
        {
            wanted.retain(|ordinal| *ordinal != gone);
            wanted.sort_unstable();
            let query = format!("{field}:{name}");
            prop_assert_eq!(all(&query), wanted.clone());
            prop_assert_eq!(archive.count(&request(&query)).unwrap(), wanted.len() as u64);
            let counted = counts.iter().find(|count| count.value == name);
            prop_assert_eq!(counted.map_or(0, |count| count.count), wanted.len() as u64);
            let with_words: Vec<u32> = wanted
                .iter()
                .copied()
                .filter(|n| bodies[*n as usize - 1].contains("石桥"))
                .collect();
            prop_assert_eq!(all(&format!("\"石桥\" {field}:{name}")), with_words);
            let without: Vec<u32> = kept
                .iter()
                .map(|record| record.ordinal)
                .filter(|ordinal| !wanted.contains(ordinal))
                .collect();
            prop_assert_eq!(all(&format!("-{field}:{name}")), without);
        }
        let untagged: Vec<u32> = kept
            .iter()
            .map(|record| record.ordinal)
            .filter(|ordinal| tagged.values().all(|of| !of.contains(ordinal)))
            .collect();
        prop_assert_eq!(all("标签:无"), untagged);
    }
}

/// An article that others were joined to.
fn with_former(record: Record, former: &[&Record]) -> Record {
    Record { former_ids: former.iter().map(|record| record.id.clone()).collect(), ..record }
}

#[test]
fn a_former_id_leads_to_the_article_that_has_its_text_unless_it_is_one_s_own() {
    let [first, second, third] = three().try_into().unwrap();
    let ids = [&first, &second, &third].map(|record| record.id.clone());
    let get = |archive: &Archive, id: &ArticleId| {
        let found = archive.get(id).unwrap().into_iter();
        found.map(|record| record.ordinal).collect::<Vec<_>>()
    };
    let joined = with_former(first, &[&second, &third]);
    // The second article is there again, in whatever order they stand.
    let again = Record { ordinal: 0, ..second };
    let all = [again.clone(), joined.clone()];
    let (_folder, archive) = labelled(&all, notebook(&all, &[("通车", vec![0])], &[0]));
    assert_eq!(get(&archive, &ids[1]), [0]);
    assert_eq!(get(&archive, &ids[2]), [1]);
    assert_eq!(archive.with_id_prefix(&ids[1], 1).unwrap().1, 1);
    assert_eq!(archive.former_ids().unwrap(), HashMap::from([(ids[2].clone(), ids[0].clone())]));
    assert_eq!(found(&archive, &request("标签:通车")), [0], "not the one that had its id");
    assert_eq!(found(&archive, &request("收藏:无")), [1]);
    let noted = |record: &Record| archive.notebook().on(record).is_some();
    assert_eq!((noted(&again), noted(&joined)), (true, false));
    let (_folder, archive) = labelled(&[joined], Notebook::default());
    assert_eq!(get(&archive, &ids[1]), [1]);
    assert_eq!(archive.former_ids().unwrap().len(), 2);
}
