//! What stands around the starts of items: where most lines after 信息来源：… are starts, one more such
//! line is likely to be one.
//!
//! A frame is a property of a unit and its neighbours; its share is how often items begin with the
//! units that have it, by the posteriors of a first pass, in the file and in its publication.

use std::collections::HashMap;

/// Number of frames of a unit.
pub(in crate::split) const FRAMES: usize = 16;

/// A frame by its number, with its value.
pub(in crate::split) type UnitFrame = (usize, [u32; 3]);

/// How often items begin with units of each frame.
#[derive(Debug, Clone, Default)]
pub(in crate::split) struct FrameShares {
    by_frame: HashMap<UnitFrame, Sum>,
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
    /// Counts a unit with the posterior of a start.
    pub fn add(&mut self, frames: &[UnitFrame; FRAMES], start: f32) {
        self.all.add(start);
        for &frame in frames {
            self.by_frame.entry(frame).or_default().add(start);
        }
    }

    /// For each frame of a unit the share of starts among the units that have it, as log-odds beside
    /// those of all units: 0 where no unit has it. `counted` is the posterior of the unit itself, which
    /// is left aside, if it was counted.
    pub fn of(&self, frames: &[UnitFrame; FRAMES], counted: Option<f32>) -> [f32; FRAMES] {
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
        std::array::from_fn(|number| {
            let sum = self.by_frame.get(&frames[number]).copied().unwrap_or_default();
            let (starts, units) = ((sum.starts - own).max(0.0), (sum.units - one).max(0.0));
            odds((starts + PRIOR * mean) / (units + PRIOR)) - odds(mean)
        })
    }
}
