//! What stands above the cards: which search they are from, of which day, how many there are.

use super::plain_text::plain_text;
use crate::model::CivilDate;
use crate::present::Lang;
use crate::present::words;
use crate::search::{Filters, Request, RoleScope, Sort};

/// What a collection of cards says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CardHead {
    /// The query in its normal form; empty if every article matches.
    query: String,
    filters: Filters,
    /// The day of the export, from which relative dates are counted.
    day: CivilDate,
    /// How many articles there are.
    articles: u64,
    /// Whether they were chosen one by one.
    chosen: bool,
    /// Whether they are in the order of their dates.
    by_date: bool,
}

impl CardHead {
    /// The head of all articles of a request; `chosen` of those that were chosen among its hits.
    #[must_use]
    pub fn of(request: &Request, articles: u64, chosen: bool) -> Self {
        Self {
            query: request.query.to_string(),
            filters: request.filters.clone(),
            day: request.today,
            articles,
            chosen,
            by_date: matches!(request.sort, Sort::Newest | Sort::Oldest),
        }
    }

    pub(super) fn day(&self) -> CivilDate {
        self.day
    }

    pub(super) fn by_date(&self) -> bool {
        self.by_date
    }

    /// The title of the whole.
    pub(super) fn title(&self, lang: Lang) -> String {
        let cards = lang.of("阅读卡片", "Reading cards");
        if self.query.is_empty() {
            return cards.to_owned();
        }
        format!("{}{}{cards}", plain_text(&self.query), lang.of("：", ": "))
    }

    /// Each thing that is said, with its name.
    pub(super) fn facts(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let mut facts = vec![(
            lang.of("检索式", "Query"),
            if self.query.is_empty() {
                lang.of("（全部文章）", "(every article)").to_owned()
            } else {
                plain_text(&self.query).into_owned()
            },
        )];
        facts.extend(filters(lang, &self.filters));
        let articles = words::articles(lang, self.articles);
        facts.push((
            lang.of("文章", "Articles"),
            if self.chosen {
                lang.of(format!("选出的 {articles}"), format!("{articles}, chosen one by one"))
            } else {
                articles
            },
        ));
        facts.push((lang.of("导出日期", "Exported on"), self.day.to_string()));
        facts.push((lang.of("程序", "Program"), format!("dibao {}", env!("CARGO_PKG_VERSION"))));
        facts
    }
}

/// The filters that are set.
fn filters(lang: Lang, filters: &Filters) -> Vec<(&'static str, String)> {
    let between = lang.of("、", ", ");
    let listed = |values: &[String]| plain_text(&values.join(between)).into_owned();
    let kinds: Vec<&str> = filters.kinds.iter().map(|&kind| words::kind(lang, kind)).collect();
    let reviews: Vec<&str> = filters.review.iter().map(|&why| words::review(lang, why)).collect();
    let mut days = words::interval(lang, filters.from, filters.to).unwrap_or_default();
    if filters.undated {
        days.push_str(lang.of("日期不详", "undated"));
    } else if filters.certain_dates {
        days.push_str(lang.of("（确切日期）", " (certain dates)"));
    }
    let mut districts = listed(&filters.districts);
    if filters.role != RoleScope::default() && !districts.is_empty() {
        districts.push_str(lang.of("：", ": "));
        districts.push_str(words::role_scope(lang, filters.role));
    }
    let all = [
        (lang.of("地区", "District"), districts),
        (lang.of("主题", "Topic"), listed(&filters.topics)),
        (lang.of("类型", "Kind"), kinds.join(between)),
        (lang.of("来源", "Outlet"), listed(&filters.outlets)),
        (lang.of("报刊", "Publication"), listed(&filters.publications)),
        (lang.of("文件", "File"), listed(&filters.sources)),
        (lang.of("日期", "Dates"), days),
        (lang.of("待核查", "Needs review"), reviews.join(between)),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
