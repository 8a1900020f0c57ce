//! News, document, profile or notice, by set phrases in the parts of an article.

use crate::model::Kind;
use crate::split::shape;

/// The kind of an article that is not a caption. `first` is the first paragraph without its outlet,
/// `body` the whole text.
pub(in crate::split) fn kind(
    title: Option<&str>,
    outlet: Option<&str>,
    docno: Option<&str>,
    first: &str,
    body: &str,
) -> Kind {
    if docno.is_some() {
        return Kind::Document;
    }
    let title = title.unwrap_or_default();
    let bare: String = title.split_whitespace().collect();
    if (shape::organisation(&bare) || is_person(&bare)) && shape::profile_head(first) {
        return Kind::Profile;
    }
    if outlet.is_some() {
        return Kind::News;
    }
    let dateline = matches!(shape::opening(first), Some((shape::Opening::Dateline, _)));
    let addressed = matches!(shape::opening(first), Some((shape::Opening::Addressee, _)));
    let signed = body.lines().rev().take(3).any(shape::date_line);
    let articles = body
        .lines()
        .filter(|line| line.starts_with("第一条") || line.starts_with("第二条"))
        .count()
        == 2;
    if !dateline
        && shape::document_title(&bare)
        && (addressed || articles || (signed && !shape::notice_title(&bare)))
    {
        return Kind::Document;
    }
    if !dateline && shape::notice_title(&bare) {
        return Kind::Notice;
    }
    Kind::News
}

fn is_person(title: &str) -> bool {
    (2..=4).contains(&title.chars().count()) && shape::names_line(&format!("（{title}）"))
}
