//! Filters and counts agree with each other and with the records, whatever these are and whatever is
//! asked: by district, and by the days that a date can be.

use dibao::model::Precision;

use super::*;

/// Districts of every kind: a province, cities, counties of one name, a name without parents.
const PLACES: [&[&str]; 9] = [
    &["河南省"],
    &["河南省", "郑州市"],
    &["河南省", "郑州市", "登封市"],
    &["河南省", "郑州市", "管城回族区"],
    &["河南省", "开封市", "鼓楼区"],
    &["江苏省", "南京市", "鼓楼区"],
    &["江苏省", "南京市"],
    &["北京市", "朝阳区"],
    &["朝阳区"],
];

fn districts() -> impl Strategy<Value = Vec<Place>> {
    let roles = prop::sample::select(DistrictRole::ALL.to_vec());
    let chosen = proptest::sample::subsequence(PLACES.to_vec(), 0..4);
    (chosen, proptest::collection::vec(roles, 4)).prop_map(|(paths, roles)| {
        let of = |(path, role)| Place { role: Some(role), ..place(None, path) };
        paths.into_iter().zip(roles).map(of).collect()
    })
}

/// A date from day to day, one that is open on a side, or none.
fn date() -> impl Strategy<Value = DateNote> {
    let ends = (0..800i64, 0..60i64, 0..6u8, any::<bool>());
    ends.prop_map(|(start, length, form, is_day)| {
        let day =
            |after: i64| Some(day("2022-01-01").saturating_add(jiff::Span::new().days(after)));
        let (first, last) = (day(start), day(start + if is_day { 0 } else { length }));
        let (not_before, not_after) = match form {
            0 => (None, None),
            1 => (first, None),
            2 => (None, last),
            _ => (first, last),
        };
        let value = (not_before == not_after).then_some(not_before).flatten();
        let precision = if value.is_some() { Precision::Day } else { Precision::Unknown };
        DateNote { value, not_before, not_after, precision, ..DateNote::default() }
    })
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let bodies = prop::sample::select(vec!["山上的茶园。", "河边的茶馆。", "山下的渡口。"]);
    let parts = proptest::collection::vec((bodies, districts(), date()), 1..25);
    parts.prop_map(|parts| {
        let of = |(ordinal, (body, districts, date))| Record {
            districts,
            date,
            ..article("a.txt", ordinal, body)
        };
        (1..).zip(parts).map(of).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_counted_for_a_district_is_what_a_filter_by_it_finds(
        records in records(),
        text in prop::sample::select(vec!["", "茶", "山 OR 河", "-渡口", "地区:郑州市"]),
        role in prop::sample::select(RoleScope::ALL.to_vec()),
    ) {
        let (_folder, archive) = archive(&records);
        let of_role = |text| Request {
            filters: Filters { role, ..Filters::default() },
            ..request(text)
        };
        let all = of_role(text);
        let facets = archive.facets(&all).unwrap();
        for counted in &facets.districts {
            let filters =
                Filters { districts: vec![counted.value.clone()], ..all.filters.clone() };
            let found = archive.count(&Request { filters, ..all.clone() }).unwrap();
            prop_assert_eq!(counted.count, found, "{} in {:?} {:?}", &counted.value, text, role);
        }
        let takes = |place: &&Place| {
            role == RoleScope::Any || place.role.map(DistrictRole::as_str) == Some(role.as_str())
        };
        let districts = records.iter().flat_map(|record| &record.districts).filter(takes);
        let named: std::collections::BTreeSet<&str> =
            districts.map(|district| district.name.as_str()).collect();
        let counted = archive.facets(&of_role("")).unwrap().districts;
        prop_assert_eq!(counted.len(), named.len(), "each district that an article has");
    }

    #[test]
    fn a_filter_by_days_is_exact_at_both_ends_of_every_interval(
        records in records(),
        (from, length) in (-30..830i64, 0..90i64),
        open in 0..3u8,
    ) {
        let (_folder, archive) = archive(&records);
        let day = |after: i64| day("2022-01-01").saturating_add(jiff::Span::new().days(after));
        let from = (open != 1).then(|| day(from));
        let to = (open != 2).then(|| from.unwrap_or(day(0)).saturating_add(jiff::Span::new().days(length)));
        for certain_dates in [false, true] {
            let filters = Filters { from, to, certain_dates, ..Filters::default() };
            let found = archive.count(&Request { filters, ..request("") }).unwrap();
            let expected = records.iter().filter(|record| lies_in(record, from, to, certain_dates));
            prop_assert_eq!(found, expected.count() as u64, "{:?}..{:?}, {}", from, to, certain_dates);
        }
    }
}

/// Whether the date can be, or certainly is, one of these days.
fn lies_in(record: &Record, from: Option<CivilDate>, to: Option<CivilDate>, certain: bool) -> bool {
    let date = &record.date;
    if date.not_before.is_none() && date.not_after.is_none() {
        return from.is_none() && to.is_none() && !certain;
    }
    let from_on =
        |day: Option<CivilDate>| day.is_none_or(|day| from.is_none_or(|from| day >= from));
    let up_to = |day: Option<CivilDate>| day.is_none_or(|day| to.is_none_or(|to| day <= to));
    if certain {
        let begins = from.is_none() || (date.not_before.is_some() && from_on(date.not_before));
        let ends = to.is_none() || (date.not_after.is_some() && up_to(date.not_after));
        begins && ends
    } else {
        from_on(date.not_after) && up_to(date.not_before)
    }
}
