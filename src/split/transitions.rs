//! Which label can follow which, and how readily: the scores that fitting starts from.

use super::labels::Label;
use super::labels::Label::{
    Body, BodyU, Byline, Caption, CaptionBody, CaptionCredit, Credit, CreditU, Docno, Head,
    HeadAfter, Lead, LeadU, Section, Subhead, SubheadU, Table, TableU,
};

/// Whether the transition from one label to another begins an article.
pub(super) fn begins(from: Option<Label>, to: Label) -> bool {
    match to {
        Label::Section | Label::LeadU | Label::Caption => true,
        Label::Head => !matches!(from, Some(Label::Head | Label::Docno)),
        Label::Docno => !matches!(from, Some(Label::Head | Label::Docno)),
        _ => false,
    }
}

/// The score of one label following another; `None` is the edge of the file. Minus infinity if the
/// transition is forbidden.
#[expect(clippy::match_same_arms, reason = "an arm says one thing, not one number")]
pub(super) fn transition_score(from: Option<Label>, to: Option<Label>) -> f32 {
    const NEVER: f32 = f32::NEG_INFINITY;
    let Some(from) = from else {
        return match to {
            Some(Section | Head | Docno) => 0.0,
            Some(LeadU | Caption) => -2.0,
            _ => NEVER,
        };
    };
    let Some(to) = to else {
        return match from {
            Head | Section | Docno => -4.0,
            Subhead => -3.0,
            SubheadU => -4.5,
            Caption | CaptionBody | Byline => NEVER,
            from if from.is_untitled() => -1.5,
            _ => 0.0,
        };
    };
    match (from, to) {
        (Section, Head) | (Docno, Lead | Head) | (Byline, Lead) => 0.0,
        (Head, Lead | Docno | Byline) => 0.0,
        (Section, Section | LeadU | Caption | Docno) => -1.0,
        (Head, Head) | (HeadAfter, HeadAfter) => -0.7,
        (Head, Section) => -3.0,
        (Head, Table) => -2.0,
        (Head, LeadU | Caption) => -8.0,
        (Docno, Docno | Byline) => -1.0,
        (Byline, Byline) => -0.5,
        (HeadAfter, Head | Section) => 0.0,
        (HeadAfter, LeadU) => -0.3,
        (HeadAfter, Caption | Docno | CreditU) => -1.0,
        (Caption | CaptionBody, CaptionCredit) => 0.0,
        (Caption | CaptionBody, CaptionBody) => -0.3,
        (CaptionCredit, Head) => 0.0,
        (CaptionCredit, Caption | Section) => -0.5,
        (CaptionCredit, LeadU | CaptionCredit | Docno) => -1.0,
        // A picture in the middle of an article.
        (CaptionCredit, Body | Subhead) => -2.0,
        (from, to) if from.is_inside() => inside(from, to),
        _ => NEVER,
    }
}

/// Transitions from inside an article: within it, or to the next one.
fn inside(from: Label, to: Label) -> f32 {
    let untitled = from.is_untitled();
    let plain = match from {
        LeadU => Lead,
        BodyU => Body,
        SubheadU => Subhead,
        TableU => Table,
        CreditU => Credit,
        other => other,
    };
    let within = |to: Label| match (plain, to) {
        (Credit, Body | Table) => -2.5,
        (Credit, Subhead) => -5.0,
        (Credit, Credit) => -0.3,
        (Subhead, Subhead) => -1.5,
        (Subhead, Credit) => -3.0,
        (_, Subhead) => -1.0,
        (_, Credit) => -0.5,
        _ => 0.0,
    };
    match to {
        Body | Subhead | Table | Credit if !untitled => within(to),
        BodyU if untitled => within(Body),
        SubheadU if untitled => within(Subhead),
        TableU if untitled => within(Table),
        CreditU if untitled => within(Credit),
        HeadAfter if untitled => {
            if plain == Subhead {
                -5.0
            } else {
                -1.0
            }
        }
        Section | Head | Docno | LeadU | Caption => {
            let begin = match to {
                LeadU => -2.5,
                Caption | Docno => -2.0,
                _ => -1.5,
            };
            // An article does not end with a heading, and seldom has no headline.
            let left = if plain == Subhead { -4.0 } else { 0.0 };
            begin + left + if untitled { -1.5 } else { 0.0 }
        }
        _ => f32::NEG_INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_that_began_without_a_headline_alone_can_have_it_behind_it() {
        assert!(transition_score(Some(LeadU), Some(HeadAfter)).is_finite());
        assert!(transition_score(Some(Lead), Some(HeadAfter)).is_infinite());
        assert!(transition_score(Some(Head), Some(Body)).is_infinite());
        assert!(transition_score(None, Some(Body)).is_infinite());
    }
}
