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

use std::collections::BTreeMap;

use super::fields::{check, put_on_article, put_on_record, stated};
use super::outcome::Outcome;
use super::place::FileLines;
use super::rows;
use super::same::{DecisionSubject, subject};
use super::structure::{Rearrangement, rearranged};
use super::text_layer::{CorrectedTexts, TextProblem, correct_texts};
use crate::annotate::{Annotator, article_ids};
use crate::model::{
    Article, Change, Correction, IndicatorCorrection, Record, SourceText, SplitFile,
    TextCorrection, UnplacedReason,
};

/// The corrections that are about one file of the corpus, under whatever name they were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileCorrections {
    /// The hash of its content now, in hexadecimal.
    pub content: String,
    /// Those that count, in the order in which they were decided.
    pub entries: Vec<Correction>,
}

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

impl FileCorrections {
    /// Changes with every word of the entries.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        // Strings, numbers and lists always become JSON.
        let said = serde_json::to_vec(&self.entries).unwrap_or_default();
        blake3::hash(&said).to_hex().as_str()[..16].to_owned()
    }
}

/// Applies the corrections of a file and turns its articles into records.
///
/// `source` is the file or a part of a large one, `split_file` what the splitter made of it; an entry
/// whose lines are in another part is unplaced in this one.
#[must_use]
pub fn apply(
    corrections: &FileCorrections,
    source: &SourceText,
    mut split_file: SplitFile,
    annotator: &Annotator,
) -> CorrectedFile {
    let mut outcome = Outcome::default();
    let lines = FileLines::of(source, &corrections.content);
    let ids = article_ids(source, &split_file);
    for (article, id) in split_file.articles.iter_mut().zip(&ids) {
        article.given.get_or_insert_default().id = Some(id.0.clone());
    }

    let (structural, others): (Vec<&Correction>, Vec<&Correction>) =
        corrections.entries.iter().partition(|entry| entry.change.is_structural());
    let Rearrangement { mut split_file, ids, former, decided: structure } =
        rearranged(source, &lines, split_file, &structural, &mut outcome);

    let mut decided: Vec<Decided<'_>> =
        split_file.articles.iter().map(|_| Decided::default()).collect();
    for entry in others {
        let place =
            check(&entry.change, annotator).and_then(|()| lines.article(entry, &split_file, &ids));
        match place {
            Ok(place) => {
                if let Some(article) = decided.get_mut(place) {
                    article.add(entry);
                }
            }
            Err(reason) => outcome.refuse(entry, reason),
        }
    }
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
}

impl<'c> Decided<'c> {
    fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    fn add(&mut self, entry: &'c Correction) {
        self.subjects.entry(subject(&entry.change)).or_default().push(entry);
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
        let of_rows: Vec<&Vec<&Correction>> =
            self.subjects.values().filter(|entries| row(entries[0]).is_some()).collect();
        let merged: Vec<IndicatorCorrection> = of_rows
            .iter()
            .map(|entries| rows::merged(entries.iter().filter_map(|entry| row(entry))))
            .collect();
        let found = rows::put_on_record(record, &merged, annotator);
        let mut rows = of_rows.into_iter().zip(found);
        record.printed.clone_from(&texts.misread);
        let texts: BTreeMap<&DecisionSubject, Result<(), TextProblem>> = self
            .texts()
            .into_iter()
            .map(|(subject, _, _)| subject)
            .zip(texts.done.iter().copied())
            .collect();
        for (subject, entries) in &self.subjects {
            let result = if row(entries[0]).is_some() {
                rows.next().map_or(Ok(()), |(_, found)| found)
            } else {
                let text = texts.get(subject).copied().unwrap_or(Ok(()));
                text.map_err(UnplacedReason::from)
            };
            if let (Ok(()), Some(last)) = (&result, entries.last()) {
                record.corrections.push(last.applied(stated(without, &last.change)));
            }
            for entry in entries {
                outcome.settle(entry, result.clone());
            }
        }
    }
}

fn row(entry: &Correction) -> Option<&IndicatorCorrection> {
    match &entry.change {
        Change::Indicator(row) => Some(row),
        _ => None,
    }
}
