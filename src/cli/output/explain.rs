//! `dibao split --explain`: the role of each line in a margin, and the reasons for each cut.

use std::borrow::Cow;
use std::io::Write;

use super::console::Console;
use super::wrap::{pad, truncate, visible};
use crate::model::{Article, LineRole, SourceText, SplitFile, cut_confidence_is_low};
use crate::present::words;

/// Columns of a role.
const ROLES: usize = 15;

/// Prints every line of the file with its number, its article and its role; before the first line
/// of an article, why it was cut out there.
pub(crate) fn print(
    source: &SourceText,
    split_file: &SplitFile,
    console: &mut Console,
) -> anyhow::Result<()> {
    let mut announced = vec![false; split_file.articles.len()];
    for (index, line) in source.lines.iter().enumerate() {
        let role = split_file.roles.get(index).copied().unwrap_or(LineRole::Stray);
        let owner = split_file.owners.get(index).copied().flatten().map(|owner| owner as usize);
        if let Some(owner) = owner
            && let Some(done) = announced.get_mut(owner)
            && !std::mem::replace(done, true)
        {
            print_cut(owner, &split_file.articles[owner], console)?;
        }
        let number = owner.map_or(String::new(), |owner| (owner + 1).to_string());
        let margin = format!(
            "{:>6} {:>4} {}",
            line.number,
            number,
            pad(words::role(console.lang, role), ROLES)
        );
        let text = truncate(&visible(source.line(index)), console.width.saturating_sub(ROLES + 14));
        let paint = console.paint;
        let margin = match role {
            LineRole::Stray => paint.doubt(margin),
            LineRole::Title => paint.strong(margin),
            _ => paint.faint(margin),
        };
        writeln!(console.out, "{margin} {text}")?;
    }
    for entry in split_file.contents.iter().filter(|entry| entry.article.is_none()) {
        let title = visible(&entry.title);
        let note = console.lang.of(
            format!("目录条目没有对应的文章：{title}"),
            format!("contents entry without an article: {title}"),
        );
        writeln!(console.out, "{}", console.paint.doubt(note))?;
    }
    Ok(())
}

fn print_cut(at: usize, article: &Article, console: &mut Console) -> anyhow::Result<()> {
    let paint = console.paint;
    let confidence = article.cut.confidence;
    let (lang, number) = (console.lang, at + 1);
    let kind = words::kind(lang, article.kind);
    let weak = if cut_confidence_is_low(confidence) {
        lang.of("（存疑）", "  (uncertain)")
    } else {
        ""
    };
    let heading = lang.of(
        format!("── 第 {number} 篇  {kind}  置信度 {confidence:.2}{weak}"),
        format!("── article {number}  {kind}  confidence {confidence:.2}{weak}"),
    );
    writeln!(console.out, "{}", paint.place(heading))?;
    for reason in &article.cut.reasons {
        writeln!(
            console.out,
            "   {:+.1}  {}  {}  {}",
            reason.weight,
            lang.of(format!("第 {} 行", reason.line), format!("line {}", reason.line)),
            words::cut_reason(lang, &reason.rule).unwrap_or(Cow::Borrowed(&reason.rule)),
            paint.faint(truncate(&visible(&reason.evidence), 48))
        )?;
    }
    Ok(())
}
