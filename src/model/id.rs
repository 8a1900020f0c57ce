//! Stable names of articles.

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 12 characters that name an article: the same lines in a file of the same name give the same id,
/// wherever the file stands and whatever else changes around them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(pattern = "^[0-9a-hjkmnp-tv-z]{12}$", example = "k7q2m9x4t1vd")]
pub struct ArticleId(pub String);

/// Without letters and digits that are mistaken for each other (i l o u).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl ArticleId {
    /// Characters of an id, each of one byte.
    pub const LENGTH: usize = 12;

    /// Its bytes, as files of fixed records have them. One of another length, which is none of ours, is
    /// cut or filled up and cannot be found again.
    #[must_use]
    pub fn fixed(&self) -> [u8; Self::LENGTH] {
        let mut fixed = [b' '; Self::LENGTH];
        fixed.iter_mut().zip(self.0.bytes()).for_each(|(to, from)| *to = from);
        fixed
    }

    /// Whether it has as many characters as every id has, and is not the beginning of one.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.len() == Self::LENGTH
    }

    /// The id of an article whose text stood in the same file, `times` times, before it.
    #[must_use]
    pub fn again(&self, times: u32) -> Self {
        Self::from_hash(TextHash::of(&[&self.0, &times.to_string()]).first_bits())
    }

    /// The id that an article gets beside others: itself, or the first of [`Self::again`] that none of
    /// them has. It is taken then.
    #[must_use]
    pub fn beside(self, taken: &mut HashSet<Self>) -> Self {
        let free = (1..).map(|times| self.again(times));
        let mut candidates = std::iter::once(self.clone()).chain(free);
        let free = candidates.find(|candidate| !taken.contains(candidate)).unwrap_or(self);
        taken.insert(free.clone());
        free
    }

    /// An id from the upper 60 bits of a hash.
    #[must_use]
    pub fn from_hash(hash: u64) -> Self {
        Self(
            (0..12)
                .map(|place| char::from(ALPHABET[(hash >> (59 - 5 * place)) as usize & 31]))
                .collect(),
        )
    }
}

/// Gives ids to the articles of one file, in their order.
#[derive(Debug, Clone)]
pub struct ArticleIds {
    /// Without its folders, so that the ids outlive a move.
    file_name: String,
    /// How often each text has been given an id.
    seen: HashMap<u64, u32>,
}

impl ArticleIds {
    /// For the file at `source`, a path separated by `/`.
    #[must_use]
    pub fn of_file(source: &str) -> Self {
        let file_name = source.rsplit('/').next().unwrap_or(source).to_owned();
        Self { file_name, seen: HashMap::new() }
    }

    /// The id of the next article, from the text of the lines that it owns: white space around
    /// them and blank lines do not count. A text that comes again in the same file gets another
    /// id, by how often it came before.
    ///
    /// For an article that was apart already the title, the date and the body as given do as lines.
    pub fn next<'a>(&mut self, lines: impl IntoIterator<Item = &'a str>) -> ArticleId {
        let mut hash = TextHash::of(&[&self.file_name]);
        for line in lines.into_iter().map(str::trim).filter(|line| !line.is_empty()) {
            hash.add(line);
        }
        let base = hash.first_bits();
        let before = self.seen.entry(base).or_default();
        let times = *before;
        *before += 1;
        let id = ArticleId::from_hash(base);
        if times == 0 { id } else { id.again(times) }
    }

    /// The id of an article that comes with one: itself if it has the form of ours, else one made
    /// of it.
    #[must_use]
    pub fn given(id: &str) -> ArticleId {
        let ours = id.len() == ArticleId::LENGTH && id.bytes().all(|byte| ALPHABET.contains(&byte));
        if ours {
            ArticleId(id.to_owned())
        } else {
            ArticleId::from_hash(TextHash::of(&["given", id]).first_bits())
        }
    }
}

/// The characters of an id made of a text that is no article.
pub(super) fn entry_id(text: &str) -> String {
    ArticleId::from_hash(TextHash::of(&["entry", text]).first_bits()).0
}

/// BLAKE3 over texts that cannot run into each other.
struct TextHash(blake3::Hasher);

impl TextHash {
    fn of(texts: &[&str]) -> Self {
        let mut hash = Self(blake3::Hasher::new());
        for text in texts {
            hash.add(text);
        }
        hash
    }

    fn add(&mut self, text: &str) {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
    }

    fn first_bits(&self) -> u64 {
        let mut first = [0; 8];
        self.0.finalize_xof().fill(&mut first);
        u64::from_be_bytes(first)
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_twelve_characters_and_keeps_the_upper_sixty_bits() {
        assert_eq!(ArticleId::from_hash(0).0, "000000000000");
        assert_eq!(ArticleId::from_hash(u64::MAX).0, "zzzzzzzzzzzz");
        assert_eq!(ArticleId::from_hash(1 << 63).0, "g00000000000");
        assert_eq!(ArticleId::from_hash(0b1_0000).0, "000000000001");
    }

    #[test]
    fn an_id_outlives_a_move_and_spaces_but_not_another_text() {
        let id =
            |source: &str, lines: &[&str]| ArticleIds::of_file(source).next(lines.iter().copied());
        let first = id("甲报/一版.txt", &["开工", "今日开工。"]);
        assert_eq!(first, id("乙/丙/一版.txt", &["  开工", "", "今日开工。 "]));
        assert_ne!(first, id("甲报/二版.txt", &["开工", "今日开工。"]));
        assert_ne!(first, id("甲报/一版.txt", &["开工今日开工。"]));
        // Ids are written into other people's notes: they must never change.
        assert_eq!(first.0, "ytn5ndkbvsbj");
    }

    #[test]
    fn the_same_text_twice_in_a_file_gets_two_ids() {
        let mut ids = ArticleIds::of_file("a.txt");
        let (first, second) = (ids.next(["短讯"]), ids.next(["短讯"]));
        assert_ne!(first, second);
        let mut again = ArticleIds::of_file("a.txt");
        again.next(["另一条"]);
        assert_eq!(again.next(["短讯"]), first);
        assert_eq!(again.next(["短讯"]), second);
    }

    #[test]
    fn a_given_id_of_our_form_is_kept() {
        assert_eq!(ArticleIds::given("k7q2m9x4t1vd").0, "k7q2m9x4t1vd");
        assert_eq!(ArticleIds::given("报-17").0.len(), 12);
        assert_ne!(ArticleIds::given("报-17"), ArticleIds::given("报-18"));
    }
}
