//! What printing, copying and scanning do to a page.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, blur, resize};
use image::{GrayImage, ImageFormat, Luma};

pub type Degrade = fn(&GrayImage) -> GrayImage;

/// From clean print on; pictures come with 300 dots per inch.
pub const LEVELS: [(&str, Degrade); 12] = [
    ("clean, 300 dpi", |page| page.clone()),
    ("200 dpi", |page| at(page, 200)),
    ("150 dpi", |page| at(page, 150)),
    ("100 dpi", |page| at(page, 100)),
    ("noise", |page| noisy(page, 25.0)),
    ("much noise", |page| noisy(page, 60.0)),
    ("blurred", |page| blur(page, 2.5)),
    ("very blurred", |page| blur(page, 4.5)),
    ("skewed by 1°", |page| turned(page, 1.0)),
    ("skewed by 3°", |page| turned(page, 3.0)),
    ("JPEG, quality 10, 200 dpi", |page| jpeg(&at(page, 200), 10)),
    (
        "copy of a copy, 150 dpi",
        (|page| jpeg(&noisy(&blur(&turned(&at(page, 150), 0.7), 1.2), 50.0), 30)),
    ),
];

fn at(page: &GrayImage, density: u32) -> GrayImage {
    let side = |length: u32| length * density / 300;
    resize(page, side(page.width()), side(page.height()), FilterType::Triangle)
}

/// Noise of this deviation, the same each time.
fn noisy(page: &GrayImage, deviation: f32) -> GrayImage {
    let mut random = fastrand::Rng::with_seed(7);
    let mut copy = page.clone();
    for Luma([dot]) in copy.pixels_mut() {
        // Nearly normal, with a variance of 1.
        let noise: f32 = (0..12).map(|_| random.f32()).sum::<f32>() - 6.0;
        *dot = (f32::from(*dot) + noise * deviation).round().clamp(0.0, 255.0) as u8;
    }
    copy
}

/// Turned about its middle, by degrees.
fn turned(page: &GrayImage, degrees: f32) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = page.dimensions();
    let (middle_x, middle_y) = (width as f32 / 2.0, height as f32 / 2.0);
    GrayImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (x as f32 - middle_x, y as f32 - middle_y);
        let place = (middle_x + dx * cos + dy * sin, middle_y - dx * sin + dy * cos);
        Luma([between(page, place)])
    })
}

/// The grey between four dots; white outside of the page.
fn between(page: &GrayImage, (x, y): (f32, f32)) -> u8 {
    let (left, top) = (x.floor(), y.floor());
    let (dx, dy) = (x - left, y - top);
    let dot = |x: f32, y: f32| {
        let is_inside = x >= 0.0 && y >= 0.0 && x < page.width() as f32 && y < page.height() as f32;
        if is_inside { f32::from(page.get_pixel(x as u32, y as u32).0[0]) } else { 255.0 }
    };
    let upper = dot(left, top) * (1.0 - dx) + dot(left + 1.0, top) * dx;
    let lower = dot(left, top + 1.0) * (1.0 - dx) + dot(left + 1.0, top + 1.0) * dx;
    (upper * (1.0 - dy) + lower * dy).round() as u8
}

fn jpeg(page: &GrayImage, quality: u8) -> GrayImage {
    let mut bytes = Vec::new();
    let encoded = JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(page);
    let decoded = encoded.and_then(|()| {
        image::load(Cursor::new(&bytes), ImageFormat::Jpeg).map(|picture| picture.to_luma8())
    });
    decoded.unwrap_or_else(|error| panic!("a picture in JPEG: {error}"))
}
