//! The form of a series: indicator, districts, length and interval of the periods, statuses.

use maud::{Markup, html};

use crate::pages::trend::form::fields;
use crate::present::words::{figure_status_name, period_length};
use crate::present::{FigureStatus, Lang, SeriesParams};
use crate::search::{Count, PeriodLength, SeriesMeasure};

/// Names of indicators that are offered.
const MAX_NAMES: usize = 300;

/// The form; `names` are offered for the indicator.
pub(crate) fn form(lang: Lang, params: &SeriesParams, names: &[Count]) -> Markup {
    html! {
        form.ask action="/indicators" method="get" {
            fieldset.entries {
                legend { (lang.of("指标", "Indicator")) }
                input type="text" name="name" list="indicator-names" maxlength="100" required
                    autocomplete="off" spellcheck="false" value=(params.name)
                    aria-label=(lang.of("指标", "Indicator"))
                    placeholder=(lang.of("如 地区生产总值", "e.g. 地区生产总值"));
                datalist #indicator-names {
                    @for name in names.iter().take(MAX_NAMES) { option value=(name.value) {} }
                }
            }
            (fields(lang.of("地区", "Districts"), "district", &params.district, lang))
            div.fields {
                div.field {
                    label for="by" { (lang.of("时段", "Periods")) }
                    select #by name="by" {
                        option value="" { (lang.of("自动（数值最多的一种）", "automatic")) }
                        @for by in PeriodLength::ALL {
                            option value=(by.as_str()) selected[params.by == by.as_str()] {
                                (period_length(lang, by))
                            }
                        }
                    }
                }
                div.field {
                    label for="measure" { (lang.of("数值", "Measure")) }
                    select #measure name="measure" {
                        option value="" { (lang.of("数值", "values")) }
                        @let change = SeriesMeasure::Change.as_str();
                        option value=(change) selected[params.measure == change] {
                            (lang.of("同比增减（%）", "changes, year on year (%)"))
                        }
                    }
                }
                div.field {
                    label for="period" { (lang.of("范围", "Interval")) }
                    input #period type="text" name="period" value=(params.period) size="18"
                        maxlength="60" autocomplete="off"
                        placeholder=(lang.of("如 2015..2022", "e.g. 2015..2022"));
                }
            }
            fieldset.ticks {
                legend.unseen { (lang.of("状态", "Status")) }
                @for status in FigureStatus::ALL {
                    label.tick {
                        input type="checkbox" name="status" value=(status.as_str())
                            checked[params.status.iter().any(|known| known == status.as_str())];
                        span { (figure_status_name(lang, status)) }
                    }
                }
            }
            p.small.soft { (lang.of(
                "不勾选时包括实际值和累计值，不含目标和预计。",
                "Without a tick: facts and cumulative sums, no targets or forecasts.",
            )) }
            p { button.main type="submit" { (lang.of("查看", "Show")) } }
        }
    }
}
