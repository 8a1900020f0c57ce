//! What text is in a document of an office program or in a book: `.docx`, `.odt`, `.epub`?
//!
//! All three are ZIP packages with the text in XML. `package` opens them within bounds, `flow` makes lines of what is found, in the form in which web pages are read: the highest
//! headings begin with `# `, others with `## `, rows of tables are `| a | b |`, and a blank line stands
//! between paragraphs. Notes and text boxes stand behind the paragraph that they belong to. Left out is
//! what is not printed (deleted and hidden text, comments) and what is printed on every page (headers and
//! footers).

mod epub;
mod flow;
mod numbers;
mod open_document;
mod open_document_lists;
mod package;
#[cfg(test)]
mod tests;
mod word;
mod word_numbering;
mod word_styles;

pub(super) use self::package::{Package, bad_bytes, damaged, joined, open_zip, unpacked_at_most};
use super::xml;
use crate::model::FileWarning;

/// What was read of a document.
#[derive(Debug, Default)]
pub(super) struct DocumentText {
    pub(super) text: String,
    /// Lines of a saved page that stand around its text, as in [`SourceText::boilerplate`].
    ///
    /// [`SourceText::boilerplate`]: crate::model::SourceText::boilerplate
    pub(super) boilerplate: Vec<usize>,
    /// Pictures that it shows, of which nothing is read.
    pub(super) pictures: u64,
}

/// Reads the text of the document in a package, by what it says it is. What was read before an error is in
/// `document`.
///
/// # Errors
/// When it is damaged, locked, too large, or no document.
pub(super) fn read(mut package: Package, document: &mut DocumentText) -> Result<(), FileWarning> {
    if package.is_encrypted() {
        return Err(FileWarning::Encrypted);
    }
    match package.media_type()?.as_str() {
        "application/epub+zip" => epub::read(&mut package, document),
        kind if kind.starts_with("application/vnd.oasis.opendocument.text") => {
            open_document::read(&mut package, document)
        }
        "" => word::read(&mut package, document),
        _ => Err(FileWarning::OtherPackage),
    }
}
