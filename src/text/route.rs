//! Where words end: of all ways to cut a run of characters the one whose words are together the
//! most frequent, exactly as jieba without its model for unknown words cuts.

use super::lexicon::{Char, Lexicon};
use crate::model::Span;

/// Characters that are cut at once, so that memory does not grow with the length of a run. Only a
/// run that is longer can be cut otherwise than jieba cuts it.
const LONGEST_RUN: usize = 16 * 1024;

/// The best way from a character on.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    /// Logarithm of how likely the rest of the characters is.
    score: f64,
    /// The character behind the word that begins here.
    end: usize,
}

/// Cuts a text and hands the bytes of every piece to `visit`, in order: words, and what stands
/// between them character by character. All pieces together are the text.
pub(super) fn each_piece(lexicon: &Lexicon, text: &str, mut visit: impl FnMut(Span)) {
    let mut run = Vec::new();
    let mut steps = Vec::new();
    for (at, c) in text.char_indices() {
        let is_joined = is_joined(c);
        if !is_joined || run.len() == LONGEST_RUN {
            best_route(lexicon, &run, &mut steps);
            each_step(&run, &steps, &mut visit);
            run.clear();
        }
        if is_joined {
            run.push(Char::new(at, c));
        } else {
            visit(at..at + c.len_utf8());
        }
    }
    best_route(lexicon, &run, &mut steps);
    each_step(&run, &steps, visit);
}

/// Finds the best way from every character on. Of two that are equally good the one with the
/// longer first word counts.
fn best_route(lexicon: &Lexicon, run: &[Char], steps: &mut Vec<Step>) {
    let log_total = lexicon.log_total();
    steps.clear();
    steps.resize(run.len() + 1, Step::default());
    for from in (0..run.len()).rev() {
        let mut best = Step { score: f64::NEG_INFINITY, end: from };
        lexicon.each_from(run, from, |end, entry| {
            // In this order of reckoning, as jieba does, so that the same is rounded.
            let score = entry.log() - log_total + steps[end].score;
            if score >= best.score {
                best = Step { score, end };
            }
        });
        if best.end == from {
            // No word begins here: the character stands alone, as if counted once.
            best = Step { score: 0.0 - log_total + steps[from + 1].score, end: from + 1 };
        }
        steps[from] = best;
    }
}

/// Hands the words of the best way to `visit`. Latin letters and digits that stand alone in it
/// are joined.
fn each_step(run: &[Char], steps: &[Step], mut visit: impl FnMut(Span)) {
    let is_lone = |at: usize| steps[at].end == at + 1 && run[at].c.is_ascii_alphanumeric();
    let mut from = 0;
    while from < run.len() {
        let mut end = steps[from].end;
        if is_lone(from) {
            while end < run.len() && is_lone(end) {
                end += 1;
            }
        }
        visit(run[from].at..run[end - 1].end());
        from = end;
    }
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
