//! An article by its id, or by the start of it.

use std::fmt::Write as _;

use anyhow::bail;

use super::console::Console;
use super::printed;
use crate::model::{ArticleId, Record};
use crate::search::Archive;

/// The articles that are meant: several only where two files of one name and with one text give
/// one id; none, which is said, where no article has it.
///
/// # Errors
/// When several ids begin like this, and when the index cannot be read.
pub(super) fn find(archive: &Archive, id: &str, console: &Console) -> anyhow::Result<Vec<Record>> {
    let found = articles_with(archive, id)?;
    let Some(first) = found.first() else {
        console.tell(format_args!(
            "nothing found: no article has the id {id} or begins with it; `dibao search` prints ids"
        ));
        return Ok(found);
    };
    if found.iter().any(|record| record.id != first.id) {
        bail!("{id}: several ids begin like this; write more of it{}", listed_ids(&found));
    }
    Ok(found)
}

/// Those whose id this is; if there are none, those whose ids begin like this.
fn articles_with(archive: &Archive, id: &str) -> anyhow::Result<Vec<Record>> {
    let mut found = archive.get(&ArticleId(id.to_owned()))?;
    if found.iter().any(|record| record.id.0 == id) {
        found.retain(|record| record.id.0 == id);
    }
    Ok(found)
}

fn listed_ids(found: &[Record]) -> String {
    const FIRST: usize = 10;
    let mut listed = String::new();
    for record in found.iter().take(FIRST) {
        let _ = write!(
            listed,
            "\n  {}  {}  {}",
            record.id,
            printed::place(record),
            printed::name(record)
        );
    }
    if found.len() > FIRST {
        let _ = write!(listed, "\n  … {} more", found.len() - FIRST);
    }
    listed
}
