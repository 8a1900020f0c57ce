//! Collections: their list, and one with its articles in its order, to read, arrange and print.

use maud::{Markup, html};

use crate::pages::layout::formats::{FormatGroup, purpose};
use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::pages::layout::signed_in::SignedIn;
use crate::present::words;
use crate::present::{CollectedArticle, CollectedArticles, CollectionSummary, Lang};

#[cfg(test)]
mod tests;

/// Characters of a name at most, and of a text; the server refuses more.
const MAX_NAME: &str = "60";
const MAX_TEXT: &str = "10000";

/// The list; editors can begin another one. `login` is where others sign in; `None` where nobody may
/// write here.
#[must_use]
pub fn collections(
    about: &Frame,
    listed: &[CollectionSummary],
    editor: Option<&SignedIn>,
    login: Option<&str>,
) -> Markup {
    let lang = about.lang;
    let title = lang.of("收藏", "Collections");
    let main = html! {
        h1 { (title) }
        @if let Some(editor) = editor { (editor.bar(lang)) }
        @if listed.is_empty() {
            p { (lang.of("还没有收藏。", "There are no collections yet.")) }
        } @else {
            ul.collections {
                @for collection in listed {
                    li {
                        a lang=(Lang::Zh.tag()) href=(links::collection(&collection.name)) {
                            (collection.name)
                        }
                        " " span.soft.number { (words::articles(lang, collection.articles)) }
                        @if !collection.about.is_empty() {
                            p.soft lang=(Lang::Zh.tag()) { (collection.about) }
                        }
                    }
                }
            }
        }
        @if let Some(editor) = editor {
            form.noting method="post" action=(links::COLLECTIONS) {
                h2 { (lang.of("新建收藏", "New collection")) }
                (editor.field())
                label for="name" { (lang.of("名称", "Name")) }
                input #name name="name" required maxlength=(MAX_NAME) autocomplete="off";
                label for="about" { (lang.of("说明", "What it is for")) }
                textarea #about name="about" rows="2" maxlength=(MAX_TEXT) {}
                button type="submit" { (lang.of("建立", "Begin")) }
            }
        } @else {
            (how(lang, login))
        }
    };
    frame(about, title, &main)
}

/// How readers who may not write here can.
fn how(lang: Lang, login: Option<&str>) -> Markup {
    html! {
        p.soft.small.screen-only {
            @if let Some(login) = login {
                (lang.of("编辑登录后可以建立和整理收藏：", "Editors who sign in can begin and arrange collections: "))
                a href=(login) { (lang.of("登录", "sign in")) }
                (lang.of("；也可用命令 ", "; so does the command "))
            } @else {
                (lang.of("收藏用这个命令建立和整理：", "Collections are begun and arranged by the command "))
            }
            code { "dibao collection" }
            (lang.of("。", "."))
        }
    }
}

/// Articles of a collection on a page.
pub const MAX_COLLECTED: usize = 100;

/// One collection, without so many articles at its beginning.
#[must_use]
pub fn collection(
    about: &Frame,
    collection: &CollectedArticles,
    first: usize,
    editor: Option<&SignedIn>,
) -> Markup {
    let lang = about.lang;
    let name = &collection.name;
    let count = collection.items.len();
    let main = html! {
        h1 lang=(Lang::Zh.tag()) { (name) }
        p.soft.screen-only {
            a href=(links::COLLECTIONS) { (lang.of("全部收藏", "All collections")) } " · "
            a href=(links::collection_search(name)) { (lang.of("在其中检索", "Search in it")) }
        }
        p.number { (words::articles(lang, count as u64)) }
        @if let Some(editor) = editor { (editor.bar(lang)) }
        @match editor {
            None => {
                @if !collection.about.is_empty() {
                    p.about lang=(Lang::Zh.tag()) { (collection.about) }
                }
            }
            Some(editor) => {
                form.noting method="post" action=(links::collection(name)) {
                    (editor.field())
                    input type="hidden" name="action" value="about";
                    input type="hidden" name="was" value=(collection.about);
                    label for="about" { (lang.of("说明", "What it is for")) }
                    textarea #about name="about" rows="2" maxlength=(MAX_TEXT) { (collection.about) }
                    button type="submit" { (lang.of("保存说明", "Save")) }
                }
            }
        }
        @if collection.items.is_empty() {
            p {
                (lang.of(
                    "还没有文章；请在文章页的“标签与笔记”中加入。",
                    "No articles yet; add them on the pages of articles, under “Tags and notes”.",
                ))
            }
        } @else {
            ol.collected data-arrange[editor.is_some()] start=[(first > 0).then_some(first + 1)] {
                @for (at, item) in collection.items.iter().enumerate().skip(first).take(MAX_COLLECTED) {
                    (self::item(lang, collection, at, item, editor))
                }
            }
            (steps(lang, name, first, count))
            (files(lang, name))
        }
    };
    frame(about, name, &main)
}

/// Ways to the articles before and behind.
fn steps(lang: Lang, name: &str, first: usize, count: usize) -> Markup {
    let before = (first > 0).then(|| first.saturating_sub(MAX_COLLECTED));
    let behind = Some(first.saturating_add(MAX_COLLECTED)).filter(|&next| next < count);
    html! {
        @if before.is_some() || behind.is_some() {
            p.chips.screen-only {
                @if let Some(before) = before {
                    a.button rel="prev" href=(links::collection_from(name, before)) {
                        (lang.of("上一页", "Previous"))
                    }
                }
                @if let Some(behind) = behind {
                    a.button rel="next" href=(links::collection_from(name, behind)) {
                        (lang.of("下一页", "Next"))
                    }
                }
            }
        }
    }
}

fn item(
    lang: Lang,
    collection: &CollectedArticles,
    at: usize,
    item: &CollectedArticle,
    editor: Option<&SignedIn>,
) -> Markup {
    html! {
        li id={ "item-" (item.id) } data-item=(item.id) {
            @match &item.record {
                Some(record) => {
                    h2 lang=(Lang::Zh.tag()) {
                        a href=(links::article(&record.id, None)) { (words::name(record)) }
                    }
                    p.soft.small {
                        span.number { (words::date_or_guess(lang, &record.date)) }
                        @if let Some(publication) = &record.publication {
                            " · " span lang=(Lang::Zh.tag()) {
                                (publication) @if let Some(page) = &record.page { " " (page) }
                            }
                        }
                        @if let Some(place) = record.about().next() {
                            " · " span lang=(Lang::Zh.tag()) { (place.name) }
                        }
                        " · " code { (record.id) }
                    }
                }
                None => {
                    h2 { code { (item.id) } }
                    p.note.warn { (lang.of("库中已没有这篇文章。", "No longer in the archive.")) }
                }
            }
            @match editor {
                None => {
                    @for line in item.remark.lines() {
                        p.remark lang=(Lang::Zh.tag()) { (line) }
                    }
                }
                Some(editor) => (arrange(lang, collection, at, item, editor)),
            }
        }
    }
}

/// The forms of an item: its remark, its place, and out.
fn arrange(
    lang: Lang,
    collection: &CollectedArticles,
    at: usize,
    item: &CollectedArticle,
    editor: &SignedIn,
) -> Markup {
    let items = &collection.items;
    let action = links::collection(&collection.name);
    let id_at = |at: usize| items.get(at).map(|item| item.id.0.as_str()).unwrap_or_default();
    // Behind which article it goes; behind none it is the first.
    let up = (at > 0).then(|| if at > 1 { id_at(at - 2) } else { "" });
    let down = (at + 1 < items.len()).then(|| id_at(at + 1));
    let name = item.record.as_ref().map_or_else(|| item.id.0.clone(), words::name);
    // Many items have the same forms: each says which article it is about.
    let of_item = |zh: &str, en: &str| lang.of(format!("{zh}：{name}"), format!("{en}: {name}"));
    let remark_id = format!("remark-{}", item.id);
    let place_id = format!("place-{}", item.id);
    let button = |after: Option<&str>, sign: &str, said: String| {
        html! {
            @if let Some(after) = after {
                form method="post" action=(action) {
                    (editor.field())
                    input type="hidden" name="action" value="move";
                    input type="hidden" name="article" value=(item.id);
                    input type="hidden" name="after" value=(after);
                    button type="submit" aria-label=(said) title=(said) { (sign) }
                }
            }
        }
    };
    html! {
        @for line in item.remark.lines() { p.remark.print-only lang=(Lang::Zh.tag()) { (line) } }
        form.noting method="post" action=(action) {
            (editor.field())
            input type="hidden" name="action" value="remark";
            input type="hidden" name="article" value=(item.id);
            input type="hidden" name="was" value=(item.remark);
            label for=(remark_id) { (lang.of("备注", "Remark")) }
            textarea id=(remark_id) name="remark" rows="2" maxlength=(MAX_TEXT)
                aria-label=(of_item("备注", "Remark")) { (item.remark) }
            button type="submit" aria-label=(of_item("保存备注", "Save remark")) {
                (lang.of("保存备注", "Save remark"))
            }
        }
        div.arrange {
            (button(up, "↑", of_item("上移", "Move up")))
            (button(down, "↓", of_item("下移", "Move down")))
            form.to method="post" action=(action) {
                (editor.field())
                input type="hidden" name="action" value="move";
                input type="hidden" name="article" value=(item.id);
                label for=(place_id) { (lang.of("第", "Place")) }
                input id=(place_id) type="number" name="to" min="1" max=(items.len())
                    value=(at + 1) aria-label=(of_item("第几位", "Place"));
                button type="submit" aria-label=(of_item("移到此位", "Move there")) {
                    (lang.of("移到此位", "Move there"))
                }
            }
            form method="post" action=(action) {
                (editor.field())
                input type="hidden" name="action" value="remove";
                input type="hidden" name="article" value=(item.id);
                button type="submit" aria-label=(of_item("移出", "Take out")) {
                    (lang.of("移出", "Take out"))
                }
            }
        }
    }
}

/// The collection as a file, in its order and with its remarks.
fn files(lang: Lang, name: &str) -> Markup {
    html! {
        section.screen-only aria-labelledby="take" {
            h2 #take { (lang.of("导出（按此顺序，附备注）", "Export, in this order and with the remarks")) }
            dl.facts {
                @for group in FormatGroup::ALL {
                    dt { (group.name(lang)) }
                    dd {
                        ul.chips {
                            @for format in group.formats() {
                                li {
                                    a.chip href=(links::collection_file(name, format.as_str()))
                                        title=(purpose(lang, format)) download { (format.name()) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
