//! The parameters of an address: those that a search has everywhere, those of one page alone, and
//! those in its path.

pub(crate) mod chosen;
pub(crate) mod detail;
pub(crate) mod problem;
pub(crate) mod searches;
pub(crate) mod trends;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::schema::Schema;

use super::{Detail, Problem};
use crate::present;
use crate::present::{ParamError, SearchParams, ValueForm, from_name};

/// The query parameters of a URL, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parameters {
    pairs: Vec<(String, String)>,
    /// The names of those that the endpoint has beside a search, whether given or not.
    own: Vec<String>,
}

/// The query parameters of an endpoint without a search: the fields of `T`, and no others.
#[derive(Debug)]
pub(crate) struct Only<T>(pub(crate) T);

/// No query parameters.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct NoParams {}

/// The parameters in the path of a route.
#[derive(Debug)]
pub(crate) struct InPath<T>(pub(crate) T);

impl Parameters {
    /// Reads `NAME=VALUE&…`, of an address or of a form.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub(super) fn read(encoded: &[u8]) -> Result<Self, Problem> {
        let pairs = serde_html_form::from_bytes(encoded);
        let pairs = pairs.map_err(|error| unreadable(error.to_string()))?;
        Ok(Self { pairs, own: Vec::new() })
    }

    /// What is left, in its order.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// Takes out the parameters that an endpoint has beside those of a search: the fields of `T`,
    /// under the names that the OpenAPI document has for them. Of several values of one that is no
    /// list the last counts.
    ///
    /// # Errors
    /// When a value is not what its name asks for.
    pub(super) fn take_own<T: IntoParams + DeserializeOwned>(&mut self) -> Result<T, Problem> {
        let mut own = Vec::new();
        for parameter in T::into_params(|| None) {
            let mut values = self.take_all(&parameter.name);
            if !is_list(&parameter) {
                values.drain(..values.len().saturating_sub(1));
            }
            own.extend(values.into_iter().map(|value| (parameter.name.clone(), value)));
            self.own.push(parameter.name);
        }
        from_pairs(&own)
    }

    /// Takes out all values of a name.
    pub(super) fn take_all(&mut self, name: &str) -> Vec<String> {
        let taken = self.pairs.extract_if(.., |(known, _)| known == name);
        taken.map(|(_, value)| value).collect()
    }

    /// What is left and not empty, encoded as a query string.
    pub(super) fn without_empty(self) -> String {
        let pairs = self.pairs.into_iter().filter(|(_, value)| !value.is_empty());
        serde_html_form::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default()
    }

    /// What is left, as a search.
    ///
    /// # Errors
    /// When a name means nothing, or a value is not what its name asks for.
    pub(super) fn params(self) -> Result<SearchParams, Problem> {
        self.params_without(&[])
    }

    /// Takes out of what is left all that is no parameter of a search, and gives the names: addresses
    /// that are passed on grow parameters on their way, and pages pass over them.
    pub(super) fn take_strange(&mut self) -> Vec<String> {
        let is_known = |name: &str| SearchParams::NAMES.contains(&name);
        let strange = self.pairs.extract_if(.., |(name, _)| !is_known(name));
        let mut strange: Vec<String> = strange.map(|(name, _)| name).collect();
        strange.dedup();
        strange
    }

    /// What is left, as a search; a parameter of `refused` means nothing here, unless it is empty.
    ///
    /// # Errors
    /// As [`Self::params`], and when there is a refused parameter.
    pub(super) fn params_without(self, refused: &[&str]) -> Result<SearchParams, Problem> {
        let is_known = |name: &&str| !refused.contains(name);
        let known: Vec<&str> = SearchParams::NAMES.into_iter().filter(is_known).collect();
        self.refuse_unknown(&known, refused)?;
        Ok(SearchParams::from_pairs(self.pairs)?)
    }

    /// Makes sure that nothing is left.
    ///
    /// # Errors
    /// When there is; the message lists the names that were taken out.
    pub(super) fn refuse_others(&self) -> Result<(), Problem> {
        self.refuse_unknown(&[], &[])
    }

    /// Makes sure that nothing is left but what is known; what `may_be_empty` is passed over if it is.
    ///
    /// # Errors
    /// When another name is left; the message lists the known ones and those that were taken out.
    fn refuse_unknown(&self, known: &[&str], may_be_empty: &[&str]) -> Result<(), Problem> {
        let is_unknown = |(name, value): &&(String, String)| {
            let is_passed_over = value.is_empty() && may_be_empty.contains(&name.as_str());
            !is_passed_over && !known.contains(&name.as_str())
        };
        let Some((name, _)) = self.pairs.iter().find(is_unknown) else { return Ok(()) };
        let own = self.own.iter().map(String::as_str);
        let known: Vec<&str> = known.iter().copied().chain(own).collect();
        Err(ParamError::unknown(name.clone(), &known).into())
    }
}

/// One of several variants by its name; the default one where the value is empty.
///
/// # Errors
/// When none has this name; `expected` says what could be written.
pub(super) fn choice<T: DeserializeOwned + Default>(
    name: &'static str,
    value: &str,
    expected: ValueForm,
) -> Result<T, Problem> {
    if value.is_empty() {
        return Ok(T::default());
    }
    from_name(value).ok_or_else(|| Problem::value(name, value, expected))
}

/// Whether a flag is set; one that is not given is not.
///
/// # Errors
/// When the value is neither yes nor no.
pub(super) fn flag(name: &'static str, value: Option<&str>) -> Result<bool, Problem> {
    Ok(value.map_or(Ok(false), |value| present::flag(name, value))?)
}

fn is_list(parameter: &Parameter) -> bool {
    matches!(parameter.schema, Some(RefOr::T(Schema::Array(_))))
}

/// A value of named parts.
pub(super) fn from_pairs<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, Problem> {
    let text = serde_html_form::to_string(pairs).unwrap_or_default();
    serde_html_form::from_str(&text).map_err(|error| unreadable(error.to_string()))
}

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(parts.uri.query().unwrap_or_default().as_bytes())
    }
}

impl<S: Sync, T: IntoParams + DeserializeOwned> FromRequestParts<S> for Only<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let mut parameters = Parameters::from_request_parts(parts, state).await?;
        let own = parameters.take_own()?;
        parameters.refuse_others()?;
        Ok(Self(own))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for InPath<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        read.map(|Path(value)| Self(value)).map_err(|error| unreadable(error.body_text()))
    }
}

/// A query string or path that is not valid UTF-8.
fn unreadable(reason: String) -> Problem {
    Problem::parameter("", Detail::Unreadable { reason })
}
