//! `dibao export`: every hit, to a file that appears when it is complete, or to stdout.

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Context;

use super::Outcome;
use super::console::Console;
use super::failure;
use super::job::{ExportTask, Folders};
use super::nothing;
use super::printed::counted;
use crate::export::{Exporter, Format};
use crate::search::{Archive, Request};

pub(super) fn run(
    folders: &Folders,
    task: &ExportTask,
    console: &mut Console,
) -> anyhow::Result<Outcome> {
    let archive = Archive::open(&folders.index)?;
    let request = task.what.request();
    let written = match &task.output {
        Some(path) => to_file(&archive, &request, task.format, path)?,
        // Without a byte-order mark: what comes next in the pipe would take it for text.
        None => write_all(&archive, &request, task.format, &mut console.out, false)?,
    };
    console.out.flush()?;
    match &task.output {
        Some(path) => console.tell(format_args!(
            "{} written to {}",
            counted(written, "article"),
            path.display()
        )),
        None => console.tell(format_args!("{} written", counted(written, "article"))),
    }
    if written == 0 {
        nothing::explain(&archive, &task.what, console)?;
    }
    Ok(Outcome::of(written))
}

/// Writes beside the file and renames, so that a broken export never looks like a whole one.
fn to_file(
    archive: &Archive,
    request: &Request,
    format: Format,
    path: &Path,
) -> anyhow::Result<u64> {
    // A device or a pipe is written to as it is: it cannot be replaced.
    if path.exists() && !path.is_file() {
        let file = std::fs::OpenOptions::new()
            .write(true)
            .open(path)
            .map_err(|error| failure::at_path(path, error))?;
        return write_all(archive, request, format, BufWriter::new(file), false)
            .with_context(|| path.display().to_string());
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut unfinished =
        beside().tempfile_in(folder).map_err(|error| failure::at_path(path, error))?;
    let written =
        write_all(archive, request, format, BufWriter::new(unfinished.as_file_mut()), true)
            .with_context(|| path.display().to_string())?;
    unfinished.as_file().sync_all().map_err(|error| failure::at_path(path, error))?;
    unfinished.persist(path).map_err(|error| failure::at_path(path, error.error))?;
    Ok(written)
}

/// A file with the permissions of any new file: temporary files are otherwise the owner's alone.
fn beside() -> tempfile::Builder<'static, 'static> {
    let mut file = tempfile::Builder::new();
    file.prefix(".dibao-export-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.permissions(std::fs::Permissions::from_mode(0o666));
    }
    file
}

fn write_all(
    archive: &Archive,
    request: &Request,
    format: Format,
    out: impl Write,
    byte_order_mark: bool,
) -> anyhow::Result<u64> {
    let mut exporter = Exporter::new(format, out, byte_order_mark)?;
    let mut failed: Option<io::Error> = None;
    archive.each(request, &mut |record| match exporter.write(&record) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(exporter.finish()?),
    }
}
