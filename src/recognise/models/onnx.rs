//! What an ONNX file says of itself, which the library does not tell.

/// ByteFields of the messages that are looked at (onnx.proto3).
const METADATA_PROPS: u64 = 14;
const KEY: u64 = 1;
const VALUE: u64 = 2;

/// A value of the metadata of a model; `None` if there is none, or it is no ONNX file.
pub(super) fn metadata(model: &[u8], key: &str) -> Option<String> {
    let entries = ByteFields(model).filter(|(number, _)| *number == METADATA_PROPS);
    entries
        .filter_map(|(_, entry)| pair(entry))
        .find(|(name, _)| *name == key.as_bytes())
        .and_then(|(_, value)| String::from_utf8(value.to_owned()).ok())
}

fn pair(entry: &[u8]) -> Option<(&[u8], &[u8])> {
    let of =
        |wanted| ByteFields(entry).find(|(number, _)| *number == wanted).map(|(_, value)| value);
    Some((of(KEY)?, of(VALUE)?))
}

/// The fields of a message that have bytes, with their numbers; ends where it is not well formed.
struct ByteFields<'b>(&'b [u8]);

impl<'b> Iterator for ByteFields<'b> {
    type Item = (u64, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let tag = self.number()?;
            match tag & 7 {
                0 => {
                    self.number()?;
                }
                1 => {
                    self.bytes(8)?;
                }
                2 => {
                    let length = self.number()?;
                    return Some((tag >> 3, self.bytes(length)?));
                }
                5 => {
                    self.bytes(4)?;
                }
                _ => return None,
            }
        }
    }
}

impl<'b> ByteFields<'b> {
    /// A number of seven bits a byte.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn bytes(&mut self, length: u64) -> Option<&'b [u8]> {
        let (bytes, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_found_by_its_key() {
        let entry = [&b"\x0a\x09character\x12\x03"[..], b"a\nb"].concat();
        let mut model = b"\x08\x07\x12\x04test\x0d\x01\x02\x03\x04".to_vec();
        model.extend([14 << 3 | 2, entry.len() as u8]);
        model.extend(&entry);
        assert_eq!(metadata(&model, "character").as_deref(), Some("a\nb"));
        assert_eq!(metadata(&model, "other"), None);
        for end in 0..model.len() {
            assert_eq!(metadata(&model[..end], "character"), None);
        }
    }
}
