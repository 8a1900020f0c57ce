//! Gives every mention its use in its sentence and its position in the article.

use std::ops::Range;

use super::context_words::context_words;
use super::disambiguate::ResolvedMentions;
use super::mention_use::{MentionUse, NameContext};
use super::mentions::{Mention, MentionKind, ScannedText};
use super::passage_cues::PassageCues;
use super::reach::{FRONT_BYTES, Reach};
use crate::gazetteer::{DivisionId, Gazetteer};
use crate::model::{Basis, Span};

/// Bytes at the beginning and at the end of a text where it says who made it.
const EDGE_BYTES: usize = 240;
/// Code of the capital.
const CAPITAL: &str = "11";
/// The most characters beside a name that are told as evidence.
const MAX_WORDS_BESIDE: usize = 8;
/// What divides the names of a list.
const LIST_MARKS: [&str; 8] = ["", "、", "和", "及", "以及", "与", ",", " "];
/// Characters of words for parts of areas: 中南部, 大部分地区, 局地, 沿海.
const PARTS_OF_AREAS: &str = "东西南北中部大局分地区沿海";
/// What divides the ends of a way.
const ROUTE_MARKS: [&str; 5] = ["至", "到", "-", "—", "~"];

/// A mention of a division, classified.
#[derive(Debug)]
pub(crate) struct ClassifiedMention {
    pub(crate) division: DivisionId,
    pub(crate) r#use: MentionUse,
    pub(crate) position: MentionPosition,
    /// Whether the name says what it is: 黄石市 and not 黄石.
    pub(crate) is_full: bool,
    /// Whether its sentence speaks of many places before it, of which it is an example.
    pub(crate) is_example: bool,
    passage: usize,
    /// Bytes of the folded passage: the name with those of what it lies in.
    span: Span,
}

/// Where a mention stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MentionPosition {
    Title,
    /// The beginning of the lead.
    Front,
    Lead,
    Rest,
}

impl MentionPosition {
    fn of(passage: &ScannedText<'_>, span: &Span) -> Self {
        match passage.basis {
            Basis::Title => Self::Title,
            Basis::Lead if span.start < FRONT_BYTES => Self::Front,
            Basis::Lead => Self::Lead,
            _ => Self::Rest,
        }
    }
}

impl ClassifiedMention {
    /// The name as printed with some words of its clause on both sides.
    pub(crate) fn words(&self, passages: &[ScannedText<'_>]) -> String {
        let Some(passage) = passages.get(self.passage) else { return String::new() };
        let text = passage.folded.text.as_str();
        let is_end = |c: &char| "。!?;,、:\n".contains(*c);
        let before = text.get(..self.span.start).unwrap_or_default();
        let before: usize = (before.chars().rev())
            .take_while(|c| !is_end(c))
            .take(MAX_WORDS_BESIDE)
            .map(char::len_utf8)
            .sum();
        let after = text.get(self.span.end..).unwrap_or_default();
        let after: usize = (after.chars())
            .take_while(|c| !is_end(c))
            .take(MAX_WORDS_BESIDE)
            .map(char::len_utf8)
            .sum();
        let words = passage.evidence(&(self.span.start - before..self.span.end + after));
        words.trim().to_owned()
    }
}

/// Whether a division is the capital.
pub(crate) fn is_capital(gazetteer: &Gazetteer, division: DivisionId) -> bool {
    gazetteer.division(division).code == Some(CAPITAL)
}

/// All resolved mentions in the order of the text, without those that only say where the next one
/// lies.
pub(crate) fn classify_all(
    gazetteer: &Gazetteer,
    resolved: &ResolvedMentions<'_>,
    passages: &[ScannedText<'_>],
    reach: Reach,
) -> Vec<ClassifiedMention> {
    let mentions: Vec<(&Mention, DivisionId)> = resolved.resolved().collect();
    let row = MentionRow { gazetteer, mentions: &mentions, passages };
    let cues: Vec<PassageCues> =
        passages.iter().map(|passage| PassageCues::of(&passage.folded.text)).collect();
    let lists = row.lists();
    let members = lists.iter().flat_map(|list| list.members.clone().map(move |at| (list, at)));
    members
        .filter(|&(_, index)| !row.is_qualifier(index))
        .filter_map(|(list, index)| {
            let (mention, _) = mentions[index];
            row.classify(index, list, cues.get(mention.passage)?, reach)
        })
        .collect()
}

/// Whether what stands between two names divides entries of a list, perhaps behind the word for a part
/// of the first: 浙江南部、江西大部.
fn divides_list(between: &str) -> bool {
    let mark = between.trim_start_matches(|c| PARTS_OF_AREAS.contains(c));
    LIST_MARKS.contains(&mark) && !(mark.is_empty() && mark.len() < between.len())
}

fn is_at_edge(passage: &ScannedText<'_>, span: &Span) -> bool {
    let end = passage.folded.text.len();
    passage.basis == Basis::Lead && span.start < EDGE_BYTES || span.end + EDGE_BYTES > end
}

/// Neighbouring mentions that stand in a list; of a name alone, only that.
struct MentionList {
    members: Range<usize>,
    /// How many entries it has: those that only say where the next one lies are none.
    entries: usize,
}

/// The mentions of an article, and how neighbours belong together.
struct MentionRow<'a> {
    gazetteer: &'a Gazetteer,
    mentions: &'a [(&'a Mention, DivisionId)],
    passages: &'a [ScannedText<'a>],
}

impl MentionRow<'_> {
    fn classify(
        &self,
        index: usize,
        list: &MentionList,
        cues: &PassageCues,
        reach: Reach,
    ) -> Option<ClassifiedMention> {
        let mentions = self.mentions;
        let &(mention, division) = mentions.get(index)?;
        let passage = self.passages.get(mention.passage)?;
        let first = self.first_of_name(index);
        let span = mentions.get(first)?.0.span.start..mention.span.end;
        let position = MentionPosition::of(passage, &span);
        let capital = is_capital(self.gazetteer, division);
        let text = passage.folded.text.as_str();
        let context = NameContext {
            before: text.get(..span.start)?,
            after: text.get(span.end..)?,
            before_list: text.get(..mentions.get(list.members.start)?.0.span.start)?,
            after_list: text.get(mentions.get(list.members.end - 1)?.0.span.end..)?,
            is_full: mention.kind == MentionKind::Name,
            is_located: first < index,
            is_capital: capital,
            at_edge: is_at_edge(passage, &span),
            row: list.entries,
            in_career: cues.in_career(span.start),
            on_route: self.is_on_route(index),
        };
        let r#use = match context.classify() {
            // Matters of the whole country merely take place in the capital, and dealings of
            // states wherever the headline does not name.
            MentionUse::Scene
                if capital && reach != Reach::Local
                    || reach == Reach::State && position != MentionPosition::Title =>
            {
                MentionUse::Venue
            }
            r#use => r#use,
        };
        let is_example = cues.is_example(span.start);
        let (is_full, passage) = (context.is_full, mention.passage);
        Some(ClassifiedMention { division, r#use, position, is_full, is_example, passage, span })
    }

    /// What stands between a mention and the next one of its passage.
    fn behind(&self, index: usize) -> Option<&str> {
        let ((mention, _), (next, _)) = (self.mentions.get(index)?, self.mentions.get(index + 1)?);
        let passage = self.passages.get(mention.passage)?;
        let between = passage.folded.text.get(mention.span.end..next.span.start);
        between.filter(|_| mention.passage == next.passage)
    }

    /// Whether a name only says where the next one lies: 湖北省 in 湖北省黄石市.
    fn is_qualifier(&self, index: usize) -> bool {
        let (Some(&(_, over)), Some(&(_, below))) =
            (self.mentions.get(index), self.mentions.get(index + 1))
        else {
            return false;
        };
        below != over
            && self.gazetteer.lies_in(below, over)
            && self.behind(index).is_some_and(|between| {
                between.chars().count() <= 1
                    || context_words().offices_with_branches.contains(between)
            })
    }

    /// The first of the names that together name one division.
    fn first_of_name(&self, index: usize) -> usize {
        let mut first = index;
        while first > 0 && self.is_qualifier(first - 1) {
            first -= 1;
        }
        first
    }

    /// The lists in the order of the text; every mention is in one.
    fn lists(&self) -> Vec<MentionList> {
        let mut lists: Vec<MentionList> = Vec::new();
        let mut joined = false;
        for index in 0..self.mentions.len() {
            let is_qualifier = self.is_qualifier(index);
            let entries = usize::from(!is_qualifier);
            match lists.last_mut().filter(|_| joined) {
                Some(list) => {
                    list.members.end = index + 1;
                    list.entries += entries;
                }
                None => lists.push(MentionList { members: index..index + 1, entries }),
            }
            joined = is_qualifier || self.behind(index).is_some_and(divides_list);
        }
        lists
    }

    /// Whether a word of going stands alone between the name and its neighbour.
    fn is_on_route(&self, index: usize) -> bool {
        let goes =
            |at: usize| self.behind(at).is_some_and(|between| ROUTE_MARKS.contains(&between));
        let first = self.first_of_name(index);
        goes(index) || first > 0 && goes(first - 1)
    }
}
