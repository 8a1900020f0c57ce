//! The parameters of a trend and their form: words, districts, periods, measure, dates.

use maud::{Markup, html};

use crate::export::Measure;
use crate::pages::search::form::shown;
use crate::present::Lang;
use crate::present::words::{granularity, role_scope};
use crate::present::{Dimension, SearchParams};
use crate::search::{Granularity, MAX_LINES, RoleScope};

/// Fields that are always there: two lines are compared.
const FIELDS: usize = 2;

/// The parameters of the page.
#[derive(Debug, Clone, Default)]
pub struct TrendParams {
    /// Words that are compared, each in the query language.
    pub lines: Vec<String>,
    /// What narrows all of them; with several districts and at most one word, the districts are
    /// compared. Its query is empty.
    pub search: SearchParams,
    /// How long a period is.
    pub by: Granularity,
    /// What is drawn.
    pub measure: Measure,
}

impl TrendParams {
    /// The parameters of this page, as in its URL.
    #[must_use]
    pub fn to_address(&self) -> String {
        let mut pairs: Vec<(&str, &str)> =
            self.lines.iter().map(|line| ("line", line.as_str())).collect();
        if self.by != Granularity::Month {
            pairs.push(("by", self.by.as_str()));
        }
        if self.measure == Measure::PerThousand {
            pairs.push(("measure", "share"));
        }
        // Strings can always be written.
        let own = serde_html_form::to_string(pairs).unwrap_or_default();
        let narrowed = self.search.to_address();
        let parts = [own, narrowed].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("&")
    }

    /// The same as a file of the HTTP interface.
    pub(super) fn download(&self, format: &str) -> String {
        let address = self.to_address();
        let joint = if address.is_empty() { "" } else { "&" };
        format!("/api/v1/trend?{address}{joint}format={format}")
    }
}

pub(crate) fn form(lang: Lang, shown: &TrendParams) -> Markup {
    let params = &shown.search;
    html! {
        form.ask action="/trend" method="get" {
            (fields(lang.of("检索词", "Terms"), "line", &shown.lines, lang))
            (fields(lang.of("地区", "Districts"), "district", &params.district, lang))
            div.fields {
                div.field {
                    label for="by" { (lang.of("时间单位", "Interval")) }
                    select #by name="by" {
                        @for by in [Granularity::Month, Granularity::Quarter, Granularity::Year] {
                            option value=(by.as_str()) selected[by == shown.by] { (granularity(lang, by)) }
                        }
                    }
                }
                div.field {
                    label for="measure" { (lang.of("数值", "Measure")) }
                    select #measure name="measure" {
                        option value="articles" selected[shown.measure == Measure::Articles] {
                            (lang.of("篇数", "articles"))
                        }
                        option value="share" selected[shown.measure == Measure::PerThousand] {
                            (lang.of("占全部文章的千分比", "per thousand of all articles"))
                        }
                    }
                }
                (date(lang.of("从", "From"), "from", &params.from, lang))
                (date(lang.of("到", "To"), "to", &params.to, lang))
                button.main type="submit" { (lang.of("查看", "Show")) }
            }
            (kept(lang, params))
        }
    }
}

/// As many fields as there are values, and some to fill in.
pub(crate) fn fields(legend: &str, name: &str, values: &[String], lang: Lang) -> Markup {
    let count = (values.len() + 1).clamp(FIELDS, MAX_LINES).max(values.len());
    html! {
        fieldset.entries {
            legend { (legend) }
            @for at in 0..count {
                input type="text" name=(name) maxlength="1000" autocomplete="off" spellcheck="false"
                    value=(values.get(at).map_or("", String::as_str))
                    aria-label=(match lang {
                        Lang::Zh => format!("{legend} {}", at + 1),
                        Lang::En => format!("{legend}, field {}", at + 1),
                    });
            }
        }
    }
}

fn date(label: &str, name: &str, value: &str, lang: Lang) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input #(name) type="text" name=(name) value=(value) size="10" maxlength="10"
                placeholder=(lang.of("如 2023-02", "e.g. 2023-02"));
        }
    }
}

/// What else narrows the search that led here: sent along, and said.
fn kept(lang: Lang, params: &SearchParams) -> Markup {
    let lists = [
        Dimension::Topic,
        Dimension::Kind,
        Dimension::Outlet,
        Dimension::Publication,
        Dimension::Review,
    ];
    let flags = [
        ("certain", params.certain),
        ("any", params.any),
        ("all", params.all),
        ("exact", params.exact),
    ];
    let mut said: Vec<Markup> = Vec::new();
    for dimension in lists {
        said.extend(params.values(dimension).iter().map(|value| shown(lang, dimension, value)));
    }
    for (is_set, words) in [
        (params.certain, lang.of("仅日期确定", "certain dates only")),
        (params.any, lang.of("匹配任一检索词", "matching any of the words")),
        (params.all, lang.of("须含全部检索词", "matching all of the words")),
        (params.exact, lang.of("不使用同义词", "without synonyms")),
    ] {
        if is_set {
            said.push(html! { (words) });
        }
    }
    if let Some(scope) = RoleScope::from_word(&params.role) {
        said.push(html! { (role_scope(lang, scope)) });
    }
    html! {
        @if !params.role.is_empty() { input type="hidden" name="role" value=(params.role); }
        @for dimension in lists {
            @for value in params.values(dimension) {
                input type="hidden" name=(dimension.parameter()) value=(value);
            }
        }
        @for (name, _) in flags.into_iter().filter(|(_, is_set)| *is_set) {
            input type="hidden" name=(name) value="true";
        }
        @if !said.is_empty() {
            p.small.soft {
                (lang.of("其他条件：", "Other filters: "))
                @for (at, each) in said.iter().enumerate() {
                    @if at > 0 { (lang.of("、", ", ")) }
                    (each)
                }
            }
        }
    }
}
