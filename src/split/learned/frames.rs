//! What stands around the starts of items: where most lines after 信息来源：… are starts, one more such
//! line is likely to be one.
//!
//! A frame is a property of a unit and its neighbours; its share is how often items begin with the
//! units that have it, by the posteriors of a first pass, in the file and in its publication.

use std::collections::HashMap;

use super::forms::UnitForms;

/// Number of frames of a unit.
pub(in crate::split) const FRAMES: usize = 11;

/// A frame by its number, with its value.
type Frame = (usize, [u32; 3]);

/// How often items begin with units of each frame.
#[derive(Debug, Clone, Default)]
pub(in crate::split) struct FrameShares {
    by_frame: HashMap<Frame, Sum>,
    all: Sum,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    starts: f32,
    units: f32,
}

impl Sum {
    fn add(&mut self, start: f32) {
        self.starts += start;
        self.units += 1.0;
    }
}

impl FrameShares {
    /// Counts the units of a file; `starts` are posteriors, one for each unit.
    pub fn add(&mut self, forms: &UnitForms, starts: &[f32]) {
        for (unit, &start) in starts.iter().enumerate() {
            self.all.add(start);
            for frame in frames(forms, unit) {
                self.by_frame.entry(frame).or_default().add(start);
            }
        }
    }

    /// For each frame of a unit the share of starts among the units that have it, as log-odds beside
    /// those of all units: 0 where no unit has it. `counted` is the posterior of the unit itself, which
    /// is left aside, if it was counted.
    pub fn of(&self, forms: &UnitForms, unit: usize, counted: Option<f32>) -> [f32; FRAMES] {
        /// How many units the share of all units counts as.
        const PRIOR: f32 = 1.0;
        if self.all.units == 0.0 {
            return [0.0; FRAMES];
        }
        let odds = |share: f32| {
            let share = share.clamp(0.01, 0.99);
            (share / (1.0 - share)).ln()
        };
        let mean = self.all.starts / self.all.units;
        let (own, one) = counted.map_or((0.0, 0.0), |start| (start, 1.0));
        frames(forms, unit).map(|frame| {
            let sum = self.by_frame.get(&frame).copied().unwrap_or_default();
            let (starts, units) = ((sum.starts - own).max(0.0), (sum.units - one).max(0.0));
            odds((starts + PRIOR * mean) / (units + PRIOR)) - odds(mean)
        })
    }
}

fn frames(forms: &UnitForms, unit: usize) -> [Frame; FRAMES] {
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
    ]
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
        shares.add(&forms, &[1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0]);
        // The last line was not taken for a start, but the lines like it were.
        let last = shares.of(&forms, 6, Some(0.0));
        let source = shares.of(&forms, 5, Some(0.0));
        assert!(last[0] > 0.5 && source[0] < -0.5, "{last:?} {source:?}");
        let nothing = FrameShares::default().of(&forms, 6, None);
        assert!(nothing.iter().all(|share| share.abs() < f32::EPSILON), "{nothing:?}");
    }
}
