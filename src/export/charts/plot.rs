//! The plotting area of bars and lines: two axes with their labels and titles, and a grid.

use maud::{Markup, html};
use unicode_width::UnicodeWidthStr;

use super::axis::Axis;
use super::svg::{Baseline, GRID, INK, SvgText, line};

/// Pixels of the mark at a label, and from an axis to the text of a label.
const TICK: i32 = 5;
const LABEL_GAP: i32 = 9;

/// A plotting area.
pub(crate) struct Plot<'a> {
    pub x: Axis,
    pub y: Axis,
    /// Pixels of the edges of the area, itself included.
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
    /// What the axes measure; empty for no title.
    pub x_title: &'a str,
    pub y_title: &'a str,
    /// Pixels of the lower edge of the title of the x axis, and of the left edge of the other.
    pub x_title_at: i32,
    pub y_title_at: i32,
    /// Pixels of the height of the titles.
    pub title_size: u32,
}

impl Plot<'_> {
    /// The pixel of a position.
    pub(crate) fn x(&self, position: f64) -> i32 {
        self.x.pixel(position, self.left, self.right)
    }

    /// The pixel of a value.
    pub(crate) fn y(&self, value: f64) -> i32 {
        self.y.pixel(value, self.bottom, self.top)
    }

    /// Grid, axes, labels and titles.
    pub(crate) fn axes(
        &self,
        x_label: &dyn Fn(i32) -> String,
        y_label: &dyn Fn(f64) -> String,
    ) -> Markup {
        let (axis_x, axis_y) = (self.left - 1, self.bottom + 1);
        html! {
            @for &value in self.y.labels() {
                @let y = self.y(value);
                (line((self.left, y), (self.right, y), GRID))
                (line((axis_x - TICK, y), (axis_x, y), INK))
                (SvgText { x: axis_x - LABEL_GAP, y, anchor: "end", content: &y_label(value), ..SvgText::DEFAULT })
            }
            (line((axis_x, self.top), (axis_x, self.bottom), INK))
            (line((self.left, axis_y), (self.right, axis_y), INK))
            @for &position in self.x.labels() {
                @let x = self.x(position);
                (line((x, axis_y), (x, axis_y + TICK), INK))
                @let content = x_label(position.round() as i32);
                // The last one may have no room: the chart ends in the middle of it.
                @if x + half(&content) <= self.right + LABEL_GAP {
                    (SvgText {
                        x,
                        y: axis_y + LABEL_GAP,
                        anchor: "middle",
                        baseline: Baseline::Top,
                        content: &content,
                        ..SvgText::DEFAULT
                    })
                }
            }
            (self.titles())
        }
    }

    fn titles(&self) -> Markup {
        let title = SvgText { size: self.title_size, anchor: "middle", ..SvgText::DEFAULT };
        html! {
            @if !self.x_title.is_empty() {
                (SvgText {
                    x: i32::midpoint(self.left, self.right),
                    y: self.x_title_at,
                    baseline: Baseline::Bottom,
                    content: self.x_title,
                    ..title
                })
            }
            @if !self.y_title.is_empty() {
                (SvgText {
                    x: self.y_title_at,
                    y: i32::midpoint(self.top, self.bottom),
                    baseline: Baseline::Top,
                    is_upright: true,
                    content: self.y_title,
                    ..title
                })
            }
        }
    }
}

/// Pixels of half the width of a label.
fn half(content: &str) -> i32 {
    const COLUMN: i32 = 7;
    i32::try_from(content.width()).unwrap_or(0) * COLUMN / 2
}
