//! What a person decides about the lines of a file, done to what the splitter made of it.
//!
//! `drafts` moves lines between articles and gives them roles; `rebuild` makes articles of those that
//! were touched, with the same code as the splitter (`parts`), and the sections that follow from
//! changed headings. All other articles stay as they are, byte for byte.

mod decision;
mod drafts;
mod rebuild;
mod stated;

pub use decision::{ArticleOrigin, LineDecision, LineProblem};

use drafts::Drafts;
pub(super) use stated::as_stated;

use super::layout::FileLayout;
use crate::model::{SourceText, SplitFile};

/// A file as it is after the decisions.
#[derive(Debug, Clone)]
pub struct Rearranged {
    /// The file; articles in the order of their first lines.
    pub split_file: SplitFile,
    /// For each article where it comes from.
    pub origins: Vec<ArticleOrigin>,
    /// For each decision whether it was done, in their order.
    pub done: Vec<Result<(), LineProblem>>,
}

/// Does what was decided, one after the other. What does not fit is left out and told.
///
/// Every line has one role after it, filled lines of articles one owner, and each article at least
/// one line.
#[must_use]
pub fn rearrange(
    source: &SourceText,
    split_file: SplitFile,
    decisions: &[LineDecision],
) -> Rearranged {
    let mut drafts = Drafts::of(source, &split_file);
    let done: Vec<Result<(), LineProblem>> =
        decisions.iter().map(|decision| drafts.decide(decision)).collect();
    if done.iter().all(Result::is_err) {
        let origins = (0..split_file.articles.len() as u32)
            .map(|article| ArticleOrigin { continues: Some(article), ..ArticleOrigin::default() });
        return Rearranged { origins: origins.collect(), split_file, done };
    }
    let layout = FileLayout::of(source);
    let (split_file, origins) = rebuild::rebuild(source, &layout, split_file, drafts);
    Rearranged { split_file, origins, done }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LineRange, LineRole};
    use crate::split::split;

    const WELL: &str = "镇里的老水井今年重新淘了一遍，井壁换上青石，井台加了护栏，附近三十户人家又喝上了井水。淘井的师傅说，这口井少说也有两百年。";
    const SHIP: &str = "船厂昨天把最后一条木帆船送进了展览馆，船身上的桐油还没有干透。掌墨师傅站在船头，舍不得下来，说往后再也造不出这样的船了。";

    /// Title and lines of each article after the decisions, from which old one it comes, and which
    /// ones it absorbed.
    fn after(page: &str, decisions: &[LineDecision]) -> Vec<String> {
        let source = SourceText::from_text("page.txt", page);
        let made = rearrange(&source, split(&source), decisions);
        assert!(made.done.iter().all(Result::is_ok), "{:?}", made.done);
        let articles = made.split_file.articles.iter().zip(&made.origins);
        let shown = articles.map(|(article, origin)| {
            let ranges = article.lines.iter().map(|LineRange(a, b)| format!("{a}-{b}"));
            let lines = ranges.collect::<Vec<_>>().join(",");
            let title = article.title.as_deref().unwrap_or("·");
            let from = origin.continues.map_or("new".to_owned(), |old| old.to_string());
            let absorbed = origin.absorbed.iter().map(|old| format!(" +{old}"));
            format!("{title} {lines} {from}{}", absorbed.collect::<String>())
        });
        shown.collect()
    }

    fn two() -> String {
        format!(
            "老水井换了青石壁\n本报讯（记者 甘棠）{WELL}\n木帆船进了展览馆\n本报讯（记者 甘棠）{SHIP}\n"
        )
    }

    #[test]
    fn what_is_cut_off_has_a_headline_and_the_article_above_goes_on_as_it_was() {
        let joined = LineDecision::Joins { line: 2, to: None };
        assert_eq!(after(&two(), std::slice::from_ref(&joined)), ["老水井换了青石壁 1-4 0 +1"]);
        let parted = LineDecision::Begins { line: 2 };
        assert_eq!(
            after(&two(), &[joined, parted]),
            ["老水井换了青石壁 1-2 0", "木帆船进了展览馆 3-4 new +1"]
        );
    }

    #[test]
    fn what_is_joined_has_its_headline_within() {
        let source = SourceText::from_text("page.txt", two());
        let joined = LineDecision::Joins { line: 2, to: Some(0) };
        let made = rearrange(&source, split(&source), &[joined]);
        let [article] = made.split_file.articles.as_slice() else { panic!("{made:?}") };
        assert_eq!(made.split_file.roles[2], LineRole::Subheading);
        assert!(article.body.contains("\n木帆船进了展览馆\n"), "{}", article.body);
        assert!(article.cut.reasons.iter().all(|reason| reason.rule != "decided"));
    }

    #[test]
    fn an_article_whose_first_line_became_a_banner_is_joined_to_all_the_same() {
        let banner = LineDecision::Are { lines: vec![0], role: LineRole::Banner, to: None };
        let joined = LineDecision::Joins { line: 2, to: Some(0) };
        assert_eq!(after(&two(), &[banner, joined]), ["· 2-4 0 +1"]);
    }

    #[test]
    fn lines_of_an_advertisement_leave_their_article_and_a_banner_stands_over_what_follows() {
        let page = format!("{}供应上等桐油\n电话三〇五\n", two());
        let are =
            |lines: &[usize], role| LineDecision::Are { lines: lines.to_vec(), role, to: None };
        let source = SourceText::from_text("page.txt", page);
        let decisions = [are(&[4, 5], LineRole::Advertisement), are(&[2], LineRole::Banner)];
        let made = rearrange(&source, split(&source), &decisions).split_file;
        assert_eq!(made.roles[4..], [LineRole::Advertisement; 2]);
        let ship = &made.articles[1];
        assert_eq!(ship.lines, [LineRange(4, 4)]);
        assert_eq!(
            (ship.title.as_deref(), ship.section.as_deref()),
            (None, Some("木帆船进了展览馆"))
        );
    }

    #[test]
    fn pieces_are_read_in_the_order_that_a_person_gave_them() {
        let (half, rest) = WELL.split_at("镇里的老水井今年重新淘了一遍，".len());
        let page = format!("老水井换了青石壁\n{rest}\n{half}\n");
        let source = SourceText::from_text("page.txt", page);
        let pieces = LineDecision::Pieces { lines: vec![0, 2, 1] };
        let made = rearrange(&source, split(&source), &[pieces]).split_file;
        assert_eq!(made.articles[0].body, WELL);
        assert_eq!(made.articles[0].lines, [LineRange(1, 3)]);
    }

    #[test]
    fn a_line_outside_can_be_the_headline_of_what_stands_below() {
        let source = SourceText::from_text("page.txt", two());
        let outside = LineDecision::Are { lines: vec![2], role: LineRole::Stray, to: None };
        let begins = LineDecision::Begins { line: 2 };
        let made = rearrange(&source, split(&source), &[outside, begins]);
        let ship = &made.split_file.articles[1];
        assert_eq!(ship.title.as_deref(), Some("木帆船进了展览馆"));
        assert_eq!(made.origins[1].continues, Some(1));
        assert!((ship.cut.confidence - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn what_does_not_fit_is_told_and_changes_nothing() {
        let source = SourceText::from_text("page.txt", two());
        let before = split(&source);
        let decisions = [
            LineDecision::Begins { line: 9 },
            LineDecision::Joins { line: 0, to: None },
            LineDecision::Are { lines: vec![1], role: LineRole::Blank, to: None },
            LineDecision::Pieces { lines: vec![] },
        ];
        let made = rearrange(&source, before.clone(), &decisions);
        let problems = [
            LineProblem::NoLine,
            LineProblem::NothingBefore,
            LineProblem::NoRole,
            LineProblem::NoLine,
        ];
        assert_eq!(made.done, problems.map(Err));
        assert_eq!(format!("{:?}", made.split_file), format!("{before:?}"));
    }
}
