//! Joins paragraphs that the scan broke in mid-sentence.

use super::shape;

/// A fragment of an article's text.
pub(super) struct Fragment<'a> {
    pub text: &'a str,
    /// A heading or a table row: never joined with its neighbours.
    pub alone: bool,
}

/// Joins fragments to paragraphs, separated by `\n`.
pub(super) fn paragraphs(fragments: &[Fragment]) -> String {
    let mut body = String::new();
    let mut open = false;
    for fragment in fragments {
        let text = fragment.text;
        if text.is_empty() {
            continue;
        }
        let goes_on = open && !fragment.alone && continues(text);
        if goes_on {
            shape::append(&mut body, text);
        } else {
            if !body.is_empty() {
                body.push('\n');
            }
            body.push_str(text);
        }
        let paragraph = body.rsplit('\n').next().unwrap_or_default();
        open = !fragment.alone && is_open(paragraph, text);
    }
    body
}

/// Whether a paragraph that ends with this fragment stops in the middle of a sentence.
fn is_open(paragraph: &str, fragment: &str) -> bool {
    if fragment.ends_with(['、', '，', ',']) {
        return true;
    }
    let ended = shape::ends_sentence(fragment) || fragment.ends_with(['：', ':', '；', ';']);
    let clause = fragment.contains(['，', ',', '。', '、']) && shape::length(fragment) >= 8;
    // Lines of a list of names contain blanks.
    let line = shape::length(fragment) >= 15 && !fragment.contains([' ', '\u{3000}']);
    if !ended && (clause || line) {
        return true;
    }
    shape::breaks_off(fragment)
        || (shape::breaks_off(paragraph) && shape::length(paragraph) > shape::length(fragment))
}

/// Whether a fragment can continue a sentence: it has no number, label or bullet.
fn continues(text: &str) -> bool {
    !shape::numbered(text)
        && !shape::labelled(text)
        && !shape::date_line(text)
        && !shape::docno_line(text)
        && shape::opening(text).is_none()
        && !text.starts_with(['—', '▲', '●', '◆', '■', '★'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(texts: &[&str]) -> String {
        let fragments: Vec<_> = texts.iter().map(|text| Fragment { text, alone: false }).collect();
        paragraphs(&fragments)
    }

    #[test]
    fn a_sentence_that_a_column_broke_is_whole_again() {
        assert_eq!(
            joined(&[
                "入冬以后，镇上的水磨坊每天只开半天，磨出来的面先供应给河对岸的三所小",
                "学，余下的才卖。",
                "来年再修。"
            ]),
            "入冬以后，镇上的水磨坊每天只开半天，磨出来的面先供应给河对岸的三所小学，余下的才卖。\n来年再修。"
        );
    }

    #[test]
    fn lists_and_labelled_lines_stay_apart() {
        let lines = ["牵头单位：水利站", "配合单位：各村", "一、工作安排"];
        assert_eq!(joined(&lines), lines.join("\n"));
    }
}
