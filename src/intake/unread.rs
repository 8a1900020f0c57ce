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
const UNREAD: [(UnreadKind, &[&str]); 12] = [
    (UnreadKind::Archive, &[".rar", ".7z", ".gz", ".bz2", ".xz", ".zst", ".cbr", ".cb7"]),
    (UnreadKind::Sheet, &[".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ods", ".numbers"]),
    (UnreadKind::Slides, &[".ppt", ".pptx", ".pps", ".ppsx", ".dps", ".odp", ".key"]),
    (
        UnreadKind::Picture,
        &[".jp2", ".jpx", ".j2k", ".heic", ".heif", ".avif", ".djvu", ".djv", ".gif", ".psd"],
    ),
    (UnreadKind::Caj, &[".caj", ".kdh", ".nh", ".teb"]),
    (UnreadKind::Apabi, &[".ceb", ".cebx"]),
    (UnreadKind::Superstar, &[".pdg", ".pdz", ".uvz"]),
    (UnreadKind::Xps, &[".xps", ".oxps"]),
    (UnreadKind::Book, &[".mobi", ".azw", ".azw3", ".prc", ".lit", ".chm", ".fb2", ".snb"]),
    (UnreadKind::Database, &[".dbf", ".mdb", ".accdb", ".sqlite"]),
    (UnreadKind::Mail, &[".eml", ".msg", ".mbox", ".pst"]),
    (
        UnreadKind::Typeset,
        &[
            ".ps", ".eps", ".ai", ".indd", ".qxd", ".pmd", ".pub", ".fit", ".s2", ".s72", ".s92",
            ".pages",
        ],
    ),
];

/// What is not read of this kind, by a name in lower case.
pub(super) fn unread_kind(name: &str) -> Option<UnreadKind> {
    let is_of = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    UNREAD.iter().find(|(_, ends)| is_of(ends)).map(|(kind, _)| *kind)
}
