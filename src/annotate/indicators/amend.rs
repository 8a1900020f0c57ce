//! Rows that a person corrected.

use super::catalogue::Catalogue;
use super::row::scaled;
use crate::gazetteer::Gazetteer;
use crate::model::{
    Days, DistrictBasis, Indicator, IndicatorCorrection, IndicatorDistrict, IndicatorPeriod,
    PeriodBasis,
};

/// Puts a correction on a row: what it does not say stays, and what follows from it is told anew. The
/// row is no longer doubtful.
pub fn amend(row: &mut Indicator, correction: &IndicatorCorrection, gazetteer: &Gazetteer) {
    if let Some(name) = &correction.name {
        let listed = Catalogue::get().listed(name);
        row.indicator = listed.map(|listed| listed.id.clone());
        row.name = listed.map_or_else(|| name.clone(), |listed| listed.name.clone());
    }
    if let Some(value) = correction.value {
        row.value = Some(value);
        row.value_max = None;
    }
    if let Some(unit) = &correction.unit {
        row.unit = Some(unit.clone()).filter(|unit| !unit.is_empty());
    }
    if correction.value.is_some() || correction.unit.is_some() {
        let factor = row.unit.as_deref().map_or(1.0, factor_of);
        row.value_si = row.value.map(|value| scaled(value, factor));
    }
    if let Some(Days(days)) = correction.period {
        row.period = days.map(|(from, to)| IndicatorPeriod {
            from: Some(from),
            to: Some(to),
            text: None,
            basis: PeriodBasis::Curation,
        });
    }
    if let Some(district) = &correction.district {
        let name = match gazetteer.resolve(district).as_slice() {
            [division] => division.name.to_string(),
            _ => district.clone(),
        };
        let of = |name| IndicatorDistrict { name, basis: DistrictBasis::Curation };
        row.district = Some(name).filter(|name| !name.is_empty()).map(of);
    }
    row.confidence = 1.0;
}

/// What a number of this unit is multiplied by to be in the base unit.
fn factor_of(unit: &str) -> f64 {
    let scale = unit.chars().take_while(|c| matches!(c, '万' | '亿'));
    scale.map(|c| if c == '万' { 1e4 } else { 1e8 }).product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::model::{Article, SourceText, SplitFile};

    #[test]
    fn what_is_not_said_stays_and_what_follows_is_told_anew() {
        let annotator = Annotator::new();
        let article = Article {
            title: Some("登封市经济运行情况".into()),
            body: "2022年，登封市地区生产总值完成73.5亿元，同比增长2%。".into(),
            ..Article::default()
        };
        let split_file = SplitFile { articles: vec![article], ..SplitFile::default() };
        let records = annotator.annotate(&SourceText::default(), &split_file);
        let mut row = records[0].indicators[0].clone();
        let before = row.clone();
        let value = IndicatorCorrection { value: Some(735.5), ..IndicatorCorrection::default() };
        amend(&mut row, &value, annotator.gazetteer());
        assert_eq!((row.value, row.value_si), (Some(735.5), Some(735.5e8)));
        assert_eq!(
            (&row.period, &row.change, &row.name),
            (&before.period, &before.change, &before.name)
        );
        let more = IndicatorCorrection {
            name: Some("粮食产量".into()),
            unit: Some("万吨".into()),
            period: Days::read("2021"),
            district: Some("410184".into()),
            ..IndicatorCorrection::default()
        };
        amend(&mut row, &more, annotator.gazetteer());
        assert_eq!(row.value_si, Some(735.5e4));
        assert_eq!(row.district.map(|district| district.name).as_deref(), Some("新郑市"));
        assert_ne!(row.indicator, before.indicator);
        assert!(row.indicator.is_some());
    }
}
