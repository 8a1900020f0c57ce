//! What speaks for a line continuing the one before it: widths, blank lines, ends and beginnings of
//! both, and what is usual around them and in the file.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::SourceText;
use crate::split::shape;
use crate::split::trees::evidence;

evidence! {
    /// Blank lines between the lines, and the shares of neighbours in the file with none and with one.
    gap,
    file_gap_none,
    file_gap_one,
    /// Widths in Chinese characters: of the lines, and of those before and after them, less the width
    /// that most lines around have.
    width,
    first_width,
    second_width,
    before_width,
    after_width,
    /// The second line less the first one.
    wider,
    /// The share of lines around with that most frequent width, and of those that stop in a sentence.
    full_share,
    broken_share,
    /// The share of wider lines than the first one, around and in the file, and how much wider the widest
    /// one around is. Lines of a column are not wider than its full ones.
    wider_around,
    wider_in_file,
    widest,
    /// The shares of lines in the file that are as wide as the first one, and of those that have the
    /// width that most around have and stop in a sentence.
    alike_in_file,
    broken_in_file,
    /// Lines of one width in a row that end with the first line, and that begin with the second.
    first_run,
    second_run,
    /// Lines since the last blank one, and to the next.
    above,
    below,
    /// How the first line ends: a sentence, a stop within it, closing brackets or quotes, a letter.
    ends_sentence,
    ends_stop,
    ends_closing,
    ends_letter,
    /// The shares of lines around that end so.
    sentence_share,
    stop_share,
    letter_share,
    /// Whether the first line opens brackets or quotes that it does not close, and the second closes
    /// some that it did not open.
    left_open,
    closes,
    /// How the second line begins: spaces, a stop, an opening bracket or quote.
    first_indent,
    second_indent,
    indent_share,
    begins_stop,
    begins_opening,
    /// Whether the first line stands alone: a number, a date, a credit.
    stands_alone,
    /// How often the last character and the first one stand together in the file.
    together,
}

/// Lines to each side that tell what is usual around a line.
const AROUND: usize = 10;
/// Wider lines are paragraphs.
const MAX_WIDTH: usize = 80;
const MIN_WIDTH: usize = 4;

/// The text lines of a file, and what is usual in it.
pub(in crate::split) struct LinePairs {
    lines: Vec<TextLine>,
    together: HashMap<(char, char), u32>,
    /// Lines by width; wider ones than [`MAX_WIDTH`] come last.
    widths: Vec<u32>,
    /// The share of lines that are as wide as most around them and stop in a sentence.
    broken: f32,
    /// The shares of lines with no blank line before them, and with one.
    gaps: [f32; 2],
    indents: f32,
}

struct TextLine {
    /// Position in [`SourceText::lines`].
    line: usize,
    /// Its width as the file counts it: in characters, or with two half-width ones as one.
    width: usize,
    /// Its width in characters.
    characters: usize,
    /// Blank lines before it.
    gap: usize,
    indent: usize,
    first: char,
    last: char,
    ends_sentence: bool,
    /// Brackets and quotes that it leaves open, and that it closes without having opened them.
    left_open: usize,
    closes: usize,
    begins_unit: bool,
    stands_alone: bool,
}

impl LinePairs {
    /// `skip` marks lines that are not text.
    pub fn of(source: &SourceText, skip: impl Fn(usize) -> bool) -> Self {
        let mut lines: Vec<TextLine> = Vec::new();
        let mut gap = 0;
        for line in (0..source.lines.len()).filter(|&line| !skip(line)) {
            match TextLine::of(line, source.line(line), gap) {
                Some(text) => {
                    lines.push(text);
                    gap = 0;
                }
                None => gap += 1,
            }
        }
        // Some papers give a digit the place of a character, others half of it.
        let columns = lines.iter().map(|line| line.width);
        if most_frequent(columns) < most_frequent(lines.iter().map(|line| line.characters)) {
            for line in &mut lines {
                line.width = line.characters;
            }
        }
        let share = |holds: &dyn Fn(&TextLine) -> bool| {
            lines.iter().filter(|line| holds(line)).count() as f32 / lines.len().max(1) as f32
        };
        let gaps = [0, 1].map(|gap| share(&|line| line.gap == gap));
        let indents = share(&|line| line.indent > 0);
        let mut widths = vec![0; MAX_WIDTH + 2];
        for line in &lines {
            widths[line.width.min(MAX_WIDTH + 1)] += 1;
        }
        let together = HashMap::new();
        let mut pairs = Self { lines, together, widths, broken: 0.0, gaps, indents };
        pairs.count_together(source);
        pairs.broken = pairs.share_broken();
        pairs
    }

    /// The pairs that may belong together, with the position of the second line in
    /// [`SourceText::lines`].
    pub fn candidates(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let second = self.lines.iter().enumerate().skip(1);
        second
            .filter(|(place, line)| may_join(&self.lines[place - 1], line))
            .map(|(place, line)| (place, line.line))
    }

    /// Whether the first line of a pair ends a sentence.
    pub fn ends_sentence(&self, place: usize) -> bool {
        self.lines[place - 1].ends_sentence
    }

    /// Counts in the file the pairs of characters at which lines that may belong together meet.
    fn count_together(&mut self, source: &SourceText) {
        let meeting = |place: usize| (self.lines[place - 1].last, self.lines[place].first);
        let mut together: HashMap<(char, char), u32> =
            self.candidates().map(|(place, _)| (meeting(place), 0)).collect();
        if together.is_empty() {
            return;
        }
        for line in &self.lines {
            let text = source.line(line.line);
            for pair in text.chars().zip(text.chars().skip(1)) {
                if let Some(count) = together.get_mut(&pair) {
                    *count += 1;
                }
            }
        }
        self.together = together;
    }

    /// The evidence of a pair, by the place that [`Self::candidates`] gave.
    pub fn evidence(&self, place: usize) -> [f32; NAMES.len()] {
        const MAX_RUN: usize = 12;
        /// Stops that hang over the end of a line.
        const SLACK: usize = 2;
        let (first, second) = (&self.lines[place - 1], &self.lines[place]);
        let around = self.around(place);
        let width = self.usual_width(around.clone());
        let less =
            |line: Option<&TextLine>| line.map_or(-99.0, |line| line.width as f32 - width as f32);
        let share = |holds: &dyn Fn(&TextLine) -> bool| {
            let found = self.lines[around.clone()].iter().filter(|line| holds(line)).count();
            found as f32 / around.len() as f32
        };
        let full = |line: &TextLine| line.width.abs_diff(width) <= 1;
        let alike = |one: &TextLine, other: &TextLine| one.width.abs_diff(other.width) <= 1;
        let run = |lines: &mut dyn Iterator<Item = &TextLine>, of: &TextLine| {
            lines.take(MAX_RUN).take_while(|line| alike(line, of)).count() as f32
        };
        let together = self.together.get(&(first.last, second.first)).copied().unwrap_or_default();
        let flag = |holds: bool| f32::from(u8::from(holds));
        Evidence {
            gap: second.gap as f32,
            file_gap_none: self.gaps[0],
            file_gap_one: self.gaps[1],
            width: width as f32,
            first_width: less(Some(first)),
            second_width: less(Some(second)),
            before_width: less(place.checked_sub(2).map(|before| &self.lines[before])),
            after_width: less(self.lines.get(place + 1)),
            wider: second.width as f32 - first.width as f32,
            full_share: share(&full),
            broken_share: share(&|line| full(line) && !line.ends_sentence),
            wider_around: share(&|line| line.width > first.width + SLACK),
            wider_in_file: self.share_of_widths(first.width + SLACK + 1..=MAX_WIDTH + 1),
            widest: self.lines[around.clone()]
                .iter()
                .map(|line| line.width.min(MAX_WIDTH) as f32 - first.width as f32)
                .fold(0.0, f32::max),
            alike_in_file: self.share_of_widths(first.width - 1..=first.width + 1),
            broken_in_file: self.broken,
            first_run: run(&mut self.lines[..place].iter().rev(), first),
            second_run: run(&mut self.lines[place..].iter(), second),
            above: self.lines[..place].iter().rev().take(MAX_RUN).take_while(|l| l.gap == 0).count()
                as f32,
            below: self.lines[place + 1..].iter().take(MAX_RUN).take_while(|l| l.gap == 0).count()
                as f32,
            ends_sentence: flag(first.ends_sentence),
            ends_stop: flag(is_stop(first.last)),
            ends_closing: flag(is_pair_end(first.last)),
            ends_letter: flag(first.last.is_alphanumeric()),
            sentence_share: share(&|line| line.ends_sentence),
            stop_share: share(&|line| is_stop(line.last)),
            letter_share: share(&|line| line.last.is_alphanumeric()),
            left_open: first.left_open as f32,
            closes: second.closes as f32,
            first_indent: first.indent as f32,
            second_indent: second.indent as f32,
            indent_share: self.indents,
            begins_stop: flag(is_stop(second.first) || is_end(second.first)),
            begins_opening: flag(is_opening(second.first)),
            stands_alone: flag(first.stands_alone),
            together: together as f32,
        }
        .values()
    }

    /// The share of lines whose width is in the range.
    fn share_of_widths(&self, range: std::ops::RangeInclusive<usize>) -> f32 {
        let found: u32 = range.filter_map(|width| self.widths.get(width)).sum();
        found as f32 / self.lines.len().max(1) as f32
    }

    fn share_broken(&self) -> f32 {
        let broken = self.lines.iter().enumerate().filter(|(place, line)| {
            !line.ends_sentence
                && line.width <= MAX_WIDTH
                && line.width.abs_diff(self.usual_width(self.around(place + 1))) <= 1
        });
        broken.count() as f32 / self.lines.len().max(1) as f32
    }

    /// The places of the lines around a pair, given that of its second line.
    fn around(&self, place: usize) -> Range<usize> {
        place.saturating_sub(AROUND)..(place + AROUND).min(self.lines.len())
    }

    /// The width that most lines of the range have, give or take a character; of several the greatest.
    fn usual_width(&self, range: Range<usize>) -> usize {
        let mut counts = [0u16; MAX_WIDTH + 2];
        for line in &self.lines[range] {
            counts[line.width.min(MAX_WIDTH)] += 1;
        }
        let near = |width: &usize| {
            let below = width.checked_sub(1).map_or(0, |below| counts[below]);
            // The middle of three widths counts twice.
            below + 2 * counts[*width] + counts[width + 1]
        };
        (MIN_WIDTH..=MAX_WIDTH).max_by_key(near).unwrap_or(MIN_WIDTH)
    }
}

impl TextLine {
    /// `None` for a blank line. `gap` counts the blank lines before it.
    fn of(line: usize, raw: &str, gap: usize) -> Option<Self> {
        let text = raw.trim();
        let (first, last) = (text.chars().next()?, text.chars().next_back()?);
        let width = columns(raw.trim_end());
        let (mut open, mut closes) = (0usize, 0);
        if width <= MAX_WIDTH {
            for c in text.chars() {
                if is_opening(c) {
                    open += 1;
                } else if is_pair_end(c) {
                    closes += usize::from(open == 0);
                    open = open.saturating_sub(1);
                }
            }
        }
        Some(Self {
            line,
            width,
            characters: raw.trim_end().chars().count(),
            gap,
            indent: raw
                .chars()
                .take_while(|c| c.is_whitespace())
                .map(|c| 1 + usize::from(!c.is_ascii()))
                .sum(),
            first,
            last,
            ends_sentence: shape::ends_sentence(text),
            left_open: open,
            closes,
            begins_unit: width <= MAX_WIDTH && shape::opens_unit(text),
            stands_alone: width <= MAX_WIDTH && shape::stands_alone(text),
        })
    }
}

/// How many lines have the width that most have, of those that may be printed lines.
fn most_frequent(widths: impl Iterator<Item = usize>) -> usize {
    let mut counts = [0; MAX_WIDTH + 1];
    for width in widths.filter(|width| (MIN_WIDTH..=MAX_WIDTH).contains(width)) {
        counts[width] += 1;
    }
    counts.into_iter().max().unwrap_or_default()
}

/// Whether a line can continue the one before it at all.
fn may_join(first: &TextLine, second: &TextLine) -> bool {
    const MAX_GAP: usize = 2;
    /// Blanks of half width that the first line of a paragraph is set in by at most.
    const MAX_INDENT: usize = 8;
    (MIN_WIDTH..=MAX_WIDTH).contains(&first.width)
        && second.width <= MAX_WIDTH
        && second.gap <= MAX_GAP
        // The last line of a paragraph is no longer than the others, give or take what is indented.
        && second.width <= first.width + 4
        // What stands further to the right is a signature or a centred line.
        && first.indent <= second.indent + MAX_INDENT
        && !second.begins_unit
}

/// Width of a line in Chinese characters; two half-width ones count as one.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>().div_ceil(2)
}

fn is_stop(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | '；' | ';' | '：' | ':' | '．')
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?') || is_pair_end(c)
}

fn is_opening(c: char) -> bool {
    matches!(c, '（' | '(' | '《' | '“' | '「' | '『' | '【' | '〔' | '‘')
}

fn is_pair_end(c: char) -> bool {
    matches!(c, '）' | ')' | '》' | '”' | '」' | '』' | '】' | '〕' | '’')
}
