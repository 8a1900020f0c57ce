//! Where an export comes from: the archive, the search, the day.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{ArticleId, CivilDate};
use crate::present::words;
use crate::present::{FigureParams, Lang, SearchParams, Selection, from_name};
use crate::search::Sort;

/// What an export is made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExportOrigin {
    /// Version of the program.
    pub program: String,
    /// The day that 近30天 and 去年 are counted from.
    #[schema(value_type = String)]
    pub day: CivilDate,
    /// The archive.
    pub archive: ArchiveStamp,
    /// The search as it was asked for, by the names that its parameters have in addresses; `q` is the
    /// query as it was typed.
    #[schema(value_type = Object)]
    pub search: SearchParams,
    /// The normal form of the query with its synonyms, which finds the same.
    pub normal_form: String,
    /// Which values are meant, by the names that these parameters have in addresses; of rows of
    /// indicators alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub figures: Option<FigureParams>,
}

/// An archive at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchiveStamp {
    /// Changes with every ingest that changes something; a rebuild is another state, too.
    pub state: String,
    /// How many articles it has.
    pub articles: u64,
}

impl ExportOrigin {
    /// What a search finds in this archive. The page that it asks for is no part of an export.
    #[must_use]
    pub fn new(selection: &Selection, archive: ArchiveStamp) -> Self {
        let Selection { params, request, .. } = selection;
        Self {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            day: request.today,
            archive,
            search: SearchParams { limit: None, ungrouped: false, ..params.from_the_start() },
            normal_form: request.query.to_string(),
            figures: None,
        }
    }

    /// What was asked for, each thing with its name: the query, then the filters that are set.
    pub(super) fn asked(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let query = |query: &str| {
            if query.is_empty() { lang.of("全部文章", "every article") } else { query }.to_owned()
        };
        let mut asked = vec![
            (lang.of("检索式", "Query"), query(&self.search.q)),
            (lang.of("检索式（规范形式）", "Query, normal form"), query(&self.normal_form)),
        ];
        let figures = self.figures.as_ref().map(|figures| figure_filters(lang, figures));
        let filters = filters(lang, &self.search).into_iter().chain(figures.into_iter().flatten());
        asked.extend(filters.filter(|(_, value)| !value.is_empty()));
        asked
    }
}

/// Filters of articles, each with its values; of one that is not set the value is empty.
fn filters(lang: Lang, search: &SearchParams) -> Vec<(&'static str, String)> {
    let SearchParams { district, role, topic, kind, outlet, publication, from, to, .. } = search;
    let SearchParams { tag, collection, .. } = search;
    let listed = |values: &[String]| values.join(lang.of("、", ", "));
    let yes = |is_set: bool| if is_set { lang.of("是", "yes").to_owned() } else { String::new() };
    let role = role.as_str();
    let role = from_name(role).map_or(role, |scope| words::role_scope(lang, scope));
    let kinds = named(lang, kind, |name| Some(words::kind(lang, from_name(name)?)));
    let reviews = named(lang, &search.review, |name| Some(words::review(lang, from_name(name)?)));
    let sort = search.sort.as_str();
    let sort = from_name(sort).map_or(sort, |sort| order(lang, sort));
    vec![
        (lang.of("筛选：地区", "Filter: district"), listed(district)),
        (lang.of("筛选：与地区的关系", "Filter: role of the district"), role.to_owned()),
        (lang.of("筛选：主题", "Filter: topic"), listed(topic)),
        (lang.of("筛选：类型", "Filter: kind"), kinds),
        (lang.of("筛选：来源", "Filter: outlet"), listed(outlet)),
        (lang.of("筛选：报刊", "Filter: publication"), listed(publication)),
        (lang.of("筛选：标签", "Filter: tag"), listed(tag)),
        (lang.of("筛选：收藏", "Filter: collection"), listed(collection)),
        (lang.of("筛选：起始日期", "Filter: from"), from.clone()),
        (lang.of("筛选：截止日期", "Filter: to"), to.clone()),
        (lang.of("筛选：日期确定", "Filter: certain dates"), yes(search.certain)),
        (lang.of("筛选：日期不详", "Filter: undated"), yes(search.undated)),
        (lang.of("筛选：需核对", "Filter: needs review"), reviews),
        (lang.of("匹配任一检索词", "Any of the words"), yes(search.any)),
        (lang.of("须含全部检索词", "All of the words"), yes(search.all)),
        (lang.of("不使用同义词", "Without synonyms"), yes(search.exact)),
        (lang.of("排序", "Order"), sort.to_owned()),
    ]
}

/// The same of rows of indicators.
fn figure_filters(lang: Lang, figures: &FigureParams) -> Vec<(&'static str, String)> {
    let FigureParams { name, district, period, status, kind } = figures;
    let listed = |values: &[String]| values.join(lang.of("、", ", "));
    let statuses =
        named(lang, status, |name| Some(words::figure_status_name(lang, from_name(name)?)));
    vec![
        (lang.of("数值：指标", "Values: indicator"), listed(name)),
        (lang.of("数值：地区", "Values: district"), listed(district)),
        (lang.of("数值：时段", "Values: period"), period.clone()),
        (lang.of("数值：状态", "Values: status"), statuses),
        (lang.of("数值：类型", "Values: kind"), listed(kind)),
    ]
}

/// Values by the words for them; one without a word as it was typed.
fn named(lang: Lang, names: &[String], word: impl Fn(&str) -> Option<&'static str>) -> String {
    let said = names.iter().map(|name| word(name).unwrap_or(name));
    said.collect::<Vec<_>>().join(lang.of("、", ", "))
}

fn order(lang: Lang, sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => lang.of("相关度", "relevance"),
        Sort::Newest => lang.of("日期从新到旧", "newest first"),
        Sort::Oldest => lang.of("日期从旧到新", "oldest first"),
    }
}

/// The address of an article on a server.
pub(super) fn article_link(address: &str, id: &ArticleId) -> String {
    const RESERVED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    let id = utf8_percent_encode(&id.0, RESERVED);
    format!("{}/article/{id}", address.trim_end_matches('/'))
}
