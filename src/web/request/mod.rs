//! The parameters of an address: those that a search has everywhere, those of one page alone, and
//! those in its path.

pub(crate) mod problem;
pub(crate) mod sentences;
pub(crate) mod trends;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::Problem;
use crate::model::filled;
use crate::present::SearchParams;
use crate::search::Granularity;

/// Parameters of a search that speak of pages of hits and of their order.
pub(crate) const OF_PAGES: [&str; 5] = ["ungrouped", "sort", "limit", "offset", "after"];

/// The parameters of an address in the order in which they stand there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parameters {
    pairs: Vec<(String, String)>,
}

/// What stands in the path of an address at the places of a route that are open.
#[derive(Debug)]
pub(crate) struct InPath<T>(pub(crate) T);

impl Parameters {
    /// Takes out the last value of a name that only this page knows; an empty one is none.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.take_all(name).pop().filter(|value| !value.is_empty())
    }

    /// Takes out all values of a name that only this page knows.
    pub(super) fn take_all(&mut self, name: &str) -> Vec<String> {
        let taken = self.pairs.extract_if(.., |(known, _)| known == name);
        taken.map(|(_, value)| value).collect()
    }

    /// Takes out a whole number.
    ///
    /// # Errors
    /// When the value is none.
    pub(super) fn take_number(&mut self, name: &str) -> Result<Option<usize>, Problem> {
        let Some(value) = self.take(name) else { return Ok(None) };
        value.parse().map(Some).map_err(|_| Problem::value(name, &value, sentences::WHOLE_NUMBER))
    }

    /// Takes out a yes or no; no where it is not given.
    ///
    /// # Errors
    /// When the value is neither.
    pub(super) fn take_flag(&mut self, name: &str) -> Result<bool, Problem> {
        match self.take_all(name).pop().as_deref() {
            Some("1" | "true" | "on" | "yes" | "") => Ok(true),
            None | Some("0" | "false" | "off" | "no") => Ok(false),
            Some(value) => Err(Problem::value(name, value, sentences::TRUE_OR_FALSE)),
        }
    }

    /// Takes out the length of a period; a month where it is not given.
    ///
    /// # Errors
    /// When there is none of this name.
    pub(super) fn take_period(&mut self) -> Result<Granularity, Problem> {
        let Some(name) = self.take("by") else { return Ok(Granularity::Month) };
        let every = [Granularity::Day, Granularity::Month, Granularity::Quarter, Granularity::Year];
        let known = every.into_iter().find(|every| every.as_str() == name);
        known.ok_or_else(|| Problem::value("by", &name, sentences::A_PERIOD))
    }

    /// What is left and not empty, as it stands in an address.
    pub(super) fn without_empty(self) -> String {
        let pairs = self.pairs.into_iter().filter(|(_, value)| !value.is_empty());
        serde_html_form::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default()
    }

    /// What is left, as a search.
    ///
    /// # Errors
    /// When a name means nothing, or a value is not what its name asks for.
    pub(super) fn asked(self) -> Result<SearchParams, Problem> {
        let text = serde_html_form::to_string(self.pairs).unwrap_or_default();
        serde_html_form::from_str(&text).map_err(|error| Problem::parameter("", error.to_string()))
    }

    /// Takes out what is no parameter of a search and none of `own`, and says what it was: addresses
    /// that are passed on grow parameters on their way, and pages pass over them.
    pub(super) fn take_strange(&mut self, own: &[&str]) -> Vec<String> {
        let is_known = |name: &str| SearchParams::NAMES.contains(&name) || own.contains(&name);
        let strange = self.pairs.extract_if(.., |(name, _)| !is_known(name));
        let mut strange: Vec<String> = strange.map(|(name, _)| name).collect();
        strange.dedup();
        strange
    }

    /// What is left, as a search without pages and order.
    ///
    /// # Errors
    /// As [`Self::asked`], and when a parameter speaks of a page.
    pub(super) fn asked_as_a_whole(self) -> Result<SearchParams, Problem> {
        let is_given = |(name, value): &&(String, String)| {
            OF_PAGES.contains(&name.as_str()) && !value.is_empty()
        };
        match self.pairs.iter().find(is_given) {
            Some((name, _)) => {
                Err(Problem::parameter(name, filled(sentences::NO_PARAMETER, &[name])))
            }
            None => self.asked(),
        }
    }

    /// Makes sure that nothing is left.
    ///
    /// # Errors
    /// When a name means nothing here.
    pub(super) fn none_left(self) -> Result<(), Problem> {
        match self.pairs.first() {
            None => Ok(()),
            Some((name, _)) => {
                Err(Problem::parameter(name, filled(sentences::NO_PARAMETER, &[name])))
            }
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_html_form::from_str(query);
        let pairs = pairs.map_err(|error| Problem::parameter("", error.to_string()))?;
        Ok(Self { pairs })
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for InPath<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        read.map(|Path(value)| Self(value))
            .map_err(|error| Problem::parameter("", error.body_text()))
    }
}
