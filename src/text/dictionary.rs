//! The dictionary: a table made when the program is built (`build.rs`, of `words.tsv`) and read
//! where it lies in the program. Nothing is loaded or built before the first word is looked up.

use super::layout::{Key, Node};

include!(concat!(env!("OUT_DIR"), "/facts.rs"));

const NODES: &[[u8; 8]] = include_bytes!(concat!(env!("OUT_DIR"), "/nodes")).as_chunks().0;
/// The number of every character by its code point.
const CODES: &[[u8; 2]] = include_bytes!(concat!(env!("OUT_DIR"), "/codes")).as_chunks().0;
/// Each frequency and its logarithm.
const FREQUENCIES: &[[u8; 16]] =
    include_bytes!(concat!(env!("OUT_DIR"), "/frequencies")).as_chunks().0;

/// A beginning of words that the dictionary has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beginning {
    place: u32,
    node: Node,
}

/// The number of a character in the dictionary; 0 where no word has it.
#[inline]
pub(super) fn code(c: char) -> u16 {
    CODES.get(c as usize).map_or(0, |&bytes| u16::from_le_bytes(bytes))
}

impl Beginning {
    /// That of one character, by its number.
    #[inline]
    pub(super) fn first(code: u16) -> Option<Self> {
        let place = u32::from(code);
        node(place as usize).map(|node| Self { place, node })
    }

    /// That which is longer by a character, if there is one.
    #[inline]
    pub(super) fn longer(self, code: u16) -> Option<Self> {
        let code = u32::from(code);
        if !self.node.may_have(code) {
            return None;
        }
        let key = Key::new(self.place, code);
        let mut place = key.first_place(DIRECT, HASHED);
        loop {
            let node = node(place)?;
            if node.is(key) {
                return Some(Self { place: place as u32, node });
            }
            if node == Node::default() {
                return None;
            }
            place += 1;
        }
    }

    /// The word that it is, if it is one.
    #[inline]
    pub(super) fn word(self) -> Option<Word> {
        self.node.word().map(Word)
    }
}

/// A word of the dictionary.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word(u32);

impl Word {
    /// How often it was counted.
    pub(super) fn frequency(self) -> u64 {
        self.bytes().first_chunk().map_or(0, |&bytes| u64::from_le_bytes(bytes))
    }

    /// Natural logarithm of its frequency.
    #[inline]
    pub(super) fn log(self) -> f64 {
        self.bytes().last_chunk().map_or(0.0, |&bytes| f64::from_le_bytes(bytes))
    }

    #[inline]
    fn bytes(self) -> [u8; 16] {
        FREQUENCIES.get(self.0 as usize).copied().unwrap_or_default()
    }
}

#[inline]
fn node(place: usize) -> Option<Node> {
    NODES.get(place).map(|&bytes| Node(u64::from_le_bytes(bytes)))
}
