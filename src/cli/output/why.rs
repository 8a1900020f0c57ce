//! `--explain`: how a query was understood, and why an article is a hit.

use super::console::Console;
use super::facts::{articles, number};
use super::wrap::visible;
use crate::present::{Lang, Selection};
use crate::search::{
    Archive, Explanation, Note, PartExplanation, Request, ScoreExplanation, SearchError,
};

/// Meanings of a district's name that are listed.
const MAX_PATHS: usize = 6;

/// Says which words no article has.
pub(crate) fn missing(
    archive: &Archive,
    request: &Request,
    console: &Console,
) -> Result<(), SearchError> {
    let missing = archive.explain(request)?.missing;
    if !missing.is_empty() {
        let lang = console.lang;
        let missing = missing.join(lang.of("、", ", "));
        console
            .tell(lang.of(format!("没有文章含有：{missing}"), format!("no article has {missing}")));
    }
    Ok(())
}

/// Says how many articles with only some of the words are left out, where there are any.
pub(crate) fn partial(
    archive: &Archive,
    request: &Request,
    console: &Console,
) -> Result<(), SearchError> {
    if let Some(left_out) = archive.count_partial(request)?.filter(|&left_out| left_out > 0) {
        let (lang, left_out) = (console.lang, articles(console.lang, left_out));
        console.tell(lang.of(
            format!("以上只计含全部检索词的文章；另有 {left_out}只含部分检索词，--any 一并计入"),
            format!(
                "these have all of the words; {left_out} have some of them, --any takes them too"
            ),
        ));
    }
    Ok(())
}

/// The same of each line of a trend.
pub(crate) fn partial_of_lines(
    archive: &Archive,
    lines: &[(String, Request)],
    console: &Console,
) -> Result<(), SearchError> {
    let lang = console.lang;
    for (name, request) in lines {
        let left_out = archive.count_partial(request)?.filter(|&left_out| left_out > 0);
        let Some(left_out) = left_out else { continue };
        let (name, left_out) = (visible(name), articles(lang, left_out));
        console.tell(lang.of(
            format!("{name}：只计含全部检索词的文章；另有 {left_out}只含部分检索词，--any 一并计入"),
            format!(
                "{name}: articles with all of the words; {left_out} have some of them, --any takes them too"
            ),
        ));
    }
    Ok(())
}

/// Says what a person should know about a request.
pub(crate) fn notes(
    archive: &Archive,
    request: &Request,
    console: &Console,
) -> Result<(), SearchError> {
    for known in archive.notes(request)? {
        console.tell(note(console.lang, &known));
    }
    Ok(())
}

/// Says how the query was understood, what was added to it, and what each of its parts finds.
pub(crate) fn query(explanation: &Explanation, selection: &Selection, console: &Console) {
    let lang = console.lang;
    let every = lang.of("全部文章", "every article");
    let query = if explanation.query.is_empty() { every } else { &explanation.query };
    let (total, all) = (number(explanation.total), articles(lang, explanation.filtered));
    let left = if selection.is_filtered() {
        lang.of("符合筛选条件的 ", " that match the filters")
    } else {
        ""
    };
    console.tell(lang.of(
        format!("{query}：{left}{all}文章中有 {total} 篇"),
        format!("{query}: {total} of {all}{left}"),
    ));
    for expansion in &selection.expansions {
        let (word, added) = (&expansion.word, expansion.added.join(lang.of("、", ", ")));
        console.tell(
            lang.of(format!("  {word} 同时检索 {added}"), format!("  {word} also matches {added}")),
        );
    }
    for part in &explanation.parts {
        let (text, words) = (&part.part, understood(lang, part));
        let (alone, filtered) = (number(part.alone), number(part.filtered));
        console.tell(lang.of(
            format!("  {text}  {words}：单独 {alone} 篇，符合筛选条件的 {filtered} 篇"),
            format!("  {text}  {words}: {alone} alone, {filtered} with the filters"),
        ));
    }
}

/// The words of a part with the number of articles that each is in.
fn understood(lang: Lang, part: &PartExplanation) -> String {
    let role = if part.excluded { lang.of("排除", "excludes ") } else { "" };
    if part.words.is_empty() {
        return format!("{role}{}", lang.of("原文", "exact text"));
    }
    let words = part.words.iter().map(|word| format!("{} ({})", word.word, number(word.articles)));
    format!("{role}{} {}", lang.of("词", "words"), words.collect::<Vec<_>>().join(" "))
}

/// Why a hit is where it is, in a few lines.
pub(crate) fn hit(lang: Lang, why: &ScoreExplanation, score: f32) -> Vec<String> {
    let mut lines = vec![format!("{} {score:.2}", lang.of("得分", "score"))];
    for part in &why.parts {
        let how = match (part.in_headline, part.as_typed, part.matches) {
            (true, _, _) => lang.of("标题中有原文", "as typed, in the headline"),
            (false, true, _) => lang.of("有原文", "as typed"),
            (false, false, true) => lang.of("有其中的词", "by its words"),
            (false, false, false) => lang.of("没有", "not in it"),
        };
        lines.push(format!("  {:+.2}  {}  {how}", part.points, part.part));
    }
    if !why.words.is_empty() {
        let words = why.words.iter().map(|word| format!("{} {:+.2}", word.term, word.points));
        lines.push(format!("  {}", words.collect::<Vec<_>>().join("  ")));
    }
    if why.proximity > 0.0 {
        lines.push(format!(
            "  {:+.2}  {}",
            why.proximity,
            lang.of("各词位置", "where the words stand")
        ));
    }
    lines
}

fn unfinished_ingest(lang: Lang) -> &'static str {
    lang.of(
        "入库尚未完成或中途停止，转载还没有归并；`dibao ingest` 完成后即可归并",
        "an ingest is under way or was stopped, so reprints are not grouped yet; they are when \
         `dibao ingest` has finished",
    )
}

/// Names that may have been meant.
fn meant(lang: Lang, near: &[String]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let near = near.join(lang.of("、", ", "));
    lang.of(format!("（是否指{near}？）"), format!(" (did you mean {near}?)"))
}

/// What a person should know about a request.
pub(crate) fn note(lang: Lang, note: &Note) -> String {
    match note {
        Note::AmbiguousDistrict { name, paths } => {
            let mut shown: Vec<String> =
                paths.iter().take(MAX_PATHS).map(|path| path.join(" ")).collect();
            if paths.len() > MAX_PATHS {
                let more = paths.len() - MAX_PATHS;
                shown.push(lang.of(format!("另外 {more} 处"), format!("{more} more")));
            }
            let shown = shown.join(lang.of("、", " or "));
            lang.of(
                format!("“{name}”可指{shown}，都计算在内；只要其中一处请写明"),
                format!("{name} can be {shown}; all are included; use the full name to select one"),
            )
        }
        Note::EmptyDistrict { name, named: true } => lang.of(
            format!("没有写{name}的文章；“涉及地区:{name}”可检索提到{name}的文章"),
            format!("no articles about {name}; 涉及地区:{name} finds those that name it"),
        ),
        Note::EmptyDistrict { name, named: false } => {
            lang.of(format!("没有{name}的文章"), format!("no articles from {name}"))
        }
        Note::UnknownTag { name, near } => {
            let meant = meant(lang, near);
            lang.of(
                format!("没有“{name}”这个标签{meant}；`dibao tag` 列出全部标签"),
                format!("no article is tagged {name}{meant}; `dibao tag` lists the tags"),
            )
        }
        Note::UnknownCollection { name, near } => {
            let meant = meant(lang, near);
            lang.of(
                format!("没有名为“{name}”的收藏{meant}；`dibao collection list` 列出全部收藏"),
                format!(
                    "no collection is called {name}{meant}; `dibao collection list` lists them"
                ),
            )
        }
        Note::QuestionWords { words } => {
            let words = words.join(lang.of("、", ", "));
            lang.of(
                format!("提问用语不参与检索：{words}（--all 要求含全部检索词）"),
                format!("words that only ask are not searched for: {words} (--all requires them)"),
            )
        }
        Note::UnfinishedIngest => unfinished_ingest(lang).to_owned(),
        Note::NoReprints => no_reprints(lang).to_owned(),
    }
}

fn no_reprints(lang: Lang) -> &'static str {
    lang.of(
        "这个引擎尚不识别转载，检索结果未归并转载",
        "this engine does not find reprints yet; none are grouped",
    )
}
