//! Whether names that are asked for are those of indicators and districts.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::figure_filter::FigureFilter;
use super::near_names::unknown_district;
use super::{Archive, Count, SearchError};
use crate::gazetteer::Gazetteer;
use crate::index::{
    Figure, TermField, figure_key, figures_of, is_called, is_listed, listed_names, place_key,
};
use crate::text::nearest;

/// The whole country, which is in no gazetteer.
const COUNTRY: &str = "全国";

/// The name of a district as figures have it: the official one where a name or code is of one division,
/// else the one of `known` that is called so; as it is, where it is neither.
#[must_use]
pub fn canonical_district(name: &str, known: &[Count]) -> String {
    let gazetteer = Gazetteer::built_in();
    let official = gazetteer.resolve(name);
    let official: BTreeSet<String> =
        official.iter().map(|division| division.name.to_string()).collect();
    let key = place_key(name);
    let called = known.iter().map(|count| &count.value).filter(|known| is_called(known, &key));
    let called: BTreeSet<String> = called.cloned().collect();
    for names in [official, called] {
        if names.len() == 1 {
            return names.into_iter().collect();
        }
    }
    name.trim().to_owned()
}

impl Archive {
    /// The filter with the official names of districts beside those that are asked for.
    ///
    /// # Errors
    /// When an indicator is neither in the table of indicators nor in the archive, or a district
    /// neither in the gazetteer nor in the archive; and when the index cannot be read.
    pub(super) fn with_known_names(
        &self,
        filter: &FigureFilter,
    ) -> Result<FigureFilter, SearchError> {
        for name in &filter.names {
            if !is_listed(name) && !self.has_indicator(name)? {
                return Err(self.unknown_indicator(name.clone(), false)?);
            }
        }
        let mut districts = Vec::new();
        for name in &filter.districts {
            let gazetteer = Gazetteer::built_in();
            let official = gazetteer.resolve(name);
            if official.is_empty() && name.trim() != COUNTRY && !self.has_figures_of(name)? {
                return Err(unknown_district(name.clone()));
            }
            districts.push(name.clone());
            districts.extend(official.iter().map(|division| division.name.to_string()));
        }
        Ok(FigureFilter { districts, ..filter.clone() })
    }

    /// The error for an indicator that nothing is called, in a query or a parameter.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn unknown_indicator(
        &self,
        name: String,
        in_query: bool,
    ) -> Result<SearchError, SearchError> {
        let own = self.engine().stated_names()?;
        let listed = listed_names().map(|(name, canonical)| (figure_key(name), canonical));
        let aliases = listed_names().map(|(name, canonical)| (place_key(name), canonical));
        let own = own.iter().map(|name| (name.clone(), name.as_str()));
        let near = nearest(&place_key(&name), aliases.chain(listed).chain(own));
        Ok(SearchError::UnknownIndicator { name, in_query, near })
    }

    /// Whether an article states an indicator of this name.
    fn has_indicator(&self, name: &str) -> Result<bool, SearchError> {
        let begins = figures_of(&figure_key(name));
        let mut found = false;
        self.engine().each_term(TermField::Figure, &begins, &mut |_| {
            found = true;
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// Whether an article states a value of a territory of this name: of a town, as it is printed.
    fn has_figures_of(&self, district: &str) -> Result<bool, SearchError> {
        let key = place_key(district);
        let mut found = false;
        self.engine().each_term(TermField::Figure, "", &mut |term| {
            let of = Figure::read(term.text).and_then(|figure| figure.district);
            found = of.is_some_and(|known| is_called(&known, &key));
            Ok(if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_called_as_in_the_figures() {
        let known = [Count { value: "示范区".into(), count: 2 }];
        let of = |name| canonical_district(name, &known);
        assert_eq!([of("登封"), of("410185"), of(" 登封市 ")], ["登封市"; 3]);
        assert_eq!([of("鼓楼区"), of("示范区"), of("无此地")], ["鼓楼区", "示范区", "无此地"]);
    }
}
