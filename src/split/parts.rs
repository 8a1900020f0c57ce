//! Lines with roles → the parts of an article: headline, 文号, outlet, body, credit, kind.
//!
//! Whoever decided on the roles, the splitter or a person, the same lines give the same parts.

use super::body;
use super::body::Fragment;
use super::kinds;
use super::shape;
use crate::model::{Article, Kind, LineRole, Reason};

/// A paragraph or a line of a headline, with the role of its lines.
pub(super) struct RoledUnit<'a> {
    pub text: &'a str,
    pub role: LineRole,
}

/// What the units of an article are read with.
pub(super) struct PartsContext {
    /// Whether articles of the file begin with the outlet in brackets.
    pub outlets: bool,
    /// Whether it is a picture with its caption.
    pub is_photo: bool,
    /// The number of the line that its reasons name.
    pub line: u32,
}

/// Fills in the parts of an article from its units in the order of reading, and adds the words that
/// make it a notice to its reasons.
pub(super) fn fill(article: &mut Article, units: &[RoledUnit], context: &PartsContext) {
    let of_roles = |roles: &[LineRole]| -> Vec<&str> {
        let chosen = units.iter().filter(|unit| roles.contains(&unit.role));
        chosen.map(|unit| unit.text).collect()
    };
    let headline = |roles: &[LineRole]| {
        let lines: Vec<&str> = of_roles(roles).into_iter().map(shape::unmarked).collect();
        (!lines.is_empty()).then(|| lines.join(" "))
    };
    article.kicker = headline(&[LineRole::Kicker]);
    article.title = headline(&[LineRole::Title, LineRole::Subtitle]);
    let numbers: Vec<&str> = of_roles(&[LineRole::Docno])
        .into_iter()
        .map(|text| text.trim_matches(['（', '）', ' ']))
        .collect();
    article.docno = (!numbers.is_empty()).then(|| numbers.join(" "));
    let opening = fill_text(article, units, context.outlets);
    article.kind = if context.is_photo {
        Kind::Photo
    } else {
        kinds::kind(
            article.title.as_deref(),
            article.outlet.as_deref(),
            article.docno.as_deref(),
            opening,
            &article.body,
        )
    };
    let texts: Vec<&str> = units.iter().map(|unit| unit.text).collect();
    weigh_notice(article, &texts, context.line);
}

/// Fills in outlet, body and credit. Returns the first text of the body.
fn fill_text<'a>(article: &mut Article, units: &[RoledUnit<'a>], outlets: bool) -> &'a str {
    use LineRole::{Body, Credit, Subheading, Table};
    let is_text = |unit: &RoledUnit| matches!(unit.role, Body | Subheading | Table);
    let last = units.iter().rposition(is_text);
    let mut fragments: Vec<Fragment> = Vec::new();
    let mut credit: Vec<&str> = Vec::new();
    article.outlet = None;
    for (place, unit) in units.iter().enumerate() {
        let mut text = unit.text;
        if unit.role == Credit {
            credit.push(text);
            if article.outlet.is_none() {
                let taken = shape::taken_from(text).map(|(_, outlet)| outlet);
                article.outlet = shape::source_name(text).or(taken).map(str::to_owned);
            }
        }
        if !is_text(unit) {
            continue;
        }
        let bracketed = || shape::bracketed(text).filter(|_| outlets);
        if fragments.is_empty()
            && let Some((outlet, end)) = shape::outlet(text).or_else(bracketed)
        {
            article.outlet = Some(outlet.to_owned());
            text = text[end..].trim_start();
        }
        // （据《某报》） after the last sentence. If the outlet is known already, the words stay.
        if Some(place) == last
            && article.outlet.is_none()
            && let Some((rest, outlet)) = shape::taken_from(text)
        {
            article.outlet = Some(outlet.to_owned());
            text = rest;
        }
        let alone = matches!(unit.role, Subheading | Table);
        fragments.push(Fragment { text: if alone { shape::unmarked(text) } else { text }, alone });
    }
    article.body = body::paragraphs(&fragments);
    article.credit = (!credit.is_empty()).then(|| credit.join("\n"));
    let filled = fragments.iter().find(|fragment| !fragment.text.is_empty());
    filled.map_or("", |fragment| fragment.text)
}

/// Makes a notice of news that reads like one, and news of what only has the headline of a notice. The
/// words of notices are among the reasons, with a weight below 0 if the rest speaks against them.
fn weigh_notice(article: &mut Article, texts: &[&str], line: u32) {
    let Some((kind, weight)) = kinds::weigh_notice(article.kind, texts) else { return };
    article.kind = kind;
    article.cut.reasons.push(Reason {
        line,
        rule: kinds::RULE.to_owned(),
        evidence: kinds::notice_words(texts).join(" "),
        weight: (weight * 100.0).round() / 100.0,
    });
}
