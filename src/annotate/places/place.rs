//! Converts divisions to places of a record.

use crate::gazetteer::{DivisionId, Gazetteer};
use crate::model::{Basis, Place};

/// A division as a place of a record, with the basis and the words that name it.
pub(crate) fn place_of(
    gazetteer: &Gazetteer,
    id: DivisionId,
    basis: Basis,
    evidence: &str,
) -> Place {
    let division = gazetteer.division(id);
    Place {
        code: division.code.map(str::to_owned),
        name: division.name.to_string(),
        path: gazetteer.path(id),
        basis,
        evidence: evidence.to_owned(),
        ..Place::default()
    }
}
