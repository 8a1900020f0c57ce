//! How likely it is that an item begins with a unit.

use super::labels::Label;

/// The posterior probabilities that an item begins with a unit, by what it begins with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StartPosterior {
    /// A headline or the number of a document.
    pub head: f32,
    pub section: f32,
    /// Text without a headline.
    pub text: f32,
    pub caption: f32,
}

impl StartPosterior {
    /// That anything begins.
    pub fn total(self) -> f32 {
        (self.head + self.section + self.text + self.caption).clamp(0.0, 1.0)
    }

    /// That of items that begin with a label.
    pub fn of_label(&mut self, label: Label) -> &mut f32 {
        match label {
            Label::Section => &mut self.section,
            Label::Caption => &mut self.caption,
            Label::LeadU => &mut self.text,
            _ => &mut self.head,
        }
    }
}
