//! What stands around the starts of a file: where most lines after 信息来源：… are starts, one more such
//! line is likely to be one.
//!
//! A frame is a property of a unit and its neighbours; its share is how often items begin with the
//! other units of the file that have it, by the posteriors of a first pass.

use std::collections::HashMap;

use crate::split::learned::UnitForms;

/// Number of frames of a unit.
pub(super) const FRAMES: usize = 10;

/// A frame by its number, with its value.
type Frame = (usize, [u32; 3]);

/// How often items begin with units of each frame.
pub(super) struct FrameShares {
    by_frame: HashMap<Frame, Sum>,
    /// The share of all units.
    mean: f32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    starts: f32,
    units: f32,
}

impl FrameShares {
    /// `starts` are posteriors, one for each unit.
    pub fn new(forms: &UnitForms, starts: &[f32]) -> Self {
        let mut by_frame: HashMap<Frame, Sum> = HashMap::new();
        for (unit, &start) in starts.iter().enumerate() {
            for frame in frames(forms, unit) {
                let sum = by_frame.entry(frame).or_default();
                sum.starts += start;
                sum.units += 1.0;
            }
        }
        let mean = starts.iter().sum::<f32>() / starts.len().max(1) as f32;
        Self { by_frame, mean }
    }

    /// For each frame of a unit the share of starts among the other units that have it, as log-odds
    /// beside those of all units: 0 where no other unit has it.
    pub fn of(&self, forms: &UnitForms, unit: usize, start: f32) -> [f32; FRAMES] {
        /// How many units the share of all units counts as.
        const PRIOR: f32 = 1.0;
        let odds = |share: f32| {
            let share = share.clamp(0.01, 0.99);
            (share / (1.0 - share)).ln()
        };
        frames(forms, unit).map(|frame| {
            let all = self.by_frame.get(&frame).copied().unwrap_or_default();
            let (starts, units) = ((all.starts - start).max(0.0), (all.units - 1.0).max(0.0));
            odds((starts + PRIOR * self.mean) / (units + PRIOR)) - odds(self.mean)
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
    let first = forms.first[unit].first().copied().unwrap_or(0);
    let last = forms.last[unit].last().copied().unwrap_or(0);
    [
        (0, [class(0), 0, 0]),
        (1, [class(0), class(1), 0]),
        (2, [class(0), class(1), class(2)]),
        (3, [class(-1), class(0), 0]),
        (4, [class(-2), class(-1), class(0)]),
        (5, [c, d, 0]),
        (6, [first, 0, 0]),
        (7, [last, class(0), 0]),
        (8, [length(0), length(1), class(1)]),
        (9, [forms.gaps[unit].min(9) as u32, class(0), 0]),
    ]
}
