//! How are counts over time drawn as SVG?

pub(crate) mod axis;
pub(crate) mod bars;
pub(crate) mod frame;
pub(crate) mod heat;
pub(crate) mod line;
pub(crate) mod links;
pub(crate) mod marks;
pub(crate) mod shades;
