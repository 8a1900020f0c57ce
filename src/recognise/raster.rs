//! A picture of a page as dots.

/// A grey picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    width: u32,
    height: u32,
    /// A byte for each dot, row by row from the top; 0 is black.
    dots: Vec<u8>,
    /// Dots per inch, if it is known.
    density: Option<u32>,
}

impl Raster {
    /// A picture of these dots; `None` if they are not `width` times `height`, or none at all.
    #[must_use]
    pub fn new(width: u32, height: u32, dots: Vec<u8>, density: Option<u32>) -> Option<Self> {
        let expected = u64::from(width) * u64::from(height);
        let is_whole = expected > 0 && dots.len() as u64 == expected;
        is_whole.then_some(Self { width, height, dots, density })
    }

    /// In dots.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// In dots.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// A byte for each dot, row by row from the top; 0 is black.
    #[must_use]
    pub fn dots(&self) -> &[u8] {
        &self.dots
    }

    /// Dots per inch, if it is known.
    #[must_use]
    pub fn density(&self) -> Option<u32> {
        self.density
    }

    /// A rectangle of it, from left and top to right and bottom; `None` if it has no dots.
    #[must_use]
    pub fn part(&self, [left, top, right, bottom]: [u32; 4]) -> Option<Self> {
        let row = |y: u32| {
            let start = y as usize * self.width as usize;
            self.dots.get(start + left as usize..start + right as usize)
        };
        let rows: Option<Vec<&[u8]>> = (top..bottom.min(self.height)).map(row).collect();
        Self::new(right.checked_sub(left)?, bottom.checked_sub(top)?, rows?.concat(), self.density)
    }

    /// The picture as a file in the simplest of all formats (PGM).
    #[must_use]
    pub fn to_pgm(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.dots);
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raster_has_a_byte_for_each_dot() {
        assert_eq!(Raster::new(2, 2, vec![0; 3], None), None);
        assert_eq!(Raster::new(0, 2, Vec::new(), None), None);
        let raster = Raster::new(2, 1, vec![7, 255], Some(300)).expect("two dots");
        assert_eq!(raster.to_pgm(), b"P5\n2 1\n255\n\x07\xff");
        assert_eq!(raster.part([1, 0, 2, 1]), Raster::new(1, 1, vec![255], Some(300)));
        assert_eq!(raster.part([1, 0, 3, 1]), None);
        assert_eq!(raster.part([1, 0, 1, 1]), None);
    }
}
