//! Texts that were cut again a short while ago. Splitting a whole file takes a tenth of a second, and
//! readers come to many articles of one file.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::{LineRange, LineRole, SourceText};
use crate::split::split;

/// How a text is cut: as much of it as its lines need.
pub(super) struct Cut {
    /// Role of each line, and the article that owns it, counted from 0.
    pub(super) lines: Vec<(LineRole, Option<u32>)>,
    /// The lines of each article.
    pub(super) articles: Vec<Vec<LineRange>>,
}

/// Texts that are kept.
const KEPT: usize = 32;

/// The one that was asked for last at the end.
static RECENT: Mutex<VecDeque<(blake3::Hash, Arc<Cut>)>> = Mutex::new(VecDeque::new());

/// Cuts a text, if that was not just done.
pub(super) fn cut(source: &SourceText) -> Arc<Cut> {
    let name = name(source);
    let known = {
        let mut recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
        let at = recent.iter().position(|(known, _)| *known == name);
        at.and_then(|at| recent.remove(at)).inspect(|entry| recent.push_back(entry.clone()))
    };
    if let Some((_, cut)) = known {
        return cut;
    }
    let split_file = split(source);
    let lines = split_file.roles.into_iter().zip(split_file.owners);
    let articles = split_file.articles.into_iter().map(|article| article.lines);
    let cut = Arc::new(Cut { lines: lines.collect(), articles: articles.collect() });
    let mut recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have cut the same text meanwhile: it is kept once.
    if recent.iter().all(|(known, _)| *known != name) {
        recent.push_back((name, cut.clone()));
    }
    if recent.len() > KEPT {
        recent.pop_front();
    }
    cut
}

/// The same for the same text in the same lines.
fn name(source: &SourceText) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.text.as_bytes());
    for line in &source.lines {
        hasher.update(&line.number.to_le_bytes());
        hasher.update(&line.span.start.to_le_bytes());
        hasher.update(&line.span.end.to_le_bytes());
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_cutting_gives() {
        let text = |paragraph: &str| {
            let body = paragraph.repeat(40);
            SourceText::from_text("a.txt", format!("新密敲定今年工作重点\n\n本报讯 {body}\n"))
        };
        let (one, other) = (text("春耕生产有序推进，"), text("项目建设加快推进，"));
        for source in [&one, &other, &one] {
            let (cut, split_file) = (cut(source), split(source));
            assert_eq!(
                cut.lines,
                split_file.roles.into_iter().zip(split_file.owners).collect::<Vec<_>>()
            );
            let lines = split_file.articles.into_iter().map(|article| article.lines);
            assert_eq!(cut.articles, lines.collect::<Vec<_>>());
        }
        let mut elsewhere = one.clone();
        elsewhere.lines.iter_mut().for_each(|line| line.number += 7);
        assert_ne!(cut(&one).articles, cut(&elsewhere).articles);
        for number in 0..2 * KEPT {
            let _ = cut(&text(&format!("{number}号楼")));
        }
        assert_eq!(RECENT.lock().expect("a lock").len(), KEPT);
    }
}
