//! Where in an article the words stand that were recognised with low confidence.

use crate::model::{DoubtfulPlace, LineRole, Record, SourceText, StatedDoubt, TextField};
use crate::text::{SolidText, WordsInContext};

/// Words of an article that are looked for in vain, at most: each costs several searches of all its fields, and an
/// article of which so much was corrected has hardly any left. Those behind them are not marked.
const MAX_MISSES: usize = 200;

/// The doubtful words of an article that owns these lines, given by their positions, each with its role. Lines and
/// fields have the same characters with other blanks; words that stand in no field (they were corrected) are
/// left out.
pub(super) fn doubtful_places(
    source: &SourceText,
    lines: impl Iterator<Item = (usize, LineRole)>,
    record: &Record,
) -> Vec<DoubtfulPlace> {
    if source.doubtful.is_empty() {
        return Vec::new();
    }
    let mut printed = String::new();
    let mut words = Vec::new();
    for (at, role) in lines {
        let Some(line) = source.lines.get(at) else { continue };
        let first = source.doubtful.partition_point(|words| words.span.start < line.span.start);
        let own = source.doubtful[first..].iter();
        for doubtful in own.take_while(|words| words.span.start < line.span.end) {
            let start = printed.len() + doubtful.span.start - line.span.start;
            words.push((start..start + doubtful.span.len(), field_of(role), doubtful));
        }
        printed.push_str(source.line(at));
        printed.push('\n');
    }
    let texts = TextField::ALL.map(|field| SolidText::of(field.of(record).unwrap_or_default()));
    // Words of one field come in order.
    let mut done = [0; TextField::ALL.len()];
    let mut places: Vec<DoubtfulPlace> = Vec::new();
    let mut misses = 0;
    for (span, likely, doubtful) in words {
        let Some(context) = WordsInContext::of(&printed, &span) else { continue };
        let mut order: Vec<usize> = (0..TextField::ALL.len()).collect();
        order.sort_by_key(|&at| TextField::ALL[at] != likely);
        let found = order
            .into_iter()
            .find_map(|at| context.find(texts[at].text(), done[at]).map(|place| (at, place)));
        let Some((at, place)) = found else {
            misses += 1;
            if misses == MAX_MISSES {
                break;
            }
            continue;
        };
        done[at] = place.end;
        let whole = texts[at].whole(&place);
        places.push(DoubtfulPlace {
            field: TextField::ALL[at],
            start: whole.start,
            end: whole.end,
            confidence: doubtful.confidence,
            page: doubtful.page,
            area: doubtful.area,
        });
    }
    places.sort_by_key(|place| (place.field, place.start, place.end));
    places.dedup_by(|next, last| next.field == last.field && next.start < last.end);
    places
}

/// Of the doubtful words that a file states of an article, those that stand in it where they are said to.
pub(super) fn stated_places(stated: &[StatedDoubt], record: &Record) -> Vec<DoubtfulPlace> {
    let holds = |StatedDoubt { place, words }: &&StatedDoubt| {
        let text = place.field.of(record).unwrap_or_default();
        text.get(place.start..place.end) == Some(words)
    };
    stated.iter().filter(holds).map(|doubt| doubt.place.clone()).collect()
}

/// The field that most lines of a role stand in.
fn field_of(role: LineRole) -> TextField {
    match role {
        LineRole::Kicker => TextField::Kicker,
        LineRole::Title => TextField::Title,
        LineRole::Subtitle => TextField::Subtitle,
        LineRole::Docno => TextField::Docno,
        LineRole::Credit => TextField::Credit,
        _ => TextField::Body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::model::{Article, DoubtfulWords, PageArea, SplitFile};

    /// The doubtful words of an article with these lines, among them those in brackets.
    fn places(lines: &[(&str, LineRole)], article: Article) -> Vec<(TextField, String, u8)> {
        let marked: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
        let marked = marked.join("\n");
        let (mut text, mut doubtful) = (String::new(), Vec::<DoubtfulWords>::new());
        for c in marked.chars() {
            match c {
                '[' => doubtful.push(DoubtfulWords {
                    span: text.len()..text.len(),
                    confidence: 40,
                    page: 3,
                    area: PageArea::default(),
                }),
                ']' => {
                    if let Some(last) = doubtful.last_mut() {
                        last.span.end = text.len();
                    }
                }
                _ => text.push(c),
            }
        }
        let source = SourceText { doubtful, ..SourceText::from_text("a.jpg", text) };
        let split_file = SplitFile {
            articles: vec![article],
            roles: lines.iter().map(|(_, role)| *role).collect(),
            owners: vec![Some(0); lines.len()],
            ..SplitFile::default()
        };
        let record = Annotator::new().annotate(&source, &split_file).remove(0);
        let words = |place: &DoubtfulPlace| {
            let text = place.field.of(&record).unwrap_or_default();
            (place.field, text[place.start..place.end].to_owned(), place.confidence)
        };
        record.doubtful.iter().map(words).collect()
    }

    #[test]
    fn words_are_found_in_the_field_of_their_line_across_blanks_and_lines() {
        let lines = [
            ("老桥今天[通车]", LineRole::Title),
            ("　　[老桥]今天通车，市", LineRole::Body),
            ("[民]都来看。", LineRole::Body),
            ("（甲　[乙]）", LineRole::Body),
        ];
        let article = || Article {
            title: Some("老桥今天通车".to_owned()),
            body: "老桥今天通车，市民都来看。".to_owned(),
            credit: Some("（甲乙）".to_owned()),
            ..Article::default()
        };
        let expected = [
            (TextField::Title, "通车"),
            (TextField::Body, "老桥"),
            (TextField::Body, "民"),
            (TextField::Credit, "乙"),
        ];
        let expected = expected.map(|(field, words)| (field, words.to_owned(), 40));
        assert_eq!(places(&lines, article()), expected);
        // What was corrected is no longer doubtful.
        let corrected =
            Article { body: "石桥今天通车，市人都来看。".to_owned(), ..article() };
        let left: Vec<TextField> = places(&lines, corrected).iter().map(|place| place.0).collect();
        assert_eq!(left, [TextField::Title, TextField::Credit]);
    }
}
