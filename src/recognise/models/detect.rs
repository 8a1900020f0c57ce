//! Where text is on a page: DBNet, with the steps and the numbers of PaddleOCR behind it.

use image::imageops::{FilterType, resize};
use image::{GrayImage, ImageBuffer};
use rten::Model;
use rten_imageproc::{Point, RetrievalMode, RotatedRect, Vec2, find_contours, min_area_rect};
use rten_tensor::prelude::*;
use rten_tensor::{MatrixLayout, NdTensor, NdTensorView};

use crate::recognise::raster::Raster;

/// Finds the lines of a page.
pub(super) struct Detector {
    model: Model,
}

/// Dots on the longer side of what the detector sees: small type on a large page is still told apart.
const MAX_SIDE: u32 = 2_048;

/// Sides are multiples of this.
const STEP: u32 = 32;

/// A dot is text from this probability on.
const MIN_DOT: f32 = 0.3;

/// A box is text if its dots are on average.
const MIN_BOX: f32 = 0.6;

/// The detector marks the core of a line; the line is larger by this times area through perimeter.
const UNCLIP: f32 = 1.5;

/// Dots of the shorter side of a core.
const MIN_CORE: f32 = 3.0;

/// Lines on a page at most.
const MAX_BOXES: usize = 5_000;

/// A line that is so much higher than wide runs down.
const MIN_TALL: f32 = 1.5;

/// Mean and deviation of the dots that it was trained on, for each colour.
const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];

/// A line of text, which may be slightly turned, in dots of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextBox {
    pub(super) center: (f32, f32),
    /// From the lower edge to the upper one, of length 1.
    pub(super) up: (f32, f32),
    pub(super) width: f32,
    pub(super) height: f32,
}

impl TextBox {
    /// Whether its text runs down.
    pub(super) fn is_vertical(&self) -> bool {
        self.height >= self.width * MIN_TALL
    }

    /// Left, top, right and bottom of the rectangle around it, on a page of this size.
    pub(super) fn bounds(&self, width: u32, height: u32) -> [u32; 4] {
        let across = f32::midpoint(self.width * self.up.1.abs(), self.height * self.up.0.abs());
        let along = f32::midpoint(self.width * self.up.0.abs(), self.height * self.up.1.abs());
        let (x, y) = self.center;
        let within = |place: f32, end: u32| place.round().clamp(0.0, end as f32) as u32;
        [
            within(x - across, width),
            within(y - along, height),
            within(x + across, width),
            within(y + along, height),
        ]
    }

    /// Of a rectangle that stands any way round: its upper side is the one that is most nearly up.
    fn of(rect: &RotatedRect, scale: (f32, f32)) -> Self {
        let axis = rect.up_axis();
        let sides = [(axis.x, axis.y), (-axis.x, -axis.y), (axis.y, -axis.x), (-axis.y, axis.x)];
        let up = sides.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0.0, -1.0));
        let is_same = (up.0 * axis.x + up.1 * axis.y).abs() > 0.5;
        let (width, height) =
            if is_same { (rect.width(), rect.height()) } else { (rect.height(), rect.width()) };
        let center = (rect.center().x * scale.0, rect.center().y * scale.1);
        Self { center, up, width: width * scale.0, height: height * scale.1 }
    }
}

impl Detector {
    pub(super) fn new(model: Vec<u8>) -> Result<Self, String> {
        let model = Model::load(model).map_err(|error| format!("the detector: {error}"))?;
        Ok(Self { model })
    }

    /// The lines, in no order.
    pub(super) fn boxes(&self, raster: &Raster) -> Result<Vec<TextBox>, String> {
        let (seen, scale) = shrunk(raster)?;
        let [height, width] = [seen.height() as usize, seen.width() as usize];
        let dots = seen.as_raw();
        let input = NdTensor::from_fn([1, 3, height, width], |[_, colour, y, x]| {
            let dot = dots.get(y * width + x).copied().unwrap_or_default();
            (f32::from(dot) / 255.0 - MEAN[colour]) / DEVIATION[colour]
        });
        let failed = |error: &dyn std::fmt::Display| format!("the detector: {error}");
        let output = self.model.run_one((&input).into(), None).map_err(|error| failed(&error))?;
        let output: NdTensor<f32, 4> = output.try_into().map_err(|error| failed(&error))?;
        if output.shape() != [1, 1, height, width] {
            return Err(failed(&format!("an output of the shape {:?}", output.shape())));
        }
        let likely = output.slice((0, 0));
        Ok(boxes_of(likely, scale))
    }
}

/// The page as the detector sees it, and how much larger it is.
fn shrunk(raster: &Raster) -> Result<(GrayImage, (f32, f32)), String> {
    let (width, height) = (raster.width(), raster.height());
    let page: ImageBuffer<image::Luma<u8>, &[u8]> =
        ImageBuffer::from_raw(width, height, raster.dots()).ok_or("the page has no dots")?;
    let scale = (MAX_SIDE as f32 / width.max(height) as f32).min(1.0);
    let side = |length: u32| {
        let steps = (length as f32 * scale / STEP as f32).round() as u32;
        steps.max(1) * STEP
    };
    let seen = resize(&page, side(width), side(height), FilterType::Triangle);
    let scale = (width as f32 / seen.width() as f32, height as f32 / seen.height() as f32);
    Ok((seen, scale))
}

/// The boxes around what is likely text.
fn boxes_of(likely: NdTensorView<'_, f32, 2>, scale: (f32, f32)) -> Vec<TextBox> {
    let mask = likely.map(|likely| *likely > MIN_DOT);
    let mut boxes = Vec::new();
    for contour in find_contours(mask.view(), RetrievalMode::External).iter().take(MAX_BOXES) {
        let points: Vec<_> = contour.iter().map(|point| point.to_f32()).collect();
        let Some(core) = min_area_rect(&points) else { continue };
        let (width, height) = (core.width() + 1.0, core.height() + 1.0);
        if width.min(height) < MIN_CORE || mean_within(likely, contour, &core) < MIN_BOX {
            continue;
        }
        let more = 2.0 * UNCLIP * width * height / (2.0 * (width + height));
        let whole = RotatedRect::new(core.center(), core.up_axis(), width + more, height + more);
        boxes.push(TextBox::of(&whole, scale));
    }
    boxes
}

/// The mean of the dots in a box.
fn mean_within(likely: NdTensorView<'_, f32, 2>, contour: &[Point], core: &RotatedRect) -> f32 {
    let span = |of: fn(&Point) -> i32, end: usize| {
        let first = contour.iter().map(of).min().unwrap_or_default().max(0) as usize;
        let last = contour.iter().map(of).max().unwrap_or_default().max(0) as usize;
        first..(last + 1).min(end)
    };
    let (rows, columns) = (span(|p| p.y, likely.rows()), span(|p| p.x, likely.cols()));
    let up: Vec2 = core.up_axis();
    let within = |x: usize, y: usize| {
        let (dx, dy) = (x as f32 - core.center().x, y as f32 - core.center().y);
        let (along, across) = (dx * up.x + dy * up.y, dx * up.y - dy * up.x);
        along.abs() * 2.0 <= core.height() + 1.0 && across.abs() * 2.0 <= core.width() + 1.0
    };
    let (mut sum, mut count) = (0.0, 0u32);
    for y in rows {
        for x in columns.clone().filter(|x| within(*x, y)) {
            sum += likely[[y, x]];
            count += 1;
        }
    }
    if count > 0 { sum / count as f32 } else { 0.0 }
}
