//! The frames of a unit: what it and its neighbours look like.

use super::forms::UnitForms;
use super::shares::{FRAMES, FrameShares, UnitFrame};
use crate::text::numerals;

/// Counts the units of a file; `starts` are posteriors, one for each unit.
pub(in crate::split) fn add_starts(shares: &mut FrameShares, forms: &UnitForms, starts: &[f32]) {
    for (unit, &start) in starts.iter().enumerate() {
        shares.add(&frames(forms, unit), start);
    }
}

/// The frames of a unit, one for each number.
pub(in crate::split) fn frames(forms: &UnitForms, unit: usize) -> [UnitFrame; FRAMES] {
    let place = unit.cast_signed();
    let class = |step: isize| forms.class(place + step);
    let length = |step: isize| {
        let at = usize::try_from(place + step).ok();
        at.and_then(|at| forms.lengths.get(at)).map_or(99, |&length| length.max(1).ilog2())
    };
    let before = unit.checked_sub(1);
    let end = before.and_then(|before| forms.last[before].as_slice().try_into().ok());
    let [c, d]: [u32; 2] = end.unwrap_or_default();
    let begin = before.and_then(|before| forms.first[before].as_slice().try_into().ok());
    let [e, f]: [u32; 2] = begin.unwrap_or_default();
    // A mark or a number; all letters are one.
    let first = forms.first[unit].first().copied().and_then(char::from_u32).unwrap_or(' ');
    let first = match first {
        _ if first.is_numeric() => '0',
        _ if first.is_alphabetic() => 'x',
        mark => mark,
    };
    let indent = |step: isize| {
        let at = usize::try_from(place + step).ok();
        at.and_then(|at| forms.indents.get(at)).map_or(9, |&indent| indent_class(indent))
    };
    let word = forms.first_words[unit];
    let norm = |place: usize| {
        let c = forms.first[unit].get(place).copied().and_then(char::from_u32);
        c.map_or(0, |c| {
            u32::from(if numerals::is_numeral(c) && c.is_alphanumeric() { '0' } else { c })
        })
    };
    let last = forms.last[unit].last().copied().unwrap_or(0);
    [
        (0, [class(0), 0, 0]),
        (1, [class(0), class(1), 0]),
        (2, [class(0), class(1), class(2)]),
        (3, [class(-1), class(0), 0]),
        (4, [class(-2), class(-1), class(0)]),
        (5, [c, d, 0]),
        (6, [u32::from(first), 0, 0]),
        (7, [last, class(0), 0]),
        (8, [length(0), length(1), class(1)]),
        (9, [forms.gaps[unit].min(9) as u32, class(0), 0]),
        (10, [e, f, 0]),
        (11, [indent(0), class(0), indent(1)]),
        (12, [norm(0), norm(1), 0]),
        (13, [word[0], word[1], 0]),
        (14, [forms.line_forms[unit], u32::from(forms.line_forms[unit] == 0) * class(0), 0]),
        (15, [forms.gap_ranks[unit], indent(0), indent(-1)]),
    ]
}

/// Blanks at the head of a line as classes from 0 to 5.
pub(super) fn indent_class(indent: usize) -> u32 {
    match indent {
        0..=2 => indent as u32,
        3..=4 => 3,
        5..=8 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceText;
    use crate::split::Habits;
    use crate::split::layout::FileLayout;

    #[test]
    fn lines_like_the_other_starts_have_higher_shares() {
        let titles = ["镇东的老水井修好了", "石桥也通了车了", "最后一条木帆船下水了", "山路铺平了"];
        let page = titles.join("\n\n来源：某某日报网站\n\n");
        let layout = FileLayout::of(&SourceText::from_text("page.txt", page));
        let forms = UnitForms::of(&layout.units, &Habits::default());
        let mut shares = FrameShares::default();
        add_starts(&mut shares, &forms, &[1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0]);
        // The last line was not taken for a start, but the lines like it were.
        let last = shares.of(&frames(&forms, 6), Some(0.0));
        let source = shares.of(&frames(&forms, 5), Some(0.0));
        assert!(last[0] > 0.5 && source[0] < -0.5, "{last:?} {source:?}");
        let nothing = FrameShares::default().of(&frames(&forms, 6), None);
        assert!(nothing.iter().all(|share| share.abs() < f32::EPSILON), "{nothing:?}");
    }
}
