//! What a tool takes and gives, as JSON Schema: derived from the types that describe the same to the
//! HTTP interface, so that names, meanings and limits are written down once.

use rmcp::model::JsonObject;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::present::SearchParams;

/// The arguments of a tool.
#[derive(Debug, Default)]
pub(super) struct InputSchema {
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl InputSchema {
    /// Adds the fields of `T`.
    pub(super) fn with<T: IntoParams>(self) -> Self {
        self.without::<T>(&[])
    }

    /// Adds the parameters of a search but those that mean nothing here.
    pub(super) fn with_search(self, refused: &[&str]) -> Self {
        self.without::<SearchParams>(refused)
    }

    fn without<T: IntoParams>(mut self, refused: &[&str]) -> Self {
        for parameter in T::into_params(|| None) {
            if refused.contains(&parameter.name.as_str()) {
                continue;
            }
            let mut schema = value(&parameter.schema);
            if let (Value::Object(schema), Some(description)) = (&mut schema, parameter.description)
            {
                schema.insert("description".to_owned(), description.into());
            }
            if value(&parameter.required) == Value::Bool(true) {
                self.required.push(parameter.name.clone().into());
            }
            self.properties.insert(parameter.name, schema);
        }
        self
    }

    pub(super) fn finish(self) -> JsonObject {
        let Self { properties, required } = self;
        object(json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        }))
    }
}

/// The names of the fields of `T`.
pub(super) fn names<T: IntoParams>() -> Vec<String> {
    T::into_params(|| None).into_iter().map(|parameter| parameter.name).collect()
}

/// The schema of an answer, with those of its parts.
pub(super) fn output<T: ToSchema>() -> JsonObject {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    let parts: Map<String, Value> =
        parts.into_iter().map(|(name, part)| (name, value(&part))).collect();
    let mut schema = object(value(&T::schema()));
    schema.insert("$defs".to_owned(), Value::Object(parts));
    schema.values_mut().for_each(point_to_defs);
    schema
}

/// Parts stand elsewhere in a schema of its own than in the OpenAPI document.
fn point_to_defs(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(place)) = members.get_mut("$ref") {
                *place = place.replace("#/components/schemas/", "#/$defs/");
            }
            members.values_mut().for_each(point_to_defs);
        }
        Value::Array(members) => members.iter_mut().for_each(point_to_defs),
        _ => {}
    }
}

fn value(part: &impl Serialize) -> Value {
    // A part of a schema can always be written.
    serde_json::to_value(part).unwrap_or_default()
}

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}
