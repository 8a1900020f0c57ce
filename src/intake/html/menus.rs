//! What on a web page is no text of it: menus, forms, the way to the page, comments.

use dom_query::NodeRef;

/// Words that authors of pages call such elements by, in classes and names.
const NAMES: [&str; 13] = [
    "nav",
    "navi",
    "navbar",
    "navigation",
    "topnav",
    "subnav",
    "mainnav",
    "menu",
    "menubar",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
];

/// The same for what readers write below the text.
const COMMENTS: [&str; 5] = ["comment", "comments", "pinglun", "replies", "respond"];

/// Characters of a menu, and of one of its entries.
const MAX_LETTERS: usize = 400;
const MAX_ENTRY: usize = 8;

/// Entries that make a menu.
const MIN_ENTRIES: usize = 3;

/// What stands between entries in one line.
const DIVIDERS: [char; 9] = ['|', '｜', '丨', '>', '＞', '»', '›', '→', '┊'];

/// Roles that only menus have.
const ROLES: [&str; 3] = ["navigation", "menu", "menubar"];

/// Elements that menus have not, unless they consist of links.
const OF_TEXT: [&str; 9] = ["h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dd"];

/// Whether an element says that it is a menu or a form, and could be one: the text of an article is longer,
/// has sentences or a headline. What is only called a menu must consist of links, for the most part.
pub(super) fn is_menu(node: &NodeRef<'_>) -> bool {
    let has_role = node.attr("role").is_some_and(|role| ROLES.contains(&&*role.to_lowercase()));
    let is_form = node.has_name("form");
    if !has_role && !is_form && !is_called(node, &NAMES) {
        return false;
    }
    let text = node.text();
    let all = letters(&text);
    if all > MAX_LETTERS || text.contains('。') || has_any(node, &OF_TEXT[..2]) {
        return false;
    }
    let has_text = || has_any(node, &OF_TEXT);
    (has_role || is_form) && !has_text() || letters_of_links(node) * 2 > all
}

/// Whether an element says that readers of the page wrote it, and is not the most of it, as on a forum.
pub(super) fn is_comments(node: &NodeRef<'_>, page: &NodeRef<'_>) -> bool {
    is_called(node, &COMMENTS) && letters(&node.text()) * 2 < letters(&page.text())
}

/// Whether authors of pages call it by one of these words.
fn is_called(node: &NodeRef<'_>, names: &[&str]) -> bool {
    ["class", "id"].into_iter().any(|attribute| {
        let said = node.attr(attribute).unwrap_or_default().to_lowercase();
        said.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| names.contains(&word))
    })
}

fn has_any(node: &NodeRef<'_>, names: &[&str]) -> bool {
    let is_one = |node: NodeRef<'_>| node.node_name().is_some_and(|name| names.contains(&&*name));
    node.descendants_it().any(is_one)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn letters_of_links(node: &NodeRef<'_>) -> usize {
    let is_link = |node: &NodeRef<'_>| node.has_name("a") && node.attr("href").is_some();
    let links = node.descendants_it().filter(is_link);
    links.map(|link| letters(&link.text())).sum()
}

/// Whether a line above the headline is a menu (`首页 | 新闻 | 公告`) or the way to the page (`当前位置：首页 >
/// 新闻 > 正文`).
pub(super) fn is_menu_line(text: &str) -> bool {
    let (place, rest) = match text.split_once(['：', ':']) {
        Some((head, rest)) if head.trim_end().ends_with("位置") => (true, rest),
        _ => (false, text),
    };
    let entries = rest.split(DIVIDERS).map(str::trim).filter(|entry| !entry.is_empty());
    let entries: Vec<&str> = entries.collect();
    if place {
        return entries.len() + 1 >= MIN_ENTRIES;
    }
    entries.len() >= MIN_ENTRIES && entries.iter().all(|entry| is_entry(entry))
}

/// Whether a line shows a way through the site, however short.
pub(super) fn is_way(text: &str) -> bool {
    text.contains(['>', '＞', '»', '›', '→'])
}

/// Whether a text can be an entry of a menu: a few letters, and nothing that a line about the article has,
/// as its day or its source.
pub(super) fn is_entry(text: &str) -> bool {
    text.chars().count() <= MAX_ENTRY
        && !text
            .chars()
            .any(|c| c.is_numeric() || matches!(c, '：' | ':' | '，' | '。' | '！' | '？'))
}

/// Whether so many entries in a row are a menu.
pub(super) fn are_menu(entries: usize) -> bool {
    entries >= MIN_ENTRIES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn menus_and_ways_are_known_and_lines_about_the_article_are_not() {
        for menu in [
            "首页 | 新闻 | 公告",
            "首页｜政务公开｜互动交流",
            "当前位置：首页 > 要闻 > 清渠工作全部完成",
            "您现在的位置: 首页 » 正文",
            "首页 › 新闻 › 正文",
        ] {
            assert!(is_menu_line(menu), "{menu}");
        }
        for text in [
            "渡口 | 复航",
            "来源：河畔晚报 | 作者：丁一 | 2023-02-10",
            "河畔晚报 | 丁一 | 2023",
            "清渠工作全部完成 | 沿线村庄用水次序已经公布 | 农户可查",
            "渡口今天复航。",
        ] {
            assert!(!is_menu_line(text), "{text}");
        }
    }
}
