//! What an ingest did, for people: figures, then warnings of one sort together.

use std::io::Write;

use super::console::Console;
use super::facts::{counted, number, word};
use super::progress::Message;
use super::wrap::{pad, visible};
use crate::ingest::IngestSummary;
use crate::model::LineRole;

/// Columns of the names of the figures.
const NAMES: usize = 11;
/// Warnings of one sort that are printed.
const FIRST: usize = 3;

pub(crate) fn print(
    summary: &IngestSummary,
    messages: &[Message],
    console: &mut Console,
) -> anyhow::Result<()> {
    for (name, figure) in figures(summary) {
        writeln!(console.out, "{}{figure}", console.paint.faint(pad(name, NAMES)))?;
    }
    for alike in grouped(messages) {
        for message in alike.iter().take(FIRST) {
            let line = visible(&format!("{}: {}", message.place, message.warning.text));
            writeln!(console.out, "{} {line}", console.paint.doubt("warning:"))?;
        }
        if alike.len() > FIRST {
            let more =
                format!("         … {} more like this", number((alike.len() - FIRST) as u64));
            writeln!(console.out, "{}", console.paint.faint(more))?;
        }
    }
    Ok(())
}

fn figures(summary: &IngestSummary) -> Vec<(&'static str, String)> {
    let mut figures = vec![(
        "files",
        format!(
            "{} taken, {} unchanged, {} failed, {} removed",
            number(summary.files_taken),
            number(summary.files_skipped),
            number(summary.files_failed),
            number(summary.files_removed)
        ),
    )];
    let passed_over = passed_over(summary);
    if !passed_over.is_empty() {
        figures.push(("not taken", passed_over));
    }
    // The other figures are about the files that were taken.
    if summary.files_taken > 0 {
        figures.push(("articles", articles(summary)));
        figures.push(("lines", lines(summary)));
        figures.push(("undated", number(summary.undated)));
        figures.push(("unplaced", number(summary.unplaced)));
        figures.push(("weak cuts", number(summary.low_confidence)));
        figures.push(("reprints", format!("{} in the whole index", number(summary.reprints))));
        figures.push(("warnings", warned(summary.warnings)));
    }
    figures.push(("time", time(summary)));
    figures
}

/// `3 of other kinds (.pdf 2, no extension 1), 1 hidden, 2 found twice`.
fn passed_over(summary: &IngestSummary) -> String {
    let other: u64 = summary.other_kinds.values().sum();
    let kinds: Vec<String> = summary
        .other_kinds
        .iter()
        .map(|(kind, count)| match kind.as_str() {
            "" => format!("no extension {}", number(*count)),
            kind => format!("{} {}", visible(&format!(".{kind}")), number(*count)),
        })
        .collect();
    [
        (other, format!("of other kinds ({})", kinds.join(", "))),
        (summary.hidden, "hidden".to_owned()),
        (summary.twice, "found twice".to_owned()),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{} {what}", number(count)))
    .collect::<Vec<_>>()
    .join(", ")
}

fn warned(warnings: u64) -> String {
    match warnings {
        0 => "0".to_owned(),
        some => format!("{}; `dibao check` lists them", number(some)),
    }
}

/// `120: news 100, document 20`.
fn articles(summary: &IngestSummary) -> String {
    let kinds: Vec<String> = summary
        .articles_by_kind
        .iter()
        .map(|(kind, count)| format!("{} {}", kind.as_str(), number(*count)))
        .collect();
    if kinds.is_empty() {
        return number(summary.articles);
    }
    format!("{}: {}", number(summary.articles), kinds.join(", "))
}

/// `100 of 101 lines accounted for (99.01 %): 90 in articles, 6 contents, 4 banner; 1 stray`.
fn lines(summary: &IngestSummary) -> String {
    let accounted = summary.lines.saturating_sub(summary.lines_stray);
    let percent = match summary.lines {
        0 => 100.0,
        lines => (accounted as f64 / lines as f64 * 10_000.0).floor() / 100.0,
    };
    let elsewhere: Vec<String> = summary
        .lines_elsewhere
        .iter()
        .filter(|(role, _)| **role != LineRole::Stray)
        .map(|(role, count)| format!("{} {}", number(*count), word(role)))
        .collect();
    let places = [vec![format!("{} in articles", number(summary.lines_in_articles))], elsewhere];
    format!(
        "{} of {} accounted for ({percent} %): {}; {} stray",
        number(accounted),
        counted(summary.lines, "line"),
        places.concat().join(", "),
        number(summary.lines_stray)
    )
}

fn time(summary: &IngestSummary) -> String {
    let megabytes = summary.text_bytes.max(summary.bytes) as f64 / 1e6;
    let rate = megabytes / summary.seconds.max(1e-3);
    format!("{:.1} s, {megabytes:.1} MB of text, {rate:.1} MB/s", summary.seconds)
}

/// Messages that say the same of several places, in the order of the first of each.
fn grouped(messages: &[Message]) -> Vec<Vec<&Message>> {
    let mut groups: Vec<Vec<&Message>> = Vec::new();
    for message in messages {
        let is_like = |group: &Vec<&Message>| {
            group.first().is_some_and(|first| first.warning.value.is_like(&message.warning.value))
        };
        match groups.iter().position(is_like) {
            Some(at) => groups[at].push(message),
            None => groups.push(vec![message]),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileWarning, Kind, Worded};

    #[test]
    fn the_figures_say_what_became_of_files_articles_and_lines() {
        let summary = IngestSummary {
            files_taken: 2,
            files_skipped: 1,
            articles: 1_200,
            articles_by_kind: [(Kind::News, 1_000), (Kind::Photo, 200)].into(),
            lines: 3_000,
            lines_in_articles: 2_900,
            lines_elsewhere: [(LineRole::Contents, 99), (LineRole::Stray, 1)].into(),
            lines_stray: 1,
            bytes: 2_000_000,
            seconds: 0.5,
            ..IngestSummary::default()
        };
        let shown: Vec<String> =
            figures(&summary).iter().map(|(name, figure)| format!("{name}: {figure}")).collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        files: 2 taken, 1 unchanged, 0 failed, 0 removed
        articles: 1 200: news 1 000, photo 200
        lines: 2 999 of 3 000 lines accounted for (99.96 %): 2 900 in articles, 99 contents; 1 stray
        undated: 0
        unplaced: 0
        weak cuts: 0
        reprints: 0 in the whole index
        warnings: 0
        time: 0.5 s, 2.0 MB of text, 4.0 MB/s
        ");
    }

    #[test]
    fn files_that_were_passed_over_are_counted_by_their_kind() {
        let summary = IngestSummary {
            other_kinds: [(String::new(), 1), ("pdf".to_owned(), 2)].into(),
            hidden: 1,
            twice: 4,
            ..IngestSummary::default()
        };
        let expected = "3 of other kinds (no extension 1, .pdf 2), 1 hidden, 4 found twice";
        assert_eq!(passed_over(&summary), expected);
        assert_eq!(passed_over(&IngestSummary::default()), "");
    }

    #[test]
    fn warnings_of_one_sort_stand_together() {
        let message =
            |place: &str, warning| Message { place: place.into(), warning: Worded::from(warning) };
        let messages = [
            message("a", FileWarning::ZeroBytes { count: 3 }),
            message("b", FileWarning::Empty),
            message("c", FileWarning::ZeroBytes { count: 14 }),
        ];
        assert_eq!(grouped(&messages).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }
}
