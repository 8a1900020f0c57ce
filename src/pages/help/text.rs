//! The query language as a text, for programs: the examples and sentences of the help page.

use std::fmt::Write as _;

use super::prose::{
    DAYS, FIELD_NAMES_HELP, FIGURES, HelpSentence, LIMITS, OPERATORS_IN_TEXT, PARTIAL, PLACES,
    RANKING, REPRINTS, SEVERAL_PLACES, WORDS, said,
};
use super::tables::{DATES, FIELDS, OPERATORS};
use crate::present::Lang;
use crate::query::{FIELD_NAMES, KIND_NAMES};

/// The query language in Markdown.
#[must_use]
pub fn help_text(lang: Lang) -> String {
    let mut text = format!("# {}\n", lang.of("检索语法", "Query language"));
    paragraph(&mut text, lang, &[WORDS]);
    table(&mut text, lang, OPERATORS);
    paragraph(&mut text, lang, &[OPERATORS_IN_TEXT]);
    heading(&mut text, lang.of("字段", "Fields"));
    paragraph(&mut text, lang, &[FIELD_NAMES_HELP]);
    text.push_str("`地区:(登封市 OR 新密市)`\n");
    table(&mut text, lang, FIELDS);
    let names = FIELD_NAMES.iter().map(|(_, names)| names.join(" = "));
    let all = lang.of("全部字段名：", "All field names: ");
    let _ = write!(text, "\n{all}{}\n", names.collect::<Vec<_>>().join("; "));
    let kinds = KIND_NAMES.iter().map(|(_, names)| names.join(" = "));
    let all = lang.of("类型：", "Kinds: ");
    let _ = write!(text, "\n{all}{}\n", kinds.collect::<Vec<_>>().join("; "));
    heading(&mut text, lang.of("日期", "Dates"));
    paragraph(&mut text, lang, &[DAYS]);
    table(&mut text, lang, DATES);
    heading(&mut text, lang.of("地区", "Districts"));
    paragraph(&mut text, lang, &[PLACES]);
    text.push_str("`地区:郑州高新区`\n");
    paragraph(&mut text, lang, &[SEVERAL_PLACES]);
    heading(&mut text, lang.of("指标", "Indicators"));
    paragraph(&mut text, lang, &[FIGURES]);
    text.push_str("`指标:地区生产总值>500亿元`\n");
    heading(&mut text, lang.of("结果与排序", "Results and ranking"));
    paragraph(&mut text, lang, &[PARTIAL, RANKING, REPRINTS]);
    heading(&mut text, lang.of("限制", "Limits"));
    paragraph(&mut text, lang, &[LIMITS]);
    text
}

fn heading(text: &mut String, words: &str) {
    let _ = write!(text, "\n## {words}\n");
}

fn paragraph(text: &mut String, lang: Lang, sentences: &[HelpSentence]) {
    for sentence in sentences {
        let _ = write!(text, "\n{}\n", said(lang, *sentence).trim_end());
    }
}

fn table(text: &mut String, lang: Lang, rows: &[(&str, &str, &str)]) {
    text.push('\n');
    for (typed, chinese, english) in rows {
        let _ = writeln!(text, "- `{typed}` {}", lang.of(*chinese, *english));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_has_every_example_and_every_field() {
        for lang in Lang::ALL {
            let text = help_text(lang);
            for (typed, ..) in OPERATORS.iter().chain(FIELDS).chain(DATES) {
                assert!(text.contains(&format!("- `{typed}` ")), "{typed}");
            }
            for name in FIELD_NAMES.iter().flat_map(|(_, names)| *names) {
                assert!(text.contains(name), "{name}");
            }
            assert!(text.contains(said(lang, LIMITS)));
        }
    }
}
