//! A citation style (CSL) and articles cited in it, by hayagriva.

use std::borrow::Cow;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest,
};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::csl_item::csl_item;
use super::reference::ReferenceParts;
use super::style_error::StyleError;
use super::style_text::{MAX_STYLE_BYTES, endless_macro, is_csl_m, is_too_large};
use crate::model::Record;

/// The style of GB/T 7714-2025, which hayagriva does not have.
const GB_2025: &str = include_str!("gb-7714-2025-numeric.csl");
const GB_2025_NAME: &str = "gb-7714-2025-numeric";

/// Colons between title and subtitle.
const FULL_WIDTH: &str = "：";
const HALF_WIDTH: &str = ": ";

/// The language of terms where a style has none of its own.
const LANGUAGE: &str = "zh-CN";

/// Terms and dates of the languages in which styles cite; decoding all sixty takes a while.
pub(super) static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(locales);

static BUILT_IN: LazyLock<Vec<CitationStyle>> = LazyLock::new(|| {
    CitationStyle::BUILT_IN.into_iter().filter_map(CitationStyle::shipped).collect()
});

/// A style in which articles are cited. A clone is the same style.
#[derive(Clone)]
pub struct CitationStyle(Arc<Loaded>);

struct Loaded {
    name: String,
    /// The text of a style of one's own.
    own: Option<String>,
    csl: IndependentStyle,
    locale: Option<LocaleCode>,
    /// What stands between title and subtitle.
    colon: &'static str,
}

/// An article as a style cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The number that stands before it in a list, `[1]`, where the style has one apart.
    pub number: Option<String>,
    /// The reference, in one line.
    pub text: String,
}

impl CitationStyle {
    /// The styles of the standard, by their names; the first is the default. The other styles that
    /// hayagriva ships have names too.
    pub const BUILT_IN: [&str; 4] =
        [GB_2025_NAME, "gb-7714-2015-numeric", "gb-7714-2015-author-date", "gb-7714-2015-note"];

    /// Length of a style of one's own, in bytes.
    pub const MAX_BYTES: usize = MAX_STYLE_BYTES;

    /// The style of this name, as `gb-7714-2025-numeric` or `apa`; `None` if there is none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match BUILT_IN.iter().find(|style| style.name() == name) {
            Some(style) => Some(style.clone()),
            None => Self::shipped(name),
        }
    }

    /// A style of one's own: the text of a CSL file.
    ///
    /// # Errors
    /// When it is no style of CSL 1.0, or cannot be applied.
    pub fn from_csl(name: &str, csl: &str) -> Result<Self, StyleError> {
        let own = Some(csl.to_owned());
        let style = Self::of(name, parsed(csl)?, colon_of(csl), own);
        // Its faults are told before anything is written.
        style.render(&ReferenceParts::made_up(), 1)?;
        Ok(style)
    }

    /// Its name: of a file what it was called with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Cites an article; `number` counts from 1 and is used by styles with numbers.
    ///
    /// # Errors
    /// When the style, or the library that applies it, fails on this article.
    pub fn cite(&self, record: &Record, number: usize) -> Result<Cited, StyleError> {
        self.render(&ReferenceParts::of(record), number)
    }

    fn shipped(name: &str) -> Option<Self> {
        if name == GB_2025_NAME {
            return parsed(GB_2025).ok().map(|csl| Self::of(name, csl, colon_of(GB_2025), None));
        }
        let Style::Independent(mut csl) = ArchivedStyle::by_name(name)?.get() else { return None };
        if Self::BUILT_IN.contains(&name) {
            bracket_estimates(&mut csl);
        }
        Some(Self::of(name, csl, HALF_WIDTH, None))
    }

    fn of(name: &str, csl: IndependentStyle, colon: &'static str, own: Option<String>) -> Self {
        let locale = csl.default_locale.is_none().then(|| LocaleCode(LANGUAGE.to_owned()));
        Self(Arc::new(Loaded { name: name.to_owned(), own, csl, locale, colon }))
    }

    fn render(&self, reference: &ReferenceParts, number: usize) -> Result<Cited, StyleError> {
        let failed = |reason: String| StyleError::Failed { id: reference.id.clone(), reason };
        let item = Value::Object(csl_item(reference, self.0.colon));
        let item: Item = serde_json::from_value(item).map_err(|error| failed(error.to_string()))?;
        // The library panics on some things that a style can ask for.
        let rendered = catch_unwind(AssertUnwindSafe(|| self.rendered(&item, number)));
        let joined =
            |cited: Cited| Cited { text: closed_up(&cited.text, &reference.authors), ..cited };
        rendered.map(joined).map_err(|panic| {
            let said = panic.downcast_ref::<&str>().map(|&text| text.to_owned());
            failed(said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default())
        })
    }

    fn rendered(&self, item: &Item, number: usize) -> Cited {
        let Loaded { csl, locale, .. } = &*self.0;
        let mut driver =
            BibliographyDriver::new().with_citation_number_offset(number.saturating_sub(1));
        let cited =
            CitationRequest::from_items(vec![CitationItem::with_entry(item)], csl, &LOCALES);
        driver.citation(cited);
        let rendered = driver.finish(BibliographyRequest {
            style: csl,
            locale: locale.clone(),
            locale_files: &LOCALES,
        });
        let (mut first, mut text) = (String::new(), String::new());
        let entry = rendered.bibliography.and_then(|list| list.items.into_iter().next());
        let written = match entry {
            Some(entry) => {
                if let Some(field) = entry.first_field {
                    let _ = field.write_buf(&mut first, BufWriteFormat::Plain);
                }
                entry.content.write_buf(&mut text, BufWriteFormat::Plain)
            }
            // A style of notes alone.
            None => rendered
                .citations
                .iter()
                .try_for_each(|note| note.citation.write_buf(&mut text, BufWriteFormat::Plain)),
        };
        debug_assert!(written.is_ok(), "a string takes whatever is written to it");
        let number = Some(line(&first)).filter(|first| !first.is_empty());
        Cited { number, text: line(&text) }
    }
}

impl Default for CitationStyle {
    fn default() -> Self {
        BUILT_IN
            .first()
            .cloned()
            .unwrap_or_else(|| unreachable!("the style of this folder is one; a test reads it"))
    }
}

impl fmt::Debug for CitationStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CitationStyle").field(&self.0.name).finish()
    }
}

impl PartialEq for CitationStyle {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name && self.0.own == other.0.own
    }
}

/// A style as it is kept: its name, and of a style of one's own its text.
#[derive(Serialize, Deserialize)]
struct KeptStyle<'s> {
    name: Cow<'s, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    csl: Option<Cow<'s, str>>,
}

impl Serialize for CitationStyle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let csl = self.0.own.as_deref().map(Cow::from);
        KeptStyle { name: self.name().into(), csl }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CitationStyle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let KeptStyle { name, csl } = KeptStyle::deserialize(deserializer)?;
        match csl {
            Some(csl) => Self::from_csl(&name, &csl).map_err(D::Error::custom),
            None => Self::named(&name)
                .ok_or_else(|| D::Error::custom(format!("no citation style {name}"))),
        }
    }
}

/// Between title and subtitle stands the colon that the style has elsewhere.
fn colon_of(csl: &str) -> &'static str {
    if csl.contains(FULL_WIDTH) { FULL_WIDTH } else { HALF_WIDTH }
}

fn parsed(csl: &str) -> Result<IndependentStyle, StyleError> {
    if is_csl_m(csl) {
        return Err(StyleError::CslM);
    }
    if let Some(name) = endless_macro(csl) {
        return Err(StyleError::Endless { name });
    }
    if is_too_large(csl) {
        return Err(StyleError::TooLarge);
    }
    let style = Style::from_xml(csl)
        .map_err(|error| StyleError::NotCsl { reason: line(&error.to_string()) })?;
    match style {
        Style::Independent(style) => Ok(style),
        Style::Dependent(style) => {
            Err(StyleError::Dependent { parent: style.parent_link.href.clone() })
        }
    }
}

/// Estimated dates in square brackets, also where the shipped style prints a day as it is: the macros
/// of these names are taken from the style of 2025.
fn bracket_estimates(csl: &mut IndependentStyle) {
    let Ok(ours) = parsed(GB_2025) else { return };
    for theirs in &mut csl.macros {
        let same = ours.macros.iter().find(|ours| ours.name == theirs.name);
        if let Some(ours) = same.filter(|ours| ours.name.starts_with("issued-")) {
            *theirs = ours.clone();
        }
    }
}

/// In one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The library puts a blank before the 等 that stands for further authors, also behind a full-width
/// comma. Elsewhere, as in a title, it is printed so.
fn closed_up(text: &str, authors: &[String]) -> String {
    let named = authors.split_last().map(|(_, before)| before).unwrap_or_default();
    let wide = named.iter().map(|name| format!("{}， 等", line(name)));
    match wide.into_iter().find(|wide| text.contains(wide)) {
        Some(wide) => text.replacen(&wide, &wide.replace("， 等", "，等"), 1),
        None => text.to_owned(),
    }
}
