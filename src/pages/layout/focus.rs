//! The stretch of time that a chart draws: where nearly all articles are. A few of them decades away
//! would press all others together; they are told beside the chart.

use maud::{Markup, html};

use super::charts::days_of;
use super::links;
use crate::present::words::articles;
use crate::present::{Lang, SearchParams};
use crate::search::{Period, PeriodCount};

/// Periods that are always drawn: so few can be told apart wherever they lie.
const MIN_SPAN: usize = 24;
/// One in so many articles may be left out.
const FOLDED: u64 = 50;

/// Periods in order of time, parted into those that are drawn and those before and behind them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Focus<'a> {
    pub(crate) before: &'a [PeriodCount],
    pub(crate) drawn: &'a [PeriodCount],
    pub(crate) behind: &'a [PeriodCount],
}

/// The shortest stretch with all but a fiftieth of the articles, if it is at most half as long as all
/// of it. What is asked for is drawn: `kept` are its first and its last period.
pub(crate) fn focus<'a>(periods: &'a [PeriodCount], kept: &[Period]) -> Focus<'a> {
    let all = Focus { before: &[], drawn: periods, behind: &[] };
    let weight = |period: &PeriodCount| period.count + period.possible;
    let whole: u64 = periods.iter().map(weight).sum();
    let wanted = whole - whole / FOLDED;
    let length = span(periods);
    if length <= MIN_SPAN || whole == 0 {
        return all;
    }
    let (mut first, mut held) = (0, 0);
    let mut shortest = 0..periods.len();
    for (last, period) in periods.iter().enumerate() {
        held += weight(period);
        while first < last && held - weight(&periods[first]) >= wanted {
            held -= weight(&periods[first]);
            first += 1;
        }
        if held >= wanted && span(&periods[first..=last]) < span(&periods[shortest.clone()]) {
            shortest = first..last + 1;
        }
    }
    let asked = kept.iter().map(|period| period.number());
    if let Some((from, to)) = asked.clone().min().zip(asked.max()) {
        let within = |counted: &PeriodCount| (from..=to).contains(&counted.value.number());
        for at in (0..periods.len()).filter(|&at| within(&periods[at])) {
            shortest = shortest.start.min(at)..shortest.end.max(at + 1);
        }
    }
    if span(&periods[shortest.clone()]) * 2 > length {
        return all;
    }
    let (before, rest) = periods.split_at(shortest.start);
    let (drawn, behind) = rest.split_at(shortest.len());
    Focus { before, drawn, behind }
}

/// Periods from the first to the last one.
pub(crate) fn span(periods: &[PeriodCount]) -> usize {
    let ends = periods.first().zip(periods.last());
    ends.map_or(0, |(first, last)| last.value.number().abs_diff(first.value.number()) as usize + 1)
}

/// What is not drawn: the articles and the way to them where there is one search for all; the periods
/// alone where there are several, whose articles may be the same.
pub(crate) fn folded(lang: Lang, params: Option<&SearchParams>, focus: &Focus) -> Markup {
    html! {
        @for (periods, when) in [
            (focus.before, lang.of("更早", "earlier")),
            (focus.behind, lang.of("更晚", "later")),
        ] {
            @if let (Some(first), Some(last)) = (periods.first(), periods.last()) {
                @let count: u64 = periods.iter().map(|period| period.count).sum();
                // Those that are possible in several periods are not counted in each of them.
                @let least = periods.iter().any(|period| period.possible > 0);
                @let span = if first.value == last.value {
                    first.value.to_string()
                } else {
                    format!("{}{}{}", first.value, lang.of(" 至 ", " to "), last.value)
                };
                " "
                @let said = match lang {
                    _ if count == 0 || params.is_none() => lang.of(
                        format!("未绘出{when}的时段（{span}）"),
                        format!("Not drawn: {when} periods ({span})"),
                    ),
                    Lang::Zh => format!(
                        "未绘出{when}的{}{}（{span}）",
                        if least { "至少 " } else { " " },
                        articles(lang, count),
                    ),
                    Lang::En => format!(
                        "Not drawn: {}{} {when} ({span})",
                        if least { "at least " } else { "" },
                        articles(lang, count),
                    ),
                };
                @if let Some(params) = params {
                    @let to = days_of(params, first.value, last.value);
                    a href=(links::search(&to)) rel="nofollow" { (said) }
                } @else { (said) }
                (lang.of("。", "."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Granularity;

    fn months(counts: &[(i32, u64)]) -> Vec<PeriodCount> {
        let month = |&(number, count): &(i32, u64)| PeriodCount {
            value: Period::at(Granularity::Month, number),
            count,
            possible: 0,
        };
        counts.iter().map(month).collect()
    }

    #[test]
    fn a_few_far_articles_are_folded_and_what_is_asked_for_is_not() {
        let dense: Vec<(i32, u64)> = (1000..1030).map(|number| (number, 50)).collect();
        let periods = months(&[&[(100, 3), (200, 1)], &dense[..], &[(1500, 2)]].concat());
        let parts = |kept: &[Period]| {
            let focus = focus(&periods, kept);
            (focus.before.len(), focus.drawn.len(), focus.behind.len())
        };
        assert_eq!(parts(&[]), (2, 30, 1));
        assert_eq!(parts(&[Period::at(Granularity::Month, 200)]), (0, 33, 0), "nothing to gain");
        let zh =
            folded(Lang::Zh, Some(&SearchParams::default()), &focus(&periods, &[])).into_string();
        assert!(zh.contains("未绘出更早的 4 篇（0008-05 至 0016-09）"), "{zh}");
        assert!(zh.contains("未绘出更晚的 2 篇（0125-01）"), "{zh}");
    }

    #[test]
    fn an_even_or_short_time_is_drawn_whole() {
        let even: Vec<(i32, u64)> = (0..400).map(|number| (number, 5)).collect();
        assert_eq!(focus(&months(&even), &[]).drawn.len(), 400);
        let short = months(&[(0, 1), (20, 1000)]);
        assert_eq!(focus(&short, &[]).drawn.len(), 2);
        assert!(focus(&[], &[]).drawn.is_empty());
    }

    #[test]
    fn what_is_only_possible_is_counted_at_least() {
        let mut periods = months(&[(0, 2)]);
        periods.extend(months(&(1000..1030).map(|number| (number, 50)).collect::<Vec<_>>()));
        periods[0].possible = 4;
        let params = SearchParams::default();
        let en = folded(Lang::En, Some(&params), &focus(&periods, &[])).into_string();
        assert!(en.contains("Not drawn: at least 2 articles earlier (0000-01)"), "{en}");
        let several = folded(Lang::En, None, &focus(&periods, &[])).into_string();
        assert!(several.contains("Not drawn: earlier periods (0000-01)."), "{several}");
    }
}
