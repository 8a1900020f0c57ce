//! Files that commands write, with their manifests: they appear when they are complete, and what the
//! archive is made of is not written over.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::bail;
use tempfile::NamedTempFile;

use super::console::Console;
use super::failure;
use crate::cli::args::folders::Folders;
use crate::export::{DigestWriter, ExportFile, ExportManifest, MANIFEST_ENDING};
use crate::present::Lang;
use crate::search::Archive;

/// Writes a file by `write_into`, which is told whether it is a file and not a device or a pipe. A
/// manifest of what the file was before is removed.
///
/// # Errors
/// When the file is part of the archive, and when it cannot be written.
pub(crate) fn write<T>(
    archive: &Archive,
    folders: &Folders,
    path: &Path,
    lang: Lang,
    write_into: impl FnOnce(&mut dyn Write, bool) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let path = target(archive, folders, path, lang)?;
    if path.exists() && !path.is_file() {
        return to_file(&path, write_into);
    }
    let mut unfinished = unfinished_beside(&path)?;
    let written = filled(unfinished.as_file_mut(), &path, true, write_into)?;
    sync(&unfinished, &path)?;
    let beside = manifest_path(&path);
    if is_manifest(&beside) {
        remove(&beside)?;
    }
    persist(unfinished, &path)?;
    Ok(written)
}

/// The same with the manifest of the file beside it, which `describe` makes of what was written. A
/// device or a pipe has none.
///
/// # Errors
/// As [`write`]; also when something else than a manifest stands in its place.
pub(crate) fn write_with_manifest<T>(
    archive: &Archive,
    folders: &Folders,
    path: &Path,
    lang: Lang,
    write_into: impl FnOnce(&mut dyn Write, bool) -> anyhow::Result<T>,
    describe: impl FnOnce(&T, ExportFile) -> ExportManifest,
) -> anyhow::Result<T> {
    let path = target(archive, folders, path, lang)?;
    if path.exists() && !path.is_file() {
        return to_file(&path, write_into);
    }
    let beside = manifest_path(&path);
    refuse_other(&beside, lang)?;
    let mut unfinished = unfinished_beside(&path)?;
    let mut digest = DigestWriter::new(unfinished.as_file_mut());
    let written = filled(&mut digest, &path, true, write_into)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let manifest = describe(&written, ExportFile { name, digest: digest.finish() });
    let mut unfinished_manifest = unfinished_beside(&beside)?;
    let text = manifest.to_json()?;
    let done = unfinished_manifest.write_all(&text);
    done.map_err(|error| failure::at_path(&beside, error))?;
    // What can fail for want of space is done while the old manifest still stands.
    sync(&unfinished, &path)?;
    sync(&unfinished_manifest, &beside)?;
    // At no time a manifest stands beside a file that it is not of.
    remove(&beside)?;
    persist(unfinished, &path)?;
    persist(unfinished_manifest, &beside)?;
    Ok(written)
}

/// Where the manifest of a file stands.
pub(crate) fn manifest_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(MANIFEST_ENDING);
    name.into()
}

/// An error where something else stands in the place of the manifest.
fn refuse_other(beside: &Path, lang: Lang) -> anyhow::Result<()> {
    if is_manifest(beside) || !beside.exists() && !beside.is_symlink() {
        return Ok(());
    }
    let shown = beside.display();
    bail!(lang.of(
        format!("{shown}：已有的文件不是导出清单，不能覆盖；请移开它，或加 --no-manifest"),
        format!("{shown}: not a manifest, and not overwritten; move it away, or add --no-manifest"),
    ))
}

/// Whether a manifest of this program stands there.
fn is_manifest(beside: &Path) -> bool {
    std::fs::read(beside).is_ok_and(|text| ExportManifest::parse(&text).is_some())
}

/// Removes a file, if it is there.
fn remove(path: &Path) -> anyhow::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(failure::at_path(path, error))
        }
        _ => Ok(()),
    }
}

/// Writes a chart and says where.
///
/// # Errors
/// As [`write`].
pub(crate) fn write_chart(
    archive: &Archive,
    folders: &Folders,
    path: &Path,
    svg: &str,
    console: &Console,
) -> anyhow::Result<()> {
    let lang = console.lang;
    write(archive, folders, path, lang, |file, _| Ok(file.write_all(svg.as_bytes())?))?;
    let path = path.display();
    console.tell(lang.of(format!("图已写入 {path}"), format!("chart written to {path}")));
    Ok(())
}

/// The file that is written to: where a link leads, so that the link itself stays. What the archive
/// is made of is not written over.
fn target(
    archive: &Archive,
    folders: &Folders,
    path: &Path,
    lang: Lang,
) -> anyhow::Result<PathBuf> {
    let shown = path.display();
    if path.is_symlink() && !path.exists() {
        bail!(lang.of(
            format!("{shown}：链接指向的文件不存在；请修正或删除链接"),
            format!("{shown}: dangling link; repair or remove it"),
        ));
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
        let reports = archive.file_reports()?;
        let mut sources = reports.iter().map(|report| Path::new(&report.path));
        Ok(sources.any(|source| source.canonicalize().is_ok_and(|source| source == real)))
    };
    let what = if is_below(&folders.corpus) {
        lang.of("语料文件夹中的文件", "a file in the corpus folder")
    } else if is_below(&folders.index) {
        lang.of("索引文件夹中的文件", "a file in the index folder")
    } else if real.exists() && is_source()? {
        lang.of("已入库的文件", "an ingested file")
    } else if real.exists() && real.to_string_lossy().ends_with(MANIFEST_ENDING) {
        lang.of("导出清单", "the manifest of an export")
    } else {
        return Ok(real);
    };
    bail!(lang.of(
        format!("{shown}：{what}不能覆盖；请指定别处的文件"),
        format!("{shown}: refusing to overwrite {what}; name a file elsewhere"),
    ))
}

/// Writes a temporary file next to it and renames it, so that a partial file never looks complete.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn to_file<T>(
    path: &Path,
    write_into: impl FnOnce(&mut dyn Write, bool) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    // A device or a pipe is written to as it is: it cannot be replaced.
    if path.exists() && !path.is_file() {
        let file = std::fs::OpenOptions::new()
            .write(true)
            .open(path)
            .map_err(|error| failure::at_path(path, error))?;
        return filled(file, path, false, write_into);
    }
    let mut unfinished = unfinished_beside(path)?;
    let written = filled(unfinished.as_file_mut(), path, true, write_into)?;
    sync(&unfinished, path)?;
    persist(unfinished, path)?;
    Ok(written)
}

fn unfinished_beside(path: &Path) -> anyhow::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // The error names the temporary file, which nobody knows.
    beside().tempfile_in(folder).map_err(|error| failure::at_path(path, error.kind().into()))
}

/// Waits until the file is on disk.
fn sync(unfinished: &NamedTempFile, path: &Path) -> anyhow::Result<()> {
    unfinished.as_file().sync_all().map_err(|error| failure::at_path(path, error))
}

fn persist(unfinished: NamedTempFile, path: &Path) -> anyhow::Result<()> {
    unfinished.persist(path).map_err(|error| failure::at_path(path, error.error))?;
    Ok(())
}

fn filled<T>(
    file: impl Write,
    path: &Path,
    whole: bool,
    write_into: impl FnOnce(&mut dyn Write, bool) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let mut out = BufWriter::new(file);
    let written = write_into(&mut out, whole).map_err(|error| match error.downcast() {
        Ok(error) => failure::at_path(path, error),
        Err(other) => other.context(path.display().to_string()),
    })?;
    out.flush().map_err(|error| failure::at_path(path, error))?;
    Ok(written)
}

/// A file with the permissions of any new file: temporary files are otherwise the owner's alone.
fn beside() -> tempfile::Builder<'static, 'static> {
    let mut file = tempfile::Builder::new();
    file.prefix(".dibao-unfinished-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.permissions(std::fs::Permissions::from_mode(0o666));
    }
    file
}
