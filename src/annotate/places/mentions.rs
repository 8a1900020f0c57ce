//! Reads the names of districts and places out of one text: what each could mean by itself.

use crate::gazetteer::names::{Found, Word, is_part_of_another_name, swallowed};
use crate::gazetteer::table::Form;
use crate::gazetteer::{Gazetteer, Level, UnitId};
use crate::model::{Basis, Span};
use crate::text::{Folded, fold};

/// One part of an article that is searched for names.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub(crate) basis: Basis,
    pub(crate) original: &'a str,
    pub(crate) folded: Folded,
}

impl<'a> Part<'a> {
    pub(crate) fn new(basis: Basis, original: &'a str) -> Self {
        Self { basis, original, folded: fold(original) }
    }

    /// The words as printed for a span of the folded text.
    pub(crate) fn evidence(&self, span: &Span) -> &'a str {
        self.original.get(self.folded.origin(span.clone())).unwrap_or_default()
    }
}

/// So many characters are searched for a full name that begins inside a short one.
const MAX_HIDDEN_CHARS: usize = 12;

/// Words of one character that stand between names and begin names as well.
const JOINING: [char; 14] =
    ['和', '与', '同', '到', '从', '向', '往', '在', '及', '对', '将', '自', '由', '于'];

/// What sort of mention it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A name of the gazetteer that says what it is.
    Name,
    /// A short name: it counts only where something else speaks for it.
    Short,
    /// A zone without its city: position in the table's kinds.
    Zone(u32),
    /// 街道, 镇, 乡 behind a name that the gazetteer does not have.
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

/// A name in a part of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Position of the part.
    pub(crate) part: usize,
    /// Bytes of the part's folded text.
    pub(crate) span: Span,
    pub(crate) sort: Sort,
    /// What it can mean; narrowed down when it is decided.
    pub(crate) units: Vec<UnitId>,
}

/// The names in a part, in their order.
pub(crate) fn read(gazetteer: &Gazetteer, part: usize, text: &str) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut done = 0;
    for found in gazetteer.finder().find(text) {
        if found.span.start < done {
            continue;
        }
        let Found { mut span, word } = hidden(gazetteer, text, &found).unwrap_or(found);
        done = span.end;
        let after = &text[span.end..];
        let (sort, units) = match word {
            Word::Name(first) => {
                let (sort, units) = readings(gazetteer, first);
                let name = &text[span.clone()];
                if sort == Sort::Short && is_part_of_another_name(after) {
                    continue;
                }
                if swallowed(name, after) {
                    continue;
                }
                // 司马村 is no part of 马村区.
                if sort == Sort::Short && name.ends_with('村') {
                    let start = span.end - '村'.len_utf8();
                    mentions.push(Mention {
                        part,
                        span: start..span.end,
                        sort: Sort::Village,
                        units: Vec::new(),
                    });
                    continue;
                }
                // 新密县 is the 新密市 of today.
                if sort == Sort::Short && after.starts_with('县') {
                    span.end += '县'.len_utf8();
                    done = span.end;
                    (Sort::Name, units)
                } else {
                    (sort, units)
                }
            }
            Word::Kind(kind) => {
                let city = mentions.last_mut().filter(|last| {
                    last.span.end == span.start && matches!(last.sort, Sort::Name | Sort::Short)
                });
                if let Some(city) = city
                    && let Some(zones) = zones_of(gazetteer, &city.units, kind)
                {
                    city.units = zones;
                    city.sort = Sort::Name;
                    city.span.end = span.end;
                    continue;
                }
                (Sort::Zone(kind), Vec::new())
            }
            Word::TownEnding => (Sort::UnknownTown, Vec::new()),
            Word::VillageEnding => (Sort::Village, Vec::new()),
            Word::OwnDistrict => (Sort::OwnDistrict, Vec::new()),
            Word::OwnCity => (Sort::OwnCity, Vec::new()),
            Word::CityGovernment => (Sort::CityGovernment, Vec::new()),
        };
        mentions.push(Mention { part, span, sort, units });
    }
    mentions
}

/// The full name that begins inside a short one: 龙亭区 in 和龙亭区, where 和龙 is a city.
fn hidden(gazetteer: &Gazetteer, text: &str, found: &Found) -> Option<Found> {
    let Word::Name(first) = found.word else { return None };
    let joins = text.get(found.span.clone())?.starts_with(JOINING);
    if !joins || gazetteer.table.chain(Some(first)).any(|reading| reading.form != Form::Short) {
        return None;
    }
    let inside = found.span.start + text.get(found.span.clone())?.chars().next()?.len_utf8();
    let rest = text.get(inside..)?;
    let end = rest.char_indices().nth(MAX_HIDDEN_CHARS).map_or(rest.len(), |(at, _)| at);
    let name = gazetteer.finder().find(&rest[..end]).next()?;
    let Word::Name(first) = name.word else { return None };
    let full = gazetteer.table.chain(Some(first)).any(|reading| reading.form == Form::Official);
    let span = inside + name.span.start..inside + name.span.end;
    let longer = name.span.start == 0 && span.end > found.span.end;
    (full && longer).then_some(Found { span, word: name.word })
}

/// What a name can mean: units that it names fully, else those that it is short for.
fn readings(gazetteer: &Gazetteer, first: u32) -> (Sort, Vec<UnitId>) {
    let readings: Vec<_> =
        gazetteer.table.chain(Some(first)).filter(|reading| reading.form != Form::Word).collect();
    let best = [Form::Official, Form::Variant, Form::Former]
        .into_iter()
        .find(|&form| readings.iter().any(|reading| reading.form == form));
    let form = best.unwrap_or(Form::Short);
    let mut units: Vec<UnitId> = readings
        .iter()
        .filter(|reading| reading.form == form)
        .map(|reading| reading.unit)
        .collect();
    units.sort_unstable();
    units.dedup();
    (if form == Form::Short { Sort::Short } else { Sort::Name }, units)
}

/// The zones of this kind in cities; a zone of a county stands for the county. `None` where the
/// name before the zone cannot have one.
fn zones_of(gazetteer: &Gazetteer, above: &[UnitId], kind: u32) -> Option<Vec<UnitId>> {
    let kind = gazetteer.table.kinds.get(kind as usize)?;
    let zones: Vec<UnitId> = above
        .iter()
        .filter_map(|&unit| match gazetteer.unit(unit).level {
            Level::City | Level::Province => gazetteer.table.zone_in(unit, kind),
            Level::District => Some(unit),
            Level::Zone | Level::Town => None,
        })
        .collect();
    (!zones.is_empty()).then_some(zones)
}
