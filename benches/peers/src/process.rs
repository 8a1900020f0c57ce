//! Measurements of this process and of folders by the system.

use std::path::Path;

/// Peak resident set of this process in MB; 0 if the system does not report it.
pub fn peak_memory() -> f64 {
    status("VmHWM:")
}

/// Current memory of this process that is not mapped from files, in MB.
pub fn own_memory() -> f64 {
    status("RssAnon:")
}

/// Total size of all files below a folder, in bytes.
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
