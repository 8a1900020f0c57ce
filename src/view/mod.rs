//! What every front end shows alike, in words or as values: what was asked, dates and places as
//! they are printed, what needs a person's eye, a file as the archive sees it. Nothing is printed
//! here, and nothing knows of terminals or of HTTP.

mod asked;
mod days;
mod dimension;
mod nothing;
mod snippet;
mod what;

pub use asked::{Asked, FURTHEST, MOST_HITS, Misasked, USUAL_HITS};
pub use days::{Days, NotDays};
pub use dimension::Dimension;
pub use nothing::Nothing;
pub use snippet::{Run, runs, spans, windows};
pub use what::What;
