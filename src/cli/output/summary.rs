//! What an ingest did, for people: figures, then warnings of one sort together.

use std::io::Write;

use super::console::Console;
use super::facts::{counted, number};
use super::progress::Message;
use super::undescribed;
use super::wrap::{pad, visible};
use crate::ingest::IngestSummary;
use crate::model::{LineRole, NamedFiles};
use crate::present::{Lang, words};

/// Columns of the names of the figures.
const NAMES: usize = 11;
/// Warnings of one sort that are printed.
const FIRST: usize = 3;

pub(crate) fn print(
    summary: &IngestSummary,
    messages: &[Message],
    console: &mut Console,
) -> anyhow::Result<()> {
    let lang = console.lang;
    for (name, figure) in figures(lang, summary) {
        writeln!(console.out, "{}{figure}", console.paint.faint(pad(name, NAMES)))?;
    }
    undescribed::print(summary, console)?;
    print_warnings(messages, console)
}

/// Prints warnings, the first ones of each sort.
pub(crate) fn print_warnings(messages: &[Message], console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    for alike in grouped(messages) {
        let (equal, more) = equal(&alike);
        for messages in &equal {
            let warning = words::file_warning(lang, &messages[0].warning.value);
            let line = format!("{}{}{warning}", places(lang, messages), lang.of("：", ": "));
            let name = console.paint.doubt(lang.of("警告：", "warning: "));
            writeln!(console.out, "{name}{}", visible(&line))?;
        }
        if more > 0 {
            let more = number(more);
            let more = lang.of(
                format!("      … 同类警告还有 {more} 条"),
                format!("         … {more} more like this"),
            );
            writeln!(console.out, "{}", console.paint.faint(more))?;
        }
    }
    Ok(())
}

fn figures(lang: Lang, summary: &IngestSummary) -> Vec<(&'static str, String)> {
    let (taken, skipped) = (number(summary.files_taken), number(summary.files_skipped));
    let (failed, removed) = (number(summary.files_failed), number(summary.files_removed));
    let files = lang.of(
        format!("读入 {taken}，未改动 {skipped}，失败 {failed}，移除 {removed}"),
        format!("{taken} read, {skipped} unchanged, {failed} failed, {removed} removed"),
    );
    let mut figures = vec![(lang.of("文件", "files"), files)];
    let passed_over = passed_over(lang, summary);
    if !passed_over.is_empty() {
        figures.push((lang.of("略过", "ignored"), passed_over));
    }
    if summary.files_left_out.count > 0 {
        let why = lang.of("依 corpus.toml", "as corpus.toml says");
        figures.push((lang.of("不读", "left out"), named(lang, &summary.files_left_out, why)));
    }
    if summary.pictures_beside.count > 0 {
        let why = lang.of("属于旁边的文件，不单独读取", "of files beside them");
        figures.push((lang.of("图像", "pictures"), named(lang, &summary.pictures_beside, why)));
    }
    if summary.files_behind_links > 0 {
        let files = counted(lang, summary.files_behind_links, "个文件", ("file", "files"));
        let articles =
            counted(lang, summary.articles_behind_links, "篇文章", ("article", "articles"));
        let behind = lang.of(
            format!(
                "此前跟随链接入库的 {files}（{articles}）仍在库中，未更新；\
                 --follow-links 更新，--rebuild 移除"
            ),
            format!(
                "{files} with {articles}, reached by links that are no longer followed, stay in the \
                 index as they were; --follow-links updates them, --rebuild leaves them out"
            ),
        );
        figures.push((lang.of("链接", "links"), behind));
    }
    // The other figures are about the files that were read.
    if summary.files_taken > 0 {
        let (reprints, warnings) = (number(summary.reprints), number(summary.warnings));
        let reprints =
            lang.of(format!("全库 {reprints}"), format!("{reprints} in the whole index"));
        let listed = lang.of("；见 `dibao check`", "; `dibao check` lists them");
        let listed = if summary.warnings > 0 { listed } else { "" };
        figures.extend([
            (lang.of("文章", "articles"), articles(lang, summary)),
            (lang.of("行", "lines"), lines(lang, summary)),
            (lang.of("日期不详", "undated"), number(summary.undated)),
            (lang.of("地区不详", "unplaced"), number(summary.unplaced)),
            (lang.of("分篇存疑", "uncertain"), number(summary.low_confidence)),
            (lang.of("转载", "reprints"), reprints),
            (lang.of("警告", "warnings"), format!("{warnings}{listed}")),
        ]);
        figures.extend(corrections(lang, summary).map(|said| (lang.of("更正", "corrected"), said)));
    }
    if summary.warnings_before > 0 {
        let before = counted(lang, summary.warnings_before, "条", ("warning", "warnings"));
        let before = lang.of(
            format!("未改动的文件另有 {before}警告，见 `dibao check`"),
            format!("{before} of unchanged files; `dibao check` lists them"),
        );
        figures.push((lang.of("此前", "earlier"), before));
    }
    figures.push((lang.of("用时", "time"), time(lang, summary)));
    figures
}

/// `3 of other kinds (.pdf 2, no extension 1), 1 hidden, 2 found twice`.
fn passed_over(lang: Lang, summary: &IngestSummary) -> String {
    let other: u64 = summary.other_kinds.values().sum();
    let kinds: Vec<String> = summary
        .other_kinds
        .iter()
        .map(|(kind, count)| match kind.as_str() {
            "" => format!("{} {}", lang.of("无扩展名", "no extension"), number(*count)),
            kind => format!("{} {}", visible(&format!(".{kind}")), number(*count)),
        })
        .collect();
    let kinds = kinds.join(lang.of("，", ", "));
    [
        (other, lang.of(format!("个其他类型（{kinds}）"), format!("of other kinds ({kinds})"))),
        (summary.files_not_text, lang.of("个不是文本", "not text").to_owned()),
        (summary.hidden, lang.of("个隐藏", "hidden").to_owned()),
        (summary.twice, lang.of("个重复遇到", "found twice").to_owned()),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{} {what}", number(count)))
    .collect::<Vec<_>>()
    .join(lang.of("，", ", "))
}

/// `2, as corpus.toml says: a.txt, b.txt`.
fn named(lang: Lang, files: &NamedFiles, why: &str) -> String {
    let count = number(files.count);
    let names: Vec<String> = files.names.iter().map(|name| visible(name)).collect();
    let more = if files.count > names.len() as u64 { lang.of(" 等", " …") } else { "" };
    let names = names.join(lang.of("、", ", "));
    lang.of(format!("{count}，{why}：{names}{more}"), format!("{count}, {why}: {names}{more}"))
}

/// `120: news 100, document 20`.
fn articles(lang: Lang, summary: &IngestSummary) -> String {
    let kinds: Vec<String> = summary
        .articles_by_kind
        .iter()
        .map(|(kind, count)| format!("{} {}", words::kind(lang, *kind), number(*count)))
        .collect();
    if kinds.is_empty() {
        return number(summary.articles);
    }
    let colon = lang.of("：", ": ");
    format!("{}{colon}{}", number(summary.articles), kinds.join(lang.of("，", ", ")))
}

/// `12 applied, 1 that cannot be; …`; nothing where nobody has corrected anything.
fn corrections(lang: Lang, summary: &IngestSummary) -> Option<String> {
    let (applied, unplaced) = (summary.corrections, summary.corrections_unplaced);
    let said = |applied, unplaced| {
        if unplaced == 0 {
            return lang.of(format!("生效 {applied}"), format!("{applied} applied"));
        }
        let unplaced = number(unplaced);
        lang.of(
            format!("生效 {applied}，不能生效 {unplaced}；见 `dibao curate check`"),
            format!("{applied} applied, {unplaced} cannot be; `dibao curate check` lists them"),
        )
    };
    (applied + unplaced > 0).then(|| said(number(applied), unplaced))
}

/// `100 of 101 lines accounted for (99.01 %): 90 in articles, 6 contents, 4 banner; 1 unaccounted`.
fn lines(lang: Lang, summary: &IngestSummary) -> String {
    let percent = match summary.lines {
        0 => 100.0,
        lines => {
            let accounted = summary.lines.saturating_sub(summary.lines_stray);
            (accounted as f64 / lines as f64 * 10_000.0).floor() / 100.0
        }
    };
    let accounted = number(summary.lines.saturating_sub(summary.lines_stray));
    let (all, in_articles) = (number(summary.lines), number(summary.lines_in_articles));
    let stray = number(summary.lines_stray);
    let elsewhere = summary.lines_elsewhere.iter().filter(|(role, _)| **role != LineRole::Stray);
    let elsewhere: String = elsewhere
        .map(|(role, count)| {
            let (role, count) = (words::role(lang, *role), number(*count));
            lang.of(format!("，{role} {count}"), format!(", {count} {role}"))
        })
        .collect();
    lang.of(
        format!("{all} 行中 {accounted} 行有归属（{percent} %）：文章 {in_articles}{elsewhere}；未归属 {stray}"),
        format!(
            "{accounted} of {} accounted for ({percent} %): {in_articles} in articles{elsewhere}; \
             {stray} unassigned",
            counted(lang, summary.lines, "行", ("line", "lines")),
        ),
    )
}

fn time(lang: Lang, summary: &IngestSummary) -> String {
    let megabytes = summary.text_bytes.max(summary.bytes) as f64 / 1e6;
    let rate = megabytes / summary.seconds.max(1e-3);
    let seconds = summary.seconds;
    lang.of(
        format!("{seconds:.1} 秒，文本 {megabytes:.1} MB，每秒 {rate:.1} MB"),
        format!("{seconds:.1} s, {megabytes:.1} MB of text, {rate:.1} MB/s"),
    )
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

/// Messages that are the same but for their places, in the order of the first of each.
fn equal<'a>(messages: &[&'a Message]) -> (Vec<Vec<&'a Message>>, u64) {
    let mut groups: Vec<Vec<&Message>> = Vec::new();
    let mut more = 0;
    for message in messages {
        match groups.iter().position(|group| group[0].warning == message.warning) {
            Some(at) => groups[at].push(message),
            None if groups.len() < FIRST => groups.push(vec![message]),
            None => more += 1,
        }
    }
    (groups, more)
}

/// `a.txt, b.txt, c.txt and 7 more`.
fn places(lang: Lang, messages: &[&Message]) -> String {
    let first: Vec<&str> =
        messages.iter().take(FIRST).map(|message| message.place.as_str()).collect();
    let names = first.join(lang.of("、", ", "));
    match messages.len().saturating_sub(FIRST) as u64 {
        0 => names,
        more => {
            let all = number(messages.len() as u64);
            let more = number(more);
            lang.of(format!("{names} 等 {all} 处"), format!("{names} and {more} more"))
        }
    }
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
        let shown: Vec<String> = figures(Lang::En, &summary)
            .iter()
            .map(|(name, figure)| format!("{name}: {figure}"))
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        files: 2 read, 1 unchanged, 0 failed, 0 removed
        articles: 1,200: news 1,000, photo 200
        lines: 2,999 of 3,000 lines accounted for (99.96 %): 2,900 in articles, 99 contents; 1 unassigned
        undated: 0
        unplaced: 0
        uncertain: 0
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
        assert_eq!(passed_over(Lang::En, &summary), expected);
        assert_eq!(passed_over(Lang::En, &IngestSummary::default()), "");
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
        let names: Vec<String> = (1..=5).map(|number| format!("旧报.zip/{number}.html")).collect();
        let locked = names.iter().map(|name| message(name, FileWarning::Encrypted));
        let messages: Vec<Message> = locked.collect();
        let messages: Vec<&Message> = messages.iter().collect();
        let [equal] = &equal(&messages).0[..] else { panic!("one warning") };
        let shown = "旧报.zip/1.html, 旧报.zip/2.html, 旧报.zip/3.html and 2 more";
        assert_eq!(places(Lang::En, equal), shown);
        assert!(places(Lang::Zh, equal).ends_with("3.html 等 5 处"));
        // Of those that are all different the first are shown, and the others are only counted.
        let other = |page| message("a", FileWarning::DoubtfulPage { page, confidence: 50 });
        let messages: Vec<Message> = (1..=9).chain([1]).map(other).collect();
        let messages: Vec<&Message> = messages.iter().collect();
        let (groups, more) = super::equal(&messages);
        assert_eq!((groups.len(), groups[0].len(), more), (FIRST, 2, 9 - FIRST as u64));
    }
}
