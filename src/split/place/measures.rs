//! The lines of pages by what is usual on them: lengths are in sizes of type, gaps in lines of text.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{LinePlace, SourceText};
use crate::split::shape;

/// Where the lines of a file stand.
#[derive(Debug, Default)]
pub(in crate::split) struct FilePlaces {
    /// By position in [`SourceText::lines`]; `None` for blank lines and those without a place.
    lines: Vec<Option<LineMeasure>>,
    /// Whether paragraphs begin further in than their other lines.
    pub is_indented: bool,
    /// Whether something is printed in type that is larger than that of most text.
    pub has_larger_type: bool,
    /// How much sizes of one type differ.
    pub tolerance: f32,
}

/// Where a line stands, on the page turned so that its text runs to the right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::split) struct LineMeasure {
    pub page: u32,
    pub column: u16,
    pub is_vertical: bool,
    pub is_below_picture: bool,
    pub is_below_rule: bool,
    /// Size of its type divided by that of most text; 1 if it is not known.
    pub size: f32,
    /// From the edge where lines of its run begin, and to the edge where they end; in sizes of its type.
    pub indent: f32,
    pub rest: f32,
    /// The same for the edges of its column.
    pub column_indent: f32,
    pub column_rest: f32,
    /// Length of the lines of its run, in parts of the page.
    pub measure: f32,
    /// Lines of the run that it is in: they follow each other in one column and one size.
    pub run: usize,
    pub run_lines: usize,
    /// What is more than usual between it and the line above it in its column, in lines of text; `None`
    /// at the head of a column. And the same in lines of the larger of both.
    pub gap: Option<f32>,
    pub own_gap: Option<f32>,
}

/// A line before its run is known.
struct RawLine {
    at: usize,
    place: LinePlace,
    /// Along the text, and across it.
    from: f32,
    to: f32,
    upper: f32,
    lower: f32,
    /// Width of a character.
    em: f32,
    run: usize,
}

/// Lines of one run begin no further in than this, in sizes of type.
const MAX_INDENT: f32 = 4.8;

/// Where a paragraph begins, in sizes of type.
const MIN_INDENT: f32 = 1.2;

/// Of digital text most characters have one size; those of an image differ by what is printed.
const EXACT: f32 = 1.04;
const ROUGH: f32 = 1.25;

/// Type that is so much larger than most text is that of headlines.
const LARGER: f32 = 1.12;

impl FilePlaces {
    pub fn of(source: &SourceText) -> Self {
        let mut raw = raw_lines(source);
        if raw.is_empty() {
            return Self::default();
        }
        let weighted = |raw: &[RawLine]| -> Vec<(f32, usize)> {
            let known = raw.iter().filter(|line| line.place.size > 0);
            let letters = |line: &RawLine| source.line(line.at).trim().chars().count();
            known.map(|line| (f32::from(line.place.size), letters(line))).collect()
        };
        let sizes = weighted(&raw);
        let usual = median(sizes.clone()).unwrap_or(1.0);
        let all: usize = sizes.iter().map(|(_, count)| count).sum();
        let alike = sizes.iter().filter(|(size, _)| (size / usual - 1.0).abs() < 0.02);
        let is_exact = alike.map(|(_, count)| count).sum::<usize>() * 2 >= all.max(1);
        let tolerance = if is_exact { EXACT } else { ROUGH };
        let size = |line: &RawLine| match line.place.size {
            0 => 1.0,
            size => f32::from(size) / usual,
        };
        let larger = LARGER.max(tolerance);
        measure_characters(source, &mut raw, &size);
        number_runs(&mut raw, tolerance);
        let edges = Edges::of(&raw, |line| size(line) >= larger);
        let gaps = gaps(&raw, &size);
        let mut places = Self {
            lines: vec![None; source.lines.len()],
            has_larger_type: raw.iter().any(|line| size(line) >= larger),
            tolerance,
            ..Self::default()
        };
        for (line, gap) in raw.iter().zip(gaps) {
            let run = edges.runs[line.run];
            let column = edges.columns[&(line.place.page, line.place.column)];
            places.lines[line.at] = Some(LineMeasure {
                page: line.place.page,
                column: line.place.column,
                is_vertical: line.place.is_vertical,
                is_below_picture: line.place.is_below_picture,
                is_below_rule: line.place.is_below_rule,
                size: size(line),
                indent: (line.from - run.from) / line.em,
                rest: (run.to - line.to) / line.em,
                column_indent: (line.from - column.0) / line.em,
                column_rest: (column.1 - line.to) / line.em,
                measure: run.to - run.from,
                run: line.run,
                run_lines: run.lines,
                gap: gap.map(|(gap, _)| gap),
                own_gap: gap.map(|(gap, larger)| gap / larger),
            });
        }
        places.is_indented = places.has_indents(source);
        places
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The place of a line, by its position in [`SourceText::lines`].
    pub fn line(&self, at: usize) -> Option<&LineMeasure> {
        self.lines.get(at).and_then(Option::as_ref)
    }

    /// Whether two lines are set in one size of type.
    pub fn are_alike(&self, a: &LineMeasure, b: &LineMeasure) -> bool {
        a.size.max(b.size) <= a.size.min(b.size) * self.tolerance
    }

    /// Whether a line is set in larger type than most text.
    pub fn is_larger(&self, line: &LineMeasure) -> bool {
        line.size >= LARGER.max(self.tolerance)
    }

    /// Whether lines of text that follow the end of a sentence begin further in as a rule.
    fn has_indents(&self, source: &SourceText) -> bool {
        let mut ended = false;
        let (mut indented, mut all) = (0, 0);
        for (at, line) in self.lines.iter().enumerate() {
            let Some(line) = line else { continue };
            if ended && line.run_lines > 2 && !self.is_larger(line) {
                all += 1;
                indented += usize::from((MIN_INDENT..MAX_INDENT).contains(&line.indent));
            }
            ended = shape::ends_sentence(source.line(at).trim()) && line.rest > MIN_INDENT;
        }
        indented * 2 > all
    }
}

/// The lines with a place that are text.
fn raw_lines(source: &SourceText) -> Vec<RawLine> {
    let placed = source.lines.iter().enumerate().filter_map(|(at, line)| {
        let place = line.place.filter(|place| !place.is_running)?;
        let area = place.area;
        let [left, top, right, bottom] =
            [area.left, area.top, area.right, area.bottom].map(f32::from);
        let (from, to, upper, lower) = if place.is_vertical {
            (top, bottom, 10_000.0 - right, 10_000.0 - left)
        } else {
            (left, right, top, bottom)
        };
        let is_text = !source.line(at).trim().is_empty() && to > from && lower > upper;
        is_text.then_some(RawLine { at, place, from, to, upper, lower, em: 0.0, run: 0 })
    });
    placed.collect()
}

/// The middle of numbers that count as often as is said with them.
fn median(mut numbers: Vec<(f32, usize)>) -> Option<f32> {
    numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = numbers.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut seen = 0;
    let middle = numbers.iter().find(|(_, count)| {
        seen += count;
        seen > half
    });
    middle.map(|(number, _)| *number)
}

/// Finds how wide a character is: pages are as wide as they like, so that the size of type, which is
/// given by their height, does not say it.
fn measure_characters(source: &SourceText, raw: &mut [RawLine], size: &impl Fn(&RawLine) -> f32) {
    const MIN_COLUMNS: f32 = 4.0;
    let mut widths: BTreeMap<(u32, bool), Vec<(f32, usize)>> = BTreeMap::new();
    let mut own = Vec::with_capacity(raw.len());
    for line in &*raw {
        let text = source.line(line.at).trim();
        let columns: f32 = text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
        let width = (line.to - line.from) / columns.max(1.0);
        own.push(width);
        if columns >= MIN_COLUMNS {
            let key = (line.place.page, line.place.is_vertical);
            widths.entry(key).or_default().push((width / size(line), columns as usize));
        }
    }
    let usual: BTreeMap<(u32, bool), f32> =
        widths.into_iter().filter_map(|(key, widths)| Some((key, median(widths)?))).collect();
    for (line, own) in raw.iter_mut().zip(own) {
        let known = usual.get(&(line.place.page, line.place.is_vertical));
        line.em = known.map_or(own, |width| width * size(line)).max(1.0);
    }
}

/// Gives lines that follow each other in one column and one size the same number.
fn number_runs(raw: &mut [RawLine], tolerance: f32) {
    for index in 1..raw.len() {
        let (before, line) = (&raw[index - 1], &raw[index]);
        let (a, b) = (f32::from(before.place.size), f32::from(line.place.size));
        let is_one = before.place.page == line.place.page
            && before.place.column == line.place.column
            && before.place.is_vertical == line.place.is_vertical
            && a.max(b) <= a.min(b) * tolerance
            && line.upper > before.upper
            && (line.from - before.from).abs() <= MAX_INDENT * line.em;
        raw[index].run = before.run + usize::from(!is_one);
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct RunEdges {
    from: f32,
    to: f32,
    lines: usize,
}

/// The edges of runs, and of columns by page and number.
struct Edges {
    runs: Vec<RunEdges>,
    columns: BTreeMap<(u32, u16), (f32, f32)>,
}

impl Edges {
    fn of(raw: &[RawLine], is_larger: impl Fn(&RawLine) -> bool) -> Self {
        let mut columns: BTreeMap<(u32, u16), (f32, f32)> = BTreeMap::new();
        // A headline can reach over several columns of text.
        let (larger, text): (Vec<&RawLine>, Vec<&RawLine>) =
            raw.iter().partition(|line| is_larger(line));
        let key = |line: &RawLine| (line.place.page, line.place.column);
        let has_text: BTreeSet<(u32, u16)> = text.iter().map(|line| key(line)).collect();
        let alone = larger.into_iter().filter(|line| !has_text.contains(&key(line)));
        for line in text.into_iter().chain(alone) {
            let edges = columns.entry(key(line)).or_insert((line.from, line.to));
            *edges = (edges.0.min(line.from), edges.1.max(line.to));
        }
        let runs = raw.chunk_by(|a, b| a.run == b.run).map(|run| {
            // A single line that sticks out is no edge if there are others.
            let slack = run[0].em * 0.6;
            let edge = |of: fn(&RawLine) -> f32, sign: f32| {
                let mut places: Vec<f32> = run.iter().map(|line| of(line) * sign).collect();
                places.sort_by(f32::total_cmp);
                let lonely = places.len() > 4 && places[1] - places[0] > slack;
                sign * places[usize::from(lonely)]
            };
            RunEdges { from: edge(|l| l.from, 1.0), to: edge(|l| l.to, -1.0), lines: run.len() }
        });
        Self { runs: runs.collect(), columns }
    }
}

/// For each line what is more than usual between it and the one above it, in lines of text, and the size
/// of the larger of both.
fn gaps(raw: &[RawLine], size: &impl Fn(&RawLine) -> f32) -> Vec<Option<(f32, f32)>> {
    let usual = |of: fn(&RawLine, &RawLine) -> f32| {
        let pairs = raw.windows(2).filter(|pair| pair[0].run == pair[1].run);
        let text = pairs.filter(|pair| (0.85..1.15).contains(&size(&pair[0])));
        median(text.map(|pair| (of(&pair[0], &pair[1]), 1)).collect())
    };
    // Across, pages of one file are of one size, or nearly so.
    let (between, pitch) = (usual(|a, b| b.upper - a.lower), usual(|a, b| b.upper - a.upper));
    let mut gaps = Vec::with_capacity(raw.len());
    for (index, line) in raw.iter().enumerate() {
        let above = index.checked_sub(1).map(|above| &raw[above]).filter(|above| {
            (above.place.page, above.place.column) == (line.place.page, line.place.column)
                && line.upper > above.upper
        });
        gaps.push(above.and_then(|above| {
            let (between, pitch) = (between?, pitch.filter(|&pitch| pitch > 0.0)?);
            let larger = size(line).max(size(above)).max(1.0);
            Some(((line.upper - above.lower - between) / pitch, larger))
        }));
    }
    gaps
}
