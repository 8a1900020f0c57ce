//! What stands above the cards: which search they are from, of which day, how many there are.

use super::plain_text::plain_text;
use crate::export::ExportOrigin;
use crate::model::CivilDate;
use crate::present::Lang;
use crate::present::{from_name, words};
use crate::search::Sort;

/// What a collection of cards says of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct CardHead {
    /// The archive, the search and the day, where they are known.
    pub(crate) origin: Option<ExportOrigin>,
    /// How many articles there are.
    pub(crate) articles: u64,
    /// Whether they were chosen one by one.
    pub(crate) chosen: bool,
    /// The collection that they are, with what it is for.
    pub(crate) collection: Option<(String, String)>,
}

impl CardHead {
    pub(super) fn day(&self) -> CivilDate {
        self.origin.as_ref().map(|origin| origin.day).unwrap_or_default()
    }

    /// What tells these cards from others, but for the articles: the same in every version.
    pub(super) fn identity(&self) -> String {
        let Self { origin, articles, chosen, collection } = self;
        let asked = origin.as_ref().map(|of| (of.day, &of.search, &of.normal_form));
        let whole = format!("{asked:?} {articles} {chosen}");
        match collection {
            Some(collection) => format!("{whole} {collection:?}"),
            None => whole,
        }
    }

    /// Whether the articles are in the order of their dates.
    pub(super) fn by_date(&self) -> bool {
        let sort = self.origin.as_ref().and_then(|origin| from_name(&origin.search.sort));
        matches!(sort, Some(Sort::Newest | Sort::Oldest))
    }

    /// The title of the whole.
    pub(super) fn title(&self, lang: Lang) -> String {
        let cards = lang.of("阅读卡片", "Reading cards");
        if let Some((name, _)) = &self.collection {
            return plain_text(name).into_owned();
        }
        match self.origin.as_ref().map(|origin| origin.normal_form.as_str()) {
            None | Some("") => cards.to_owned(),
            Some(query) => format!("{}{}{cards}", plain_text(query), lang.of("：", ": ")),
        }
    }

    /// Each thing that is said, with its name.
    pub(super) fn facts(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let asked = self.origin.as_ref().map(|origin| origin.asked(lang)).unwrap_or_default();
        let asked = asked.into_iter().map(|(name, value)| (name, plain_text(&value).into_owned()));
        let mut facts: Vec<(&'static str, String)> = match &self.collection {
            None => asked.collect(),
            Some((_, about)) if about.is_empty() => Vec::new(),
            Some((_, about)) => {
                vec![(lang.of("说明", "About"), plain_text(about).into_owned())]
            }
        };
        let articles = words::articles(lang, self.articles);
        facts.push((
            lang.of("文章", "Articles"),
            if self.chosen {
                lang.of(format!("选出的 {articles}"), format!("{articles}, chosen one by one"))
            } else {
                articles
            },
        ));
        if let Some(ExportOrigin { day, program, .. }) = &self.origin {
            facts.push((lang.of("导出日期", "Exported on"), day.to_string()));
            facts.push((lang.of("程序", "Program"), format!("dibao {program}")));
        }
        facts
    }
}
