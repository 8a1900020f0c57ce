//! What a person may have meant whose query finds nothing: strings of the archive that differ from
//! a part of it by one character. Offered, never applied.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{ByteRange, Span};
use crate::query::{Node, NodeKind, Query, Term, Text, Within};
use crate::search::plan::{Condition, texts};
use crate::search::position_rule::PositionRule;
use crate::search::{Address, Archive, Request, SearchError};
use crate::text::{look_alike, search_form};

/// Characters of a part below which one character makes too much of a difference.
const MIN_CHARS: usize = 4;
/// Above this a part is a sentence; what it was meant as is seen in its words.
const MAX_CHARS: usize = 16;
/// Articles that are looked into for each way in which a part can be wrong.
const MAX_READ: usize = 8;
/// Suggestions for each part.
const MAX_SUGGESTIONS: usize = 3;

/// Another string for a part of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// The part that finds nothing, as it was typed.
    pub part: String,
    /// Its byte range in the query string.
    #[serde(serialize_with = "ByteRange::one")]
    #[schema(value_type = ByteRange)]
    pub span: Span,
    /// A string that occurs in the archive.
    pub instead: String,
    /// Number of articles that contain it.
    pub articles: u64,
}

/// A way in which a string may have been meant: what is known of it, in one piece or in two with
/// one character between them, and how long it is.
struct SpellingVariant {
    pieces: Vec<String>,
    length: usize,
    /// Characters at known places, for what pairs do not hold.
    known: Vec<(usize, char)>,
    /// What was typed at the place that is free, where one is.
    typed: Option<(usize, Option<char>)>,
    typo: Typo,
}

/// What went wrong, the likelier later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Typo {
    /// A character too many, or one that is missing.
    Number,
    Other,
    Swapped,
    LookAlike,
}

impl Archive {
    /// Strings of the archive that differ by one character (another one, one more, one less, or two
    /// that changed places) from a wanted part of four or more characters that no article has.
    /// Digits are never taken for slips. Likelier ones first: characters that look alike, then what
    /// more articles have.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn suggestions(&self, request: &Request) -> Result<Vec<Suggestion>, SearchError> {
        self.guard(|| {
            let mut suggestions = Vec::new();
            for (node, text) in request.query.texts() {
                let (Term::Words(part) | Term::Literal(part)) = &text.term else { continue };
                let chars: Vec<char> = texts::folded(part).chars().collect();
                let alone = Query { root: Some(node.clone()) };
                if !(MIN_CHARS..=MAX_CHARS).contains(&chars.len())
                    || self.count(&Request { query: alone, ..Request::default() })? > 0
                {
                    continue;
                }
                for (instead, articles) in self.instead_of(&chars, text.within)? {
                    let (part, span) = (part.clone(), node.span.clone());
                    suggestions.push(Suggestion { part, span, instead, articles });
                }
            }
            Ok(suggestions)
        })
    }

    fn instead_of(
        &self,
        chars: &[char],
        within: Within,
    ) -> Result<Vec<(String, u64)>, SearchError> {
        // By the folded string: what went wrong, and how it is printed.
        let mut found: BTreeMap<String, (Typo, String)> = BTreeMap::new();
        for variant in variants(chars) {
            for address in self.first_with(&variant)? {
                let record = self.engine().record(address)?;
                for printed in record.head().chain([record.body.as_str()]) {
                    variant.read(printed, &mut found);
                }
            }
        }
        let mut ranked = Vec::new();
        for (folded, (typo, printed)) in found {
            if folded.chars().eq(chars.iter().copied()) {
                continue;
            }
            let text = Text { within, term: Term::Literal(folded) };
            let root = Some(Node { kind: NodeKind::Text(text), span: 0..0 });
            let articles = self.count(&Request { query: Query { root }, ..Request::default() })?;
            // It may stand in another part of the article than was asked for.
            if articles > 0 {
                ranked.push((typo, articles, printed));
            }
        }
        ranked.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.cmp(&b.2)));
        Ok(ranked
            .into_iter()
            .take(MAX_SUGGESTIONS)
            .map(|(_, articles, printed)| (printed, articles))
            .collect())
    }

    /// A few articles in which a variant stands.
    fn first_with(&self, variant: &SpellingVariant) -> Result<Vec<Address>, SearchError> {
        let rule = match variant.pieces.len() {
            1 => PositionRule::Adjacent,
            _ => PositionRule::Ordered { gaps: vec![(1, 1)] },
        };
        let pieces = variant.pieces.clone();
        let stands = Condition::Text { within: Within::Anywhere, pieces, rule };
        self.engine().some(&stands, MAX_READ)
    }
}

/// Every string that differs in one place.
fn variants(chars: &[char]) -> Vec<SpellingVariant> {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut variants = Vec::new();
    for at in 0..chars.len() {
        let others = |from: usize| chars.iter().copied().enumerate().skip(from);
        if !digit(at) {
            // Another character, and one that should not be there.
            let known = others(0).filter(|(other, _)| *other != at).collect();
            let typed = Some((at, chars.get(at).copied()));
            variants.push(SpellingVariant::new(known, chars.len(), typed, Typo::Other));
            let before = others(0).take(at);
            let known = before.chain(others(at + 1).map(|(other, c)| (other - 1, c))).collect();
            variants.push(SpellingVariant::new(known, chars.len() - 1, None, Typo::Number));
        }
        if at > 0 && !(digit(at) && digit(at - 1)) {
            // One that is missing.
            let before = others(0).take(at);
            let known = before.chain(others(at).map(|(other, c)| (other + 1, c))).collect();
            variants.push(SpellingVariant::new(
                known,
                chars.len() + 1,
                Some((at, None)),
                Typo::Number,
            ));
        }
        if at > 0 && !digit(at) && !digit(at - 1) && chars.get(at) != chars.get(at - 1) {
            let mut swapped = chars.to_vec();
            swapped.swap(at - 1, at);
            variants.push(SpellingVariant::new(
                swapped.into_iter().enumerate().collect(),
                chars.len(),
                None,
                Typo::Swapped,
            ));
        }
    }
    variants
}

impl SpellingVariant {
    fn new(
        known: Vec<(usize, char)>,
        length: usize,
        typed: Option<(usize, Option<char>)>,
        typo: Typo,
    ) -> Self {
        let runs = known.chunk_by(|one, next| one.0 + 1 == next.0);
        let pieces = runs.map(|run| run.iter().map(|&(_, c)| c).collect()).collect();
        Self { pieces, length, known, typed, typo }
    }

    /// Takes every place of a printed text where the variant stands.
    fn read(&self, printed: &str, found: &mut BTreeMap<String, (Typo, String)>) {
        let form = search_form(printed);
        let chars: Vec<(usize, char)> = form.text.char_indices().collect();
        for window in chars.windows(self.length) {
            if self.known.iter().any(|&(at, c)| window[at].1 != c) {
                continue;
            }
            let mut typo = self.typo;
            if let Some((at, typed)) = self.typed {
                let free = window[at].1;
                if !free.is_alphanumeric() || free.is_ascii_digit() {
                    continue;
                }
                if typed.is_some_and(|typed| look_alike(typed, free)) {
                    typo = Typo::LookAlike;
                }
            }
            let (Some(&(start, _)), Some(&(last, c))) = (window.first(), window.last()) else {
                continue;
            };
            let shown = printed.get(form.origin(start..last + c.len_utf8())).unwrap_or_default();
            let place = found.entry(window.iter().map(|&(_, c)| c).collect());
            let known = place.or_insert_with(|| (typo, shown.to_owned()));
            known.0 = known.0.max(typo);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str, printed: &str) -> Vec<String> {
        let mut found = BTreeMap::new();
        for variant in variants(&typed.chars().collect::<Vec<_>>()) {
            variant.read(printed, &mut found);
        }
        found.into_values().map(|(_, printed)| printed).collect()
    }

    #[test]
    fn one_character_may_be_another_too_many_missing_or_in_the_wrong_place() {
        assert_eq!(read("郑州航空巷", "在郑州航空港区"), ["郑州航空", "郑州航空港"]);
        assert_eq!(read("郑州航航空港", "在郑州航空港"), ["郑州航空港"]);
        assert_eq!(read("郑州空港", "在鄭州航空港"), ["鄭州航空港"]);
        assert_eq!(read("郑州空航港", "在郑州航空港"), ["郑州航空港"]);
        assert!(read("郑州航空港", "许昌航天港").is_empty());
    }

    #[test]
    fn digits_must_agree() {
        assert!(read("2023年", "2022年").is_empty());
        assert!(read("G107国道", "G108国道").is_empty());
        assert_eq!(read("g107国到", "Ｇ107国道"), ["Ｇ107国", "Ｇ107国道"]);
    }
}
