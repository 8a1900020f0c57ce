//! How values with words leave the program: a code with its fields for programs, and beside it the
//! same in English for people. When they are read again the code and the fields count, and the text
//! is passed over.

use std::fmt::Display;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// A value with its English text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Worded<T> {
    /// The value: `code` and its fields.
    #[serde(flatten)]
    pub value: T,
    /// The same in English; its wording can change from one version to another.
    pub text: String,
}

impl<T: Display> From<T> for Worded<T> {
    fn from(value: T) -> Self {
        Self { text: value.to_string(), value }
    }
}

impl<T: Display + Serialize> Worded<T> {
    /// Writes values with their texts: for `serialize_with`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn list<S: Serializer>(values: &[T], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(values.iter().map(Worded::from))
    }

    /// Writes a value with its text: for `serialize_with`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn one<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        T: Clone,
    {
        Self::from(value.clone()).serialize(serializer)
    }

    /// Writes a value with its text, or nothing: for `serialize_with`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn option<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Worded::from).serialize(serializer)
    }
}
