//! Which part of a file each correction is about: a large file is split and annotated part by part.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::articles::{FileArticles, FoundBy};
use super::outcome::Outcome;
use super::place::FileLines;
use super::structure::rearranged;
use crate::annotate::article_ids;
use crate::model::{
    ArticleId, Correction, EntryId, SourceText, SplitFile, UnplacedCorrection, UnplacedReason,
};

/// The corrections that are about one file of the corpus, under whatever name they were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileCorrections {
    /// The hash of its content now, in hexadecimal.
    pub content: String,
    /// Those that count, in the order in which they were decided.
    pub entries: Vec<Correction>,
}

impl FileCorrections {
    /// Changes with every word of the entries.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        // Strings, numbers and lists always become JSON.
        let said = serde_json::to_vec(&self.entries).unwrap_or_default();
        blake3::hash(&said).to_hex().as_str()[..16].to_owned()
    }
}

/// The corrections about a part of a file, or about a file that is read as one.
#[derive(Debug, Clone)]
pub struct PartCorrections {
    file: Arc<FileCorrections>,
    /// None: the file is one part.
    places: Option<PartPlaces>,
}

/// What was found out about a part when all parts were looked at.
#[derive(Debug, Clone, Default)]
struct PartPlaces {
    /// The entries about the part, with the places of their articles in it; none for those about lines.
    entries: BTreeMap<usize, Option<usize>>,
    /// Entries that are about no part: the first part tells of them.
    unplaced: Vec<(usize, UnplacedReason)>,
}

/// An entry about a part; of one that is about an article of a file in several parts its place.
pub(super) struct PartEntry<'c> {
    pub entry: &'c Correction,
    pub article: Option<usize>,
}

impl PartCorrections {
    /// Of a file that is read as one.
    #[must_use]
    pub fn whole(file: Arc<FileCorrections>) -> Self {
        Self { file, places: None }
    }

    /// Of each part of a file, which `parts` reads and splits anew whenever it is called. Each entry is
    /// about one part at most, whatever the limits of the parts: the one that has the article of its id,
    /// else the only one that has its lines.
    pub fn of_parts<P: Iterator<Item = (SourceText, SplitFile)>>(
        file: &Arc<FileCorrections>,
        parts: impl Fn() -> P,
    ) -> Vec<Self> {
        let mut passed_over = HashSet::new();
        let (claims, count) = loop {
            let (claims, count) = Claims::of(file, parts(), &passed_over);
            // Articles depend on decisions about lines. One that fits several parts fits none.
            let several = claims.structural_of_several(file);
            let before = passed_over.len();
            passed_over.extend(several);
            if passed_over.len() == before {
                break (claims, count);
            }
        };
        let mut places = vec![PartPlaces::default(); count];
        for (entry, claim) in claims.0.into_iter().enumerate() {
            match claim {
                Claim::Found(_, part, article) => {
                    places[part].entries.insert(entry, article);
                }
                Claim::Several(_) => {
                    places[0].unplaced.push((entry, UnplacedReason::LinesGone));
                }
                Claim::Unplaced(reason) => places[0].unplaced.push((entry, reason)),
            }
        }
        let with_places = |places| Self { file: Arc::clone(file), places: Some(places) };
        places.into_iter().map(with_places).collect()
    }

    /// The hash of the content of the file.
    pub(super) fn content(&self) -> &str {
        &self.file.content
    }

    /// Those about the part, in the order of decisions.
    pub(super) fn entries(&self) -> Vec<PartEntry<'_>> {
        let all = self.file.entries.iter().enumerate();
        let own = all.filter_map(|(place, entry)| match &self.places {
            None => Some(PartEntry { entry, article: None }),
            Some(places) => places.entries.get(&place).map(|&article| PartEntry { entry, article }),
        });
        own.collect()
    }

    /// Those that this part tells of as unplaced.
    pub(super) fn unplaced(&self) -> impl Iterator<Item = (&Correction, &UnplacedReason)> {
        let unplaced = self.places.iter().flat_map(|places| &places.unplaced);
        unplaced.filter_map(|(place, reason)| Some((self.file.entries.get(*place)?, reason)))
    }
}

/// What the parts that were looked at say of an entry.
#[derive(Debug, Clone)]
enum Claim {
    /// It is about this part, and about this article of it.
    Found(FoundBy, usize, Option<usize>),
    /// Several parts have its lines.
    Several(FoundBy),
    Unplaced(UnplacedReason),
}

struct Claims(Vec<Claim>);

impl Claims {
    /// What the parts say, and how many there are.
    fn of(
        file: &FileCorrections,
        parts: impl Iterator<Item = (SourceText, SplitFile)>,
        passed_over: &HashSet<usize>,
    ) -> (Self, usize) {
        let entries = || file.entries.iter().enumerate();
        let structural: Vec<&Correction> = entries()
            .filter(|(place, entry)| entry.change.is_structural() && !passed_over.contains(place))
            .map(|(_, entry)| entry)
            .collect();
        let by_id: HashMap<&EntryId, usize> =
            entries().map(|(place, entry)| (&entry.id, place)).collect();
        let mut claims = Self(vec![Claim::Unplaced(UnplacedReason::LinesGone); file.entries.len()]);
        let mut taken = HashSet::new();
        let mut count = 0;
        for (source, mut split_file) in parts {
            let lines = FileLines::of(&source, &file.content);
            give_ids(&source, &mut split_file);
            let mut outcome = Outcome::default();
            let rearranged = rearranged(&source, &lines, split_file, &structural, &mut outcome);
            for place in outcome.placed.iter().filter_map(|id| by_id.get(id)) {
                let is_numbered = lines.are_numbered(&file.entries[*place].anchor);
                let by = if is_numbered { FoundBy::Lines } else { FoundBy::Quote };
                claims.add(*place, Ok((by, count, None)));
            }
            for UnplacedCorrection { entry, reason, .. } in outcome.unplaced {
                if let Some(&place) = by_id.get(&entry) {
                    claims.add(place, Err(reason));
                }
            }
            let ids: Vec<ArticleId> =
                rearranged.ids.iter().map(|id| id.clone().beside(&mut taken)).collect();
            let articles = FileArticles::of(&lines, &rearranged, &ids);
            for (place, entry) in entries().filter(|(_, entry)| !entry.change.is_structural()) {
                let found = articles.find(entry);
                claims.add(place, found.map(|(article, by)| (by, count, Some(article))));
            }
            count += 1;
        }
        (claims, count)
    }

    fn add(
        &mut self,
        entry: usize,
        found: Result<(FoundBy, usize, Option<usize>), UnplacedReason>,
    ) {
        let claim = &mut self.0[entry];
        match (&claim, found) {
            (Claim::Unplaced(_), Ok((by, part, article))) => {
                *claim = Claim::Found(by, part, article);
            }
            (Claim::Found(known, ..) | Claim::Several(known), Ok((by, part, article))) => {
                if by < *known {
                    *claim = Claim::Found(by, part, article);
                } else if by == *known && by != FoundBy::Id {
                    *claim = Claim::Several(by);
                }
            }
            // That its lines are elsewhere is true of every part but one.
            (Claim::Unplaced(UnplacedReason::LinesGone), Err(reason)) => {
                *claim = Claim::Unplaced(reason);
            }
            (_, Err(_)) => {}
        }
    }

    /// The decisions about lines that fit several parts.
    fn structural_of_several(&self, file: &FileCorrections) -> Vec<usize> {
        let claims = self.0.iter().zip(&file.entries).enumerate();
        let several = claims.filter(|(_, (claim, entry))| {
            entry.change.is_structural() && matches!(claim, Claim::Several(_))
        });
        several.map(|(place, _)| place).collect()
    }
}

/// Has each article say the id that it has without corrections, and keep it.
pub(super) fn give_ids(source: &SourceText, split_file: &mut SplitFile) {
    let ids = article_ids(source, split_file);
    for (article, id) in split_file.articles.iter_mut().zip(ids) {
        article.given.get_or_insert_default().id = Some(id.0);
    }
}
