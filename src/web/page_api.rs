//! `/api`: the page on which the HTTP interface is tried, made from the document that describes it.

use axum::http::header;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use utoipa::OpenApi as _;
use utoipa::openapi::path::{Operation as Described, Parameter as DescribedParameter, ParameterIn};
use utoipa::openapi::schema::{Schema, SchemaType, Type};
use utoipa::openapi::{OpenApi, RefOr};

use super::api_openapi::Document;
use super::{Parameters, Problem, sentences};
use crate::model::filled;
use crate::pages::{self, Frame, Lang, Operation, Parameter, Section, Takes};

/// The page.
pub(super) async fn page(lang: Lang, parameters: Parameters) -> Result<Markup, Problem> {
    parameters.none_left()?;
    let frame = Frame { lang, here: "/api".to_owned(), section: Section::Api, ..Frame::default() };
    Ok(pages::api(&frame, &operations(&Document::openapi())))
}

/// `/api/try?path=…`: puts parameters of a form into the path, and leaves out what is empty.
pub(super) async fn attempt(mut parameters: Parameters) -> Result<Response, Problem> {
    let path = parameters.take("path").unwrap_or_default();
    let document = Document::openapi();
    let known = operations(&document).into_iter().find(|operation| operation.path == path);
    let operation = known.ok_or_else(|| Problem::not_found(sentences::NO_OPERATION))?;
    let mut address = path;
    for parameter in operation.parameters.iter().filter(|parameter| parameter.in_path) {
        let value = parameters.take(&parameter.name).unwrap_or_default();
        let escaped = serde_html_form::to_string([("", value)]).unwrap_or_default();
        // Of `=value` the value; a blank is %20 in a path.
        let escaped = escaped.trim_start_matches('=').replace('+', "%20");
        address = address.replace(&format!("{{{}}}", parameter.name), &escaped);
    }
    let rest = parameters.without_empty();
    if !rest.is_empty() {
        address = format!("{address}?{rest}");
    }
    let address = address.parse::<Uri>().map_err(|error| {
        Problem::parameter("path", filled(sentences::NOT_AN_ADDRESS, &[&error]))
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
            RefOr::T(parameter) => Some(self::parameter(parameter)),
            RefOr::Ref(_) => None,
        });
    Operation {
        path: path.to_owned(),
        summary: described.summary.clone().unwrap_or_default(),
        description: described.description.clone(),
        parameters: parameters.collect(),
    }
}

fn parameter(described: &DescribedParameter) -> Parameter {
    Parameter {
        name: described.name.clone(),
        description: described.description.clone().unwrap_or_default(),
        in_path: described.parameter_in == ParameterIn::Path,
        takes: described.schema.as_ref().map_or(Takes::Text, takes),
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
