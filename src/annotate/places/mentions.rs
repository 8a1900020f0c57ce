//! Finds the names of districts and places in a text, with everything that each could mean.

use crate::gazetteer::boundary::{
    begins_inside, is_foreign, is_part_of_another_name, straddles, swallowed,
};
use crate::gazetteer::matcher::{NameMatch, NamePattern};
use crate::gazetteer::table::NameKind;
use crate::gazetteer::{DivisionId, Gazetteer, Level};
use crate::model::{Basis, Span};
use crate::text::{Folded, fold};

/// One passage of an article that is searched for names.
#[derive(Debug)]
pub(crate) struct ScannedText<'a> {
    pub(crate) basis: Basis,
    pub(crate) original: &'a str,
    pub(crate) folded: Folded,
}

impl<'a> ScannedText<'a> {
    pub(crate) fn new(basis: Basis, original: &'a str) -> Self {
        Self { basis, original, folded: fold(original) }
    }

    /// The words as printed for a span of the folded text.
    pub(crate) fn evidence(&self, span: &Span) -> &'a str {
        self.original.get(self.folded.origin(span.clone())).unwrap_or_default()
    }
}

/// The most characters in which a full name that begins inside a short one is looked for.
const MAX_HIDDEN_CHARS: usize = 12;

/// One-character words that join names, and that names also begin with.
const JOINING: [char; 14] =
    ['和', '与', '同', '到', '从', '向', '往', '在', '及', '对', '将', '自', '由', '于'];

/// The kind of a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MentionKind {
    /// A name of the gazetteer that includes the kind of division.
    Name,
    /// A short name, which counts only with other evidence.
    Short,
    /// A zone without its city, by its position in the table's kinds.
    Zone(u32),
    /// 街道, 镇, 乡 after a name that the gazetteer does not have.
    UnknownTown,
    /// 村, 社区.
    Village,
    /// 我区, 全区.
    OwnDistrict,
    /// 全市, 该市.
    OwnCity,
    /// 我市, 市长, 市委.
    CityGovernment,
}

/// A name in a passage of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Position of the passage.
    pub(crate) passage: usize,
    /// Bytes of the passage's folded text.
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
    /// The divisions that it can mean, narrowed down by disambiguation.
    pub(crate) divisions: Vec<DivisionId>,
}

/// The names in a passage, in their order.
pub(crate) fn find_mentions(gazetteer: &Gazetteer, passage: usize, text: &str) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut done = 0;
    for found in gazetteer.matcher().find(text) {
        if found.span.start < done {
            continue;
        }
        if found.span.start > done
            && let Some(below) = mentions.last().and_then(|last| named_below(gazetteer, text, last))
            && below.span.end <= found.span.start
        {
            mentions.push(below);
        }
        let NameMatch { mut span, pattern } = hidden(gazetteer, text, &found).unwrap_or(found);
        done = span.end;
        let after = &text[span.end..];
        let (kind, divisions) = match pattern {
            NamePattern::Name(first) => {
                let (kind, divisions) = referents(gazetteer, first);
                let name = &text[span.clone()];
                let before = &text[..span.start];
                let alone = mentions.last().is_none_or(|last| last.span.end < span.start);
                let is_short = kind == MentionKind::Short;
                let no_name = is_short && is_part_of_another_name(after)
                    || is_short && alone && straddles(before, name, after)
                    || alone && begins_inside(before, name)
                    || swallowed(name, after)
                    || alone && is_foreign(name, before);
                if no_name {
                    continue;
                }
                // 司马村 does not name 马村区.
                if kind == MentionKind::Short && name.ends_with('村') {
                    let start = span.end - '村'.len_utf8();
                    mentions.push(Mention {
                        passage,
                        span: start..span.end,
                        kind: MentionKind::Village,
                        divisions: Vec::new(),
                    });
                    continue;
                }
                // 新密县 is the 新密市 of today.
                if kind == MentionKind::Short && after.starts_with('县') {
                    span.end += '县'.len_utf8();
                    done = span.end;
                    (MentionKind::Name, divisions)
                } else {
                    (kind, divisions)
                }
            }
            NamePattern::Kind(kind) => {
                let city = mentions.last_mut().filter(|last| {
                    last.span.end == span.start
                        && matches!(last.kind, MentionKind::Name | MentionKind::Short)
                });
                if let Some(city) = city
                    && let Some(zones) = zones_of(gazetteer, &city.divisions, kind)
                {
                    city.divisions = zones;
                    city.kind = MentionKind::Name;
                    city.span.end = span.end;
                    continue;
                }
                (MentionKind::Zone(kind), Vec::new())
            }
            NamePattern::TownEnding => (MentionKind::UnknownTown, Vec::new()),
            NamePattern::VillageEnding => (MentionKind::Village, Vec::new()),
            NamePattern::OwnDistrict => (MentionKind::OwnDistrict, Vec::new()),
            NamePattern::OwnCity => (MentionKind::OwnCity, Vec::new()),
            NamePattern::CityGovernment => (MentionKind::CityGovernment, Vec::new()),
        };
        mentions.push(Mention { passage, span, kind, divisions });
    }
    if let Some(below) = mentions.last().and_then(|last| named_below(gazetteer, text, last)) {
        mentions.push(below);
    }
    mentions
}

/// A short name that is an ordinary word elsewhere, right behind the name of what it lies in: 云南大理.
fn named_below(gazetteer: &Gazetteer, text: &str, last: &Mention) -> Option<Mention> {
    if last.divisions.is_empty() {
        return None;
    }
    let rest = text.get(last.span.end..)?;
    let mut ends = rest.char_indices().skip(2).map(|(at, _)| at).chain([rest.len()]).take(2);
    let ends = [ends.next()?, ends.next().unwrap_or_default()];
    ends.into_iter().rev().find_map(|end| {
        let inside = |division: &DivisionId| {
            let over = last.divisions.as_slice();
            over.iter().any(|&above| gazetteer.lies_in(*division, above))
        };
        let divisions: Vec<DivisionId> = gazetteer
            .table
            .referents_of(rest.get(..end)?)
            .filter(|referent| referent.kind == NameKind::CommonWord)
            .map(|referent| referent.division)
            .filter(inside)
            .collect();
        let after = rest.get(end..)?;
        (!divisions.is_empty() && !is_part_of_another_name(after)).then(|| Mention {
            passage: last.passage,
            span: last.span.end..last.span.end + end,
            kind: MentionKind::Short,
            divisions,
        })
    })
}

/// A full name that begins inside a short one: 龙亭区 in 和龙亭区, where 和龙 is a city.
fn hidden(gazetteer: &Gazetteer, text: &str, found: &NameMatch) -> Option<NameMatch> {
    let NamePattern::Name(first) = found.pattern else { return None };
    let joins = text.get(found.span.clone())?.starts_with(JOINING);
    if !joins
        || gazetteer.table.referents(Some(first)).any(|referent| referent.kind != NameKind::Short)
    {
        return None;
    }
    let inside = found.span.start + text.get(found.span.clone())?.chars().next()?.len_utf8();
    let rest = text.get(inside..)?;
    let end = rest.char_indices().nth(MAX_HIDDEN_CHARS).map_or(rest.len(), |(at, _)| at);
    let name = gazetteer.matcher().find(&rest[..end]).next()?;
    let NamePattern::Name(first) = name.pattern else { return None };
    let full =
        gazetteer.table.referents(Some(first)).any(|referent| referent.kind == NameKind::Official);
    let span = inside + name.span.start..inside + name.span.end;
    let longer = name.span.start == 0 && span.end > found.span.end;
    (full && longer).then_some(NameMatch { span, pattern: name.pattern })
}

/// The divisions that a name can mean: those of which it is a full name, else those of which it is
/// a short name.
fn referents(gazetteer: &Gazetteer, first: u32) -> (MentionKind, Vec<DivisionId>) {
    let referents: Vec<_> = gazetteer
        .table
        .referents(Some(first))
        .filter(|referent| referent.kind != NameKind::CommonWord)
        .collect();
    let best = [NameKind::Official, NameKind::Variant, NameKind::Former]
        .into_iter()
        .find(|&kind| referents.iter().any(|referent| referent.kind == kind));
    let kind = best.unwrap_or(NameKind::Short);
    let mut divisions: Vec<DivisionId> = referents
        .iter()
        .filter(|referent| referent.kind == kind)
        .map(|referent| referent.division)
        .collect();
    divisions.sort_unstable();
    divisions.dedup();
    (if kind == NameKind::Short { MentionKind::Short } else { MentionKind::Name }, divisions)
}

/// The zones of this kind in the divisions before it; a zone of a county counts as the county.
/// `None` if none of them can have one.
fn zones_of(gazetteer: &Gazetteer, above: &[DivisionId], kind: u32) -> Option<Vec<DivisionId>> {
    let kind = gazetteer.table.kinds.get(kind as usize)?;
    let zones: Vec<DivisionId> = above
        .iter()
        .filter_map(|&division| match gazetteer.division(division).level {
            Level::City | Level::Province => gazetteer.table.zone_in(division, kind),
            Level::District => Some(division),
            Level::Zone | Level::Town => None,
        })
        .collect();
    (!zones.is_empty()).then_some(zones)
}
