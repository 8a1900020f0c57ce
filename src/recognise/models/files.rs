//! The files of models, in a folder or in a Python wheel, which is a ZIP file.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;
use zip::ZipArchive;

use super::onnx;

/// What is needed to recognise text.
pub(super) struct ModelFiles {
    pub(super) detector: Vec<u8>,
    pub(super) reader: Vec<u8>,
    /// The characters that the reader tells apart, in its order.
    pub(super) dictionary: Vec<String>,
    /// Name of the reader.
    stem: String,
    hash: String,
}

/// Bytes of a model at most.
const MAX_MODEL: u64 = 512 << 20;

/// Depth of folders in which models are looked for.
const MAX_DEPTH: usize = 4;

/// What the name of a list of characters ends with.
const LIST: &str = ".txt";

/// What names of models end with.
const MODELS: [&str; 2] = [".rten", ".onnx"];

impl ModelFiles {
    /// The models at a path: of several the last by name, `.rten` before `.onnx`.
    ///
    /// # Errors
    /// What is missing.
    pub(super) fn find(path: &Path) -> Result<Self, String> {
        let mut place = ModelPlace::open(path)?;
        let names = place.names()?;
        let model = |kind: &str| {
            let is_it = |name: &&String| {
                let file = file_name(name);
                MODELS.iter().any(|end| file.ends_with(end)) && file.contains(kind)
            };
            // By ending first: those of rten load faster.
            names
                .iter()
                .filter(is_it)
                .max_by_key(|name| (file_name(name).ends_with(MODELS[0]), *name))
                .cloned()
        };
        let missing =
            |what: &str| format!("no model whose name has `{what}` and ends with .onnx or .rten");
        let detector_name = model("det").ok_or_else(|| missing("det"))?;
        let reader_name = model("rec").ok_or_else(|| missing("rec"))?;
        let (detector, reader) = (place.read(&detector_name)?, place.read(&reader_name)?);
        let is_dictionary = |name: &&String| {
            let file = file_name(name);
            file.ends_with(LIST) && (file.contains("dict") || file.contains("keys"))
        };
        let listed = match names.iter().filter(is_dictionary).max() {
            Some(name) => String::from_utf8(place.read(name)?)
                .map_err(|_| format!("{name}: the list of characters is not UTF-8"))?,
            None => onnx::metadata(&reader, "character")
                .ok_or("no list of characters: a file dict.txt, or one in the model")?,
        };
        let mut hasher = blake3::Hasher::new();
        hasher.update(&detector).update(&reader).update(listed.as_bytes());
        let stem = file_name(&reader_name);
        let stem = stem.rsplit_once('.').map_or(&*stem, |(stem, _)| stem).to_owned();
        let dictionary = listed.strip_suffix('\n').unwrap_or(&listed).split('\n');
        let dictionary = dictionary.map(|line| line.trim_end_matches('\r').to_owned()).collect();
        let hash = hasher.finalize().to_hex()[..8].to_owned();
        Ok(Self { detector, reader, dictionary, stem, hash })
    }

    /// Name of the reader, and a hash of all files.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.stem, self.hash)
    }
}

fn file_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase()
}

/// Where files are.
enum ModelPlace {
    Folder(PathBuf),
    Wheel(Box<ZipArchive<File>>),
}

impl ModelPlace {
    fn open(path: &Path) -> Result<Self, String> {
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        let file = File::open(path).map_err(|error| error.to_string())?;
        let wheel = ZipArchive::new(file).map_err(|error| format!("not a wheel: {error}"))?;
        Ok(Self::Wheel(Box::new(wheel)))
    }

    fn names(&self) -> Result<Vec<String>, String> {
        Ok(match self {
            Self::Folder(folder) => {
                let mut names = Vec::new();
                for entry in WalkDir::new(folder).max_depth(MAX_DEPTH) {
                    let entry = entry.map_err(|error| error.to_string())?;
                    if entry.file_type().is_file() || entry.path_is_symlink() {
                        names.extend(entry.path().to_str().map(str::to_owned));
                    }
                }
                names
            }
            Self::Wheel(wheel) => {
                let names = wheel.file_names().map(|name| name.map(Cow::into_owned));
                names.collect::<Result<_, _>>().map_err(|error| error.to_string())?
            }
        })
    }

    fn read(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let broken = |error: &dyn std::fmt::Display| format!("{name}: {error}");
        let mut bytes = Vec::new();
        match self {
            Self::Folder(_) => {
                let file = File::open(name).map_err(|error| broken(&error))?;
                file.take(MAX_MODEL + 1).read_to_end(&mut bytes)
            }
            Self::Wheel(wheel) => {
                let file = wheel.by_name(name).map_err(|error| broken(&error))?;
                file.take(MAX_MODEL + 1).read_to_end(&mut bytes)
            }
        }
        .map_err(|error| broken(&error))?;
        if bytes.len() as u64 > MAX_MODEL {
            return Err(broken(&format!("larger than {} MB", MAX_MODEL >> 20)));
        }
        Ok(bytes)
    }
}
