//! Whether an author stands under the headlines of a file.

use crate::split::learned::LineClass::{Byline, Credit, Name};
use crate::split::learned::{MAX_LINE, UnitForms};

/// Which units of a file an author is named behind.
pub(super) struct Authors {
    signed: Vec<bool>,
    /// Starts that are expected, and those of them with an author.
    starts: f32,
    signed_starts: f32,
}

impl Authors {
    /// `starts` are posteriors, one for each unit.
    pub fn of(forms: &UnitForms, starts: &[f32]) -> Self {
        let signed: Vec<bool> = (0..starts.len()).map(|unit| is_signed(forms, unit)).collect();
        let with = starts.iter().zip(&signed).filter(|(_, signed)| **signed);
        let signed_starts = with.map(|(start, _)| start).sum();
        Self { signed, starts: starts.iter().sum(), signed_starts }
    }

    /// Whether a unit is signed, and the share of the other starts that are; -1 where neither can be
    /// said.
    pub fn evidence(&self, unit: usize, starts: &[f32]) -> [f32; 2] {
        const MIN_OTHERS: f32 = 0.5;
        let signed = self.signed.get(unit).map_or(-1.0, |&signed| f32::from(u8::from(signed)));
        let own = starts.get(unit).copied().unwrap_or(0.0);
        let others = self.starts - own;
        let share = if others < MIN_OTHERS {
            -1.0
        } else {
            (self.signed_starts - own * signed.max(0.0)) / others
        };
        [signed, share]
    }
}

/// Whether one of the two units behind a short one names an author.
fn is_signed(forms: &UnitForms, unit: usize) -> bool {
    let names = |place: usize| {
        let class = forms.classes.get(place);
        class.is_some_and(|&class| [Byline, Name, Credit].iter().any(|&one| class == one as u32))
    };
    let is_short =
        |place: usize| forms.lengths.get(place).is_some_and(|&length| length <= MAX_LINE);
    is_short(unit) && (names(unit + 1) || (is_short(unit + 1) && names(unit + 2)))
}
