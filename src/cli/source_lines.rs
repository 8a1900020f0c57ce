//! stub
use super::job::*;
use super::*;
use crate::model::Record;
use crate::search::Archive;
pub(super) fn print(_: &Archive, _: &Record, _: &Folders, _: &mut Console) -> anyhow::Result<()> {
    todo!()
}
