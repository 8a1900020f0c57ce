//! How are counts drawn as SVG? Bars and lines over time, and matrices.

pub(crate) mod axis;
pub(crate) mod bars;
pub(crate) mod heat;
pub(crate) mod line;
pub(crate) mod plot;
pub(crate) mod series;
pub(crate) mod shades;
pub(crate) mod svg;
