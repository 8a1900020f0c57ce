//! How an article is cited: GB/T 7714—2015, form for articles in newspapers.

use crate::model::{Kind, Record};

/// Names printed before `等` takes the place of the others (GB/T 7714—2015, 8.1.2).
const NAMES: usize = 3;

/// Length of the beginning of the text that replaces a missing title, in characters.
const STAND_IN: usize = 20;

/// One line: `作者. 题名[N]. 报纸名, 日期(版次).` What is not known is left out.
///
/// - Authors are the reporters and correspondents, else the photographers; of a document its
///   issuer.
/// - A document is `[Z]` and has its 文号 after the title.
/// - The date is that of the issue; where only the article's own date is known it stands in square
///   brackets, as the standard has it for dates that are estimated.
/// - Without a page the number of the issue goes into the parentheses.
/// - The newspaper is the publication; where none is known, the outlet.
#[must_use]
pub fn citation(record: &Record) -> String {
    let mut cited = String::new();
    let authors = authors(record);
    if !authors.is_empty() {
        cited.push_str(&authors);
        cited.push_str(". ");
    }
    cited.push_str(&title(record));
    cited.push_str(if record.kind == Kind::Document { "[Z]. " } else { "[N]. " });
    let paper = record.publication.as_ref().or(record.outlet.as_ref());
    let printed: Vec<String> = paper.cloned().into_iter().chain(date(record)).collect();
    cited.push_str(&printed.join(", "));
    if let Some(place) = record.page.as_ref().or(record.issue.number.as_ref()) {
        cited.push('(');
        cited.push_str(place);
        cited.push(')');
    }
    let mut cited = cited.trim_end_matches(['.', ' ']).to_owned();
    cited.push('.');
    cited
}

fn authors(record: &Record) -> String {
    let byline = &record.byline;
    let written: Vec<&str> =
        byline.reporters.iter().chain(&byline.correspondents).map(String::as_str).collect();
    let names = match (&record.issuer, written.is_empty()) {
        (Some(issuer), _) if record.kind == Kind::Document => vec![issuer.as_str()],
        (_, false) => written,
        (_, true) => byline.photographers.iter().map(String::as_str).collect(),
    };
    let mut printed = names.iter().take(NAMES).copied().collect::<Vec<_>>().join(", ");
    if names.len() > NAMES {
        printed.push_str(", 等");
    }
    printed
}

fn title(record: &Record) -> String {
    let Some(title) = &record.title else {
        let first = record.body.lines().next().unwrap_or_default();
        let mut start: String = first.chars().take(STAND_IN).collect();
        if start.len() < first.len() {
            start.push('…');
        }
        return start;
    };
    let docno = record.docno.as_ref().filter(|_| record.kind == Kind::Document);
    let parts = [Some(title), record.subtitle.as_ref(), docno];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(": ")
}

fn date(record: &Record) -> Option<String> {
    if let Some(day) = record.issue.date.value {
        return Some(day.to_string());
    }
    if let Some(day) = record.date.value {
        return Some(format!("[{day}]"));
    }
    let (first, last) = (record.date.not_before?, record.date.not_after?);
    if first.year() != last.year() {
        return Some(format!("[{}—{}]", first.year(), last.year()));
    }
    if first.month() != last.month() {
        return Some(format!("[{}]", first.year()));
    }
    Some(format!("[{}-{:02}]", first.year(), first.month()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::sample;
    use crate::model::{Byline, DateNote, Issue};

    #[test]
    fn a_news_item_is_cited_with_its_paper_day_and_page() {
        assert_eq!(citation(&sample()), "甲一, 乙二. 老桥换新貌[N]. 河畔晚报, 2021-03-04(A02).");
    }

    #[test]
    fn more_than_three_authors_are_cut_short() {
        let byline = Byline {
            reporters: vec!["甲一".into(), "乙二".into(), "丙三".into()],
            correspondents: vec!["丁四".into()],
            ..Byline::default()
        };
        let cited = citation(&Record { byline, ..sample() });
        assert!(cited.starts_with("甲一, 乙二, 丙三, 等. "), "{cited}");
    }

    #[test]
    fn a_document_is_cited_with_issuer_and_docno() {
        let document = Record {
            kind: Kind::Document,
            issuer: Some("河畔区人民政府".into()),
            docno: Some("河政〔2021〕7号".into()),
            ..sample()
        };
        assert_eq!(
            citation(&document),
            "河畔区人民政府. 老桥换新貌: 河政〔2021〕7号[Z]. 河畔晚报, 2021-03-04(A02)."
        );
    }

    #[test]
    fn an_estimated_date_stands_in_brackets_and_what_is_unknown_is_left_out() {
        let guessed = Record { issue: Issue::default(), page: None, ..sample() };
        assert_eq!(citation(&guessed), "甲一, 乙二. 老桥换新貌[N]. 河畔晚报, [2021-03-04].");
        let bare = Record {
            title: None,
            publication: None,
            byline: Byline::default(),
            date: DateNote::default(),
            ..guessed
        };
        assert_eq!(citation(&bare), "老桥今天通车。[N].");
    }
}
