//! `fields=`: answers with some of the members of records, where a program needs no bodies.

use std::borrow::Cow;

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{OpenApi, Ref, RefOr};
use utoipa::{IntoParams, Modify, PartialSchema, ToSchema};

use crate::model::{ArticleNotes, Record};
use crate::web::{Detail, Problem};

/// The member that is never left out.
const ALWAYS: &str = "id";

/// Which members of articles are given.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct FieldsParams {
    /// The members of articles to give in JSON beside `id`, with commas between them; without it, all.
    #[param(inline, value_type = Vec<MemberName>, explode = false)]
    fields: Vec<String>,
}

/// The members of records that an answer keeps.
pub(crate) struct KeptFields {
    /// `None`: all of them.
    kept: Option<Vec<String>>,
    /// The members that a record can have.
    all: Vec<String>,
}

impl FieldsParams {
    /// # Errors
    /// When records have no member of such a name.
    pub(crate) fn fields(self) -> Result<KeptFields, Problem> {
        let all = member_names();
        let names = self.fields.iter().flat_map(|names| names.split(','));
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        let kept: Vec<String> = names.map(str::to_owned).collect();
        if let Some(name) = kept.iter().find(|name| !all.contains(name)) {
            let value = Detail::UnknownField { name: name.clone(), known: all };
            return Err(Problem::parameter("fields", value));
        }
        Ok(KeptFields { kept: (!kept.is_empty()).then_some(kept), all })
    }
}

impl KeptFields {
    /// The names as they stand in an address; `None` where every member is kept.
    pub(crate) fn to_address(&self) -> Option<String> {
        self.kept.as_ref().map(|kept| kept.join(","))
    }

    /// An answer as JSON, with what is kept of the record, or the list of records, that stands at a
    /// place in it (a JSON Pointer, RFC 6901). Members that are no record's own stay.
    pub(crate) fn answer(
        &self,
        answer: &impl Serialize,
        records: &str,
    ) -> Result<Response, Problem> {
        let Some(kept) = &self.kept else { return Ok(Json(answer).into_response()) };
        // By way of text: a value made directly has the digits of a double for each single.
        let value = serde_json::to_vec(answer).and_then(|text| serde_json::from_slice(&text));
        let mut value: Value = value.map_err(|error| {
            tracing::error!(%error, "an answer could not be written");
            Problem::internal()
        })?;
        match value.pointer_mut(records) {
            Some(Value::Array(records)) => {
                for record in records {
                    self.leave_out(kept, record);
                }
            }
            Some(record) => self.leave_out(kept, record),
            None => {}
        }
        Ok(Json(value).into_response())
    }

    fn leave_out(&self, kept: &[String], record: &mut Value) {
        if let Value::Object(record) = record {
            record.retain(|name, _| {
                name == ALWAYS || kept.contains(name) || !self.all.contains(name)
            });
        }
    }
}

/// The members that a record can have: those of its schema, in alphabetical order.
fn member_names() -> Vec<String> {
    match Record::schema() {
        RefOr::T(Schema::Object(record)) => record.properties.into_keys().collect(),
        _ => Vec::new(),
    }
}

/// The schema of the name of a member.
struct MemberName;

impl PartialSchema for MemberName {
    fn schema() -> RefOr<Schema> {
        let names =
            ObjectBuilder::new().schema_type(Type::String).enum_values(Some(member_names()));
        names.build().into()
    }
}

impl ToSchema for MemberName {}

/// The schema of an article of which `fields` can leave members out.
pub(crate) struct SelectedRecord;

impl PartialSchema for SelectedRecord {
    fn schema() -> RefOr<Schema> {
        let mut schema = Record::schema();
        if let RefOr::T(Schema::Object(record)) = &mut schema {
            record.required = vec![ALWAYS.to_owned()];
            let description =
                "An article: all members of a `Record`, or those that `fields` names.";
            record.description = Some(description.to_owned());
            let noted = Ref::from_schema_name(ArticleNotes::name());
            record.properties.insert("noted".to_owned(), RefOr::Ref(noted));
        }
        schema
    }
}

impl ToSchema for SelectedRecord {
    fn name() -> Cow<'static, str> {
        "SelectedRecord".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Record::schemas(schemas);
        schemas.push((ArticleNotes::name().into_owned(), ArticleNotes::schema()));
        ArticleNotes::schemas(schemas);
    }
}

/// Hits are selected records: that `fields` leaves members out is known to the interface alone.
pub(crate) struct SelectedHits;

impl Modify for SelectedHits {
    fn modify(&self, document: &mut OpenApi) {
        let schemas = document.components.as_mut().map(|components| &mut components.schemas);
        let hit = schemas.and_then(|schemas| schemas.get_mut("Hit"));
        let Some(RefOr::T(Schema::AllOf(hit))) = hit else { return };
        let selected = Ref::from_schema_name(SelectedRecord::name());
        for part in &mut hit.items {
            if let RefOr::Ref(part) = part {
                part.ref_location.clone_from(&selected.ref_location);
            }
        }
    }
}
