//! By what hits are sorted.

use serde::Deserialize;
use utoipa::ToSchema;

/// The order of the hits. Ties are broken by the place in the archive, so that the order is total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best first; newest first where the query has no words. How rare a word is, is told from all
    /// that the index holds: the reports on files, and for a while what was taken out of it (at
    /// most about a tenth), count too. So the scores, and the order of articles that are nearly
    /// equal, can differ a little between an index that grew and one that was built anew; parts
    /// that stand in an article as they were typed always come before their words alone.
    #[default]
    Relevance,
    /// Latest date first, undated last.
    Newest,
    /// Earliest date first, undated last.
    Oldest,
}
