//! The arguments of a call: JSON values under the names that addresses have for them.

use rmcp::model::JsonObject;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::IntoParams;

use super::ToolError;
use super::schema::names;
use crate::present::{ParamError, SearchParams, ValueForm, from_name, whole_number};

/// Arguments are as long as the longest address that the HTTP interface takes.
pub(crate) const MAX_ARGUMENT_BYTES: usize = 16 << 10;

/// The arguments that are not read yet, each value as an address has it.
#[derive(Debug)]
pub(crate) struct Arguments {
    pairs: Vec<(String, String)>,
    /// The names of those that were read, whether given or not.
    own: Vec<String>,
}

impl Arguments {
    /// # Errors
    /// When a value is an object or a list of lists, or all of them together are too long.
    pub(super) fn read(object: Option<JsonObject>) -> Result<Self, ToolError> {
        let mut pairs = Vec::new();
        for (name, value) in object.unwrap_or_default() {
            match value {
                Value::Array(values) => {
                    for value in values {
                        pairs.extend(plain(&name, value)?.map(|value| (name.clone(), value)));
                    }
                }
                value => pairs.extend(plain(&name, value)?.map(|value| (name, value))),
            }
        }
        let bytes = pairs.iter().map(|(name, value)| name.len() + value.len()).sum();
        if bytes > MAX_ARGUMENT_BYTES {
            return Err(ToolError::LongArguments { bytes, most: MAX_ARGUMENT_BYTES });
        }
        Ok(Self { pairs, own: Vec::new() })
    }

    /// Takes out the arguments that are the fields of `T`.
    ///
    /// # Errors
    /// When a value is not what its name asks for.
    pub(super) fn take<T: IntoParams + DeserializeOwned>(&mut self) -> Result<T, ToolError> {
        let own = names::<T>();
        let taken: Vec<(String, String)> =
            self.pairs.extract_if(.., |(name, _)| own.contains(name)).collect();
        self.own.extend(own);
        let text = serde_html_form::to_string(taken).unwrap_or_default();
        serde_html_form::from_str(&text)
            .map_err(|error| ToolError::Unreadable { reason: error.to_string() })
    }

    /// What is left, as a search; the names of `refused` mean nothing to this tool.
    ///
    /// # Errors
    /// When a name means nothing, or a value is not what its name asks for.
    pub(super) fn search(self, refused: &[&str]) -> Result<SearchParams, ToolError> {
        let known = SearchParams::NAMES.into_iter().filter(|name| !refused.contains(name));
        self.refuse_unknown(&known.collect::<Vec<_>>())?;
        Ok(SearchParams::from_pairs(self.pairs)?)
    }

    /// Makes sure that nothing is left.
    ///
    /// # Errors
    /// When something is; the message lists the names that were taken out.
    pub(super) fn end(self) -> Result<(), ToolError> {
        self.refuse_unknown(&[])
    }

    fn refuse_unknown(&self, known: &[&str]) -> Result<(), ToolError> {
        let strange = self.pairs.iter().find(|(name, _)| !known.contains(&name.as_str()));
        let Some((name, _)) = strange else { return Ok(()) };
        let known: Vec<&str> =
            known.iter().copied().chain(self.own.iter().map(String::as_str)).collect();
        Err(ParamError::unknown(name.clone(), &known).into())
    }
}

/// A value as it stands in an address; `None` of null.
fn plain(name: &str, value: Value) -> Result<Option<String>, ToolError> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(value) => Ok(Some(value.to_string())),
        Value::Number(value) => Ok(Some(value.to_string())),
        Value::String(value) => Ok(Some(value)),
        Value::Array(_) | Value::Object(_) => Err(ToolError::NotPlain { name: name.to_owned() }),
    }
}

/// A number from `least` to `most`; the usual one where none is given.
///
/// # Errors
/// When it is no such number.
pub(super) fn number(
    name: &'static str,
    typed: &str,
    usual: usize,
    least: usize,
    most: usize,
) -> Result<usize, ToolError> {
    match whole_number(name, typed)?.unwrap_or(usual) {
        number if (least..=most).contains(&number) => Ok(number),
        _ => {
            let (value, expected) = (typed.to_owned(), ValueForm::Between(least, most));
            Err(ParamError::Value { name, value, expected }.into())
        }
    }
}

/// One of several variants by its name; `None` where none is given.
///
/// # Errors
/// When none has this name; `expected` says what could be written.
pub(super) fn choice<T: DeserializeOwned>(
    name: &'static str,
    typed: &str,
    expected: ValueForm,
) -> Result<Option<T>, ToolError> {
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = || ParamError::Value { name, value: typed.to_owned(), expected };
    Ok(Some(from_name(typed).ok_or_else(wrong)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::present::Lang;

    fn read(value: Value) -> Result<Arguments, ToolError> {
        let Value::Object(object) = value else { panic!("an object") };
        Arguments::read(Some(object))
    }

    #[test]
    fn values_are_read_as_an_address_has_them() {
        let given = json!({"q": "氢能", "district": ["登封市", "新密市"], "limit": 5, "any": true, "to": null});
        let params = read(given).and_then(|given| given.search(&[])).expect("a search");
        let expected = SearchParams {
            q: "氢能".into(),
            district: vec!["登封市".into(), "新密市".into()],
            limit: Some(5),
            any: true,
            ..SearchParams::default()
        };
        assert_eq!(params, expected);
    }

    #[test]
    fn what_means_nothing_is_refused_with_what_would() {
        let refused = |value, refused: &[&str]| {
            let error = read(value).and_then(|given| given.search(refused).map(drop));
            error.expect_err("refused").text(Lang::En)
        };
        assert!(refused(json!({"colour": "red"}), &[]).contains("district"));
        assert!(refused(json!({"after": "x"}), &["after"]).contains("after"));
        assert!(refused(json!({"q": {"a": 1}}), &[]).starts_with("q: must be a text"));
        assert!(refused(json!({"q": [["a"]]}), &[]).starts_with("q: must be a text"));
        assert!(refused(json!({"limit": "many"}), &[]).contains("limit"));
        let long = "长".repeat(MAX_ARGUMENT_BYTES);
        assert!(refused(json!({ "q": long }), &[]).contains("at most 16384 are read"));
    }
}
