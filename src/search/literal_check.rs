//! Proves on an archive what it promises: the quoted search for a string finds every article in
//! which it occurs, and no others. Where it occurs is found by reading all articles from end to
//! end, without the index's lists; where it was taken from, it must occur in any case.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use serde::Serialize;

use super::highlight;
use super::plan::texts;
use super::{Address, Archive, Request, SearchError, Sort};
use crate::model::{PrintedText, Record, Span, TextField};
use crate::query;
use crate::query::{Node, NodeKind, Term, Text, Within};
use crate::text::{fold_char, search_form, search_forms};

/// Characters of a string at most.
const MAX_STRING_CHARS: usize = 12;

/// What a check showed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LiteralCheck {
    /// Strings that were looked for, different in their search form.
    pub strings: u64,
    /// Articles that were read.
    pub articles: u64,
    /// Pairs of a string and an article that contains it.
    #[serde(rename = "standing")]
    pub expected: u64,
    /// How many of these pairs the quoted search found.
    pub found: u64,
    /// Pairs that it found although the article does not contain the string.
    pub wrong: u64,
    /// Strings of which one hit that was looked at marked no place, or a place that is not the
    /// string in its search form, or that begins or ends with a blank.
    pub badly_marked: u64,
    /// The strings that went wrong, the first ones, as they were typed.
    pub failed: Vec<String>,
}

impl LiteralCheck {
    /// Pairs found of those that there are.
    #[must_use]
    pub fn recall(&self) -> f64 {
        if self.expected == 0 { 1.0 } else { self.found as f64 / self.expected as f64 }
    }

    /// Pairs that are right of those found.
    #[must_use]
    pub fn precision(&self) -> f64 {
        let all = self.found + self.wrong;
        if all == 0 { 1.0 } else { self.found as f64 / all as f64 }
    }

    /// Whether nothing went wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.found == self.expected && self.wrong == 0 && self.badly_marked == 0
    }
}

/// Strings that failed that are named at most.
const MAX_FAILED: usize = 20;

impl Archive {
    /// Takes random strings of 1 to 12 characters from random articles, types some of
    /// their characters in another width, case or script, adds and leaves out blanks beside
    /// ideographs, and looks for each in quotes. Any character of what is printed can be in one:
    /// blanks (half of the strings of a part that has any within its lines), line ends, marks, digits, letters.
    ///
    /// The same `seed` takes the same strings from the same archive. Reads every article once;
    /// needs memory for the numbers of the articles of all strings.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn check_literals(&self, strings: usize, seed: u64) -> Result<LiteralCheck, SearchError> {
        self.guard(|| {
            let everything = self.matching(&Request::default())?;
            let places = self.engine().every(&everything, Sort::Relevance)?;
            let mut random = Random(seed | 1);
            let typed = Typing::new();
            // What is typed, by its search form, and an article that has it.
            let mut sought: BTreeMap<String, (String, Address)> = BTreeMap::new();
            let mut tries = 0;
            while sought.len() < strings && tries < strings * 4 && !places.is_empty() {
                tries += 1;
                let address = places[random.below(places.len())].address;
                let Some(taken) = taken_from(&self.engine().record(address)?, &mut random) else {
                    continue;
                };
                let typed = typed.otherwise(&taken, &mut random);
                sought.entry(texts::folded(&taken)).or_insert((typed, address));
            }
            let forms: Vec<Vec<String>> =
                sought.values().map(|(typed, _)| search_forms(typed)).collect();
            let mut expected = self.expected(&forms)?;
            for (expected, (_, taken_from)) in expected.iter_mut().zip(sought.values()) {
                expected.insert(*taken_from);
            }
            let mut check = LiteralCheck {
                strings: sought.len() as u64,
                articles: places.len() as u64,
                ..LiteralCheck::default()
            };
            for (((typed, _), forms), expected) in sought.values().zip(&forms).zip(&expected) {
                let failed_before = (check.found, check.wrong, check.badly_marked);
                self.check_literal(forms, typed, expected, &mut check)?;
                let expected_counts =
                    (failed_before.0 + expected.len() as u64, failed_before.1, failed_before.2);
                let holds = (check.found, check.wrong, check.badly_marked) == expected_counts;
                if !holds && check.failed.len() < MAX_FAILED {
                    check.failed.push(typed.clone());
                }
                check.expected += expected.len() as u64;
            }
            Ok(check)
        })
    }

    fn check_literal(
        &self,
        forms: &[String],
        typed: &str,
        expected: &BTreeSet<Address>,
        check: &mut LiteralCheck,
    ) -> Result<(), SearchError> {
        // As a person would type it: printed and read again.
        let literal = Text { within: Within::Anywhere, term: Term::Literal(typed.to_owned()) };
        let printed = Node { kind: NodeKind::Text(literal), span: 0..0 }.to_string();
        let Ok(query) = query::parse(&printed) else {
            check.badly_marked += 1;
            return Ok(());
        };
        let request = Request { query, limit: 1, ..Request::default() };
        let found = self.engine().every(&self.matching(&request)?, Sort::Relevance)?;
        let found: BTreeSet<Address> = found.into_iter().map(|place| place.address).collect();
        check.found += found.intersection(expected).count() as u64;
        check.wrong += found.difference(expected).count() as u64;
        let results = self.search(&request)?;
        let well_marked = results.total == found.len() as u64
            && results.hits.iter().all(|hit| {
                let marked = hit.highlights.iter().flat_map(|highlight| {
                    highlight.spans.iter().map(|span| (highlight.field, span))
                });
                let mut marked = marked.peekable();
                (marked.peek().is_some() || has_no_place(&hit.record, forms))
                    && marked.all(|(field, span)| is_place(&hit.record, field, span, forms))
            });
        check.badly_marked += u64::from(!well_marked);
        Ok(())
    }

    /// For each string, given by its search forms, the articles that contain it.
    fn expected(&self, strings: &[Vec<String>]) -> Result<Vec<BTreeSet<Address>>, SearchError> {
        let mut expected = vec![BTreeSet::new(); strings.len()];
        if strings.is_empty() {
            return Ok(expected);
        }
        // Several strings can share a form.
        let mut with_form: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, form) in strings
            .iter()
            .enumerate()
            .flat_map(|(number, forms)| forms.iter().map(move |form| (number, form)))
        {
            with_form.entry(form).or_default().push(number);
        }
        let with_form: Vec<(&str, Vec<usize>)> = with_form.into_iter().collect();
        let forms = with_form.iter().map(|(form, _)| form);
        let automaton = CharwiseDoubleArrayAhoCorasick::<u32>::new(forms).map_err(|error| {
            SearchError::Engine { path: self.folder().to_owned(), message: error.to_string() }
        })?;
        self.for_each_address(&Request::default(), &mut |address, record| {
            let printed: Vec<PrintedText> = record.printed_texts().collect();
            let printed = printed.iter().map(|printed| printed.text.as_str());
            for part in record.head().chain([record.body.as_str()]).chain(printed) {
                for found in automaton.find_overlapping_iter(&texts::folded(part)) {
                    let (_, numbers) = &with_form[found.value() as usize];
                    for &number in numbers {
                        expected[number].insert(address);
                    }
                }
            }
            ControlFlow::Continue(())
        })?;
        Ok(expected)
    }
}

/// Whether one of these search forms stands at a place of an article, or was printed there.
fn is_place(record: &Record, field: TextField, span: &Span, forms: &[String]) -> bool {
    let text = field.of(record).unwrap_or_default();
    let is_printed = |printed: PrintedText| {
        let mut places = corrected_places(&printed, forms).into_iter();
        places.any(|place| place.as_ref() == Some(span))
    };
    let is_it = |printed: &str| {
        let is_blank = |c: char| fold_char(c) == ' ';
        forms.contains(&texts::folded(printed))
            && !printed.starts_with(is_blank)
            && !printed.ends_with(is_blank)
    };
    text.get(span.clone()).is_some_and(is_it)
        || record.printed_texts().filter(|printed| printed.field == field).any(is_printed)
}

/// Whether one of these search forms is printed in an article and none stands in it now, as the whole
/// field was decided to be empty.
fn has_no_place(record: &Record, forms: &[String]) -> bool {
    let mut places =
        record.printed_texts().flat_map(|printed| corrected_places(&printed, forms)).peekable();
    let mut now = record.head().chain([record.body.as_str()]);
    places.peek().is_some()
        && places.all(|place| place.is_some_and(|place| place.is_empty()))
        && !now.any(|part| {
            let part = texts::folded(part);
            forms.iter().any(|form| part.contains(form.as_str()))
        })
}

/// What stands for each place of these search forms in a printed text; `None` where it is printed as it is
/// now.
fn corrected_places(printed: &PrintedText, forms: &[String]) -> Vec<Option<Span>> {
    let whole = search_form(&printed.text);
    let places = forms.iter().flat_map(|form| highlight::places(&whole.text, form));
    places.map(|place| printed.corrected(&whole.origin(place))).collect()
}

/// A random string of a random part of an article.
fn taken_from(record: &Record, random: &mut Random) -> Option<String> {
    // The body is taken more often than a title, but not as much more as it is longer.
    let body = record.body.as_str();
    let printed: Vec<PrintedText> = record.printed_texts().collect();
    let printed = printed.iter().map(|printed| printed.text.as_str());
    let parts: Vec<&str> = record.head().chain([body, body, body]).chain(printed).collect();
    let chars: Vec<char> = parts.get(random.below(parts.len()))?.chars().collect();
    let length = 1 + random.below(MAX_STRING_CHARS);
    // Within a line: there is one at the end of most.
    let is_blank = |at: &usize| chars[*at] != '\n' && fold_char(chars[*at]) == ' ';
    let blanks: Vec<usize> = (0..chars.len()).filter(is_blank).collect();
    let start = match blanks.get(random.below(blanks.len() * 2)) {
        Some(blank) => blank.saturating_sub(random.below(length)),
        None => random.below(chars.len()),
    };
    let taken: String = chars.iter().skip(start).take(length).collect();
    // Blanks alone are no string.
    (!texts::folded(&taken).is_empty()).then_some(taken)
}

/// Other characters that fold alike: another width, case, or script.
struct Typing {
    others: HashMap<char, Vec<char>>,
}

impl Typing {
    fn new() -> Self {
        let mut others: HashMap<char, Vec<char>> = HashMap::new();
        for c in (0..0x3_0000).filter_map(char::from_u32) {
            let folded = fold_char(c);
            // Some blanks end lines and others do not.
            if folded != ' ' {
                others.entry(folded).or_default().push(c);
            }
        }
        Self { others }
    }

    /// Some of the characters, one in four, by others that fold alike, and blanks beside ideographs
    /// put in and left out.
    fn otherwise(&self, text: &str, random: &mut Random) -> String {
        let chars: Vec<char> = text.chars().collect();
        let is_han = |at: Option<usize>| {
            let c = at.and_then(|at| chars.get(at));
            c.is_some_and(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
        };
        let mut typed = String::new();
        for (at, &c) in chars.iter().enumerate() {
            let is_beside = is_han(at.checked_sub(1)) || is_han(Some(at + 1));
            let changed = random.below(4) == 0;
            match c {
                ' ' | '\u{3000}' if changed && is_beside => {}
                c if changed => {
                    let others = self.others.get(&fold_char(c)).map_or(&[][..], Vec::as_slice);
                    typed.push(others.get(random.below(others.len())).copied().unwrap_or(c));
                }
                c => typed.push(c),
            }
            if is_han(Some(at)) && random.below(8) == 0 {
                typed.push(if random.below(2) == 0 { ' ' } else { '\u{3000}' });
            }
        }
        typed
    }
}

/// Numbers that look random and are the same for the same seed (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    /// A number below a bound that is not 0.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound.max(1)
    }
}
