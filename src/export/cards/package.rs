//! A ZIP file that is made beside and given out when it is complete: its directory stands at its end and
//! its entries say how long they are, so that it cannot be written in one go.

use std::io::{self, BufWriter, Read, Seek, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::export::temporary::TemporaryFile;

/// The unfinished file, and where it goes.
pub(super) struct ZipPackage<W> {
    zip: ZipWriter<BufWriter<TemporaryFile>>,
    out: W,
}

impl<W: Write> ZipPackage<W> {
    pub(super) fn new(out: W) -> io::Result<Self> {
        let file = BufWriter::new(TemporaryFile::new()?);
        Ok(Self { zip: ZipWriter::new(file), out })
    }

    /// An entry as it is.
    pub(super) fn store(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.zip.start_file(name, options(CompressionMethod::Stored)).map_err(zip_error)?;
        self.zip.write_all(bytes)
    }

    /// An entry that is compressed.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.begin(name)?;
        self.zip.write_all(bytes)
    }

    /// Begins an entry that is compressed and written piece by piece, up to the next one.
    pub(super) fn begin(&mut self, name: &str) -> io::Result<()> {
        self.zip.start_file(name, options(CompressionMethod::Deflated)).map_err(zip_error)
    }

    /// Writes on at the entry that was begun.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.zip.write_all(bytes)
    }

    /// Writes all that there is to read on at the entry that was begun.
    pub(super) fn copy(&mut self, from: &mut impl Read) -> io::Result<()> {
        io::copy(from, &mut self.zip).map(drop)
    }

    /// Completes the file and gives it out.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let mut file = self.zip.finish().map_err(zip_error)?.into_inner()?;
        file.rewind()?;
        io::copy(&mut file, &mut self.out)?;
        self.out.flush()
    }
}

/// The error of the temporary file as it is.
fn zip_error(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// Every entry is of one time: the same articles give the same bytes.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}
