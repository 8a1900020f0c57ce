//! One JSON object per line.

use std::io::{self, Write};

use crate::model::Record;

pub(super) fn write(out: &mut impl Write, record: &Record) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}
