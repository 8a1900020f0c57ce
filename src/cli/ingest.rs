//! stub
use super::job::*;
use super::*;
pub(super) fn run(_: &Folders, _: &IngestTask, _: &mut Console) -> anyhow::Result<Outcome> {
    todo!()
}
