//! A file in units, with what is set aside before they are labelled.

use super::boilerplate;
use super::boilerplate::Boilerplate;
use super::contents;
use super::contents::Contents;
use super::place::{FilePlaces, PrintedUnits};
use super::unit;
use super::unit::Unit;
use crate::model::{LineRole, SourceText};

/// The lines of a file by what their form alone says of them.
pub(super) struct FileLayout {
    pub contents: Contents,
    pub boilerplate: Boilerplate,
    /// Everything else.
    pub units: Vec<Unit>,
    /// Where the lines stand on their pages.
    pub places: FilePlaces,
    /// How the units are printed.
    pub printed: PrintedUnits,
    /// The unit that is the only headline, if the file states one.
    pub only_headline: Option<usize>,
}

impl FileLayout {
    pub fn of(source: &SourceText) -> Self {
        if source.boilerplate.is_empty() {
            return Self::of_text(source);
        }
        let (text, kept) = source.without_boilerplate();
        let mut layout = Self::of_text(&text);
        for line in layout.units.iter_mut().flat_map(|unit| &mut unit.lines) {
            *line = kept[*line];
        }
        layout.boilerplate.weak = layout.boilerplate.weak.iter().map(|line| kept[*line]).collect();
        let roles = layout.boilerplate.roles.iter().map(|(line, role)| (kept[*line], *role));
        let around = source.boilerplate.iter().map(|line| (*line, LineRole::Boilerplate));
        layout.boilerplate.roles = roles.chain(around).collect();
        layout
    }

    /// The same of a file in which nothing stands around the text.
    fn of_text(source: &SourceText) -> Self {
        let places = FilePlaces::of(source);
        let contents = contents::find(source).unwrap_or_default();
        let listed = (!contents.lines.is_empty()).then(|| contents.lines.clone());
        let boilerplate = boilerplate::find(source, &places, listed.as_ref());
        let units = unit::units(source, &places, |index| boilerplate.roles.contains_key(&index));
        let only_headline = source.meta.headline.as_ref().and_then(|headline| {
            let same = |unit: &Unit| letters(&unit.text).eq(letters(headline));
            letters(headline).next().and_then(|_| units.iter().position(same))
        });
        let printed = PrintedUnits::of(&units, &places);
        Self { contents, boilerplate, units, places, printed, only_headline }
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}
