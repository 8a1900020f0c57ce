//! Words that bear on every name behind them, with how far each of them reaches: found once for a
//! passage, because a passage can have thousands of names.

use super::context_words::{WordList, context_words};
use crate::model::Span;

/// What ends a sentence, folded.
pub(crate) const SENTENCE_ENDS: [char; 4] = ['。', '!', '?', '\n'];
/// The most characters of a heading before its last word: the name of a person, perhaps with a title.
const MAX_HEADING_CHARS: usize = 8;

/// The parts of a passage in which names are posts of somebody, or examples. Spans are bytes of the
/// folded passage, in the order of the text.
#[derive(Debug)]
pub(crate) struct PassageCues {
    careers: Vec<Span>,
    biographies: Vec<Span>,
    examples: Vec<Span>,
}

impl PassageCues {
    /// Of a passage's folded text.
    pub(crate) fn of(text: &str) -> Self {
        let words = context_words();
        Self {
            careers: to_ends_of_sentences(text, &words.careers),
            biographies: biographies(text),
            examples: to_ends_of_sentences(text, &words.many_places),
        }
    }

    /// Whether a name that begins there stands among the offices that somebody held.
    pub(crate) fn in_career(&self, at: usize) -> bool {
        contains(&self.careers, at) || contains(&self.biographies, at)
    }

    /// Whether the sentence of a name that begins there speaks of many places before it.
    pub(crate) fn is_example(&self, at: usize) -> bool {
        contains(&self.examples, at)
    }
}

fn contains(spans: &[Span], at: usize) -> bool {
    let behind = spans.partition_point(|span| span.start <= at);
    behind.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|span| at < span.end)
}

/// The parts of sentences behind the first word of a list.
fn to_ends_of_sentences(text: &str, words: &WordList) -> Vec<Span> {
    let mut end = 0;
    text.split_inclusive(SENTENCE_ENDS)
        .filter_map(|sentence| {
            let start = end;
            end += sentence.len();
            Some(start + words.first_end_in(sentence)?..end)
        })
        .collect()
}

/// The texts below headings of biographies: the rest of the paragraph, and of a heading that is a line of
/// its own, the next paragraph.
fn biographies(text: &str) -> Vec<Span> {
    let words = &context_words().biographies;
    let mut spans = Vec::new();
    let mut under_heading = false;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let heading = heading_end(line, words);
        let is_alone =
            heading.is_some_and(|at| line[at..].trim_matches([':', ' ', '\n']).is_empty());
        if std::mem::replace(&mut under_heading, is_alone) {
            spans.push(start..end);
        } else if let Some(at) = heading {
            spans.push(start + at..end);
        }
    }
    spans
}

/// Where the text under a heading in a line begins. A heading stands where a sentence does, ends in one
/// of the words, and a colon, a blank, the end of the line or the name in it again follow: 某某简历某某，男.
fn heading_end(line: &str, words: &WordList) -> Option<usize> {
    let mut end = 0;
    line.split_inclusive(SENTENCE_ENDS).find_map(|sentence| {
        let start = end;
        end += sentence.len();
        let at = words.first_end_in(sentence)?;
        let (heading, behind) = sentence.split_at(at);
        let heading = heading.trim_start();
        let name = words.iter().find_map(|word| heading.strip_suffix(word))?;
        let is_short = name.chars().count() <= MAX_HEADING_CHARS
            && name.chars().all(|c| c.is_alphanumeric() || c == ' ');
        let closes = behind.is_empty()
            || behind.starts_with([':', ' ', '\n'])
            || !name.is_empty() && behind.starts_with(name);
        (is_short && closes).then_some(start + at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the name 平罗县 is a post, and an example.
    fn cues(text: &str) -> (bool, bool) {
        let cues = PassageCues::of(text);
        let at = text.find("平罗县").expect("the name");
        (cues.in_career(at), cues.is_example(at))
    }

    #[test]
    fn a_word_for_posts_or_many_places_reaches_to_the_end_of_its_sentence() {
        assert_eq!(cues("他历任会计、平罗县局长。"), (true, false));
        assert_eq!(cues("他历任会计。平罗县修渠。"), (false, false));
        assert_eq!(cues("各地修渠,平罗县也修渠。"), (false, true));
        for end in ["。", "!", "?", "\n"] {
            assert_eq!(cues(&format!("各地修渠{end}平罗县修渠。")), (false, false), "{end:?}");
        }
        assert_eq!(cues("平罗县修渠,各地也修渠。"), (false, false));
    }

    #[test]
    fn a_biography_reaches_to_the_end_of_the_paragraph_under_its_heading() {
        for text in [
            "渠修好了。张三简历张三,男。1990年任平罗县局长。",
            "个人简介:张三,男。1990年任平罗县局长。",
            "张三同志简历\n张三,男。1990年任平罗县局长。",
            "张三简历\n\n张三,男。1990年任平罗县局长。",
            "渠修好了。  张三简历  张三,男。1990年任平罗县局长。",
        ] {
            assert!(cues(text).0, "{text}");
        }
        for text in [
            "景区简介:平罗县有渠。",
            "嘉宾简介\n平罗县的客人。",
            "他投出简历,平罗县收到。",
            "他一生平安。平罗县修渠。",
            "张三简历\n张三,男。\n平罗县修渠。",
            "个人简介:张三,男。\n平罗县修渠。",
            "收到简历450份。平罗县修渠。",
        ] {
            assert!(!cues(text).0, "{text}");
        }
    }
}
