//! Files that are never read, by their names: those that programs leave in folders, and those that can be
//! made into something that is read.

use crate::model::UnreadKind;

/// Whether a name is that of a file that nobody wants in a corpus: hidden, of an office program that has a
/// document open, or of a program that shows folders.
#[must_use]
pub fn is_hidden(name: &[u8]) -> bool {
    const OF_PROGRAMS: [&[u8]; 3] = [b"thumbs.db", b"desktop.ini", b"__macosx"];
    name.starts_with(b".")
        || name.starts_with(b"~$")
        || OF_PROGRAMS.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// What names of files end with that are refused with what to do.
const UNREAD: [(UnreadKind, &[&str]); 5] = [
    (UnreadKind::Archive, &[".rar", ".7z", ".gz", ".bz2", ".xz"]),
    (UnreadKind::Sheet, &[".xls", ".xlsx", ".xlsm", ".et", ".ods"]),
    (UnreadKind::Slides, &[".ppt", ".pptx", ".dps", ".odp"]),
    (UnreadKind::Picture, &[".jp2", ".jpx", ".j2k", ".bmp", ".heic", ".djvu", ".djv"]),
    (UnreadKind::Caj, &[".caj", ".kdh", ".nh"]),
];

/// What is not read of this kind, by a name in lower case.
pub(super) fn unread_kind(name: &str) -> Option<UnreadKind> {
    let is_of = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    UNREAD.iter().find(|(_, ends)| is_of(ends)).map(|(kind, _)| *kind)
}
