//! What needs a person's eye, in words.

use super::{article_warning, figure_problem, file_warning, number, unplaced_correction};
use crate::present::{About, Lang};

/// What a finding is about.
#[must_use]
pub fn about(lang: Lang, about: &About) -> String {
    match lang {
        Lang::En => about.to_string(),
        Lang::Zh => match about {
            About::FileWarning(warning) => file_warning(lang, warning),
            About::Contents(title) => title.clone(),
            About::Lines(lines) => format!("{} 行", number(*lines)),
            About::Article(name) => name.clone(),
            About::Cut(name, confidence) => format!("{confidence:.2} {name}"),
            About::Place { name, evidence, others } => {
                format!("{name}（{evidence}）：也可能是{}", others.join("、"))
            }
            About::Figure { row, why } => figure_problem(lang, row, why),
            About::ArticleWarning(name, warning) => {
                format!("{name}：{}", article_warning(lang, warning))
            }
            About::Correction(correction) => unplaced_correction(lang, correction),
            About::OtherKind => "类型不支持，没有读取".to_owned(),
        },
    }
}
