//! An article by its id, or by the start of it, or a message.

use std::fmt::Write as _;

use anyhow::bail;

use super::console::Console;
use super::facts;
use crate::model::Record;
use crate::present;
use crate::present::{Identified, Lang};
use crate::search::Archive;

/// Articles that are listed where several can be meant.
const FIRST: usize = 10;

/// The articles that are meant: several only where two files of one name and with one text give
/// one id; none, which is said, where no article has it.
///
/// # Errors
/// When several ids begin like this, and when the index cannot be read.
pub(crate) fn find(archive: &Archive, id: &str, console: &Console) -> anyhow::Result<Vec<Record>> {
    let lang = console.lang;
    match present::find(archive, id)? {
        Identified::Nothing => {
            console.tell(lang.of(
                format!("没有编号为 {id} 或以它开头的文章；`dibao search` 的结果中有编号"),
                format!("no article has the id {id} or a prefix {id}; `dibao search` prints ids"),
            ));
            Ok(Vec::new())
        }
        Identified::Article(found) => Ok(found),
        Identified::Several(first, total) => {
            let listed = listed(lang, &first, total);
            bail!(lang.of(
                format!("{id}：不止一篇文章的编号以它开头；请多写几位{listed}"),
                format!("{id}: ambiguous id; write more of it{listed}"),
            ))
        }
    }
}

fn listed(lang: Lang, first: &[Record], total: u64) -> String {
    let mut listed = String::new();
    for record in first.iter().take(FIRST) {
        let _ =
            write!(listed, "\n  {}  {}  {}", record.id, facts::place(record), facts::name(record));
    }
    if total > FIRST as u64 {
        let more = total - FIRST as u64;
        listed.push_str("\n  … ");
        listed.push_str(&lang.of(format!("还有 {more} 篇"), format!("{more} more")));
    }
    listed
}
