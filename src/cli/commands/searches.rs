//! Saved searches as `dibao saved` and `dibao new` read them.

use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::anyhow;

use crate::cli::args::filters::WordingArgs;
use crate::cli::args::folders::Folders;
use crate::cli::args::selection;
use crate::cli::output::console::Console;
use crate::cli::output::wrap::visible;
use crate::curation::{SavedSearch, SavedSearches, Told, ToldArticle};
use crate::present::{FileTimes, Lang, NewSince, Selection, errors, saved_params};
use crate::search::Archive;

/// The saved searches; entries that cannot be read are told.
pub(super) fn read(folders: &Folders, console: &Console) -> anyhow::Result<SavedSearches> {
    let saved = SavedSearches::read(&folders.curation)?;
    for fault in &saved.faults {
        let (path, line, reason) = (fault.path.display(), fault.line, &fault.reason);
        console.warn(console.lang.of(
            format!("{path} 第 {line} 行：条目不能读取，已略过（{reason}）"),
            format!("{path}:{line}: an entry that cannot be read is passed over ({reason})"),
        ));
    }
    Ok(saved)
}

/// That there is none of a name, and which there are.
pub(super) fn no_search(lang: Lang, name: &str, saved: &SavedSearches) -> String {
    let names: Vec<String> = saved.searches.iter().map(|search| visible(&search.name)).collect();
    let name = visible(name);
    if names.is_empty() {
        return lang.of(
            format!("没有名为“{name}”的检索；可用 `dibao saved add` 保存"),
            format!("no saved search is named {name}; `dibao saved add` saves one"),
        );
    }
    lang.of(
        format!("没有名为“{name}”的检索；已保存：{}", names.join("、")),
        format!("no saved search is named {name}; there are {}", names.join(", ")),
    )
}

/// A saved search as a request.
///
/// # Errors
/// When it cannot be understood.
pub(super) fn selected(
    entry: &SavedSearch,
    synonyms: Option<&PathBuf>,
    folders: &Folders,
    lang: Lang,
) -> anyhow::Result<Selection> {
    let params = saved_params(entry).map_err(|error| anyhow!(errors::error(lang, &error)))?;
    let wording = WordingArgs { synonyms: synonyms.cloned(), ..WordingArgs::default() };
    selection::of(&params, &wording, folders, lang)
}

/// The articles of a search that is asked for the first time, which are not new to it.
pub(super) fn known(archive: &Archive, selection: &Selection) -> anyhow::Result<Vec<ToldArticle>> {
    let mut known = Vec::new();
    let files = FileTimes::read(archive)?;
    let nothing = NewSince::Told(Told::default());
    files.for_each_new(archive, &selection.request, &nothing, &mut |_, article| {
        known.push(article);
        ControlFlow::Continue(())
    })?;
    Ok(known)
}
