//! What a file sets over the pictures of a page: its text, a layer of text that somebody recognised, or marks.
//!
//! A layer that was recognised lies on the letters of the picture; a watermark, an address or the name of a
//! program lies anywhere, and says the same again. So what is set is compared with what is seen.

use std::collections::{HashMap, HashSet};

use super::layout::{Frame, PlacedGlyph, PrintedPage, Rule, Sheet, printed_page};
use crate::recognise::{Lettering, Raster, lettering};

/// The part of a page that pictures cover if it can be one itself; and if nothing else tells that it is.
const MIN_COVERED: f32 = 0.4;
const MIN_COVERED_ALONE: f32 = 0.7;

/// The part of it that glyphs take at most which are shown beside: a number, a stamp, a note of who copied it.
/// Lines of text take a quarter.
const MAX_SET: f32 = 0.03;

/// A page that glyphs take this part of has its text: it is not compared with the picture, which takes a while.
const MIN_DENSE: f32 = 0.2;

/// The part of the letters of a picture that a layer lies on if it is its text, if nothing is missing, and if it
/// is more than marks that happen to lie on some.
const MIN_TEXT: f32 = 0.5;
const MIN_WHOLE: f32 = 0.8;
const MIN_PART: f32 = 0.2;

/// Pieces of lettering that tell anything.
const MIN_PIECES: usize = 20;

/// Where the picture does not tell: glyphs that are not shown are a layer if there are so many, and they take so
/// much of the page; and such a layer, unless it lacks something, takes that.
const MIN_LAYER: usize = 50;
const MIN_LAYER_SET: f32 = 0.03;
const MIN_WHOLE_SET: f32 = 0.06;

/// Glyphs of a string that is a mark where it stands on the page again, or on the page beside.
const MIN_REPEATED: usize = 4;

/// Marks are not so much larger than the letters of the page; headlines are.
const MAX_MARK: f32 = 1.8;

/// Dots on the longer side of a page where what is set on it is compared with it.
pub(super) const COMPARED_SIDE: f32 = 1_600.0;

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageForm {
    /// One whose text the file sets.
    Text,
    /// A picture with a layer of text that is not shown and does not lie on all of its letters.
    Sparse,
    /// A picture with hardly any text.
    Picture,
}

/// What a page is, and which of its glyphs are marks.
#[derive(Debug)]
pub(super) struct Overlay {
    pub(super) form: PageForm,
    pub(super) is_mark: Vec<bool>,
}

impl Overlay {
    /// A page without marks whose text the file sets.
    pub(super) fn of_text() -> Self {
        Self { form: PageForm::Text, is_mark: Vec::new() }
    }

    /// A picture with nothing over it.
    pub(super) fn of_picture() -> Self {
        Self { form: PageForm::Picture, is_mark: Vec::new() }
    }

    /// The lines of the page, those of marks apart. These are `glyphs` in the order in which they were judged.
    pub(super) fn printed(
        self,
        number: u32,
        sheet: Sheet,
        glyphs: Vec<PlacedGlyph>,
        rules: &[Rule],
    ) -> PrintedPage {
        let mut is_mark = self.is_mark.into_iter();
        let (marks, text): (Vec<_>, Vec<_>) =
            glyphs.into_iter().partition(|_| is_mark.next().unwrap_or_default());
        let mut page = printed_page(number, sheet, text, rules);
        let marks = printed_page(number, sheet, marks, &[]).blocks;
        page.marks = marks.into_iter().flat_map(|block| block.lines).collect();
        page.marks.iter_mut().for_each(|line| line.is_running = true);
        page
    }
}

/// A glyph and where it stands, roughly.
pub(super) type GlyphSpot = (String, i32, i32);

/// A page with what is set and shown on it.
pub(super) struct SetPage<'p> {
    pub(super) glyphs: &'p [PlacedGlyph],
    pub(super) pictures: &'p [Frame],
    pub(super) sheet: Sheet,
}

/// Looks at the pages of a file, one after the other.
#[derive(Debug, Default)]
pub(super) struct Overlays {
    /// What the last page sets, if pictures cover much of it.
    before: HashSet<GlyphSpot>,
}

impl Overlays {
    /// What a page is, beside the last one, or the next one if that has told nothing.
    pub(super) fn next(
        &mut self,
        page: &SetPage<'_>,
        on_next: impl FnOnce() -> HashSet<GlyphSpot>,
        raster: impl FnOnce() -> Option<Raster>,
    ) -> Overlay {
        let Some(on_pictures) = page.on_pictures() else {
            self.before.clear();
            return Overlay::of_text();
        };
        let before = std::mem::replace(&mut self.before, page.set_glyphs());
        let on_other = if before.is_empty() { on_next() } else { before };
        page.overlay(&on_pictures, &on_other, raster)
    }
}

/// What a page is whose glyphs are set over pictures, as far as that tells.
struct InkComparison {
    form: PageForm,
    /// Whether all glyphs that are not shown are marks, and those that are shown and smaller than this.
    is_hidden_mark: bool,
    shown_marks: f32,
}

impl InkComparison {
    const fn of(form: PageForm) -> Self {
        Self { form, is_hidden_mark: false, shown_marks: 0.0 }
    }
}

impl SetPage<'_> {
    /// Whether its pictures show nearly all that is seen of it.
    pub(super) fn is_pictures(&self) -> bool {
        let shown = self.printed().filter(|(_, glyph)| !glyph.is_hidden);
        let shown: f32 = shown.map(|(_, glyph)| area(&glyph.frame)).sum();
        let is_covered = self.on_pictures().is_some();
        is_covered && shown <= MAX_SET * self.sheet.width * self.sheet.height
    }

    /// Its glyphs with their places.
    pub(super) fn set_glyphs(&self) -> HashSet<GlyphSpot> {
        self.printed().map(|(_, glyph)| set_glyph(glyph)).collect()
    }

    /// What the page is. On the page beside stands `on_other`: marks stand at the same place there; `raster`
    /// draws the page, if that is needed and can be done.
    fn overlay(
        &self,
        on_pictures: &CoveredCells,
        on_other: &HashSet<GlyphSpot>,
        raster: impl FnOnce() -> Option<Raster>,
    ) -> Overlay {
        let mut is_mark = vec![false; self.glyphs.len()];
        let is_there = |glyph: &PlacedGlyph| on_other.contains(&set_glyph(glyph));
        let mut at = 0;
        for string in self.glyphs.chunk_by(|one, next| is_there(one) == is_there(next)) {
            // Single characters stand at the same place by chance.
            is_mark[at..at + string.len()]
                .fill(string.len() >= MIN_REPEATED && is_there(&string[0]));
            at += string.len();
        }
        let again = self.repeated();
        let compared = self.compared(on_pictures.part(), &is_mark, &again, raster);
        let is_picture = compared.form == PageForm::Picture;
        let mut last = false;
        for (index, glyph) in self.glyphs.iter().enumerate() {
            // What is shown beside the pictures is no mark on them.
            let is_small = glyph.size < compared.shown_marks && on_pictures.has(&glyph.frame);
            let is_by_ink = if glyph.is_hidden { compared.is_hidden_mark } else { is_small };
            // A blank goes with what it stands behind.
            let is_blank = glyph.text.trim().is_empty();
            last = if is_blank { last } else { is_mark[index] || again[index] || is_by_ink };
            is_mark[index] = is_picture && last;
        }
        Overlay { form: compared.form, is_mark }
    }

    fn compared(
        &self,
        covered: f32,
        on_other: &[bool],
        again: &[bool],
        raster: impl FnOnce() -> Option<Raster>,
    ) -> InkComparison {
        let page = self.sheet.width * self.sheet.height;
        let is_known_mark = |index: usize| on_other[index] || again[index];
        let (mut hidden, mut hidden_area, mut shown_area, mut text_area) = (0, 0.0, 0.0, 0.0);
        for (index, glyph) in self.printed() {
            let part = area(&glyph.frame) / page;
            shown_area += if glyph.is_hidden { 0.0 } else { part };
            if !is_known_mark(index) {
                text_area += part;
                hidden_area += if glyph.is_hidden { part } else { 0.0 };
                hidden += usize::from(glyph.is_hidden);
            }
        }
        if text_area >= MIN_DENSE {
            return InkComparison::of(PageForm::Text);
        }
        let by_extent = || by_extent(covered, shown_area, hidden, hidden_area);
        let Some(raster) = raster() else { return by_extent() };
        let seen = SeenLetters::of(&lettering(&raster), &raster);
        let cells = |is_wanted: &dyn Fn(usize, &PlacedGlyph) -> bool| {
            let wanted = self.printed().filter(|(index, glyph)| is_wanted(*index, glyph));
            CoveredCells::of(wanted.map(|(_, glyph)| around(glyph)), &self.sheet)
        };
        let own = seen.without(&cells(&|_, glyph| !glyph.is_hidden));
        if own.pieces.len() < MIN_PIECES {
            return by_extent();
        }
        let is_text_shown = shown_area > MAX_SET;
        let part = if is_text_shown {
            let marks = cells(&|index, glyph| !glyph.is_hidden && is_known_mark(index));
            seen.without(&marks).part_in(&cells(&|index, _| !is_known_mark(index)))
        } else {
            own.part_in(&cells(&|index, glyph| glyph.is_hidden && !on_other[index]))
        };
        let form = match () {
            () if part < MIN_TEXT => PageForm::Picture,
            () if part < MIN_WHOLE && hidden > 0 => PageForm::Sparse,
            () => PageForm::Text,
        };
        let is_hidden_mark = part < MIN_PART;
        let are_marks = is_hidden_mark || !is_text_shown;
        let shown_marks = if are_marks { seen.height * MAX_MARK } else { 0.0 };
        InkComparison { form, is_hidden_mark, shown_marks }
    }

    /// The glyphs that are no blanks, with their numbers.
    fn printed(&self) -> impl Iterator<Item = (usize, &PlacedGlyph)> {
        let all = self.glyphs.iter().enumerate();
        all.filter(|(_, glyph)| !glyph.text.trim().is_empty())
    }

    /// Whether each glyph is of a run that stands on the page more than once.
    fn repeated(&self) -> Vec<bool> {
        let runs = || self.glyphs.chunk_by(|one, next| one.run == next.run);
        let text = |run: &[PlacedGlyph]| -> Option<String> {
            let text: String = run.iter().flat_map(|glyph| glyph.text.trim().chars()).collect();
            (text.chars().count() >= MIN_REPEATED).then_some(text)
        };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for text in runs().filter_map(text) {
            *counts.entry(text).or_default() += 1;
        }
        let is_again = |run: &[PlacedGlyph]| text(run).is_some_and(|text| counts[&text] > 1);
        runs().flat_map(|run| vec![is_again(run); run.len()]).collect()
    }

    /// What its pictures take, if that is enough: scans can be cut into strips.
    fn on_pictures(&self) -> Option<CoveredCells> {
        if self.pictures.is_empty() {
            return None;
        }
        let cells = CoveredCells::of(self.pictures.iter().copied(), &self.sheet);
        (cells.part() >= MIN_COVERED).then_some(cells)
    }
}

/// What a page is by how much of it glyphs take, where the picture cannot be drawn or has no letters.
fn by_extent(covered: f32, shown_area: f32, hidden: usize, hidden_area: f32) -> InkComparison {
    let form = match () {
        () if covered < MIN_COVERED_ALONE || shown_area > MAX_SET => PageForm::Text,
        () if hidden < MIN_LAYER || hidden_area <= MIN_LAYER_SET => PageForm::Picture,
        () if hidden_area < MIN_WHOLE_SET => PageForm::Sparse,
        () => PageForm::Text,
    };
    InkComparison { is_hidden_mark: true, ..InkComparison::of(form) }
}

fn set_glyph(glyph: &PlacedGlyph) -> GlyphSpot {
    // In hundredths of the page.
    let place = |at: f32| (at / 10.0).round() as i32;
    (glyph.text.clone(), place(glyph.frame.left), place(glyph.frame.top))
}

fn area(frame: &Frame) -> f32 {
    (frame.right - frame.left) * (frame.bottom - frame.top)
}

/// The letters that are seen on a page, in thousandths of its longer side.
struct SeenLetters {
    height: f32,
    pieces: Vec<Frame>,
}

impl SeenLetters {
    fn of(lettering: &Lettering, raster: &Raster) -> Self {
        let scale = 1000.0 / raster.width().max(raster.height()) as f32;
        let frame = |piece: &[u32; 4]| {
            let [left, top, right, bottom] = piece.map(|at| at as f32 * scale);
            Frame { left, top, right, bottom }
        };
        let pieces = lettering.pieces.iter().map(frame).collect();
        Self { height: lettering.height * scale, pieces }
    }

    /// Those that do not lie in these cells.
    fn without(&self, cells: &CoveredCells) -> Self {
        let pieces = self.pieces.iter().filter(|piece| !cells.has(piece)).copied().collect();
        Self { height: self.height, pieces }
    }

    /// The part of them, by their area, that lies in these cells.
    fn part_in(&self, cells: &CoveredCells) -> f32 {
        let all: f32 = self.pieces.iter().map(area).sum();
        let within: f32 = self.pieces.iter().filter(|piece| cells.has(piece)).map(area).sum();
        if all > 0.0 { within / all } else { 0.0 }
    }
}

/// How much more than its box a glyph takes on each side, in sizes of its type: what was recognised does not
/// stand exactly where it was seen.
const MARGIN: f32 = 0.15;

fn around(glyph: &PlacedGlyph) -> Frame {
    let (frame, margin) = (glyph.frame, glyph.size * MARGIN);
    Frame {
        left: frame.left - margin,
        top: frame.top - margin,
        right: frame.right + margin,
        bottom: frame.bottom + margin,
    }
}

/// Which cells of a page rectangles take, of a thousandth of its longer side each.
struct CoveredCells {
    width: usize,
    cells: Vec<bool>,
}

impl CoveredCells {
    fn of(frames: impl Iterator<Item = Frame>, sheet: &Sheet) -> Self {
        // One more, which is not taken, for what ends at the edge.
        let (width, height) = (sheet.width.ceil() as usize + 1, sheet.height.ceil() as usize + 1);
        // How many more rectangles begin than end here, by the corners of each: many can lie on each other.
        let mut steps = vec![0_i32; width * height];
        for Frame { left, top, right, bottom } in frames {
            let at = |place: f32, end: usize| (place.max(0.0) as usize).min(end - 1);
            let (left, right) = (at(left, width), at(right.ceil(), width));
            let (top, bottom) = (at(top, height), at(bottom.ceil(), height));
            steps[top * width + left] += 1;
            steps[top * width + right] -= 1;
            steps[bottom * width + left] -= 1;
            steps[bottom * width + right] += 1;
        }
        for row in steps.chunks_mut(width) {
            (1..width).for_each(|column| row[column] += row[column - 1]);
        }
        for at in width..steps.len() {
            steps[at] += steps[at - width];
        }
        Self { width, cells: steps.into_iter().map(|count| count > 0).collect() }
    }

    /// The part of the page that they are.
    fn part(&self) -> f32 {
        let height = self.cells.len() / self.width;
        let taken = self.cells.iter().filter(|is_taken| **is_taken).count();
        taken as f32 / ((self.width - 1) * (height - 1)).max(1) as f32
    }

    /// Whether the middle of a rectangle is in one of them.
    fn has(&self, frame: &Frame) -> bool {
        let middle = |from: f32, to: f32| f32::midpoint(from, to) as usize;
        let column = middle(frame.left, frame.right).min(self.width - 1);
        let at = middle(frame.top, frame.bottom) * self.width + column;
        self.cells.get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::layout::Direction;

    /// A line of characters from this place on, a character each ten.
    fn line(text: &str, (left, top): (f32, f32), is_hidden: bool) -> Vec<PlacedGlyph> {
        let glyph = |(at, c): (usize, char)| {
            let left = left + 10.0 * at as f32;
            PlacedGlyph {
                text: c.to_string(),
                frame: Frame { left, top, right: left + 8.0, bottom: top + 8.0 },
                size: 8.0,
                direction: Direction::Right,
                run: top as u32,
                is_hidden,
            }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    /// A page whose upper part is a picture of print down to 620, and that shows these glyphs.
    fn seen(glyphs: &[PlacedGlyph]) -> Raster {
        let mut dots = vec![230; 700 * 1000];
        let mut black = |left: usize, top: usize| {
            (top..top + 8).for_each(|y| dots[y * 700 + left..y * 700 + left + 8].fill(40));
        };
        for (row, column) in (0..28).flat_map(|row| (0..50).map(move |column| (row, column))) {
            black(50 + 10 * column, 50 + 20 * row);
        }
        for glyph in glyphs.iter().filter(|glyph| !glyph.is_hidden) {
            black(glyph.frame.left as usize, glyph.frame.top as usize);
        }
        Raster::new(700, 1000, dots, None).expect("a page")
    }

    #[test]
    fn what_is_shown_beside_the_pictures_is_no_mark_on_them() {
        let text = "岸边的渡口昨天重开";
        let glyphs = [
            line(text, (60.0, 59.0), false),
            line("老渡口旧报影印件", (60.0, 700.0), false),
            line("摄影甲乙", (60.0, 720.0), false),
        ]
        .concat();
        let pictures = [(0.0, 300.0), (300.0, 620.0)];
        let pictures =
            pictures.map(|(top, bottom)| Frame { left: 20.0, top, right: 680.0, bottom });
        let sheet = Sheet::new(700.0, 1000.0).expect("a sheet");
        let page = SetPage { glyphs: &glyphs, pictures: &pictures, sheet };
        let overlay = Overlays::default().next(&page, HashSet::new, || Some(seen(&glyphs)));
        assert_eq!(overlay.form, PageForm::Picture);
        let marks = glyphs.iter().zip(&overlay.is_mark).filter(|(_, is_mark)| **is_mark);
        let marks: String = marks.map(|(glyph, _)| glyph.text.as_str()).collect();
        assert_eq!(marks, text);
        assert!(page.is_pictures());
        let small = SetPage { pictures: &pictures[..1], ..page };
        let overlay = Overlays::default().next(&small, HashSet::new, || Some(seen(&glyphs)));
        assert_eq!((overlay.form, small.is_pictures()), (PageForm::Text, false));
    }

    #[test]
    fn cells_are_those_of_all_rectangles() {
        let sheet = Sheet::new(500.0, 1000.0).expect("a sheet");
        let frame = |left, top, right, bottom| Frame { left, top, right, bottom };
        let whole = CoveredCells::of([frame(-9.0, -9.0, 900.0, 1900.0)].into_iter(), &sheet);
        assert!((whole.part() - 1.0).abs() < 1e-6, "{}", whole.part());
        let halves = [frame(0.0, 0.0, 250.0, 1000.0), frame(0.0, 0.0, 200.0, 500.0)];
        let half = CoveredCells::of(halves.into_iter(), &sheet);
        assert!((half.part() - 0.5).abs() < 1e-6, "{}", half.part());
        assert!(half.has(&frame(240.0, 10.0, 250.0, 20.0)));
        assert!(!half.has(&frame(249.0, 10.0, 255.0, 20.0)));
        assert!(CoveredCells::of(std::iter::empty(), &sheet).part() < 1e-6);
    }
}
