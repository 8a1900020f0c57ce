//! The characters of a text object at their places.

use hayro_interpret::kurbo::{Affine, Point, Vec2};
use quick_xml::events::BytesStart;
use unicode_width::UnicodeWidthChar;

use super::numbers::numbers_of;
use crate::intake::xml::{attribute, number};

/// A character at its place.
#[derive(Debug, Clone)]
pub(super) struct SetGlyph {
    pub(super) character: char,
    /// From its em, with the line that it stands on at 0 and what is below at more, to the page.
    pub(super) place: Affine,
    /// Its width in ems.
    pub(super) advance: f64,
    /// Where the next one follows.
    pub(super) forward: Vec2,
    pub(super) run: u32,
    /// Whether it is set and not shown.
    pub(super) is_hidden: bool,
}

/// What a text object says of all its strings.
#[derive(Debug, Clone)]
pub(super) struct TextStyle {
    /// From the object's own coordinates to those of the page.
    place: Affine,
    size: f64,
    /// Width of the characters to their height.
    stretch: f64,
    /// Degrees, clockwise, in which the string runs and by which its characters are turned.
    read: f64,
    turn: f64,
    /// Whether its characters are neither filled nor stroked, or are transparent.
    is_hidden: bool,
    /// Where the last string began: the next one may leave out one of its numbers.
    last: Point,
}

/// A string being read (`TextCode`).
#[derive(Debug, Clone)]
pub(super) struct TextCode {
    origin: Point,
    across: Option<Vec<f64>>,
    down: Option<Vec<f64>>,
    pub(super) text: String,
}

/// Steps of a string.
const MAX_STEPS: usize = 200_000;

impl TextStyle {
    pub(super) fn of(tag: &BytesStart<'_>, place: Affine) -> Self {
        let degrees = |name| number::<f64>(tag, name).filter(|n| n.is_finite()).unwrap_or(0.0);
        let is = |name, value| attribute(tag, name).is_some_and(|said| said.trim() == value);
        Self {
            place,
            size: number(tag, "Size").unwrap_or(0.0),
            stretch: number(tag, "HScale").filter(|scale| *scale > 0.0).unwrap_or(1.0),
            read: degrees("ReadDirection"),
            turn: degrees("CharDirection"),
            is_hidden: is("Fill", "false") && !is("Stroke", "true") || is("Alpha", "0"),
            last: Point::ZERO,
        }
    }

    /// A string that begins.
    pub(super) fn code(&mut self, tag: &BytesStart<'_>) -> TextCode {
        self.last.x = number(tag, "X").unwrap_or(self.last.x);
        self.last.y = number(tag, "Y").unwrap_or(self.last.y);
        let steps = |name| attribute(tag, name).map(|steps| repeated(&steps));
        TextCode {
            origin: self.last,
            across: steps("DeltaX"),
            down: steps("DeltaY"),
            text: String::new(),
        }
    }

    /// Sets the characters of a string, so many at most; how many. Those that go back to the beginning of
    /// another line are a run of their own, as others are; `runs` counts them.
    pub(super) fn set(
        &self,
        code: &TextCode,
        most: usize,
        runs: &mut u32,
        glyphs: &mut Vec<SetGlyph>,
    ) -> usize {
        let text = if code.text.starts_with(['\n', '\r']) { code.text.trim() } else { &code.text };
        let text = text.trim_matches(['\n', '\r']);
        let characters: Vec<char> = text.chars().take(most).collect();
        let steps: Vec<Vec2> = self.steps(code, &characters);
        let forward = self.forward(&steps);
        let em = Affine::rotate(self.turn.to_radians())
            * Affine::scale_non_uniform(self.size * self.stretch, self.size);
        let far = 0.5 * self.size;
        let mut at = code.origin;
        for (index, &character) in characters.iter().enumerate() {
            let next = steps.get(index).copied().unwrap_or_default();
            let along = next.dot(forward);
            let goes_on = along > 0.0 && (next - forward * along).hypot() <= far;
            let width = advance(character);
            let stated = along / (self.size * self.stretch);
            let is_level = forward.x.abs() >= forward.y.abs();
            glyphs.push(SetGlyph {
                character,
                place: self.place * Affine::translate(at.to_vec2()) * em,
                advance: match stated {
                    _ if !is_level => 1.0,
                    stated if goes_on && (0.05..=1.2).contains(&stated) => stated,
                    _ => width,
                },
                forward: self.place * forward.to_point() - self.place * Point::ZERO,
                is_hidden: self.is_hidden,
                run: *runs,
            });
            at += next;
            if !goes_on {
                *runs = runs.wrapping_add(1);
            }
        }
        characters.len()
    }

    /// The way from each character to the next.
    fn steps(&self, code: &TextCode, characters: &[char]) -> Vec<Vec2> {
        let read = self.read.to_radians();
        let turned = Vec2::new(read.cos(), read.sin());
        let count = characters.len().saturating_sub(1);
        let step = |index: usize| match (&code.across, &code.down) {
            (None, None) => turned * (advance(characters[index]) * self.size * self.stretch),
            // What runs down and states its steps across states how far they go.
            (Some(along), None) => turned * nth(along, index),
            (across, down) => {
                let part = |steps: &Option<Vec<f64>>| {
                    steps.as_ref().map_or(0.0, |steps| nth(steps, index))
                };
                Vec2::new(part(across), part(down))
            }
        };
        (0..count).map(step).collect()
    }

    /// The direction of most steps, as long as 1; where the string runs if there are none.
    fn forward(&self, steps: &[Vec2]) -> Vec2 {
        let read = self.read.to_radians();
        let median = |part: fn(&Vec2) -> f64| {
            let mut parts: Vec<f64> = steps.iter().map(part).collect();
            parts.sort_by(f64::total_cmp);
            parts.get(parts.len() / 2).copied().unwrap_or_default()
        };
        let most = Vec2::new(median(|step| step.x), median(|step| step.y));
        let length = most.hypot();
        if length.is_finite() && length > 0.0 {
            most / length
        } else {
            Vec2::new(read.cos(), read.sin())
        }
    }
}

/// A step; the last one that is stated goes for those behind it.
fn nth(steps: &[f64], index: usize) -> f64 {
    steps.get(index).or(steps.last()).copied().unwrap_or_default()
}

/// The width of a character in ems, if the file does not tell it.
fn advance(character: char) -> f64 {
    if character.width() == Some(2) { 1.0 } else { 0.5 }
}

/// A list of numbers in which `g 3 4.5` stands for three times 4.5.
fn repeated(list: &str) -> Vec<f64> {
    let mut numbers = Vec::new();
    let mut words = list.split_ascii_whitespace();
    while let Some(word) = words.next() {
        let (count, value) = if word == "g" {
            let count = words.next().and_then(|count| count.parse::<f64>().ok());
            (count.map_or(0, |count| count.max(0.0) as usize), words.next())
        } else {
            (1, Some(word))
        };
        let value = value.and_then(|value| numbers_of(value).next()).unwrap_or_default();
        let room = MAX_STEPS.saturating_sub(numbers.len());
        numbers.extend(std::iter::repeat_n(value, count.min(room)));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_can_be_repeated() {
        assert_eq!(repeated("1 g 2 4.5 -3"), [1.0, 4.5, 4.5, -3.0]);
        assert_eq!(repeated("g"), [] as [f64; 0]);
        assert_eq!(repeated("g -1 2 x 5"), [0.0, 5.0]);
        assert_eq!(repeated("g 99999999999999 1").len(), MAX_STEPS);
        assert_eq!(repeated("g 3 NaN"), [0.0; 3]);
    }
}
