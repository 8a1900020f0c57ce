//! The characters of glyphs whose font does not say them (no `ToUnicode`): by the code of the glyph,
//! where the font is encoded by one of the predefined CMaps (GBK-EUC-H, UniGB-UCS2-H, ETen-B5-H …) or
//! its glyphs are numbered by a character collection (Adobe-GB1 …); else by the font program's own
//! table, read backwards.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use hayro_interpret::font::OutlineFontData;
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, Name, Object, Stream, String as PdfString,
};
use skrifa::{FontRef, MetadataProvider};

/// What the fonts of a file tell of their characters, read where it is wanted.
pub(super) struct Encodings<'p> {
    pdf: &'p Pdf,
    composite: OnceCell<HashMap<String, Vec<CompositeEncoding>>>,
    programs: RefCell<HashMap<u128, HashMap<u32, char>>>,
}

/// How a composite font gets from codes to characters.
struct CompositeEncoding {
    /// Codes → numbers of glyphs in the collection.
    cids: CMap,
    /// Numbers of glyphs → characters; the collection tells it.
    characters: Option<CMap>,
}

/// Objects of a file that are looked through for fonts.
const MAX_OBJECTS: usize = 500_000;

impl<'p> Encodings<'p> {
    pub(super) fn of(pdf: &'p Pdf) -> Self {
        Self { pdf, composite: OnceCell::new(), programs: RefCell::default() }
    }

    /// The character of a glyph.
    pub(super) fn character(
        &self,
        font: &OutlineFontData,
        glyph: u32,
        code: u32,
    ) -> Option<String> {
        let composite = self.composite.get_or_init(|| composite_encodings(self.pdf));
        let named = font.postscript_name.as_ref().and_then(|name| composite.get(name));
        // Fonts of one name can be encoded in several ways: then the code alone does not tell.
        let known = named.into_iter().flatten().filter_map(|encoding| encoding.character(code));
        let by_code = agreed(known);
        by_code.or_else(|| self.by_program(font, glyph).map(String::from))
    }

    /// The character that a font program has the glyph for.
    fn by_program(&self, font: &OutlineFontData, glyph: u32) -> Option<char> {
        let mut programs = self.programs.borrow_mut();
        let table = programs.entry(font.cache_key).or_insert_with(|| {
            let mut table: HashMap<u32, char> = HashMap::new();
            let Ok(program) = FontRef::new(font.data.as_ref().as_ref()) else { return table };
            for (code, glyph) in program.charmap().mappings() {
                let Some(c) = char::from_u32(code).filter(|c| !is_variant(*c)) else { continue };
                // The lowest of several is the usual one.
                let known = table.entry(glyph.to_u32()).or_insert(c);
                *known = c.min(*known);
            }
            table
        });
        table.get(&glyph).copied()
    }
}

impl CompositeEncoding {
    fn character(&self, code: u32) -> Option<String> {
        let characters = self.characters.as_ref()?;
        let cid = (1..=4).find_map(|bytes| self.cids.lookup_cid_code(code, bytes))?;
        match characters.lookup_bf_string(cid)? {
            BfString::Char(c) => Some(c.to_string()),
            BfString::String(text) => Some(text),
        }
    }
}

/// What all say, if they say one thing.
fn agreed(mut said: impl Iterator<Item = String>) -> Option<String> {
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// Radicals, compatibility ideographs, private use and controls: other characters share their glyphs.
fn is_variant(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{e000}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// The encodings of the composite fonts of a file, by the names of the fonts.
fn composite_encodings(pdf: &Pdf) -> HashMap<String, Vec<CompositeEncoding>> {
    let mut found: HashMap<String, Vec<CompositeEncoding>> = HashMap::new();
    for object in pdf.objects().into_iter().take(MAX_OBJECTS) {
        let Object::Dict(dict) = object else { continue };
        let is_composite =
            dict.get::<Name<'_>>(b"Subtype").is_some_and(|name| *name == b"Type0"[..]);
        if let (true, Some(name), Some(encoding)) =
            (is_composite, dict.get::<Name<'_>>(b"BaseFont"), composite_encoding(&dict))
        {
            found.entry(without_subset(name.as_str()).to_owned()).or_default().push(encoding);
        }
    }
    found
}

fn composite_encoding(dict: &Dict<'_>) -> Option<CompositeEncoding> {
    let descendant = dict.get::<Array<'_>>(b"DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let collection = descendant.get::<Dict<'_>>(b"CIDSystemInfo").and_then(|info| {
        let registry = info.get::<PdfString<'_>>(b"Registry")?;
        let ordering = info.get::<PdfString<'_>>(b"Ordering")?;
        Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
    });
    let cids = match dict.get::<Object<'_>>(b"Encoding")? {
        Object::Name(name) => predefined(&name)?,
        Object::Stream(stream) => embedded(&stream)?,
        _ => return None,
    };
    let stated = cids.metadata().character_collection.as_ref().map(|stated| stated.family.clone());
    let families = [stated, collection];
    let characters = families.into_iter().flatten().find_map(|family| family.ucs2_cmap());
    let characters = characters.and_then(|name| CMap::parse(load_embedded(name)?, load_embedded));
    Some(CompositeEncoding { cids, characters })
}

fn predefined(name: &[u8]) -> Option<CMap> {
    match CMapName::from_bytes(name) {
        CMapName::IdentityH => Some(CMap::identity_h()),
        CMapName::IdentityV => Some(CMap::identity_v()),
        name => CMap::parse(load_embedded(name)?, load_embedded),
    }
}

fn embedded(stream: &Stream<'_>) -> Option<CMap> {
    CMap::parse(stream.decoded_data().ok()?.as_ref(), load_embedded)
}

/// The name of a font without the six letters of a subset: `ABCDEF+Name`.
fn without_subset(name: &str) -> &str {
    match name.split_once('+') {
        Some((subset, name)) if subset.len() == 6 => name,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::agreed;

    #[test]
    fn a_code_that_is_read_in_two_ways_is_unknown() {
        let agreed = |said: &[&str]| agreed(said.iter().map(|text| (*text).to_owned()));
        assert_eq!(agreed(&["请", "请"]).as_deref(), Some("请"));
        assert_eq!(agreed(&["请", "嬼"]), None);
        assert_eq!(agreed(&[]), None);
    }
}
