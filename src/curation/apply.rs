//! Puts the corrections of a file on what the splitter made of it.
//!
//! What depends on what decides the order:
//!
//! 1. where articles begin and end and what their lines are, one decision after the other;
//! 2. the characters of the text, on which every layer of the annotation is based;
//! 3. the fields that other layers read (a corrected date moves the periods of figures), then the
//!    annotation, then the fields that nothing else reads;
//! 4. the rows of indicators, which are read out of the text.
//!
//! Of several decisions about one thing the last one counts. Ids are those that the articles have
//! without corrections, so that no decision about a text changes them.

use std::collections::{BTreeMap, HashSet};

use super::articles::FileArticles;
use super::fields::{check, put_on_article, put_on_record, stated};
use super::outcome::Outcome;
use super::parts::{PartCorrections, PartEntry, give_ids};
use super::place::FileLines;
use super::rows;
use super::same::{DecisionSubject, subject};
use super::structure::{Rearrangement, rearranged};
use super::text_layer::{CorrectedTexts, TextProblem, correct_texts};
use crate::annotate::Annotator;
use crate::model::{
    Article, ArticleId, Change, Correction, IndicatorCorrection, Record, SourceText, SplitFile,
    TextCorrection, UnplacedReason,
};

/// A file, or a part of a large one, as people decided.
#[derive(Debug, Clone, Default)]
pub struct CorrectedFile {
    /// Its articles and lines.
    pub split_file: SplitFile,
    /// Its records.
    pub records: Vec<Record>,
    /// What became of the entries.
    pub outcome: Outcome,
}

/// Applies the corrections about a file, or about a part of a large one, and turns its articles into
/// records. `split_file` is what the splitter made of `source`.
#[must_use]
pub fn apply(
    corrections: &PartCorrections,
    source: &SourceText,
    mut split_file: SplitFile,
    annotator: &Annotator,
) -> CorrectedFile {
    let mut outcome = Outcome::default();
    for (entry, reason) in corrections.unplaced() {
        let reason = check(&entry.change, annotator).err().unwrap_or_else(|| reason.clone());
        outcome.refuse(entry, reason);
    }
    let lines = FileLines::of(source, corrections.content());
    give_ids(source, &mut split_file);
    let (structural, others): (Vec<PartEntry<'_>>, Vec<PartEntry<'_>>) =
        corrections.entries().into_iter().partition(|part| part.entry.change.is_structural());
    let structural: Vec<&Correction> = structural.iter().map(|part| part.entry).collect();
    let rearranged = rearranged(source, &lines, split_file, &structural, &mut outcome);
    let mut taken = HashSet::new();
    let ids: Vec<ArticleId> =
        rearranged.ids.iter().map(|id| id.clone().beside(&mut taken)).collect();
    let articles = FileArticles::of(&lines, &rearranged, &ids);
    let mut decided: Vec<Decided<'_>> =
        rearranged.split_file.articles.iter().map(|_| Decided::default()).collect();
    for PartEntry { entry, article } in others {
        let find = || article.map_or_else(|| articles.find(entry).map(|(place, _)| place), Ok);
        match check(&entry.change, annotator).and_then(|()| find()) {
            Ok(place) => {
                if let Some(article) = decided.get_mut(place) {
                    article.add(entry);
                }
            }
            Err(reason) => outcome.refuse(entry, reason),
        }
    }
    let Rearrangement { mut split_file, former, decided: structure, .. } = rearranged;
    // What the program says by itself.
    let without = if decided.iter().all(Decided::is_empty) {
        Vec::new()
    } else {
        annotator.annotate(source, &split_file)
    };
    let mut texts = Vec::new();
    for (article, decided) in split_file.articles.iter_mut().zip(&decided) {
        texts.push(decided.put_on_article(article, annotator));
    }
    let mut records = annotator.annotate(source, &split_file);
    for (((record, decided), without), texts) in
        records.iter_mut().zip(&decided).zip(&without).zip(texts)
    {
        decided.put_on_record(record, without, &texts, annotator, &mut outcome);
    }
    for ((record, former), structure) in records.iter_mut().zip(former).zip(structure) {
        record.former_ids = former;
        record.corrections.extend(structure.iter().map(|entry| entry.applied(entry.was.clone())));
        record.corrections.sort_by(|a, b| (a.at, &a.entry).cmp(&(b.at, &b.entry)));
    }
    CorrectedFile { split_file, records, outcome }
}

/// What was decided about one article: by what it is about, in the order of decisions.
#[derive(Default)]
struct Decided<'c> {
    subjects: BTreeMap<DecisionSubject, Vec<&'c Correction>>,
    /// Those about rows of indicators: which of them are about one row is seen when it is found.
    rows: Vec<&'c Correction>,
}

impl<'c> Decided<'c> {
    fn is_empty(&self) -> bool {
        self.subjects.is_empty() && self.rows.is_empty()
    }

    fn add(&mut self, entry: &'c Correction) {
        if row(entry).is_some() {
            self.rows.push(entry);
        } else {
            self.subjects.entry(subject(&entry.change)).or_default().push(entry);
        }
    }

    /// What counts of each subject.
    fn last(&self) -> impl Iterator<Item = &'c Correction> + '_ {
        self.subjects.values().filter_map(|entries| entries.last().copied())
    }

    /// The corrections of the text that count, in the order of decisions, by what they are about.
    fn texts(&self) -> Vec<(&DecisionSubject, &'c Correction, &'c TextCorrection)> {
        let last = self.subjects.iter().filter_map(|(subject, entries)| {
            let last = *entries.last()?;
            match &last.change {
                Change::Text(text) => Some((subject, last, text)),
                _ => None,
            }
        });
        let mut texts: Vec<(&DecisionSubject, &Correction, &TextCorrection)> = last.collect();
        texts.sort_by_key(|(_, entry, _)| (entry.at, &entry.id));
        texts
    }

    /// Corrects the text, then the fields. Gives the places that are printed otherwise, and whether
    /// each correction of the text was done.
    fn put_on_article(&self, article: &mut Article, annotator: &Annotator) -> CorrectedTexts {
        let texts: Vec<TextCorrection> =
            self.texts().into_iter().map(|(_, _, text)| text.clone()).collect();
        let printed = article.clone();
        let mut corrected = correct_texts(article, &texts);
        let with_texts = article.clone();
        for entry in self.last() {
            put_on_article(article, &entry.change, annotator);
        }
        corrected.replace_fields(&printed, &with_texts, article);
        corrected
    }

    fn put_on_record(
        &self,
        record: &mut Record,
        without: &Record,
        texts: &CorrectedTexts,
        annotator: &Annotator,
        outcome: &mut Outcome,
    ) {
        for entry in self.last() {
            put_on_record(record, &entry.change, annotator);
        }
        record.printed.clone_from(&texts.misread);
        self.put_on_rows(record, without, annotator, outcome);
        let texts: BTreeMap<&DecisionSubject, Result<(), TextProblem>> = self
            .texts()
            .into_iter()
            .map(|(subject, _, _)| subject)
            .zip(texts.done.iter().copied())
            .collect();
        for (subject, entries) in &self.subjects {
            let text = texts.get(subject).copied().unwrap_or(Ok(()));
            let result = text.map_err(UnplacedReason::from);
            if let (Ok(()), Some(last)) = (&result, entries.last()) {
                record.corrections.push(last.applied(stated(without, &last.change)));
            }
            for entry in entries {
                outcome.settle(entry, result.clone());
            }
        }
    }

    /// Corrects the rows of indicators. Of several decisions about one row the last one is shown.
    fn put_on_rows(
        &self,
        record: &mut Record,
        without: &Record,
        annotator: &Annotator,
        outcome: &mut Outcome,
    ) {
        let corrections: Vec<&IndicatorCorrection> =
            self.rows.iter().filter_map(|entry| row(entry)).collect();
        let found = rows::put_on_record(record, &corrections, annotator);
        let mut of_rows: BTreeMap<usize, (&Correction, &Correction)> = BTreeMap::new();
        for (&entry, place) in self.rows.iter().zip(found) {
            outcome.settle(entry, place.map(drop).ok_or(UnplacedReason::NoSuchRow));
            if let Some(place) = place {
                of_rows.entry(place).or_insert((entry, entry)).1 = entry;
            }
        }
        for (first, last) in of_rows.into_values() {
            // The first one names the row as it was read.
            record.corrections.push(last.applied(stated(without, &first.change)));
        }
    }
}

fn row(entry: &Correction) -> Option<&IndicatorCorrection> {
    match &entry.change {
        Change::Indicator(row) => Some(row),
        _ => None,
    }
}
