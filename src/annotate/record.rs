//! Applies the layers: articles of a file in, records out.

use std::sync::Arc;

use super::byline::byline;
use super::dates::{date_of, infer_issue, mentions, narrow_by_order, timestamp_day};
use super::document::{docno, genre, issuer};
use super::doubtful::{doubtful_places, stated_places};
use super::indicators::{indicators, is_chapter, may_have_chapters};
use super::places;
use super::places::{FileContext, place_of};
use super::topics::TopicClassifier;
use crate::gazetteer::Gazetteer;
use crate::model::SplitFile;
use crate::model::{
    Article, ArticleId, ArticleIds, ArticlePart, ArticleWarning, Basis, Byline, DateNote,
    GivenFields, Issue, IssueDate, Kind, Place, Precision, Record, SourceMeta, SourceText,
};

/// Holds the tables that the layers need. It can be shared between threads.
#[derive(Debug)]
pub struct Annotator {
    gazetteer: Arc<Gazetteer>,
    topics: TopicClassifier,
}

impl Annotator {
    /// Loads the tables that are built into the program.
    #[must_use]
    pub fn new() -> Self {
        Self { gazetteer: Gazetteer::built_in(), topics: TopicClassifier::built_in() }
    }

    /// Turns the articles of one file into records. Reprints are found later, over all files.
    #[must_use]
    pub fn annotate(&self, source: &SourceText, split_file: &SplitFile) -> Vec<Record> {
        let file = FileFacts {
            source,
            publication: split_file.publication.as_deref(),
            // The articles of a JSONL file need not come from one issue.
            issue: if source.lines.is_empty() {
                issue_of_meta(source)
            } else {
                infer_issue(source, split_file)
            },
            context: FileContext::of(&self.gazetteer, source, split_file),
        };
        let articles = || split_file.articles.iter();
        let ids = article_ids(source, split_file);
        let mut records: Vec<Record> = (articles().zip(ids).zip(1..))
            .map(|((article, id), ordinal)| self.record(&file, article, ordinal, id))
            .collect();
        // The order of the articles of a JSONL file, which come in batches, says nothing.
        if !source.lines.is_empty() {
            let collected = records.iter_mut().filter(|record| record.outlet.is_some());
            narrow_by_order(collected.map(|record| &mut record.date).collect());
        }
        let owned = owned_lines(split_file);
        for ((record, article), lines) in records.iter_mut().zip(articles()).zip(owned) {
            record.pages = pages_of(source, article, &lines);
            let role = |&at: &usize| Some((at, *split_file.roles.get(at)?));
            record.doubtful = match article.given.as_ref().and_then(|given| given.doubtful.as_ref())
            {
                Some(stated) => stated_places(stated, record),
                None => doubtful_places(source, lines.iter().filter_map(role), record),
            };
            record.mentions = mentions(article, &record.date, record.issue.date.value);
        }
        let mut bulletin: Option<usize> = None;
        for at in 0..records.len() {
            let whole = bulletin.filter(|_| is_chapter(&records[at])).map(|above| &records[above]);
            records[at].indicators = indicators(&records[at], whole);
            if may_have_chapters(&records[at]) {
                bulletin = Some(at);
            }
        }
        records
    }

    fn record(&self, file: &FileFacts, article: &Article, ordinal: u32, id: ArticleId) -> Record {
        let none = GivenFields::default();
        let given = article.given.as_deref().unwrap_or(&none);
        let meta = &file.source.meta;
        let issue = file.issue_of(given, article);
        let nothing = SourceMeta::default();
        let of_page = if has_only_headline(article, meta) { meta } else { &nothing };
        let located = places::locate(&self.gazetteer, article, &file.context);
        let docno = article.docno.clone().or_else(|| {
            (article.kind == Kind::Document).then(|| docno::of_article(article)).flatten()
        });
        let issuer = given.issuer.clone().or_else(|| {
            (article.kind == Kind::Document).then(|| issuer::issuer(article)).flatten()
        });
        let mut warnings = Vec::new();
        // Warnings about districts do not matter if the file states them.
        if given.districts.is_none() {
            warnings.extend(located.warnings);
        }
        for topic in given.topics.iter().flatten().filter(|topic| !self.knows_topic(&topic.label)) {
            warnings.push(ArticleWarning::UnknownTopic { topic: topic.label.clone() });
        }
        let date = match &given.date_note {
            Some(stated) => stated.clone(),
            None => {
                given.date.map_or_else(|| date_of(article, &issue, meta, article.beside), day_given)
            }
        };
        Record {
            id,
            source: file.source.path.clone(),
            publication: given
                .publication
                .as_deref()
                .or(meta.publication.as_deref())
                .or(file.publication)
                .map(str::to_owned),
            page: given.page.clone().or_else(|| meta.page.clone()),
            url: given.url.clone().or_else(|| meta.url.clone()),
            accessed: given.accessed.or(meta.accessed),
            recognised: given
                .recognised
                .clone()
                .or_else(|| meta.recognised.clone().filter(|_| has_pictures(file.source, article))),
            ordinal,
            kind: article.kind,
            genre: genre::genre(article),
            section: article.section.clone().or_else(|| of_page.section.clone()),
            kicker: article.kicker.clone(),
            title: article.title.clone(),
            subtitle: article.subtitle.clone(),
            outlet: article.outlet.clone().or_else(|| of_page.outlet.clone()),
            docno,
            issuer,
            byline: given.byline.clone().unwrap_or_else(|| byline_of(article, of_page)),
            mentions: Vec::new(),
            date,
            districts: match &given.districts {
                Some(stated) => stated.iter().map(|place| self.district_given(place)).collect(),
                None => located.districts,
            },
            places: given.places.clone().unwrap_or(located.places),
            topics: given.topics.clone().unwrap_or_else(|| self.topics.classify(article)),
            body: article.body.clone(),
            indicators: Vec::new(),
            credit: article.credit.clone(),
            lines: article.lines.clone(),
            pages: Vec::new(),
            doubtful: Vec::new(),
            reprint_of: None,
            cut: article.cut.clone(),
            corrections: Vec::new(),
            printed: Vec::new(),
            reprint_decided: None,
            former_ids: Vec::new(),
            warnings,
            issue,
        }
    }

    /// The names that divisions are looked up by.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Whether this is the label of a topic.
    #[must_use]
    pub fn knows_topic(&self, label: &str) -> bool {
        self.topics.labels().iter().any(|known| known.name == label)
    }

    /// A district that the file states, either in full or by a code or name that is looked up. The
    /// article is about it unless the file says otherwise.
    pub(crate) fn district_given(&self, stated: &Place) -> Place {
        let role = Some(stated.role.unwrap_or_default());
        let is_decided = stated.basis == Basis::Curation;
        let basis = if is_decided { stated.basis } else { Basis::Given };
        if !stated.path.is_empty() || !stated.ambiguous.is_empty() {
            return Place { role, ..stated.clone() };
        }
        let name = stated.name.as_str();
        let by_code = stated.code.as_deref().map(|code| self.gazetteer.resolve_ids(code));
        let units = by_code
            .filter(|units| units.len() == 1)
            .unwrap_or_else(|| self.gazetteer.resolve_ids(name));
        match units.as_slice() {
            &[id] => {
                // What a person decides need not stand in the text.
                let evidence = if is_decided { "" } else { name };
                Place { role, ..place_of(&self.gazetteer, id, basis, evidence) }
            }
            several => Place {
                name: name.to_owned(),
                basis,
                evidence: name.to_owned(),
                role,
                ambiguous: several.iter().map(|&id| self.gazetteer.path(id)).collect(),
                ..Place::default()
            },
        }
    }
}

impl Default for Annotator {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether text of an article was recognised on a picture: such lines have a confidence.
fn has_pictures(source: &SourceText, article: &Article) -> bool {
    let owns = |number| article.lines.iter().any(|lines| (lines.0..=lines.1).contains(&number));
    source
        .lines
        .iter()
        .any(|line| line.place.is_some_and(|place| place.confidence.is_some()) && owns(line.number))
}

/// What the articles of a file have in common.
struct FileFacts<'a> {
    source: &'a SourceText,
    publication: Option<&'a str>,
    issue: Issue,
    context: FileContext,
}

impl FileFacts<'_> {
    /// The issue that an article states, else the timestamp of a web page, else the issue of the
    /// file.
    fn issue_of(&self, given: &GivenFields, article: &Article) -> Issue {
        let number = given.issue_number.clone().or_else(|| self.issue.number.clone());
        let on = |day, basis| IssueDate {
            value: Some(day),
            not_before: Some(day),
            not_after: Some(day),
            basis,
        };
        let stamped = || match self.issue.date.basis {
            Basis::Config | Basis::Given => None,
            _ => timestamp_day(article).map(|day| on(day, Basis::Issue)),
        };
        let stated = given.issue_date.map(|day| on(day, Basis::Given));
        let given = given.issue_note.or(stated);
        Issue { number, date: given.or_else(stamped).unwrap_or(self.issue.date) }
    }
}

/// The issue as stated by `corpus.toml` or the path.
fn issue_of_meta(source: &SourceText) -> Issue {
    let date = source.meta.issue_date.map_or_else(IssueDate::default, |(day, basis)| IssueDate {
        value: Some(day),
        not_before: Some(day),
        not_after: Some(day),
        basis,
    });
    Issue { number: None, date }
}

fn day_given(day: crate::model::CivilDate) -> DateNote {
    DateNote {
        value: Some(day),
        not_before: Some(day),
        not_after: Some(day),
        precision: Precision::Day,
        basis: Basis::Given,
        text: None,
        span: None,
        rule: None,
    }
}

/// Whether this is the article that the head of a web page speaks of.
fn has_only_headline(article: &Article, meta: &SourceMeta) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    article.title.as_deref().map(letters) == meta.headline.as_deref().map(letters)
}

/// Who wrote and photographed as the text says, else as the head of the page does.
fn byline_of(article: &Article, page: &SourceMeta) -> Byline {
    let printed = byline(article);
    let Some(author) = page.author.as_ref().filter(|_| printed == Byline::default()) else {
        return printed;
    };
    byline(&Article { credit: Some(format!("作者：{author}")), ..Article::default() })
}

/// The positions of the lines that each article owns. Line numbers are not unique: several lines of
/// a web page can come from one line of its file.
fn owned_lines(split_file: &SplitFile) -> Vec<Vec<usize>> {
    let mut owned = vec![Vec::new(); split_file.articles.len()];
    for (index, owner) in split_file.owners.iter().enumerate() {
        if let Some(lines) = owner.and_then(|owner| owned.get_mut(owner as usize)) {
            lines.push(index);
        }
    }
    owned
}

/// Where an article stands on the pages of its file, by the positions of its lines; of a JSONL file what
/// it states.
fn pages_of(source: &SourceText, article: &Article, lines: &[usize]) -> Vec<ArticlePart> {
    if let Some(stated) = article.given.as_ref().and_then(|given| given.pages.as_ref()) {
        return stated.clone();
    }
    let lines = lines.iter().filter_map(|at| source.lines.get(*at));
    ArticlePart::of(lines.filter_map(|line| Some((line.number, line.place?))))
}

/// The ids of the articles of a file, in their order.
#[must_use]
pub fn article_ids(source: &SourceText, split_file: &SplitFile) -> Vec<ArticleId> {
    let mut ids = ArticleIds::of_file(&source.path);
    let owned = owned_lines(split_file);
    let articles = split_file.articles.iter().zip(&owned);
    articles.map(|(article, lines)| id(source, article, lines, &mut ids)).collect()
}

/// The id, made from the lines that the article owns. An article of a JSONL file has the id that it
/// states, or one made from its title, date and body.
fn id(source: &SourceText, article: &Article, lines: &[usize], ids: &mut ArticleIds) -> ArticleId {
    let given = article.given.as_deref();
    if let Some(id) = given.and_then(|given| given.id.as_ref()) {
        return ArticleIds::given(id);
    }
    if source.lines.is_empty() {
        let date =
            given.and_then(|given| given.date).map(|date| date.to_string()).unwrap_or_default();
        let title = article.title.as_deref().unwrap_or_default();
        return ids.next([title, &date, &article.body]);
    }
    ids.next(lines.iter().map(|&index| source.line(index)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Byline;

    #[test]
    fn the_id_of_an_article_of_a_web_page_does_not_depend_on_its_neighbours() {
        let ids = |second: &str| {
            let mut source = SourceText::from_text("page.html", format!("渡口\n开渡。\n{second}"));
            source.lines.iter_mut().for_each(|line| line.number = 1);
            let article = |body: &str| Article { body: body.to_owned(), ..Article::default() };
            let split_file = SplitFile {
                articles: vec![article("开渡。"), article(second)],
                owners: vec![Some(0), Some(0), Some(1)],
                ..SplitFile::default()
            };
            let records = Annotator::new().annotate(&source, &split_file);
            records.into_iter().map(|record| record.id.0).collect::<Vec<_>>()
        };
        let (one, other) = (ids("修路。"), ids("架桥。"));
        assert_eq!(one[0], other[0]);
        assert_ne!(one[1], other[1]);
        assert_ne!(one[0], one[1]);
    }

    #[test]
    fn a_district_that_several_could_be_has_no_path_and_is_read_again_as_it_is() {
        let annotator = Annotator::new();
        let stated = Place { name: "鼓楼区".into(), ..Place::default() };
        let place = annotator.district_given(&stated);
        assert!(place.path.is_empty() && place.ambiguous.len() > 1, "{place:?}");
        assert_eq!(annotator.district_given(&place), place);
    }

    #[test]
    fn what_the_file_states_of_an_article_stands() {
        let given = GivenFields {
            date: "2020-02-02".parse().ok(),
            byline: Some(Byline { reporters: vec!["甲一".into()], ..Byline::default() }),
            issuer: Some("南山县人民政府".into()),
            ..GivenFields::default()
        };
        let article = Article {
            body: "本报讯（记者 乙二）2021年3月5日，新桥通车。".into(),
            given: Some(Box::new(given.clone())),
            ..Article::default()
        };
        let split_file = SplitFile { articles: vec![article], ..SplitFile::default() };
        let record = &Annotator::new().annotate(&SourceText::default(), &split_file)[0];
        assert_eq!((record.date.value, record.date.basis), (given.date, Basis::Given));
        assert_eq!((Some(&record.byline), &record.issuer), (given.byline.as_ref(), &given.issuer));
    }
}
