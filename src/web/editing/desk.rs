//! What the server keeps of those who write.

use std::path::Path;
use std::thread;

use super::ingesting::Ingesting;
use super::session::Sessions;
use super::tokens::EditorTokens;
use super::writes::Writes;
use crate::curation::CurationFolder;
use crate::present::pending_files;
use crate::search::Archive;
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
        let ingesting = Ingesting::new(options.reingest.clone());
        if ingesting.is_possible() {
            let (own, index) = (ingesting.clone(), options.index.clone());
            let folder = options.curation.clone();
            thread::spawn(move || catch_up(&own, &index, &folder));
        }
        Some(Self {
            tokens,
            sessions: Sessions::new(options),
            ingesting,
            writes: Writes::new(options.limits.writes),
        })
    }
}

/// Asks for what was decided before the server began and is not in the index. An index that cannot be
/// opened is spoken of elsewhere.
fn catch_up(ingesting: &Ingesting, index: &Path, folder: &CurationFolder) {
    let Ok(archive) = Archive::open(index) else { return };
    match pending_files(&archive, folder) {
        Ok(files) => ingesting.ask(files),
        Err(error) => tracing::warn!(%error, "what is not in the index yet cannot be found out"),
    }
}
