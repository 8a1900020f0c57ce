//! Reads the rows of a paragraph, sentence by sentence and number by number.

use super::passage::{FoldedParagraph, sentences};
use super::phrase::{Lead, WordsBefore};
use super::plans::goes_on_with_plans;
use super::quantity::{Quantity, UNCHANGED, UnitDimension, may_have_quantities, quantities};
use super::row::Draft;
use super::territory::{Subject, Territories};
use super::times::{Reference, TimeWords, times};
use crate::model::{IndicatorRule, Span};

/// Reads one paragraph after another.
pub(super) struct Reader<'a> {
    pub(super) territories: &'a Territories,
    pub(super) reference: Reference,
    /// The year that was named last.
    pub(super) year: Option<i16>,
    /// The year of the bulletin, by its title.
    pub(super) title_year: Option<i16>,
    /// Whether it is a statistical bulletin.
    pub(super) is_bulletin: bool,
    /// Whether the text goes on with what is to be done.
    pub(super) is_plan: bool,
    pub(super) drafts: Vec<Draft>,
}

/// What was said before in the paragraph.
#[derive(Default)]
pub(super) struct Said {
    pub(super) time: Option<TimeWords>,
    /// The last time that was longer than a day.
    pub(super) span_of_time: Option<TimeWords>,
    pub(super) subject: Option<Subject>,
    /// The last row, whose noun parts of it inherit.
    pub(super) parent: Option<usize>,
}

impl Reader<'_> {
    pub(super) fn paragraph(&mut self, body: &str, passage: &FoldedParagraph) {
        let mut said = Said::default();
        self.year = self.title_year;
        // Sentences without numbers are read only when one with numbers follows.
        let mut unread: Vec<Span> = Vec::new();
        for span in sentences(&passage.text) {
            if may_have_quantities(&passage.text[span.clone()]) {
                for earlier in unread.drain(..) {
                    self.without_numbers(&passage.text[earlier], &mut said);
                }
                self.sentence(body, passage, span, &mut said);
            } else {
                unread.push(span);
            }
        }
        for span in unread {
            self.is_plan =
                goes_on_with_plans(&passage.text[span], self.is_plan, self.reference.year());
        }
    }

    fn without_numbers(&mut self, text: &str, said: &mut Said) {
        self.is_plan = goes_on_with_plans(text, self.is_plan, self.reference.year());
        let times = times(text, self.reference, &mut self.year);
        self.remember(text, &times, said);
    }

    /// Keeps the time and the subject of a sentence for those behind it.
    fn remember(&self, text: &str, times: &[TimeWords], said: &mut Said) {
        let fixed = |time: &&TimeWords| !time.is_now && !time.is_day && time.from.is_some();
        if let Some(time) = times.iter().find(fixed) {
            said.time = Some(time.clone());
        }
        if let Some(time) = times.iter().filter(fixed).find(|time| time.from != time.to) {
            said.span_of_time = Some(time.clone());
        }
        let is_known = matches!(said.subject, Some(Subject::Territory(_)));
        let subject = self.territories.subject(text, said.subject.as_ref());
        // A company that is named in passing is not what the next sentence speaks of.
        let first = text.split([',', ';', ':']).next().unwrap_or(text);
        let is_passing = subject == Some(Subject::Other)
            && self.territories.subject(first, None) != Some(Subject::Other);
        let subject =
            subject.filter(|subject| !is_passing && (*subject != Subject::Unnamed || !is_known));
        if let Some(subject) = subject {
            let is_above =
                matches!(&subject, Subject::Territory(name) if self.territories.is_above(name));
            said.subject = if is_above { self.territories.main() } else { Some(subject) };
        }
    }

    fn sentence(&mut self, body: &str, passage: &FoldedParagraph, span: Span, said: &mut Said) {
        let text = &passage.text[span.clone()];
        self.is_plan = goes_on_with_plans(text, self.is_plan, self.reference.year());
        let times = times(text, self.reference, &mut self.year);
        let hidden: Vec<Span> = times.iter().map(|time| time.span.clone()).collect();
        let numbers = quantities(text, &hidden);
        let first = self.drafts.len();
        let (start, times, numbers) = (span.start, times.as_slice(), numbers.as_slice());
        let sentence = NumberedSentence { body, passage, text, start, times, numbers, first };
        let mut end_before = 0;
        for (index, number) in numbers.iter().enumerate() {
            self.number(&sentence, index, end_before, said);
            end_before = number.span.end;
        }
        self.lists(first);
        self.structure(&sentence, said);
        self.remember(text, times, said);
    }

    fn number(
        &mut self,
        sentence: &NumberedSentence<'_>,
        index: usize,
        end_before: usize,
        said: &mut Said,
    ) {
        let number = &sentence.numbers[index];
        let words = self.words_before(sentence, number, end_before);
        let joints = ['、', '和', '及', '与', ','];
        match (number.dimension, words.lead.change) {
            (UnitDimension::Points | UnitDimension::Times, None) => {}
            (UnitDimension::Points, Some(sign)) => {
                self.change(sentence, number, &words, sign, said);
            }
            (UnitDimension::Percent | UnitDimension::Times, Some(sign)) => {
                if !self.is_spread(sentence, number) && !self.spread(sentence, index, &words, sign)
                {
                    self.change(sentence, number, &words, sign, said);
                }
            }
            (UnitDimension::Percent, None) if self.compared(sentence, number, &words, said) => {}
            (UnitDimension::Percent, None) if words.text.trim_matches(joints).is_empty() => {
                if !self.is_spread(sentence, number) && sentence.text.contains("分别") {
                    self.drafts_of_list(sentence, number);
                }
            }
            (_, Some(sign)) => self.amount(sentence, number, &words, sign),
            (_, None) => self.level(sentence, index, &words, said),
        }
    }

    /// The words between the number before, or the beginning of the clause, and a number.
    fn words_before<'t>(
        &self,
        sentence: &NumberedSentence<'t>,
        number: &Quantity,
        end_before: usize,
    ) -> WordsBefore<'t> {
        let text = sentence.text;
        let last_time = sentence.times.iter().rfind(|time| time.span.end <= number.span.start);
        let mut start = sentence.clause_start(number.span.start).max(end_before);
        start = start.max(last_time.map_or(0, |time| time.span.end));
        // 19个行政村 5.3万人: the name behind a number is no name of the next.
        if let Some(before) = self.rows_of(sentence).last()
            && before.rule == IndicatorRule::NameBehind
            && let Some(end) = before.printed.end.checked_sub(sentence.start)
            && (start..=number.span.start).contains(&end)
        {
            start = end;
        }
        let words = &text[start..number.span.start];
        let mut lead = Lead::of(words);
        if &text[number.span.clone()] == UNCHANGED {
            lead.change = Some(1.0);
        }
        // 存款余额截至11月末 达 30亿元: the name stands before the time.
        if lead.change.is_none()
            && words[..lead.rest].is_empty_name()
            && let Some(time) = last_time.filter(|time| time.span.end == start)
        {
            let from = sentence.clause_start(time.span.start).max(end_before);
            let earlier = text.get(from..time.span.start).unwrap_or_default();
            let before = Lead::of(earlier);
            if before.change.is_none() && before.rest > 0 {
                let lead = Lead { rest: before.rest, has_link: true, ..lead };
                return WordsBefore { start: from, text: earlier, lead };
            }
        }
        WordsBefore { start, text: words, lead }
    }

    /// The rows of a sentence so far.
    pub(super) fn rows_of(&self, sentence: &NumberedSentence<'_>) -> &[Draft] {
        self.drafts.get(sentence.first..).unwrap_or_default()
    }
}

/// A sentence with its times and numbers.
pub(super) struct NumberedSentence<'a> {
    pub(super) body: &'a str,
    pub(super) passage: &'a FoldedParagraph,
    pub(super) text: &'a str,
    /// Where it begins in the passage.
    pub(super) start: usize,
    pub(super) times: &'a [TimeWords],
    pub(super) numbers: &'a [Quantity],
    /// The number of rows before it.
    pub(super) first: usize,
}

impl NumberedSentence<'_> {
    /// Where the clause begins that a place lies in.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        self.text[..at].rfind([',', ';', ':']).map_or(0, |mark| mark + 1)
    }

    /// Where the part between semicolons begins that a place lies in, in the passage.
    pub(super) fn last_part(&self, at: usize) -> usize {
        self.start + self.text[..at].rfind(';').map_or(0, |mark| mark + 1)
    }
}

pub(super) trait EmptyName {
    fn is_empty_name(&self) -> bool;
}

impl EmptyName for str {
    /// Whether words before a change name nothing.
    fn is_empty_name(&self) -> bool {
        let words = self.trim_matches([',', '、', ';', '(', ')', '"']);
        words.is_empty() || matches!(words, "其中" | "分别" | "总量" | "并" | "实现" | "当月")
    }
}
