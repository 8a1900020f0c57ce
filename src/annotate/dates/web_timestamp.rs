//! Reads the timestamp line of articles on web pages: 2020-05-19 09:42 来源：… 浏览：….

use super::expression::DateExpression;
use super::resolve::ReferenceTime;
use super::scan::scan;
use crate::model::{Article, CivilDate};

/// The longest timestamp line, in bytes.
const MAX_LINE_BYTES: usize = 300;

/// Words that only a timestamp line has beside the day.
const BESIDE: &[&str] =
    &["来源", "來源", "时间", "時間", "浏览", "瀏覽", "阅读", "閱讀", "点击", "發布", "发布"];

/// The day on which the article was put on the web, from its credit lines or the first lines of its
/// body. Relative days in it (昨日, 9日) are counted from this day.
#[must_use]
pub fn timestamp_day(article: &Article) -> Option<CivilDate> {
    let credit = article.credit.as_deref().unwrap_or_default();
    credit.split('\n').chain(article.body.split('\n').take(2)).find_map(stamp)
}

fn stamp(line: &str) -> Option<CivilDate> {
    let line = line.trim();
    if line.len() > MAX_LINE_BYTES || line.contains(['。', '，', '；']) {
        return None;
    }
    let days = scan(line);
    let [day] = days.as_slice() else { return None };
    let stated = day.is_full_day() && day.from.is_none();
    (stated && is_stamp(line, day))
        .then(|| ReferenceTime::default().resolve(day, None))?
        .map(|resolved| resolved.last)
}

/// Whether a line has, beside the day, only an hour or words of a timestamp line, or ends in a day that is
/// written as programs write it, behind names: 丁一 河畔发布 2019-09-12.
fn is_stamp(line: &str, day: &DateExpression) -> bool {
    let hour = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ':' | '：');
    let before = line.get(..day.span.start).unwrap_or_default();
    let after = line.get(day.span.end..).unwrap_or_default();
    let with_hour =
        before.trim().is_empty() && after.contains([':', '：']) && after.chars().all(hour);
    let written = line.get(day.span.clone()).unwrap_or_default();
    let ends_in_day = after.trim().is_empty()
        && written.starts_with(|c: char| c.is_ascii_digit())
        && written.contains(['-', '/', '.'])
        && (before.is_empty() || before.ends_with(char::is_whitespace));
    with_hour
        || ends_in_day
        || line.starts_with("日期")
        || BESIDE.iter().any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(credit: &str, body: &str) -> Option<String> {
        let article =
            Article { credit: Some(credit.into()), body: body.into(), ..Article::default() };
        timestamp_day(&article).map(|day| day.to_string())
    }

    #[test]
    fn web_pages_stamp_their_articles_in_many_forms() {
        for line in [
            "2020-05-19 09:42　来源：南山网　浏览：32次",
            "发布时间：2020-05-19　作者：白小川",
            "2020/05/19 16:08:33",
            "2020年05月19日 16:08  来源:南山网",
            "时间：2020-05-19 10:15:07　阅读：7",
            "信息来源：南山网　2020.05.19",
            "日期：2020年5月19日",
            "白小川 南山发布 2020-05-19",
            "2020-05-19",
        ] {
            assert_eq!(day_of(line, "新桥通车。").as_deref(), Some("2020-05-19"), "{line}");
            assert_eq!(day_of("", &format!("{line}\n新桥通车。")).as_deref(), Some("2020-05-19"));
        }
    }

    #[test]
    fn a_day_in_a_sentence_or_under_a_text_is_no_stamp() {
        for line in [
            "2020年5月19日，新桥通车。",
            "南山区管委会 2020年5月19日",
            "白小川 摄",
            "摄于2020.5.19",
            "",
        ] {
            assert_eq!(day_of(line, line), None, "{line}");
        }
    }
}
