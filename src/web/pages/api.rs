//! `/api`: the page on which the HTTP interface is tried, made from the document that describes it.

use axum::extract::State;
use axum::http::header;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa::OpenApi as _;
use utoipa::openapi::path::{Operation as Described, Parameter as DescribedParameter, ParameterIn};
use utoipa::openapi::schema::{ArrayItems, Schema, SchemaType, Type};
use utoipa::openapi::{OpenApi, RefOr};

use crate::pages;
use crate::pages::{Frame, Operation, Parameter, Section, Takes};
use crate::present::Lang;
use crate::web::api::openapi::Document;
use crate::web::{AppState, Detail, Parameters, Problem};

/// Characters that are percent-encoded in a path segment: all but the unreserved ones of RFC 3986.
const NOT_IN_A_SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is tried; the form has the parameters of the operation beside it.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct OperationParams {
    /// The path of the operation, as the document has it.
    path: String,
}

/// The page.
pub(crate) async fn page(State(state): State<AppState>, lang: Lang) -> Result<Markup, Problem> {
    let (here, section) = ("/api".to_owned(), Section::Api);
    let articles = state.archive().await.ok().map(|opened| opened.articles);
    let frame = Frame { lang, here, section, articles, ..Frame::default() };
    Ok(pages::api(&frame, &operations(&Document::openapi())))
}

/// `/api/try?path=…`: puts parameters of a form into the path, and leaves out what is empty.
pub(crate) async fn attempt(mut parameters: Parameters) -> Result<Response, Problem> {
    let OperationParams { path } = parameters.take_own()?;
    let document = Document::openapi();
    let known = operations(&document).into_iter().find(|operation| operation.path == path);
    let operation = known.ok_or_else(|| Problem::not_found(Detail::NoOperation))?;
    let mut address = path;
    for parameter in operation.parameters.iter().filter(|parameter| parameter.in_path) {
        let value = parameters.take_all(&parameter.name).pop().unwrap_or_default();
        let encoded = utf8_percent_encode(&value, NOT_IN_A_SEGMENT).to_string();
        address = address.replace(&format!("{{{}}}", parameter.name), &encoded);
    }
    let rest = parameters.without_empty();
    if !rest.is_empty() {
        address = format!("{address}?{rest}");
    }
    let address = address.parse::<Uri>().map_err(|error| {
        Problem::parameter("path", Detail::BadAddress { reason: error.to_string() })
    })?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, address.to_string())]).into_response())
}

fn operations(document: &OpenApi) -> Vec<Operation> {
    let paths = document.paths.paths.iter();
    let described = paths.filter_map(|(path, item)| Some((path, item.get.as_ref()?)));
    described.map(|(path, described)| operation(path, described)).collect()
}

fn operation(path: &str, described: &Described) -> Operation {
    let parameters =
        described.parameters.iter().flatten().filter_map(|parameter| match parameter {
            // A form sends no headers.
            RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Header => None,
            RefOr::T(parameter) => Some(self::parameter(parameter)),
            RefOr::Ref(_) => None,
        });
    Operation {
        path: path.to_owned(),
        summary: described.summary.clone().unwrap_or_default(),
        description: described.description.as_deref().map(plain),
        parameters: parameters.collect(),
    }
}

fn parameter(described: &DescribedParameter) -> Parameter {
    let schema = described.schema.as_ref();
    Parameter {
        name: described.name.clone(),
        description: described.description.as_deref().map(plain).unwrap_or_default(),
        in_path: described.parameter_in == ParameterIn::Path,
        takes: schema.map_or(Takes::Text, takes),
        choices: schema.map(choices).unwrap_or_default(),
    }
}

fn takes(schema: &RefOr<Schema>) -> Takes {
    match schema {
        RefOr::T(Schema::Array(_)) => Takes::Texts,
        RefOr::T(Schema::Object(object)) => {
            let is = |wanted: Type| match &object.schema_type {
                SchemaType::Type(known) => *known == wanted,
                SchemaType::Array(known) => known.contains(&wanted),
                SchemaType::AnyValue => false,
            };
            match (is(Type::Boolean), is(Type::Integer)) {
                (true, _) => Takes::Flag,
                (_, true) => Takes::Number,
                _ => Takes::Text,
            }
        }
        _ => Takes::Text,
    }
}

/// The values that a parameter, or each of several values of it, is one of.
fn choices(schema: &RefOr<Schema>) -> Vec<String> {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            let values = object.enum_values.iter().flatten();
            values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
        }
        RefOr::T(Schema::Array(array)) => match &array.items {
            ArrayItems::RefOrSchema(each) => choices(each),
            ArrayItems::False => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Markdown of the document as plain words.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::{MEANINGS, SUMMARIES};

    #[test]
    fn everything_in_the_document_has_its_chinese_words_and_no_words_are_left_over() {
        let operations = operations(&Document::openapi());
        for (path, _) in SUMMARIES {
            assert!(operations.iter().any(|operation| operation.path == path), "{path}");
        }
        let mut used = vec![false; MEANINGS.len()];
        for operation in &operations {
            assert!(SUMMARIES.iter().any(|(path, _)| *path == operation.path), "{operation:?}");
            for parameter in &operation.parameters {
                let at = MEANINGS.iter().position(|(path, name, _)| {
                    *name == parameter.name && (path.is_empty() || *path == operation.path)
                });
                used[at.unwrap_or_else(|| panic!("{}: {parameter:?}", operation.path))] = true;
            }
        }
        let left: Vec<_> = MEANINGS.iter().zip(used).filter(|(_, used)| !used).collect();
        assert!(left.is_empty(), "{left:?}");
        let page = pages::api(&Frame { lang: Lang::Zh, ..Frame::default() }, &operations);
        let page = page.into_string();
        for parameter in operations.iter().flat_map(|operation| &operation.parameters) {
            assert!(!page.contains(&parameter.description), "{parameter:?}");
        }
    }

    #[test]
    fn values_to_choose_from_are_those_of_the_document() {
        let operations = operations(&Document::openapi());
        let parameters = operations.iter().flat_map(|operation| &operation.parameters);
        let choices = |name: &str| {
            let mut known = parameters.clone().filter(|parameter| parameter.name == name);
            known.next().map(|parameter| parameter.choices.clone()).unwrap_or_default()
        };
        assert_eq!(choices("sort"), ["relevance", "newest", "oldest"]);
        let kinds = crate::model::Kind::ALL.map(crate::model::Kind::as_str);
        assert_eq!(choices("kind"), kinds);
        let review = crate::model::Review::ALL.map(crate::model::Review::as_str);
        assert_eq!(choices("review"), review);
        let roles = crate::search::RoleScope::ALL.map(crate::search::RoleScope::as_str);
        assert_eq!(choices("role"), roles);
        assert!(choices("q").is_empty());
    }
}
