//! Rectangles on a page, and the directions that text runs in.

use crate::model::PageArea;

/// A rectangle; `top` is less than `bottom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::intake) struct Frame {
    pub(in crate::intake) left: f32,
    pub(in crate::intake) top: f32,
    pub(in crate::intake) right: f32,
    pub(in crate::intake) bottom: f32,
}

/// The direction in which the characters of a line follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::intake) enum Direction {
    Right,
    /// Vertical text, and text on a sheet that was turned.
    Down,
    Up,
}

/// The size of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::intake) struct Sheet {
    pub(in crate::intake) width: f32,
    pub(in crate::intake) height: f32,
    /// Its longer side in the units of the file, by thousandths.
    unit: f32,
}

impl Sheet {
    /// A page of this size in any unit; `None` if it has no extent.
    pub(in crate::intake) fn new(width: f32, height: f32) -> Option<Self> {
        let unit = width.max(height) / 1000.0;
        let is_one = width.is_finite() && height.is_finite() && width > 0.0 && height > 0.0;
        (is_one && unit > 0.0).then(|| Self { width: width / unit, height: height / unit, unit })
    }

    /// A page whose size is not known: nothing on it has a place.
    pub(in crate::intake) fn of_unknown_size() -> Self {
        Self { width: 1000.0, height: 1000.0, unit: 1.0 }
    }

    /// A length in the units of the file.
    pub(in crate::intake) fn length(&self, length: f32) -> f32 {
        length / self.unit
    }

    /// A rectangle in the units of the file, from the top left corner of the page; `None` if no part
    /// of it is on the page.
    pub(in crate::intake) fn frame(
        &self,
        (left, top): (f32, f32),
        (right, bottom): (f32, f32),
    ) -> Option<Frame> {
        let corners = [left, top, right, bottom].map(|value| value / self.unit);
        let [left, top, right, bottom] = corners;
        let frame = Frame {
            left: left.min(right),
            top: top.min(bottom),
            right: left.max(right),
            bottom: top.max(bottom),
        };
        let is_on_page = corners.iter().all(|value| value.is_finite())
            && frame.right >= 0.0
            && frame.bottom >= 0.0
            && frame.left <= self.width
            && frame.top <= self.height;
        is_on_page.then_some(frame)
    }

    /// The rectangle in ten-thousandths of the page.
    pub(super) fn area(&self, frame: &Frame) -> PageArea {
        let part = |value: f32, whole: f32| (value / whole * 10_000.0).round().clamp(0.0, 10_000.0);
        PageArea {
            left: part(frame.left, self.width) as u16,
            top: part(frame.top, self.height) as u16,
            right: part(frame.right, self.width) as u16,
            bottom: part(frame.bottom, self.height) as u16,
        }
    }
}

/// A straight line that is printed across the page or down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::intake) struct Rule {
    pub(super) frame: Frame,
}

impl Rule {
    /// Thickness at most, and length at least.
    const MAX_THICKNESS: f32 = 2.5;
    const MIN_LENGTH: f32 = 6.0;

    /// A rectangle, if it is thin and long.
    pub(in crate::intake) fn of(frame: Frame) -> Option<Self> {
        let (thin, long) = (frame.width().min(frame.height()), frame.width().max(frame.height()));
        (thin <= Self::MAX_THICKNESS && long >= Self::MIN_LENGTH).then_some(Self { frame })
    }

    /// The line along the middle of a rectangle that is this much longer than thick.
    pub(in crate::intake) fn along(frame: Frame, slenderness: f32) -> Option<Self> {
        let (width, height) = (frame.width(), frame.height());
        let (x, y) = frame.center();
        let middle = if width >= height * slenderness {
            Frame { top: y, bottom: y, ..frame }
        } else if height >= width * slenderness {
            Frame { left: x, right: x, ..frame }
        } else {
            return None;
        };
        Self::of(middle)
    }

    /// Whether it runs across.
    pub(super) fn is_level(&self) -> bool {
        self.frame.width() > self.frame.height()
    }
}

impl Frame {
    /// The smallest rectangle around these; an empty one at the corner for none.
    pub(super) fn around(frames: impl IntoIterator<Item = Self>) -> Self {
        let joined = frames.into_iter().reduce(|a, b| Self {
            left: a.left.min(b.left),
            top: a.top.min(b.top),
            right: a.right.max(b.right),
            bottom: a.bottom.max(b.bottom),
        });
        joined.unwrap_or(Self { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 })
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn center(&self) -> (f32, f32) {
        (f32::midpoint(self.left, self.right), f32::midpoint(self.top, self.bottom))
    }

    /// How much of their widths two rectangles share; negative for the distance between them.
    pub(super) fn beside(&self, other: &Self) -> f32 {
        self.right.min(other.right) - self.left.max(other.left)
    }

    /// The same for their heights.
    pub(super) fn level(&self, other: &Self) -> f32 {
        self.bottom.min(other.bottom) - self.top.max(other.top)
    }

    /// The rectangle on the page that is turned so that text in this direction runs to the right, and
    /// its lines follow each other downwards: vertical columns come from the right.
    pub(super) fn turned(&self, direction: Direction, sheet: &Sheet) -> Self {
        let Self { left, top, right, bottom } = *self;
        match direction {
            Direction::Right => *self,
            Direction::Down => Self {
                left: top,
                top: sheet.width - right,
                right: bottom,
                bottom: sheet.width - left,
            },
            Direction::Up => Self {
                left: sheet.height - bottom,
                top: left,
                right: sheet.height - top,
                bottom: right,
            },
        }
    }

    /// Undoes [`Self::turned`].
    pub(super) fn turned_back(&self, direction: Direction, sheet: &Sheet) -> Self {
        let Self { left, top, right, bottom } = *self;
        match direction {
            Direction::Right => *self,
            Direction::Down => Self {
                left: sheet.width - bottom,
                top: left,
                right: sheet.width - top,
                bottom: right,
            },
            Direction::Up => Self {
                left: top,
                top: sheet.height - right,
                right: bottom,
                bottom: sheet.height - left,
            },
        }
    }
}
