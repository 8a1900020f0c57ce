//! The articles that a file states itself.

use super::drafts::Drafts;
use super::rebuild;
use crate::model::{Cut, Reason, SourceText, SplitFile};
use crate::split::layout::FileLayout;

/// The name of the reason of a cut that a file states.
const RULE: &str = "given";

/// The file with the articles that it states, and no others. Roles of lines are those that the splitter gave
/// them as far as they fit.
pub(in crate::split) fn as_stated(source: &SourceText, split_file: SplitFile) -> SplitFile {
    let drafts = Drafts::of_stated(source, &split_file);
    let layout = FileLayout::of(source);
    let (mut made, _) = rebuild::rebuild(source, &layout, split_file, drafts);
    for (article, place) in made.articles.iter_mut().zip(0..) {
        let first = made.owners.iter().position(|owner| *owner == Some(place)).unwrap_or_default();
        let line = source.lines.get(first).map_or(0, |line| line.number);
        let evidence = source.line(first).trim().chars().take(24).collect();
        let reason = Reason { line, rule: RULE.to_owned(), evidence, weight: 1.0 };
        article.cut = Cut { confidence: 1.0, reasons: vec![reason] };
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LineRange, LineRole, StatedArticle};
    use crate::split::split;

    const PAGE: &str = "渡口日报\n老水井换了青石壁\n镇里的老水井今年重新淘了一遍，井壁换上青石，井台加了护栏。\n\
        木帆船进了展览馆\n船厂昨天把最后一条木帆船送进了展览馆，船身上的桐油还没有干透。\n\
        附近三十户人家又喝上了井水。\n供应上等桐油\n";

    #[test]
    fn articles_are_those_that_the_file_states() {
        let mut source = SourceText::from_text("page.xml", PAGE);
        source.stated = vec![
            StatedArticle { lines: vec![1, 2, 5], headline: vec![1] },
            StatedArticle { lines: vec![3, 4], headline: vec![] },
            StatedArticle { lines: vec![4, 99], headline: vec![99] },
        ];
        let made = split(&source);
        let shown: Vec<(Option<&str>, &[LineRange])> = made
            .articles
            .iter()
            .map(|article| (article.title.as_deref(), &article.lines[..]))
            .collect();
        let expected: [(Option<&str>, &[LineRange]); 2] = [
            (Some("老水井换了青石壁"), &[LineRange(2, 3), LineRange(6, 6)]),
            (Some("木帆船进了展览馆"), &[LineRange(4, 5)]),
        ];
        assert_eq!(shown, expected);
        assert!(made.articles[0].body.ends_with("附近三十户人家又喝上了井水。"));
        let cut = &made.articles[0].cut;
        assert_eq!((cut.confidence, cut.reasons[0].rule.as_str()), (1.0, "given"));
        assert_eq!(
            (cut.reasons[0].line, cut.reasons[0].evidence.as_str()),
            (2, "老水井换了青石壁")
        );
        assert!(made.owners[0].is_none() && made.owners[6].is_none());
        assert!(!made.roles[0].in_article() && !made.roles[6].in_article());
        assert!(made.roles.iter().all(|role| *role != LineRole::Blank));
    }
}
