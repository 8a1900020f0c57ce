//! A matrix as an SVG: one cell for each row and column, told apart by shade and by its number, or,
//! where that has no room, by how much of the cell is filled. Cells without anything stay empty.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};
use unicode_width::UnicodeWidthStr;

use super::frame::{Area, ChartError, GRID, INK, drawing, named, shortened, text};
use super::links::Link;
use super::shades::{FIRST_DARK, RAMP, shade, steps};

/// Pixels from side to side that a page has room for; wider ones are for scrolling.
const WIDTH: i32 = 960;
const MARGIN: i32 = 8;
/// Pixels of the height of a row, and of the widths of a cell that has its number and of one that
/// has none.
const ROW: i32 = 24;
const NARROWEST: i32 = 9;
const MAX_CELL_WIDTH: i32 = 72;
/// Pixels that a name which stands upright takes.
const UPRIGHT: i32 = 16;
/// Pixels of a column of text, and what is added to it.
const COLUMN: i32 = 7;
const BESIDE: i32 = 10;
/// Columns of the name of a row at most, and of one of a column.
const MAX_ROW_CHARS: usize = 20;
const MAX_COLUMN_CHARS: usize = 14;
/// Pixels of the samples of the shades below the drawing.
const LEGEND: i32 = 40;
const SAMPLE: i32 = 16;

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct HeatChart<'a> {
    /// Its name for those who cannot see it; not drawn.
    pub title: &'a str,
    /// What can be seen in it, for those who cannot.
    pub description: &'a str,
    /// What the numbers are, at the shades.
    pub unit: &'a str,
    /// The names of the columns, from left to right.
    pub columns: &'a [String],
    /// The places of the columns that are named where not all have room.
    pub named: &'a [usize],
    /// The places of the columns before which others are left out; a dashed line stands there.
    pub breaks: &'a [usize],
    /// The rows, from above.
    pub rows: &'a [HeatRow],
}

/// A row of a matrix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeatRow {
    /// Its name.
    pub name: String,
    /// One for each column; what is missing is empty.
    pub cells: Vec<HeatCell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeatCell {
    /// How many.
    pub count: u64,
    /// What is shown when a pointer rests on it; nothing for an empty text.
    pub tip: String,
    /// Where a click leads.
    pub href: Option<String>,
}

/// Where everything stands.
struct Layout {
    /// Pixels of the left and the upper edge of the cells.
    left: i32,
    top: i32,
    /// Pixels of the right edge of the cells.
    right: i32,
    /// Pixels of the width of a cell.
    cell: i32,
    /// Whether numbers have room in the cells.
    numbers: bool,
    /// Whether every column has room for its name, when that stands upright.
    all_names: bool,
    width: i32,
    height: i32,
}

impl HeatChart<'_> {
    /// Draws the chart: a whole SVG document without an XML declaration, fit to stand in a web
    /// page, without a background. Over every cell with articles that has a tip or leads somewhere
    /// stands an `<a>` or `<g>`. The same values give the same bytes.
    ///
    /// # Errors
    /// When the plotting library fails.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        let layout = self.layout();
        let mut svg = String::new();
        let links = {
            let size = (layout.width.unsigned_abs(), layout.height.unsigned_abs());
            let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            let most = self.cells().map(|cell| cell.count).max().unwrap_or(0);
            let steps = steps(most);
            self.draw_names(&root, &layout)?;
            let links = self.draw_cells(&root, &layout, &steps)?;
            self.draw_breaks(&root, &layout)?;
            self.draw_legend(&root, &layout, &steps)?;
            root.present().map_err(drawing)?;
            links
        };
        Ok(named(&svg, self.title, self.description, &links))
    }

    fn cells(&self) -> impl Iterator<Item = &HeatCell> {
        self.rows.iter().flat_map(|row| row.cells.iter().take(self.columns.len()))
    }

    fn layout(&self) -> Layout {
        let wide = |names: &mut dyn Iterator<Item = usize>, most: usize| {
            pixels(names.map(|name| name.min(most)).max().unwrap_or(0)) + BESIDE
        };
        let left = MARGIN + wide(&mut self.rows.iter().map(|row| row.name.width()), MAX_ROW_CHARS);
        let name = wide(&mut self.columns.iter().map(|name| name.width()), MAX_COLUMN_CHARS);
        let number = wide(&mut self.cells().map(|cell| cell.count.to_string().len()), usize::MAX);
        let columns = i32::try_from(self.columns.len()).unwrap_or(i32::MAX / MAX_CELL_WIDTH).max(1);
        let cell = ((WIDTH - left - MARGIN) / columns).clamp(NARROWEST, MAX_CELL_WIDTH.max(number));
        let all_names = cell >= UPRIGHT;
        // Names that have no room beside each other stand upright.
        let top = MARGIN + if self.upright(cell) { name } else { ROW };
        let rows = i32::try_from(self.rows.len()).unwrap_or(0);
        let right = left + cell.saturating_mul(columns);
        Layout {
            left,
            top,
            right,
            cell,
            numbers: cell >= number,
            all_names,
            width: (right + MARGIN).max(WIDTH / 2),
            height: top + rows.saturating_mul(ROW) + LEGEND,
        }
    }

    fn upright(&self, cell: i32) -> bool {
        let longest = self.columns.iter().map(|name| name.width().min(MAX_COLUMN_CHARS)).max();
        pixels(longest.unwrap_or(0)) + 4 > cell
    }

    fn draw_names(&self, root: &Area, layout: &Layout) -> Result<(), ChartError> {
        let style = text(13.0, HPos::Right, VPos::Center);
        for (at, row) in (0..).zip(self.rows) {
            let name = shortened(&row.name, MAX_ROW_CHARS);
            let y = layout.top + at * ROW + ROW / 2;
            root.draw_text(&name, &style, (layout.left - 6, y)).map_err(drawing)?;
        }
        let upright = self.upright(layout.cell);
        let mut free = 0;
        for (across, (at, name)) in (0..).zip(self.columns.iter().enumerate()) {
            let x = layout.left + across * layout.cell + layout.cell / 2;
            if !layout.all_names && (x < free || !self.named.contains(&at)) {
                continue;
            }
            free = x + UPRIGHT;
            let name = shortened(name, MAX_COLUMN_CHARS);
            if upright {
                let style =
                    text(12.0, HPos::Left, VPos::Center).transform(FontTransform::Rotate270);
                root.draw_text(&name, &style, (x, layout.top - 5)).map_err(drawing)?;
            } else {
                let style = text(12.0, HPos::Center, VPos::Bottom);
                root.draw_text(&name, &style, (x, layout.top - 5)).map_err(drawing)?;
            }
        }
        Ok(())
    }

    fn draw_cells(
        &self,
        root: &Area,
        layout: &Layout,
        steps: &[u64],
    ) -> Result<Vec<Link>, ChartError> {
        let mut links = Vec::new();
        for (down, row) in (0..).zip(self.rows) {
            let y = layout.top + down * ROW;
            let line = vec![(layout.left, y + ROW - 1), (layout.right, y + ROW - 1)];
            root.draw(&PathElement::new(line, GRID)).map_err(drawing)?;
            for (across, cell) in (0..).zip(row.cells.iter().take(self.columns.len())) {
                if cell.count == 0 {
                    continue;
                }
                let x = layout.left + across * layout.cell;
                Self::draw_cell(root, layout, (x, y), cell.count, steps)?;
                if cell.href.is_some() || !cell.tip.is_empty() {
                    links.push(Link {
                        at: (x, y),
                        size: (layout.cell, ROW),
                        href: cell.href.clone(),
                        tip: cell.tip.clone(),
                        days: None,
                    });
                }
            }
        }
        Ok(links)
    }

    fn draw_breaks(&self, root: &Area, layout: &Layout) -> Result<(), ChartError> {
        let floor = layout.height - LEGEND;
        let columns = (0..).zip(0..self.columns.len());
        for (across, _) in columns.filter(|(_, at)| self.breaks.contains(at)) {
            let x: i32 = layout.left + across * layout.cell - 1;
            for y in (layout.top - ROW / 3..floor).step_by(6) {
                let dash = PathElement::new(vec![(x, y), (x, (y + 3).min(floor))], INK);
                root.draw(&dash).map_err(drawing)?;
            }
        }
        Ok(())
    }

    fn draw_cell(
        root: &Area,
        layout: &Layout,
        (x, y): (i32, i32),
        count: u64,
        steps: &[u64],
    ) -> Result<(), ChartError> {
        let shade = shade(count, steps);
        let (right, floor) = (x + layout.cell - 1, y + ROW - 2);
        if layout.numbers {
            draw_rectangle(root, (x, y), (right, floor), shade)?;
            let ink = if shade < FIRST_DARK { INK } else { WHITE };
            let style = text(12.0, HPos::Center, VPos::Center).color(&ink);
            let middle = (x + layout.cell / 2, y + ROW / 2 - 1);
            return root.draw_text(&count.to_string(), &style, middle).map_err(drawing);
        }
        draw_rectangle(root, (x, floor - filled(shade)), (right, floor), shade)
    }

    /// The shades with their numbers.
    fn draw_legend(&self, root: &Area, layout: &Layout, steps: &[u64]) -> Result<(), ChartError> {
        let mut x = MARGIN;
        let floor = layout.height - MARGIN;
        let style = text(12.0, HPos::Left, VPos::Center);
        for (shade, &from) in steps.iter().enumerate() {
            let to = steps.get(shade + 1).map(|next| next - 1);
            let range = match to {
                Some(to) if to == from => from.to_string(),
                Some(to) => format!("{from}–{to}"),
                None => format!("≥{from}"),
            };
            let height = if layout.numbers { SAMPLE } else { filled(shade).min(SAMPLE + 4) };
            draw_rectangle(root, (x, floor - height), (x + SAMPLE, floor), shade)?;
            let at = (x + SAMPLE + 5, floor - SAMPLE / 2);
            root.draw_text(&range, &style, at).map_err(drawing)?;
            x += SAMPLE + 5 + pixels(range.width()) + 14;
        }
        let unit = shortened(self.unit, MAX_ROW_CHARS * 2);
        root.draw_text(&unit, &style, (x, floor - SAMPLE / 2)).map_err(drawing)
    }
}

/// Pixels of so many columns of text.
fn pixels(columns: usize) -> i32 {
    i32::try_from(columns).unwrap_or(0).saturating_mul(COLUMN)
}

fn draw_rectangle(
    root: &Area,
    from: (i32, i32),
    to: (i32, i32),
    shade: usize,
) -> Result<(), ChartError> {
    let colour = RAMP[shade.min(RAMP.len() - 1)];
    root.draw(&Rectangle::new([from, to], colour.filled())).map_err(drawing)
}

/// Pixels of a cell without a number that are filled.
fn filled(shade: usize) -> i32 {
    const STEPS: i32 = 7;
    (ROW - 3) * (i32::try_from(shade).unwrap_or(0) + 2).min(STEPS) / STEPS
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
            breaks: &[7],
            rows,
        };
        chart.to_svg().expect("a chart")
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
    fn a_gap_is_empty_and_a_number_is_a_shade_with_the_number() {
        let svg = drawn(3, &[row("登封市", &[1, 0, 900]), row("荥阳市", &[30, 2, 0])]);
        assert_eq!(svg.matches("<a href").count(), 4, "gaps lead nowhere");
        for number in ["1", "900", "30", "2"] {
            assert!(svg.contains(&format!("\n{number}\n</text>")), "{number}: {svg}");
        }
        assert!(!svg.contains("\n0\n</text>"), "{svg}");
        let last = svg.matches("fill=\"#08306B\"").count();
        assert_eq!(last, 2, "the cell of 900, and the sample: {svg}");
        assert!(svg.contains("<text x=\"") && svg.contains("登封市"), "{svg}");
    }

    #[test]
    fn narrow_cells_are_filled_by_number_and_named_by_year() {
        let svg = drawn(240, &[row("登封市", &[5; 240])]);
        assert!(svg.contains("2021-01") && !svg.contains("2021-02"), "{svg}");
        assert!(!svg.contains("\n5\n</text>"), "no room for numbers");
        assert_eq!(svg.matches("<a href").count(), 240);
        assert!(svg.contains("stroke=\"#222222\""), "columns are left out before the eighth");
        let twelve = drawn(12, &[row("登封市", &[5; 12])]);
        assert!(twelve.contains("2020-02") && twelve.contains("\n5\n</text>"), "{twelve}");
    }

    #[test]
    fn what_comes_from_outside_cannot_break_the_document() {
        let svg = drawn(2, &[row("\"><script>&\u{0}", &[1, 2, 3])]);
        assert!(!svg.contains("<script") && !svg.contains('\u{0}'), "{svg}");
        assert_eq!(svg.matches("<a href").count(), 2, "a third column there is not");
        assert!(drawn(0, &[]).contains("</svg>"));
        assert!(drawn(700, &[row("", &[])]).contains("</svg>"));
    }
}
