//! What is drawn on a page, with bounds: paths and pictures on white paper, by the renderer of `hayro`.
//!
//! The renderer cannot be stopped, so what each thing asks for is counted before it is handed over.

use std::f64::consts::SQRT_2;
use std::sync::Arc;

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::color::{AlphaColor, Srgb};
use hayro::vello_cpu::peniko::{Fill, ImageAlphaType, ImageSampler};
use hayro::vello_cpu::{
    Image, ImageSource, PixelMetadata, Pixmap, RasterizerSettings, RenderContext, Resources,
    TargetInit,
};
use hayro_interpret::kurbo::{Affine, BezPath, Join, PathEl, Point, Rect, Shape, Stroke, dash};
use image::RgbImage;
use image::imageops::FilterType;

use super::content::Full;
use super::ink::Colour;

use crate::intake::picture_file::decoded_picture;
use crate::recognise::PageFailure;

/// Dots of the longer side of a page, at least and at most.
const MIN_SIDE: f64 = 16.0;
const MAX_SIDE: f64 = 8_000.0;

/// Dots that all pictures of a page have, as they are and as they are laid on it.
const MAX_DOTS: u64 = 320_000_000;

/// Dots that pictures have as they are laid, which are held until the page is drawn.
const MAX_LAID: u64 = 64_000_000;

/// Dots that the outlines of a page run along, and how far from it, in dots, they may reach.
const MAX_OUTLINES: f64 = 80_000_000.0;
const MAX_REACH: f64 = 100_000.0;

/// What all things cover together, in areas of the page.
const MAX_COVERED: f64 = 1_000.0;

/// A stroke is as wide as this at least, in dots: hairlines are seen.
const MIN_STROKE: f64 = 0.6;

/// Dashes that follow each other within fewer dots are a line. A dash counts as so many dots of outlines, and so
/// does a gap.
const MIN_PERIOD: f64 = 2.0;
const DASH_DOTS: f64 = 40.0;

/// A clip that cuts something, and each piece of one that is set, count as so many dots of outlines.
const CLIP_DOTS: f64 = 20.0;

/// Pieces of a clip that is a rectangle, and how much smaller than the one around it, in parts of that.
const BOX_PIECES: usize = 6;
const BOX_DIFFERENCE: f64 = 1e-9;

/// By how many dots the edges of a picture that counts as upright may lean.
const MAX_LEAN: f64 = 0.5;

/// A page being drawn.
pub(super) struct Canvas {
    context: RenderContext,
    /// From millimetres to dots.
    scale: f64,
    /// What is drawn is seen within all of these.
    clips: Vec<Clip>,
    outlines: f64,
    covered: f64,
    dots: u64,
    laid: u64,
}

/// A path on the page, in dots, within which something is seen.
struct Clip {
    path: BezPath,
    around: Rect,
    /// Whether it is all of the rectangle around it.
    is_box: bool,
}

impl Canvas {
    /// A page of so many millimetres, with so many dots on its longer side (within limits).
    pub(super) fn new((width, height): (f64, f64), side: f64) -> Self {
        let scale = side.clamp(MIN_SIDE, MAX_SIDE) / width.max(height);
        let dots = |length: f64| (length * scale).round().max(1.0) as u16;
        let context = RenderContext::new(dots(width), dots(height));
        Self { context, scale, clips: Vec::new(), outlines: 0.0, covered: 0.0, dots: 0, laid: 0 }
    }

    fn on_page(&self, place: Affine) -> Affine {
        Affine::scale(self.scale) * place
    }

    /// Fills a path.
    ///
    /// # Errors
    /// When the page asks for too much.
    pub(super) fn fill(
        &mut self,
        path: &BezPath,
        place: Affine,
        colour: Colour,
        is_even_odd: bool,
    ) -> Result<(), Full> {
        let place = self.on_page(place);
        let around = place.transform_rect_bbox(path.control_box());
        if self.count(path, place, around, 1.0)?
            && let Some(cuts) = self.cut(around)?
        {
            self.begin(place, colour);
            self.context.set_fill_rule(if is_even_odd { Fill::EvenOdd } else { Fill::NonZero });
            self.context.fill_path(path);
            self.end_cuts(cuts);
        }
        Ok(())
    }

    /// Strokes a path with a pen in its own units.
    ///
    /// # Errors
    /// When the page asks for too much.
    pub(super) fn stroke(
        &mut self,
        path: &BezPath,
        place: Affine,
        colour: Colour,
        pen: &Stroke,
    ) -> Result<(), Full> {
        let place = self.on_page(place);
        let size = place.determinant().abs().sqrt();
        let width = pen.width.max(MIN_STROKE / size);
        // Corners and ends reach as far as this from the path.
        let pointed = if pen.join == Join::Miter { pen.miter_limit } else { 1.0 };
        let beside = width * size / 2.0 * pointed.max(SQRT_2);
        if !(size > 0.0 && beside <= MAX_REACH) {
            return Ok(());
        }
        let around = place.transform_rect_bbox(path.control_box()).inflate(beside, beside);
        if !self.count(path, place, around, 3.0)? {
            return Ok(());
        }
        let dashed = self.dashed(path, pen, size)?;
        let path = dashed.as_ref().unwrap_or(path);
        self.spend(path.elements().len() as f64 * (2.0 * beside).min(self.longest()))?;
        if let Some(cuts) = self.cut(around)? {
            self.begin(place, colour);
            self.context.set_stroke(Stroke { width, ..pen.clone() }.with_dashes(0.0, [0.0; 0]));
            self.context.stroke_path(path);
            self.end_cuts(cuts);
        }
        Ok(())
    }

    /// The dashes of a path; `None` of one that is drawn through, or whose dashes are too close to be seen.
    fn dashed(&mut self, path: &BezPath, pen: &Stroke, size: f64) -> Result<Option<BezPath>, Full> {
        let period: f64 = pen.dash_pattern.iter().sum();
        if period * size < MIN_PERIOD {
            return Ok(None);
        }
        // The pattern begins anew with each part of the path.
        let periods =
            length(path, Affine::IDENTITY, f64::INFINITY) / period + path.elements().len() as f64;
        self.spend(periods * pen.dash_pattern.len() as f64 * DASH_DOTS)?;
        Ok(Some(dash(path.iter(), pen.dash_offset, &pen.dash_pattern).collect()))
    }

    /// From now on, what is drawn is seen within this path alone.
    ///
    /// # Errors
    /// When the page asks for too much.
    pub(super) fn clip(&mut self, path: &BezPath, place: Affine) -> Result<(), Full> {
        self.spend(path.elements().len() as f64 * CLIP_DOTS)?;
        let path = self.on_page(place) * path;
        let around = path.bounding_box();
        let is_box = path.elements().len() <= BOX_PIECES
            && (path.area().abs() - around.area()).abs() <= around.area() * BOX_DIFFERENCE;
        let (path, around) = if is_box {
            // Far beyond the page it cuts nothing.
            let page = self.paper();
            let near = around.intersect(page.inflate(page.width(), page.height()));
            (near.to_path(BOX_DIFFERENCE), near)
        } else {
            (path, around)
        };
        self.clips.push(Clip { path, around, is_box });
        Ok(())
    }

    /// The last clips, so many, are no longer.
    pub(super) fn unclip(&mut self, count: usize) {
        self.clips.truncate(self.clips.len().saturating_sub(count));
    }

    /// Begins to cut what is within this rectangle by the clips; `None` if nothing of it is seen, else how many
    /// cut it.
    fn cut(&mut self, around: Rect) -> Result<Option<usize>, Full> {
        let meets = |clip: &Clip| {
            let common = clip.around.intersect(around);
            common.width() > 0.0 && common.height() > 0.0
        };
        self.spend(self.clips.len() as f64)?;
        if !self.clips.iter().all(meets) {
            return Ok(None);
        }
        let longest = self.longest();
        let cuts = |clip: &&Clip| !(clip.is_box && clip.around.contains_rect(around));
        let cutting = self.clips.iter().filter(cuts);
        let lengths =
            cutting.clone().map(|clip| CLIP_DOTS + length(&clip.path, Affine::IDENTITY, longest));
        self.outlines += lengths.sum::<f64>();
        if self.outlines > MAX_OUTLINES || cutting.clone().any(|clip| !is_near(clip.around)) {
            return Err(Full);
        }
        self.context.set_transform(Affine::IDENTITY);
        self.context.set_fill_rule(Fill::NonZero);
        let count = cutting.map(|clip| self.context.push_clip_path(&clip.path)).count();
        Ok(Some(count))
    }

    fn end_cuts(&mut self, count: usize) {
        for _ in 0..count {
            self.context.pop_clip();
        }
    }

    fn begin(&mut self, place: Affine, [red, green, blue, alpha]: Colour) {
        self.context.set_transform(place);
        self.context.set_paint(AlphaColor::<Srgb>::from_rgba8(red, green, blue, alpha));
    }

    fn paper(&self) -> Rect {
        Rect::new(0.0, 0.0, self.context.width().into(), self.context.height().into())
    }

    /// Whether something within this rectangle is drawn: it reaches the page, and no further than
    /// numbers do.
    fn is_drawn(&self, around: Rect) -> bool {
        is_near(around) && self.is_seen(around)
    }

    fn is_seen(&self, around: Rect) -> bool {
        let page = self.paper();
        around.x1 >= page.x0 && around.x0 <= page.x1 && around.y1 >= page.y0 && around.y0 <= page.y1
    }

    /// The longest that a line is on the page, about.
    fn longest(&self) -> f64 {
        self.paper().width() + self.paper().height()
    }

    /// Counts dots of outlines.
    fn spend(&mut self, dots: f64) -> Result<(), Full> {
        self.outlines += dots;
        if self.outlines > MAX_OUTLINES { Err(Full) } else { Ok(()) }
    }

    /// Counts the dots that a path runs along, so many times, and what it covers of the rectangle around it.
    /// Whether it is drawn.
    fn count(
        &mut self,
        path: &BezPath,
        place: Affine,
        around: Rect,
        times: f64,
    ) -> Result<bool, Full> {
        let page = self.paper();
        let is_drawn = self.is_drawn(around);
        // Looking at what is not drawn takes time, too.
        self.spend(path.elements().len() as f64)?;
        if is_drawn {
            self.spend(length(path, place, self.longest()) * times)?;
            self.covered += around.intersect(page).area() / page.area();
        }
        if self.covered > MAX_COVERED {
            return Err(Full);
        }
        Ok(is_drawn)
    }

    fn take(&mut self, width: u32, height: u32) -> Result<(), PageFailure> {
        self.dots += u64::from(width) * u64::from(height);
        if self.dots > MAX_DOTS { Err(PageFailure::TooLarge) } else { Ok(()) }
    }

    /// Lays a picture on the place of a square of one millimetre.
    ///
    /// # Errors
    /// When it cannot be decoded, and when the pictures of the page have too many dots.
    pub(super) fn picture(&mut self, bytes: Vec<u8>, place: Affine) -> Result<(), PageFailure> {
        let place = self.on_page(place);
        let around = place.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
        if !is_near(around) {
            return Err(PageFailure::TooLarge);
        }
        if !self.is_seen(around) {
            return Ok(());
        }
        let [across, lean, slant, down, x, y] = place.as_coeffs();
        // Of a picture that is laid far over the edges no more dots are made than the page can show.
        let most = f64::from(self.context.width().max(self.context.height())) * 2.0;
        let (width, height) = (across.hypot(lean), slant.hypot(down));
        let side = |length: f64| length.round().clamp(1.0, most) as u16;
        let (wide, high) = (side(width), side(height));
        self.laid += u64::from(wide) * u64::from(high);
        if self.laid > MAX_LAID {
            return Err(PageFailure::TooLarge);
        }
        let picture = decoded_picture(bytes)?;
        self.take(picture.width(), picture.height())?;
        // Of a picture in black and white the strokes stay visible, since dots are averaged.
        let picture = picture.resize_exact(wide.into(), high.into(), FilterType::Triangle);
        let has_alpha = picture.color().has_alpha();
        let metadata =
            PixelMetadata { may_have_transparency: has_alpha, alpha_type: ImageAlphaType::Alpha };
        let dots = picture.into_rgba8().into_raw();
        let image = ImageSource::Pixmap(Arc::new(Pixmap::from_parts(dots, wide, high, metadata)));
        let is_whole = width.max(height) <= most;
        let is_upright =
            is_whole && across > 0.0 && down > 0.0 && lean.abs().max(slant.abs()) < MAX_LEAN;
        let Some(cuts) = self.cut(around).map_err(|Full| PageFailure::TooLarge)? else {
            return Ok(());
        };
        self.context.set_transform(if is_upright {
            Affine::translate((x.round(), y.round()))
        } else {
            place * Affine::scale_non_uniform(1.0 / f64::from(wide), 1.0 / f64::from(high))
        });
        self.context.set_paint(Image { image, sampler: ImageSampler::default() });
        self.context.fill_rect(&Rect::new(0.0, 0.0, wide.into(), high.into()));
        self.end_cuts(cuts);
        Ok(())
    }

    /// The page.
    pub(super) fn finish(mut self) -> Option<RgbImage> {
        self.context.flush();
        let mut pixmap = Pixmap::new(self.context.width(), self.context.height());
        let settings =
            RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..Default::default() };
        self.context.render_with(&mut pixmap, &mut Resources::default(), settings);
        let (width, height) = (pixmap.width().into(), pixmap.height().into());
        let dots = pixmap.data().iter().flat_map(|dot| [dot.r, dot.g, dot.b]).collect();
        RgbImage::from_raw(width, height, dots)
    }
}

/// Whether a rectangle is of numbers, and within what a page may reach.
fn is_near(around: Rect) -> bool {
    let edges = [around.x0, around.y0, around.x1, around.y1];
    edges.iter().all(|edge| edge.is_finite() && edge.abs() <= MAX_REACH)
}

/// How long an outline is at most where it stands, no piece longer than this.
fn length(path: &BezPath, place: Affine, longest: f64) -> f64 {
    let mut last = Point::ZERO;
    let mut sum = 0.0;
    for element in path.elements() {
        let points: &[Point] = match element {
            PathEl::MoveTo(to) => {
                last = place * *to;
                &[]
            }
            PathEl::LineTo(to) => &[*to],
            PathEl::QuadTo(one, to) => &[*one, *to],
            PathEl::CurveTo(one, two, to) => &[*one, *two, *to],
            PathEl::ClosePath => &[],
        };
        for &point in points {
            let point = place * point;
            sum += last.distance(point).min(longest);
            last = point;
        }
    }
    sum
}
