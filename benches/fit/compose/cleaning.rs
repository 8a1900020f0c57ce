//! What web sites and agencies add to texts, and where sentences end.

/// A shorter sentence is joined with the next one.
const MIN_SENTENCE_CHARS: usize = 9;
/// The characters in which an agency credit is looked for at the beginning of a text.
const OPENING_CHARS: usize = 60;
/// A longer parenthesis at the beginning or end is part of the text.
const MAX_PARENTHESIS_BYTES: usize = 60;

/// Marks that end an agency credit, in the order they are tried.
const OPENING_ENDS: [&str; 10] =
    ["：", ":", "电 ", "电", "消息，", "讯 ", "讯，", "日电", "讯（", "讯("];
/// Words that tell an agency credit from the text.
const OPENING_WORDS: [&str; 11] = [
    "央视网消息",
    "中新网",
    "中新社",
    "新华社",
    "IT之家",
    "财联社",
    "消息",
    "本报",
    "记者",
    "日电",
    "讯",
];
/// The beginnings of what web sites append to a text.
const CLOSINGS: [&str; 9] = [
    "广告声明：",
    "相关阅读：",
    "更多阅读：",
    "（原标题：",
    "如遇作品内容、版权",
    "返回搜狐",
    "【编辑",
    "责任编辑：",
    "分享让更多人看到",
];
/// Marks texts whose headline runs into the first sentence; they are left out.
pub(super) const RUN_IN_HEADLINE: &str = "原标题";
/// Words that only sites and photographers write.
const NOISE: [&str; 7] = ["返回搜狐", "责任编辑", "广告", "http", "【编辑", "责编", "文末"];

/// Strips agency credits and site notices.
pub(super) fn without_agency(body: &str) -> &str {
    let text = without_opening(body.trim());
    let text = without_leading_parenthesis(text);
    let end = CLOSINGS.iter().filter_map(|closing| text.find(closing)).min();
    let text = end.map_or(text, |end| &text[..end]).trim_end();
    without_closing_parenthesis(text).trim()
}

fn without_opening(text: &str) -> &str {
    let end = text.char_indices().nth(OPENING_CHARS).map_or(text.len(), |(at, _)| at);
    let beginning = &text[..end];
    let opening = OPENING_ENDS.iter().find_map(|mark| {
        // What a parenthesis holds is stripped afterwards.
        let end = beginning.find(mark)? + mark.trim_end_matches(['（', '(']).len();
        OPENING_WORDS.iter().any(|word| beginning[..end].contains(word)).then_some(end)
    });
    opening.map_or(text, |end| {
        text[end..].trim_start_matches([' ', '　', '，', '：', ')', '）', '】'])
    })
}

fn without_leading_parenthesis(text: &str) -> &str {
    match text.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）'])) {
        Some((inside, rest)) if inside.len() < MAX_PARENTHESIS_BYTES => {
            rest.trim_start_matches([')', '）', ' '])
        }
        _ => text,
    }
}

fn without_closing_parenthesis(text: &str) -> &str {
    let closed = text.ends_with([')', '）', '】']);
    match text.rfind(['(', '（', '【']) {
        Some(at) if closed && text.len() - at < MAX_PARENTHESIS_BYTES => &text[..at],
        _ => text,
    }
}

/// Splits a text into sentences; stops inside quotation marks or parentheses do not count.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.split(['\n', '\r']) {
        let mut sentence = String::new();
        let mut depth = 0;
        for c in line.chars() {
            sentence.push(c);
            match c {
                '“' | '（' => depth += 1,
                '”' | '）' => depth -= 1,
                '。' | '！' | '？' if depth <= 0 => {
                    depth = 0;
                    if sentence.chars().count() >= MIN_SENTENCE_CHARS {
                        found.push(std::mem::take(&mut sentence).trim().to_owned());
                    }
                }
                _ => {}
            }
        }
        // A rest without a stop is a heading or a credit, unless there is nothing else.
        if found.is_empty() && sentence.trim().chars().count() >= MIN_SENTENCE_CHARS {
            found.push(sentence.trim().to_owned());
        }
    }
    found.retain(|sentence| !NOISE.iter().any(|word| sentence.contains(word)));
    found
}
