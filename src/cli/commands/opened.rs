//! The archive with the tags, notes and collections of the folder.

use crate::cli::args::folders::Folders;
use crate::cli::output::console::Console;
use crate::curation::{NoteFiles, Noted};
use crate::present::{PlacedNotes, errors, with_notes};
use crate::search::{Archive, SearchError};

/// Opens the archive. A folder that cannot be used is told, and the archive is without it.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn open(folders: &Folders, console: &Console) -> Result<Archive, SearchError> {
    with_folder(with_state(folders)?.0, folders, console).map(|opened| opened.archive)
}

/// The archive without what people noted, and the state that it is in.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn with_state(folders: &Folders) -> Result<(Archive, String), SearchError> {
    if let Some(settings) = &folders.cluster {
        return Archive::open_on_cluster(settings, &folders.index);
    }
    let (archive, state) = Archive::open_with_state(&folders.index)?;
    Ok((archive, state.to_string()))
}

/// An archive with what people noted.
pub(super) struct Opened {
    pub(super) archive: Archive,
    /// What was read.
    pub(super) files: NoteFiles,
    /// What is about articles that the archive does not have any more.
    pub(super) unplaced: Vec<Noted>,
}

/// The same of an archive that is open.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn with_folder(
    archive: Archive,
    folders: &Folders,
    console: &Console,
) -> Result<Opened, SearchError> {
    let files = NoteFiles::read(&folders.curation, &NoteFiles::default());
    let files = files.unwrap_or_else(|error| {
        console.warn(errors::error(console.lang, &error));
        NoteFiles::default()
    });
    let (archive, unplaced) =
        with_notes(archive, &files, &folders.corpus, &mut PlacedNotes::default())?;
    Ok(Opened { archive, files, unplaced })
}
