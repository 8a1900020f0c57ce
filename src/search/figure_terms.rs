//! What the terms of the index say of figures without any record: who states those that are meant, how
//! often each indicator is stated, which districts have it, and what is the latest of a district.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{
    DocAddress, DocSet, InvertedIndexReader, SegmentOrdinal, SegmentReader, TERMINATED,
    TantivyError,
};

use super::figure_agreement::StatedNumber;
use super::figure_filter::FigureFilter;
use super::{Archive, Count, FigureTotals, PeriodLength, SearchError, SeriesMeasure};
use crate::gazetteer::Gazetteer;
use crate::index::{Figure, figure_key, figures_of, name_of_term};
use crate::model::{CivilDate, Indicator, IndicatorStatus, Record};

/// Indicators that sum up a district, by their names in the table of indicators.
pub const MAIN_INDICATORS: [&str; 10] = [
    "地区生产总值",
    "一般公共预算收入",
    "固定资产投资",
    "社会消费品零售总额",
    "规模以上工业增加值",
    "进出口总额",
    "居民人均可支配收入",
    "常住人口",
    "城镇化率",
    "粮食产量",
];

/// A figure with the article that states it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedFigure {
    /// The article.
    pub record: Record,
    /// The row.
    pub row: Indicator,
    /// Whether other articles state another value of the same period.
    pub is_conflict: bool,
}

/// A term, and where the articles with it are listed.
struct FigureTerm<'a> {
    text: &'a str,
    info: &'a TermInfo,
    index: &'a InvertedIndexReader,
    segment: (SegmentOrdinal, &'a SegmentReader),
}

/// Which of the figures of a district is the latest: that of the last day, of several the one of the
/// longest period, one with a value before a change alone, and an exact one before others.
type Recency = (CivilDate, Option<Reverse<CivilDate>>, bool, bool);

impl Archive {
    /// How much articles state of indicators. Read once for each archive.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn figure_totals(&self) -> Result<Arc<FigureTotals>, SearchError> {
        self.guard(|| {
            let known = self.kept_figure_totals();
            if let Some(totals) = known.get() {
                return Ok(totals.clone());
            }
            let totals = Arc::new(self.count_figures()?);
            Ok(known.get_or_init(|| totals).clone())
        })
    }

    fn count_figures(&self) -> Result<FigureTotals, SearchError> {
        let mut totals = FigureTotals::default();
        let mut names: HashMap<String, u64> = HashMap::new();
        for segment in self.segments() {
            // For each article the last name that it was counted for, from 1; terms of a name stand
            // together.
            let mut counted_for = vec![0_u32; segment.1.max_doc() as usize];
            let (mut name, mut ordinal) = (String::new(), 0);
            self.each_figure_term_of(segment, "", &mut |term| {
                let (of, _) = name_of_term(term.text);
                if of != name {
                    (name, ordinal) = (of.to_owned(), ordinal + 1);
                }
                let mut own = 0;
                term.each_article(&mut |address| {
                    totals.figures += 1;
                    if let Some(last) = counted_for.get_mut(address.doc_id as usize)
                        && *last != ordinal
                    {
                        *last = ordinal;
                        own += 1;
                    }
                })?;
                if own > 0 {
                    *names.entry(name.clone()).or_default() += own;
                }
                Ok(())
            })?;
            totals.articles += counted_for.iter().filter(|&&last| last > 0).count() as u64;
        }
        let counts = names.into_iter().map(|(value, count)| Count { value, count });
        totals.indicators = counts.collect();
        totals.indicators.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        Ok(totals)
    }

    /// The districts that have values of an indicator with the numbers of these, most first: of those that
    /// its series would have, see [`Archive::series`].
    ///
    /// # Errors
    /// When the name of the indicator is none, and when the index cannot be read.
    pub fn figure_districts(
        &self,
        name: &str,
        filter: &FigureFilter,
        by: Option<PeriodLength>,
        measure: SeriesMeasure,
    ) -> Result<Vec<Count>, SearchError> {
        self.guard(|| {
            let mut districts: BTreeMap<String, u64> = BTreeMap::new();
            let filter = filter.clone().or_facts();
            self.each_of_series(name, &filter, by, measure, &mut |figure, articles| {
                if let Some(district) = figure.district {
                    *districts.entry(district).or_default() += articles;
                }
            })?;
            let counts = districts.into_iter().map(|(value, count)| Count { value, count });
            let mut counts: Vec<Count> = counts.collect();
            counts.sort_by_key(|count| Reverse(count.count));
            Ok(counts)
        })
    }

    /// The statuses of the values that the series of an indicator could have, whichever statuses the
    /// filter asks for.
    ///
    /// # Errors
    /// When the name of the indicator or of a district is none, and when the index cannot be read.
    pub fn figure_statuses(
        &self,
        name: &str,
        filter: &FigureFilter,
        by: Option<PeriodLength>,
        measure: SeriesMeasure,
    ) -> Result<BTreeSet<IndicatorStatus>, SearchError> {
        self.guard(|| {
            let mut statuses = BTreeSet::new();
            let filter =
                FigureFilter { statuses: Vec::new(), preliminary: false, ..filter.clone() };
            self.each_of_series(name, &filter, by, measure, &mut |figure, _| {
                statuses.insert(figure.status);
            })?;
            Ok(statuses)
        })
    }

    /// Gives the figures that can be points of the series of an indicator, with the numbers of articles.
    fn each_of_series(
        &self,
        name: &str,
        filter: &FigureFilter,
        by: Option<PeriodLength>,
        measure: SeriesMeasure,
        visit: &mut dyn FnMut(Figure, u64),
    ) -> Result<(), SearchError> {
        let asked = FigureFilter { names: vec![name.to_owned()], ..filter.clone() };
        let asked = self.with_known_names(&asked)?;
        let is_of = |from, to| match by {
            Some(by) => by.has(from, to),
            None => PeriodLength::ALL.iter().any(|by| by.has(from, to)),
        };
        for segment in self.segments() {
            self.each_figure_term_of(segment, &figures_of(&figure_key(name)), &mut |term| {
                let figure = Figure::read(term.text).filter(|of| asked.takes_figure(of));
                let Some(figure) = figure.and_then(|figure| measure.of(&figure)) else {
                    return Ok(());
                };
                if matches!((figure.from, figure.to), (Some(from), Some(to)) if is_of(from, to)) {
                    visit(figure, u64::from(term.info.doc_freq));
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The latest of what articles state of a district as a fact, for each of the [`MAIN_INDICATORS`] of
    /// which they do: the one of the last day up to `today`; where articles differ, what most state. With
    /// the official name of the district; `None` where its name is that of several divisions or of none,
    /// as what articles state of namesakes cannot be told apart.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn latest_figures(
        &self,
        district: &str,
        today: CivilDate,
    ) -> Result<Option<(String, Vec<StatedFigure>)>, SearchError> {
        self.guard(|| {
            let official = match Gazetteer::built_in().resolve(district).as_slice() {
                [only] => only.name.to_string(),
                _ => return Ok(None),
            };
            let latest =
                MAIN_INDICATORS.iter().map(|name| self.latest_figure(&official, name, today));
            let latest = latest.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
            Ok(Some((official, latest)))
        })
    }

    fn latest_figure(
        &self,
        district: &str,
        name: &str,
        today: CivilDate,
    ) -> Result<Option<StatedFigure>, SearchError> {
        let mut latest: Option<Recency> = None;
        let mut stating: BTreeMap<String, Vec<DocAddress>> = BTreeMap::new();
        // The district stands behind the name.
        let begins = figures_of(&format!("{}{district}", figures_of(&figure_key(name))));
        for segment in self.segments() {
            self.each_figure_term_of(segment, &begins, &mut |term| {
                let Some(figure) = Figure::read(term.text) else { return Ok(()) };
                let Some(to) = figure.to.filter(|&to| to <= today) else { return Ok(()) };
                let is_exact = figure.approx.is_none() && figure.value_max.is_none();
                let recency = (to, figure.from.map(Reverse), figure.value.is_some(), is_exact);
                let is_earlier = latest.as_ref().is_some_and(|latest| recency < *latest);
                if figure.status != IndicatorStatus::Actual || is_earlier {
                    return Ok(());
                }
                let mut articles = Vec::new();
                term.each_article(&mut |address| articles.push(address))?;
                if articles.is_empty() {
                    return Ok(());
                }
                if latest.as_ref() != Some(&recency) {
                    latest = Some(recency);
                    stating.clear();
                }
                stating.entry(term.text.to_owned()).or_default().extend(articles);
                Ok(())
            })?;
        }
        let most = stating.iter().rev().max_by_key(|(_, articles)| articles.len());
        let Some((term, &[first, ..])) = most.map(|(term, all)| (term, all.as_slice())) else {
            return Ok(None);
        };
        let (record, figure) = (self.record(first)?, Figure::read(term));
        let Some(figure) = figure else { return Ok(None) };
        let is_conflict = stating.keys().filter_map(|term| Figure::read(term)).any(|other| {
            let numbers = StatedNumber::of(&figure).zip(StatedNumber::of(&other));
            figure.unit == other.unit
                && numbers.is_some_and(|(stated, other)| !stated.agrees(other))
        });
        let row = record.indicators.iter().find(|row| Figure::of(row) == figure).cloned();
        Ok(row.map(|row| StatedFigure { record, row, is_conflict }))
    }

    /// The articles that state a figure which a filter takes; `None` where it takes all.
    pub(super) fn articles_stating(
        &self,
        filter: &FigureFilter,
    ) -> Result<Option<HashSet<DocAddress>>, SearchError> {
        if *filter == FigureFilter::default() {
            return Ok(None);
        }
        let mut beginnings: Vec<String> =
            filter.names.iter().map(|name| figures_of(&figure_key(name))).collect();
        if beginnings.is_empty() {
            beginnings.push(String::new());
        }
        let mut articles = HashSet::new();
        for segment in self.segments() {
            for begins in &beginnings {
                self.each_figure_term_of(segment, begins, &mut |term| {
                    if Figure::read(term.text).is_some_and(|of| filter.takes_figure(&of)) {
                        term.each_article(&mut |address| {
                            articles.insert(address);
                        })?;
                    }
                    Ok(())
                })?;
            }
        }
        Ok(Some(articles))
    }

    fn segments(&self) -> impl Iterator<Item = (SegmentOrdinal, &SegmentReader)> {
        (0..).zip(self.searcher().segment_readers())
    }

    /// Gives the terms of figures of a segment that begin like this, in order.
    fn each_figure_term_of(
        &self,
        segment: (SegmentOrdinal, &SegmentReader),
        begins: &str,
        visit: &mut dyn FnMut(FigureTerm) -> tantivy::Result<()>,
    ) -> Result<(), SearchError> {
        let mut each = || {
            let index = segment.1.inverted_index(self.fields().figure)?;
            let mut stream = index.terms().range().ge(begins).into_stream()?;
            while stream.advance() && stream.key().starts_with(begins.as_bytes()) {
                let Ok(text) = std::str::from_utf8(stream.key()) else { continue };
                visit(FigureTerm { text, info: stream.value(), index: &index, segment })?;
            }
            Ok(())
        };
        each().map_err(|error: TantivyError| self.engine_error(&error))
    }
}

impl FigureTerm<'_> {
    /// Gives the articles that state it.
    fn each_article(&self, visit: &mut dyn FnMut(DocAddress)) -> tantivy::Result<()> {
        let (ordinal, reader) = self.segment;
        let mut postings =
            self.index.read_postings_from_terminfo(self.info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            if !reader.is_deleted(postings.doc()) {
                visit(DocAddress::new(ordinal, postings.doc()));
            }
            postings.advance();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{is_listed, listed_names};

    #[test]
    fn the_main_indicators_are_those_of_the_table() {
        for name in MAIN_INDICATORS {
            assert!(is_listed(name) && listed_names().any(|(_, known)| known == name), "{name}");
        }
    }
}
