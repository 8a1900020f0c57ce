//! The record of an article before anything is read out of its words: what the splitter found and
//! what the file itself states.

use crate::model::{
    Article, ArticleIds, Basis, Byline, DateNote, Given, Issue, IssueDate, Place, Precision,
    Record, SourceText,
};
use crate::split::Cutting;

/// Makes the records of one file, in the order of its articles.
pub(super) fn records(source: &SourceText, cutting: &Cutting) -> Vec<Record> {
    let mut ids = ArticleIds::of_file(&source.path);
    cutting
        .articles
        .iter()
        .zip(1..)
        .map(|(article, ordinal)| record(source, cutting, article, ordinal, &mut ids))
        .collect()
}

fn record(
    source: &SourceText,
    cutting: &Cutting,
    article: &Article,
    ordinal: u32,
    ids: &mut ArticleIds,
) -> Record {
    let none = Given::default();
    let given = article.given.as_deref().unwrap_or(&none);
    let publication = given.publication.as_ref().or(source.meta.publication.as_ref());
    let publication = publication.or(cutting.publication.as_ref()).cloned();
    let districts = given.districts.iter().flatten().map(|name| Place {
        name: name.clone(),
        path: vec![name.clone()],
        basis: Basis::Given,
        ..Place::default()
    });
    Record {
        id: id(source, article, given, ids),
        source: source.path.clone(),
        publication,
        issue: issue(source, cutting, given),
        page: given.page.clone().or_else(|| source.meta.page.clone()),
        ordinal,
        kind: article.kind,
        section: article.section.clone(),
        kicker: article.kicker.clone(),
        title: article.title.clone(),
        subtitle: article.subtitle.clone(),
        outlet: article.outlet.clone(),
        docno: article.docno.clone(),
        issuer: given.issuer.clone(),
        byline: given.byline.clone().unwrap_or_else(Byline::default),
        date: given.date.map_or_else(DateNote::default, |date| DateNote {
            value: Some(date),
            not_before: Some(date),
            not_after: Some(date),
            precision: Precision::Day,
            basis: Basis::Given,
            text: None,
            rule: None,
        }),
        districts: districts.collect(),
        places: Vec::new(),
        topics: given.topics.clone().unwrap_or_default(),
        body: article.body.clone(),
        credit: article.credit.clone(),
        lines: article.lines.clone(),
        reprint_of: None,
        cut: article.cut.clone(),
        warnings: article.warnings.clone(),
    }
}

/// The issue: what the article states, else `corpus.toml` and the path, else the masthead.
fn issue(source: &SourceText, cutting: &Cutting, given: &Given) -> Issue {
    let known = given.issue_date.map(|date| (date, Basis::Given)).or(source.meta.issue_date);
    let date = known.map_or(cutting.issue.date, |(day, basis)| IssueDate {
        value: Some(day),
        not_before: Some(day),
        not_after: Some(day),
        basis,
    });
    Issue { number: given.issue_number.clone().or_else(|| cutting.issue.number.clone()), date }
}

/// Of the lines that the article owns; of an article that was apart already the id that it has, or
/// one of its title, date and body.
fn id(
    source: &SourceText,
    article: &Article,
    given: &Given,
    ids: &mut ArticleIds,
) -> crate::model::ArticleId {
    if let Some(id) = &given.id {
        return ArticleIds::given(id);
    }
    if source.lines.is_empty() {
        let date = given.date.map(|date| date.to_string()).unwrap_or_default();
        let title = article.title.as_deref().unwrap_or_default();
        return ids.next([title, &date, &article.body]);
    }
    // Lines are in the order of their numbers.
    let position = |number: u32| source.lines.partition_point(|line| line.number < number);
    let owned = article.lines.iter().flat_map(|range| position(range.0)..position(range.1 + 1));
    ids.next(owned.map(|index| source.line(index)))
}
