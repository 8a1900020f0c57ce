//! Files that appear when they are complete.

use std::io::{self, Write};
use std::path::Path;

/// Replaces a file in one step: a reader sees the old or the new content, never a part. The file has
/// the permissions of any new file.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".new-");
    // Temporary files are otherwise the owner's alone.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    // A name of its own: a merge that a writer left behind may write the same file.
    let mut new = builder.tempfile_in(path.parent().unwrap_or(Path::new(".")))?;
    new.write_all(content)?;
    new.as_file().sync_all()?;
    new.persist(path)?;
    Ok(())
}
