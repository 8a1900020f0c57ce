//! What can be clicked in a drawing: transparent rectangles over it, each with the words that are
//! shown when a pointer rests on it.

use std::fmt;

use super::frame::escaped;
use crate::model::CivilDate;

/// A rectangle over a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Pixels of its left and its upper edge.
    pub at: (i32, i32),
    /// Pixels of its width and its height.
    pub size: (i32, i32),
    /// Where it leads; nowhere if it only says something.
    pub href: Option<String>,
    pub tip: String,
    /// The days that it stands for, so that a script can let a reader drag over several.
    pub days: Option<(CivilDate, CivilDate)>,
}

impl fmt::Display for Link {
    /// Out of the order of focus: what can be reached here stands in the table of the drawing, too.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.href.is_some() { "a" } else { "g" };
        write!(f, "<{name}")?;
        if let Some(href) = &self.href {
            write!(f, " href=\"{}\" tabindex=\"-1\"", escaped(href))?;
        }
        if let Some((from, to)) = self.days {
            write!(f, " data-from=\"{from}\" data-to=\"{to}\"")?;
        }
        let ((x, y), (width, height)) = (self.at, self.size);
        write!(
            f,
            "><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" \
             fill=\"#000000\" fill-opacity=\"0\"/></{name}>",
            escaped(&self.tip),
            width.max(1),
            height.max(1)
        )
    }
}
