//! What an export was made of and what came out of it: enough to make it again, and to tell whether
//! the file is still the one that was made.

use std::io::{self, Write};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::exporter::{ExportCounts, ExportSettings};
use super::figure_settings::FigureSettings;
use super::origin::ExportOrigin;

/// The form of manifests that this program writes and reads.
const FORM: u32 = 1;
/// What stands behind the name of a file in that of its manifest.
pub const MANIFEST_ENDING: &str = ".manifest.json";

/// The manifest of an export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExportManifest {
    /// The form of the manifest: 1.
    dibao_manifest: u32,
    /// What it was made of.
    pub origin: ExportOrigin,
    /// What was written, and how.
    pub export: ExportContents,
    /// How much it is.
    pub counts: ExportCounts,
    /// The file.
    pub file: ExportFile,
    /// Whether it was read with another seal than it should have: somebody edited it.
    #[serde(skip)]
    is_edited: bool,
}

/// The key of the seal: SHA-256 of all else that the manifest says, so that an edit by hand is seen.
const SEAL: &str = "seal";

/// What is in a file, and how it was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "contents", rename_all = "lowercase")]
pub enum ExportContents {
    /// Articles.
    Articles(ExportSettings),
    /// What they state of indicators.
    Indicators(FigureSettings),
}

/// A file as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExportFile {
    /// Its name, without folders.
    pub name: String,
    /// What is in it.
    #[serde(flatten)]
    pub digest: FileDigest,
}

/// The length and the checksum of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileDigest {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 (FIPS 180-4), in hexadecimal digits.
    pub sha256: String,
}

impl ExportManifest {
    /// The manifest of a file.
    #[must_use]
    pub fn new(
        origin: ExportOrigin,
        export: ExportContents,
        counts: ExportCounts,
        file: ExportFile,
    ) -> Self {
        Self { dibao_manifest: FORM, origin, export, counts, file, is_edited: false }
    }

    /// Reads a manifest; `None` for anything else, and for one of another form.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut said: Value = serde_json::from_slice(text).ok()?;
        let seal = said.as_object_mut()?.remove(SEAL);
        let is_edited = seal != Some(seal_of(&said));
        let manifest: Self = serde_json::from_value(said).ok()?;
        (manifest.dibao_manifest == FORM).then_some(Self { is_edited, ..manifest })
    }

    /// Whether the manifest does not say what was written into it.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.is_edited
    }

    /// The manifest as it stands in its file.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which does not happen.
    pub fn to_json(&self) -> io::Result<Vec<u8>> {
        let mut said = serde_json::to_value(self)?;
        let seal = seal_of(&said);
        if let Some(said) = said.as_object_mut() {
            said.insert(SEAL.to_owned(), seal);
        }
        let mut text = serde_json::to_vec_pretty(&said)?;
        text.push(b'\n');
        Ok(text)
    }
}

/// The seal of what a manifest says, whatever the order of its keys and the blanks between them.
fn seal_of(said: &Value) -> Value {
    let hash = Bytes::copy_from_slice(&Sha256::digest(said.to_string()));
    format!("{hash:x}").into()
}

/// Passes bytes on and takes their checksum.
pub struct DigestWriter<W> {
    out: W,
    bytes: u64,
    hasher: Sha256,
}

impl<W: Write> DigestWriter<W> {
    /// A writer that has seen nothing.
    pub fn new(out: W) -> Self {
        Self { out, bytes: 0, hasher: Sha256::new() }
    }

    /// The checksum of all that was written.
    #[must_use]
    pub fn finish(self) -> FileDigest {
        let hash = Bytes::copy_from_slice(&self.hasher.finalize());
        FileDigest { bytes: self.bytes, sha256: format!("{hash:x}") }
    }
}

impl<W: Write> Write for DigestWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or(bytes));
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Format;
    use crate::present::SearchParams;

    #[test]
    fn a_manifest_is_read_as_it_is_written_and_nothing_else_is_one() {
        let mut writer = DigestWriter::new(Vec::new());
        writer.write_all(b"abc").expect("memory");
        let digest = writer.finish();
        // The first example of FIPS 180-4.
        assert!(digest.sha256.starts_with("ba7816bf8f01cfea"), "{digest:?}");
        let settings = ExportSettings { format: Format::Csv, ..ExportSettings::default() };
        let search = SearchParams { q: "氢能".into(), undated: true, ..SearchParams::default() };
        let origin = ExportOrigin { search, ..ExportOrigin::default() };
        let file = ExportFile { name: "a.csv".into(), digest };
        let counts = ExportCounts { entries: 3, cut_cells: 0 };
        let made = ExportManifest::new(origin, ExportContents::Articles(settings), counts, file);
        let text = made.to_json().expect("JSON");
        assert_eq!(ExportManifest::parse(&text), Some(made));
        let shown = String::from_utf8(text).expect("text");
        for said in ["\"contents\": \"articles\"", "\"q\": \"氢能\"", "\"bytes\": 3"] {
            assert!(shown.contains(said), "{said}: {shown}");
        }
        for (said, other) in
            [("\"entries\": 3", "\"entries\": 9"), ("\"q\": \"氢能\"", "\"q\": \"氢\"")]
        {
            let edited = shown.replace(said, other);
            assert!(ExportManifest::parse(edited.as_bytes()).is_some_and(|made| made.is_edited()));
        }
        let newer = shown.replace("\"dibao_manifest\": 1", "\"dibao_manifest\": 2");
        for other in ["", "{}", "[1]", "{\"bytes\": 3}", newer.as_str()] {
            assert_eq!(ExportManifest::parse(other.as_bytes()), None, "{other}");
        }
    }
}
