//! Reads the rows of a paragraph, sentence by sentence and number by number.

use super::catalogue::{Catalogue, Nature};
use super::passage::{Passage, sentences};
use super::phrase::{FoundName, Lead, against, name_at_end, name_behind};
use super::quantity::{Dimension, Quantity, quantities, structures};
use super::row::{Draft, NamedAs};
use super::territory::{Subject, Territories};
use super::times::{Reference, TimeWords, times};
use jiff::civil::Date;

use crate::model::{
    ChangeKind, DistrictBasis, IndicatorChange, IndicatorDistrict, IndicatorPeriod, IndicatorRule,
    IndicatorStatus, PeriodBasis, Span,
};

/// Reads one paragraph after another.
pub(super) struct Reader<'a> {
    pub(super) territories: &'a Territories,
    pub(super) reference: Reference,
    /// The year that was named last.
    pub(super) year: Option<i16>,
    /// The year of the bulletin, by its title.
    pub(super) title_year: Option<i16>,
    pub(super) drafts: Vec<Draft>,
}

/// What was said before in the paragraph.
#[derive(Default)]
pub(super) struct Said {
    time: Option<TimeWords>,
    pub(super) subject: Option<Subject>,
    /// The last row, whose noun parts of it inherit.
    pub(super) parent: Option<usize>,
}

impl Reader<'_> {
    pub(super) fn paragraph(&mut self, body: &str, passage: &Passage) {
        let mut said = Said::default();
        self.year = self.title_year;
        for span in sentences(&passage.text) {
            self.sentence(body, passage, span, &mut said);
        }
    }

    fn sentence(&mut self, body: &str, passage: &Passage, span: Span, said: &mut Said) {
        let text = &passage.text[span.clone()];
        let times = times(text, self.reference, &mut self.year);
        let hidden: Vec<Span> = times.iter().map(|time| time.span.clone()).collect();
        let numbers = quantities(text, &hidden);
        let first = self.drafts.len();
        let mut end_before = 0;
        for (index, number) in numbers.iter().enumerate() {
            let sentence = Sentence {
                body,
                passage,
                text,
                start: span.start,
                times: &times,
                numbers: &numbers,
                first,
            };
            self.number(&sentence, index, end_before, said);
            end_before = number.span.end;
        }
        self.lists(first);
        self.structure(body, passage, span.start, text, &times, said);
        let main =
            times.iter().rev().find(|time| !time.is_now && !time.is_day && time.from.is_some());
        let fixed = times.iter().find(|time| !time.is_now && !time.is_day && time.from.is_some());
        if let Some(time) = fixed.or(main) {
            said.time = Some(time.clone());
        }
        if let Some(subject) = self.territories.subject(text) {
            let above =
                matches!(&subject, Subject::Territory(name) if self.territories.is_above(name));
            said.subject = if above { None } else { Some(subject) };
        }
    }

    fn number(
        &mut self,
        sentence: &Sentence<'_>,
        index: usize,
        end_before: usize,
        said: &mut Said,
    ) {
        let (text, number) = (sentence.text, &sentence.numbers[index]);
        let mut start = sentence.clause_start(number.span.start).max(end_before);
        if let Some(time) = sentence.times.iter().rfind(|time| time.span.end <= number.span.start) {
            // A time that is compared with stays; others end what is said before.
            start = start.max(time.span.end);
        }
        // 19个行政村 5.3万人: the name behind a number is no name of the next.
        if let Some(before) = self.drafts.get(sentence.first..).and_then(|rows| rows.last())
            && before.rule == IndicatorRule::NameBehind
            && (sentence.start + start..=sentence.start + number.span.start)
                .contains(&before.printed.end)
        {
            start = before.printed.end - sentence.start;
        }
        let mut words = &text[start..number.span.start];
        let mut lead = Lead::of(words);
        // 存款余额截至11月末 达 30亿元: the name stands before the time.
        if lead.change.is_none()
            && words[..lead.rest].is_empty_name()
            && let Some(time) =
                sentence.times.iter().rfind(|time| time.span.end <= number.span.start)
        {
            let from = sentence.clause_start(time.span.start).max(end_before);
            if from < time.span.start && time.span.end == start {
                let earlier = &text[from..time.span.start];
                let before = Lead::of(earlier);
                if before.change.is_none() && before.rest > 0 {
                    (start, words) = (from, earlier);
                    lead = Lead { rest: before.rest, has_link: true, ..lead };
                }
            }
        }
        let rest = &words[..lead.rest];
        let share = matches!(number.dimension, Dimension::Percent) && lead.change.is_none();
        match number.dimension {
            Dimension::Points => {
                if let Some(sign) = lead.change {
                    self.change(sentence, number, (start, rest), sign, said);
                }
            }
            Dimension::Times if lead.change.is_none() => {}
            Dimension::Percent | Dimension::Times => {
                if let Some(sign) = lead.change {
                    if self.spread(sentence, index, rest, sign) {
                        return;
                    }
                    self.change(sentence, number, (start, rest), sign, said);
                } else if self.next_of_spread(sentence, number, words) {
                } else if words.trim_matches([',', '、', '和']).is_empty() && self.is_list(text) {
                    self.drafts_of_list(sentence, number);
                } else if share {
                    self.level(sentence, index, (start, words, rest), &lead, said);
                }
            }
            _ if lead.change.is_some() && !rest.is_empty_name() => {
                let sign = lead.change.unwrap_or(1.0);
                self.amount(sentence, number, rest, sign);
            }
            _ if lead.change.is_some() => {
                let sign = lead.change.unwrap_or(1.0);
                self.amount(sentence, number, rest, sign);
            }
            _ => self.level(sentence, index, (start, words, rest), &lead, said),
        }
    }

    pub(super) fn subject_before(
        &self,
        sentence: &Sentence<'_>,
        at: usize,
        said: &Said,
    ) -> Option<Subject> {
        self.territories.subject(&sentence.text[..at]).or_else(|| said.subject.clone())
    }

    /// Whether a name counts here: that of a territory does unless a company or another country is spoken of.
    pub(super) fn accepts(
        &self,
        sentence: &Sentence<'_>,
        found: &FoundName,
        start: usize,
        said: &Said,
        _number: Option<&Quantity>,
    ) -> bool {
        let before = &sentence.text[..start + found.span.start];
        let subject = self.territories.subject(before);
        let of_other = subject.clone().or_else(|| said.subject.clone()) == Some(Subject::Other);
        if found.territorial {
            return subject != Some(Subject::Other);
        }
        !of_other
    }

    pub(super) fn draft(
        &self,
        sentence: &Sentence<'_>,
        number: &Quantity,
        named: NamedAs,
        start: usize,
        said: &Said,
    ) -> Draft {
        let text = sentence.text;
        let before = &text[..number.span.start];
        let part = sentence.last_part(number.span.start);
        let usable = |time: &&TimeWords| {
            let passed = time.is_start
                && sentence.numbers.iter().any(|other| {
                    other.span.start >= time.span.end && other.span.end <= number.span.start
                });
            time.span.end <= number.span.start
                && !passed
                && (!time.is_now || sentence.start + time.span.start >= part)
                && (!time.is_day
                    || named.name.contains("签约")
                    || named.name.contains("开工")
                    || named.name.contains("项目"))
        };
        let here = sentence.times.iter().filter(usable).next_back();
        let carried = said.time.as_ref();
        let (time, basis) = match here {
            Some(time) => (Some(time), PeriodBasis::Sentence),
            None => (carried, PeriodBasis::Paragraph),
        };
        let is_open =
            here.is_some_and(|time| time.from.is_none() && time.to.is_none() && !time.is_now);
        let of_title = || {
            let year = self.title_year?;
            let (from, to) = (Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok());
            let from = if named.nature == Nature::Stock { to } else { from };
            Some(IndicatorPeriod { from, to, text: None, basis: PeriodBasis::Title })
        };
        let period = time.map(|time| {
            let from = if named.nature == Nature::Stock && time.to.is_some() {
                time.to
            } else {
                time.from
            };
            let text = here.map(|_| text[time.span.clone()].to_owned());
            IndicatorPeriod { from, to: time.to, text, basis }
        });
        let period = period.or_else(of_title);
        let subject = self.territories.subject(
            &text[..start
                .max(named.span.start.saturating_sub(sentence.start))
                .min(number.span.start)],
        );
        let district = match subject {
            Some(Subject::Territory(name)) => {
                Some(IndicatorDistrict { name, basis: DistrictBasis::Sentence })
            }
            _ => match &said.subject {
                Some(Subject::Territory(name)) => {
                    Some(IndicatorDistrict { name: name.clone(), basis: DistrictBasis::Paragraph })
                }
                _ => self.territories.of_article(),
            },
        };
        let clause = &before[before.rfind(';').map_or(0, |at| at + 1)..];
        let later = period
            .as_ref()
            .and_then(|period| period.from)
            .zip(self.reference.day)
            .is_some_and(|(from, day)| from > day)
            || period
                .as_ref()
                .and_then(|period| period.from)
                .zip(self.reference.year())
                .is_some_and(|(from, year)| from.year() > year);
        let status = if ["预计", "有望", "预期", "将突破"].iter().any(|word| clause.contains(word))
        {
            IndicatorStatus::Forecast
        } else if later
            || ["力争", "目标", "确保", "争取", "计划", "拟", "规划"]
                .iter()
                .any(|word| clause.contains(word))
                && !clause.contains("完成计划")
                && !clause.contains("计划总投资")
        {
            IndicatorStatus::Target
        } else if is_open && here.is_some_and(|time| text[time.span.clone()].starts_with("先后"))
            || clause.contains("累计")
                && period
                    .as_ref()
                    .is_none_or(|period| period.from.is_none() || period.from == period.to)
        {
            IndicatorStatus::Cumulative
        } else {
            IndicatorStatus::Actual
        };
        Draft {
            start: named.span.start.min(sentence.start + number.span.start),
            end: sentence.start + number.span.end,
            printed: named.span.clone(),
            named,
            value: Some(number.clone()),
            approx: number.approx,
            change: None,
            period,
            district,
            status,
            rule: IndicatorRule::NameBefore,
            follows_earlier: false,
            is_next_of_list: false,
            number_at: sentence.start + number.span.start,
        }
    }
}

/// A sentence with its times and numbers.
pub(super) struct Sentence<'a> {
    pub(super) body: &'a str,
    pub(super) passage: &'a Passage,
    pub(super) text: &'a str,
    /// Where it begins in the passage.
    pub(super) start: usize,
    pub(super) times: &'a [TimeWords],
    pub(super) numbers: &'a [Quantity],
    /// The number of rows before it.
    pub(super) first: usize,
}

impl Sentence<'_> {
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
