//! Tells the names of a site and its columns, which stand above the headlines of its pages, from headlines.

use super::render::RenderedLine;
use super::statements::Statements;
use crate::text::fold_char;

/// Marks between the title and the names of the site and its columns.
pub(super) const DIVIDERS: [char; 14] =
    ['_', '-', '－', '–', '—', '|', '｜', '丨', '>', '＞', '»', '<', '«', '·'];

/// What names of sites end with.
const SITES: [&str; 22] = [
    "网",
    "網",
    "网站",
    "門戶",
    "门户",
    "政府",
    "在线",
    "线上",
    "频道",
    "日报",
    "晚报",
    "报",
    "报社",
    "博客",
    "平台",
    "数字报",
    "电子报",
    "电子版",
    "信息公开",
    "首页",
    "主页",
    "客户端",
];

/// The names of the site of a page.
pub(super) struct SiteNames<'s> {
    /// Those that its head states as such.
    stated: Vec<&'s str>,
    /// The name of the page, of which parts are names.
    page: &'s str,
    /// Whether all of it is one: it ends as such, and the headings of the page say something else.
    is_whole: bool,
}

impl<'s> SiteNames<'s> {
    pub(super) fn of(statements: &'s Statements, lines: &[RenderedLine]) -> Self {
        let stated = [&statements.site, &statements.section];
        let page = statements.page_title.as_deref().unwrap_or_default();
        let says_other = |line: &RenderedLine| letters(line.bare()).ne(letters(page));
        let headings: Vec<&RenderedLine> = lines.iter().filter(|line| line.is_heading()).collect();
        let is_whole = ends_as_site(page)
            && !page.contains(DIVIDERS)
            && !headings.is_empty()
            && headings.into_iter().all(says_other);
        Self { stated: stated.into_iter().flatten().map(String::as_str).collect(), page, is_whole }
    }

    pub(super) fn has(&self, text: &str) -> bool {
        let same = |name: &str| letters(name).eq(letters(text));
        self.stated.iter().any(|name| same(name))
            || self.is_whole && same(self.page)
            || ends_as_site(text) && !same(self.page) && self.parts().any(same)
    }

    /// Whether a name of a page consists of one.
    pub(super) fn is_one(&self, text: &str) -> bool {
        self.has(text) || ends_as_site(text) && !text.contains(DIVIDERS)
    }

    /// Marks those that stand above the text of the page.
    pub(super) fn mark(&self, lines: &mut [RenderedLine]) {
        let text = lines.iter().position(RenderedLine::is_text).unwrap_or_default();
        for line in lines[..text].iter_mut().filter(|line| !line.text.is_empty()) {
            line.is_around |= self.has(line.bare());
        }
    }

    fn parts(&self) -> impl Iterator<Item = &'s str> {
        self.page.split(|c: char| DIVIDERS.contains(&c) || c.is_whitespace())
    }
}

pub(super) fn ends_as_site(text: &str) -> bool {
    SITES.iter().any(|end| text.ends_with(end))
}

pub(super) fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).map(fold_char)
}
