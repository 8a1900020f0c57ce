//! The errors of the protocol.

use serde::Serialize;

use crate::web::feeds::xml;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OaiError {
    #[serde(rename = "@code")]
    code: OaiErrorCode,
    #[serde(rename = "$text")]
    message: String,
}

/// The errors of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum OaiErrorCode {
    BadArgument,
    BadResumptionToken,
    BadVerb,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
    NoSetHierarchy,
}

impl OaiError {
    pub(crate) fn new(code: OaiErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: xml::text(&message.into()).into_owned() }
    }

    pub(crate) fn no_id(identifier: &str) -> Self {
        let message = format!("no article has the identifier `{identifier}`");
        Self::new(OaiErrorCode::IdDoesNotExist, message)
    }

    /// Whether the arguments are wrong as such, and so are not repeated.
    pub(crate) fn is_of_arguments(&self) -> bool {
        matches!(self.code, OaiErrorCode::BadVerb | OaiErrorCode::BadArgument)
    }
}
