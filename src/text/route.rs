//! Where words end: of all ways to cut a run of characters the one whose words are together the
//! most frequent, exactly as jieba without its model for unknown words cuts.

use super::lexicon::{Char, Lexicon};
use crate::model::Span;

/// A piece of a text: all pieces together are the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    chars: &'a [Char],
    /// What is known of each character; nothing for a character that stands alone by itself.
    steps: &'a [Step],
    /// Whether it is a run of Latin letters and digits that no word is made of.
    pub(super) is_run: bool,
}

/// The best way from a character on.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    /// Logarithm of how likely the rest of the characters is.
    score: f64,
    /// The character behind the word that begins here.
    end: u32,
    /// Whether words of two and of three characters begin here: bits 0 and 1.
    short: u32,
}

/// Cuts a text and hands every token to `visit`, in order.
pub(super) fn each_token(lexicon: &Lexicon, text: &str, visit: impl FnMut(Token<'_>)) {
    each_token_where(|_| true, lexicon, text, visit);
}

/// Hands every run of Latin letters and digits that no word is made of to `visit`, in order: those
/// that [`each_token`] gives, but without looking at most of the text.
pub(super) fn each_run(lexicon: &Lexicon, text: &str, mut visit: impl FnMut(Span)) {
    let has_latin = |chars: &[Char]| chars.iter().any(|char| char.c.is_ascii_alphanumeric());
    each_token_where(has_latin, lexicon, text, |token| {
        if token.is_run {
            visit(token.span());
        }
    });
}

impl Token<'_> {
    /// Its bytes.
    pub(super) fn span(&self) -> Span {
        bytes(self.chars)
    }

    /// Whether a letter, digit or ideograph is in it.
    pub(super) fn has_letter(&self) -> bool {
        has_letter(self.chars)
    }

    /// Hands the token itself, its parts between `.`, `_` and `-`, and the words of two and three
    /// characters in it to `visit`, where they have a letter: as jieba does for search, but in the
    /// order of their first and then of their last bytes.
    pub(super) fn each_inside(&self, mut visit: impl FnMut(Span)) {
        let count = self.chars.len();
        let parts = count > 2 && self.chars.iter().any(|char| is_connector(char.c));
        let mut found = if parts { self.parts() } else { Vec::new() };
        let short = |from: usize, length: usize| {
            let is_word = self.steps.get(from)?.short & (1 << (length - 2)) != 0;
            (length < count && is_word).then(|| self.chars.get(from..from + length)).flatten()
        };
        for from in 0..count {
            let whole = (from == 0).then_some(self.chars);
            let words = [short(from, 2), short(from, 3), whole].into_iter().flatten();
            for word in words.filter(|word| has_letter(word)) {
                if parts { found.push(bytes(word)) } else { visit(bytes(word)) }
            }
        }
        found.sort_unstable_by_key(|span| (span.start, span.end));
        found.dedup();
        found.into_iter().for_each(visit);
    }

    /// What stands between connectors and could be searched by itself.
    fn parts(&self) -> Vec<Span> {
        let parts = self.chars.split(|char| is_connector(char.c));
        let parts = parts.filter(|part| part.iter().any(|char| char.c.is_ascii_alphabetic()));
        parts.map(bytes).filter(|bytes| bytes.len() > 1).collect()
    }
}

fn each_token_where(
    wanted: impl Fn(&[Char]) -> bool,
    lexicon: &Lexicon,
    text: &str,
    mut visit: impl FnMut(Token<'_>),
) {
    let mut chars = Vec::new();
    let mut steps = Vec::new();
    let mut cut = |chars: &mut Vec<Char>, visit: &mut dyn FnMut(Token<'_>)| {
        if wanted(chars) {
            best_route(lexicon, chars, &mut steps);
            each_step(chars, &steps, visit);
        }
        chars.clear();
    };
    for (at, c) in text.char_indices() {
        let new = Char::new(at, c);
        if is_joined(c) {
            chars.push(new);
        } else {
            cut(&mut chars, &mut visit);
            visit(Token { chars: &[new], steps: &[], is_run: false });
        }
    }
    cut(&mut chars, &mut visit);
}

/// Finds the best way from every character on. Of two that are equally good the one with the
/// longer first word counts.
fn best_route(lexicon: &Lexicon, chars: &[Char], steps: &mut Vec<Step>) {
    let log_total = lexicon.log_total();
    steps.clear();
    steps.resize(chars.len() + 1, Step::default());
    for from in (0..chars.len()).rev() {
        let mut best = Step { score: f64::NEG_INFINITY, end: 0, short: 0 };
        lexicon.each_from(chars, from, |end, entry| {
            // In this order of reckoning, as jieba does, so that the same is rounded.
            let score = entry.log() - log_total + steps[end].score;
            if score >= best.score {
                best = Step { score, end: end as u32, ..best };
            }
            best.short |= match end - from {
                2 => 1,
                3 => 2,
                _ => 0,
            };
        });
        if best.end == 0 {
            best.score = 0.0 - log_total + steps[from + 1].score;
            best.end = from as u32 + 1;
        }
        steps[from] = best;
    }
}

/// Hands the words of the best way to `visit`. Latin letters and digits that stand alone in it
/// are joined.
fn each_step(chars: &[Char], steps: &[Step], visit: &mut dyn FnMut(Token<'_>)) {
    let mut token = |from: usize, end: usize, is_run| {
        visit(Token { chars: &chars[from..end], steps: &steps[from..end], is_run });
    };
    let mut from = 0;
    let mut run = None;
    while from < chars.len() {
        let end = steps[from].end as usize;
        if end == from + 1 && chars[from].c.is_ascii_alphanumeric() {
            run.get_or_insert(from);
        } else {
            if let Some(start) = run.take() {
                token(start, from, true);
            }
            token(from, end, false);
        }
        from = end;
    }
    if let Some(start) = run {
        token(start, from, true);
    }
}

fn bytes(chars: &[Char]) -> Span {
    let start = chars.first().map_or(0, |char| char.at);
    start..chars.last().map_or(start, |char| char.end())
}

fn has_letter(chars: &[Char]) -> bool {
    // The first test is cheap and nearly always enough.
    chars.iter().any(|char| matches!(char.c, '\u{4e00}'..='\u{9fff}') || char.c.is_alphanumeric())
}

/// Whether a character is cut together with its neighbours; any other stands alone.
#[inline]
fn is_joined(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' | '+' | '#' | '&' | '.' | '_' | '%' | '-' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        // Ideographs beyond those in common use.
        '\u{3400}'..='\u{4dbf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}'
        | '\u{2b820}'..='\u{2ceaf}'
        | '\u{2ceb0}'..='\u{2ebef}'
        | '\u{2f800}'..='\u{2fa1f}' => true,
        _ => false,
    }
}

/// What joins the parts of a number or a name of Latin letters.
fn is_connector(c: char) -> bool {
    matches!(c, '.' | '_' | '-')
}
