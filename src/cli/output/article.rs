//! An article by its id, or by the start of it, or a message.

use std::fmt::Write as _;

use anyhow::bail;

use super::console::Console;
use super::facts;
use crate::model::Record;
use crate::present;
use crate::present::Identified;
use crate::search::Archive;

/// Articles that are listed where several can be meant.
const FIRST: usize = 10;

/// The articles that are meant: several only where two files of one name and with one text give
/// one id; none, which is said, where no article has it.
///
/// # Errors
/// When several ids begin like this, and when the index cannot be read.
pub(crate) fn find(archive: &Archive, id: &str, console: &Console) -> anyhow::Result<Vec<Record>> {
    match present::find(archive, id)? {
        Identified::Nothing => {
            console.tell(format_args!(
                "nothing found: no article has the id {id} or begins with it; `dibao search` prints \
                 ids"
            ));
            Ok(Vec::new())
        }
        Identified::Article(found) => Ok(found),
        Identified::Several(first, total) => {
            bail!("{id}: several ids begin like this; write more of it{}", listed(&first, total))
        }
    }
}

fn listed(first: &[Record], total: u64) -> String {
    let mut listed = String::new();
    for record in first.iter().take(FIRST) {
        let _ =
            write!(listed, "\n  {}  {}  {}", record.id, facts::place(record), facts::name(record));
    }
    if total > FIRST as u64 {
        let _ = write!(listed, "\n  … {} more", total - FIRST as u64);
    }
    listed
}
