//! GBK bytes in fonts that call themselves Latin: each byte is a glyph of its own, and the text reads
//! as `Öйú`. Old typesetting programs wrote such files.

use std::collections::BTreeMap;

use encoding_rs::GBK;

use super::glyphs::CodedGlyph;

/// Bytes beyond ASCII that a font must have on a page to be judged.
const MIN_BYTES: usize = 8;

/// Of the pairs of such bytes, how many must be characters in common use.
const MIN_COMMON: f64 = 0.95;

/// The glyphs with the pairs of bytes made one, and whether there were any.
pub(super) fn recoded(glyphs: Vec<CodedGlyph>) -> (Vec<CodedGlyph>, bool) {
    let mut fonts: BTreeMap<u128, Vec<usize>> = BTreeMap::new();
    for (index, glyph) in glyphs.iter().enumerate() {
        fonts.entry(glyph.font).or_default().push(index);
    }
    let mut pairs: Vec<Option<char>> = vec![None; glyphs.len()];
    for indices in fonts.into_values() {
        let found = pairs_of(&glyphs, &indices).unwrap_or_default();
        for (index, c) in found {
            pairs[index] = Some(c);
        }
    }
    if pairs.iter().all(Option::is_none) {
        return (glyphs, false);
    }
    let mut kept: Vec<CodedGlyph> = Vec::with_capacity(glyphs.len());
    let mut first: Option<char> = None;
    for (glyph, pair) in glyphs.into_iter().zip(pairs) {
        if let (Some(c), Some(last)) = (first.take(), kept.last_mut()) {
            // The second byte of a pair.
            last.placed.text = c.to_string();
            let (frame, second) = (&mut last.placed.frame, glyph.placed.frame);
            frame.right = frame.right.max(second.right);
            frame.bottom = frame.bottom.max(second.bottom);
            continue;
        }
        first = pair;
        kept.push(glyph);
    }
    (kept, true)
}

/// The first glyphs of pairs and the characters that these are; `None` if the font is not such a one.
fn pairs_of(glyphs: &[CodedGlyph], indices: &[usize]) -> Option<Vec<(usize, char)>> {
    let is_latin = |glyph: &CodedGlyph| {
        let mut text = glyph.placed.text.chars();
        let c = text.next().unwrap_or_default();
        text.next().is_none() && (c < '\u{2e80}' || c == '\u{fffd}')
    };
    let mut found = Vec::new();
    let mut common = 0_usize;
    let mut high = 0_usize;
    let mut at = 0;
    while at < indices.len() {
        let index = indices[at];
        let glyph = &glyphs[index];
        let byte = u8::try_from(glyph.code).ok()?;
        at += 1;
        if byte < 0x81 {
            continue;
        }
        high += 1;
        // Both bytes stand in one string.
        let next = indices.get(at).filter(|&&next| next == index + 1).map(|&next| &glyphs[next]);
        let next = next.filter(|next| next.placed.run == glyph.placed.run);
        let second = next.and_then(|next| u8::try_from(next.code).ok());
        let Some(second) = second.filter(|_| is_latin(glyph)) else { continue };
        let bytes = [byte, second];
        let (text, is_broken) = GBK.decode_without_bom_handling(&bytes);
        let mut text = text.chars();
        if let (false, Some(c), None) = (is_broken, text.next(), text.next()) {
            // Punctuation, full-width letters, and the characters that GB 2312 has by their frequency.
            let is_common = matches!(byte, 0xa1..=0xa3 | 0xb0..=0xd7) && second >= 0xa1;
            common += usize::from(is_common);
            found.push((index, c));
            at += 1;
        }
    }
    let is_text = high >= MIN_BYTES / 2
        && found.len() * 2 >= MIN_BYTES
        && common as f64 >= MIN_COMMON * high as f64;
    is_text.then_some(found)
}
