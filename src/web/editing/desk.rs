//! What the server keeps of those who write.

use super::ingesting::Ingesting;
use super::session::Sessions;
use super::tokens::EditorTokens;
use super::writes::Writes;
use crate::web::Options;

/// What the server keeps of those who write.
#[derive(Debug)]
pub(crate) struct Editing {
    pub(crate) tokens: EditorTokens,
    pub(crate) sessions: Sessions,
    pub(crate) ingesting: Ingesting,
    pub(super) writes: Writes,
}

impl Editing {
    /// `None` where nobody may write.
    pub(crate) fn new(options: &Options) -> Option<Self> {
        let tokens = options.editors.clone()?;
        Some(Self {
            tokens,
            sessions: Sessions::new(options.public_url.as_deref()),
            ingesting: Ingesting::new(options.reingest.clone()),
            writes: Writes::new(options.limits.writes),
        })
    }
}
