//! `dibao export`: every hit, to a file that appears when it is complete, or to stdout.

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

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
        Some(path) => {
            let target = target(&archive, folders, path)?;
            to_file(&archive, &request, task.format, &target)?
        }
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

/// The file that is written to: where a link leads, so that the link itself stays. What the archive
/// is made of is not written over.
fn target(archive: &Archive, folders: &Folders, path: &Path) -> anyhow::Result<PathBuf> {
    if path.is_symlink() && !path.exists() {
        bail!("{}: the link leads nowhere; mend or remove it", path.display());
    }
    if path.exists() && !path.is_file() {
        return Ok(path.to_owned());
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let real = path.canonicalize().or_else(|_| {
        let folder = folder.canonicalize()?;
        Ok(path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
    });
    let real = real.map_err(|error| failure::at_path(path, error))?;
    let is_below = |folder: &Path| folder.canonicalize().is_ok_and(|above| real.starts_with(above));
    let is_source = || -> anyhow::Result<bool> {
        let reports = archive.files()?;
        let mut sources = reports.iter().map(|report| Path::new(&report.path));
        Ok(sources.any(|source| source.canonicalize().is_ok_and(|source| source == real)))
    };
    let what = if is_below(&folders.corpus) {
        "a file below the folder of sources"
    } else if is_below(&folders.index) {
        "a file below the index"
    } else if real.exists() && is_source()? {
        "a file that was ingested"
    } else {
        return Ok(real);
    };
    bail!("{}: {what} is not written over; name a file elsewhere", path.display())
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
