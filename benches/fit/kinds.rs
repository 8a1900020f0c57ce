//! Fits the trees that tell notices from news, and measures them.

use std::collections::{BTreeMap, BTreeSet};

use dibao::gold::Item;
use dibao::model::SourceText;
use dibao::split::fit::{
    GoldItem, GoldKind, KindPage, NoticeScores, fit_kinds, score_notices, stating,
};

use fastrand::Rng;

use crate::arguments::Arguments;
use crate::compose;
use crate::pages::{Raw, described, family};

/// How much an item of a composed page counts.
const COMPOSED: f32 = 0.3;

const SEED: u64 = 13;
/// Notices and briefs that are composed beside those of the pages.
const OFFERS: usize = 900;
/// Every so many of them is a brief.
const BRIEFS: usize = 3;

/// A page, where it comes from, and whether it is in the second fold.
struct Page {
    source: String,
    composed: bool,
    second: bool,
    items: KindPage,
}

/// Fits on the items of the gold folders and of composed pages, and prints for each source how many
/// of its notices are found and how many are right: by trees fitted on every other page, and by trees
/// fitted on the other publications. Returns the table.
pub fn fit_and_measure(arguments: &Arguments) -> anyhow::Result<String> {
    let (raw, real) = Raw::load(arguments)?;
    let mut rng = Rng::with_seed(SEED);
    let mut of_source: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = Vec::with_capacity(raw.len());
    for (place, page) in raw.into_iter().enumerate() {
        let composed = place >= real;
        let number = of_source.entry(page.source.clone()).or_default();
        *number += 1;
        let items: Vec<GoldItem> = page.gold.items.iter().map(Item::for_fit).collect();
        let weight = if composed { COMPOSED } else { 1.0 };
        let items = KindPage::new(&page.gold.text, &items, weight);
        pages.push(Page { source: page.source, composed, second: number.is_multiple_of(2), items });
    }
    pages.extend((0..OFFERS).map(|number| offer(number, &mut rng)));
    let fit = |taken: &dyn Fn(&Page) -> bool| {
        fit_kinds(pages.iter().filter(|page| taken(page)).map(|page| &page.items))
    };
    let by_fold = [false, true].map(|second| fit(&|page: &Page| page.second != second));
    println!("| source | items | notices | | found | right of all | right of found |");
    println!("|---|---|---|---|---|---|---|");
    let sources: BTreeSet<&str> = pages.iter().map(|page| page.source.as_str()).collect();
    for &source in &sources {
        let of_source = |page: &&Page| page.source == source;
        let mut held = NoticeScores::default();
        for (second, table) in [false, true].into_iter().zip(&by_fold) {
            let fold = pages.iter().filter(of_source).filter(|page| page.second == second);
            add(&mut held, score_notices(table, fold.map(|page| &page.items)));
        }
        print_scores(source, "held out", held);
    }
    let families: BTreeSet<&str> =
        pages.iter().filter(|page| !page.composed).map(|page| family(&page.source)).collect();
    for left in families {
        let table = fit(&|page: &Page| family(&page.source) != left);
        for source in sources.iter().filter(|source| family(source) == left) {
            let of_source = pages.iter().filter(|page| page.source == **source);
            let scores = score_notices(&table, of_source.map(|page| &page.items));
            print_scores(source, "left out", scores);
        }
    }
    let of_pages = described(pages.iter().map(|page| page.source.as_str()));
    Ok(stating(&fit(&|_| true), &format!("{of_pages}; seed {SEED}")))
}

/// A composed notice or brief by itself.
fn offer(number: usize, rng: &mut Rng) -> Page {
    let (kind, lines) = if number.is_multiple_of(BRIEFS) {
        (GoldKind::News, compose::brief(rng))
    } else {
        (GoldKind::Notice, compose::notice(rng))
    };
    let last = lines.len() as u32;
    let text = SourceText::from_text("notice.txt", lines.join("\n"));
    let item = GoldItem::new(kind, None, vec![(1, last)]);
    let items = KindPage::new(&text, &[item], COMPOSED);
    Page { source: "composed alone".to_owned(), composed: true, second: number % 2 == 1, items }
}

fn add(scores: &mut NoticeScores, more: NoticeScores) {
    scores.items += more.items;
    scores.notices += more.notices;
    scores.found += more.found;
    scores.right += more.right;
}

fn print_scores(source: &str, what: &str, scores: NoticeScores) {
    let NoticeScores { items, notices, found, right } = scores;
    let share = |of: usize| {
        if of == 0 { "–".to_owned() } else { format!("{:.3}", right as f64 / of as f64) }
    };
    println!(
        "| {source} | {items} | {notices} | {what} | {found} | {} | {} |",
        share(notices),
        share(found)
    );
}
