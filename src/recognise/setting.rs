//! What recognises text, as a person says it.

use std::fmt;
#[cfg(feature = "ocr")]
use std::path::PathBuf;
use std::str::FromStr;

use thiserror::Error;

/// What recognises the text on pictures.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OcrSetting {
    /// `tesseract`, or `tesseract:chi_tra_vert+chi_tra`: the program of that name, with its names of
    /// languages.
    Tesseract {
        /// Joined by `+`.
        languages: String,
    },
    /// A folder, or a Python wheel, with models of PP-OCR.
    #[cfg(feature = "ocr")]
    Models(PathBuf),
}

/// A setting that names no engine.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SettingError {
    /// No engine has this name.
    #[error(
        "`{typed}` recognises no text; write tesseract, or tesseract:chi_tra_vert+chi_tra with the \
         languages to recognise; a folder or a wheel with models of PP-OCR needs a program that was \
         built with --features ocr"
    )]
    Engine {
        /// As it was typed.
        typed: String,
    },
    /// What is behind the colon names no languages.
    #[error(
        "`{typed}` are no languages of tesseract; join their names by +, as in chi_sim+eng; \
         `tesseract --list-langs` lists those that are installed"
    )]
    Languages {
        /// As they were typed.
        typed: String,
    },
}

/// The languages if none are named.
const SIMPLIFIED: &str = "chi_sim";

impl FromStr for OcrSetting {
    type Err = SettingError;

    fn from_str(typed: &str) -> Result<Self, SettingError> {
        let (engine, languages) = typed.split_once(':').unwrap_or((typed, SIMPLIFIED));
        if engine != "tesseract" {
            #[cfg(feature = "ocr")]
            if !typed.is_empty() {
                return Ok(Self::Models(typed.into()));
            }
            return Err(SettingError::Engine { typed: typed.to_owned() });
        }
        // They become an argument of a program, and names of files in a folder of its own.
        let is_name = |name: &str| {
            let mut chars = name.chars();
            chars.next().is_some_and(|c| c.is_ascii_alphabetic())
                && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        };
        if !languages.split('+').all(is_name) {
            return Err(SettingError::Languages { typed: languages.to_owned() });
        }
        Ok(Self::Tesseract { languages: languages.to_owned() })
    }
}

impl fmt::Display for OcrSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tesseract { languages } => write!(f, "tesseract:{languages}"),
            #[cfg(feature = "ocr")]
            Self::Models(path) => path.display().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_names_an_engine_and_its_languages() {
        let shown = |typed: &str| typed.parse::<OcrSetting>().map(|setting| setting.to_string());
        assert_eq!(shown("tesseract").as_deref(), Ok("tesseract:chi_sim"));
        let vertical = "tesseract:chi_tra_vert+chi_tra";
        assert_eq!(shown(vertical).as_deref(), Ok(vertical));
        for typed in ["", "Tesseract", "models/v6", "tesseract5:chi_sim"] {
            if cfg!(feature = "ocr") && !typed.is_empty() {
                assert_eq!(shown(typed).as_deref(), Ok(typed));
            } else {
                let error = SettingError::Engine { typed: typed.to_owned() };
                assert_eq!(shown(typed), Err(error));
            }
        }
        for languages in ["", "+", "chi_sim+", "-x", "../a", "a b", "a;b"] {
            let typed = languages.to_owned();
            let setting = format!("tesseract:{languages}");
            assert_eq!(shown(&setting), Err(SettingError::Languages { typed }));
        }
    }
}
