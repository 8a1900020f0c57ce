//! Why a style cannot be used.

use thiserror::Error;

/// Why a style cannot be used. What is said here is in English; `cli` words it in Chinese as well.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StyleError {
    /// It is not a style of CSL 1.0.
    #[error("not a CSL 1.0 style ({reason}); take one from the Zotero style repository")]
    NotCsl {
        /// What the parser says.
        reason: String,
    },
    /// It has the extensions of CSL-M, which other programs do not know.
    #[error(
        "a style with the extensions of CSL-M (juris-m, zotero-chinese), which dibao does not read; take the CSL 1.0 version of the style, or one of the built-in ones"
    )]
    CslM,
    /// It has no rules of its own, but names another style.
    #[error("a dependent style; take the style that it refers to: {parent}")]
    Dependent {
        /// The address of that style.
        parent: String,
    },
    /// A macro calls itself.
    #[error("the macro {name} of the style calls itself")]
    Endless {
        /// The name of the macro.
        name: String,
    },
    /// It is longer, deeper or has more calls of macros than a style needs.
    #[error(
        "the style is too large: at most 1 MB, 64 levels of elements, and 10,000 calls of macros in one another"
    )]
    TooLarge,
    /// The library that applies styles failed.
    #[error("the style cannot be applied to article {id} ({reason}); try another style")]
    Failed {
        /// The article; `-` where it was tried on a made-up one.
        id: String,
        /// What the library says.
        reason: String,
    },
}
