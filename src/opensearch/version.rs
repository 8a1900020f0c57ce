//! What a cluster says of itself.

use super::client::Client;
use crate::index::{ClusterProblem, IndexError};

/// The version of the node that answers.
///
/// # Errors
/// When it is no OpenSearch, or one that is too old, and when none answers.
pub(super) fn opensearch_version(client: &Client) -> Result<String, IndexError> {
    let body = client.done(client.get("/")?)?;
    let (what, number) = (&body["version"]["distribution"], &body["version"]["number"]);
    let number = number.as_str().unwrap_or_default();
    let major = number.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if what == "opensearch" && major.is_some_and(|major| major >= 2) {
        return Ok(number.to_owned());
    }
    let what = what.as_str().unwrap_or("elasticsearch");
    let found = if number.is_empty() { String::from("?") } else { format!("{what} {number}") };
    Err(client.problem(ClusterProblem::Version { found }))
}
