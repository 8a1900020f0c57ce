//! A heat map of a matrix: one cell for each row and column, told apart by shade and by its count,
//! or, where that has no room, by how much of the cell is filled. Cells with a count of 0 stay
//! empty.

use maud::{Markup, html};
use unicode_width::UnicodeWidthStr;

use super::shades::{FIRST_DARK, RAMP, shade, thresholds};
use super::svg::{
    Baseline, ChartLink, GRID, INK, SvgText, WHITE, document, line, rectangle, shortened,
};

/// Pixels of the width that a page has room for; wider charts scroll.
const WIDTH: i32 = 960;
const MARGIN: i32 = 8;
/// Pixels of the height of a row, and of the width of a cell.
const ROW: i32 = 24;
const MIN_CELL_WIDTH: i32 = 9;
const MAX_CELL_WIDTH: i32 = 72;
/// Pixels of the width of an upright name.
const UPRIGHT: i32 = 16;
/// Pixels of a column of text, and of the padding of a text.
const COLUMN: i32 = 7;
const PADDING: i32 = 10;
/// Columns of text of the name of a row at most, and of the name of a column.
const MAX_ROW_CHARS: usize = 20;
const MAX_COLUMN_CHARS: usize = 14;
/// Pixels of the height of the legend, and of a shade in it.
const LEGEND: i32 = 40;
const SAMPLE: i32 = 16;
/// Pixels of a dash of a break, and from one to the next.
const DASH: i32 = 3;
const DASH_STEP: usize = 6;

/// A heat map.
#[derive(Debug, Clone, Copy)]
pub struct HeatChart<'a> {
    /// Its accessible name; not drawn.
    pub title: &'a str,
    /// Its accessible description.
    pub description: &'a str,
    /// What the counts are, for the legend.
    pub unit: &'a str,
    /// The names of the columns, from left to right.
    pub columns: &'a [String],
    /// The indices of the columns that keep their names where there is no room for all.
    pub named: &'a [usize],
    /// The indices of the columns before which others are left out, shown by a dashed line.
    pub breaks: &'a [usize],
    /// The rows, from top to bottom.
    pub rows: &'a [HeatRow],
}

/// A row of a matrix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeatRow {
    /// Its name.
    pub name: String,
    /// One for each column; missing ones are empty.
    pub cells: Vec<HeatCell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeatCell {
    /// Its count.
    pub count: u64,
    /// The tooltip; empty for none.
    pub tip: String,
    /// The address of a link.
    pub href: Option<String>,
}

/// The pixels of everything.
struct Layout {
    /// The left and the upper edge of the cells.
    left: i32,
    top: i32,
    /// The right and the lower edge of the cells.
    right: i32,
    bottom: i32,
    /// The width of a cell.
    cell: i32,
    /// Whether counts have room in the cells.
    has_counts: bool,
    /// Whether every column has room for its name, upright if need be.
    has_all_names: bool,
    /// Whether names of columns run upwards, because they are wider than a cell.
    has_upright_names: bool,
}

impl Layout {
    /// The left edge of a column.
    fn x(&self, column: usize) -> i32 {
        self.left + self.cell.saturating_mul(as_pixels(column))
    }

    /// The upper edge of a row.
    fn y(&self, row: usize) -> i32 {
        self.top + ROW.saturating_mul(as_pixels(row))
    }
}

impl HeatChart<'_> {
    /// The chart as a whole SVG document without an XML declaration, fit to stand in a web page,
    /// without a background. Over every cell that has a tooltip or a link is an `<a>` or `<g>`. The
    /// same values give the same bytes.
    #[must_use]
    pub fn to_svg(&self) -> Markup {
        let layout = self.layout();
        let size = ((layout.right + MARGIN).max(WIDTH / 2), layout.bottom + LEGEND);
        let highest = self.cells().map(|(_, _, cell)| cell.count).max().unwrap_or(0);
        let thresholds = thresholds(highest);
        let body = html! {
            (self.names(&layout))
            @for row in 0..self.rows.len() {
                @let y = layout.y(row) + ROW - 1;
                (line((layout.left, y), (layout.right, y), GRID))
            }
            @for (row, column, cell) in self.cells().filter(|(_, _, cell)| cell.count > 0) {
                (filled(&layout, (layout.x(column), layout.y(row)), cell.count, &thresholds))
            }
            (self.breaks(&layout))
            (self.legend(&layout, &thresholds))
        };
        let links: Vec<ChartLink> = self
            .cells()
            .filter(|(_, _, cell)| cell.count > 0 && (cell.href.is_some() || !cell.tip.is_empty()))
            .map(|(row, column, cell)| ChartLink {
                at: (layout.x(column), layout.y(row)),
                size: (layout.cell, ROW),
                href: cell.href.clone(),
                tip: cell.tip.clone(),
                days: None,
            })
            .collect();
        document(size, self.title, self.description, &body, &links)
    }

    /// The cells with the indices of their rows and columns.
    fn cells(&self) -> impl Iterator<Item = (usize, usize, &HeatCell)> {
        self.rows.iter().enumerate().flat_map(|(row, cells)| {
            let cells = cells.cells.iter().take(self.columns.len()).enumerate();
            cells.map(move |(column, cell)| (row, column, cell))
        })
    }

    fn layout(&self) -> Layout {
        let padded = |widest: Option<usize>| columns(widest.unwrap_or(0)) + PADDING;
        let row_name = self.rows.iter().map(|row| row.name.width().min(MAX_ROW_CHARS)).max();
        let column_name = self.columns.iter().map(|name| name.width().min(MAX_COLUMN_CHARS)).max();
        let count = padded(self.cells().map(|(_, _, cell)| cell.count.to_string().len()).max());
        let left = MARGIN + padded(row_name);
        let columns_shown =
            i32::try_from(self.columns.len()).unwrap_or(i32::MAX / MAX_CELL_WIDTH).max(1);
        let cell = ((WIDTH - left - MARGIN) / columns_shown)
            .clamp(MIN_CELL_WIDTH, MAX_CELL_WIDTH.max(count));
        let has_upright_names = columns(column_name.unwrap_or(0)) + 4 > cell;
        let top = MARGIN + if has_upright_names { padded(column_name) } else { ROW };
        Layout {
            left,
            top,
            right: left + cell.saturating_mul(columns_shown),
            bottom: top + ROW.saturating_mul(as_pixels(self.rows.len())),
            cell,
            has_counts: cell >= count,
            has_all_names: cell >= UPRIGHT,
            has_upright_names,
        }
    }

    fn names(&self, layout: &Layout) -> Markup {
        let (y, is_upright) = (layout.top - 5, layout.has_upright_names);
        let column = if is_upright {
            SvgText { y, is_upright, ..SvgText::DEFAULT }
        } else {
            SvgText { y, anchor: "middle", baseline: Baseline::Bottom, ..SvgText::DEFAULT }
        };
        html! {
            @for (index, row) in self.rows.iter().enumerate() {
                (SvgText {
                    x: layout.left - 6,
                    y: layout.y(index) + ROW / 2,
                    size: 13,
                    anchor: "end",
                    content: &shortened(&row.name, MAX_ROW_CHARS),
                    ..SvgText::DEFAULT
                })
            }
            @for index in self.named_columns(layout) {
                (SvgText {
                    x: layout.x(index) + layout.cell / 2,
                    content: &shortened(&self.columns[index], MAX_COLUMN_CHARS),
                    ..column
                })
            }
        }
    }

    /// The columns whose names have room.
    fn named_columns(&self, layout: &Layout) -> Vec<usize> {
        let mut free = i32::MIN;
        let mut has_room = |index: &usize| {
            let x = layout.x(*index) + layout.cell / 2;
            let is_shown = layout.has_all_names || (x >= free && self.named.contains(index));
            if is_shown {
                free = x + UPRIGHT;
            }
            is_shown
        };
        (0..self.columns.len()).filter(|index| has_room(index)).collect()
    }

    /// A dashed line before each column that others are left out before.
    fn breaks(&self, layout: &Layout) -> Markup {
        html! {
            @for index in (0..self.columns.len()).filter(|index| self.breaks.contains(index)) {
                @let x = layout.x(index) - 1;
                @for y in (layout.top - ROW / 3..layout.bottom).step_by(DASH_STEP) {
                    (line((x, y), (x, (y + DASH).min(layout.bottom)), INK))
                }
            }
        }
    }

    /// The shades with the counts that they cover.
    fn legend(&self, layout: &Layout, thresholds: &[u64]) -> Markup {
        let mut x = MARGIN;
        let bottom = layout.bottom + LEGEND - MARGIN;
        let text = SvgText { y: bottom - SAMPLE / 2, ..SvgText::DEFAULT };
        let entries: Vec<(i32, usize, String)> = thresholds
            .iter()
            .enumerate()
            .map(|(shade, &from)| {
                let range = match thresholds.get(shade + 1).map(|next| next - 1) {
                    Some(to) if to == from => from.to_string(),
                    Some(to) => format!("{from}–{to}"),
                    None => format!("≥{from}"),
                };
                let at = x;
                x += SAMPLE + 5 + columns(range.width()) + 14;
                (at, shade, range)
            })
            .collect();
        html! {
            @for (x, shade, range) in &entries {
                @let height = if layout.has_counts { SAMPLE } else { fill_height(*shade).min(SAMPLE + 4) };
                (rectangle((*x, bottom - height), (SAMPLE, height), RAMP[*shade]))
                (SvgText { x: x + SAMPLE + 5, content: range, ..text })
            }
            (SvgText { x, content: &shortened(self.unit, MAX_ROW_CHARS * 2), ..text })
        }
    }
}

/// A cell, filled from below as far as its count demands if that has no room in it.
fn filled(layout: &Layout, (x, y): (i32, i32), count: u64, thresholds: &[u64]) -> Markup {
    let shade = shade(count, thresholds);
    let colour = RAMP[shade.min(RAMP.len() - 1)];
    let (width, height) = (layout.cell - 1, ROW - 2);
    if !layout.has_counts {
        let part = fill_height(shade);
        return rectangle((x, y + height - part), (width, part), colour);
    }
    html! {
        (rectangle((x, y), (width, height), colour))
        (SvgText {
            x: x + layout.cell / 2,
            y: y + ROW / 2 - 1,
            anchor: "middle",
            fill: if shade < FIRST_DARK { INK } else { WHITE },
            content: &count.to_string(),
            ..SvgText::DEFAULT
        })
    }
}

/// Pixels of a cell without a count that are filled.
fn fill_height(shade: usize) -> i32 {
    const STEPS: i32 = 7;
    (ROW - 3) * as_pixels(shade + 2).min(STEPS) / STEPS
}

/// Pixels of the width of so many columns of text.
fn columns(count: usize) -> i32 {
    COLUMN.saturating_mul(as_pixels(count))
}

fn as_pixels(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(columns: usize, rows: &[HeatRow]) -> String {
        let columns: Vec<String> =
            (0..columns).map(|at| format!("{}-{:02}", 2020 + at / 12, at % 12 + 1)).collect();
        let named: Vec<usize> = (0..columns.len()).step_by(12).collect();
        let chart = HeatChart {
            title: "各地各月",
            description: "矩阵",
            unit: "篇",
            columns: &columns,
            named: &named,
            breaks: &[2],
            rows,
        };
        chart.to_svg().into_string().replace("><", ">\n<")
    }

    fn row(name: &str, counts: &[u64]) -> HeatRow {
        let cell = |&count: &u64| HeatCell {
            count,
            tip: format!("{name} {count}"),
            href: Some(format!("/?district={name}")),
        };
        HeatRow { name: name.into(), cells: counts.iter().map(cell).collect() }
    }

    #[test]
    fn a_cell_has_the_shade_of_its_count_and_one_without_articles_is_empty() {
        let rows = [row("登封市", &[1, 0, 900]), row("荥阳市", &[30, 2, 0])];
        insta::assert_snapshot!(drawn(3, &rows));
    }

    #[test]
    fn narrow_cells_are_filled_by_count_and_named_by_year() {
        let svg = drawn(240, &[row("登封市", &[5; 240])]);
        assert!(svg.contains("2021-01") && !svg.contains("2021-02"), "{svg}");
        assert!(!svg.contains(">5</text>"), "no room for counts");
        assert_eq!(svg.matches("<a href").count(), 240);
        let twelve = drawn(12, &[row("登封市", &[5; 12])]);
        assert!(twelve.contains("2020-02") && twelve.contains(">5</text>"), "{twelve}");
        insta::assert_snapshot!(drawn(30, &[row("登封市", &[0, 0, 1, 12, 0, 300])]));
    }

    #[test]
    fn outside_text_is_escaped() {
        let svg = drawn(2, &[row("\"><script>&\u{0}", &[1, 2, 3])]);
        assert!(!svg.contains("<script") && !svg.contains('\u{0}'), "{svg}");
        assert_eq!(svg.matches("<a href").count(), 2, "a third column there is not");
    }

    #[test]
    fn a_chart_without_cells_is_a_chart() {
        assert!(drawn(0, &[]).ends_with("</svg>"));
        assert!(drawn(700, &[row("", &[])]).ends_with("</svg>"));
    }
}
