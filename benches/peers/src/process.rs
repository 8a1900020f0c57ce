//! What the system tells of this process and of folders.

use std::path::Path;

/// Highest resident set of this process, in MB; 0 where the system does not tell.
pub fn peak_memory() -> f64 {
    status("VmHWM:")
}

/// What this process holds that is not mapped from a file, in MB, now.
pub fn own_memory() -> f64 {
    status("RssAnon:")
}

/// Bytes of all files below a folder.
pub fn folder_size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => folder_size(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}

fn status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|text| text.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.unwrap_or(0.0) * 1024.0 / 1e6
}
