//! What drawing a page asks for: things, area and pixels of pictures, counted as `hayro` would draw
//! them, without drawing.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::pattern::{Pattern, TilingPattern};
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, Paint, SoftMask, TransformExt, interpret_page,
};
use memchr::memmem;

use super::limits;

/// Things that a page draws: glyphs, pieces of paths and of dashed lines, clips, groups.
const MAX_STEPS: f64 = 1.5e6;
/// What they cover together, in areas of the page.
const MAX_COVERED: f64 = 1_000.0;
/// Pixels of a picture on the page, and of all of them.
const MAX_PIXELS_OF_ONE: f64 = 1e8;
const MAX_PIXELS: f64 = 5e8;

/// Bytes of a pixel, at most, in data that are not compressed: four colours of 16 bits.
const BYTES_OF_PIXEL: f64 = 8.0;

/// Glyphs are set in units of a thousandth of their size.
const EM: f64 = 1000.0;

/// Whether drawing a page at a scale (pixels for a point) would take too long or too much memory; `None`
/// if the library fails on it before that is known.
pub(super) fn is_too_much(
    page: &Page<'_>,
    scale: f64,
    settings: &InterpreterSettings,
) -> Option<bool> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width) * scale, f64::from(height) * scale);
    let place = Affine::scale(scale) * page.initial_transform(true).to_kurbo();
    let cache = InterpreterCache::new();
    let mut effort = Effort::within(bounds);
    let weighed = catch_unwind(AssertUnwindSafe(|| {
        let mut context = Context::new(place, bounds, &cache, page.xref(), settings.clone());
        interpret_page(page, &mut context, &mut effort);
    }));
    let is_too_much = effort.is_too_much();
    (weighed.is_ok() || is_too_much).then_some(is_too_much)
}

/// Counts what a page draws.
struct Effort {
    page: Rect,
    steps: f64,
    covered: f64,
    pixels: f64,
    /// The parts of the page that the clips in force leave.
    clips: Vec<Rect>,
    /// Masks that were drawn: each is once.
    masks: HashSet<u128>,
}

impl Effort {
    fn within(page: Rect) -> Self {
        let masks = HashSet::new();
        Self { page, steps: 0.0, covered: 0.0, pixels: 0.0, clips: Vec::new(), masks }
    }

    /// Whether it is too much, or no number.
    fn is_too_much(&self) -> bool {
        let is_within =
            self.steps <= MAX_STEPS && self.covered <= MAX_COVERED && self.pixels <= MAX_PIXELS;
        !is_within
    }

    /// Counts. Unwinds out of the library where it is too much: the rest need not be counted.
    fn count(&mut self, steps: f64, covered: f64) {
        self.steps += steps;
        self.covered += covered;
        if self.is_too_much() {
            resume_unwind(Box::new("more than is drawn"));
        }
    }

    /// The part of the page that is drawn on.
    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    /// What of the page a rectangle covers, in areas of the page.
    fn share(&self, area: Rect) -> f64 {
        let seen = area.intersect(self.clip());
        (seen.width().max(0.0) * seen.height().max(0.0)) / self.page.area()
    }

    /// Counts a shape that is filled with this paint, in the coordinates of the page.
    fn fill(&mut self, steps: f64, area: Rect, paint: &Paint<'_>, is_stroke: bool) {
        let share = self.share(area);
        self.count(steps, share);
        let Paint::Pattern(pattern) = paint else { return };
        match &**pattern {
            // A shading is worked out pixel by pixel.
            Pattern::Shading(_) => self.count(1.0, 8.0 * share),
            Pattern::Tiling(tiling) => self.tile(tiling, area, is_stroke),
        }
    }

    /// Counts a pattern that fills an area of the page: a picture of it is drawn first, with as many
    /// copies as reach into it.
    fn tile(&mut self, tiling: &TilingPattern<'_>, area: Rect, is_stroke: bool) {
        let seen = area.intersect(self.page);
        if seen.width() <= 0.0 || seen.height() <= 0.0 {
            return;
        }
        let area = tiling.matrix.inverse().transform_rect_bbox(seen);
        let axis = |visible: f64, step: f32, cell: f64, unit: Point| {
            let step = f64::from(step.abs());
            let shown = visible.min(step);
            let pixels = shown * (tiling.matrix * unit - tiling.matrix * Point::ZERO).hypot();
            (pixels.max(1.0), ((shown + cell) / step).ceil() + 1.0)
        };
        let cell = tiling.bbox;
        let across = axis(area.width(), tiling.x_step, cell.width(), Point::new(1.0, 0.0));
        let down = axis(area.height(), tiling.y_step, cell.height(), Point::new(0.0, 1.0));
        self.count(1.0, across.0 * down.0 / self.page.area());
        let (steps, covered) = (self.steps, self.covered);
        let clips = std::mem::take(&mut self.clips);
        tiling.interpret(self, tiling.matrix, is_stroke);
        self.clips = clips;
        let copies = across.1 * down.1 - 1.0;
        self.count((self.steps - steps + 1.0) * copies, (self.covered - covered) * copies);
    }

    /// Counts a mask, unless it was drawn before: as large as the page, whatever it shows.
    fn mask(&mut self, mask: Option<&SoftMask<'_>>) {
        if let Some(mask) = mask
            && self.masks.insert(mask.cache_key())
        {
            self.count(1.0, 4.0);
            let clips = std::mem::take(&mut self.clips);
            mask.interpret(self);
            self.clips = clips;
        }
    }
}

impl<'a> Device<'a> for Effort {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.mask(props.soft_mask.as_ref());
        let area = props.transform.transform_rect_bbox(path.control_box());
        let steps = path.elements().len() as f64;
        match mode {
            DrawMode::Invisible => self.count(1.0, 0.0),
            DrawMode::Fill(_) => self.fill(steps, area, &props.paint, false),
            DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
                let gap: f64 = stroke.dash_array.iter().map(|dash| f64::from(dash.abs())).sum();
                let dashes = if stroke.dash_array.is_empty() { 0.0 } else { length(path) / gap };
                // As wide as the stroke at its worst corners.
                let wide = f64::from(stroke.line_width) * f64::from(stroke.miter_limit.max(1.5));
                let around = path.control_box().inflate(wide, wide);
                let around = props.transform.transform_rect_bbox(around);
                self.fill(4.0 * steps + dashes, around, &props.paint, true);
                if let DrawMode::FillAndStroke(..) = mode {
                    self.fill(steps, area, &props.paint, false);
                }
            }
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.mask(props.soft_mask.as_ref());
        for glyph in run.glyphs() {
            match &**glyph {
                _ if matches!(mode, DrawMode::Invisible) => self.count(0.1, 0.0),
                Glyph::Outline(_) => {
                    let em = Rect::new(0.0, -EM / 2.0, EM, EM);
                    let place = props.transform * glyph.transform();
                    self.fill(1.0, place.transform_rect_bbox(em), &props.paint, false);
                }
                Glyph::Type3(drawn) => {
                    self.count(1.0, 0.0);
                    drawn.interpret(self, props.transform, glyph.transform(), &props.paint);
                }
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.mask(props.soft_mask.as_ref());
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let pixels = (width * height).max(pixels_inside(stream_of(&image)));
        let area = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        self.pixels += if pixels > MAX_PIXELS_OF_ONE { f64::INFINITY } else { pixels };
        self.count(1.0, self.share(area));
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.count(clip.path.elements().len() as f64, 0.0);
        self.clips.push(self.clip().intersect(clip.path.bounding_box()));
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.mask(mask.as_ref());
        self.count(1.0, self.share(self.page));
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}

fn stream_of<'i>(image: &'i Image<'_, '_>) -> &'i Stream<'i> {
    match image {
        Image::Stencil(stencil) => stencil.stream(),
        Image::Raster(raster) => raster.stream(),
    }
}

/// Pixels of a picture by its own data, which its size in the file need not agree with: JPEG 2000 by
/// the header of its codestream (ISO/IEC 15444-1, A.5.1), what is deflated by what it unpacks to. The
/// library holds JPEG to the size in the file; what LZW unpacks to is not known.
fn pixels_inside(stream: &Stream<'_>) -> f64 {
    let mut data = stream.raw_data().into_owned();
    for filter in filters(stream.dict()) {
        match &*filter {
            b"ASCII85Decode" | b"A85" => data = limits::without_ascii85(&data),
            b"ASCIIHexDecode" | b"AHx" => {
                let digits = data.iter().filter_map(|c| char::from(*c).to_digit(16));
                let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
                data =
                    digits.chunks(2).map(|pair| pair.iter().fold(0, |n, d| n << 4 | d)).collect();
            }
            b"FlateDecode" | b"Fl" => return limits::inflated(&data) as f64 / BYTES_OF_PIXEL,
            b"JPXDecode" => {
                let at = memmem::find(&data, &[0xff, 0x4f, 0xff, 0x51]).unwrap_or(data.len());
                let number = |from: usize| {
                    let bytes = data.get(at + from..at + from + 4)?;
                    Some(f64::from(u32::from_be_bytes(bytes.try_into().ok()?)))
                };
                return number(8).zip(number(12)).map_or(0.0, |(width, height)| width * height);
            }
            b"JBIG2Decode" => {
                let settings = hayro_jbig2::DecodeSettings { strict: false };
                let page = hayro_jbig2::Page::new_embedded(&data, None, &settings);
                return page.map_or(0.0, |page| f64::from(page.width()) * f64::from(page.height()));
            }
            b"CCITTFaxDecode" | b"CCF" => {
                let parameters = stream.dict().get::<Dict<'_>>(b"DecodeParms").unwrap_or_default();
                let columns = parameters.get::<u32>(b"Columns").unwrap_or_default();
                let rows = stream.dict().get::<u32>(b"Height").unwrap_or_default();
                return f64::from(columns) * f64::from(rows);
            }
            _ => return 0.0,
        }
    }
    0.0
}

/// The names of the filters of a stream, in the order in which they are undone.
fn filters(dict: &Dict<'_>) -> Vec<Vec<u8>> {
    let keys: [&[u8]; 2] = [b"Filter", b"F"];
    let of = |key: &[u8]| {
        if let Some(name) = dict.get::<Name<'_>>(key) {
            return Some(vec![name.to_vec()]);
        }
        let names = dict.get::<Array<'_>>(key)?;
        Some(names.iter::<Name<'_>>().map(|name| name.to_vec()).collect())
    };
    keys.into_iter().find_map(of).unwrap_or_default()
}

/// The length of a path, as that of the lines between its points.
fn length(path: &BezPath) -> f64 {
    let mut from = Point::ZERO;
    let mut length = 0.0;
    let mut to = |points: &[Point], is_drawn: bool| {
        for point in points {
            if is_drawn {
                length += from.distance(*point);
            }
            from = *point;
        }
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(point) => to(&[point], false),
            PathEl::LineTo(point) => to(&[point], true),
            PathEl::QuadTo(first, point) => to(&[first, point], true),
            PathEl::CurveTo(first, second, point) => to(&[first, second, point], true),
            PathEl::ClosePath => {}
        }
    }
    length
}
