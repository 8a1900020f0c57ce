//! Are two articles the same item?
//!
//! A reprint has long passages in common with the original, from its opening on, and states the
//! same names, numbers and days. Forms (daily figures, ceremonies, announcements), statements that
//! several reports quote, and notices at the foot of a page are printed again and again too; they
//! show in what stands *between* the common passages: where one article has a number or a name and
//! the other one another, in the same place, they tell of different things.
//!
//! Everything is found by the two articles alone, whatever else an archive holds.

use super::long_passages::LongPassages;
use super::passages::{CommonPassage, common_passages};
use super::replaced::{Replaced, numbers_in};
use super::shingles::{MIN_SHINGLED_CHARS, SHINGLE_CHARS, letters};
use crate::model::{CivilDate, Record, ReprintEvidence};

/// What of an article is compared.
#[derive(Debug, Clone)]
pub struct ComparedArticle {
    /// Letters, digits and Han characters of the body.
    body: Vec<char>,
    /// Those of the headline.
    headline: Vec<char>,
    /// The day of print, and the day that it is of.
    days: [Option<CivilDate>; 2],
}

/// What two articles have in common, and what separates them.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleComparison {
    /// What speaks for one item, and how much does not.
    pub evidence: ReprintEvidence,
    /// The first of the signs that they are different items; none if they are the same.
    pub separated_by: Option<Separation>,
}

/// What shows that two articles are different items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separation {
    /// Brief notices of months apart: the same words were printed on another occasion.
    Time,
    /// They have too little in common, for articles that are so brief or so far apart in time.
    Share,
    /// What they have in common stands behind an opening that is not shared: a notice at the foot
    /// of a page, a statement quoted, what was reported before.
    Opening,
    /// Their headlines state other numbers.
    Headline,
    /// They state other numbers in the same places.
    Numbers,
    /// Where the one has a name that recurs in it and does not occur in the other, the other has
    /// another such name: that of a person, or any word if they state other numbers as well.
    Name,
    /// They have other words in the same places, as two fillings of one form.
    Words,
}

/// Share of the shorter body that must lie in long passages that stand in both. Annotated reprints
/// have 0.57 or more; other articles of one form seldom have more than that.
const MIN_SHARE: f64 = 0.57;
/// From this share on, an editor may have counted otherwise in a headline, or corrected a number.
const CERTAIN_SHARE: f64 = 0.8;
/// Bodies of fewer characters are brief notices, which are mostly form: they need this much more in
/// common, and no word may be another.
const SHORT_BODY: usize = 150;
const SHORT_MARGIN: f64 = 0.25;
/// From so many characters on, nothing more is asked for; in between, a part of the margin.
const ORDINARY_BODY: usize = 300;
/// Days between two articles, and how much more they must have in common if there are more. Of
/// annotated reprints in daily news few are more than 3 days later, and none more than 9; what is
/// older was mostly written anew on the same occasion.
const TIME_MARGINS: [(u32, f64); 3] = [(366, 0.35), (VERY_FAR_APART, 0.3), (FAR_APART, 0.15)];
/// Articles that are further apart must not have another number anywhere, …
const FAR_APART: u32 = 3;
/// … and those that are still further not another word; brief notices are other notices then, be
/// they equal: a programme is announced each year in the same words.
const VERY_FAR_APART: u32 = 31;
/// The opening is this part of the shorter body, …
const OPENING: f64 = 0.6;
/// … of which so much must lie in long passages. Reprints with a new lead have 0.44 or more.
const MIN_OPENING_SHARE: f64 = 0.42;
/// Characters of a lead, and the share of its bigrams that must occur in the other article, of
/// either of the two: a lead that was written anew still speaks of the same.
const LEAD: usize = 120;
const MIN_LEAD_SHARE: f64 = 0.42;
/// Numbers that are others: at most so many, or this for each 100 characters in common if that is
/// more. Annotated reprints have two at most.
const MAX_NUMBERS: u32 = 2;
const MAX_NUMBERS_PER_HUNDRED: f64 = 0.3;
/// Words that are others, and twice the numbers, for each 100 characters in common. Editing changes
/// a word here and there, a form that is filled anew every one of some places.
const MAX_REPLACED_PER_HUNDRED: f64 = 1.6;

impl ComparedArticle {
    /// Takes an article's body, headline and days.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let headline: String = record.headline().collect();
        Self::new(&headline, &record.body, [record.printed(), record.date.value])
    }

    /// `days` are the one of print and the one that the article is of.
    pub(super) fn new(headline: &str, body: &str, days: [Option<CivilDate>; 2]) -> Self {
        Self { body: letters(body), headline: letters(headline), days }
    }

    /// The fewest days between a day of the one and a day of the other: a reprint may state the day
    /// of the first print, or that of its own.
    fn days_apart(&self, other: &Self) -> Option<u32> {
        let pairs = self.days.iter().flatten().flat_map(|day| {
            let others = other.days.iter().flatten();
            others.map(|other| (*day - *other).get_days().unsigned_abs())
        });
        pairs.min()
    }
}

/// Compares two articles; which one comes first makes no difference.
#[must_use]
pub fn compare_articles(a: &ComparedArticle, b: &ComparedArticle) -> ArticleComparison {
    let (shorter, longer) =
        if (a.body.len(), &a.body) <= (b.body.len(), &b.body) { (a, b) } else { (b, a) };
    let passages = common_passages(&shorter.body, &longer.body, SHINGLE_CHARS);
    let replaced = Replaced::between(&passages, &shorter.body, &longer.body);
    let long = LongPassages::of_first(&passages, &shorter.body, &longer.body);
    let evidence = ReprintEvidence {
        shared: long.share() as f32,
        other_numbers: replaced.numbers,
        other_words: replaced.words,
        days_apart: a.days_apart(b),
    };
    let pair = ArticlePair { shorter, longer, passages, long, replaced, days: evidence.days_apart };
    ArticleComparison { evidence, separated_by: pair.separated_by() }
}

/// Two articles and what they have in common.
struct ArticlePair<'a> {
    shorter: &'a ComparedArticle,
    longer: &'a ComparedArticle,
    passages: Vec<CommonPassage>,
    long: LongPassages,
    replaced: Replaced,
    days: Option<u32>,
}

impl ArticlePair<'_> {
    fn separated_by(&self) -> Option<Separation> {
        if self.is_short() && self.is_apart(VERY_FAR_APART) {
            return Some(Separation::Time);
        }
        let share = self.long.share();
        if self.shorter.body.len() < MIN_SHINGLED_CHARS || share < self.min_share() {
            return Some(Separation::Share);
        }
        if !self.have_one_opening() {
            return Some(Separation::Opening);
        }
        if share < CERTAIN_SHARE && have_other_headlines(self.shorter, self.longer) {
            return Some(Separation::Headline);
        }
        let Replaced { numbers, words, has_other_name } = self.replaced;
        let may_be_corrected =
            share >= CERTAIN_SHARE && !self.is_short() && !self.is_apart(FAR_APART);
        let has_many_numbers =
            numbers > MAX_NUMBERS && self.per_hundred(numbers) > MAX_NUMBERS_PER_HUNDRED;
        if has_many_numbers || (numbers > 0 && !may_be_corrected) {
            return Some(Separation::Numbers);
        }
        if has_other_name {
            return Some(Separation::Name);
        }
        let no_word = self.is_short() || self.is_apart(VERY_FAR_APART);
        let max_words = u32::from(!no_word);
        let few_words = no_word || self.is_apart(FAR_APART);
        if few_words && words > max_words
            || self.per_hundred(words + 2 * numbers) > MAX_REPLACED_PER_HUNDRED
        {
            return Some(Separation::Words);
        }
        None
    }

    /// The share that must be in common: more in brief articles and in those that are far apart.
    fn min_share(&self) -> f64 {
        let missing = ORDINARY_BODY.saturating_sub(self.shorter.body.len()) as f64;
        let brevity = (missing / (ORDINARY_BODY - SHORT_BODY) as f64).min(1.0);
        let margin = TIME_MARGINS.iter().find(|(days, _)| self.is_apart(*days));
        MIN_SHARE + SHORT_MARGIN * brevity + margin.map_or(0.0, |(_, margin)| *margin)
    }

    fn is_short(&self) -> bool {
        self.shorter.body.len() < SHORT_BODY
    }

    /// Whether there are more than so many days between them, as far as these are known.
    fn is_apart(&self, days: u32) -> bool {
        self.days.is_some_and(|apart| apart > days)
    }

    /// Whether what is in common begins with the articles: in the longer one too if they are far
    /// apart, since a later report may close with the whole of an earlier one.
    fn have_one_opening(&self) -> bool {
        let opening = (self.long.count() as f64 * OPENING) as usize;
        let has = |long: &LongPassages| long.share_of_first(opening) >= MIN_OPENING_SHARE;
        has(&self.long)
            && (!self.is_apart(FAR_APART)
                || has(&LongPassages::of_second(&self.passages, &self.longer.body)))
            && have_like_leads(self.shorter, self.longer)
    }

    fn per_hundred(&self, count: u32) -> f64 {
        let in_common: usize = self.passages.iter().map(|passage| passage.length).sum();
        f64::from(count) * 100.0 / in_common.max(1) as f64
    }
}

/// Whether each of the headlines, as far as both have one, states a number that the other lacks.
fn have_other_headlines(a: &ComparedArticle, b: &ComparedArticle) -> bool {
    let (of_a, of_b) = (numbers_in(&a.headline), numbers_in(&b.headline));
    of_a.iter().any(|number| !of_b.contains(number))
        && of_b.iter().any(|number| !of_a.contains(number))
}

/// Whether the lead of one of them speaks of what the other one does.
fn have_like_leads(a: &ComparedArticle, b: &ComparedArticle) -> bool {
    let bigrams = |text: &[char]| -> Vec<[char; 2]> {
        let mut bigrams: Vec<[char; 2]> =
            text.iter().zip(text.iter().skip(1)).map(|(&one, &next)| [one, next]).collect();
        bigrams.sort_unstable();
        bigrams.dedup();
        bigrams
    };
    let occurs = |lead: &[char], text: &[char]| {
        let (lead, text) = (bigrams(&lead[..lead.len().min(LEAD)]), bigrams(text));
        let found = lead.iter().filter(|&bigram| text.binary_search(bigram).is_ok()).count();
        found as f64 >= MIN_LEAD_SHARE * lead.len() as f64
    };
    occurs(&a.body, &b.body) || occurs(&b.body, &a.body)
}
