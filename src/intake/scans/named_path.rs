//! Paths by which a file names others.

use percent_encoding::percent_decode_str;

/// A path below the folder of the file that names it; `None` for what leads elsewhere.
pub(super) fn path_below(href: &str) -> Option<String> {
    let href = percent_decode_str(href.strip_prefix("file://").unwrap_or(href));
    let path = href.decode_utf8().ok()?.replace('\\', "/");
    let leads_elsewhere = path.starts_with('/') || path.contains(':');
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    (!leads_elsewhere && !parts.contains(&"..")).then(|| parts.join("/"))
}
