//! Compares two articles, such as a reprint and its original, sentence by sentence.

pub(crate) mod pairing;
pub(crate) mod sentences;

use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};
use utoipa::ToSchema;

use crate::model::Record;
use crate::model::TextField;
use pairing::pair;
use sentences::{DiffToken, Sentence, sentences};

/// The differences between two articles.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Comparison {
    /// Kicker, title, subtitle, 文号 and credit: those that at least one of the two has.
    pub head: Vec<FieldPassage>,
    /// The sentences of both bodies, in the order of the texts. Joined, the texts of either article
    /// are its body without the blanks around sentences. A sentence that was moved appears as one
    /// of the first article alone in one place and as one of the second alone in another.
    pub body: Vec<Passage>,
    /// How much of the bodies is the same.
    pub common: Overlap,
}

/// A part of the head of both articles.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FieldPassage {
    /// Which part.
    pub field: TextField,
    /// Its text in both articles.
    #[serde(flatten)]
    pub passage: Passage,
}

/// A sentence or a part of the head, as printed by the first and by the second article.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Passage {
    /// How the two differ.
    pub change: TextChange,
    /// The text of the first article.
    pub first: Option<String>,
    /// The text of the second article.
    pub second: Option<String>,
    /// For `changed` and `form`: the pieces that the two differ in and those they share. Joined,
    /// they are the passage.
    pub pieces: Vec<DiffRun>,
}

/// A piece of a sentence: a run of characters, numbers or Latin words.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DiffRun {
    /// How the two differ; never `changed`.
    pub change: TextChange,
    /// The text of the first article.
    pub first: Option<String>,
    /// The text of the second article.
    pub second: Option<String>,
}

/// How two texts differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TextChange {
    /// Not at all.
    Same,
    /// Only in script (traditional or simplified), width, case or blanks.
    Form,
    /// In some of the words.
    Changed,
    /// It is in the first article alone.
    First,
    /// It is in the second article alone.
    Second,
}

/// Characters of the bodies, blanks not counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Overlap {
    /// Of the first article.
    pub first: u64,
    /// Of the second article.
    pub second: u64,
    /// Those that are in both, apart from script and width.
    pub both: u64,
    /// The share of common characters among all of both articles, from 0 to 1; `None` if both are
    /// empty.
    pub share: Option<f64>,
}

/// Compares two articles. Sentences end at 。！？； and with paragraphs.
///
/// Where many hundreds of sentences in a row differ, they are not paired, but listed as sentences
/// of the first article alone and of the second alone.
#[must_use]
pub fn compare(first: &Record, second: &Record) -> Comparison {
    let body = bodies(&sentences(&first.body), &sentences(&second.body));
    Comparison { head: head(first, second), common: Overlap::of(&body), body }
}

impl TextChange {
    /// Whether the two articles are the same, apart from script and width.
    #[must_use]
    pub fn is_none(self) -> bool {
        matches!(self, Self::Same | Self::Form)
    }
}

impl Overlap {
    fn of(body: &[Passage]) -> Self {
        let count = |text: Option<&String>| {
            text.and_then(|text| Sentence::new(text)).map_or(0, |text| text.length() as u64)
        };
        let first: u64 = body.iter().map(|passage| count(passage.first.as_ref())).sum();
        let second: u64 = body.iter().map(|passage| count(passage.second.as_ref())).sum();
        let both = body
            .iter()
            .map(|passage| match passage.change {
                TextChange::Changed => {
                    let equal = passage.pieces.iter().filter(|piece| piece.change.is_none());
                    equal.map(|piece| count(piece.first.as_ref())).sum()
                }
                change if change.is_none() => count(passage.first.as_ref()),
                _ => 0,
            })
            .sum::<u64>();
        let all = first + second;
        let share = (all > 0).then(|| 2.0 * both as f64 / all as f64);
        Self { first, second, both, share }
    }
}

fn head(first: &Record, second: &Record) -> Vec<FieldPassage> {
    let fields = [
        (TextField::Kicker, &first.kicker, &second.kicker),
        (TextField::Title, &first.title, &second.title),
        (TextField::Subtitle, &first.subtitle, &second.subtitle),
        (TextField::Docno, &first.docno, &second.docno),
        (TextField::Credit, &first.credit, &second.credit),
    ];
    fields
        .into_iter()
        .filter_map(|(field, first, second)| {
            let first = first.as_deref().and_then(Sentence::new);
            let second = second.as_deref().and_then(Sentence::new);
            Some(FieldPassage { field, passage: passage(first.as_ref(), second.as_ref())? })
        })
        .collect()
}

fn bodies(first: &[Sentence], second: &[Sentence]) -> Vec<Passage> {
    let keys = |all: &[Sentence]| -> Vec<String> { all.iter().map(|s| s.key.clone()).collect() };
    let mut body = Vec::with_capacity(first.len().max(second.len()));
    for (equal, in_first, in_second) in stretches(&keys(first), &keys(second)) {
        let (first, second) = (&first[in_first], &second[in_second]);
        if equal {
            let both = first.iter().zip(second);
            body.extend(both.filter_map(|(first, second)| passage(Some(first), Some(second))));
        } else {
            for (first_at, second_at) in pair(first, second) {
                let first = first_at.and_then(|at| first.get(at));
                body.extend(passage(first, second_at.and_then(|at| second.get(at))));
            }
        }
    }
    body
}

/// Alternating equal and unequal stretches, as ranges of both.
fn stretches(first: &[String], second: &[String]) -> Vec<(bool, Range<usize>, Range<usize>)> {
    let mut stretches: Vec<(bool, Range<usize>, Range<usize>)> = Vec::new();
    for change in capture_diff_slices(Algorithm::Myers, first, second) {
        let equal = change.tag() == DiffTag::Equal;
        match stretches.last_mut() {
            // A deletion and an insertion may follow each other.
            Some((false, in_first, in_second)) if !equal => {
                in_first.end = change.old_range().end;
                in_second.end = change.new_range().end;
            }
            _ => stretches.push((equal, change.old_range(), change.new_range())),
        }
    }
    stretches
}

fn passage(first: Option<&Sentence>, second: Option<&Sentence>) -> Option<Passage> {
    let text = |sentence: Option<&Sentence>| sentence.map(|sentence| sentence.text.to_owned());
    let change = match (first, second) {
        (None, None) => return None,
        (Some(_), None) => TextChange::First,
        (None, Some(_)) => TextChange::Second,
        (Some(first), Some(second)) if first.text == second.text => TextChange::Same,
        (Some(first), Some(second)) if first.key == second.key => TextChange::Form,
        (Some(_), Some(_)) => TextChange::Changed,
    };
    let pieces = match (change, first, second) {
        (TextChange::Form | TextChange::Changed, Some(first), Some(second)) => {
            pieces(&first.tokens(), &second.tokens())
        }
        _ => Vec::new(),
    };
    Some(Passage { change, first: text(first), second: text(second), pieces })
}

fn pieces(first: &[DiffToken], second: &[DiffToken]) -> Vec<DiffRun> {
    let keys =
        |all: &[DiffToken]| -> Vec<String> { all.iter().map(|token| token.key.clone()).collect() };
    let joined = |tokens: &[DiffToken]| tokens.iter().map(|token| token.text).collect::<String>();
    let mut pieces = Vec::new();
    for (equal, in_first, in_second) in stretches(&keys(first), &keys(second)) {
        let (first, second) = (&first[in_first], &second[in_second]);
        if !equal {
            pieces.extend(DiffRun::of(TextChange::First, joined(first), String::new()));
            pieces.extend(DiffRun::of(TextChange::Second, String::new(), joined(second)));
            continue;
        }
        let both: Vec<(&DiffToken, &DiffToken)> = first.iter().zip(second).collect();
        for run in both.chunk_by(|a, b| (a.0.text == a.1.text) == (b.0.text == b.1.text)) {
            let same = run.first().is_some_and(|(first, second)| first.text == second.text);
            let change = if same { TextChange::Same } else { TextChange::Form };
            let of_first = run.iter().map(|(first, _)| first.text).collect();
            let of_second = run.iter().map(|(_, second)| second.text).collect();
            pieces.extend(DiffRun::of(change, of_first, of_second));
        }
    }
    pieces
}

impl DiffRun {
    fn of(change: TextChange, first: String, second: String) -> Option<Self> {
        let some = |text: String| (!text.is_empty()).then_some(text);
        let (first, second) = (some(first), some(second));
        (first.is_some() || second.is_some()).then_some(Self { change, first, second })
    }
}
